"""What a job changes: staff load against staff on duty with and without it, minutes relieved, flows left whole.

`effects` looks at one job of one site and promises no more than was observed: curves are means over the observed days
of each weekday, one never observed has none, and relief is the observed work that the job covers times a measured,
adjustable ratio, with a range from none to all of it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from carveout.constraints import Policy
from carveout.effects.at_hand import UnitDays, unit_days
from carveout.effects.covered import Covered, counted, covered, seen
from carveout.effects.flows import flows
from carveout.effects.ratio import NO_RELIEF, ratio_of, relief_of
from carveout.effects.results import QUARTER, DayEffect, Effects, Quarter, Record, Stretch
from carveout.effects.telling import told
from carveout.language import Text
from carveout.model import WEEKDAYS, Job, SiteResult, Slot, Weekday

__all__ = ["QUARTER", "DayEffect", "Effects", "Quarter", "Record", "Stretch", "effects", "unit_days"]

_HOUR = 60 // QUARTER


def effects(result: SiteResult, job: Job, policy: Policy | None = None) -> Effects:
    """What a job would change at a site.

    policy: whose relief ratios count instead of those the job was reckoned with; a job without a stated relief takes
    the usual ones. Of the minutes a job says it covers only what the observed days hold counts.
    """
    stated = math.fsum(counted(task) for slot in job.slots for task in slot.tasks)
    claimed = stated if job.relief == NO_RELIEF else job.relief.covered
    share = min(claimed / stated, 1.0) if stated > 0 else 0.0
    ratio = ratio_of(job.relief, policy)
    days: list[DayEffect] = []
    held = beside = 0.0
    for unit, week in _by_unit(job).items():
        observed = unit_days(result, unit, max(slot.end for own in week.values() for slot in own))
        work = seen(result, observed)
        for weekday, slots in week.items():
            part = covered(observed, work, slots, share)
            held, beside = held + part.total, beside + part.beside
            thin = _thin(result, unit, weekday, observed.demand.shape[1])
            days.append(_day(observed, weekday, slots, part, ratio.likely, thin))
    order = {unit: at for at, unit in enumerate(result.units)}
    days.sort(key=lambda day: (WEEKDAYS.index(day.weekday), order.get(day.unit, len(order)), day.unit))
    relief = relief_of(job, ratio, claimed, held)
    around = flows(result, job)
    found = Effects(
        job=job.id,
        days=tuple(days),
        relief=relief,
        untimed=beside * ratio.likely,
        missing=max(claimed - relief.covered, 0.0),
        untouched=around.untouched,
        assisted=around.assisted,
        cut=around.cut,
        worst=_most_relieved(days),
        text=Text("", ""),
    )
    return replace(found, text=told(found, job, dict(result.task_labels)))


def _by_unit(job: Job) -> dict[str, dict[Weekday, list[Slot]]]:
    found: dict[str, dict[Weekday, list[Slot]]] = defaultdict(lambda: defaultdict(list))
    for slot in sorted(job.slots, key=lambda s: (s.unit, WEEKDAYS.index(s.weekday), s.start, s.end)):
        found[slot.unit][slot.weekday].append(slot)
    return found


def _thin(result: SiteResult, unit: str, weekday: Weekday, quarters: int) -> NDArray[np.bool_]:
    """Which quarter hours lie in a thin window of every day or of the weekday."""
    thin = np.zeros(quarters, bool)
    for window in result.windows:
        if window.thin and window.unit == unit and window.weekday in (None, weekday):
            thin[window.start // QUARTER : -(-window.end // QUARTER)] = True
    return thin


def _day(
    observed: UnitDays,
    weekday: Weekday,
    slots: Sequence[Slot],
    part: Covered,
    ratio: float,
    thin: NDArray[np.bool_],
) -> DayEffect:
    """The curves of one weekday, from the first to the last quarter hour that holds anything."""
    hours = tuple(sorted((slot.start, slot.end) for slot in slots))
    positions = observed.on(weekday)
    if not positions:
        return DayEffect(observed.unit, weekday, 0, hours, ())
    demand, staff = observed.demand[positions].mean(axis=0), observed.staff[positions].mean(axis=0)
    relieved = np.minimum(part.minutes * (ratio / QUARTER), demand)
    held = np.flatnonzero((demand > 0) | (staff > 0)).tolist()
    first = min([*held, hours[0][0] // QUARTER])
    last = max([*held, *((end - 1) // QUARTER for _, end in hours)])
    quarters = tuple(
        Quarter(q * QUARTER, float(demand[q]), float(staff[q]), float(relieved[q]), bool(thin[q]))
        for q in range(first, last + 1)
    )
    return DayEffect(observed.unit, weekday, len(positions), hours, quarters)


def _most_relieved(days: Iterable[DayEffect]) -> Stretch | None:
    """The hour in which the job relieves most; of equals one where staff are few, then the earliest of the week."""
    best: tuple[tuple[float, bool], Stretch] | None = None
    for day in days:
        for at in range(max(len(day.quarters) - _HOUR + 1, 1) if day.quarters else 0):
            own = day.quarters[at : at + _HOUR]
            minutes = sum(q.relieved for q in own) * QUARTER
            if minutes <= 0:
                continue
            rank = (round(minutes, 6), any(q.thin for q in own))
            if best is None or rank > best[0]:
                best = rank, _stretch(day, own, minutes)
    return best[1] if best else None


def _stretch(day: DayEffect, own: Sequence[Quarter], minutes: float) -> Stretch:
    def mean(values: Iterable[float]) -> float:
        return sum(values) / len(own)

    return Stretch(
        day.unit,
        day.weekday,
        own[0].start,
        own[-1].end,
        mean(q.demand for q in own),
        mean(q.demand_after for q in own),
        mean(q.staff for q in own),
        minutes,
        any(q.thin for q in own),
    )
