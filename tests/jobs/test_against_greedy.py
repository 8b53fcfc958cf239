"""The solver beside a greedy bundling on the same candidates, and beside trying every week where that is possible."""

from __future__ import annotations

from functools import partial
from itertools import combinations

import numpy as np
import pytest

from carveout import bundled
from carveout.analysis import analyze
from carveout.jobs.aims import Goal, aims
from carveout.jobs.bundling import _terms, _weekly
from carveout.jobs.shaping import bench, policy_of
from carveout.jobs.stretches import GRID, Layout, Stretches, stretches
from carveout.jobs.week import LEXICAL, Terms, best_week
from carveout.model import SiteResult
from carveout.observations import read
from tests.jobs.greedy import greedy_week
from tests.jobs.sites import random_site

THIN_FIRST: Goal = aims().goals[0]


def weeks(result: SiteResult, goal: Goal = THIN_FIRST) -> list[tuple[Stretches, Terms]]:
    """Candidates and terms of every unit and stage."""
    policy = policy_of(result)
    found = []
    for work in bench(result).works.values():
        layout = Layout([work], policy, policy.number("shift_hours_min"))
        for stage in goal.stages:
            terms = _terms(goal, stage, policy, _weekly(result, layout, goal, stage), together=False)
            found.append((stretches(layout, goal, stage), terms))
    return found


def thin_of(result: SiteResult) -> tuple[float, float, int]:
    """Support where staff are few, optimal and greedy, over all units and stages; and how many weeks there were."""
    best = plain = 0.0
    several = 0
    for found, terms in weeks(result):
        solved = best_week(found, terms, [], aims())
        ours = float(found.thin[solved[0]].sum()) if solved else 0.0
        theirs = float(found.thin[greedy_week(found, terms)].sum())
        assert ours >= theirs - 1e-6
        best, plain, several = best + ours, plain + theirs, several + 1
    return best, plain, several


@pytest.mark.slow
def test_where_staff_are_few_the_solver_never_supports_less_than_greed(capsys: pytest.CaptureFixture[str]) -> None:
    bundled_sites = analyze(read(bundled.paths()).timeline)
    sites = [bundled_sites.site(i) for i in range(len(bundled_sites.sites))] + [random_site(k) for k in range(200)]
    figures = np.array([thin_of(site) for site in sites])
    best, plain, several = figures.sum(axis=0)
    more = int((figures[:, 0] > figures[:, 1] + 1e-6).sum())
    with capsys.disabled():
        print(
            f"\nsupport where staff are few, {len(sites)} sites, {several:.0f} weeks: solver {best:.0f} min,"
            f" greedy {plain:.0f} min; the solver has more at {more} sites and less at none"
        )
    assert best >= plain


def worth_of(found: Stretches, value: np.ndarray, which: tuple[int, ...]) -> float:
    """What a week of a few visits on different days is worth, less what the model charges for it."""
    hours = {(int(found.start[k]), int(found.end[k])) for k in which}
    costs = aims()
    return float(sum(value[k] for k in which) - costs.day_cost * len(which) - costs.hours_cost * len(hours))


@pytest.mark.parametrize("seed", range(8))
def test_no_week_of_up_to_two_stretches_is_better_than_the_solvers(seed: int) -> None:
    """Every week of one or two visits, tried one by one against the costs the model states."""
    costs = aims()
    tried = 0
    for found, terms in weeks(random_site(seed)):
        if terms.days != 2 or not 0 < len(found) <= 400:
            continue
        value = found.worth + LEXICAL * found.thin

        worth = partial(worth_of, found, value)
        one = max((worth((k,)), (k,)) for k in range(len(found)))
        top = np.argsort(-value)[:60]
        pairs = [(a, b) for a, b in combinations(top.tolist(), 2) if found.weekday[a] != found.weekday[b]]
        best = max([one, *((worth(pair), pair) for pair in pairs)])[0]
        solved = best_week(found, terms, [], costs)
        if solved is None:
            assert best <= 0
            continue
        assert solved[2].proved
        # Two visits to one day (work taken over) may be better still; less it may never be. Ties cost a trifle.
        assert worth(tuple(solved[0].tolist())) >= best - GRID * 0.01 or len(solved[0]) > 2
        tried += 1
    if not tried:
        assert all(len(found) == 0 or len(found) > 400 for found, terms in weeks(random_site(seed)) if terms.days == 2)
