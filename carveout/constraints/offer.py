"""A job as far as limits care: who, how, when, and what is declared of its tasks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from carveout.catalogue import catalogue
from carveout.language import Text
from carveout.model import WEEKDAYS, Channel, Kind, Mode, Suitability, TaskTraits, Weekday

# A month is a twelfth of a year of 52 weeks.
WEEKS_A_MONTH = 52 / 12
EMPLOYED = (Channel.DISPATCH, Channel.PLACEMENT)


@dataclass(frozen=True, slots=True)
class OfferedTask:
    """A task in one form. label: how the site calls it; None: as the catalogue does, else its code."""

    task: str
    mode: Mode
    suitability: Suitability
    traits: TaskTraits
    label: Text | None = None

    @property
    def name(self) -> Text:
        """The task as a person reads it."""
        if self.label is not None:
            return self.label
        known = catalogue().tasks.get(self.task)
        return known.label if known else Text(self.task, self.task)


@dataclass(frozen=True, slots=True)
class Offer:
    """A job as far as limits care.

    days: stretches worked (start, end; minutes) by weekday; what lies between two of one day is a break. people share
    the week; each works whole days of it. covered_share: the least share of a stretch filled with promised work.
    """

    kind: Kind
    channel: str
    people: int
    days: Mapping[Weekday, tuple[tuple[int, int], ...]]
    tasks: tuple[OfferedTask, ...]
    observed_days: int
    covered_share: float

    @property
    def employed(self) -> bool:
        """Whether the member works under a contract of employment."""
        return self.channel in EMPLOYED

    @property
    def worked(self) -> Mapping[Weekday, tuple[tuple[int, int], ...]]:
        """The days with work in the order of the week; stretches in order, those that touch or overlap made one."""
        return {day: merged(self.days[day]) for day in WEEKDAYS if self.days.get(day)}

    @property
    def hours(self) -> float:
        """Hours a week of the whole job."""
        return sum(end - start for stretches in self.worked.values() for start, end in stretches) / 60

    @property
    def hours_per_person(self) -> float:
        """Hours a week of each who shares it."""
        return self.hours / self.people

    @property
    def days_per_person(self) -> float:
        """Days a week of each who shares it."""
        return len(self.worked) / self.people

    @property
    def days_per_month(self) -> float:
        """Days a month of each who shares it."""
        return self.days_per_person * WEEKS_A_MONTH


def merged(stretches: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    """Stretches in order; those that touch or overlap become one.

    >>> merged(((600, 660), (540, 600), (900, 960)))
    ((540, 660), (900, 960))
    """
    found: list[tuple[int, int]] = []
    for start, end in sorted(stretches):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return tuple(found)
