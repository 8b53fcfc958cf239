"""Columns as workdays one can correct: the way back of `carveout.workday.columns`.

A site's head holds what an observation document would have to declare: the attributes in which a task differs from the
catalogue. People stand with every entry of their unit's day, since each may be opened by itself.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from carveout.catalogue import catalogue
from carveout.model import Kind, Trigger
from carveout.observations.clock import clock_text, day_text
from carveout.observations.tasks_of_sites import ATTRIBUTES, attributes
from carveout.observations.words import WEEKDAYS
from carveout.timeline import TRIGGER_ON_DEMAND, TRIGGER_PLANNED, Ints, Timeline
from carveout.workday.record import Person, Row, SiteHead, Workday, new_id

_TRIGGERS = {TRIGGER_PLANNED: Trigger.PLANNED, TRIGGER_ON_DEMAND: Trigger.ON_DEMAND}
_WEEKDAYS = tuple(WEEKDAYS)
_Stretches = dict[int, list[tuple[int, int]]]


def workdays_of(timeline: Timeline) -> tuple[tuple[SiteHead, tuple[Workday, ...]], ...]:
    """Every site of a timeline with its days, in the order of the entries; each row gets a new id.

    >>> from carveout.observations import read_bytes
    >>> csv = "site,kind,date,unit,staff,start,end,task" + chr(10) + "a,other,2026-06-01,u,s1,09:00,09:30,清掃"
    >>> ((head, (day,)),) = workdays_of(read_bytes("a.csv", csv.encode()).timeline)
    >>> head.kind.value, day.date, day.rows[0].task, day.rows[0].staff
    ('other', '2026-06-01', 'cleaning', ('s1',))
    """
    days = _Days(timeline)
    return tuple((_head(timeline, site), days.of_site(site)) for site in range(len(timeline.sites.id)))


class _Days:
    """Rows and people of a timeline by entry."""

    def __init__(self, timeline: Timeline):
        self.timeline = timeline
        self.unit, self.day, self.observer = _entries(timeline)
        order = np.lexsort((timeline.row, timeline.entry))
        bounds = np.searchsorted(timeline.entry[order], np.arange(len(self.unit) + 1))
        self.rows = [order[a:b].tolist() for a, b in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True)]
        self.offsets, self.members = timeline.staff_offsets.tolist(), timeline.staff_ids.tolist()
        self.start, self.end, self.task = timeline.start.tolist(), timeline.end.tolist(), timeline.task.tolist()
        self.trigger, self.note = timeline.trigger.tolist(), timeline.note.tolist()
        self.duty = self._duty()
        self.on_duty = {person for people in self.duty.values() for person in people}
        self.working: dict[tuple[int, int], set[int]] = {}
        for entry, rows in enumerate(self.rows):
            known = self.working.setdefault((int(self.unit[entry]), int(self.day[entry])), set())
            for row in rows:
                known.update(self._people(row))

    def of_site(self, site: int) -> tuple[Workday, ...]:
        """The days of one site."""
        line = self.timeline
        mine = [e for e in range(len(self.unit)) if self.unit[e] >= 0 and line.units.site[self.unit[e]] == site]
        return tuple(
            Workday(
                line.sites.id[site],
                day_text(int(self.day[entry])),
                line.units.name[self.unit[entry]],
                self.observer[entry],
                self._staff((int(self.unit[entry]), int(self.day[entry]))),
                tuple(map(self._row, self.rows[entry])),
            )
            for entry in mine
        )

    def _row(self, row: int) -> Row:
        line, note = self.timeline, self.note[row]
        return Row(
            new_id(),
            self.start[row],
            self.end[row],
            line.tasks.code[self.task[row]],
            tuple(line.staff[person] for person in self._people(row)),
            _TRIGGERS.get(self.trigger[row]),
            line.notes[note] if note >= 0 else "",
        )

    def _people(self, row: int) -> list[int]:
        people: list[int] = self.members[self.offsets[row] : self.offsets[row + 1]]
        return people

    def _staff(self, place: tuple[int, int]) -> tuple[Person, ...]:
        """Who was on duty, and who worked and has a role that no duty tells of (as `observations.write` lists them)."""
        line, stretches, working = self.timeline, self.duty.get(place, {}), self.working.get(place, set())
        with_role = {person for person in working - self.on_duty if line.staff_role[person]}
        listed = set(stretches) | with_role if stretches else working if with_role else set()
        return tuple(
            Person(line.staff[person], line.staff_role[person], tuple(stretches.get(person, ())))
            for person in sorted(listed)
        )

    def _duty(self) -> dict[tuple[int, int], _Stretches]:
        duty = self.timeline.duty
        found: dict[tuple[int, int], _Stretches] = {}
        columns = (duty.unit, duty.day, duty.staff, duty.on, duty.off)
        for unit, day, staff, on, off in zip(*(column.tolist() for column in columns), strict=True):
            found.setdefault((unit, day), {}).setdefault(staff, []).append((on, off))
        return found


def _entries(timeline: Timeline) -> tuple[Ints, Ints, tuple[str, ...]]:
    """Unit, day and observer of each entry; taken from the rows where a timeline was not read from files."""
    if len(timeline.entries.unit):
        return timeline.entries.unit, timeline.entries.day, timeline.entries.observer
    n = int(timeline.entry.max(initial=-1)) + 1
    unit, day = np.full(n, -1, dtype=np.int32), np.zeros(n, dtype=np.int32)
    unit[timeline.entry], day[timeline.entry] = timeline.unit, timeline.day
    return unit, day, ("",) * n


def _head(timeline: Timeline, site: int) -> SiteHead:
    sites = timeline.sites
    return SiteHead(
        sites.id[site],
        Kind(sites.kind[site]),
        "" if sites.name[site] == sites.id[site] else sites.name[site],
        sites.constructed[site],
        _declared(timeline, site),
        _reported(timeline, site),
    )


def _declared(timeline: Timeline, site: int) -> Mapping[str, Mapping[str, str]]:
    """What the site declares of its tasks over the catalogue, and tasks it declares without any difference."""
    tasks = timeline.tasks
    used = np.zeros(len(tasks.code), dtype=np.bool_)
    used[timeline.task] = used[timeline.reported.task] = True
    found: dict[str, Mapping[str, str]] = {}
    for index in np.flatnonzero(tasks.site == site).tolist():
        code = tasks.code[index]
        known = attributes(code)
        own = {name: str(getattr(tasks, name)[index]) for name in ATTRIBUTES}
        differing = {name: value for name, value in own.items() if value != known[name]}
        if differing or not used[index] or (tasks.known[index] and code not in catalogue().tasks):
            found[code] = differing
    return found


def _reported(timeline: Timeline, site: int) -> tuple[Mapping[str, str], ...]:
    told, line = timeline.reported, timeline
    items = []
    for k in np.flatnonzero(told.site == site).tolist():
        item = {"task": line.tasks.code[told.task[k]]}
        if told.unit[k] >= 0:
            item["unit"] = line.units.name[told.unit[k]]
        if told.weekday[k] >= 0:
            item["weekday"] = _WEEKDAYS[told.weekday[k]]
        for name, minutes in (("start", int(told.start[k])), ("end", int(told.end[k]))):
            if minutes >= 0:
                item[name] = clock_text(minutes)
        if told.told_by[k]:
            item["told_by"] = told.told_by[k]
        items.append(item)
    return tuple(items)
