"""How a constructed workday comes about: flows walked link by link, calls that cut in, and work in between.

Nothing here is observed. A *flow* is walked every day in its order with small variations; *loose* work falls where its
window and a free pair of hands allow, or cuts in when somebody calls. All chance comes from `Dice`, which rests on
`random.Random.random` alone, the one method whose sequence Python guarantees between versions.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

T = TypeVar("T")

LOST_ROW = 0.02  # share of links the observer did not write down
SWAPPED = 0.02  # share of links that changed places with the next one
CUT_IN = 0.035  # share of links after which a call comes first
VARIANT = 0.05  # share of rows labelled in the observer's own words
STAND_INS = "EDLNMA"  # shifts that step in for a colleague


class Dice:
    """Chance that comes out the same on every run and every Python."""

    def __init__(self, seed: int):
        self._random = random.Random(seed).random  # noqa: S311 (repeatable, nothing secret)

    def happens(self, share: float) -> bool:
        """True in this share of cases."""
        return self._random() < share

    def between(self, low: float, high: float) -> float:
        """A number from low to high, all equally likely."""
        return low + (high - low) * self._random()

    def around(self, spread: float) -> float:
        """A deviation, mostly within +-spread, bell-shaped (sum of four uniform draws)."""
        return spread * (sum(self._random() for _ in range(4)) - 2) * 3**0.5

    def one_of(self, options: Sequence[T]) -> T:
        """One of the options."""
        return options[int(self._random() * len(options))]


@dataclass(frozen=True, slots=True)
class Step:
    """A link: task, usual minutes, shifts (letters) that do it, all of them together."""

    task: str
    minutes: float
    crew: str


@dataclass(frozen=True, slots=True)
class Flow:
    """Links in their order from a usual start (minutes). On some days `relief` takes over from the first mid-way."""

    start: int
    steps: tuple[Step, ...]
    relief: str = ""
    relief_share: float = 0.3


@dataclass(frozen=True, slots=True)
class Loose:
    """Work outside the flows: starts inside a window on a share of days, `times` over.

    squeeze: cannot wait for free hands (somebody does two things at once, or cuts the break short). called: share of
    rows the observer marked as on demand. weekdays, dates: only then (0 = Monday; day of the month). together: by all
    of the crew.
    """

    task: str
    window: tuple[int, int]
    minutes: tuple[float, float]
    crew: str
    share: float = 1.0
    times: int = 1
    squeeze: bool = False
    called: float = 0.0
    weekdays: tuple[int, ...] | None = None
    dates: tuple[int, ...] | None = None
    together: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the record."""

    start: int
    end: int
    staff: tuple[str, ...]
    task: str
    called: bool = False
    note: str = ""


@dataclass(slots=True)
class Workday:
    """One unit's day while it is being constructed.

    people: shift letter -> staff id. duty: staff id -> stretches. cut_in: tasks that call people away from a flow.
    """

    dice: Dice
    weekday: int
    date: int
    people: dict[str, str]
    duty: dict[str, list[tuple[int, int]]]
    cut_in: tuple[str, ...]
    rows: list[Row] = field(default_factory=list)

    def on_duty(self, person: str, start: int, end: int) -> bool:
        """Whether a person is on duty all the time from start to end."""
        return any(on <= start and end <= off for on, off in self.duty.get(person, ()))

    def busy(self, person: str, start: int, end: int) -> bool:
        """Whether a person already has a row in that time."""
        return any(person in r.staff and r.start < end and start < r.end for r in self.rows)

    def present(self, crew: str) -> list[str]:
        """Staff ids of the shifts that are filled today."""
        return [self.people[letter] for letter in crew if letter in self.people]

    def hands(self, crew: str, start: int, end: int) -> tuple[str, ...]:
        """Who does a link: those of its crew who are there and free, else a colleague, else whoever is there."""
        there = [p for p in self.present(crew) if self.on_duty(p, start, end)]
        free = [p for p in there if not self.busy(p, start, end)]
        colleagues = [p for p in self.present(STAND_INS) if self.on_duty(p, start, end)]
        spare = [p for p in colleagues if not self.busy(p, start, end)]
        return tuple(free or spare[:1] or there or colleagues[:1] or self.present(crew)[:1])

    def walk(self, flow: Flow) -> None:
        """Walk a flow once: order, lengths and gaps of the day, hand-over, rows lost, calls that cut in."""
        dice = self.dice
        steps = list(flow.steps)
        for k in range(len(steps) - 1):
            if dice.happens(SWAPPED):
                steps[k], steps[k + 1] = steps[k + 1], steps[k]
        relieved = int(dice.between(1, len(steps))) if flow.relief and dice.happens(flow.relief_share) else len(steps)
        clock = round(flow.start + dice.around(4))
        for k, step in enumerate(steps):
            end = clock + max(3, round(step.minutes * dice.between(0.85, 1.18)))
            crew = flow.relief if k >= relieved and len(step.crew) == 1 else step.crew
            staff = self.hands(crew, clock, end)
            if staff and not dice.happens(LOST_ROW):
                self.rows.append(Row(clock, end, staff, step.task))
            clock = end + dice.one_of((0, 0, 1, 1, 1, 1, 2, 2, 3))
            if staff and k + 1 < len(steps) and dice.happens(CUT_IN):
                pause = round(dice.between(3, 6))
                task = dice.one_of(self.cut_in)
                self.rows.append(Row(clock, clock + pause, staff[:1], task, called=True, note="呼び止められて中断"))
                clock += pause

    def fit_in(self, work: Loose) -> None:
        """Put loose work where its window and free hands allow; what cannot wait is done by whoever is near."""
        if work.weekdays is not None and self.weekday not in work.weekdays:
            return
        if work.dates is not None and self.date not in work.dates:
            return
        for _ in range(work.times):
            if self.dice.happens(work.share):
                self._fit_in_once(work)

    def _fit_in_once(self, work: Loose) -> None:
        dice, crew = self.dice, self.present(work.crew)
        if not crew:
            return
        for _ in range(1 if work.squeeze else 8):
            start = round(dice.between(*work.window))
            end = start + max(2, round(dice.between(*work.minutes)))
            free = [p for p in crew if self.on_duty(p, start, end) and not self.busy(p, start, end)]
            if work.together and len(free) == len(crew):
                staff = tuple(free)
            elif free and not work.together:
                staff = (dice.one_of(free),)
            elif work.squeeze:
                staff = (dice.one_of(crew),)
            else:
                continue
            note = dice.one_of(work.notes) if work.notes and dice.happens(0.35) else ""
            self.rows.append(Row(start, end, staff, work.task, dice.happens(work.called), note))
            return

    def relabel(self, variants: dict[str, tuple[str, ...]]) -> None:
        """Some labels in the observer's own words; then the rows in the order in which they were written down."""
        for i, row in enumerate(self.rows):
            if row.task in variants and self.dice.happens(VARIANT):
                label = self.dice.one_of(variants[row.task])
                self.rows[i] = Row(row.start, row.end, row.staff, label, row.called, row.note)
        self.rows.sort(key=lambda row: row.start)
