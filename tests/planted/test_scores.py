"""Planted truth: what the detectors must recover, scenario by scenario, with the figures printed (`pytest -s`)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.planted.score import Score, pooled
from tests.planted.workdays import Plan

SEEDS = range(1000, 1010)
NOISE = {"lost": 0.1, "swapped": 0.2, "block_scatter": 15.0, "clock": 5}

# name: (what differs from a clean ten-day plan, least F1, least share of rows with the right pattern)
SCENARIOS: dict[str, tuple[dict[str, object], float, float]] = {
    "clean ten days, staff rotating": ({}, 0.97, 0.96),
    "the same staff every day": ({"rotate": False}, 0.97, 0.96),
    "a colleague takes over mid-way": ({"hand_over": 0.7}, 0.97, 0.96),
    "five-minute clock": ({"clock": 5}, 0.97, 0.96),
    "links interrupted by calls": ({"interruptions": 0.15}, 0.97, 0.96),
    "rounds within the day": ({"rounds": 5}, 0.97, 0.96),
    "minute by minute, three rows in four filler": (
        {"filler": True, "staff": 3, "filler_length": (8, 25)},
        0.95,
        0.96,
    ),
    "minute by minute, nearly all filler": ({"filler": True, "staff": 5}, 0.95, 0.96),
    "minute by minute with only four kinds of filler": ({"filler": True, "staff": 4, "filler_codes": 4}, 0.95, 0.96),
    "rows lost, neighbours swapped, starts scattered, five-minute clock": (NOISE, 0.92, 0.92),
    "all of that with hand-overs": ({**NOISE, "hand_over": 0.4}, 0.90, 0.87),
    "twenty days": ({"days": 20}, 0.97, 0.96),
    "five days": ({"days": 5}, 0.95, 0.94),
    "three days": ({"days": 3}, 0.93, 0.92),
    "one day": ({"days": 1}, 0.90, 0.90),
    "one day with hand-overs": ({"days": 1, "hand_over": 0.6}, 0.88, 0.88),
    "one day on a five-minute clock": ({"days": 1, "clock": 5}, 0.90, 0.90),
    "one day of seven rounds": ({"days": 1, "rounds": 7}, 0.95, 0.90),
    "one day, minute by minute": ({"days": 1, "filler": True, "staff": 3}, 0.75, 0.90),
    "one day, minute by minute, longer filler": (
        {"days": 1, "filler": True, "staff": 3, "filler_length": (8, 25)},
        0.75,
        0.85,
    ),
}
NO_RHYTHM = {
    "no order from day to day": {},
    "no order on a five-minute clock": {"clock": 5},
    "no order, minute by minute": {"filler": True, "staff": 3},
}


def _report(name: str, s: Score) -> None:
    print(
        f"\n  {name}: F1 {s.f1:.3f}, rows right {s.share_right:.3f}, called links {s.share_called_link:.3f} of {s.rows}"
    )


@pytest.mark.parametrize("name", SCENARIOS)
def test_planted_chains_are_recovered(name: str) -> None:
    changes, least_f1, least_right = SCENARIOS[name]
    s = pooled([replace(Plan(seed), **changes) for seed in SEEDS])
    _report(name, s)
    assert s.f1 >= least_f1
    assert s.share_right >= least_right


@pytest.mark.parametrize("name", NO_RHYTHM)
def test_where_no_rhythm_is_planted_at_most_one_row_in_a_hundred_is_called_a_link(name: str) -> None:
    s = pooled([replace(Plan(seed, rhythm=False), **NO_RHYTHM[name]) for seed in range(1000, 1030)])
    _report(name, s)
    assert s.share_called_link <= 0.01


def test_one_day_recorded_minute_by_minute_is_not_taken_for_one_long_flow() -> None:
    s = pooled([Plan(seed, days=1, rhythm=False, filler=True, staff=3) for seed in SEEDS])
    _report("one day, no order, minute by minute", s)
    assert s.share_called_link <= 0.08
