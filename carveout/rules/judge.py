"""Judging: rules over facts, as columns. No verdict is an object here; objects are made for one site at a time.

For every context there are five questions: the four modes, and assisting inside its thin window. For each, rules are
laid over the contexts from the last rank to the first, so that the first that matches stands; then limits make stricter
what they meet. Questions that no rule answers have no verdict; taking over always has one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from carveout.detectors.facts import Facts
from carveout.model import Mode, Suitability
from carveout.rules.rulebook import Rule, Rulebook
from carveout.rules.subjects import Bools, Codes, Floats, Subjects, confidence_numbers, in_thin_windows, whole
from carveout.timeline import Ints, Timeline

MODES: tuple[Mode, ...] = tuple(Mode)
SUITABILITIES: tuple[Suitability, ...] = tuple(Suitability)

# From most to least favourable: a limit may only move an answer down this list.
STRICTNESS: tuple[Suitability, ...] = (
    Suitability.SUITABLE,
    Suitability.CONDITIONAL,
    Suitability.UNDETERMINED,
    Suitability.UNSUITABLE,
)
# The questions asked of a context, in the order of the columns; True: inside its thin window.
QUESTIONS: tuple[tuple[Mode, bool], ...] = (
    (Mode.TAKE_OVER, False),
    (Mode.ASSIST, False),
    (Mode.ASSIST, True),
    (Mode.PREPARE, False),
    (Mode.ADVISE, False),
)

Positions = NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class VerdictTable:
    """One entry per verdict, ordered by context and question.

    on, numbers: the day and the numbers it was judged with. mode, suitability, level, pattern, rule: codes that index
    `MODES`, `SUITABILITIES`, `tuple(Level)`, `PATTERNS` and `Rulebook.rules`. context: position in the context table.
    thin: the verdict is about the stretch shared with a thin window. start, end: minutes, -1 where nobody told.
    weekday: 0..6, -1 any. reported: index into `Timeline.reported`, -1 when seen.
    """

    on: date
    numbers: Mapping[str, float]

    context: Ints
    mode: Codes
    suitability: Codes
    rule: Positions
    thin: Bools
    start: Ints
    end: Ints
    weekday: Ints
    days: Ints
    of_days: Ints
    low: Floats
    level: Codes
    site: Ints
    unit: Ints
    task: Ints
    pattern: Codes
    chain: Ints
    reported: Ints

    def __len__(self) -> int:
        """Number of verdicts."""
        return len(self.context)


def judge(
    timeline: Timeline,
    facts: Facts,
    rulebook: Rulebook,
    thresholds: Mapping[str, float] | None = None,
    *,
    on: date,
) -> VerdictTable:
    """Verdicts on every context under the rules in force on a day.

    thresholds: numbers that replace those of `confidence_numbers`, by name.
    """
    numbers = {**confidence_numbers(), **(thresholds or {})}
    everything = np.arange(len(facts.contexts.unit), dtype=np.int32)
    subjects = whole(timeline, facts, everything, numbers)
    thin = in_thin_windows(subjects, numbers)
    active = [(at, rulebook.rules[at]) for at in rulebook.active(on)]

    decided = np.full((len(everything), len(QUESTIONS)), -1, np.int16)
    for column, (mode, inside_thin) in enumerate(QUESTIONS):
        lane = thin if inside_thin else subjects
        decided[lane.index, column] = decide(lane, mode, active)
    # What a thin window does not change needs no second verdict.
    assist, assist_thin = QUESTIONS.index((Mode.ASSIST, False)), QUESTIONS.index((Mode.ASSIST, True))
    decided[decided[:, assist] == decided[:, assist_thin], assist_thin] = -1
    return _table(rulebook, subjects, thin, decided, on, numbers)


def decide(subjects: Subjects, mode: Mode, active: Iterable[tuple[int, Rule]]) -> Positions:
    """Position of the deciding rule for each context in one mode; -1 where no rule answers.

    active: (position, rule) by rank.
    """
    spoken = [(at, rule) for at, rule in active if mode in rule.modes and rule.effect != "note"]
    decided = np.full(len(subjects.index), -1, np.int16)
    for at, rule in reversed(spoken):
        if rule.effect == "verdict":
            decided[subjects.matches(rule.when)] = at
    # Position -1 (no answer) reads as stricter than everything: a limit never answers by itself.
    strictness = np.full(max((at for at, _ in spoken), default=-1) + 2, len(STRICTNESS), np.int8)
    for at, rule in spoken:
        strictness[at] = STRICTNESS.index(rule.suitability)
    for at, rule in spoken:
        if rule.effect == "limit":
            stricter = strictness[decided] < strictness[at]
            if stricter.any():
                decided[stricter & subjects.matches(rule.when)] = at
    return decided


def matching(subjects: Subjects, mode: Mode, active: Iterable[tuple[int, Rule]]) -> list[tuple[int, Bools]]:
    """Every rule that speaks on a mode, by rank, with the contexts it matches: what a trace is made of."""
    return [(at, subjects.matches(rule.when)) for at, rule in active if mode in rule.modes]


def _table(
    rulebook: Rulebook,
    subjects: Subjects,
    thin: Subjects,
    decided: Positions,
    on: date,
    numbers: Mapping[str, float],
) -> VerdictTable:
    timeline, c = subjects.timeline, subjects.facts.contexts
    context, column = np.nonzero(decided >= 0)
    rule = decided[context, column]
    is_thin = np.array([inside for _, inside in QUESTIONS])[column]
    # Position of a context among the thin ones; read only where `is_thin`.
    place = np.zeros(len(subjects.index), np.int64)
    place[thin.index] = np.arange(len(thin.index))
    inside = place[context[is_thin]]

    def lane(of_whole: NDArray[Any], of_thin: NDArray[Any]) -> NDArray[Any]:
        values = of_whole[context]
        values[is_thin] = of_thin[inside]
        return values

    def code(values: Iterable[int]) -> Codes:
        return np.array([*values], np.int8)

    return VerdictTable(
        on=on,
        numbers=numbers,
        context=context.astype(np.int32),
        mode=code(MODES.index(mode) for mode, _ in QUESTIONS)[column],
        suitability=code(SUITABILITIES.index(r.suitability) for r in rulebook.rules)[rule],
        rule=rule,
        thin=is_thin,
        start=lane(subjects.start, thin.start),
        end=lane(subjects.end, thin.end),
        weekday=lane(subjects.weekday, thin.weekday),
        days=lane(subjects.days, thin.days),
        of_days=lane(subjects.of_days, thin.of_days),
        low=lane(subjects.low, thin.low),
        level=lane(subjects.level, thin.level),
        site=timeline.tasks.site[c.task[context]],
        unit=c.unit[context],
        task=c.task[context],
        pattern=c.pattern[context].astype(np.int8),
        chain=c.chain[context],
        reported=c.reported[context],
    )
