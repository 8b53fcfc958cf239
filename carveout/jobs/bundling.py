"""Bundling fragments of work into jobs one can offer: for every unit the best week under several aims, in stages.

A family of jobs has one aim and grows: each stage keeps what the one before promised and adds to it. Families of a unit
that would be nearly the same are shown once. Where a site has several units, one more family may move between them.
The model is stated in `filling` (what a person does in a stretch), `stretches` (which come into question) and `week`
(the choice); the numbers are those of `aims.yaml` and of the limits in force.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from carveout.constraints import Policy
from carveout.jobs.aims import Goal, Stage, aims, heavy_tasks
from carveout.jobs.draft import Draft, DraftSlot
from carveout.jobs.filling import fill
from carveout.jobs.said import step_of, why
from carveout.jobs.shaping import Bench, bench, filled, policy_of, relief_of, shape
from carveout.jobs.stretches import GRID, Ints, Layout, Stretches, stretches
from carveout.jobs.week import Solved, Terms, best_week
from carveout.jobs.work import UnitWork
from carveout.model import WEEKDAYS, Aim, Channel, Job, Mode, Nature, Optimality, SiteResult, TaskTraits

# Two families with so much of their hours in common are one.
_ALIKE = 0.8
# What a family that moves between units must bring beyond the best of a single unit, and its shortest visit (hours).
_WORTH_MOVING, _SHORTEST_VISIT = 1.1, 1.0


@dataclass(frozen=True, slots=True)
class _Grown:
    """One stage of a family: its slots, people and how sure the solver is."""

    slots: tuple[DraftSlot, ...]
    people: int
    optimality: Optimality


@dataclass(frozen=True, slots=True)
class _Family:
    """The stages of one aim, and the other aims it serves as well."""

    goal: Goal
    stages: tuple[_Grown, ...]
    also: tuple[Aim, ...] = ()

    def like(self, other: _Family) -> bool:
        """Whether both begin and end with nearly the same hours."""
        return all(
            len(one & two) >= _ALIKE * len(one | two)
            for one, two in ((_place(self.stages[at]), _place(other.stages[at])) for at in (0, -1))
        )


def _place(grown: _Grown) -> frozenset[tuple[str, int, int]]:
    """The half hours of a stage."""
    return frozenset(
        (slot.unit, WEEKDAYS.index(slot.weekday), moment)
        for slot in grown.slots
        for moment in range(slot.start, slot.end, GRID)
    )


def bundle(
    result: SiteResult, policy: Policy | None = None, *, on: Bench | None = None, units: Sequence[str] | None = None
) -> tuple[Job, ...]:
    """Candidate jobs of a site: by unit and aim, each in its stages, numbered through the site.

    result: the site analysed; its own `jobs` are not read. policy: whose limits hold; those of the site's day and
    area if None. units: only these (all if None). Empty if no stretch of any unit is full enough.
    """
    policy = policy or policy_of(result)
    laid = on or bench(result)
    jobs: list[Job] = []
    placed: set[str] = set()
    wanted = [unit for unit in result.units if units is None or unit in units]
    singles: list[_Family] = []
    for unit in wanted:
        work = _without(laid.works[unit], placed)
        layout = Layout([work], policy, policy.number("shift_hours_min"))
        families = _distinct(_family(result, layout, goal) for goal in _goals(result))
        singles += families
        for family in families:
            jobs += _jobs(result, laid, family, policy, len(jobs))
        told = {f.task for f in work.fragments if f.told}
        placed |= told & {task for family in families for s in family.stages[-1].slots for task, _ in s.tasks}
    if len(wanted) > 1 and (moving := _moving(result, [laid.works[unit] for unit in wanted], singles, policy)):
        jobs += _jobs(result, laid, moving, policy, len(jobs))
    return tuple(jobs)


def _goals(result: SiteResult) -> list[Goal]:
    return [replace(goal, heavy=heavy_tasks(goal, result.traits)) for goal in aims().goals]


def _without(work: UnitWork, placed: set[str]) -> UnitWork:
    """The work of a unit less what staff only told of and another unit's job already holds."""
    return replace(work, fragments=tuple(f for f in work.fragments if not (f.told and f.task in placed)))


