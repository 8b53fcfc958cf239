"""Everything two records of one day are compared by: tasks, kinds of care, patterns and verdicts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from carveout.agreement.coefficients import ac1, cohen, cross, observed
from carveout.workday import Row


class Dimension(StrEnum):
    """What of a row is compared."""

    TASK = "task"
    CARE_CLASS = "care_class"
    PATTERN = "pattern"


@dataclass(frozen=True, slots=True)
class JudgedAlike:
    """Verdicts that follow from each record by itself. compared: pairs of task and mode in both; differing ones named.

    None = undefined.
    """

    compared: int
    share: float | None
    kappa: float | None
    ac1: float | None
    differing: tuple[tuple[str, str, str, str], ...]


def judged_alike(first: Mapping[tuple[str, str], str], second: Mapping[tuple[str, str], str]) -> JudgedAlike:
    """Compare answers by (task, mode); what only one record speaks of is not compared.

    >>> judged_alike({("a", "assist"): "suitable"}, {("a", "assist"): "unsuitable"}).differing
    (('a', 'assist', 'suitable', 'unsuitable'),)
    """
    both = sorted(first.keys() & second.keys())
    table, _ = cross([first[key] for key in both], [second[key] for key in both])
    differing = tuple((*key, first[key], second[key]) for key in both if first[key] != second[key])
    if not both:
        return JudgedAlike(0, None, None, None, ())
    return JudgedAlike(len(both), observed(table), cohen(table), ac1(table), differing)


def named_by(values: Mapping[str, str]) -> Callable[[Row], str]:
    """A naming that looks a row up by its id; a row nobody knows keeps its task."""
    return lambda row: values.get(row.id, row.task)
