"""Observation documents (`carveout-observation/1`) in YAML: nodes to columns.

The text is read once; every value is checked where it stands, and a wrong one costs a problem and its row, never the
rest of the file. `schema.json` says the same to other programs; a test holds the two against each other.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeVar

import numpy as np

from carveout.model import WEEKDAYS as WEEKDAY_CODES
from carveout.observations.clock import DAY, clock_text
from carveout.observations.fields import Fields, Path, spelled
from carveout.observations.limits import Limits
from carveout.observations.parts import Entries, Listed, Part, Places, ReportedItem, Roles, Rows, SiteHead, ints
from carveout.observations.problems import FileProblems, silent
from carveout.observations.words import KINDS, TASK_ATTRIBUTES, TRIGGERS, WEEKDAYS
from carveout.observations.yaml_nodes import Listing, Node, Pairs, Scalar, compose
from carveout.timeline import TRIGGER_ON_DEMAND, TRIGGER_PLANNED, TRIGGER_UNKNOWN

FORMAT = "carveout-observation/1"
DEFAULT_UNIT = "unit-1"
_TOP = ("format", "constructed", "site", "tasks", "days", "reported")
_SITE = ("id", "kind", "name")
_DAY = ("date", "unit", "observer", "staff", "timeline")
_STAFF = ("id", "role", "on")
_ROW = ("start", "end", "next_day", "staff", "task", "trigger", "note")
_REPORTED = ("task", "unit", "weekday", "start", "end", "told_by")
_Value = TypeVar("_Value")
_TRIGGER_CODES = {None: TRIGGER_UNKNOWN, "planned": TRIGGER_PLANNED, "on_demand": TRIGGER_ON_DEMAND}
_WEEKDAY_NUMBER = {str(code): number for number, code in enumerate(WEEKDAY_CODES)}


def yaml_parts(
    text: str, problems: FileProblems, limits: Limits, advance: Callable[[float], None] = silent
) -> list[Part]:
    """One part per YAML document of a text; what is wrong is in `problems`."""
    documents = [d for d in compose(text, problems, limits, advance) if not (isinstance(d, Scalar) and d.is_null)]
    if not documents and not problems.has_errors:
        problems.add("empty_file")
    parts = [_Document(problems, limits).read(node) for node in documents]
    return [part for part in parts if part is not None]


class _Row(NamedTuple):
    entry: int
    row: int
    start: int
    end: int
    task: int
    staff: int
    trigger: int
    note: int
    line: int


class _Document:
    """One document being read; lists grow row by row and become columns at the end."""

    def __init__(self, problems: FileProblems, limits: Limits):
        self.problems = problems
        self.fields = Fields(problems, limits)
        self.entries: list[tuple[int, int, str]] = []
        self.rows: list[_Row] = []
        self.listed: list[tuple[int, int, int, int, int]] = []
        self.roles: dict[tuple[int, int], None] = {}
        self.role_words: dict[str, int] = {}
        self.reported: list[ReportedItem] = []
        self.units: dict[str, int] = {}
        self.tasks: dict[str, int] = {}
        self.staff_sets: dict[tuple[str, ...], int] = {}
        self.staff_ids: dict[str, int] = {}
        self.notes: dict[str, int] = {}
        self.clocks: dict[str, int | None] = {}
        self.empty_days: list[tuple[int, Path]] = []
        self.rows_seen = self.without_staff = self.without_unit = 0
        self.first_without_staff = self.first_without_unit = 0

    def read(self, node: Node) -> Part | None:
        """The document's part, None where there is nothing to make one of."""
        if not isinstance(node, Pairs):
            self.problems.add("not_a_document", line=node.line)
            return None
        top = self.fields.mapping(node, (), _TOP, node.line)
        if top is None:
            return None
        self._format(top.get("format"), node.line)
        self.fields.require(top, ("site", "days"), (), node.line)
        constructed = self.fields.truth(top.get("constructed"), (), "constructed")
        head = self._site(top.get("site"), top.get("tasks"), constructed)
        for number, day in enumerate(self.fields.items(top.get("days"), (), "days")):
            self._day(day, ("days", number))
        for number, item in enumerate(self.fields.items(top.get("reported"), (), "reported")):
            self._reported(item, ("reported", number))
        if not self.rows_seen and "days" in top:
            self.problems.add("no_rows", line=top["days"].line, field="timeline")
        for line, path in self.empty_days if self.rows_seen else ():
            self.problems.add("empty_day", line=line, place=spelled(path), field="timeline")
        if self.without_staff:
            self.problems.add("no_staff", line=self.first_without_staff, field="staff", n=self.without_staff)
        if self.without_unit:
            self.problems.add(
                "no_unit", line=self.first_without_unit, field="unit", unit=DEFAULT_UNIT, n=self.without_unit
            )
        return self._part(head)

    def _format(self, node: Node | None, line: int) -> None:
        if node is None:
            self.problems.add("missing_key", line=line, field="format", key=f"format: {FORMAT}")
        elif not isinstance(node, Scalar) or node.text != FORMAT:
            value = node.text if isinstance(node, Scalar) else "…"
            self.problems.add("wrong_format", line=node.line, field="format", value=value)

    def _site(self, node: Node | None, tasks: Node | None, constructed: bool) -> SiteHead:
        declared = self._declared(tasks)
        found = None
        if not (isinstance(node, Scalar) and node.is_null):
            found = self.fields.mapping(node, ("site",), _SITE, 0, "site")
        if found is None or node is None:
            return SiteHead("?", "other", None, constructed, declared)
        self.fields.require(found, ("id",), ("site",), node.line)
        site = self.fields.text(found.get("id"), ("site",), "id")
        kind = self.fields.word(found.get("kind"), ("site",), "kind", KINDS)
        if kind is None and not _absent(found.get("kind")):
            kind = "other"  # the wrong one has been named; it is not missing as well
        name = self.fields.text(found.get("name"), ("site",), "name")
        return SiteHead(site or "?", kind, name, constructed, declared)

    def _declared(self, node: Node | None) -> dict[str, dict[str, str]]:
        if node is None or (isinstance(node, Scalar) and node.is_null):
            return {}
        declared: dict[str, dict[str, str]] = {}
        for key, value in (self.fields.mapping(node, ("tasks",), None, node.line, "tasks") or {}).items():
            code = self.fields.checked(key, value.line, ("tasks",), key[:40])
            attributes = self._attributes(value, ("tasks", key[:40]))
            if code is not None:
                declared[code] = attributes
        return declared

    def _attributes(self, node: Node, path: Path) -> dict[str, str]:
        if isinstance(node, Scalar) and node.is_null:
            return {}
        found = self.fields.mapping(node, path, tuple(TASK_ATTRIBUTES), node.line) or {}
        values: dict[str, str] = {}
        for name, words in TASK_ATTRIBUTES.items():
            if words is None:
                value = self.fields.text(found.get(name), path, name)
            else:
                value = self._attribute_word(found.get(name), path, name, words)
            if value is not None:
                values[name] = value
        return values

    def _attribute_word(self, node: Node | None, path: Path, name: str, words: tuple[str, ...]) -> str | None:
        # `medical_act: no` unquoted is a boolean to YAML 1.1 and text to YAML 1.2; both mean the word.
        if name == "medical_act" and isinstance(node, Scalar) and node.is_boolean:
            return "yes" if node.truth else "no"
        return self.fields.word(node, path, name, {word: (word,) for word in words})

    def _day(self, node: Node, path: Path) -> None:
        found = self.fields.mapping(node, path, _DAY, node.line)
        if found is None:
            return
        self.fields.require(found, ("date",), path, node.line)
        day = self.fields.day(found.get("date"), path, "date")
        unit = self.fields.text(found.get("unit"), path, "unit")
        if unit is None and _absent(found.get("unit")):
            self.without_unit += 1
            self.first_without_unit = self.first_without_unit or node.line
        observer = self.fields.text(found.get("observer"), path, "observer") or ""
        unit_number = _number(self.units, unit or DEFAULT_UNIT)
        entry = len(self.entries)
        self.entries.append((unit_number, day or 0, observer))
        for number, member in enumerate(self.fields.items(found.get("staff"), path, "staff")):
            self._member(member, (*path, "staff", number), unit_number, day or 0)
        rows = self.fields.items(found.get("timeline"), path, "timeline")
        written = found.get("timeline")
        if not rows and (_absent(written) or isinstance(written, Listing)):
            self.empty_days.append((node.line, path))
        self.rows_seen += len(rows)
        for number, row in enumerate(rows):
            self._row(row, (*path, "timeline", number), entry, number)

    def _member(self, node: Node, path: Path, unit: int, day: int) -> None:
        found = self.fields.mapping(node, path, _STAFF, node.line)
        if found is None:
            return
        self.fields.require(found, ("id",), path, node.line)
        member = self.fields.text(found.get("id"), path, "id")
        role = self.fields.text(found.get("role"), path, "role")
        stretches = self.fields.stretches(found.get("on"), path)
        if member is None:
            return
        number = _number(self.staff_ids, member)
        if role is not None:
            self.roles[number, _number(self.role_words, role)] = None
        for on, off in stretches or [(-1, -1)]:
            self.listed.append((unit, day, number, on, off))

    def _row(self, node: Node, path: Path, entry: int, number: int) -> None:
        found = self.fields.mapping(node, path, _ROW, node.line)
        if found is None:
            return
        self.fields.require(found, ("start", "end", "task"), path, node.line)
        start, end = self._clock(found.get("start"), path, "start"), self._clock(found.get("end"), path, "end")
        if start is not None and end is not None:
            next_day = "next_day" in found and self.fields.truth(found["next_day"], path, "next_day")
            end = self._order(start, end, next_day, path, found["end"].line)
        staff = self._staff(found.get("staff"), path, node.line)
        task = self.fields.text(found.get("task"), path, "task")
        trigger = self.fields.word(found["trigger"], path, "trigger", TRIGGERS) if "trigger" in found else None
        note = self.fields.note(found["note"], path) if "note" in found else ""
        if start is None or end is None or task is None:
            return
        numbers = _number(self.tasks, task), _number(self.staff_sets, staff), _TRIGGER_CODES[trigger]
        note_number = _number(self.notes, note) if note else -1
        self.rows.append(_Row(entry, number, start, end, *numbers, note_number, node.line))

    def _clock(self, node: Node | None, path: Path, field: str) -> int | None:
        """A clock time; one seen before costs a dictionary look-up."""
        if isinstance(node, Scalar) and (known := self.clocks.get(node.text)) is not None:
            return known
        minutes = self.fields.clock(node, path, field)
        if isinstance(node, Scalar) and ":" in node.text:
            self.clocks[node.text] = minutes
        return minutes

    def _order(self, start: int, end: int, next_day: bool, path: Path, line: int) -> int | None:
        """The end in minutes from the day's midnight, None where end and start contradict each other."""
        if next_day and end < start:
            return end + DAY
        if next_day or end < start:
            code = "whole_day" if next_day else "end_before_start"
            clocks = {"start": clock_text(start), "end": clock_text(end)}
            self.problems.add(code, line=line, place=spelled(path), field="end", **clocks)
            return None
        return end

    def _staff(self, node: Node | None, path: Path, line: int) -> tuple[str, ...]:
        if _absent(node) or (isinstance(node, Listing) and not node.items):
            self.without_staff += 1
            self.first_without_staff = self.first_without_staff or line
            return ()
        if not isinstance(node, Listing):
            member = self.fields.text(node, path, "staff")
            return () if member is None else (member,)
        members = []
        for item in node.items:
            if _absent(item):
                self.fields.wrong_type(item, "text", path, "staff")
            elif (member := self.fields.text(item, path, "staff")) is not None:
                members.append(member)
        return tuple(dict.fromkeys(members))

    def _reported(self, node: Node, path: Path) -> None:
        found = self.fields.mapping(node, path, _REPORTED, node.line)
        if found is None:
            return
        self.fields.require(found, ("task",), path, node.line)
        start, end = self._clock(found.get("start"), path, "start"), self._clock(found.get("end"), path, "end")
        if start is not None and end is not None:
            end = self._order(start, end, False, path, found["end"].line)
        task = self.fields.text(found.get("task"), path, "task")
        weekday = self.fields.word(found.get("weekday"), path, "weekday", WEEKDAYS)
        unit = self.fields.text(found.get("unit"), path, "unit")
        told_by = self.fields.text(found.get("told_by"), path, "told_by") or ""
        if task is None:
            return
        number = -1 if weekday is None else _WEEKDAY_NUMBER[weekday]
        start, end = -1 if start is None else start, -1 if end is None else end
        self.reported.append(ReportedItem(0, unit, task, number, start, end, told_by, node.line))

    def _part(self, head: SiteHead) -> Part:
        columns = np.array(self.rows, dtype=np.int32).reshape(len(self.rows), len(_Row._fields)).T
        entries = np.array([e[:2] for e in self.entries], dtype=np.int32).reshape(len(self.entries), 2).T
        listed = np.array(self.listed, dtype=np.int32).reshape(len(self.listed), 5).T
        entry, row, start, end, task, staff, trigger, note, line = (ints(column) for column in columns)
        return Part(
            file=self.problems.file,
            heads=(head,),
            units=[(0, unit) for unit in self.units],
            entries=Entries(ints(entries[0]), ints(entries[1]), [e[2] for e in self.entries]),
            rows=Rows(entry, row, start, end, task, staff, trigger.astype(np.int8), note),
            places=Places(line),
            tasks=list(self.tasks),
            staff_sets=list(self.staff_sets),
            notes=list(self.notes),
            listed=Listed(*(ints(column) for column in listed)),
            listed_ids=list(self.staff_ids),
            roles=self._roles(),
            reported=self.reported,
        )

    def _roles(self) -> Roles:
        told = list(self.roles)
        nobody = np.zeros(len(told), dtype=np.int32)
        return Roles(
            nobody, ints([who for who, _ in told]), ints([role for _, role in told]),
            list(self.staff_ids), list(self.role_words),
        )  # fmt: skip


def _absent(node: Node | None) -> bool:
    return node is None or (isinstance(node, Scalar) and node.is_null)


def _number(vocabulary: dict[_Value, int], value: _Value) -> int:
    """The number of a value, given on first sight."""
    return vocabulary.setdefault(value, len(vocabulary))
