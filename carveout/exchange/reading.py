"""Any file that can be imported as workdays: recognised by its content, read, placed, and asked about."""

from __future__ import annotations

from collections import abc
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace

from carveout.exchange.boris import Boris, kind_of
from carveout.exchange.care_classes import declarations
from carveout.exchange.contract import read_contract
from carveout.exchange.formats import Format, format_of
from carveout.exchange.grid import Grid, decoded, grid_of, unreadable
from carveout.exchange.imported import Imported, UnknownColumn
from carveout.exchange.limits import DEFAULT_LIMITS, Limits
from carveout.exchange.mapping import Mapping
from carveout.exchange.messages import problems_of
from carveout.exchange.placing import DayTold, Placing
from carveout.exchange.seen import Seen
from carveout.exchange.sites import by_site
from carveout.exchange.table import Table
from carveout.exchange.time_study import TimeStudy, is_time_study
from carveout.exchange.wombat import Wombat, is_wombat
from carveout.exchange.xes import Xes
from carveout.exchange.xes_log import CASE, read_log
from carveout.observations.limits import MEGABYTE
from carveout.observations.problems import FileProblems
from carveout.observations.words import HEADINGS, REQUIRED_OF_ROWS, REQUIRED_OF_STAFF, find
from carveout.workday import SiteHead

_LOOK = 1 << 16
_FEW = 50
_CONTRACT = ("yaml", "csv", "xlsx", "parquet")


@dataclass(slots=True)
class _Found:
    """What a reader made of a file before it is placed."""

    seen: Sequence[Seen] = ()
    columns: dict[str, str] = field(default_factory=dict)
    unknown: tuple[UnknownColumn, ...] = ()
    missing: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    head: SiteHead | None = None
    told: dict[int, DayTold] = field(default_factory=dict)
    trusted: bool = False
    table: Table | None = None
    tasks: abc.Mapping[str, abc.Mapping[str, str]] = field(default_factory=dict)


def recognise(name: str, data: bytes) -> Format | None:
    r"""The kind of a file, by its content more than by its name; None if it is none we know.

    >>> recognise("x.csv", b"Time,Subject,Behavior,Status\n1,a,b,POINT\n").id
    'boris-tabular'
    """
    kind = _kind(name, data)
    return format_of(kind) if kind else None


def _kind(name: str, data: bytes) -> str:
    lower = name.lower()
    if data.startswith(b"PAR1"):
        return "parquet"
    if data.startswith(b"\x1f\x8b") or lower.endswith(".xes"):
        return "xes" if lower.endswith((".xes", ".xes.gz", ".gz")) else ""
    top = data[:_LOOK].lstrip(b"\xef\xbb\xbf \t\r\n")
    if top.startswith(b"<"):
        return "xes" if b"<log" in data[: 1 << 20] or b"<!DOCTYPE" in top else ""
    excel = data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))
    if not excel and (lower.endswith((".yaml", ".yml")) or b"carveout-observation/" in top):
        return "yaml"
    if not excel and decoded(_whole_lines(data)) is None:
        return ""
    grid = grid_of(data if excel else _whole_lines(data), problems_of(name), DEFAULT_LIMITS, most=_FEW)
    return _kind_of_grid(grid, "xlsx" if excel else "csv")


def _whole_lines(data: bytes) -> bytes:
    """The first lines of a text, enough to see what it is."""
    if len(data) <= _LOOK:
        return data
    end = data.rfind(b"\n", 0, _LOOK)
    return data[: end + 1] if end > 0 else data[:_LOOK]


def _kind_of_grid(grid: Grid | None, own: str) -> str:
    if grid is None:
        return ""
    if boris := kind_of(grid):
        return boris
    if is_wombat(grid):
        return "wombat"
    if is_time_study(grid):
        return "timestudy"
    known = {find(HEADINGS, heading) for heading in grid.headings}
    if known.issuperset(REQUIRED_OF_ROWS) or (known.issuperset((*REQUIRED_OF_STAFF, "on")) and "start" not in known):
        return own
    return "table"


def read_file(
    name: str,
    data: bytes,
    mapping: Mapping | None = None,
    *,
    head: SiteHead | None = None,
    taken: Collection[str] = (),
    limits: Limits = DEFAULT_LIMITS,
) -> Imported:
    r"""Read a file of any kind into workdays. Never raises: what is wrong with the file is in `problems`.

    mapping: what a person decided; None, or what it leaves open: guessed. head: the site the days are for, whose own
    tasks are then known by name. taken: ids that people of the site have, so that a new one never gets them.

    >>> log = b"date,from,to,activity,worker\n2026-06-01,9:00,9:15,meal,s1\n"
    >>> found = read_file("log.csv", log)
    >>> found.format.id, found.days[0].rows[0].end, found.mapping.columns["staff"]
    ('table', 555, 'worker')
    """
    told = mapping or Mapping()
    problems = problems_of(name)
    kind = told.format or _kind(name, data)
    if not data or not data.strip():
        problems.add("empty_file")
    elif len(data) > limits.file_bytes:
        problems.add("too_large", limit=f"{limits.file_bytes // MEGABYTE} MB")
    elif not kind:
        problems.add(unreadable(data))
    elif kind in _CONTRACT:
        return read_contract(name, data, kind, told, head, problems, limits)
    elif kind not in _READERS:
        problems.add("format_unreadable", format=kind)
    else:
        found = _READERS[kind](data, told, problems, limits)
        if found is not None:
            return _placed(name, kind, found, told, head, taken, problems, limits)
    return Imported(
        format_of(kind) if kind in (*_READERS, *_CONTRACT) else None, (), tuple(problems.listed()), mapping=told
    )


