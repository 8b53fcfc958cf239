"""Jobs after a coordinator's overrides: the laws hold whatever is said, and what is said shows wherever it counts."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import lru_cache
from typing import Any

import hypothesis.strategies as st
import jsonschema
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from carveout import bundled, report
from carveout.analysis import Analysis, analyze
from carveout.charts.in_words import map_as_text
from carveout.charts.slots import open_slots
from carveout.frames import verdicts as verdict_table
from carveout.jobs import draft_of, offers, shape
from carveout.jobs.work import BIN, BINS, Fragment, once, unit_work
from carveout.language import LANGUAGES
from carveout.model import Job, Mode, Overridden, Pattern, SiteResult, Suitability, Verdict, VerdictOverride, Weekday
from carveout.observations import read
from carveout.proposal import propose
from carveout.words import OVERRIDE
from tests.jobs.sites import draw, timeline
from tests.jobs.test_random_sites import (
    held,
    links,
    no_hard_limit_is_broken,
    no_link_is_taken_over,
    nothing_unsuitable_or_undetermined_is_held,
    relief_stays_within_what_was_seen,
)

OFFERED = (Suitability.SUITABLE, Suitability.CONDITIONAL)
SEEDS = (3, 8, 21)
REASON = "seen for three weeks, the nurse agrees"


@lru_cache(maxsize=len(SEEDS))
def plain(seed: int) -> tuple[Analysis, SiteResult]:
    found = analyze(timeline(seed, draw(seed)))
    return found, found.site(0)


@lru_cache(maxsize=1)
def home() -> Analysis:
    return analyze(read([next(path for path in bundled.paths() if "care-home" in path.name)]).timeline)


def about(result: SiteResult, verdict: Verdict, answer: Suitability, **changes: Any) -> VerdictOverride:
    """An override of just this verdict's window."""
    usual: dict[str, Any] = {
        "id": f"{verdict.task}-{verdict.mode}-{verdict.start}",
        "site": result.site,
        "unit": verdict.unit,
        "task": verdict.task,
        "mode": verdict.mode,
        "weekdays": verdict.weekdays,
        "start": verdict.start,
        "end": verdict.end,
        "suitability": answer,
        "reason": REASON,
        "who": "jc-01",
        "at": "2026-06-20",
    }
    return VerdictOverride(**(usual | changes))


@st.composite
def said(draw_: st.DrawFn) -> tuple[int, list[VerdictOverride]]:
    """A random site and overrides of its verdicts: of their window, of all their hours, or of odd hours."""
    seed = draw_(st.sampled_from(SEEDS))
    result = plain(seed)[1]
    chosen = draw_(st.lists(st.sampled_from(result.verdicts), min_size=1, max_size=25))
    found = []
    for verdict in chosen:
        how = draw_(st.sampled_from(["window", "always", "odd"]))
        changes: dict[str, Any] = {}
        if how == "always":
            changes = {"weekdays": None, "start": None, "end": None}
        elif how == "odd":
            start = draw_(st.integers(0, 1300))
            changes = {"weekdays": draw_(st.none() | st.just((Weekday.MON,))), "start": start, "end": start + 200}
        found.append(about(result, verdict, draw_(st.sampled_from(Suitability)), **changes))
    return seed, found


@pytest.mark.slow
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(said())
def test_no_overrides_make_a_job_hold_a_flows_link_or_what_is_not_suitable(given_: tuple[int, list]) -> None:
    seed, overrides = given_
    found = analyze(plain(seed)[0].timeline, overrides)
    result = found.site(0)
    for law in (no_link_is_taken_over, no_hard_limit_is_broken, relief_stays_within_what_was_seen):
        assert list(law(result)) == []
    # A contractor's work is the contractor's to give; that it was asked is for the coordinator to know.
    unfit = [one for one in nothing_unsuitable_or_undetermined_is_held(result) if "a contractor's" not in one]
    assert unfit == []
    jsonschema.validate(json.loads(report.dumps(found)), report.schema())
    before = plain(seed)[1]
    told = [(v, now) for v, now in zip(before.verdicts, result.verdicts, strict=True) if now.override is None]
    assert all(v == now for v, now in told)
    assert (result.chains, result.windows, result.occurrences) == (before.chains, before.windows, before.occurrences)


def test_without_overrides_the_file_is_the_same_bytes() -> None:
    found, _ = plain(SEEDS[0])
    again = analyze(found.timeline, ())
    assert report.dumps(again) == report.dumps(found)
    assert b'"override"' not in report.dumps(found)
    nowhere = [about(plain(SEEDS[0])[1], plain(SEEDS[0])[1].verdicts[0], Suitability.SUITABLE, site="elsewhere")]
    assert report.dumps(analyze(found.timeline, nowhere)) == report.dumps(found)


