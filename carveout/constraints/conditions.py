"""What a limit may ask of an offer or of a task: `when:` in the YAML, a value, a list of values or `{not: ...}`.

None of the names is a task's code or label: a limit sees what was declared, whatever a task is called.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from carveout.constraints.offer import Offer, OfferedTask
from carveout.constraints.reading import LimitFile
from carveout.language import Text
from carveout.model import Channel, Mode
from carveout.rules.conditions import CHOICES

# On which ground of the Act the hours stand: about ten days a month, light work, or a governor's designation.
BASES = ("short", "light", "designated")
_OF_OFFER: Mapping[str, tuple[str, ...]] = {
    "kind": CHOICES["kind"],
    "channel": tuple(Channel),
    "basis": BASES,
    "people": ("one", "several"),
}
_OF_TASK: Mapping[str, tuple[str, ...]] = {
    "mode": tuple(Mode),
    **{name: CHOICES[name] for name in ("nature", "supplier", "care_class", "load", "contact", "medical_act")},
}
# Terms of the catalogue or a document's own; "" is none.
_OPEN = ("qualification", "training", "licence")
NAMES = (*_OF_OFFER, *_OF_TASK, *_OPEN)


@dataclass(frozen=True, slots=True)
class Asked:
    """One fact and the values that satisfy it (or, negated, that do not)."""

    fact: str
    values: frozenset[str]
    negated: bool

    def holds(self, value: str) -> bool:
        """Whether a value satisfies it."""
        return (value in self.values) is not self.negated


@dataclass(frozen=True, slots=True)
class When:
    """What must hold of the offer as a whole, and of a task in it (nothing: the limit is about the whole job)."""

    of_offer: tuple[Asked, ...]
    of_task: tuple[Asked, ...]

    def fits(self, offer: Offer, basis: str) -> bool:
        """Whether the offer as a whole is one it speaks of."""
        facts = {
            "kind": offer.kind.value,
            "channel": str(offer.channel),
            "basis": basis,
            "people": "one" if offer.people == 1 else "several",
        }
        return all(asked.holds(facts[asked.fact]) for asked in self.of_offer)

    def tasks(self, tasks: Collection[OfferedTask]) -> tuple[OfferedTask, ...]:
        """The tasks it speaks of; none if it is about the whole job."""
        return tuple(task for task in tasks if self.of_task and all(a.holds(_fact(task, a.fact)) for a in self.of_task))


def _fact(task: OfferedTask, fact: str) -> str:
    return str(task.mode if fact == "mode" else getattr(task.traits, fact))


def read_when(file: LimitFile, place: str, raw: object) -> When:
    """Read `when:`; mistakes are noted in the file."""
    if not isinstance(raw, dict):
        cause = Text("条件は「事実: 値」で書きます", "conditions are written fact: value")
        file.wrong(place, "when", cause, Text("使える事実: " + "、".join(NAMES), "use: " + ", ".join(NAMES)))
        return When((), ())
    asked = [_asked(file, f"{place}.when", str(fact), value) for fact, value in raw.items()]
    return When(
        tuple(one for one in asked if one.fact in _OF_OFFER), tuple(one for one in asked if one.fact not in _OF_OFFER)
    )


def _asked(file: LimitFile, place: str, fact: str, raw: Any) -> Asked:
    known = _OF_OFFER.get(fact) or _OF_TASK.get(fact)
    if known is None and fact not in _OPEN:
        cause = Text(f"「{fact}」という事実はありません", f"there is no fact named {fact!r}")
        file.wrong(place, fact, cause, Text("使える事実: " + "、".join(NAMES), "use: " + ", ".join(NAMES)))
    negated = isinstance(raw, dict) and set(raw) == {"not"}
    given = raw["not"] if negated else raw
    values = given if isinstance(given, list) else [given]
    for value in values:
        fits = isinstance(value, str) and (known is None or value in known)
        file.value(place, fact, value, (lambda _: True) if fits else (lambda _: False), ", ".join(known or ["text"]))
    return Asked(fact, frozenset(str(value) for value in values), negated)
