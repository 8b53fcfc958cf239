"""The cells of a table by field: what a mapping (or a guess) says the columns are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice

from carveout.exchange.grid import Cells, Grid
from carveout.exchange.headings import field_of, guessed
from carveout.exchange.imported import UnknownColumn
from carveout.exchange.mapping import Mapping as Told
from carveout.model import Trigger
from carveout.observations.problems import FileProblems
from carveout.observations.table import cell_text
from carveout.observations.words import TRIGGERS, find
from carveout.writing import unguarded

_SAMPLES = 3
_SAMPLED_ROWS = 500
_SAMPLE_CHARS = 60


class Columns:
    """Which column of a grid holds which field, and the columns nothing is made of.

    passed: headings that are understood in another way, or that nobody needs to be asked about.
    """

    def __init__(self, grid: Grid, told: Told, guess: Mapping[str, str], problems: FileProblems):
        self.grid = grid
        self.of: dict[str, str] = {}
        for field, heading in told.columns.items():
            if grid.at(heading) is not None:
                self.of[field] = heading
            elif heading:
                problems.add("mapped_column", field=field, heading=heading)
        taken = {*self.of.values(), *told.into_note}
        for field, heading in guess.items():
            # "" in a mapping says that no column is this field.
            if field not in self.of and told.columns.get(field) != "" and heading not in taken:
                self.of[field] = heading
                taken.add(heading)
        self._at = {field: at for field, heading in self.of.items() if (at := grid.at(heading)) is not None}
        self.noted = [(heading, at) for heading in told.into_note if (at := grid.at(heading)) is not None]

    def __contains__(self, field: object) -> bool:
        return field in self._at

    def cell(self, row: Cells, field: str) -> object:
        """The cell of a field, None if blank or without a column."""
        at = self._at.get(field)
        if at is None:
            return None
        cell = row[at]
        return None if cell == "" else cell

    def text(self, row: Cells, field: str) -> str:
        """The cell of a field as text, trimmed."""
        at = self._at.get(field)
        return "" if at is None else plain(row[at])

    def note(self, row: Cells) -> str:
        """The note of a row, with the columns that are to be kept in it."""
        kept = [self.text(row, "note")]
        for heading, at in self.noted:
            if text := plain(row[at]):
                kept.append(f"{heading}: {text}")
        return " / ".join(part for part in kept if part)

    def trigger(self, row: Cells) -> Trigger | None:
        """What set the row off, if a column tells."""
        code = find(TRIGGERS, text) if (text := self.text(row, "trigger")) else None
        return Trigger(code) if code else None

    def unknown(self, passed: Iterable[str], problems: FileProblems) -> tuple[UnknownColumn, ...]:
        """The columns with values that nothing was made of."""
        used = {*self.of.values(), *passed, *(heading for heading, _ in self.noted)}
        left = [heading for heading in self.grid.headings if heading and heading not in used]
        found = []
        for heading in left:
            samples = self._samples(heading)
            if samples:
                guess = field_of(heading)
                found.append(UnknownColumn(heading, samples, "" if guess in self.of else guess))
                problems.add("ignored_column", field=heading, heading=heading, guess="")
        return tuple(found)

    def _samples(self, heading: str) -> tuple[str, ...]:
        at = self.grid.at(heading)
        if at is None:
            return ()
        texts = (
            cell_text(row[at]).strip()[:_SAMPLE_CHARS] for row in self.grid.rows[:_SAMPLED_ROWS] if row[at] is not None
        )
        return tuple(islice(dict.fromkeys(text for text in texts if text), _SAMPLES))


def plain(cell: object) -> str:
    """A cell as text, trimmed, without the apostrophe that keeps spreadsheets from running it."""
    if isinstance(cell, str):
        text = cell.strip()
        return unguarded(text) if text.startswith("'") else text
    return "" if cell is None else cell_text(cell).strip()


def columns_of(grid: Grid, told: Told, problems: FileProblems, fields: Iterable[str] | None = None) -> Columns:
    """The columns of a table as told, the rest guessed from the headings."""
    guess = guessed(grid.headings) if fields is None else guessed(grid.headings, fields)
    return Columns(grid, told, guess, problems)
