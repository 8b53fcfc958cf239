"""Findings across sites: planted ones are told apart, and nothing is common on thin evidence."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from carveout.casebook import (
    Commonness,
    Context,
    Finding,
    casebook,
    differences,
    findings_of,
    interval,
    nearest,
    sorting_rule,
)
from carveout.casebook.findings import SiteFindings
from carveout.model import Kind, Mode, Pattern, Suitability
from tests.casebook import sites as planted

CHAIN = Finding(Kind.OTHER, "a", Mode.TAKE_OVER, Context(Pattern.RHYTHMIC_CHAIN), Suitability.UNSUITABLE)


def made(name: str, *, shows: bool, could: bool = True) -> SiteFindings:
    """A site that shows the chain, or does not although (or because) it could (not)."""
    place = frozenset({("a", Pattern.RHYTHMIC_CHAIN)}) if could else frozenset()
    return SiteFindings(
        name, name, Kind.OTHER, True, {CHAIN: planted.sighting(CHAIN, name)} if shows else {}, {}, place
    )


@pytest.mark.slow
def test_planted_findings_of_thirty_sites_are_sorted_as_they_were_planted() -> None:
    right = total = 0
    wrong = []
    for seed in range(3):
        book = casebook(planted.sites(30, seed))
        for one in book.standings:
            if one.finding.mode is not Mode.TAKE_OVER or one.finding.context.thin:
                continue
            expected = _expected(one.finding)
            if expected is None:
                continue
            total += 1
            right += one.commonness is expected
            if one.commonness is not expected:
                wrong.append((seed, one.finding.task, one.finding.context.pattern, one.k, one.n, one.commonness))
        assert all(one.n >= 6 and one.low > 0.5 for one in book.of(Commonness.COMMON))
        rare = [s for s in book.standings if s.finding.task in planted.TRUTH.rare]
        assert rare
        assert not [s for s in rare if s.commonness is Commonness.COMMON]
    print(
        f"\n  30 planted sites, 3 seeds: {right} of {total} findings sorted right ({right / total:.3f}); wrong: {wrong}"
    )
    assert total >= 40
    assert right / total >= 0.95


def _expected(finding: Finding) -> Commonness | None:
    """What was planted of a task's chain or peak; None for what merely came along."""
    pattern = Pattern.WEEKDAY_PEAK if finding.task == planted.PEAK else Pattern.RHYTHMIC_CHAIN
    if finding.context.pattern is not pattern:
        return None
    if finding.task in planted.TRUTH.common:
        return Commonness.COMMON
    return Commonness.SPECIFIC if finding.task in planted.TRUTH.specific else Commonness.UNKNOWN


def test_sites_seen_for_a_day_or_two_count_neither_for_nor_against() -> None:
    rng = np.random.default_rng(5)
    short = [findings_of(planted.site(100 + k, days=2, rng=rng, lacks=0)) for k in range(3)]
    assert not any(finding.context.pattern is Pattern.RHYTHMIC_CHAIN for one in short for finding in one.shown)
    book = casebook(short)
    chains = [s for s in book.standings if s.finding.context.pattern is Pattern.RHYTHMIC_CHAIN]
    assert chains
    assert all((s.k, s.n, s.commonness) == (0, 0, Commonness.UNKNOWN) for s in chains)
    assert all(s.too_few_days and s.gap is not None and s.gap.again == s.too_few_days for s in chains)


def test_a_peak_that_is_not_settled_asks_for_its_own_weekday() -> None:
    rng = np.random.default_rng(6)
    book = casebook([findings_of(planted.site(200 + k, rng=rng, lacks=0)) for k in range(3)])
    peak = next(s for s in book.standings if s.finding.task == planted.PEAK and s.finding.mode is Mode.TAKE_OVER)
    assert peak.gap is not None
    assert peak.gap.sites == 3
    assert [str(day) for day in peak.gap.weekdays or ()] == ["mon"]


def test_a_new_site_is_placed_beside_those_it_is_like_and_told_what_it_lacks() -> None:
    known = [*planted.sites(12, 1)]
    book = casebook(known)
    first = known[0]
    near = nearest(first, book)
    assert near
    assert near[0].site == known[10].site  # the only other with the same specific chain
    assert near == tuple(sorted(near, key=lambda one: -one.low))
    stripped = replace(first, shown={f: s for f, s in first.shown.items() if f.task not in ("c1", "c2")})
    lacking = {one.standing.finding.task for one in differences(stripped, book) if not one.has}
    assert {"c1", "c2"} <= lacking
    assert not {one.standing.finding.task for one in differences(first, book) if not one.has} & {"c1", "c2"}


def test_one_site_is_counted_once() -> None:
    one = made("x", shows=True)
    with pytest.raises(ValueError, match="once"):
        casebook([one, one])


@given(st.lists(st.sampled_from(["shows", "not", "silent"]), max_size=25))
def test_counts_and_interval_are_exact_and_order_does_not_matter(kinds: list[str]) -> None:
    made_sites = [made(f"s{i}", shows=kind == "shows", could=kind != "silent") for i, kind in enumerate(kinds)]
    book = casebook(made_sites)
    assert book == casebook(made_sites[::-1])
    k, n = kinds.count("shows"), len(kinds) - kinds.count("silent")
    one = book.standing(CHAIN)
    if not k:
        assert one is None
        return
    assert one is not None
    assert (one.k, one.n) == (k, n)
    exact = binomtest(k, n).proportion_ci(0.95, "exact")
    assert (one.low, one.high) == (pytest.approx(exact.low), pytest.approx(exact.high))


@given(st.integers(0, 40), st.integers(0, 40))
def test_a_further_site_that_agrees_never_makes_a_finding_less_common(k: int, more: int) -> None:
    n, rule, order = k + more, sorting_rule(), list(Commonness)
    before, after = rule.sort(k, n), rule.sort(k + 1, n + 1)
    assert interval(k + 1, n + 1)[0] >= interval(k, n)[0] - 1e-12
    if before is Commonness.COMMON:
        assert after is Commonness.COMMON
    assert order.index(Commonness.COMMON) == 0


def test_every_number_of_the_rule_has_a_source_a_date_and_both_languages() -> None:
    numbers = sorting_rule().numbers
    lacking = [
        name
        for name in numbers
        if not (
            (a := numbers.about(name)).source and a.since and a.label.ja and a.label.en and a.label.ja != a.label.en
        )
    ]
    assert lacking == []
