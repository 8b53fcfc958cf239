"""Staff over all files: who did each row, who was listed, who was on duty when.

A person is an id at a site. Stretches of duty of one person on one day in one unit are joined where they overlap or
touch, so that a person listed twice is not two persons.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from carveout.observations.columns import paired, spans
from carveout.observations.parts import Part, ints
from carveout.observations.problems import ProblemLog
from carveout.timeline import Duty, Entries, Ints, Longs, Units

_MINUTES = 1 << 13  # more than any minute count of a stretch (48 hours)


@dataclass(frozen=True, slots=True)
class Staffing:
    """Staff ids, sites and roles; per row its members (CSR); duty; and who was listed for which unit and day."""

    ids: tuple[str, ...]
    site: Ints
    roles: tuple[str, ...]
    offsets: Longs
    members: Ints
    duty: Duty
    listed_unit: Ints
    listed_day: Ints
    listed_staff: Ints


def join_staff(
    parts: Sequence[Part],
    site_of: Sequence[Ints],
    unit_of: Sequence[Ints],
    units: Units,
    site: Ints,
    staff_set: Ints,
    sets: Sequence[object],
    n_sites: int,
    log: ProblemLog,
) -> Staffing:
    """Staff of all parts. site, staff_set: per row, `staff_set` indexing `sets` (tuples of ids)."""
    groups = [members for members in sets if isinstance(members, tuple)]
    names = {m for members in groups for m in members} | {m for part in parts for m in part.listed_ids}
    ordered = sorted(names)
    rank = {name: index for index, name in enumerate(ordered)}
    width = max(1, len(ordered))
    pair, pair_site, pair_set = paired(site, staff_set, len(groups), n_sites)
    sizes = ints([len(members) for members in groups])
    starts = np.cumsum(sizes) - sizes
    flat = ints([rank[m] for members in groups for m in members])
    pair_sizes = sizes[pair_set].astype(np.int64)
    pair_keys = np.repeat(pair_site, pair_sizes).astype(np.int64) * width + flat[spans(starts[pair_set], pair_sizes)]
    unit, day, who, on, off = _listed(parts, unit_of, rank)
    listed_keys = units.site[unit].astype(np.int64) * width + who
    people = np.unique(np.concatenate((pair_keys, listed_keys)))
    offsets, members = _members(pair, pair_sizes, np.searchsorted(people, pair_keys).astype(np.int32))
    listed_staff = np.searchsorted(people, listed_keys).astype(np.int32)
    timed = on >= 0
    ids = tuple(ordered[key % width] for key in people.tolist())
    roles = _roles(parts, site_of, people, rank, width, log)
    duty = _duty(unit[timed], day[timed], listed_staff[timed], on[timed], off[timed])
    return Staffing(ids, (people // width).astype(np.int32), roles, offsets, members, duty, unit, day, listed_staff)


def _listed(
    parts: Sequence[Part], unit_of: Sequence[Ints], rank: dict[str, int]
) -> tuple[Ints, Ints, Ints, Ints, Ints]:
    """Everyone listed: unit, day, rank of the id, on, off (-1: without times). Units left out are dropped."""
    columns: list[list[Ints]] = [[] for _ in range(5)]
    for part, units in zip(parts, unit_of, strict=True):
        listed = part.listed
        unit = units[listed.unit] if len(listed.unit) else ints([])
        kept = np.flatnonzero(unit >= 0)
        ranks = ints([rank[name] for name in part.listed_ids])
        who = ranks[listed.staff[kept]] if len(kept) else ints([])
        for column, values in zip(
            columns, (unit[kept], listed.day[kept], who, listed.on[kept], listed.off[kept]), strict=True
        ):
            column.append(values)
    unit, day, who, on, off = (np.concatenate(column) if column else ints([]) for column in columns)
    return unit, day, who, on, off


def _members(pair: Ints, pair_sizes: Longs, flat: Ints) -> tuple[Longs, Ints]:
    """Offsets and members of each row from the members of each distinct (site, set)."""
    n = len(pair)
    if len(pair_sizes) and (pair_sizes == 1).all():  # one person a row, as most tables have it
        return np.arange(n + 1, dtype=np.int64), flat[pair]
    sizes = pair_sizes[pair] if n else np.empty(0, np.int64)
    offsets = np.zeros(n + 1, dtype=np.int64)
    np.cumsum(sizes, out=offsets[1:])
    starts = np.cumsum(pair_sizes) - pair_sizes
    return offsets, flat[spans(starts[pair], sizes)] if n else ints([])


def _duty(unit: Ints, day: Ints, staff: Ints, on: Ints, off: Ints) -> Duty:
    """Stretches in the order of unit, day, staff and time, overlapping ones joined."""
    if not len(unit):
        return Duty(unit, day, staff, on, off)
    order = np.lexsort((off, on, staff, day, unit))
    unit, day, staff, on, off = (column[order] for column in (unit, day, staff, on, off))
    person = np.zeros(len(unit), dtype=np.int64)
    np.cumsum((np.diff(unit) != 0) | (np.diff(day) != 0) | (np.diff(staff) != 0), out=person[1:])
    reach = np.maximum.accumulate(person * _MINUTES + off)  # grows with the person, so it never crosses over
    new = np.concatenate(([True], (person * _MINUTES + on)[1:] > reach[:-1]))
    first = np.flatnonzero(new)
    last = np.concatenate((first[1:], [len(unit)])) - 1
    end = (reach[last] - person[last] * _MINUTES).astype(np.int32)
    return Duty(unit[first], day[first], staff[first], on[first], end)


def _roles(
    parts: Sequence[Part],
    site_of: Sequence[Ints],
    people: Longs,
    rank: dict[str, int],
    width: int,
    log: ProblemLog,
) -> tuple[str, ...]:
    """The role of each person; of several the first in the order of the alphabet, with a warning."""
    told: dict[int, set[str]] = {}
    where: dict[int, str] = {}
    name_of: dict[int, str] = {}
    for part, sites in zip(parts, site_of, strict=True):
        for site, name, role in part.roles:
            if sites[site] >= 0 and name in rank:
                key = int(sites[site]) * width + rank[name]
                told.setdefault(key, set()).add(role)
                where[key], name_of[key] = part.file, name
    roles = [""] * len(people)
    for key, values in told.items():
        position = int(np.searchsorted(people, key))
        if position < len(people) and people[position] == key:
            ordered = sorted(values)
            roles[position] = ordered[0]
            if len(ordered) > 1:
                log.file(where[key]).add(
                    "conflict", field="role", about=name_of[key], values=", ".join(ordered), kept=ordered[0]
                )
    return tuple(roles)


def duty_only_entries(entries: Entries, duty: Duty) -> Entries:
    """Entries with those appended that only the staff table knows (people on duty, no row observed)."""
    _, unit, day = paired(duty.unit, duty.day - _low(duty.day), _span(duty.day), int(duty.unit.max(initial=-1)) + 1)
    day = (day + _low(duty.day)).astype(np.int32)
    known = set(zip(entries.unit.tolist(), entries.day.tolist(), strict=True))
    extra = [pair for pair in zip(unit.tolist(), day.tolist(), strict=True) if pair not in known]
    if not extra:
        return entries
    return Entries(
        np.concatenate((entries.unit, ints([u for u, _ in extra]))),
        np.concatenate((entries.day, ints([d for _, d in extra]))),
        (*entries.observer, *("" for _ in extra)),
    )


def _low(days: Ints) -> int:
    return int(days.min()) if len(days) else 0


def _span(days: Ints) -> int:
    return int(days.max()) - _low(days) + 1 if len(days) else 1
