"""The stated rule that sorts findings into common, specific and not yet known: numbers with a source and a date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files

import yaml

from carveout.language import Text
from carveout.thresholds import Threshold, Thresholds


class Commonness(StrEnum):
    """Where a finding stands across sites."""

    COMMON = "common"
    SPECIFIC = "specific"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class SortingRule:
    """The rule's numbers, and the day they were set."""

    version: date
    numbers: Thresholds

    def sort(self, k: int, n: int) -> Commonness:
        """Where a finding seen at k of n sites stands.

        >>> rule = sorting_rule()
        >>> [rule.sort(k, n).value for k, n in ((6, 6), (5, 5), (3, 30), (15, 30))]
        ['common', 'unknown', 'specific', 'unknown']
        """
        low, high = interval(k, n, self.numbers["interval"])
        if low > self.numbers["common_low"]:
            return Commonness.COMMON
        return Commonness.SPECIFIC if k and high < self.numbers["specific_high"] else Commonness.UNKNOWN

    def missing(self, k: int, n: int, *, most: int = 30) -> int | None:
        """How many further sites, all agreeing, would make it common; None if more than `most`.

        >>> sorting_rule().missing(3, 3), sorting_rule().missing(6, 6)
        (3, 0)
        """
        return next((m for m in range(most + 1) if self.sort(k + m, n + m) is Commonness.COMMON), None)


def interval(k: int, n: int, level: float = 0.95) -> tuple[float, float]:
    """Exact two-sided interval of the share k of n (Clopper and Pearson 1934); (0, 1) where nothing was seen.

    >>> tuple(round(end, 3) for end in interval(6, 6))
    (0.541, 1.0)
    """
    if n == 0:
        return 0.0, 1.0
    from scipy.stats import beta

    rest = (1 - level) / 2
    low = 0.0 if k == 0 else float(beta.ppf(rest, k, n - k + 1))
    high = 1.0 if k == n else float(beta.ppf(1 - rest, k + 1, n - k))
    return low, high


@cache
def sorting_rule() -> SortingRule:
    """The rule shipped with the package."""
    data = yaml.safe_load(files("carveout.casebook").joinpath("rule.yaml").read_bytes())
    numbers = {
        name: Threshold(float(e["value"]), e["unit"], e["since"], e["source"], Text(e["ja"], e["en"]))
        for name, e in data["thresholds"].items()
    }
    return SortingRule(date.fromisoformat(data["version"]), Thresholds(numbers))
