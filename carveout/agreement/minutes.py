"""How two people's records of one day agree minute for minute, without a sampling unit.

A kappa on sampled moments falls or rises with the length of the sample. Here the time between all starts and ends of
both records is cut into *elementary intervals*, in which neither record changes; each counts by its length. Whatever a
person does at once is one state (two tasks at once are a state of their own), and doing nothing recorded is one too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from carveout.agreement.coefficients import Table, ac1, cohen, observed
from carveout.workday import Row

NOTHING = ""
_BLOCK = 30  # minutes; what follows closely is not independent, so blocks are drawn again, not intervals
_DRAWS = 2000
_SHARE = 0.95


@dataclass(frozen=True, slots=True)
class Interval:
    """Where a coefficient lies in 95 of 100 days like this one."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class MinuteAgreement:
    """Two records of one day, minute for minute.

    minutes: person-minutes compared. share: of them in the same state. kappa, ac1: beyond chance, None = undefined.
    kappa_interval: by drawing half-hours again, None where it cannot be told. states: categories of `table`, which
    holds the minutes of each state of the first record (rows) by those of the second (columns).
    """

    minutes: float
    share: float | None
    kappa: float | None
    ac1: float | None
    kappa_interval: Interval | None
    states: tuple[str, ...]
    table: Table


@dataclass(frozen=True, slots=True)
class Elementary:
    """Elementary intervals as columns: person, start, end in minutes, state in each record (index into `states`)."""

    person: NDArray[np.int64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    first: NDArray[np.int64]
    second: NDArray[np.int64]
    people: tuple[str, ...]
    states: tuple[str, ...]


Naming = Callable[[Row], str]


def by_task(row: Row) -> str:
    """The dimension that is compared if nothing else is said: the task."""
    return row.task


def elementary(first: Sequence[Row], second: Sequence[Row], named: Naming = by_task) -> Elementary:
    """Both records cut at all their boundaries, person by person, from the first start to the last end of either.

    Rows without a person count for one person without a name; rows that have no end yet are left out.
    """
    people = sorted({person for row in (*first, *second) for person in row.staff or (NOTHING,)})
    columns: list[tuple[int, int, int, str, str]] = []
    for number, person in enumerate(people):
        own = [_of(person, record, named) for record in (first, second)]
        cuts = sorted({minute for record in own for start, end, _ in record for minute in (start, end)})
        spans = list(pairwise(cuts))
        states = [_states(record, cuts) for record in own]
        columns += [(number, start, end, one, other) for (start, end), one, other in zip(spans, *states, strict=True)]
    names = tuple(sorted({name for column in columns for name in column[3:]}))
    index = {name: place for place, name in enumerate(names)}
    numbers = np.array([(*c[:3], index[c[3]], index[c[4]]) for c in columns], dtype=np.int64).reshape(-1, 5)
    person_, start_, end_, one_, other_ = (numbers[:, k].copy() for k in range(5))
    return Elementary(person_, start_, end_, one_, other_, tuple(people), names)


def minute_agreement(first: Sequence[Row], second: Sequence[Row], named: Naming = by_task) -> MinuteAgreement:
    """How far two records agree minute for minute.

    named: the dimension that is compared, a row's task if not told otherwise.

    >>> rows = [Row("a", 540, 570, "serving", ("s1",)), Row("b", 570, 600, "cleaning", ("s1",))]
    >>> minute_agreement(rows, rows).kappa
    1.0
    """
    cut = elementary(first, second, named)
    blocks = _tables(cut)
    table = blocks.sum(axis=0)
    return MinuteAgreement(
        float(table.sum()), observed(table), cohen(table), ac1(table), _interval(blocks), cut.states, table
    )


def of_state(cut: Elementary, state: str) -> float | None:
    """Kappa on one state against all the rest (was it that, or was it not), None = undefined."""
    hit = np.array([_with(state, name) for name in cut.states], dtype=np.int64)
    table = np.zeros((2, 2))
    np.add.at(table, (hit[cut.first], hit[cut.second]), cut.end - cut.start)
    return cohen(table)


def _with(state: str, name: str) -> bool:
    return state in name.split(_AND)


_AND = "\x1f"  # stands in no name


def _of(person: str, rows: Sequence[Row], named: Naming) -> list[tuple[int, int, str]]:
    return [
        (row.start, row.end, named(row))
        for row in rows
        if row.end is not None and row.end > row.start and person in (row.staff or (NOTHING,))
    ]


def _states(rows: Sequence[tuple[int, int, str]], cuts: Sequence[int]) -> list[str]:
    """What one does between each cut and the next."""
    place = {minute: index for index, minute in enumerate(cuts)}
    doing: list[set[str]] = [set() for _ in cuts[1:]]
    for start, end, name in rows:
        for index in range(place[start], place[end]):
            doing[index].add(name)
    return [_AND.join(sorted(names)) for names in doing]


def _tables(cut: Elementary) -> NDArray[np.float64]:
    """Minutes by state and state for every person's half-hour: (blocks, states, states)."""
    n = max(1, len(cut.states))
    keys: dict[tuple[int, int], int] = {}
    places: list[tuple[int, int, int, int]] = []
    columns = zip(*(c.tolist() for c in (cut.person, cut.start, cut.end, cut.first, cut.second)), strict=True)
    for person, start, end, one, other in columns:
        for block in range(start // _BLOCK, (end - 1) // _BLOCK + 1):
            inside = min(end, (block + 1) * _BLOCK) - max(start, block * _BLOCK)
            places.append((keys.setdefault((person, block), len(keys)), one, other, inside))
    tables = np.zeros((len(keys), n, n))
    for block, one, other, inside in places:
        tables[block, one, other] += inside
    return tables


def _interval(blocks: NDArray[np.float64]) -> Interval | None:
    """Percentile bootstrap of kappa over half-hours, the same for the same records."""
    if len(blocks) < 2 or cohen(blocks.sum(axis=0)) is None:
        return None
    # All that kappa needs of a block is what lies on the diagonal and in the margins.
    diagonal = np.trace(blocks, axis1=1, axis2=2)
    rows, columns = blocks.sum(axis=2), blocks.sum(axis=1)
    drawn = np.random.default_rng(0).multinomial(len(blocks), np.full(len(blocks), 1 / len(blocks)), _DRAWS)
    total = drawn @ rows.sum(axis=1)
    agreeing = drawn @ diagonal / total
    chance = ((drawn @ rows) * (drawn @ columns)).sum(axis=1) / total**2
    told = chance < 1 - 1e-12
    if told.mean() < _SHARE:
        return None
    kappas = (agreeing[told] - chance[told]) / (1 - chance[told])
    low, high = np.quantile(kappas, [(1 - _SHARE) / 2, (1 + _SHARE) / 2])
    return Interval(float(low), float(high))
