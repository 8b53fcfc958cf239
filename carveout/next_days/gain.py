"""Which further day would reduce uncertainty most, and by how much it is expected to.

Every context that a verdict rests on has been seen on k of n days. It is *unsettled* by how far the lower bound of that
share lies below the bound from which a verdict is established. One more day in its unit (for work of a weekday: on that
weekday) shows it with probability (k + 1) / (n + 2), Laplace's rule of succession; the expected fall of unsettledness,
weighted by the minutes a day it is about and by whether a job rests on it, is what that day is worth. A weekday never
seen in a unit may hide a peak: it is worth what such peaks were elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from carveout.detectors.bounds import lower_bound
from carveout.model import WEEKDAYS, Pattern, SiteResult, Verdict, Weekday
from carveout.thresholds import thresholds

_IN_A_JOB = 3.0  # a verdict that a job rests on counts as three that none does
_USUAL_MINUTES = 30.0  # of work that was only told of, or of a peak where none has been seen yet
_STRETCH = 240  # minutes one is there if not the whole day
_GRID = 30
_OFTEN = 0.5  # what surely comes on fewer days is settled: it comes now and then
_WORKDAYS = WEEKDAYS[:5]


@dataclass(frozen=True, slots=True)
class DayToObserve:
    """A further day in one unit, and what it is expected to settle.

    gain: share of all that is unsettled at the site (0 to 1). start, end: the four hours that hold most of it, with
    their share of the day's gain. tasks: what it is mostly about, the weightiest first; unseen: that weekday has never
    been observed in the unit.
    """

    unit: str
    weekday: Weekday
    gain: float
    start: int
    end: int
    share_of_stretch: float
    tasks: tuple[str, ...]
    unseen: bool


@dataclass(frozen=True, slots=True)
class _Claim:
    """A context seen on k of n days, with the weight of settling it. weekdays None: any day shows it."""

    unit: str
    task: str
    k: int
    n: int
    weekdays: tuple[Weekday, ...] | None
    start: int
    end: int
    weight: float


def days_worth_observing(result: SiteResult) -> tuple[DayToObserve, ...]:
    """Every unit and weekday that would settle something, the best first; empty where everything is settled."""
    return _ranked(result, _claims(result), _seen(result))


def best_days(result: SiteResult, days: int) -> tuple[DayToObserve, ...]:
    """So many days in the order in which to observe them, each chosen as if those before had shown what is likely."""
    claims, seen = _claims(result), _seen(result)
    chosen: list[DayToObserve] = []
    while len(chosen) < days and (ranked := _ranked(result, claims, seen)):
        best = ranked[0]
        chosen.append(best)
        claims = [_after(claim, best) for claim in claims]
        seen = seen | {(best.unit, best.weekday)}
    return tuple(chosen)


def _ranked(
    result: SiteResult, claims: Sequence[_Claim], seen: frozenset[tuple[str, Weekday]]
) -> tuple[DayToObserve, ...]:
    gains, total = _gains(claims), sum(_unsettled([(c.k, c.n) for c in claims]) * np.array([c.weight for c in claims]))
    hidden = _hidden(claims, seen)
    total = float(total) + sum(
        hidden.get(unit, 0.0) for unit in result.units for day in _WORKDAYS if (unit, day) not in seen
    )
    weekdays = [day for day in WEEKDAYS if day in _WORKDAYS or any(day is one for _, one in seen)]
    found = []
    for unit in result.units:
        for weekday in weekdays:
            own = [
                (claim, gain)
                for claim, gain in zip(claims, gains, strict=True)
                if claim.unit == unit and (claim.weekdays is None or weekday in claim.weekdays) and gain > 0
            ]
            unseen = weekday in _WORKDAYS and (unit, weekday) not in seen
            gain = sum(gain for _, gain in own) + (hidden.get(unit, 0.0) if unseen else 0.0)
            if gain > 1e-9 * total:
                found.append(_day(unit, weekday, gain / total, own, unseen))
    order = {unit: place for place, unit in enumerate(result.units)}
    return tuple(sorted(found, key=lambda d: (-round(d.gain, 9), order[d.unit], WEEKDAYS.index(d.weekday))))


def _day(unit: str, weekday: Weekday, gain: float, own: Sequence[tuple[_Claim, float]], unseen: bool) -> DayToObserve:
    start, end, share = _stretch(own)
    by_task: dict[str, float] = {}
    for claim, worth in own:
        by_task[claim.task] = by_task.get(claim.task, 0.0) + worth
    tasks = sorted(by_task, key=lambda task: (-by_task[task], task))
    return DayToObserve(unit, weekday, gain, start, end, share, tuple(tasks), unseen)


def _stretch(own: Sequence[tuple[_Claim, float]]) -> tuple[int, int, float]:
    """The four hours in which most of the gain lies; the whole day where nothing tells one hour from another."""
    if not own:
        return 0, 24 * 60, 1.0
    starts = np.array([claim.start for claim, _ in own])
    ends = np.array([max(claim.end, claim.start + 1) for claim, _ in own])
    worth = np.array([gain for _, gain in own])
    froms = np.arange(
        int(starts.min()) // _GRID * _GRID, max(int(ends.max()) - _STRETCH, int(starts.min())) + _GRID, _GRID
    )
    inside = np.minimum(ends, froms[:, None] + _STRETCH) - np.maximum(starts, froms[:, None])
    held = (np.clip(inside, 0, None) / (ends - starts) * worth).sum(axis=1)
    best = int(held.argmax())
    return int(froms[best]), int(froms[best]) + _STRETCH, float(held[best] / worth.sum())


def _claims(result: SiteResult) -> list[_Claim]:
    """One claim per context: its modes rest on the same days."""
    in_jobs = {(slot.unit, one.task) for job in result.jobs for slot in job.slots for one in slot.tasks}
    contexts: dict[int, Verdict] = {}
    for verdict in result.verdicts:
        contexts.setdefault(verdict.context, verdict)
    claims = []
    for v in contexts.values():
        minutes = v.evidence.get("minutes_per_day")
        weight = float(minutes) if isinstance(minutes, int | float) and minutes > 0 else _USUAL_MINUTES
        weekdays = v.weekdays if v.pattern is Pattern.WEEKDAY_PEAK or v.confidence.days == 0 else None
        claims.append(
            _Claim(
                v.unit, v.task, v.confidence.days, v.confidence.of_days, weekdays, v.start, v.end,
                weight * (_IN_A_JOB if (v.unit, v.task) in in_jobs else 1.0),
            )
        )  # fmt: skip
    return claims


def _seen(result: SiteResult) -> frozenset[tuple[str, Weekday]]:
    days = {(o.unit, o.date) for o in result.occurrences}
    return frozenset((unit, WEEKDAYS[date.fromisoformat(day).weekday()]) for unit, day in days)


def _unsettled(seen: Iterable[tuple[int, int]]) -> np.ndarray:
    """How far each is from established, 0 to 1; 0 as well for what surely comes on fewer days than not."""
    k, n = np.array(list(seen), dtype=np.int64).reshape(-1, 2).T
    wanted = thresholds()["established_low"]
    rare = lower_bound(n - k, n) > 1 - _OFTEN
    return np.where(rare, 0.0, np.clip(wanted - lower_bound(k, n), 0, None) / wanted)


def _gains(claims: Sequence[_Claim]) -> list[float]:
    now = _unsettled((c.k, c.n) for c in claims)
    shown = _unsettled((c.k + 1, c.n + 1) for c in claims)
    not_shown = _unsettled((c.k, c.n + 1) for c in claims)
    likely = np.array([(c.k + 1) / (c.n + 2) for c in claims])
    weight = np.array([c.weight for c in claims])
    # A day that goes against what was seen unsettles: that is no loss of knowledge, so it counts as nothing.
    settled = likely * np.clip(now - shown, 0, None) + (1 - likely) * np.clip(now - not_shown, 0, None)
    gains: list[float] = (weight * settled).tolist()
    return gains


def _hidden(claims: Sequence[_Claim], seen: frozenset[tuple[str, Weekday]]) -> dict[str, float]:
    """What a weekday never seen in a unit may hold: peaks per weekday seen anywhere, times what one weighs."""
    peaks = [claim for claim in claims if claim.weekdays is not None and claim.k > 0]
    rate = (len(peaks) + 1) / (len(seen) + 2)
    weight = float(np.mean([claim.weight for claim in peaks])) if peaks else _USUAL_MINUTES
    gain = float(_unsettled([(0, 0)])[0] - _unsettled([(1, 1)])[0])
    return dict.fromkeys({unit for unit, _ in seen}, rate * weight * gain)


def _after(claim: _Claim, day: DayToObserve) -> _Claim:
    if claim.unit != day.unit or (claim.weekdays is not None and day.weekday not in claim.weekdays):
        return claim
    shows = 2 * (claim.k + 1) >= claim.n + 2
    return replace(claim, k=claim.k + shows, n=claim.n + 1)
