"""Workdays as files with a date and clock times can hold them: every row on the date on which it starts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from carveout.workday.record import Row, Workday

_DAY = 1440


def clocked(days: Iterable[Workday], *, open_rows: bool = False, last: int = _DAY) -> tuple[Workday, ...]:
    """The days with rows that start after 24:00 moved to the date they start on; open rows only if asked for.

    last: the last minute at which a row of the day may start (1439 where 24:00 is 0:00 of the next date).

    >>> late = Row("r", 1500, 1530, "rounds")
    >>> days = clocked([Workday("a", "2026-06-01", "u", rows=(late,))])
    >>> [(day.date, [row.start for row in day.rows]) for day in days]
    [('2026-06-01', []), ('2026-06-02', [60])]
    """
    found: dict[tuple[int, str], Workday] = {}
    for number, day in enumerate(days):
        rows = [row for row in day.rows if open_rows or row.end is not None]
        found[number, day.date] = replace(day, rows=tuple(row for row in rows if row.start <= last))
        for row in rows:
            if row.start > last:
                when, moved = _moved(day, row, last)
                there = found.setdefault((number, when), replace(day, date=when, rows=(), staff=()))
                found[number, when] = replace(there, rows=(*there.rows, moved))
    return tuple(found.values())


def _moved(day: Workday, row: Row, last: int) -> tuple[str, Row]:
    days = (row.start + _DAY - 1 - last) // _DAY
    when = (date.fromisoformat(day.date) + timedelta(days=days)).isoformat()
    end = None if row.end is None else row.end - days * _DAY
    return when, replace(row, start=row.start - days * _DAY, end=end)


def in_time(day: Workday) -> list[Row]:
    """The rows of a day by start, then end; those still going on last."""
    return sorted(day.rows, key=lambda row: (row.start, 1 << 20 if row.end is None else row.end))


def each(row: Row) -> Iterator[str]:
    """Everybody who did a row; "" once where nobody is named."""
    yield from row.staff or ("",)


def roles(days: Sequence[Workday]) -> dict[str, str]:
    """Role of each person who has one."""
    return {person.id: person.role for day in days for person in day.staff if person.role}
