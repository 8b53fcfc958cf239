"""What rules speak about: contexts as columns of facts, each fact under the name a rulebook uses.

A lane is the context as a whole, or the stretch of it that lies in a thin window; days, window and confidence differ
between the two, the rest is shared. Names (task, nature, ...) are read once per task, never per verdict.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from carveout.detectors.bounds import lower_bound
from carveout.detectors.facts import Facts
from carveout.model import Level
from carveout.rules.conditions import CHOICES, Condition
from carveout.thresholds import thresholds
from carveout.timeline import Ints, Timeline

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Codes = NDArray[np.int8]

_LEVELS = tuple(Level)
_PROVISIONAL = _LEVELS.index(Level.PROVISIONAL)
_SUPPORTED = _LEVELS.index(Level.SUPPORTED)
_ESTABLISHED = _LEVELS.index(Level.ESTABLISHED)


@lru_cache(maxsize=1)
def confidence_numbers() -> Mapping[str, float]:
    """The package's thresholds and the numbers of `confidence.yaml`, by name."""
    text = (Path(__file__).parent / "confidence.yaml").read_bytes()
    raw = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  # both are safe
    return {**thresholds(), **{name: float(entry["value"]) for name, entry in raw.items()}}


# Declared attributes of a task; a profile holds one value of each.
_ATTRIBUTES = ("nature", "supplier", "care_class", "load", "contact", "medical_act", "qualification")
Profile = tuple[str, ...]


class _Numbering(dict[Profile, int]):
    """Numbers profiles as they first come."""

    def __missing__(self, profile: Profile) -> int:
        self[profile] = number = len(self)
        return number


def _profiles(timeline: Timeline, facts: Facts, index: Ints) -> tuple[Ints, tuple[Profile, ...]]:
    """The profile of each context's task. A nation has thousands of task entries and a few dozen profiles."""
    used, inverse = np.unique(facts.contexts.task[index], return_inverse=True)
    at = used.tolist()
    columns = (map(getattr(timeline.tasks, name).__getitem__, at) for name in _ATTRIBUTES)
    numbering = _Numbering()
    of_task = np.fromiter(map(numbering.__getitem__, zip(*columns, strict=True)), np.int32, len(at))
    return of_task[inverse], tuple(numbering)


@dataclass(frozen=True, slots=True)
class Subjects:
    """Contexts of one lane as columns of equal length; `index` are their positions in the context table.

    start, end: minutes, -1 where nobody told. weekday: 0..6, -1 any. days, of_days, low, level: how much was observed.
    profile: which of the `profiles` (declared attributes, as they occur together) each context's task has.
    """

    timeline: Timeline
    facts: Facts
    index: Ints
    thin: bool
    start: Ints
    end: Ints
    weekday: Ints
    days: Ints
    of_days: Ints
    low: Floats
    level: Codes
    profile: Ints
    profiles: tuple[Profile, ...]
    _met: dict[Condition, Bools] = field(default_factory=dict, repr=False, compare=False)

    def matches(self, when: Iterable[Condition]) -> Bools:
        """Which contexts meet every condition."""
        mask = np.ones(len(self.index), bool)
        for condition in when:
            if condition not in self._met:  # rules share conditions
                self._met[condition] = self._meets(condition)
            mask &= self._met[condition]
        return mask

    def _meets(self, condition: Condition) -> Bools:
        if condition.flag is not None:
            holds = self.flag(condition.fact)
            return holds if condition.flag else ~holds
        if condition.choices:
            known = CHOICES[condition.fact]
            # One place more than there are values: code -1 (a value nobody knows) matches nothing.
            wanted = np.array([*(value in condition.choices for value in known), False])
            met: Bools = wanted[self.choice(condition.fact)]
            return met
        values = self.number(condition.fact)
        mask = np.ones(len(values), bool)
        if condition.low is not None:
            mask &= values >= condition.low
        if condition.high is not None:
            mask &= values <= condition.high
        return mask

    def choice(self, fact: str) -> Codes:
        """Codes of a fact with listed values, by their order in `CHOICES`; -1 where the value is not listed."""
        contexts = self.facts.contexts
        if fact == "pattern":
            return contexts.pattern[self.index].astype(np.int8)
        if fact == "level":
            return self.level
        if fact == "weekday":
            return np.where(self.weekday >= 0, self.weekday, len(CHOICES["weekday"]) - 1).astype(np.int8)
        return self._named(fact)

    def _named(self, fact: str) -> Codes:
        """Codes of an attribute of the task or its site, read once per profile or site and spread over the contexts."""
        code = {str(value): at for at, value in enumerate(CHOICES[fact])}
        if fact == "kind":
            values: Iterable[str] = self.timeline.sites.kind
            spread = self.timeline.tasks.site[self.facts.contexts.task[self.index]]
        else:
            values = (profile[_ATTRIBUTES.index(fact)] for profile in self.profiles)
            spread = self.profile
        coded: Codes = np.array([code.get(value, -1) for value in values], np.int8)[spread]
        return coded

    def flag(self, fact: str) -> Bools:
        """A fact that is true or false."""
        task = self.facts.contexts.task[self.index]
        if fact == "thin":
            return np.full(len(self.index), self.thin)
        if fact == "reported":
            return self.facts.contexts.reported[self.index] >= 0
        if fact == "known":
            return self.timeline.tasks.known[task]
        if fact == "linked":
            return self._linked(task)
        needed = np.array([profile[_ATTRIBUTES.index("qualification")] != "" for profile in self.profiles], bool)
        holds: Bools = needed[self.profile]
        return holds

    def _linked(self, task: Ints) -> Bools:
        """Which contexts are about a task that some chain of their unit holds."""
        chains, n = self.facts.chains, len(self.timeline.tasks.code)
        links = np.repeat(chains.unit, np.diff(chains.task_offsets)).astype(np.int64) * n + chains.task_ids
        return np.isin(self.facts.contexts.unit[self.index].astype(np.int64) * n + task, links)

    def number(self, fact: str) -> Floats:
        """A fact that is a number; shares and minutes are 0 where nothing was seen."""
        c, at = self.facts.contexts, self.index
        if fact == "days":
            return self.days.astype(np.float64)
        if fact == "of_days":
            return self.of_days.astype(np.float64)
        if fact == "low":
            return self.low
        if fact == "share":
            return _ratio(self.days, self.of_days)
        if fact == "minutes_per_day":
            return _ratio(c.minutes[at], c.days[at])
        if fact == "minutes_each":
            return _ratio(c.minutes[at], c.occurrences[at])
        if fact == "overlap_share":
            return _ratio(c.overlap_minutes[at], c.minutes[at])
        if fact == "on_demand_share":
            return _ratio(c.on_demand[at], c.occurrences[at])
        if fact == "thin_minutes":
            return _ratio(c.thin_minutes[at], c.thin_days[at])
        if fact == "links":
            sizes = np.append(np.diff(self.facts.chains.task_offsets), 0)  # chain -1: none
            return sizes[c.chain[at]].astype(np.float64)
        values: Floats = getattr(c, fact)[at].astype(np.float64)
        return values


