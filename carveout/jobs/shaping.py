"""What comes of a draft: expected work, limits kept and broken, what to arrange, channel, relief, what is left alone.

Nothing is searched for here: the same evaluation serves the solver's choice and a coordinator's own. What a coordinator
puts in against a verdict stays in, with the verdict named as a broken limit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

import numpy as np

from carveout.constraints import Offer, OfferedTask, Policy, channels, check, needs
from carveout.jobs.draft import Draft, DraftSlot
from carveout.jobs.filling import fill
from carveout.jobs.said import left_alone, title_of
from carveout.jobs.work import BIN, UnitWork, links_of, unit_work
from carveout.language import Text
from carveout.model import (
    WEEKDAYS,
    Channel,
    Job,
    Mode,
    Relief,
    SiteResult,
    Slot,
    SlotTask,
    Suitability,
    TaskTraits,
    Verdict,
    Weekday,
)

_WORST = (Suitability.UNSUITABLE, Suitability.UNDETERMINED, Suitability.CONDITIONAL, Suitability.SUITABLE)


@dataclass(frozen=True, slots=True)
class Bench:
    """A site laid out for shaping: the work of its units, made once."""

    result: SiteResult
    works: Mapping[str, UnitWork]


def bench(result: SiteResult) -> Bench:
    """Lay out the work of every unit of a site."""
    return Bench(result, {unit: unit_work(result, unit) for unit in result.units})


def policy_of(result: SiteResult, draft: Draft | None = None) -> Policy:
    """The rules of a site's day and area, or those a draft asks for.

    Raises ValueError (`carveout.errors.CarveoutError`) for a number that the law does not leave to choose.
    """
    if draft is None:
        return Policy(area=result.area, on=_day(result.on))
    return Policy(numbers=dict(draft.numbers), area=draft.area, on=_day(draft.on or result.on))


def shape(result: SiteResult, draft: Draft, *, on: Bench | None = None, policy: Policy | None = None) -> Job:
    """The job that a draft asks for, evaluated against what was observed and against the limits in force.

    on: the site laid out before, to save doing it again. policy: whose limits; those of the draft if None.
    """
    laid = on or bench(result)
    policy = policy or policy_of(result, draft)
    slots = filled(laid, draft.slots, policy)
    offer = _offer(result, slots, draft)
    options = channels(offer, policy)
    channel = draft.channel or options[0].channel
    offer = _offer(result, slots, draft, channel)
    chosen = next((option for option in options if option.channel is channel), options[0])
    relief = relief_of(slots, policy)
    hours = sum(slot.end - slot.start for slot in slots) / 60
    said = Text(draft.title, draft.title) if draft.title else title_of(result, slots, hours)
    return Job(
        id=draft.base or f"{result.site}/0",
        title=said,
        stage=draft.stage,
        slots=slots,
        weekly_hours=hours,
        staff_minutes_relieved_per_week=relief.likely,
        channel=channel,
        channel_reason=chosen.reason,
        constraints=check(offer, policy) if slots else (),
        not_included=left_alone(result, slots),
        people=draft.people,
        relief=relief,
        needs=needs(offer, policy) if slots else (),
        channels=options,
    )


def relief_of(slots: Sequence[Slot], policy: Policy) -> Relief:
    """Staff minutes a week that slots may relieve: of observed work they can count on; advice relieves none."""
    tasks = [t for slot in slots for t in slot.tasks if t.promised and t.mode is not Mode.ADVISE]
    covered = sum(t.observed for t in tasks)
    thin = sum(t.thin * min(t.observed / t.minutes, 1.0) for t in tasks if t.minutes > 0)
    names = ("relief_ratio_low", "relief_ratio", "relief_ratio_high")
    low, ratio, high = (min(policy.number(name), 1.0) for name in names)
    return Relief(covered * min(low, ratio), covered * ratio, covered * max(ratio, high), covered, ratio, thin)


def _day(iso: str) -> date | None:
    return date.fromisoformat(iso) if iso else None


def filled(laid: Bench, wanted: Sequence[DraftSlot], policy: Policy) -> tuple[Slot, ...]:
    """Slots in the order of the week; what can be prepared at any time is counted once a day and unit."""
    order = sorted(wanted, key=lambda s: (WEEKDAYS.index(s.weekday), s.start, s.end, s.unit))
    made: list[Slot] = []
    overridden = [verdict for verdict in laid.result.verdicts if verdict.by_coordinator]
    for _, same_day in groupby(order, key=lambda s: s.weekday):
        prepared: set[tuple[str, str]] = set()
        for slot in same_day:
            own = tuple(
                pair for pair in slot.tasks if pair[1] is not Mode.PREPARE or (slot.unit, pair[0]) not in prepared
            )
            prepared |= {(slot.unit, task) for task, mode in own if mode is Mode.PREPARE}
            tasks = _tasks(laid, slot, own, policy)
            if overridden:
                tasks = tuple(replace(task, overridden=_rests(slot, task, overridden)) for task in tasks)
            made.append(Slot(slot.weekday, slot.start, slot.end, slot.unit, tasks))
    return tuple(made)


def _tasks(laid: Bench, slot: DraftSlot, wanted: Sequence[tuple[str, Mode]], policy: Policy) -> tuple[SlotTask, ...]:
    """The tasks of a slot with what is to be expected of each, most first."""
    work = laid.works.get(slot.unit)
    pairs = list(dict.fromkeys(wanted))
    fragments = [f for f in work.fragments if (f.task, f.mode) in pairs] if work else []
    found: dict[tuple[str, Mode], SlotTask] = {}
    if work and fragments:
        # Whole quarter hours inside the slot, so that nothing outside it is counted.
        start, end = -(-slot.start // BIN) * BIN, slot.end // BIN * BIN
        edges = np.array([start], np.int64), np.array([max(start, end)], np.int64)
        filling = fill(work, WEEKDAYS.index(slot.weekday), fragments, *edges, policy, whole=False)
        for k, fragment in enumerate(fragments):
            one = SlotTask(
                fragment.task,
                fragment.mode,
                fragment.suitability,
                float(filling.minutes[0, k]),
                float(filling.observed[0, k]),
                float(filling.thin[0, k]),
                int(filling.days[0, k]),
                int(filling.of_days[0, k]),
                bool(filling.promised[0, k]),
            )
            key = (fragment.task, fragment.mode)
            found[key] = _joined(found[key], one) if key in found else one
    for task, mode in pairs:
        if (task, mode) not in found:
            found[task, mode] = SlotTask(task, mode, standing(laid.result, slot.unit, task, mode), 0.0, promised=False)
    return tuple(sorted(found.values(), key=lambda t: (not t.promised, -t.minutes, t.task, t.mode)))


def _rests(slot: DraftSlot, task: SlotTask, overridden: Sequence[Verdict]) -> bool:
    """Whether a coordinator's override answers for a task in a slot; preparing is not bound to the clock."""
    return any(
        (v.task, v.mode) == (task.task, task.mode)
        and v.unit in (slot.unit, "")
        and (v.weekdays is None or slot.weekday in v.weekdays)
        and (v.mode is Mode.PREPARE or (v.start < slot.end and slot.start < v.end))
        for v in overridden
    )


