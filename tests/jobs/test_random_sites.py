"""Laws of jobs, held against 200 random sites, the planted scenarios, the bundled sites and dispatch case 1.

A law looks at one site and gives what breaks it, in words; a test collects that over all sites. What a law needs to
know it reads from occurrences, chains and verdicts itself, not from the code that made the jobs.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest

from carveout import bundled
from carveout.jobs import bundle
from carveout.model import WEEKDAYS, Job, Mode, Pattern, SiteResult, Slot, SlotTask, Suitability, Verdict
from tests.jobs.documents.dispatch_case_1 import FILE
from tests.jobs.sites import SEEDS, big_analysis, offerable, planted_site, random_site, written_site
from tests.planted.test_scores import NO_RHYTHM, SCENARIOS

NEAR = 1e-6
FEW, MANY = 3, 10  # days seen, of days observed: never promised
ON_THE_CLOCK = (Mode.TAKE_OVER, Mode.ASSIST)
OFFERED = (Suitability.SUITABLE, Suitability.CONDITIONAL)

Law = Callable[[SiteResult], Iterator[str]]


def every_site() -> Iterator[SiteResult]:
    for seed in SEEDS:
        yield random_site(seed)
    for name in (*SCENARIOS, *NO_RHYTHM):
        yield planted_site(name)
    for path in (*bundled.paths(), FILE):
        yield written_site(path)


def held(result: SiteResult) -> Iterator[tuple[Job, Slot, SlotTask]]:
    for job in result.jobs:
        for slot in job.slots:
            for task in slot.tasks:
                yield job, slot, task


def links(result: SiteResult) -> set[tuple[str, str]]:
    return {(chain.unit, task) for chain in result.chains for task in chain.tasks}


def behind(result: SiteResult, slot: Slot, task: SlotTask) -> list[Verdict]:
    """The verdicts that could let a task into a slot: its unit, task, mode, weekday, and at that time of the day."""
    return [
        v
        for v in result.verdicts
        if v.unit in (slot.unit, "")
        and (v.task, v.mode) == (task.task, task.mode)
        and v.suitability in OFFERED
        and (v.weekdays is None or slot.weekday in v.weekdays)
        and (task.mode not in ON_THE_CLOCK or (v.start < slot.end and slot.start < v.end))
    ]


def no_link_is_taken_over(result: SiteResult) -> Iterator[str]:
    flow = links(result)
    for job, slot, task in held(result):
        if task.mode is Mode.TAKE_OVER and (slot.unit, task.task) in flow:
            yield f"{job.id} takes over {task.task}, a link in {slot.unit}"


def nothing_unsuitable_or_undetermined_is_held(result: SiteResult) -> Iterator[str]:
    for job, slot, task in held(result):
        found = behind(result, slot, task)
        if task.suitability not in OFFERED or not found:
            yield f"{job.id} holds {task.task} {task.mode} on {slot.weekday}: nothing offers it"
        elif task.suitability is Suitability.SUITABLE and Suitability.SUITABLE not in {v.suitability for v in found}:
            yield f"{job.id} calls {task.task} {task.mode} suitable, there it is conditional"
        if all(v.pattern is Pattern.CONTRACTED for v in found) and found:
            yield f"{job.id} holds a contractor's {task.task}"


def no_hard_limit_is_broken(result: SiteResult) -> Iterator[str]:
    for job in result.jobs:
        if not job.constraints:
            yield f"{job.id} was held against no limit"
        for check in job.constraints:
            if check.hard and not check.ok:
                yield f"{job.id} breaks {check.rule}: {check.value} against {check.limit}"
            kept = check.value >= check.limit - NEAR if check.at_least else check.value <= check.limit + NEAR
            if kept != check.ok:
                yield f"{job.id}, {check.rule}: {check.value} against {check.limit} is said to be {check.ok}"


def the_optimum_is_proved_or_the_gap_is_stated(result: SiteResult) -> Iterator[str]:
    for job in result.jobs:
        said = job.optimality
        if said is None or not math.isfinite(said.gap) or said.gap < 0 or (said.proved and said.gap > NEAR):
            yield f"{job.id}: {said}"


def nobody_is_at_two_places(result: SiteResult) -> Iterator[str]:
    for job in result.jobs:
        for a, b in combinations(job.slots, 2):
            if a.weekday is b.weekday and a.start < b.end and b.start < a.end:
                yield f"{job.id}: {a.weekday} {a.start}-{a.end} and {b.start}-{b.end}"


def hours_are_those_of_the_slots(result: SiteResult) -> Iterator[str]:
    for job in result.jobs:
        hours = sum(slot.end - slot.start for slot in job.slots) / 60
        if not job.slots or job.people < 1 or abs(job.weekly_hours - hours) > NEAR:
            yield f"{job.id}: {job.weekly_hours} h, its slots {hours}"
        if any(not 0 <= slot.start < slot.end or not slot.tasks for slot in job.slots):
            yield f"{job.id} has an empty slot"


def no_slot_holds_more_minutes_than_it_has(result: SiteResult) -> Iterator[str]:
    for job in result.jobs:
        for slot in job.slots:
            promised = sum(task.minutes for task in slot.tasks if task.promised)
            if promised > slot.end - slot.start + NEAR:
                yield f"{job.id} {slot.weekday}: {promised} minutes in {slot.end - slot.start}"
            for task in slot.tasks:
                if not all(-NEAR <= part <= task.minutes + NEAR for part in (task.observed, task.thin)):
                    yield f"{job.id} {slot.weekday}: {task}"


def relief_stays_within_what_was_seen(result: SiteResult) -> Iterator[str]:
    """No figure exceeds the person-minutes of the rows that lie in the job's slots, by weekday and on average."""
    for job in result.jobs:
        r = job.relief
        if job.staff_minutes_relieved_per_week != r.likely:
            yield f"{job.id}: two figures of relief"
        if not -NEAR <= r.low <= r.likely + NEAR <= r.high + 2 * NEAR <= r.covered + 3 * NEAR:
            yield f"{job.id}: {r}"
        if not 0 <= r.thin <= r.covered + NEAR:
            yield f"{job.id}: {r}"
        seen = sum(seen_in(result, slot) for slot in job.slots)
        if r.covered > seen + NEAR:
            yield f"{job.id} covers {r.covered} of {seen} minutes"


