"""What else is kept beside the days: mappings of other programs' files, shaped jobs, members."""

from __future__ import annotations

import base64
from collections.abc import Sequence

from sqlalchemy import Connection, RowMapping, Table, delete, insert, select, update

from carveout.store import record_of_changes, sites, tables
from carveout.store.access import Member, Role
from carveout.store.codec import dumped, texts_of
from carveout.store.days import moment
from carveout.store.errors import StoreError
from carveout.store.record_of_changes import Entry
from carveout.store.records import By, StoredDraft


def mapping(connection: Connection, site: str, kind: str) -> str:
    """What was remembered of a kind of file at a site; "" for nothing."""
    table = tables.mapping.c
    query = select(table.text).where(table.site == site, table.kind == kind)
    text: str | None = connection.execute(query).scalar()
    return text or ""


def put_mapping(connection: Connection, site: str, kind: str, text: str, by: By) -> None:
    """Remember how a kind of file is to be read at a site."""
    before = mapping(connection, site, kind)
    if before == text:
        return
    body = dumped({"kind": kind, "before": before, "after": text})
    record_of_changes.add(connection, Entry("mapping", by, site, None, body, 0, "mapping"))
    _put(connection, tables.mapping, {"site": site, "kind": kind}, {"text": text})


def drafts(connection: Connection, site: str) -> tuple[StoredDraft, ...]:
    """The shaped jobs of a site, by name."""
    sites.line_of(connection, site)
    lines = connection.execute(select(tables.draft).where(tables.draft.c.site == site)).mappings()
    found = [StoredDraft(line["site"], line["name"], line["data"], line["who"], line["at"]) for line in lines]
    return tuple(sorted(found, key=lambda draft: draft.name))


def put_draft(connection: Connection, site: str, name: str, data: bytes, by: By) -> None:
    """Keep a shaped job under its name; what stood there before stays in the record."""
    sites.line_of(connection, site, lock=True)
    before = _draft(connection, site, name)
    if before is not None and before["data"] == data:
        return
    _record_draft(connection, site, name, before, data, by)
    _put(connection, tables.draft, {"site": site, "name": name}, {"data": data, "who": by.who, "at": moment()})


def remove_draft(connection: Connection, site: str, name: str, by: By) -> None:
    """Take a shaped job away; the record keeps it."""
    sites.line_of(connection, site, lock=True)
    before = _draft(connection, site, name)
    if before is None:
        raise StoreError("no_draft", name=name)
    _record_draft(connection, site, name, before, None, by)
    connection.execute(delete(tables.draft).where(tables.draft.c.site == site, tables.draft.c.name == name))


def members(connection: Connection) -> tuple[Member, ...]:
    """Everybody who may sign in, by account."""
    lines = connection.execute(select(tables.member)).mappings()
    return tuple(sorted((_member(line) for line in lines), key=lambda member: member.subject))


def member(connection: Connection, subject: str) -> Member | None:
    """The member of an account, None for a stranger."""
    query = select(tables.member).where(tables.member.c.subject == subject)
    line = connection.execute(query).mappings().first()
    return None if line is None else _member(line)


def put_member(connection: Connection, new: Member, by: By) -> None:
    """Let somebody in, or change their role and sites."""
    before = member(connection, new.subject)
    if before == new:
        return
    _record_member(connection, before, new, by)
    where = None if new.sites is None else dumped(list(new.sites))
    values: dict[str, object] = {"label": new.label, "role": str(new.role), "sites": where}
    _put(connection, tables.member, {"subject": new.subject}, values)


def remove_member(connection: Connection, subject: str, by: By) -> None:
    """Let somebody in no longer."""
    before = member(connection, subject)
    if before is not None:
        _record_member(connection, before, None, by)
        connection.execute(delete(tables.member).where(tables.member.c.subject == subject))


def _member(line: RowMapping) -> Member:
    where = None if line["sites"] is None else texts_of(line["sites"])
    return Member(line["subject"], line["label"], Role(line["role"]), where)


def _record_member(connection: Connection, before: Member | None, after: Member | None, by: By) -> None:
    sides = [None if one is None else _member_json(one) for one in (before, after)]
    body = dumped({"before": sides[0], "after": sides[1]})
    record_of_changes.add(connection, Entry("member", by, None, None, body, 0, "member"))


def _member_json(one: Member) -> dict[str, object]:
    where = None if one.sites is None else list(one.sites)
    return {"subject": one.subject, "label": one.label, "role": str(one.role), "sites": where}


def _draft(connection: Connection, site: str, name: str) -> RowMapping | None:
    table = tables.draft.c
    return connection.execute(select(tables.draft).where(table.site == site, table.name == name)).mappings().first()


def _record_draft(
    connection: Connection, site: str, name: str, before: RowMapping | None, after: bytes | None, by: By
) -> None:
    old = None if before is None else before["data"]
    sides = [None if data is None else base64.b64encode(data).decode() for data in (old, after)]
    body = dumped({"name": name, "before": sides[0], "after": sides[1]})
    record_of_changes.add(connection, Entry("draft", by, site, None, body, 0, "draft"))


def _put(connection: Connection, table: Table, names: dict[str, str], values: dict[str, object]) -> None:
    """Write a line whether it is there or not."""
    here: Sequence[object] = [table.c[column] == value for column, value in names.items()]
    if connection.execute(update(table).where(*here).values(**values)).rowcount == 0:  # type: ignore[arg-type]
        connection.execute(insert(table).values(**names, **values))
