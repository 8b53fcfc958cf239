"""`carveout analyze`: what comes out, how it ends, and what it leaves behind when it cannot go on."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import jsonschema
import pytest

from carveout import bundled, report
from carveout.cli import main
from tests.cli.days import document, write
from tests.conftest import ROOT, Run, environment


def test_a_written_analysis_fits_the_schema_and_has_every_row(tmp_path: Path) -> None:
    out = tmp_path / "result.json"
    assert main(["analyze", str(write(tmp_path)), "--json", str(out)]) == 0
    result = json.loads(out.read_bytes())
    jsonschema.validate(result, report.schema())
    (site,) = result["sites"]
    assert (site["site"], site["kind"], site["name"]) == ("home", "care_home", "ひまわり苑")
    assert sorted((o["date"], o["row"]) for o in site["occurrences"]) == [
        (f"2026-06-{day:02d}", row) for day in range(1, 6) for row in range(5)
    ]


def test_the_bundled_sites_fit_the_schema_and_say_they_are_constructed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "result.json"
    assert main(["analyze", "--json", str(out), "--lang", "en"]) == 0
    assert "bundled sites" in capsys.readouterr().err
    result = json.loads(out.read_bytes())
    jsonschema.validate(result, report.schema())
    assert [(site["kind"], site["constructed"]) for site in result["sites"]] == [("care_home", True), ("nursery", True)]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_table_tells_the_same_on_the_screen(
    language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    assert main(["analyze", str(write(tmp_path)), "--lang", language, "--reasons"]) == 0
    shown = capsys.readouterr().out
    assert "ひまわり苑" in shown
    assert ("業務ごとの判断" if language == "ja" else "Verdicts by task") in shown
    assert "07:00" in shown


def test_the_same_input_gives_the_same_bytes_whatever_the_hash_seed_time_zone_or_language(
    tmp_path: Path, carveout_command: Run
) -> None:
    path = write(tmp_path)
    seeds = ({"PYTHONHASHSEED": "1", "TZ": "UTC"}, {"PYTHONHASHSEED": "2", "TZ": "Asia/Tokyo", "CARVEOUT_LANG": "en"})
    one, two = (carveout_command("analyze", path, *map(str, bundled.paths()), "--json", "-", **seed) for seed in seeds)
    assert one.returncode == two.returncode == 0
    assert one.stdout == two.stdout
    assert len(json.loads(one.stdout)["sites"]) == 3


def test_a_folder_and_its_files_are_the_same_input_and_documents_of_one_site_are_one_site(tmp_path: Path) -> None:
    folder = tmp_path / "days"
    folder.mkdir()
    whole = document(4)
    first, second = whole.split("  - date: 2026-06-03")
    head = whole.split("days:\n", maxsplit=1)[0] + "days:\n"
    write(folder, first, "a.yaml")
    write(folder, head + "  - date: 2026-06-03" + second, "b.yaml")
    together, apart = tmp_path / "one.json", tmp_path / "two.json"
    assert main(["analyze", str(write(tmp_path, whole)), "--json", str(together)]) == 0
    assert main(["analyze", str(folder), "--json", str(apart)]) == 0
    assert together.read_bytes() == apart.read_bytes()


def test_json_to_standard_output_is_nothing_but_json(tmp_path: Path, carveout_command: Run) -> None:
    path, out = write(tmp_path), tmp_path / "result.json"
    ran = carveout_command("analyze", path, "--json", "-")
    assert ran.returncode == 0
    assert carveout_command("analyze", path, "--json", out).stdout == b""
    assert ran.stdout == out.read_bytes()


BROKEN = {
    "empty": "",
    "no days": "format: carveout-observation/1\nsite: {id: a, kind: nursery}\n",
    "not yaml": "site: [}",
    "wrong format": "format: something-else/9\n",
    "end before start": document(1).replace('"07:28", staff', '"06:00", staff'),
    "unknown key": document(1).replace("observer:", "observed_by:"),
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_what_cannot_be_used_ends_with_2_and_leaves_the_output_alone(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "result.json"
    out.write_text("yesterday's")
    path = write(tmp_path, text)
    assert main(["analyze", str(path), "--json", str(out), "--graphml", str(tmp_path / "graphs")]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "day.yaml" in said.err
    assert "エラー" in said.err
    assert out.read_text() == "yesterday's"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["day.yaml", "result.json"]


def test_all_errors_of_all_files_are_told_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = document(1).replace('"07:28", staff', '"06:00", staff').replace('start: "08:30"', 'start: "28 Uhr"')
    write(tmp_path, text, "one.yaml")
    write(tmp_path, "format: nothing\n", "two.yaml")
    assert main(["analyze", str(tmp_path), "--lang", "en"]) == 2
    said = capsys.readouterr().err
    assert said.count("error: ") >= 3
    assert "one.yaml" in said
    assert "two.yaml" in said


def test_warnings_do_not_stop_the_analysis(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, document(2).replace("staff: s1, task: clearing", "staff: s9, task: clearing"))
    assert main(["analyze", str(path), "--lang", "en"]) == 0
    said = capsys.readouterr()
    assert "warning: " in said.err
    assert "s9" in said.err


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda folder: folder / "missing.yaml", "missing.yaml"),
        (lambda folder: folder, ""),
    ],
    ids=["missing file", "empty folder"],
)
def test_nothing_to_read_is_said(
    make: object, expected: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert callable(make)
    assert main(["analyze", str(make(tmp_path))]) == 2
    said = capsys.readouterr()
    assert expected in said.err
    assert said.err
    assert "Traceback" not in said.err


@pytest.mark.parametrize("out", ["nowhere/result.json", "."])
def test_an_output_that_cannot_be_written_is_told_before_the_work(
    out: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["analyze", str(tmp_path / "missing.yaml"), "--json", str(tmp_path / out), "--lang", "en"]) == 2
    said = capsys.readouterr().err
    assert "folder" in said
    assert "missing.yaml" not in said


def test_a_full_disk_leaves_the_old_file_and_no_trace(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out" / "result.json"
    out.parent.mkdir()
    out.write_text("yesterday's")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device", str(out))

    monkeypatch.setattr("carveout.cli.output.os.fsync", full)
    assert main(["analyze", str(write(tmp_path)), "--json", str(out)]) == 2
    assert "No space left" in capsys.readouterr().err
    assert out.read_text() == "yesterday's"
    assert [p.name for p in out.parent.iterdir()] == ["result.json"]


def test_a_rewritten_file_keeps_its_permissions_and_a_link_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.json", tmp_path / "link.json"
    real.write_text("old")
    real.chmod(0o640)
    link.symlink_to(real)
    assert main(["analyze", str(write(tmp_path)), "--json", str(link)]) == 0
    assert link.is_symlink()
    assert json.loads(real.read_bytes())["format"] == report.FORMAT
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_a_device_can_be_written(tmp_path: Path) -> None:
    assert main(["analyze", str(write(tmp_path)), "--json", "/dev/null"]) == 0
    assert Path("/dev/null").is_char_device()


def test_a_closed_pipe_is_no_complaint(tmp_path: Path) -> None:
    command = f"{sys.executable} -m carveout analyze {write(tmp_path)} --json - | true; exit ${{PIPESTATUS[0]}}"
    ran = subprocess.run(
        ["bash", "-c", command], env=environment(), capture_output=True, timeout=120, check=False, cwd="/"
    )
    assert ran.returncode in (0, 141)
    assert ran.stderr == b""


def test_ctrl_c_ends_with_130_and_one_line(tmp_path: Path) -> None:
    fifo = tmp_path / "slow.yaml"
    os.mkfifo(fifo)
    running = subprocess.Popen(
        [sys.executable, "-m", "carveout", "analyze", str(fifo)],
        env=environment(),
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd="/",
    )
    try:
        time.sleep(1.5)
        if running.poll() is not None:  # a pipe is no observation file: refused at once, which is fine too
            assert running.returncode == 2
            return
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=30)
    finally:
        running.kill()
        running.communicate()
    assert running.returncode == 130
    assert said.decode().strip() == "carveout: 中断しました。"


def test_a_mistake_of_our_own_is_one_sentence_not_a_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a\x1b[2Jb")

    monkeypatch.setattr("carveout.analysis.analyze", broken)
    assert main(["analyze", str(write(tmp_path))]) == 1
    said = capsys.readouterr().err
    assert "ZeroDivisionError: a\\x1b[2Jb" in said
    assert "Traceback" not in said
    monkeypatch.setenv("CARVEOUT_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        main(["analyze", str(write(tmp_path))])


def test_names_from_files_reach_the_terminal_as_plain_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, document(2, name='"悪\\e[2J\\u202E[red]苑"').replace("task: clearing", 'task: "x\\e[31my"'))
    main(["analyze", str(path), "--reasons"])
    said = capsys.readouterr()
    assert "\x1b" not in said.out + said.err
    assert "\u202e" not in said.out + said.err


def test_graphs_are_written_one_per_unit_under_harmless_names(tmp_path: Path) -> None:
    text = document(3, site='"../../up"').replace("unit: unit-1", 'unit: "2階 / 東"')
    folder = tmp_path / "in" / "graphs"
    assert main(["analyze", str(write(tmp_path, text)), "--json", "/dev/null", "--graphml", str(folder)]) == 0
    (graph,) = folder.iterdir()
    assert graph.suffix == ".graphml"
    assert ElementTree.parse(graph).getroot().tag.endswith("graphml")


def test_another_set_of_rules_may_change_the_verdicts_but_not_what_was_seen(tmp_path: Path) -> None:
    path, plain, switched = write(tmp_path), tmp_path / "a.json", tmp_path / "b.json"
    assert main(["analyze", str(path), "--json", str(plain)]) == 0
    assert main(["analyze", str(path), "--json", str(switched), "--schemes", "+mie-abc", "--date", "2026-06-01"]) == 0
    before, after = (json.loads(p.read_bytes())["sites"][0] for p in (plain, switched))
    assert before["occurrences"] == after["occurrences"]
    assert before["chains"] == after["chains"]


def test_an_analysis_loads_nothing_that_only_pages_papers_and_stores_need() -> None:
    """Loading them would take longer than analysing; `python -m benchmarks.startup` times the whole."""
    code = (
        "import sys; from carveout.cli import main; main(sys.argv[1:]); "
        "print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    arguments = [sys.executable, "-c", code, "analyze", str(bundled.paths()[0]), "--json", os.devnull]
    done = subprocess.run(arguments, env=environment(), cwd=ROOT, check=True, capture_output=True, text=True)
    loaded = set(done.stdout.splitlines()[-1].split())
    assert {"numpy", "yaml", "highspy"} <= loaded
    heavy = {
        "alembic", "authlib", "cattrs", "docx", "fsrs", "jinja2", "networkx", "openpyxl", "pandas", "plotly", "psycopg",
        "pyarrow", "scipy", "sqlalchemy", "statsmodels", "streamlit", "weasyprint",
    }  # fmt: skip
    assert loaded & heavy == set()


@pytest.mark.parametrize("forgotten", [True, False])
def test_an_observation_record_is_never_overwritten_with_a_result(
    forgotten: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = write(tmp_path)
    before = record.read_bytes()
    assert main(["analyze", *([] if forgotten else [str(record)]), "--json", str(record)]) == 2
    assert record.read_bytes() == before
    assert "上書きしません" in capsys.readouterr().err
