"""Work that concentrates on one weekday: an exact test and an effect size over observed days.

For every task of a unit (rows that are neither declared otherwise nor links) we compare the weekday with most minutes
per observed day with the other observed days. A day is *heavy* when it holds at least half the usual minutes of that
weekday. Heavy days on and off the weekday give Fisher's exact test, one-sided (hypergeometric tail), and the
difference of the two shares as effect. Days are the unit, not rows: many rows of one Monday are one piece of
evidence.

Limits. Two weeks give two Mondays: p can be no smaller than 1/45 then, so the effect must be nearly complete as well;
the best of five weekdays is chosen first, which the effect size and the demand for two days of that weekday have to
outweigh. A rare task seen on two days of ten falls on one weekday in one of nine cases by chance.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from carveout.detectors import grouped
from carveout.detectors.columns import Columns
from carveout.thresholds import Thresholds

Index = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Peaks:
    """Per unit-task: peak weekday or -1, its heavy and observed days, share, exact p; per row: in a peak."""

    weekday: Index
    heavy: Index
    observed: Index
    share: Floats
    p: Floats
    row: NDArray[np.bool_]


def fisher_tail(k: Index, of: Index, marked: Index, whole: Index) -> Floats:
    """P(X >= k) when `of` of `whole` days are drawn and `marked` of them are heavy (one-sided Fisher exact test).

    >>> fisher_tail(np.array([2]), np.array([2]), np.array([2]), np.array([10])).round(4).tolist()
    [0.0222]
    """
    largest = int(whole.max()) if len(whole) else 0
    log_factorial = np.concatenate(([0.0], np.cumsum(np.log(np.arange(1, largest + 1)))))

    def choose(n: Index, r: Index) -> Floats:
        fit = (r >= 0) & (r <= n)
        r = np.clip(r, 0, n)
        return np.where(fit, log_factorial[n] - log_factorial[r] - log_factorial[n - r], -np.inf)

    total = np.zeros(len(k))
    for extra in range(int(of.max()) + 1 if len(of) else 0):
        x = k + extra
        inside = x <= np.minimum(of, marked)
        if not inside.any():
            break
        # The chosen weekday's days hold x heavy ones, the other days the rest.
        rest = choose(np.maximum(whole - of, 0), marked - x)
        chance = np.exp(choose(of, x) + rest - choose(whole, marked))
        total += np.where(inside, chance, 0.0)
    return np.minimum(total, 1.0)


def find(c: Columns, free: NDArray[np.bool_], limits: Thresholds) -> Peaks:
    """Peaks among the rows marked `free` (sorted order)."""
    n = c.n_unit_tasks
    weekday_of_day = (c.unit_day_day + 3) % 7
    observed = np.bincount(c.unit_day_unit * 7 + weekday_of_day, minlength=c.n_units * 7).reshape(-1, 7)
    observed = observed[c.unit_task_unit]
    rows = np.flatnonzero(free)
    key = c.unit_task[rows] * c.max_days + c.day_number[rows]
    length = np.maximum(c.end[rows] - c.start[rows], 1)
    place, cell = grouped.dense(key)
    minutes = grouped.total(place, length, len(cell))
    task = cell // max(c.max_days, 1)
    weekday = np.zeros(len(cell), np.int64)
    weekday[place] = (c.day[rows] + 3) % 7
    per_weekday = grouped.total(task * 7 + weekday, minutes, n * 7).reshape(-1, 7)
    seen = np.bincount(task * 7 + weekday, minlength=n * 7).reshape(-1, 7)
    best = np.argmax(per_weekday / np.maximum(observed, 1), axis=1)
    every = np.arange(n)
    usual = per_weekday[every, best] / np.maximum(seen[every, best], 1)
    is_heavy = minutes >= 0.5 * usual[task]
    heavy = np.bincount(task[is_heavy], minlength=n)
    on_best = np.bincount(task[is_heavy & (weekday == best[task])], minlength=n)
    of, whole = observed[every, best], observed.sum(axis=1)
    share = on_best / np.maximum(of, 1)
    elsewhere = (heavy - on_best) / np.maximum(whole - of, 1)
    p = fisher_tail(on_best, of, heavy, whole)
    peak = (
        (on_best >= limits["peak_days"])
        & (p <= limits["peak_p"])
        & (share - elsewhere >= limits["peak_effect"])
        & ((observed > 0).sum(axis=1) >= limits["peak_weekdays"])
    )
    member = np.zeros(len(c.start), bool)
    member[rows] = peak[c.unit_task[rows]] & ((c.day[rows] + 3) % 7 == best[c.unit_task[rows]])
    return Peaks(np.where(peak, best, -1), on_best, of, on_best / np.maximum(heavy, 1), p, member)
