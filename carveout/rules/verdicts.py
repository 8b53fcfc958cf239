"""Verdicts of one site as objects, with reasons, evidence, trace and the rows they rest on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from carveout.catalogue import catalogue
from carveout.detectors.facts import Facts
from carveout.language import Text
from carveout.model import PATTERNS, WEEKDAYS, Confidence, Level, Mode, Overridden, TraceStep, Verdict
from carveout.rules import wording
from carveout.rules.judge import MODES, QUESTIONS, SUITABILITIES, VerdictTable, matching
from carveout.rules.override_notes import reason_of
from carveout.rules.rulebook import Rulebook
from carveout.rules.subjects import Bools, Subjects, in_thin_windows, whole
from carveout.timeline import Timeline

_LEVELS = tuple(Level)
_WHOLE_DAY = (0, 24 * 60)
# 1970-01-01 was a Thursday.
_FIRST_WEEKDAY = 3

Rows = NDArray[np.int64]
_NONE: Mapping[int, Overridden] = MappingProxyType({})


def verdicts_of_site(
    timeline: Timeline,
    facts: Facts,
    table: VerdictTable,
    rulebook: Rulebook,
    site_index: int,
    *,
    rows: Rows | None = None,
    rulings: Mapping[int, Overridden] = _NONE,
) -> tuple[Verdict, ...]:
    """The verdicts of one site, ordered by unit, window, task and mode.

    rows: timeline positions of the site's rows, if the caller knows them already. rulings: what a coordinator answered,
    by position in the table (`carveout.rules.overrides`).
    """
    entries = np.flatnonzero(table.site == site_index)
    if not len(entries):
        return ()
    contexts = np.unique(table.context[entries])
    if rows is None:
        rows = np.flatnonzero(timeline.units.site[timeline.unit] == site_index)
    site = _Site(
        timeline,
        facts,
        table,
        rulebook,
        traces(timeline, facts, rulebook, table, contexts.astype(np.int32)),
        _rows_of_context(facts, rows),
        rulings,
    )
    made = [site.verdict(entry) for entry in entries.tolist()]
    return tuple(sorted(made, key=_order))


def _order(v: Verdict) -> tuple[object, ...]:
    weekday = -1 if v.weekdays is None else WEEKDAYS.index(v.weekdays[0])
    return (v.unit, v.start, v.end, weekday, v.task, MODES.index(v.mode), v.thin, v.pattern, v.chain or "", v.rule)


def _rows_of_context(facts: Facts, rows: Rows) -> dict[int, Rows]:
    """Timeline positions by context, ascending."""
    context = facts.context[rows]
    order = np.argsort(context, kind="stable")
    found, first = np.unique(context[order], return_index=True)
    return dict(zip(found.tolist(), np.split(rows[order], first[1:]), strict=True)) if len(rows) else {}


@dataclass(frozen=True, slots=True)
class Trace:
    """Per question: where a context stands in the lane, and every rule that speaks there with what it matches."""

    place: Mapping[int, int]
    masks: tuple[tuple[int, Bools], ...]

    def speaking(self, context: int) -> list[int]:
        """Positions of the rules that speak on a context, by rank."""
        place = self.place[context]
        return [at for at, mask in self.masks if mask[place]]


def traces(
    timeline: Timeline, facts: Facts, rulebook: Rulebook, table: VerdictTable, contexts: NDArray[np.int32]
) -> dict[tuple[Mode, bool], Trace]:
    """What every active rule says of some contexts, by mode and whether it is asked of the thin stretch."""
    active = [(at, rulebook.rules[at]) for at in rulebook.active(table.on)]
    subjects = whole(timeline, facts, contexts, table.numbers)
    lanes: dict[bool, Subjects] = {False: subjects, True: in_thin_windows(subjects, table.numbers)}
    place = {thin: {context: at for at, context in enumerate(lane.index.tolist())} for thin, lane in lanes.items()}
    return {(mode, thin): Trace(place[thin], tuple(matching(lanes[thin], mode, active))) for mode, thin in QUESTIONS}


@dataclass(frozen=True, slots=True)
class _Site:
    """One site being worded."""

    timeline: Timeline
    facts: Facts
    table: VerdictTable
    rulebook: Rulebook
    traces: Mapping[tuple[Mode, bool], Trace]
    rows: Mapping[int, Rows]
    rulings: Mapping[int, Overridden]

    def verdict(self, entry: int) -> Verdict:
        """The verdict at a position of the table."""
        t = self.table
        context, weekday = int(t.context[entry]), int(t.weekday[entry])
        start, end = int(t.start[entry]), int(t.end[entry])
        unit, chain = int(t.unit[entry]), int(t.chain[entry])
        rule = self.rulebook.rules[t.rule[entry]]
        mode, thin = MODES[t.mode[entry]], bool(t.thin[entry])
        evidence = self._evidence(entry)
        told_no_time = start < 0 or end < 0
        reason = wording.reason(rule, self._said(entry, evidence))
        ruling = self.rulings.get(entry)
        if ruling is not None:
            ruling = replace(ruling, reason=reason)
        return Verdict(
            unit=self.timeline.units.name[unit] if unit >= 0 else "",
            task=self.timeline.tasks.code[t.task[entry]],
            mode=mode,
            suitability=SUITABILITIES[t.suitability[entry]],
            pattern=PATTERNS[t.pattern[entry]],
            weekdays=None if weekday < 0 else (WEEKDAYS[weekday],),
            start=_WHOLE_DAY[0] if told_no_time else start,
            end=_WHOLE_DAY[1] if told_no_time else end,
            confidence=Confidence(
                _LEVELS[t.level[entry]], int(t.days[entry]), int(t.of_days[entry]), float(t.low[entry])
            ),
            rule=rule.id,
            source=rule.source,
            reason=reason if ruling is None else reason_of(ruling),
            context=context,
            chain=None if chain < 0 else self._chain_id(chain),
            thin=thin,
            evidence={**evidence, "certainty": rule.certainty},
            rows=self._rows(entry),
            trace=self._trace(context, mode, thin, int(t.rule[entry])),
            override=ruling,
        )

    def _trace(self, context: int, mode: Mode, thin: bool, decided: int) -> tuple[TraceStep, ...]:
        rules = self.rulebook.rules
        # A rule that asks nothing matches everything: it is worth a word only where it decided.
        matched = [at for at in self.traces[mode, thin].speaking(context) if rules[at].when or at == decided]
        return tuple(TraceStep(rules[at].id, rules[at].suitability, at == decided, rules[at].source) for at in matched)

    def _rows(self, entry: int) -> tuple[int, ...]:
        """Rows of the context; for a thin verdict those that reach into its stretch."""
        t, line = self.table, self.timeline
        rows = self.rows.get(int(t.context[entry]), np.zeros(0, np.int64))
        if t.thin[entry]:
            rows = rows[(line.start[rows] < t.end[entry]) & (line.end[rows] > t.start[entry])]
            if t.weekday[entry] >= 0:
                rows = rows[(line.day[rows] + _FIRST_WEEKDAY) % 7 == t.weekday[entry]]
        return tuple(rows.tolist())

    def _chain_id(self, chain: int) -> str:
        chains = self.facts.chains
        return f"{self.timeline.units.name[chains.unit[chain]]}/{int(chains.number[chain])}"

    def _label(self, task: int) -> Text:
        return Text(self.timeline.tasks.ja[task], self.timeline.tasks.en[task])

    def _flow(self, chain: int) -> list[int]:
        if chain < 0:
            return []
        chains = self.facts.chains
        first, last = chains.task_offsets[chain], chains.task_offsets[chain + 1]
        tasks: list[int] = chains.task_ids[first:last].tolist()
        return tasks

    def _said(self, entry: int, evidence: wording.Evidence) -> wording.Said:
        t = self.table
        task = int(t.task[entry])
        tasks = self._flow(int(t.chain[entry]))
        needed = self.timeline.tasks.qualification[task]
        return wording.Said(
            task=self._label(task),
            qualification=catalogue().terms.get(needed, Text(needed, needed)),
            flow=[self._label(link) for link in tasks],
            place_in_flow=tasks.index(task) if task in tasks else 0,
            weekday=int(t.weekday[entry]),
            start=int(t.start[entry]),
            end=int(t.end[entry]),
            evidence=evidence,
        )

    def _evidence(self, entry: int) -> dict[str, float | int | str]:
        """What was measured, by name; only what was measured."""
        t, c = self.table, self.facts.contexts
        at, thin = int(t.context[entry]), bool(t.thin[entry])
        reported = int(t.reported[entry])
        if reported >= 0:
            return {"days": 0, "of_days": 0, "told_by": self.timeline.reported.told_by[reported]}
        days = max(int(c.days[at]), 1)
        found: dict[str, float | int | str] = {
            "days": int(t.days[entry]),
            "of_days": int(t.of_days[entry]),
            "unit_days": int(c.unit_days[at]),
            "low": float(t.low[entry]),
            "occurrences": int(c.occurrences[at]),
            "minutes": float(c.minutes[at]),
            "minutes_per_day": float(c.minutes[at]) / days,
        }
        pattern = PATTERNS[t.pattern[entry]].value
        if c.overlap_minutes[at] > 0 and c.minutes[at] > 0:
            found["overlap_minutes"] = float(c.overlap_minutes[at])
            found["overlap_share"] = float(c.overlap_minutes[at] / c.minutes[at])
        if pattern == "weekday_peak":
            found["peak_share"], found["peak_p"] = float(c.peak_share[at]), float(c.peak_p[at])
        if thin:
            found |= self._thin(entry, at)
        if int(t.chain[entry]) >= 0:
            found |= self._chain(int(t.chain[entry]))
        if pattern == "rhythmic_chain":
            found |= self._gap(int(t.chain[entry]), int(t.task[entry]))
        return found

    def _thin(self, entry: int, at: int) -> dict[str, float | int | str]:
        c, w = self.facts.contexts, self.facts.windows
        window = int(c.window[at])
        return {
            "minutes_per_day": float(c.thin_minutes[at]) / max(int(c.thin_days[at]), 1),
            "thin_minutes": float(c.thin_minutes[at]),
            "thin_start": int(self.table.start[entry]),
            "thin_end": int(self.table.end[entry]),
            "demand": float(w.demand[window]),
            "staff": float(w.staff[window]),
        }

    def _chain(self, chain: int) -> dict[str, float | int | str]:
        """The chain that the context is a link of, or overlaps: on how many days it ran."""
        chains = self.facts.chains
        return {
            "chain_days": int(chains.days[chain]),
            "chain_of_days": int(chains.of_days[chain]),
            "chain_low": float(chains.low[chain]),
        }

    def _gap(self, chain: int, task: int) -> dict[str, float | int | str]:
        """The median of a link's gaps to its neighbours; nothing where none was measured."""
        chains = self.facts.chains
        touches = (chains.link_chain == chain) & ((chains.link_source == task) | (chains.link_target == task))
        gaps = chains.link_gap[touches]
        gaps = gaps[np.isfinite(gaps)]
        return {"median_gap_min": float(np.median(gaps))} if len(gaps) else {}
