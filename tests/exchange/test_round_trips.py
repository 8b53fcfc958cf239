"""What is written reads back as the same days, up to the losses a format declares."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carveout.exchange import format_of, formats, lost, read_file, recognise, write_file
from carveout.language import LANGUAGES, Language
from carveout.workday import SiteHead, Workday, timeline_of, workdays_of
from tests.exchange.workdays import HEAD, ONE_DAY, finished, nameless, one_by_one, resolved, row, workdays

WRITTEN = [one.id for one in formats() if one.writes]
LANGUAGE = st.sampled_from(LANGUAGES)


def again(kind: str, days: list[Workday], language: Language = "ja", head: SiteHead = HEAD) -> list[Workday]:
    data = write_file(kind, head, days, language)
    found = read_file(f"days{format_of(kind).suffixes[0]}", data)
    assert found.format is format_of(kind)
    assert not [problem for problem in found.problems if problem.severity == "error"]
    assert found.head is not None
    assert (found.head.id, found.head.kind) == (head.id, head.kind)
    return nameless(found.days)


@pytest.mark.parametrize("kind", WRITTEN)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_we_write_is_recognised_as_what_it_is(kind: str, language: Language) -> None:
    data = write_file(kind, HEAD, [ONE_DAY], language)
    assert recognise("file" + format_of(kind).suffixes[0], data) is format_of(kind)


@pytest.mark.parametrize("kind", WRITTEN)
def test_the_same_days_give_the_same_bytes(kind: str) -> None:
    if kind != "xlsx":  # a workbook holds the moment it was made
        assert write_file(kind, HEAD, [ONE_DAY]) == write_file(kind, HEAD, [ONE_DAY])


@given(workdays(), LANGUAGE)
def test_an_event_log_gives_back_everything(days: list[Workday], language: Language) -> None:
    assert again("xes", days, language) == nameless(days)


def test_an_event_log_keeps_what_the_site_declares() -> None:
    head = replace(
        HEAD,
        constructed=True,
        tasks={"own_task": {"ja": "独自", "nature": "clerical"}},
        reported=({"task": "bed_setting", "weekday": "mon"},),
    )
    assert read_file("x.xes", write_file("xes", head, [ONE_DAY])).head == head
    known = SiteHead("home", HEAD.kind, tasks={"own_task": {"ja": "ここでの名"}})
    for kind in ("xes", "yaml"):
        found = read_file(f"x.{kind}", write_file(kind, head, [ONE_DAY]), head=known).head
        assert found is not None
        assert (found.id, found.tasks["own_task"]["ja"], len(found.reported)) == ("home", "ここでの名", 1)


@given(workdays())
def test_a_document_gives_back_what_the_contract_holds(days: list[Workday]) -> None:
    if not any(day.rows for day in finished(days)):
        return
    ((_, expected),) = workdays_of(timeline_of(HEAD, days).timeline)
    assert again("yaml", days) == nameless(expected)


@given(workdays(), LANGUAGE)
def test_a_table_gives_back_its_rows(days: list[Workday], language: Language) -> None:
    rows_come_back("csv", days, language)


@settings(max_examples=10)  # a workbook takes half a second
@given(workdays(), LANGUAGE)
def test_a_workbook_gives_back_its_rows(days: list[Workday], language: Language) -> None:
    rows_come_back("xlsx", days, language)


def rows_come_back(kind: str, days: list[Workday], language: Language) -> None:
    expected = [day for day in resolved(finished(days)) if day.rows]
    if not expected:
        return
    found = again(kind, days, language)
    assert [replace(day, staff=(), complete=False) for day in found if day.rows] == nameless(
        [replace(day, staff=(), complete=False) for day in expected]
    )


@settings(max_examples=10)
@given(workdays())
def test_a_workbook_gives_back_who_was_on_duty(days: list[Workday]) -> None:
    days = [day for day in finished(days) if day.rows]
    if not days:
        return
    ((_, expected),) = workdays_of(timeline_of(HEAD, days).timeline)
    assert [day.staff for day in again("xlsx", days)] == [day.staff for day in expected]


@given(workdays(), LANGUAGE, st.sampled_from(["boris", "wombat"]))
def test_a_row_per_person_gives_back_every_row(days: list[Workday], language: Language, kind: str) -> None:
    expected = one_by_one(resolved(finished(days)))
    if expected:
        assert one_by_one(again(kind, days, language)) == expected


@given(workdays(), LANGUAGE)
def test_starts_and_stops_give_back_every_edge(days: list[Workday], language: Language) -> None:
    expected = one_by_one(resolved(days))
    if not expected:
        return
    found = one_by_one(again("boris-tabular", days, language))
    assert len(found) == len(expected)
    overlapping = "組か" in "".join(text.ja for text in lost("boris-tabular", HEAD, days))
    if not overlapping:
        assert found == expected
    for edge in (3, 4):  # which start belongs to which end may be lost, no edge ever is
        assert sorted((line[0], line[5], line[6], line[edge]) for line in found) == sorted(
            (line[0], line[5], line[6], line[edge]) for line in expected
        )


@given(workdays(night=False), LANGUAGE)
def test_a_time_study_gives_back_its_minutes(days: list[Workday], language: Language) -> None:
    first = minutes(write_file("timestudy", HEAD, days, language))
    if first:
        found = read_file("study.csv", write_file("timestudy", HEAD, days, language))
        assert found.head is not None
        assert minutes(write_file("timestudy", found.head, found.days, language)) == first


def minutes(data: bytes) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Minutes by date, unit, person and hour, lines without any left out."""
    lines = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))[1:]
    return {
        (line[2], line[3], line[5], line[7]): tuple(line[8:12])
        for line in lines
        if any(count != "0" for count in line[8:12])
    }


