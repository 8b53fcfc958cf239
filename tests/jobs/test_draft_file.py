"""A shaped job's file: what is written reads back, every mistake is named at once, nothing hostile grows."""

from __future__ import annotations

from typing import Any

import hypothesis.strategies as st
import pytest
import yaml
from hypothesis import given
from jsonschema import Draft202012Validator, FormatChecker

from carveout.errors import InputError, Problem
from carveout.jobs.draft import ANSWERS, Draft, DraftSlot, with_slots
from carveout.jobs.draft_file import ANSWER_CHARS, MAX_BYTES, MAX_SLOTS, draft_schema, read_draft, write_draft
from carveout.language import LANGUAGES
from carveout.model import Channel, Mode, Weekday
from carveout.observations.text import CONTROL, tidy

VALIDATOR = Draft202012Validator(draft_schema(), format_checker=FormatChecker())
SMALL = """format: carveout-job/1
site: care-home-a
slots:
  - weekday: mon
    start: "09:00"
    end: 12:03
    unit: unit-1
    tasks:
      - {task: listening, mode: assist}
"""


def texts(most: int = 40) -> st.SearchStrategy[str]:
    letters = st.characters(codec="utf-8", exclude_categories=("Cs",))
    return st.text(letters, min_size=1, max_size=most).map(tidy).filter(lambda t: t and not CONTROL.search(t))


@st.composite
def slots(draw: st.DrawFn) -> DraftSlot:
    start = draw(st.integers(0, 1439))
    tasks = draw(st.lists(st.tuples(texts(), st.sampled_from(Mode)), max_size=4, unique=True))
    end = start + draw(st.integers(1, 1440))
    return DraftSlot(draw(st.sampled_from(Weekday)), start, end, draw(texts()), tuple(tasks))


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    days = st.dates().map(str).filter(lambda day: "1901" < day < "2199")
    answers = draw(st.dictionaries(st.sampled_from([a for a in ANSWERS if a != "start_date"]), texts(), max_size=4))
    if draw(st.booleans()):
        answers["start_date"] = draw(days)
    draft = Draft(
        draw(texts()), (), draw(st.just("") | texts()), draw(st.just("") | texts()), draw(st.integers(1, 9)),
        draw(st.integers(1, 99)), draw(st.none() | st.sampled_from(Channel)), draw(st.just("") | texts()),
        draw(st.just("") | days), draw(st.dictionaries(texts(), st.floats(-1e9, 1e9), max_size=3)), answers,
    )  # fmt: skip
    return with_slots(draft, tuple(draw(st.lists(slots(), max_size=5))))


def problems(text: str | bytes) -> list[Problem]:
    with pytest.raises(InputError) as caught:
        read_draft(text.encode() if isinstance(text, str) else text, "job.yaml")
    return [p for p in caught.value.problems if p.severity == "error"]


@given(drafts())
def test_what_is_written_reads_back_and_fits_the_schema_and_any_yaml_reader(draft: Draft):
    written = write_draft(draft)
    assert read_draft(written, "job.yaml") == draft
    VALIDATOR.validate(yaml.safe_load(written))
    assert write_draft(read_draft(written, "job.yaml")) == written


def test_the_file_says_at_its_top_what_it_is_in_both_languages():
    head = write_draft(Draft("a", ())).decode().splitlines()[:4]
    assert all(line.startswith("# ") for line in head)
    assert "仕事の案" in head[0] and "A job" in head[2]


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ('"12:03"', 723),
        ("12:03", 723),
        ("723", 723),
        ("9時半", 570),
        ('"25:30"', 1530),
        ("25:30", 1530),
        ("24:00", 1440),
    ],
)
def test_a_clock_time_is_understood_however_it_is_typed(written: str, minutes: int):
    assert read_draft(SMALL.replace("12:03", written).encode(), "x").slots[0].end == minutes


def test_slots_come_in_the_order_of_the_week_and_weekdays_in_japanese_are_understood():
    later = SMALL.split("slots:\n")[1].replace("weekday: mon", "weekday: 日曜")
    draft = read_draft(SMALL.replace("slots:\n", "slots:\n" + later).encode(), "x")
    assert [slot.weekday for slot in draft.slots] == [Weekday.MON, Weekday.SUN]


