"""What would settle open findings, findings told together, and the cases the report tells."""

from __future__ import annotations

import re
from functools import cache

import numpy as np

from carveout.casebook import Book, Commonness, alike, casebook, findings_of, plans, stories
from carveout.model import Kind, Weekday
from tests.casebook import sites as planted


@cache
def book(n: int, days: int = 10) -> Book:
    rng = np.random.default_rng(9)
    return casebook([findings_of(planted.site(number, days=days, rng=rng)) for number in range(n)])


def test_what_is_told_together_differs_in_its_task_alone_and_nothing_is_lost() -> None:
    made = book(5)
    found = alike(made.standings)
    assert sum(len(one.standings) for one in found) == len(made.standings)
    assert len(found) < len(made.standings) / 2
    for one in found:
        told = {(s.finding.mode, s.finding.context, s.k, s.n, s.commonness, s.gap) for s in one.standings}
        assert len(told) == 1
        assert len(set(one.tasks)) == len(one.tasks)


def test_the_plan_names_as_many_sites_as_make_its_findings_common() -> None:
    made = book(3)
    (plan,) = plans(made)
    assert (plan.kind, plan.sites, plan.counted) == (Kind.OTHER, 3, 3)
    assert plan.open == len(made.of(Commonness.UNKNOWN))
    for further, settled in plan.steps:
        now = [
            one
            for one in made.of(Commonness.UNKNOWN)
            if made.rule.sort(one.k + further, one.n + further) is Commonness.COMMON
        ]
        assert len(now) == settled
    assert [settled for _, settled in plan.steps] == sorted({settled for _, settled in plan.steps})
    assert plan.weekdays == (Weekday.MON,)
    assert plan.peaks >= 1


def test_sites_seen_for_two_days_are_to_be_seen_again_and_do_not_count() -> None:
    (plan,) = plans(book(3, days=2))
    assert plan.counted == 0
    assert {site for site, _ in plan.again} == {"site-000", "site-001", "site-002"}
    assert all(held > 0 for _, held in plan.again)


def test_every_case_of_the_report_has_its_place_in_it_and_both_languages() -> None:
    japanese = re.compile(r"[ぁ-んァ-ヶ一-龠]")
    assert len({one.id for one in stories()}) == len(stories()) >= 5
    for one in stories():
        assert re.search(r"L\d+-\d+$", one.source)
        for text in (one.title, one.place, one.learned, *one.steps):
            assert japanese.search(text.ja)
            assert text.en and not japanese.search(text.en)
