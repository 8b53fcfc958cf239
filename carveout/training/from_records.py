"""What follows from a single record of a day: the pattern of each row, and the verdicts it would lead to by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from carveout.agreement import Dimension, JudgedAlike, Record, TwoRecords, judged_alike, resolved
from carveout.analysis import analyze
from carveout.catalogue import catalogue
from carveout.workday import timeline_of


def values_of(records: Sequence[Record], dimension: Dimension) -> dict[str, str]:
    """Row id -> what the dimension calls it; nothing for the task itself."""
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
                for one in analyze(timeline).seen(0).occurrences:
                    found[finished[one.row].id] = one.pattern.value
    return found


def verdicts_alike(pair: TwoRecords) -> JudgedAlike:
    """Whether the two records, each by itself, would lead to the same verdicts."""
    return judged_alike(_answers(pair.first), _answers(pair.second))


def _answers(record: Record) -> dict[tuple[str, str], str]:
    timeline = timeline_of(record.head, [record.day]).timeline
    answers: dict[tuple[str, str], set[str]] = {}
    if timeline.n_rows:
        for verdict in analyze(timeline).seen(0).verdicts:
            answers.setdefault((verdict.task, verdict.mode.value), set()).add(verdict.suitability.value)
    return {key: " / ".join(sorted(found)) for key, found in answers.items()}