def test_every_problem_is_named_at_once_with_place_cause_and_remedy_in_both_languages():
    text = SMALL.replace("site: care-home-a", "site: care-home-a\nchanel: dispatch\npeople: 0\nstage: two").replace(
        "end: 12:03", "end: 08:00"
    )
    text = text.replace("mode: assist", "mode: asist") + "answers: {directs: x, direct: y, start_date: 6/1}\n"
    found = problems(text + "numbers: {a: many}\n")
    assert {p.code for p in found} == {
        "unknown_key", "not_a_count", "slot_without_length", "not_a_word", "bad_date", "not_a_figure",
    }  # fmt: skip
    assert len(found) == 8
    for problem in found:
        assert problem.file == "job.yaml" and problem.line
        for language in LANGUAGES:
            assert problem.cause.in_(language) and problem.remedy.in_(language)
    assert any("channel" in p.remedy.en for p in found) and any("directs" in p.remedy.en for p in found)
    assert any("assist" in p.remedy.ja for p in found)
    assert next(p for p in found if p.code == "slot_without_length").remedy.en.endswith("32:00")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty_file"),
        ("# nothing\n", "empty_file"),
        ("just a sentence", "not_a_document"),
        ("- a\n- b\n", "not_a_document"),
        (SMALL.replace("carveout-job/1", "carveout-observation/1"), "wrong_format"),
        (SMALL.replace("format: carveout-job/1\n", ""), "missing_key"),
        (SMALL.replace("site: care-home-a\n", ""), "missing_key"),
        (SMALL + "---\n" + SMALL, "several_documents"),
        (SMALL.replace("site: care-home-a", "site: [a"), "yaml_syntax"),
        (SMALL.replace("site: care-home-a", "site: !!python/object/apply:os.system [ls]"), "yaml_tag"),
        (SMALL + "site: again\n", "duplicate_key"),
        (SMALL.replace("end: 12:03", 'end: "33:01"'), "slot_too_long"),
        (SMALL.replace("end: 12:03", "end: 9"), "bad_clock"),
        (SMALL.replace("  - weekday", "  -\n  - weekday"), "wrong_type"),
        (SMALL.replace("assist}", "assist}\n      - {task: listening, mode: assist}"), "task_twice"),
        (SMALL.replace("slots:", f"title: {'x' * 201}\nslots:"), "too_long"),
        (SMALL + f"answers: {{remarks: {'x' * (ANSWER_CHARS + 1)}}}\n", "too_long"),
        (SMALL + 'answers: {remarks: "a\\x1bb"}\n', "control_character"),
        (SMALL + "numbers: {ratio: .nan}\n", "not_a_figure"),
        (SMALL + "numbers: {ratio: 1e300}\n", "not_a_figure"),
        (b"\xff\xfe\x00", "not_text"),
        (b"\x80\x81", "not_text"),
    ],
)
def test_what_cannot_be_used_is_refused_and_named(text: str | bytes, code: str):
    assert [p.code for p in problems(text)] == [code]


def test_what_is_too_large_too_deep_or_grows_is_refused_at_its_bound():
    bomb = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{b}: &{b} [{','.join(['*' + a] * 10)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    slot = SMALL.split("slots:\n")[1]
    assert [p.code for p in problems(b"#" * (MAX_BYTES + 1))] == ["too_large"]
    assert [p.code for p in problems(SMALL + bomb)] == ["yaml_bomb"]
    assert [p.code for p in problems(SMALL + "title: " + "[" * 50 + "]" * 50)] == ["yaml_nested"]
    assert [p.code for p in problems(SMALL + slot * MAX_SLOTS)] == ["too_many"]


KEYS = st.sampled_from(["format", "site", "slots", "tasks", "start", "answers", "numbers", "weekday"]) | st.text(
    max_size=3
)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@given(ANYTHING, ANYTHING)
def test_whatever_a_file_holds_is_a_draft_or_a_list_of_problems(content: Any, other: Any):
    try:
        draft = read_draft(
            yaml.safe_dump({"format": "carveout-job/1", "slots": content, "answers": other}).encode(), "x"
        )
    except InputError as error:
        assert error.problems
    else:
        assert draft.site


def test_the_schema_is_one_and_knows_the_same_keys():
    Draft202012Validator.check_schema(draft_schema())
    assert set(draft_schema()["properties"]["answers"]["anyOf"][0]["properties"]) == set(ANSWERS)
    unquoted = yaml.safe_load(SMALL)  # 12:03 becomes the number 723
    VALIDATOR.validate(unquoted)
    for wrong in ({"site": None}, {"extra": 1}, {"people": 0}, {"channel": "post"}, {"slots": [{"weekday": "mon"}]}):
        assert not VALIDATOR.is_valid(unquoted | wrong), wrong
