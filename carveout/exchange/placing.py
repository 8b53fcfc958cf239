"""What was seen is placed: in days, in whole minutes, under codes and ids; what has no place becomes a problem.

Minutes are those in which a row starts and ends, seconds are dropped as everywhere in the contract. An end 0.001 s early,
as BORIS writes where the next behaviour stopped the one before, counts as the next one's start.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from carveout.exchange.imported import NewPerson, UnknownTask
from carveout.exchange.limits import Limits
from carveout.exchange.mapping import Mapping as Told
from carveout.exchange.moments import DAY, MINUTE
from carveout.exchange.names import PeopleNames, TaskNames, clean
from carveout.exchange.seen import Seen
from carveout.model import Kind
from carveout.observations.clock import FIRST_DAY, LAST_DAY, clock_text, day_text
from carveout.observations.limits import DEFAULT_LIMITS as READING_LIMITS
from carveout.observations.problems import FileProblems
from carveout.observations.table import DEFAULT_UNIT
from carveout.workday.record import Person, Row, SiteHead, Workday, new_id

_DAY_MINUTES = 1440
_EARLY = 1  # milliseconds by which BORIS stops a behaviour before the next one


@dataclass(frozen=True, slots=True)
class DayTold:
    """What a file of our own says of a day besides its rows. It keeps the day even without rows."""

    day: int
    unit: str
    observer: str = ""
    staff: tuple[Person, ...] = ()
    complete: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """Days of one site, and what is to be asked about them. mapping: as used."""

    days: tuple[Workday, ...]
    unknown_tasks: tuple[UnknownTask, ...]
    new_people: tuple[NewPerson, ...]
    mapping: Told


_Key = tuple[int, str, str, int]


def place(
    seen: Sequence[Seen],
    mapping: Told,
    head: SiteHead,
    problems: FileProblems,
    limits: Limits,
    *,
    trusted: bool = False,
    told: Mapping[int, DayTold] | None = None,
) -> Placed:
    """Place rows in days of the site `head`.

    trusted: staff are ids already. told: number of a day in a file of our own (the `Seen.trace` of its rows) -> the day.
    """
    people, tasks = PeopleNames(mapping, trusted=trusted), TaskNames(mapping, head)
    for one in seen:
        for name in one.staff:
            people.note(name)
        people.note(one.observer, "o")
    fresh = people.settle()
    if fresh:
        shown = [f"{one.name} → {one.id}" for one in fresh[:20]]
        problems.add("renamed", field="staff", names=", ".join(shown) + (" …" if len(fresh) > len(shown) else ""))
    if len(fresh) > limits.names:
        problems.add("too_many_names", field="staff", limit=limits.names)
    days: dict[_Key, list[tuple[int, Row]]] = {}
    for number, day in (told or {}).items():
        days[day.day, day.unit, day.observer, number] = []
    placer = _Placer(mapping, people, tasks, problems)
    for one in seen:
        found = placer.row(one)
        if found is not None:
            day_key, row = found
            days.setdefault(day_key, []).append((len(days) if one.order is None else one.order, row))
    # Days of a file of our own stay in its order, others are sorted by date, unit and observer.
    keys = sorted(days, key=lambda key: (key[3], key[:3]))
    workdays = [_workday(head, key, days[key], (told or {}).get(key[3]), ordered=key[3] >= 0) for key in keys]
    used = replace(mapping, tasks=tasks.meant(), staff=people.meant())
    return Placed(tuple(workdays), tasks.unknown(problems, limits), fresh[: limits.names], used)


def _workday(head: SiteHead, key: _Key, rows: list[tuple[int, Row]], told: DayTold | None, *, ordered: bool) -> Workday:
    day, unit, observer, _ = key
    if ordered:
        rows.sort(key=lambda pair: pair[0])
    else:
        rows.sort(key=lambda pair: (pair[1].start, _DAY_MINUTES * 2 if pair[1].end is None else pair[1].end))
    return Workday(
        head.id, day_text(day), unit, observer,
        staff=told.staff if told else (), rows=tuple(row for _, row in rows), complete=bool(told and told.complete),
    )  # fmt: skip


class _Placer:
    """Places one row after another."""

    def __init__(self, mapping: Told, people: PeopleNames, tasks: TaskNames, problems: FileProblems):
        self._mapping, self._people, self._tasks, self._problems = mapping, people, tasks, problems
        self._texts: dict[str, str] = {}

    def row(self, one: Seen) -> tuple[_Key, Row] | None:
        """The day and the row of what was seen; None (and a problem) where it cannot be."""
        line, place = one.place
        day = one.start // DAY if one.day is None else one.day
        if not FIRST_DAY <= day <= LAST_DAY:
            self._problems.add("far_day", line=line, place=place, field="date", value=f"{one.start / DAY:.0f}")
            return None
        start = one.start // MINUTE - day * _DAY_MINUTES
        end = None if one.end is None else (one.end + _EARLY) // MINUTE - day * _DAY_MINUTES
        if end is not None and not self._sound(start, end, one):
            return None
        name = self._text(one.task)
        unit = self._text(one.unit) or self._mapping.unit or DEFAULT_UNIT
        if not name:
            self._problems.add("blank_task", line=line, place=place, field="task")
            return None
        code = one.code or self._tasks.code(name)
        if code is None:
            return None
        staff = tuple(dict.fromkeys(given for who in one.staff if (given := self._people.id(who))))
        observer = self._people.id(one.observer) or self._mapping.observer
        limit = READING_LIMITS.id_chars
        for field, text in (("task", code), ("unit", unit), ("observer", observer), *(("staff", who) for who in staff)):
            if len(text) > limit:
                self._problems.add("too_long", line=line, place=place, field=field, limit=limit)
                return None
        row = Row(new_id(), start, end, code, staff, one.trigger, self._note(one))
        return (day, unit, observer, one.trace), row

    def _sound(self, start: int, end: int, one: Seen) -> bool:
        line, place = one.place
        clocks = {"start": clock_text(start % _DAY_MINUTES), "end": clock_text(end % _DAY_MINUTES)}
        if end < start:
            self._problems.add("end_before_start", line=line, place=place, field="end", **clocks)
        elif end - start >= _DAY_MINUTES:
            clocks["end"] = f"{day_text(0 if one.end is None else one.end // DAY)} {clocks['end']}"
            self._problems.add("whole_day", line=line, place=place, field="end", **clocks)
        else:
            return True
        return False

    def _text(self, text: str) -> str:
        if text not in self._texts:
            self._texts[text] = clean(text)
        return self._texts[text]

    def _note(self, one: Seen) -> str:
        note = clean(one.note)
        if len(note) > READING_LIMITS.note_chars:
            line, place = one.place
            self._problems.add("cut_note", line=line, place=place, field="note", limit=READING_LIMITS.note_chars)
            note = note[: READING_LIMITS.note_chars].rstrip()
        return note


def site_of(
    mapping: Told, given: SiteHead | None, told: SiteHead | None, name: str, problems: FileProblems
) -> SiteHead:
    """The site a file of another program is about: as given, as mapped, as the file tells, else named after the file."""
    if given is not None:
        return given
    if told is not None and not mapping.site:
        return told if not mapping.kind else replace(told, kind=Kind(mapping.kind))
    site = clean(mapping.site)
    if not site:
        site = _from_file_name(name)
        problems.add("no_site", field="site", site=site)
    if not mapping.kind and told is None:
        problems.add("no_kind", field="kind")
    kind = Kind(mapping.kind) if mapping.kind else told.kind if told is not None else Kind.OTHER
    return SiteHead(site, kind) if told is None else replace(told, id=site, kind=kind)


def _from_file_name(name: str) -> str:
    """An id from the last part of a file's name, whatever path it pretends to have.

    >>> _from_file_name("../../etc/day 1.csv")
    'day-1'
    """
    last = clean(name.replace("\\", "/").rsplit("/", 1)[-1].split(".")[0])
    return "-".join(last.split())[:60] or "site-1"
