"""Rules as data: schemes, each from one source, each rule dated and cited, to be switched by a center.

A rule has a rank (smaller speaks first), a period, the modes it speaks on, what it asks of the facts, and what follows.
Its `effect` says how:

- `verdict` (default): it answers for its modes; the first that matches by rank decides.
- `limit`: it only ever makes an answer stricter, and only where some rule has answered.
- `note`: it decides nothing and stays beside the verdict, in its trace (a training, a check).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from carveout.language import Text
from carveout.model import Mode, Suitability
from carveout.rules.conditions import Condition

Layer = Literal["law", "scheme", "facility"]
Effect = Literal["verdict", "limit", "note"]
Certainty = Literal["stated", "hedged"]

LAYERS: tuple[Layer, ...] = ("law", "scheme", "facility")
EFFECTS: tuple[Effect, ...] = ("verdict", "limit", "note")
CERTAINTIES: tuple[Certainty, ...] = ("stated", "hedged")


@dataclass(frozen=True, slots=True)
class Scheme:
    """Where a set of rules comes from. `on`: switched on; `switchable`: whether a center may switch it."""

    id: str
    label: Text
    layer: Layer
    on: bool
    switchable: bool
    source: str


@dataclass(frozen=True, slots=True)
class Rule:
    """What follows from facts. In force from `since` to `until`, both included.

    verified: the wording was read at its source. certainty: `hedged` where the source speaks of a possibility.
    """

    id: str
    scheme: str
    rank: int
    since: date
    until: date | None
    verified: bool
    modes: tuple[Mode, ...]
    effect: Effect
    when: tuple[Condition, ...]
    suitability: Suitability
    certainty: Certainty
    reason: Text
    source: str

    def in_force(self, on: date) -> bool:
        """Whether the rule holds on a day."""
        return self.since <= on and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True)
class Rulebook:
    """All rules of all schemes by rank, switched on or not. Positions in `rules` are what verdict columns hold."""

    schemes: tuple[Scheme, ...]
    rules: tuple[Rule, ...]

    def rule(self, rule_id: str) -> Rule:
        """The rule of an id; KeyError if there is none."""
        for rule in self.rules:
            if rule.id == rule_id:
                return rule
        raise KeyError(rule_id)

    def scheme(self, scheme_id: str) -> Scheme:
        """The scheme of an id; KeyError if there is none."""
        for scheme in self.schemes:
            if scheme.id == scheme_id:
                return scheme
        raise KeyError(scheme_id)

    def active(self, on: date) -> tuple[int, ...]:
        """Positions, by rank, of the rules that hold on a day under the schemes switched on."""
        switched_on = {scheme.id for scheme in self.schemes if scheme.on}
        return tuple(at for at, rule in enumerate(self.rules) if rule.scheme in switched_on and rule.in_force(on))

    def switched(self, schemes: Mapping[str, bool]) -> Rulebook:
        """The same rules with some schemes switched on or off.

        Raises KeyError for an unknown scheme, ValueError for one that cannot be switched (law, definitions).
        """
        for scheme_id, on in schemes.items():
            scheme = self.scheme(scheme_id)
            if not scheme.switchable and on != scheme.on:
                raise ValueError(f"scheme {scheme_id} cannot be switched")
        return Rulebook(tuple(replace(s, on=schemes.get(s.id, s.on)) for s in self.schemes), self.rules)
