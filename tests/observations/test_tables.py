"""Tables (CSV, Excel, Parquet): the same rows mean the same, and each kind's own ways are understood."""

from __future__ import annotations

import datetime as dt
import io

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from carveout.observations import read_bytes, read_uploads
from tests.observations.documents import (
    HEADINGS,
    ROWS,
    STAFF,
    codes,
    csv_text,
    differences,
    of_csv,
    refused,
    rows_as_text,
    workbook,
)

JAPANESE = ("施設", "種別", "日付", "ユニット", "観察者", "職員", "職種", "開始", "終了", "業務", "きっかけ", "備考")
SHORT = ("site", "date", "unit", "staff", "start", "end", "task")


def parquet(columns: dict[str, object]) -> bytes:
    stream = io.BytesIO()
    pq.write_table(pa.table(columns), stream)
    return stream.getvalue()


def parquet_rows(**changed: object) -> bytes:
    columns: dict[str, object] = {name: [row[k] or None for row in ROWS] for k, name in enumerate(HEADINGS)}
    return parquet(columns | changed)


def short(*rows: tuple[object, ...], headings: tuple[str, ...] = SHORT) -> str:
    return csv_text(rows, headings)


def test_rows_become_entries_by_site_day_and_unit_in_order_of_appearance() -> None:
    assert rows_as_text(of_csv(csv_text())) == [
        ("a", "2026-06-01", "u1", 0, 0, 420, 450, ("s1",), "wake_up_care", 0, ""),
        ("a", "2026-06-01", "u1", 0, 1, 430, 460, ("s2",), "toileting", 2, "二人で"),
        ("a", "2026-06-01", "u2", 1, 0, 450, 470, ("s1", "s2"), "cleaning", 1, ""),
        ("a", "2026-06-02", "u1", 2, 0, 425, 455, ("s1",), "wake_up_care", 0, ""),
        ("b", "2026-06-01", "u1", 3, 0, 480, 1440, ("s1",), "nap", 0, ""),
        ("a", "2026-06-01", "u1", 0, 2, 460, 475, ("s2",), "cleaning", 0, ""),
    ]
    t = of_csv(csv_text()).timeline
    assert (t.sites.id, t.sites.kind) == (("a", "b"), ("care_home", "nursery"))
    assert t.staff == ("s1", "s2", "s1") and t.staff_role == ("nurse", "", "")
    assert t.entries.observer == ("jc",) * 4


def test_every_kind_of_table_gives_the_same_timeline() -> None:
    expected = of_csv(csv_text()).timeline
    as_excel = workbook({"観察": [HEADINGS, *ROWS]})
    for name, data in (("day.xlsx", as_excel), ("day.parquet", parquet_rows())):
        assert differences(expected, read_bytes(name, data).timeline) == [], name


@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_the_separator_is_found_out(separator: str) -> None:
    expected = of_csv(csv_text()).timeline
    assert differences(expected, of_csv(csv_text(separator=separator)).timeline) == []


def test_headings_may_be_japanese_in_any_order_width_and_case() -> None:
    expected = of_csv(csv_text(r for r in ROWS if "," not in r[5])).timeline
    order = list(range(len(JAPANESE)))[::-1]
    rows = [tuple(row[k] for k in order) for row in ROWS if "," not in row[5]]
    wide = tuple(" ｄａｔｅ " if h == "date" else h for h in HEADINGS)
    for headings in (JAPANESE, tuple(h.upper() for h in HEADINGS), wide):
        text = csv_text(rows, [headings[k] for k in order])
        assert differences(expected, of_csv(text).timeline) == [], headings


def test_a_csv_that_excel_saved_under_japanese_windows_is_read() -> None:
    row = ("あ園", "保育所", "2026/6/1", "0歳児", "観1", "職1", "保育士", "9:00", "9:30", "おむつ交換", "随時", "①")
    text = csv_text([row], JAPANESE)
    reading = read_bytes("day.csv", text.replace("\n", "\r\n").encode("cp932"))
    assert rows_as_text(reading) == [
        ("あ園", "2026-06-01", "0歳児", 0, 0, 540, 570, ("職1",), "diaper_change", 2, "①")
    ]  # fmt: skip
    assert reading.timeline.sites.kind == ("nursery",) and reading.problems == ()


