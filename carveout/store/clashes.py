"""Clashes: what two people wanted of one row, kept until somebody says which stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import ColumnElement, Connection, RowMapping, insert, select, update

from carveout.store import record_of_changes, tables
from carveout.store.codec import Json, body_text, change_json, change_of, dumped, fact_json, fact_of, loaded
from carveout.store.days import OpenDay, Standing, head_of, moment, new_key
from carveout.store.errors import StoreError
from carveout.store.record_of_changes import Entry
from carveout.store.records import By, Clash, Fact, Keep, Saved
from carveout.workday.record import Change, Person, Row

Wanted = Change | Fact


def body(clashing: Sequence[Wanted]) -> Json:
    """What the record says of changes that could not be written."""
    return {"clashing": [_wanted_json(wanted) for wanted in clashing]} if clashing else {}


def keep(connection: Connection, day: OpenDay, seq: int, clashing: Sequence[Wanted]) -> tuple[Clash, ...]:
    """Put what clashed on the day's list."""
    for number, wanted in enumerate(clashing):
        line = {"id": new_key(), "day": day.key, "seq": seq, "number": number, "settled": None}
        connection.execute(insert(tables.clash).values(**line, body=dumped(_wanted_json(wanted))))
    return caused_by(connection, seq) if clashing else ()


def told(connection: Connection, day: OpenDay, by: By, what: str, clashing: Sequence[Wanted]) -> tuple[Clash, ...]:
    """What stands in the way of an undo; nothing is kept."""
    return tuple(_clash(connection, day, "", "", moment(), by.who, what, wanted) for wanted in clashing)


def caused_by(connection: Connection, seq: int) -> tuple[Clash, ...]:
    """The clashes an entry of the record caused, settled or not."""
    return _listed(connection, tables.clash.c.seq == seq)


def open_clashes(connection: Connection, day: str) -> tuple[Clash, ...]:
    """The clashes of a day that nobody has settled."""
    head_of(connection, day)
    return _listed(connection, (tables.clash.c.day == day) & tables.clash.c.settled.is_(None))


def settle(connection: Connection, name: str, keeps: Keep, by: By) -> Saved:
    """Say which of two stands: mine over what is there, theirs as it is, or mine as a row of its own beside it."""
    line = connection.execute(select(tables.clash).where(tables.clash.c.id == name)).mappings().first()
    if line is None:
        raise StoreError("no_clash")
    day = OpenDay(connection, line["day"])
    if day.head["removed"]:
        raise StoreError("day_removed", who=record_of_changes.last(connection, day.key, "remove"))
    settled = select(tables.clash.c.settled).where(tables.clash.c.id == name)
    if connection.execute(settled).scalar() is not None:  # by somebody who had the day before us
        raise StoreError("no_clash")
    changes, facts = _settling(day, _wanted(line), keeps)
    text = body_text(changes, facts, {"clash": name, "keep": keeps})
    seq = record_of_changes.add(
        connection, Entry("resolve", by, day.head["site"], day.key, text, day.revision + 1, "resolve")
    )
    day.write(changes, facts, seq)
    connection.execute(update(tables.clash).where(tables.clash.c.id == name).values(settled=seq))
    return Saved(day.revision, True)


def reopen(connection: Connection, resolved: RowMapping, *, open_again: bool) -> None:
    """A clash whose settling was undone stands open again; redone, it is settled."""
    name = loaded(resolved["body"])["clash"]
    settled = None if open_again else resolved["seq"]
    connection.execute(update(tables.clash).where(tables.clash.c.id == name).values(settled=settled))


def _settling(day: OpenDay, wanted: Wanted, keeps: Keep) -> tuple[tuple[Change, ...], tuple[Fact, ...]]:
    """What has to be written."""
    stands = _standing(day, wanted).value
    if isinstance(wanted, Fact):
        if keeps == "both":
            raise StoreError("not_both")
        if keeps == "theirs" or stands == wanted.after:
            return (), ()
        return (), (Fact(wanted.name, _value(stands), wanted.after, wanted.person),)
    if keeps == "both" and wanted.after is None:
        raise StoreError("not_both")
    if keeps == "theirs" or stands == wanted.after:
        return (), ()
    if keeps == "both" and stands is not None and wanted.after is not None:
        return (Change(None, replace(wanted.after, id=new_key())),), ()
    return (Change(stands if isinstance(stands, Row) else None, wanted.after),), ()


def _value(stands: object) -> str | bool | Person | None:
    return stands if isinstance(stands, str | bool | Person) else None


def _listed(connection: Connection, which: ColumnElement[bool]) -> tuple[Clash, ...]:
    clash, change = tables.clash.c, tables.change.c
    query = (
        select(clash.id, clash.day, clash.body, change.edit, change.at, change.who, change.what)
        .join(tables.change, change.seq == clash.seq)
        .where(which)
        .order_by(clash.seq, clash.number)
    )
    found, days = [], dict[str, OpenDay]()
    for line in connection.execute(query).mappings():
        key = line["day"]
        if key not in days:
            days[key] = OpenDay(connection, key, lock=False)
        of = (line["edit"], line["at"], line["who"], line["what"])
        found.append(_clash(connection, days[key], line["id"], *of, _wanted(line)))
    return tuple(found)


def _clash(
    connection: Connection, day: OpenDay, name: str, edit: str, at: str, who: str, what: str, wanted: Wanted
) -> Clash:
    stands = _standing(day, wanted)
    seq = stands.seq
    if isinstance(wanted, Fact) and wanted.name != "person":
        seq = record_of_changes.last_of_field(connection, day.key, wanted.name)
    theirs = record_of_changes.entry(connection, seq) if seq else None
    change, fact = (wanted, None) if isinstance(wanted, Change) else (None, wanted)
    told_who, told_at = ("", "") if theirs is None else (theirs["who"], theirs["at"])
    return Clash(name, day.key, edit, at, who, what, change, fact, stands.value, told_who, told_at)


def _standing(day: OpenDay, wanted: Wanted) -> Standing:
    """What stands of the row or field that somebody wanted otherwise."""
    if isinstance(wanted, Fact):
        day.look_up((), [wanted.person] if wanted.name == "person" else [])
        return day.fact(wanted)
    day.look_up([wanted.row])
    return day.row(wanted.row)


def _wanted_json(wanted: Wanted) -> Json:
    return {"change": change_json(wanted)} if isinstance(wanted, Change) else {"fact": fact_json(wanted)}


def _wanted(line: RowMapping) -> Wanted:
    found = loaded(line["body"])
    return change_of(found["change"]) if "change" in found else fact_of(found["fact"])
