"""Whose limits hold: the day, the area, what the coordinator knows better, and the figures chosen instead."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from carveout.constraints.data import Designation, Limit
from carveout.constraints.numbers import facts, numbers
from carveout.constraints.regions import areas, designations
from carveout.errors import InputError, Problem
from carveout.language import Text
from carveout.model import Channel, Kind, Layer, Nature

# Through these the wider weekly limit is open where designated; through the first two the member is employed.
WIDER = (Channel.DISPATCH, Channel.PLACEMENT)


class PolicyError(InputError, ValueError):
    """Figures that cannot be chosen: `problems` lists all of them, in both languages."""


@dataclass(frozen=True, slots=True)
class Policy:
    """Whose rules hold, and which figures are chosen instead of the usual ones.

    numbers: by id of the limit, or of a fact about the person. A law's figure may only be made stricter; raises
    PolicyError (a ValueError) otherwise, and for an unknown id or a figure out of range. area: id of a prefecture or
    municipality; one without entry has no known designation. designated: None as the area's data says; True or False
    where the coordinator knows better. on: the day whose law holds, None = the newest known. fee: the client can pay.

    >>> Policy({"shift_hours_max": 3}).number("shift_hours_max")
    3.0
    >>> Policy(area="saitama").weekly("dispatch", Kind.NURSERY), Policy(area="saitama").weekly("contract", Kind.NURSERY)
    (40.0, 20.0)
    """

    numbers: Mapping[str, float] = field(default_factory=dict)
    area: str = ""
    designated: bool | None = None
    on: date | None = None
    fee: bool = True

    def __post_init__(self) -> None:
        problems = [problem for name, value in self.numbers.items() for problem in _wrong(name, value, self)]
        problems += _out_of_order(self, problems)
        if problems:
            raise PolicyError(problems)

    def number(self, name: str) -> float:
        """The figure in force, or the one chosen; a law's figure before it held is one that binds nobody.

        Raises KeyError for an id that is neither a limit nor a stated fact.
        """
        if name in self.numbers:
            return float(self.numbers[name])
        if name in facts():
            raise KeyError(f"{name} has no usual value and none was stated")
        return self.usual(name)

    def usual(self, name: str) -> float:
        """The figure in force, whatever was chosen instead."""
        return _usual(name, self.on)

    def stated(self, name: str) -> float | None:
        """A fact about the person or site, None if nobody stated it."""
        value = self.numbers.get(name)
        return None if value is None else float(value)

    def limit(self, name: str) -> Limit:
        """The version in force: label, unit, source, layer, since. Before the first one held: the first.

        Its value is the published one; `number` gives the one that counts.
        """
        versions = numbers().versions[name]
        return next((limit for limit in reversed(versions) if limit.in_force(self.on)), versions[0])

    def binds(self, name: str) -> bool:
        """Whether a limit holds on the day: a law's from its first day, all others always."""
        limit = self.limit(name)
        return limit.layer is not Layer.LAW or limit.in_force(self.on)

    def weekly(self, channel: str, kind: Kind | None = None, natures: Collection[Nature] = ()) -> float:
        """Hours a week per person in a channel.

        kind: the kind of site; None: one that no designation is known to cover. natures: what the work is about; all
        of it must lie in designated occupations.
        """
        return self.number(self.weekly_limit(channel, kind, natures))

    def weekly_limit(self, channel: str, kind: Kind | None = None, natures: Collection[Nature] = ()) -> str:
        """Id of the weekly limit that holds: `weekly_hours` or `weekly_hours_designated`."""
        wide = channel in WIDER and self.binds("weekly_hours_designated") and self._is_designated(kind, natures)
        return "weekly_hours_designated" if wide else "weekly_hours"

    def designations(self, kind: Kind | None) -> tuple[Designation, ...]:
        """What the area's governor has designated for a kind of site, on the day."""
        return tuple(d for d in designations(self.area) if kind in d.kinds and d.in_force(self.on))

    def _is_designated(self, kind: Kind | None, natures: Collection[Nature]) -> bool:
        if self.designated is not None:
            return self.designated
        found = self.designations(kind)
        covered = {nature for designation in found for nature in designation.natures}
        return bool(found) and covered.issuperset(natures)

    def in_force(self, since: date, until: date | None) -> bool:
        """Whether something that holds from one day to another holds on this policy's day."""
        if self.on is None:
            return until is None
        return since <= self.on and (until is None or self.on <= until)

    @property
    def area_label(self) -> Text:
        """The area by name; its id where it has no entry."""
        entry = areas().get(self.area)
        return entry.label if entry else Text(self.area, self.area)


