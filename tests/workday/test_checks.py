"""What the checks find in a day with one thing wrong, and that the one-action repair mends it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carveout.model import Kind
from carveout.observations import read
from carveout.workday import (
    Change,
    Finding,
    Person,
    Row,
    SiteHead,
    Workday,
    changed,
    check,
    coverage,
    vocabulary,
    workdays_of,
)
from carveout.workday.check_messages import CHECKS
from carveout.workday.checks import check_values

from .strategies import workdays

TASKS = vocabulary(SiteHead("home", Kind.CARE_HOME, tasks={"tea10": {"ja": "10時のお茶"}}))
DUTY = (Person("s1", "care_worker", ((420, 720), (780, 960))), Person("s2", "care_worker", ((540, 1080),)))
# s1's whole shift and s2's but for a break, told in full.
FULL = (
    Row("a1", 420, 480, "wake_up_care", ("s1",)),
    Row("a2", 480, 540, "breakfast_assist", ("s1",)),
    Row("a3", 540, 720, "bathing", ("s1",)),
    Row("a4", 780, 900, "recreation", ("s1",)),
    Row("a5", 900, 960, "record_keeping", ("s1",)),
    Row("b1", 540, 720, "cleaning", ("s2",)),
    Row("b2", 720, 780, "lunch_assist", ("s2",)),
    Row("b3", 780, 840, "break_time", ("s2",)),
    Row("b4", 840, 960, "laundry", ("s2",)),
    Row("b5", 960, 1080, "dinner_prep", ("s2",)),
)


def day(*changes: Row, rows: tuple[Row, ...] = FULL, staff: tuple[Person, ...] = DUTY, without: str = "") -> Workday:
    """The full day with rows put over those of the same id, added, or left out."""
    new = {row.id: row for row in changes}
    kept = [new.pop(row.id, row) for row in rows if row.id not in without.split()]
    return Workday("home", "2026-06-01", "u1", "jc-01", staff, (*kept, *new.values()))


def found(one: Workday, code: str, usual: tuple[Workday, ...] = ()) -> Finding:
    (finding,) = [each for each in check(one, usual, TASKS) if each.code == code]
    return finding


def mended(one: Workday, code: str, usual: tuple[Workday, ...] = ()) -> Workday:
    """The day after the finding's repair; the finding is gone then."""
    finding = found(one, code, usual)
    assert finding.repair
    assert finding.repair_said.ja
    assert finding.repair_said.en
    after = changed(one, finding.repair)
    assert finding.key not in {each.key for each in check(after, usual, TASKS)}
    return after


def row(one: Workday, name: str) -> Row:
    return next(each for each in one.rows if each.id == name)


def test_a_day_told_in_full_has_nothing_to_look_at():
    assert check(day(), (), TASKS) == ()


# ------------------------------------------------------------------ one row


@pytest.mark.parametrize(
    ("wrong", "start", "end"),
    [
        (Row("a3", 720, 540, "bathing", ("s1",)), 540, 720),
        (Row("x", 690, 75, "bathing", ("s1",)), 690, 795),
        (Row("x", 1430, 20, "night_round", ("s1",)), 1430, 1460),
    ],
)
def test_an_end_before_its_start_is_an_error_with_the_likely_times_on_offer(wrong, start, end):
    assert found(day(wrong), "end_before_start").severity == "error"
    after = row(mended(day(wrong), "end_before_start"), wrong.id)
    assert (after.start, after.end) == (start, end)


def test_an_open_row_ends_where_its_person_turned_to_something_else():
    one = day(Row("a3", 540, None, "bathing", ("s1",)))
    assert row(mended(one, "open_row"), "a3").end == 720


def test_an_open_row_ends_with_the_shift_if_nothing_follows():
    one = day(Row("b5", 960, None, "dinner_prep", ("s2",)))
    assert row(mended(one, "open_row"), "b5").end == 1080


def test_an_open_row_of_nobody_known_is_left_to_its_observer():
    one = Workday("home", "2026-06-01", "u1", rows=(Row("x", 540, None, "serving", ("s1",)),))
    assert found(one, "open_row").repair is None


def test_a_row_of_no_length_is_noted():
    assert found(day(Row("x", 600, 600, "call_response", ("s1",))), "zero_length").severity == "note"


