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
    """Staff ids, sites and roles; per row its members (CSR); duty; and who was listed for which unit and day.

    Somebody listed without times who did nothing that was seen is nobody to the timeline (`listed_staff` -1).
    """

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
    timed = on >= 0
    people = np.unique(np.concatenate((pair_keys, listed_keys[timed])))
    offsets, members = _members(pair, pair_sizes, np.searchsorted(people, pair_keys).astype(np.int32))
    listed_staff = np.searchsorted(people, listed_keys).astype(np.int32)
    listed_staff[~np.isin(listed_keys, people)] = -1
    ids = tuple(ordered[key % width] for key in people.tolist())
    roles = _roles(parts, site_of, people, rank, log)
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
    parts: Sequence[Part], site_of: Sequence[Ints], people: Longs, rank: dict[str, int], log: ProblemLog
) -> tuple[str, ...]:
    """The role of each person; of several the first in the order of the alphabet, with a warning."""
    width = max(1, len(rank))
    words = sorted({word for part in parts for word in part.roles.words})
    number = {word: index for index, word in enumerate(words)}
    keys = [np.empty(0, dtype=np.int64)]
    for part, sites in zip(parts, site_of, strict=True):
        told = part.roles
        if len(told.staff):
            site = sites[told.site]
            who = ints([rank.get(name, -1) for name in told.ids])[told.staff]
            role_rank = ints([number[word] for word in told.words])[told.role]
            owner = site.astype(np.int64) * width + who
            kept = (site >= 0) & (who >= 0) & np.isin(owner, people)
            keys.append((owner * len(words) + role_rank)[kept])
    distinct = np.unique(np.concatenate(keys))
    person, role = distinct // max(1, len(words)), distinct % max(1, len(words))
    first = np.concatenate(([True], person[1:] != person[:-1])) if len(person) else np.empty(0, np.bool_)
    roles = np.full(len(people), "", dtype=object)
    roles[np.searchsorted(people, person[first])] = np.array([*words, ""], dtype=object)[role[first]]
    names = list(rank)
    for key in np.unique(person[~first]).tolist():
        told_roles = [words[r] for r in role[person == key].tolist()]
        name = names[key % width]
        file = next(part.file for part in parts if name in part.roles.ids)
        log.file(file).add("conflict", field="role", about=name, values=", ".join(told_roles), kept=told_roles[0])
    return tuple(roles.tolist())


def duty_only_entries(entries: Entries, duty: Duty) -> Entries:
    """Entries with those appended that only the staff table knows (people on duty, no row observed)."""
    if not len(duty.unit):
        return entries
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
