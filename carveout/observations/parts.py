"""What one file holds, as columns with vocabularies of its own: the step between a file and the timeline.

Every reader fills a `Part`; `assemble` joins parts into a `Timeline`. Rows refer to their day entry, and through it to
unit, site and day, so that a part of a million rows is eight columns and a few small lists.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from carveout.timeline import Ints


@dataclass(frozen=True, slots=True)
class SiteHead:
    """What a file says about a site; None = not told. `tasks`: code -> attribute -> value, as declared."""

    id: str
    kind: str | None
    name: str | None = None
    constructed: bool = False
    tasks: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Places:
    """Where rows stand in their file: line, sheet row or row number, by the row's position in the part."""

    numbers: Ints
    sheet: str = ""
    letters: Mapping[str, str] = field(default_factory=dict)
    by_line: bool = True

    def at(self, row: int, column: str = "") -> tuple[int | None, str]:
        """Line and place of a row (and column) as `Problem` wants them."""
        number = int(self.numbers[row])
        if self.sheet:
            return None, f"{self.sheet}!{self.letters.get(column, 'A')}{number}"
        return (number, "") if self.by_line else (None, f"row[{number}]")


@dataclass(frozen=True, slots=True)
class Entries:
    """Day entries of a file: `unit` indexes the part's units; day since 1970-01-01; observer "" = not told."""

    unit: Ints
    day: Ints
    observer: Sequence[str]


@dataclass(frozen=True, slots=True)
class Rows:
    """Observed rows. entry, task, staff, note index the part's entries, texts, staff sets, notes (note -1 = none).

    row: position in the entry, counting from 0. start, end: minutes from the day's midnight.
    """

    entry: Ints
    row: Ints
    start: Ints
    end: Ints
    task: Ints
    staff: Ints
    trigger: NDArray[np.int8]
    note: Ints

    @property
    def n(self) -> int:
        """Number of rows."""
        return len(self.entry)


@dataclass(frozen=True, slots=True)
class Listed:
    """Staff listed for a unit's day (`staff` indexes the part's ids), and their stretches of duty.

    A person listed without times stands here once with on = off = -1.
    """

    unit: Ints
    day: Ints
    staff: Ints
    on: Ints
    off: Ints


@dataclass(frozen=True, slots=True)
class Roles:
    """Who has which role: `site` indexes the part's heads, `staff` indexes `ids`, `role` indexes `words`."""

    site: Ints
    staff: Ints
    role: Ints
    ids: Sequence[str]
    words: Sequence[str]


@dataclass(frozen=True, slots=True)
class ReportedItem:
    """Work told by staff, of site `site` (index into the part's heads). unit None, weekday/start/end -1: not told."""

    site: int
    unit: str | None
    task: str
    weekday: int
    start: int
    end: int
    told_by: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Part:
    """One file's content. units: (index into heads, name)."""

    file: str
    heads: Sequence[SiteHead]
    units: Sequence[tuple[int, str]]
    entries: Entries
    rows: Rows
    places: Places
    tasks: Sequence[str]
    staff_sets: Sequence[tuple[str, ...]]
    notes: Sequence[str]
    listed: Listed
    listed_ids: Sequence[str]
    roles: Roles
    reported: Sequence[ReportedItem] = ()


def ints(values: Sequence[int] | NDArray[np.generic]) -> Ints:
    """A column of 32-bit integers."""
    return np.asarray(values, dtype=np.int32)


_NONE = ints([])
NO_ROWS = Rows(_NONE, _NONE, _NONE, _NONE, _NONE, _NONE, np.empty(0, np.int8), _NONE)
NO_ENTRIES = Entries(_NONE, _NONE, ())
NO_LISTED = Listed(_NONE, _NONE, _NONE, _NONE, _NONE)
NO_PLACES = Places(_NONE)
