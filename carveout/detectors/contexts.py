"""Contexts: what a verdict is about. Rows of one unit, task and pattern, in one chain or on one weekday, put together.

A task that is a link in the morning, a call at noon and isolated work in the afternoon has three contexts. Coinciding
work is told apart by the chain it coincides with. Work that was only reported makes a context of its own, unless it
was seen.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from carveout.detectors import grouped
from carveout.detectors.bounds import lower_bound
from carveout.detectors.columns import Columns
from carveout.detectors.facts import ContextTable, WindowTable
from carveout.detectors.patterns import CODE
from carveout.detectors.weekday import Peaks
from carveout.model import Pattern
from carveout.timeline import TRIGGER_ON_DEMAND, Timeline

Index = NDArray[np.int64]
Floats = NDArray[np.float64]


def _keys(c: Columns, pattern: Index, part: Index) -> tuple[Index, Index, Index, Index]:
    """Number of the context of every sorted row; unit-task, pattern and part (chain or weekday) of each context."""
    parts = int(part.max(initial=-1)) + 2
    number, key = grouped.dense((c.unit_task * len(CODE) + pattern) * parts + part + 1)
    return number, key // parts // len(CODE), key // parts % len(CODE), key % parts - 1


def _thin(
    c: Columns, context: Index, n: int, windows: WindowTable, weight: Floats
) -> tuple[Index, Floats, Index, Index, Index]:
    """Per context: the thin window that holds most of its minutes, those minutes, days, and the shared stretch."""
    first = np.searchsorted(windows.unit, np.arange(c.n_units))
    count = np.searchsorted(windows.unit, np.arange(c.n_units), side="right") - first
    row, nth = grouped.expand(count[c.unit])
    window = first[c.unit[row]] + nth
    begin = np.maximum(c.start[row], windows.start[window])
    finish = np.minimum(c.end[row], windows.end[window])
    weekday = windows.weekday[window]
    inside = np.flatnonzero((finish > begin) & ((weekday < 0) | (weekday == (c.day[row] + 3) % 7)))
    row, window, begin, finish = row[inside], window[inside], begin[inside], finish[inside]
    size = len(windows.unit)
    pair, keys = grouped.dense(context[row] * max(size, 1) + window)
    minutes = grouped.total(pair, (finish - begin) * weight[row], len(keys))
    days = grouped.distinct(pair * max(c.max_days, 1) + c.day_number[row]) // max(c.max_days, 1)
    days = np.bincount(days, minlength=len(keys))
    low = grouped.smallest(pair, begin.astype(np.float64), len(keys))
    high = grouped.largest(pair, finish.astype(np.float64), len(keys))
    owner = keys // max(size, 1)
    order = np.lexsort((-minutes, owner))
    best = order[grouped.runs(owner[order])]
    result = (np.full(n, -1), np.zeros(n), np.zeros(n, np.int64), np.zeros(n, np.int64), np.zeros(n, np.int64))
    for column, value in zip(result, (keys % max(size, 1), minutes, days, low, high), strict=True):
        column[owner[best]] = value[best]
    return result


def with_reported(t: Timeline, seen: ContextTable) -> ContextTable:
    """Append what was only told, where nothing of the same unit, task and pattern was seen."""
    r = t.reported
    if not len(r.task):
        return seen
    nature = np.array(t.tasks.nature, dtype=object)[r.task]
    supplier = np.array(t.tasks.supplier, dtype=object)[r.task]
    pattern = np.where(r.weekday >= 0, CODE[Pattern.WEEKDAY_PEAK], CODE[Pattern.OTHER])
    for name, code in (
        ("interaction", Pattern.INTERACTION_CORE),
        ("advisory", Pattern.ADVISORY),
        ("planning", Pattern.PLANNING),
    ):
        pattern = np.where(nature == name, CODE[code], pattern)
    pattern = np.where(supplier == "contracted", CODE[Pattern.CONTRACTED], pattern)
    known = set(zip(seen.task.tolist(), seen.pattern.tolist(), strict=True))
    home = dict(zip(seen.task[::-1].tolist(), seen.unit[::-1].tolist(), strict=True))
    first_unit = {site: unit for unit, site in reversed(list(enumerate(t.units.site.tolist())))}
    rows = []
    for i, (task, code) in enumerate(zip(r.task.tolist(), pattern.tolist(), strict=True)):
        unit = int(r.unit[i]) if r.unit[i] >= 0 else home.get(task, first_unit.get(int(r.site[i]), -1))
        if unit >= 0 and (task, code) not in known:
            known.add((task, code))
            rows.append((i, unit, task, code))
    columns = {}
    for name in ContextTable.__slots__:
        old = getattr(seen, name)
        fill = {"chain": -1, "window": -1, "peak_p": 1.0}.get(name, 0)
        new = np.full(len(rows), fill, old.dtype)
        for k, (i, unit, task, code) in enumerate(rows):
            told = {"unit": unit, "task": task, "pattern": code, "weekday": r.weekday[i], "reported": i}
            told |= {"start": max(int(r.start[i]), 0), "end": max(int(r.end[i]), 0)}
            if name in told:
                new[k] = told[name]
        columns[name] = np.concatenate((old, new))
    return ContextTable(**columns)


def gather(
    t: Timeline, c: Columns, pattern: Index, chain: Index, peaks: Peaks, windows: WindowTable, shared: Floats
) -> tuple[Index, ContextTable]:
    """Context of every sorted row, and all contexts. chain: the row's own chain, or the one it coincides with."""
    in_peak = pattern == CODE[Pattern.WEEKDAY_PEAK]
    context, unit_task, code, part = _keys(c, pattern, np.where(in_peak, peaks.weekday, chain))
    n = len(unit_task)
    people = np.maximum(np.diff(t.staff_offsets), 1)[c.source].astype(np.float64)
    length = (c.end - c.start) * people
    days = np.bincount(grouped.distinct(context * max(c.max_days, 1) + c.day_number) // max(c.max_days, 1), minlength=n)
    unit = c.unit_task_unit[unit_task]
    peak = code == CODE[Pattern.WEEKDAY_PEAK]
    weekday = np.where(peak, part, -1)
    of_days = np.where(peak, peaks.observed[unit_task, weekday], c.unit_days[unit])
    window, thin_minutes, thin_days, thin_start, thin_end = _thin(c, context, n, windows, people)
    on_demand = np.bincount(context[t.trigger[c.source] == TRIGGER_ON_DEMAND], minlength=n)

    def clock(value: Index, q: float) -> NDArray[np.int32]:
        return np.round(grouped.quantile(context, value.astype(np.float64), n, q)).astype(np.int32)

    return context, ContextTable(
        unit=unit.astype(np.int32),
        task=c.unit_task_task[unit_task].astype(np.int32),
        pattern=code.astype(np.int32),
        chain=np.where(peak, -1, part).astype(np.int32),
        weekday=weekday.astype(np.int32),
        start=clock(c.start, 0.1),
        end=clock(c.end, 0.9),
        days=days.astype(np.int32),
        of_days=of_days.astype(np.int32),
        unit_days=c.unit_days[unit].astype(np.int32),
        low=lower_bound(np.minimum(days, of_days), of_days),
        occurrences=np.bincount(context, minlength=n).astype(np.int32),
        minutes=grouped.total(context, length, n),
        overlap_minutes=grouped.total(context, shared * people, n),
        peak_share=np.where(peak, peaks.share[unit_task, weekday], 0.0),
        peak_p=np.where(peak, peaks.p[unit_task], 1.0),
        window=window.astype(np.int32),
        thin_minutes=thin_minutes,
        thin_days=thin_days.astype(np.int32),
        thin_start=thin_start.astype(np.int32),
        thin_end=thin_end.astype(np.int32),
        on_demand=on_demand.astype(np.int32),
        reported=np.full(n, -1, np.int32),
    )
