"""The file of a coordinator's judgements: what is written reads back, every mistake is named, nothing hostile grows."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import hypothesis.strategies as st
import pytest
import yaml
from hypothesis import given
from jsonschema import Draft202012Validator

from carveout.errors import InputError, Problem
from carveout.language import LANGUAGES
from carveout.model import Mode, Suitability, VerdictOverride, Weekday
from carveout.observations.text import CONTROL, tidy
from carveout.rules import read_overrides, write_overrides
from carveout.rules.override_file import MAX_BYTES, MAX_OVERRIDES, REASON_LEAST, overrides_schema

VALIDATOR = Draft202012Validator(overrides_schema())
HEAD = "format: carveout-overrides/1\noverrides:\n"
ONE = """  - site: care-home-a
    unit: unit-1
    task: listening
    mode: assist
    weekdays: [mon, 木]
    start: 11:30
    end: "13:00"
    suitability: conditional
    reason: 面会と重なる日があるので様子を見て入る
    who: jc-01
    at: 2026-06-10
"""


def texts(least: int = 1, most: int = 30) -> st.SearchStrategy[str]:
    letters = st.characters(codec="utf-8", exclude_categories=("Cs",))
    return (
        st.text(letters, min_size=least, max_size=most)
        .map(tidy)
        .filter(lambda t: len(t) >= least and not CONTROL.search(t))
    )


@st.composite
def overrides(draw: st.DrawFn) -> VerdictOverride:
    start = draw(st.none() | st.integers(0, 1439))
    end = draw(st.none() | st.integers(1, 1440)) if start is None else start + draw(st.integers(1, 1440))
    days = draw(st.none() | st.sets(st.sampled_from(Weekday), min_size=1))
    return VerdictOverride(
        draw(texts()), draw(texts()), draw(st.just("") | texts()), draw(texts()), draw(st.sampled_from(Mode)),
        None if days is None else tuple(day for day in Weekday if day in days), start, end,
        draw(st.sampled_from(Suitability)), draw(texts(REASON_LEAST)), draw(texts()),
        draw(st.dates().map(str) | st.datetimes().map(lambda moment: moment.isoformat())),
    )  # fmt: skip


several = st.lists(overrides(), max_size=5, unique_by=lambda one: one.id)


def problems(text: str | bytes) -> list[Problem]:
    with pytest.raises(InputError) as caught:
        read_overrides(text.encode() if isinstance(text, str) else text, "o.yaml")
    return [problem for problem in caught.value.problems if problem.severity == "error"]


@given(several)
def test_what_is_written_reads_back_and_fits_the_schema_and_any_yaml_reader(said: list[VerdictOverride]) -> None:
    written = write_overrides(said)
    assert read_overrides(written, "o.yaml") == tuple(said)
    VALIDATOR.validate(yaml.safe_load(written))
    assert write_overrides(read_overrides(written, "o.yaml")) == written


@given(several)
def test_the_same_as_json_reads_the_same(said: list[VerdictOverride]) -> None:
    document = yaml.safe_load(write_overrides(said))
    assert read_overrides(json.dumps(document).encode(), "o.json") == tuple(said)


def test_a_file_by_hand_is_read_as_it_was_meant() -> None:
    (one,) = read_overrides((HEAD + ONE).encode(), "o.yaml")
    assert (one.weekdays, one.start, one.end) == ((Weekday.MON, Weekday.THU), 690, 780)
    assert (one.id, one.mode, one.suitability) == ("o.yaml:3", Mode.ASSIST, Suitability.CONDITIONAL)


@pytest.mark.parametrize(
    ("given_", "meant"),
    [
        ("mode: 添う", {}),
        ("mode: 代わる", {"mode": Mode.TAKE_OVER}),
        ("suitability: 適当ではない", {"suitability": Suitability.UNSUITABLE}),
        ("suitability: ○", {"suitability": Suitability.SUITABLE}),
        ("weekdays: fri", {"weekdays": (Weekday.FRI,)}),
        ("weekdays:", {"weekdays": None}),
        ("start:", {"start": None}),
        ('end: "25:30"', {"end": 1530}),
        ("end: １３：００", {}),
        ("unit:", {"unit": ""}),
        ("at: 2026-06-10T09:30:00+09:00", {"at": "2026-06-10T09:30:00+09:00"}),
    ],
)
def test_a_field_may_be_written_as_people_write_it(given_: str, meant: dict[str, Any]) -> None:
    key = given_.partition(":")[0]
    lines = [f"    {given_}" if line.strip().startswith(f"{key}:") else line for line in ONE.splitlines()]
    (plain,), (one,) = (read_overrides((HEAD + text).encode(), "o") for text in (ONE, "\n".join(lines)))
    assert one == replace(plain, **meant)


@pytest.mark.parametrize(
    ("line", "code", "field"),
    [
        ("    mode: help", "not_a_word", "mode"),
        ("    suitability: good", "not_a_word", "suitability"),
        ("    weekdays: [monday]", "not_a_word", "weekdays"),
        ("    start: 25 o'clock", "bad_clock", "start"),
        ('    end: "11:30"', "no_length", "end"),
        ("    reason: いやだから", "short_reason", "reason"),
        ("    at: last week", "no_moment", "at"),
        ("    who:", "missing_key", "who"),
        ("    unit: {a: b}", "wrong_type", "unit"),
        ("    raeson: 面会と重なる日があるので様子を見て入る", "unknown_key", "raeson"),
    ],
)
def test_a_mistake_is_named_with_its_line_cause_and_remedy(line: str, code: str, field: str) -> None:
    key = line.strip().partition(":")[0].replace("raeson", "reason")
    lines = (HEAD + ONE).splitlines()
    place = next(at for at, one in enumerate(lines) if one.strip().startswith(f"{key}:"))
    found = problems("\n".join([*lines[:place], line, *lines[place + 1 :]]))
    named = next(problem for problem in found if problem.code == code)
    assert named.field == field and named.file == "o.yaml"
    assert named.line in (place + 1, 3), "its own line, or that of the entry it lacks"
    assert all(named.remedy.in_(language) for language in LANGUAGES)


def test_every_mistake_is_named_at_once() -> None:
    bad = ONE.replace("mode: assist", "mode: help").replace("at: 2026-06-10", "at: soon")
    found = problems(HEAD + bad + bad.replace("reason: 面会と重なる日があるので様子を見て入る", "reason: 短い"))
    assert [(one.code, one.line) for one in found] == [
        ("not_a_word", 6), ("no_moment", 13), ("not_a_word", 17), ("short_reason", 22), ("no_moment", 24),
    ]  # fmt: skip


def test_two_entries_of_one_id_are_refused() -> None:
    twice = ONE.replace("- site", "- id: a\n    site")
    assert [one.code for one in problems(HEAD + twice + twice)] == ["same_id"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"", "empty_file"),
        (b"\xff\xfe\x00", "not_text"),
        (b"- a\n- b\n", "not_a_document"),
        (b"format: carveout-job/1\n", "wrong_format"),
        (b"overrides: []\n", "missing_key"),
        (b"format: carveout-overrides/1\n---\nformat: carveout-overrides/1\n", "several_documents"),
        (b"format: carveout-overrides/1\noverrides: [1, 2]\n", "wrong_type"),
        (b"format: carveout-overrides/1\noverrides: !!python/object/apply:os.system ['true']\n", "yaml_tag"),
        (b"a: &a [x,x,x,x,x,x,x,x,x]\n" + b"".join(
            b"b%d: &b%d [*%s,*%s,*%s,*%s,*%s,*%s,*%s,*%s,*%s]\n" % (n, n, *[b"a" if n == 0 else b"b%d" % (n - 1)] * 9)
            for n in range(8)), "yaml_bomb"),
        (b"[" * 100 + b"]" * 100, "yaml_nested"),
        (b"#" * (MAX_BYTES + 1), "too_large"),
        (b"format: carveout-overrides/1\noverrides:\n" + b"  - {}\n" * (MAX_OVERRIDES + 1), "too_many"),
    ],
)  # fmt: skip
def test_what_is_no_such_file_or_means_harm_is_refused_with_a_reason(text: bytes, code: str) -> None:
    assert code in {problem.code for problem in problems(text)}


@given(st.binary(max_size=400) | texts(1, 400).map(str.encode))
def test_whatever_is_in_the_file_it_is_read_or_refused_with_problems(data: bytes) -> None:
    try:
        read_overrides(data, "o.yaml")
    except InputError as error:
        assert error.problems


@pytest.mark.parametrize(
    "bad",
    [
        {"mode": "help"},
        {"reason": "short"},
        {"weekdays": []},
        {"start": "9 o'clock"},
        {"nickname": "x"},
        {"site": ""},
    ],
)
def test_the_schema_refuses_what_the_reader_refuses(bad: dict[str, Any]) -> None:
    document = yaml.safe_load(HEAD + ONE.replace("木", "thu"))
    document["overrides"][0] |= {"start": "11:30", "at": "2026-06-10"}
    VALIDATOR.validate(document)
    document["overrides"][0] |= bad
    assert not VALIDATOR.is_valid(document)
