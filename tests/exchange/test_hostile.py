"""Files that are broken, mistaken or meant to do harm: a message with place, cause and remedy, never a traceback."""

from __future__ import annotations

import csv
import io
import random
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from carveout.exchange import DEFAULT_LIMITS, Imported, Mapping, formats, read_file, recognise, write_file
from carveout.exchange.formats import format_of
from tests.exchange.workdays import HEAD, ONE_DAY

ENDINGS = (".csv", ".tsv", ".xlsx", ".xes", ".xes.gz", ".yaml", ".parquet", ".txt", "", ".exe")
BORIS = b"Observation id,Observation date,Subject,Behavior,Behavior type,Start (s),Stop (s)\n"
SMALL = replace(DEFAULT_LIMITS, file_bytes=1 << 20, rows=100, columns=20, names=5)


def codes(found: Imported) -> list[str]:
    return [problem.code for problem in found.problems]


def answered(found: Imported) -> None:
    """Whatever came of it is said in both languages."""
    for problem in found.problems:
        for language in ("ja", "en"):
            assert problem.message(language).isprintable()  # type: ignore[arg-type]
        assert problem.cause.ja and problem.cause.en and problem.remedy.ja and problem.remedy.en


@given(st.binary(max_size=300), st.sampled_from(ENDINGS), st.sampled_from(["", *(one.id for one in formats())]))
def test_any_bytes_under_any_name_are_answered(data: bytes, ending: str, kind: str) -> None:
    found = read_file(f"x{ending}", data, Mapping(format=kind))
    answered(found)
    assert found.days or found.problems


@given(
    st.sampled_from([one.id for one in formats() if one.writes and one.id != "xlsx"]),
    st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), max_size=8),
    st.integers(0, 10_000),
)
def test_our_own_files_damaged_anywhere_are_answered(kind: str, flips: list[tuple[int, int]], cut: int) -> None:
    data = bytearray(WRITTEN[kind])
    for at, value in flips:
        data[at % len(data)] = value
    found = read_file(f"x{format_of(kind).suffixes[0]}", bytes(data[: max(1, len(data) - cut % len(data))]))
    answered(found)
    assert found.days or found.problems


WRITTEN = {one.id: write_file(one, HEAD, [ONE_DAY]) for one in formats() if one.writes}


@pytest.mark.parametrize("ending", ENDINGS)
def test_nothing_in_a_file_is_said(ending: str) -> None:
    for data in (b"", b"   \n\n"):
        found = read_file(f"x{ending}", data)
        assert (codes(found), found.days) == (["empty_file"], ())


@pytest.mark.parametrize("ending", ENDINGS)
def test_binary_junk_is_of_no_kind(ending: str) -> None:
    junk = random.Random(1).randbytes(5000)
    found = read_file(f"x{ending}", junk)
    answered(found)
    assert found.days == () and found.has_errors


@pytest.mark.parametrize("kind", sorted(WRITTEN))
def test_a_wrong_ending_does_not_matter(kind: str) -> None:
    for ending in (".csv", ".txt", "", ".exe"):
        found = recognise(f"x{ending}", WRITTEN[kind])
        assert found is not None and found.id == kind, ending
        assert read_file(f"x{ending}", WRITTEN[kind]).days


def test_files_beyond_a_limit_are_refused_or_cut_with_a_message() -> None:
    line = b"o,2026-06-01 09:00:00,s1,a,STATE,0,60\n"
    assert codes(read_file("x.csv", BORIS + line * 60_000, limits=SMALL)) == ["too_large"]
    found = read_file("x.csv", BORIS + line * 200, limits=SMALL)
    assert "too_many_rows" in codes(found)
    assert sum(len(day.rows) for day in found.days) == 100
    event = (
        b'<event><string key="concept:name" value="a"/><date key="time:timestamp" value="2026-06-01T09:00:00"/></event>'
    )
    found = read_file("x.xes", b"<log><trace>" + event * 200 + b"</trace></log>", limits=SMALL)
    assert "too_many_rows" in codes(found)
    assert sum(len(day.rows) for day in found.days) == 100
    wide = ",".join(f"c{n}" for n in range(50))
    found = read_file("x.csv", f"date,start,end,task,{wide}\n2026-06-01,9:00,9:05,配膳\n".encode(), limits=SMALL)
    assert "too_many_columns" in codes(found)
    names = b"".join(b"o,2026-06-01 09:00:00,s1,task%d,STATE,0,60\n" % n for n in range(20))
    found = read_file("x.csv", BORIS + names, limits=SMALL)
    assert (len(found.unknown_tasks), "too_many_names" in codes(found)) == (5, True)


