"""How many staff minutes a covered minute relieves: the job's own ratio or a policy's, from none to all of it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from carveout.constraints import Policy
from carveout.model import Job, Relief

NO_RELIEF = Relief(0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
# Minutes a week by which what a job says and what is placed on quarter hours may differ (fitting stops somewhere).
_SAME = 0.1


@dataclass(frozen=True, slots=True)
class Ratio:
    """Staff minutes relieved per covered minute: at least, as measured, at most (each from 0 to 1)."""

    low: float
    likely: float
    high: float


def ratio_of(relief: Relief, policy: Policy | None) -> Ratio:
    """A policy's ratios; without one those the job was reckoned with; for a job without relief the usual ones.

    >>> ratio_of(NO_RELIEF, Policy({"relief_ratio": 0.5}))
    Ratio(low=0.0, likely=0.5, high=1.0)
    """
    if policy is None and relief.covered > 0:
        return Ratio(relief.low / relief.covered, min(relief.ratio, 1.0), min(relief.high / relief.covered, 1.0))
    numbers = policy or Policy()
    likely = min(numbers.number("relief_ratio"), 1.0)
    low, high = numbers.number("relief_ratio_low"), numbers.number("relief_ratio_high")
    return Ratio(min(low, likely), likely, min(max(high, likely), 1.0))


def relief_of(job: Job, ratio: Ratio, claimed: float, held: float) -> Relief:
    """Staff minutes a week: of what the job says it covers (`claimed`) only as much as the observed days hold."""
    stated = job.relief if job.relief != NO_RELIEF else None
    thin = stated.thin if stated else math.fsum(t.thin for s in job.slots for t in s.tasks if t.promised)
    covered = claimed if claimed - held <= _SAME else held
    return Relief(
        low=covered * ratio.low,
        likely=covered * ratio.likely,
        high=covered * ratio.high,
        covered=covered,
        ratio=ratio.likely,
        thin=min(thin, covered),
    )
