"""One observed workday as people write and mend it: rows with identities, people on duty, and changes to them.

A `Workday` is one day entry of the contract: one unit on one date as one observer saw it. Everything here is immutable;
an edit gives changes, and changes give another workday. The store keeps workdays, the exchange reads and writes them,
the analysis sees them as columns (`carveout.workday.columns`).
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from carveout.model import Kind, Trigger


def new_id() -> str:
    """A name for a new row that nobody else will give: sixteen letters and digits, eighty bits of chance.

    >>> len(new_id()), new_id() == new_id()
    (16, False)
    """
    return base64.b32encode(secrets.token_bytes(10)).decode().lower()


@dataclass(frozen=True, slots=True)
class Row:
    """One row: who did what, from when to when.

    id: names the row for ever, given by whoever made it (`new_id`). start, end: minutes from the day's midnight, end
    may pass 1440 and is None while the task is still going on. task: code or text as typed. staff: ids, at least none.
    """

    id: str
    start: int
    end: int | None
    task: str
    staff: tuple[str, ...] = ()
    trigger: Trigger | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on duty that day: an id (never a name), a role, and stretches on duty in minutes."""

    id: str
    role: str = ""
    on: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Workday:
    """One unit's day as one observer saw it; rows in the order of the document (an added row takes its place by time).

    date: ISO. complete: its observer has said that nothing is missing.
    """

    site: str
    date: str
    unit: str
    observer: str = ""
    staff: tuple[Person, ...] = ()
    rows: tuple[Row, ...] = ()
    complete: bool = False


@dataclass(frozen=True, slots=True)
class SiteHead:
    """What is known of a site besides its days: as the head, `tasks:` and `reported:` of an observation document.

    tasks: code -> attribute -> value (the site's own, over the catalogue's). reported: the document's entries as
    written.
    """

    id: str
    kind: Kind
    name: str = ""
    constructed: bool = False
    tasks: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    reported: tuple[Mapping[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """One row before and after; before None adds it, after None takes it away. Both carry the same id."""

    before: Row | None
    after: Row | None

    @property
    def row(self) -> str:
        """The id of the row that changes."""
        one = self.after or self.before
        if one is None:
            raise ValueError("a change of nothing")
        return one.id

    @property
    def inverse(self) -> Change:
        """What takes the change back."""
        return Change(self.after, self.before)
