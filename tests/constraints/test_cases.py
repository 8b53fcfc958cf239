"""Offers in; checks, needs and channels out: the cases of `cases/*.yaml`, each a sentence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from carveout.constraints import Offer, Policy, channels, check, needs
from tests.constraints.build import offer

FILES = sorted((Path(__file__).parent / "cases").glob("*.yaml"))
CASES = [case for path in FILES for case in yaml.safe_load(path.read_text("utf-8"))]
KEYS = {"name", "offer", "policy", "day", "expect", "said", "needs", "not_needs", "channels", "because"}


def with_key(key: str) -> pytest.MarkDecorator:
    found = [case for case in CASES if key in case]
    return pytest.mark.parametrize("case", found, ids=[case["name"] for case in found])


def read(case: dict[str, Any]) -> tuple[Offer, Policy]:
    return offer(**case.get("offer", {})), Policy(**case.get("policy", {}), on=case.get("day"))


@with_key("expect")
def test_the_limits_are_kept_or_broken_as_the_sentence_says(case: dict[str, Any]) -> None:
    found = {one.rule: one for one in check(*read(case))}
    got = {rule: found[rule].ok if rule in found else "absent" for rule in case["expect"]}
    assert got == case["expect"]
    for rule, words in case.get("said", {}).items():
        missing = [word for word in words if word not in found[rule].said.ja]
        assert missing == [], found[rule].said.ja


@pytest.mark.parametrize(
    "case", [c for c in CASES if "needs" in c or "not_needs" in c], ids=lambda case: str(case["name"])
)
def test_what_to_arrange_is_what_the_sentence_says(case: dict[str, Any]) -> None:
    found = {one.rule: list(one.tasks) for one in needs(*read(case))}
    assert {rule: found.get(rule) for rule in case.get("needs", {})} == case.get("needs", {})
    assert [rule for rule in case.get("not_needs", []) if rule in found] == []


@with_key("channels")
def test_the_channels_stand_in_the_order_the_sentence_says(case: dict[str, Any]) -> None:
    options = channels(*read(case))
    assert [("" if one.possible else "-") + one.channel for one in options] == case["channels"]
    reasons = {str(one.channel): one.reason for one in options}
    for channel, words in case.get("because", {}).items():
        assert [word for word in words if word not in reasons[channel].ja] == [], reasons[channel].ja


def test_case_names_are_sentences_of_their_own() -> None:
    names = [case["name"] for case in CASES]
    assert len(set(names)) == len(names) >= 80
    assert all(set(case) <= KEYS for case in CASES)
    assert all(set(case) & {"expect", "needs", "not_needs", "channels"} for case in CASES)


def test_every_check_is_kept_in_one_case_and_broken_in_another() -> None:
    kept = {rule for case in CASES for rule, ok in case.get("expect", {}).items() if ok is True}
    broken = {rule for case in CASES for rule, ok in case.get("expect", {}).items() if ok is False}
    everything = {one.rule for case in CASES for one in check(*read(case))}
    assert everything - kept == set()
    assert everything - broken == set()
