"""The ministry's time-study form: one sheet for a person's day, items down the side, hours across the top.

Its headings take two rows: an hour over six columns of ten minutes each (merged cells keep their text in the first one
only). The sheet is laid out as the table that `time_study` reads: a line for each hour, a column for each item.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from carveout.exchange.care_classes import class_named, is_not_recorded, item_named
from carveout.exchange.moments import number_of
from carveout.observations.text import folded

_HOUR = re.compile(r"(\d{1,2})\s*時台?")
_TENTH = re.compile(r"\d{1,2}\s*分?\s*[-~〜–―ー]\s*\d{1,2}\s*分?")
_DATE = ("調査実施日", "調査日", "実施日", "日付", "観察日", "年月日", "date")
_STAFF = ("職員id", "職員番号", "職員", "調査対象職員", "staff", "staffid")
_ENOUGH = 2
Cells = Sequence[object]


def unrolled(rows: Sequence[Cells]) -> tuple[list[str], list[list[object]], int] | None:
    """Headings, lines and the position of the row of hours, where the rows are such a form; else None.

    >>> form = [["職員ID", "s1"], ["項目", "7時台", "8時台"], ["排泄介助・支援", 20, None], ["巡回・移動", 5, 10]]
    >>> unrolled(form)[:2]
    (['職員', '時間帯', '排泄介助・支援', '巡回・移動'], [['s1', '7時台', 20, 5], ['s1', '8時台', None, 10]])
    """
    at = next((n for n, row in enumerate(rows) if sum(map(_is_hour, row)) >= 1 and _items(rows[n + 1 :], row)), None)
    if at is None:
        return None
    items = _items(rows[at + 1 :], rows[at])
    hours = _hours(rows[at], rows[at + 1])
    about = {name: value for name, words in (("日付", _DATE), ("職員", _STAFF)) if (value := _told(rows[:at], words))}
    lines: list[list[object]] = []
    for hour, columns in hours:
        cells = [_sum([row[column] for column in columns if column < len(row)]) for _, row in items]
        if any(cell is not None for cell in cells):
            lines.append([*about.values(), hour, *cells])
    return [*about, "時間帯", *(name for name, _ in items)], lines, at


def _is_hour(cell: object) -> bool:
    return isinstance(cell, str) and _HOUR.fullmatch(_plain(cell)) is not None


def _items(rows: Sequence[Cells], head: Cells) -> list[tuple[str, Cells]]:
    """The rows of items with their names, which stand left of the hours; none where there are too few."""
    first = next((n for n, cell in enumerate(head) if _is_hour(cell)), 0)
    found: list[tuple[str, Cells]] = []
    for row in rows:
        names = [cell for cell in row[:first] if isinstance(cell, str) and _named(cell)]
        if names and not is_not_recorded(names[-1]):  # the class stands left of its items
            found.append((names[-1].strip(), row))
    return found if len({name for name, _ in found}) >= _ENOUGH else []


def _named(cell: str) -> bool:
    return bool(class_named(cell) or item_named(cell))


def _hours(head: Cells, below: Cells) -> list[tuple[str, list[int]]]:
    """Each hour with its columns: the ones of ten minutes below it, else the one it stands in."""
    tenths = {n for n, cell in enumerate(below) if isinstance(cell, str) and _TENTH.fullmatch(_plain(cell))}
    found: list[tuple[str, list[int]]] = []
    for n in range(max(len(head), len(below))):
        cell = head[n] if n < len(head) else None
        if isinstance(cell, str) and _is_hour(cell):
            found.append((cell.strip(), [n]))
        elif found and n in tenths:
            found[-1][1].append(n)
    return found


def _told(rows: Sequence[Cells], words: Sequence[str]) -> object:
    """What stands right of a label above the table, None if nothing but the next label does."""
    for row in rows:
        for n, cell in enumerate(row):
            if _is_label(cell, words):
                beside = next((one for one in row[n + 1 :] if one not in (None, "")), None)
                return None if _is_label(beside, (*_DATE, *_STAFF)) else beside
    return None


def _is_label(cell: object, words: Sequence[str]) -> bool:
    return isinstance(cell, str) and folded(cell).rstrip(":") in words


def _sum(cells: Sequence[object]) -> object:
    """The minutes of an hour; what is no number stays as it is, to be told of."""
    filled = [cell for cell in cells if cell is not None and str(cell).strip()]
    numbers = [number_of(_plain(str(cell)).removesuffix("分")) for cell in filled]
    wrong = next((cell for cell, number in zip(filled, numbers, strict=True) if number is None), None)
    if not filled or wrong is not None:
        return wrong
    return filled[0] if len(filled) == 1 else sum(number for number in numbers if number is not None)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()
