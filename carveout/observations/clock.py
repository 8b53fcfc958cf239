"""Clock times, stretches and dates from text: what a person may write, in minutes and days.

Minutes count from the day's midnight (1440 = 24:00); days count from 1970-01-01. The patterns are those of
`schema.json`, so that schema and reader cannot drift apart (a test compares them).
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta

_D = "[0-9０-９]"
_HOUR = f"(?:[01０１]?{_D}|[2２][0-3０-３])"
_SIXTY = f"[0-5０-５]{_D}"
_24 = "[2２][4４]"
_00 = "[0０][0０]"
CLOCK_PATTERN = (
    f"(?:{_HOUR}[:：]{_SIXTY}(?:[:：]{_SIXTY})?|{_24}[:：]{_00}(?:[:：]{_00})?"
    f"|{_HOUR}時(?:[0-5０-５]?{_D}分|半)?|{_24}時)"
)
_DASH = r"\s*[-‐‑‒–—―−〜～~－]\s*"
RANGE_PATTERN = f"{CLOCK_PATTERN}{_DASH}{CLOCK_PATTERN}"
RANGES_PATTERN = f"{RANGE_PATTERN}(?:\\s*[,;、，；\\s]\\s*{RANGE_PATTERN})*"

_CLOCK = re.compile(CLOCK_PATTERN)
_RANGE = re.compile(f"({CLOCK_PATTERN}){_DASH}({CLOCK_PATTERN})")
_RANGES = re.compile(RANGES_PATTERN)
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WRITTEN = re.compile(r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*日?")
_ERA = re.compile(r"(令和|R|平成|H)\s*([0-9]{1,2}|元)\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*日?", re.I)
_ERA_START = {"令和": 2018, "R": 2018, "平成": 1988, "H": 1988}
_WEEKDAY_SUFFIX = re.compile(r"\s*[(（][月火水木金土日A-Za-z.]+[)）]$")
_EPOCH = date(1970, 1, 1).toordinal()
_EXCEL_EPOCH = datetime(1899, 12, 30)
FIRST_DAY = date(1900, 1, 2).toordinal() - _EPOCH
LAST_DAY = date(2199, 12, 31).toordinal() - _EPOCH
HOUR, DAY = 60, 1440


def clock_minutes(text: str) -> int | None:
    """Minutes of a clock time, None if the text is none. Seconds are dropped.

    >>> clock_minutes("07:05"), clock_minutes("２４：００"), clock_minutes("9時半"), clock_minutes("25:00")
    (425, 1440, 570, None)
    """
    return _minutes(text) if _CLOCK.fullmatch(text) else None


def _minutes(text: str) -> int:
    plain = unicodedata.normalize("NFKC", text)
    if "時" in plain:
        hour, rest = plain.split("時")
        return int(hour) * 60 + (30 if rest == "半" else int(rest.rstrip("分") or 0))
    hour, minute = plain.split(":")[:2]
    return int(hour) * 60 + int(minute)


def clock_ranges(text: str) -> tuple[tuple[int, int], ...] | None:
    """Stretches of a text such as ``07:00-12:00, 12:45-16:00``; an end before its start lies on the next day.

    >>> clock_ranges("22:00〜7:00"), clock_ranges("09:00-12:00、13:00-18:00"), clock_ranges("morning")
    (((1320, 1860),), ((540, 720), (780, 1080)), None)
    """
    if not _RANGES.fullmatch(text):
        return None
    stretches = []
    for match in _RANGE.finditer(text):
        on, off = _minutes(match[1]), _minutes(match[2])
        stretches.append((on, off if off >= on else off + DAY))
    return tuple(stretches)


def day_number(day: date) -> int:
    """Days since 1970-01-01.

    >>> day_number(date(1970, 1, 2))
    1
    """
    return day.toordinal() - _EPOCH


def day_text(number: int) -> str:
    """The ISO date of a day number.

    >>> day_text(1)
    '1970-01-02'
    """
    return date.fromordinal(int(number) + _EPOCH).isoformat()


def clock_text(minutes: int) -> str:
    """A clock time as the contract writes it; past midnight the clock starts anew (see `next_day`).

    >>> clock_text(425), clock_text(1440), clock_text(1500)
    ('07:05', '24:00', '01:00')
    """
    minutes = int(minutes)
    if minutes > DAY:
        minutes -= DAY
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def iso_day(text: str) -> int | None:
    """Day number of an ISO date, the only form a YAML document takes.

    >>> iso_day("2026-06-01"), iso_day("2026-02-30"), iso_day("2026/6/1")
    (20605, None, None)
    """
    if not _ISO.fullmatch(text):
        return None
    try:
        return _within(day_number(date.fromisoformat(text)))
    except ValueError:
        return None


def written_day(text: str) -> int | None:
    """Day number of a date as tables hold it: ISO, 2026/6/1, 2026年6月1日, 令和8年6月1日, with or without (月).

    >>> written_day("２０２６／６／１") == written_day("令和8年6月1日(月)") == written_day("R8.6.1")
    True
    """
    plain = _WEEKDAY_SUFFIX.sub("", unicodedata.normalize("NFKC", text).strip())
    if era := _ERA.fullmatch(plain):
        year = _ERA_START[era[1].upper()] + (1 if era[2] == "元" else int(era[2]))
        month, day = int(era[3]), int(era[4])
    elif match := _WRITTEN.fullmatch(plain):
        year, month, day = int(match[1]), int(match[2]), int(match[3])
    else:
        return None
    try:
        return _within(day_number(date(year, month, day)))
    except ValueError:
        return None


def cell_day(value: object) -> int | None:
    """Day number of a table cell: text, a date, or a spreadsheet's serial number."""
    if isinstance(value, str):
        moment = _dated_text(value)
        return written_day(value) if moment is None else moment[0]
    if isinstance(value, datetime):
        return _within(day_number(value.date()))
    if isinstance(value, date):
        return _within(day_number(value))
    if isinstance(value, int | float) and not isinstance(value, bool) and 20_000 <= value < 110_000:
        return _within(day_number((_EXCEL_EPOCH + timedelta(days=float(value))).date()))
    return None


