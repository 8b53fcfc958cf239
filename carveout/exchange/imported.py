"""What came of reading a file: workdays, and everything a person has to be asked about."""

from __future__ import annotations

from dataclasses import dataclass, field

from carveout.errors import Problem
from carveout.exchange.formats import Format
from carveout.exchange.mapping import Mapping
from carveout.workday.record import SiteHead, Workday


@dataclass(frozen=True, slots=True)
class UnknownColumn:
    """A column nothing was made of: its heading, a few of its values, and the field it may be ("" = no idea)."""

    heading: str
    samples: tuple[str, ...]
    guess: str = ""


@dataclass(frozen=True, slots=True)
class UnknownTask:
    """A task name that no catalogue knows: how often it occurs, and the codes that come closest."""

    name: str
    count: int
    suggestions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A name that was replaced by an id, since names of people do not belong in a record."""

    name: str
    id: str


@dataclass(frozen=True, slots=True)
class Imported:
    """A file as workdays.

    format: None if the file is of no kind we know. sites: each site with its days; a file of another program is one
    site. missing: fields of the `Mapping` without which nothing can be placed ("date", "start", "task"). mapping: as
    used, what was given and what was guessed; hand it in again, corrected, to read the file anew.
    """

    format: Format | None
    sites: tuple[tuple[SiteHead, tuple[Workday, ...]], ...]
    problems: tuple[Problem, ...]
    unknown_columns: tuple[UnknownColumn, ...] = ()
    unknown_tasks: tuple[UnknownTask, ...] = ()
    new_people: tuple[NewPerson, ...] = ()
    missing: tuple[str, ...] = ()
    mapping: Mapping = field(default_factory=Mapping)
    headings: tuple[str, ...] = ()

    @property
    def head(self) -> SiteHead | None:
        """The site, the first one of several."""
        return self.sites[0][0] if self.sites else None

    @property
    def days(self) -> tuple[Workday, ...]:
        """The days of that site."""
        return self.sites[0][1] if self.sites else ()

    @property
    def people(self) -> frozenset[str]:
        """The ids of everybody in the days: to be handed to the next reading as `taken`."""
        rows = (row for _, days in self.sites for day in days for row in day.rows)
        listed = (person.id for _, days in self.sites for day in days for person in day.staff)
        return frozenset(who for row in rows for who in row.staff).union(listed)

    @property
    def has_errors(self) -> bool:
        """Whether something was not placed."""
        return any(problem.severity == "error" for problem in self.problems)
