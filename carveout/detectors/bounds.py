"""Honest bounds for shares of few days.

The bound is the exact one-sided 95 % lower limit of Clopper and Pearson (1934): the smallest true share that would
still produce what was seen with a chance of one in twenty. It was chosen over Wilson's and Jeffreys' because it keeps
its promise at *every* number of days and every true share; with ten days the others fall below 95 % for shares near
one, which is where rhythms live. The price is caution: ten of ten days give 0.74. More days that agree never lower it.

The binomial tail is summed and inverted by bisection here: importing scipy for its incomplete beta would cost a fifth
of the command line's time. Tests hold the result against scipy's.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from carveout.detectors import grouped

CONFIDENCE = 0.95
HALVINGS = 45  # of the unit interval: beyond what a double can tell apart here
Index = NDArray[np.int64]


def lower_bound(seen: NDArray[np.integer], possible: NDArray[np.integer]) -> NDArray[np.float64]:
    """One-sided 95 % lower limit of seen/possible; 0 where nothing was seen or possible.

    seen, possible: whole numbers of equal shape, 0 <= seen <= possible.

    >>> lower_bound(np.array([10, 9, 0]), np.array([10, 10, 10])).round(3).tolist()
    [0.741, 0.606, 0.0]
    """
    k, n = np.asarray(seen, np.int64), np.asarray(possible, np.int64)
    number, pairs = grouped.dense(((k << 31) | n).ravel())
    bounds = np.array([_limit(int(pair >> 31), int(pair & ((1 << 31) - 1))) for pair in pairs], np.float64)
    return bounds[number].reshape(k.shape) if len(pairs) else np.zeros(k.shape)


@lru_cache(maxsize=1 << 14)  # the same few counts of days come again in every site
def _limit(k: int, n: int) -> float:
    """The share at which seeing k or more of n days has a chance of one in twenty."""
    if k <= 0:
        return 0.0
    days = np.arange(1, n + 1)
    log_factorial = np.concatenate(([0.0], np.cumsum(np.log(days))))
    x = np.arange(k, n + 1)
    ways = log_factorial[n] - log_factorial[x] - log_factorial[n - x]
    low, high = 0.0, 1.0
    for _ in range(HALVINGS):
        share = (low + high) / 2
        tail = np.exp(ways + x * np.log(share) + (n - x) * np.log1p(-share)).sum()
        low, high = (low, share) if tail > 1 - CONFIDENCE else (share, high)
    return (low + high) / 2
