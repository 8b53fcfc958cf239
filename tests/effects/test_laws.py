"""What holds of any site and any job, whatever the job claims."""

from __future__ import annotations

import random
from dataclasses import replace

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given, settings

from carveout.constraints import Policy
from carveout.effects import QUARTER, effects
from carveout.effects.covered import spread
from carveout.model import Job, Mode, SiteResult, Weekday
from tests.effects.by_hand import Row, holds, job, site, slot

TASKS = ("a", "b", "c")
FLOOR = (Mode.ASSIST, Mode.TAKE_OVER)


@st.composite
def sites(draw: st.DrawFn) -> SiteResult:
    rows: list[Row] = []
    for _ in range(draw(st.integers(1, 30))):
        start = draw(st.integers(300, 1200))
        staff = tuple(sorted(draw(st.sets(st.sampled_from(("s1", "s2", "s3"))))))
        length = draw(st.integers(1, 120))
        rows.append((draw(st.integers(0, 13)), "u", draw(st.sampled_from(TASKS)), start, start + length, staff))
    duty = []
    for offset in sorted(draw(st.sets(st.integers(0, 13), max_size=4))):
        on = draw(st.integers(300, 900))
        duty.append((offset, "u", "s1", on, on + draw(st.integers(30, 480))))
    offered = draw(st.lists(st.tuples(st.sampled_from(TASKS), st.sampled_from(list(Mode))), unique=True))
    return site(rows, duty=duty, offered=offered)


@st.composite
def jobs(draw: st.DrawFn) -> Job:
    slots = []
    for weekday in sorted(draw(st.sets(st.sampled_from(list(Weekday)), min_size=1, max_size=3))):
        start = draw(st.integers(300, 1200))
        end = start + draw(st.integers(15, 300))
        wanted = draw(st.lists(st.tuples(st.sampled_from(TASKS), st.sampled_from(list(Mode))), max_size=4, unique=True))
        minutes = st.floats(0, 200, allow_nan=False)
        slots.append(slot(start, end, *(holds(t, draw(minutes), m) for t, m in wanted), weekday=weekday))
    return job(*slots)


ratios = st.floats(0, 1, allow_nan=False)


@settings(max_examples=150, deadline=None)
@given(sites(), jobs(), ratios)
def test_nobody_is_relieved_of_work_that_was_not_seen(result, one, ratio):
    found = effects(result, one, Policy({"relief_ratio": ratio}))
    for day in found.days:
        for q in day.quarters:
            assert 0 <= q.relieved <= q.demand + 1e-9
            assert q.demand_after == pytest.approx(q.demand - q.relieved, abs=1e-9)
            lasts = sum(max(min(end, q.end) - max(start, q.start), 0) for start, end in day.hours)
            assert q.relieved * QUARTER <= lasts * ratio + 1e-6


@settings(max_examples=150, deadline=None)
@given(sites(), jobs(), ratios)
def test_the_quarter_hours_and_what_has_no_hour_sum_to_the_relief_of_the_week(result, one, ratio):
    found = effects(result, one, Policy({"relief_ratio": ratio}))
    total = sum(day.relieved_minutes for day in found.days) + found.untimed
    assert total == pytest.approx(found.relief.likely, abs=0.11)
    claimed = sum(t.observed for s in one.slots for t in s.tasks if t.mode is not Mode.ADVISE)
    assert found.relief.covered + found.missing == pytest.approx(claimed, abs=0.01)
    assert found.relief.low <= found.relief.likely <= found.relief.high <= found.relief.covered + 1e-9


@settings(max_examples=60, deadline=None)
@given(sites(), jobs(), st.integers(-10, 10))
def test_shifting_the_clock_shifts_the_picture(result, one, quarters):
    by = quarters * QUARTER
    later = replace(
        result,
        occurrences=tuple(replace(o, start=o.start + by, end=o.end + by) for o in result.occurrences),
        duty=tuple(replace(d, start=d.start + by, end=d.end + by) for d in result.duty),
    )
    moved = replace(one, slots=tuple(replace(s, start=s.start + by, end=s.end + by) for s in one.slots))
    before, after = effects(result, one), effects(later, moved)
    assert after.relief == before.relief
    for old, new in zip(before.days, after.days, strict=True):
        assert new.quarters == tuple(replace(q, start=q.start + by) for q in old.quarters)


@settings(max_examples=60, deadline=None)
@given(sites(), jobs(), st.randoms(use_true_random=False))
def test_the_order_of_rows_duty_and_slots_changes_nothing(result, one, rng: random.Random):
    def mixed(items):
        items = list(items)
        rng.shuffle(items)
        return tuple(items)

    other = replace(
        result,
        occurrences=mixed(result.occurrences),
        duty=mixed(result.duty),
        verdicts=tuple(replace(v, rows=mixed(v.rows)) for v in mixed(result.verdicts)),
    )
    assert effects(other, replace(one, slots=mixed(one.slots))) == effects(result, one)


@settings(max_examples=60, deadline=None)
@given(sites(), jobs())
def test_a_ratio_of_zero_relieves_nothing_of_any_job(result, one):
    found = effects(result, one, Policy({"relief_ratio": 0}))
    assert found.relief.likely == found.untimed == 0
    assert all(q.relieved == 0 for day in found.days for q in day.quarters)


@settings(max_examples=60, deadline=None)
@given(sites(), jobs())
def test_it_is_said_in_two_to_five_sentences(result, one):
    said = effects(result, one).text
    assert 2 <= said.ja.count("。") <= 5
    assert said.ja.endswith("。")
    assert said.en.endswith(".")
    assert "{" not in said.ja + said.en


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_whatever_can_be_placed_is_placed(data):
    """A placement that exists is found: profile and wishes are made from one that keeps the room."""
    tasks, quarters = data.draw(st.integers(1, 5)), data.draw(st.integers(1, 8))
    cells = st.lists(st.integers(0, 15), min_size=tasks * quarters, max_size=tasks * quarters)
    wish = np.array(data.draw(cells), float).reshape(tasks, quarters)
    wish *= np.minimum(1, 15 / np.maximum(wish.sum(axis=0), 1e-9))
    profile = np.minimum(wish + np.array(data.draw(cells), float).reshape(tasks, quarters), 15)
    placed = spread(profile, wish.sum(axis=1), np.full(quarters, 15.0))
    assert (placed <= 15 + 1e-6).all()
    assert (placed <= profile.sum(axis=0) + 1e-6).all()
    assert placed.sum() == pytest.approx(wish.sum(), abs=0.5)
