"""Columns against the plainest way of computing the same."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from carveout.observations import columns
from carveout.observations.columns import by_appearance, grouped, mixed, paired, positions, spans

PAIRS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 6)), max_size=40)


@pytest.fixture(params=[0, 1 << 24], ids=["by sorting", "by table"])
def _table(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "_TABLE_CELLS", request.param)


def check_pairs(pairs: list[tuple[int, int]]) -> None:
    first = np.array([a for a, _ in pairs], dtype=np.int32)
    second = np.array([b for _, b in pairs], dtype=np.int32)
    number, of_first, of_second = paired(first, second, 7, 5)
    expected = sorted(set(pairs))
    assert sorted(zip(of_first.tolist(), of_second.tolist(), strict=True)) == expected
    assert [(of_first[k], of_second[k]) for k in number.tolist()] == pairs
    assert list(zip(of_first.tolist(), of_second.tolist(), strict=True)) == expected


@pytest.mark.usefixtures("_table")
@pytest.mark.parametrize("repeat", [1, 9])
def test_pairs_are_numbered_in_their_order(repeat: int) -> None:
    @given(PAIRS)
    def check(pairs: list[tuple[int, int]]) -> None:
        check_pairs([pair for pair in pairs for _ in range(repeat)])

    check()


@pytest.mark.usefixtures("_table")
def test_values_that_belong_to_one_owner_are_numbered_alike() -> None:
    @given(st.lists(st.integers(0, 6), max_size=30))
    def check(values: list[int]) -> None:
        check_pairs([(value % 3, value) for value in values])

    check()


@given(st.lists(st.integers(0, 5), max_size=50))
def test_appearance_and_positions(keys: list[int]) -> None:
    groups, distinct = grouped(np.array(keys, dtype=np.int64), 6)
    number, first = by_appearance(groups, len(distinct))
    order = list(dict.fromkeys(keys))
    assert [order.index(key) for key in keys] == number.tolist()
    assert [keys.index(key) for key in order] == first.tolist()
    assert positions(number, len(distinct)).tolist() == [keys[:k].count(key) for k, key in enumerate(keys)]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 4)), max_size=10))
def test_spans(pairs: list[tuple[int, int]]) -> None:
    expected = [start + k for start, count in pairs for k in range(count)]
    assert spans(np.array([s for s, _ in pairs]), np.array([c for _, c in pairs])).tolist() == expected


@given(PAIRS)
def test_hashes_are_equal_only_for_equal_rows(pairs: list[tuple[int, int]]) -> None:
    first, second = (np.array([pair[k] for pair in pairs], dtype=np.int32) for k in (0, 1))
    hashes = mixed([first, second]).tolist()
    assert len(set(hashes)) == len(set(pairs))
