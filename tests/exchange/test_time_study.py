"""Time studies: minutes per person, hour and class, out of rows and back into provisional ones."""

from __future__ import annotations

import csv
import datetime
import io

import openpyxl
import pytest

from carveout.exchange import Imported, Mapping, read_file, write_file
from carveout.exchange.time_study import NOTE
from carveout.model import Kind
from carveout.workday import Person, SiteHead, Workday
from tests.exchange.workdays import HEAD, row

HEADINGS = "日付,職員,時間帯,直接介護,間接業務,休憩,その他\n"


def read(lines: str, mapping: Mapping | None = None) -> Imported:
    return read_file("study.csv", (HEADINGS + lines).encode(), mapping)


def table(head: SiteHead, *days: Workday) -> list[list[str]]:
    data = write_file("timestudy", head, list(days), "ja")
    return [line[5:] for line in csv.reader(io.StringIO(data.decode("utf-8-sig")))]


def test_minutes_are_counted_once_in_the_order_of_the_classes() -> None:
    day = Workday(
        HEAD.id, "2026-06-01", "u", staff=(Person("s1", "nurse", ((420, 540), (570, 600))),),
        rows=(
            row(420, 450, "serving", "s1"),  # its last ten minutes count as bathing
            row(440, 500, "bathing", "s1"),
            row(470, 490, "report_writing", "s1"),
            row(500, 510, "report_writing", "s1"),
        ),
    )  # fmt: skip
    head, *lines = table(HEAD, day)
    assert head == ["職員", "職種", "時間帯", "直接介護", "間接業務", "休憩", "その他", "未記入"]
    assert [line[2:] for line in lines] == [
        ["07:00-08:00", "40", "20", "0", "0", "0"],
        ["08:00-09:00", "20", "10", "0", "0", "30"],
        ["09:00-10:00", "0", "0", "30", "0", "30"],
    ]


def test_hours_become_rows_that_say_what_they_are() -> None:
    found = read("2026-06-01,s1,7時台,25,10,5,20\n2026-06-01,s1,08:00-09:00,,60,,\n2026-06-01,s1,24,30,,,\n")
    assert [(day.date, one.start, one.end, one.task) for day in found.days for one in day.rows] == [
        ("2026-06-01", 420, 445, "direct_care"), ("2026-06-01", 445, 455, "indirect_work"),
        ("2026-06-01", 455, 460, "break_time"), ("2026-06-01", 460, 480, "other_work"),
        ("2026-06-01", 480, 540, "indirect_work"), ("2026-06-02", 0, 30, "direct_care"),
    ]  # fmt: skip
    assert {one.note for day in found.days for one in day.rows} == {NOTE}
    assert found.head is not None
    assert found.head.tasks["other_work"]["care_class"] == "other"
    assert "hours" in {problem.code for problem in found.problems}
    assert found.unknown_tasks == ()


def test_wrong_minutes_and_hours_are_problems() -> None:
    found = read("2026-06-01,s1,朝,1,,,\n2026-06-01,s1,7,70,x,-1,\n,s1,7,1,,,\n2026-06-01,s1,8,40,30,,\n")
    told = sorted((one.line or 0, one.code) for one in found.problems if one.line)
    assert told == [
        (2, "bad_hour"),
        (3, "bad_minutes"),
        (3, "bad_minutes"),
        (3, "bad_minutes"),
        (4, "bad_day"),
        (5, "full_hour"),
    ]
    assert [(one.start, one.end) for one in found.days[0].rows] == [(480, 520), (510, 540)]


def test_columns_of_single_tasks_count_as_those() -> None:
    text = "日付,職員,時間帯,直接介護,休憩,入浴介助,天気\n2026-06-01,s1,9,10,5,20,晴れ\n"
    found = read_file("study.csv", text.encode())
    assert [(one.start, one.end, one.task) for one in found.days[0].rows] == [
        (540, 550, "direct_care"), (550, 555, "break_time"), (555, 575, "bathing"),
    ]  # fmt: skip
    assert [one.heading for one in found.unknown_columns] == ["天気"]


