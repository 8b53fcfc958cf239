"""A verdict that a coordinator answered: in the file, in the terminal's tables, and nowhere without one."""

from __future__ import annotations

import io
import json
from typing import Any

import jsonschema
import pytest
from rich.console import Console

from carveout import report, tables
from carveout.language import LANGUAGES, Language, Text
from carveout.model import (
    Mode,
    Overridden,
    SiteResult,
    Slot,
    SlotTask,
    Suitability,
    Verdict,
    VerdictOverride,
    Weekday,
)
from carveout.words import OVERRIDE_LEGEND, OVERRIDE_SIGN
from tests.report.built import Built, job, site, verdict

BY = VerdictOverride(
    "o1", "care-home-a", "unit-1", "listening", Mode.ASSIST, None, None, None, Suitability.CONDITIONAL,
    "\x1b[2J面会の日は控える", "jc-01", "2026-06-10T09:00:00+00:00",
)  # fmt: skip
RULES = Text("流れと重なる仕事です。", "It comes up beside a flow.")
WARNING = Text("法令のきまりより緩くはできません。", "The law stands.")


def answered(warning: Text | None = None, **changes: Any) -> Verdict:
    return verdict(
        task="listening",
        mode=Mode.ASSIST,
        suitability=Suitability.CONDITIONAL,
        reason=Text("担当者の判断：面会の日は控える", "Coordinator's judgement: not on visiting days"),
        context=1,
        override=Overridden(BY, Suitability.SUITABLE, RULES, warning),
        rows=(101,),
        **changes,
    )


def with_one(warning: Text | None = None) -> SiteResult:
    task = SlotTask("listening", Mode.ASSIST, Suitability.CONDITIONAL, 30.0, overridden=True)
    return site(
        verdicts=(verdict(), answered(warning)),
        jobs=(job(slots=(Slot(Weekday.MON, 690, 810, "unit-1", (task,)),)),),
    )


def written(result: SiteResult) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(report.dumps(Built((result,))))
    return loaded


def shown(result: SiteResult, language: Language, *, width: int = 100, reasons: bool = False) -> str:
    out = io.StringIO()
    tables.show(result, Console(file=out, width=width, highlight=False), language, reasons=reasons)
    return out.getvalue()


def test_the_file_holds_the_override_beside_what_the_rules_had_said() -> None:
    document = written(with_one())
    jsonschema.validate(document, report.schema())
    one, other = document["sites"][0]["verdicts"][1], document["sites"][0]["verdicts"][0]
    assert "override" not in other and list(one)[-1] == "override"
    assert one["suitability"] == "conditional"
    assert one["override"] == {
        "id": "o1",
        "from": "suitable",
        "suitability": "conditional",
        "reason": BY.reason,
        "who": "jc-01",
        "at": "2026-06-10T09:00:00+00:00",
        "rules_reason": {"en": RULES.en, "ja": RULES.ja},
    }
    assert document["sites"][0]["jobs"][0]["slots"][0]["tasks"][0]["override"] is True


def test_a_warning_stands_in_the_file_where_the_law_or_a_flow_holds_it_back() -> None:
    document = written(with_one(WARNING))
    jsonschema.validate(document, report.schema())
    assert document["sites"][0]["verdicts"][1]["override"]["warning"]["en"] == "The law stands."


@pytest.mark.parametrize(
    ("key", "value"), [("from", "good"), ("suitability", None), ("reason", 3), ("warning", "law"), ("rules_reason", {})]
)
def test_the_schema_refuses_an_override_that_is_none(key: str, value: object) -> None:
    document = written(with_one())
    document["sites"][0]["verdicts"][1]["override"][key] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, report.schema())


def test_without_one_neither_key_nor_sign_stands_anywhere() -> None:
    assert b"override" not in report.dumps(Built((site(),)))
    for language in LANGUAGES:
        said = shown(site(), language, reasons=True)
        assert OVERRIDE_SIGN.in_(language) not in said and OVERRIDE_LEGEND.in_(language)[:10] not in said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [60, 100])
def test_the_tables_mark_it_with_a_sign_that_is_explained(language: Language, width: int) -> None:
    said = shown(with_one(), language, width=width)
    sign = OVERRIDE_SIGN.in_(language)
    assert f"△{sign}" in said and f"×{sign}" not in said
    assert OVERRIDE_LEGEND.in_(language)[:20] in said
    verdicts, _, jobs = said.partition("候補となる仕事" if language == "ja" else "Candidate jobs")
    assert sign in verdicts and sign in jobs


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_reasons_tell_the_coordinators_and_the_rules_own_and_nothing_hidden(language: Language) -> None:
    said = shown(with_one(), language, reasons=True)
    assert answered().reason.in_(language) in said
    assert ("規則：" if language == "ja" else "The rules: ") + RULES.in_(language) in said
    assert "\x1b[2J" not in said
