"""A coordinator's overrides: sentences, what they must never touch, and what they must never move."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import pytest
import yaml
from hypothesis import given, settings

from carveout.language import LANGUAGES
from carveout.model import Mode, Suitability, Verdict, VerdictOverride, Weekday
from carveout.rules import Overruled, overrule, rulebook, verdicts_of_site
from carveout.rules.explain import Kind, explain
from carveout.rules.judge import STRICTNESS, SUITABILITIES
from carveout.rules.overrides import covers
from tests.rules.build import judged
from tests.rules.test_judge import options, sites

CASES = yaml.safe_load((Path(__file__).parent / "override_cases.yaml").read_text("utf-8"))
OVERRIDE: Mapping[str, Any] = {
    "id": "o1",
    "site": "site",
    "unit": "unit-1",
    "task": "t0",
    "mode": "assist",
    "weekdays": None,
    "start": None,
    "end": None,
    "reason": "the residents know her well",
    "who": "jc-01",
    "at": "2026-06-10",
}


def override(**changes: Any) -> VerdictOverride:
    given = {**OVERRIDE, **changes}
    days = given["weekdays"]
    return VerdictOverride(
        **{
            **given,
            "mode": Mode(given["mode"]),
            "suitability": Suitability(given["suitability"]),
            "weekdays": None if days is None else tuple(Weekday(day) for day in days),
        }
    )


def laid(
    facts: Sequence[Mapping[str, Any]], said: Sequence[VerdictOverride], **more: Any
) -> tuple[tuple[Verdict, ...], Overruled]:
    """The verdicts of the facts after the overrides, and what became of these."""
    timeline, found, table, book = judged(facts, **more)
    after = overrule(timeline, found, book, table, said)
    return verdicts_of_site(timeline, found, after.table, book, 0, rulings=after.rulings), after


def named(verdicts: Sequence[Verdict], verdict: Verdict) -> str:
    name = f"{verdict.task} {verdict.mode}" + ("_thin" if verdict.thin else "")
    same = [v for v in verdicts if (v.task, v.mode, v.thin) == (verdict.task, verdict.mode, verdict.thin)]
    return name if len(same) == 1 else f"{name} {verdict.start}"


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_an_override_does_what_the_sentence_says(case: dict[str, Any]) -> None:
    said = [override(**one) for one in case["said"]]
    verdicts, after = laid(case["facts"], said, **{key: case[key] for key in ("kind", "schemes") if key in case})
    got = {
        named(verdicts, v): {
            "stands": str(v.suitability),
            "rules": str(v.override.was),
            "warned": v.override.warning is not None,
            "id": v.override.by.id,
        }
        for v in verdicts
        if v.override is not None
    }
    wanted = case.get("expect", {})
    assert {name: {key: values[key] for key in wanted.get(name, values)} for name, values in got.items()} == wanted
    assert [note.code for note in after.notes] == case.get("notes", [])


def test_the_sentences_are_many_and_each_its_own() -> None:
    assert len({case["name"] for case in CASES}) == len(CASES) >= 25
    assert all(set(case) <= {"name", "schemes", "kind", "facts", "said", "expect", "notes"} for case in CASES)


def test_a_note_says_where_why_and_what_to_do_in_both_languages() -> None:
    facts = [{"pattern": "overlapping"}, {"task": "bathing", "pattern": "rhythmic_chain"}]
    said = [
        override(task="bathin", suitability="suitable"),
        override(task="〈bathing〉", suitability="suitable"),
        override(mode="advise", suitability="suitable"),
        override(site="sitte", suitability="suitable"),
    ]
    notes = laid(facts, said)[1].notes
    assert [(n.severity, n.file, n.field) for n in notes] == [("warning", "o1", name) for name in _FIELDS]
    assert "did you mean bathing?" in notes[0].remedy.en and "did you mean bathing?" in notes[1].remedy.en
    assert "代わる、添う" in notes[2].remedy.ja
    assert all(n.place.startswith(("site / unit-1 / ", "sitte / ")) for n in notes)
    assert all(n.message(language).isprintable() for n in notes for language in LANGUAGES)


_FIELDS = ("task", "task", "mode", "site")


def test_the_explanation_tells_the_coordinators_word_first_and_the_rules_answer_after_it() -> None:
    verdicts, _ = laid([{"pattern": "overlapping"}], [override(suitability="unsuitable")])
    verdict = next(v for v in verdicts if v.override is not None)
    told = explain(verdict, rulebook())
    kinds = [record.kind for record in told.records]
    assert kinds.index(Kind.OVERRIDDEN) < kinds.index(Kind.DECIDED)
    record = told.records[kinds.index(Kind.OVERRIDDEN)]
    assert (record.values["from"], record.values["suitability"]) == ("suitable", "unsuitable")
    assert record.text.ja.startswith("担当者の判断：×適当ではない。")
    decided = told.records[kinds.index(Kind.DECIDED)].text
    assert decided.ja.startswith("規則の答え：○適している。") and decided.en.startswith("The rules' answer: ○")
    assert OVERRIDE["reason"] in verdict.reason.ja and "規則の答えは○適している" in verdict.reason.ja


windows = st.none() | st.integers(0, 1440)
overrides = st.lists(
    st.builds(
        override,
        id=st.sampled_from(["a", "b", "c"]),
        task=st.sampled_from(["t0", "t1", "t2", "t9"]),
        mode=st.sampled_from([str(mode) for mode in Mode]),
        weekdays=st.none() | st.lists(st.sampled_from([str(day) for day in Weekday]), max_size=7, unique=True),
        start=windows,
        end=windows,
        suitability=st.sampled_from([str(one) for one in Suitability]),
        at=st.sampled_from(["2026-06-10", "2026-06-11T10:00:00+09:00", "2026-06-11T02:00:00Z", "some day", ""]),
    ),
    max_size=8,
)


@settings(max_examples=150)
@given(sites, options, overrides)
def test_an_override_changes_its_own_verdicts_and_no_other(
    facts: list[dict[str, Any]], more: dict[str, Any], said: list[VerdictOverride]
) -> None:
    before, none = laid(facts, [], **more)
    after, met = laid(facts, said, **more)
    assert none.rulings == {} and none.notes == ()
    assert len(before) == len(after)
    unanswered = [v for v in after if v.override is None]
    assert all(v in before for v in unanswered)
    for v in (v for v in after if v.override is not None):
        ruling = v.override
        assert ruling is not None and ruling.by in said
        rules = replace(v, override=None, suitability=ruling.was, reason=ruling.reason)
        assert rules in before, "beside the answer and its reason nothing of a verdict changes"
    reached = {v.override.by for v in after if v.override is not None}
    assert all(one in reached or any(n.file == one.id for n in met.notes) for one in said), "none is dropped in silence"


@settings(max_examples=150)
@given(sites, options, overrides)
def test_no_override_makes_an_answer_more_favourable_than_the_law(
    facts: list[dict[str, Any]], more: dict[str, Any], said: list[VerdictOverride]
) -> None:
    book = rulebook()
    for v in laid(facts, said, **more)[0]:
        spoke = [book.rule(step.rule) for step in v.trace]
        laws = [r for r in spoke if r.effect != "note" and book.scheme(r.scheme).layer == "law"]
        assert all(STRICTNESS.index(v.suitability) >= STRICTNESS.index(rule.suitability) for rule in laws)


@given(sites, options, overrides)
def test_renaming_tasks_renames_the_overridden_verdicts_and_changes_nothing_else(
    facts: list[dict[str, Any]], more: dict[str, Any], said: list[VerdictOverride]
) -> None:
    plain = [{**spec, "task": f"t{at}"} for at, spec in enumerate(facts)]
    other = [{**spec, "task": f"x{at}"} for at, spec in enumerate(facts)]
    renamed = [replace(one, task=one.task.replace("t", "x")) for one in said]

    def answers(found: tuple[Verdict, ...]) -> list[tuple[object, ...]]:
        return [
            (v.context, v.mode, v.thin, v.suitability, v.override and (v.override.by.id, v.override.was)) for v in found
        ]

    first, one = laid(plain, said, **more)
    second, two = laid(other, renamed, **more)
    assert sorted(answers(first), key=str) == sorted(answers(second), key=str)
    assert [note.code for note in one.notes] == [note.code for note in two.notes]


@given(sites, overrides)
def test_the_order_of_the_list_matters_only_at_the_same_moment(
    facts: list[dict[str, Any]], said: list[VerdictOverride]
) -> None:
    apart = [replace(one, at=f"2026-06-{10 + at:02d}") for at, one in enumerate(said)]
    forth, back = laid(facts, apart)[1], laid(facts, apart[::-1])[1]
    assert forth.rulings == back.rulings
    assert sorted(map(str, forth.notes)) == sorted(map(str, back.notes))


@given(sites)
def test_without_overrides_the_table_itself_comes_back(facts: list[dict[str, Any]]) -> None:
    timeline, found, table, book = judged(facts)
    assert overrule(timeline, found, book, table, ()).table is table


@given(st.integers(-1, 6), st.integers(0, 1400), st.integers(1, 600), st.sampled_from(SUITABILITIES))
def test_an_override_with_the_very_window_of_a_verdict_covers_it(
    weekday: int, start: int, length: int, answer: Suitability
) -> None:
    days = None if weekday < 0 else [list(Weekday)[weekday]]
    said = override(suitability=answer, weekdays=days, start=start, end=start + length)
    assert covers(said, weekday, start, start + length)
    assert asdict(said)["suitability"] is answer