def cell_clock(value: object) -> tuple[int, int | None] | None:
    """Minutes of a table cell and, where the cell holds a date as well, its day number.

    Cells may be text, times, durations, fractions of a day (0.5 = noon) and dated times.

    >>> cell_clock(0.5), cell_clock("2026-06-01 07:30"), cell_clock(time(9, 5)), cell_clock(7)
    ((720, None), (450, 20605), (545, None), None)
    >>> cell_clock(datetime(1900, 1, 1))
    (1440, None)
    """
    if isinstance(value, str):
        minutes = clock_minutes(value)
        return (minutes, None) if minutes is not None else _dated_text(value)
    if isinstance(value, time):
        return value.hour * 60 + value.minute, None
    if isinstance(value, datetime):
        if value.year <= 1900:  # how spreadsheets hold a time without a date; 24:00 formatted h:mm is day 1
            epoch = _EXCEL_EPOCH if value.year < 1900 else _EXCEL_EPOCH + timedelta(days=1)
            return _clock_of(round((value - epoch).total_seconds()))
        return value.hour * 60 + value.minute, day_number(value.date())
    if isinstance(value, timedelta):
        return _clock_of(round(value.total_seconds()))
    if isinstance(value, int | float) and not isinstance(value, bool):
        if 0 <= value <= 1:
            return round(value * DAY), None
        if 20_000 <= value < 110_000:
            return cell_clock(_EXCEL_EPOCH + timedelta(minutes=round(value * DAY)))
    return None


def _clock_of(seconds: int) -> tuple[int, None] | None:
    minutes = seconds // 60
    return (minutes, None) if 0 <= minutes <= DAY else None


def _dated_text(text: str) -> tuple[int, int] | None:
    """A date and a clock time in one text, as databases and spreadsheets export them."""
    head, _, tail = text.replace("T", " ", 1).rpartition(" ")
    day, minutes = written_day(head) if head else None, clock_minutes(tail.partition(".")[0])
    return None if day is None or minutes is None else (minutes, day)


def _within(number: int) -> int | None:
    return number if FIRST_DAY <= number <= LAST_DAY else None
