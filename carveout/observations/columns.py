"""Integer codes for columns: pairs, groups and first appearances without a Python step per row."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from carveout.timeline import Ints, Longs

# Look-up tables up to this many cells are cheaper than sorting the rows.
_TABLE_CELLS = 1 << 24
_BLOCK = 1 << 15


def grouped(keys: Longs | Ints, span: int) -> tuple[Ints, Longs]:
    """Number equal keys alike: (group of each row, sorted distinct keys). Keys are in 0..span-1.

    Rows usually come in runs of equal keys, so only the first of each run is looked at where that pays; dense keys
    are numbered through a table, sparse ones by sorting.

    >>> groups, distinct = grouped(np.array([7, 7, 2, 7]), 8)
    >>> groups.tolist(), distinct.tolist()
    ([1, 1, 0, 1], [2, 7])
    """
    if not len(keys):
        return np.empty(0, np.int32), np.empty(0, np.int64)
    changed = keys[1:] != keys[:-1]
    if np.count_nonzero(changed) < len(keys) // 4:
        heads = np.concatenate(([0], np.flatnonzero(changed) + 1))
        lengths = np.diff(np.concatenate((heads, [len(keys)])))
        groups, distinct = _numbered(keys[heads], span)
        return np.repeat(groups, lengths), distinct
    return _numbered(keys, span)


def _numbered(keys: Longs | Ints, span: int) -> tuple[Ints, Longs]:
    if span <= max(_TABLE_CELLS, 2 * len(keys)):
        present = np.zeros(span, dtype=np.bool_)
        present[keys] = True
        distinct = np.flatnonzero(present)
        number = np.empty(span, dtype=np.int32)
        number[distinct] = np.arange(len(distinct), dtype=np.int32)
        return number[keys], distinct.astype(np.int64)
    distinct, groups = np.unique(keys, return_inverse=True)
    return groups.astype(np.int32), distinct.astype(np.int64)


def paired(first: Ints, second: Ints, n_second: int, n_first: int) -> tuple[Ints, Ints, Ints]:
    """Number equal pairs alike: (pair of each row, `first` of each pair, `second` of each pair), pairs in order.

    >>> [c.tolist() for c in paired(np.array([1, 0, 1]), np.array([0, 2, 0]), 3, 2)]
    [[1, 0, 1], [0, 1], [2, 0]]
    """
    if n_second and len(first) and n_first * n_second > _TABLE_CELLS:
        owner = np.full(n_second, -1, dtype=np.int32)
        owner[second] = first
        if np.array_equal(owner[second], first):  # each value belongs to one owner: it names the pair by itself
            return _owned(second, owner)
    n_second = max(1, n_second)
    span = n_first * n_second
    if span < 1 << 31:  # half the memory to move
        groups, distinct = grouped(first.astype(np.int32, copy=False) * np.int32(n_second) + second, span)
    else:
        groups, distinct = grouped(first.astype(np.int64) * n_second + second, span)
    return groups, (distinct // n_second).astype(np.int32), (distinct % n_second).astype(np.int32)


def _owned(second: Ints, owner: Ints) -> tuple[Ints, Ints, Ints]:
    used = np.flatnonzero(owner >= 0)
    order = used[np.argsort(owner[used], kind="stable")]
    number = np.empty(len(owner), dtype=np.int32)
    number[order] = np.arange(len(order), dtype=np.int32)
    return number[second], owner[order], order.astype(np.int32)


def by_appearance(groups: Ints, n_groups: int) -> tuple[Ints, Ints]:
    """Renumber groups in the order of their first rows: (group of each row, first row of each group).

    >>> [c.tolist() for c in by_appearance(np.array([2, 0, 2, 1]), 3)]
    [[0, 1, 0, 2], [0, 1, 3]]
    """
    first = first_rows(groups, n_groups)
    order = np.argsort(first, kind="stable")
    rank = np.empty(n_groups, dtype=np.int32)
    rank[order] = np.arange(n_groups, dtype=np.int32)
    return rank[groups], first[order]


def first_rows(groups: Ints, n_groups: int) -> Ints:
    """The first row of each group (each group must have one)."""
    first = np.zeros(n_groups, dtype=np.int32)
    first[groups[::-1]] = np.arange(len(groups) - 1, -1, -1, dtype=np.int32)  # the last write is the first row
    return first


def positions(groups: Ints, n_groups: int) -> Ints:
    """Position of each row inside its group, counting from 0 in the order given.

    >>> positions(np.array([0, 1, 0, 0], dtype=np.int32), 2).tolist()
    [0, 0, 1, 2]
    """
    n = len(groups)
    counts = np.bincount(groups, minlength=n_groups)
    starts = (np.cumsum(counts) - counts).astype(np.int32)
    place = np.arange(n, dtype=np.int32)
    if not (groups[1:] < groups[:-1]).any():
        return place - np.repeat(starts, counts)
    # Groups of one day are numbered closely together; 16 bits sort by counting instead of comparing.
    narrow = groups.astype(np.uint16) if n_groups <= 1 << 16 else groups
    order = np.argsort(narrow, kind="stable")
    result = np.empty(n, dtype=np.int32)
    result[order] = place - np.repeat(starts, counts)
    return result


def spans(starts: Longs | Ints, counts: Longs | Ints) -> Longs:
    """The indexes start, start + 1, ... of every span, one after another.

    >>> spans(np.array([5, 0]), np.array([2, 3])).tolist()
    [5, 6, 0, 1, 2]
    """
    counts = np.asarray(counts, dtype=np.int64)
    before = np.cumsum(counts) - counts
    total = int(counts.sum())
    steps: Longs = np.repeat(np.asarray(starts, dtype=np.int64) - before, counts)
    return np.arange(total, dtype=np.int64) + steps


def mixed(columns: list[NDArray[np.generic]]) -> NDArray[np.uint64]:
    """A 64-bit hash of each row over several integer columns (equal rows hash alike; verify the converse)."""
    n = len(columns[0])
    result = np.zeros(n, dtype=np.uint64)
    for at in range(0, n, _BLOCK):  # block by block, so that what is mixed stays in the cache
        block = result[at : at + _BLOCK]
        for column in columns:
            block ^= column[at : at + _BLOCK].astype(np.int64).view(np.uint64)
            block *= np.uint64(0x9E3779B97F4A7C15)  # 2^64 / golden ratio: spreads small integers over the word
            block ^= block >> np.uint64(29)
    return result
