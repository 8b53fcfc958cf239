"""How well an analysis recovers what was planted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from carveout.detectors import detect
from carveout.model import PATTERNS
from tests.planted.workdays import Plan, Planted, generate


@dataclass(frozen=True, slots=True)
class Score:
    """Counts pooled over workdays: links found, invented, missed; rows with the right pattern; all rows."""

    found: int = 0
    invented: int = 0
    missed: int = 0
    right: int = 0
    rows: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(*(getattr(self, f) + getattr(other, f) for f in self.__slots__))

    @property
    def f1(self) -> float:
        """F1 of `rhythmic_chain` per occurrence."""
        return 2 * self.found / max(1, 2 * self.found + self.invented + self.missed)

    @property
    def share_right(self) -> float:
        """Share of rows with the planted pattern."""
        return self.right / max(1, self.rows)

    @property
    def share_called_link(self) -> float:
        """Share of rows said to be in a chain."""
        return (self.found + self.invented) / max(1, self.rows)


def score(planted: Planted) -> Score:
    """Analyse planted workdays and hold the result against their truth."""
    said = np.array([PATTERNS[p].value for p in detect(planted.timeline()).pattern])
    truth = np.array(planted.truth)
    link, planted_link = said == "rhythmic_chain", truth == "rhythmic_chain"
    return Score(
        int((link & planted_link).sum()),
        int((link & ~planted_link).sum()),
        int((~link & planted_link).sum()),
        int((said == truth).sum()),
        len(truth),
    )


def pooled(plans: list[Plan]) -> Score:
    """The score over several plans."""
    total = Score()
    for plan in plans:
        total += score(generate(plan))
    return total
