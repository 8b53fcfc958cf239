"""One site of a timeline as an observation document: what is written reads back as the same columns.

Rows stand under their day entries in the order of their positions. A task's attributes are written where they differ
from the catalogue's, so that a later catalogue does not change what the document means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from carveout.catalogue import catalogue
from carveout.model import WEEKDAYS
from carveout.observations.clock import DAY, clock_text, day_text
from carveout.observations.tasks_of_sites import ATTRIBUTES, attributes
from carveout.observations.yaml_document import FORMAT
from carveout.timeline import TRIGGER_ON_DEMAND, TRIGGER_PLANNED, Ints, Longs, Timeline

_SIMPLE = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
# Words some YAML reader takes for a truth value or nothing.
_RESERVED = frozenset(("true", "false", "yes", "no", "on", "off", "y", "n", "null"))
_TRIGGERS = {TRIGGER_PLANNED: "planned", TRIGGER_ON_DEMAND: "on_demand"}
_FINE = re.compile("[\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


def write_yaml(timeline: Timeline, site_index: int) -> str:
    """The site as a document of `carveout-observation/1`; reading it gives the same site again.

    >>> from carveout.observations import read_bytes
    >>> csv = "site,kind,date,unit,staff,start,end,task" + chr(10) + "a,other,2026-06-01,u,s1,09:00,09:30,清掃"
    >>> print(write_yaml(read_bytes("a.csv", csv.encode()).timeline, 0).splitlines()[-1].strip())
    - {start: "09:00", end: "09:30", staff: s1, task: cleaning}
    """
    return "\n".join(_Writer(timeline, site_index).lines()) + "\n"


def quoted(text: str) -> str:
    r"""A string as YAML: bare where nothing can mistake it, else in double quotes.

    >>> quoted("s1"), quoted("no"), quoted("清掃: 床"), quoted("a" + chr(7))
    ('s1', '"no"', '"清掃: 床"', '"a\\x07"')
    """
    if _SIMPLE.fullmatch(text) and text.lower() not in _RESERVED:
        return text
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(character: str) -> str:
    if character in '"\\':
        return "\\" + character
    if _FINE.fullmatch(character):
        return character
    code = ord(character)
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"


class _Writer:
    """Lines of one site's document."""

    def __init__(self, timeline: Timeline, site: int):
        self.timeline, self.site = timeline, site
        # The last place answers for an entry without a row, whose unit is -1.
        self.of_site = np.append(timeline.units.site == site, [False])

        self.on_duty: set[int] = set()

    def lines(self) -> Iterator[str]:
        """The document, line by line."""
        sites, site = self.timeline.sites, self.site
        yield f"format: {FORMAT}"
        if sites.constructed[site]:
            yield "constructed: true"
        name = f", name: {quoted(sites.name[site])}" if sites.name[site] != sites.id[site] else ""
        yield f"site: {{id: {quoted(sites.id[site])}, kind: {sites.kind[site]}{name}}}"
        yield from self._tasks()
        yield "days:"
        yield from self._days()
        yield from self._reported()

    def _tasks(self) -> Iterator[str]:
        tasks, line = self.timeline.tasks, self.timeline
        used = np.zeros(len(tasks.code), dtype=np.bool_)
        used[line.task] = used[line.reported.task] = True
        lines = []
        for index in np.flatnonzero(tasks.site == self.site).tolist():
            code = tasks.code[index]
            known = attributes(code)
            own = {name: getattr(tasks, name)[index] for name in ATTRIBUTES}
            differing = [f"{name}: {quoted(value)}" for name, value in own.items() if value != known[name]]
            if differing or not used[index] or (tasks.known[index] and code not in catalogue().tasks):
                lines.append(f"  {quoted(code)}: {{{', '.join(differing)}}}")
        return iter(["tasks:", *lines] if lines else [])

    def _days(self) -> Iterator[str]:
        line = self.timeline
        unit, day, observer = _entries(line)
        rows = np.flatnonzero(self.of_site[line.unit])
        rows = rows[np.lexsort((line.row[rows], line.entry[rows]))]
        mine = np.flatnonzero(self.of_site[unit])
        starts, ends = (np.searchsorted(line.entry[rows], mine, side=side) for side in ("left", "right"))
        duty, working = self._duty(), self._working(rows)
        self.on_duty = {person for people in duty.values() for person in people}
        written: set[tuple[int, int]] = set()
        for entry, start, end in zip(mine.tolist(), starts.tolist(), ends.tolist(), strict=True):
            place = (int(unit[entry]), int(day[entry]))
            yield f"  - date: {day_text(place[1])}"
            yield f"    unit: {quoted(line.units.name[place[0]])}"
            if observer[entry]:
                yield f"    observer: {quoted(observer[entry])}"
            if place not in written:  # once for all entries of a unit's day
                yield from self._staff(duty.get(place, {}), working.get(place, set()))
            written.add(place)
            yield "    timeline:" if end > start else "    timeline: []"
            for row in rows[start:end].tolist():
                yield f"      - {{{', '.join(self._row(row))}}}"

    def _duty(self) -> dict[tuple[int, int], dict[int, list[str]]]:
        """Stretches of each person by unit and day."""
        duty = self.timeline.duty
        found: dict[tuple[int, int], dict[int, list[str]]] = {}
        for k in np.flatnonzero(self.of_site[duty.unit]).tolist():
            people = found.setdefault((int(duty.unit[k]), int(duty.day[k])), {})
            people.setdefault(int(duty.staff[k]), []).extend(_stretches(int(duty.on[k]), int(duty.off[k])))
        return found

    def _working(self, rows: Longs) -> dict[tuple[int, int], set[int]]:
        """People with rows by unit and day."""
        line = self.timeline
        found: dict[tuple[int, int], set[int]] = {}
        for row in rows.tolist():
            found.setdefault((int(line.unit[row]), int(line.day[row])), set()).update(self._members(row))
        return found

    def _members(self, row: int) -> list[int]:
        offsets = self.timeline.staff_offsets
        members: list[int] = self.timeline.staff_ids[offsets[row] : offsets[row + 1]].tolist()
        return members

    def _staff(self, stretches: dict[int, list[str]], working: set[int]) -> Iterator[str]:
        """The day's staff list: who was on duty, and who worked and has a role that no duty tells of.

        Where nobody was on duty but roles are to be told, all who worked are listed, or the list would look incomplete.
        """
        line = self.timeline
        with_role = {person for person in working - self.on_duty if line.staff_role[person]}
        listed = set(stretches) | with_role if stretches else working if with_role else set()
        if listed:
            yield "    staff:"
        for person in sorted(listed):
            fields = [f"id: {quoted(line.staff[person])}"]
            if line.staff_role[person]:
                fields.append(f"role: {quoted(line.staff_role[person])}")
            times = [f'"{stretch}"' for stretch in stretches.get(person, [])]
            if times:
                fields.append(f"on: {times[0]}" if len(times) == 1 else f"on: [{', '.join(times)}]")
            yield f"      - {{{', '.join(fields)}}}"

    def _row(self, row: int) -> Iterator[str]:
        line = self.timeline
        start, end = int(line.start[row]), int(line.end[row])
        yield f'start: "{clock_text(start)}"'
        yield f'end: "{clock_text(end)}"'
        if end > DAY:
            yield "next_day: true"
        members = [quoted(line.staff[person]) for person in self._members(row)]
        if members:
            yield f"staff: {members[0]}" if len(members) == 1 else f"staff: [{', '.join(members)}]"
        yield f"task: {quoted(line.tasks.code[line.task[row]])}"
        if (trigger := _TRIGGERS.get(int(line.trigger[row]))) is not None:
            yield f"trigger: {trigger}"
        if line.note[row] >= 0:
            yield f"note: {quoted(line.notes[line.note[row]])}"

    def _reported(self) -> Iterator[str]:
        told, line = self.timeline.reported, self.timeline
        indexes = np.flatnonzero(told.site == self.site).tolist()
        if indexes:
            yield "reported:"
        for k in indexes:
            fields = [f"task: {quoted(line.tasks.code[told.task[k]])}"]
            if told.unit[k] >= 0:
                fields.append(f"unit: {quoted(line.units.name[told.unit[k]])}")
            if told.weekday[k] >= 0:
                fields.append(f"weekday: {WEEKDAYS[told.weekday[k]]}")
            fields.extend(
                f'{name}: "{clock_text(minutes)}"'
                for name, minutes in (("start", int(told.start[k])), ("end", int(told.end[k])))
                if minutes >= 0
            )
            if told.told_by[k]:
                fields.append(f"told_by: {quoted(told.told_by[k])}")
            yield f"  - {{{', '.join(fields)}}}"


def _stretches(on: int, off: int) -> list[str]:
    """A stretch of duty as text; one that was joined to a full day or more is cut at midnight."""
    if off - on < DAY or off <= DAY:
        return [f"{clock_text(on)}-{clock_text(off)}"]
    return [f"{clock_text(on)}-24:00", f"24:00-{clock_text(off)}"]


def _entries(timeline: Timeline) -> tuple[Ints, Ints, tuple[str, ...]]:
    """Unit, day and observer of each entry; taken from the rows where a timeline was not read from files."""
    if len(timeline.entries.unit):
        return timeline.entries.unit, timeline.entries.day, timeline.entries.observer
    n = int(timeline.entry.max(initial=-1)) + 1
    unit, day = np.full(n, -1, dtype=np.int32), np.zeros(n, dtype=np.int32)
    unit[timeline.entry], day[timeline.entry] = timeline.unit, timeline.day
    return unit, day, ("",) * n
