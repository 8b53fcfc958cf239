"""Renaming a task of a site: its declaration, what was reported of it, judgements on it, and every row ever written.

Rows that mean the task go along however they were spelled, as changes of the record; the analysis then says of the new
name what it said of the old one. Undoing an older edit brings back its rows under the new name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from sqlalchemy import Connection, select

from carveout.catalogue import catalogue
from carveout.observations.tasks_of_sites import attributes, meanings
from carveout.observations.words import TASK_DEFAULTS
from carveout.store import overriding, record_of_changes, sites, tables
from carveout.store.codec import body_text
from carveout.store.days import OpenDay
from carveout.store.record_of_changes import Entry
from carveout.store.records import By, Renamed
from carveout.workday.record import Change, Row, SiteHead

_CODE = re.compile("[a-z0-9_-]+")


def rename(connection: Connection, site: str, old: str, new: str, by: By) -> Renamed:
    """Rename a task everywhere at a site."""
    line = sites.line_of(connection, site, lock=True)
    head = sites.head_of(line)
    spellings = _spellings(connection, head, old)
    after = _head(head, old, new, spellings)
    if after == head and spellings <= {new}:
        return Renamed(0, 0)
    spellings -= {new}
    more = {"old": old, "new": new, "spellings": sorted(spellings)}
    sites.write(connection, line, after, by, "rename_task", more)
    n_days = n_rows = 0
    for key in _days(connection, site):
        rows = _rename_rows(connection, key, spellings, new, by)
        n_days, n_rows = n_days + bool(rows), n_rows + rows
    overriding.rename(connection, site, spellings, new, by)
    return Renamed(n_days, n_rows)


def _rename_rows(connection: Connection, key: str, spellings: frozenset[str], new: str, by: By) -> int:
    day, row = OpenDay(connection, key), tables.day_row.c
    query = select(row.id).where(row.day == key, row.removed.is_(False), row.task.in_(sorted(spellings)))
    names = connection.execute(query.order_by(row.position, row.id)).scalars().all()
    if not names:
        return 0
    day.look_up(names)
    stand = [day.row(name).value for name in names]
    changes = [Change(one, replace(one, task=new)) for one in stand if isinstance(one, Row)]
    entry = Entry("rename", by, day.head["site"], key, body_text(changes, ()), day.revision + 1, "rename")
    day.write(changes, (), record_of_changes.add(connection, entry))
    return len(changes)


def _days(connection: Connection, site: str) -> Sequence[str]:
    """Every day of a site, removed ones too, in one order for all writers."""
    day = tables.day.c
    return connection.execute(select(day.key).where(day.site == site).order_by(day.key)).scalars().all()


def _spellings(connection: Connection, head: SiteHead, old: str) -> frozenset[str]:
    """Every text of the site that means the same task as `old`."""
    row, day = tables.day_row.c, tables.day.c
    query = select(row.task).distinct().join(tables.day, day.key == row.day).where(day.site == head.id)
    texts = dict.fromkeys([old, *connection.execute(query).scalars()])
    texts |= dict.fromkeys(item["task"] for item in head.reported if item.get("task"))
    texts |= dict.fromkeys(overriding.tasks(connection, head.id))
    meant = _meant(head, list(texts))
    return frozenset(text for text in texts if meant[text] == meant[old])


def _meant(head: SiteHead, texts: Sequence[str]) -> Mapping[str, str]:
    """The task each text means at the site."""
    nowhere = np.zeros(len(texts), dtype=np.int32)
    found = meanings(nowhere, np.arange(len(texts), dtype=np.int32), texts, [head.tasks])
    return {text: found.tasks.code[found.of_pair[k]] for k, text in enumerate(texts)}


def _head(head: SiteHead, old: str, new: str, spellings: frozenset[str]) -> SiteHead:
    """The site's head under the new name, which is declared to be all that was known of the old one."""
    meant = _meant(head, [old, new])
    code, tasks = meant[old], {name: dict(values) for name, values in head.tasks.items()}
    if meant[new] != code:
        own = tasks.get(code)
        is_new = meant[new] not in tasks and meant[new] not in catalogue().tasks
        if is_new and (own is not None or code in catalogue().tasks):
            tasks = _in_place(tasks, code, new, _declared(code, own or {}, new))
        else:
            tasks.pop(code, None)
    reported = tuple({**item, "task": new} if item.get("task") in spellings else dict(item) for item in head.reported)
    return replace(head, tasks=tasks, reported=reported)


def _declared(code: str, own: Mapping[str, str], new: str) -> dict[str, str]:
    """What the site and the catalogue say of a task; its labels only where the new name is a code, not a label."""
    known = attributes(code)
    labels = {name: text for name, text in own.items() if name in ("ja", "en") and _CODE.fullmatch(new)}
    values = {name: own.get(name, known[name]) for name in TASK_DEFAULTS}
    return labels | {name: value for name, value in values.items() if value != TASK_DEFAULTS[name]}


def _in_place(
    tasks: Mapping[str, dict[str, str]], old: str, new: str, declared: dict[str, str]
) -> dict[str, dict[str, str]]:
    """The declarations with the new one where the old one stood."""
    if old not in tasks:
        return {**tasks, new: declared}
    return {new if name == old else name: declared if name == old else values for name, values in tasks.items()}
