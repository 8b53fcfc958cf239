"""Pairs of records of one day: from files, from the store, or made up to try with; each as rows under one catalogue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import streamlit as st

from carveout import bundled
from carveout.agreement import Dimension, JudgedAlike, judged_alike
from carveout.analysis import analyze
from carveout.app import archive_here
from carveout.app.wording import language, says
from carveout.catalogue import catalogue
from carveout.observations import read, read_uploads
from carveout.workday import Row, SiteHead, Workday, timeline_of, workdays_of

Rows = tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """One observer's record of a day."""

    head: SiteHead
    day: Workday
    source: str

    @property
    def observer(self) -> str:
        """Who observed, else where the record comes from."""
        return self.day.observer or self.source


@dataclass(frozen=True, slots=True)
class TwoRecords:
    """Two records of the same unit's day."""

    first: Record
    second: Record

    @property
    def name(self) -> str:
        """Date, unit and observers."""
        day = self.first.day
        return f"{day.date} {day.unit}: {self.first.observer} / {self.second.observer}"


def of_files(files: Mapping[str, bytes]) -> list[TwoRecords]:
    """Every pair of records of the same unit's day in one's files. Raises InputError."""
    records = [
        Record(head, day, name)
        for name, data in sorted(files.items())
        for head, days in workdays_of(read_uploads({name: data}).timeline)
        for day in days
    ]
    return _pairs(records)


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
    return _pairs(records)


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


def labels_of(pair: TwoRecords) -> dict[str, str]:
    """Task code -> wording, for all tasks of both records."""
    known = catalogue().tasks
    found = {}
    for record in (pair.first, pair.second):
        for row in resolved(record):
            own = record.head.tasks.get(row.task, {}).get(language())
            found[row.task] = own or (says(known[row.task].label) if row.task in known else row.task)
    return found


def resolved(record: Record) -> Rows:
    """The rows under the catalogue's codes, so that two spellings of one task are one task."""
    own = record.head.tasks
    return tuple(
        row if row.task in own else replace(row, task=catalogue().resolve(row.task) or row.task)
        for row in record.day.rows
    )


def values_of(records: Sequence[Record], dimension: Dimension) -> dict[str, str]:
    """Row id -> what the dimension calls it."""
    found: dict[str, str] = {}
    for record in records:
        if dimension is Dimension.CARE_CLASS:
            for row in resolved(record):
                known = catalogue().tasks.get(row.task)
                own = record.head.tasks.get(row.task, {}).get("care_class")
                found[row.id] = own or (known.care_class if known else "direct_care")
        elif dimension is Dimension.PATTERN:
            finished = [row for row in record.day.rows if row.end is not None and row.end >= row.start]
            timeline = timeline_of(record.head, [replace(record.day, rows=tuple(finished))]).timeline
            if timeline.n_rows:
                for one in analyze(timeline).site(0).occurrences:
                    found[finished[one.row].id] = one.pattern.value
    return found


def verdicts_alike(pair: TwoRecords) -> JudgedAlike:
    """Whether the two records, each by itself, would lead to the same verdicts."""
    return judged_alike(_answers(pair.first), _answers(pair.second))


def _answers(record: Record) -> dict[tuple[str, str], str]:
    timeline = timeline_of(record.head, [record.day]).timeline
    answers: dict[tuple[str, str], set[str]] = {}
    if timeline.n_rows:
        for verdict in analyze(timeline).site(0).verdicts:
            answers.setdefault((verdict.task, verdict.mode.value), set()).add(verdict.suitability.value)
    return {key: " / ".join(sorted(found)) for key, found in answers.items()}


def _pairs(records: Sequence[Record]) -> list[TwoRecords]:
    same: dict[tuple[str, str, str], list[Record]] = {}
    for record in records:
        same.setdefault((record.day.site, record.day.date, record.day.unit), []).append(record)
    return [TwoRecords(*two) for _, own in sorted(same.items()) for two in combinations(own, 2)]