def test_a_csv_in_utf16_is_read() -> None:
    expected = of_csv(csv_text()).timeline
    data = csv_text(separator="\t").encode("utf-16")  # Excel's "Unicode text"
    assert differences(expected, read_bytes("day.csv", data).timeline) == []


def test_a_file_that_is_no_text_is_refused() -> None:
    assert codes(refused("day.csv", b"site,\xff\xfe\x80\x81\xfd")) == ["not_text"]


@pytest.mark.parametrize(
    "written", ["2026-06-01", "2026/6/1", "2026年6月1日", "令和8年6月1日（月）", "R8.6.1", "２０２６／０６／０１"]
)
def test_dates_as_people_write_them(written: str) -> None:
    reading = of_csv(short(("a", written, "u", "s1", "9:00", "9:30", "清掃")))
    assert str(np.datetime64(int(reading.timeline.day[0]), "D")) == "2026-06-01"


def test_problems_of_a_csv_name_their_lines() -> None:
    text = short(
        ("a", "2026-13-01", "u", "s1", "9:00", "9:30", "清掃"),
        ("", "2026-06-01", "u", "s1", "9:00", "9:30", "清掃"),
        ("a", "2026-06-01", "u", "s1", "朝", "9:30", "清掃"),
        ("a", "2026-06-01", "u", "s1", "9:40", "9:30", "清掃"),
        ("a", "2026-06-01", "u", "s1", "9:00", "", "清掃"),
        ("a", "2026-06-01", "u", "s1", "9:00", "9:30", ""),
        ("a", "2026-06-01", "u", "s1", "9:00", "9:30", "清掃"),
    )
    found = {(p.code, p.line, p.field) for p in refused("day.csv", text) if p.severity == "error"}
    assert found == {
        ("bad_date", 2, "date"), ("blank", 3, "site"), ("bad_clock", 4, "start"), ("end_before_start", 5, "end"),
        ("blank", 6, "end"), ("blank", 7, "task"),
    }  # fmt: skip


def test_a_row_wrong_in_several_cells_is_told_all_of_it_at_once() -> None:
    text = short(
        ("a", "2026-13-01", "u", "s1", "9:40", "9:30", ""),
        ("a", "2026-13-01", "u", "s1", "2026-06-01 9:40", "2026-06-01 9:30", "清掃"),  # no day to hold them against
    )
    found = {(p.code, p.line, p.field) for p in refused("day.csv", text) if p.severity == "error"}
    assert found == {
        ("bad_date", 2, "date"), ("end_before_start", 2, "end"), ("blank", 2, "task"), ("bad_date", 3, "date"),
    }  # fmt: skip


def test_the_words_a_cell_may_hold_are_offered_in_japanese_too() -> None:
    headings = (*SHORT, "kind")
    (problem,) = refused(
        "day.csv", short(("a", "2026-06-01", "u", "s1", "9:00", "9:30", "清掃", "病"), headings=headings)
    )
    assert "介護施設" in problem.remedy.ja


def test_lines_are_counted_over_quoted_line_breaks() -> None:
    rows = [("a", day, "u", "s1", "9:00", "9:30", "清掃", note) for day, note in (("2026-06-01", "x\ny\nz"), ("?", ""))]
    text = short(*rows, headings=(*SHORT, "note"))
    (line,) = (p.line for p in refused("day.csv", text) if p.code == "bad_date")
    assert line == 5


def test_problems_of_a_workbook_name_their_cells() -> None:
    rows = [
        ("観察記録", None), SHORT, ("a", dt.date(2026, 6, 1), "u", "s1", "9:40", "9:30", "清掃"),
        ("a", "?", "u", "s1", "9:00", "9:30", "清掃"),
    ]  # fmt: skip
    problems = refused("day.xlsx", workbook({"Sheet1": rows}))
    assert {(p.code, p.place) for p in problems if p.severity == "error"} == {
        ("end_before_start", "Sheet1!F3"), ("bad_date", "Sheet1!B4"),
    }  # fmt: skip