def _ratio(part: NDArray[np.generic], whole: NDArray[np.generic]) -> Floats:
    top, bottom = part.astype(np.float64), whole.astype(np.float64)
    return np.divide(top, bottom, out=np.zeros_like(top), where=bottom > 0)


def whole(timeline: Timeline, facts: Facts, index: Ints, numbers: Mapping[str, float]) -> Subjects:
    """The contexts at `index` as a whole."""
    c = facts.contexts
    days, of_days, low = c.days[index], c.of_days[index], c.low[index]
    # Told, and no time with it.
    timeless = (c.reported[index] >= 0) & (c.end[index] <= c.start[index])
    profile, profiles = _profiles(timeline, facts, index)
    return Subjects(
        timeline=timeline,
        facts=facts,
        index=index,
        thin=False,
        start=np.where(timeless, -1, c.start[index]).astype(np.int32),
        end=np.where(timeless, -1, c.end[index]).astype(np.int32),
        weekday=c.weekday[index],
        days=days,
        of_days=of_days,
        low=low,
        level=_level(facts, index, days, low, numbers),
        profile=profile,
        profiles=profiles,
    )


def in_thin_windows(subjects: Subjects, numbers: Mapping[str, float]) -> Subjects:
    """Of some contexts those with enough minutes in a thin window, each as its stretch shared with it."""
    facts, index = subjects.facts, subjects.index
    c, w = facts.contexts, facts.windows
    per_day = _ratio(c.thin_minutes[index], c.thin_days[index])
    enough = (c.window[index] >= 0) & (per_day >= numbers["thin_minutes_per_day"])
    at = index[enough]
    window = c.window[at]
    # A task bound to a weekday stays bound to it inside a window that opens every day.
    weekday = np.where(w.weekday[window] >= 0, w.weekday[window], c.weekday[at])
    of_days = np.where(w.weekday[window] >= 0, w.of_days[window], c.of_days[at]).astype(np.int32)
    days = np.minimum(c.thin_days[at], of_days)
    low = lower_bound(days, of_days)
    return Subjects(
        timeline=subjects.timeline,
        facts=facts,
        index=at,
        thin=True,
        start=c.thin_start[at],
        end=c.thin_end[at],
        weekday=weekday,
        days=days,
        of_days=of_days,
        low=low,
        level=_level(facts, at, days, low, numbers),
        profile=subjects.profile[enough],
        profiles=subjects.profiles,
    )


def _level(facts: Facts, index: Ints, days: Ints, low: Floats, numbers: Mapping[str, float]) -> Codes:
    """Provisional what one day or only hearsay supports; one day shows continuity, never that something recurs."""
    c = facts.contexts
    level = np.where(low >= numbers["established_low"], _ESTABLISHED, _SUPPORTED)
    once = (c.unit_days[index] <= 1) | (days <= 1) | (c.reported[index] >= 0)
    return np.where(once, _PROVISIONAL, level).astype(np.int8)
