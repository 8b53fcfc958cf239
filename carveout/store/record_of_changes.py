"""The record: entries added one by one, each with who, when, what and why; read back as history and undo order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import Connection, RowMapping, insert, select

from carveout.store import tables
from carveout.store.codec import body_of, loaded, text_list
from carveout.store.days import moment, new_key
from carveout.store.errors import StoreError
from carveout.store.records import By, Fact, Recorded
from carveout.workday.record import Change, Row

_UNDOABLE = ("edit", "resolve")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry to be added. edit "" gives it an id of its own; revision is the day's (or site's) after it."""

    kind: str
    by: By
    site: str | None
    day: str | None
    body: str
    revision: int
    what: str = ""
    why: str = ""
    edit: str = ""
    of: int | None = None
    done: bool = True


def add(connection: Connection, entry: Entry) -> int:
    """Add an entry and give its number."""
    values = {
        "edit": entry.edit or new_key(), "site": entry.site, "day": entry.day, "kind": entry.kind, "at": moment(),
        "who": entry.by.who, "what": entry.what, "why": entry.why, "of": entry.of, "revision": entry.revision,
        "done": entry.done, "body": entry.body,
    }  # fmt: skip
    result = connection.execute(insert(tables.change).values(**values))
    assert result.inserted_primary_key is not None  # noqa: S101 (an insert of one line has one)
    seq: int = result.inserted_primary_key[0]
    return seq


def saved_before(connection: Connection, edit: str, day: str | None) -> RowMapping | None:
    """The entry an edit id has made already, None for a new one. Raises StoreError where another day has the id."""
    change = tables.change.c
    found = connection.execute(select(tables.change).where(change.edit == edit)).mappings().first()
    if found is not None and found["day"] != day:
        raise StoreError("id_used")
    return found


def entry(connection: Connection, seq: int) -> RowMapping:
    """One entry by its number."""
    return connection.execute(select(tables.change).where(tables.change.c.seq == seq)).mappings().one()


def last(connection: Connection, day: str, kind: str) -> str:
    """Who wrote a day's last entry of a kind."""
    change = tables.change.c
    query = select(change.who).where(change.day == day, change.kind == kind).order_by(change.seq.desc()).limit(1)
    who: str | None = connection.execute(query).scalar()
    return who or "?"


def last_of_field(connection: Connection, day: str, name: str) -> int:
    """The number of the entry that last wrote a field of a day's head."""
    change, named = tables.change.c, f'{{"name":"{name}",'  # no text holds these signs unescaped
    query = select(change.seq, change.body).where(change.day == day, change.body.contains(named, autoescape=True))
    for seq, body in connection.execute(query.order_by(change.seq.desc())):
        if any(fact.name == name for fact in body_of(body).facts):
            return int(seq)
    return 0


def wanted(connection: Connection, line: RowMapping, *, inverse: bool) -> tuple[tuple[Change, ...], tuple[Fact, ...]]:
    """What undoing (inverse) or redoing an entry has to write, tasks renamed since under their new names."""
    body = body_of(line["body"])
    changes, facts = body.changes, body.facts
    if inverse:
        changes, facts = tuple(one.inverse for one in changes), tuple(one.inverse for one in facts)
    for old, new in _renames_since(connection, line["site"], line["seq"]):
        changes = tuple(Change(_renamed(one.before, old, new), _renamed(one.after, old, new)) for one in changes)
    return changes, facts


def _renames_since(connection: Connection, site: str, seq: int) -> list[tuple[frozenset[str], str]]:
    change = tables.change.c
    query = select(change.body).where(change.site == site, change.kind == "rename_task", change.seq > seq)
    found = [loaded(text) for (text,) in connection.execute(query.order_by(change.seq))]
    return [(frozenset(text_list(one["spellings"])), str(one["new"])) for one in found]


def _renamed(row: Row | None, old: frozenset[str], new: str) -> Row | None:
    return replace(row, task=new) if row is not None and row.task in old else row


@dataclass(slots=True)
class Steps:
    """A person's steps on a day: entries that can be undone, and those that can be redone, the latest last."""

    undo: list[int]
    redo: list[int]


def steps(connection: Connection, day: str, by: By) -> Steps:
    """What a person can undo and redo on a day, as the record tells."""
    change = tables.change.c
    query = select(change.seq, change.kind, change.of).where(change.day == day, change.who == by.who)
    found = Steps([], [])
    for seq, kind, of in connection.execute(query.order_by(change.seq)):
        if kind in _UNDOABLE:
            found.undo.append(seq)
            found.redo.clear()
        elif kind in ("undo", "redo", "kept"):
            for stack in (found.undo, found.redo):
                if of in stack:
                    stack.remove(of)
            if kind != "kept":
                (found.redo if kind == "undo" else found.undo).append(of)
    return found


def history(connection: Connection, day: str, limit: int | None) -> tuple[Recorded, ...]:
    """Entries of a day, the latest first, at most `limit`."""
    change = tables.change.c
    query = select(tables.change).where(change.day == day).order_by(change.seq.desc())
    lines = connection.execute(query if limit is None else query.limit(limit)).mappings().all()
    turns = connection.execute(
        select(change.kind, change.of).where(change.day == day, change.kind.in_(("undo", "redo"))).order_by(change.seq)
    )
    return _recorded(lines, {of: kind == "undo" for kind, of in turns})


def _recorded(lines: Iterable[RowMapping], undone: dict[int, bool]) -> tuple[Recorded, ...]:
    found = []
    for line in lines:
        body = body_of(line["body"])
        found.append(
            Recorded(
                line["seq"], line["at"], line["who"], line["kind"], line["what"], line["why"],
                body.changes, body.facts, line["of"], undone.get(line["seq"], False),
            )
        )  # fmt: skip
    return tuple(found)