def seen_in(result: SiteResult, slot: Slot) -> float:
    """Minutes of rows in a slot that its tasks rest on, on average over the observed days of its weekday."""
    wanted = {(task.task, task.mode) for task in slot.tasks if task.promised}
    rows = {
        row
        for v in result.verdicts
        if (v.task, v.mode) in wanted and v.unit in (slot.unit, "") and v.suitability in OFFERED
        for row in v.rows
    }
    days: set[str] = set()
    minutes = 0
    for o in result.occurrences:
        if o.unit == slot.unit and date.fromisoformat(o.date).weekday() == WEEKDAYS.index(slot.weekday):
            days.add(o.date)
            if o.index in rows and slot.tasks:
                inside = max(0, min(o.end, slot.end) - max(o.start, slot.start))
                bound = o.end - o.start if any(t.mode not in ON_THE_CLOCK for t in slot.tasks) else inside
                minutes += bound * max(1, len(o.staff))
    return minutes / len(days) if days else 0.0


def what_was_seldom_seen_is_not_promised(result: SiteResult) -> Iterator[str]:
    """Three of ten days promise nothing, unless they are the days of a weekday's peak, or staff told of the work.

    What can be prepared at any time is not bound to the days on which it was seen.
    """
    days_of: dict[tuple[str, str], set[str]] = {}
    other = {(v.unit, v.task) for v in result.verdicts if v.pattern is Pattern.WEEKDAY_PEAK or "told_by" in v.evidence}
    for o in result.occurrences:
        days_of.setdefault((o.unit, o.task), set()).add(o.date)
    for job, slot, task in held(result):
        key = slot.unit, task.task
        if not task.promised or task.mode not in ON_THE_CLOCK or {key, ("", task.task)} & other:
            continue
        seen, observed = len(days_of.get(key, ())), result.days_of_unit.get(slot.unit, 0)
        for days, of_days in ((task.days, task.of_days), (seen, observed)):
            if days * MANY <= FEW * of_days and (of_days >= MANY or not days):
                yield f"{job.id} promises {task.task} on {slot.weekday}, seen on {days} of {of_days} days"


def stages_grow(result: SiteResult) -> Iterator[str]:
    at = {job.id: n for n, job in enumerate(result.jobs)}
    if len(at) != len(result.jobs):
        yield "two jobs share an id"
    for job in result.jobs:
        if (job.step is None) != (job.stage == 1):
            yield f"{job.id}: stage {job.stage}, {job.step}"
        if job.step is None:
            continue
        if at.get(job.step.after, len(at)) >= at[job.id]:
            yield f"{job.id} comes after {job.step.after}, which does not come before"
            continue
        before = result.jobs[at[job.step.after]]
        if before.stage != job.stage - 1 or before.aim is not job.aim:
            yield f"{job.id} is stage {job.stage} of {job.aim} after stage {before.stage} of {before.aim}"
        if not promised_by(before) <= work_of(job):
            yield f"{job.id} drops {sorted(promised_by(before) - work_of(job))}"
        if not all(any(within(slot, later) for later in job.slots) for slot in before.slots):
            yield f"{job.id} drops hours of {before.id}"
        if work_of(before) == work_of(job) and before.weekly_hours == job.weekly_hours:
            yield f"{job.id} adds nothing to {before.id}"


