"""Workdays as the columns the analysis reads, and columns as workdays one can correct.

`timeline_of` takes the way files take: it fills a part and joins it, so that a typed day and a read one mean the same.
What a timeline cannot hold is left out with a warning: rows still going on, rows whose times make no stretch of a day.
The way back gives new ids to rows; all else is what stood there, task texts as the codes they resolve to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from carveout.errors import Problem
from carveout.model import Trigger
from carveout.observations.assemble import assemble
from carveout.observations.clock import clock_minutes, iso_day
from carveout.observations.parts import Entries, Listed, Part, Places, ReportedItem, Roles, Rows, ints
from carveout.observations.parts import SiteHead as PartHead
from carveout.observations.problems import ProblemLog
from carveout.observations.reading import Reading
from carveout.observations.words import WEEKDAYS, find
from carveout.timeline import TRIGGER_ON_DEMAND, TRIGGER_PLANNED, TRIGGER_UNKNOWN
from carveout.words import clock
from carveout.workday.edits import LATEST
from carveout.workday.messages import LEFT_OUT
from carveout.workday.record import Row, SiteHead, Workday

_TRIGGERS = {None: TRIGGER_UNKNOWN, Trigger.PLANNED: TRIGGER_PLANNED, Trigger.ON_DEMAND: TRIGGER_ON_DEMAND}
_WEEKDAYS = tuple(WEEKDAYS)


def timeline_of(head: SiteHead, days: Sequence[Workday]) -> Reading:
    """One site's days as a timeline, with the warnings a file of them would draw.

    Days of other sites are not looked at. A site without a finished row gives an empty timeline.

    >>> from carveout.model import Kind
    >>> day = Workday("a", "2026-06-01", "u", rows=(Row("r1", 540, 555, "清掃", ("s1",)), Row("r2", 555, None, "配膳")))
    >>> reading = timeline_of(SiteHead("a", Kind.CARE_HOME), [day])
    >>> reading.timeline.tasks.code, [problem.code for problem in reading.problems]
    (('cleaning',), ['open_row'])
    """
    return timeline_of_sites([(head, days)])


def timeline_of_sites(sites: Sequence[tuple[SiteHead, Sequence[Workday]]]) -> Reading:
    """Several sites' days as one timeline; otherwise as `timeline_of`."""
    log, parts, left_out = ProblemLog(), [], []
    for head, days in sites:
        part, problems = _part(head, [day for day in days if day.site == head.id])
        left_out += problems
        if part.rows.n:
            parts.append(part)
    timeline = assemble(parts, log)
    return Reading(timeline, (*left_out, *log.listed()))


@dataclass(slots=True)
class _Words:
    """A vocabulary in the order of first appearance."""

    numbers: dict[object, int] = field(default_factory=dict)

    def number(self, word: object) -> int:
        """The number of a word, a new one for a new word."""
        return self.numbers.setdefault(word, len(self.numbers))


@dataclass(frozen=True, slots=True)
class _Spots(Places):
    """Where rows stand, in words a person finds again on the day's page."""

    names: tuple[str, ...] = ()

    def at(self, row: int, column: str = "") -> tuple[int | None, str]:
        return None, self.names[row]


