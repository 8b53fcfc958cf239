"""All limits, rules and areas of the package: each dated, cited, worded in both languages, in its layer."""

from __future__ import annotations

from datetime import date

import pytest

from carveout.catalogue import catalogue
from carveout.constraints import Limit, areas, facts, limits
from carveout.constraints.numbers import numbers
from carveout.constraints.rules import Arrangement, Forbidden, arrangements, forbidden
from carveout.constraints.wording import WORDS
from carveout.language import Text
from carveout.model import Layer

EARLIEST, LATEST = date(1947, 1, 1), date(2027, 1, 1)
VERSIONS = [limit for versions in numbers().versions.values() for limit in versions]
RULES: list[Forbidden | Arrangement] = [*forbidden(), *arrangements()]

# Id -> value and layer: what other rooms ask for by name. A change here is a change of what jobs are offered.
KNOWN = {
    "weekly_hours": (20, "law"),
    "weekly_hours_designated": (40, "law"),
    "days_per_month_max": (10, "law"),
    "day_hours_max": (8, "law"),
    "break_minutes_over_6h": (45, "law"),
    "break_minutes_over_8h": (60, "law"),
    "days_per_week_law": (6, "law"),
    "lifting_share": (0.4, "law"),
    "lifting_share_woman": (0.24, "law"),
    "days_per_week_max": (5, "scheme"),
    "people_max": (2, "scheme"),
    "shift_hours_min": (2, "person"),
    "shift_hours_max": (4, "person"),
    "day_span_hours_max": (10, "person"),
    "split_gap_hours_min": (1, "person"),
    "earliest_hour": (6, "person"),
    "latest_hour": (22, "person"),
    "observed_days": (2, "evidence"),
    "relief_ratio": (0.6667, "evidence"),
    "relief_ratio_low": (0, "evidence"),
    "relief_ratio_high": (1, "evidence"),
    "recurring_share": (0.5, "evidence"),
    "occasional_share": (0.2, "evidence"),
    "covered_share": (0.33, "evidence"),
    "shortest_task": (5, "evidence"),
    "company_minutes": (20, "evidence"),
    "whole_share": (0.8, "evidence"),
}


def bilingual(text: Text) -> bool:
    """Japanese that has Japanese in it, English that has none."""
    return any("぀" <= sign <= "ヿ" or "一" <= sign <= "鿿" for sign in text.ja) and text.en.isascii() and bool(text.en)


def test_the_limits_are_those_that_other_rooms_ask_for() -> None:
    assert {name: (limit.value, limit.layer.value) for name, limit in limits().items()} == KNOWN


@pytest.mark.parametrize("limit", VERSIONS, ids=[f"{one.name}-{one.since}" for one in VERSIONS])
def test_every_number_is_dated_cited_and_worded(limit: Limit) -> None:
    assert EARLIEST <= limit.since <= LATEST
    assert bilingual(limit.label) and len(limit.source.ja) >= 9 and bilingual(limit.source)
    assert limit.unit.ja and limit.unit.en.isascii() and limit.unit.en
    assert limit.least <= limit.value <= limit.most
    # A law's number has a direction: whoever may only be stricter must know which way that is.
    assert limit.stricter or limit.layer is not Layer.LAW


def test_the_newest_version_of_every_number_still_holds() -> None:
    assert [limit.name for limit in limits().values() if limit.until is not None] == []


@pytest.mark.parametrize("rule", RULES, ids=[f"{one.id}-{one.since}" for one in RULES])
def test_every_rule_is_dated_cited_and_worded(rule: Forbidden | Arrangement) -> None:
    assert EARLIEST <= rule.since <= LATEST
    assert bilingual(rule.source)
    for text in (rule.what,) if isinstance(rule, Arrangement) else (rule.kept, rule.broken):
        assert bilingual(text) and text.ja.endswith("。") and text.en.endswith(".")


def test_what_was_not_read_at_its_source_says_so_to_the_reader() -> None:
    unread = [rule for rule in RULES if not rule.verified]
    assert unread, "nothing to check: then this test has no point"
    assert [rule.id for rule in unread if "要確認" not in rule.source.ja or "to be checked" not in rule.source.en] == []
    assert [limit.name for limit in VERSIONS if not limit.verified] == []


def test_the_terms_that_rules_name_are_terms_of_the_catalogue() -> None:
    known = {"", "security_guard", "construction", *catalogue().terms}  # the two are a document's own, if any
    named = {
        value
        for rule in RULES
        for asked in rule.when.of_task
        if asked.fact in ("qualification", "training", "licence")
        for value in asked.values
    }
    assert named <= known


def test_no_rule_asks_for_a_task_by_name() -> None:
    names = {name for code, one in catalogue().tasks.items() for name in (code, one.label.ja, one.label.en)}
    asked = {value for rule in RULES for one in (*rule.when.of_offer, *rule.when.of_task) for value in one.values}
    # "transport" is both a nature of work and the code of a task; a rule may ask for the nature.
    assert asked & names <= {"transport"}


def test_every_wording_of_a_check_is_in_both_languages() -> None:
    for rule, words in WORDS.items():
        texts = (words.kept,) if rule == "no-break-needed" else (words.kept, words.broken)
        assert all(bilingual(text) for text in texts), rule
        assert all("{" in text.en for text in texts if "{value}" in text.ja), rule


def test_facts_a_person_states_have_a_range_and_no_usual_value() -> None:
    assert set(facts()) == {"body_weight_kg", "lifting_kg", "woman", "load_most", "no_bodily_contact"}
    assert all(fact.least < fact.most and bilingual(fact.label) for fact in facts().values())


def test_every_area_says_what_is_known_and_claims_nothing_unread() -> None:
    by_coordinator = areas()["designated"]  # nobody's claim but that of whoever chooses it
    assert not by_coordinator.verified and "告示" in by_coordinator.label.ja + by_coordinator.note.ja
    for area in (one for one in areas().values() if one is not by_coordinator):
        assert bilingual(area.label) and bilingual(area.note)
        assert area.verified or not area.designations, area.id
        for one in area.designations:
            assert one.verified and bilingual(one.source) and bilingual(one.occupations)
            assert one.since >= limits()["weekly_hours_designated"].since


def test_of_kashiwa_and_chiba_no_designation_is_claimed() -> None:
    assert areas()["kashiwa"].within == "chiba"
    assert [areas()[name].verified for name in ("kashiwa", "chiba")] == [False, False]
