"""What goes into the store and comes out of it: edits and answers, days as they stand, the record of every change.

Everything is immutable. Times of writing (`at`) are ISO 8601 in UTC to the millisecond; minutes are of the day's clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from carveout.model import Kind
from carveout.workday.record import Change, Person, Row, Workday

Value = str | bool | Person | None
Keep = Literal["mine", "theirs", "both"]
How = Literal["skip", "replace", "beside"]


@dataclass(frozen=True, slots=True)
class By:
    """Who writes: an account or an observer's id, never a person's name."""

    who: str


@dataclass(frozen=True, slots=True)
class DayHead:
    """A day without its rows: what `HeadChange` changes."""

    date: str
    unit: str
    observer: str = ""
    staff: tuple[Person, ...] = ()
    complete: bool = False

    @staticmethod
    def of(day: Workday) -> DayHead:
        """The head of a workday.

        >>> DayHead.of(Workday("a", "2026-06-01", "u", observer="jc-01")).observer
        'jc-01'
        """
        return DayHead(day.date, day.unit, day.observer, day.staff, day.complete)


@dataclass(frozen=True, slots=True)
class HeadChange:
    """A day's head before and after. Only what differs is written, field by field and person by person.

    So two people who add different persons on duty do not clash, nor one who adds a person while another marks the day.
    """

    before: DayHead
    after: DayHead


@dataclass(frozen=True, slots=True)
class Fact:
    """One field of a day's head before and after.

    name: date, unit, observer, complete, or person (then `person` is the id, and None stands for "not listed").
    """

    name: str
    before: Value
    after: Value
    person: str = ""

    @property
    def inverse(self) -> Fact:
        """What takes the fact back."""
        return Fact(self.name, self.after, self.before, self.person)


@dataclass(frozen=True, slots=True)
class Edit:
    """What a person did in one go, to be saved whole. `id` names it for ever: saved twice, it is written once.

    what: a short word for the history ("split"). why: a reason, where one was given.
    """

    id: str
    what: str
    changes: tuple[Change, ...] = ()
    head: HeadChange | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Clash:
    """Two people wrote on one row (or one field of the head): what one wanted, beside what stands.

    Exactly one of `change` and `fact` is what `who` wanted. theirs: the row, person or value that stands now (None: it
    was taken away), last written by `theirs_who` at `theirs_at`. id "": an undo was refused, nothing is kept.
    """

    id: str
    day: str
    edit: str
    at: str
    who: str
    what: str
    change: Change | None
    fact: Fact | None
    theirs: Row | Value
    theirs_who: str = ""
    theirs_at: str = ""

    @property
    def mine(self) -> Row | Value:
        """What `who` wanted to stand there."""
        if self.change is not None:
            return self.change.after
        return self.fact.after if self.fact is not None else None


@dataclass(frozen=True, slots=True)
class Saved:
    """The answer to an edit. done: all of it stands; else `clashes` tells what does not, and everything else was saved.

    repeated: this edit had been saved before, and nothing was written now.
    """

    revision: int
    done: bool
    clashes: tuple[Clash, ...] = ()
    repeated: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Recorded:
    """One entry of the record.

    kind: edit, undo, redo, resolve, open, import, rename, remove, restore, clash, same or kept.
    changes, facts: what was written, with what stood before. of: the entry an undo, redo or kept refers to. undone: it
    does not stand any more. A clash wrote nothing but clashes, same stood so already, kept is an undo refused.
    """

    seq: int
    at: str
    who: str
    kind: str
    what: str
    why: str
    changes: tuple[Change, ...] = ()
    facts: tuple[Fact, ...] = ()
    of: int | None = None
    undone: bool = False


@dataclass(frozen=True, slots=True)
class SiteInfo:
    """A site in a list. version counts the changes of its head; days those not removed."""

    id: str
    kind: Kind
    name: str
    constructed: bool
    version: int
    days: int
    revision: int


@dataclass(frozen=True, slots=True)
class DayInfo:
    """A day in a list."""

    key: str
    site: str
    date: str
    unit: str
    observer: str
    complete: bool
    n_rows: int
    revision: int
    removed: bool = False


@dataclass(frozen=True, slots=True)
class StoredDay:
    """A day as it stands. versions: row id -> times written; revision grows with every entry of the record."""

    key: str
    workday: Workday
    versions: Mapping[str, int]
    head_version: int
    revision: int
    removed: bool = False


@dataclass(frozen=True, slots=True)
class ImportedDays:
    """Keys of the days an import added, of those it made hold what the file holds, and of those it left alone."""

    added: tuple[str, ...]
    replaced: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Renamed:
    """How many days and rows went along with a task's new name."""

    days: int
    rows: int


@dataclass(frozen=True, slots=True)
class StoredDraft:
    """A shaped job as its file's bytes, under its name at a site."""

    site: str
    name: str
    data: bytes
    who: str
    at: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper under a kind and an id. site: "" for none. version: counts its changes, 0 for one not yet kept."""

    kind: str
    id: str
    site: str
    text: str
    version: int = 0
    who: str = ""
    at: str = ""
