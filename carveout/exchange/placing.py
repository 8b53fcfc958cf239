"""What was seen is placed: in days, in whole minutes, under codes and ids; what has no place becomes a problem.

Minutes are those in which a row starts and ends, seconds are dropped as everywhere in the contract. An end 0.001 s
early, as BORIS writes where the next behaviour stopped the one before, counts as the next one's start.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from carveout.exchange.cleaning import clean
from carveout.exchange.imported import NewPerson, UnknownTask
from carveout.exchange.limits import Limits
from carveout.exchange.mapping import Mapping as Told
from carveout.exchange.moments import DAY, MINUTE
from carveout.exchange.names import PeopleNames, TaskNames
from carveout.exchange.seen import Seen
from carveout.observations.clock import FIRST_DAY, LAST_DAY, clock_text, day_text
from carveout.observations.limits import DEFAULT_LIMITS as READING_LIMITS
from carveout.observations.problems import FileProblems
from carveout.observations.table import DEFAULT_UNIT, split_staff
from carveout.workday.names import name_in
from carveout.workday.record import Person, Row, SiteHead, Workday, new_id

_DAY_MINUTES = 1440
_EARLY = 1  # milliseconds by which BORIS stops a behaviour before the next one
_RENAMED_SHOWN = 20
_NOTE_LOOKED_AT = 500


@dataclass(frozen=True, slots=True)
class DayTold:
    """What a file of our own says of a day besides its rows. It keeps the day even without rows."""

    day: int
    unit: str
    observer: str = ""
    staff: tuple[Person, ...] = ()
    complete: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """What there is to ask about, once everything is placed. mapping: as used."""

    unknown_tasks: tuple[UnknownTask, ...]
    new_people: tuple[NewPerson, ...]
    mapping: Told


_Key = tuple[int, int, str, str]


class Placing:
    """Places the rows of one file, site by site, under one set of names.

    seen: every row of the file, so that all names are known before ids are given. trusted: staff are ids already.
    taken: ids that people of the site have.
    """

    def __init__(
        self,
        seen: Sequence[Seen],
        mapping: Told,
        head: SiteHead | None,
        problems: FileProblems,
        limits: Limits,
        *,
        trusted: bool = False,
        taken: Collection[str] = (),
    ):
        self._mapping, self._problems, self._limits = mapping, problems, limits
        self._people, self._tasks = PeopleNames(mapping, trusted=trusted, taken=taken), TaskNames(mapping, head)
        self._trusted = trusted
        self._texts: dict[str, str] = {}
        self._names: dict[str, str | None] = {}
        for one in seen:
            for name in one.staff:
                self._people.note(name)
            self._people.note(one.observer, "o")
        self._fresh = self._people.settle()

    def days(self, head: SiteHead, seen: Sequence[Seen], told: Mapping[int, DayTold]) -> tuple[Workday, ...]:
        """The days of one site. told: `Seen.trace` -> the day as a file of our own tells it."""
        rows: dict[_Key, list[tuple[int, Row]]] = {}
        roles: dict[_Key, dict[str, str]] = {}
        for number, day in told.items():
            rows[number, day.day, day.unit, day.observer] = []
        for one in seen:
            found = self._row(one)
            if found is not None:
                key, row = found
                rows.setdefault(key, []).append((0 if one.order is None else one.order, row))
                if one.role:
                    self._roles(one, row, roles.setdefault(key, {}))
        # Days of a file of our own stay in its order, others are sorted by date, unit and observer.
        return tuple(
            _workday(head, key, rows[key], told.get(key[0]), roles.get(key, {}), ordered=key[0] >= 0)
            for key in sorted(rows)
        )

    def asked(self) -> Asked:
        """What there is to ask about."""
        fresh, problems = self._fresh, self._problems
        if fresh:
            names = ", ".join(f"{one.name} → {one.id}" for one in fresh[:_RENAMED_SHOWN])
            problems.add("renamed", field="staff", names=names + (" …" if len(fresh) > _RENAMED_SHOWN else ""))
        if len(fresh) > self._limits.names:
            problems.add("too_many_names", field="staff", limit=self._limits.names)
        self._tasks.say_left_out(problems)
        used = replace(self._mapping, tasks=self._tasks.meant(), staff=self._people.meant())
        return Asked(self._tasks.unknown(problems, self._limits), fresh[: self._limits.names], used)

    def _roles(self, one: Seen, row: Row, roles: dict[str, str]) -> None:
        """Roles in a cell belong to the persons of the cell beside it, one each or all the same."""
        said = split_staff(clean(one.role), unique=False)
        if len(said) in (1, len(row.staff)):
            for index, who in enumerate(row.staff):
                roles[who] = said[index if len(said) > 1 else 0][: READING_LIMITS.id_chars]

    def _row(self, one: Seen) -> tuple[_Key, Row] | None:
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
        if not name:
            self._problems.add("blank_task", line=line, place=place, field="task")
            return None
        code = one.code or self._tasks.code(name)
        if code is None:
            return None
        unit = self._text(one.unit) or self._mapping.unit or DEFAULT_UNIT
        staff = tuple(dict.fromkeys(given for who in one.staff if (given := self._people.id(who))))
        observer = self._people.id(one.observer) or self._mapping.observer
        limit = READING_LIMITS.id_chars
        if len(code) > limit or len(unit) > limit or len(observer) > limit or any(len(who) > limit for who in staff):
            named = (("task", code), ("unit", unit), ("observer", observer), *(("staff", who) for who in staff))
            field = next(name for name, text in named if len(text) > limit)
            self._problems.add("too_long", line=line, place=place, field=field, limit=limit)
            return None
        return (one.trace, day, unit, observer), Row(new_id(), start, end, code, staff, one.trigger, self._note(one))

    def _sound(self, start: int, end: int, one: Seen) -> bool:
        if 0 <= end - start < _DAY_MINUTES or (start, end) == (0, _DAY_MINUTES):
            return True
        line, place = one.place
        clocks = {"start": clock_text(start % _DAY_MINUTES), "end": clock_text(end % _DAY_MINUTES)}
        if end < start:
            self._problems.add("end_before_start", line=line, place=place, field="end", **clocks)
        else:
            clocks["start"] = f"{day_text(one.start // DAY)} {clocks['start']}"
            clocks["end"] = f"{day_text((one.end or 0) // DAY)} {clocks['end']}"
            self._problems.add("whole_day", line=line, place=place, field="end", **clocks)
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
        if note and not self._trusted and (name := self._named(note)):
            line, place = one.place
            self._problems.add("name_in_note", line=line, place=place, field="note", name=name)
        return note

    def _named(self, note: str) -> str | None:
        """What looks like a name in a note; each note is looked at once."""
        if note not in self._names:
            self._names[note] = name_in(note[:_NOTE_LOOKED_AT])
        return self._names[note]


def _workday(
    head: SiteHead,
    key: _Key,
    rows: list[tuple[int, Row]],
    told: DayTold | None,
    roles: Mapping[str, str],
    *,
    ordered: bool,
) -> Workday:
    _, day, unit, observer = key
    if ordered:
        rows.sort(key=lambda pair: pair[0])
    else:
        rows.sort(key=lambda pair: (pair[1].start, _DAY_MINUTES * 2 if pair[1].end is None else pair[1].end))
    people = told.staff if told else ()
    if roles and not people:
        working = dict.fromkeys(who for _, row in rows for who in row.staff)
        people = tuple(Person(who, roles.get(who, "")) for who in sorted(working))
    return Workday(
        head.id, day_text(day), unit, observer, people, tuple(row for _, row in rows), bool(told and told.complete)
    )  # fmt: skip
