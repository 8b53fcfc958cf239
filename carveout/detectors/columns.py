"""The timeline sorted by unit, day and time, with what every detector needs next to each row.

Rows that cannot be links or load are still here; detectors mask them. Sorting depends on content alone, so that
shuffling the input changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from carveout.detectors import grouped
from carveout.timeline import Timeline

Index = NDArray[np.int64]

FEW_DAYS = 3  # up to here chance cannot be told from the record
SLOT_GAP = 45


@dataclass(frozen=True, slots=True)
class Columns:
    """Sorted rows. `source[k]` is the timeline position of sorted row k; every other row column is in sorted order.

    unit_day: dense number of (unit, day); day_number: 0, 1, ... among the unit's observed days; unit_task: dense
    number of (unit, task). next_same: sorted position of the next row of the same person that day, -1 if none;
    next_gap: minutes to it. item: dense number of (unit, task, slot of the day). staff_mask: one bit per staff member
    (numbers modulo 64). clock: step in minutes of each unit's clock (1, 5, 10 or 15).
    """

    source: Index
    unit: Index
    day: Index
    start: Index
    end: Index
    task: Index
    unit_day: Index
    day_number: Index
    unit_task: Index
    staff_mask: NDArray[np.uint64]
    next_same: Index
    next_gap: Index
    n_units: int
    unit_days: Index
    max_days: int
    unit_day_unit: Index
    unit_day_day: Index
    n_unit_tasks: int
    unit_task_unit: Index
    unit_task_task: Index
    item: Index
    n_items: int
    item_unit: Index
    clock: Index
    bins: int
    days_present: Index
    _count: Index
    _count_offset: Index

    def count_on(self, item: Index, day_number: Index) -> Index:
        """Occurrences of an item on the unit's n-th observed day."""
        return np.asarray(self._count[self._count_offset[item] + day_number])


def cut_slots(unit_task: Index, start: Index, rows: Index, gap: int) -> tuple[Index, Index]:
    """Cut the rows of each unit and task into slots of the day, wherever no start lies within `gap` minutes on any day.

    Returns the slot of every row (-1 for rows not asked for) and the unit-task of every slot.
    """
    order = rows[np.argsort((unit_task[rows] << 14) | start[rows], kind="stable")]
    task, begin = unit_task[order], start[order]
    new = np.ones(len(order), bool)
    new[1:] = (task[1:] != task[:-1]) | (begin[1:] - begin[:-1] > gap)
    of_row = np.full(len(start), -1, np.int64)
    of_row[order] = np.cumsum(new) - 1
    return of_row, task[new]


def clock_step(unit: Index, start: Index, end: Index, n_units: int) -> Index:
    """The coarsest of 15, 10, 5, 1 minutes that nearly all times of a unit are multiples of (19 in 20)."""
    step = np.ones(n_units, np.int64)
    rows = np.maximum(np.bincount(unit, minlength=n_units), 1)
    for minutes in (5, 10, 15):
        fits = np.bincount(unit[(start % minutes == 0) & (end % minutes == 0)], minlength=n_units)
        step = np.where(fits >= 0.95 * rows, minutes, step)
    return step


def _next_of_person(t: Timeline, unit_day: Index, rank: Index) -> tuple[Index, Index]:
    """Per timeline row: the next row (as sorted rank) of one of its people on that day, and the signed gap."""
    n = t.n_rows
    people = np.diff(t.staff_offsets)
    row = np.repeat(np.arange(n), people)
    order = np.argsort(t.staff_ids.astype(np.int64) * n + rank[row])  # rank orders by unit and day first
    row, who = row[order], t.staff_ids[order]
    follows = np.zeros(len(row), bool)
    follows[:-1] = (unit_day[row[1:]] == unit_day[row[:-1]]) & (who[1:] == who[:-1])
    at = np.flatnonzero(follows)
    first, second = row[at], row[at + 1]
    following, gap = np.full(n, -1, np.int64), np.zeros(n, np.int64)
    # Of several people in a row, the one whose next task comes soonest carries the flow on: write the farthest first.
    distance = np.abs(t.start[second] - t.end[first])
    far_first = np.argsort(-distance, kind="stable") if len(people) and people.max() > 1 else np.arange(len(first))
    following[first[far_first]] = rank[second[far_first]]
    gap[first[far_first]] = (t.start[second] - t.end[first])[far_first]
    return following, gap


def prepare(t: Timeline) -> Columns:
    """Sort the rows and number units, days and tasks."""
    n_units = len(t.units.name)
    span = int(t.day.max()) - int(t.day.min()) + 1 if t.n_rows else 1
    low = int(t.day.min()) if t.n_rows else 0
    day_key = t.unit.astype(np.int64) * span + (t.day - low)
    unit_day, ud_key = grouped.dense(day_key)
    ud_unit = ud_key // span
    unit_days = np.bincount(ud_unit, minlength=n_units)
    first_of_unit = np.cumsum(unit_days) - unit_days
    key = (unit_day << 26) | (t.start.astype(np.int64) << 13) | np.minimum(t.end, (1 << 13) - 1)
    source = np.argsort(key, kind="stable")
    rank = np.empty(t.n_rows, np.int64)
    rank[source] = np.arange(t.n_rows)
    following, gap = _next_of_person(t, unit_day, rank)
    mask = np.zeros(t.n_rows, np.uint64)
    bits = np.uint64(1) << (t.staff_ids.astype(np.uint64) & np.uint64(63))
    people = np.diff(t.staff_offsets)
    alone = np.flatnonzero(people == 1)
    mask[alone] = bits[t.staff_offsets[:-1][alone]]
    together = np.flatnonzero(people > 1)
    row, nth = grouped.expand(people[together])
    np.bitwise_or.at(mask, together[row], bits[t.staff_offsets[together[row]] + nth])
    unit_task, ut_key = grouped.dense(t.unit.astype(np.int64) * len(t.tasks.code) + t.task)
    unit_task = unit_task[source]
    number = (unit_day - first_of_unit[t.unit])[source]
    ut_unit = ut_key // max(len(t.tasks.code), 1)
    start, end, unit = (x[source].astype(np.int64) for x in (t.start, t.end, t.unit))
    item, item_task = cut_slots(unit_task, start, np.arange(t.n_rows), SLOT_GAP)
    span_of_item = unit_days[ut_unit[item_task]]
    offset = np.cumsum(span_of_item) - span_of_item
    count = np.bincount(offset[item] + number, minlength=int(span_of_item.sum()))
    present = grouped.total(np.repeat(np.arange(len(offset)), span_of_item), count > 0, len(offset))
    return Columns(
        source=source,
        unit=unit,
        day=t.day[source].astype(np.int64),
        start=start,
        end=end,
        task=t.task[source].astype(np.int64),
        unit_day=unit_day[source],
        day_number=number,
        unit_task=unit_task,
        staff_mask=mask[source],
        next_same=following[source],
        next_gap=gap[source],
        n_units=n_units,
        unit_days=unit_days,
        max_days=int(unit_days.max()) if n_units else 0,
        unit_day_unit=ud_unit,
        unit_day_day=ud_key % span + low,
        n_unit_tasks=len(ut_key),
        unit_task_unit=ut_unit,
        unit_task_task=ut_key % max(len(t.tasks.code), 1),
        item=item,
        n_items=len(item_task),
        item_unit=ut_unit[item_task],
        clock=clock_step(unit, start, end, n_units),
        bins=max(25, int(end.max()) // 60 + 1 if len(end) else 25),
        days_present=present.astype(np.int64),
        _count=count,
        _count_offset=offset,
    )
