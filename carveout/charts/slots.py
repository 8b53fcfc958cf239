"""Where an older worker could come in: suitable and conditional verdicts of a weekday, gathered into open slots.

Verdicts of one mode whose windows largely coincide make one slot, so that a day shows a handful of openings instead of
a row per task. Two windows coincide when they share at least `SHARED` of their joint length.
"""

from __future__ import annotations

from dataclasses import dataclass

from carveout.model import Mode, SiteResult, Suitability, Verdict, Weekday

SHARED = 0.4
_ORDER = {mode: i for i, mode in enumerate(Mode)}
_RANK = {Suitability.SUITABLE: 0, Suitability.CONDITIONAL: 1}


@dataclass(frozen=True, slots=True)
class OpenSlot:
    """A stretch in which one mode of help is open: tasks (best first) with their mark, and the verdicts behind it."""

    ref: str
    mode: Mode
    start: int
    end: int
    tasks: tuple[tuple[str, Suitability], ...]
    weekdays: tuple[Weekday, ...] | None
    thin: bool


def open_slots(result: SiteResult, unit: str, weekday: Weekday | None) -> tuple[OpenSlot, ...]:
    """Open slots of one unit on one weekday (None: on any), by mode, then start."""
    chosen = [
        (i, v)
        for i, v in enumerate(result.verdicts)
        if v.unit == unit
        and v.suitability in _RANK
        and 0 <= v.start < v.end
        and (weekday is None or v.weekdays is None or weekday in v.weekdays)
    ]
    chosen.sort(key=lambda item: (_ORDER[item[1].mode], item[1].start, item[1].end, item[0]))
    groups: list[list[tuple[int, Verdict]]] = []
    for item in chosen:
        home = next((g for g in groups if _belongs(g, item[1])), None)
        if home is None:
            groups.append([item])
        else:
            home.append(item)
    return tuple(_slot(group) for group in groups)


def _belongs(group: list[tuple[int, Verdict]], verdict: Verdict) -> bool:
    head = group[0][1]
    if (head.mode, head.weekdays, head.thin) != (verdict.mode, verdict.weekdays, verdict.thin):
        return False
    start, end = min(v.start for _, v in group), max(v.end for _, v in group)
    shared = min(end, verdict.end) - max(start, verdict.start)
    return shared >= SHARED * (max(end, verdict.end) - min(start, verdict.start))


def _slot(group: list[tuple[int, Verdict]]) -> OpenSlot:
    best: dict[str, Suitability] = {}
    for _, verdict in sorted(group, key=lambda item: (_RANK[item[1].suitability], item[0])):
        best.setdefault(verdict.task, verdict.suitability)
    head = group[0][1]
    return OpenSlot(
        "verdicts:" + ",".join(str(i) for i, _ in group),
        head.mode,
        min(v.start for _, v in group),
        max(v.end for _, v in group),
        tuple(best.items()),
        head.weekdays,
        head.thin,
    )