def first_promised(result: SiteResult) -> tuple[Job, Verdict]:
    """A job, and a verdict on work beside staff that it promises in its first slot."""
    for job in result.jobs:
        for slot in job.slots:
            for task in slot.tasks:
                for v in result.verdicts:
                    same = (v.unit, v.task, v.mode) == (slot.unit, task.task, task.mode)
                    if same and task.promised and task.mode is Mode.ASSIST and v.suitability in OFFERED:
                        return job, v
    raise AssertionError("no job promises work beside staff")


def everywhere(result: SiteResult, v: Verdict, answer: Suitability) -> VerdictOverride:
    return about(result, v, answer, weekdays=None, start=None, end=None)


def test_what_a_coordinator_takes_back_leaves_every_job_and_is_named_among_what_is_left_alone() -> None:
    before = home().site(0)
    _, v = first_promised(before)
    result = analyze(home().timeline, [everywhere(before, v, Suitability.UNSUITABLE)]).site(0)
    own = (v.unit, v.task, v.mode)
    assert [1 for _, slot, task in held(before) if (slot.unit, task.task, task.mode) == own]
    assert not [1 for _, slot, task in held(result) if (slot.unit, task.task, task.mode) == own]
    here = [job for job in result.jobs if {slot.unit for slot in job.slots} == {v.unit}]
    left = [n for job in here for n in job.not_included if (n.task, n.mode) == (v.task, v.mode)]
    assert len(left) == len(here) > 0 and all(REASON in n.reason.ja and OVERRIDE.en in n.reason.en for n in left)
    offer = next(o for o in offers(result, v.unit) if (o.task, o.mode) == (v.task, v.mode))
    assert (offer.open, offer.overridden, offer.suitability) == (False, True, Suitability.UNSUITABLE)


def test_a_slot_that_rests_on_an_override_says_so_in_the_file_and_on_the_employers_sheet() -> None:
    before = home().site(0)
    _, v = first_promised(before)
    found = analyze(home().timeline, [everywhere(before, v, Suitability.CONDITIONAL)])
    result = found.site(0)
    own = (v.unit, v.task, v.mode)
    resting = [(job, t) for job, slot, t in held(result) if (slot.unit, t.task, t.mode) == own and t.overridden]
    assert resting, "conditional work is still offered"
    assert all(task.suitability is Suitability.CONDITIONAL for _, task in resting)
    assert not [1 for _, slot, t in held(result) if (slot.unit, t.task, t.mode) != own and t.overridden]
    written = json.loads(report.dumps(found))["sites"][0]
    jsonschema.validate(json.loads(report.dumps(found)), report.schema())
    flagged = {t["task"] for job in written["jobs"] for slot in job["slots"] for t in slot["tasks"] if "override" in t}
    assert flagged == {v.task}
    answered = [one for one in written["verdicts"] if "override" in one]
    assert {(one["task"], one["suitability"], one["override"]["from"]) for one in answered} == {
        (v.task, "conditional", "suitable")
    }
    sheet = propose(result, resting[0][0])
    assert any(OVERRIDE.ja in line.often.ja for line in sheet.tasks)
    assert any(REASON in text.ja and "jc-01 2026-06-20" in text.ja for text in sheet.evidence)
    plain_sheet = propose(before, before.jobs[0])
    assert not any(OVERRIDE.ja in text.ja for text in plain_sheet.evidence)


def test_taking_over_a_link_that_is_called_suitable_is_shown_with_its_warning_and_opens_nothing() -> None:
    before = home().site(0)
    links_here = links(before)
    v = next(
        v
        for v in before.verdicts
        if v.mode is Mode.TAKE_OVER and v.pattern is Pattern.RHYTHMIC_CHAIN and (v.unit, v.task) in links_here
        and all(not step.rule.startswith(("medical", "bodily", "lifting")) for step in v.trace)
    )  # fmt: skip
    found = analyze(home().timeline, [about(before, v, Suitability.SUITABLE)])
    result = found.site(0)
    now = next(one for one in result.verdicts if one.override is not None)
    assert now.suitability is Suitability.SUITABLE and now.override is not None and now.override.warning is not None
    assert [note.code for note in found.notes] == ["override_of_link"]
    assert list(no_link_is_taken_over(result)) == []
    assert not [
        slot for slot in open_slots(result, v.unit, None) if slot.mode is Mode.TAKE_OVER and v.task in dict(slot.tasks)
    ]
    for language in LANGUAGES:
        said_ = "\n".join(map_as_text(result, v.unit, None, language))
        assert REASON in said_ and now.override.warning.in_(language) in said_
    offer = next(o for o in offers(result, v.unit) if (o.task, o.mode) == (v.task, v.mode))
    assert not offer.open


