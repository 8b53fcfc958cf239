"""What a site differs in, and which known sites a new one is most like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from carveout.casebook.book import Book, Standing
from carveout.casebook.findings import SiteFindings
from carveout.casebook.rule import Commonness, interval


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that sets a site apart: it lacks what is common (`has` False), or shows what is specific."""

    standing: Standing
    has: bool


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A known site beside a new one: alike in k of n findings on which both could have spoken, with the interval."""

    site: str
    k: int
    n: int
    low: float
    high: float


def differences(site: SiteFindings, book: Book) -> tuple[Difference, ...]:
    """What sets one site of the book apart from the others, what it lacks first."""
    lacking = [
        Difference(one, False)
        for one in book.of(Commonness.COMMON)
        if one.finding.kind is site.kind and _speaks(site, one) is False
    ]
    own = [Difference(one, True) for one in book.of(Commonness.SPECIFIC) if one.finding in site.shown]
    return (*lacking, *own)


def nearest(site: SiteFindings, book: Book, *, most: int = 5) -> tuple[Neighbour, ...]:
    """The sites of the same kind most like this one, by the lower end of the share of findings they agree on."""
    found = [_neighbour(site, other, book.standings) for other in book.sites]
    told = [one for one in found if one is not None and one.site != site.site]
    return tuple(sorted(told, key=lambda one: (-one.low, -one.n, one.site))[:most])


def _neighbour(site: SiteFindings, other: SiteFindings, standings: Sequence[Standing]) -> Neighbour | None:
    if site.kind is not other.kind:
        return None
    k = n = 0
    for one in standings:
        mine, theirs = _speaks(site, one), _speaks(other, one)
        if mine is not None and theirs is not None:
            n, k = n + 1, k + (mine == theirs)
    return Neighbour(other.site, k, n, *interval(k, n)) if n else None


def _speaks(site: SiteFindings, one: Standing) -> bool | None:
    """Whether the site shows a finding; None where it could not have, or was seen too little."""
    if one.finding in site.shown:
        return True
    could = (one.finding.task, one.finding.context.pattern) in site.could_show
    return False if could and one.finding not in site.held_back and one.finding.kind is site.kind else None
