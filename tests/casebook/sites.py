"""Sites with planted findings: some that nearly all share, some that few have, some about which few can speak."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from carveout.analysis import analyze
from carveout.casebook import Finding, Sighting, findings_of
from carveout.casebook.findings import SiteFindings
from carveout.model import SiteResult
from tests.planted.build import Row, timeline_of
from tests.planted.workdays import FIRST_DAY

COMMON = (("c1", "c2", "c3", "c4"), ("d1", "d2", "d3"))  # chains nearly every site has
SPECIFIC = (("e1", "e2", "e3"), ("f1", "f2", "f3"))  # chains a few sites have; elsewhere the same work has no order
RARE = (("g1", "g2", "g3"), ("h1", "h2"))  # chains of work that only a few sites know at all
PEAK = "beds"  # work of one weekday at nearly every site


@dataclass(frozen=True, slots=True)
class Truth:
    """What was planted, task by task."""

    common: frozenset[str]
    specific: frozenset[str]
    rare: frozenset[str]


TRUTH = Truth(
    frozenset(task for chain in COMMON for task in chain) | {PEAK},
    frozenset(task for chain in SPECIFIC for task in chain),
    frozenset(task for chain in RARE for task in chain),
)


def site(number: int, *, days: int = 10, rng: np.random.Generator, lacks: float = 0.04) -> SiteResult:
    """One site; its number decides which of the specific and rare chains it has."""
    ordered = [(chain, 7 * 60 + 120 * k) for k, chain in enumerate(COMMON) if rng.random() > lacks]
    loose = [task for chain in COMMON for task in chain if chain not in [c for c, _ in ordered]]
    for k, chain in enumerate(SPECIFIC):
        if number % 10 == k:
            ordered.append((chain, 12 * 60 + 90 * k))
        else:
            loose += chain
    ordered += [(chain, 15 * 60 + 60 * k) for k, chain in enumerate(RARE) if number % 10 == 5 + k]
    peak = rng.random() > lacks
    rows = [row for day in _working_days(days) for row in _day(day, ordered, loose, peak, rng)]
    return analyze(timeline_of(rows, site=f"site-{number:03d}")).site(0)


def sites(n: int, seed: int) -> tuple[SiteFindings, ...]:
    """So many sites seen for ten days each, and what they show."""
    rng = np.random.default_rng(seed)
    return tuple(findings_of(site(number, rng=rng)) for number in range(n))


def sighting(finding: Finding, name: str) -> Sighting:
    """A sighting made by hand."""
    return Sighting(finding, name, 10, 10, None, ("u",))


def _working_days(n: int) -> list[int]:
    return [day for day in range(FIRST_DAY, FIRST_DAY + 2 * n + 7) if (day + 3) % 7 < 5][:n]


def _day(
    day: int, ordered: list[tuple[tuple[str, ...], int]], loose: list[str], peak: bool, rng: np.random.Generator
) -> list[Row]:
    rows: list[Row] = []
    for chain, start in ordered:
        clock = start + int(rng.integers(-5, 6))
        who = f"s{rng.integers(0, 3)}"
        for task in chain:
            length = int(rng.integers(8, 15))
            rows.append(Row("u", day, clock, clock + length, task, (who,)))
            clock += length + int(rng.integers(0, 2))
    for task in loose:  # the same work, at any hour, in no order, by itself
        clock = int(rng.integers(8 * 60, 18 * 60))
        rows.append(Row("u", day, clock, clock + 10, task, ("s4",)))
    if peak and (day + 3) % 7 == 0:
        rows.append(Row("u", day, 18 * 60 + 30, 19 * 60 + 20, PEAK, ("s3",)))
    return rows
