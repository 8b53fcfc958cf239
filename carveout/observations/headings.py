"""Finds the row of headings and which column each one names, by name and never by position."""

from __future__ import annotations

from collections.abc import Sequence

from carveout.observations.problems import FileProblems, guess
from carveout.observations.table import cell_text, recognised
from carveout.observations.words import HEADINGS

# Forms often carry a title above the headings; they are looked for in the first rows only.
SEARCHED_ROWS = 20
_ENOUGH = 3
MAX_COLUMNS = 64
_KNOWN = [word for words in HEADINGS.values() for word in words]


def heading_row(rows: Sequence[Sequence[object]]) -> int | None:
    """Index of the first row that names at least three columns, None if there is none.

    >>> heading_row([["観察記録"], ["施設", "日付", "開始"]])
    1
    """
    for index, row in enumerate(rows[:SEARCHED_ROWS]):
        if len({name for cell in row if cell is not None and (name := recognised(cell))}) >= _ENOUGH:
            return index
    return None


def columns_of(headings: Sequence[object], problems: FileProblems, line: int | None, place: str) -> dict[str, int]:
    """Position of each known column. Two for one column are an error; unknown ones are named, and left out."""
    found: dict[str, int] = {}
    for index, cell in enumerate(headings):
        text = "" if cell is None else cell_text(cell).strip()
        if not text:
            continue
        name = recognised(text)
        if name is None:
            close = guess(text, _KNOWN)
            problems.add("ignored_column", line=line, place=place, field=text, heading=text, guess=close)
        elif name in found:
            problems.add("duplicate_column", line=line, place=place, field=text, heading=text)
        else:
            found[name] = index
    return found
