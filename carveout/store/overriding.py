"""A coordinator's word over a rule's, with a reason: put, changed, withdrawn, and never forgotten by the record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection, RowMapping, insert, select, update

from carveout.model import VerdictOverride
from carveout.store import record_of_changes, sites, tables
from carveout.store.codec import dumped, loaded, override_json, override_of
from carveout.store.days import moment, new_key
from carveout.store.errors import StoreError
from carveout.store.record_of_changes import Entry
from carveout.store.records import By


def standing(connection: Connection, site: str) -> tuple[VerdictOverride, ...]:
    """The overrides of a site that stand, the oldest first."""
    sites.line_of(connection, site)
    found = (override_of(loaded(line["body"])) for line in _lines(connection, site))
    return tuple(sorted(found, key=lambda override: (override.at, override.id)))


def put(connection: Connection, override: VerdictOverride, by: By) -> VerdictOverride:
    """Put an override, or change one of the same id, as of now.

    Whose judgement it is stays as said: in a center one account may write down what another decided, and on a laptop
    every account is the same. Who wrote it is in the record of changes, and stands where nobody is named.
    """
    site = sites.line_of(connection, override.site, lock=True)
    table = tables.verdict_override
    name = override.id or new_key()
    line = connection.execute(select(table).where(table.c.id == name)).mappings().first()
    if line is not None and line["site"] != override.site:
        raise StoreError("id_used")
    if line is not None and not line["withdrawn"]:
        before = override_of(loaded(line["body"]))
        if replace(override, id=name, who=override.who or by.who, at=before.at) == before:
            return before
    override = replace(override, id=name, who=override.who or by.who, at=moment())
    seq = _record(connection, site, line, override, by, override.reason)
    values = {"site": override.site, "body": dumped(override_json(override)), "withdrawn": False, "seq": seq}
    if line is None:
        connection.execute(insert(table).values(id=name, **values))
    else:
        connection.execute(update(table).where(table.c.id == name).values(**values))
    return override


def withdraw(connection: Connection, name: str, by: By, why: str) -> None:
    """Let the rule speak again; withdrawn twice is withdrawn once."""
    table = tables.verdict_override
    query = select(table).where(table.c.id == name)
    line = connection.execute(query).mappings().first()
    if line is None:
        raise StoreError("no_override")
    site = sites.line_of(connection, line["site"], lock=True)
    line = connection.execute(query).mappings().one()
    if not line["withdrawn"]:
        seq = _record(connection, site, line, None, by, why)
        connection.execute(update(table).where(table.c.id == name).values(withdrawn=True, seq=seq))


def tasks(connection: Connection, site: str) -> Sequence[str]:
    """The tasks overrides of a site speak of."""
    return [override.task for override in standing(connection, site)]


def rename(connection: Connection, site: str, spellings: frozenset[str], new: str, by: By) -> None:
    """Overrides of a renamed task speak of its new name."""
    table = tables.verdict_override
    for line in _lines(connection, site):
        override = override_of(loaded(line["body"]))
        if override.task in spellings:
            override = replace(override, task=new)
            seq = _record(connection, sites.line_of(connection, site), line, override, by, "")
            body = dumped(override_json(override))
            connection.execute(update(table).where(table.c.id == override.id).values(body=body, seq=seq))


def _lines(connection: Connection, site: str) -> Sequence[RowMapping]:
    table = tables.verdict_override.c
    query = select(tables.verdict_override).where(table.site == site, table.withdrawn.is_(False)).order_by(table.id)
    return connection.execute(query).mappings().all()


def _record(
    connection: Connection, site: RowMapping, line: RowMapping | None, after: VerdictOverride | None, by: By, why: str
) -> int:
    before = None if line is None or line["withdrawn"] else loaded(line["body"])
    body = dumped({"before": before, "after": None if after is None else override_json(after)})
    revision = sites.touch(connection, site)
    return record_of_changes.add(connection, Entry("override", by, site["id"], None, body, revision, "override", why))
