"""Chains as the table of `facts`: tasks in usual order, window, and links between neighbours with their evidence."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from carveout.detectors import grouped
from carveout.detectors.bounds import lower_bound
from carveout.detectors.chains import Slots
from carveout.detectors.columns import Columns
from carveout.detectors.facts import ChainTable, ContextTable, Facts, LoadTable, WindowTable
from carveout.timeline import Timeline

Index = NDArray[np.int64]


def chains(c: Columns, slots: Slots, chain: Index, pause: float) -> tuple[ChainTable, Index]:
    """The chain table by unit and start of the day, and the table's number for each chain of `slots`."""
    n = slots.n_chains
    rows = np.flatnonzero(chain >= 0)
    day = chain[rows] * max(c.max_days, 1) + c.day_number[rows]
    cell, keys = grouped.dense(day)
    first = grouped.smallest(cell, c.start[rows].astype(float), len(keys))
    last = grouped.largest(cell, c.end[rows].astype(float), len(keys))
    owner = keys // max(c.max_days, 1)
    unit = np.zeros(n, np.int64)
    unit[slots.chain] = c.unit_task_unit[slots.unit_task]
    start = np.round(grouped.median(owner, first, n)).astype(np.int64)
    end = np.round(grouped.median(owner, last, n)).astype(np.int64)
    order = np.lexsort((end, start, unit))
    number = np.empty(n, np.int64)
    number[order] = np.arange(n)
    head = grouped.runs(unit[order])
    nth = np.arange(n) - np.repeat(head, np.diff(np.append(head, n))) + 1
    days = np.bincount(owner, minlength=n)[order]
    of_days = c.unit_days[unit[order]]
    # Ties are broken by the mean start, so that the order of tasks does not hang on their codes.
    slot = slots.of_row[rows]
    total = grouped.total(slot, c.start[rows] + c.end[rows], len(slots.chain))
    mean = total / np.maximum(np.bincount(slot, minlength=len(slots.chain)), 1)
    in_order = np.lexsort((mean, slots.usual_start, number[slots.chain]))
    task = c.unit_task_task[slots.unit_task][in_order]
    of = number[slots.chain][in_order]
    links = _links(c, slots, chain, in_order, of, pause)
    return (
        ChainTable(
            unit[order].astype(np.int32),
            nth.astype(np.int32),
            start[order].astype(np.int32),
            end[order].astype(np.int32),
            days.astype(np.int32),
            of_days.astype(np.int32),
            lower_bound(days, of_days),
            np.searchsorted(of, np.arange(n + 1)).astype(np.int32),
            task.astype(np.int32),
            *links,
        ),
        number,
    )


def _links(
    c: Columns, slots: Slots, chain: Index, in_order: Index, of: Index, pause: float
) -> tuple[
    NDArray[np.int32],
    NDArray[np.int32],
    NDArray[np.int32],
    NDArray[np.int32],
    NDArray[np.int32],
    NDArray[np.float64],
    NDArray[np.float64],
]:
    """Neighbouring slots of a chain: days on which the second followed, of days with either, usual signed gap."""
    task = c.unit_task_task[slots.unit_task][in_order]
    left = np.flatnonzero(of[1:] == of[:-1]) if len(of) else np.zeros(0, np.int64)
    a, b = in_order[left], in_order[left + 1]
    rows = np.flatnonzero(chain >= 0)
    n, width = max(len(slots.chain), 1), max(c.max_days, 1)
    place = slots.of_row[rows] * width + c.day_number[rows]
    start = grouped.smallest(place, c.start[rows].astype(np.float64), n * width).reshape(n, width)
    end = grouped.smallest(place, c.end[rows].astype(np.float64), n * width).reshape(n, width)
    seen = np.isfinite(start)
    both, either = seen[a] & seen[b], (seen[a] | seen[b]).sum(axis=1)
    gap = np.where(both, start[b] - np.where(both, end[a], 0), np.inf)
    follows = both & (start[b] >= start[a]) & (gap <= pause)
    link, day = np.nonzero(follows)
    days = follows.sum(axis=1)
    return (
        of[left].astype(np.int32),
        task[left].astype(np.int32),
        task[left + 1].astype(np.int32),
        days.astype(np.int32),
        either.astype(np.int32),
        grouped.median(link, gap[link, day], len(left)),
        lower_bound(days, either),
    )


def nothing(t: Timeline) -> Facts:
    """The facts of a timeline without rows."""

    def empty(table: type) -> list[NDArray[np.int32]]:
        return [np.zeros(0, np.int32) for _ in table.__slots__]  # type: ignore[attr-defined]

    zero = np.zeros(0, np.int32)
    return Facts(
        pattern=np.zeros(0, np.int8),
        chain=zero,
        context=zero,
        unit_days=np.zeros(len(t.units.name), np.int32),
        chains=ChainTable(*empty(ChainTable)),  # type: ignore[arg-type]
        windows=WindowTable(*empty(WindowTable)),  # type: ignore[arg-type]
        load=LoadTable(*empty(LoadTable)),  # type: ignore[arg-type]
        contexts=ContextTable(*empty(ContextTable)),  # type: ignore[arg-type]
    )