def test_a_row_outside_two_days_is_an_error():
    assert found(day(Row("x", 2870, 2890, "cleaning", ("s2",))), "outside_the_day").severity == "error"


def test_a_row_without_a_task_can_be_taken_away():
    assert all(each.id != "x" for each in mended(day(Row("x", 600, 605, "", ("s1",))), "no_task").rows)


def test_a_very_long_row_is_asked_about():
    one = day(Row("a3", 540, 800, "bathing", ("s1",)))
    assert found(one, "long_row").rows == ("a3",)
    assert row(mended(one, "long_row"), "a3").end == 780


def test_a_long_break_is_no_slip():
    one = day(Row("b3", 720, 1000, "break_time", ("s2",)))
    assert all(each.code != "long_row" for each in check(one, (), TASKS))


def test_an_unknown_task_is_asked_about_once_and_given_the_near_name():
    one = day(
        Row("x", 600, 605, "入浴介助する", ("s1",)),
        Row("y", 610, 615, "ハイゼン係", ("s1",)),
        Row("z", 620, 625, "ハイゼン係", ("s1",)),
    )
    assert [each.rows for each in check(one, (), TASKS) if each.code == "unknown_task"] == [("y", "z")]


def test_an_unknown_task_close_to_a_known_one_is_named_after_it():
    one = day(Row("x", 600, 605, "小物づくりの手本", ("s1",)))
    assert row(mended(one, "unknown_task"), "x").task == "prop_making"


def test_a_row_of_nobody_goes_to_the_only_one_on_duty():
    one = day(Row("x", 430, 435, "call_response"))
    assert row(mended(one, "no_staff"), "x").staff == ("s1",)
    assert found(day(Row("x", 600, 605, "call_response")), "no_staff").repair is None


def test_a_name_in_a_row_is_replaced_by_an_id_everywhere():
    one = day(Row("x", 600, 605, "cleaning", ("田中さん",)), Row("y", 610, 615, "cleaning", ("s2", "田中さん")))
    after = mended(one, "name_like")
    assert (row(after, "x").staff, row(after, "y").staff) == (("s3",), ("s2", "s3"))


def test_a_name_in_the_list_of_staff_is_told_but_changed_there():
    one = day(staff=(*DUTY, Person("佐藤", "nurse", ((540, 600),))))
    assert found(one, "name_like").repair is None


def test_a_name_in_a_note_can_be_made_unreadable():
    one = day(replace(FULL[0], note="朝に山田様がふらついた"))
    assert row(mended(one, "name_in_note"), "a1").note == "朝に○○がふらついた"


# ------------------------------------------------------------------ overlaps


def test_two_different_tasks_at_once_are_data():
    assert check(day(Row("x", 600, 640, "watching_over", ("s1",))), (), TASKS) == ()


def test_a_row_written_twice_is_kept_once():
    one = day(replace(FULL[1], id="x"), replace(FULL[1], id="y", task="朝食介助"))
    assert found(one, "identical_row").rows == ("a2", "x", "y")
    assert {each.id for each in mended(one, "identical_row").rows} == {each.id for each in FULL}


def test_the_same_task_twice_at_once_becomes_one_row():
    one = day(Row("x", 700, 715, "cleaning", ("s2",)))
    assert (found(one, "same_task_twice").start, found(one, "same_task_twice").end) == (700, 715)
    assert row(mended(one, "same_task_twice"), "b1").end == 720


def test_the_same_task_of_different_people_is_theirs_to_tell():
    one = day(Row("x", 700, 725, "cleaning", ("s1", "s2")))
    assert found(one, "same_task_twice").repair is None


def test_a_row_over_many_others_ends_where_the_first_of_them_begins():
    inside = tuple(Row(f"i{n}", 560 + 20 * n, 575 + 20 * n, task, ("s1",)) for n, task in enumerate(
        ("toileting", "hydration", "record_keeping", "call_response", "medication")
    ))  # fmt: skip
    one = day(*inside)
    assert found(one, "swallows").rows == ("a3",)
    assert row(mended(one, "swallows"), "a3").end == 560


# ------------------------------------------------------------------ duty