def _family(result: SiteResult, layout: Layout, goal: Goal, *, together: bool = False) -> _Family | None:
    """The stages of one aim, the smallest first; None if not even one can be made, or the aim's own start cannot."""
    grown: list[_Grown] = []
    before: tuple[Stretches, Ints] | None = None
    for number, stage in enumerate(goal.stages):
        last = number == len(goal.stages) - 1
        best: tuple[Goal, Stretches, Solved] | None = None
        for way, weekly in _ways(result, layout, goal, stage):
            found = stretches(layout, way, stage)
            terms = _terms(way, stage, layout.policy, weekly, together=together)
            solved = best_week(found, terms, _keeping(found, before), aims())
            if solved is not None and (best is None or solved.value > best[2].value):
                best = way, found, solved
        if best is None:
            continue
        if not grown and last and goal.grows:
            return None
        way, found, (chosen, people, optimality, _) = best
        slots = _wanted(layout, way, stage, found.take(chosen))
        before = found, chosen
        if not grown or (slots, people) != (grown[-1].slots, grown[-1].people):
            grown.append(_Grown(slots, people, optimality))
    return _Family(goal, tuple(grown)) if grown else None


def _weekly(result: SiteResult, layout: Layout, goal: Goal, stage: Stage) -> float:
    """Hours a week of each: the wider limit of a designated area only where all the work there is lies inside it."""
    if Mode.ASSIST not in stage.modes:
        return layout.policy.weekly(Channel.CONTRACT)
    natures = set(_natures(result, layout, goal, stage).values())
    return layout.policy.weekly(Channel.DISPATCH, result.kind, natures)


def _ways(result: SiteResult, layout: Layout, goal: Goal, stage: Stage) -> list[tuple[Goal, float]]:
    """The work to choose from and the hours a week of each: all of it, and in a designated area what lies inside it.

    One task outside costs the whole job the wider limit, so that less work in more hours may be the better week.
    """
    usual = _weekly(result, layout, goal, stage)
    natures = _natures(result, layout, goal, stage)
    named = {nature for one in layout.policy.designations(result.kind) for nature in one.natures}
    outside = {task for task, nature in natures.items() if nature not in named}
    if Mode.ASSIST not in stage.modes or len(outside) in (0, len(natures)):
        return [(goal, usual)]
    inside = replace(goal, heavy=goal.heavy | outside)
    wide = _weekly(result, layout, inside, stage)
    return [(goal, usual), (inside, wide)] if wide > usual else [(goal, usual)]


def _natures(result: SiteResult, layout: Layout, goal: Goal, stage: Stage) -> dict[str, Nature]:
    """What each task is about that a stage may hold."""
    tasks = {f.task for work in layout.works for f in work.fragments if f.mode in stage.modes and goal.admits(f.task)}
    return {task: result.traits.get(task, TaskTraits()).nature for task in tasks}


def _terms(goal: Goal, stage: Stage, policy: Policy, weekly: float, *, together: bool) -> Terms:
    longest = min(stage.hours, policy.number("shift_hours_max"))
    return Terms(
        days=int(min(stage.days, policy.number("days_per_week_max"))),
        people=int(policy.number("people_max")) if stage.shared else 1,
        week=weekly * 60,
        day=policy.number("day_hours_max") * 60,
        span=policy.number("day_span_hours_max") * 60,
        gap=int(policy.number("split_gap_hours_min") * 60),
        lexical=goal.lexical,
        together=together,
        least=policy.number("shift_hours_min") * 60,
        most=longest * 60,
    )


def _keeping(found: Stretches, before: tuple[Stretches, Ints] | None) -> list[Ints]:
    """For each stretch of the stage before, the candidates around it that promise at least the same work."""
    if before is None:
        return []
    old, chosen = before
    kept = []
    for k in chosen.tolist():
        around = (found.unit == old.unit[k]) & (found.weekday == old.weekday[k])
        around &= (found.start <= old.start[k]) & (found.end >= old.end[k])
        around &= ~(old.holds[k] & ~found.holds).any(axis=1)
        kept.append(np.flatnonzero(around))
    return kept


