"""Saving an edit: what fits is written, what does not fit is kept as a clash, and a repeated edit writes nothing.

A change fits where its `before` is what stands, or where what it wants stands already.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from carveout.store import clashes, days, record_of_changes, sites
from carveout.store.codec import body_text
from carveout.store.days import OpenDay
from carveout.store.errors import StoreError
from carveout.store.record_of_changes import Entry
from carveout.store.records import By, DayHead, Edit, Fact, HeadChange, Saved
from carveout.workday.record import Change, Workday


@dataclass(slots=True)
class Sorted:
    """An edit's changes by what comes of them: written, in the way of somebody else's, or standing already."""

    changes: list[Change]
    facts: list[Fact]
    clashing: list[Change | Fact]


def save(connection: Connection, key: str, edit: Edit, by: By) -> Saved:
    """Write an edit to a day under its lock."""
    day = OpenDay(connection, key)
    if (first := record_of_changes.saved_before(connection, edit.id, key)) is not None:
        caused = clashes.caused_by(connection, first["seq"])
        return Saved(first["revision"], first["done"], caused, repeated=True)
    refuse_removed(connection, day)
    found = sorted_out(day, edit.changes, facts_of(edit.head))
    wrote = bool(found.changes or found.facts)
    kind = "edit" if wrote else "clash" if found.clashing else "same"
    entry = Entry(
        kind, by, day.head["site"], key,
        body_text(found.changes, found.facts, clashes.body(found.clashing)),
        day.revision + 1, edit.what, edit.why, edit.id, done=not found.clashing,
    )  # fmt: skip
    seq = record_of_changes.add(connection, entry)
    day.write(found.changes, found.facts, seq)
    kept = clashes.keep(connection, day, seq, found.clashing)
    return Saved(day.revision, not kept, kept)


def facts_of(head: HeadChange | None) -> tuple[Fact, ...]:
    """A head's change field by field, person by person.

    >>> one = DayHead("2026-06-01", "u")
    >>> facts_of(HeadChange(one, DayHead("2026-06-01", "u", complete=True)))
    (Fact(name='complete', before=False, after=True, person=''),)
    """
    if head is None or head.before == head.after:
        return ()
    before, after = head.before, head.after
    pairs = (
        ("date", before.date, after.date),
        ("unit", before.unit, after.unit),
        ("observer", before.observer, after.observer),
        ("complete", before.complete, after.complete),
    )
    found = [Fact(name, old, new) for name, old, new in pairs if old != new]
    listed, wanted = ({person.id: person for person in one.staff} for one in (before, after))
    found += [
        Fact("person", listed.get(person), wanted.get(person), person)
        for person in dict.fromkeys((*wanted, *listed))
        if listed.get(person) != wanted.get(person)
    ]
    return tuple(found)


def sorted_out(day: OpenDay, changes: Sequence[Change], facts: Sequence[Fact]) -> Sorted:
    """Hold what an edit wants against what stands."""
    day.look_up([change.row for change in changes], persons(facts))
    found = Sorted([], [], [])
    for change in changes:
        stands = day.row(change.row).value
        if change.after == stands:
            continue
        if change.before == stands:
            found.changes.append(change)
        else:
            found.clashing.append(change)
    for fact in facts:
        stands = day.fact(fact).value
        if fact.after == stands:
            continue
        if fact.before == stands:
            found.facts.append(fact)
        else:
            found.clashing.append(fact)
    return found


def persons(facts: Iterable[Fact]) -> list[str]:
    """Whom facts are about."""
    return [fact.person for fact in facts if fact.name == "person"]


def _first_facts(head: DayHead) -> tuple[Fact, ...]:
    """A new day's fields: nothing stood there before."""
    values = (("date", head.date), ("unit", head.unit), ("observer", head.observer), ("complete", head.complete))
    return tuple(Fact(name, None, value) for name, value in values)


def refuse_removed(connection: Connection, day: OpenDay) -> None:
    """Nothing is written to a removed day: whoever writes is told, and keeps what they have."""
    if day.head["removed"]:
        last = record_of_changes.last(connection, day.key, "remove")
        raise StoreError("day_removed", who=last)


def open_day(connection: Connection, given: Workday, by: By) -> str:
    """The key of a day for this date, unit and observer: the one there is, else a new one with what is given."""
    line = sites.line_of(connection, given.site, lock=True)
    head = DayHead.of(given)
    if (key := days.twin(connection, line["id"], head)) is not None:
        return key
    return create(connection, given, by, "open").key


def create(connection: Connection, given: Workday, by: By, kind: str) -> OpenDay:
    """A new day with people and rows as given, recorded as one entry."""
    head = DayHead.of(given)
    day = days.create(connection, given.site, head)
    changes = tuple(Change(None, row) for row in given.rows)
    facts = (*_first_facts(head), *(Fact("person", None, person, person.id) for person in head.staff))
    text = body_text(changes, facts)
    seq = record_of_changes.add(connection, Entry(kind, by, given.site, day.key, text, day.revision + 1, kind))
    day.write(changes, facts, seq, in_order=True)
    return day


def undo(connection: Connection, key: str, by: By, edit: str) -> Saved:
    """Take back a person's latest step on a day."""
    return _step(connection, key, by, edit, "undo")


def redo(connection: Connection, key: str, by: By, edit: str) -> Saved:
    """Do again what a person undid last on a day."""
    return _step(connection, key, by, edit, "redo")


def _step(connection: Connection, key: str, by: By, edit: str, kind: str) -> Saved:
    day = OpenDay(connection, key)
    if edit and (first := record_of_changes.saved_before(connection, edit, key)) is not None:
        return Saved(first["revision"], first["done"], repeated=True)
    refuse_removed(connection, day)
    steps = record_of_changes.steps(connection, key, by)
    stack = steps.undo if kind == "undo" else steps.redo
    if not stack:
        return Saved(day.revision, False)
    target = record_of_changes.entry(connection, stack[-1])
    changes, facts = record_of_changes.wanted(connection, target, inverse=kind == "undo")
    found = sorted_out(day, changes, facts)
    site, seq = day.head["site"], target["seq"]
    if found.clashing:
        # Told once; the step then counts as kept, so that the one before it can be reached.
        told = clashes.told(connection, day, by, target["what"], found.clashing)
        entry = Entry("kept", by, site, key, body_text((), ()), day.revision + 1, target["what"], "", edit, seq, False)
        day.write((), (), record_of_changes.add(connection, entry))
        return Saved(day.revision, False, told)
    body = body_text(found.changes, found.facts)
    entry = Entry(kind, by, site, key, body, day.revision + 1, target["what"], "", edit, seq)
    day.write(found.changes, found.facts, record_of_changes.add(connection, entry))
    if target["kind"] == "resolve":
        clashes.reopen(connection, target, open_again=kind == "undo")
    return Saved(day.revision, True)
