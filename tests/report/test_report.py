"""The analysis file: the contract's keys and values, its schema, and the same bytes for the same result."""

from __future__ import annotations

import json
import math
import tracemalloc
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from carveout import report
from carveout.model import Confidence, Level, SiteResult
from tests.report.built import Built, occurrence, site, verdict


def written(*results: SiteResult) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(report.dumps(Built(results)))
    return loaded


def test_the_file_fits_its_schema() -> None:
    jsonschema.validate(written(site(), site(site="b")), report.schema())


def test_the_schema_is_itself_valid() -> None:
    jsonschema.Draft202012Validator.check_schema(report.schema())


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("chains", 0, "window", "start"), "6:50"),
        (("chains", 0, "links", 0, "probability_low"), 1.2),
        (("occurrences", 0, "pattern"), "chain"),
        (("occurrences", 0, "row"), -1),
        (("windows", 0, "weekday"), "monday"),
        (("verdicts", 0, "suitability"), "ok"),
        (("verdicts", 0, "window", "weekdays"), []),
        (("verdicts", 0, "reason"), {"en": "only"}),
        (("jobs", 0, "channel", "recommended"), "gift"),
        (("kind",), "hospital"),
    ],
)
def test_the_schema_rejects_what_the_contract_does_not_allow(place: tuple[str | int, ...], value: object) -> None:
    document = written(site())
    target: Any = document["sites"][0]
    for step in place[:-1]:
        target = target[step]
    assert place[-1] in target or isinstance(place[-1], int)
    target[place[-1]] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, report.schema())


def test_every_key_of_the_contract_is_there_with_its_value() -> None:
    document = written(site())
    assert document["format"] == "carveout-analysis/1"
    one = document["sites"][0]
    assert (one["site"], one["kind"]) == ("care-home-a", "care_home")
    assert one["occurrences"][0] == {
        "date": "2026-06-01",
        "unit": "unit-1",
        "row": 0,
        "task": "wake_up_care",
        "pattern": "rhythmic_chain",
        "chain": "unit-1/1",
    }
    assert one["chains"][0] == {
        "id": "unit-1/1",
        "unit": "unit-1",
        "tasks": ["wake_up_care", "breakfast_prep"],
        "window": {"start": "06:50", "end": "09:20"},
        "days": 10,
        "of_days": 10,
        "links": [
            {
                "from": "wake_up_care",
                "to": "breakfast_prep",
                "days": 10,
                "of_days": 10,
                "median_gap_min": 0.0,
                "probability_low": 0.7411,
            }
        ],
    }
    assert one["windows"][0] == {
        "unit": "unit-1",
        "weekday": None,
        "start": "12:00",
        "end": "12:45",
        "demand": 3.4,
        "staff": 2.0,
        "thin": True,
    }
    assert one["windows"][1]["weekday"] == "tue"
    first, second = one["verdicts"]
    assert first["window"] == {"weekdays": None, "start": "06:50", "end": "09:20"}
    assert first["confidence"] == {"level": "established", "days": 10, "of_days": 10, "low": 0.7411}
    assert first["reason"]["ja"].startswith("毎日")
    assert first["evidence"] == {"days": 10, "median_gap": 1.25}
    assert second["window"]["weekdays"] == ["mon", "tue"]
    made = one["jobs"][0]
    assert made["slots"][0]["tasks"][0]["mode"] == "assist"
    assert made["staff_minutes_relieved_per_week"] == 400.0
    assert made["channel"]["recommended"] == "dispatch"
    assert made["constraints"][0]["ok"] is True
    assert made["not_included"] == [
        {"task": "bathing", "mode": "take_over", "reason": {"en": "part of a flow", "ja": "流れの一部"}}
    ]


def test_a_stretch_past_midnight_counts_on() -> None:
    assert written(site())["sites"][0]["verdicts"][1]["window"]["end"] == "25:10"


def test_a_verdict_names_the_rows_it_rests_on_by_their_place_in_the_file() -> None:
    one = written(site())["sites"][0]
    assert one["verdicts"][1]["occurrences"] == [1]
    assert one["occurrences"][1]["task"] == "listening"


def test_no_negative_zero_and_nothing_that_is_not_json() -> None:
    odd = verdict(evidence={"a": math.nan, "b": math.inf, "c": -0.00001, "d": "words"})
    text = report.dumps(Built((site(verdicts=(odd,)),))).decode()
    assert "-0.0" not in text
    assert json.loads(text, parse_constant=pytest.fail)["sites"][0]["verdicts"][0]["evidence"] == {
        "a": None,
        "b": None,
        "c": 0.0,
        "d": "words",
    }


def test_a_site_without_rows_is_still_a_site() -> None:
    empty = site(occurrences=(), chains=(), windows=(), load={}, verdicts=(), jobs=(), task_labels={}, units=())
    document = written(empty)
    jsonschema.validate(document, report.schema())
    assert document["sites"][0]["occurrences"] == []
    assert written() == {"format": "carveout-analysis/1", "sites": []}


def test_the_order_of_evidence_does_not_matter() -> None:
    there, back = {"a": 1, "b": 2.5}, {"b": 2.5, "a": 1}
    assert report.dumps(Built((site(verdicts=(verdict(evidence=there),)),))) == report.dumps(
        Built((site(verdicts=(verdict(evidence=back),)),))
    )


@given(name=st.text(st.characters(exclude_categories=())), number=st.floats(0, 1))
def test_any_name_survives_the_file(name: str, number: float) -> None:
    held = verdict(task=name, confidence=Confidence(Level.SUPPORTED, 3, 4, number))
    content = report.dumps(Built((site(verdicts=(held,)),)))
    back = json.loads(content)["sites"][0]["verdicts"][0]
    assert back["task"] == name
    assert back["confidence"]["low"] == round(number, 4)


def test_sites_are_written_one_at_a_time() -> None:
    many = tuple(occurrence(100 + i) for i in range(4000))

    class Passing:
        sites = range(12)

        def site(self, index: int) -> SiteResult:
            return site(site=str(index), occurrences=tuple(occurrence(o.index) for o in many), verdicts=())

    def peak(lines: Iterator[str]) -> int:
        tracemalloc.start()
        for _ in lines:
            pass
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    one = peak(report.lines(Built((site(occurrences=many, verdicts=()),))))
    assert peak(report.lines(Passing())) < 4 * one + 4_000_000