def test_a_workbook_that_unpacks_to_gigabytes_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (500 << 20))
    found = read_file("bomb.xlsx", stream.getvalue(), Mapping(format="table"))
    assert codes(found) == ["unpacks_too_large"]
    assert recognise("bomb.xlsx", stream.getvalue()) is None


def test_a_workbook_with_entities_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WRITTEN["xlsx"])) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith("sheet1.xml"):
                content = b'<!DOCTYPE a [<!ENTITY b "cccc">]>' + content
            new.writestr(name, content)
    assert codes(read_file("x.xlsx", stream.getvalue(), Mapping(format="table"))) == ["damaged"]


def test_an_old_or_locked_workbook_says_so() -> None:
    assert codes(read_file("x.xlsx", b"\xd0\xcf\x11\xe0" + b"\x00" * 600)) == ["old_excel"]


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.csv", "C:\\temp\\..\\x.csv", "a\x00b.csv", "<script>.csv", "\x1b[31m.csv"]
)
def test_names_of_files_are_only_words(name: str) -> None:
    found = read_file(name, b"date,start,end,task\n2026-06-01,9:00,9:05,a\n")
    answered(found)
    assert found.head is not None
    assert not set(found.head.id) & set("/\\\x00\x1b")


def test_markup_in_names_stays_text() -> None:
    text = "date,start,end,task,unit,note\n2026-06-01,9:00,9:05,<script>alert(1)</script>,<b>u</b>,<img src=x>\n"
    (day,) = read_file("x.csv", text.encode()).days
    assert (day.unit, day.rows[0].task, day.rows[0].note) == ("<b>u</b>", "<script>alert(1)</script>", "<img src=x>")
    data = write_file("xes", HEAD, [day])
    assert b"<script>" not in data
    assert read_file("x.xes", data).days[0].rows[0].task == "<script>alert(1)</script>"


def test_formula_cells_are_four_characters_and_not_run() -> None:
    text = "date,start,end,task,note\n2026-06-01,9:00,9:05,=1+1,'=2+2\n"
    (row,) = read_file("x.csv", text.encode()).days[0].rows
    assert (row.task, row.note) == ("=1+1", "=2+2")


def test_control_characters_do_not_reach_a_record_or_a_terminal() -> None:
    found = read_file("x.csv", b"date,start,end,task\n2026-06-01,9:00,9:05,a\x1b[31mb\n2026-06-01,x\x1b[0m,9:05,c\n")
    answered(found)
    assert found.days[0].rows[0].task == "a[31mb"


@pytest.mark.parametrize(
    "text", ["a\n" * 1000, ",\n" * 1000, "<" * 1000, '"' * 1001, "{" * 5000, "\t" * 3000 + "x", "-" * 5000]
)
def test_text_that_is_no_table_is_answered(text: str) -> None:
    for ending in (".csv", ".txt", ".xes", ".yaml"):
        found = read_file(f"x{ending}", text.encode())
        answered(found)
        assert found.days == () and found.has_errors


def test_patterns_do_not_take_for_ever() -> None:
    for value in ("1" * 5000, " " * 5000, "9:" * 2000, "2026-" * 1000, "午前" * 1000, "1:1:1." + "1" * 5000):
        # A pattern that explodes would not end.
        answered(read_file("x.csv", f"date,start,end,task\n{value},{value},{value},{value}\n".encode()))


