"""A day beside the same unit's other days: work at a strange time, usual work that is missing, far fewer rows.

Medians and median deviations, so that one odd day among the usual ones does not make everything usual. What is compared
lies within the hours already entered: a day typed up to noon lacks nothing of the afternoon.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from carveout.workday.check_duty import coverage, filling_id
from carveout.workday.edits import Gap, add
from carveout.workday.findings import Finding, Ground, check_values, is_sound
from carveout.workday.record import Change, Row, Workday
from carveout.workday.vocabulary import Vocabulary

_SCALE = 1.4826  # a median absolute deviation as a standard deviation of normal data
_SLIPS = (720, -720, 60, -60)  # minutes by which a clock is mistaken: half of the day, one hour


@dataclass(frozen=True, slots=True)
class _Seen:
    """One task on one day: how often, first start, end of that first row."""

    times: int
    start: int
    end: int


def check_usual(ground: Ground, usual: Sequence[Workday]) -> Iterator[Finding]:
    """Findings about a day's difference from the other days of its unit; none where too few are known."""
    values, day = check_values(), ground.day
    others = [other for other in usual if other.unit == day.unit and other.rows and _other(other, day)]
    others = sorted(others, key=lambda other: other.date)[-int(values["usual_looked_at"]) :]
    if len({other.date for other in others}) < values["usual_days"] or not ground.closed:
        return
    seen = [_seen(other, ground.tasks) for other in others]
    mine = _seen(day, ground.tasks)
    rows = {ground.code(row): row for row in reversed(ground.closed)}
    until = max(row.end or 0 for row in ground.closed)
    since = ground.closed[0].start
    for code in dict.fromkeys(code for tasks in seen for code in tasks):
        known = [tasks[code] for tasks in seen if code in tasks]
        if code in mine:
            yield from _strange_start(ground, rows[code], mine[code], known)
        elif len(known) >= values["usual_share"] * len(seen):
            start, end = median(one.start for one in known), median(one.end for one in known)
            if since <= start and end <= until:
                yield _missing(ground, code, int(start), int(end), len(known), len(seen))
    yield from _few(ground, others, since, until)


def _other(one: Workday, day: Workday) -> bool:
    return (one.date, one.observer) != (day.date, day.observer)


def _seen(day: Workday, tasks: Vocabulary) -> dict[str, _Seen]:
    """Each task of a day as a code."""
    codes = {text: tasks.resolve(text) or text for text in {row.task for row in day.rows}}
    found: dict[str, _Seen] = {}
    for row in day.rows:
        if row.end is None or not is_sound(row):
            continue
        code = codes[row.task]
        before = found.get(code)
        if before is None:
            found[code] = _Seen(1, row.start, row.end)
        elif row.start < before.start:
            found[code] = _Seen(before.times + 1, row.start, row.end)
        else:
            found[code] = _Seen(before.times + 1, before.start, before.end)
    return found


def _far(value: float, known: Sequence[float], floor: float) -> bool:
    """Whether a value lies far from others: beyond a floor and so many robust deviations."""
    middle = median(known)
    deviation = _SCALE * median(abs(one - middle) for one in known)
    return abs(value - middle) > max(floor, check_values()["far_deviations"] * deviation)


def _strange_start(ground: Ground, row: Row, mine: _Seen, known: Sequence[_Seen]) -> Iterator[Finding]:
    values = check_values()
    starts = [one.start for one in known]
    often = max(mine.times, median(one.times for one in known))
    if (
        len(known) < values["usual_days"]
        or often > values["often_on_a_day"]
        or not _far(row.start, starts, values["far_min"])
    ):
        return
    usual = int(median(starts))
    moved = [
        replace(row, start=row.start + by, end=None if row.end is None else row.end + by)
        for by in _SLIPS
        if 0 <= row.start + by < 2160 and abs(row.start + by - usual) <= values["gap_long_min"]
    ]
    repair = (Change(row, moved[0]),) if moved else None
    new = moved[0].start if moved else None
    yield ground.finding("unusual_start", [row], row.staff, repair=repair, other=usual, new_start=new)


def _missing(ground: Ground, code: str, start: int, end: int, seen: int, n: int) -> Finding:
    """Usual work that nobody noted; where one person has a hole about then, that is most likely it."""
    day, slack = ground.day, check_values()["gap_long_min"]
    holes = [
        gap
        for person in coverage(day)
        if person.staff in ground.by_person
        for gap in person.gaps
        if abs(gap.start - start) <= slack and abs(gap.end - end) <= slack
    ]
    people = [holes[0].staff] if len(holes) == 1 else []
    repair = None
    if people:
        gap = Gap(people[0], holes[0].start, holes[0].end)
        repair = add(day, Row(filling_id(day, gap), gap.start, gap.end, code, (gap.staff,)))
    label = ground.tasks.label(code)
    return ground.finding("usual_task_missing", (), people, (start, end), repair, task=label, seen=seen, n=n)


def _few(ground: Ground, others: Sequence[Workday], since: int, until: int) -> Iterator[Finding]:
    """Far fewer rows than the other days hold in the same hours."""
    counts = [sum(since <= row.start < until for row in other.rows) for other in others]
    usual = median(counts)
    n = len(ground.day.rows)
    if n < check_values()["few_rows_share"] * usual and _far(n, counts, 0):
        yield ground.finding("few_rows", stretch=(since, until), n=n, usual=int(usual))
