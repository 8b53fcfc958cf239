"""What the reader says to a file of limits that is wrong: everything at once, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from carveout.constraints.numbers import read_numbers
from carveout.constraints.reading import LimitFile
from carveout.constraints.regions import read_areas
from carveout.constraints.rules import read_arrangements, read_forbidden
from carveout.errors import InputError
from carveout.model import Layer

WORDS = {"ja": "名前", "en": "name"}
VERSION: dict[str, Any] = {"value": 3, "since": date(2020, 1, 1), "verified": True, "source": WORDS}
LIMIT: dict[str, Any] = {"label": WORDS, "unit": WORDS, "stricter": "lower", "range": [0, 10], "versions": [VERSION]}
NEED: dict[str, Any] = {
    "id": "n",
    "since": date(2020, 1, 1),
    "verified": True,
    "source": WORDS,
    "when": {"channel": "dispatch"},
    "what": WORDS,
}
FORBIDDEN: dict[str, Any] = {**{k: v for k, v in NEED.items() if k != "what"}, "label": WORDS, "kept": WORDS}
FORBIDDEN["broken"] = {"ja": "{tasks}", "en": "{tasks}"}
AREA: dict[str, Any] = {"id": "a", "label": WORDS, "verified": True, "note": WORDS, "designations": []}
DESIGNATION: dict[str, Any] = {
    "kinds": ["nursery"],
    "natures": ["care"],
    "occupations": WORDS,
    "since": date(2020, 1, 1),
    "verified": True,
    "source": WORDS,
}


def said(tmp_path: Path, document: object, read: Callable[[LimitFile], object]) -> list[str]:
    """What is wrong, as "place field" of each problem; empty when it reads."""
    path = tmp_path / "law.yaml"
    text = document if isinstance(document, str) else yaml.safe_dump(document, allow_unicode=True)
    path.write_text(text, "utf-8")
    try:
        read(LimitFile(path))
    except InputError as error:
        assert all(problem.cause.ja and problem.remedy.en for problem in error.problems)
        return [f"{problem.place} {problem.field}".strip() for problem in error.problems]
    return []


def limits(tmp_path: Path, **changes: Any) -> list[str]:
    document = {"layer": "law", "limits": {"x": {**LIMIT, **changes}}}
    return said(tmp_path, document, lambda file: read_numbers(file, Layer.LAW))


def needs(tmp_path: Path, *entries: dict[str, Any]) -> list[str]:
    document = {"layer": "law", "needs": list(entries)}
    return said(tmp_path, document, lambda file: read_arrangements(file, Layer.LAW))


def version(**changes: Any) -> list[dict[str, Any]]:
    return [{**VERSION, **changes}]


def test_a_file_that_is_right_reads(tmp_path: Path) -> None:
    assert limits(tmp_path) == []
    assert needs(tmp_path, NEED) == []
    document = {"layer": "law", "forbidden": [FORBIDDEN]}
    assert said(tmp_path, document, lambda file: read_forbidden(file, Layer.LAW)) == []
    assert said(tmp_path, {"areas": [{**AREA, "designations": [DESIGNATION]}]}, read_areas) == []


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"colour": "red"}, "limits.x colour"),
        ({"label": {"ja": "名前"}}, "limits.x label"),
        ({"label": {"ja": "名前", "en": " "}}, "limits.x label"),
        ({"stricter": "sideways"}, "limits.x stricter"),
        ({"range": [5, 1]}, "limits.x range"),
        ({"range": "wide"}, "limits.x range"),
        ({"versions": []}, "limits.x versions"),
        ({"versions": version(value=11)}, "limits.x.versions[0] value"),
        ({"versions": version(value="three")}, "limits.x.versions[0] value"),
        ({"versions": version(value=float("nan"))}, "limits.x.versions[0] value"),
        ({"versions": version(since="2020-01-01")}, "limits.x.versions[0] since"),
        ({"versions": version(until=date(2019, 1, 1))}, "limits.x.versions[0] until"),
        ({"versions": version(verified="yes")}, "limits.x.versions[0] verified"),
        ({"versions": version(source="somewhere")}, "limits.x.versions[0] source"),
        ({"versions": version(why="because")}, "limits.x.versions[0] why"),
    ],
)
def test_a_wrong_number_is_named_with_its_place(tmp_path: Path, changes: dict[str, Any], place: str) -> None:
    assert place in limits(tmp_path, **changes)


@pytest.mark.parametrize("missing", sorted(LIMIT))
def test_a_missing_key_is_named(tmp_path: Path, missing: str) -> None:
    entry = {key: value for key, value in LIMIT.items() if key != missing}
    document = {"layer": "law", "limits": {"x": entry}}
    assert said(tmp_path, document, lambda file: read_numbers(file, Layer.LAW)) == [f"limits.x {missing}"]


@pytest.mark.parametrize(
    ("until", "since"),
    [
        (None, date(2021, 1, 1)),  # the first never ends
        (date(2021, 6, 1), date(2021, 1, 1)),  # they overlap
        (date(2020, 6, 1), date(2021, 1, 1)),  # nothing holds in between
    ],
)
def test_versions_neither_overlap_nor_leave_a_hole(tmp_path: Path, until: date | None, since: date) -> None:
    two = [{**VERSION, "until": until}, {**VERSION, "since": since}]
    assert limits(tmp_path, versions=two) == ["limits.x since"]
    assert needs(tmp_path, {**NEED, "until": until}, {**NEED, "since": since}) == ["n since"]


def test_versions_that_follow_each_other_read(tmp_path: Path) -> None:
    two = [{**VERSION, "until": date(2020, 12, 31)}, {**VERSION, "since": date(2021, 1, 1)}]
    assert limits(tmp_path, versions=two) == []


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"when": {"weather": "rain"}}, "needs[0].when weather"),
        ({"when": {"channel": "carrier pigeon"}}, "needs[0].when channel"),
        ({"when": {"contact": ["children", "ghosts"]}}, "needs[0].when contact"),
        ({"when": {"qualification": 3}}, "needs[0].when qualification"),
        ({"when": "always"}, "needs[0] when"),
        ({"what": {"ja": "{weather}", "en": "x"}}, "needs[0] what"),
        ({"what": {"ja": "{", "en": "x"}}, "needs[0] what"),
        ({"id": ""}, "needs[0] id"),
        ({"colour": "red"}, "needs[0] colour"),
    ],
)
def test_a_wrong_rule_is_named_with_its_place(tmp_path: Path, changes: dict[str, Any], place: str) -> None:
    assert needs(tmp_path, {**NEED, **changes}) == [place]


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"within": "nowhere"}, "a within"),
        ({"designations": [{**DESIGNATION, "kinds": ["castle"]}]}, "areas[0].designations[0] kinds"),
        ({"designations": [{**DESIGNATION, "since": "soon"}]}, "areas[0].designations[0] since"),
        ({"designations": "all"}, "areas[0] designations"),
        ({"mayor": "x"}, "areas[0] mayor"),
    ],
)
def test_a_wrong_area_is_named_with_its_place(tmp_path: Path, changes: dict[str, Any], place: str) -> None:
    assert said(tmp_path, {"areas": [{**AREA, **changes}]}, read_areas) == [place]


def test_an_area_stands_in_the_file_once(tmp_path: Path) -> None:
    assert said(tmp_path, {"areas": [AREA, AREA]}, read_areas) == ["areas[1] id"]


@pytest.mark.parametrize("text", ["a: b: c", "[1, 2", "", "- 1", "layer: law\nlayer: law\n"])
def test_what_is_no_such_file_is_said_to_be_none(tmp_path: Path, text: str) -> None:
    assert said(tmp_path, text, lambda file: read_numbers(file, Layer.LAW))
    assert said(tmp_path, text, read_areas)


def test_a_file_of_another_layer_is_refused(tmp_path: Path) -> None:
    document = {"layer": "person", "limits": {}}
    assert said(tmp_path, document, lambda file: read_numbers(file, Layer.LAW)) == ["layer"]


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    found = limits(tmp_path, label="x", stricter="x", versions=version(value=99, verified=1))
    assert len(found) == 4
