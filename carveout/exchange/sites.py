"""Which site a file is about: as given, as the file tells, or named after the file; and files of several sites."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from carveout.exchange.cleaning import clean
from carveout.exchange.mapping import Mapping
from carveout.exchange.seen import Seen
from carveout.model import Kind
from carveout.observations.problems import FileProblems
from carveout.observations.words import KINDS, find
from carveout.workday.record import SiteHead


def by_site(
    name: str,
    seen: Sequence[Seen],
    mapping: Mapping,
    given: SiteHead | None,
    told: SiteHead | None,
    problems: FileProblems,
) -> list[tuple[SiteHead, Sequence[Seen]]]:
    """The rows of each site. given: the site the rows are for; told: the site a file of our own is about.

    A file about one site is about the given one, whatever it calls it; of several, only the rows that name it are.
    """
    groups: dict[str, list[Seen]] = {}
    for one in seen:
        groups.setdefault(clean(one.site), []).append(one)
    named = [site for site in groups if site]
    if len(named) <= 1:
        site = named[0] if named else ""
        kind = next((one.kind for one in seen if one.kind), "")
        return [(_one(name, site, kind, mapping, given, told, problems), seen)]
    problems.add("many_sites", n=len(named), sites=", ".join(named[:10]))
    found: list[tuple[SiteHead, Sequence[Seen]]] = []
    first = "" if given is None else given.id
    for site, rows in sorted(groups.items(), key=lambda pair: pair[0] != first):
        kind = next((one.kind for one in rows if one.kind), "")
        if given is not None and site == given.id:
            found.append((given, rows))
        elif told is not None and site == told.id:
            found.append((told, rows))
        elif site:
            found.append((SiteHead(site, _kind(kind, mapping, problems)), rows))
        else:
            found.append((_one(name, "", kind, mapping, given, told, problems), rows))
    return found


def merged(given: SiteHead, told: SiteHead) -> SiteHead:
    """A known site with what a file declares besides; what is known stands."""
    more = tuple(one for one in told.reported if one not in given.reported)
    return replace(given, tasks={**told.tasks, **given.tasks}, reported=(*given.reported, *more))


def _one(
    name: str,
    site: str,
    kind: str,
    mapping: Mapping,
    given: SiteHead | None,
    told: SiteHead | None,
    problems: FileProblems,
) -> SiteHead:
    if given is not None:
        return given if told is None else merged(given, told)
    if told is not None:
        return replace(told, id=clean(mapping.site) or told.id, kind=Kind(mapping.kind or told.kind))
    found = clean(mapping.site) or site
    if not found:
        found = _from_file_name(name)
        problems.add("no_site", field="site", site=found)
    return SiteHead(found, _kind(kind, mapping, problems))


def _kind(kind: str, mapping: Mapping, problems: FileProblems) -> Kind:
    found = mapping.kind or (find(KINDS, kind) if kind else None)
    if not found:
        problems.add("no_kind", field="kind")
    return Kind(found or Kind.OTHER)


def _from_file_name(name: str) -> str:
    """An id from the last part of a file's name, whatever path it pretends to have.

    >>> _from_file_name("../../etc/day 1.csv")
    'day-1'
    """
    last = clean(name.replace("\\", "/").rsplit("/", 1)[-1].split(".")[0])
    return "-".join(last.split())[:60] or "site-1"
