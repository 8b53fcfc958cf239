"""How far two or more people agree beyond chance: Cohen's and Fleiss' kappa, and Gwet's AC1.

Kappa falls when nearly everything belongs to one category, however well people agree; AC1 does not, so both are given.
A coefficient that a table does not define (nothing to agree on, or one category only) is None, never 0 or 1.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

Table = NDArray[np.float64]
_NOTHING = 1e-12


def observed(table: ArrayLike) -> float | None:
    """Share on which two people agree. table: categories of one by categories of the other, in counts or minutes.

    >>> observed([[45, 15], [25, 15]])
    0.6
    """
    counts = _square(table)
    total = counts.sum()
    return None if total <= 0 else float(np.trace(counts) / total)


def cohen(table: ArrayLike) -> float | None:
    """Cohen's kappa of two people. None where chance alone would always agree.

    Cohen, J. (1960), Educational and Psychological Measurement 20, 37-46.

    >>> round(cohen([[20, 5], [10, 15]]), 3), cohen([[7, 0], [0, 0]])
    (0.4, None)
    """
    counts = _square(table)
    total = counts.sum()
    if total <= 0 or _chance(counts) > 1 - _NOTHING:
        return None
    from statsmodels.stats.inter_rater import cohens_kappa

    return float(cohens_kappa(counts, return_results=False))


def fleiss(counts: ArrayLike) -> float | None:
    """Fleiss' kappa of many people. counts: things judged by categories, each row summing to the number of judges.

    Fleiss, J. L. (1971), Psychological Bulletin 76, 378-382. Rows of unequal sums raise ValueError.
    """
    given = _judged(counts)
    if not len(given):
        return None
    shares = given.sum(axis=0) / given.sum()
    if (shares**2).sum() > 1 - _NOTHING:
        return None
    from statsmodels.stats.inter_rater import fleiss_kappa

    return float(fleiss_kappa(given, method="fleiss"))


def ac1(table: ArrayLike) -> float | None:
    """Gwet's AC1 of two people: agreement beyond chance that survives one category being far commoner than the rest.

    Gwet, K. L. (2008), British Journal of Mathematical and Statistical Psychology 61, 29-48.

    >>> round(ac1([[118, 5], [2, 0]]), 3)
    0.941
    """
    counts = _square(table)
    total, categories = counts.sum(), len(counts)
    if total <= 0 or categories < 2:
        return None
    shares = (counts.sum(axis=0) + counts.sum(axis=1)) / (2 * total)
    return _beyond(float(np.trace(counts) / total), shares)


def ac1_of_many(counts: ArrayLike) -> float | None:
    """Gwet's AC1 of many people. counts: as for `fleiss`."""
    given = _judged(counts)
    if not len(given) or given.shape[1] < 2:
        return None
    judges = given[0].sum()
    agreeing = (given * (given - 1)).sum(axis=1) / (judges * (judges - 1))
    return _beyond(float(agreeing.mean()), (given / judges).mean(axis=0))


def cross(first: Sequence[str], second: Sequence[str]) -> tuple[Table, tuple[str, ...]]:
    """Judgements of the same things by two people as a table, with its categories in the order of their names.

    >>> cross(["a", "b", "b"], ["a", "a", "b"])[0].tolist()
    [[1.0, 0.0], [1.0, 1.0]]
    """
    names = tuple(sorted({*first, *second}))
    number = {name: index for index, name in enumerate(names)}
    table = np.zeros((len(names), len(names)))
    for one, other in zip(first, second, strict=True):
        table[number[one], number[other]] += 1
    return table, names


def _beyond(agreeing: float, shares: NDArray[np.float64]) -> float:
    chance = float((shares * (1 - shares)).sum() / (len(shares) - 1))
    return (agreeing - chance) / (1 - chance)


def _chance(counts: Table) -> float:
    total = counts.sum()
    return float((counts.sum(axis=0) * counts.sum(axis=1)).sum() / total**2)


def _square(table: ArrayLike) -> Table:
    counts = np.asarray(table, dtype=np.float64)
    if counts.ndim != 2 or counts.shape[0] != counts.shape[1]:
        raise ValueError("a table of two people's categories is square")
    return counts


def _judged(counts: ArrayLike) -> Table:
    given = np.atleast_2d(np.asarray(counts, dtype=np.float64))
    if not given.size:
        return np.zeros((0, 0))
    sums = given.sum(axis=1)
    if (sums != sums[0]).any() or sums[0] < 2:
        raise ValueError("every row is judged by the same number of people, two at least")
    return given