def _wanted(layout: Layout, goal: Goal, stage: Stage, chosen: Stretches) -> tuple[DraftSlot, ...]:
    """Chosen stretches as slots with the work that they promise, and with what comes now and then."""
    slots, works = [], layout.works
    for k in range(len(chosen)):
        work = works[chosen.unit[k]]
        at = sum(len(other.fragments) for other in works[: chosen.unit[k]])
        fragments = [f for f in work.fragments if f.mode in stage.modes and goal.admits(f.task)]
        edges = chosen.start[k : k + 1], chosen.end[k : k + 1]
        filling = fill(work, int(chosen.weekday[k]), fragments, *edges, layout.policy)
        promised = [f for j, f in enumerate(work.fragments) if chosen.holds[k, at + j]]
        rare = [f for j, f in enumerate(fragments) if filling.minutes[0, j] > 0 and not filling.promised[0, j]]
        tasks = sorted({(f.task, f.mode) for f in [*promised, *(rare if stage.rare else [])]})
        start, end = int(chosen.start[k]), int(chosen.end[k])
        slots.append(DraftSlot(WEEKDAYS[chosen.weekday[k]], start, end, work.unit, tuple(tasks)))
    return tuple(sorted(slots, key=lambda s: (WEEKDAYS.index(s.weekday), s.start, s.unit)))


def _distinct(families: Iterable[_Family | None]) -> list[_Family]:
    """Families without those nearly the same as an earlier one, which serves their aim as well."""
    found: list[_Family] = []
    for family in families:
        if family is None:
            continue
        for at, known in enumerate(found):
            if family.like(known):
                found[at] = replace(known, also=(*known.also, family.goal.aim))
                break
        else:
            found.append(family)
    return found


def _moving(
    result: SiteResult, works: Sequence[UnitWork], singles: Sequence[_Family], policy: Policy
) -> _Family | None:
    """A family that moves between units within a day, where that brings clearly more than staying in one."""
    goal = next(goal for goal in _goals(result) if goal.aim is Aim.MOST_WORK)
    layout = Layout(works, policy, _SHORTEST_VISIT)
    laid = Bench(result, {work.unit: work for work in works})

    def covered(family: _Family) -> float:
        return relief_of(filled(laid, family.stages[-1].slots, policy), policy).covered

    enough = _WORTH_MOVING * max(map(covered, singles), default=0.0)
    # The last stage alone is never worth less than the last of several: most sites are answered by it.
    for one in (replace(goal, stages=goal.stages[-1:]), goal):
        family = _family(result, layout, one, together=True)
        moves = family is not None and len({slot.unit for slot in family.stages[-1].slots}) > 1
        if family is None or not moves or covered(family) < enough:
            return None
    return family


def _draft(result: SiteResult, grown: _Grown, stage: int) -> Draft:
    return Draft(result.site, grown.slots, stage=stage, people=grown.people)


def _jobs(result: SiteResult, laid: Bench, family: _Family, policy: Policy, taken: int) -> list[Job]:
    """The stages of a family as jobs; a stage that would break a hard limit is not offered."""
    peaks = sorted({f.task for work in laid.works.values() for f in work.fragments if f.peak})
    jobs: list[Job] = []
    for grown in family.stages:
        shaped = shape(result, _draft(result, grown, len(jobs) + 1), on=laid, policy=policy)
        if any(limit.hard for limit in shaped.broken):
            continue
        job = replace(
            shaped,
            id=f"{result.site}/{taken + len(jobs) + 1}",
            aim=family.goal.aim,
            also=family.also,
            choice=why(result, family.goal, shaped.slots, peaks),
            optimality=grown.optimality,
        )
        jobs.append(replace(job, step=step_of(result, jobs[-1], job)) if jobs else job)
    return jobs


def family_of(jobs: Sequence[Job], job: Job) -> tuple[Job, ...]:
    """The stages that a job belongs to, the smallest first."""
    by_id: Mapping[str, Job] = {one.id: one for one in jobs}
    first = job
    while first.step is not None and first.step.after in by_id:
        first = by_id[first.step.after]
    line = [first]
    while following := next((one for one in jobs if one.step is not None and one.step.after == line[-1].id), None):
        line.append(following)
    return tuple(line)
