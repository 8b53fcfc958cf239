"""All rules of the package together, and what the reader says to a rulebook that is wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from carveout.catalogue import catalogue
from carveout.errors import InputError
from carveout.model import Suitability
from carveout.rules import read_rulebook, rulebook
from carveout.rules.conditions import CHOICES, FACT_NAMES
from carveout.rules.reading import BUNDLED

RULE = {
    "id": "r",
    "rank": 1,
    "since": date(2020, 1, 1),
    "verified": True,
    "mode": "assist",
    "when": {"pattern": "other"},
    "suitability": "suitable",
    "reason": {"ja": "理由", "en": "reason"},
    "source": "somewhere",
}
SCHEME = {"id": "s", "label": {"ja": "名", "en": "name"}, "layer": "facility", "default": True, "source": "somewhere"}


def read(tmp_path: Path, *rules: dict[str, object], scheme: dict[str, object] = SCHEME) -> list[str]:
    """What is wrong with a scheme, as "place field" of each problem; empty when it reads."""
    path = tmp_path / "scheme.yaml"
    path.write_text(yaml.safe_dump({"scheme": scheme, "rules": list(rules)}, allow_unicode=True), "utf-8")
    try:
        read_rulebook([path])
    except InputError as error:
        assert all(p.cause.ja and p.remedy.ja for p in error.problems)
        return [f"{p.place} {p.field}".strip() for p in error.problems]
    return []


def test_every_rule_is_dated_cited_and_worded() -> None:
    wrong = []
    for rule in rulebook().rules:
        if not date(1947, 1, 1) <= rule.since <= date(2027, 1, 1) or (rule.until and rule.until < rule.since):
            wrong.append((rule.id, "period"))
        if len(rule.source) < 10:
            wrong.append((rule.id, "source"))
        if not any("぀" <= sign <= "ヿ" for sign in rule.reason.ja) or not rule.reason.en.isascii():
            wrong.append((rule.id, "languages"))
        if not rule.reason.ja.endswith("。") or not rule.reason.en.endswith("."):
            wrong.append((rule.id, "sentence"))
    assert wrong == []


def test_no_rule_asks_for_a_name() -> None:
    names = {name for code, task in catalogue().tasks.items() for name in (code, task.label.ja, task.label.en)}
    said: set[str] = set()
    for path in BUNDLED.glob("*.yaml"):
        for rule in yaml.safe_load(path.read_text("utf-8"))["rules"]:
            said |= {str(word) for word in _leaves(rule["when"])}
    # Some words are both a value of a fact (nature: transport) and a task's code; a fact's value is what is meant.
    values = {str(value) for choices in CHOICES.values() for value in choices}
    assert said - values - {"True", "False"} == set()
    assert (said - values) & names == set()
    assert not {"task", "code", "label", "name"} & set(FACT_NAMES)


def _leaves(value: object) -> list[object]:
    if isinstance(value, dict):
        return [leaf for entry in value.values() for leaf in _leaves(entry)]
    return [leaf for entry in value for leaf in _leaves(entry)] if isinstance(value, list) else [value]


def test_law_and_definitions_cannot_be_switched_off() -> None:
    for scheme in ("law", "basics"):
        with pytest.raises(ValueError, match="cannot be switched"):
            rulebook().switched({scheme: False})
    with pytest.raises(KeyError):
        rulebook().switched({"nobody's": True})


def test_schemes_that_contradict_the_report_are_off_until_a_center_chooses() -> None:
    assert {s.id for s in rulebook().schemes if not s.on} == {"mie-abc", "no-bodily-care"}


def test_a_rule_holds_from_its_first_to_its_last_day(tmp_path: Path) -> None:
    path = tmp_path / "scheme.yaml"
    rule = {**RULE, "until": date(2020, 12, 31)}
    path.write_text(yaml.safe_dump({"scheme": SCHEME, "rules": [rule]}), "utf-8")
    book = read_rulebook([path])
    days = [date(2019, 12, 31), date(2020, 1, 1), date(2020, 12, 31), date(2021, 1, 1)]
    assert [book.active(day) for day in days] == [(), (0,), (0,), ()]
    assert book.rule("r").suitability is Suitability.SUITABLE


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"colour": "red"}, "rules[0] colour"),
        ({"when": {"task": "cleaning"}}, "rules[0].when task"),
        ({"when": {"pattern": "rhythm"}}, "rules[0].when pattern"),
        ({"when": {"medical_act": True}}, "rules[0].when medical_act"),
        ({"when": {"days": {"at_least": 3}}}, "rules[0].when days"),
        ({"when": {"days": "many"}}, "rules[0].when days"),
        ({"when": {"thin": "yes"}}, "rules[0].when thin"),
        ({"when": {"pattern": []}}, "rules[0].when pattern"),
        ({"when": None}, "rules[0] when"),
        ({"mode": "help"}, "rules[0] mode"),
        ({"mode": []}, "rules[0] mode"),
        ({"suitability": "fine"}, "rules[0] suitability"),
        ({"suitability": ["suitable"]}, "rules[0] suitability"),
        ({"effect": "ban"}, "rules[0] effect"),
        ({"certainty": "sure"}, "rules[0] certainty"),
        ({"since": "recently"}, "rules[0] since"),
        ({"until": 3}, "rules[0] until"),
        ({"rank": "first"}, "rules[0] rank"),
        ({"rank": True}, "rules[0] rank"),
        ({"verified": "no"}, "rules[0] verified"),
        ({"source": " "}, "rules[0] source"),
        ({"reason": {"ja": "理由"}}, "rules[0] reason"),
        ({"reason": {"ja": "{share}", "en": "x"}}, "rules[0] reason"),
        ({"reason": {"ja": "{task.code}", "en": "x"}}, "rules[0] reason"),
        ({"reason": {"ja": "{task", "en": "x"}}, "rules[0] reason"),
        ({"reason": {"ja": "{task}", "en": "x"}, "effect": "note"}, "rules[0] reason"),
    ],
)
def test_what_a_rule_may_not_say(tmp_path: Path, change: dict[str, object], problem: str) -> None:
    assert read(tmp_path, {**RULE, **change}) == [problem]


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    missing = {key: value for key, value in RULE.items() if key != "source"}
    found = read(tmp_path, {**RULE, "mode": "x", "rank": "y"}, missing, scheme={**SCHEME, "layer": "z"})
    assert found == ["scheme layer"]
    found = read(tmp_path, {**RULE, "mode": "x", "rank": "y"}, missing)
    assert found == ["rules[0] mode", "rules[0] rank", "rules[1] source"]


def test_two_rules_never_share_an_id_or_a_rank(tmp_path: Path) -> None:
    assert read(tmp_path, RULE, {**RULE, "id": "other"}) == ["rank"]
    assert read(tmp_path, RULE, {**RULE, "rank": 2}) == ["id"]


@pytest.mark.parametrize(
    "text", ["", "[]", "scheme: {id: x}", "a: {b: 1, b: 2}", "rules: [\x00", "scheme: {}\nrules: 3"]
)
def test_a_file_that_is_no_rulebook_is_a_problem_not_a_crash(tmp_path: Path, text: str) -> None:
    path = tmp_path / "broken.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(InputError, match=r"broken\.yaml"):
        read_rulebook([path])


def test_a_good_rule_reads(tmp_path: Path) -> None:
    assert read(tmp_path, RULE) == []
