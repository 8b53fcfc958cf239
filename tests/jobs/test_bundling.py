"""Jobs: what they may never hold, what they must respect, and the gold table's Monday."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from carveout.constraints import Policy
from carveout.jobs import Draft, DraftSlot, bundle, draft_of, family_of, shape
from carveout.language import Text
from carveout.model import (
    WEEKDAYS,
    Chain,
    Confidence,
    Job,
    Kind,
    Level,
    Mode,
    Nature,
    Occurrence,
    Pattern,
    SiteResult,
    Suitability,
    TaskTraits,
    Verdict,
    Weekday,
    Window,
)

MONDAY = date(2026, 6, 1)
OFFERED = {Suitability.SUITABLE, Suitability.CONDITIONAL}


def day(n: int) -> str:
    """The n-th observed day: Monday to Friday, two weeks."""
    return (MONDAY + timedelta(days=n % 5 + 7 * (n // 5))).isoformat()


def site(works: list[dict[str, Any]], n_days: int = 10, links: tuple[str, ...] = ()) -> SiteResult:
    """A site of one unit. A work: task, mode, suitability, pattern, start, end, on (numbers of days), told, weekday."""
    occurrences: list[Occurrence] = []
    verdicts: list[Verdict] = []
    for at, work in enumerate(works):
        w: dict[str, Any] = {
            "task": f"t{at}",
            "mode": Mode.ASSIST,
            "suitability": Suitability.SUITABLE,
            "pattern": Pattern.OVERLAPPING,
            "on": range(n_days),
            "told": False,
            "weekday": None,
            **work,
        }
        rows = []
        for n in w["on"]:
            if n >= n_days:
                continue
            rows.append(len(occurrences))
            occurrences.append(
                Occurrence(
                    len(occurrences), day(n), "u", n, w["task"], w["pattern"], None, w["start"], w["end"], (), None, ""
                )
            )
        if w["told"]:
            occurrences, rows = occurrences[: len(occurrences) - len(rows)], []
        verdicts.append(
            Verdict(
                unit="u",
                task=w["task"],
                mode=w["mode"],
                suitability=w["suitability"],
                pattern=w["pattern"],
                weekdays=None if w["weekday"] is None else (w["weekday"],),
                start=w["start"],
                end=w["end"],
                confidence=Confidence(Level.SUPPORTED, len(rows), n_days, 0.5),
                rule="rule",
                source="source",
                reason=Text("理由", "reason"),
                context=at,
                chain=None,
                thin=False,
                evidence={},
                rows=tuple(rows),
            )
        )
    seen = sorted({o.date for o in occurrences} | {day(n) for n in range(n_days)})
    # Every day was observed: a row of something else stands for the rest of it.
    for date_ in seen:
        occurrences.append(
            Occurrence(len(occurrences), date_, "u", 99, "rest", Pattern.OTHER, None, 420, 425, (), None, "")
        )
    return SiteResult(
        site="site",
        kind=Kind.NURSERY,
        name="",
        units=("u",),
        days_of_unit={"u": len(seen)},
        occurrences=tuple(occurrences),
        chains=(Chain("u/1", "u", links, 420, 480, n_days, n_days, ()),) if links else (),
        windows=(Window("u", None, 705, 765, 3.0, 2.0, True),),
        load={},
        verdicts=tuple(verdicts),
        jobs=(),
        task_labels={},
    )


@st.composite
def sites(draw: st.DrawFn) -> SiteResult:
    works = []
    n_days = draw(st.integers(1, 10))
    for at in range(draw(st.integers(0, 8))):
        start = draw(st.integers(380, 1300))
        works.append(
            {
                "task": draw(st.sampled_from([f"t{at}", "t0", "link"])),
                "mode": draw(st.sampled_from(list(Mode))),
                "suitability": draw(st.sampled_from(list(Suitability))),
                "pattern": draw(st.sampled_from(list(Pattern))),
                "start": start,
                "end": start + draw(st.integers(0, 200)),
                "on": draw(st.lists(st.integers(0, n_days - 1), unique=True)),
                "told": draw(st.booleans()),
                "weekday": draw(st.sampled_from([None, *WEEKDAYS[:5]])),
            }
        )
    return site(works, n_days, draw(st.sampled_from([(), ("link",), ("link", "t0")])))


@settings(max_examples=200, deadline=None)
@given(sites(), st.booleans())
def test_no_job_breaks_a_law_of_jobs(result: SiteResult, designated: bool) -> None:
    policy = Policy(designated=designated)
    links = {task for chain in result.chains for task in chain.tasks}
    rows = {o.index: o for o in result.occurrences}
    for job in bundle(result, policy):
        assert job.slots and job.weekly_hours == sum(s.end - s.start for s in job.slots) / 60
        assert job.hours_per_person <= policy.weekly(job.channel) + 1e-9
        assert all(check.ok for check in job.constraints if check.hard)
        assert job.optimality is not None and (job.optimality.proved or job.optimality.gap >= 0)
        again = shape(result, draft_of(result, job), policy=policy)
        assert (again.slots, again.relief, again.constraints) == (job.slots, job.relief, job.constraints)
        observed = 0.0
        for slot in job.slots:
            assert slot.tasks and sum(t.minutes for t in slot.tasks) <= slot.end - slot.start + 1e-6
            for t in slot.tasks:
                assert t.suitability in OFFERED and not (t.mode is Mode.TAKE_OVER and t.task in links)
                behind = [
                    v for v in result.verdicts if (v.task, v.mode) == (t.task, t.mode) and v.suitability in OFFERED
                ]
                assert behind
                assert not (t.mode is Mode.TAKE_OVER and all(v.pattern is Pattern.RHYTHMIC_CHAIN for v in behind))
                if not t.promised:
                    continue
                if t.mode is not Mode.PREPARE:  # what is prepared away from the floor is not bound to the clock
                    assert any(v.start < slot.end and v.end > slot.start for v in behind)
                minutes_seen = sum(
                    rows[r].end - rows[r].start
                    for v in behind
                    for r in v.rows
                    if date.fromisoformat(rows[r].date).weekday() == WEEKDAYS.index(slot.weekday)
                )
                if any(v.rows for v in behind):
                    observed += min(t.minutes, minutes_seen)
        assert job.staff_minutes_relieved_per_week <= observed + 1e-6
        assert job.staff_minutes_relieved_per_week <= job.weekly_hours * 60 * 20 / 30 + 0.1
        assists = any(t.mode is Mode.ASSIST for slot in job.slots for t in slot.tasks)
        assert job.channel == ("dispatch" if assists else "contract")


@settings(max_examples=100, deadline=None)
@given(sites())
def test_a_later_stage_contains_the_earlier_one(result: SiteResult) -> None:
    jobs = bundle(result)
    for first in (job for job in jobs if job.step is None):
        family = family_of(jobs, first)
        assert [job.stage for job in family] == list(range(1, len(family) + 1))
        for earlier, later in pairwise(family):
            assert later.step is not None and later.step.after == earlier.id
            assert later.step.amends
            for slot in earlier.slots:
                around = [s for s in later.slots if (s.weekday, s.unit) == (slot.weekday, slot.unit)]
                around = [s for s in around if s.start <= slot.start and slot.end <= s.end]
                assert len(around) == 1
                kept = {(t.task, t.mode) for t in around[0].tasks}
                assert kept >= {(t.task, t.mode) for t in slot.tasks if t.promised}


@settings(max_examples=50, deadline=None)
@given(sites(), st.randoms(use_true_random=False))
def test_the_order_of_verdicts_does_not_matter(result: SiteResult, random: Any) -> None:
    shuffled = list(result.verdicts)
    random.shuffle(shuffled)
    jobs, again = bundle(result), bundle(replace(result, verdicts=tuple(shuffled)))
    assert [replace(job, not_included=()) for job in jobs] == [replace(job, not_included=()) for job in again]


LUNCH = {"task": "lunch", "start": 690, "end": 780}
BEDS = {
    "task": "beds",
    "mode": Mode.TAKE_OVER,
    "pattern": Pattern.WEEKDAY_PEAK,
    "weekday": Weekday.MON,
    "start": 545,
    "end": 630,
    "on": [0, 5],
}


def tasks(job: Job, weekday: Weekday) -> list[tuple[str, Mode]]:
    return [(t.task, t.mode) for slot in job.slots if slot.weekday is weekday for t in slot.tasks]


def test_monday_beds_come_bundled_with_other_work_in_some_job_from_the_first_stage_on() -> None:
    jobs = bundle(site([BEDS, LUNCH]))
    both = {("beds", Mode.TAKE_OVER), ("lunch", Mode.ASSIST)}
    with_beds = [job for job in jobs if ("beds", Mode.TAKE_OVER) in tasks(job, Weekday.MON)]
    assert any(job.stage == 1 for job in with_beds)
    assert all(set(tasks(job, Weekday.MON)) == both for job in with_beds)
    for job in jobs:
        assert all(("beds", Mode.TAKE_OVER) not in tasks(job, other) for other in WEEKDAYS[1:])
    assert "月" in with_beds[0].title.ja and "Mon" in with_beds[0].title.en


def test_monday_beds_alone_are_no_job_and_the_reason_is_said() -> None:
    # Lunch is too far from the beds for half a day to hold both.
    (job, *_) = bundle(site([BEDS, {**LUNCH, "start": 960, "end": 1060}]))
    assert tasks(job, Weekday.MON) in ([], [("lunch", Mode.ASSIST)])
    (left,) = [n for n in job.not_included if n.task == "beds"]
    assert "抱き合わせる仕事" in left.reason.ja and "bundle" in left.reason.en
    assert bundle(site([BEDS])) == ()


def test_beds_that_staff_told_of_are_bundled_but_promise_no_relief() -> None:
    told = [
        job
        for job in bundle(site([{**BEDS, "told": True}, LUNCH]))
        if ("beds", Mode.TAKE_OVER) in tasks(job, Weekday.MON)
    ]
    assert told
    for job in told:
        beds = [t for slot in job.slots for t in slot.tasks if t.task == "beds"]
        assert all(t.minutes > 0 and t.observed == 0 for t in beds)
        lunch = sum(t.observed for slot in job.slots for t in slot.tasks if t.task == "lunch")
        assert job.relief.covered == pytest.approx(lunch)
        assert job.staff_minutes_relieved_per_week == pytest.approx(lunch * Policy().number("relief_ratio"))


def test_work_seen_on_three_days_of_ten_is_not_promised() -> None:
    jobs = bundle(site([LUNCH, {"task": "rare", "start": 700, "end": 770, "on": [0, 1, 2]}]))
    assert jobs and all(
        t.task != "rare" for job in jobs for slot in job.slots for t in slot.tasks if slot.weekday == "thu"
    )
    daily = [task for job in jobs for weekday in WEEKDAYS for task, _ in tasks(job, weekday)]
    assert daily.count("lunch") == sum(len(job.slots) for job in jobs)


def test_a_link_is_not_taken_over_even_where_another_context_would_allow_it() -> None:
    cleaning = {**BEDS, "task": "cleaning", "start": 690, "end": 780, "on": [0, 5]}
    jobs = bundle(site([cleaning, LUNCH], links=("cleaning", "rest")))
    assert jobs and all(("cleaning", Mode.TAKE_OVER) not in tasks(job, d) for job in jobs for d in WEEKDAYS)


def test_apart_from_staff_it_can_be_contract_work() -> None:
    laundry = {**BEDS, "task": "laundry", "start": 640, "end": 720}
    (job, *_) = bundle(site([BEDS, laundry, {"task": "plans", "mode": Mode.PREPARE, "start": 800, "end": 860}]))
    assert job.channel == "contract" and "37" in job.channel_reason.en


def test_what_was_seen_on_one_day_is_marked_as_resting_on_one_day() -> None:
    jobs = bundle(site([LUNCH], n_days=1))
    (check,) = [c for c in jobs[0].constraints if c.rule == "observed-days"]
    assert (check.value, check.ok) == (1.0, False)
    assert [slot.weekday for slot in jobs[-1].slots] == [Weekday.MON]


def test_a_center_may_set_its_own_numbers() -> None:
    jobs = bundle(site([LUNCH, BEDS]), Policy({"shift_hours_max": 2.0, "relief_ratio": 0.5}))
    assert all(slot.end - slot.start <= 120 for job in jobs for slot in job.slots)
    assert [c.limit for c in jobs[0].constraints if c.rule == "shift-longest"] == [2.0]


def test_a_governors_designation_widens_a_week_only_where_all_its_work_is_designated() -> None:
    whole = {"mode": Mode.TAKE_OVER, "on": range(10)}
    driving = [{**LUNCH, **whole, "task": "ride", "start": 480, "end": 720}]
    driving += [{**LUNCH, **whole, "task": "escort", "start": 840, "end": 1020}, LUNCH]
    inside, designated = site(driving), Policy(area="saitama", on=date(2026, 6, 12))
    outside = replace(inside, traits={"ride": TaskTraits(nature=Nature.HOUSEKEEPING)})

    def most(result: SiteResult, policy: Policy | None) -> float:
        jobs = bundle(result, policy)
        assert not any(check.hard for job in jobs for check in job.broken)
        return max(job.hours_per_person for job in jobs)

    assert most(inside, designated) > 20
    assert most(inside, Policy()) <= 20 and most(outside, designated) <= 20
    assert most(replace(inside, area="saitama", on="2026-06-12"), None) > 20, "the site's own area holds"
    assert most(replace(inside, area="saitama", on="2019-07-18"), None) <= 20, "not before the designation"
    assert most(replace(outside, area="designated", on="2026-06-12"), None) > 20


def test_in_a_designated_area_a_little_work_outside_it_does_not_keep_a_week_short() -> None:
    whole = {"mode": Mode.TAKE_OVER, "on": range(10)}
    works = [{**LUNCH, **whole, "task": "ride", "start": 480, "end": 720}]
    works += [{**LUNCH, **whole, "task": "escort", "start": 840, "end": 1020}, LUNCH]
    works += [{**LUNCH, **whole, "task": "sweeping", "start": 725, "end": 745}]
    mixed = replace(site(works), traits={"sweeping": TaskTraits(nature=Nature.HOUSEKEEPING)})
    alone = Policy({"people_max": 1}, on=date(2026, 6, 12))
    usual, wide = bundle(mixed, alone), bundle(mixed, replace(alone, area="saitama"))
    assert max(job.hours_per_person for job in usual) <= 20 < max(job.hours_per_person for job in wide)
    assert not any(check.hard for job in wide for check in job.broken)
    longest = max(wide, key=lambda job: job.hours_per_person)
    assert not any(task.task == "sweeping" for slot in longest.slots for task in slot.tasks)


def test_hours_that_last_beyond_the_observed_day_are_evaluated_like_any() -> None:
    result = site([LUNCH])
    till_noon, into_the_next = (
        shape(result, Draft("site", (DraftSlot(Weekday.MON, 690, end, "u", (("lunch", Mode.ASSIST),)),)))
        for end in (1800, 690 + 24 * 60)
    )
    assert till_noon.relief == into_the_next.relief and till_noon.relief.covered > 0
    assert any(check.hard for check in into_the_next.broken)


def test_nothing_to_offer_gives_no_job() -> None:
    assert bundle(site([])) == () == bundle(site([{**LUNCH, "suitability": Suitability.UNDETERMINED}]))


def test_a_unit_that_nobody_observed_is_no_error() -> None:
    told = replace(site([{**BEDS, "told": True}, {**LUNCH, "told": True, "weekday": Weekday.MON}]), occurrences=())
    jobs = [job for job in bundle(told) if ("beds", Mode.TAKE_OVER) in tasks(job, Weekday.MON)]
    assert jobs
    assert all(set(tasks(job, Weekday.MON)) == {("beds", Mode.TAKE_OVER), ("lunch", Mode.ASSIST)} for job in jobs)
    assert all(job.staff_minutes_relieved_per_week == 0.0 for job in jobs)


def test_beds_told_of_twice_on_one_weekday_count_by_the_longer_window_whichever_was_told_first() -> None:
    long, short = ({**BEDS, "told": True, "start": start} for start in (545, 600))
    jobs = bundle(site([long, short, LUNCH]))
    beds = [t.minutes for job in jobs for slot in job.slots for t in slot.tasks if t.task == "beds"]
    assert beds and max(beds) > 30
    turned = bundle(site([short, long, LUNCH]))
    assert [job.slots for job in turned] == [job.slots for job in jobs]
