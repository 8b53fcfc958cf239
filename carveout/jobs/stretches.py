"""Every stretch of a week that somebody could work in a unit, as columns: when, what fills it, what it is worth.

A stretch is one visit without a break: whole half hours, long enough to come for, full enough not to wait for
instructions. `week` chooses among them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from carveout.constraints import Policy
from carveout.jobs.aims import Goal, Stage
from carveout.jobs.filling import Filling, fill
from carveout.jobs.work import Fragment, UnitWork
from carveout.model import Mode

GRID = 30

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Stretches:
    """Candidates as columns of equal length.

    unit: index into the works they were made from; weekday 0..6; start, end: minutes. worth: what its work counts for
    less what its minutes cost; thin: minutes of support where staff are few; own: holds work taken over; prepares:
    holds work that has no time of its own. holds: which fragments (numbered through all works) are promised in it.
    """

    unit: Ints
    weekday: Ints
    start: Ints
    end: Ints
    worth: Floats
    thin: Floats
    own: Bools
    prepares: Bools
    holds: Bools

    def __len__(self) -> int:
        return len(self.start)

    def take(self, index: Ints | Bools) -> Stretches:
        """Some of them, in the order of the index."""
        return Stretches(*(getattr(self, name)[index] for name in self.__slots__))


class Layout:
    """Units laid out for choosing: what fills every window of every weekday, worked out once for each choice of forms.

    shortest: hours a stretch must have at least; it has at most what the policy's longest shift allows.
    """

    def __init__(self, works: Sequence[UnitWork], policy: Policy, shortest: float):
        self.works, self.policy, self.shortest = tuple(works), policy, shortest
        self.start, self.end = _windows(policy, policy.number("shift_hours_max"), shortest)
        self._known: dict[tuple[int, int, tuple[int, ...]], Filling] = {}

    def filling(self, unit: int, weekday: int, which: Ints) -> Filling:
        """Every window of a weekday filled with some of a unit's fragments."""
        key = (unit, weekday, tuple(which.tolist()))
        if key not in self._known:
            work = self.works[unit]
            fragments = [work.fragments[k] for k in which.tolist()]
            self._known[key] = fill(work, weekday, fragments, self.start, self.end, self.policy)
        return self._known[key]


def stretches(layout: Layout, goal: Goal, stage: Stage) -> Stretches:
    """All candidates of some units for one goal and stage."""
    sizes = [len(work.fragments) for work in layout.works]
    parts = []
    for number, work in enumerate(layout.works):
        at = sum(sizes[:number])
        for weekday in work.weekdays:
            for modes in _variants(work, stage.modes):
                part = _of_day(layout, number, weekday, modes, goal, stage)
                if part is not None:
                    columns, promised, which = part
                    holds = np.zeros((len(promised), sum(sizes)), bool)
                    holds[:, at + which] = promised
                    parts.append((np.full(len(promised), number), *columns, holds))
    if not parts:
        nothing = np.zeros(0)
        whole, flags = nothing.astype(np.int64), nothing.astype(bool)
        return Stretches(whole, whole, whole, whole, nothing, nothing, flags, flags, np.zeros((0, sum(sizes)), bool))
    return Stretches(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def _windows(policy: Policy, longest: float, shortest: float) -> tuple[Ints, Ints]:
    """Starts and ends of all windows of a day, by length and start."""
    first, last = int(policy.number("earliest_hour") * 60), int(policy.number("latest_hour") * 60)
    pairs = [
        (start, start + length)
        for length in range(int(shortest * 60), int(longest * 60) + 1, GRID)
        for start in range(first, last - length + 1, GRID)
    ]
    both = np.array(pairs, np.int64).reshape(-1, 2)
    return both[:, 0], both[:, 1]


def _variants(work: UnitWork, modes: Sequence[Mode]) -> list[tuple[Mode, ...]]:
    """The forms of work of a stretch, and fewer of them.

    Without what is taken over, which may crowd out support; and without what is prepared, which is done once a day.
    """
    every = tuple(modes)
    found = {fragment.mode for fragment in work.fragments} & set(every)
    if Mode.TAKE_OVER not in found or len(found) == 1:
        return [every]
    fewer = [left_out for left_out in (Mode.TAKE_OVER, Mode.PREPARE) if left_out in found]
    return [every, *(tuple(mode for mode in every if mode is not left_out) for left_out in fewer)]


def _of_day(
    layout: Layout, unit: int, weekday: int, modes: Sequence[Mode], goal: Goal, stage: Stage
) -> tuple[tuple[NDArray[Any], ...], Bools, Ints] | None:
    """The candidates of one weekday in one choice of forms, what each promises, and of which fragments."""
    work, policy = layout.works[unit], layout.policy
    which = np.array([k for k, f in enumerate(work.fragments) if f.mode in modes and goal.admits(f.task)], np.int64)
    if not len(which) or not len(layout.start):
        return None
    fragments: list[Fragment] = [work.fragments[k] for k in which.tolist()]
    filling = layout.filling(unit, weekday, which)
    length = layout.end - layout.start
    taken = np.array([f.mode is Mode.TAKE_OVER for f in fragments], bool)
    peak = taken & np.array([f.peak for f in fragments], bool)
    beside = np.array([f.mode is Mode.PREPARE for f in fragments], bool)
    certain = filling.minutes * filling.promised
    full = certain.sum(axis=1) >= policy.number("covered_share") * length - 1e-9
    full &= length <= stage.hours * 60
    if peak.any():  # a weekday's peak goes with other work, or not at all
        company = certain[:, ~peak].sum(axis=1) >= policy.number("company_minutes") - 1e-9
        full &= company | ~(certain[:, peak] > 0).any(axis=1)
    counted = filling.minutes if stage.rare else certain
    thin = (filling.thin * filling.promised)[:, ~beside]
    worth = counted.sum(axis=1) * goal.minute + thin.sum(axis=1) * goal.thin + certain[:, peak].sum(axis=1) * goal.peak
    worth = worth - stage.cost * length
    columns: Sequence[Any] = (
        np.full(len(length), weekday),
        layout.start,
        layout.end,
        np.round(worth, 1),
        np.round(thin.sum(axis=1), 1),
        (certain[:, taken] > 0).any(axis=1),
        (certain[:, beside] > 0).any(axis=1),
    )
    return tuple(column[full] for column in columns), filling.promised[full], which
