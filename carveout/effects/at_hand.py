"""Work at hand and staff on duty of one unit, day by day: what `detectors.load` averages over all days, kept apart.

The same meaning: a row counts one person per person named (one if nobody is), for as long as it lasts, breaks not at
all; on duty is what the document lists, and on a day that lists nobody everyone from first to last row of work. A day
counts as observed when it has any row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from carveout.effects.results import QUARTER
from carveout.model import WEEKDAYS, Occurrence, SiteResult, Weekday

_SHORTEST_DAY = 24 * 60

Floats = NDArray[np.float64]
Stretches = list[tuple[int, int, int, int]]  # day, start, end, persons


@dataclass(frozen=True, slots=True)
class UnitDays:
    """A unit's observed days in order, its rows, and per day and quarter hour the persons needed and on duty."""

    unit: str
    dates: tuple[str, ...]
    weekdays: tuple[Weekday, ...]
    rows: tuple[Occurrence, ...]
    demand: Floats
    staff: Floats

    def on(self, weekday: Weekday) -> list[int]:
        """Positions of the observed days of a weekday."""
        return [at for at, day in enumerate(self.weekdays) if day is weekday]


def unit_days(result: SiteResult, unit: str, until: int = _SHORTEST_DAY) -> UnitDays:
    """The observed days of one unit. until: minute of the day up to which the tables reach at least."""
    rows = tuple(o for o in result.occurrences if o.unit == unit)
    dates = tuple(sorted({o.date for o in rows}))
    number = {day: at for at, day in enumerate(dates)}
    at_work = [o for o in rows if not _is_break(result, o.task)]
    on_duty = _on_duty(result, unit, at_work, number)
    ends = [until, _SHORTEST_DAY, *(o.end for o in rows), *(end for _, _, end, _ in on_duty)]
    quarters = -(-max(ends) // QUARTER)
    demand = _persons([(number[o.date], o.start, o.end, max(len(o.staff), 1)) for o in at_work], len(dates), quarters)
    weekdays = tuple(WEEKDAYS[date.fromisoformat(day).weekday()] for day in dates)
    return UnitDays(unit, dates, weekdays, rows, demand, _persons(on_duty, len(dates), quarters))


def _is_break(result: SiteResult, task: str) -> bool:
    traits = result.traits.get(task)
    return traits is not None and traits.care_class == "break"


def _on_duty(result: SiteResult, unit: str, at_work: Sequence[Occurrence], number: dict[str, int]) -> Stretches:
    """Listed stretches, and each person's first to last row of work on the days that list nobody."""
    listed = [d for d in result.duty if d.unit == unit and d.date in number]
    found = [(number[d.date], d.start, max(d.end, d.start), 1) for d in listed]
    known = {d.date for d in listed}
    seen: dict[tuple[str, str], tuple[int, int]] = {}
    for row in at_work:
        if row.date in known:
            continue
        for person in row.staff:
            start, end = seen.get((row.date, person), (row.start, row.end))
            seen[row.date, person] = min(start, row.start), max(end, row.end)
    return found + [(number[day], start, end, 1) for (day, _), (start, end) in seen.items()]


def _persons(stretches: Stretches, days: int, quarters: int) -> Floats:
    """Mean persons per day and quarter hour: table days x quarters, exact whatever the order of the stretches."""
    width = quarters * QUARTER + 1
    steps = np.zeros(days * width, np.int64)
    if stretches:
        day, start, end, persons = np.array(stretches, np.int64).T
        np.add.at(steps, day * width + start, persons)
        np.add.at(steps, day * width + end, -persons)
    minutes = steps.reshape(days, width).cumsum(axis=1)[:, :-1]
    mean: Floats = minutes.reshape(days, quarters, QUARTER).mean(axis=2)
    return mean
