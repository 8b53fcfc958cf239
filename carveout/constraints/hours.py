"""When and how long people work: hours and days by law, breaks, a day off, and what a person wants."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from carveout.constraints.holding import held
from carveout.constraints.offer import Offer
from carveout.constraints.policy import WIDER, Policy
from carveout.constraints.wording import both_days, both_named, number
from carveout.language import Text
from carveout.model import Channel, ConstraintCheck, Weekday
from carveout.words import clock

Stretch = tuple[int, int]
_NOTHING = Text("", "")


@dataclass(frozen=True, slots=True)
class Shift:
    """One coming to work: stretches with breaks between them that are shorter than the gap between two shifts."""

    weekday: Weekday
    stretches: tuple[Stretch, ...]

    @property
    def hours(self) -> float:
        """Hours worked, breaks left out."""
        return sum(end - start for start, end in self.stretches) / 60


def shifts(offer: Offer, gap_hours: float) -> tuple[Shift, ...]:
    """The shifts of a week: stretches of a day belong together where less than `gap_hours` lies between them."""
    found: list[Shift] = []
    for day, stretches in offer.worked.items():
        together: list[Stretch] = []
        for stretch in stretches:
            if together and stretch[0] - together[-1][1] >= gap_hours * 60:
                found.append(Shift(day, tuple(together)))
                together = []
            together.append(stretch)
        found.append(Shift(day, tuple(together)))
    return tuple(found)


def basis_of(offer: Offer, policy: Policy) -> str:
    """On which ground of the Act the hours stand: `short`, `designated` or `light`."""
    if not policy.binds("days_per_month_max") or offer.days_per_month <= policy.number("days_per_month_max"):
        return "short"
    return "designated" if _weekly_limit(offer, policy) == "weekly_hours_designated" else "light"


def by_law(offer: Offer, policy: Policy) -> Iterator[ConstraintCheck]:
    """Hours a week or days a month, hours a day, breaks, a day off."""
    yield from _act(offer, policy)
    if offer.employed:
        yield from _day_hours(offer, policy)
    if offer.channel != Channel.INFORMATION:
        yield from _breaks(offer, policy)
    if offer.employed and policy.binds("days_per_week_law"):
        yield held(policy, "weekly-rest", "days_per_week_law", offer.days_per_person)


def by_scheme(offer: Offer, policy: Policy) -> Iterator[ConstraintCheck]:
    """Days a week of each, and how many share them."""
    yield held(policy, "days-per-week", "days_per_week_max", offer.days_per_person)
    yield held(policy, "people", "people_max", float(offer.people))


def by_person(offer: Offer, policy: Policy) -> Iterator[ConstraintCheck]:
    """How long a shift, how long a day, how early and how late."""
    if not offer.worked:
        return
    every = shifts(offer, policy.number("split_gap_hours_min"))
    for rule, name, shift in (
        ("shift-shortest", "shift_hours_min", min(every, key=lambda shift: shift.hours)),
        ("shift-longest", "shift_hours_max", max(every, key=lambda shift: shift.hours)),
    ):
        same = both_days({one.weekday for one in every if math.isclose(one.hours, shift.hours)})
        yield held(policy, rule, name, shift.hours, fields={"days": same})
    spans = {day: (stretches[-1][1] - stretches[0][0]) / 60 for day, stretches in offer.worked.items()}
    longest = max(spans.values())
    widest = both_days(day for day, hours in spans.items() if hours == longest)
    yield held(policy, "day-span", "day_span_hours_max", longest, fields={"days": widest})
    yield from _gap(offer, policy)
    yield from _time_of_day(offer, policy)


def _weekly_limit(offer: Offer, policy: Policy) -> str:
    return policy.weekly_limit(offer.channel, offer.kind, {task.traits.nature for task in offer.tasks})


def _act(offer: Offer, policy: Policy) -> Iterator[ConstraintCheck]:
    """Lawful if either the hours a week or the days a month keep to their limit; broken only if neither does."""
    if not policy.binds("weekly_hours"):
        return
    fields = {"more": _undesignated(offer, policy)}
    hours = held(policy, "weekly-hours", _weekly_limit(offer, policy), offer.hours_per_person, fields=fields)
    days = held(policy, "days-per-month", "days_per_month_max", offer.days_per_month)
    if hours.ok or not days.ok:
        yield hours
    if not hours.ok:
        yield days


def _undesignated(offer: Offer, policy: Policy) -> Text:
    """Why the wider limit does not hold although the area has a designation for such sites."""
    found = policy.designations(offer.kind)
    wide = _weekly_limit(offer, policy) == "weekly_hours_designated"
    if wide or not found or offer.channel not in WIDER or policy.designated is not None:
        return _NOTHING
    covered = {nature for one in found for nature in one.natures}
    outside = both_named([task for task in offer.tasks if task.traits.nature not in covered])
    area, occupations = policy.area_label, found[0].occupations
    return Text(
        f"{area.ja}では{occupations.ja}に限り週40時間まで認められますが、{outside.ja}が含まれるかどうか確かめられていません。",
        f" In {area.en} up to 40 hours are allowed for {occupations.en}; "
        f"whether that includes {outside.en} is not known.",
    )


def _day_hours(offer: Offer, policy: Policy) -> Iterator[ConstraintCheck]:
    if not policy.binds("day_hours_max"):
        return
    hours = {day: _minutes(stretches) / 60 for day, stretches in offer.worked.items()}
    longest = max(hours.values(), default=0.0)
    days = both_days(day for day, worked in hours.items() if worked == longest)
    yield held(policy, "day-hours", "day_hours_max", longest, fields={"days": days})


def _breaks(offer: Offer, policy: Policy) -> Iterator[ConstraintCheck]:
    """The day whose break falls shortest; where nobody is employed the same figures are guidance."""
    if not policy.binds("break_minutes_over_6h"):
        return
    needed = [one for one in (_needed_break(day, s) for day, s in offer.worked.items()) if one is not None]
    if not needed:
        name = "break_minutes_over_6h"
        yield held(policy, "break", name, 0.0, limit=0.0, hard=offer.employed, words="no-break-needed")
        return
    name, _, taken, worked = min(needed, key=lambda one: one[2] - policy.number(one[0]))
    days = both_days(day for found, day, *rest in needed if (found, rest) == (name, [taken, worked]))
    fields = {"days": days, "hours": Text(number(worked), number(worked))}
    yield held(policy, "break", name, float(taken), hard=offer.employed, fields=fields)


def _needed_break(day: Weekday, stretches: tuple[Stretch, ...]) -> tuple[str, Weekday, int, float] | None:
    """Which break a day needs, how long the breaks are and how long the work; None for a day without need."""
    worked = _minutes(stretches)
    taken = stretches[-1][1] - stretches[0][0] - worked
    if worked > 8 * 60:
        return "break_minutes_over_8h", day, taken, worked / 60
    return ("break_minutes_over_6h", day, taken, worked / 60) if worked > 6 * 60 else None


def _gap(offer: Offer, policy: Policy) -> Iterator[ConstraintCheck]:
    """The shortest gap of a day; a day so long that it needs a break may have a shorter one."""
    gaps = {
        day: min((start - end) / 60 for (_, end), (start, _) in pairwise(stretches))
        for day, stretches in offer.worked.items()
        if len(stretches) > 1 and _needed_break(day, stretches) is None
    }
    if gaps:
        shortest = min(gaps.values())
        days = both_days(day for day, gap in gaps.items() if gap == shortest)
        yield held(policy, "split-gap", "split_gap_hours_min", shortest, hard=False, fields={"days": days})


def _time_of_day(offer: Offer, policy: Policy) -> Iterator[ConstraintCheck]:
    starts = {day: stretches[0][0] / 60 for day, stretches in offer.worked.items()}
    ends = {day: stretches[-1][1] / 60 for day, stretches in offer.worked.items()}
    for rule, name, times, worst in (
        ("earliest", "earliest_hour", starts, min(starts.values())),
        ("latest", "latest_hour", ends, max(ends.values())),
    ):
        days = both_days(day for day, hour in times.items() if hour == worst)
        yield held(policy, rule, name, worst, shown=_clock, fields={"days": days})


def _clock(hour: float) -> str:
    return clock(round(hour * 60))


def _minutes(stretches: tuple[Stretch, ...]) -> int:
    return sum(end - start for start, end in stretches)
