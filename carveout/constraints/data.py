"""The words of limits: dated versions of numbers, facts a person states, areas and what their governors designated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from carveout.language import Text
from carveout.model import Kind, Layer, Nature

# In which direction a number becomes stricter; "" where neither is (a ratio, an estimate).
Stricter = Literal["lower", "higher", ""]
STRICTER: tuple[Stricter, ...] = ("lower", "higher", "")


@dataclass(frozen=True, slots=True)
class Limit:
    """One number as it holds from `since` to `until` (both included; None: until further notice).

    stricter: whether a lower or a higher number asks for more. least, most: what may be chosen instead, in `unit`.
    verified: the wording was read at a published copy of the source.
    """

    name: str
    value: float
    unit: Text
    layer: Layer
    since: date
    until: date | None
    verified: bool
    source: Text
    label: Text
    stricter: Stricter
    least: float
    most: float

    def in_force(self, on: date | None) -> bool:
        """Whether it holds on a day; None: whether it is the newest version."""
        if on is None:
            return self.until is None
        return self.since <= on and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True)
class Fact:
    """A number that has no usual value: a person or a site states it, or it is not known."""

    name: str
    unit: Text
    label: Text
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class Designation:
    """Where a governor designated industry and occupation for the wider weekly limit.

    kinds: the kinds of site its industries cover. natures: the natures of work its occupations cover, as this package
    reads them. occupations: as the notice calls them, for the coordinator to hold the job against.
    """

    kinds: tuple[Kind, ...]
    natures: tuple[Nature, ...]
    occupations: Text
    since: date
    until: date | None
    verified: bool
    source: Text

    def in_force(self, on: date | None) -> bool:
        """Whether it holds on a day; None: whether it holds by what is known last."""
        if on is None:
            return self.until is None
        return self.since <= on and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True)
class Area:
    """A prefecture or a municipality. within: the prefecture of a municipality, "" for a prefecture.

    verified: the designations were looked up at a published notice; else none is claimed. `note` says what is known.
    """

    id: str
    label: Text
    within: str
    verified: bool
    note: Text
    designations: tuple[Designation, ...]


@dataclass(frozen=True, slots=True)
class Numbers:
    """All versions of every number, oldest first, and the facts that may be stated."""

    versions: Mapping[str, tuple[Limit, ...]]
    facts: Mapping[str, Fact]
