"""What only shows once all files are joined: unknown tasks and staff, repeated rows, names that differ by a width.

None of it makes an input unusable; each is a warning at the first row it concerns. Rows of part k are the timeline's
rows `starts[k]` to `starts[k + 1]`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from carveout.catalogue import catalogue
from carveout.observations.clock import day_text
from carveout.observations.columns import mixed, paired
from carveout.observations.parts import Part
from carveout.observations.problems import NO_GUESS, ProblemLog, meant
from carveout.observations.staffing import Staffing
from carveout.observations.text import alike
from carveout.timeline import Ints, Longs, Timeline

Starts = NDArray[np.int64]
# Comparing a text with the whole catalogue takes milliseconds; beyond this many per file nobody reads the guesses.
_GUESSES = 5
_TABLE_CELLS = 1 << 27


def check_tasks(timeline: Timeline, parts: Sequence[Part], starts: Starts, log: ProblemLog) -> None:
    """One warning per file and text that neither the site nor the catalogue knows."""
    if timeline.tasks.known.all():
        return
    reported = iter(timeline.reported.task.tolist())
    for number, part in enumerate(parts):
        task = timeline.task[starts[number] : starts[number + 1]]
        strange = np.flatnonzero(~timeline.tasks.known[task])
        _, first = np.unique(part.rows.task[strange], return_index=True)
        seen: dict[str, tuple[int | None, str]] = {}
        for row in sorted(strange[first].tolist()):
            seen[part.tasks[part.rows.task[row]]] = part.places.at(row, "task")
        for item, of_item in zip(part.reported, reported, strict=False):
            if not timeline.tasks.known[of_item]:
                seen.setdefault(item.task, (item.line, ""))
        for count, (text, (line, place)) in enumerate(seen.items()):
            near = catalogue().nearest(text[:80], 2) if count < _GUESSES else []
            log.file(part.file).add(
                "unknown_task", line=line, place=place, field="task", task=text,
                guess=meant(*near) if near else NO_GUESS,
            )  # fmt: skip


def check_staff(timeline: Timeline, staffing: Staffing, parts: Sequence[Part], starts: Starts, log: ProblemLog) -> None:
    """One warning per file and person who works on a day whose staff list lacks them."""
    if not len(staffing.listed_unit):
        return
    strangers = _strangers(timeline, staffing)
    rows = np.searchsorted(timeline.staff_offsets, strangers, side="right") - 1
    for number, part in enumerate(parts):
        inside = slice(*np.searchsorted(rows, [starts[number], starts[number + 1]]))
        people, first = np.unique(timeline.staff_ids[strangers[inside]], return_index=True)
        found = zip(rows[inside][first].tolist(), people.tolist(), strict=True)
        for row, person in sorted(found):
            line, place = part.places.at(row - int(starts[number]), "staff")
            log.file(part.file).add(
                "unknown_staff", line=line, place=place, field="staff", staff=timeline.staff[person]
            )


def check_observers(timeline: Timeline, parts: Sequence[Part], log: ProblemLog) -> None:
    """A warning where observers of one unit and day recorded the same hours: the work would count twice."""
    entries = timeline.entries
    places: dict[tuple[int, int], list[int]] = {}
    for entry, unit_day in enumerate(zip(entries.unit.tolist(), entries.day.tolist(), strict=True)):
        places.setdefault(unit_day, []).append(entry)
    shared = [group for group in places.values() if len({entries.observer[e] for e in group} - {""}) > 1]
    if not shared:
        return
    first, last = np.full(len(entries.unit), 1 << 20), np.zeros(len(entries.unit), dtype=np.int64)
    np.minimum.at(first, timeline.entry, timeline.start)
    np.maximum.at(last, timeline.entry, timeline.end)
    before = np.cumsum([0, *(len(part.entries.day) for part in parts)])
    for group in shared:
        ordered = sorted(group, key=lambda entry: (first[entry], entry))
        for one, other in pairwise(ordered):
            names = sorted({entries.observer[one], entries.observer[other]} - {""})
            if first[other] < last[one] and len(names) > 1:
                part = parts[int(np.searchsorted(before, other, side="right")) - 1]
                place = f"{timeline.units.name[entries.unit[other]]} {day_text(entries.day[other])}"
                log.file(part.file).add("several_observers", place=place, field="observer", observers=", ".join(names))


def check_units(timeline: Timeline, parts: Sequence[Part], log: ProblemLog) -> None:
    """A warning for each unit that only a staff table knows: most likely it is spelled otherwise in the rows."""
    with_rows = {
        (timeline.sites.id[timeline.units.site[unit]], timeline.units.name[unit])
        for unit in np.unique(timeline.unit).tolist()
    }
    for part in parts:
        if len(part.entries.day):
            continue
        for site, unit in part.units:
            name = part.heads[site].id
            if name in timeline.sites.id and (name, unit) not in with_rows:
                log.file(part.file).add("unit_without_rows", field="unit", unit=f"{name} {unit}")


def _strangers(timeline: Timeline, staffing: Staffing) -> Longs:
    """Positions in `staff_ids` of people whom their unit's list of that day lacks (days without a list aside)."""
    n_entries = len(timeline.entries.unit)
    days = np.concatenate((timeline.entries.day, staffing.listed_day))
    low = int(days.min())
    group, of_group, _ = paired(
        np.concatenate((timeline.entries.unit, staffing.listed_unit)),
        (days - low).astype(np.int32),
        int(days.max()) - low + 1,
        len(timeline.units.name),
    )
    has_list = np.zeros(len(of_group), dtype=np.bool_)
    has_list[group[n_entries:]] = True
    # People are numbered site by site, so a person's place in the site keeps the keys dense.
    site_start = np.searchsorted(staffing.site, np.arange(len(timeline.sites.id)))
    local = np.arange(len(staffing.site)) - site_start[staffing.site]
    width = int(local.max(initial=0)) + 1
    somebody = staffing.listed_staff >= 0
    listed = group[n_entries:][somebody].astype(np.int64) * width + local[staffing.listed_staff[somebody]]
    row_group = np.repeat(group[timeline.entry], np.diff(timeline.staff_offsets))
    keys = row_group.astype(np.int64) * width + local[timeline.staff_ids]
    if len(of_group) * width <= _TABLE_CELLS:
        present = np.zeros(len(of_group) * width, dtype=np.bool_)
        present[listed] = True
        known = present[keys]
    else:
        known = np.isin(keys, listed)
    return np.flatnonzero(has_list[row_group] & ~known).astype(np.int64)


