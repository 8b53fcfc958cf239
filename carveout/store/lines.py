"""A table's lines as JSON, column by column, and back: what an export holds and a restore takes.

Columns that hold JSON are written as JSON, not as text of text. What comes back is checked as strictly as what one
types: every column there and of its type, every row, head, change within bounds.
"""

from __future__ import annotations

import base64
import json
import math
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Double, Integer, LargeBinary, Table

from carveout.store import checking, sites, tables
from carveout.store.access import Member, Role
from carveout.store.codec import Json, body_of, change_of, dumped, fact_of, loaded, override_of, text_list
from carveout.store.days import person_of_line, row_of_line
from carveout.store.records import By, DayHead, Paper
from carveout.store.tables import Line

TABLES: tuple[Table, ...] = (
    tables.site, tables.day, tables.day_row, tables.day_person, tables.change, tables.clash, tables.verdict_override,
    tables.mapping, tables.draft, tables.member, tables.paper,
)  # fmt: skip
_NESTED = frozenset(
    (tables.site.c.tasks, tables.site.c.reported, tables.day_row.c.staff, tables.day_person.c.on_duty,
     tables.change.c.body, tables.clash.c.body, tables.verdict_override.c.body, tables.member.c.sites)
)  # fmt: skip
_KINDS = frozenset(
    ("edit", "undo", "redo", "resolve", "open", "import", "rename", "remove", "restore", "clash", "same", "kept",
     "site", "rename_task", "override", "mapping", "draft", "member", "paper")
)  # fmt: skip
_LARGEST = 1 << 53


def line_text(table: Table, line: Line) -> str:
    """A line as JSON."""
    return dumped({column.name: _out(column, line[column.name]) for column in table.columns})


def line_of(table: Table, text: str) -> dict[str, object]:
    """The line a JSON text holds. Raises ValueError, TypeError, KeyError or StoreError where it holds none."""
    found = loaded(text)
    if found.keys() != {column.name for column in table.columns}:
        raise ValueError("other columns")
    line = {column.name: _in(column, found[column.name]) for column in table.columns}
    _CHECKS[table.name](line)
    return line


def _out(column: Column[Any], value: object) -> object:
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    return json.loads(value) if column in _NESTED and isinstance(value, str) and value else value


def _in(column: Column[Any], value: object) -> object:
    """A value as its column takes it."""
    if value is None:
        if not column.nullable:
            raise ValueError(f"{column.name}: empty")
        return None
    if column in _NESTED and value != "":
        return dumped(value)
    kind = column.type
    if isinstance(kind, Boolean):
        fits = isinstance(value, bool)
    elif isinstance(kind, Integer | BigInteger):
        fits = isinstance(value, int) and not isinstance(value, bool) and -_LARGEST < value < _LARGEST
    elif isinstance(kind, Double):
        fits = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    elif isinstance(kind, LargeBinary) and isinstance(value, str):
        return base64.b64decode(value, validate=True)
    else:
        fits = isinstance(value, str)
    if not fits:
        raise TypeError(f"{column.name}: of another type")
    return value


def _site(line: Line) -> None:
    checking.site(sites.head_of(line))


def _day(line: Line) -> None:
    checking.line(line["key"], checking.KEY)
    checking.head(DayHead(line["date"], line["unit"], line["observer"], (), line["complete"]))


def _row(line: Line) -> None:
    checking.row(row_of_line(line))


def _person(line: Line) -> None:
    checking.person(person_of_line(line))


def _change(line: Line) -> None:
    checking.line(line["edit"], checking.EDIT)
    checking.by(By(line["who"]))
    checking.line(line["at"], checking.KEY)
    checking.line(line["what"], checking.WHY, empty=True)
    checking.note(line["why"], checking.WHY)
    if line["kind"] not in _KINDS or line["seq"] < 1:
        raise ValueError("an unknown kind of change")
    _body(line["kind"], line["body"])


def _body(kind: str, text: str) -> None:
    """What a change did; what undo and renames rely on is there."""
    body, more = body_of(text), loaded(text)
    for change in body.changes:
        checking.change(change)
    for fact in body.facts:
        checking.fact(fact)
    if kind == "rename_task":
        checking.line(str(more["new"]), checking.TASK)
        text_list(more["spellings"])
    if kind == "resolve":
        checking.line(str(more["clash"]), checking.KEY)


def _clash(line: Line) -> None:
    checking.line(line["id"], checking.KEY)
    wanted: Json = loaded(line["body"])
    if "change" in wanted:
        checking.change(change_of(wanted["change"]))
    else:
        checking.fact(fact_of(wanted["fact"]))


def _override(line: Line) -> None:
    override = override_of(loaded(line["body"]))
    checking.override(override)
    if (override.id, override.site) != (line["id"], line["site"]):
        raise ValueError("another override")


def _mapping(line: Line) -> None:
    checking.line(line["site"], checking.SITE)
    checking.line(line["kind"], checking.KIND)
    checking.text(line["text"], checking.KIND)


def _draft(line: Line) -> None:
    checking.draft(line["name"], line["data"])
    checking.by(By(line["who"]))
    checking.line(line["at"], checking.KEY)


def _member(line: Line) -> None:
    where = None if line["sites"] is None else text_list(json.loads(line["sites"]))
    checking.member(Member(line["subject"], line["label"], Role(line["role"]), where))


def _paper(line: Line) -> None:
    checking.paper(Paper(line["kind"], line["id"], line["site"], line["text"]))
    checking.by(By(line["who"]))
    checking.line(line["at"], checking.KEY)
    if line["version"] < 1:
        raise ValueError("a paper that was never kept")


_CHECKS: Mapping[str, Callable[[Line], None]] = MappingProxyType(
    {
        "site": _site, "day": _day, "day_row": _row, "day_person": _person, "change": _change, "clash": _clash,
        "verdict_override": _override, "mapping": _mapping, "draft": _draft, "member": _member,
        "paper": _paper,
    }
)  # fmt: skip
