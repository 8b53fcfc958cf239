"""`carveout compare` and `casebook`: what is shown and written, what is refused, and nothing half-written."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import pytest

from carveout.agreement import Dimension
from carveout.cli import main
from carveout.cli.manual_comparing import COMPARED_BY
from carveout.language import LANGUAGES, Language
from tests.cli.days import document, write

HEAD = "site,kind,date,unit,observer,staff,start,end,task\n"
FIRST = (("09:00", "09:30", "清掃"), ("09:30", "10:00", "配膳"), ("09:40", "09:50", "トイレ誘導"))
SECOND = (("09:00", "09:36", "清掃"), ("09:36", "10:00", "配膳"))


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARVEOUT_LANG", "en")
    monkeypatch.setenv("COLUMNS", "200")  # no line of a table breaks


def record(folder: Path, who: str, rows: tuple[tuple[str, str, str], ...], *, unit: str = "u", site: str = "x") -> str:
    lines = [f"{site},nursery,2026-06-01,{unit},{who},s1,{start},{end},{task}" for start, end, task in rows]
    return str(write(folder, HEAD + "\n".join(lines) + "\n", f"{who}.csv"))


def said_of(data: str) -> dict[str, object]:
    (pair,) = json.loads(data)["pairs"]
    return dict(pair)


def test_the_manual_names_the_dimensions_there_are() -> None:
    assert set(COMPARED_BY) == set(Dimension)


def test_two_files_agree_as_worked_out_by_hand(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, other = record(tmp_path, "jc-01", FIRST), record(tmp_path, "jc-02", SECOND)
    assert main(["compare", one, other, "--json", "-"]) == 0
    found = said_of(capsys.readouterr().out)
    # 30 min cleaning and 14 of serving are alike; 6 differ by the boundary, 10 by the task that was missed beside it.
    # Cleaning takes 30 and 36 minutes, serving 20 and 24, serving beside a way to the toilet 10 and 0.
    by_chance = (30 * 36 + 20 * 24) / 3600
    shares = [(30 + 36) / 120, (20 + 24) / 120, 10 / 120]
    spread = sum(share * (1 - share) for share in shares) / 2
    assert found["minutes"] == {
        "person_minutes": 60.0,
        "share": round(44 / 60, 6),
        "kappa": round((44 / 60 - by_chance) / (1 - by_chance), 6),
        "kappa_interval": None,
        "ac1": round((44 / 60 - spread) / (1 - spread), 6),
    }
    assert found["rows"] == {
        "tolerance_min": 2, "both": 2, "missed": 1, "extra": 0, "share_in_both": 0.666667, "naming_kappa": 1.0,
        "naming_ac1": 1.0, "start_within": 0.5, "end_within": 0.5,
    }  # fmt: skip
    tasks = found["tasks"]
    assert isinstance(tasks, list)
    assert {task["name"]: task["to_settle"] for task in tasks} == {
        "cleaning": "end", "serving": "start", "toileting": None,
    }  # fmt: skip
    assert main(["compare", one, other, "--tolerance", "6", "--json", "-"]) == 0
    rows = said_of(capsys.readouterr().out)["rows"]
    assert isinstance(rows, dict)
    assert (rows["start_within"], rows["end_within"]) == (1.0, 1.0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_says_what_to_settle_in_either_language(
    language: Language, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, other = record(tmp_path, "jc-01", FIRST), record(tmp_path, "jc-02", SECOND)
    assert main(["compare", one, other, "--rows", "--lang", language]) == 0
    shown = capsys.readouterr().out
    for text in {
        "ja": ("① jc-01、② jc-02", "73%", "延べ60分のうち", "何をもって終わりとするか", "09:00-09:36 清掃", "一方だけ"),
        "en": (
            "1 jc-01, 2 jc-02",
            "of 60 person-minutes",
            "what counts as",
            "09:00-09:36 Cleaning",
            "same task",
        ),
    }[language]:
        assert text in shown


def test_a_record_beside_itself_is_told_apart_by_its_file_and_agrees(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = record(tmp_path, "jc-01", FIRST)
    (tmp_path / "again").mkdir()
    other = write(tmp_path / "again", Path(one).read_text(encoding="utf-8"), "copy.csv")
    assert main(["compare", one, str(other)]) == 0
    shown = capsys.readouterr().out
    assert "jc-01 (jc-01.csv)" in shown and "jc-01 (copy.csv)" in shown
    assert "1.00" in shown and "what counts as" not in shown


def test_one_file_may_hold_both_and_what_has_no_counterpart_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, other = record(tmp_path, "jc-01", FIRST), record(tmp_path, "jc-02", SECOND)
    third = record(tmp_path, "jc-03", SECOND, unit="elsewhere")
    assert main(["compare", one, other, third, "--json", "-"]) == 0
    told = capsys.readouterr()
    assert said_of(told.out)["unit"] == "u"
    assert "jc-03.csv (x 2026-06-01 elsewhere)" in told.err
    head, _, day = document(1).partition("days:\n")
    both = f"{head}days:\n{day}{day.replace('jc-01', 'jc-02')}"
    assert main(["compare", str(write(tmp_path, both, "both.yaml")), "--json", "-"]) == 0
    assert said_of(capsys.readouterr().out)["second"] == {"observer": "jc-02", "source": "both.yaml"}


def test_without_a_common_day_nothing_is_written_and_the_days_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, other = record(tmp_path, "jc-01", FIRST), record(tmp_path, "jc-02", SECOND, unit="other")
    out = tmp_path / "agreement.json"
    assert main(["compare", one, other, "--json", str(out)]) == 2
    said = capsys.readouterr().err
    assert "jc-01.csv (x 2026-06-01 u)" in said and "jc-02.csv (x 2026-06-01 other)" in said
    assert not out.exists()
    assert main(["compare", one, str(tmp_path / "none.csv"), "--json", str(out)]) == 2
    assert main(["compare", one, other, "--tolerance", "two"]) == 2
    assert main(["compare", one, other, "--json", one]) == 2
    assert Path(one).read_text(encoding="utf-8").startswith("site,")
    assert not out.exists()


def test_the_casebook_of_the_bundled_sites_says_what_would_tell_and_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "deep" / "manual"
    assert main(["casebook", "--out", str(out), "--date", "2026-11-25"]) == 0
    told = capsys.readouterr()
    assert "2 of 2 records were made up for teaching" in told.out
    assert "5 more sites of this kind (nursery)" in " ".join(told.out.split())
    assert "Common (0)" in told.out and "Not yet known" in told.out
    assert sorted(path.name for path in out.iterdir()) == ["manual-2026-11-25.en.docx", "manual-2026-11-25.en.html"]
    document_ = docx.Document(str(out / "manual-2026-11-25.en.docx"))
    paragraphs = [paragraph.text for paragraph in document_.paragraphs]
    assert "From driving at both ends of the day to a whole day's work" in paragraphs
    before = (out / "manual-2026-11-25.en.html").read_bytes()
    assert main(["casebook", "--out", str(out), "--date", "2026-11-25"]) == 2
    assert "will not be overwritten" in capsys.readouterr().err
    assert (out / "manual-2026-11-25.en.html").read_bytes() == before


def test_what_six_homes_share_is_common(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(6):
        write(tmp_path, document(12, site=f"home-{number}", name=f"苑{number}"), f"home-{number}.yaml")
    assert main(["casebook", str(tmp_path), "--lang", "ja"]) == 0
    shown = capsys.readouterr().out
    common = shown[shown.index("共通 (") : shown.index("その施設に固有 (")]
    assert "起床時ケア" in common and "6施設中6施設 (54%–100%)" in common


def test_a_folder_that_is_a_file_and_cases_that_cannot_be_read_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    taken = write(tmp_path, "x", "taken")
    assert main(["casebook", "--out", str(taken)]) == 2
    assert "is a file; name a folder" in capsys.readouterr().err
    bad = write(tmp_path, "format: carveout-followup/1\nopenings: 3\n", "followup.yaml")
    assert main(["casebook", "--followup", str(bad), "--out", str(tmp_path / "new")]) == 2
    assert "followup.yaml" in capsys.readouterr().err
    assert not (tmp_path / "new").exists()
