"""Any table: columns found by name or told, clock times, date-times and counts, ends given or following."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest

from carveout.exchange import Imported, Mapping, UnknownColumn, read_file
from carveout.model import Kind, Trigger
from carveout.workday import Person, SiteHead


def read(text: str, mapping: Mapping | None = None, name: str = "t.csv", **more: object) -> Imported:
    return read_file(name, text.encode(), mapping, **more)  # type: ignore[arg-type]


def rows(found: Imported) -> list[tuple[str, int, int | None, str, tuple[str, ...]]]:
    return [(day.date, one.start, one.end, one.task, one.staff) for day in found.days for one in day.rows]


def codes(found: Imported) -> list[str]:
    return [problem.code for problem in found.problems]


def workbook(*lines: tuple[object, ...], title: str = "log") -> bytes:
    book = openpyxl.Workbook()
    book.active.title = title
    for line in lines:
        book.active.append(line)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_japanese_headings_in_any_order_with_a_title_above() -> None:
    found = read("業務日誌,,,,\n\n作業内容,終了時刻,開始時刻,職員名,年月日\n配膳,9:15,９：００,s1,令和8年6月1日\n")
    assert rows(found) == [("2026-06-01", 540, 555, "serving", ("s1",))]
    assert dict(found.mapping.columns) == {
        "date": "年月日", "start": "開始時刻", "end": "終了時刻", "task": "作業内容", "staff": "職員名",
    }  # fmt: skip


@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_separators(separator: str) -> None:
    text = "date,start,duration (min),task,person,colour\n2026-06-01,9:00,15,配膳,s1,red\n".replace(",", separator)
    found = read(text)
    assert rows(found) == [("2026-06-01", 540, 555, "serving", ("s1",))]
    assert found.unknown_columns == (UnknownColumn("colour", ("red",)),)


@pytest.mark.parametrize(
    ("heading", "value", "minutes"),
    [("duration", "15", 15), ("所要時間(秒)", "90", 1), ("所要時間", "0:15", 15), ("duration (h)", "0.5", 30),
     ("minutes", "15.5", 15), ("elapsed time", "00:15:59", 15)],
)  # fmt: skip
def test_durations(heading: str, value: str, minutes: int) -> None:
    found = read(f"date,start,{heading},task\n2026-06-01,9:00,{value},配膳\n")
    assert rows(found)[0][1:3] == (540, 540 + minutes)
    assert ("unit_guess" in codes(found)) == (heading == "duration")


@pytest.mark.parametrize(
    "value", ["2026-06-01 09:00:30", "2026/6/1 9:00", "2026-06-01T09:00:00+09:00", "2026-06-01_09-00-30",
              "2026年6月1日 9時", "6/1/2026 9:00 AM", "2026-06-01 午前9:00"],
)  # fmt: skip
def test_date_times(value: str) -> None:
    found = read(f"start,end,task\n{value},{value},配膳\n", Mapping(date_order="mdy"))
    assert rows(found) == [("2026-06-01", 540, 540, "serving", ())]


def test_day_and_month_are_told_apart_by_the_other_dates_or_asked_about() -> None:
    def dates(*days: str, order: str = "") -> tuple[list[str], bool]:
        lines = "".join(f"{day},9:00,9:05,配膳\n" for day in days)
        found = read("date,start,end,task\n" + lines, Mapping(date_order=order))
        return [day.date for day in found.days], "date_order" in codes(found)

    assert dates("23/03/2025", "01/02/2025") == (["2025-02-01", "2025-03-23"], False)
    assert dates("03/23/2025", "01/02/2025") == (["2025-01-02", "2025-03-23"], False)
    assert dates("01/02/2025") == (["2025-02-01"], True)
    assert dates("01/02/2025", order="mdy") == (["2025-01-02"], False)


def test_seconds_from_a_start() -> None:
    text = "start (s),stop (s),activity,subject\n60,120.5,配膳,s1\n"
    assert read(text).missing == ("date",)
    found = read(text, Mapping(date="2026-06-01", origin="9:00"))
    assert rows(found) == [("2026-06-01", 541, 542, "serving", ("s1",))]
    assert found.mapping.times == "seconds"
    assert "no_origin" in codes(read(text, Mapping(date="2026-06-01")))


def test_work_over_midnight() -> None:
    found = read("date,start,end,task\n2026-06-01,23:50,0:10,巡回\n2026-06-01,9:10,9:00,配膳\n")
    assert [one[1:3] for one in rows(found)] == [(1430, 1450)]
    assert {(one.code, one.line) for one in found.problems if one.field == "end"} == {
        ("end_before_start", 3), ("past_midnight", None),
    }  # fmt: skip


def test_without_ends_a_record_lasts_until_the_next_one() -> None:
    text = (
        "time,label\n2026-06-01 09:00,配膳\n2026-06-01 09:01,配膳\n2026-06-01 09:02,清掃\n2026-06-01 09:03,清掃\n"
        "2026-06-01 12:00,配膳\n"
    )
    found = read(text)
    assert [one[1:4] for one in rows(found)] == [
        (540, 542, "serving"), (542, 543, "cleaning"), (720, 720, "serving"),
    ]  # fmt: skip
    assert {"until_next", "joined", "pauses"} <= set(codes(found))
    assert [one[1:3] for one in rows(read(text, Mapping(ends="point")))] == [
        (540, 540), (541, 541), (542, 542), (543, 543), (720, 720),
    ]  # fmt: skip


def test_labels_given_at_once_are_tasks_done_at_once() -> None:
    found = read('time,keywords\n2026-06-01 09:00,配膳\n2026-06-01 09:01,"配膳,見守り"\n2026-06-01 09:02,見守り\n')
    assert [one[1:4] for one in rows(found)] == [(540, 542, "serving"), (541, 542, "watching_over")]


def test_a_table_saved_as_one_column_is_taken_apart() -> None:
    text = '"time\tlabel\t",,\n"2026-06-01 09:00\t配膳\t",,\n"2026-06-01 09:01\t配膳","見守り\t",\n'
    assert [one[3] for one in rows(read(text))] == ["serving", "watching_over"]


def test_a_workbook_with_typed_cells_and_another_sheet() -> None:
    data = workbook(
        ("Care log",),
        ("Date", "From", "To", "Activity", "Worker"),
        (date(2026, 6, 1), time(9, 0), time(9, 15), "配膳", "s1"),
        (datetime(2026, 6, 1), timedelta(hours=9, minutes=30), 0.5, "清掃", 7),
    )
    found = read_file("log.xlsx", data)
    assert rows(found) == [
        ("2026-06-01", 540, 555, "serving", ("s1",)), ("2026-06-01", 570, 720, "cleaning", ("7",)),
    ]  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_encodings(encoding: str) -> None:
    data = "日付,開始,終了,作業内容\n2026/6/1,9:00,9:15,配膳\n".encode(encoding)
    assert rows(read_file("x.csv", data)) == [("2026-06-01", 540, 555, "serving", ())]


def test_exports_of_other_programs_saved_as_workbooks() -> None:
    boris = workbook(
        ("Observation id", "Observation date", "Subject", "Behavior", "Behavior type", "Start (s)", "Stop (s)"),
        ("o", datetime(2026, 6, 1, 9, 0), "s1", "配膳", "STATE", 60, 120.5),
    )
    found = read_file("x.xlsx", boris)
    assert found.format is not None and found.format.id == "boris"
    assert rows(found) == [("2026-06-01", 541, 542, "serving", ("s1",))]


def test_decimal_commas() -> None:
    found = read("start (s);duration (s);task\n60,5;30,5;配膳\n", Mapping(date="2026-06-01", origin="9:00"))
    assert rows(found)[0][1:3] == (541, 541)


def test_the_mapping_decides_over_the_headings() -> None:
    text = "date,start,end,task,what really,ward\n2026-06-01,9:00,9:05,x1,配膳,3F\n"
    told = Mapping(columns={"task": "what really", "unit": "ward"}, into_note=("task",), site="a", kind="nursery")
    found = read(text, told)
    assert found.head == SiteHead("a", Kind.NURSERY)
    (day,) = found.days
    assert (day.unit, day.rows[0].task, day.rows[0].note) == ("3F", "serving", "task: x1")
    assert found.problems == ()
    # "" says that a column is not that field.
    assert read(text, Mapping(columns={"end": ""})).days[0].rows[0].end == 540


def test_a_mapping_of_another_file_is_told_and_the_rest_is_guessed() -> None:
    found = read("date,start,end,task\n2026-06-01,9:00,9:05,配膳\n", Mapping(columns={"task": "Aufgabe"}))
    assert rows(found)[0][3] == "serving"
    assert "mapped_column" in codes(found)


def test_unknown_tasks_are_kept_and_asked_about_with_what_is_close() -> None:
    text = "date,start,end,task\n" + "2026-06-01,9:00,9:05,おむつ交換と着替え\n" * 2 + "2026-06-01,9:10,9:15,zzz\n"
    found = read(text)
    assert [(one.name, one.count) for one in found.unknown_tasks] == [("おむつ交換と着替え", 2), ("zzz", 1)]
    assert "diaper_change" in found.unknown_tasks[0].suggestions
    mapped = read(text, Mapping(tasks={"おむつ交換と着替え": "diaper_change", "zzz": ""}))
    assert [one[3] for one in rows(mapped)] == ["diaper_change", "diaper_change"]
    assert mapped.unknown_tasks == ()


def test_a_site_known_already_gives_its_names_and_id() -> None:
    head = SiteHead("home-1", Kind.CARE_HOME, tasks={"floor_round": {"ja": "フロア巡視"}})
    found = read("date,start,end,task\n2026-06-01,9:00,9:05,フロア巡視\n", head=head)
    assert (found.head, rows(found)[0][3], found.unknown_tasks) == (head, "floor_round", ())
    assert found.problems == ()


def test_new_ids_never_take_those_of_others() -> None:
    text = "date,start,end,task,name\n2026-06-01,9:00,9:05,配膳,山田\n2026-06-01,9:00,9:05,配膳,佐藤\n"
    found = read(text, taken=("s1", "s3"))
    assert [one[4] for one in rows(found)] == [("s2",), ("s4",)]
    kept = found.mapping.remembered()
    assert "山田" not in kept.to_json()
    again = read(text.replace("佐藤", "鈴木"), kept)
    assert [one[4] for one in rows(again)] == [("s2",), ("s1",)]


def test_a_name_in_a_note_is_pointed_out() -> None:
    found = read("date,start,end,task,note\n2026-06-01,9:00,9:05,配膳,田中様が残した\n2026-06-01,9:05,9:10,配膳,普通\n")
    assert [(one.code, one.line) for one in found.problems if one.field == "note"] == [("name_in_note", 2)]


def test_several_sites_stay_apart() -> None:
    text = (
        "事業所名,種別,date,start,end,task,扱い\n"
        "a,特養,2026-06-01,9:00,9:05,配膳,\nb,保育園,2026-06-01,9:00,9:05,遊び,\n"
    )
    found = read(text)
    assert [(head.id, head.kind.value, len(days[0].rows)) for head, days in found.sites] == [
        ("a", "care_home", 1), ("b", "nursery", 1),
    ]  # fmt: skip
    assert [head.id for head, _ in read(text, head=SiteHead("b", Kind.NURSERY)).sites] == ["b", "a"]


def test_roles_triggers_and_notes_are_kept() -> None:
    found = read(
        'date,from,to,task,staff,職種,きっかけ,comments\n2026-06-01,9:00,9:05,配膳,s1、s2,看護師,随時,"a\nb"\n'
    )
    (day,) = found.days
    assert day.staff == (Person("s1", "看護師"), Person("s2", "看護師"))
    assert (day.rows[0].trigger, day.rows[0].note) == (Trigger.ON_DEMAND, "a\nb")


def test_what_cannot_be_placed_is_a_problem_with_line_and_remedy() -> None:
    found = read(
        "date,start,end,task\n2026-06-01,9:00,9:05,配膳\n2026-13-01,9:00,9:05,配膳\n2026-06-01,25:99,9:05,配膳\n"
        "2026-06-01,9:00,soon,配膳\n2026-06-01,9:00,9:05,\n2026-06-01,9:00,9:05," + "x" * 300 + "\n"
    )
    assert len(rows(found)) == 1
    errors = [(one.line, one.code) for one in found.problems if one.severity == "error"]
    assert errors == [(3, "bad_day"), (4, "bad_time"), (5, "bad_time"), (6, "blank_task"), (7, "too_long")]
    assert all(one.cause.ja and one.remedy.ja and one.remedy.en for one in found.problems)


def test_columns_that_are_missing_are_asked_for() -> None:
    found = read("weight,colour,size\n1,2,3\n")
    assert found.missing == ("start", "task")
    assert [one.heading for one in found.unknown_columns] == ["weight", "colour", "size"]
    assert found.headings == ("weight", "colour", "size")
    assert codes(found).count("no_column") == 2


def test_free_names_in_contract_files_are_asked_about_and_mapped_too() -> None:
    text = (
        "施設,種別,日付,開始,終了,業務,職員\n"
        "a,特養,2026-06-01,9:00,9:05,ごはん配り,山田\na,,2026-06-01,9:05,9:10,x,s1\n"
    )
    found = read(text)
    assert [one.name for one in found.unknown_tasks] == ["ごはん配り", "x"]
    told = Mapping(tasks={"ごはん配り": "serving", "x": ""}, staff={"山田": "s2"})
    mapped = read(text, told)
    assert [(one.task, one.staff) for one in mapped.days[0].rows] == [("serving", ("s2",))]
    assert "left_out" in codes(mapped)
    assert "unknown_task" not in codes(mapped)
    head = SiteHead("home", Kind.CARE_HOME, tasks={"x": {"nature": "clerical"}})
    assert [one.name for one in read(text, head=head).unknown_tasks] == ["ごはん配り"]


def test_of_several_sites_in_a_contract_file_the_given_one_comes_first() -> None:
    text = "施設,種別,日付,開始,終了,業務\na,特養,2026-06-01,9:00,9:05,配膳\nb,特養,2026-06-01,9:00,9:05,清掃\n"
    head = SiteHead("b", Kind.NURSERY, "B")
    found = read(text, head=head)
    assert [one.id for one, _ in found.sites] == ["b", "a"]
    assert found.head == head
    assert "many_sites" in codes(found)


def test_contract_files_come_through_the_contract() -> None:
    found = read("施設,日付,開始,終了,業務\na,2026-06-01,9:00,9:05,配膳\n", Mapping(site="b"))
    assert found.format is not None and found.format.id == "csv"
    assert (found.days[0].site, found.head and found.head.id) == ("b", "b")
    broken = read("施設,日付,開始,終了,業務\na,2026-06-01,99:00,9:05,配膳\n")
    assert broken.days == ()
    assert [(one.code, one.line) for one in broken.problems if one.severity == "error"] == [("bad_clock", 2)]


def test_a_date_written_once_holds_for_the_rows_below_and_a_wrong_one_for_none() -> None:
    text = (
        "日付,開始,終了,作業内容\n令和8年6月1日,9:00,9:15,配膳\n,9:15,9:30,下膳\n"
        "あした,9:00,9:10,清掃\n,9:10,9:20,清掃\n"
    )
    found = read_file("log.csv", text.encode("cp932"))
    assert [(day.date, [row.start for row in day.rows]) for day in found.days] == [("2026-06-01", [540, 555])]
    told = {(one.code, one.line) for one in found.problems if one.field == "日付"}
    assert {("date_above", None), ("bad_day", 4), ("bad_day", 5)} <= told