def test_a_workbooks_dates_and_times_are_understood() -> None:
    rows = [
        SHORT,
        ("a", dt.date(2026, 6, 1), "u", 1, dt.time(9, 5), 0.5, "清掃"),
        ("a", dt.datetime(2026, 6, 1), "u", 1.0, dt.datetime(2026, 6, 1, 13, 0), dt.timedelta(hours=24), "清掃"),
        ("a", 46174, "u", "1", "9:00", "10:00", "清掃"),
        ("a", 46174, "u", "1", dt.time(22, 0), dt.datetime(1900, 1, 1), "清掃"),  # 24:00 in a cell of format h:mm
    ]
    reading = read_bytes("day.xlsx", workbook({"s": rows}))
    assert [r[1:2] + r[5:8] for r in rows_as_text(reading)] == [
        ("2026-06-01", 545, 720, ("1",)), ("2026-06-01", 780, 1440, ("1",)), ("2026-06-01", 540, 600, ("1",)),
        ("2026-06-01", 1320, 1440, ("1",)),
    ]  # fmt: skip


def test_a_formula_like_cell_of_a_csv_stays_text() -> None:
    reading = of_csv(short(("a", "2026-06-01", "u", "=1+1", "9:00", "9:30", "清掃")))
    assert reading.timeline.staff == ("=1+1",)


def test_names_with_markup_stay_as_they_are() -> None:
    reading = of_csv(short(("<b>a</b>", "2026-06-01", "u", "s1", "9:00", "9:30", "<script>alert(1)</script>")))
    assert reading.timeline.sites.id == ("<b>a</b>",)
    assert reading.timeline.tasks.code == ("<script>alert(1)</script>",)


@pytest.mark.parametrize("mark", ["1", "翌日", "○", "TRUE"])
def test_work_past_midnight_is_marked_in_a_column(mark: str) -> None:
    headings = (*SHORT, "翌日")
    night = ("a", "2026-06-01", "u", "s1", "23:40", "0:20", "清掃", mark)
    day = ("a", "2026-06-01", "u", "s1", "9:00", "9:20", "清掃", "")
    assert of_csv(short(night, day, headings=headings)).timeline.end.tolist() == [1460, 560]
    assert codes(refused("day.csv", short(night[:7]))) == ["end_before_start"]
    assert "whole_day" in codes(refused("day.csv", short((*day[:7], mark), headings=headings)))


def test_staff_on_duty_come_from_a_second_sheet_or_file() -> None:
    book = read_bytes("day.xlsx", workbook({"観察": [HEADINGS, *ROWS], "職員": STAFF})).timeline
    rows, staff = csv_text().encode(), csv_text([STAFF[1]], STAFF[0]).encode()
    files = read_uploads({"rows.csv": rows, "staff.csv": staff})
    parquets = read_uploads(
        {"r.parquet": parquet_rows(), "s.parquet": parquet({k: [v] for k, v in zip(*STAFF, strict=True)})}
    )
    assert (book.duty.on.tolist(), book.duty.off.tolist()) == ([420, 780], [720, 960])
    assert book.staff_role[0] == "head"
    assert differences(book, files.timeline) == [] and differences(book, parquets.timeline) == []
    assert {(p.code, p.field) for p in files.problems} == {("unknown_staff", "staff"), ("conflict", "role")}


def test_a_staff_table_of_a_day_without_rows_becomes_an_entry() -> None:
    staff = csv_text([("a", "2026-06-09", "u1", "s1", "", "07:00-12:00")], STAFF[0]).encode()
    t = read_uploads({"rows.csv": csv_text().encode(), "staff.csv": staff}).timeline
    assert len(t.entries.day) == 5 and t.entry.max() == 3


def test_a_site_only_the_staff_table_knows_is_left_out_with_a_warning() -> None:
    staff = csv_text([("x", "2026-06-01", "u1", "s1", "", "07:00-12:00")], STAFF[0]).encode()
    reading = read_uploads({"rows.csv": csv_text().encode(), "staff.csv": staff})
    assert reading.timeline.sites.id == ("a", "b")
    assert [(p.code, p.file) for p in reading.problems] == [("site_without_rows", "staff.csv")]


