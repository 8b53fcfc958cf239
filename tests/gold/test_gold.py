"""Every conclusion of the report on the bundled sites, a sentence each, held against both public ways to read it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.gold.said import LEVELS, WAYS, Said, Site, Way, minutes, said

FILES = sorted((Path(__file__).parent / "cases").glob("*.yaml"))
CASES: list[dict[str, Any]] = [case for path in FILES for case in yaml.safe_load(path.read_text("utf-8"))]
GOLD_LINES = range(1, 16)
CASE_KEYS = {"name", "ja", "gold", "site", "unit", "units", "tasks", "flow", "thin", "expect"}
NEEDED = {"mode", "suitability", "pattern", "rule", "window", "level"}
OPTIONAL = {"unit", "thin", "weekdays", "certainty", "spoke", "alone", "only", "says", "jobs"}
MOST_DAYS = 0.8  # a flow of the report runs on at least this share of the days


def span(window: str) -> tuple[int, int]:
    start, end = window.split("-")
    return minutes(start), minutes(end)


def units_of(case: dict[str, Any], expected: dict[str, Any]) -> list[str]:
    return [expected["unit"]] if "unit" in expected else case.get("units") or [case["unit"]]


def answers(verdict: Said, expected: dict[str, Any]) -> bool:
    """Whether a verdict says all that is expected, and is as sure."""
    certainty, weekdays = expected.get("certainty"), expected.get("weekdays")
    return (
        verdict.suitability == expected["suitability"]
        and verdict.rule == expected["rule"]
        and LEVELS.index(verdict.level) >= LEVELS.index(expected["level"])
        and verdict.weekdays == (tuple(weekdays) if weekdays else None)
        and certainty in (None, verdict.certainty)
        and set(expected.get("spoke", ())) <= set(verdict.spoke)
        and not (expected.get("alone") and verdict.spoke != (expected["rule"],))
        and expected.get("says", "") in verdict.ja
    )


def misses(site: Site, unit: str, task: str, expected: dict[str, Any]) -> Iterator[str]:
    """What is not as expected of one task of one unit."""
    of_mode = [v for v in site.verdicts if (v.unit, v.task, v.mode) == (unit, task, expected["mode"])]
    in_context = [
        v
        for v in of_mode
        if v.pattern == expected["pattern"]
        and v.thin == expected.get("thin", False)
        and v.meets(*span(expected["window"]))
    ]
    if not any(answers(v, expected) for v in in_context):
        yield f"{unit} {task}: no verdict answers {expected}; in that mode there are {of_mode}"
    for other in of_mode if expected.get("only") else in_context:
        if other.suitability != expected["suitability"]:
            yield f"{unit} {task}: says otherwise: {other}"
    yield from offered_against(site, unit, task, expected)


def offered_against(site: Site, unit: str, task: str, expected: dict[str, Any]) -> Iterator[str]:
    """What the jobs do with the task that they must not, or fail to do."""
    wanted = expected.get("jobs")
    offers = [o for o in site.offers if (o.unit, o.task) == (unit, task)]
    if wanted == "none_at_all" and offers:
        yield f"{unit} {task}: a job holds it: {offers}"
    of_mode = [o for o in offers if o.mode == expected["mode"]]
    if wanted == "none" and of_mode:
        yield f"{unit} {task}: a job holds it in this mode: {of_mode}"
    if wanted == "bundled" and not of_mode:
        yield f"{unit} {task}: no job holds it"
    if wanted == "bundled":
        start, end = span(expected["window"])
        for offer in of_mode:
            within = offer.weekday in expected["weekdays"] and offer.start < end and start < offer.end
            if not within or not offer.beside:
                yield f"{unit} {task}: offered outside its hours or on its own: {offer}"


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_site_is_judged_as_the_sentence_says(case: dict[str, Any], way: Way) -> None:
    site = said(case["site"], way)
    found = [
        miss
        for expected in case["expect"]
        for unit in units_of(case, expected)
        for task in case["tasks"]
        for miss in misses(site, unit, task, expected)
    ]
    assert not found, "\n".join([case["ja"], *found])


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("case", [c for c in CASES if "flow" in c], ids=[c["name"] for c in CASES if "flow" in c])
def test_the_flow_is_found_whole_and_in_its_order(case: dict[str, Any], way: Way) -> None:
    flows = [flow for flow in said(case["site"], way).flows if flow.unit == case["unit"]]
    same = [flow for flow in flows if flow.tasks == tuple(case["flow"])]
    assert len(same) == 1, (case["ja"], [flow.tasks for flow in flows])
    assert same[0].days >= MOST_DAYS * same[0].of_days > 0


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("case", [c for c in CASES if "thin" in c], ids=[c["name"] for c in CASES if "thin" in c])
def test_the_hour_is_found_to_have_too_few_staff(case: dict[str, Any], way: Way) -> None:
    start, end = span(case["thin"])
    windows = [w for w in said(case["site"], way).thin_windows if w[0] == case["unit"]]
    shared = sum(max(0, min(end, till) - max(start, since)) for _, since, till in windows)
    whole = sum(till - since for _, since, till in windows)
    assert shared >= 0.8 * (end - start), (case["ja"], windows)
    assert shared >= 0.8 * whole, (case["ja"], windows)


def test_every_line_of_the_findings_has_its_cases() -> None:
    assert {line for case in CASES for line in case["gold"]} == set(GOLD_LINES)


def test_cases_are_sentences_in_two_languages_and_say_all_that_is_needed() -> None:
    for key in ("name", "ja"):
        assert len({case[key] for case in CASES}) == len(CASES)
    for case in CASES:
        assert case["name"].isascii() and not case["ja"].isascii(), case["name"]
        assert set(case) <= CASE_KEYS, case["name"]
        for expected in case["expect"]:
            assert set(expected) >= NEEDED, case["name"]
            assert set(expected) <= NEEDED | OPTIONAL, case["name"]
            assert expected.get("jobs", "none") in ("none", "none_at_all", "bundled"), case["name"]
            assert expected["level"] in LEVELS, case["name"]


@pytest.mark.parametrize("way", WAYS)
def test_the_cases_notice_when_a_verdict_is_otherwise(way: Way) -> None:
    """The comparison itself: each statement of a case turned round must be missed."""
    site, unit, task = said("care-home-a", way), "unit-1", "cleaning"
    right = {
        "mode": "take_over",
        "suitability": "unsuitable",
        "pattern": "rhythmic_chain",
        "rule": "rhythmic-chain",
        "window": "09:00-10:00",
        "level": "established",
        "jobs": "none",
    }
    wrong = {
        "mode": "assist",
        "suitability": "suitable",
        "pattern": "overlapping",
        "rule": "dedicated-role",
        "window": "02:00-03:00",
        "weekdays": ["mon"],
        "thin": True,
        "spoke": ["overlapping"],
        "certainty": "hedged",
        "says": "委託先",
    }
    assert not list(misses(site, unit, task, right))
    for key, value in wrong.items():
        assert list(misses(site, unit, task, {**right, key: value})), key
    assert list(misses(site, unit, task, {**right, "weekdays": ["mon"], "jobs": "bundled"}))
    assert list(offered_against(site, unit, "linen_change", {**right, "jobs": "none"}))
    assert list(offered_against(site, unit, "linen_change", {**right, "jobs": "none_at_all"}))
