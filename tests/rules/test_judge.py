"""Judging as columns: against a plain walk over every context, under renaming, switching and more days."""

from __future__ import annotations

from typing import Any

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given, settings

from carveout.detectors.facts import ContextTable
from carveout.model import WEEKDAYS, Level, Mode, Pattern, Suitability
from carveout.rules import judge, rulebook, verdicts_of_site
from carveout.rules.conditions import CHOICES, Condition
from carveout.rules.judge import MODES, STRICTNESS, SUITABILITIES
from tests.rules.build import PLAIN_CONTEXT, PLAIN_TASK, TODAY, Spec, facts_of, judged


@st.composite
def contexts(draw: st.DrawFn) -> dict[str, Any]:
    """A context with any attributes, patterns and amounts, consistent in itself."""
    spec: dict[str, Any] = {
        name: draw(st.sampled_from([str(value) for value in CHOICES[name]]))
        for name in ("nature", "supplier", "care_class", "load", "contact", "medical_act", "pattern")
    }
    spec["qualification"] = draw(st.sampled_from(["", "", "cook"]))
    spec["unit_days"] = draw(st.integers(1, 12))
    spec["of_days"] = draw(st.integers(1, spec["unit_days"]))
    spec["days"] = draw(st.integers(1, spec["of_days"]))
    spec["occurrences"] = spec["days"]
    spec["minutes"] = float(draw(st.integers(1, 400)))
    if spec["pattern"] == "weekday_peak":
        spec["weekday"] = draw(st.sampled_from([str(day) for day in WEEKDAYS]))
    if spec["pattern"] != "rhythmic_chain" and draw(st.booleans()):
        spec["told_by"] = "head"
    elif draw(st.booleans()):
        spec["thin"] = {"start": 705, "end": 765, "minutes": draw(st.integers(1, 200)), "days": spec["days"]}
    return spec


sites = st.lists(contexts(), min_size=1, max_size=6)
options = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["care_home", "nursery", "other"]),
        "schemes": st.fixed_dictionaries({"mie-abc": st.booleans(), "no-bodily-care": st.booleans()}),
    }
)


def holds(condition: Condition, spec: Spec, kind: str, thin: bool) -> bool:
    """One condition against one context, said as plainly as possible; numbers are not used by the bundled rules."""
    facts = {**PLAIN_TASK, **PLAIN_CONTEXT, **spec, "kind": kind}
    flags = {
        "thin": thin,
        "reported": bool(facts["told_by"]),
        "qualification": facts["qualification"] != "",
        "linked": facts["pattern"] == "rhythmic_chain",  # no two contexts drawn here are about one task
    }
    if condition.flag is not None:
        return flags[condition.fact] is condition.flag
    assert condition.choices
    return facts[condition.fact] in condition.choices


def plainly(spec: Spec, kind: str, book: Any, day: Any) -> dict[tuple[str, bool], str]:
    """(mode, thin) -> rule for one context, walking the rules one by one."""
    rules = [book.rules[at] for at in book.active(day)]
    answers: dict[tuple[str, bool], str] = {}
    thin_enough = spec.get("thin") and spec["thin"]["minutes"] / spec["thin"]["days"] >= 5
    for mode, thin in [(m, False) for m in Mode] + ([(Mode.ASSIST, True)] if thin_enough else []):
        fitting = [r for r in rules if mode in r.modes and all(holds(c, spec, kind, thin) for c in r.when)]
        verdict = next((r for r in fitting if r.effect == "verdict"), None)
        if verdict is None:
            continue
        for limit in fitting:
            if limit.effect == "limit" and STRICTNESS.index(limit.suitability) > STRICTNESS.index(verdict.suitability):
                verdict = limit
        answers[str(mode), thin] = verdict.id
    if answers.get(("assist", True)) == answers.get(("assist", False)):
        answers.pop(("assist", True), None)
    return answers


@settings(max_examples=150, deadline=None)
@given(sites, options)
def test_columns_agree_with_a_plain_walk_over_every_context(site: list[Spec], chosen: dict[str, Any]) -> None:
    _, _, table, book = judged(site, **chosen)
    for at, spec in enumerate(site):
        mine = np.flatnonzero(table.context == at)
        got = {(str(MODES[table.mode[i]]), bool(table.thin[i])): book.rules[table.rule[i]].id for i in mine}
        assert got == plainly(spec, chosen["kind"], book, table.on)
        for i in mine:
            assert SUITABILITIES[table.suitability[i]] is book.rules[table.rule[i]].suitability


def test_what_a_flow_of_the_unit_needs_is_not_handed_over_where_it_also_stands_apart() -> None:
    driving = {"task": "drive", "nature": "transport", "care_class": "other", "pattern": "overlapping"}
    upkeep = {"task": "mend", "nature": "housekeeping", "care_class": "other", "contact": "none"}
    links = [{"task": "drive", "pattern": "rhythmic_chain"}, {"task": "mend", "pattern": "rhythmic_chain"}]

    def decided(*site: Spec) -> list[str]:
        _, _, table, book = judged(site)
        whole = table.mode == MODES.index(Mode.TAKE_OVER)
        return [book.rules[rule].id for rule in table.rule[whole]][:2]

    assert decided(driving, upkeep) == ["transport-apart", "upkeep-apart"]
    same = [{**driving, **link} if link["task"] == "drive" else {**upkeep, **link} for link in links]
    assert decided(driving, upkeep, *same) == ["overlapping-alone", "no-pattern"]


