"""Choosing a shift: the stretch of a weekday in which one more pair of hands has the most to do.

Of the work at hand in a quarter hour one person does at most fifteen minutes: taking over first, then what is
supported, then what is advised on. Preparing is not bound to the clock and fills what is left. Minutes in which staff
are few count one and a half times when choosing, and each minute of a shift costs a fixed part, so that a shift grows
only where there is enough to do. The search over half hours is exact for one weekday; `bundling` makes the week.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from carveout.jobs.limits import Policy
from carveout.jobs.work import BIN, MINUTES, Bounds, Fragment, UnitWork
from carveout.model import Mode

GRID = 30
DAY_START, DAY_END = 6 * 60, 22 * 60
# Conventions of the search, not of the job: what a minute of few staff counts for, and what a minute of a shift costs.
_NEEDY_WEIGHT, _MINUTE_COST = 1.5, 0.35
_EXACT = 1e-6
_PRIORITY = (Mode.TAKE_OVER, Mode.ASSIST, Mode.ADVISE, Mode.PREPARE)

Profile = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Piece:
    """Work inside a shift: expected minutes a person does of it on that weekday, and how much of that was observed."""

    fragment: Fragment
    minutes: float
    observed: float


@dataclass(frozen=True, slots=True)
class Shift:
    """One stretch of a weekday (0 = Monday) with the work that fills it."""

    weekday: int
    start: int
    end: int
    pieces: tuple[Piece, ...]
    score: float

    @property
    def hours(self) -> float:
        """Its length."""
        return (self.end - self.start) / 60

    @property
    def filled(self) -> float:
        """Expected minutes of work in it."""
        return sum(piece.minutes for piece in self.pieces)


def best_shift(
    work: UnitWork,
    weekday: int,
    modes: Iterable[Mode],
    longest: float,
    policy: Policy,
    around: Bounds | None = None,
) -> Shift | None:
    """The best shift of a weekday, or None if none is full enough.

    modes: which forms of work count. longest: hours. around: a stretch the shift must contain. A weekday's peak must
    lie in the shift together with other work, and may stretch it to half a day; without company it is left out.
    """
    # What does not recur on the weekday as a whole recurs in no part of it.
    usable = [f for f in work.fragments if f.mode in set(modes) and _promised(work, f, weekday, policy)]
    peaks = [f for f in usable if f.peak and f.mode is Mode.TAKE_OVER]
    for hours in (longest, policy.number("shift_hours_max")) if peaks else ():
        if found := _best(work, weekday, usable, peaks, hours, policy, around):
            return found
    return _best(work, weekday, [f for f in usable if f not in peaks], [], longest, policy, around)


def _best(
    work: UnitWork,
    weekday: int,
    fragments: list[Fragment],
    peaks: list[Fragment],
    longest: float,
    policy: Policy,
    around: Bounds | None,
) -> Shift | None:
    """Branch and bound over the candidates: the most promising first, until none left can be better."""
    bound = _bound(work, weekday, fragments)
    # What cannot hold the peaks, or cannot be full enough, need not be filled to be known as no candidate.
    hopeful = [
        b for b in _candidates(longest, policy, around) if all(_whole(work, p, weekday, b, policy) for p in peaks)
    ]
    rated = [(score, filled, bounds) for bounds in hopeful for score, filled in [bound(bounds)]]
    share = policy.number("covered_share")
    candidates = sorted(
        ((score, bounds) for score, filled, bounds in rated if filled >= share * (bounds[1] - bounds[0]) - _EXACT),
        reverse=True,
    )
    best: Shift | None = None
    for at_most, bounds in candidates:
        if best is not None and at_most < best.score - _EXACT:
            break
        shift = _fill(work, weekday, bounds, fragments, policy)
        if shift is not None and _has_company(shift, peaks, policy) and (best is None or _rank(shift) > _rank(best)):
            best = shift
    return best


def _rank(shift: Shift) -> tuple[float, ...]:
    """Better shifts rank higher; of equals the shorter, then the earlier."""
    return (round(shift.score, 6), -shift.hours, -shift.start)


def _bound(work: UnitWork, weekday: int, fragments: list[Fragment]) -> Callable[[Bounds], tuple[float, float]]:
    """Score and minutes that no filling of a stretch exceeds: all work at hand, fifteen minutes a quarter hour."""
    day, days = (0, MINUTES), work.days_on(weekday)
    bound_to_time = [f for f in fragments if f.mode is not Mode.PREPARE]
    at_hand: Profile = np.zeros(MINUTES // BIN)
    for f in bound_to_time:
        at_hand = at_hand + f.per_bin(days, day) + _told_profile(f, weekday, day)
    doable = np.minimum(at_hand, BIN)
    filled = np.concatenate([[0.0], np.cumsum(doable)])
    worth = np.concatenate([[0.0], np.cumsum(doable * _weight(work, weekday, day))])
    beside = sum(float(f.per_bin(days, day).sum()) for f in fragments if f.mode is Mode.PREPARE)

    def bound(bounds: Bounds) -> tuple[float, float]:
        first, last = bounds[0] // BIN, bounds[1] // BIN
        score = float(worth[last] - worth[first]) + beside - _MINUTE_COST * (bounds[1] - bounds[0])
        return score, float(filled[last] - filled[first]) + beside

    return bound


def _weight(work: UnitWork, weekday: int, bounds: Bounds) -> Profile:
    """What a minute counts for when choosing, per quarter hour: more while staff are few."""
    needy = work.needy[weekday][bounds[0] : bounds[1]].reshape(-1, BIN).mean(axis=1)
    weight: Profile = 1.0 + (_NEEDY_WEIGHT - 1.0) * needy
    return weight


def _has_company(shift: Shift, peaks: list[Fragment], policy: Policy) -> bool:
    """Every peak is inside, and enough else with it."""
    inside = [piece.fragment for piece in shift.pieces]
    beside = sum(piece.minutes for piece in shift.pieces if piece.fragment not in peaks)
    return not peaks or (all(p in inside for p in peaks) and beside >= policy.number("company_minutes"))


def _candidates(longest: float, policy: Policy, around: Bounds | None) -> Iterator[Bounds]:
    shortest = int(policy.number("shift_hours_min") * 60)
    for length in range(shortest, int(longest * 60) + 1, GRID):
        for start in range(DAY_START, DAY_END - length + 1, GRID):
            if around is None or (start <= around[0] and around[1] <= start + length):
                yield start, start + length


def _promised(work: UnitWork, fragment: Fragment, weekday: int, policy: Policy) -> bool:
    return weekday in fragment.told or _share(work, fragment, weekday, (0, MINUTES)) >= policy.number("recurring_share")


def _share(work: UnitWork, fragment: Fragment, weekday: int, bounds: Bounds) -> float:
    """On which share of days the work lay in a stretch: of that weekday if seen twice or a peak, else of all days."""
    of_weekday = work.days_on(weekday)
    if not len(of_weekday):
        return 0.0
    days = of_weekday if len(of_weekday) > 1 or fragment.peak else np.arange(work.observed)
    return float((fragment.minutes(days, bounds) > 0).mean())


def _whole(work: UnitWork, fragment: Fragment, weekday: int, bounds: Bounds, policy: Policy) -> bool:
    """Whether nearly all of the work of a weekday lies in a stretch: half of a task is not handed over."""
    days = work.days_on(weekday)
    if weekday in fragment.told and not (len(days) and fragment.minutes(days, (0, MINUTES)).any()):
        return bounds[0] <= fragment.told[weekday][0] and fragment.told[weekday][1] <= bounds[1]
    inside, day = fragment.minutes(days, bounds).sum(), fragment.minutes(days, (0, MINUTES)).sum()
    return bool(inside >= policy.number("whole_share") * day)


def _told_profile(fragment: Fragment, weekday: int, bounds: Bounds) -> Profile:
    minutes = np.zeros(bounds[1] - bounds[0])
    if weekday in fragment.told:
        first, last = fragment.told[weekday]
        minutes[max(first - bounds[0], 0) : max(last - bounds[0], 0)] = 1.0
    binned: Profile = minutes.reshape(-1, BIN).sum(axis=1)
    return binned


def _fill(work: UnitWork, weekday: int, bounds: Bounds, fragments: list[Fragment], policy: Policy) -> Shift | None:
    """A stretch filled with the work that recurs in it; None if it stays too empty."""
    room: Profile = np.full((bounds[1] - bounds[0]) // BIN, float(BIN))
    weight = _weight(work, weekday, bounds)
    pieces: list[Piece] = []
    score = -_MINUTE_COST * (bounds[1] - bounds[0])
    for mode in _PRIORITY:
        at_hand = [(f, *_recurring(work, f, weekday, bounds, policy)) for f in fragments if f.mode is mode]
        total: Profile = np.sum([seen + told for _, seen, told in at_hand], axis=0) if at_hand else np.zeros_like(room)
        if mode is Mode.PREPARE:
            total = np.zeros_like(room)
        part = np.divide(np.minimum(total, room), total, out=np.zeros_like(room), where=total > 0)
        for fragment, seen, told in at_hand:
            piece = (
                _beside(work, fragment, weekday, float(room.sum()), policy)
                if mode is Mode.PREPARE
                else Piece(fragment, float(((seen + told) * part).sum()), float((seen * part).sum()))
            )
            if piece.minutes >= policy.number("shortest_task"):
                pieces.append(piece)
                score += piece.minutes if mode is Mode.PREPARE else float(((seen + told) * part * weight).sum())
                room = room - (piece.minutes / len(room) if mode is Mode.PREPARE else (seen + told) * part)
    filled = sum(piece.minutes for piece in pieces)
    if not pieces or filled < policy.number("covered_share") * (bounds[1] - bounds[0]):
        return None
    return Shift(weekday, *bounds, tuple(pieces), score)


def _recurring(
    work: UnitWork, fragment: Fragment, weekday: int, bounds: Bounds, policy: Policy
) -> tuple[Profile, Profile]:
    """Minutes per quarter hour that recur there as observed, and as told."""
    nothing: Profile = np.zeros((bounds[1] - bounds[0]) // BIN)
    if fragment.mode is Mode.TAKE_OVER and not _whole(work, fragment, weekday, bounds, policy):
        return nothing, nothing
    if _share(work, fragment, weekday, bounds) >= policy.number("recurring_share"):
        return fragment.per_bin(work.days_on(weekday), bounds), nothing
    told = fragment.told.get(weekday)
    if told is not None and bounds[0] <= told[0] and told[1] <= bounds[1]:
        return nothing, _told_profile(fragment, weekday, bounds)
    return nothing, nothing


def _beside(work: UnitWork, fragment: Fragment, weekday: int, room: float, policy: Policy) -> Piece:
    """Preparing done in what is left of a shift: at most what was observed on that weekday, whenever it was."""
    if _share(work, fragment, weekday, (0, MINUTES)) < policy.number("recurring_share"):
        return Piece(fragment, 0.0, 0.0)
    at_hand = float(fragment.minutes(work.days_on(weekday), (0, MINUTES)).mean())
    return Piece(fragment, min(at_hand, room), min(at_hand, room))
