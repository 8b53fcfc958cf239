"""Overlaps that are surely slips. Doing two things at once is data; the same thing twice at once is not."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import replace

from carveout.workday.edits import merge
from carveout.workday.findings import Finding, Ground, check_values
from carveout.workday.record import Change, Row


def check_overlaps(ground: Ground) -> Iterator[Finding]:
    """Findings about rows that lie over one another."""
    repeated = yield from _identical(ground)
    seen: set[tuple[str, str]] = set()
    for person, rows in ground.by_person.items():
        kept = [row for row in rows if row.id not in repeated]
        yield from _same_task(ground, person, kept, seen)
        yield from _swallowing(ground, person, kept)


def _identical(ground: Ground) -> Generator[Finding, None, set[str]]:
    """Rows that say the same; gives the ids of all but the first of each."""
    groups: dict[object, list[Row]] = {}
    for row in ground.day.rows:
        if row.end is not None:
            groups.setdefault((row.start, row.end, ground.code(row), frozenset(row.staff), row.note), []).append(row)
    repeated: set[str] = set()
    for rows in groups.values():
        if len(rows) > 1:
            repeated.update(row.id for row in rows[1:])
            repair = tuple(Change(row, None) for row in rows[1:])
            yield ground.finding("identical_row", rows, rows[0].staff, repair=repair, n=len(rows))
    return repeated


def _same_task(ground: Ground, person: str, rows: list[Row], seen: set[tuple[str, str]]) -> Iterator[Finding]:
    """One person's rows of one task that overlap, each pair told once whoever else took part."""
    latest: dict[str, Row] = {}
    for row in rows:
        code = ground.code(row)
        before = latest.get(code)
        if before is not None and row.start < (before.end or 0) and row.start < (row.end or 0):
            if (before.id, row.id) not in seen:
                seen.add((before.id, row.id))
                stretch = (row.start, min(before.end or 0, row.end or 0))
                yield ground.finding("same_task_twice", [before, row], [person], stretch, _joined(ground, before, row))
            if (row.end or 0) <= (before.end or 0):
                continue
        latest[code] = row


def _joined(ground: Ground, before: Row, row: Row) -> tuple[Change, ...] | None:
    """Both as one row; where they are of different people only a person can tell."""
    if frozenset(before.staff) != frozenset(row.staff) or before.task != row.task:
        return None
    return merge(ground.day, [before.id, row.id])


def _swallowing(ground: Ground, person: str, rows: list[Row]) -> Iterator[Finding]:
    """A long row over many others of the same person: 9:10-19:25 for 9:10-9:25."""
    values = check_values()
    for row in rows:
        end = row.end or 0
        if end - row.start < values["swallow_min"]:
            continue
        inside = [
            other for other in rows if other.id != row.id and row.start <= other.start and (other.end or 0) <= end
        ]
        if len(inside) < values["swallow_rows"]:
            continue
        at = next((other.start for other in inside if other.start > row.start), None)
        repair = None if at is None else (Change(row, replace(row, end=at)),)
        yield ground.finding("swallows", [row], [person], repair=repair, n=len(inside), clock=at)
