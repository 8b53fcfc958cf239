"""Where the work lies that somebody could do: per task and mode, the minutes of every observed day, and what was told.

Only verdicts that are suitable or conditional become work. A task that is a link of any chain of its unit is never
taken over, whatever a rule may say of it in another context: the flow's people would look for it at its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from carveout.model import WEEKDAYS, Mode, Occurrence, Pattern, SiteResult, Suitability, Verdict

MINUTES, BIN = 30 * 60, 15
BINS = MINUTES // BIN
OFFERED = (Suitability.SUITABLE, Suitability.CONDITIONAL)
# Work taken over at two times of day is handed over apart: a round of driving in the morning and one in the evening.
_APART = 60 // BIN

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


@dataclass(frozen=True, slots=True)
class UnitWork:
    """All work of one unit.

    days: by weekday (0..6), the positions of its observed days; observed: how many there are in all. needy: by weekday
    (rows), which share of each quarter hour lies in a window in which staff are few.
    """

    unit: str
    days: Mapping[int, NDArray[np.int64]]
    observed: int
    fragments: tuple[Fragment, ...]
    needy: NDArray[np.float64]

    @property
    def weekdays(self) -> tuple[int, ...]:
        """Weekdays on which anything was observed or told."""
        told = {day for fragment in self.fragments for day in fragment.told}
        return tuple(sorted({day for day, seen in self.days.items() if len(seen)} | told))


def unit_work(result: SiteResult, unit: str) -> UnitWork:
    """The work of one unit; what staff told without naming a unit counts for every unit."""
    dates = sorted({o.date for o in result.occurrences if o.unit == unit})
    number = {day: at for at, day in enumerate(dates)}
    links = links_of(result, unit)
    grouped: dict[tuple[str, Mode], list[Verdict]] = {}
    withheld: dict[tuple[str, Mode], list[Verdict]] = {}
    for verdict in result.verdicts:
        if verdict.unit not in (unit, ""):
            continue
        if offered(verdict, links):
            grouped.setdefault((verdict.task, verdict.mode), []).append(verdict)
        elif verdict.by_coordinator and verdict.suitability not in OFFERED:
            withheld.setdefault((verdict.task, verdict.mode), []).append(verdict)
    rows = {o.index: o for o in result.occurrences}
    fragments: list[Fragment] = []
    for (task, mode), verdicts in sorted(grouped.items()):
        done = np.zeros((len(dates), MINUTES), bool)
        told: dict[int, Bounds] = {}
        for verdict in verdicts:
            _mark(done, verdict, rows, number, to=True)
            if not verdict.rows and verdict.end - verdict.start < 24 * 60:
                told |= {WEEKDAYS.index(day): (verdict.start, verdict.end) for day in verdict.weekdays or ()}
        for verdict in withheld.get((task, mode), ()):  # what a coordinator holds back, no wider verdict lets in
            _mark(done, verdict, rows, number, to=False)
        worst = Suitability.CONDITIONAL if _any_conditional(verdicts) else Suitability.SUITABLE
        peak = any(v.pattern is Pattern.WEEKDAY_PEAK for v in verdicts)
        whole = Fragment(task, mode, worst, _until(done), told, peak)
        fragments += _rounds(whole) if mode is Mode.TAKE_OVER and not peak else [whole]
    weekday = np.array([date.fromisoformat(day).weekday() for day in dates], np.int64)
    days = {day: np.flatnonzero(weekday == day) for day in range(7)}
    return UnitWork(unit, days, len(dates), tuple(fragments), _needy(result, unit))


def _mark(
    done: Minutes, verdict: Verdict, rows: Mapping[int, Occurrence], number: Mapping[str, int], *, to: bool
) -> None:
    """Set the minutes of a verdict's rows that lie in its window."""
    for row in verdict.rows:
        seen = rows[row]
        first, last = max(seen.start, verdict.start), min(seen.end, verdict.end, MINUTES)
        done[number[seen.date], first : max(first, last)] = to


def links_of(result: SiteResult, unit: str) -> set[str]:
    """Tasks that are links of a chain of the unit."""
    return {task for chain in result.chains if chain.unit == unit for task in chain.tasks}


def offered(verdict: Verdict, links: set[str]) -> bool:
    """Whether a verdict offers work at a time of its own, given the links of the unit's chains."""
    if verdict.suitability not in OFFERED:
        return False
    if verdict.mode is Mode.TAKE_OVER:
        return verdict.pattern is not Pattern.RHYTHMIC_CHAIN and verdict.task not in links
    # What was observed is the activity itself, not the time that preparing it takes.
    return not (verdict.mode is Mode.PREPARE and verdict.pattern is Pattern.INTERACTION_CORE)


def _rounds(fragment: Fragment) -> Iterator[Fragment]:
    """The fragment cut where, on no observed day, it was done for an hour."""
    per_bin = np.diff(fragment.until, axis=1)
    busy = np.flatnonzero(per_bin.any(axis=0))
    if not len(busy):
        yield fragment
        return
    for part in np.split(busy, np.flatnonzero(np.diff(busy) > _APART) + 1):
        inside = np.zeros_like(per_bin)
        inside[:, part[0] : part[-1] + 1] = per_bin[:, part[0] : part[-1] + 1]
        until = np.zeros_like(fragment.until)
        np.cumsum(inside, axis=1, out=until[:, 1:])
        within = {day: b for day, b in fragment.told.items() if part[0] * BIN < b[1] and b[0] < (part[-1] + 1) * BIN}
        yield Fragment(fragment.task, fragment.mode, fragment.suitability, until, within, fragment.peak)


def _until(done: Minutes) -> NDArray[np.int32]:
    """Minutes done before each quarter hour, per day."""
    binned = done.reshape(len(done), BINS, BIN).sum(axis=2, dtype=np.int32)
    until = np.zeros((len(done), BINS + 1), np.int32)
    np.cumsum(binned, axis=1, out=until[:, 1:])
    return until


def _any_conditional(verdicts: list[Verdict]) -> bool:
    return any(v.suitability is Suitability.CONDITIONAL for v in verdicts)


def _needy(result: SiteResult, unit: str) -> NDArray[np.float64]:
    found = np.zeros((7, MINUTES))
    for window in result.windows:
        if window.unit == unit and window.thin:
            days = slice(None) if window.weekday is None else WEEKDAYS.index(window.weekday)
            found[days, window.start : window.end] = 1.0
    share: NDArray[np.float64] = found.reshape(7, BINS, BIN).mean(axis=2)
    return share
