"""Two records side by side: every row drawn and told, nothing beyond the picture, text kept text."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carveout.agreement import event_agreement
from carveout.charts.two_records import HEADINGS, SIGN, Standing, as_rows, two_records
from carveout.language import LANGUAGES, Language
from carveout.workday import Row

ONE = (
    Row("1", 420, 450, "wake_up_care", ("s1",)),
    Row("2", 450, 480, "breakfast_prep", ("s1",)),
    Row("3", 455, 465, "listening", ("s1",)),
    Row("4", 480, 540, "breakfast_assist", ("s2",)),
)
OTHER = (
    replace(ONE[0], id="a", end=440),
    replace(ONE[1], id="b", task="serving"),
    replace(ONE[3], id="d"),
    Row("e", 600, 620, "cleaning", ("s2",)),
)


def numbers(svg: str, name: str) -> list[float]:
    return [float(x) for x in re.findall(rf' {name}="(-?[0-9.]+)"', svg)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_row_is_told_with_its_standing_and_differences(language: Language) -> None:
    rows = as_rows(event_agreement(ONE, OTHER), {"listening": "傾聴"}, language)
    assert len(rows) == 5
    assert all(len(row) == len(HEADINGS) for row in rows)
    assert rows[0][4:] == ("0", "-10")
    assert any("傾聴" in row[2] and not row[3] for row in rows)
    assert any(not row[2] and "cleaning" in row[3] for row in rows)


def test_every_standing_has_its_sign_in_the_picture_and_moved_edges_are_thick() -> None:
    svg = two_records(event_agreement(ONE, OTHER), {}, "ja")
    ElementTree.fromstring(svg)
    assert all(f">{SIGN[standing]}" in svg for standing in Standing)
    assert svg.count('stroke-width="4"') == 1 + 2  # the legend's, and one end in each record


@pytest.mark.parametrize("width", [300, 480, 960, 2000])
def test_nothing_is_drawn_outside(width: int) -> None:
    svg = two_records(event_agreement(ONE, OTHER), {row.task: "とても長い業務の名前" * 4 for row in ONE}, "ja", width)
    edge = numbers(svg, "width")[0]
    assert all(0 <= x <= edge for x in numbers(svg, "x"))
    boxes = re.findall(r'<rect x="([0-9.]+)" y="[0-9.]+" width="([0-9.]+)"', svg)
    assert all(float(x) + float(w) <= edge + 0.2 for x, w in boxes)


def test_hostile_names_stay_text_and_nothing_at_all_is_still_a_picture() -> None:
    bad = '<script>alert("x")</script>'
    rows = (Row("1", 400, 800, bad, (bad,)),)
    svg = two_records(event_agreement(rows, ()), {}, "en")
    assert "<script" not in svg
    ElementTree.fromstring(svg)
    ElementTree.fromstring(two_records(event_agreement((), ()), {}, "ja"))


rows = st.lists(
    st.builds(
        lambda start, length, task, staff: (start, start + length, task, staff),
        st.integers(0, 1400), st.integers(0, 200), st.sampled_from("abc"), st.sampled_from([(), ("s1",), ("s1", "s2")]),
    ),
    max_size=8,
).map(lambda found: tuple(Row(str(k), *fields) for k, fields in enumerate(found)))  # fmt: skip


@given(rows, rows)
def test_any_two_records_are_drawn(one: tuple[Row, ...], other: tuple[Row, ...]) -> None:
    found = event_agreement(one, other)
    ElementTree.fromstring(two_records(found, {}, "ja"))
    assert len(as_rows(found, {}, "en")) == len(found.pairs) + len(found.missed) + len(found.extra)
