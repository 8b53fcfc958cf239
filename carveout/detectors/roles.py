"""Dedicated roles: a person who does one thing all day.

A person's day is a dedicated role when one task takes nearly all the minutes recorded for that person, over a stretch
that is a working day and not an episode, and fills most of that stretch. All rows of such a day belong to the role,
small favours included: the role is carved whole or not at all.

Limits. Judged per person and day, so a role shared by two people in turn is found on each day separately. Where only a
few rows of a person were written down, coverage is too small to say anything.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from carveout.detectors import grouped
from carveout.thresholds import Thresholds
from carveout.timeline import Timeline


def dedicated_rows(t: Timeline, at_work: NDArray[np.bool_], limits: Thresholds) -> NDArray[np.bool_]:
    """Mark the rows (timeline order) all of whose people are in a dedicated role that day; breaks are not `at_work`."""
    people = np.diff(t.staff_offsets)
    row = np.repeat(np.arange(t.n_rows), people)
    if not len(row):
        return np.zeros(t.n_rows, bool)
    low = int(t.day.min())
    person_day, keys = grouped.dense(
        t.staff_ids.astype(np.int64) * (int(t.day.max()) - low + 1) + (t.day[row].astype(np.int64) - low)
    )
    n = len(keys)
    minutes = np.where(at_work[row], t.end[row] - t.start[row], 0).astype(np.float64)
    tasks = len(t.tasks.code)
    pair, pair_key = grouped.dense(person_day * tasks + t.task[row])
    most = grouped.largest(pair_key // tasks, grouped.total(pair, minutes, len(pair_key)), n)
    total = grouped.total(person_day, minutes, n)
    first = grouped.smallest(person_day, t.start[row].astype(np.float64), n)
    last = grouped.largest(person_day, t.end[row].astype(np.float64), n)
    span = last - first
    role = (
        (most >= limits["role_share"] * total)
        & (span >= limits["role_span_min"])
        & (most >= limits["role_coverage"] * span)
    )
    in_role = grouped.total(row, role[person_day], t.n_rows)
    return np.asarray((people > 0) & (in_role == people))
