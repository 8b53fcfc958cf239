"""Which of the observed work a job covers, quarter hour by quarter hour.

A task's rows are those behind the verdicts that offer it in the job's mode, inside the verdicts' windows. One helper
does one thing at a time: of rows side by side on a day, the time counts once, and of all tasks together no more than a
quarter hour lasts. A job states per task how many observed minutes it covers; they are placed where that task's work
was seen, in proportion to how much was seen there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from carveout.effects.at_hand import UnitDays
from carveout.effects.results import QUARTER
from carveout.model import Mode, SiteResult, Slot, SlotTask, Suitability

# Advice relieves nobody of work; what is prepared has no hour of its own.
ON_THE_FLOOR = (Mode.TAKE_OVER, Mode.ASSIST)
_OFFERED = (Suitability.SUITABLE, Suitability.CONDITIONAL)
_ROUNDS, _EXACT, _NOTHING = 400, 1e-7, 1e-12

Floats = NDArray[np.float64]
Rows = tuple[tuple[int, int, int], ...]  # number of the day, start, end


@dataclass(frozen=True, slots=True)
class Covered:
    """Mean minutes of observed work that a job covers on one weekday of one unit: per quarter hour, and beside."""

    minutes: Floats
    beside: float

    @property
    def total(self) -> float:
        """All of it."""
        return float(self.minutes.sum()) + self.beside


@dataclass(frozen=True, slots=True)
class Seen:
    """The rows of every task and mode that a unit's verdicts offer, cut to the verdicts' windows."""

    rows: dict[tuple[str, Mode], Rows]

    def per_minute(self, task: SlotTask, days: Sequence[int], start: int, end: int) -> Floats:
        """On which share of the days each minute of a stretch holds this work."""
        done = np.zeros((len(days), end - start), bool)
        place = {day: at for at, day in enumerate(days)}
        for day, first, last in self.rows.get((task.task, task.mode), ()):
            if day in place and first < end and start < last:
                done[place[day], max(first - start, 0) : last - start] = True
        share: Floats = done.mean(axis=0) if len(days) else np.zeros(end - start)
        return share


def seen(result: SiteResult, days: UnitDays) -> Seen:
    """What was seen of the work that may be offered in one unit."""
    number = {day: at for at, day in enumerate(days.dates)}
    rows = {o.index: o for o in days.rows}
    found: dict[tuple[str, Mode], set[tuple[int, int, int]]] = defaultdict(set)
    for verdict in result.verdicts:
        if verdict.unit not in (days.unit, "") or verdict.suitability not in _OFFERED:
            continue
        for index in verdict.rows:
            row = rows.get(index)
            if row is None:
                continue
            start, end = max(row.start, verdict.start), min(row.end, verdict.end)
            if start < end:
                found[verdict.task, verdict.mode].add((number[row.date], start, end))
    return Seen({key: tuple(sorted(own)) for key, own in found.items()})


def counted(task: SlotTask) -> float:
    """Observed minutes a job states for a task, 0 for what relieves nobody: advice and what is not promised."""
    counts = task.promised and task.mode is not Mode.ADVISE and task.observed > _EXACT
    return task.observed if counts else 0.0


def covered(days: UnitDays, work: Seen, slots: Iterable[Slot], share: float = 1.0) -> Covered:
    """What the slots of one weekday cover of the unit's observed work.

    share: how much of the minutes that the slots state counts.
    """
    slots = sorted(slots, key=lambda s: (s.start, s.end))
    positions = days.on(slots[0].weekday)
    quarters = days.demand.shape[1]
    placed, beside = np.zeros(quarters), 0.0
    if not positions:
        return Covered(placed, beside)
    at_hand = days.demand[positions].mean(axis=0) * QUARTER
    left: dict[str, float] = {}
    for slot in slots:
        floor = [task for task in slot.tasks if task.mode in ON_THE_FLOOR and counted(task) > 0]
        if floor:
            profile = np.array([_per_quarter(work, task, positions, slot, quarters) for task in floor])
            room = np.minimum(_lasts(slot, quarters), at_hand - placed)
            placed += spread(profile, np.array([counted(task) * share for task in floor]), room)
        for task in slot.tasks:
            if task.mode is Mode.PREPARE and counted(task) > 0:
                whole = float(work.per_minute(task, positions, 0, quarters * QUARTER).sum())
                minutes = min(counted(task) * share, left.setdefault(task.task, whole))
                left[task.task] -= minutes
                beside += minutes
    return Covered(placed, beside)


def _per_quarter(work: Seen, task: SlotTask, days: Sequence[int], slot: Slot, quarters: int) -> Floats:
    minutes = np.zeros(quarters * QUARTER)
    minutes[slot.start : slot.end] = work.per_minute(task, days, slot.start, slot.end)
    summed: Floats = minutes.reshape(quarters, QUARTER).sum(axis=1)
    return summed


def _lasts(slot: Slot, quarters: int) -> Floats:
    """Minutes of a slot in each quarter hour."""
    starts = np.arange(quarters) * QUARTER
    inside: Floats = np.clip(np.minimum(slot.end, starts + QUARTER) - np.maximum(slot.start, starts), 0, None) * 1.0
    return inside


def spread(profile: Floats, wanted: Floats, room: Floats) -> Floats:
    """Place each task's minutes on the quarter hours that hold its work; returns their sum per quarter hour.

    profile: tasks x quarters, the most that can be placed where. wanted: minutes of each task. room: the most of all
    tasks together per quarter. Method: proportional fitting (cyclic projections), which finds a placement of all that
    is wanted wherever there is one; whatever does not fit is left out.
    """
    room = np.maximum(room, 0.0)
    wanted = np.minimum(wanted, profile.sum(axis=1))
    placed = profile.copy()
    for _ in range(_ROUNDS):
        total = placed.sum(axis=1)
        placed = np.minimum(placed * _ratio(wanted, total)[:, None], profile)
        column = placed.sum(axis=0)
        if (column <= room + _EXACT).all() and (np.abs(placed.sum(axis=1) - wanted) <= _EXACT).all():
            break
        placed = placed * np.minimum(_ratio(room, column), 1.0)
    placed = placed * np.minimum(_ratio(room, placed.sum(axis=0)), 1.0)
    fitted: Floats = placed.sum(axis=0)
    return fitted


def _ratio(a: Floats, b: Floats) -> Floats:
    return np.divide(a, b, out=np.zeros_like(b), where=b > _NOTHING)
