"""A greedy bundling over the same candidates: the stretch with the most support where staff are few, then the next."""

from __future__ import annotations

import numpy as np

from carveout.jobs.stretches import Ints, Stretches
from carveout.jobs.week import Terms


def greedy_week(found: Stretches, terms: Terms) -> Ints:
    """Positions of the stretches that are taken one after the other while days and hours last, one a day."""
    order = np.lexsort((found.start, found.weekday, -found.worth, -found.thin))
    chosen: list[int] = []
    days: set[int] = set()
    minutes = 0
    for k in order.tolist():
        length = int(found.end[k] - found.start[k])
        wanted = found.thin[k] > 0 or found.worth[k] > 0
        fits = len(days) < terms.days and minutes + length <= terms.week * terms.people
        if wanted and fits and int(found.weekday[k]) not in days:
            chosen.append(k)
            days.add(int(found.weekday[k]))
            minutes += length
    return np.array(chosen, np.int64)
