"""One thing the checks found, and the ground they share: the day, its labels, the values from which they speak."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

import yaml

from carveout.language import Text
from carveout.thresholds import Threshold, Thresholds
from carveout.workday.check_messages import CHECKS, CHOICES, Weight
from carveout.workday.edits import LATEST
from carveout.workday.messages import Message
from carveout.workday.record import Change, Row, Workday
from carveout.workday.vocabulary import Vocabulary

NO_REPAIR = Text("", "")
Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several actions that may mend a finding, and how its button says it."""

    said: Text
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at in a day.

    severity: an error cannot stand, a warning asks, a note tells. rows: ids it is about. staff: whom. start, end: where
    in the day, None where it is about the whole. repair: the changes that mend it in one action, None where only a
    person can tell; repair_said names that action. choices: further actions, none of them likelier than the others.
    """

    code: str
    severity: Weight
    rows: tuple[str, ...]
    staff: tuple[str, ...]
    start: int | None
    end: int | None
    cause: Text
    remedy: Text
    repair: tuple[Change, ...] | None = None
    repair_said: Text = NO_REPAIR
    choices: tuple[Choice, ...] = ()

    @property
    def key(self) -> str:
        """What the finding is about, the same however often one checks: for putting one aside."""
        return "|".join((self.code, *self.rows, *self.staff, str(self.start), str(self.end)))


@cache
def check_values() -> Thresholds:
    """From which value on a check speaks: dated numbers with a source.

    >>> check_values()["gap_long_min"], check_values().about("break_after_min").unit
    (15.0, 'minutes')
    """
    text = files("carveout.workday").joinpath("check_values.yaml").read_bytes()
    data = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 (both are safe loaders)
    return Thresholds(
        {
            name: Threshold(float(e["value"]), e["unit"], e["since"], e["source"], Text(e["ja"], e["en"]))
            for name, e in data["thresholds"].items()
        }
    )


@dataclass(slots=True)
class Ground:
    """A day under check. closed: rows with sound times, in order; by_person: those of each person.

    now: the minute up to which the day has been observed so far, None once it is over.
    """

    day: Workday
    tasks: Vocabulary
    now: int | None = None
    closed: list[Row] = field(default_factory=list)
    by_person: dict[str, list[Row]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.closed = sorted(filter(is_sound, self.day.rows), key=lambda row: (row.start, row.end or 0, row.id))
        for row in self.closed:
            for person in dict.fromkeys(row.staff):
                self.by_person.setdefault(person, []).append(row)

    def code(self, row: Row) -> str:
        """The row's task as a code where it has one, so that 清掃 and cleaning are one task."""
        return self.tasks.resolve(row.task) or row.task

    def label(self, row: Row) -> Text:
        """How the row's task is called."""
        return self.tasks.label(self.code(row))

    def finding(
        self,
        code: str,
        rows: Iterable[Row] = (),
        staff: Iterable[str] = (),
        stretch: tuple[int | None, int | None] = (None, None),
        repair: tuple[Change, ...] | None = None,
        choices: Iterable[Choice] = (),
        **values: object,
    ) -> Finding:
        """A finding by its code; start and end, the first row's task and the people fill the wording.

        Choices that do what the repair does, or what another does, are left out.
        """
        wording, about, people = CHECKS[code], tuple(rows), tuple(staff)
        start, end = stretch
        if start is None and about:
            start, end = about[0].start, about[0].end
        said: dict[str, object] = {"start": start, "end": end, "staff": "、".join(people)}
        if about:
            said["task"] = self.label(about[0])
        cause, remedy = wording.message.worded(**said | values)
        words = wording.repair_worded(**said | values) if repair else NO_REPAIR
        ids = tuple(row.id for row in about)
        offered = {choice.changes: choice for choice in reversed(tuple(choices)) if choice.changes != (repair or ())}
        others = tuple(reversed(offered.values()))
        return Finding(code, wording.weight, ids, people, start, end, cause, remedy, repair or None, words, others)

    def choice(self, code: str, changes: tuple[Change, ...], **values: object) -> Choice:
        """An action worded by `CHOICES`."""
        return Choice(Message(CHOICES[code], CHOICES[code]).worded(**values)[0], changes)


def is_sound(row: Row) -> bool:
    """Whether a row has ended and its times can stand."""
    return row.end is not None and 0 <= row.start <= row.end <= LATEST


def union(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Stretches joined where they overlap or touch, in order; one that ends before it starts is none.

    >>> union([(5, 9), (0, 5), (12, 14), (13, 13)])
    [(0, 9), (12, 14)]
    """
    joined: list[Stretch] = []
    for start, end in sorted(stretches):
        if start > end:
            continue
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def without(stretches: Iterable[Stretch], taken: Iterable[Stretch]) -> list[Stretch]:
    """What of some stretches others leave free.

    >>> without([(0, 10), (20, 30)], [(3, 5), (8, 22)])
    [(0, 3), (5, 8), (22, 30)]
    """
    left: list[Stretch] = []
    busy = union(taken)
    for begin, end in union(stretches):
        at = begin
        for start, stop in busy:
            if stop <= at or start >= end:
                continue
            if start > at:
                left.append((at, start))
            at = max(at, stop)
        if at < end:
            left.append((at, end))
    return left
