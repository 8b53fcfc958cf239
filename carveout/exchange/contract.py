"""The contract's own files: read by the observations room, seen as workdays, their free names mapped like any other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from carveout.errors import InputError, Problem
from carveout.exchange.formats import format_of
from carveout.exchange.imported import Imported
from carveout.exchange.limits import Limits
from carveout.exchange.mapping import Mapping
from carveout.exchange.messages import problems_of
from carveout.exchange.names import TaskNames
from carveout.exchange.sites import merged
from carveout.model import Kind
from carveout.observations import read_uploads
from carveout.observations.problems import FileProblems
from carveout.observations.text import shown
from carveout.workday import Row, SiteHead, Workday, workdays_of

Sites = Sequence[tuple[SiteHead, tuple[Workday, ...]]]


def read_contract(
    name: str, data: bytes, kind: str, told: Mapping, given: SiteHead | None, problems: FileProblems, limits: Limits
) -> Imported:
    """An observation document or table.

    A file of one site is about the given (or mapped) one, whatever id it has; what it declares comes along. Its ids of
    staff stay, but for those the mapping names.
    """
    endings = format_of(kind).suffixes
    named = name if name.lower().endswith(endings) else f"{name}{endings[0]}"
    try:
        reading = read_uploads({named: data})
    except InputError as error:
        return Imported(format_of(kind), (), (*error.problems, *problems.listed()), mapping=replace(told, format=kind))
    sites: Sites = workdays_of(reading.timeline)
    if len(sites) == 1:
        sites = [_wished(*sites[0], told, given)]
    else:
        problems.add("many_sites", n=len(sites), sites=", ".join(one.id for one, _ in sites[:10]))
        if given is not None:  # the site one is at comes first
            mine = [_wished(head, days, told, given) for head, days in sites if head.id == given.id]
            sites = [*mine, *(pair for pair in sites if pair[0].id != given.id)]
    tasks = TaskNames(told, given or (sites[0][0] if len(sites) == 1 else None))
    sites = [(head, tuple(_mapped(day, head, told, tasks) for day in days)) for head, days in sites]
    tasks.say_left_out(problems)
    asked = tasks.unknown(problems_of(name), limits)  # the reading has told of them, with their lines
    used = replace(told, format=kind, tasks=tasks.meant())
    if len(sites) == 1:
        used = replace(used, site=sites[0][0].id, kind=sites[0][0].kind.value)
    met = [problem for problem in reading.problems if not _settled(problem, told)]
    return Imported(format_of(kind), tuple(sites), (*met, *problems.listed()), (), asked, mapping=used)


def _wished(
    head: SiteHead, days: tuple[Workday, ...], told: Mapping, given: SiteHead | None
) -> tuple[SiteHead, tuple[Workday, ...]]:
    """The one site of a file, as the one it is imported for."""
    if given is not None:
        site = merged(given, head)
    else:
        site = replace(head, id=told.site or head.id, kind=Kind(told.kind or head.kind))
    return site, tuple(replace(day, site=site.id) for day in days)


def _mapped(day: Workday, head: SiteHead, told: Mapping, tasks: TaskNames) -> Workday:
    """A day with its free names of tasks and its ids of people as the mapping says."""
    rows = []
    for row in day.rows:
        code = row.task if row.task in head.tasks and row.task not in told.tasks else tasks.code(row.task)
        if code is not None:
            rows.append(_renamed(replace(row, task=code), told))
    people = tuple(replace(one, id=told.staff.get(one.id) or one.id) for one in day.staff)
    return replace(day, rows=tuple(rows), staff=people)


def _renamed(row: Row, told: Mapping) -> Row:
    if not any(one in told.staff for one in row.staff):
        return row
    return replace(row, staff=tuple(dict.fromkeys(new for one in row.staff if (new := told.staff.get(one, one)))))


def _settled(problem: Problem, told: Mapping) -> bool:
    """Whether a problem asks for what the mapping answers."""
    if problem.code == "unknown_task":
        return any(f"「{shown(name)}」" in problem.cause.ja for name in told.tasks)
    return problem.code == "no_kind" and bool(told.kind)
