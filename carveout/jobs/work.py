"""Where the work lies that somebody could do: per task and mode, the minutes of every observed day, and what was told.

Only verdicts that are suitable or conditional become work. A task that is a link of any chain of its unit is never
taken over, whatever a rule may say of it in another context: the flow's people would look for it at its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from carveout.model import WEEKDAYS, Mode, Pattern, SiteResult, Suitability, Verdict

MINUTES, BIN = 30 * 60, 15
OFFERED = (Suitability.SUITABLE, Suitability.CONDITIONAL)

Minutes = NDArray[np.bool_]
Bounds = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Fragment:
    """Work of one task in one mode; `until[k, b]`: its minutes before the b-th quarter hour of the k-th observed day.

    told: windows by weekday that staff only spoke of. peak: the work gathers on certain weekdays.
    """

    task: str
    mode: Mode
    suitability: Suitability
    until: NDArray[np.int32]
    told: Mapping[int, Bounds]
    peak: bool

    def minutes(self, days: NDArray[np.int64], bounds: Bounds) -> NDArray[np.int32]:
        """Minutes of work at hand inside a stretch (whole quarter hours) on some days."""
        inside: NDArray[np.int32] = self.until[days, bounds[1] // BIN] - self.until[days, bounds[0] // BIN]
        return inside

    def per_bin(self, days: NDArray[np.int64], bounds: Bounds) -> NDArray[np.float64]:
        """Mean minutes of work at hand in each quarter hour of a stretch over some days; 0 for no days."""
        first, last = bounds[0] // BIN, bounds[1] // BIN
        if not len(days):
            return np.zeros(last - first)
        mean: NDArray[np.float64] = np.diff(self.until[days, first : last + 1], axis=1).mean(axis=0)
        return mean


@dataclass(frozen=True, slots=True)
class UnitWork:
    """All work of one unit.

    days: by weekday (0..6), the positions of its observed days; observed: how many there are in all. needy: by
    weekday, which minutes lie in a window in which staff are few.
    """

    unit: str
    days: Mapping[int, NDArray[np.int64]]
    observed: int
    fragments: tuple[Fragment, ...]
    needy: Mapping[int, Minutes]

    def days_on(self, weekday: int) -> NDArray[np.int64]:
        """Positions of the observed days of a weekday."""
        return self.days[weekday]

    @property
    def weekdays(self) -> tuple[int, ...]:
        """Weekdays on which anything was observed or told."""
        told = {day for fragment in self.fragments for day in fragment.told}
        return tuple(sorted({day for day, seen in self.days.items() if len(seen)} | told))


def unit_work(result: SiteResult, unit: str) -> UnitWork:
    """The work of one unit; what staff told without naming a unit counts for every unit."""
    dates = sorted({o.date for o in result.occurrences if o.unit == unit})
    number = {day: at for at, day in enumerate(dates)}
    links = {task for chain in result.chains if chain.unit == unit for task in chain.tasks}
    grouped: dict[tuple[str, Mode], list[Verdict]] = {}
    for verdict in result.verdicts:
        if verdict.unit in (unit, "") and offered(verdict, links):
            grouped.setdefault((verdict.task, verdict.mode), []).append(verdict)
    rows = {o.index: o for o in result.occurrences}
    fragments = []
    for (task, mode), verdicts in sorted(grouped.items()):
        done = np.zeros((len(dates), MINUTES), bool)
        told: dict[int, Bounds] = {}
        for verdict in verdicts:
            for row in verdict.rows:
                seen = rows[row]
                first, last = max(seen.start, verdict.start), min(seen.end, verdict.end, MINUTES)
                done[number[seen.date], first : max(first, last)] = True
            if not verdict.rows and verdict.end - verdict.start < 24 * 60:
                told |= {WEEKDAYS.index(day): (verdict.start, verdict.end) for day in verdict.weekdays or ()}
        worst = Suitability.CONDITIONAL if _any_conditional(verdicts) else Suitability.SUITABLE
        peak = any(v.pattern is Pattern.WEEKDAY_PEAK for v in verdicts)
        fragments.append(Fragment(task, mode, worst, _until(done), told, peak))
    weekday = np.array([date.fromisoformat(day).weekday() for day in dates], np.int64)
    days = {day: np.flatnonzero(weekday == day) for day in range(7)}
    return UnitWork(unit, days, len(dates), tuple(fragments), _needy(result, unit))


def _until(done: Minutes) -> NDArray[np.int32]:
    """Minutes done before each quarter hour, per day."""
    binned = done.reshape(len(done), MINUTES // BIN, BIN).sum(axis=2, dtype=np.int32)
    until = np.zeros((len(done), MINUTES // BIN + 1), np.int32)
    np.cumsum(binned, axis=1, out=until[:, 1:])
    return until


def offered(verdict: Verdict, links: set[str]) -> bool:
    """Whether a verdict offers work at a time of its own, given the links of the unit's chains."""
    if verdict.suitability not in OFFERED:
        return False
    if verdict.mode is Mode.TAKE_OVER:
        return verdict.pattern is not Pattern.RHYTHMIC_CHAIN and verdict.task not in links
    # What was observed is the activity itself, not the time that preparing it takes.
    return not (verdict.mode is Mode.PREPARE and verdict.pattern is Pattern.INTERACTION_CORE)


def _any_conditional(verdicts: list[Verdict]) -> bool:
    return any(v.suitability is Suitability.CONDITIONAL for v in verdicts)


def _needy(result: SiteResult, unit: str) -> dict[int, Minutes]:
    found = {day: np.zeros(MINUTES, bool) for day in range(7)}
    for window in result.windows:
        if window.unit == unit and window.thin:
            days = range(7) if window.weekday is None else [WEEKDAYS.index(window.weekday)]
            for day in days:
                found[day][window.start : window.end] = True
    return found