def test_coverage_tells_duty_what_was_noted_breaks_and_gaps():
    of_s1, of_s2 = coverage(day(without="a4 b2"))
    assert (of_s1.duty, of_s1.seen, of_s1.breaks) == (480, 360, ((720, 780),))
    assert [(gap.start, gap.end) for gap in of_s1.gaps] == [(780, 900)]
    assert [(gap.start, gap.end) for gap in of_s2.gaps] == [(720, 780)]


def test_a_hole_in_a_shift_is_asked_about():
    finding = found(day(without="b2"), "gap")
    assert (finding.staff, finding.start, finding.end, finding.severity) == (("s2",), 720, 780, "warning")


def test_a_hole_between_rows_of_one_task_is_filled_with_it():
    one = day(Row("b2", 740, 780, "cleaning", ("s2",)))
    assert ("cleaning", 720, 740) in {(each.task, each.start, each.end) for each in mended(one, "gap").rows}


def test_a_hole_about_noon_is_offered_as_the_break_the_shift_lacks():
    one = day(without="b3")
    after = mended(one, "gap")
    assert ("break_time", 780, 840, ("s2",)) in {(each.task, each.start, each.end, each.staff) for each in after.rows}
    assert check(after, (), TASKS) == ()


def test_the_repair_of_a_hole_is_the_same_each_time_and_no_other_days():
    one = day(without="b3")
    assert found(one, "gap").repair == found(one, "gap").repair
    other = replace(one, date="2026-06-02")
    assert found(one, "gap").repair[0].row != found(other, "gap").repair[0].row


def test_a_hole_can_be_filled_again_after_its_row_was_moved_elsewhere():
    one = mended(day(without="b3"), "gap")
    (filled,) = [each for each in one.rows if each.task == "break_time"]
    moved = changed(one, [Change(filled, replace(filled, start=1080, end=1090))])
    again = changed(moved, found(moved, "gap").choices[0].changes)
    assert len({each.id for each in again.rows}) == len(again.rows) == len(one.rows) + 1


def test_a_short_hole_is_closed_by_the_row_before():
    one = day(Row("a2", 480, 532, "breakfast_assist", ("s1",)))
    assert row(mended(one, "short_gap"), "a2").end == 540


def test_a_hole_of_rounding_is_not_mentioned():
    assert check(day(Row("a2", 480, 536, "breakfast_assist", ("s1",))), (), TASKS) == ()


def test_blank_ends_of_a_shift_are_noted_apart_from_holes():
    one = day(without="a1 a5")
    assert (found(one, "shift_start_not_seen").start, found(one, "shift_end_not_seen").start) == (420, 900)
    late = day(Row("a1", 428, 480, "wake_up_care", ("s1",)))
    assert row(mended(late, "shift_start_not_seen"), "a1").start == 420


def test_a_pause_between_stretches_of_duty_is_no_hole():
    assert all(each.start != 720 for each in check(day(), (), TASKS))


def test_somebody_met_now_and_then_is_told_of_once():
    one = day(without="b1 b2 b4 b5")
    finding = found(one, "partly_seen")
    assert (finding.staff, finding.severity) == (("s2",), "note")
    assert not [each for each in check(one, (), TASKS) if each.code == "gap"]


def test_somebody_never_seen_is_told_of_once():
    one = day(without="b1 b2 b3 b4 b5")
    assert [each.code for each in check(one, (), TASKS)] == ["person_not_seen"]


def test_a_long_shift_without_a_break_is_noted():
    one = day(Row("b3", 780, 840, "watching_over", ("s2",)))
    assert found(one, "no_break").staff == ("s2",)


def test_work_outside_duty_is_asked_about_and_twelve_hours_off_is_moved():
    one = day(Row("x", 150, 170, "call_response", ("s1",)))
    after = row(mended(one, "outside_duty"), "x")
    assert (after.start, after.end) == (870, 890)
    assert found(day(Row("x", 1070, 1100, "laundry", ("s2",))), "outside_duty").repair is None


def test_leaving_ten_minutes_late_is_everyday():
    assert check(day(Row("b5", 960, 1090, "dinner_prep", ("s2",))), (), TASKS) == ()