def test_a_link_stays_out_even_of_a_job_shaped_by_hand() -> None:
    before = home().site(0)
    v = next(v for v in before.verdicts if v.mode is Mode.TAKE_OVER and v.pattern is Pattern.RHYTHMIC_CHAIN)
    result = analyze(home().timeline, [everywhere(before, v, Suitability.SUITABLE)]).site(0)
    job = next(job for job in result.jobs if job.slots[0].unit == v.unit)
    draft = draft_of(result, job)
    slot = replace(draft.slots[0], tasks=(*draft.slots[0].tasks, (v.task, Mode.TAKE_OVER)))
    made = shape(result, replace(draft, slots=(slot, *draft.slots[1:])))
    put_in = next(t for t in made.slots[0].tasks if (t.task, t.mode) == (v.task, Mode.TAKE_OVER))
    assert put_in.suitability is Suitability.UNSUITABLE
    assert [check.rule for check in made.broken if check.hard] == ["verdict"]


def test_minutes_that_a_coordinator_holds_back_are_promised_by_no_wider_verdict() -> None:
    before = home().site(0)
    v = max(
        (v for v in before.verdicts if v.mode is Mode.ASSIST and v.suitability in OFFERED), key=lambda v: len(v.rows)
    )
    first, last = -(-v.start // BIN), v.start // BIN + 3
    said_ = Overridden(about(before, v, Suitability.UNSUITABLE), v.suitability, v.reason)
    narrow = replace(v, start=first * BIN, end=last * BIN, suitability=Suitability.UNSUITABLE, override=said_)
    result = replace(before, verdicts=(*before.verdicts, narrow))

    def inside(result: SiteResult, first: int, last: int) -> int:
        """Minutes of the work that lie in a stretch of quarter hours, on all days."""
        own = [f for f in unit_work(result, v.unit).fragments if (f.task, f.mode) == (v.task, v.mode)]
        return sum(int((f.until[:, last] - f.until[:, first]).sum()) for f in own)

    assert inside(before, first, last) > 0 == inside(result, first, last)
    assert inside(before, 0, first) == inside(result, 0, first)
    assert inside(before, last, BINS) == inside(result, last, BINS)


def test_no_minute_counts_twice_where_a_coordinator_opens_a_second_form_for_the_same_work() -> None:
    before = home().site(0)
    here = links(before)
    v = max(
        (v for v in before.verdicts if v.mode is Mode.ASSIST and v.suitability in OFFERED and not v.thin and any(
            (o.context, o.mode) == (v.context, Mode.TAKE_OVER) and o.suitability is Suitability.UNDETERMINED
            for o in before.verdicts) and (v.unit, v.task) not in here),
        key=lambda v: len(v.rows),
    )  # fmt: skip
    both = about(before, v, Suitability.SUITABLE, mode=Mode.TAKE_OVER, weekdays=None, start=None, end=None)
    result = analyze(home().timeline, [both]).site(0)
    work = unit_work(result, v.unit)
    forms = [f for f in work.fragments if f.task == v.task]
    assert {f.mode for f in forms} == {Mode.TAKE_OVER, Mode.ASSIST}
    minute_by_minute = [f.done for f in forms if f.done is not None]
    assert len(minute_by_minute) == len(forms)

    def counted(fragments: list[Fragment]) -> int:
        return sum(int(f.until[:, -1].sum()) for f in fragments)

    assert counted(once(forms)) == int(np.logical_or.reduce(minute_by_minute).sum()) < counted(forms)
    alone = [f for f in forms if f.mode is Mode.ASSIST]
    assert counted(once(alone)) == counted(alone) > 0
    assert list(relief_stays_within_what_was_seen(result)) == []


def test_the_table_of_verdicts_names_what_the_rules_had_said() -> None:
    result = home().site(0)
    v = next(v for v in result.verdicts if v.mode is Mode.ASSIST and v.suitability is Suitability.SUITABLE)
    table = verdict_table(analyze(home().timeline, [about(result, v, Suitability.UNSUITABLE)]))
    told = table[table["rules_said"].notna()]
    assert set(told["rules_said"]) == {"suitable"} and set(told["suitability"]) == {"unsuitable"}
    assert set(told["task"]) == {v.task} and verdict_table(home())["rules_said"].isna().all()