def _joined(one: SlotTask, other: SlotTask) -> SlotTask:
    """Two rounds of one task in one slot."""
    first = max((one, other), key=lambda t: (t.promised, t.minutes))
    if one.promised != other.promised:
        return first
    return SlotTask(
        one.task,
        one.mode,
        one.suitability,
        one.minutes + other.minutes,
        one.observed + other.observed,
        one.thin + other.thin,
        first.days,
        first.of_days,
        one.promised,
    )


def standing(result: SiteResult, unit: str, task: str, mode: Mode) -> Suitability:
    """What the verdicts say of a task in a mode anywhere in a unit, at its worst; undetermined where they are silent.

    A chain's link is never taken over, whatever a verdict says of it in another context.
    """
    if mode is Mode.TAKE_OVER and task in links_of(result, unit):
        return Suitability.UNSUITABLE
    said = {v.suitability for v in result.verdicts if v.unit in (unit, "") and (v.task, v.mode) == (task, mode)}
    return next((answer for answer in _WORST if answer in said), Suitability.UNDETERMINED)


def _offer(result: SiteResult, slots: Sequence[Slot], draft: Draft, channel: Channel | None = None) -> Offer:
    days: dict[Weekday, list[tuple[int, int]]] = {}
    for slot in slots:
        days.setdefault(slot.weekday, []).append((slot.start, slot.end))
    worst: dict[tuple[str, Mode], Suitability] = {}
    for slot in slots:
        for t in slot.tasks:
            known = worst.get((t.task, t.mode), t.suitability)
            worst[t.task, t.mode] = min(known, t.suitability, key=_WORST.index)
    tasks = tuple(
        OfferedTask(task, mode, answer, result.traits.get(task, TaskTraits()), result.task_labels.get(task))
        for (task, mode), answer in worst.items()
    )
    seen = [result.days_of_unit.get(slot.unit, 0) for slot in slots]
    full = [sum(t.minutes for t in s.tasks if t.promised) / max(s.end - s.start, 1) for s in slots]
    if channel is None:
        channel = Channel.DISPATCH if any(mode is Mode.ASSIST for _, mode in worst) else Channel.CONTRACT
    return Offer(
        kind=result.kind,
        channel=channel,
        people=draft.people,
        days={day: tuple(sorted(spans)) for day, spans in days.items()},
        tasks=tasks,
        observed_days=min(seen, default=0),
        covered_share=min(full, default=0.0),
    )
