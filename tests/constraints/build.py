"""Offers written in few words: the facts of a case as YAML or keyword arguments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from carveout.constraints import Offer, OfferedTask
from carveout.model import Kind, Mode, Nature, Suitability, Supplier, TaskTraits, Weekday

CLEANING: Mapping[str, Any] = {
    "task": "cleaning",
    "mode": "take_over",
    "nature": "housekeeping",
    "care_class": "indirect_work",
    "contact": "none",
    "load": "light",
}
LISTENING: Mapping[str, Any] = {"task": "listening", "mode": "assist", "nature": "companionship", "load": "light"}


def task(**facts: Any) -> OfferedTask:
    """A task; what is not told is as in `TaskTraits`."""
    given = dict(facts)
    code, mode = str(given.pop("task")), Mode(given.pop("mode", "take_over"))
    suitability = Suitability(given.pop("suitability", "suitable"))
    if "nature" in given:
        given["nature"] = Nature(given["nature"])
    if "supplier" in given:
        given["supplier"] = Supplier(given["supplier"])
    return OfferedTask(code, mode, suitability, TaskTraits(**given))


def minutes(clock: str) -> int:
    """Minutes from midnight of "9:30"."""
    hours, rest = clock.split(":")
    return int(hours) * 60 + int(rest)


def stretches(said: str) -> tuple[tuple[int, int], ...]:
    """Stretches of a day written "7:30-9:30 16:00-18:00"."""
    pairs = [part.split("-") for part in said.split()]
    return tuple((minutes(start), minutes(end)) for start, end in pairs)


def offer(
    days: Mapping[str, str] | None = None,
    tasks: Sequence[Mapping[str, Any]] = (CLEANING,),
    *,
    kind: str = "care_home",
    channel: str = "contract",
    people: int = 1,
    observed_days: int = 10,
    covered_share: float = 0.8,
) -> Offer:
    """An offer; without days: two mornings of three hours."""
    days = {"mon": "9:00-12:00", "thu": "9:00-12:00"} if days is None else days
    return Offer(
        kind=Kind(kind),
        channel=channel,
        people=people,
        days={Weekday(day): stretches(said) for day, said in days.items()},
        tasks=tuple(task(**one) for one in tasks),
        observed_days=observed_days,
        covered_share=covered_share,
    )


def every(weekdays: str, said: str) -> dict[str, str]:
    """The same stretches on several weekdays: every("mon tue", "9:00-12:00")."""
    return dict.fromkeys(weekdays.split(), said)
