"""Where an older worker could come in: suitable and conditional verdicts of a weekday, gathered into open slots.

Verdicts of one mode whose windows overlap make one slot of at most `LONGEST` minutes, so that a day shows a handful of
openings instead of a row per task. Help on the floor is drawn only where the work came up on at least `HALF` of the
days on which it could: what is seen now and then is judged in the verdicts, but is no place in a day that one could
promise anybody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from carveout import words
from carveout.jobs.work import links_of
from carveout.language import Language
from carveout.model import Mode, Pattern, SiteResult, Suitability, Verdict, Weekday

LONGEST = 150
HALF = 0.5
DAY = 24 * 60
_ON_THE_FLOOR = (Mode.TAKE_OVER, Mode.ASSIST)
_ORDER = {mode: i for i, mode in enumerate(Mode)}
_RANK = {Suitability.SUITABLE: 0, Suitability.CONDITIONAL: 1}


@dataclass(frozen=True, slots=True)
class OpenSlot:
    """A stretch in which one mode of help is open: tasks (best first) with their mark, and the verdicts behind it.

    untimed: nobody told the hours; the slot may lie anywhere in the day. overridden: tasks of it whose mark a
    coordinator set against the rules.
    """

    ref: str
    mode: Mode
    start: int
    end: int
    tasks: tuple[tuple[str, Suitability], ...]
    weekdays: tuple[Weekday, ...] | None
    thin: bool
    untimed: bool
    overridden: frozenset[str] = frozenset()


def open_slots(result: SiteResult, unit: str, weekday: Weekday | None) -> tuple[OpenSlot, ...]:
    """Open slots of one unit on one weekday (None: on any), by mode, then start."""
    links = links_of(result, unit)
    chosen = [
        (i, v)
        for i, v in enumerate(result.verdicts)
        if v.unit == unit
        and v.suitability in _RANK
        and not _never_bundled(v, links)
        and (weekday is None or v.weekdays is None or weekday in v.weekdays)
        and (v.mode not in _ON_THE_FLOOR or usual(v))
    ]
    chosen.sort(key=lambda item: (_ORDER[item[1].mode], item[1].start, item[1].end, item[0]))
    groups: list[list[tuple[int, Verdict]]] = []
    for item in chosen:
        home = next((g for g in groups if _belongs(g, item[1])), None)
        if home is None:
            groups.append([item])
        else:
            home.append(item)
    return tuple(sorted((_slot(group) for group in groups), key=lambda s: (_ORDER[s.mode], s.start, s.end)))


def untimed(verdict: Verdict) -> bool:
    """Whether no hours were told: such a verdict holds for the whole day."""
    return (verdict.start <= 0 and verdict.end >= DAY) or verdict.end <= verdict.start


def usual(verdict: Verdict) -> bool:
    """Whether the work came up on enough days, or was told and could not be counted."""
    c = verdict.confidence
    return c.of_days == 0 or c.days >= HALF * c.of_days


def _never_bundled(verdict: Verdict, links: set[str]) -> bool:
    """Whether a coordinator's word is kept, yet opens nothing: taking over a link of the staff's flow."""
    link = verdict.pattern is Pattern.RHYTHMIC_CHAIN or verdict.task in links
    return verdict.by_coordinator and verdict.mode is Mode.TAKE_OVER and link


def _belongs(group: list[tuple[int, Verdict]], verdict: Verdict) -> bool:
    head = group[0][1]
    if (head.mode, head.weekdays) != (verdict.mode, verdict.weekdays) or untimed(head) != untimed(verdict):
        return False
    start, end = min(v.start for _, v in group), max(v.end for _, v in group)
    return verdict.start < end and start < verdict.end and max(end, verdict.end) - min(start, verdict.start) <= LONGEST


def _slot(group: list[tuple[int, Verdict]]) -> OpenSlot:
    best: dict[str, Verdict] = {}
    for _, verdict in sorted(group, key=lambda item: (_RANK[item[1].suitability], -item[1].confidence.days, item[0])):
        best.setdefault(verdict.task, verdict)
    head = group[0][1]
    return OpenSlot(
        "verdicts:" + ",".join(str(i) for i, _ in group),
        head.mode,
        min(v.start for _, v in group),
        max(v.end for _, v in group),
        tuple((task, verdict.suitability) for task, verdict in best.items()),
        head.weekdays,
        any(v.thin for _, v in group),
        untimed(head),
        frozenset(task for task, verdict in best.items() if verdict.by_coordinator),
    )


def marked(slot: OpenSlot, task: str, mark: Suitability, language: Language) -> str:
    """A task's mark in a slot, with the sign of a coordinator's word where it is one."""
    return words.MARK[mark] + (words.OVERRIDE_SIGN.in_(language) if task in slot.overridden else "")


def stack(spans: Sequence[tuple[float, float]]) -> list[int]:
    """The first track on which each stretch lies free of those before it; touching is free.

    >>> stack([(0, 10), (5, 8), (10, 12)])
    [0, 1, 0]
    """
    ends: list[float] = []
    tracks = []
    for start, end in spans:
        track = next((t for t, last in enumerate(ends) if last <= start), len(ends))
        if track == len(ends):
            ends.append(end)
        ends[track] = end
        tracks.append(track)
    return tracks
