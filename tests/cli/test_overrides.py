"""`--overrides FILE`: judgements reach the result, mistakes in the file stop the run, what they miss is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from carveout import bundled
from carveout.cli import main
from tests.cli.days import write

HEAD = "format: carveout-overrides/1\noverrides:\n"
REASON = "入居者の希望があり、今は職員だけが聞いている"


@pytest.fixture(autouse=True)
def japanese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CARVEOUT_LANG", raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")


def home() -> str:
    return str(next(path for path in bundled.paths() if "care-home" in path.name))


def entry(task: str = "listening", mode: str = "assist", answer: str = "unsuitable", site: str = "care-home-a") -> str:
    return (
        f"  - {{site: {site}, unit: unit-1, task: {task}, mode: {mode}, suitability: {answer}, "
        f"reason: {REASON}, who: jc-01, at: 2026-06-20}}\n"
    )


def judgements(folder: Path, *entries: str) -> str:
    path = folder / "judgements.yaml"
    path.write_text(HEAD + "".join(entries), encoding="utf-8")
    return str(path)


def test_a_judgement_reaches_the_file_and_leaves_the_rest_as_it_was(tmp_path: Path) -> None:
    out, plain = tmp_path / "with.json", tmp_path / "without.json"
    said = judgements(tmp_path, entry())
    assert main(["analyze", home(), "--json", str(plain)]) == 0
    assert main(["analyze", home(), "--json", str(out), "--overrides", said]) == 0
    (before,), (after,) = (json.loads(path.read_bytes())["sites"] for path in (plain, out))
    changed = [(a, b) for a, b in zip(before["verdicts"], after["verdicts"], strict=True) if a != b]
    assert changed and {(b["unit"], b["task"], b["mode"]) for _, b in changed} == {("unit-1", "listening", "assist")}
    assert all(b["override"]["reason"] == REASON and b["override"]["from"] == a["suitability"] for a, b in changed)
    assert all(before[key] == after[key] for key in before if key not in ("verdicts", "jobs"))


def test_the_table_shows_it_and_its_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["analyze", home(), "--reasons", "--overrides", judgements(tmp_path, entry())]) == 0
    said = capsys.readouterr().out
    assert "×［担］" in said and "［担］担当者の判断" in said
    assert "担当者の判断：入居者の希望があり" in said.replace("\n", "").replace("  ", "")


def test_what_a_judgement_misses_is_told_with_its_line_and_the_run_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = judgements(tmp_path, entry("nap"), entry(site="elsewhere"), entry("medication", answer="suitable"))
    assert main(["analyze", home(), "--overrides", said]) == 0
    told = [line for line in capsys.readouterr().err.splitlines() if "judgements.yaml" in line]
    assert [f"judgements.yaml:{line}" in one for line, one in zip((3, 4, 5), told, strict=True)] == [True] * 3
    assert "nap" in told[0] and "elsewhere" in told[1] and "法令" in told[2]
    assert all(line.startswith("注意: ") and "→" in line for line in told)


def test_every_mistake_of_the_file_is_named_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "result.json"
    said = judgements(tmp_path, entry(mode="help"), entry(answer="good"))
    assert main(["analyze", str(write(tmp_path)), "--json", str(out), "--overrides", said]) == 2
    told = capsys.readouterr().err
    assert "judgements.yaml:3" in told and "judgements.yaml:4" in told and not out.exists()


@pytest.mark.parametrize("command", ["analyze", "propose"])
def test_a_file_that_is_not_there_is_named(command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, home(), "--overrides", str(tmp_path / "none.yaml")]) == 2
    assert "none.yaml" in capsys.readouterr().err


def test_a_proposal_follows_the_judgements_and_names_them(tmp_path: Path) -> None:
    out = tmp_path / "out"
    said = judgements(tmp_path, entry("watching_over", answer="conditional"))
    arguments = ["propose", home(), "--job", "care-home-a/1", "--out", str(out), "--formats", "html"]
    assert main([*arguments, "--overrides", said]) == 0
    text = (out / "proposal-care-home-a-1.html").read_text(encoding="utf-8")
    assert "担当者の判断（jc-01 2026-06-20）によります" in text and REASON in text
