"""Typing a paper day as lines takes at most six keystrokes of ten that a spreadsheet takes."""

from __future__ import annotations

import pytest

from benchmarks.keystrokes import BAR, Count, lines, spreadsheet
from benchmarks.paper import paper
from carveout.workday import check


@pytest.fixture(scope="module")
def typed():
    return lines(paper())


def test_lines_take_at_most_the_promised_share_of_the_keystrokes(typed):
    count, _ = typed
    assert count.strokes <= BAR * spreadsheet(paper()).strokes


def test_they_do_so_even_beside_a_spreadsheet_of_formulas(typed):
    count, _ = typed
    kindest = spreadsheet(paper(), kindest=True)
    assert kindest.strokes < spreadsheet(paper()).strokes
    assert count.strokes <= BAR * kindest.strokes
    assert count.seconds < kindest.seconds


def test_the_paper_is_a_day_of_sixty_rows_with_five_corrections():
    day = paper()
    assert (len(day.rows), len(day.corrections)) == (60, 5)
    assert {correction.kind for correction in day.corrections} == {"boundary", "insert", "split", "task", "shift"}


def test_what_was_typed_is_what_stood_on_the_paper_with_its_corrections(typed):
    _, one = typed
    stands = {(row.start, row.end, row.task, row.staff) for row in one.rows}
    assert len(one.rows) == 62
    for row in (
        (520, 525, "clearing", ("s1",)),  # its end moved, and the next one's start with it
        (525, 545, "oral_care", ("s1",)),
        (600, 605, "call_response", ("s2",)),  # put in
        (850, 870, "recreation", ("s1",)),  # parted
        (870, 890, "exercise", ("s1",)),
        (990, 1000, "leisure", ("s1",)),  # renamed
        (1030, 1040, "toileting", ("s1",)),  # the last six five minutes later
        (1095, 1100, "shift_handover", ("s1",)),
    ):
        assert row in stands, row
    before = {row.row.id: row.row for row in paper().rows}
    changed = [row for row in one.rows if row.id in before and row != before[row.id]]
    assert len(changed) == 4 + 6
    late = [row for row in changed if row.start != before[row.id].start and row.end != before[row.id].end]
    assert {(row.start - before[row.id].start, (row.end or 0) - (before[row.id].end or 0)) for row in late} == {(5, 5)}
    assert len(late) == 6


def test_the_corrected_day_holds_no_slip(typed):
    _, one = typed
    assert [found.code for found in check(one) if found.severity != "note"] == []


def test_a_shifted_sign_is_two_keys_and_a_word_costs_its_conversion():
    count = Count()
    count.type("9:10!")
    count.convert("haizen")
    assert count.keys == 4 + 2 + 8
    count.clicks += 1
    assert count.seconds == pytest.approx(14 * 0.28 + 2.1)
