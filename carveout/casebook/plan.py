"""What would settle the open findings: further sites, weekdays, and sites to see again; and findings told together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from carveout.casebook.book import Book, Gap, Standing
from carveout.casebook.findings import Context
from carveout.casebook.rule import Commonness
from carveout.model import Kind, Mode, Pattern, Suitability, Weekday


@dataclass(frozen=True, slots=True)
class Alike:
    """Findings that differ in nothing but their task, each with where it stands."""

    standings: tuple[Standing, ...]

    @property
    def first(self) -> Standing:
        """One of them: kind, mode, context, answer, counts and gap are those of all."""
        return self.standings[0]

    @property
    def tasks(self) -> tuple[str, ...]:
        """Their tasks, in the order of the findings."""
        return tuple(one.finding.task for one in self.standings)


@dataclass(frozen=True, slots=True)
class Plan:
    """What would settle what is open at sites of one kind.

    counted: sites seen enough to count for anything that recurs; open: findings not yet known. steps: (further sites,
    findings that are common once all of them agree), from the fewest on. weekdays: on which open peaks must be seen,
    `peaks` of them. again: (site, findings held back there for too few days). divided: no number of sites will do.
    """

    kind: Kind
    sites: int
    counted: int
    open: int
    steps: tuple[tuple[int, int], ...]
    weekdays: tuple[Weekday, ...]
    peaks: int
    again: tuple[tuple[str, int], ...]
    divided: int


def alike(standings: Iterable[Standing]) -> tuple[Alike, ...]:
    """Findings told together, in the order in which the first of each stands."""
    found: dict[tuple[Kind, Mode, Suitability, Context, int, int, Commonness, Gap | None], list[Standing]] = {}
    for one in standings:
        f = one.finding
        key = (f.kind, f.mode, f.suitability, f.context, one.k, one.n, one.commonness, one.gap)
        found.setdefault(key, []).append(one)
    return tuple(Alike(tuple(own)) for own in found.values())


def plans(book: Book) -> tuple[Plan, ...]:
    """One plan for every kind of site in the book, in the order of kinds."""
    present = {one.kind for one in book.sites}
    return tuple(_plan(kind, book) for kind in Kind if kind in present)


def _plan(kind: Kind, book: Book) -> Plan:
    own = [one for one in book.sites if one.kind is kind]
    # Whatever recurs could have shown here; what is declared shows on any day and would count every site.
    counted = sum(any(pattern is Pattern.RHYTHMIC_CHAIN for _, pattern in one.could_show) for one in own)
    open_ = [one for one in book.of(Commonness.UNKNOWN) if one.finding.kind is kind and one.gap]
    gaps = [one.gap for one in open_ if one.gap]
    further = sorted({gap.sites for gap in gaps if gap.sites})
    peaks = [gap for gap in gaps if gap.weekdays]
    days = {day for gap in peaks for day in gap.weekdays or ()}
    again = Counter(site for gap in gaps for site in gap.again)
    return Plan(
        kind, len(own), counted, len(open_),
        tuple((m, sum(gap.sites is not None and gap.sites <= m for gap in gaps)) for m in further),
        tuple(day for day in Weekday if day in days), len(peaks),
        tuple(sorted(again.items(), key=lambda one: (-one[1], one[0]))),
        sum(gap.sites is None for gap in gaps),
    )  # fmt: skip
