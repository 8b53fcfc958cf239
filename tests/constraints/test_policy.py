"""A policy: which version holds, which figures may be chosen, whose weekly limit is the wider one."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carveout.constraints import Policy, PolicyError, areas, facts, limits
from carveout.constraints.numbers import numbers
from carveout.constraints.regions import designations
from carveout.errors import InputError
from carveout.model import Kind, Layer, Nature

CARE, CLEANING = Nature.CARE, Nature.HOUSEKEEPING
ALL = {**limits(), **facts()}


def refused(**chosen: float) -> str:
    with pytest.raises(PolicyError) as error:
        Policy(numbers=chosen)
    return error.value.message("ja")


def test_without_choices_every_number_is_the_published_one() -> None:
    policy = Policy()
    assert {name: policy.number(name) for name in limits()} == {name: one.value for name, one in limits().items()}


def test_a_law_can_be_made_stricter() -> None:
    policy = Policy({"weekly_hours": 16, "break_minutes_over_6h": 60, "days_per_month_max": 8})
    assert policy.weekly("contract") == 16
    assert (policy.number("break_minutes_over_6h"), policy.number("days_per_month_max")) == (60, 8)


@pytest.mark.parametrize(
    ("name", "laxer"),
    [
        ("weekly_hours", 21),
        ("weekly_hours_designated", 41),
        ("days_per_month_max", 12),
        ("day_hours_max", 9),
        ("break_minutes_over_6h", 30),
        ("break_minutes_over_8h", 45),
        ("days_per_week_law", 7),
        ("lifting_share", 0.5),
        ("lifting_share_woman", 0.4),
    ],
)
def test_a_law_cannot_be_made_laxer_and_the_refusal_says_why(name: str, laxer: float) -> None:
    said = refused(**{name: laxer})
    assert limits()[name].label.ja in said and "→" in said


def test_that_list_names_every_number_of_the_law() -> None:
    law = {name for name, one in limits().items() if one.layer is Layer.LAW}
    mark = test_a_law_cannot_be_made_laxer_and_the_refusal_says_why.pytestmark[0]  # type: ignore[attr-defined]
    assert {name for name, _ in mark.args[1]} == law


def test_a_refusal_is_a_value_error_and_an_input_error_in_both_languages() -> None:
    with pytest.raises(ValueError, match="laxer") as error:
        Policy({"weekly_hours": 21})
    assert isinstance(error.value, InputError)
    assert "緩められません" in error.value.message("ja") and "laxer" in error.value.message("en")


def test_all_wrong_figures_are_refused_at_once() -> None:
    with pytest.raises(PolicyError) as error:
        Policy({"weekly_hours": 30, "no_such_number": 1, "people_max": 0, "shift_hours_max": math.nan})
    found = [problem.field for problem in error.value.problems]
    assert found == ["weekly_hours", "no_such_number", "people_max", "shift_hours_max"]


@pytest.mark.parametrize("pair", [("shift_hours_min", "shift_hours_max"), ("relief_ratio_low", "relief_ratio")])
def test_a_lower_end_cannot_be_chosen_above_the_upper_one(pair: tuple[str, str]) -> None:
    low, high = pair
    assert limits()[low].label.ja in refused(**{low: limits()[high].value + 0.01})


@pytest.mark.parametrize("value", [True, "3", None])
def test_what_is_no_number_is_refused(value: object) -> None:
    assert refused(shift_hours_max=value)  # type: ignore[arg-type]


@given(name=st.sampled_from(sorted(ALL)), share=st.floats(0, 1))
def test_whatever_may_be_chosen_is_what_counts_and_the_rest_is_refused(name: str, share: float) -> None:
    about = ALL[name]
    value = about.least + share * (about.most - about.least)
    try:
        policy = Policy({name: value})
    except PolicyError as error:
        limit = limits().get(name)
        laxer = limit is not None and limit.layer is Layer.LAW
        paired = any("above" in problem.cause.en for problem in error.problems)
        assert laxer or paired
    else:
        assert policy.number(name) == value


def test_a_fact_nobody_stated_has_no_value() -> None:
    assert Policy().stated("body_weight_kg") is None
    with pytest.raises(KeyError):
        Policy().number("body_weight_kg")


def test_the_source_of_the_weekly_hours_moved_to_other_articles_in_2016() -> None:
    before, after = (Policy(on=day).limit("weekly_hours") for day in (date(2016, 3, 31), date(2016, 4, 1)))
    assert (before.value, after.value) == (20, 20)
    assert "41条" in before.source.ja and "37条" in after.source.ja


def test_a_law_binds_nobody_before_its_first_day() -> None:
    early = Policy(on=date(2012, 1, 1))
    assert not early.binds("lifting_share") and early.number("lifting_share") == math.inf
    assert Policy(on=date(1940, 1, 1)).number("break_minutes_over_6h") == 0
    assert early.limit("lifting_share").since == date(2013, 6, 18)


def test_a_convention_holds_whatever_day_is_asked_about() -> None:
    early = Policy(on=date(2014, 6, 1))
    assert early.number("shift_hours_max") == 4 and early.binds("shift_hours_max")


def test_every_number_has_a_value_on_every_day() -> None:
    for name in numbers().versions:
        for day in (date(1990, 1, 1), date(2015, 6, 1), date(2027, 1, 1)):
            assert Policy(on=day).number(name) >= 0


@pytest.mark.parametrize(
    ("channel", "hours"), [("contract", 20), ("dispatch", 40), ("placement", 40), ("information", 20)]
)
def test_a_designation_widens_dispatch_and_placement_only(channel: str, hours: float) -> None:
    assert Policy(area="saitama").weekly(channel, Kind.CARE_HOME, [CARE]) == hours
    assert Policy(designated=True).weekly(channel) == hours


@pytest.mark.parametrize("channel", ["contract", "dispatch", "placement", "information"])
@pytest.mark.parametrize("area", ["", "chiba", "kashiwa", "nagano", "nowhere"])
def test_where_no_designation_is_known_twenty_hours_hold(channel: str, area: str) -> None:
    assert Policy(area=area).weekly(channel, Kind.CARE_HOME, [CARE]) == 20


def test_a_designation_needs_the_kind_of_site_and_all_of_the_work() -> None:
    policy = Policy(area="kagoshima")
    assert policy.weekly("dispatch", Kind.CARE_HOME, [CARE, Nature.TRANSPORT]) == 40
    assert policy.weekly("dispatch", Kind.CARE_HOME, [CARE, CLEANING]) == 20
    assert policy.weekly("dispatch", Kind.NURSERY, [CARE]) == 20
    assert policy.weekly("dispatch", Kind.OTHER, [CARE]) == 20
    assert policy.weekly("dispatch") == 20  # of a kind nobody told, nothing is known


def test_a_coordinator_knows_better_than_the_data() -> None:
    assert Policy(area="saitama", designated=False).weekly("dispatch", Kind.CARE_HOME, [CARE]) == 20
    assert Policy(area="chiba", designated=True).weekly("dispatch", Kind.CARE_HOME, [CLEANING]) == 40


def test_a_designation_holds_from_its_day_and_never_before_the_law() -> None:
    def hours(day: date, designated: bool | None = None) -> float:
        return Policy(area="saitama", on=day, designated=designated).weekly("dispatch", Kind.NURSERY, [CARE])

    assert (hours(date(2019, 7, 18)), hours(date(2019, 7, 19))) == (20, 40)
    assert (hours(date(2016, 3, 31), True), hours(date(2016, 4, 1), True)) == (20, 40)


def test_a_municipality_inherits_from_its_prefecture() -> None:
    town = replace(areas()["kashiwa"], id="town", within="saitama")
    known = {**areas(), "town": town}
    assert designations("town", known) == areas()["saitama"].designations
    assert designations("kashiwa") == designations("nowhere") == ()
