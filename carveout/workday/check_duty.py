"""What of each person's shift was noted: holes, breaks, work outside it, people nobody listed.

A hole may be a break, waiting, or simply not observed; only whoever was there can tell. A break is a gap between two
stretches of duty, or a row of the task 休憩.
"""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from carveout.observations.text import alike
from carveout.workday.edits import LATEST, Gap, add
from carveout.workday.findings import Choice, Finding, Ground, Stretch, check_values, union, without
from carveout.workday.names import name_like
from carveout.workday.record import Change, Person, Row, Workday

BREAK = "break_time"
_FOREVER = 10_000  # minutes no day reaches
_OFFERED = 4  # ids on offer for one that nobody listed
_CLOSE = 0.75  # of two ids: s1l and s1


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of one person's shift was noted, in minutes; gaps: what was not.

    breaks: pauses between stretches of duty. A row still going on counts until the shift ends.
    """

    staff: str
    duty: int
    seen: int
    breaks: tuple[Stretch, ...]
    gaps: tuple[Gap, ...]


def coverage(day: Workday) -> tuple[Coverage, ...]:
    """Each listed person with hours of duty, in the order of the list.

    >>> from carveout.workday.record import Person, Row
    >>> rows = (Row("r1", 540, 600, "cleaning", ("s1",)),)
    >>> coverage(Workday("a", "2026-06-01", "u", staff=(Person("s1", "", ((540, 660),)),), rows=rows))[0].gaps
    (Gap(staff='s1', start=600, end=660),)
    """
    rows: dict[str, list[Stretch]] = {}
    for row in day.rows:
        for person in row.staff:
            rows.setdefault(person, []).append((row.start, _FOREVER if row.end is None else row.end))
    people = map(_in_the_day, day.staff)
    return tuple(_covered(person, rows.get(person.id, [])) for person in people if person.on)


def _in_the_day(person: Person) -> Person:
    """A person with those stretches of duty that can stand."""
    return replace(person, on=tuple((on, off) for on, off in person.on if 0 <= on < off <= LATEST))


def _covered(person: Person, rows: list[Stretch]) -> Coverage:
    duty = union(person.on)
    free = without(duty, rows)
    breaks = tuple((a[1], b[0]) for a, b in pairwise(duty))
    minutes = sum(off - on for on, off in duty)
    gaps = tuple(Gap(person.id, start, end) for start, end in free)
    return Coverage(person.id, minutes, minutes - sum(end - start for start, end in free), breaks, gaps)


def check_duty(ground: Ground) -> Iterator[Finding]:
    """Findings about people and their shifts."""
    yield from _strangers(ground)
    listed = tuple(map(_in_the_day, ground.day.staff))
    if ground.now is not None:
        listed = tuple(_until(person, ground.now) for person in listed)
    open_for = {person for row in ground.day.rows if row.end is None for person in row.staff}
    told = coverage(replace(ground.day, staff=listed))
    for person, found in zip((person for person in listed if person.on), told, strict=True):
        if person.id not in ground.by_person and person.id not in open_for:
            on, off = min(on for on, _ in person.on), max(off for _, off in person.on)
            yield ground.finding("person_not_seen", (), [person.id], (on, off))
            continue
        if ground.now is None:
            yield from _outside(ground, person)
        if found.seen < check_values()["followed_share"] * found.duty:
            on, off = min(on for on, _ in person.on), max(off for _, off in person.on)
            yield ground.finding("partly_seen", (), [person.id], (on, off), duty=found.duty, seen=found.seen)
            continue
        yield from _holes(ground, person, found)
        if ground.now is None:
            yield from _no_break(ground, person, found)
    if any(person.on for person in ground.day.staff):
        for person in ground.day.staff:
            if not person.on and person.id in ground.by_person:
                yield ground.finding("no_duty_times", (), [person.id])


def _until(person: Person, now: int) -> Person:
    """A person with the duty that is behind them."""
    return replace(person, on=tuple((on, min(off, now)) for on, off in person.on if on < now))


def _strangers(ground: Ground) -> Iterator[Finding]:
    """People of rows whom the list lacks; an id that is nearly another's is offered as that."""
    listed = [person.id for person in ground.day.staff]
    if not listed:
        return
    for name in dict.fromkeys(person for row in ground.day.rows for person in row.staff if person not in listed):
        if name_like(name):
            continue  # told of as a name
        rows = [row for row in ground.day.rows if name in row.staff]
        meant = next((one for one in listed if alike(one) == alike(name)), None)
        meant = meant or next(iter(difflib.get_close_matches(name, listed, 1, _CLOSE)), None)
        repair = None if meant is None else _renamed(rows, name, meant)
        choices = [ground.choice("id", _renamed(rows, name, one), id=one) for one in listed[:_OFFERED]]
        stretch = (rows[0].start, rows[0].end)
        yield ground.finding("unknown_staff", rows, [name], stretch, repair, choices, n=len(rows), id=meant or "")


def _renamed(rows: list[Row], name: str, other: str) -> tuple[Change, ...]:
    """Rows with another id for one of their people."""
    new = {name: other}
    return tuple(
        Change(row, replace(row, staff=tuple(dict.fromkeys(new.get(one, one) for one in row.staff)))) for row in rows
    )


