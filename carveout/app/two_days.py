"""Pairs of records of one day: from files, from the store, or made up to try with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from carveout import bundled
from carveout.agreement import Record, TwoRecords, pairs_among, records_of
from carveout.app import archive_here
from carveout.observations import read, read_uploads
from carveout.workday import Row, workdays_of


def of_files(files: Mapping[str, bytes]) -> list[TwoRecords]:
    """Every pair of records of the same unit's day in one's files. Raises InputError."""
    found = [records_of(name, read_uploads({name: data}).timeline) for name, data in sorted(files.items())]
    return pairs_among([record for own in found for record in own])


def of_store() -> list[TwoRecords]:
    """Every pair of records of the same unit's day in the store, as far as one may see it. Raises StoreError."""
    store = archive_here.store()
    records = []
    for site in archive_here.sites_seen():
        days = store.days(site.id)
        dates = [(info.date, info.unit) for info in days]
        twice = [info for info in days if dates.count((info.date, info.unit)) > 1]
        head = store.site(site.id) if twice else None
        records += [Record(head, archive_here.workday(info), info.observer) for info in twice if head is not None]
    return pairs_among(records)


@st.cache_resource(show_spinner=False, max_entries=1)
def example() -> TwoRecords:
    """Two people's day of the bundled care home, and what a second observer might have written: made up, to try on."""
    ((head, days), *_) = workdays_of(read(bundled.paths()).timeline)
    day = days[0]
    busy = Counter(person for row in day.rows for person in row.staff)
    people = {person for person, _ in busy.most_common(2)}
    seen = [replace(r, staff=tuple(p for p in r.staff if p in people)) for r in day.rows if people & set(r.staff)]
    first = replace(day, rows=tuple(seen), observer="jc-01")
    second: list[Row] = []
    tasks = sorted({row.task for row in seen})
    for number, row in enumerate(seen):
        if number % 9 == 4:
            continue  # missed
        moved = {2: 6, 6: -4, 7: 3}.get(number % 8, 0)
        name = tasks[(tasks.index(row.task) + 1) % len(tasks)] if number % 11 == 8 else row.task
        start, end = row.start + min(moved, 0), (row.end or row.start) + max(moved, 0)
        second.append(replace(row, id=f"{row.id}b", start=start, end=end, task=name))
    made = replace(day, rows=tuple(second), observer="jc-02")
    return TwoRecords(Record(head, first, "jc-01"), Record(head, made, "jc-02"))