def _placed(
    name: str,
    kind: str,
    found: _Found,
    told: Mapping,
    head: SiteHead | None,
    taken: Collection[str],
    problems: FileProblems,
    limits: Limits,
) -> Imported:
    placing = Placing(found.seen, told, head or found.head, problems, limits, trusted=found.trusted, taken=taken)
    sites = []
    groups = by_site(name, found.seen, told, head, found.head, problems)
    for site, seen in groups:
        own = replace(site, tasks={**found.tasks, **site.tasks}) if found.tasks else site
        days = placing.days(own, seen, _told_of(seen, found))
        if days:
            sites.append((own, days))
    asked = placing.asked()
    first = groups[0][0]
    used = replace(
        asked.mapping, format=kind, columns={**told.columns, **found.columns}, site=first.id, kind=first.kind.value
    )
    if found.table is not None:
        table = found.table
        used = replace(used, times=table.times, ends=table.ends, date_order=table.order)
    if not sites and not found.missing:
        problems.add("no_rows")
    return Imported(
        format_of(kind),
        tuple(sites),
        tuple(problems.listed()),
        found.unknown,
        asked.unknown_tasks,
        asked.new_people,
        found.missing,
        used,
        found.headings,
    )


def _told_of(seen: Sequence[Seen], found: _Found) -> abc.Mapping[int, DayTold]:
    """What a file of our own tells of the days of one site; of all days where it is about one site."""
    if seen is found.seen:
        return found.told
    numbers = {one.trace for one in seen}
    return {number: day for number, day in found.told.items() if number in numbers}


def _boris(data: bytes, told: Mapping, problems: FileProblems, limits: Limits) -> _Found | None:
    grid = grid_of(data, problems, limits)
    if grid is None:
        return None
    boris = Boris(grid, told, problems)
    seen = boris.seen()
    missing = ("date",) if boris.needs_date else ()
    if missing:
        problems.add("no_date", field="date")
    return _Found(
        seen, boris.columns.of, boris.columns.unknown(boris.passed, problems), missing, _filled(grid)
    )  # fmt: skip


def _time_study(data: bytes, told: Mapping, problems: FileProblems, limits: Limits) -> _Found | None:
    grid = grid_of(data, problems, limits)
    if grid is None:
        return None
    sheet = TimeStudy(grid, told, problems)
    missing = sheet.missing()
    if missing:
        problems.add("no_date", field="date")
    seen = [] if missing else sheet.seen()
    unknown = sheet.columns.unknown(sheet.passed, problems)
    return _Found(
        seen, sheet.columns.of, unknown, missing, _filled(grid), tasks=declarations(sheet.classes, sheet.items)
    )  # fmt: skip


def _wombat(data: bytes, told: Mapping, problems: FileProblems, limits: Limits) -> _Found | None:
    grid = grid_of(data, problems, limits)
    return None if grid is None else _of_table(Wombat(grid, told, problems), problems)


def _table(data: bytes, told: Mapping, problems: FileProblems, limits: Limits) -> _Found | None:
    grid = grid_of(data, problems, limits)
    return None if grid is None else _of_table(Table(grid, told, problems), problems)


def _of_table(table: Table, problems: FileProblems) -> _Found:
    missing = table.missing()
    headings = _filled(table.grid)
    for name in missing:
        if name == "date":
            problems.add("no_date", field="date")
        else:
            problems.add("no_column", field=name, headings=", ".join(headings[:20]))
    seen = [] if missing else table.seen()
    unknown = table.columns.unknown(table.passed, problems)
    return _Found(seen, table.columns.of, unknown, missing, headings, table=table)


def _xes(data: bytes, told: Mapping, problems: FileProblems, limits: Limits) -> _Found | None:
    log = read_log(data, problems, limits)
    if log is None:
        return None
    xes = Xes(log, told, problems)
    seen = xes.seen()
    unknown = []
    for heading in () if xes.ours else xes.unused:
        samples = log.samples(heading)
        if samples and heading != f"{CASE}creator":
            unknown.append(UnknownColumn(heading, samples))
            problems.add("ignored_column", field=heading, heading=heading, guess="")
    headings = tuple(log.headings())
    return _Found(
        seen, xes.columns, tuple(unknown), (), headings, head=xes.head(), told=xes.told, trusted=xes.ours
    )  # fmt: skip


def _filled(grid: Grid) -> tuple[str, ...]:
    return tuple(heading for heading in grid.headings if heading)


_READERS: dict[str, Callable[[bytes, Mapping, FileProblems, Limits], _Found | None]] = {
    "boris": _boris,
    "boris-tabular": _boris,
    "xes": _xes,
    "wombat": _wombat,
    "timestudy": _time_study,
    "table": _table,
}
