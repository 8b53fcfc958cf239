"""What a coordinator may put into a slot: every task in every form that has a verdict, with what stands against it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from carveout.jobs.shaping import standing
from carveout.jobs.work import OFFERED, links_of, offered
from carveout.language import Text
from carveout.model import WEEKDAYS, Mode, SiteResult, Suitability, Verdict, Weekday


@dataclass(frozen=True, slots=True)
class WorkOffer:
    """A task in one form in one unit.

    open: a job may hold it. weekdays: None = any. start, end: minutes from the first to the last window in which it was
    judged so. minutes: seen on a day on which it arose; days, of_days: on how many observed days it was seen. reason:
    why it is (or is not) offered. overridden: a coordinator answered (some of) its verdicts against the rules.
    """

    unit: str
    task: str
    mode: Mode
    suitability: Suitability
    open: bool
    weekdays: tuple[Weekday, ...] | None
    start: int
    end: int
    minutes: float
    days: int
    of_days: int
    reason: Text
    overridden: bool = False


def offers(result: SiteResult, unit: str) -> tuple[WorkOffer, ...]:
    """Every task and form with a verdict in a unit: what may be offered first, then by form and time of day."""
    links = links_of(result, unit)
    grouped: dict[tuple[str, Mode], list[Verdict]] = {}
    for verdict in result.verdicts:
        if verdict.unit in (unit, ""):
            grouped.setdefault((verdict.task, verdict.mode), []).append(verdict)
    length = {o.index: (o.date, o.end - o.start) for o in result.occurrences if o.unit == unit}
    found = [_offer(result, unit, said, links, length) for said in grouped.values()]
    modes = list(Mode)
    return tuple(sorted(found, key=lambda o: (not o.open, modes.index(o.mode), o.start, o.task)))


def _offer(
    result: SiteResult, unit: str, said: Sequence[Verdict], links: set[str], length: dict[int, tuple[str, int]]
) -> WorkOffer:
    good = [v for v in said if offered(v, links)]
    shown = good or said
    first = shown[0]
    rows = {row for v in shown for row in v.rows if row in length}
    dates = {length[row][0] for row in rows}
    days = None if any(v.weekdays is None for v in shown) else {day for v in shown for day in v.weekdays or ()}
    if good:
        answer = next((a for a in reversed(OFFERED) if a in {v.suitability for v in good}), first.suitability)
    else:
        answer = standing(result, unit, first.task, first.mode)
        first = next((v for v in said if v.suitability is answer), first)
    return WorkOffer(
        unit=unit,
        task=first.task,
        mode=first.mode,
        suitability=answer,
        open=bool(good),
        weekdays=None if days is None else tuple(sorted(days, key=WEEKDAYS.index)),
        start=min(v.start for v in shown),
        end=max(v.end for v in shown),
        minutes=sum(length[row][1] for row in rows) / len(dates) if dates else 0.0,
        days=len(dates),
        of_days=result.days_of_unit.get(unit, 0),
        reason=first.reason,
        overridden=any(v.by_coordinator for v in shown),
    )