def test_yaml_bombs_are_met_by_the_readers_bounds() -> None:
    bomb = "format: carveout-observation/1\na: &a [x,x,x,x,x,x,x,x,x]\n" + "\n".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{','.join([f'*{chr(97 + n)}'] * 9)}]" for n in range(9)
    )
    found = read_file("x.yaml", bomb.encode())
    answered(found)
    assert found.days == () and found.has_errors


HEADINGS = (
    "date", "start", "end", "duration", "task", "staff", "unit", "role", "note", "trigger", "時間帯", "直接介護",
    "休憩", "Start (s)", "Stop (s)", "Behavior", "Subject", "Behavior type", "Time", "session date", "start time",
    "end time", "What (x)", "int start 1", "int end 1", "next_day", "施設", "",
)  # fmt: skip
CELLS = st.text(max_size=6) | st.sampled_from(
    ["", "9:00", "24:00", "2026-06-01", "31/12/2199", "9999-12-31", "1e308", "-1", "0.5", "60", "nan", "=1+1", "'",
     "\t", "2026-06-01T09:00:00+09:00", "00:00:00", "s1", "STATE", "START", "STOP", "POINT", "7時台", "x" * 250, "\x00",
     "1", "2199-12-31 23:59", "1900-01-01 00:00", "46000"]
)  # fmt: skip


@given(st.data())
def test_any_cells_under_any_headings_are_answered(data: st.DataObject) -> None:
    headings = data.draw(st.lists(st.sampled_from(HEADINGS), min_size=1, max_size=9, unique=True))
    lines = data.draw(st.lists(st.lists(CELLS, min_size=len(headings), max_size=len(headings)), max_size=6))
    kind = data.draw(st.sampled_from(["", "table", "boris", "boris-tabular", "wombat", "timestudy"]))
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([headings, *lines])
    told = Mapping(format=kind, date=data.draw(st.sampled_from(["", "2026-06-01"])))
    found = read_file("x.csv", stream.getvalue().encode("utf-8", "replace"), told)
    answered(found)
    for kind in ("xes", "csv", "boris", "timestudy", "wombat", "yaml"):
        for head, days in found.sites:
            assert write_file(kind, head, days)


def test_formulas_without_a_stored_result_are_named_and_empty_results_are_not() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "日誌"
    for cells in (
        ("ケアの記録",), ("日付", "開始", "終了", "作業内容", "備考", None),
        ("2026-06-01", "9:00", "9:15", "配膳", None, 1),
        ("2026-06-01", "=C3", "9:30", "下膳", '=IF(D4="","",D4)', "=1+1"), ("2026-06-01", "=C4", "9:40", "清掃", "=1"),
    ):  # fmt: skip
        sheet.append(cells)
    stream = io.BytesIO()
    book.save(stream)
    # As Excel saves a formula whose result is the empty text.
    unread = _with_sheet(stream.getvalue(), b'r="E4"', b'r="E4" t="str"')
    found = read_file("day.xlsx", unread)
    told = [(one.place, one.field, one.cause.en) for one in found.problems if one.code == "formula_without_result"]
    assert told == [
        ("日誌!B4", "開始", "formulas without a stored result (B4, B5; 2 in all) read as blank"),
        ("日誌!E5", "備考", "formulas without a stored result (E5; 1 in all) read as blank"),
    ]
    answered(found)
    assert [row.task for row in found.days[0].rows] == ["serving"]


def _with_sheet(data: bytes, old: bytes, new: bytes) -> bytes:
    """A workbook with something in its first sheet's XML replaced."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(stream, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            if name.endswith("sheet1.xml"):
                assert old in content
                content = content.replace(old, new)
            after.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "member", "content"),
    [
        ("a.ods", "mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("a.xlsx", "mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("a.xlsb", "xl/workbook.bin", "x"),
        ("a.docx", "word/document.xml", "<x/>"),
    ],
)
def test_files_of_other_office_programs_say_how_to_save_them(name: str, member: str, content: str) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(member, content)
    found = read_file(name, stream.getvalue())
    assert codes(found) == ["other_office"]
    assert ".xlsx" in found.problems[0].remedy.ja and ".xlsx" in found.problems[0].remedy.en
