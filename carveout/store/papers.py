"""Whole papers kept under a kind and an id: exercises, answers, openings. Every change is recorded.

A paper's text is its owner's affair (`carveout.filing` writes and reads it). Whoever changes one says which version
they saw; if somebody was faster, nothing is written and the caller is told who it was.
"""

from __future__ import annotations

from sqlalchemy import Connection, RowMapping, insert, select, update

from carveout.store import record_of_changes, tables
from carveout.store.codec import dumped
from carveout.store.days import moment
from carveout.store.errors import StoreError
from carveout.store.record_of_changes import Entry
from carveout.store.records import By, Paper

NEW = 0


def papers(connection: Connection, kind: str, site: str | None = None) -> tuple[Paper, ...]:
    """The papers of a kind by id, of one site or of all; those taken away are left out."""
    table = tables.paper.c
    query = select(tables.paper).where(table.kind == kind, table.removed.is_(False))
    if site is not None:
        query = query.where(table.site == site)
    return tuple(sorted((_paper(line) for line in connection.execute(query).mappings()), key=lambda one: one.id))


def paper(connection: Connection, kind: str, name: str) -> Paper | None:
    """One paper, None if there is none."""
    line = _line(connection, kind, name)
    return None if line is None or line["removed"] else _paper(line)


def put_paper(connection: Connection, new: Paper, by: By) -> Paper:
    """Write a paper whose `version` is the one that was seen (`NEW` for a new one). Gives it as it stands now.

    Writing again what stands there changes nothing, whatever version was seen. Raises StoreError `changed_since`.
    """
    before = _line(connection, new.kind, new.id, lock=True)
    stands = None if before is None or before["removed"] else _paper(before)
    if stands is not None and (stands.text, stands.site) == (new.text, new.site):
        return stands
    if new.version != (NEW if stands is None else stands.version):
        raise StoreError("changed_since", who="?" if before is None else before["who"])
    return _write(connection, before, new, by, removed=False)


def remove_paper(connection: Connection, kind: str, name: str, version: int, by: By) -> None:
    """Take a paper away; the record keeps it. Raises StoreError `changed_since`."""
    before = _line(connection, kind, name, lock=True)
    if before is None or before["removed"]:
        return
    if before["version"] != version:
        raise StoreError("changed_since", who=before["who"])
    _write(connection, before, _paper(before), by, removed=True)


def _write(connection: Connection, before: RowMapping | None, new: Paper, by: By, *, removed: bool) -> Paper:
    old = None if before is None or before["removed"] else before["text"]
    body = dumped({"kind": new.kind, "id": new.id, "before": old, "after": None if removed else new.text})
    record_of_changes.add(connection, Entry("paper", by, new.site or None, None, body, 0, "paper"))
    version, at = (NEW if before is None else before["version"]) + 1, moment()
    values = {
        "site": new.site, "text": new.text, "version": version, "who": by.who, "at": at, "removed": removed,
    }  # fmt: skip
    if before is None:
        connection.execute(insert(tables.paper).values(kind=new.kind, id=new.id, **values))
    else:
        here = (tables.paper.c.kind == new.kind) & (tables.paper.c.id == new.id)
        written = update(tables.paper).where(here, tables.paper.c.version == before["version"]).values(**values)
        if connection.execute(written).rowcount != 1:
            raise StoreError("changed_since", who=before["who"])
    return Paper(new.kind, new.id, new.site, new.text, version, by.who, at)


def _line(connection: Connection, kind: str, name: str, *, lock: bool = False) -> RowMapping | None:
    here = (tables.paper.c.kind == kind) & (tables.paper.c.id == name)
    query = select(tables.paper).where(here)
    if lock and connection.dialect.name == "postgresql":
        query = query.with_for_update()
    return connection.execute(query).mappings().first()


def _paper(line: RowMapping) -> Paper:
    return Paper(line["kind"], line["id"], line["site"], line["text"], line["version"], line["who"], line["at"])
