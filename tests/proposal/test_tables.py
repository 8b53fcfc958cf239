"""The timetable and the calendar: the same week as the sheet, nothing a spreadsheet would run, breaks left free."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from icalendar import Calendar

from carveout.jobs import draft_of
from carveout.language import LANGUAGES, Language, Text
from carveout.model import WEEKDAYS
from carveout.proposal import calendar, excel, propose
from carveout.proposal.excel import harmless
from carveout.words import unit_name
from tests.proposal import cases


def cells(data: bytes) -> dict[str, list[list[str]]]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {
        sheet.title: [[str(cell) for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
        for sheet in book
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_holds_week_shifts_work_and_rules(language: Language) -> None:
    site = cases.nursery()
    proposal = propose(site, cases.fullest(site))
    week, shifts, work, rules = cells(excel.render(proposal, language)).values()
    assert [day.in_(language) for day in proposal.week.days] == week[2][1:]
    assert len(shifts) == len(proposal.shifts) + 3
    names = {cell for row in work for cell in row}
    assert {one.name.in_(language) for one in proposal.tasks} <= names
    told = {cell for row in rules for cell in row}
    assert {one.source.in_(language) for one in proposal.limits} <= told
    assert {what.in_(language) for group in proposal.needs for what in group.whats} <= told


def test_the_same_proposal_gives_the_same_workbook() -> None:
    assert excel.render(cases.a_proposal(), "ja") == excel.render(cases.a_proposal(), "ja")


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r", "＝", " =", "　＠"])
def test_cells_that_begin_like_a_formula_are_neutralised(begin: str) -> None:
    site = cases.care_home()
    label = Text(f"{begin}HYPERLINK(1)", f"{begin}HYPERLINK(1)")
    site = replace(site, task_labels=dict.fromkeys(site.task_labels, label), name=label.ja)
    book = openpyxl.load_workbook(io.BytesIO(excel.render(propose(site, replace(site.jobs[0], title=label)), "ja")))
    texts = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert all(cell.data_type == "s" for sheet in book for row in sheet.iter_rows() for cell in row if cell.value)
    assert any("HYPERLINK" in text for text in texts)
    assert not any(text.lstrip(" 　").startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＠")) for text in texts)


def test_a_long_text_fits_a_cell() -> None:
    assert len(harmless("あ" * 100_000)) <= 32_767


def events(data: bytes) -> list[object]:
    return [part for part in Calendar.from_ical(data).walk() if part.name == "VEVENT"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_calendar_parses_back_to_the_slots_of_the_job(language: Language) -> None:
    for site, job in cases.jobs():
        proposal = propose(site, job)
        found = set()
        for event in events(calendar.render(proposal, language)):
            start, end = event["dtstart"].dt, event["dtend"].dt  # type: ignore[index]
            assert start.tzinfo == ZoneInfo("Asia/Tokyo")
            assert event["rrule"]["FREQ"] == ["WEEKLY"]  # type: ignore[index]
            assert start.date() > date.fromisoformat(site.on)
            minutes = int((end - start).total_seconds()) // 60
            at = start.hour * 60 + start.minute
            found.add((WEEKDAYS[start.weekday()], at, at + minutes, str(event["location"])))  # type: ignore[index]
        assert found == {(s.weekday, s.start, s.end, unit_name(s.unit).in_(language)) for s in job.slots}


def test_the_zone_is_told_and_events_keep_their_identity() -> None:
    site = cases.care_home()
    told = calendar.render(propose(site, site.jobs[0]), "ja")
    zones = [part for part in Calendar.from_ical(told).walk() if part.name == "VTIMEZONE"]
    assert [str(zone["tzid"]) for zone in zones] == ["Asia/Tokyo"]
    later = calendar.render(propose(site, site.jobs[0], on=date(2027, 1, 4)), "en")
    first, second = ([str(e["uid"]) for e in events(data)] for data in (told, later))  # type: ignore[index]
    assert first == second
    assert len(set(first)) == len(first)
    assert told == calendar.render(propose(site, site.jobs[0]), "ja")


def test_shifts_begin_on_the_answered_day_or_the_monday_after_the_sheet() -> None:
    site = cases.care_home()
    job = site.jobs[0]
    sheet = propose(site, job, on=date(2026, 11, 25))
    assert calendar.first_day(sheet) == date(2026, 11, 30)
    answered = replace(draft_of(site, job), answers={"start_date": "2026-12-02"})
    starts = [e["dtstart"].dt.date() for e in events(calendar.render(propose(site, job, answered), "ja"))]  # type: ignore[index]
    assert min(starts) >= date(2026, 12, 2)
    assert max(starts) < date(2026, 12, 9)


def test_a_shift_past_midnight_ends_on_the_next_day() -> None:
    site = cases.care_home()
    job = site.jobs[0]
    night = replace(job, slots=(replace(job.slots[0], start=1320, end=1560),))
    (event,) = events(calendar.render(propose(site, night), "ja"))
    start, end = event["dtstart"].dt, event["dtend"].dt  # type: ignore[index]
    assert start.time() == time(22, 0)
    assert end == start + timedelta(hours=4)
    assert isinstance(start, datetime)
