"""Facts in, verdicts out: the cases of `cases/*.yaml`, each a sentence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from carveout.model import Verdict
from carveout.rules import verdicts_of_site
from tests.rules.build import judged

FILES = sorted((Path(__file__).parent / "cases").glob("*.yaml"))
CASES = [case for path in FILES for case in yaml.safe_load(path.read_text("utf-8"))]
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def verdicts(case: dict[str, Any]) -> dict[str, Verdict]:
    options = {key: case[key] for key in ("kind", "schemes", "day") if key in case}
    timeline, facts, table, book = judged([case["facts"]], **options)
    found = verdicts_of_site(timeline, facts, table, book, 0)
    by_mode = {str(v.mode) + ("_thin" if v.thin else ""): v for v in found}
    assert len(by_mode) == len(found), "a mode has two verdicts"
    return by_mode


def said(verdict: Verdict, key: str) -> object:
    if key == "trace":
        return [step.rule for step in verdict.trace]
    if key == "certainty":
        return verdict.evidence["certainty"]
    if key == "level":
        return str(verdict.confidence.level)
    if key == "days":
        return verdict.confidence.days
    if key == "weekday":
        return None if verdict.weekdays is None else WEEKDAYS.index(verdict.weekdays[0])
    return getattr(verdict, key)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_verdicts_are_those_the_sentence_says(case: dict[str, Any]) -> None:
    found = verdicts(case)
    wanted = {mode: dict.fromkeys(expected) for mode, expected in case["expect"].items()}
    got = {mode: {key: said(v, key) for key in wanted.get(mode, {"rule": None})} for mode, v in found.items()}
    assert got == case["expect"]


def test_case_names_are_sentences_of_their_own() -> None:
    names = [case["name"] for case in CASES]
    assert len(set(names)) == len(names) and len(names) >= 35
    assert all(set(case) <= {"name", "source", "kind", "day", "schemes", "facts", "expect"} for case in CASES)
