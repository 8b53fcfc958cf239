"""Cells that no spreadsheet takes for a formula, and the way back to what was meant."""

from __future__ import annotations

import re
from dataclasses import replace

from carveout.workday.record import Person, Row, Workday

# With these (or their full-width forms) a spreadsheet may take a text for a formula.
_FORMULA = re.compile(r"'*[ \u3000]*[=+\-@\t\r\n＝＋－＠]")


def guarded(text: str) -> str:
    """A text for a cell, with an apostrophe before what might be run.

    >>> guarded("=1+1"), guarded("'=1+1"), guarded("清掃")
    ("'=1+1", "''=1+1", '清掃')
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """A cell's text as it was before `guarded`.

    >>> unguarded("'=1+1"), unguarded("'quoted'")
    ('=1+1', "'quoted'")
    """
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def restored(day: Workday) -> Workday:
    """A day read from a table we wrote, every text as it was."""
    rows = tuple(_row(row) for row in day.rows)
    people = tuple(Person(unguarded(one.id), unguarded(one.role), one.on) for one in day.staff)
    return replace(day, unit=unguarded(day.unit), observer=unguarded(day.observer), rows=rows, staff=people)


def _row(row: Row) -> Row:
    staff = tuple(unguarded(one) for one in row.staff)
    return replace(row, task=unguarded(row.task), staff=staff, note=unguarded(row.note))
