"""What a job changes, as data: curves with and without it per weekday, the relief of a week, the flows left whole."""

from __future__ import annotations

from dataclasses import dataclass

from carveout.language import Text
from carveout.model import Chain, Relief, Weekday

QUARTER = 15


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter hour of one weekday in mean persons over its observed days.

    demand: work at hand without the job. staff: on duty, the job's own person not counted. relieved: what the job is
    expected to take off the staff, never more than `demand`. thin: the quarter lies where staff are few.
    """

    start: int
    demand: float
    staff: float
    relieved: float
    thin: bool

    @property
    def end(self) -> int:
        """The minute it ends."""
        return self.start + QUARTER

    @property
    def demand_after(self) -> float:
        """Work at hand with the job."""
        return max(self.demand - self.relieved, 0.0)


@dataclass(frozen=True, slots=True)
class DayEffect:
    """One weekday of the job in one unit.

    observed_days: how many such days were observed; with none there is no curve (`quarters` is empty). hours: the
    job's stretches on it. quarters: without holes from the first to the last that holds work, staff or the job.
    """

    unit: str
    weekday: Weekday
    observed_days: int
    hours: tuple[tuple[int, int], ...]
    quarters: tuple[Quarter, ...]

    @property
    def relieved_minutes(self) -> float:
        """Staff minutes the job is expected to relieve on such a day, of work that has a time of day."""
        return sum(q.relieved for q in self.quarters) * QUARTER


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of one weekday: mean persons without and with the job, and the minutes relieved in it."""

    unit: str
    weekday: Weekday
    start: int
    end: int
    demand: float
    demand_after: float
    staff: float
    minutes: float
    thin: bool


@dataclass(frozen=True, slots=True)
class Record:
    """A row of the table behind the picture: one quarter hour inside the job's hours."""

    unit: str
    weekday: Weekday
    observed_days: int
    start: int
    end: int
    demand: float
    demand_after: float
    staff: float
    minutes: float
    thin: bool


@dataclass(frozen=True, slots=True)
class Effects:
    """Before and after a job.

    days: one per unit and weekday it works, in the order of the week. relief: staff minutes a week, never more than the
    observed days hold. untimed: minutes of `relief.likely` without a time of day (what is prepared beside); the
    quarters' minutes and these sum to `relief.likely`. missing: minutes of work the job counts that the observed days
    do not hold; they count nowhere. untouched: chains of the job's units none of whose links it takes over; assisted:
    those of them in which it lends a hand beside staff; cut: chains that lose a link (none, unless a job breaks the
    rule). worst: the hour it relieves most, None if none. text: all of it in two to five sentences.
    """

    job: str
    days: tuple[DayEffect, ...]
    relief: Relief
    untimed: float
    missing: float
    untouched: tuple[Chain, ...]
    assisted: tuple[Chain, ...]
    cut: tuple[Chain, ...]
    worst: Stretch | None
    text: Text

    @property
    def records(self) -> tuple[Record, ...]:
        """The quarter hours inside the job's hours, where something can change."""
        return tuple(
            Record(
                day.unit, day.weekday, day.observed_days, q.start, q.end, q.demand, q.demand_after, q.staff,
                q.relieved * QUARTER, q.thin,
            )
            for day in self.days
            for q in day.quarters
            if any(start < q.end and q.start < end for start, end in day.hours)
        )  # fmt: skip
