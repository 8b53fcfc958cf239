"""Days from files, taken in together or not at all; and days taken away and brought back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection, update

from carveout.store import days, record_of_changes, saving, sites, tables
from carveout.store.codec import body_text
from carveout.store.days import OpenDay
from carveout.store.record_of_changes import Entry
from carveout.store.records import By, DayHead, HeadChange, How, ImportedDays
from carveout.workday.record import Change, Row, SiteHead, Workday


def import_days(connection: Connection, head: SiteHead, given: Sequence[Workday], by: By, how: How) -> ImportedDays:
    """Take days in, beside those there are.

    A site the store knows keeps what it says of itself; tasks and reports it does not have yet are added.
    """
    _join_head(connection, head, by)
    sites.line_of(connection, head.id, lock=True)
    standing: dict[tuple[str, str, str], list[str]] = {}
    for info in days.infos(connection, head.id, removed=False):
        standing.setdefault((info.date, info.unit, info.observer), []).append(info.key)
    added, replaced, skipped = [], [], []
    for day in given:
        twins = standing.get((day.date, day.unit, day.observer), [])
        if how == "beside" or not twins:
            added.append(saving.create(connection, day, by, "import").key)
        elif how == "skip":
            skipped.append(twins.pop(0))
        else:
            replaced.append(_replace(connection, twins.pop(0), day, by))
    return ImportedDays(tuple(added), tuple(replaced), tuple(skipped))


def _join_head(connection: Connection, head: SiteHead, by: By) -> None:
    known = {info.id for info in sites.infos(connection)}
    if head.id not in known:
        sites.put(connection, head, by, None)
        return
    stands = sites.head_of(sites.line_of(connection, head.id))
    tasks = dict(stands.tasks) | {code: values for code, values in head.tasks.items() if code not in stands.tasks}
    new = tuple(item for item in head.reported if dict(item) not in [dict(one) for one in stands.reported])
    sites.put(connection, replace(stands, tasks=tasks, reported=(*stands.reported, *new)), by, None)


def _replace(connection: Connection, key: str, given: Workday, by: By) -> str:
    """Make a day hold what is given; rows that say the same stay the rows they are."""
    day = OpenDay(connection, key)
    stands = days.stored(connection, day.head).workday
    wanted = Counter(_said(row) for row in given.rows)
    gone: list[Row] = []
    for row in stands.rows:
        if wanted[_said(row)]:
            wanted[_said(row)] -= 1
        else:
            gone.append(row)
    # What is still wanted after the rows that stay is new; its ids may be those of rows that go.
    taken, fresh = {row.id for row in stands.rows}, []
    for row in given.rows:
        if wanted[_said(row)]:
            wanted[_said(row)] -= 1
            fresh.append(replace(row, id=days.new_key()) if row.id in taken else row)
    changes = [Change(row, None) for row in gone] + [Change(None, row) for row in fresh]
    facts = saving.facts_of(HeadChange(DayHead.of(stands), DayHead.of(given)))
    day.look_up([change.row for change in changes], saving.persons(facts))
    if changes or facts:
        text = body_text(changes, facts)
        entry = Entry("edit", by, given.site, key, text, day.revision + 1, "import")
        day.write(changes, facts, record_of_changes.add(connection, entry))
    return key


def _said(row: Row) -> Row:
    return replace(row, id="")


def remove(connection: Connection, key: str, by: By, why: str) -> int:
    """Take a day away; nothing of it is lost. Gives the day's revision."""
    return _set_removed(connection, key, by, why, removed=True)


def restore(connection: Connection, key: str, by: By, why: str) -> int:
    """Bring a day back as it was."""
    return _set_removed(connection, key, by, why, removed=False)


def _set_removed(connection: Connection, key: str, by: By, why: str, *, removed: bool) -> int:
    day = OpenDay(connection, key)
    if day.head["removed"] == removed:
        return day.revision
    kind = "remove" if removed else "restore"
    record_of_changes.add(
        connection, Entry(kind, by, day.head["site"], key, body_text((), ()), day.revision + 1, kind, why)
    )
    values = {"removed": removed, "revision": day.revision + 1}
    connection.execute(update(tables.day).where(tables.day.c.key == key).values(**values))
    return day.revision + 1
