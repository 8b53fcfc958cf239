"""Texts without what no file can hold: control characters, halves of characters, and code points that are none."""

from __future__ import annotations

import re
from dataclasses import replace

from carveout.observations.text import CONTROL, tidy
from carveout.workday.record import Person, Workday

# Lone surrogates cannot be encoded, and XML forbids the last two code points of the first plane.
_NOT_A_CHARACTER = re.compile("[\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    r"""A text without what no file can hold, trimmed and composed.

    >>> clean(" a\x07b\ud800 ")
    'ab'
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    return tidy(_NOT_A_CHARACTER.sub("", CONTROL.sub("", text)))


def cleaned(day: Workday) -> Workday:
    """A day whose texts every file can hold."""
    rows = tuple(
        replace(row, task=clean(row.task), staff=tuple(map(clean, row.staff)), note=clean(row.note)) for row in day.rows
    )
    people = tuple(Person(clean(one.id), clean(one.role), one.on) for one in day.staff)
    return replace(day, unit=clean(day.unit), observer=clean(day.observer), rows=rows, staff=people)
