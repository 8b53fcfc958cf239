"""Lower bounds hold as often as they claim: a calibration run with the figures printed (`pytest -s`)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.special import betaincinv

from carveout.detectors import detect
from carveout.detectors.bounds import CONFIDENCE, lower_bound
from tests.planted.workdays import Plan, generate


def test_the_bound_covers_every_true_share_at_every_number_of_days() -> None:
    rng = np.random.default_rng(5)
    print("\n  days: least coverage over true shares 0.3 to 0.99 (claimed 0.95)")
    for days in (1, 2, 3, 5, 10, 20, 60):
        shares = np.linspace(0.3, 0.99, 24)
        seen = rng.binomial(days, shares[:, None], (24, 4000))
        covered = (lower_bound(seen, np.full(seen.shape, days)) <= shares[:, None]).mean(axis=1)
        print(f"    {days}: {covered.min():.3f}")
        assert covered.min() >= CONFIDENCE - 0.012  # three standard errors of 4,000 draws


def test_bounds_of_found_links_hold_as_often_as_they_claim() -> None:
    """Links with a known chance of showing each day: those found are a selection."""
    true_share = 0.9 * 0.9  # either end of a link is lost on one day in ten
    held = total = 0
    for seed in range(60):
        planted = generate(
            Plan(4000 + seed, lost=0.1, calls=0, others=0, routines=0, peaks=0, cleaner=False, declared=False)
        )
        links = detect(planted.timeline()).chains
        # of_days counts days with either end: condition the planted share in the same way.
        conditional = true_share / (1 - 0.1 * 0.1)
        held += int((links.link_low <= conditional).sum())
        total += len(links.link_low)
    print(f"\n  {held} of {total} bounds at or below the planted share: {held / total:.3f} (claimed {CONFIDENCE})")
    assert total > 500
    assert held / total >= CONFIDENCE


def test_the_bound_is_the_one_of_the_incomplete_beta_function() -> None:
    days = np.arange(1, 400, 7)
    seen, possible = np.meshgrid(days, days)
    fits = seen <= possible
    ours = lower_bound(seen[fits], possible[fits])
    exact = betaincinv(seen[fits], possible[fits] - seen[fits] + 1, 1 - CONFIDENCE)
    np.testing.assert_allclose(ours, exact, atol=1e-9)


def test_more_days_that_agree_never_lower_the_bound() -> None:
    for share in (0.5, 0.8, 0.9, 1.0):
        days = np.arange(10, 200, 10)
        low = lower_bound((days * share).astype(int), days)
        assert np.all(np.diff(low) >= 0)


def test_a_rhythm_is_the_surer_the_longer_it_was_watched() -> None:
    plan = Plan(77, calls=0, others=0, declared=False)
    lows = [float(np.median(detect(generate(replace(plan, days=d)).timeline()).chains.low)) for d in (1, 3, 5, 10, 20)]
    assert lows == sorted(lows)
    assert lows[0] < 0.1 < lows[-1]
