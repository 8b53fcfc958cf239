"""Sites: what is known of each besides its days, its version, and one number that changes with anything analysed."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection, RowMapping, func, insert, select, update

from carveout.store import record_of_changes, tables
from carveout.store.codec import Json, dumped, loaded, site_json, site_of
from carveout.store.errors import StoreError
from carveout.store.record_of_changes import Entry
from carveout.store.records import By, SiteInfo
from carveout.workday.record import SiteHead


def infos(connection: Connection) -> tuple[SiteInfo, ...]:
    """Every site, by id."""
    site, day = tables.site.c, tables.day.c
    sums = (
        select(
            day.site,
            func.sum(day.revision).label("revisions"),
            func.count().filter(day.removed.is_(False)).label("days"),
        )
        .group_by(day.site)
        .subquery()
    )
    query = select(
        tables.site,
        func.coalesce(sums.c.days, 0).label("days"),
        func.coalesce(sums.c.revisions, 0).label("revisions"),
    ).outerjoin(sums, sums.c.site == site.id)
    found = []
    for line in connection.execute(query).mappings():
        head = head_of(line)
        revision = line["revision"] + int(line["revisions"])
        found.append(SiteInfo(head.id, head.kind, head.name, head.constructed, line["version"], line["days"], revision))
    return tuple(sorted(found, key=lambda info: info.id))


def line_of(connection: Connection, name: str, *, lock: bool = False) -> RowMapping:
    """The line of a site; `lock` makes others who write to the site as a whole wait. Raises StoreError."""
    query = select(tables.site).where(tables.site.c.id == name)
    found = connection.execute(query.with_for_update() if lock else query).mappings().first()
    if found is None:
        raise StoreError("no_site", site=name)
    return found


def head_of(line: tables.Line) -> SiteHead:
    """A site's head from its line."""
    return site_of(
        {
            "id": line["id"], "kind": line["kind"], "name": line["name"], "constructed": line["constructed"],
            "tasks": loaded(line["tasks"]), **loaded(line["reported"]),
        }
    )  # fmt: skip


def revision(connection: Connection, name: str) -> int:
    """A number that grows whenever anything of the site changes: its head, its judgements, any of its days.

    Days count their own changes, so that two people who write on two days need not wait for each other.
    """
    of_days = select(func.coalesce(func.sum(tables.day.c.revision), 0)).where(tables.day.c.site == name)
    return int(line_of(connection, name)["revision"]) + int(connection.execute(of_days).scalar_one())


def put(connection: Connection, head: SiteHead, by: By, version: int | None) -> int:
    """Write a site's head and give its version; nothing is written where it stands so already."""
    query = select(tables.site).where(tables.site.c.id == head.id).with_for_update()
    found = connection.execute(query).mappings().first()
    head = replace(head, tasks=dict(head.tasks), reported=tuple(dict(item) for item in head.reported))
    if found is None:
        if version:
            raise StoreError("no_site", site=head.id)
        values = _values(head) | {"version": 1, "revision": 1}
        record_of_changes.add(connection, Entry("site", by, head.id, None, _body(None, head, {}), 1, "site"))
        connection.execute(insert(tables.site).values(id=head.id, **values))
        return 1
    if head_of(found) == head:
        return int(found["version"])
    if version is not None and version != found["version"]:
        raise StoreError("changed_since", who=_last_writer(connection, head.id))
    return write(connection, found, head, by, "site", {})


def write(connection: Connection, line: RowMapping, head: SiteHead, by: By, kind: str, more: Json) -> int:
    """Make a head stand in the line of its site, which is locked, and give its version."""
    version, revision = int(line["version"]) + 1, int(line["revision"]) + 1
    text = _body(head_of(line), head, more)
    record_of_changes.add(connection, Entry(kind, by, head.id, None, text, revision, kind))
    values = _values(head) | {"version": version, "revision": revision}
    connection.execute(update(tables.site).where(tables.site.c.id == head.id).values(**values))
    return version


def _body(before: SiteHead | None, after: SiteHead, more: Json) -> str:
    return dumped({**more, "before": None if before is None else site_json(before), "after": site_json(after)})


def _values(head: SiteHead) -> dict[str, object]:
    """A head as the columns of its line."""
    return {
        "kind": str(head.kind), "name": head.name, "constructed": head.constructed,
        "tasks": dumped({code: dict(attributes) for code, attributes in head.tasks.items()}),
        "reported": dumped({"reported": [dict(item) for item in head.reported]}),
    }  # fmt: skip


def touch(connection: Connection, line: RowMapping) -> int:
    """Count a site's revision up; its line is locked."""
    revision = int(line["revision"]) + 1
    connection.execute(update(tables.site).where(tables.site.c.id == line["id"]).values(revision=revision))
    return revision


def _last_writer(connection: Connection, name: str) -> str:
    change = tables.change.c
    query = select(change.who).where(change.site == name, change.kind.in_(("site", "rename_task")))
    who: str | None = connection.execute(query.order_by(change.seq.desc()).limit(1)).scalar()
    return who or "?"
