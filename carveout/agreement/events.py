"""How two people's records of one day agree row by row: found, missed, extra, named, begun and ended alike.

Rows of one person are matched so that together they overlap as long as possible (the assignment problem); rows of the
same name first, then what is left over, which was seen by both but named differently. Bakeman, Quera & Gnisci (2009),
Behavior Research Methods 41, 137-147, match events by time before they compare names.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from carveout.agreement.coefficients import ac1, cohen, cross
from carveout.agreement.minutes import NOTHING, Naming, by_task
from carveout.workday import Row

TOLERANCE = 2  # minutes by which two starts (ends) may differ and still be the same


class Cue(StrEnum):
    """Which of a task's two definitions people read differently."""

    START = "start"
    END = "end"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Pair:
    """One row in both records. start_difference, end_difference: minutes, second record minus first."""

    person: str
    first: Row
    second: Row
    named_alike: bool
    start_difference: int
    end_difference: int


@dataclass(frozen=True, slots=True)
class TaskAgreement:
    """One task as both records have it.

    both, missed, extra: rows in both, only in the first, only in the second record. start_off, end_off: rows in both
    whose start (end) differs by more than the tolerance. cue: which definition diverges, None = neither.
    """

    task: str
    both: int
    missed: int
    extra: int
    start_off: int
    end_off: int
    start_median: float | None
    end_median: float | None
    cue: Cue | None


@dataclass(frozen=True, slots=True)
class EventAgreement:
    """Two records row by row. `missed`: in the first only; `extra`: in the second only, each with its person.

    naming_kappa, naming_ac1: on the rows found by both. None = undefined.
    """

    tolerance: int
    pairs: tuple[Pair, ...]
    missed: tuple[tuple[str, Row], ...]
    extra: tuple[tuple[str, Row], ...]
    share_found: float | None
    naming_kappa: float | None
    naming_ac1: float | None
    within_start: float | None
    within_end: float | None
    tasks: tuple[TaskAgreement, ...]


def event_agreement(
    first: Sequence[Row], second: Sequence[Row], *, tolerance: int = TOLERANCE, named: Naming = by_task
) -> EventAgreement:
    """Match the rows of two records of one day.

    tolerance: minutes. Rows match when they overlap, or when they touch or lie apart by no more than the tolerance.

    >>> one = [Row("a", 540, 570, "serving", ("s1",))]
    >>> other = [Row("b", 545, 570, "serving", ("s1",))]
    >>> found = event_agreement(one, other)
    >>> found.pairs[0].start_difference, found.tasks[0].cue.value, found.naming_kappa
    (5, 'start', None)
    """
    pairs: list[Pair] = []
    missed: list[tuple[str, Row]] = []
    extra: list[tuple[str, Row]] = []
    for person in sorted({person for row in (*first, *second) for person in row.staff or (NOTHING,)}):
        ones, others = _of(person, first), _of(person, second)
        for row, found in _matched(ones, others, tolerance, named):
            starts, ends = found.start - row.start, (found.end or 0) - (row.end or 0)
            pairs.append(Pair(person, row, found, named(row) == named(found), starts, ends))
        mine = {(pair.first.id, pair.second.id) for pair in pairs if pair.person == person}
        missed += [(person, row) for row in ones if row.id not in {a for a, _ in mine}]
        extra += [(person, row) for row in others if row.id not in {b for _, b in mine}]
    table, _ = cross([named(p.first) for p in pairs], [named(p.second) for p in pairs])
    n, total = len(pairs), len(pairs) + len(missed) + len(extra)
    return EventAgreement(
        tolerance,
        tuple(pairs),
        tuple(missed),
        tuple(extra),
        n / total if total else None,
        cohen(table) if n else None,
        ac1(table) if n else None,
        sum(abs(p.start_difference) <= tolerance for p in pairs) / n if n else None,
        sum(abs(p.end_difference) <= tolerance for p in pairs) / n if n else None,
        _by_task(pairs, missed, extra, tolerance, named),
    )


def _of(person: str, rows: Sequence[Row]) -> list[Row]:
    own = [row for row in rows if row.end is not None and person in (row.staff or (NOTHING,))]
    return sorted(own, key=lambda row: (row.start, row.end or 0, row.task, row.id))


def _matched(ones: list[Row], others: list[Row], tolerance: int, named: Naming) -> list[tuple[Row, Row]]:
    """Rows of the same name first, then those seen by both under different names."""
    found: list[tuple[int, int]] = []
    for alike in (True, False):
        left = [i for i in range(len(ones)) if i not in {a for a, _ in found}]
        right = [j for j in range(len(others)) if j not in {b for _, b in found}]
        gains = np.zeros((len(left), len(right)))
        for a, i in enumerate(left):
            for b, j in enumerate(right):
                if (named(ones[i]) == named(others[j])) == alike:
                    gains[a, b] = _gain(ones[i], others[j], tolerance)
        if gains.any():
            from scipy.optimize import linear_sum_assignment

            found += [
                (left[a], right[b])
                for a, b in zip(*linear_sum_assignment(gains, maximize=True), strict=True)
                if gains[a, b] > 0
            ]
    return [(ones[i], others[j]) for i, j in sorted(found)]


def _gain(one: Row, other: Row, tolerance: int) -> float:
    """Minutes in common, and a little for starting and ending close to each other."""
    one_end, other_end = one.end or one.start, other.end or other.start
    common = min(one_end, other_end) - max(one.start, other.start)
    if common < -tolerance or (common <= 0 and abs(one.start - other.start) > tolerance):
        return 0.0
    return max(common, 0) + 1 / (1 + abs(one.start - other.start) + abs(one_end - other_end))


def _by_task(
    pairs: Sequence[Pair],
    missed: Sequence[tuple[str, Row]],
    extra: Sequence[tuple[str, Row]],
    tolerance: int,
    named: Naming,
) -> tuple[TaskAgreement, ...]:
    names = {named(p.first) for p in pairs} | {named(p.second) for p in pairs}
    names |= {named(row) for _, row in (*missed, *extra)}
    told = []
    for name in sorted(names):
        own = [p for p in pairs if p.named_alike and named(p.first) == name]
        # A row of another name in the other record is one that was not seen as this task.
        lost = sum(named(row) == name for _, row in missed)
        lost += sum(not p.named_alike and named(p.first) == name for p in pairs)
        more = sum(named(row) == name for _, row in extra)
        more += sum(not p.named_alike and named(p.second) == name for p in pairs)
        starts, ends = [p.start_difference for p in own], [p.end_difference for p in own]
        off = [sum(abs(d) > tolerance for d in differences) for differences in (starts, ends)]
        told.append(
            TaskAgreement(
                name, len(own), lost, more, off[0], off[1],
                float(np.median(starts)) if own else None, float(np.median(ends)) if own else None,
                _cue(off[0], off[1], len(own)),
            )
        )  # fmt: skip
    return tuple(told)


def _cue(start_off: int, end_off: int, n: int) -> Cue | None:
    """Which definition diverges: the one by which at least half of the rows in both differ."""
    starts, ends = n > 0 and 2 * start_off >= n, n > 0 and 2 * end_off >= n
    if starts and ends:
        return Cue.BOTH
    return Cue.START if starts else Cue.END if ends else None
