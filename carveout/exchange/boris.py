"""Reads what BORIS exports: aggregated events (a row per behaviour) and tabular events (a row per start, stop, point).

Times are seconds from the start of the observation; the clock comes from the observation's date, or from the mapping.
An offset column is not added once more: BORIS has added it when the event was recorded.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from carveout.exchange.cells import Columns
from carveout.exchange.grid import Cells, Grid
from carveout.exchange.headings import WORDS
from carveout.exchange.mapping import Mapping
from carveout.exchange.moments import DAY, SECOND, day_of, number_of, time_of
from carveout.exchange.pairing import Edge, Key, Pairing
from carveout.exchange.seen import Seen
from carveout.model import Trigger
from carveout.observations.clock import day_text
from carveout.observations.problems import FileProblems
from carveout.observations.text import folded
from carveout.observations.words import TRIGGERS, find

_EDGES: dict[str, Edge] = {"start": "start", "stop": "end", "point": "point"}
# What BORIS says about the recording; nobody needs to be asked about it.
_ABOUT = (
    "Observation id", "Observation date", "Description", "Observation duration", "Observation type", "Source",
    "Media file", "Media file name", "Media file path", "Total length", "Time offset (s)", "Media duration (s)", "FPS",
    "FPS (frame/s)",
    "Observation duration by subject by observation", "Behavior type", "Status", "Duration (s)", "Image index",
    "Image index start", "Image index stop", "Image file path", "Image file path start", "Image file path stop",
)  # fmt: skip
_TOLD = ("Observation id", "Observation date", "Behavior type", "Status", "Comment stop")  # read beside the fields
_INDEPENDENT = ("unit", "observer", "site", "kind", "role")


def kind_of(grid: Grid) -> Literal["boris", "boris-tabular", ""]:
    """Which of the two a table is, by its headings; "" if none.

    >>> kind_of(Grid(("Time", "Subject", "Behavior", "Status"), [], []))
    'boris-tabular'
    """
    names = {folded(heading) for heading in grid.headings}
    if "behavior" not in names:
        return ""
    if folded("Start (s)") in names and folded("Stop (s)") in names:
        return "boris"
    return "boris-tabular" if "time" in names and names & {folded("Behavior type"), "status"} else ""


class Boris:
    """One table of BORIS."""

    def __init__(self, grid: Grid, mapping: Mapping, problems: FileProblems):
        self.grid, self.mapping, self.problems = grid, mapping, problems
        self._at = {folded(heading): index for index, heading in reversed(list(enumerate(grid.headings)))}
        guess = {
            "task": "Behavior",
            "staff": "Subject",
            "start": "Start (s)",
            "end": "Stop (s)",
            "note": "Comment start",
        }
        if kind_of(grid) == "boris-tabular":
            guess = {"task": "Behavior", "staff": "Subject", "start": "Time", "note": "Comment"}
        found = {field: name for field, heading in guess.items() if (name := self._heading(heading))}
        for field in _INDEPENDENT:
            named = next((name for word in WORDS[field] if (name := self._heading(word))), None)
            if named is not None:
                found[field] = named
        self.columns = Columns(grid, mapping, found, problems)
        self._starts: dict[str, int | None] = {}
        self._days: dict[tuple[int, str, str], set[str]] = {}  # observations of each unit, day and observer
        self._modified = [at for name, at in self._at.items() if name.startswith("modifier")]
        self._told = {name: self._at.get(folded(name)) for name in _TOLD}
        self._above = {row[0]: row[1] for row in grid.above if len(row) > 1 and row[0]}

    def _heading(self, name: str) -> str | None:
        index = self._at.get(folded(name))
        return None if index is None else self.grid.headings[index]

    def _text(self, row: Cells, heading: str) -> str:
        index = self._told[heading]
        cell = None if index is None else row[index]
        return "" if cell is None else str(cell).strip()

    @property
    def passed(self) -> tuple[str, ...]:
        """Headings that are understood without being a field."""
        modifiers = tuple(name for name in self.grid.headings if folded(name).startswith("modifier"))
        also = ("Behavioral category", "Comment stop")
        return tuple(name for one in (*_ABOUT, *also) if (name := self._heading(one))) + modifiers

    def seen(self) -> list[Seen]:
        """The rows, in the order of the file."""
        rows = list(self._aggregated()) if kind_of(self.grid) == "boris" else list(self._tabular())
        joined = sum(len(observations) for observations in self._days.values() if len(observations) > 1)
        if joined:
            self.problems.add("observations_joined", field="Observation id", n=joined)
        return rows

    @property
    def needs_date(self) -> bool:
        """Whether an observation has no date of its own and the mapping gives none."""
        return None in self._starts.values()

    def _aggregated(self) -> Iterator[Seen]:
        for index, row in enumerate(self.grid.rows):
            one = self._one(index, row)
            if one is None:
                continue
            if self._text(row, "Behavior type").upper() == "POINT":
                yield one._replace(end=one.start)
                continue
            cell = self.columns.cell(row, "end")
            stop, began = _seconds(cell), _seconds(self.columns.cell(row, "start"))
            if stop is None or began is None:
                if str(cell or "NA").strip().upper() in ("NA", "NAN"):
                    self.problems.add("no_end", line=one.place[0], place=one.place[1], task=one.task)
                    yield one
                else:
                    self._bad(one.place, "end", cell)
                continue
            note = self._text(row, "Comment stop")
            both = one.note if note in ("", one.note) else f"{one.note} {note}".strip()
            yield one._replace(end=one.start + round((stop - began) * SECOND), note=both)

    def _tabular(self) -> Iterator[Seen]:
        pairings: dict[str, Pairing] = {}
        events: list[tuple[str, Edge, Key, Seen]] = []
        for index, row in enumerate(self.grid.rows):
            word = self._text(row, "Behavior type") or self._text(row, "Status")
            edge = _EDGES.get(word.casefold())
            one = self._one(index, row)
            if one is None:
                continue
            if edge is None:
                self.problems.add("bad_type", line=one.place[0], place=one.place[1], field="Behavior type", value=word)
                continue
            modifiers = self._modifiers(row)
            key = (one.task, *one.staff, modifiers)
            events.append((self._text(row, "Observation id"), edge, key, one))
        events.sort(key=lambda event: event[3].start)  # stable: what happened at one moment stays as written
        for observation, edge, key, one in events:
            pairings.setdefault(observation, Pairing(self.problems)).take(edge, key, one)
        for pairing in pairings.values():
            yield from pairing.rows()

    def _one(self, index: int, row: Cells) -> Seen | None:
        """A row with its start alone."""
        place = self.grid.place(index)
        began = self.columns.cell(row, "start")
        seconds = _seconds(began)
        if seconds is None or abs(seconds) > 40 * 86_400:
            self._bad(place, "start", began)
            return None
        zero = self._zero(row, place)
        if zero is None:
            return None
        who, unit = self.columns.text(row, "staff"), self.columns.text(row, "unit")
        observer, observation = self.columns.text(row, "observer"), self._text(row, "Observation id")
        self._days.setdefault((zero // DAY, unit, observer), set()).add(observation)
        return Seen(
            zero + round(seconds * SECOND), None, self.columns.text(row, "task"), (who,) if who else (), unit, observer,
            self._trigger(row), self._note(row), place, site=self.columns.text(row, "site"),
            kind=self.columns.text(row, "kind"), role=self.columns.text(row, "role"),
        )  # fmt: skip

    def _bad(self, place: tuple[int | None, str], field: str, value: object) -> None:
        self.problems.add(
            "bad_time", line=place[0], place=place[1], field=self.columns.of.get(field, field), value=value
        )

    def _zero(self, row: Cells, place: tuple[int | None, str]) -> int | None:
        """The moment of second 0 of the row's observation; None if its day is not known (asked once)."""
        observation = self._text(row, "Observation id") or self._above.get("Observation id", "")
        told = self._text(row, "Observation date") or self._above.get("Observation date", "")
        key = f"{observation}\n{told}"
        if key not in self._starts:
            self._starts[key] = self._start(observation, told)
        return self._starts[key]

    def _start(self, observation: str, told: str) -> int | None:
        mapping, order = self.mapping, self.mapping.date_order or "dmy"
        own = mapping.starts.get(observation, "")
        moment = time_of(own or told, order)
        day = day_of(own or told, order) if moment is None else moment.day
        clock = None if moment is None else moment.ms
        if not own:
            if mapping.date:
                day = day_of(mapping.date)
            if mapping.origin and (origin := time_of(mapping.origin)) is not None:
                clock = origin.ms
            elif clock is None and day is not None:
                self.problems.add("no_origin", field="origin")
            elif day is not None and clock and not mapping.date:
                start = f"{day_text(day)} {clock // 3_600_000:02d}:{clock // 60_000 % 60:02d}"
                self.problems.add("started_at", field="Observation date", observation=observation or "-", start=start)
        clock = clock or 0
        return None if day is None else day * DAY + clock

    def _modifiers(self, row: Cells) -> str:
        parts = [str(row[at] or "").strip() for at in self._modified]
        return " / ".join(part for part in parts if part and part.casefold() not in ("none", "na"))

    def _trigger(self, row: Cells) -> Trigger | None:
        words = self._modifiers(row).split(" / ")
        return next((Trigger(code) for word in words if word and (code := find(TRIGGERS, word))), None)

    def _note(self, row: Cells) -> str:
        """The comment, with modifiers that say something else than planned or on demand."""
        words = [word for word in self._modifiers(row).split(" / ") if word and not find(TRIGGERS, word)]
        return " / ".join(part for part in (*words, self.columns.note(row)) if part)


def _seconds(cell: object) -> float | None:
    """Seconds of a cell: a number, or a time since the start written with colons."""
    found = number_of(cell)
    if found is None and isinstance(cell, str) and ":" in cell and (told := time_of(cell)) is not None:
        return told.ms / SECOND if told.day is None else None
    return found