def _holes(ground: Ground, person: Person, found: Coverage) -> Iterator[Finding]:
    """Stretches of duty without a row."""
    values, rows = check_values(), ground.by_person.get(person.id, [])
    first, last = (rows[0].start, max(row.end or 0 for row in rows)) if rows else (0, 0)
    for gap in found.gaps:
        length = gap.end - gap.start
        if length < values["gap_min"]:
            continue
        stretch = (gap.start, gap.end)
        before = [row for row in rows if row.end == gap.start]
        after = [row for row in rows if row.start == gap.end]
        if gap.end <= first:
            repair = _stretched(after, length, start=gap.start)
            yield ground.finding("shift_start_not_seen", after[:1], [person.id], stretch, repair)
        elif gap.start >= last:
            repair = _stretched(before, length, end=gap.end)
            yield ground.finding("shift_end_not_seen", before[:1], [person.id], stretch, repair)
        elif length < values["gap_long_min"]:
            repair = _stretched(before, length, end=gap.end)
            yield ground.finding("short_gap", before[:1], [person.id], stretch, repair, n=length)
        else:
            repair, task = _filled(ground, person, gap, before, after)
            label, choices = ground.tasks.label(task) if task else "", _choices(ground, gap, before, after)
            yield ground.finding("gap", (), [person.id], stretch, repair, choices, n=length, task=label)


def _stretched(
    rows: list[Row], length: int, *, start: int | None = None, end: int | None = None
) -> tuple[Change, ...] | None:
    """The row beside a short hole drawn out over it; not if others took part, who may have been elsewhere."""
    if len(rows) != 1 or len(rows[0].staff) > 1 or length > check_values()["bridge_min"]:
        return None
    row = rows[0]
    return (
        Change(row, replace(row, start=row.start if start is None else start, end=row.end if end is None else end)),
    )


def _filled(
    ground: Ground, person: Person, gap: Gap, before: list[Row], after: list[Row]
) -> tuple[tuple[Change, ...] | None, str]:
    """What most likely filled a hole: the task on both its sides, or the break the shift still lacks."""
    around = {ground.code(row) for row in before} & {ground.code(row) for row in after}
    values, length = check_values(), gap.end - gap.start
    if len(around) == 1:
        task = before[0].task
    elif values["break_from_min"] <= length <= values["break_to_min"] and not _has_break(ground, person):
        task = BREAK
    else:
        return None, ""
    return add(ground.day, Row(filling_id(ground.day, gap), gap.start, gap.end, task, (person.id,))), task


def _choices(ground: Ground, gap: Gap, before: list[Row], after: list[Row]) -> Iterator[Choice]:
    """What else a hole may have been: a break, or more of what stands before or behind it."""
    pause = add(ground.day, Row(filling_id(ground.day, gap), gap.start, gap.end, BREAK, (gap.staff,)))
    yield ground.choice("fill", pause, task=ground.tasks.label(BREAK))
    for row in before[:1]:
        longer = (Change(row, replace(row, end=gap.end)),)
        yield ground.choice("until", longer, task=ground.label(row), clock=gap.end)
    for row in after[:1]:
        earlier = (Change(row, replace(row, start=gap.start)),)
        yield ground.choice("from", earlier, task=ground.label(row), clock=gap.start)


def filling_id(day: Workday, gap: Gap) -> str:
    """The id of the row that would fill a hole: the same however often one checks, and no other day's or row's."""
    taken, again = {row.id for row in day.rows}, 0
    while True:
        about = (day.site, day.date, day.unit, day.observer, gap.staff, str(gap.start), str(gap.end), str(again))
        name = "f" + hashlib.blake2b("|".join(about).encode(), digest_size=10).hexdigest()
        if name not in taken:
            return name
        again += 1  # the hole was filled before, and its row has since been moved


def _has_break(ground: Ground, person: Person) -> bool:
    rows = (row for row in ground.day.rows if person.id in row.staff)
    return len(union(person.on)) > 1 or any(ground.code(row) == BREAK for row in rows)


def _no_break(ground: Ground, person: Person, found: Coverage) -> Iterator[Finding]:
    """A shift so long that it must have had a break, and none to be seen."""
    values = check_values()
    if found.duty <= values["break_after_min"] or _has_break(ground, person):
        return
    fitting = [gap for gap in found.gaps if values["break_from_min"] <= gap.end - gap.start <= values["break_to_min"]]
    on, off = min(on for on, _ in person.on), max(off for _, off in person.on)
    if fitting:
        return  # the hole itself is told of, and offered as the break
    yield ground.finding("no_break", (), [person.id], (on, off))


def _outside(ground: Ground, person: Person) -> Iterator[Finding]:
    """Rows outside their person's duty; twelve hours off is the other half of the day."""
    slack = check_values()["duty_slack_min"]
    for row in ground.by_person.get(person.id, []):
        end = row.end or row.start
        beyond = without([(row.start, end)], person.on)
        if not beyond or max(stop - start for start, stop in beyond) <= slack:
            continue
        moved = [
            replace(row, start=row.start + by, end=end + by)
            for by in (720, -720)
            if row.start + by >= 0 and not without([(row.start + by, end + by)], person.on)
        ]
        repair = (Change(row, moved[0]),) if moved and beyond == [(row.start, end)] else None
        new = moved[0].start if moved else None
        yield ground.finding("outside_duty", [row], [person.id], repair=repair, new_start=new)
