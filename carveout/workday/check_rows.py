"""What can be seen of one row by itself: times, task, people, names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from carveout.workday.edits import LATEST
from carveout.workday.findings import Finding, Ground, check_values
from carveout.workday.names import masked, name_in, name_like, next_id
from carveout.workday.placing import DAY, EVENING, HALF_DAY, LONGEST
from carveout.workday.record import Change, Row

_GUESSES = 5  # comparing a text with the whole catalogue takes milliseconds
_NEAR = 3


def check_rows(ground: Ground) -> Iterator[Finding]:
    """Findings about single rows."""
    for row in ground.day.rows:
        yield from _times(ground, row)
        if not row.task.strip():
            yield ground.finding("no_task", [row], repair=(Change(row, None),))
        if not row.staff:
            yield _no_staff(ground, row)
        if (name := name_in(row.note)) is not None:
            aside = replace(row, note=masked(row.note))
            yield ground.finding("name_in_note", [row], repair=(Change(row, aside),), name=name)
    yield from _unknown_tasks(ground)
    yield from _names(ground)


def _times(ground: Ground, row: Row) -> Iterator[Finding]:
    if row.start < 0 or max(row.start, row.end or 0) > LATEST:
        yield ground.finding("outside_the_day", [row])
    elif row.end is None:
        if ground.now is not None and row.start <= ground.now < row.start + check_values()["long_row_min"]:
            return
        at = _ends_by(ground, row)
        repair = None if at is None else (Change(row, replace(row, end=at)),)
        yield ground.finding("open_row", [row], row.staff, repair=repair, clock=at)
    elif row.end < row.start:
        ways = _other_ways(row, row.end)
        choices = [
            ground.choice("times", (Change(row, way),), new_start=way.start, new_end=way.end) for way in ways[1:]
        ]
        first = ways[0]
        yield ground.finding(
            "end_before_start", [row], repair=(Change(row, first),), choices=choices,
            new_start=first.start, new_end=first.end,
        )  # fmt: skip
    elif row.end == row.start:
        yield ground.finding("zero_length", [row])
    elif row.end - row.start >= check_values()["long_row_min"]:
        yield from _long(ground, row)


def _ends_by(ground: Ground, row: Row) -> int | None:
    """Where a row still going on most likely ended: when its people turned to something else, or went home."""
    nexts = [other.start for other in ground.day.rows if other.start > row.start and set(other.staff) & set(row.staff)]
    duty = [stretch for person in ground.day.staff if person.id in row.staff for stretch in person.on]
    shifts = [off for on, off in duty if on <= row.start < off]
    ends = [min(found) for found in (nexts, shifts) if found]
    return min(ends) if ends else None


def _other_ways(row: Row, end: int) -> list[Row]:
    """An end before its start: past midnight, in the afternoon, or the two exchanged; the likeliest first."""
    ways = []
    if row.start >= EVENING and end + DAY - row.start <= LONGEST:
        ways.append(replace(row, end=end + DAY))
    if row.start < end + HALF_DAY <= row.start + check_values()["long_row_min"]:
        ways.append(replace(row, end=end + HALF_DAY))
    return [*ways, replace(row, start=end, end=row.start)]


def _long(ground: Ground, row: Row) -> Iterator[Finding]:
    """A row of hours: the end may be the afternoon's by mistake, or belong to another row."""
    if ground.code(row) == "break_time" or _swallowed(ground, row):
        return
    nexts = [other.start for person in row.staff for other in ground.by_person[person] if other.start > row.start]
    at = min((start for start in nexts if start < (row.end or 0)), default=None)
    repair = None if at is None else (Change(row, replace(row, end=at)),)
    yield ground.finding("long_row", [row], row.staff, repair=repair, clock=at)


def _swallowed(ground: Ground, row: Row) -> bool:
    """Whether the row is told of as one that swallows others."""
    limit = check_values()["swallow_rows"]
    return any(
        sum(row.start <= other.start and (other.end or 0) <= (row.end or 0) for other in ground.by_person[person])
        > limit
        for person in row.staff
    )


def _no_staff(ground: Ground, row: Row) -> Finding:
    """A row of nobody; where one person alone was on duty, it can only be theirs."""
    there = [person.id for person in ground.day.staff if any(on <= row.start < off for on, off in person.on)]
    given = [(Change(row, replace(row, staff=(name,))),) for name in there]
    if len(there) == 1:
        return ground.finding("no_staff", [row], there, repair=given[0])
    choices = [ground.choice("staff", changes, staff=name) for name, changes in zip(there, given, strict=True)]
    return ground.finding("no_staff", [row], choices=choices)


def _unknown_tasks(ground: Ground) -> Iterator[Finding]:
    """One finding for each text that no vocabulary knows, over all its rows."""
    unknown: dict[str, list[Row]] = {}
    for row in ground.day.rows:
        if row.task.strip() and ground.tasks.resolve(row.task) is None:
            unknown.setdefault(row.task, []).append(row)
    for count, (text, rows) in enumerate(unknown.items()):
        near = ground.tasks.near(text, _NEAR) if count < _GUESSES else ()
        codes = {code: label for label in near if (code := ground.tasks.resolve(label.ja)) is not None}
        named = [tuple(Change(row, replace(row, task=code)) for row in rows) for code in codes]
        choices = [
            ground.choice("task", changes, task=label) for changes, label in zip(named, codes.values(), strict=True)
        ]
        guess, repair = next(iter(codes.values()), ""), named[0] if named else None
        stretch = (rows[0].start, rows[0].end)
        yield ground.finding("unknown_task", rows, (), stretch, repair, choices, task=text, guess=guess)


def _names(ground: Ground) -> Iterator[Finding]:
    """One finding for each person whose id looks like a name; on rows it can be replaced at once."""
    people = [person.id for person in ground.day.staff]
    everybody = dict.fromkeys([*people, *(name for row in ground.day.rows for name in row.staff)])
    taken = list(everybody)
    for name in everybody:
        if not name_like(name):
            continue
        free = next_id(taken)
        taken.append(free)
        rows = [row for row in ground.day.rows if name in row.staff]
        new = {name: free}
        repair = tuple(Change(row, replace(row, staff=tuple(new.get(one, one) for one in row.staff))) for row in rows)
        known = name in people  # the list of staff is no row: it is changed on the day's own form
        yield ground.finding("name_like", rows, [name], (None, None), None if known else repair, id=free)
