"""The shifts as a calendar: one weekly event per working stretch, in Japanese time, breaks left free."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from carveout.language import Language, Text
from carveout.model import WEEKDAYS
from carveout.proposal.content import Proposal
from carveout.proposal.phrases import clean, joined
from carveout.proposal.work import Shift

if TYPE_CHECKING:
    from icalendar import Event

ZONE = "Asia/Tokyo"
_NO_DAY = date(2000, 1, 3)  # a Monday, for a proposal that rests on no day at all
_SOMETIMES = Text("ときどき：", "Now and then: ")


def render(proposal: Proposal, language: Language) -> bytes:
    """The calendar (iCalendar); events keep their identity when the same job is written anew."""
    from icalendar import Calendar, Timezone, TimezoneStandard  # a seventh of a second

    calendar = Calendar()
    calendar.add("prodid", "-//carveout//proposal//JA")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", clean(proposal.title.in_(language)))
    calendar.add("x-wr-timezone", ZONE)
    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", ZONE)
    standard.add("dtstart", datetime(1970, 1, 1))  # Japan has known no other time since
    standard.add("tzoffsetfrom", timedelta(hours=9))
    standard.add("tzoffsetto", timedelta(hours=9))
    standard.add("tzname", "JST")
    zone.add_component(standard)
    calendar.add_component(zone)
    for shift in proposal.shifts:
        calendar.add_component(_event(proposal, shift, language))
    made: bytes = calendar.to_ical()
    return made


def first_day(proposal: Proposal) -> date:
    """From which day the shifts run: the answered start, else the Monday after the sheet's date or the last rules' day.

    A start in the middle of a week begins with that week's remaining shifts.
    """
    if proposal.starts is not None:
        return proposal.starts
    day = proposal.dated or proposal.seen_until or _NO_DAY
    return day + timedelta(days=7 - day.weekday())


def _event(proposal: Proposal, shift: Shift, language: Language) -> Event:
    from zoneinfo import ZoneInfo

    import icalendar

    begin = first_day(proposal)
    day = begin + timedelta(days=(WEEKDAYS.index(shift.weekday) - begin.weekday()) % 7)
    midnight = datetime(day.year, day.month, day.day)
    told = joined(shift.tasks).in_(language)
    if shift.sometimes:
        told += "\n" + _SOMETIMES.in_(language) + joined(shift.sometimes).in_(language)
    event = icalendar.Event()
    event.add("uid", _uid(proposal, shift))
    event.add("dtstamp", datetime(begin.year, begin.month, begin.day, tzinfo=ZoneInfo("UTC")))
    event.add("dtstart", (midnight + timedelta(minutes=shift.start)).replace(tzinfo=ZoneInfo(ZONE)))
    event.add("dtend", (midnight + timedelta(minutes=shift.end)).replace(tzinfo=ZoneInfo(ZONE)))
    event.add("rrule", icalendar.vRecur(freq="weekly"))
    event.add("summary", clean(proposal.title.in_(language)))
    event.add("location", clean(shift.unit.in_(language)))
    event.add("description", "\n".join(clean(line) for line in told.split("\n")))
    return event


def _uid(proposal: Proposal, shift: Shift) -> str:
    told = f"{proposal.job}|{shift.weekday}|{shift.start}|{shift.end}|{shift.unit.ja}"
    return f"{hashlib.sha256(told.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}@carveout"
