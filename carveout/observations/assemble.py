"""Parts of many files into one timeline, and what can only be seen across files.

Sites, units, tasks, staff and notes are numbered in the order of their names, so that the numbers depend on what was
observed and not on files; only entries (and the rows themselves) follow the order of the files. Several files of one
site are one site. Where they contradict each other the first value in the order of the alphabet stands, with a warning.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from carveout.observations.columns import paired
from carveout.observations.cross_checks import (
    check_duplicates,
    check_names,
    check_observers,
    check_staff,
    check_tasks,
    check_units,
)
from carveout.observations.parts import Part, ints
from carveout.observations.problems import ProblemLog
from carveout.observations.sites import join_sites
from carveout.observations.staffing import duty_only_entries, join_staff
from carveout.observations.tasks_of_sites import Declared, meanings
from carveout.timeline import Entries, Ints, Reported, Tasks, Timeline, Units


@dataclass(frozen=True, slots=True)
class _Columns:
    """Rows of all parts under shared vocabularies of texts, staff sets and notes."""

    entry: Ints
    row: Ints
    start: Ints
    end: Ints
    text: Ints
    staff_set: Ints
    trigger: Ints
    note: Ints


def assemble(parts: Sequence[Part], log: ProblemLog) -> Timeline:
    """The timeline of all parts; warnings go to the log."""
    sites, declared, parts = join_sites(parts, log)
    number = {name: index for index, name in enumerate(sites.id)}
    site_of = [ints([number.get(head.id, -1) for head in part.heads]) for part in parts]
    units, unit_of = _join_units(parts, site_of)
    entries = _join_entries(parts, unit_of)
    texts, sets, notes = _vocabulary(parts, _texts), _vocabulary(parts, _sets), _vocabulary(parts, _notes)
    columns = _join_rows(parts, texts, sets, notes)
    unit, day = entries.unit[columns.entry], entries.day[columns.entry]
    site = units.site[unit]
    tasks, task, reported = _join_tasks(parts, site_of, units, site, columns.text, texts, declared)
    staffing = join_staff(parts, site_of, unit_of, units, site, columns.staff_set, list(sets), len(sites.id), log)
    ordered, note = _ordered_notes(notes, columns.note)
    timeline = Timeline(
        sites, units, tasks, staffing.ids, staffing.roles, unit, day, columns.entry, columns.row,
        columns.start, columns.end, task, columns.trigger.astype(np.int8), note, staffing.offsets, staffing.members,
        staffing.duty, reported, ordered, duty_only_entries(entries, staffing.duty),
    )  # fmt: skip
    starts = np.cumsum([0, *(part.rows.n for part in parts)])
    check_tasks(timeline, parts, starts, log)
    check_staff(timeline, staffing, parts, starts, log)
    check_observers(timeline, parts, log)
    check_units(timeline, parts, log)
    check_duplicates(timeline, columns.staff_set, parts, starts, log)
    check_names(timeline, staffing, parts, log)
    return timeline


def _join_units(parts: Sequence[Part], site_of: Sequence[Ints]) -> tuple[Units, list[Ints]]:
    """Units of all parts in the order of site and name, and each part's units among them (-1: a site left out)."""
    found: set[tuple[int, str]] = set()
    for part, site in zip(parts, site_of, strict=True):
        found.update((int(site[s]), name) for s, name in part.units if site[s] >= 0)
        found.update((int(site[r.site]), r.unit) for r in part.reported if r.unit is not None)
    ordered = sorted(found)
    number = {unit: index for index, unit in enumerate(ordered)}
    units = Units(ints([site for site, _ in ordered]), tuple(name for _, name in ordered))
    unit_of = [
        ints([number.get((int(site[s]), name), -1) for s, name in part.units])
        for part, site in zip(parts, site_of, strict=True)
    ]
    return units, unit_of


