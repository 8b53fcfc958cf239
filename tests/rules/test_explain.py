"""Explanations: records first, in the order one asks, then sentences in both languages."""

from __future__ import annotations

from typing import Any

import pytest

from carveout.catalogue import catalogue
from carveout.model import Mode, Verdict
from carveout.rules import rulebook, verdicts_of_site
from carveout.rules.explain import Kind, Step, explain, further_days, next_step
from tests.rules.build import judged


def verdict(spec: dict[str, Any], mode: Mode = Mode.TAKE_OVER, **options: Any) -> Verdict:
    timeline, facts, table, book = judged([spec], **options)
    return next(v for v in verdicts_of_site(timeline, facts, table, book, 0) if v.mode is mode)


ONE_DAY = {"days": 1, "of_days": 1, "unit_days": 1, "occurrences": 1}
PEAK = {"pattern": "weekday_peak", "weekday": "mon", "contact": "none", "peak_share": 1.0, "peak_p": 0.001}


@pytest.mark.parametrize(
    ("spec", "step", "days", "said"),
    [
        ({"pattern": "rhythmic_chain", **ONE_DAY}, Step.SECOND_DAY, 1, "別の日にもう一度観察する"),
        ({**PEAK, "days": 2, "of_days": 2}, Step.MORE_DAYS, 4, "月曜日があと4日あれば"),
        ({**PEAK, "days": 1, "of_days": 1}, Step.SECOND_DAY, 1, "別の月曜日にもう一度"),
        ({**PEAK, "told_by": "head"}, Step.OBSERVE_AS_TOLD, 1, "月曜日の10:00-11:00に立ち会う"),
        ({"pattern": "advisory", "days": 2, "of_days": 10}, Step.MANY_MORE_DAYS, 0, "職員に尋ねる"),
        ({"pattern": "rhythmic_chain", "days": 10}, Step.NOTHING, 0, "これ以上の観察は要らない"),
        ({"pattern": "other", "days": 10}, Step.ASK_STAFF, 0, "任せられない理由"),
        ({"pattern": "contracted", "supplier": "contracted"}, Step.ASK_CONTRACTOR, 0, "委託先に"),
    ],
)
def test_it_says_what_to_do_next(spec: dict[str, Any], step: Step, days: int, said: str) -> None:
    v = verdict(spec)
    assert next_step(v, 0.6) == (step, days)
    assert said in explain(v, rulebook()).text.ja


def test_the_days_it_asks_for_do_establish_the_verdict() -> None:
    for seen in range(2, 10):
        for of_days in range(seen, 12):
            more = further_days(seen, of_days, 0.6)
            if more is None:
                continue
            spec = {"pattern": "rhythmic_chain", "days": seen + more, "of_days": of_days + more, "unit_days": 40}
            assert str(verdict(spec).confidence.level) == "established"
            if more:
                fewer = {**spec, "days": seen + more - 1, "of_days": of_days + more - 1}
                assert str(verdict(fewer).confidence.level) == "supported"


def test_records_come_in_the_order_one_asks_and_hold_codes() -> None:
    spec = {"pattern": "overlapping", "contact": "children", "overlap_minutes": 90.0}
    records = explain(verdict(spec, Mode.ASSIST, kind="nursery"), rulebook()).records
    assert [r.kind for r in records] == [Kind.SEEN, Kind.MEASURED, Kind.DECIDED, Kind.ALSO, Kind.SURE, Kind.NEXT]
    assert records[0].values["days"] == 9 and records[1].values["overlap_share"] == 0.5
    decided, also = records[2].values, records[3].values
    assert (decided["rule"], decided["certainty"], decided["verified"]) == ("overlapping", "hedged", True)
    assert (also["rule"], also["effect"], also["verified"]) == ("nursery-staff-count", "note", False)


def test_hedged_and_unchecked_sources_are_said_to_be_so() -> None:
    spec = {"pattern": "overlapping", "contact": "children"}
    text = explain(verdict(spec, Mode.ASSIST, kind="nursery"), rulebook()).text
    assert "出典は可能性として述べています" in text.ja and "speaks of a possibility" in text.en
    assert "出典の文言は確認が必要です" in text.ja and "has yet to be checked" in text.en
    assert "possibility" not in explain(verdict({"pattern": "rhythmic_chain"}), rulebook()).text.en


def test_an_overruled_rule_stays_visible() -> None:
    code, term = next(iter(catalogue().terms.items()))
    text = explain(verdict({**PEAK, "qualification": code, "days": 4, "of_days": 4}), rulebook()).text
    assert "weekday-peak" in text.ja and term.ja in text.ja and term.en in text.en


def test_evidence_is_said_once() -> None:
    for text in (explain(verdict({"pattern": "rhythmic_chain"}), rulebook()).text,):
        assert text.ja.count("10日のうち9日") == 2  # the task's days and the flow's
        assert text.en.count("median gap") == 1


def test_a_probability_by_chance_is_said_in_per_cent() -> None:
    seen = verdict({**PEAK, "peak_p": 0.0222, "days": 2, "of_days": 2})
    assert "偶然にそうなる確率は約2%" in seen.reason.ja and "the probability is about 2%" in seen.reason.en
    measured = explain(seen, rulebook()).records[1]
    assert measured.kind is Kind.MEASURED
    assert "確率は約2%" in measured.text.ja and "is about 2%" in measured.text.en


def test_what_was_told_without_a_time_is_asked_for() -> None:
    told = verdict(
        {"pattern": "planning", "nature": "planning", "told_by": "head", "start": -1, "end": -1}, Mode.PREPARE
    )
    assert told.untimed and (told.start, told.end) == (0, 1440)
    text = explain(told, rulebook()).text
    assert "いつ行うかを職員に尋ね、立ち会う" in text.ja and "ask staff when it is done" in text.en
    assert "24:00" not in text.ja + text.en


def test_a_weekday_told_without_a_time_is_not_said_to_be_around_it() -> None:
    told = verdict({**PEAK, "told_by": "head", "start": -1, "end": -1})
    assert "月曜日ごろ" not in told.reason.ja and "around Monday" not in told.reason.en
    said = explain(told, rulebook()).text
    assert "月曜日の何時ごろに行うかを尋ね" in said.ja and "at what time on Monday" in said.en
