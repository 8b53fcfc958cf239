"""Work that concentrates on one weekday, or on two: an exact test over observed days.

For every task of a unit (rows that are neither declared otherwise nor links) we compare the weekday with most minutes
per observed day, or the two with most, with the other observed days. A day is *heavy* when it holds at least half the
usual minutes of those weekdays. Heavy days on and off them give Fisher's exact test, one-sided (hypergeometric tail),
and the difference of the two shares as effect. Days are the unit, not rows: many rows of one Monday are one piece of
evidence.

The weekdays are chosen after looking, and many tasks are looked at, so the probability is multiplied by the number of
choices and of tasks tried (Bonferroni). One exception keeps two weeks of observation useful: work of one weekday that
is all but absent on the others counts at the plain level. Two weekdays are believed only when the work is all but
absent elsewhere *and* the choice of the two is accounted for. What takes less than a quarter of an hour a day is a
call that happened to come twice, not work that could be handed over.

Limits. Two weeks give two Mondays: p can be no smaller than 1/45 then. A rare task seen on two days of ten falls on
one weekday in one of nine cases by chance. What comes on three weekdays or every second week is no peak.
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
    """Per unit-task and weekday (0 = Monday): in a peak, heavy and observed days, share of all heavy days.

    p: exact chance per unit-task, before the choice of weekdays is accounted for. weekday: per row that of the peak it
    belongs to, or -1.
    """

    peak: NDArray[np.bool_]
    heavy: Index
    observed: Index
    share: Floats
    p: Floats
    weekday: Index


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


@dataclass(frozen=True, slots=True)
class _Days:
    """Minutes of one task on one day, over all tasks and days; observed: days per task and weekday."""

    task: Index
    weekday: Index
    minutes: Floats
    observed: Index

    def by_weekday(self, weights: NDArray[np.generic] | None = None) -> Floats:
        """Days, or their weights, summed per task and weekday."""
        key = self.task * 7 + self.weekday
        found = np.bincount(key, weights=weights, minlength=7 * len(self.observed)).reshape(-1, 7)
        return np.asarray(found, np.float64)


@dataclass(frozen=True, slots=True)
class _Choice:
    """The weekdays chosen for each task, and how far their days stand out from the others."""

    chosen: NDArray[np.bool_]
    heavy: Index
    p: Floats
    clear: NDArray[np.bool_]
    apart: NDArray[np.bool_]  # all but absent on the other days


def find(c: Columns, free: NDArray[np.bool_], limits: Thresholds) -> Peaks:
    """Peaks among the rows marked `free` (sorted order)."""
    observed = np.bincount(c.unit_day_unit * 7 + (c.unit_day_day + 3) % 7, minlength=c.n_units * 7)
    observed = observed.reshape(-1, 7)[c.unit_task_unit]
    rows = np.flatnonzero(free)
    length = np.maximum(c.end[rows] - c.start[rows], 1)
    place, cell = grouped.dense(c.unit_task[rows] * c.max_days + c.day_number[rows])
    weekday = np.zeros(len(cell), np.int64)
    weekday[place] = (c.day[rows] + 3) % 7
    days = _Days(cell // max(c.max_days, 1), weekday, grouped.total(place, length, len(cell)), observed)
    watched = (observed > 0).sum(axis=1)
    one, two = _choose(days, 1, limits), _choose(days, 2, limits)
    tried = np.bincount(c.unit_task_unit[one.heavy.sum(axis=1) >= limits["peak_days"]], minlength=c.n_units)
    cautious = one.p * watched * tried[c.unit_task_unit] <= limits["peak_p"]
    single = one.clear & (watched >= limits["peak_weekdays"]) & (cautious | (one.apart & (one.p <= limits["peak_p"])))
    pairs = watched * (watched - 1) / 2
    double = two.clear & two.apart & (watched > 2 * 2) & (two.p * pairs <= limits["peak_p"])
    both, found = double[:, None], single | double
    heavy = np.where(both, two.heavy, one.heavy)
    peak = np.where(both, two.chosen, one.chosen) & found[:, None]
    of_row = np.full(len(c.start), -1, np.int64)
    on = (c.day[rows] + 3) % 7
    of_row[rows] = np.where(peak[c.unit_task[rows], on], on, -1)
    share = heavy / np.maximum(heavy.sum(axis=1, keepdims=True), 1)
    return Peaks(peak, heavy, observed, share, np.where(double, two.p, one.p), of_row)


def _choose(days: _Days, count: int, limits: Thresholds) -> _Choice:
    """Compare the `count` weekdays with most minutes per observed day with the other days."""
    total, seen = days.by_weekday(days.minutes), days.by_weekday()
    rank = np.argsort(np.argsort(-total / np.maximum(days.observed, 1), axis=1, kind="stable"), axis=1)
    chosen = rank < count
    inside = (total * chosen).sum(axis=1)
    usual = inside / np.maximum((seen * chosen).sum(axis=1), 1)
    heavy = days.by_weekday(days.minutes >= 0.5 * usual[days.task]).astype(np.int64)
    on, of = (heavy * chosen).sum(axis=1), (days.observed * chosen).sum(axis=1)
    rest, others = heavy.sum(axis=1) - on, days.observed.sum(axis=1) - of
    share = np.where(chosen, heavy / np.maximum(days.observed, 1), 1.0).min(axis=1)
    least = np.where(chosen, heavy, np.iinfo(np.int64).max).min(axis=1)
    effect = share - rest / np.maximum(others, 1)
    clear = (least >= limits["peak_days"]) & (effect >= limits["peak_effect"]) & (usual >= limits["peak_minutes"])
    elsewhere = (total.sum(axis=1) - inside) / np.maximum(others, 1)
    apart = elsewhere <= limits["peak_elsewhere"] * usual
    return _Choice(chosen, heavy, fisher_tail(on, of, on + rest, of + others), clear, apart)
