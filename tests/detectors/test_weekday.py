"""Weekday peaks: the Mondays of two weeks are found, two weekdays are one finding, and chance is not called a peak."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from carveout.detectors import Facts, detect
from carveout.model import PATTERNS, Pattern
from tests.planted.build import Row, day_number, timeline_of
from tests.planted.workdays import Plan, generate

MONDAY = day_number(dt.date(2026, 6, 1))
PEAK = PATTERNS.index(Pattern.WEEKDAY_PEAK)


def working_days(weeks: int) -> list[int]:
    return [MONDAY + 7 * week + weekday for week in range(weeks) for weekday in range(5)]


def site(
    weeks: int, weekdays: tuple[int, ...], minutes: int = 60, also: tuple[int, ...] = ()
) -> tuple[list[Row], Facts]:
    """`beds` on the given weekdays and on further days of the record, beside daily work; the rows and their facts."""
    rows = []
    for at, day in enumerate(working_days(weeks)):
        rows.append(Row("u", day, 600, 640, "daily", ("a",)))
        if (day - MONDAY) % 7 in weekdays or at in also:
            rows.append(Row("u", day, 540, 540 + minutes, "beds", ("a",)))
    return rows, detect(timeline_of(rows))


def peaks(rows: list[Row], facts: Facts) -> set[tuple[str, int]]:
    return {(r.task, (r.day - MONDAY) % 7) for r, p in zip(rows, facts.pattern, strict=True) if p == PEAK}


@pytest.mark.parametrize("weeks", [2, 3, 4, 8])
def test_every_monday_and_no_other_day_is_a_peak_from_two_weeks_on(weeks: int) -> None:
    assert peaks(*site(weeks, (0,))) == {("beds", 0)}


@pytest.mark.parametrize("weeks", [2, 3, 4])
def test_work_of_two_weekdays_is_a_peak_on_both_each_with_its_own_context(weeks: int) -> None:
    rows, facts = site(weeks, (0, 3))
    assert peaks(rows, facts) == {("beds", 0), ("beds", 3)}
    of = facts.contexts.pattern == PEAK
    assert facts.contexts.weekday[of].tolist() == [0, 3]
    assert facts.contexts.days[of].tolist() == facts.contexts.of_days[of].tolist() == [weeks, weeks]
    assert facts.contexts.peak_share[of].tolist() == [0.5, 0.5]


def test_a_little_of_it_every_day_leaves_the_heavy_monday_a_peak() -> None:
    rows, _ = site(2, (0,))
    rows += [Row("u", day, 540, 546, "beds", ("a",)) for day in working_days(2) if (day - MONDAY) % 7]
    assert peaks(rows, detect(timeline_of(rows))) == {("beds", 0)}


def test_what_gathers_nowhere_is_no_peak() -> None:
    assert peaks(*site(4, (0, 2, 4))) == set()
    assert peaks(*site(1, (0,))) == set()
    assert peaks(*site(2, (0,), also=(2, 8))) == set()


def test_a_call_that_came_twice_on_a_monday_is_no_peak() -> None:
    assert peaks(*site(2, (0,), minutes=14)) == set()
    assert peaks(*site(2, (0,), minutes=15)) == {("beds", 0)}


@pytest.mark.parametrize("days", [10, 15, 20])
def test_chance_is_hardly_ever_called_a_peak(days: int) -> None:
    """Sites without any peak, with calls, irregular work and a full record: false peaks per site, printed."""
    plan = Plan(0, days=days, peaks=0)
    kinds = [plan, replace(plan, filler=True, staff=3, filler_codes=30, filler_length=(8, 25))]
    plans = [replace(kind, seed=8000 + seed) for kind in kinds for seed in range(20)]
    false = [int((detect(generate(p).timeline()).contexts.pattern == PEAK).sum()) for p in plans]
    print(f"\n  {days} days: {sum(false)} false peaks on {len(plans)} sites")
    assert np.mean(false) <= 0.15
