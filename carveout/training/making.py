"""An exercise from an analysed site: a few telling questions, each pattern once, with twins where context decides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from carveout.language import Text
from carveout.model import Level, Mode, Pattern, SiteResult, Suitability, Verdict
from carveout.rules import rulebook
from carveout.training.exercise import ChainQuestion, Exercise, Key, Question, ReasonCode

_BY_RULES = "carveout"
USUAL_QUESTIONS = 12


def make_exercise(
    result: SiteResult,
    document: str,
    *,
    name: str = "",
    author: str = "",
    questions: int = USUAL_QUESTIONS,
    unit: str = "",
) -> Exercise:
    """An exercise on one site, or with `unit` on one of its units only.

    document: the site's observation document, which travels inside; `result` is its analysis, else rows are misnumbered
    (`exercise_from` sees to that).

    Questions come in pairs where the same task is judged otherwise elsewhere; every pattern is asked before any is
    asked twice. Keys are what the rules say; a trainer adds others. The same site gives the same exercise.
    """
    units = [one for one in result.units if unit in ("", one)]
    chosen = _chosen(result, questions, units)
    numbers = {id(verdict): f"q{place + 1}" for place, verdict in enumerate(chosen)}
    made = [_question(verdict, numbers, chosen) for verdict in chosen]
    title = Text(f"{result.name}の一日を読む", f"Reading a day at {result.name}")
    return Exercise(
        name or f"{result.site}-1", title.ja, title.en, document, tuple(made), tuple(_chains(result, units)), author
    )


def _chosen(result: SiteResult, most: int, units: Sequence[str]) -> list[Verdict]:
    """Twins first, then one of each kind of verdict, the best seen before others."""
    ranked = sorted(
        (v for v in result.verdicts if not v.untimed and v.unit in units),
        key=lambda v: (-v.confidence.days, -float(v.evidence.get("minutes", 0) or 0), v.unit, v.task, v.mode, v.start),
    )
    chosen: list[Verdict] = []
    for first, second in _twins(ranked):
        if len(chosen) + 2 > most // 2:
            break
        chosen += [first, second]
    for named in (_pattern, _kind):  # every pattern first, then every mode and answer it has
        asked = {named(v) for v in chosen}
        for verdict in ranked:
            if len(chosen) < most and named(verdict) not in asked:
                asked.add(named(verdict))
                chosen.append(verdict)
    return sorted(chosen, key=lambda v: (v.unit, v.start, v.task, v.mode))


def _pattern(verdict: Verdict) -> Pattern:
    return verdict.pattern


def _kind(verdict: Verdict) -> tuple[Pattern, Mode, Suitability, bool]:
    return verdict.pattern, verdict.mode, verdict.suitability, verdict.thin


def _twins(ranked: Sequence[Verdict]) -> Iterable[tuple[Verdict, Verdict]]:
    """The same task in the same unit, judged otherwise in another context; a task gives one pair."""
    used: set[str] = set()
    for first in ranked:
        if first.task in used or first.suitability is not Suitability.UNSUITABLE:
            continue
        for second in ranked:
            alike = (second.unit, second.task) == (first.unit, first.task) and second.context != first.context
            if alike and second.suitability is Suitability.SUITABLE:
                used.add(first.task)
                yield first, second
                break


def _question(v: Verdict, numbers: dict[int, str], chosen: Sequence[Verdict]) -> Question:
    twin = next(
        (
            numbers[id(one)]
            for one in chosen
            if one is not v
            and (one.unit, one.task) == (v.unit, v.task)
            and one.context != v.context
            and one.suitability is not v.suitability
        ),
        "",
    )
    return Question(
        numbers[id(v)], v.unit, v.task, v.mode, v.start, max(v.end, v.start + 1), keys_of(v), v.rule,
        tuple(v.weekdays or ()), twin,
    )  # fmt: skip


def keys_of(v: Verdict) -> tuple[Key, ...]:
    """What the rules answer, and that not enough was seen wherever the verdict is only provisional."""
    answer = v.override.was if v.override else v.suitability
    reason = v.override.reason if v.override else v.reason
    keys = [Key(_BY_RULES, answer, reasons_of(v), v.source, reason.ja, reason.en, v.rule)]
    if v.confidence.level is Level.PROVISIONAL and answer is not Suitability.UNDETERMINED:
        seen = Text(
            f"{v.confidence.of_days}日のうち{v.confidence.days}日だけの観察です。",
            f"It was seen on {v.confidence.days} of {v.confidence.of_days} days only.",
        )
        few = (ReasonCode.NOT_ENOUGH_SEEN,)
        keys.append(Key(_BY_RULES, Suitability.UNDETERMINED, few, v.source, seen.ja, seen.en, v.rule))
    return tuple(keys)


def reasons_of(v: Verdict) -> tuple[ReasonCode, ...]:
    """The reason codes that say what decided a verdict, the best first."""
    rules = rulebook()
    if rules.scheme(rules.rule(v.rule).scheme).layer == "law":
        return (ReasonCode.LAW,)
    codes = [] if v.pattern is Pattern.OTHER else [ReasonCode(v.pattern.value)]
    if v.thin and v.mode is Mode.ASSIST:
        codes.insert(0 if v.pattern is Pattern.RHYTHMIC_CHAIN else len(codes), ReasonCode.THIN_STAFFING)
    if v.confidence.level is Level.PROVISIONAL:
        codes.append(ReasonCode.NOT_ENOUGH_SEEN)
    if v.suitability is Suitability.UNDETERMINED or not codes:
        codes.append(ReasonCode.NONE_OF_THESE)
    return tuple(codes)


def _chains(result: SiteResult, units: Sequence[str]) -> Iterable[ChainQuestion]:
    """A day to mark in every unit that has chains: the one with most links."""
    for unit in units:
        links: dict[str, list[int]] = {}
        for occurrence in result.occurrences:
            if occurrence.unit == unit and occurrence.pattern is Pattern.RHYTHMIC_CHAIN:
                links.setdefault(occurrence.date, []).append(occurrence.index)
        if links:
            day = max(sorted(links), key=lambda one: len(links[one]))
            place = result.units.index(unit) + 1
            yield ChainQuestion(
                f"c{place}", unit, day, tuple(links[day]), _BY_RULES, "Kashiwa 2015, figs. 2 and 3, L270-278"
            )
