"""`carveout import` and `export`: what is written, what is asked, what is refused, and nothing half-written."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from carveout import bundled
from carveout.cli import main
from carveout.cli.manual_exchange import READ, WRITTEN
from carveout.exchange import formats, read_file
from carveout.observations import read

BORIS = (
    "Observation id,Observation date,Subject,Behavior,Modifiers,Behavior type,Start (s),Stop (s),Comment start\n"
    "o1,2026-06-01 09:00:00,山田,配膳,,STATE,0,300,\n"
    "o1,2026-06-01 09:00:00,s1,謎の業務,,STATE,300,600,\n"
)
TABLE = "date,start,end,task,name,colour\n2026-06-01,9:00,9:05,配膳,佐藤,red\n2026-06-01,9:05,9:10,下膳,山田,\n"


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARVEOUT_LANG", "en")


def written(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def home() -> str:
    return str(next(path for path in bundled.paths() if "care-home" in path.name))


def test_the_manual_names_the_formats_there_are() -> None:
    assert set(READ) == {one.id for one in formats() if one.reads}
    assert set(WRITTEN) == {one.id for one in formats() if one.writes}


def test_a_file_becomes_a_record_that_can_be_analysed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given, out = written(tmp_path, "day 1.csv", BORIS), tmp_path / "new" / "records"
    assert main(["import", given, "--out", str(out), "--site", "home", "--kind", "care_home"]) == 0
    said = capsys.readouterr()
    assert "read as BORIS aggregated events. Site home, days: 1, rows: 2." in said.out
    assert "謎の業務" in said.err and "--new-mapping" in said.err and "山田 → s2" in said.err
    (record,) = out.iterdir()
    assert record.name == "home-day_1.yaml"
    assert "山田" not in record.read_text(encoding="utf-8")
    timeline = read([record]).timeline
    assert (timeline.sites.id, timeline.sites.kind, timeline.n_rows) == (("home",), ("care_home",), 2)
    assert main(["check", str(record)]) == 0


def test_several_files_share_names_and_ids(tmp_path: Path) -> None:
    files = [written(tmp_path, "a.csv", BORIS), written(tmp_path, "b.csv", TABLE)]
    out = tmp_path / "out"
    assert main(["import", *files, "--out", str(out), "--site", "home", "--kind", "other"]) == 0
    (day,) = read_file("b.yaml", (out / "home-b.yaml").read_bytes()).days
    assert [row.staff for row in day.rows] == [("s3",), ("s2",)]  # 佐藤 is new, 山田 is who she was in the first file


def test_a_mapping_is_made_corrected_and_used(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given, mapping = written(tmp_path, "a.csv", BORIS), tmp_path / "mapping.json"
    first = ["import", given, "--out", str(tmp_path / "1"), "--site", "home", "--new-mapping", str(mapping)]
    assert main(first) == 0
    document = json.loads(mapping.read_text(encoding="utf-8"))
    assert document["tasks"] == {"配膳": "serving", "謎の業務": "謎の業務"}
    document["tasks"]["謎の業務"] = "cleaning"
    document["kind"] = "care_home"
    mapping.write_text(json.dumps(document), encoding="utf-8")
    capsys.readouterr()
    assert main(["import", given, "--out", str(tmp_path / "2"), "--mapping", str(mapping)]) == 0
    assert "謎" not in capsys.readouterr().err
    (day,) = read_file("x.yaml", (tmp_path / "2" / "home-a.yaml").read_bytes()).days
    assert [row.task for row in day.rows] == ["serving", "cleaning"]


def test_a_day_and_a_start_can_be_told(tmp_path: Path) -> None:
    given = written(tmp_path, "a.csv", "start (s),stop (s),task,subject\n60,120,配膳,s1\n")
    asked = ["import", given, "--out", str(tmp_path / "o")]
    assert main(asked) == 2
    assert not (tmp_path / "o").exists()
    assert main([*asked, "--site", "home", "--date", "2026-06-01", "--start", "9:00"]) == 0
    (day,) = read_file("x.yaml", (tmp_path / "o" / "home-a.yaml").read_bytes()).days
    assert (day.date, day.rows[0].start) == ("2026-06-01", 541)


def test_one_file_of_no_use_and_nothing_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [written(tmp_path, "a.csv", BORIS), written(tmp_path, "b.csv", "nothing here")]
    assert main(["import", *files, "--out", str(tmp_path / "out")]) == 2
    said = capsys.readouterr()
    assert not (tmp_path / "out").exists()
    assert "b.csv" in said.err and "Traceback" not in said.err
    assert said.out == ""


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["import", "missing.csv", "--out", "o"], "missing.csv"),
        (["import", ".", "--out", "o"], "."),
        (["import", "a.csv"], "--out"),
        (["import", "a.csv", "--out", "a.csv"], "a.csv is a file"),
        (["import", "a.csv", "--out", "o", "--mapping", "a.csv"], "not a mapping"),
        (["import", "a.csv", "--out", "o", "--kind", "hotel"], "hotel"),
        (["import", "a.csv", "--out", "o", "--start", "25:00"], "25:00"),
        (["import", "a.csv", "--out", "o", "--new-mapping", "a.csv"], "will not be overwritten"),
        (["export", "a.csv", "--format", "xes", "--out", "a.csv"], ".xes"),
        (["export", "a.csv", "--format", "csv", "--out", "a.csv"], "will not be overwritten"),
        (["export", "a.csv", "--format", "pdf", "--out", "a.pdf"], "pdf"),
    ],
)
def test_what_cannot_be_done_is_said(
    arguments: list[str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    written(tmp_path, "a.csv", BORIS)
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    said = capsys.readouterr().err
    assert told in said and "Traceback" not in said
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv"]
    assert (tmp_path / "a.csv").read_text(encoding="utf-8") == BORIS


def test_a_record_that_exists_is_never_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = written(tmp_path, "a.csv", BORIS)
    asked = ["import", given, "--out", str(tmp_path / "o"), "--site", "home"]
    assert main(asked) == 0
    before = (tmp_path / "o" / "home-a.yaml").read_bytes()
    assert main(asked) == 2
    assert "will not be overwritten" in capsys.readouterr().err
    assert (tmp_path / "o" / "home-a.yaml").read_bytes() == before


@pytest.mark.parametrize("kind", WRITTEN)
def test_days_are_written_in_every_format_and_read_again(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ending = next(one.suffixes[0] for one in formats() if one.id == kind)
    out = tmp_path / f"days{ending}"
    assert main(["export", home(), "--format", kind, "--out", str(out)]) == 0
    assert ("not in the file written" in capsys.readouterr().err) == (kind not in ("xes", "yaml"))
    back = tmp_path / "back"
    assert main(["import", str(out), "--out", str(back)]) == 0
    (record,) = back.iterdir()
    before, after = read([home()]).timeline, read([record]).timeline
    assert after.sites.id == before.sites.id
    if kind != "timestudy":
        people = (before.staff_offsets[1:] - before.staff_offsets[:-1]).clip(1).sum()
        assert after.n_rows == (before.n_rows if kind in ("xes", "yaml", "csv", "xlsx") else people)


def test_a_log_can_be_compressed(tmp_path: Path) -> None:
    for name in ("a.xes", "a.xes.gz"):
        assert main(["export", home(), "--format", "xes", "--out", str(tmp_path / name)]) == 0
    assert gzip.decompress((tmp_path / "a.xes.gz").read_bytes()) == (tmp_path / "a.xes").read_bytes()


def test_of_several_sites_one_is_chosen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["export", *map(str, bundled.paths()), "--format", "csv", "--out", str(tmp_path / "o.csv")]
    assert main(asked) == 2
    assert "care-home-a" in capsys.readouterr().err
    assert main([*asked, "--site", "nowhere"]) == 2
    assert main([*asked, "--site", "care-home-a"]) == 0
    assert read([tmp_path / "o.csv"]).timeline.sites.id == ("care-home-a",)