def test_an_unlisted_person_nearly_named_as_another_is_taken_for_that_one():
    one = day(Row("x", 600, 605, "toileting", ("Ｓ１",)), Row("y", 610, 615, "toileting", ("s9x",)))
    findings = [each for each in check(one, (), TASKS) if each.code == "unknown_staff"]
    assert [(each.staff, each.repair is None) for each in findings] == [(("Ｓ１",), False), (("s9x",), True)]
    assert row(changed(one, findings[0].repair), "x").staff == ("s1",)


def test_somebody_listed_without_hours_is_noted_where_others_have_them():
    one = day(Row("x", 600, 605, "toileting", ("s3",)), staff=(*DUTY, Person("s3")))
    assert found(one, "no_duty_times").staff == ("s3",)


def test_a_hole_may_have_been_a_break_or_more_of_its_neighbours():
    said = [choice.said.ja for choice in found(day(without="b2"), "gap").choices]
    assert said == ["休憩で埋める", "前の清掃を13:00まで延ばす", "次の休憩を12:00からにする"]


def test_every_other_reading_of_two_times_is_on_offer():
    wrong = day(Row("x", 690, 75, "bathing", ("s1",)))
    assert [choice.said.ja for choice in found(wrong, "end_before_start").choices] == ["1:15〜11:30にする"]


def test_a_row_of_nobody_may_be_anybodys_on_duty():
    one = day(Row("x", 600, 605, "call_response"))
    assert [choice.said.en for choice in found(one, "no_staff").choices] == ["give it to s1", "give it to s2"]


def test_a_name_nobody_listed_is_told_of_once():
    codes = [each.code for each in check(day(Row("x", 600, 605, "toileting", ("田中さん",))), (), TASKS)]
    assert codes == ["name_like"]


# ------------------------------------------------------------------ beside other days


def usual(n: int = 5) -> tuple[Workday, ...]:
    return tuple(replace(day(), date=f"2026-05-{10 + number:02d}") for number in range(n))


def test_a_day_like_the_others_has_nothing_to_look_at():
    assert check(day(), usual(), TASKS) == ()


def test_a_start_an_hour_off_is_asked_about_and_moved_back():
    one = day(Row("a2", 600, 660, "breakfast_assist", ("s1",)))
    finding = found(one, "unusual_start", usual())
    assert "8:00" in finding.cause.ja
    late = day(Row("b5", 240, 360, "dinner_prep", ("s2",)))
    assert row(mended(late, "unusual_start", usual()), "b5").start == 960


def test_usual_work_that_is_missing_is_told_and_fills_the_hole_it_left():
    one = day(without="a4")
    assert found(one, "usual_task_missing", usual()).severity == "note"
    after = mended(one, "usual_task_missing", usual())
    assert ("recreation", 780, 900, ("s1",)) in {(each.task, each.start, each.end, each.staff) for each in after.rows}


def test_a_day_typed_up_to_noon_lacks_nothing_of_the_afternoon():
    one = day(without="a4 a5 b2 b3 b4 b5")
    assert not [each for each in check(one, usual(), TASKS) if each.code in ("usual_task_missing", "few_rows")]


def test_far_fewer_rows_than_usual_are_told():
    one = day(without="a2 a3 a4 b1 b2 b3 b4", staff=())
    finding = found(one, "few_rows", usual())
    assert "3" in finding.cause.ja
    assert "10" in finding.cause.ja


@pytest.mark.parametrize("others", [(), usual(2), tuple(replace(each, unit="u2") for each in usual())])
def test_too_few_days_or_another_unit_say_nothing_of_what_is_usual(others):
    one = day(without="a4", staff=())
    assert not [each for each in check(one, others, TASKS) if each.code in ("usual_task_missing", "few_rows")]


def test_one_odd_day_among_the_usual_ones_changes_nothing():
    odd = replace(day(Row("a2", 200, 220, "breakfast_assist", ("s1",))), date="2026-05-30")
    assert check(day(), (*usual(), odd), TASKS) == ()


# ------------------------------------------------------------------ all of them


def test_every_wording_is_there_in_both_languages_and_every_value_has_a_source():
    for wording in CHECKS.values():
        for text in (wording.message.cause, wording.message.remedy):
            assert text.ja
            assert text.en
            assert text.ja != text.en
        assert bool(wording.repair.ja) == bool(wording.repair.en)
    for name in check_values():
        about = check_values().about(name)
        assert about.source
        assert about.label.ja


