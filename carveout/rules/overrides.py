"""Overrides: where a coordinator who knows better answers instead of the rules, and what becomes of each of them.

An override speaks of one task in one mode in one unit, on some weekdays and at some hours (None: all). It answers every
verdict on these that it *covers*: all weekdays of the verdict are among its own, and at least half of the verdict's
hours lie in its own, for windows move by minutes as days are added while the work meant stays the same. A verdict is
answered whole or not at all. Where several cover one verdict the latest stands.

Two things no override moves. The law: an answer never gets more favourable than the strictest rule of law that speaks
on the verdict. A flow: taking over a chain's link may be called suitable and is shown so, with a warning, but no job
holds it (`carveout.jobs.work`). What an override could not do is said in a note; none is dropped in silence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from carveout.detectors.facts import Facts
from carveout.errors import Problem
from carveout.language import Text
from carveout.model import PATTERNS, WEEKDAYS, Mode, Overridden, Pattern, Suitability, VerdictOverride
from carveout.rules.judge import MODES, STRICTNESS, SUITABILITIES, VerdictTable
from carveout.rules.override_notes import LINK, Seen, held_by_law, note
from carveout.rules.rulebook import Rule, Rulebook
from carveout.rules.verdicts import traces
from carveout.timeline import Timeline

_DAY = 24 * 60
_ALWAYS = 4 * _DAY
_FAVOURABLE = (Suitability.SUITABLE, Suitability.CONDITIONAL)
_SAID_LATER = Text("", "")

Entries = NDArray[np.int64]
Warnings = Mapping[str, Text]  # by the code of the note that says so


@dataclass(frozen=True, slots=True)
class Overruled:
    """Verdicts after a coordinator's word: the table with the answers that stand, by entry what was overridden, notes.

    notes: warnings (`carveout.errors.Problem`) on overrides that met no verdict or could not do all they say.
    """

    table: VerdictTable
    rulings: Mapping[int, Overridden]
    notes: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Met:
    """What an override finds: verdicts it covers, and those it only touches."""

    covered: Entries
    touched: Entries


def overrule(
    timeline: Timeline, facts: Facts, rulebook: Rulebook, table: VerdictTable, overrides: Sequence[VerdictOverride]
) -> Overruled:
    """Lay overrides over a table of verdicts; without any the table itself comes back.

    Overrides are taken in the order of their time, then of the list; an entry's later one replaces the earlier.
    """
    if not overrides:
        return Overruled(table, {}, ())
    order = sorted(range(len(overrides)), key=lambda at: (_moment(overrides[at].at), at))
    finder = _Finder(timeline, table)
    met = {at: finder.met(overrides[at]) for at in order}
    standing: dict[int, int] = {}
    for at in order:
        standing |= dict.fromkeys(met[at].covered.tolist(), at)
    entries = np.array(sorted(standing), np.int64)
    law = _law(timeline, facts, rulebook, table, entries)
    links = _links(facts, table, entries)
    suitability = table.suitability.copy()
    rulings: dict[int, Overridden] = {}
    warnings: dict[int, Warnings] = {}
    for entry, at in sorted(standing.items()):
        answer, warnings[entry] = _answer(overrides[at].suitability, law.get(entry), entry in links)
        was, said = SUITABILITIES[table.suitability[entry]], list(warnings[entry].values())
        warning = Text("".join(one.ja for one in said), " ".join(one.en for one in said)) if said else None
        rulings[entry] = Overridden(overrides[at], was, _SAID_LATER, warning)
        suitability[entry] = SUITABILITIES.index(answer)
    notes: list[Problem] = []
    for at, override in enumerate(overrides):
        own = [warnings[entry] for entry in met[at].covered.tolist() if standing[entry] == at]
        notes += _notes(finder, override, met[at], own)
    return Overruled(replace(table, suitability=suitability), rulings, tuple(notes))


def covers(override: VerdictOverride, weekday: int, start: int, end: int) -> bool:
    """Whether an override answers a verdict of its unit, task and mode with this window (weekday -1: any).

    >>> from carveout.model import Mode, Suitability, Weekday
    >>> what = "1", "a", "u", "t", Mode.ASSIST
    >>> said = VerdictOverride(*what, (Weekday.MON,), 690, 780, Suitability.SUITABLE, "quiet room", "jc-01", "")
    >>> covers(said, 0, 700, 790), covers(said, 0, 600, 720), covers(said, -1, 690, 780)
    (True, False, False)
    """
    days = override.weekdays
    whole_week = days is None or set(days) == set(WEEKDAYS)
    if not whole_week and (weekday < 0 or WEEKDAYS[weekday] not in (days or ())):
        return False
    if override.start is None and override.end is None:
        return True
    inside = _shared(override, start, end)
    return inside > 0 and 2 * inside >= end - start


def _touches(override: VerdictOverride, weekday: int, start: int, end: int) -> bool:
    days = override.weekdays
    return (days is None or weekday < 0 or WEEKDAYS[weekday] in days) and _shared(override, start, end) > 0


def _shared(override: VerdictOverride, start: int, end: int) -> int:
    """Minutes of a window that lie in an override's hours."""
    first = 0 if override.start is None else override.start
    last = _ALWAYS if override.end is None else override.end
    return min(end, last) - max(start, first)


def _moment(at: str) -> datetime:
    """The time of an override; without an offset it counts as UTC, and what is no time comes before all others."""
    try:
        read = datetime.fromisoformat(at)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
    return read if read.tzinfo else read.replace(tzinfo=UTC)