def check_duplicates(
    timeline: Timeline, staff_set: Ints, parts: Sequence[Part], starts: Starts, log: ProblemLog
) -> None:
    """A warning at each row that says exactly what an earlier row of its unit and day says."""
    columns = (
        timeline.unit, timeline.day, timeline.start, timeline.end, timeline.task, staff_set, timeline.trigger,
        timeline.note,
    )  # fmt: skip
    hashes = mixed(list(columns))
    ordered = np.sort(hashes)
    repeated = ordered[1:][ordered[1:] == ordered[:-1]]
    if not len(repeated):
        return
    rows = np.flatnonzero(np.isin(hashes, repeated))
    rows = rows[np.lexsort((rows, *(column[rows] for column in columns)))]
    same = np.ones(max(0, len(rows) - 1), dtype=np.bool_)
    for column in columns:
        same &= column[rows[1:]] == column[rows[:-1]]
    head = np.maximum.accumulate(np.where(np.concatenate(([True], ~same)), np.arange(len(rows)), 0))
    again = np.flatnonzero(np.concatenate(([False], same)))
    pairs = sorted(zip(rows[again].tolist(), rows[head[again]].tolist(), strict=True))
    for row, first in pairs:
        part, local = _part_of(row, parts, starts)
        code = "duplicate_row"
        if not log.file(part.file).room(code):
            log.file(part.file).skip(code, 1)
            continue
        line, place = part.places.at(local)
        log.file(part.file).add(code, line=line, place=place, first=_where(first, parts, starts, part.file))


def _part_of(row: int, parts: Sequence[Part], starts: Starts) -> tuple[Part, int]:
    number = int(np.searchsorted(starts, row, side="right")) - 1
    return parts[number], row - int(starts[number])


def _where(row: int, parts: Sequence[Part], starts: Starts, file: str) -> str:
    part, local = _part_of(row, parts, starts)
    line, place = part.places.at(local)
    there = place or str(line)
    return there if part.file == file else f"{part.file}:{there}"


def check_names(timeline: Timeline, staffing: Staffing, parts: Sequence[Part], log: ProblemLog) -> None:
    """A warning for each two sites, units of a site, or people of a site whose names look the same."""
    nowhere = np.zeros(len(timeline.sites.id), dtype=np.int32)
    for field, owners, names in (
        ("site", nowhere, timeline.sites.id),
        ("unit", timeline.units.site, timeline.units.name),
        ("staff", staffing.site, timeline.staff),
    ):
        for position, first, second in _look_alikes(owners, names):
            site = timeline.sites.id[position if field == "site" else int(owners[position])]
            file = next(part.file for part in parts if any(head.id == site for head in part.heads))
            log.file(file).add("similar_names", field=field, first=first, second=second)


def _look_alikes(owners: Ints, names: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """Position, and the two names of one owner that look the same."""
    looks = {name: alike(name) for name in set(names)}
    if len(set(looks.values())) == len(looks):
        return
    seen: dict[tuple[int, str], str] = {}
    for position, (owner, name) in enumerate(zip(owners.tolist(), names, strict=True)):
        first = seen.setdefault((owner, looks[name]), name)
        if first != name:
            yield position, first, name
