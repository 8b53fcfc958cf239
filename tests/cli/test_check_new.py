"""`carveout check` and `carveout new`: a template that can be filled in, checked and analysed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from carveout import bundled
from carveout.cli import main
from tests.cli.days import document, write
from tests.conftest import Run


def test_a_sound_record_has_nothing_to_mend(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(write(tmp_path))]) == 0
    said = capsys.readouterr()
    assert said.out == "問題ありません。1施設、25行。\n"
    assert said.err == ""


def test_points_to_look_at_are_counted_and_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, document(2).replace("staff: s1, task: clearing", "staff: s9, task: clearing"))
    assert main(["check", str(path), "--lang", "en"]) == 0
    said = capsys.readouterr()
    assert said.out.startswith("Can be analysed. Sites: 1, rows: 10.")
    assert "s9" in said.err


def test_what_cannot_be_used_ends_with_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(write(tmp_path, "format: nothing\n"))]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "day.yaml" in said.err


def test_the_bundled_sites_are_sound(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", *map(str, bundled.paths())]) == 0
    assert "2施設" in capsys.readouterr().out


def fill_in_yaml(path: Path) -> None:
    """Write what the template asks for, and uncomment its own examples of staff and rows."""
    text = path.read_text(encoding="utf-8")
    text = text.replace('id: ""', 'id: "home"').replace("\n  - date:", "\n  - date: 2026-06-01")
    text, uncommented = re.subn(r"^(\s+)# - \{(start|id): ", r"\1- {\2: ", text, flags=re.MULTILINE)
    assert uncommented >= 3
    path.write_text(text, encoding="utf-8")


def fill_in_excel(path: Path) -> None:
    """Write one row under the headings of the first sheet."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    values = ("home", dt.date(2026, 6, 1), "u1", "s1", "9:00", "9:30", "清掃")
    said = dict(zip(("施設", "日付", "ユニット", "職員", "開始", "終了", "業務"), values, strict=True))
    said |= dict(zip(("site", "date", "unit", "staff", "start", "end", "task"), values, strict=True))
    headings = {cell.value: cell.column for cell in sheet[1]}
    assert len(set(said) & set(headings)) == 7
    for heading, column in headings.items():
        if heading in said:
            sheet.cell(2, column, said[heading])
    book.save(path)


@pytest.mark.parametrize(("name", "fill_in"), [("day.yaml", fill_in_yaml), ("day.xlsx", fill_in_excel)])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_new_template_asks_to_be_filled_in_and_then_passes(
    name: str,
    fill_in: Callable[[Path], None],
    language: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = tmp_path / name
    assert main(["new", "--out", str(out), "--lang", language]) == 0
    assert name in capsys.readouterr().err
    assert main(["check", str(out), "--lang", language]) == 2
    assert "day." in capsys.readouterr().err
    fill_in(out)
    assert main(["check", str(out), "--lang", language]) == 0
    assert main(["analyze", str(out), "--lang", language]) == 0


def test_a_template_is_shown_when_no_file_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new"]) == 0
    assert "carveout-observation/1" in capsys.readouterr().out


def test_a_filled_in_record_is_never_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path)
    assert main(["new", "--out", str(path)]) == 2
    assert "上書きしません" in capsys.readouterr().err
    assert path.read_text(encoding="utf-8") == document()


def test_an_excel_template_needs_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "--format", "xlsx", "--lang", "en"]) == 2
    said = capsys.readouterr()
    assert "--out" in said.err
    assert said.out == ""


def test_a_terminal_without_japanese_gets_codes_not_an_error(carveout_command: Run) -> None:
    ran = carveout_command("new", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert ran.returncode == 0
    assert b"carveout-observation/1" in ran.stdout


@pytest.mark.parametrize("options", [["--out", "day.csv"], ["--out", "day"], ["--format", "xlsx", "--out", "day.yaml"]])
def test_a_template_is_not_written_under_a_name_that_cannot_be_read_back(
    options: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["new", *options, "--lang", "en"]) == 2
    assert list(tmp_path.iterdir()) == []
    assert options[-1] in capsys.readouterr().err