@settings(max_examples=60, deadline=None)
@given(sites, options)
def test_every_context_says_something_about_taking_over_and_every_verdict_can_be_worded(
    site: list[Spec], chosen: dict[str, Any]
) -> None:
    timeline, facts, table, book = judged(site, **chosen)
    found = verdicts_of_site(timeline, facts, table, book, 0)
    assert sorted(v.context for v in found if v.mode is Mode.TAKE_OVER) == list(range(len(site)))
    for v in found:
        assert "{" not in v.reason.ja + v.reason.en and "nan" not in v.reason.en
        assert [step.rule for step in v.trace if step.decided] == [v.rule]
        assert v.source and v.start <= v.end
        assert all(timeline.tasks.code[timeline.task[row]] == v.task for row in v.rows)


@settings(max_examples=40, deadline=None)
@given(sites, options)
def test_renaming_every_task_renames_the_verdicts_and_changes_nothing_else(site: list[Spec], chosen: Any) -> None:
    _, _, table, _ = judged(site, **chosen)
    renamed = [{**spec, "task": f"名前{len(site) - at}"} for at, spec in enumerate(site)]
    _, _, again, _ = judged(renamed, **chosen)
    for column in ("context", "mode", "suitability", "rule", "thin", "start", "end", "days", "low", "level"):
        assert getattr(table, column).tolist() == getattr(again, column).tolist()


@settings(max_examples=60, deadline=None)
@given(sites, st.sampled_from(["mie-abc", "no-bodily-care"]))
def test_switching_a_scheme_changes_only_verdicts_that_it_decides(site: list[Spec], scheme: str) -> None:
    def rules(on: bool) -> dict[tuple[int, str, bool], str]:
        _, _, t, book = judged(site, schemes={scheme: on})
        keys = zip(t.context.tolist(), (str(MODES[m]) for m in t.mode), t.thin.tolist(), strict=True)
        return dict(zip(keys, (book.rules[r].id for r in t.rule), strict=True))

    _, _, _, book = judged(site)
    off, on = rules(False), rules(True)
    changed = {key for key in off.keys() | on.keys() if off.get(key) != on.get(key)}
    for key in changed:
        # A thin verdict may vanish: the whole context then says the same.
        said = on.get(key) or on[key[0], key[1], False]
        assert book.rule(said).scheme == scheme


@pytest.mark.parametrize("pattern", [str(p) for p in Pattern])
def test_more_days_that_agree_never_make_a_verdict_less_sure(pattern: str) -> None:
    before: dict[tuple[int, bool], tuple[int, float]] = {}
    for days in range(1, 25):
        thin = {"start": 705, "end": 765, "minutes": 20 * days, "days": days}
        spec = {
            "pattern": pattern,
            "days": days,
            "of_days": days,
            "unit_days": days,
            "minutes": 30.0 * days,
            "thin": thin,
        }
        _, _, t, _ = judged([{**spec, "weekday": "mon" if pattern == "weekday_peak" else None}])
        now = {(int(t.mode[i]), bool(t.thin[i])): (int(t.level[i]), float(t.low[i])) for i in range(len(t))}
        for key, (level, low) in before.items():
            assert now[key][0] >= level and now[key][1] >= low
        assert days > 1 or {level for level, _ in now.values()} == {list(Level).index(Level.PROVISIONAL)}
        before = now
    assert before[0, False][0] == list(Level).index(Level.ESTABLISHED)


def test_a_thin_verdict_rests_on_the_rows_of_its_stretch_and_weekday() -> None:
    window = {"start": 705, "end": 765, "demand": 3.0, "staff": 2.0, "days": 2, "weekday": "tue"}
    thin = {"start": 705, "end": 720, "minutes": 30, "days": 2}
    spec = {"pattern": "overlapping", "start": 700, "end": 720, "thin": thin}
    timeline, facts, table, book = judged([spec], window=window)
    (v,) = [v for v in verdicts_of_site(timeline, facts, table, book, 0) if v.thin]
    assert v.weekdays == (WEEKDAYS[1],) and len(v.rows) == 2
    assert {int(timeline.day[row] + 3) % 7 for row in v.rows} == {1}


def test_work_told_without_a_time_stands_for_the_whole_day() -> None:
    spec = {"pattern": "weekday_peak", "weekday": "mon", "start": -1, "end": -1, "told_by": "head"}
    timeline, facts, table, book = judged([spec])
    (v,) = verdicts_of_site(timeline, facts, table, book, 0)
    assert (v.start, v.end, v.rows, v.suitability) == (0, 1440, (), Suitability.SUITABLE)
    assert v.evidence["told_by"] == "head" and "00:00" not in v.reason.ja


def test_no_contexts_no_verdicts() -> None:
    timeline, facts, table, book = judged([])
    assert len(table) == 0 and verdicts_of_site(timeline, facts, table, book, 0) == ()


def test_an_unknown_value_of_an_attribute_meets_no_condition() -> None:
    """A site's own declaration may hold what no rule knows; it is not an error here and excludes nothing."""
    _, _, table, book = judged([{"pattern": "overlapping", "nature": "care", "contact": "animals"}])
    assert {book.rules[r].id for r in table.rule} == {"overlapping", "overlapping-alone"}


def test_judging_does_not_touch_the_facts() -> None:
    site = [{"pattern": "overlapping", "thin": {"start": 705, "end": 765, "minutes": 90, "days": 9}}]
    timeline, facts = facts_of(site)
    before = {name: getattr(facts.contexts, name).copy() for name in ContextTable.__slots__}
    judge(timeline, facts, rulebook(), on=TODAY)
    assert all(np.array_equal(before[name], getattr(facts.contexts, name)) for name in before)
