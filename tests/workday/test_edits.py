"""Corrections keep what they must: nothing lost, nothing doubled, and everything can be taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from carveout.model import Trigger
from carveout.workday import (
    Change,
    EditError,
    Gap,
    Row,
    Workday,
    add,
    changed,
    fill,
    merge,
    move_boundary,
    new_id,
    put,
    remove,
    row_of,
    shift,
    split,
    stop,
    switch,
)

from .strategies import workdays


def day(*rows: Row) -> Workday:
    return Workday("home", "2026-06-01", "unit-1", rows=rows)


SERVING = Row("a", 540, 570, "serving", ("s1",), Trigger.PLANNED, "朝")
CLEARING = Row("b", 570, 600, "clearing", ("s1",))
BATHING = Row("c", 570, 640, "bathing", ("s2",))
OPEN = Row("d", 600, None, "watching_over", ("s1", "s2"))


def undone(before: Workday, changes: tuple[Change, ...]) -> Workday:
    """The day after changes and then their inverses, last first."""
    return changed(changed(before, changes), [change.inverse for change in reversed(changes)])


def minutes(one: Workday) -> int:
    return sum((row.end or row.start) - row.start for row in one.rows)


def test_ids_are_short_and_never_the_same():
    ids = {new_id() for _ in range(2000)}
    assert len(ids) == 2000
    assert {len(one) for one in ids} == {16}


@given(workdays(least=1), st.data())
def test_a_split_and_a_merge_leave_the_day_as_it_was(one, data):
    row = data.draw(st.sampled_from(one.rows))
    end = row.start + 100 if row.end is None else row.end
    assume(end - row.start > 1)
    at = data.draw(st.integers(row.start + 1, end - 1))
    parted = changed(one, split(one, row.id, at, id_="new"))
    assert len(parted.rows) == len(one.rows) + 1
    assert minutes(parted) == minutes(one) + (at - row.start if row.end is None else 0)
    assert changed(parted, merge(parted, [row.id, "new"])) == one


@given(workdays(least=2, open_rows=False), st.data())
def test_a_moved_boundary_keeps_the_total_where_a_neighbour_follows(one, data):
    first = data.draw(st.sampled_from(one.rows))
    assume(first.end is not None and first.end > first.start and first.staff)
    touching = replace(first, id="next", start=first.end, end=first.end + 60)
    one = changed(one, [*remove(one, *[row.id for row in one.rows if row.id != first.id]), Change(None, touching)])
    to = data.draw(st.integers(first.start + 1, first.end + 59))
    moved = changed(one, move_boundary(one, "next", "start", to))
    assert minutes(moved) == minutes(one)
    assert row_of(moved, first.id).end == row_of(moved, "next").start == to
    assert undone(one, move_boundary(one, first.id, "end", to)) == one


@given(workdays(ordered=True), st.data())
def test_whatever_is_changed_can_be_taken_back(one, data):
    ids = [row.id for row in one.rows]
    before = one
    changes: list[Change] = []
    for step in range(data.draw(st.integers(1, 5))):
        kind = data.draw(st.sampled_from(("add", "put", "remove", "shift", "stop", "switch")))
        row = data.draw(st.sampled_from(one.rows)) if one.rows else None
        try:
            if kind == "add" or row is None:
                made = add(one, Row(f"n{step}", data.draw(st.integers(0, 1400)), None, "serving", ("s1",)))
            elif kind == "put":
                made = put(one, replace(row, task="cleaning", note=str(step)))
            elif kind == "remove":
                made = remove(one, *data.draw(st.lists(st.sampled_from([r.id for r in one.rows]), min_size=1)))
            elif kind == "shift":
                made = shift(one, [row.id], data.draw(st.integers(-30, 30)))
            elif kind == "stop":
                made = stop(one, row.id, row.start + data.draw(st.integers(0, 50)))
            else:
                made = switch(one, "s1", "bathing", data.draw(st.integers(0, 1500)), id_=f"n{step}")
        except EditError as error:
            assert error.message("ja")
            assert error.message("en")
            continue
        one = changed(one, made)
        changes += made
    back = changed(one, [change.inverse for change in reversed(changes)])
    assert sorted(back.rows, key=lambda row: row.id) == sorted(before.rows, key=lambda row: row.id)
    assert len({row.id for row in one.rows}) == len(one.rows)
    assert {row.id for row in back.rows} == set(ids)


@given(workdays(ordered=True, least=1), st.data())
def test_a_removed_row_comes_back_to_its_place(one, data):
    gone = remove(one, *data.draw(st.lists(st.sampled_from([row.id for row in one.rows]), min_size=1)))
    assert undone(one, gone) == one


@given(workdays(), st.integers(-20, 20))
def test_shifting_there_and_back_changes_nothing(one, by):
    assume(all(row.start + by >= 0 for row in one.rows))
    ids = [row.id for row in one.rows]
    moved = changed(one, shift(one, ids, by))
    assert minutes(moved) == minutes(one)
    assert changed(moved, shift(moved, ids, -by)) == one


@given(workdays(), st.integers(0, 1500))
def test_after_a_switch_one_task_of_a_person_is_open_and_the_others_go_on(one, at):
    try:
        after = changed(one, switch(one, "s1", "bathing", at, id_="new"))
    except EditError as error:
        assert error.code == "switch_before_start"
        return
    assert [row.id for row in after.rows if row.end is None and "s1" in row.staff] == ["new"]
    for person in ("s2", "s3", "n-01"):
        before = sorted((row.task) for row in one.rows if row.end is None and person in row.staff)
        assert sorted((row.task) for row in after.rows if row.end is None and person in row.staff) == before
    assert minutes(after) >= minutes(one)


def test_an_added_row_takes_its_place_by_time():
    late = Row("z", 555, 560, "cleaning", ("s3",))
    one = changed(day(SERVING, CLEARING, OPEN), add(day(SERVING, CLEARING, OPEN), late))
    assert [row.id for row in one.rows] == ["a", "z", "b", "d"]


def test_a_changed_row_keeps_its_place():
    one = day(SERVING, CLEARING)
    assert [row.id for row in changed(one, put(one, replace(SERVING, start=900, end=930))).rows] == ["a", "b"]


def test_putting_what_stands_changes_nothing():
    assert put(day(SERVING), SERVING) == ()


def test_a_gap_is_filled_by_one_row():
    (change,) = fill(day(SERVING), Gap("s1", 600, 630), "break_time", id_="new")
    assert change.after == Row("new", 600, 630, "break_time", ("s1",))


def test_a_split_may_turn_to_another_task():
    parted = changed(day(SERVING), split(day(SERVING), "a", 555, id_="new", task="clearing"))
    assert [(row.start, row.end, row.task) for row in parted.rows] == [(540, 555, "serving"), (555, 570, "clearing")]


def test_merging_joins_notes_and_spans_the_hole_between():
    later = replace(SERVING, id="e", start=590, end=600, note="おかわり", trigger=None)
    merged = changed(day(SERVING, later), merge(day(SERVING, later), ["e", "a"]))
    assert merged.rows == (replace(SERVING, end=600, note="朝 / おかわり"),)


def test_a_boundary_moves_without_its_neighbour_where_told_so():
    one = day(SERVING, CLEARING, BATHING)
    alone = changed(one, move_boundary(one, "a", "end", 580, follow=False))
    assert [(row.start, row.end) for row in alone.rows] == [(540, 580), (570, 600), (570, 640)]


def test_only_rows_of_the_same_people_follow():
    one = day(SERVING, CLEARING, BATHING)
    moved = changed(one, move_boundary(one, "a", "end", 560))
    assert [(row.id, row.start, row.end) for row in moved.rows] == [("a", 540, 560), ("b", 560, 600), ("c", 570, 640)]


def test_the_end_of_an_open_row_is_set_by_moving_it():
    one = changed(day(OPEN), move_boundary(day(OPEN), "d", "end", 620))
    assert one.rows[0].end == 620


def test_an_open_neighbour_follows_at_its_start():
    one = day(CLEARING, OPEN)
    moved = changed(one, move_boundary(one, "b", "end", 610))
    assert [(row.start, row.end) for row in moved.rows] == [(570, 610), (610, None)]


def test_switching_one_of_two_leaves_the_row_to_the_other():
    after = changed(day(OPEN), switch(day(OPEN), "s1", "serving", 620, id_="new", ids=["rest"]))
    assert after.rows == (
        replace(OPEN, end=620),
        Row("new", 620, None, "serving", ("s1",)),
        replace(OPEN, id="rest", start=620, staff=("s2",)),
    )


def test_switching_at_the_minute_a_row_began_takes_its_place():
    one = day(replace(OPEN, staff=("s1",)))
    assert changed(one, switch(one, "s1", "serving", 600, id_="new")).rows == (
        Row("new", 600, None, "serving", ("s1",)),
    )


def test_parallel_rows_already_ended_are_left_alone():
    one = day(SERVING, OPEN)
    assert row_of(changed(one, switch(one, "s1", "serving", 620)), "a") == SERVING


@pytest.mark.parametrize(
    ("code", "edit"),
    [
        ("no_such_row", lambda one: row_of(one, "nobody")),
        ("no_such_row", lambda one: remove(one, "a", "nobody")),
        ("row_exists", lambda one: add(one, SERVING)),
        ("split_outside", lambda one: split(one, "a", 540)),
        ("split_outside", lambda one: split(one, "a", 570)),
        ("split_outside", lambda one: split(one, "d", 600)),
        ("merge_one", lambda one: merge(one, ["a", "a"])),
        ("merge_tasks", lambda one: merge(one, ["a", "b"])),
        ("merge_staff", lambda one: merge(changed(one, put(one, replace(BATHING, task="clearing"))), ["b", "c"])),
        ("boundary_too_far", lambda one: move_boundary(one, "a", "end", 600)),
        ("boundary_too_far", lambda one: move_boundary(one, "b", "start", 540)),
        ("switch_before_start", lambda one: switch(one, "s1", "serving", 590)),
        ("outside_the_day", lambda one: shift(one, ["a", "b"], -541)),
        ("outside_the_day", lambda one: shift(one, ["a", "b"], 2300)),
        ("end_before_start", lambda one: stop(one, "d", 590)),
        ("end_before_start", lambda one: put(one, replace(SERVING, end=539))),
        ("row_is_otherwise", lambda one: changed(one, [Change(replace(SERVING, note="前の内容"), None)])),
        ("row_is_otherwise", lambda one: changed(one, [Change(None, SERVING)])),
    ],
)
def test_what_cannot_be_done_says_why_and_what_to_do(code, edit):
    with pytest.raises(EditError) as caught:
        edit(day(SERVING, CLEARING, BATHING, OPEN))
    assert caught.value.code == code
    assert "。" in caught.value.message("ja")
    assert caught.value.cause.en in caught.value.message("en")
    assert "{" not in caught.value.message("ja") + caught.value.message("en")
