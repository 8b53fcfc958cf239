"""Which day to observe next: half the days of observing at random, on planted sites of several units."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pytest

from carveout import bundled
from carveout.analysis import analyze
from carveout.model import WEEKDAYS, Level, Mode, Pattern, SiteResult, Weekday
from carveout.next_days import best_days, days_worth_observing
from carveout.observations import read
from tests.planted.build import Row, timeline_of
from tests.planted.workdays import FIRST_DAY

CHAIN = 4
MOST_DAYS = 150
Choose = Callable[[SiteResult], tuple[str, Weekday]]


@dataclass(slots=True)
class Site:
    """A site one observes day by day: each unit has a chain of its own, and other work in no order."""

    units: tuple[str, ...]
    rng: np.random.Generator
    lost: float
    rows: list[Row]
    weeks: dict[tuple[str, int], int]
    peak: tuple[str, int] | None = None  # unit and weekday of its beds

    def observe(self, unit: str, weekday: int) -> None:
        week = self.weeks.get((unit, weekday), 0)
        self.weeks[unit, weekday] = week + 1
        day = FIRST_DAY + 7 * week + weekday
        place = self.units.index(unit)
        clock = 8 * 60 + 30 * place + int(self.rng.integers(-4, 5))
        who = f"s{self.rng.integers(0, 3)}"
        for link in range(CHAIN):
            length = int(self.rng.integers(9, 14))
            if self.rng.random() >= self.lost:
                self.rows.append(Row(unit, day, clock, clock + length, f"{unit}-link{link}", (who,)))
            clock += length + int(self.rng.integers(0, 2))
        if self.peak == (unit, weekday):
            self.rows.append(Row(unit, day, 11 * 60, 12 * 60, "beds", ("s4",)))
        for k in range(3):
            at = int(self.rng.integers(13 * 60, 17 * 60))
            self.rows.append(Row(unit, day, at, at + 12, f"{unit}-loose{k}", ("s4",)))

    def result(self) -> SiteResult:
        return analyze(timeline_of(self.rows)).site(0)


def start(seen: dict[str, int], seed: int, lost: float) -> Site:
    site = Site(tuple(seen), np.random.default_rng(seed), lost, [], {})
    for unit, days in seen.items():
        for k in range(days):
            site.observe(unit, k % 5)
    return site


def days_needed(site: Site, choose: Choose) -> int:
    """Further days until every planted link of every unit is established."""
    for days in range(MOST_DAYS):
        result = site.result()
        sure = {
            (v.unit, v.task)
            for v in result.verdicts
            if v.pattern is Pattern.RHYTHMIC_CHAIN and v.mode is Mode.TAKE_OVER
            and v.confidence.level is Level.ESTABLISHED
        }  # fmt: skip
        if all((unit, f"{unit}-link{k}") in sure for unit in site.units for k in range(CHAIN)):
            return days
        unit, weekday = choose(result)
        site.observe(unit, WEEKDAYS.index(weekday))
    return MOST_DAYS


def days_to_a_peak(site: Site, choose: Choose) -> int:
    """Further days until the planted weekday's work is established."""
    for days in range(MOST_DAYS):
        result = site.result()
        if any(
            v.task == "beds" and v.pattern is Pattern.WEEKDAY_PEAK and v.confidence.level is Level.ESTABLISHED
            for v in result.verdicts
        ):
            return days
        unit, weekday = choose(result)
        site.observe(unit, WEEKDAYS.index(weekday))
    return MOST_DAYS


def advised(result: SiteResult) -> tuple[str, Weekday]:
    best = days_worth_observing(result)[0]
    return best.unit, best.weekday


def at_random(units: tuple[str, ...], seed: int) -> Choose:
    rng = np.random.default_rng(seed)

    def choose(result: SiteResult) -> tuple[str, Weekday]:
        return units[int(rng.integers(len(units)))], WEEKDAYS[int(rng.integers(5))]

    return choose


