"""What coincides with a running chain: minutes that every row shares with runs in its unit.

A run is a stretch of one chain's links on one day without a pause longer than `run_pause_min`. Intervals that only
touch share nothing; a row of no length counts when its moment lies inside a run. A person who is interrupted between
two links is still in the run, so the interruption coincides with it.

Sweep over sorted spans with prefix sums: n log n, no pairs are built.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from carveout.detectors import grouped
from carveout.detectors.columns import Columns

Index = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Runs:
    """Runs of chains: unit_day, chain, start, end in minutes, number of links, by (unit_day, start)."""

    unit_day: Index
    chain: Index
    start: Index
    end: Index
    links: Index


def runs_of(c: Columns, chain: Index, pause: float) -> Runs:
    """Cut each day's links of a chain into runs. chain: per sorted row, -1 where it is no link."""
    rows = np.flatnonzero(chain >= 0)
    order = rows[np.argsort(c.unit_day[rows] * (int(chain.max(initial=-1)) + 2) + chain[rows], kind="stable")]
    if not len(order):
        empty = np.zeros(0, np.int64)
        return Runs(empty, empty, empty, empty, empty)
    group = c.unit_day[order] * (int(chain.max()) + 1) + chain[order]
    head = grouped.runs(group)
    size = np.diff(np.append(head, len(order)))
    number = np.repeat(np.arange(len(head)), size)
    # Running latest end inside a group: offset the groups so that one pass of maximum.accumulate serves all.
    latest = np.maximum.accumulate(c.end[order] + number * (1 << 14)) - number * (1 << 14)
    new = np.zeros(len(order), bool)
    new[head] = True
    new[1:] |= c.start[order][1:] - latest[:-1] > pause
    begin = np.flatnonzero(new)
    finish = np.maximum.reduceat(c.end[order], begin)
    runs = Runs(
        c.unit_day[order][begin],
        chain[order][begin],
        c.start[order][begin],
        finish,
        np.diff(np.append(begin, len(order))),
    )
    by_time = np.lexsort((runs.end, runs.start, runs.unit_day))
    return Runs(
        runs.unit_day[by_time], runs.chain[by_time], runs.start[by_time], runs.end[by_time], runs.links[by_time]
    )


def shared_minutes(c: Columns, r: Runs) -> NDArray[np.float64]:
    """Minutes each sorted row shares with any run of its unit and day; a moment inside a run counts half a minute."""
    if not len(r.start):
        return np.zeros(len(c.start))
    step = r.unit_day << 14
    reach = np.maximum.accumulate(r.end + step)
    new = np.ones(len(step), bool)
    new[1:] = r.start[1:] + step[1:] > reach[:-1]
    begin = np.flatnonzero(new)
    low = (r.start + step)[begin]
    high = np.maximum.reduceat(r.end + step, begin)
    before = np.concatenate(([0], np.cumsum(high - low)))

    def covered(x: Index) -> Index:
        """Covered minutes up to x on one long axis of all unit-days."""
        k = np.searchsorted(low, x, side="right") - 1
        inside = np.minimum(x, high[np.maximum(k, 0)]) - low[np.maximum(k, 0)]
        return np.where(k >= 0, before[np.maximum(k, 0)] + inside, 0)

    axis = c.unit_day << 14
    shared = (covered(axis + c.end) - covered(axis + c.start)).astype(np.float64)
    momentary = c.start == c.end
    k = np.searchsorted(low, axis + c.start, side="right") - 1
    at = momentary & (k >= 0) & (axis + c.start < high[np.maximum(k, 0)])
    return np.where(momentary, np.where(at, 0.5, 0.0), shared)


def chain_met(c: Columns, r: Runs, shared: NDArray[np.float64]) -> Index:
    """The chain whose run a row coincides with (the last to begin before the row ends); -1 where it shares nothing."""
    met = np.full(len(c.start), -1, np.int64)
    rows = np.flatnonzero(shared > 0)
    if len(rows):
        last = np.maximum(c.end[rows] - 1, c.start[rows])
        k = np.searchsorted((r.unit_day << 14) + r.start, (c.unit_day[rows] << 14) + last, side="right") - 1
        met[rows] = r.chain[np.maximum(k, 0)]
    return met
