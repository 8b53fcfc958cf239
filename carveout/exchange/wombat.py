"""Reads what WOMBAT exports: a line per task with its form's categories, and columns about interruptions.

An interrupted task spans its interruptions; an interrupting task that has a line of its own overlaps it, and one that
has none becomes a row here. Columns such as ``[With Whom] Nurse`` are marks: those set go into the note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from carveout.exchange.cells import Columns, plain
from carveout.exchange.grid import Cells, Grid
from carveout.exchange.headings import guessed
from carveout.exchange.mapping import Mapping
from carveout.exchange.moments import DAY, time_of
from carveout.exchange.seen import Seen
from carveout.exchange.table import Table
from carveout.observations.problems import FileProblems
from carveout.observations.text import folded

_MARK = re.compile(r"\[(.+?)\]\s*(.+)")
_SUB = "(subcategories)"
_INTERRUPTION = "割り込み"
_FIELDS = ("date", "start", "end", "staff", "unit", "observer", "trigger", "note", "site", "kind", "role")
# What WOMBAT computes from the lines themselves.
_COMPUTED = re.compile(
    r"observer/session/taskid|sessionid|session(start|end)|elapsedtime|totaltime|(in)?active\d+|multiwith|numof.*"
    r"|totaloverlappingtime|isinterruptingtask\??|interruptedby|int(taskid|start|end)\d+|sessiondescription"
)
_SET = frozenset(("1", "true", "yes", "y", "x", "✓"))


def is_wombat(grid: Grid) -> bool:
    """Whether headings are those of WOMBAT."""
    names = {folded(heading) for heading in grid.headings}
    told = any(folded(heading).startswith("what") for heading in grid.headings)
    return told and {"starttime", "endtime"} <= names and bool({"sessiondate", "sessionid"} & names)


class Wombat(Table):
    """One table of WOMBAT."""

    def __init__(self, grid: Grid, mapping: Mapping, problems: FileProblems):
        what = [one for one in grid.headings if folded(one).startswith("what")]
        self._what = [one for one in what if not one.endswith(_SUB)]
        self._subs = [one for one in what if one.endswith(_SUB)]
        guess = guessed(grid.headings, _FIELDS)
        if self._what:
            guess["task"] = self._what[0]
        super().__init__(grid, mapping, problems, Columns(grid, mapping, guess, problems))
        self._marks = [(at, found) for at, one in enumerate(grid.headings) if (found := _MARK.fullmatch(one))]
        self._where = next((at for at, one in enumerate(grid.headings) if folded(one) == "where"), None)
        self._id = next((at for at, one in enumerate(grid.headings) if folded(one) == "observer/session/taskid"), None)
        self._cuts = list(self._interruption_columns())
        self._by_place: dict[tuple[int | None, str], Cells] = {}
        # The guess handed in again is the same guess: a task still goes by its subcategory, as at the first reading.
        self._asked = mapping.columns.get("task", guess.get("task")) == guess.get("task")

    @property
    def passed(self) -> tuple[str, ...]:
        """Headings that are understood without being a field."""
        marks = [self.grid.headings[at] for at, _ in self._marks]
        where = [] if self._where is None else [self.grid.headings[self._where]]
        computed = [one for one in self.grid.headings if _COMPUTED.fullmatch(folded(one))]
        return (*super().passed, *self._what, *self._subs, *marks, *where, *computed)

    def seen(self) -> list[Seen]:
        """The lines as rows, then the interruptions that have no line of their own."""
        rows = super().seen()
        self._by_place = {self.grid.place(index): row for index, row in enumerate(self.grid.rows)}
        known = {self._task_id(row) for row in self.grid.rows}
        more = [cut for one in rows for cut in self._interruptions(one, known)]
        interrupting = next((at for at, h in enumerate(self.grid.headings) if "isinterrupting" in folded(h)), None)
        n = len(more)
        if interrupting is not None:
            n += sum(plain(row[interrupting]).casefold() in _SET for row in self.grid.rows)
        if n:
            self.problems.add("interruptions", n=n)
        return [*rows, *more]

    def _task(self, row: Cells) -> str:
        if not self._asked:
            return super()._task(row)
        return self._first(row, self._subs) or self._first(row, self._what)

    def _said(self, row: Cells) -> str:
        parts = []
        if self._asked and self._first(row, self._subs):
            parts.append(self._first(row, self._what))
        if self._where is not None and "unit" not in self.columns.of and (where := plain(row[self._where])):
            parts.append(f"Where: {where}")
        groups: dict[str, list[str]] = {}
        for at, found in self._marks:
            if plain(row[at]).casefold() in _SET:
                groups.setdefault(found[1], []).append(found[2])
        parts.extend(f"{group}: {', '.join(names)}" for group, names in groups.items())
        return " / ".join(part for part in (super()._said(row), *parts) if part)

    def _first(self, row: Cells, headings: list[str]) -> str:
        cells = (plain(row[at]) for one in headings if (at := self.grid.at(one)) is not None)
        return next((text for text in cells if text), "")

    def _task_id(self, row: Cells) -> str:
        return "" if self._id is None else plain(row[self._id])

    def _interruption_columns(self) -> Iterator[tuple[int, int, int | None]]:
        at = {folded(one): index for index, one in enumerate(self.grid.headings)}
        for name, index in at.items():
            if (found := re.fullmatch(r"intstart(\d+)", name)) and f"intend{found[1]}" in at:
                yield index, at[f"intend{found[1]}"], at.get(f"inttaskid{found[1]}")

    def _interruptions(self, one: Seen, known: set[str]) -> Iterator[Seen]:
        """Interruptions of a row that no line tells."""
        if not self._cuts:
            return
        row = self._by_place[one.place]
        for start_at, end_at, id_at in self._cuts:
            task = "" if id_at is None else plain(row[id_at])
            if task and any(task == other or other.endswith(f"_{task}") for other in known):
                continue
            start, end = time_of(row[start_at], self.order), time_of(row[end_at], self.order)
            if start is None or end is None:
                continue
            day = one.start // DAY
            began = day * DAY + start.ms
            began += DAY if began < one.start else 0
            ended = began - began % DAY + end.ms
            ended += DAY if ended < began else 0
            yield one._replace(start=began, end=ended, task=_INTERRUPTION, note=f"{_INTERRUPTION}: {one.task}")
