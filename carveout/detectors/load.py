"""Staff on duty against work at hand, per quarter hour: where a unit's staffing is thin.

Work at hand counts one person per person named in a row, for as long as it lasts; doing two things at once is work
for two. On duty is what the document lists; for a unit-day without a list, everybody from first to last row. A
quarter hour is thin when, on average over the observed days, work exceeds staff by `thin_excess` persons and does so
on at least half the days. A weekday has a thin window of its own when that holds for half an hour on each of its
observed days, two at least, but not in general.

Minutes per quarter hour come from counts and sums per quarter (the integral of a step function at multiples of 15),
so the cost does not depend on how long rows last.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from carveout.detectors import grouped
from carveout.detectors.columns import Columns
from carveout.detectors.facts import LoadTable, WindowTable
from carveout.thresholds import Thresholds
from carveout.timeline import Timeline

QUARTER = 15
Floats = NDArray[np.float64]
Index = NDArray[np.int64]


def _per_quarter(group: Index, n: int, start: Index, end: Index, weight: Floats, quarters: int) -> Floats:
    """Mean persons per group and quarter: table n x quarters."""
    width = quarters + 1

    def integral(x: Index) -> Floats:
        cell = group * width + np.minimum(x // QUARTER, quarters)
        count = grouped.total(cell, weight, n * width).reshape(n, width).cumsum(axis=1)
        moment = grouped.total(cell, weight * x, n * width).reshape(n, width).cumsum(axis=1)
        edge = np.arange(1, width + 1) * QUARTER
        return np.asarray(edge * count - moment)

    minutes = integral(start) - integral(end)  # minutes worked before each quarter's end
    return np.asarray(np.diff(np.concatenate((np.zeros((n, 1)), minutes), axis=1), axis=1)[:, :quarters] / QUARTER)


def _duty(t: Timeline, c: Columns, at_work: NDArray[np.bool_]) -> tuple[Index, Index, Index]:
    """On-duty stretches as (unit_day, on, off): listed ones, and first-to-last row where a unit-day lists nobody."""
    n = len(c.unit_day_unit)
    span = int(c.unit_day_day.max() - c.unit_day_day.min()) + 1
    low = int(c.unit_day_day.min())
    known = c.unit_day_unit * span + (c.unit_day_day - low)
    key = t.duty.unit.astype(np.int64) * span + (t.duty.day - low)
    place = np.minimum(np.searchsorted(known, key), n - 1)
    hit = known[place] == key
    listed = np.zeros(n, bool)
    listed[place[hit]] = True
    row = np.repeat(np.arange(t.n_rows), np.diff(t.staff_offsets))
    unit_day = np.empty(t.n_rows, np.int64)
    unit_day[c.source] = c.unit_day
    use = np.flatnonzero(~listed[unit_day[row]] & at_work[row])
    row, who = row[use], t.staff_ids[use]
    group, keys = grouped.dense(unit_day[row] * max(len(t.staff), 1) + who)
    first = grouped.smallest(group, t.start[row].astype(np.float64), len(keys)).astype(np.int64)
    last = grouped.largest(group, t.end[row].astype(np.float64), len(keys)).astype(np.int64)
    return (
        np.concatenate((place[hit], keys // max(len(t.staff), 1))),
        np.concatenate((t.duty.on[hit].astype(np.int64), first)),
        np.concatenate((t.duty.off[hit].astype(np.int64), last)),
    )


def measure(t: Timeline, c: Columns, at_work: NDArray[np.bool_], limits: Thresholds) -> tuple[LoadTable, WindowTable]:
    """Load per unit and quarter hour, and the thin windows. at_work: timeline rows that are work (not breaks)."""
    n = len(c.unit_day_unit)
    quarters = max(96, (int(c.end.max()) + QUARTER - 1) // QUARTER) if len(c.end) else 96
    weight = np.maximum(np.diff(t.staff_offsets), 1)[c.source] * at_work[c.source]
    demand = _per_quarter(c.unit_day, n, c.start, c.end, weight.astype(np.float64), quarters)
    who, on, off = _duty(t, c, at_work)
    on = np.clip(on, 0, quarters * QUARTER)
    off = np.clip(off, on, quarters * QUARTER)
    staff = _per_quarter(who, n, on, off, np.ones(len(who)), quarters)
    unit_mean = 1 / np.maximum(c.unit_days, 1)[:, None]
    by_unit = grouped.runs(c.unit_day_unit)
    present = c.unit_day_unit[by_unit]

    def per_unit(table: Floats) -> Floats:
        whole = np.zeros((c.n_units, quarters))
        if len(by_unit):
            whole[present] = np.add.reduceat(table, by_unit, axis=0)
        return whole

    excess = limits["thin_excess"]
    over = demand - staff >= excess
    mean_demand, mean_staff = per_unit(demand) * unit_mean, per_unit(staff) * unit_mean
    days_over = per_unit(over.astype(np.float64))
    thin = (mean_demand - mean_staff >= excess) & (days_over >= 0.5 * c.unit_days[:, None])
    windows = [
        _stretches(
            np.arange(c.n_units), -np.ones(c.n_units, np.int64), thin, mean_demand, mean_staff, days_over, c.unit_days
        )
    ]
    windows.append(_of_weekdays(c, demand, staff, over, thin, excess))
    table = WindowTable(*(np.concatenate([w[k] for w in windows]) for k in range(8)))
    order = np.lexsort((table.weekday, table.start, table.unit))
    unit, quarter = np.nonzero((mean_demand > 0) | (mean_staff > 0))
    load = LoadTable(
        unit.astype(np.int32), quarter.astype(np.int32), mean_demand[unit, quarter], mean_staff[unit, quarter]
    )
    return load, WindowTable(*(getattr(table, f)[order] for f in WindowTable.__slots__))


def _of_weekdays(
    c: Columns, demand: Floats, staff: Floats, over: NDArray[np.bool_], thin: NDArray[np.bool_], excess: float
) -> tuple[NDArray[Any], ...]:
    """Thin windows of half an hour or more that only one weekday has, on each of its two or more observed days."""
    weekday = (c.unit_day_day + 3) % 7
    group, keys = grouped.dense(c.unit_day_unit * 7 + weekday)
    n, quarters = len(keys), demand.shape[1]
    days = np.bincount(group, minlength=n)
    sums = [np.zeros((n, quarters)) for _ in range(3)]
    for total, table in zip(sums, (demand, staff, over), strict=True):
        np.add.at(total, group, table)
    mean_demand, mean_staff = sums[0] / days[:, None], sums[1] / days[:, None]
    own = (mean_demand - mean_staff >= excess) & (sums[2] == days[:, None]) & (days[:, None] >= 2)
    own &= ~thin[keys // 7]
    neighbour = np.pad(own, ((0, 0), (1, 1)))
    own &= neighbour[:, :-2] | neighbour[:, 2:]  # a single quarter hour of two days is chance
    return _stretches(keys // 7, keys % 7, own, mean_demand, mean_staff, sums[2], days)


def _stretches(
    unit: Index, weekday: Index, thin: NDArray[np.bool_], demand: Floats, staff: Floats, days_over: Floats, days: Index
) -> tuple[NDArray[Any], ...]:
    """Consecutive thin quarters as windows with their mean demand and staff."""
    padded = np.pad(thin, ((0, 0), (1, 1)))
    row, begin = np.nonzero(padded[:, 1:-1] & ~padded[:, :-2])
    _, finish = np.nonzero(padded[:, 1:-1] & ~padded[:, 2:])
    total_demand = np.pad(demand.cumsum(axis=1), ((0, 0), (1, 0)))
    total_staff = np.pad(staff.cumsum(axis=1), ((0, 0), (1, 0)))
    length = finish - begin + 1
    most_days = np.array([days_over[r, b : f + 1].max() for r, b, f in zip(row, begin, finish, strict=True)], np.int64)
    return (
        unit[row].astype(np.int32),
        weekday[row].astype(np.int32),
        (begin * QUARTER).astype(np.int32),
        ((finish + 1) * QUARTER).astype(np.int32),
        (total_demand[row, finish + 1] - total_demand[row, begin]) / length,
        (total_staff[row, finish + 1] - total_staff[row, begin]) / length,
        most_days.astype(np.int32),
        days[row].astype(np.int32),
    )