class _Finder:
    """Finds the verdicts that overrides speak of, a site's entries looked up once."""

    def __init__(self, timeline: Timeline, table: VerdictTable):
        self._line, self._table = timeline, table
        self._sites = {name: at for at, name in enumerate(timeline.sites.id)}
        self._entries: dict[int, Entries] = {}

    def _of_site(self, site: int) -> Entries:
        if site not in self._entries:
            self._entries[site] = np.flatnonzero(self._table.site == site)
        return self._entries[site]

    def _named(self, override: VerdictOverride) -> Entries:
        """Entries of the unit, task and mode that an override names."""
        site = self._sites.get(override.site)
        if site is None:
            return np.zeros(0, np.int64)
        t, line, own = self._table, self._line, self._of_site(site)
        own = own[t.mode[own] == MODES.index(override.mode)]
        code, unit = line.tasks.code, line.units.name
        return np.array(
            [
                entry
                for entry in own.tolist()
                if code[t.task[entry]] == override.task
                and (unit[t.unit[entry]] if t.unit[entry] >= 0 else "") == override.unit
            ],
            np.int64,
        )

    def met(self, override: VerdictOverride) -> _Met:
        """Verdicts that an override covers, and those it reaches in part only."""
        named = self._named(override)
        at = {entry: self.window(entry) for entry in named.tolist()}
        covered = [entry for entry, window in at.items() if covers(override, *window)]
        touched = [entry for entry, window in at.items() if entry not in covered and _touches(override, *window)]
        return _Met(np.array(covered, np.int64), np.array(touched, np.int64))

    def window(self, entry: int) -> tuple[int, int, int]:
        """Weekday (-1: any), start and end of a verdict; the whole day where nobody told the hours."""
        t = self._table
        start, end = int(t.start[entry]), int(t.end[entry])
        return (int(t.weekday[entry]), *((0, _DAY) if start < 0 or end < 0 else (start, end)))

    def seen(self, override: VerdictOverride) -> Seen:
        """What there is at the place an override names, for a note that says what is amiss."""
        line, t = self._line, self._table
        site = self._sites.get(override.site)
        if site is None:
            return Seen(sites=tuple(self._sites))
        own = self._of_site(site)
        units = {line.units.name[u] if u >= 0 else "": u for u in sorted(set(t.unit[own].tolist()))}
        here = own[t.unit[own] == units[override.unit]] if override.unit in units else own[:0]
        tasks = sorted(set(t.task[here].tolist()))
        labels = {line.tasks.code[k]: Text(line.tasks.ja[k], line.tasks.en[k]) for k in tasks}
        of_task = [entry for entry in here.tolist() if line.tasks.code[t.task[entry]] == override.task]
        modes = tuple(mode for at, mode in enumerate(MODES) if any(t.mode[entry] == at for entry in of_task))
        mine = [entry for entry in of_task if MODES[t.mode[entry]] is override.mode]
        windows = tuple(dict.fromkeys(self.window(entry) for entry in mine))
        return Seen(tuple(self._sites), tuple(units), labels, modes, windows)


def _answer(said: Suitability, law: Rule | None, link: bool) -> tuple[Suitability, Warnings]:
    """The answer that stands, and warnings where it is not all that the coordinator said."""
    warnings: dict[str, Text] = {}
    answer = said
    if law is not None and STRICTNESS.index(law.suitability) > STRICTNESS.index(said):
        answer = law.suitability
        warnings["override_held_by_law"] = held_by_law(answer, law.id, law.source)
    if link and answer in _FAVOURABLE:
        warnings["override_of_link"] = LINK
    return answer, warnings


def _law(
    timeline: Timeline, facts: Facts, rulebook: Rulebook, table: VerdictTable, entries: Entries
) -> dict[int, Rule]:
    """By entry, the strictest rule of law in force that speaks on it."""
    found: dict[int, Rule] = {}
    contexts = np.unique(table.context[entries]).astype(np.int32)
    by_question = traces(timeline, facts, rulebook, table, contexts)
    for entry in entries.tolist():
        trace = by_question[MODES[table.mode[entry]], bool(table.thin[entry])]
        spoke = (rulebook.rules[at] for at in trace.speaking(int(table.context[entry])))
        laws = [rule for rule in spoke if rule.effect != "note" and rulebook.scheme(rule.scheme).layer == "law"]
        if laws:
            found[entry] = max(laws, key=lambda rule: STRICTNESS.index(rule.suitability))
    return found


def _links(facts: Facts, table: VerdictTable, entries: Entries) -> set[int]:
    """Entries about taking over what is a link of a chain of their unit, in this context or in another."""
    chains = facts.chains
    unit_of = np.repeat(chains.unit, np.diff(chains.task_offsets))
    wanted = np.isin(chains.task_ids, table.task[entries])
    linked = set(zip(unit_of[wanted].tolist(), chains.task_ids[wanted].tolist(), strict=True))
    anywhere = {task for _, task in linked}
    take_over, chain = MODES.index(Mode.TAKE_OVER), PATTERNS.index(Pattern.RHYTHMIC_CHAIN)
    found = set()
    for entry in entries.tolist():
        unit, task = int(table.unit[entry]), int(table.task[entry])
        known = (unit, task) in linked if unit >= 0 else task in anywhere
        if table.mode[entry] == take_over and (known or table.pattern[entry] == chain):
            found.add(entry)
    return found


def _notes(finder: _Finder, override: VerdictOverride, met: _Met, own: Sequence[Warnings]) -> Iterator[Problem]:
    """What an override could not do; nothing where it did all. own: warnings of the verdicts in which it stands."""
    if not len(met.covered):
        code = "override_partial" if len(met.touched) else "override_without_verdict"
        yield note(override, code, finder.seen(override))
    elif not own:
        yield note(override, "override_superseded", finder.seen(override))
    for code, warning in dict.fromkeys(one for warnings in own for one in warnings.items()):
        yield note(override, code, finder.seen(override), warning)
