"""What one site has to say on each finding: it shows it, it does not although it could have, or it was not seen enough.

A finding is a task in a context and a mode with an answer: that meal assistance is unsuitable to take over as a link of
the daily flow is one; that it is suitable to assist where staff are few is another. Names decide only what is counted
together: sites of one kind that mean the same task by the same code.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from carveout.casebook.rule import SortingRule, sorting_rule
from carveout.model import Kind, Level, Mode, Pattern, SiteResult, Suitability, Verdict, Weekday
from carveout.thresholds import thresholds

# What is declared shows on the first day; the rest must recur before its absence means anything.
_DECLARED = frozenset((Pattern.CONTRACTED, Pattern.INTERACTION_CORE, Pattern.ADVISORY, Pattern.PLANNING))


@dataclass(frozen=True, slots=True, order=True)
class Context:
    """Where a task stands: the pattern it shows there, and whether staff are few then."""

    pattern: Pattern
    thin: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A task in a context and mode with its answer, at sites of one kind."""

    kind: Kind
    task: str
    mode: Mode
    context: Context
    suitability: Suitability


@dataclass(frozen=True, slots=True)
class Sighting:
    """One finding at one site. days: on which it rests; weekdays: which it was bound to (None = any day)."""

    finding: Finding
    site: str
    days: int
    of_days: int
    weekdays: tuple[Weekday, ...] | None
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SiteFindings:
    """All that one site shows, and for which tasks and patterns it could have shown something.

    shown: established or supported. held_back: seen, but on too few days to count. could_show: (task, pattern).
    """

    site: str
    name: str
    kind: Kind
    constructed: bool
    shown: dict[Finding, Sighting]
    held_back: dict[Finding, Sighting]
    could_show: frozenset[tuple[str, Pattern]]


def findings_of(result: SiteResult, rule: SortingRule | None = None) -> SiteFindings:
    """What one analysed site shows. A coordinator's override is no finding: what the rules said is counted."""
    could_show = frozenset(_could_show(result, rule or sorting_rule()))
    shown: dict[Finding, list[Verdict]] = {}
    held: dict[Finding, list[Verdict]] = {}
    for verdict in result.verdicts:
        answer = verdict.override.was if verdict.override else verdict.suitability
        if answer is Suitability.UNDETERMINED:
            continue
        finding = Finding(result.kind, verdict.task, verdict.mode, Context(verdict.pattern, verdict.thin), answer)
        # Were a site counted for what few days show, yet not against it, everything would look common.
        could = (verdict.task, verdict.pattern) in could_show
        enough = could and (verdict.confidence.level is not Level.PROVISIONAL or verdict.pattern in _DECLARED)
        (shown if enough else held).setdefault(finding, []).append(verdict)
    return SiteFindings(
        result.site,
        result.name,
        result.kind,
        result.constructed,
        {finding: _sighting(result.site, finding, own) for finding, own in shown.items()},
        {finding: _sighting(result.site, finding, own) for finding, own in held.items() if finding not in shown},
        could_show,
    )


def _sighting(site: str, finding: Finding, verdicts: Iterable[Verdict]) -> Sighting:
    own = sorted(verdicts, key=lambda v: (-v.confidence.days, v.unit, v.start))
    best = own[0]
    return Sighting(
        finding,
        site,
        best.confidence.days,
        best.confidence.of_days,
        best.weekdays,
        tuple(sorted({v.unit for v in own})),
    )


def _could_show(result: SiteResult, rule: SortingRule) -> Iterable[tuple[str, Pattern]]:
    """Every task of a unit seen on enough days, with the patterns that so many days would have brought to light."""
    dates: dict[str, set[str]] = {}
    tasks: dict[str, set[str]] = {}
    for occurrence in result.occurrences:
        dates.setdefault(occurrence.unit, set()).add(occurrence.date)
        tasks.setdefault(occurrence.unit, set()).add(occurrence.task)
    for unit, days in dates.items():
        weekdays = Counter(date.fromisoformat(day).weekday() for day in days)
        compared = sum(seen >= rule.numbers["weekdays_to_show"] for seen in weekdays.values())
        recurring = len(days) >= rule.numbers["days_to_show"]
        for task in tasks[unit]:
            for pattern in Pattern:
                if pattern in _DECLARED:
                    enough = True
                elif pattern is Pattern.WEEKDAY_PEAK:
                    enough = compared >= thresholds()["peak_weekdays"]
                else:
                    enough = recurring
                if enough:
                    yield task, pattern
    for verdict in result.verdicts:  # what was only told can show what is declared of it
        if verdict.pattern in _DECLARED:
            yield verdict.task, verdict.pattern