def work_of(job: Job) -> set[tuple[str, str, str, str]]:
    return {(slot.weekday, slot.unit, task.task, task.mode) for slot in job.slots for task in slot.tasks}


def promised_by(job: Job) -> set[tuple[str, str, str, str]]:
    """Without what comes now and then, which may give way to work that recurs."""
    kept = [(slot, task) for slot in job.slots for task in slot.tasks if task.promised]
    return {(slot.weekday, slot.unit, task.task, task.mode) for slot, task in kept}


def within(slot: Slot, later: Slot) -> bool:
    same = (slot.weekday, slot.unit) == (later.weekday, later.unit)
    return same and later.start <= slot.start and slot.end <= later.end


def what_is_left_alone_is_not_in_it(result: SiteResult) -> Iterator[str]:
    for job in result.jobs:
        inside = {(task.task, task.mode) for slot in job.slots for task in slot.tasks}
        for left in job.not_included:
            if (left.task, left.mode) in inside:
                yield f"{job.id} both holds and leaves alone {left.task} {left.mode}"
            if not left.reason.ja or not left.reason.en:
                yield f"{job.id} leaves {left.task} alone without a word"


LAWS: tuple[Law, ...] = (
    no_link_is_taken_over,
    nothing_unsuitable_or_undetermined_is_held,
    no_hard_limit_is_broken,
    the_optimum_is_proved_or_the_gap_is_stated,
    nobody_is_at_two_places,
    hours_are_those_of_the_slots,
    no_slot_holds_more_minutes_than_it_has,
    relief_stays_within_what_was_seen,
    what_was_seldom_seen_is_not_promised,
    stages_grow,
    what_is_left_alone_is_not_in_it,
)


@pytest.mark.slow
@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_no_job_of_any_site_breaks_the_law(law: Law) -> None:
    broken = [f"{result.site}: {said}" for result in every_site() for said in law(result)]
    assert not broken, f"{len(broken)} times, first:\n" + "\n".join(broken[:10])


def test_the_sites_are_varied_enough_for_the_laws_to_mean_something() -> None:
    sites = [random_site(seed) for seed in SEEDS]
    assert sum(bool(site.jobs) for site in sites) > 0.6 * len(sites)
    assert any(not site.jobs for site in sites)
    assert {task.mode for site in sites for _, _, task in held(site)} == set(Mode)
    assert {o.pattern for site in sites for o in site.occurrences} == set(Pattern)
    assert {len(site.units) for site in sites} >= {1, 2, 3, 4}
    assert {days for site in sites for days in site.days_of_unit.values()} >= {0, 1, 2, 3, 5, 12}
    for some in (
        [site for site in sites if site.windows],
        [site for site in sites if not site.duty],
        [site for site in sites if any(o.end > 24 * 60 for o in site.occurrences)],
        [site for site in sites if any("told_by" in v.evidence for v in site.verdicts)],
        [site for site in sites if all(o.start % 5 == 0 for o in site.occurrences)],
        [site for site in sites if any(job.stage > 1 for job in site.jobs)],
    ):
        assert len(some) >= 10


@pytest.mark.parametrize("seed", [3, 58, 117])
def test_the_same_site_gives_the_same_jobs(seed: int) -> None:
    result = random_site(seed)
    assert result == random_site.__wrapped__(seed)
    turned = replace(result, verdicts=result.verdicts[::-1], occurrences=result.occurrences[::-1])
    # Of a task with several verdicts against it, the first in the list is the one quoted.
    jobs, again = ([replace(job, not_included=()) for job in found] for found in (result.jobs, bundle(turned)))
    assert jobs == again


def test_a_site_of_twenty_units_offers_four_hundred_pieces_of_work_and_keeps_every_law() -> None:
    result = big_analysis().site(0)
    assert len(result.units) == 20
    assert len({offer[:3] for offer in offerable(result.verdicts)}) >= 400
    assert result.jobs
    assert [said for law in LAWS for said in law(result)] == []