SCENARIOS = {
    "three units known, two seen once": ({"a": 10, "b": 10, "c": 10, "d": 1, "e": 1}, 0.0),
    "the same, one row in twenty lost": ({"a": 10, "b": 10, "c": 10, "d": 1, "e": 1}, 0.05),
    "six units known, two seen twice, one row in twenty lost": (dict.fromkeys("abcdef", 9) | {"g": 2, "h": 2}, 0.05),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", SCENARIOS)
def test_advised_days_establish_planted_chains_in_half_the_days_of_random_ones(name: str) -> None:
    seen, lost = SCENARIOS[name]
    planned = [days_needed(start(seen, seed, lost), advised) for seed in range(5)]
    random = [days_needed(start(seen, seed, lost), at_random(tuple(seen), 100 + seed)) for seed in range(5)]
    ratio = sum(planned) / sum(random)
    print(f"\n  {name}: advised {planned} days, at random {random}, ratio {ratio:.2f}")
    assert ratio <= 0.5


@pytest.mark.slow
def test_where_every_unit_is_as_little_known_as_the_others_no_day_is_wasted() -> None:
    # Six agreeing days of six establish a link, so five more in each of eight units are the fewest there can be.
    seen = dict.fromkeys("abcdefgh", 1)
    planned = [days_needed(start(seen, seed, 0.0), advised) for seed in range(3)]
    random = [days_needed(start(seen, seed, 0.0), at_random(tuple(seen), 100 + seed)) for seed in range(3)]
    print(f"\n  eight units, each seen once: advised {planned} days, at random {random}, fewest possible 40")
    assert planned == [40, 40, 40]
    assert min(random) > 50


@pytest.mark.slow
def test_work_of_one_weekday_is_settled_in_far_fewer_days_than_by_chance() -> None:
    def known(seed: int) -> Site:
        site = start({}, seed, 0.0)
        site.units, site.peak = ("a", "b", "c"), ("b", 3)
        for unit in site.units:
            for k in range(10):
                site.observe(unit, k % 5)
        return site

    planned = [days_to_a_peak(known(seed), advised) for seed in range(3)]
    random = [days_to_a_peak(known(seed), at_random(("a", "b", "c"), 100 + seed)) for seed in range(3)]
    ratio = sum(planned) / sum(random)
    print(f"\n  a peak among three units: advised {planned} days, at random {random}, ratio {ratio:.2f}")
    assert ratio <= 0.5


@pytest.mark.slow
def test_no_advised_day_goes_to_a_unit_whose_chain_is_established() -> None:
    name = "the same, one row in twenty lost"
    seen, lost = SCENARIOS[name]
    site = start(seen, 0, lost)
    wasted: list[str] = []

    def choose(result: SiteResult) -> tuple[str, Weekday]:
        unit, weekday = advised(result)
        sure = {
            v.task
            for v in result.verdicts
            if v.unit == unit and v.pattern is Pattern.RHYTHMIC_CHAIN and v.confidence.level is Level.ESTABLISHED
        }
        if all(f"{unit}-link{k}" in sure for k in range(CHAIN)):
            wasted.append(unit)
        return unit, weekday

    days = days_needed(site, choose)
    print(f"\n  {name}: {len(wasted)} of {days} advised days went to a unit already settled")
    assert wasted == []


def test_a_peak_is_looked_for_on_its_own_weekday() -> None:
    nursery = analyze(read(bundled.paths()).timeline).site(1)
    best = days_worth_observing(nursery)[0]
    assert best.weekday is Weekday.MON
    peaks = {v.task for v in nursery.verdicts if v.pattern is Pattern.WEEKDAY_PEAK}
    assert best.tasks[0] in peaks
    assert 0 < best.gain < 1


def test_the_more_is_settled_the_less_a_further_day_is_worth() -> None:
    few, many = start({"a": 2, "b": 2}, 1, 0.0), start({"a": 2, "b": 9}, 1, 0.0)
    assert advised(few.result())[0] == "a"
    ranked = days_worth_observing(many.result())
    assert ranked[0].unit == "a"
    best = {unit: max((d.gain for d in ranked if d.unit == unit), default=0.0) for unit in "ab"}
    assert best["a"] > 3 * best["b"]


def test_gains_are_shares_and_several_days_are_not_all_the_same_one() -> None:
    result = start({"a": 1, "b": 1, "c": 1}, 2, 0.0).result()
    ranked = days_worth_observing(result)
    assert all(
        0 < day.gain <= 1 and day.end - day.start in (240, 1440) and 0 < day.share_of_stretch <= 1 for day in ranked
    )
    assert [day.gain for day in ranked] == sorted((day.gain for day in ranked), reverse=True)
    several = best_days(result, 6)
    assert several[0] == ranked[0]
    assert {day.unit for day in several} == {"a", "b", "c"}
    assert len({(day.unit, day.weekday) for day in several[:3]}) == 3


def test_an_unseen_weekday_is_named_as_such() -> None:
    result = start({"a": 3}, 3, 0.0).result()  # Monday to Wednesday
    unseen = {day.weekday for day in days_worth_observing(result) if day.unseen}
    assert unseen == {Weekday.THU, Weekday.FRI}