def _usual(name: str, on: date | None) -> float:
    versions = numbers().versions[name]
    for limit in reversed(versions):
        if limit.in_force(on):
            return limit.value
    first = versions[0]
    if first.layer is Layer.LAW:
        return math.inf if first.stricter == "lower" else 0.0
    return first.value


def _wrong(name: str, value: float, policy: Policy) -> list[Problem]:
    """Why a figure cannot be chosen."""
    known = (*numbers().versions, *facts())
    if name not in known:
        allowed = ", ".join(known)
        cause = Text(f"「{name}」という数値はありません", f"there is no number named {name!r}")
        return [_problem(name, cause, Text(f"使える名前: {allowed}", f"use one of: {allowed}"))]
    about = facts()[name] if name in facts() else policy.limit(name)
    ja, en = f"{about.least:g}〜{about.most:g}{about.unit.ja}", f"{about.least:g} to {about.most:g} {about.unit.en}"
    if isinstance(value, bool) or not isinstance(value, int | float) or not about.least <= value <= about.most:
        cause = Text(f"{about.label.ja}を{value!r}にはできません", f"{about.label.en} cannot be {value!r}")
        return [_problem(name, cause, Text(f"{ja}の数を選んでください", f"choose a number from {en}".rstrip()))]
    if isinstance(about, Limit) and about.layer is Layer.LAW and _laxer(about, value, policy):
        usual = _usual(name, policy.on)
        cause = Text(
            f"{about.label.ja}は法令・指針で{usual:g}{about.unit.ja}と決まっていて、{value:g}{about.unit.ja}には緩められません"
            f"（{about.source.ja}）",
            f"{about.label.en}: law or guideline says {usual:g} {about.unit.en}; {value:g} would be laxer "
            f"({about.source.en})",
        )
        remedy = Text("同じか、より厳しい数を選んでください", "choose the same or a stricter number")
        return [_problem(name, cause, remedy)]
    return []


def _laxer(limit: Limit, value: float, policy: Policy) -> bool:
    usual = _usual(limit.name, policy.on)
    return value > usual if limit.stricter == "lower" else value < usual


# Each pair: the first must not exceed the second.
_PAIRS = (
    ("shift_hours_min", "shift_hours_max"),
    ("relief_ratio_low", "relief_ratio"),
    ("relief_ratio", "relief_ratio_high"),
    ("occasional_share", "recurring_share"),
    ("earliest_hour", "latest_hour"),
)


def _out_of_order(policy: Policy, problems: list[Problem]) -> list[Problem]:
    """Pairs of figures of which the smaller was chosen above the larger."""
    if problems:
        return []
    found = []
    for low, high in _PAIRS:
        if {low, high} & set(policy.numbers) and policy.number(low) > policy.number(high):
            small, large = policy.limit(low).label, policy.limit(high).label
            cause = Text(f"{small.ja}が{large.ja}を上回っています", f"{small.en} is above {large.en}")
            found.append(_problem(low, cause, Text("どちらかを直してください", "change one of them")))
    return found


def _problem(name: str, cause: Text, remedy: Text) -> Problem:
    return Problem("error", "policy", "policy", None, "", name, cause, remedy)
