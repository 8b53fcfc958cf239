"""The record of a site beside its days: its head, renamed tasks, overrides, kept files and who may come in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, and_, or_, select

from carveout.store import tables
from carveout.store.codec import loaded, text_list


@dataclass(frozen=True, slots=True)
class SiteEntry:
    """One entry about a site as a whole.

    kind: site, rename_task, override, mapping, draft, paper or member. before, after: what stood and what stands, as
    the record holds it; None: nothing, or (of kept files) a text nobody reads here. about: what it is called.
    """

    seq: int
    at: str
    who: str
    kind: str
    why: str
    about: str
    before: Mapping[str, object] | None
    after: Mapping[str, object] | None


def site_history(connection: Connection, site: str, limit: int) -> tuple[SiteEntry, ...]:
    """Entries about a site that are of no day, the latest first, at most `limit`; members who may come in with them."""
    change = tables.change.c
    mine = or_(change.site == site, and_(change.site.is_(None), change.kind == "member"))
    query = select(tables.change).where(change.day.is_(None), mine).order_by(change.seq.desc())
    found: list[SiteEntry] = []
    for line in connection.execute(query).mappings():
        body = loaded(line["body"])
        sides = [one if isinstance(one, Mapping) else None for one in (body.get("before"), body.get("after"))]
        if line["kind"] == "member" and not any(_may_come(one, site) for one in sides):
            continue
        about = next((str(body[name]) for name in ("old", "name", "id", "kind") if body.get(name)), "")
        found.append(
            SiteEntry(line["seq"], line["at"], line["who"], line["kind"], line["why"], about, sides[0], sides[1])
        )
        if len(found) >= limit:
            break
    return tuple(found)


def _may_come(member: Mapping[str, object] | None, site: str) -> bool:
    """Whether a member sees a site: all of them, or those that are listed."""
    if member is None:
        return False
    return member.get("sites") is None or site in text_list(member["sites"])
