"""Sums, medians and first places inside groups of a column, without a loop over the groups.

Every function takes group numbers 0 .. n-1 in any order and is n log n at worst (one sort). They are the vocabulary the
detectors are written in.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Index = NDArray[np.int64]


def dense(keys: NDArray[np.int64]) -> tuple[Index, NDArray[np.int64]]:
    """Number equal keys 0, 1, ... in the order of their value; returns (number per entry, key per number).

    >>> dense(np.array([40, 7, 40]))[0].tolist()
    [1, 0, 1]
    """
    if not len(keys):
        return np.zeros(0, np.int64), keys
    span = int(keys.max()) - int(keys.min()) + 1
    if span <= max(4 * len(keys), 1 << 16):  # small range: mark what occurs instead of sorting
        low = int(keys.min())
        seen = np.zeros(span, bool)
        seen[keys - low] = True
        values = np.flatnonzero(seen) + low
        place = np.cumsum(seen) - 1
        return place[keys - low], values
    order = np.argsort(keys)
    ordered = keys[order]
    head = runs(ordered)
    number = np.empty(len(keys), np.int64)
    number[order] = np.repeat(np.arange(len(head)), np.diff(np.append(head, len(keys))))
    return number, ordered[head]


def distinct(keys: NDArray[np.int64]) -> NDArray[np.int64]:
    """Distinct keys in ascending order (a sort of plain integers, which beats hashing here).

    >>> distinct(np.array([4, 1, 4])).tolist()
    [1, 4]
    """
    ordered = np.sort(keys)
    return ordered[runs(ordered)]


def runs(sorted_keys: NDArray[np.int64]) -> Index:
    """Positions at which a new value begins in a sorted column.

    >>> runs(np.array([3, 3, 5])).tolist()
    [0, 2]
    """
    if not len(sorted_keys):
        return np.zeros(0, np.int64)
    return np.flatnonzero(np.concatenate(([True], sorted_keys[1:] != sorted_keys[:-1])))


def total(group: Index, value: NDArray[Any], n: int) -> NDArray[np.float64]:
    """Sum of each group.

    >>> total(np.array([0, 0, 2]), np.array([1, 2, 5]), 3).tolist()
    [3.0, 0.0, 5.0]
    """
    return np.bincount(group, weights=value, minlength=n).astype(np.float64)


def median(group: Index, value: NDArray[np.float64], n: int) -> NDArray[np.float64]:
    """Median of each group (NaN for a group without entries).

    >>> median(np.array([0, 0, 1]), np.array([1.0, 4.0, 9.0]), 3).tolist()
    [2.5, 9.0, nan]
    """
    return quantile(group, value, n, 0.5)


def quantile(group: Index, value: NDArray[np.float64], n: int, q: float) -> NDArray[np.float64]:
    """Linear-interpolated quantile q of each group (NaN for a group without entries)."""
    result = np.full(n, np.nan)
    if not len(group):
        return result
    sorted_value = _sorted_inside(group, value)
    count = np.bincount(group, minlength=n)
    first = np.concatenate(([0], np.cumsum(count)[:-1]))
    has = count > 0
    place = q * (count[has] - 1)  # inside the group, so that rounding does not depend on the groups before
    low = np.floor(place).astype(np.int64)
    part = place - low
    high = first[has] + np.minimum(low + 1, count[has] - 1)
    low += first[has]
    result[has] = sorted_value[low] * (1 - part) + sorted_value[high] * part
    return result


def _sorted_inside(group: Index, value: NDArray[np.float64]) -> NDArray[np.float64]:
    """Values sorted by group, then by value; halves of minutes below 2^20 are packed into words to sort faster."""
    twice = value * 2
    whole = twice.astype(np.int64)
    if np.abs(whole).max() < 1 << 20 and np.array_equal(whole, twice):
        key = np.sort((group << 22) + whole + (1 << 21))
        return ((key & ((1 << 22) - 1)) - (1 << 21)) / 2
    return value[np.lexsort((value, group))]


def smallest(group: Index, value: NDArray[np.float64], n: int) -> NDArray[np.float64]:
    """Least value of each group (inf for a group without entries)."""
    result = np.full(n, np.inf)
    np.minimum.at(result, group, value)
    return result


def largest(group: Index, value: NDArray[np.float64], n: int) -> NDArray[np.float64]:
    """Greatest value of each group (-inf for a group without entries)."""
    result = np.full(n, -np.inf)
    np.maximum.at(result, group, value)
    return result


def components(n: int, a: Index, b: Index) -> Index:
    """Connected components of an undirected graph: for each node the least node it is joined to.

    Label propagation with pointer jumping; needs about log(longest path) rounds.

    >>> components(5, np.array([0, 3]), np.array([1, 4])).tolist()
    [0, 0, 2, 3, 3]
    """
    label = np.arange(n)
    while True:
        before = label.copy()
        low = np.minimum(label[a], label[b])
        np.minimum.at(label, a, low)
        np.minimum.at(label, b, low)
        np.minimum.at(label, before[a], low)
        np.minimum.at(label, before[b], low)
        label = label[label]
        if np.array_equal(label, before):
            return label


def expand(count: Index) -> tuple[Index, Index]:
    """For groups of given sizes: the group and the position inside it of every entry.

    >>> [x.tolist() for x in expand(np.array([2, 0, 1]))]
    [[0, 0, 2], [0, 1, 0]]
    """
    group = np.repeat(np.arange(len(count)), count)
    first = np.cumsum(count) - count
    return group, np.arange(len(group)) - first[group]
