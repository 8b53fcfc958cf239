"""CSV to a table: comma, semicolon or tab, UTF-8 or what Excel saves under Japanese Windows (Shift_JIS).

Cells stay text: ``=1+1`` is four characters, never a formula. Rows are encoded as they are read, so a file costs its
distinct values and four bytes a cell.
"""

from __future__ import annotations

import csv
import io
from array import array
from collections.abc import Callable, Sequence

import numpy as np

from carveout.observations.headings import SEARCHED_ROWS, columns_of, heading_row
from carveout.observations.parts import Places, ints
from carveout.observations.problems import FileProblems, silent
from carveout.observations.table import Column, Table

_SEPARATORS = (",", "\t", ";")
_PROGRESS_EVERY = 1 << 14


def csv_table(text: str, problems: FileProblems, advance: Callable[[float], None] = silent) -> Table | None:
    """The table of a CSV text, None where there is none (the problems say so)."""
    if not text.strip():
        problems.add("empty_file")
        return None
    separator = _separator(text)
    stream = io.StringIO(text, newline="")
    reader = csv.reader(stream, delimiter=separator)
    head: list[list[str]] = []
    lines: list[int] = []
    try:
        for row in reader:
            head.append(row)
            lines.append(reader.line_num)
            if len(head) >= SEARCHED_ROWS:
                break
        at = heading_row(head)
        if at is None:
            problems.add("no_heading", line=1)
            return None
        columns = columns_of(head[at], problems, lines[at], "")
        encoder = _Encoder(columns, len(head[at]), problems)
        before = lines[at]
        for row, line in zip(head[at + 1 :], lines[at + 1 :], strict=True):
            encoder.take(row, before + 1)
            before = line
        for count, row in enumerate(reader):
            encoder.take(row, before + 1)
            before = reader.line_num
            if count % _PROGRESS_EVERY == 0:
                advance(stream.tell() / max(1, len(text)))
    except csv.Error as error:
        code = "too_long" if "field larger" in str(error) else "damaged"
        problems.add(code, line=reader.line_num, limit=csv.field_size_limit(), format="CSV", reason=error)
        return None
    return encoder.table()


def _separator(text: str) -> str:
    """The separator under which the first lines show the most headings."""
    top = text[: 1 << 16].splitlines()[:SEARCHED_ROWS]

    def known(separator: str) -> int:
        try:
            rows = list(csv.reader(top, delimiter=separator))
        except csv.Error:
            return -1
        at = heading_row(rows)
        return -1 if at is None else len(rows[at])

    return max(_SEPARATORS, key=known)


class _Encoder:
    """Numbers the values of each column as rows come in."""

    def __init__(self, columns: dict[str, int], width: int, problems: FileProblems):
        self._problems, self._width = problems, max(width, 1)
        self._columns = columns
        self._vocabularies: dict[str, dict[str, int]] = {name: {"": -1} for name in columns}
        self._codes: dict[str, array[int]] = {name: array("i") for name in columns}
        self._slots = [(index, self._vocabularies[name], self._codes[name]) for name, index in columns.items()]
        self._lines = array("i")

    def take(self, row: Sequence[str], line: int) -> None:
        """Work one row in; blank rows are passed over."""
        if len(row) != self._width:
            if not any(cell.strip() for cell in row):
                return
            if len(row) > self._width:
                if any(cell.strip() for cell in row[self._width :]):
                    self._problems.add("too_many_cells", line=line, found=len(row), expected=self._width)
            else:
                row = [*row, *("" for _ in range(self._width - len(row)))]
        elif not any(row):
            return
        for index, vocabulary, codes in self._slots:
            value = row[index]
            code = vocabulary.get(value)
            if code is None:
                code = vocabulary[value] = len(vocabulary) - 1  # "" holds -1
            codes.append(code)
        self._lines.append(line)

    def table(self) -> Table:
        """The rows taken so far."""
        columns = {
            name: Column(list(vocabulary)[1:], np.frombuffer(self._codes[name], dtype=np.int32).copy())
            if self._codes[name]
            else Column([], ints([]))
            for name, vocabulary in self._vocabularies.items()
        }
        return Table(columns, len(self._lines), Places(ints(self._lines)))
