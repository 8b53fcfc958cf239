"""What usually happens at which hour: how often each task was seen in each half hour of the days before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from carveout.workday import Workday

HALF_HOURS = 48
_LATEST = 20  # days looked at: what was usual last year says little of tomorrow
_WEIGHT = {True: 3, False: 1}  # a day of the same unit counts more than another unit's


def usual(days: Iterable[Workday], unit: str) -> dict[str, list[int]]:
    """Weight of every task seen, per half hour of the clock; days of the unit itself count three times.

    A task counts once per day and half hour, however many rows it has there.

    >>> from carveout.workday import Row
    >>> day = Workday("a", "2026-06-01", "u", rows=(Row("r", 540, 600, "cleaning", ("s1",)),))
    >>> [(half, n) for half, n in enumerate(usual([day], "u")["cleaning"]) if n]
    [(18, 3), (19, 3)]
    """
    latest = sorted(days, key=lambda day: (day.unit == unit, day.date))[-_LATEST:]
    counts: Counter[tuple[str, int]] = Counter()
    for day in latest:
        seen = {(row.task, half) for row in day.rows if row.end is not None for half in _halves(row.start, row.end)}
        for one in seen:
            counts[one] += _WEIGHT[day.unit == unit]
    found: dict[str, list[int]] = {}
    for (task, half), n in sorted(counts.items()):
        found.setdefault(task, [0] * HALF_HOURS)[half] = n
    return found


def _halves(start: int, end: int) -> set[int]:
    """The half hours of the clock that a stretch touches."""
    return {half % HALF_HOURS for half in range(start // 30, max(start // 30 + 1, -(-end // 30)))}
