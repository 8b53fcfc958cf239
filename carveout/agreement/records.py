"""Records of one unit's day by two observers: found among all records, and read under one catalogue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from carveout.catalogue import catalogue
from carveout.language import Text
from carveout.timeline import Timeline
from carveout.workday import Row, SiteHead, Workday, workdays_of

Rows = tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """One observer's record of a day. source: where it comes from."""

    head: SiteHead
    day: Workday
    source: str

    @property
    def observer(self) -> str:
        """Who observed, else where the record comes from."""
        return self.day.observer or self.source

    @property
    def place(self) -> tuple[str, str, str]:
        """Site, date and unit: what two records must share to be comparable."""
        return self.day.site, self.day.date, self.day.unit


@dataclass(frozen=True, slots=True)
class TwoRecords:
    """Two records of the same unit's day."""

    first: Record
    second: Record

    @property
    def observers(self) -> tuple[str, str]:
        """Both observers, told apart by where their records come from if they bear one id."""
        one, other = self.first.observer, self.second.observer
        if one == other:
            return f"{one} ({self.first.source})", f"{other} ({self.second.source})"
        return one, other

    @property
    def name(self) -> str:
        """Date, unit and observers."""
        return f"{self.first.day.date} {self.first.day.unit}: {' / '.join(self.observers)}"


def records_of(source: str, timeline: Timeline) -> list[Record]:
    """Every day of a timeline as a record from that source."""
    return [Record(head, day, source) for head, days in workdays_of(timeline) for day in days]


def pairs_among(records: Sequence[Record]) -> list[TwoRecords]:
    """Every two records of the same unit's day, in the order of site, date and unit."""
    same: dict[tuple[str, str, str], list[Record]] = {}
    for record in records:
        same.setdefault(record.place, []).append(record)
    return [TwoRecords(*two) for _, own in sorted(same.items()) for two in combinations(own, 2)]


def resolved(record: Record) -> Rows:
    """The rows under the catalogue's codes, so that two spellings of one task are one task."""
    own = record.head.tasks
    return tuple(
        row if row.task in own else replace(row, task=catalogue().resolve(row.task) or row.task)
        for row in record.day.rows
    )


def labels_of(pair: TwoRecords) -> Mapping[str, Text]:
    """Task code -> wording, for all tasks of both records."""
    known = catalogue().tasks
    found: dict[str, Text] = {}
    for record in (pair.first, pair.second):
        for row in resolved(record):
            own = record.head.tasks.get(row.task, {})
            usual = known[row.task].label if row.task in known else Text(row.task, row.task)
            found[row.task] = Text(own.get("ja") or usual.ja, own.get("en") or usual.en)
    return found