def _join_entries(parts: Sequence[Part], unit_of: Sequence[Ints]) -> Entries:
    return Entries(
        _concatenated([unit[part.entries.unit] for part, unit in zip(parts, unit_of, strict=True)]),
        _concatenated([part.entries.day for part in parts]),
        tuple(observer for part in parts for observer in part.entries.observer),
    )


def _texts(part: Part) -> Sequence[str]:
    return part.tasks


def _sets(part: Part) -> Sequence[tuple[str, ...]]:
    return part.staff_sets


def _notes(part: Part) -> Sequence[str]:
    return part.notes


def _vocabulary(parts: Sequence[Part], words: Callable[[Part], Sequence[object]]) -> dict[object, int]:
    """One vocabulary for all parts, words in the order of their first appearance."""
    return {word: index for index, word in enumerate(dict.fromkeys(word for part in parts for word in words(part)))}


def _join_rows(
    parts: Sequence[Part], texts: dict[object, int], sets: dict[object, int], notes: dict[object, int]
) -> _Columns:
    columns: list[list[Ints]] = [[] for _ in range(8)]
    before = 0
    for part in parts:
        rows = part.rows
        shared = (
            rows.entry + np.int32(before) if before else rows.entry, rows.row, rows.start, rows.end,
            _recoded(rows.task, part.tasks, texts), _recoded(rows.staff, part.staff_sets, sets),
            ints(rows.trigger), _recoded(rows.note, part.notes, notes),
        )  # fmt: skip
        for column, values in zip(columns, shared, strict=True):
            column.append(values)
        before += len(part.entries.day)
    return _Columns(*(_concatenated(column) for column in columns))


def _recoded(codes: Ints, words: Sequence[object], vocabulary: dict[object, int]) -> Ints:
    """Codes of a part's words as codes of the shared vocabulary; -1 stays."""
    recode = ints([*(vocabulary[word] for word in words), -1])
    if np.array_equal(recode[:-1], np.arange(len(words))):  # the only part, or one that came first
        return codes
    return recode[codes]


def _join_tasks(
    parts: Sequence[Part],
    site_of: Sequence[Ints],
    units: Units,
    site: Ints,
    text: Ints,
    texts: dict[object, int],
    declared: Sequence[Declared],
) -> tuple[Tasks, Ints, Reported]:
    """Tasks of all sites, each row's task, and what staff reported."""
    items = [(int(own[r.site]), r) for part, own in zip(parts, site_of, strict=True) for r in part.reported]
    for _, item in items:
        texts.setdefault(item.task, len(texts))
    all_sites = np.concatenate((site, ints([s for s, _ in items])))
    all_texts = np.concatenate((text, ints([texts[r.task] for _, r in items])))
    pair, pair_site, pair_text = paired(all_sites, all_texts, len(texts), len(declared))
    found = meanings(pair_site, pair_text, [str(text) for text in texts], declared)
    task = found.of_pair[pair]
    unit_number = {(int(s), name): u for u, (s, name) in enumerate(zip(units.site, units.name, strict=True))}
    reported = Reported(
        site=ints([s for s, _ in items]),
        unit=ints([-1 if r.unit is None else unit_number[s, r.unit] for s, r in items]),
        task=task[len(site) :],
        weekday=ints([r.weekday for _, r in items]),
        start=ints([r.start for _, r in items]),
        end=ints([r.end for _, r in items]),
        told_by=tuple(r.told_by for _, r in items),
    )
    return found.tasks, task[: len(site)], reported


def _ordered_notes(notes: dict[object, int], note: Ints) -> tuple[tuple[str, ...], Ints]:
    """Notes in the order of the alphabet, and each row's note among them."""
    ordered = sorted(str(text) for text in notes)
    recode = np.full(len(ordered) + 1, -1, dtype=np.int32)
    for index, text in enumerate(ordered):
        recode[notes[text]] = index
    return tuple(ordered), recode[note] if len(ordered) else note


def _concatenated(columns: Sequence[Ints]) -> Ints:
    if len(columns) == 1:
        return columns[0]
    return np.concatenate(columns) if columns else ints([])
