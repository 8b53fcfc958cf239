"""The two tables of the contract as parts: observed rows, and staff on duty."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from carveout.observations.clock import clock_ranges
from carveout.observations.columns import by_appearance, grouped, paired, positions, spans
from carveout.observations.limits import Limits
from carveout.observations.parts import (
    NO_ENTRIES,
    NO_LISTED,
    NO_PLACES,
    NO_ROWS,
    Entries,
    Listed,
    Part,
    Places,
    Rows,
    SiteHead,
    ints,
)
from carveout.observations.problems import FileProblems
from carveout.observations.table import DEFAULT_UNIT, Column, Table, TableReader, Words, split_staff
from carveout.observations.words import HEADINGS, REQUIRED_OF_ROWS, REQUIRED_OF_STAFF
from carveout.timeline import Ints


def is_staff_table(columns: Mapping[str, object]) -> bool:
    """Whether headings are those of the staff table: it says who is on duty and holds no rows of work.

    >>> is_staff_table({"site": 0, "staff": 1, "on": 2}), is_staff_table({"start": 0, "on": 1})
    (True, False)
    """
    return "on" in columns and "start" not in columns


def table_part(table: Table, problems: FileProblems, limits: Limits) -> Part | None:
    """One table as a part, None if columns are missing or nothing is in it (the problems say so)."""
    staff = is_staff_table(table.columns)
    required = REQUIRED_OF_STAFF if staff else REQUIRED_OF_ROWS
    missing = [name for name in required if name not in table.columns]
    for name in missing:
        line, place = (1, "") if not table.places.sheet else (None, f"{table.places.sheet}!1")
        problems.add(
            "missing_column", line=line, place=place, field=name, column=name,
            headings=" / ".join(dict.fromkeys((name, HEADINGS[name][1]))),
        )  # fmt: skip
    if missing:
        return None
    if not table.n:
        if not staff:
            problems.add("no_rows", place=table.places.sheet)
        return None
    reader = TableReader(table, problems, limits)
    return _staff_part(reader) if staff else _rows_part(reader)


class _Ground:
    """What both tables share: sites, days, and units as pairs of site and name."""

    def __init__(self, reader: TableReader):
        self.sites = reader.texts("site", required=True)
        self.days = reader.days()
        self.names = _unit_names(reader)

    def keep(self, good: Ints) -> None:
        """Leave out the rows that cannot be used."""
        self.sites = Words(self.sites.values, self.sites.codes[good])
        self.names = Words(self.names.values, self.names.codes[good])
        self.days = self.days[good]

    def entries(self) -> tuple[list[tuple[int, str]], Ints, Ints, Ints]:
        """Units as (site, name); per row its unit; per row its (unit, day) group; per group its first row."""
        unit, site_of, name_of = paired(
            self.sites.codes, self.names.codes, len(self.names.values), len(self.sites.values)
        )
        units = [(int(s), self.names.values[n]) for s, n in zip(site_of, name_of, strict=True)]
        first_day = int(self.days.min()) if len(self.days) else 0
        n_days = int(self.days.max()) - first_day + 1 if len(self.days) else 1
        group, distinct = grouped(unit.astype(np.int64) * n_days + (self.days - first_day), len(units) * n_days)
        group, first = by_appearance(group, len(distinct))
        return units, unit, group, first


def _unit_names(reader: TableReader) -> Words:
    names = reader.texts("unit")
    blank = np.flatnonzero(names.codes < 0)
    if not len(blank):
        return names
    line, place = reader.table.places.at(int(blank[0]), "unit")
    reader.problems.add(
        "no_unit", line=line, place=place, field="unit", unit=DEFAULT_UNIT, n=len(blank)
    )
    values = names.values if DEFAULT_UNIT in names.values else [*names.values, DEFAULT_UNIT]
    return Words(values, np.where(names.codes < 0, values.index(DEFAULT_UNIT), names.codes).astype(np.int32))


def _rows_part(reader: TableReader) -> Part:
    ground = _Ground(reader)
    start, end = reader.spans(ground.days)
    tasks = reader.texts("task", required=True)
    sets, staff = reader.staff_sets()
    roles, kinds, observers = reader.texts("role"), reader.kinds(), reader.texts("observer")
    trigger, notes = reader.triggers(), reader.texts("note", reader.limits.note_chars)
    _warn_without_staff(reader, sets, staff)
    places = reader.table.places
    if not reader.good.all():
        good = np.flatnonzero(reader.good)
        ground.keep(good.astype(np.int32))
        start, end, staff, trigger = start[good], end[good], staff[good], trigger[good]
        tasks, roles, kinds = _kept(tasks, good), _kept(roles, good), _kept(kinds, good)
        observers, notes = _kept(observers, good), _kept(notes, good)
        places = Places(places.numbers[good], places.sheet, places.letters, places.by_line)
    units, unit, entry, first = ground.entries()
    row = positions(entry, len(first))
    return Part(
        file=reader.problems.file,
        heads=_heads(ground.sites, kinds, reader.problems),
        units=units,
        entries=Entries(unit[first], ground.days[first], _observers(observers, entry, first, reader.problems)),
        rows=Rows(entry, row, start, end, tasks.codes, staff, trigger, notes.codes),
        places=places,
        tasks=tasks.values,
        staff_sets=sets,
        notes=notes.values,
        listed=NO_LISTED,
        listed_ids=(),
        roles=_roles(ground.sites.codes, len(ground.sites.values), sets, staff, roles),
    )


def _staff_part(reader: TableReader) -> Part:
    ground = _Ground(reader)
    sets, staff = reader.staff_sets(required=True)
    roles, duty = reader.texts("role"), reader.texts("on")
    ranges = _duty_ranges(reader, duty)
    good = np.flatnonzero(reader.good).astype(np.int32)
    ground.keep(good)
    staff, duty, roles = staff[good], _kept(duty, good), _kept(roles, good)
    units, unit, _, _ = ground.entries()
    ids = list(dict.fromkeys(member for members in sets for member in members))
    number = {member: index for index, member in enumerate(ids)}
    flat = ints([number[member] for members in sets for member in members])
    sizes = ints([len(members) for members in sets])
    starts = (np.cumsum(sizes) - sizes).astype(np.int32)
    who = flat[spans(starts[staff], sizes[staff])]
    row = np.repeat(np.arange(len(staff), dtype=np.int32), sizes[staff])
    stretch_sizes = ints([len(r) for r in ranges])
    stretch_starts = (np.cumsum(stretch_sizes) - stretch_sizes).astype(np.int32)
    stretches = ints([minute for r in ranges for stretch in r for minute in stretch]).reshape(-1, 2)
    n_stretches = stretch_sizes[duty.codes[row]]
    stretch = stretches[spans(stretch_starts[duty.codes[row]], n_stretches)]
    row, who = np.repeat(row, n_stretches), np.repeat(who, n_stretches)
    return Part(
        file=reader.problems.file,
        heads=[SiteHead(site, None) for site in ground.sites.values],
        units=units,
        entries=NO_ENTRIES,
        rows=NO_ROWS,
        places=NO_PLACES,
        tasks=(),
        staff_sets=(),
        notes=(),
        listed=Listed(unit[row], ground.days[row], who, stretch[:, 0], stretch[:, 1]),
        listed_ids=ids,
        roles=_roles(ground.sites.codes, len(ground.sites.values), sets, staff, roles),
    )


def _duty_ranges(reader: TableReader, duty: Words) -> list[tuple[tuple[int, int], ...]]:
    """Stretches of each distinct text of duty; the last entry, for blank cells, is "listed without times"."""
    ranges = [clock_ranges(text) for text in duty.values]
    column = Column(duty.values, duty.codes)
    for code, bad in (
        ("bad_range", [i for i, r in enumerate(ranges) if r is None]),
        ("empty_range", [i for i, r in enumerate(ranges) if r and any(on == off for on, off in r)]),
    ):
        if bad:
            rows = np.flatnonzero(np.isin(column.codes, bad))
            reader.wrong(code, rows, "on", value=lambda row: duty.values[duty.codes[row]])
    return [*((r or ((-1, -1),)) for r in ranges), ((-1, -1),)]


def _kept(words: Words, good: np.ndarray[tuple[int], np.dtype[np.intp]] | Ints) -> Words:
    return Words(words.values, words.codes[good])


def _warn_without_staff(reader: TableReader, sets: list[tuple[str, ...]], staff: Ints) -> None:
    without = np.flatnonzero(staff == sets.index(()))
    if len(without):
        line, place = reader.table.places.at(int(without[0]), "staff")
        reader.problems.add("no_staff", line=line, place=place, field="staff", n=len(without))


def _heads(sites: Words, kinds: Words, problems: FileProblems) -> list[SiteHead]:
    """Sites with the kinds their rows give; of several kinds the first in the order of the alphabet stands."""
    told: dict[int, set[str]] = {}
    for site, kind in _distinct_pairs(sites, kinds):
        told.setdefault(site, set()).add(kinds.values[kind])
    heads = []
    for number, name in enumerate(sites.values):
        names = sorted(told.get(number, ()))
        if len(names) > 1:
            problems.add(
                "conflict", field="kind", about=name, values=", ".join(names), kept=names[0]
            )
        heads.append(SiteHead(name, names[0] if names else None))
    return heads


def _distinct_pairs(first: Words, second: Words) -> list[tuple[int, int]]:
    told = np.flatnonzero(second.codes >= 0)
    if len(told) == len(second.codes):
        a, b = first.codes, second.codes
    else:
        a, b = first.codes[told], second.codes[told]
    _, left, right = paired(a, b, len(second.values), len(first.values))
    return list(zip(left.tolist(), right.tolist(), strict=True))


def _observers(observers: Words, entry: Ints, first: Ints, problems: FileProblems) -> list[str]:
    """The observer of each entry's first row that names one; several observers of one entry are joined."""
    found: list[list[str]] = [[] for _ in range(len(first))]
    numbers = Words([], entry)
    for number, observer in _distinct_pairs(Words([""] * len(found), numbers.codes), observers):
        found[number].append(observers.values[observer])
    several = sorted({", ".join(sorted(names)) for names in found if len(names) > 1})
    for names in several:
        problems.add("several_observers", field="observer", observers=names)
    return [", ".join(sorted(names)) for names in found]


def _roles(
    site: Ints, n_sites: int, sets: list[tuple[str, ...]], staff: Ints, roles: Words
) -> list[tuple[int, str, str]]:
    """Who has which role: a cell names one role for all its persons, or as many roles as persons."""
    told = np.flatnonzero(roles.codes >= 0)
    if not len(told):
        return []
    pair, pair_site, pair_set = paired(site[told], staff[told], len(sets), n_sites)
    _, of_pair, role = paired(pair, roles.codes[told], len(roles.values), len(pair_site))
    found: list[tuple[int, str, str]] = []
    for p, r in zip(of_pair.tolist(), role.tolist(), strict=True):
        members, text = sets[int(pair_set[p])], roles.values[r]
        parts = split_staff(text)
        each = parts if len(parts) == len(members) and len(members) > 1 else (text,) * len(members)
        found.extend((int(pair_site[p]), member, name) for member, name in zip(members, each, strict=True))
    return list(dict.fromkeys(found))


