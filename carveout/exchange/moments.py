"""Times as other programs write them: clock times, date-times and counts, to milliseconds of the wall clock.

A moment counts milliseconds from 1970-01-01 00:00 of the wall clock the file was written by: an offset such as +09:00
is dropped, never converted, since what was noted is what the clock in the corridor showed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone

from carveout.observations.clock import FIRST_DAY, LAST_DAY, day_number, written_day

SECOND, MINUTE, DAY = 1000, 60_000, 86_400_000
_EPOCH = datetime(1970, 1, 1)
_EXCEL = datetime(1899, 12, 30)
_CLOCK = re.compile(
    r"(?:(午前|午後|am|pm|a\.m\.|p\.m\.)\s*)?(\d{1,3})(?::|時)(?:(\d{1,2})(?:分|(?::(\d{1,2})(?:[.,](\d{1,6}))?))?|(半))?"
    r"(?:(\d{1,2})秒)?\s*(am|pm|a\.m\.|p\.m\.)?",
    re.I,
)
_COMPACT = re.compile(r"(\d{4}-\d{2}-\d{2})[ _T](\d{2})[-:](\d{2})[-:](\d{2})(?:[.,](\d{1,9}))?")
_OFFSET = re.compile(r"\s*(?:Z|[+-]\d{2}:?\d{2}|UTC|GMT)$")
_SLASHED = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_NUMBER = re.compile(r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:e[+-]?\d+)?", re.I)
_ZONE = re.compile(r"([+-])(\d{1,2}):?(\d{2})")
_MOST_CHARS = 60


@dataclass(frozen=True, slots=True)
class Time:
    """What a cell says of a time: milliseconds of the day (may pass 24 h), and its day number if it names one."""

    ms: int
    day: int | None = None


def number_of(value: object) -> float | None:
    """A number from a cell, decimal comma understood; None if it is none (NA, blank, infinite).

    >>> number_of("689.000"), number_of("12,5"), number_of("NA"), number_of("inf")
    (689.0, 12.5, None, None)
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value) if value == value and abs(value) < 1e15 else None
    text = "" if value is None else str(value).strip()
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    if len(text) > _MOST_CHARS or not _NUMBER.fullmatch(text):
        return None
    found = float(text.replace(",", "."))
    return found if abs(found) < 1e15 else None


def day_of(value: object, order: str = "dmy") -> int | None:
    """The day number of a cell; `order` tells day from month where the year comes last.

    >>> day_of("23/03/2025") == day_of("2025-03-23") == day_of("03/23/2025", "mdy")
    True
    """
    if isinstance(value, datetime):
        return _within(day_number(value.date()))
    if isinstance(value, date):
        return _within(day_number(value))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return (
            _within(day_number((_EXCEL + timedelta(days=float(value))).date())) if 20_000 <= value < 110_000 else None
        )
    if not isinstance(value, str) or len(value) > _MOST_CHARS:
        return None
    text = unicodedata.normalize("NFKC", value).strip()
    if (day := written_day(text)) is not None:
        return day
    if found := _SLASHED.fullmatch(text):
        first, second, year = int(found[1]), int(found[2]), int(found[3])
        month, day_of_month = (first, second) if order == "mdy" else (second, first)
        return _day(year, month, day_of_month)
    moment = time_of(text, order)
    return None if moment is None else moment.day


def slashed(value: object) -> tuple[int, int] | None:
    """The first two numbers of a date whose year comes last, None of any other."""
    found = _SLASHED.match(value.strip()) if isinstance(value, str) else None
    return (int(found[1]), int(found[2])) if found else None


