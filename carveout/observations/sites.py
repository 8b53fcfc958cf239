"""Sites over all files: one per id, whatever number of files speaks of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from carveout.observations.parts import Part, SiteHead
from carveout.observations.problems import ProblemLog
from carveout.timeline import Sites


def join_sites(
    parts: Sequence[Part], log: ProblemLog
) -> tuple[Sites, list[Mapping[str, Mapping[str, str]]], list[Part]]:
    """Sites in the order of their ids, the tasks each declares, and the parts that speak of any of them.

    A site that only a staff table names is left out with a warning: nothing was seen there.
    """
    seen = {part.heads[site].id for part in parts if part.rows.n for site, _ in part.units}
    ids = sorted(seen)
    heads: dict[str, list[tuple[str, SiteHead]]] = {site: [] for site in ids}
    useful = []
    for part in parts:
        for head in part.heads:
            if head.id in heads:
                heads[head.id].append((part.file, head))
            elif len(part.listed.unit) and not len(part.entries.day):
                log.file(part.file).add("site_without_rows", field="site", site=head.id)
        if any(head.id in heads for head in part.heads):
            useful.append(part)
    kinds: list[str] = []
    names: list[str] = []
    declared: list[Mapping[str, Mapping[str, str]]] = []
    for site in ids:
        kind = _agreed(site, "kind", [(f, h.kind) for f, h in heads[site]], log)
        if kind is None:
            log.file(heads[site][0][0]).add("no_kind", field="kind", site=site)
        kinds.append(kind or "other")
        names.append(_agreed(site, "name", [(f, h.name) for f, h in heads[site]], log) or site)
        declared.append(_declared(heads[site], log))
    constructed = tuple(any(head.constructed for _, head in heads[site]) for site in ids)
    return Sites(tuple(ids), tuple(kinds), tuple(names), constructed), declared, useful


def _agreed(about: str, field: str, told: Sequence[tuple[str, str | None]], log: ProblemLog) -> str | None:
    """The value all files give; of several the first in the order of the alphabet, with a warning at each file."""
    values = sorted({value for _, value in told if value is not None})
    if len(values) > 1:
        for file in dict.fromkeys(file for file, value in told if value not in (None, values[0])):
            log.file(file).add("conflict", field=field, about=about, values=", ".join(values), kept=values[0])
    return values[0] if values else None


def _declared(heads: Sequence[tuple[str, SiteHead]], log: ProblemLog) -> dict[str, dict[str, str]]:
    """Tasks a site's files declare, attribute by attribute."""
    told: dict[str, dict[str, list[tuple[str, str | None]]]] = {}
    for file, head in heads:
        for code, attributes in head.tasks.items():
            known = told.setdefault(code, {})
            for name, value in attributes.items():
                known.setdefault(name, []).append((file, value))
    return {
        code: {name: _agreed(code, name, values, log) or "" for name, values in sorted(told[code].items())}
        for code in sorted(told)
    }
