"""`schema.json` and the reader accept and refuse the same documents, as far as a schema can tell."""

from __future__ import annotations

import copy
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from carveout.errors import InputError
from carveout.observations import DEFAULT_LIMITS, read_bytes, schema, template, write_yaml
from carveout.observations.clock import CLOCK_PATTERN, RANGES_PATTERN
from carveout.observations.words import KINDS, TASK_ATTRIBUTES, TRIGGERS, WEEKDAYS, all_words
from tests.observations.documents import DOCUMENT, of_yaml

VALIDATOR = Draft202012Validator(schema(), format_checker=FormatChecker())
# What only the reader can see: relations between values.
BEYOND_A_SCHEMA = {"end_before_start", "whole_day", "empty_range"}
BASE: dict[str, Any] = {
    "format": "carveout-observation/1",
    "site": {"id": "a", "kind": "care_home", "name": "A"},
    "tasks": {"x": {"ja": "え", "nature": "advisory"}},
    "days": [
        {
            "date": "2026-06-01",
            "unit": "u",
            "staff": [{"id": "s1", "role": "nurse", "on": ["07:00-16:00"]}],
            "timeline": [{"start": "07:00", "end": "16:00", "staff": ["s1"], "task": "x", "note": "n"}],
        }
    ],
    "reported": [{"task": "x", "weekday": "mon", "start": "09:00"}],
}
ODD: list[Any] = [
    None, True, False, 0, 1, 59, 60, 723, 1440, 1441, -1, 1.0, 1.5, 720.0,
    "", " ", "a", "07:00", "7:5", "24:00", "24:01", "25:00", "７：００", " 09:00 ", "9時", "9時半", "12:03:59", "723",
    "07:00-16:00", "07:00-12:00, 13:00-16:00", "7-16", "09:00〜10:00", "2026-06-01", "2026-02-30", "2026-6-1",
    "mon", "MON", "月曜", "care_home", "介護施設", "Care Home", "planned", "随時", "on", "null", "true", "yes", "no",
    "care", "contracted", "x" * 201, "a\x01b", "a\nb", "\u3000", "\x1c", "carveout-observation/2",
    [], {}, [[]], ["s1"], ["s1", None], [1], {"ja": "x"}, {"a": 1}, [{"id": "s1"}], [{}],
]  # fmt: skip


def reader_accepts(document: Any) -> bool:
    try:
        read_bytes("a.yaml", yaml.dump(document, Dumper=yaml.CSafeDumper, allow_unicode=True).encode())
    except InputError as error:
        return {p.code for p in error.problems if p.severity == "error"} <= BEYOND_A_SCHEMA
    return True


def agree(document: Any) -> None:
    errors = [f"{e.json_path}: {e.message[:200]}" for e in VALIDATOR.iter_errors(document)]
    assert reader_accepts(document) == (not errors), (document, errors)


def places(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path] if path else []
    for key in node if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ():
        found += places(node[key], (*path, key))
    return found


def changed(path: tuple[Any, ...], value: Any) -> Any:
    document = copy.deepcopy(BASE)
    here = document
    for step in path[:-1]:
        here = here[step]
    here[path[-1]] = value
    return document


def removed(path: tuple[Any, ...]) -> Any:
    document = copy.deepcopy(BASE)
    here = document
    for step in path[:-1]:
        here = here[step]
    del here[path[-1]]
    return document


def test_the_schema_is_one_and_the_contracts_example_fits() -> None:
    Draft202012Validator.check_schema(schema())
    agree(BASE)
    assert reader_accepts(BASE)
    example = yaml.safe_load(DOCUMENT.replace(" on:", ' "on":').replace("2026-06-01", '"2026-06-01"'))
    agree(example)  # quoted: to YAML 1.1 tools `on` is true, and a date no text


@pytest.mark.parametrize("path", places(BASE), ids=lambda path: ".".join(map(str, path)))
def test_they_agree_on_every_odd_value_in_every_place(path: tuple[Any, ...]) -> None:
    agree(removed(path))
    for value in ODD:
        agree(changed(path, value))


KEYS = (
    "next_day", "trigger", "note", "on", "role", "unit", "observer", "weekday", "told_by", "name", "constructed",
    "tasks", "reported", "nature", "supplier", "care_class", "load", "contact", "medical_act", "qualification", "ja",
    "start", "end", "staff", "timeline", "oops",
)  # fmt: skip
CHANGES = st.lists(
    st.tuples(st.sampled_from(places(BASE)), st.sampled_from(ODD) | st.text(max_size=6) | st.integers()), max_size=3
)


@pytest.mark.parametrize("key", KEYS)
def test_they_agree_on_every_key_in_every_mapping(key: str) -> None:
    mappings = [path for path in [(), *places(BASE)] if isinstance(_at(path), dict)]
    for path in mappings:
        for value in (None, "x", "no", True, "07:00", [], {}):
            agree(changed((*path, key), value))


def _at(path: tuple[Any, ...]) -> Any:
    here: Any = BASE
    for step in path:
        here = here[step]
    return here


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(CHANGES)
def test_they_agree_on_several_changes_at_once(changes: list[tuple[tuple[Any, ...], Any]]) -> None:
    document = copy.deepcopy(BASE)
    for path, value in changes:
        here: Any = document
        try:
            for step in path[:-1]:
                here = here[step]
            here[path[-1]] = copy.deepcopy(value)
        except (KeyError, IndexError, TypeError):
            continue
    agree(document)


def test_what_we_write_ourselves_fits() -> None:
    for text in (write_yaml(of_yaml(DOCUMENT).timeline, 0), DOCUMENT):
        document = yaml.load(text, Loader=yaml.BaseLoader)  # texts only, as the reader takes them
        assert list(VALIDATOR.iter_errors(document)) == []
    for language in ("ja", "en"):
        keys = yaml.safe_load(template("yaml", language))
        assert set(keys) <= set(schema()["properties"])


def test_patterns_words_and_bounds_are_the_readers() -> None:
    defined = schema()["$defs"]
    assert defined["clock"]["anyOf"][0]["pattern"] == rf"^\s*{CLOCK_PATTERN}\s*$"
    assert defined["range"]["pattern"] == rf"^\s*{RANGES_PATTERN}\s*$"
    assert defined["text"]["anyOf"][0]["maxLength"] == DEFAULT_LIMITS.id_chars
    assert defined["note"]["anyOf"][0]["maxLength"] == DEFAULT_LIMITS.note_chars
    assert defined["site"]["properties"]["kind"]["enum"] == [*all_words(KINDS), None]
    assert defined["row"]["properties"]["trigger"]["enum"] == [*all_words(TRIGGERS), None]
    assert defined["reported"]["properties"]["weekday"]["enum"] == [*all_words(WEEKDAYS), None]
    assert set(defined["task"]["properties"]) == set(TASK_ATTRIBUTES)
