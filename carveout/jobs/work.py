"""Where the work lies that somebody could do: per task and mode, the minutes of every observed day, and what was told.

Only verdicts that are suitable or conditional become work. A task that is a link of any chain of its unit is never
taken over, whatever a rule may say of it in another context: the flow's people would look for it at its place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from carveout.model import WEEKDAYS, Mode, Occurrence, Pattern, SiteResult, Suitability, Verdict

MINUTES, BIN = 30 * 60, 15
BINS = MINUTES // BIN
OFFERED = (Suitability.SUITABLE, Suitability.CONDITIONAL)
# Work taken over at two times of day is handed over apart: a round of driving in the morning and one in the evening.
_APART = 60 // BIN

# Which form of a task's work comes first where a coordinator opened several.
_FORMS = (Mode.TAKE_OVER, Mode.ASSIST, Mode.ADVISE, Mode.PREPARE)

Minutes = NDArray[np.bool_]
Bounds = tuple[int, int]
_NEVER: Bounds = (0, -1)


@dataclass(frozen=True, slots=True)
class Fragment:
    """Work of one task in one mode; `until[k, b]`: its minutes before the b-th quarter hour of the k-th observed day.

    told: windows by weekday that staff only spoke of. peak: the work gathers on certain weekdays. done: the same minute
    by minute, only where a coordinator opened a second form for the work, so that no minute of it counts twice.
    """

    task: str
    mode: Mode
    suitability: Suitability
    until: NDArray[np.int32]
    told: Mapping[int, Bounds]
    peak: bool
    done: Minutes | None = None


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
    minutes: dict[tuple[str, Mode], Minutes] = {}
    for key, verdicts in grouped.items():
        minutes[key] = np.zeros((len(dates), MINUTES), bool)
        for verdict in verdicts:
            _mark(minutes[key], verdict, rows, number, to=True)
        for verdict in withheld.get(key, ()):  # what a coordinator holds back, no wider verdict lets in
            _mark(minutes[key], verdict, rows, number, to=False)
    twice = _opened_twice(grouped)
    for task in twice:  # preparing has no hour of its own: what has one is not prepared as well
        for (other, mode), done in minutes.items():
            if other == task and mode is not Mode.PREPARE and (task, Mode.PREPARE) in minutes:
                minutes[task, Mode.PREPARE] &= ~done
    fragments: list[Fragment] = []
    for (task, mode), verdicts in sorted(grouped.items()):
        done = minutes[task, mode]
        told: dict[int, Bounds] = {}
        for verdict in verdicts:
            if not verdict.rows and verdict.end - verdict.start < 24 * 60:
                for day in map(WEEKDAYS.index, verdict.weekdays or ()):
                    # Told twice of one weekday: the longer window stands, whichever was read first.
                    told[day] = max(told.get(day, _NEVER), (verdict.start, verdict.end), key=_length)
        worst = Suitability.CONDITIONAL if _any_conditional(verdicts) else Suitability.SUITABLE
        peak = any(v.pattern is Pattern.WEEKDAY_PEAK for v in verdicts)
        whole = Fragment(task, mode, worst, _until(done), told, peak, done if task in twice else None)
        fragments += _rounds(whole) if mode is Mode.TAKE_OVER and not peak else [whole]
    weekday = np.array([date.fromisoformat(day).weekday() for day in dates], np.int64)
    days = {day: np.flatnonzero(weekday == day) for day in range(7)}
    return UnitWork(unit, days, len(dates), tuple(fragments), _needy(result, unit))


def _opened_twice(grouped: Mapping[tuple[str, Mode], list[Verdict]]) -> set[str]:
    """Tasks that may be done in several forms because a coordinator said so; the rules open one form for a context."""
    forms = Counter(task for task, _ in grouped)
    return {task for (task, _), own in grouped.items() if forms[task] > 1 and any(v.by_coordinator for v in own)}


def once(fragments: Sequence[Fragment]) -> list[Fragment]:
    """Fragments of one choice, with no minute of a task's work in two forms: it is taken over, else supported."""
    if all(fragment.done is None for fragment in fragments):
        return list(fragments)
    order = sorted(range(len(fragments)), key=lambda k: _FORMS.index(fragments[k].mode))
    made, taken = list(fragments), dict[str, Minutes]()
    for k in order:
        one = fragments[k]
        if one.done is None:
            continue
        known = taken.get(one.task)
        if known is not None:
            made[k] = replace(one, until=_until(one.done & ~known))
        taken[one.task] = one.done if known is None else known | one.done
    return made


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


def _length(window: Bounds) -> tuple[int, int]:
    """Longer windows after shorter ones, of equal ones the earlier last."""
    return window[1] - window[0], -window[0]


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
        done = fragment.done
        if done is not None:
            done = done & np.repeat(np.isin(np.arange(BINS), np.arange(part[0], part[-1] + 1)), BIN)
        yield replace(fragment, until=until, told=within, done=done)


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