@pytest.mark.parametrize("kind", ["csv", "boris", "wombat", "timestudy"])
def test_no_cell_can_be_taken_for_a_formula(kind: str) -> None:
    day = replace(ONE_DAY, unit="=cmd|'/c calc'!A1", rows=(row(540, 550, "@SUM(A1)", "s1", note="\t=2+5"),))
    lines = csv.reader(io.StringIO(write_file(kind, HEAD, [day]).decode("utf-8-sig")))
    cells = [cell for line in lines for cell in line if cell != "-"]
    assert not [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@", "＝"))]


def test_no_cell_of_a_workbook_is_a_formula() -> None:
    day = replace(ONE_DAY, rows=(row(540, 550, "=1+1", "s1", note="=HYPERLINK(1)"),))
    book = openpyxl.load_workbook(io.BytesIO(write_file("xlsx", HEAD, [day])))
    cells = [cell for sheet in book.worksheets for line in sheet.iter_rows() for cell in line]
    assert {cell.data_type for cell in cells if cell.value is not None} <= {"s", "d", "n"}
    assert "'=1+1" in {cell.value for cell in cells}


def test_a_workbook_offers_lists_and_typed_times() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_file("xlsx", HEAD, [ONE_DAY], "en")))
    sheet = book["observations"]
    assert len(sheet.data_validations.dataValidation) == 3
    assert sheet["H2"].value.isoformat() == "07:00:00"
    assert sheet["C2"].value.isoformat() == "2026-06-01T00:00:00"


def test_losses_are_those_that_apply() -> None:
    said = [text.en for text in lost("csv", HEAD, [ONE_DAY])]
    assert said == [
        "rows without an end (work still going on)",
        "the mark that a day is complete",
        "hours on duty, and staff without a row",
        "the site's name, and the mark of a record made up for teaching",
    ]
    plain = Workday("a", "2026-06-01", "u", rows=(row(540, 550, "serving", "s1"),))
    nameless_site = SiteHead("a", HEAD.kind)
    assert all(not lost(kind, nameless_site, [plain]) for kind in ("yaml", "csv", "xlsx", "boris", "wombat", "xes"))
    twice = [plain, replace(plain, observer="jc-02")]
    assert [kind for kind in WRITTEN if any("observers" in text.en for text in lost(kind, HEAD, twice))] == [
        "csv",
        "xlsx",
    ]


def test_a_night_that_starts_after_midnight_is_kept_on_its_date() -> None:
    day = Workday(HEAD.id, "2026-06-01", "u", rows=(row(1500, 1530, "night_round", "s1"),))
    for kind in ("yaml", "csv", "xlsx", "boris", "wombat"):
        found = [(one.date, one.rows[0].start) for one in again(kind, [day]) if one.rows]
        assert found == [("2026-06-02", 60)], kind
    assert again("xes", [day]) == nameless([day])


def test_texts_no_file_can_hold_are_written_without_what_is_wrong() -> None:
    day = Workday(HEAD.id, "2026-06-01", "u", rows=(row(540, 550, "bath\x07ing", "s1", note="a\ud800b\uffff"),))
    for kind in WRITTEN:
        assert write_file(kind, HEAD, [day])
    (found,) = again("xes", [day])
    assert (found.rows[0].task, found.rows[0].note) == ("bathing", "ab")


def test_days_without_a_row_can_be_written() -> None:
    empty = Workday(HEAD.id, "2026-06-01", "u")
    for kind in WRITTEN:
        assert write_file(kind, HEAD, [empty])
    assert again("xes", [empty]) == [empty]


def test_what_cannot_be_written_says_so() -> None:
    with pytest.raises(ValueError, match="parquet"):
        write_file("parquet", HEAD, [ONE_DAY])
