"""Coefficients against published worked examples, each cited where it stands."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from carveout.agreement import ac1, ac1_of_many, cohen, cross, fleiss, observed

# Two abstractors sorting 100 pregnancies: Gwet (2014), Handbook of Inter-Rater Reliability, 4th edition; the figures
# are those of the vignette of his R package irrCAC (data set cont3x3abstractors).
ABSTRACTORS = [[13, 0, 0], [0, 20, 7], [0, 4, 56]]
# Ten subjects, fourteen judges, five categories: Fleiss (1971) as worked in full on Wikipedia, "Fleiss' kappa".
FLEISS = [
    [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
]  # fmt: skip


def test_two_abstractors_agree_as_gwet_worked_it_out() -> None:
    assert observed(ABSTRACTORS) == pytest.approx(0.89)
    assert cohen(ABSTRACTORS) == pytest.approx(0.7964094, abs=1e-7)
    assert ac1(ABSTRACTORS) == pytest.approx(0.8493305, abs=1e-7)


def test_fourteen_judges_agree_as_fleiss_worked_it_out() -> None:
    assert fleiss(FLEISS) == pytest.approx(0.210, abs=5e-4)


def test_a_prevalent_category_sinks_kappa_but_not_ac1() -> None:
    # Feinstein & Cicchetti (1990): high agreement, low kappa. Their table of 125 with 118 + 0 agreeing.
    table = [[118, 5], [2, 0]]
    assert observed(table) == pytest.approx(0.944)
    assert cohen(table) == pytest.approx(-0.0234, abs=5e-4)
    assert ac1(table) == pytest.approx(0.941, abs=5e-4)


@pytest.mark.parametrize("table", [np.zeros((0, 0)), np.zeros((2, 2))])
def test_nothing_compared_is_undefined(table: object) -> None:
    assert (observed(table), cohen(table), ac1(table)) == (None, None, None)


def test_one_category_only_leaves_kappa_undefined_and_the_share_known() -> None:
    assert (observed([[9]]), cohen([[9]]), ac1([[9]])) == (1.0, None, None)
    assert fleiss([[3, 0], [3, 0]]) is None


def test_two_judges_give_the_same_ac1_by_either_way() -> None:
    one, other = list("aabbbc"), list("abbbbc")
    table, names = cross(one, other)
    counts = [[(a == n) + (b == n) for n in names] for a, b in zip(one, other, strict=True)]
    assert ac1_of_many(counts) == pytest.approx(ac1(table))


def test_rows_judged_by_different_numbers_of_people_are_refused() -> None:
    with pytest.raises(ValueError, match="same number"):
        fleiss([[2, 1], [1, 1]])


@given(arrays.arrays(np.float64, (3, 3), elements=st.integers(0, 50).map(float)))
def test_coefficients_keep_their_bounds_and_do_not_care_who_is_first(table: np.ndarray) -> None:
    for coefficient in (observed, cohen, ac1):
        value, turned = coefficient(table), coefficient(table.T)
        assert (value is None) == (turned is None)
        if value is not None:
            assert value == pytest.approx(turned)
            assert value <= 1 + 1e-9


@given(arrays.arrays(np.float64, (3, 3), elements=st.integers(0, 50).map(float)), st.integers(2, 9))
def test_a_longer_unit_of_time_changes_nothing(table: np.ndarray, factor: int) -> None:
    value, scaled = cohen(table), cohen(table * factor)
    assert (value is None and scaled is None) or value == pytest.approx(scaled)
