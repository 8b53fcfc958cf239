"""Which files are read: folders, endings, files that are none, sizes, progress."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from carveout.errors import InputError, Problem
from carveout.observations import Limits, read, read_bytes, read_uploads
from tests.observations.documents import DOCUMENT, codes, csv_text, differences, refused


def problems_of(*paths: Path, limits: Limits | None = None) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as caught:
        read(paths, limits=limits or Limits())
    assert all(p.cause.ja and p.cause.en and p.remedy.ja and p.remedy.en for p in caught.value.problems)
    return caught.value.problems


def test_a_folder_is_read_through_and_hidden_files_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "sub" / "deep").mkdir(parents=True)
    (tmp_path / "sub" / "deep" / "A.YAML").write_text(DOCUMENT, encoding="utf-8")
    (tmp_path / "b.csv").write_text(csv_text(), encoding="utf-8")
    (tmp_path / "notes.txt").write_text("not a record", encoding="utf-8")
    (tmp_path / ".hidden.yaml").write_text("}", encoding="utf-8")
    (tmp_path / "~$open.xlsx").write_bytes(b"lock")
    assert read([tmp_path]).timeline.sites.id == ("a", "b", "care-home-a")


def test_the_order_of_paths_changes_nothing_and_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    one, other = tmp_path / "1.yaml", tmp_path / "2.csv"
    one.write_text(DOCUMENT, encoding="utf-8")
    other.write_text(csv_text(), encoding="utf-8")
    expected = read([one, other]).timeline
    assert differences(expected, read([other, one]).timeline) == []
    assert differences(expected, read([other, str(one), tmp_path, one]).timeline) == []


def test_a_folder_may_be_named_like_a_file(tmp_path: Path) -> None:
    folder = tmp_path / "x.yaml"
    folder.mkdir()
    assert codes(problems_of(folder)) == ["empty_folder"]
    (folder / "y.yaml").write_text(DOCUMENT, encoding="utf-8")
    assert read([folder]).timeline.n_rows == 3
    assert read([tmp_path]).timeline.n_rows == 3


def test_a_file_that_is_not_there_is_one_problem_whatever_its_name(tmp_path: Path) -> None:
    assert codes(problems_of(tmp_path / "gone")) == ["missing_file"]


def test_what_cannot_be_read_is_named_with_every_other_file(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("a: [", encoding="utf-8")
    (tmp_path / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    os.mkfifo(tmp_path / "pipe.csv")
    names = ["bad.yaml", "gone.yaml", "old.xls", "pipe.csv", "picture.png"]
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    (tmp_path / "nowhere").mkdir()
    found = problems_of(*(tmp_path / name for name in [*names, "nowhere"]))
    assert {Path(p.file).name: p.code for p in found if p.code != "not_a_document"} == {
        "bad.yaml": "yaml_syntax", "gone.yaml": "missing_file", "old.xls": "old_excel", "pipe.csv": "not_a_file",
        "picture.png": "unknown_extension", "nowhere": "empty_folder",
    }  # fmt: skip


def test_a_file_that_may_not_be_opened_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "day.yaml"
    path.write_text(DOCUMENT, encoding="utf-8")

    def refuse(self: Path, *_: object) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert codes(problems_of(path)) == ["unreadable_file"]


def test_a_name_no_system_takes_is_named() -> None:
    assert codes(problems_of(Path("a\0b.yaml"))) == ["unreadable_file"]
    assert codes(problems_of(Path("x" * 5000 + ".yaml"))) == ["unreadable_file"]


def test_nothing_to_read_is_an_error() -> None:
    assert codes(problems_of()) == ["no_paths"]
    with pytest.raises(InputError):
        read_uploads({})


@pytest.mark.parametrize("name", ["a.yaml", "a.csv", "a.xlsx", "a.parquet"])
def test_an_empty_file_is_refused(name: str, tmp_path: Path) -> None:
    assert codes(refused(name, b"")) == ["empty_file"]
    (tmp_path / name).touch()
    assert codes(problems_of(tmp_path / name)) == ["empty_file"]


def test_a_file_beyond_the_bound_is_refused_unread(tmp_path: Path) -> None:
    small = Limits(yaml_bytes=100, csv_bytes=100, xlsx_bytes=100, parquet_bytes=100)
    for name in ("a.yaml", "a.csv", "a.xlsx", "a.parquet"):
        assert codes(refused(name, b"x" * 101, small)) == ["too_large"]
    path = tmp_path / "huge.yaml"
    with path.open("wb") as stream:
        stream.truncate(1 << 40)  # a terabyte of nothing
    assert codes(problems_of(path)) == ["too_large"]


def test_too_many_files_are_refused(tmp_path: Path) -> None:
    for k in range(4):
        (tmp_path / f"{k}.yaml").write_text(DOCUMENT, encoding="utf-8")
    assert codes(problems_of(tmp_path, limits=Limits(files=3))) == ["too_many_files"]


def test_problems_stand_in_the_order_of_files_and_lines(tmp_path: Path) -> None:
    broken = DOCUMENT.replace('"07:30"', '"06:30"').replace("trigger: on_demand", "trigger: x")
    for name in ("b.yaml", "a.yaml"):
        (tmp_path / name).write_text(broken, encoding="utf-8")
    found = [(Path(p.file).name, p.line) for p in problems_of(tmp_path) if p.severity == "error"]
    assert found == [("a.yaml", 14), ("a.yaml", 15), ("b.yaml", 14), ("b.yaml", 15)]


def test_the_same_mistake_in_every_row_is_listed_up_to_a_bound_and_counted() -> None:
    rows = [("a", "?", "u", "s1", "9:00", "9:30", "清掃")] * 1000
    text = csv_text(rows, ("site", "date", "unit", "staff", "start", "end", "task"))
    found = [p for p in refused("day.csv", text, Limits(problems=20)) if p.code == "bad_date"]
    assert len(found) == 21
    assert "980" in found[-1].cause.ja and "980" in found[-1].cause.en


def test_progress_runs_to_the_end(tmp_path: Path) -> None:
    for k in range(3):
        (tmp_path / f"{k}.yaml").write_text(DOCUMENT, encoding="utf-8")
    calls: list[tuple[int, int, str]] = []
    read([tmp_path], progress=lambda *call: calls.append(call))
    done = [call[0] for call in calls]
    assert done == sorted(done) and calls[-1][0] == calls[-1][1] == 3 * len(DOCUMENT.encode())


def test_the_name_of_a_file_cannot_play_tricks_in_a_message() -> None:
    (problem,) = refused("a\x1b[2J.txt", b"x")
    assert "\x1b" not in problem.message("ja")


def test_reading_twice_gives_the_same() -> None:
    data = DOCUMENT.encode()
    assert differences(read_bytes("a.yaml", data).timeline, read_bytes("a.yaml", data).timeline) == []
