"""The casebook: every finding with the sites that show it, of those that could have, and what would settle it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from carveout.casebook.findings import Finding, Sighting, SiteFindings
from carveout.casebook.rule import Commonness, SortingRule, interval, sorting_rule
from carveout.model import Pattern, Weekday


@dataclass(frozen=True, slots=True)
class Gap:
    """What would settle a finding: so many more sites of its kind, seen on these weekdays (None = any).

    sites: further sites that must all show it to make it common, None if out of reach. again: sites that have shown it,
    yet on too few days; another day there is the shortest way.
    """

    sites: int | None
    weekdays: tuple[Weekday, ...] | None
    again: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one finding stands: shown at k of n sites that could have shown it, with the exact interval."""

    finding: Finding
    k: int
    n: int
    low: float
    high: float
    commonness: Commonness
    sightings: tuple[Sighting, ...]
    without: tuple[str, ...]
    too_few_days: tuple[str, ...]
    gap: Gap | None


@dataclass(frozen=True, slots=True)
class Book:
    """All findings over all sites, the surest first within common, specific and not yet known."""

    rule: SortingRule
    sites: tuple[SiteFindings, ...]
    standings: tuple[Standing, ...]
    _by_finding: dict[Finding, Standing] = field(default_factory=dict, repr=False, compare=False)

    def of(self, commonness: Commonness) -> tuple[Standing, ...]:
        """The findings that stand there."""
        return tuple(one for one in self.standings if one.commonness is commonness)

    def standing(self, finding: Finding) -> Standing | None:
        """Where one finding stands, None if no site ever showed it."""
        return self._by_finding.get(finding)


def casebook(sites: Sequence[SiteFindings], rule: SortingRule | None = None) -> Book:
    """Count every finding over all sites.

    sites: what each shows (`findings_of`), each site once (ValueError otherwise), in any order.
    """
    rule = rule or sorting_rule()
    ordered = tuple(sorted(sites, key=lambda one: one.site))
    if len({one.site for one in ordered}) != len(ordered):
        raise ValueError("a site is counted once")
    findings = sorted({finding for one in ordered for finding in (*one.shown, *one.held_back)})
    standings = [_standing(finding, ordered, rule) for finding in findings]
    order = list(Commonness)
    standings.sort(key=lambda s: (order.index(s.commonness), -s.low, -s.n, s.finding))
    return Book(rule, ordered, tuple(standings), {one.finding: one for one in standings})


def _standing(finding: Finding, sites: Sequence[SiteFindings], rule: SortingRule) -> Standing:
    own = [one for one in sites if one.kind is finding.kind]
    sightings = tuple(one.shown[finding] for one in own if finding in one.shown)
    place = (finding.task, finding.context.pattern)
    without = tuple(
        one.site for one in own if place in one.could_show and finding not in one.shown and finding not in one.held_back
    )
    few = tuple(one.site for one in own if finding in one.held_back)
    k, n = len(sightings), len(sightings) + len(without)
    low, high = interval(k, n, rule.numbers["interval"])
    commonness = rule.sort(k, n)
    gap = None
    if commonness is Commonness.UNKNOWN:
        held = [one.held_back[finding] for one in own if finding in one.held_back]
        gap = Gap(rule.missing(k, n), _weekdays(finding, (*sightings, *held)), few)
    return Standing(finding, k, n, low, high, commonness, sightings, without, few, gap)


def _weekdays(finding: Finding, seen: Sequence[Sighting]) -> tuple[Weekday, ...] | None:
    """The weekdays a peak was seen on anywhere; other work may be observed on any."""
    if finding.context.pattern is not Pattern.WEEKDAY_PEAK:
        return None
    found = {day for one in seen for day in one.weekdays or ()}
    return tuple(day for day in Weekday if day in found) or None
