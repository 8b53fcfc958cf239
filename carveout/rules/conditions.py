"""What a rule may ask: facts by name, each with a value, a list of values, `{not: ...}` or `{min: ..., max: ...}`.

The names below are the whole language of `when:` in a rulebook. None of them is a task's code or label: a rule sees
what the timeline shows and what was declared, so renaming every task changes no verdict.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from carveout.language import Text
from carveout.model import WEEKDAYS, Kind, Level, Nature, Pattern, Supplier

ANY_WEEKDAY = "any"

# Facts with a closed list of values, in the order of their codes.
CHOICES: Mapping[str, tuple[str, ...]] = {
    "pattern": tuple(Pattern),
    "nature": tuple(Nature),
    "supplier": tuple(Supplier),
    "care_class": ("direct_care", "indirect_work", "break", "other"),
    "load": ("light", "moderate", "heavy", "very_heavy"),
    "contact": ("none", "residents", "children", "bodily_care"),
    "medical_act": ("no", "conditional", "yes"),
    "kind": tuple(Kind),
    "weekday": (*WEEKDAYS, ANY_WEEKDAY),
    "level": tuple(Level),
}
# Facts that are true or false. thin: the question is about the shared stretch of a thin window. linked: the task is a
# link of some chain of its unit, in this context or in another.
FLAGS = ("thin", "reported", "qualification", "known", "linked")
# Facts that are numbers. Minutes are per day seen; shares run from 0 to 1.
NUMBERS = (
    "days",
    "of_days",
    "unit_days",
    "share",
    "low",
    "occurrences",
    "minutes_per_day",
    "minutes_each",
    "overlap_share",
    "on_demand_share",
    "thin_minutes",
    "peak_share",
    "peak_p",
    "links",
)
FACT_NAMES: tuple[str, ...] = (*CHOICES, *FLAGS, *NUMBERS)


class ConditionError(ValueError):
    """A condition that cannot be read: cause and remedy for whoever wrote the rule."""

    def __init__(self, cause: Text, remedy: Text):
        super().__init__(cause.en)
        self.cause = cause
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Condition:
    """One fact held against what a rule asks for: `choices` for listed facts, `flag`, or a closed range of numbers."""

    fact: str
    choices: frozenset[str] = frozenset()
    flag: bool | None = None
    low: float | None = None
    high: float | None = None


def condition(fact: str, asked: object) -> Condition:
    """Read one entry of `when:`.

    Raises ConditionError on an unknown fact, an unknown value or a value of the wrong kind.

    >>> condition("links", {"min": 3}).low
    3.0
    >>> sorted(condition("supplier", {"not": "contracted"}).choices)
    ['in_house']
    """
    if fact in CHOICES:
        return Condition(fact, choices=_choices(fact, asked))
    if fact in FLAGS:
        if not isinstance(asked, bool):
            raise _wrong(fact, asked, "true / false")
        return Condition(fact, flag=asked)
    if fact in NUMBERS:
        low, high = _range(fact, asked)
        return Condition(fact, low=low, high=high)
    raise ConditionError(
        Text(f"「{fact}」という事実はありません", f"there is no fact named {fact!r}"),
        Text("使える名前: " + "、".join(FACT_NAMES), "use one of: " + ", ".join(FACT_NAMES)),
    )


def _choices(fact: str, asked: object) -> frozenset[str]:
    known = tuple(str(value) for value in CHOICES[fact])
    if isinstance(asked, dict):
        if set(asked) != {"not"}:
            raise _wrong(fact, asked, "{not: ...}")
        return frozenset(known) - _choices(fact, asked["not"])
    wanted = asked if isinstance(asked, list) else [asked]
    for value in wanted:
        if not isinstance(value, str) or value not in known:
            raise _wrong(fact, value, ", ".join(known))
    if not wanted:
        raise _wrong(fact, asked, ", ".join(known))
    return frozenset(wanted)


def _range(fact: str, asked: object) -> tuple[float | None, float | None]:
    given = asked if isinstance(asked, dict) else {"min": asked, "max": asked}
    if not given or not set(given) <= {"min", "max"}:
        raise _wrong(fact, asked, "{min: ..., max: ...}")
    bounds: dict[str, float] = {}
    for name, value in given.items():
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise _wrong(fact, value, "{min: ..., max: ...}")
        bounds[name] = float(value)
    return bounds.get("min"), bounds.get("max")


def _wrong(fact: str, asked: object, allowed: str) -> ConditionError:
    return ConditionError(
        Text(f"「{fact}」に使えない値です: {asked!r}", f"{fact} cannot be {asked!r}"),
        Text(f"使える値: {allowed}", f"allowed: {allowed}"),
    )