def time_of(value: object, order: str = "dmy") -> Time | None:
    """The time (and day) a cell tells, None if it tells none.

    >>> time_of("9:05").ms // 60000, time_of("午後1時半").ms // 60000, time_of("9:05 PM").ms // 60000
    (545, 810, 1265)
    >>> time_of("2026-06-01T09:05:00.250+09:00")
    Time(ms=32700250, day=20605)
    """
    if isinstance(value, datetime):
        if value.year <= 1900:  # a spreadsheet's time without a date
            return Time(round((value - _EXCEL).total_seconds()) * SECOND % DAY)
        return Time(_ms(value.time()), _within(day_number(value.date())))
    if isinstance(value, time):
        return Time(_ms(value))
    if isinstance(value, timedelta):
        return Time(round(value.total_seconds() * SECOND)) if value >= timedelta(0) else None
    if isinstance(value, int | float) and not isinstance(value, bool):
        if 0 <= value <= 1:
            return Time(round(value * DAY / SECOND) * SECOND)
        if 20_000 <= value < 110_000:
            return time_of(_EXCEL + timedelta(seconds=round(value * 86_400)))
        return None
    if not isinstance(value, str) or len(value) > _MOST_CHARS:
        return None
    return _time_of_text(value.strip(), order)


def zone_of(offset: str) -> timezone | None:
    """The zone an offset names, None if it names none.

    >>> zone_of("+09:00"), zone_of("Z"), zone_of("")
    (datetime.timezone(datetime.timedelta(seconds=32400)), datetime.timezone.utc, None)
    """
    if offset in ("Z", "UTC"):
        return UTC
    found = _ZONE.fullmatch(offset)
    if not found or int(found[2]) > 23:
        return None
    shift = timedelta(hours=int(found[2]), minutes=int(found[3]))
    return timezone(-shift if found[1] == "-" else shift)


def zoned_time(text: str, zone: timezone | None) -> tuple[Time | None, bool]:
    """The time a log tells, and whether it is told in universal time.

    zone: show times that tell an offset as clocks of that zone do; None: as written.

    >>> zoned_time("2026-06-01T00:05:00+00:00", zone_of("+09:00"))
    (Time(ms=32700000, day=20605), True)
    """
    try:
        found = datetime.fromisoformat(text)
    except (ValueError, OverflowError):
        return time_of(text), text.endswith(("Z", "+00:00"))
    universal = found.tzinfo is not None and not found.utcoffset()
    if zone is not None and found.tzinfo is not None and 1 < found.year < 9999:
        found = found.astimezone(zone)
    if len(text) <= 10:
        return None, universal
    return Time(_ms(found.time()), _within(day_number(found.date()))), universal


def _time_of_text(text: str, order: str) -> Time | None:
    try:  # the fast way: what programs write
        found = datetime.fromisoformat(text)
    except ValueError:
        pass
    else:
        return Time(_ms(found.time()), _within(day_number(found.date()))) if len(text) > 10 else None
    plain = unicodedata.normalize("NFKC", text)
    if (clock := _clock(plain)) is not None:
        return Time(clock)
    plain = _OFFSET.sub("", plain)
    if found_compact := _COMPACT.fullmatch(plain):
        day = written_day(found_compact[1])
        hour, minute, second = (int(found_compact[n]) for n in (2, 3, 4))
        if day is None or hour > 24 or minute > 59 or second > 59:
            return None
        return Time(((hour * 60 + minute) * 60 + second) * SECOND + _fraction(found_compact[5]), day)
    for separator in ("T", " "):
        head, _, tail = plain.partition(separator)
        day, clock = (day_of(head, order) if head != plain else None), _clock(tail.strip())
        if day is not None and clock is not None:
            return Time(clock, day)
    return None


def _clock(text: str) -> int | None:
    found = _CLOCK.fullmatch(text)
    if not found:
        return None
    half, hour, minute, second = found[1] or found[8], int(found[2]), int(found[3] or 0), int(found[4] or found[7] or 0)
    if found[6]:
        minute = 30
    if half:
        if hour > 12:
            return None
        hour = hour % 12 + (12 if half.lower()[0] == "p" or half == "午後" else 0)
    if hour > 48 or minute > 59 or second > 59:
        return None
    return ((hour * 60 + minute) * 60 + second) * SECOND + _fraction(found[5])


def _fraction(digits: str | None) -> int:
    return int((digits or "0").ljust(3, "0")[:3])


def _ms(clock: time) -> int:
    return ((clock.hour * 60 + clock.minute) * 60 + clock.second) * SECOND + clock.microsecond // 1000


def _day(year: int, month: int, day: int) -> int | None:
    try:
        return _within(day_number(date(year, month, day)))
    except ValueError:
        return None


def _within(day: int) -> int | None:
    return day if FIRST_DAY <= day <= LAST_DAY else None