def test_the_forms_own_items_keep_their_name_and_class() -> None:
    text = (
        "調査日,職員ID,時間帯,1 移動・移乗・体位変換,2 排泄介助・支援,7 巡回・移動,休憩\n"
        "2026-06-01,s1,23時台,10,20,,\n2026-06-01,s1,24時台,,,30,\n2026-06-01,s1,1時台,,,,60\n2026-06-01,s2,7時台,5,,,\n"
    )
    found = read_file("form.csv", text.encode())
    assert found.format is not None and found.format.id == "timestudy"
    assert [(day.date, one.start, one.end, one.task) for day in found.days for one in day.rows] == [
        ("2026-06-01", 420, 425, "移動・移乗・体位変換"), ("2026-06-01", 1380, 1390, "移動・移乗・体位変換"),
        ("2026-06-01", 1390, 1410, "排泄介助・支援"), ("2026-06-02", 0, 30, "巡回・移動"),
        ("2026-06-02", 60, 120, "break_time"),
    ]  # fmt: skip
    assert found.head is not None
    assert found.head.tasks["巡回・移動"]["care_class"] == "indirect_work"
    assert "after_midnight" in {problem.code for problem in found.problems}
    lines = [line[2:] for day in found.days for line in table(found.head, day)[1:]]
    assert ["23:00-24:00", "30", "0", "0", "0", "0"] in lines
    assert ["00:00-01:00", "0", "30", "0", "0", "0"] in lines


def test_a_sheet_without_days_asks_for_one() -> None:
    text = "職員,時間帯,直接介護,休憩\ns1,9,10,5\n"
    assert read_file("s.csv", text.encode()).missing == ("date",)
    found = read_file("s.csv", text.encode(), Mapping(date="2026-06-01"))
    assert [len(day.rows) for day in found.days] == [2]


def test_a_sites_own_class_counts() -> None:
    head = SiteHead("a", Kind.CARE_HOME, tasks={"serving": {"care_class": "indirect_work"}})
    day = Workday("a", "2026-06-01", "u", rows=(row(540, 550, "serving", "s1"),))
    assert table(head, day)[1][2:] == ["09:00-10:00", "0", "10", "0", "0", "0"]


def form(*, subheads: bool, date: object = "2026/6/1") -> bytes:
    """A sheet as the ministry's form is laid out: headings in two rows, merged cells, one person's day."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    tenths = [f"{n}0分-{n}9分" for n in range(6)] if subheads else [None]
    width = len(tenths)
    across = [cell for hour in ("23時台", "24時台") for cell in (hour, *[None] * (width - 1))]
    minutes = [[10, 5], [None, 5], [None, 30]]
    rows = [[n, *[None] * (width - 2), m] if subheads else [(n or 0) + m] for n, m in minutes]
    blank: list[object] = [None] * width
    for cells in (
        ["タイムスタディ調査票"], ["調査実施日", date, None, "職員ID", "s1"], ["分類", "項目", *across],
        [None, None, *tenths, *tenths], ["直接介護", "1 移動・移乗・体位変換", *rows[0], *rows[1]],
        [None, "2 排泄介助・支援", *blank, *rows[2]], ["合計", None, 99, 99],
    ):  # fmt: skip
        sheet.append(cells)
    if subheads:
        sheet.merge_cells("C3:H3")
        sheet.merge_cells("I3:N3")
    sheet.merge_cells("A5:A6")
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("subheads", [True, False])
@pytest.mark.parametrize("date", ["2026/6/1", datetime.date(2026, 6, 1), "令和8年6月1日"])
def test_the_forms_own_sheet_is_read_with_headings_of_two_rows_and_merged_cells(subheads: bool, date: object) -> None:
    found = read_file("form.xlsx", form(subheads=subheads, date=date))
    assert found.format is not None and found.format.id == "timestudy"
    assert [(day.date, one.start, one.end, one.task, one.staff) for day in found.days for one in day.rows] == [
        ("2026-06-01", 1380, 1395, "移動・移乗・体位変換", ("s1",)),
        ("2026-06-02", 0, 5, "移動・移乗・体位変換", ("s1",)), ("2026-06-02", 5, 35, "排泄介助・支援", ("s1",)),
    ]  # fmt: skip
    assert not found.has_errors


def test_a_form_without_a_date_asks_for_it() -> None:
    assert read_file("form.xlsx", form(subheads=True, date=None)).missing == ("date",)