def test_a_unit_only_the_staff_table_knows_is_pointed_out() -> None:
    staff = csv_text([("a", "2026-06-01", "Ｕ９", "s1", "", "07:00-12:00")], STAFF[0]).encode()
    reading = read_uploads({"rows.csv": csv_text().encode(), "staff.csv": staff})
    assert [(p.code, p.file) for p in reading.problems] == [("unit_without_rows", "staff.csv")]


def test_a_staff_table_alone_is_no_observation() -> None:
    assert "no_rows" in codes(refused("staff.csv", csv_text(STAFF[1:], STAFF[0])))


@pytest.mark.parametrize("on", ["7-16", "09:00-09:00", "朝から"])
def test_a_wrong_duty_is_refused_with_its_line(on: str) -> None:
    staff = csv_text([("a", "2026-06-01", "u1", "s1", "", on)], STAFF[0])
    assert (2, "on") in [(p.line, p.field) for p in refused("staff.csv", staff)]


@pytest.mark.parametrize(
    ("cell", "people"),
    [("s1,s2", 2), ("s1; s2", 2), ("s1、s2", 2), ("s1・s2", 2), ("介護職 A", 1), ("s1,s1", 1), ("", 0)],
)
def test_several_people_in_one_cell(cell: str, people: int) -> None:
    assert len(of_csv(short(("a", "2026-06-01", "u", cell, "9:00", "9:30", "清掃"))).timeline.staff_ids) == people


def test_roles_of_several_people_in_one_cell() -> None:
    headings = (*SHORT, "role")
    rows = (
        ("a", "2026-06-01", "u", "s1、s2", "9:00", "9:30", "清掃", "看護師、介護職"),
        ("a", "2026-06-01", "u", "s3、s4", "9:00", "9:30", "清掃", "介護職"),
    )
    assert of_csv(short(*rows, headings=headings)).timeline.staff_role == ("看護師", "介護職", "介護職", "介護職")


def test_missing_columns_and_their_headings_are_named() -> None:
    problems = refused("day.csv", "site,unit,staff,start\na,u,s1,9:00\n")
    assert [(p.code, p.field) for p in problems] == [("missing_column", f) for f in ("date", "end", "task")]
    assert "終了" in problems[1].remedy.ja


def test_unknown_columns_are_named_and_left_out() -> None:
    text = short(("a", "2026-06-01", "u", "s1", "9:00", "9:30", "清掃", "x", "y"), headings=(*SHORT, "triger", "天気"))
    problems = [p for p in of_csv(text).problems if p.code != "no_kind"]
    assert [(p.code, p.field) for p in problems] == [("ignored_column", "triger"), ("ignored_column", "天気")]
    assert "trigger" in problems[0].remedy.en


def test_two_columns_of_one_meaning_are_refused() -> None:
    text = short(("a", "2026-06-01", "u", "s1", "9:00", "9:30", "清掃", "x"), headings=(*SHORT, "施設"))
    assert "duplicate_column" in codes(refused("day.csv", text))


def test_more_values_than_headings_are_refused() -> None:
    text = short(("a", "2026-06-01", "u", "s1", "9:00", "9:30", "清掃", "with")).replace("with", "with, comma")
    assert ("too_many_cells", 2) in [(p.code, p.line) for p in refused("day.csv", text)]


@pytest.mark.parametrize("text", ["a,b\n1,2\n", "\x00", "hello"])
def test_a_csv_without_headings_is_refused(text: str) -> None:
    assert codes(refused("day.csv", text)) == ["no_heading"]


def test_headings_without_rows_are_refused() -> None:
    for name, data in (
        ("day.csv", short().encode()),
        ("day.xlsx", workbook({"s": [SHORT]})),
        ("day.parquet", parquet({name: pa.array([], pa.string()) for name in SHORT})),
    ):
        assert codes(refused(name, data)) == ["no_rows"], name


def test_sheets_without_headings_are_passed_over_with_a_warning() -> None:
    reading = read_bytes("day.xlsx", workbook({"観察": [HEADINGS, *ROWS], "メモ": [("天気", "晴れ")], "空": []}))
    assert [(p.code, p.place) for p in reading.problems] == [("ignored_sheet", "メモ")]


