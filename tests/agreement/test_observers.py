"""Two records of one day, checked by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carveout.agreement import Cue, elementary, event_agreement, minute_agreement, of_state
from carveout.workday import Row

DAY = (
    Row("1", 420, 450, "wake_up_care", ("s1",)),
    Row("2", 450, 480, "breakfast_prep", ("s1",)),
    Row("3", 480, 540, "breakfast_assist", ("s1",)),
)


def test_identical_records_agree_completely() -> None:
    minutes, events = minute_agreement(DAY, DAY), event_agreement(DAY, DAY)
    assert (minutes.share, minutes.kappa, minutes.ac1) == (1.0, 1.0, 1.0)
    assert (events.share_found, events.naming_kappa, events.within_start, events.within_end) == (1.0, 1.0, 1.0, 1.0)
    assert not events.missed and not events.extra
    assert all(task.cue is None for task in events.tasks)


def test_one_boundary_moved_by_ten_minutes() -> None:
    # 30 + 20 + 60 of 120 minutes alike. By chance: wake-up 30/120 x 30/120, preparation 30 x 20, assistance 60 x 70,
    # in all (900 + 600 + 4200) / 14400.
    moved = (DAY[0], replace(DAY[1], end=470), replace(DAY[2], start=470))
    found = minute_agreement(DAY, moved)
    chance = (30 * 30 + 30 * 20 + 60 * 70) / 120**2
    assert found.minutes == 120
    assert found.share == pytest.approx(110 / 120)
    assert found.kappa == pytest.approx((110 / 120 - chance) / (1 - chance))
    events = event_agreement(DAY, moved)
    cues = {task.task: task.cue for task in events.tasks}
    assert cues == {"wake_up_care": None, "breakfast_prep": Cue.END, "breakfast_assist": Cue.START}
    assert events.naming_kappa == 1.0
    assert events.within_start == pytest.approx(2 / 3)


def test_one_overlapped_task_missed() -> None:
    # A call of ten minutes inside the assistance: a state of its own that the second record lacks.
    call = Row("4", 500, 510, "listening", ("s1",))
    found = minute_agreement((*DAY, call), DAY)
    assert found.share == pytest.approx(110 / 120)
    events = event_agreement((*DAY, call), DAY)
    assert [row.id for _, row in events.missed] == ["4"]
    assert events.share_found == pytest.approx(3 / 4)
    listening = next(task for task in events.tasks if task.task == "listening")
    assert (listening.both, listening.missed, listening.extra) == (0, 1, 0)
    cut = elementary((*DAY, call), DAY)
    assert of_state(cut, "breakfast_assist") == 1.0
    assert of_state(cut, "listening") == 0.0  # one record never has it: no better than chance
    assert of_state(cut, "cleaning") is None


def test_nothing_in_common_is_below_chance() -> None:
    others = tuple(replace(row, id=f"o{row.id}", task=f"other_{row.task}") for row in DAY)
    minutes, events = minute_agreement(DAY, others), event_agreement(DAY, others)
    assert minutes.share == 0.0
    assert minutes.kappa == 0.0  # no name of one stands in the other, so chance agrees on nothing either
    assert events.naming_kappa == 0.0
    assert all(not pair.named_alike for pair in events.pairs)
    apart = tuple(replace(row, id=f"o{row.id}", start=row.start + 300, end=(row.end or 0) + 300) for row in DAY)
    assert event_agreement(DAY, apart).share_found == 0.0
    assert event_agreement(DAY, apart).naming_kappa is None


def test_empty_records_leave_everything_undefined() -> None:
    minutes, events = minute_agreement((), ()), event_agreement((), ())
    assert (minutes.minutes, minutes.share, minutes.kappa, minutes.ac1, minutes.kappa_interval) == (0, *[None] * 4)
    assert (events.share_found, events.naming_kappa, events.within_start) == (None, None, None)
    one_side = minute_agreement(DAY, ())
    assert one_side.share == 0.0
    assert event_agreement(DAY, ()).share_found == 0.0


def test_a_task_of_two_people_counts_for_each() -> None:
    both = (Row("1", 420, 450, "lifting", ("s1", "s2")),)
    one = (Row("1", 420, 450, "lifting", ("s1",)),)
    found = minute_agreement(both, one)
    assert (found.minutes, found.share) == (60, 0.5)


def test_the_tolerance_is_kept_to_the_minute() -> None:
    later = tuple(replace(row, start=row.start + 2, end=(row.end or 0) + 2) for row in DAY)
    assert event_agreement(DAY, later, tolerance=2).within_start == 1.0
    assert event_agreement(DAY, later, tolerance=1).within_start == 0.0


def test_the_interval_holds_the_value_and_is_the_same_every_time() -> None:
    moved = (DAY[0], replace(DAY[1], end=470), replace(DAY[2], start=470))
    one, other = (
        tuple(
            replace(row, id=f"{row.id}{k}", start=row.start + k * 120, end=(row.end or 0) + k * 120)
            for k in range(6)
            for row in record
        )
        for record in (DAY, moved)
    )
    found = minute_agreement(one, other)
    assert found.kappa is not None and found.kappa_interval is not None
    assert 0.5 < found.kappa_interval.low <= found.kappa <= found.kappa_interval.high <= 1.0
    assert minute_agreement(one, other).kappa_interval == found.kappa_interval
    assert minute_agreement(DAY, moved).kappa_interval is None  # four half-hours tell too little


rows = st.lists(
    st.builds(
        lambda start, length, task, staff: (start, start + length, task, staff),
        st.integers(0, 600), st.integers(1, 90), st.sampled_from("abc"),
        st.sampled_from([("s1",), ("s2",), ("s1", "s2")]),
    ),
    max_size=12,
).map(lambda found: tuple(Row(str(k), *fields) for k, fields in enumerate(found)))  # fmt: skip


@given(rows, rows, st.randoms(use_true_random=False))
def test_order_of_rows_and_the_clock_do_not_matter(
    one: tuple[Row, ...], other: tuple[Row, ...], chance: object
) -> None:
    shuffled = list(other)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    shift = [tuple(replace(r, start=r.start + 77, end=(r.end or 0) + 77) for r in record) for record in (one, shuffled)]
    plain, moved = minute_agreement(one, other), minute_agreement(*shift)
    assert (plain.minutes, plain.share, plain.kappa) == (moved.minutes, moved.share, moved.kappa)
    events, again = event_agreement(one, other), event_agreement(*shift)
    assert (len(events.pairs), len(events.missed), len(events.extra)) == (
        len(again.pairs), len(again.missed), len(again.extra),
    )  # fmt: skip


@given(rows, rows)
def test_every_row_is_matched_missed_or_extra_once_per_person(one: tuple[Row, ...], other: tuple[Row, ...]) -> None:
    events = event_agreement(one, other)
    firsts = [(p.person, p.first.id) for p in events.pairs]
    assert len(firsts) == len(set(firsts))
    assert len(events.pairs) + len(events.missed) == sum(len(row.staff) for row in one)
    assert len(events.pairs) + len(events.extra) == sum(len(row.staff) for row in other)
    assert sum(task.both + task.missed for task in events.tasks) == sum(len(row.staff) for row in one)


@given(rows)
def test_anybody_agrees_with_themselves(one: tuple[Row, ...]) -> None:
    found = minute_agreement(one, one)
    assert found.share in (None, 1.0)
    assert found.kappa is None or found.kappa == pytest.approx(1.0)
    events = event_agreement(one, one)
    assert not events.missed and not events.extra