@settings(max_examples=150)
@given(workdays(), st.lists(workdays(), max_size=5))
def test_any_day_can_be_checked_and_every_repair_can_be_made(one, others):
    findings = check(one, others, TASKS)
    assert findings == check(one, others, TASKS)
    assert len({each.key for each in findings}) == len(findings)
    for each in findings:
        for text in (each.cause, each.remedy, each.repair_said):
            assert "{" not in text.ja + text.en
        if each.repair:
            assert each.repair_said.ja
            changed(one, each.repair)
        for choice in each.choices:
            assert choice.said.ja
            assert "{" not in choice.said.ja + choice.said.en
            assert choice.changes not in ((), each.repair)
            changed(one, choice.changes)
        assert len({choice.changes for choice in each.choices}) == len(each.choices)


ODD_ROWS = st.builds(
    Row,
    id=st.uuids().map(str),
    start=st.integers(-200, 4000),
    end=st.none() | st.integers(-200, 4000),
    task=st.sampled_from(("", " ", "serving", "配膳", "何か", "田中さん", "break_time")),
    staff=st.lists(st.sampled_from(("s1", "s1", "S1", "s2", "田中さん", "", "<b>")), max_size=3).map(tuple),
    note=st.sampled_from(("", "田中様と山田様", "{x}")),
)
ODD_PEOPLE = st.builds(
    Person,
    id=st.sampled_from(("s1", "s2", "佐藤", "")),
    on=st.lists(st.tuples(st.integers(-10, 3000), st.integers(-10, 3000)), max_size=2).map(tuple),
)


@settings(max_examples=200)
@given(st.lists(ODD_ROWS, max_size=8), st.lists(ODD_PEOPLE, max_size=4), st.none() | st.integers(0, 1500))
def test_however_odd_a_day_is_it_can_be_checked_and_covered(rows, staff, now):
    one = Workday("home", "2026-06-01", "u1", "", tuple(staff), tuple(rows))
    for each in check(one, [replace(one, date=f"2026-05-0{number}") for number in range(1, 5)], TASKS, now=now):
        for changes in (each.repair or (), *(choice.changes for choice in each.choices)):
            changed(one, changes)
    for each in coverage(one):
        assert 0 <= each.seen <= each.duty


def test_slips_made_on_a_real_day_are_found():
    ((head, days),) = workdays_of(read([Path(__file__).parents[2] / "site_observations" / "care-home-a.yaml"]).timeline)
    tasks, one = vocabulary(head), days[0]
    before = {each.key for each in check(one, days, tasks)}
    first = next(each for each in one.rows if (each.end or 0) - each.start >= 10)
    slips = {
        "end_before_start": replace(first, start=first.end, end=first.start),
        "open_row": replace(first, end=None),
        "long_row": replace(first, end=(first.end or 0) + 720),
        "unknown_staff": replace(first, staff=("s99",)),
        "outside_duty": replace(first, start=first.start + 720, end=(first.end or 0) + 720),
    }
    for code, slip in slips.items():
        wrong = replace(one, rows=tuple(slip if each.id == first.id else each for each in one.rows))
        assert code in {each.code for each in check(wrong, days, tasks) if each.key not in before}, code


def test_a_day_still_going_on_lacks_nothing_that_lies_ahead():
    one = day(Row("b2", 720, None, "lunch_assist", ("s2",)), without="a4 a5 b3 b4 b5")
    assert check(one, usual(), TASKS, now=745) == ()
    assert {each.code for each in check(one, usual(), TASKS)} >= {"open_row", "shift_end_not_seen"}


def test_a_row_left_open_for_hours_is_asked_about_while_the_day_goes_on():
    one = day(Row("b1", 540, None, "cleaning", ("s2",)), without="a4 a5 b2 b3 b4 b5")
    assert found_now(one, 745) == []
    assert found_now(one, 800) == ["open_row"]


def found_now(one: Workday, now: int) -> list[str]:
    return [each.code for each in check(one, (), TASKS, now=now) if "s2" in each.staff]