def moments(texts: list[str], kind: pa.DataType) -> pa.Array:
    return pa.array([dt.datetime.fromisoformat(t) for t in texts]).cast(kind)


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_parquet_may_hold_timestamps(unit: str) -> None:
    starts = [f"{row[2]}T{row[7]}:00" for row in ROWS]
    ends = ["2026-06-02T00:00:00" if row[8] == "24:00" else f"{row[2]}T{row[8]}:00" for row in ROWS]
    kind = pa.timestamp(unit)
    data = parquet_rows(start=moments(starts, kind), end=moments(ends, kind))
    assert differences(of_csv(csv_text()).timeline, read_bytes("d.parquet", data).timeline) == []


def test_parquet_may_hold_dates_times_dictionaries_numbers_and_lists() -> None:
    rows = [row for row in ROWS if row[8] != "24:00"]
    columns: dict[str, object] = {name: [row[k] or None for row in rows] for k, name in enumerate(HEADINGS)}
    expected = read_bytes("d.parquet", parquet(columns)).timeline
    columns["date"] = pa.array([dt.date.fromisoformat(row[2]) for row in rows])
    columns["start"] = pa.array([dt.time.fromisoformat(row[7]) for row in rows], pa.time32("s"))
    columns["end"] = pa.array([dt.time.fromisoformat(row[8]) for row in rows], pa.time64("us"))
    columns["staff"] = pa.array([row[5].split(",") for row in rows])
    columns["task"] = pa.array([row[9] for row in rows]).dictionary_encode()
    assert differences(expected, read_bytes("d.parquet", parquet(columns)).timeline) == []


def test_parquet_timestamps_of_a_zone_are_read_by_its_wall_clock() -> None:
    kind = pa.timestamp("us", "Asia/Tokyo")
    utc = pa.array([dt.datetime(2026, 6, 1, 0, 5)]).cast(pa.timestamp("us", "UTC")).cast(kind)
    later = pa.array([dt.datetime(2026, 6, 1, 0, 35)]).cast(pa.timestamp("us", "UTC")).cast(kind)
    row = {"site": ["a"], "date": ["2026-06-01"], "staff": ["s"], "task": ["清掃"]}
    data = parquet({**row, "start": utc, "end": later})
    assert read_bytes("d.parquet", data).timeline.start.tolist() == [545]


def test_a_timestamp_of_another_day_is_refused_with_its_row() -> None:
    starts = [f"2026-06-0{3 if k == 2 else row[2][-1]}T{row[7]}:00" for k, row in enumerate(ROWS)]
    data = parquet_rows(start=moments(starts, pa.timestamp("us")))
    assert [(p.code, p.place, p.field) for p in refused("d.parquet", data)] == [("date_mismatch", "row[2]", "start")]


def test_a_parquet_column_of_an_unreadable_type_is_refused() -> None:
    data = parquet_rows(task=pa.array([{"x": 1}] * len(ROWS)))
    assert "column_type" in codes(refused("d.parquet", data))


def test_two_observers_of_one_day_are_pointed_out() -> None:
    rows = [("a", "2026-06-01", "u", "s1", f"{h}:00", f"{h}:30", "清掃", f"jc{h}") for h in (9, 10)]
    reading = of_csv(short(*rows, headings=(*SHORT, "observer")))
    assert sorted(codes(reading.problems)) == ["no_kind", "several_observers"]
    assert reading.timeline.entries.observer == ("jc10, jc9",)


def test_the_apostrophe_that_guards_a_cell_is_no_part_of_what_was_written() -> None:
    text = "site,date,unit,staff,start,end,task,note\na,2026-06-01,u,s1,09:00,09:30,'=cmd()+1,''+81\n"
    timeline = read_bytes("day.csv", text.encode()).timeline
    assert timeline.tasks.code == ("=cmd()+1",)
    assert timeline.notes == ("'+81",)


def test_formulas_without_a_stored_result_are_named_with_their_cells() -> None:
    rows = [HEADINGS, *ROWS]
    at = HEADINGS.index("end")
    rows[1] = (*rows[1][:at], '="07:40"', *rows[1][at + 1 :])
    problems = refused("day.xlsx", workbook({"観察": rows}))
    told = next(one for one in problems if one.code == "formula_without_result")
    assert (told.place, told.field) == (f"観察!{chr(65 + at)}2", "end")
    assert f"{chr(65 + at)}2" in told.cause.ja
