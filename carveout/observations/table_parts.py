"""The two tables of the contract as parts: observed rows, and staff on duty."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from carveout.observations.clock import clock_ranges
from carveout.observations.columns import by_appearance, paired, positions, spans
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
    Roles,
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
        group, of_group, _ = paired(unit, self.days - np.int32(first_day), n_days, len(units))
        group, first = by_appearance(group, len(of_group))
        return units, unit, group, first


def _unit_names(reader: TableReader) -> Words:
    names = reader.texts("unit")
    blank = np.flatnonzero(names.codes < 0)
    if not len(blank):
        return names
    line, place = reader.table.places.at(int(blank[0]), "unit")
    reader.problems.add("no_unit", line=line, place=place, field="unit", unit=DEFAULT_UNIT, n=len(blank))
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
        entries=Entries(unit[first], ground.days[first], _observers(observers, entry, len(first), reader.problems)),
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
    for site, kind in zip(*(codes.tolist() for codes in _distinct_pairs(sites, kinds)), strict=True):
        told.setdefault(site, set()).add(kinds.values[kind])
    heads = []
    for number, name in enumerate(sites.values):
        found = sorted(told.get(number, ()))
        if len(found) > 1:
            problems.add("conflict", field="kind", about=name, values=", ".join(found), kept=found[0])
        heads.append(SiteHead(name, found[0] if found else None))
    return heads


def _distinct_pairs(first: Words, second: Words) -> tuple[Ints, Ints]:
    """Each pair of codes that stands in a row once, rows without a second value aside."""
    a, b = first.codes, second.codes
    if (untold := b < 0).any():
        told = np.flatnonzero(~untold)
        a, b = a[told], b[told]
    _, left, right = paired(a, b, len(second.values), len(first.values))
    return left, right


def _observers(observers: Words, entry: Ints, n_entries: int, problems: FileProblems) -> list[str]:
    """The observer of each entry; several observers of one entry are joined, with a warning."""
    at, who = _distinct_pairs(Words([""] * n_entries, entry), observers)
    found = np.full(n_entries, "", dtype=object)
    found[at] = np.array(observers.values, dtype=object)[who] if len(who) else ""
    for number in np.flatnonzero(np.bincount(at, minlength=n_entries) > 1).tolist():
        found[number] = ", ".join(sorted(observers.values[w] for w in who[at == number].tolist()))
    for names in sorted({found[n] for n in np.flatnonzero(np.bincount(at, minlength=n_entries) > 1).tolist()}):
        problems.add("several_observers", field="observer", observers=names)
    return [str(name) for name in found.tolist()]


def _roles(site: Ints, n_sites: int, sets: list[tuple[str, ...]], staff: Ints, roles: Words) -> Roles:
    """Who has which role: a cell names one role for all its persons, or as many roles as persons."""
    ids = {member: number for number, member in enumerate(dict.fromkeys(m for members in sets for m in members))}
    codes = roles.codes
    if (untold := codes < 0).any():
        told = np.flatnonzero(~untold)
        site, staff, codes = site[told], staff[told], codes[told]
    pair, pair_site, pair_set = paired(site, staff, len(sets), n_sites)
    _, of_pair, role = paired(pair, codes, len(roles.values), len(pair_site))
    sizes = ints([len(members) for members in sets])
    flat = ints([ids[member] for members in sets for member in members])
    starts = np.cumsum(sizes) - sizes
    triple_set, triple_site = pair_set[of_pair], pair_site[of_pair]
    counts = sizes[triple_set]
    who = flat[spans(starts[triple_set], counts)]
    each = np.repeat(role, counts)
    numbers = {word: number for number, word in enumerate(roles.values)}
    at = np.cumsum(counts) - counts
    for triple in np.flatnonzero(counts > 1).tolist():
        parts = split_staff(roles.values[role[triple]], unique=False)
        if len(parts) == counts[triple]:
            for offset, word in enumerate(parts):
                each[at[triple] + offset] = numbers.setdefault(word, len(numbers))
    return Roles(np.repeat(triple_site, counts), who, each, list(ids), list(numbers))