def _part(head: SiteHead, days: Sequence[Workday]) -> tuple[Part, list[Problem]]:
    """All days of a site as one part, and a warning for each row that cannot be in it."""
    tasks, sets, notes, units = _Words(), _Words(), _Words(), _Words()
    columns: list[tuple[int, int, int, int, int, int, int, int]] = []
    names: list[str] = []
    problems: list[Problem] = []
    for number, day in enumerate(days):
        units.number((0, day.unit))
        for place, row in enumerate(_kept(head, day, problems)):
            names.append(_spot(day, row))
            columns.append(
                (
                    number, place, row.start, row.end or 0, tasks.number(row.task),
                    sets.number(tuple(dict.fromkeys(row.staff))), _TRIGGERS[row.trigger],
                    notes.number(row.note) if row.note else -1,
                )
            )  # fmt: skip
    table = np.array(columns, dtype=np.int32).reshape(-1, 8).T
    entry, position, start, end, task, people, trigger, note = table
    rows = Rows(entry, position, start, end, task, people, trigger.astype(np.int8), note)
    unit = ints([units.number((0, day.unit)) for day in days])
    listed, ids, roles = _people(days, unit)
    part = Part(
        file=head.id,
        heads=[PartHead(head.id, str(head.kind), head.name or None, head.constructed, head.tasks)],
        units=[(0, day) for _, day in _pairs(units)],
        entries=Entries(unit, ints([_day(day) for day in days]), [day.observer for day in days]),
        rows=rows,
        places=_Spots(rows.row, names=tuple(names)),
        tasks=[str(task) for task in tasks.numbers],
        staff_sets=[people for people in sets.numbers if isinstance(people, tuple)],
        notes=[str(note) for note in notes.numbers],
        listed=listed,
        listed_ids=ids,
        roles=roles,
        reported=tuple(_reported(head)),
    )
    return part, problems


def _pairs(words: _Words) -> Iterator[tuple[int, str]]:
    for word in words.numbers:
        if isinstance(word, tuple):
            yield word


def _kept(head: SiteHead, day: Workday, problems: list[Problem]) -> Iterator[Row]:
    """Rows a timeline can hold; the others become warnings."""
    for row in day.rows:
        if row.end is None:
            code = "open_row"
        elif not 0 <= row.start <= row.end <= LATEST:
            code = "impossible_row"
        elif not row.task.strip():
            code = "row_without_task"
        else:
            yield row
            continue
        cause, remedy = LEFT_OUT[code].worded(task=row.task)
        problems.append(Problem("warning", code, head.id, None, _spot(day, row), "", cause, remedy))


def _spot(day: Workday, row: Row) -> str:
    return f"{day.date} {day.unit} {clock(row.start)}"


def _day(day: Workday) -> int:
    number = iso_day(day.date)
    if number is None:
        raise ValueError(f"not a date: {day.date!r}")
    return number


def _people(days: Sequence[Workday], unit: np.typing.NDArray[np.int32]) -> tuple[Listed, list[str], Roles]:
    """Who was listed for which day and with which role."""
    ids, words = _Words(), _Words()
    listed: list[tuple[int, int, int, int, int]] = []
    roles: list[tuple[int, int]] = []
    for number, day in enumerate(days):
        for person in day.staff:
            who = ids.number(person.id)
            stretches = [(on, off) for on, off in person.on if 0 <= on < off <= LATEST] or [(-1, -1)]
            listed.extend((int(unit[number]), _day(day), who, on, off) for on, off in stretches)
            if person.role:
                roles.append((who, words.number(person.role)))
    told = np.array(roles, dtype=np.int32).reshape(-1, 2).T
    names = [str(name) for name in ids.numbers]
    return (
        Listed(*np.array(listed, dtype=np.int32).reshape(-1, 5).T),
        names,
        Roles(ints([0] * len(roles)), told[0], told[1], names, [str(word) for word in words.numbers]),
    )


def _reported(head: SiteHead) -> Iterator[ReportedItem]:
    """Entries of `reported:`; what an entry says in no known word is not told."""
    for item in head.reported:
        if not item.get("task"):
            continue
        weekday = find(WEEKDAYS, item.get("weekday", ""))
        yield ReportedItem(
            site=0,
            unit=item.get("unit") or None,
            task=item["task"],
            weekday=-1 if weekday is None else _WEEKDAYS.index(weekday),
            start=_minutes(item, "start"),
            end=_minutes(item, "end"),
            told_by=item.get("told_by", ""),
            line=None,
        )


def _minutes(item: Mapping[str, str], name: str) -> int:
    minutes = clock_minutes(item.get(name, ""))
    return -1 if minutes is None else minutes
