"""A week as blocks: what is shown together, what an edit makes of it, and that nothing gets lost on the way."""

from __future__ import annotations

import hypothesis.strategies as st
from hypothesis import given

from carveout.app import blocks
from carveout.app.blocks import Block
from carveout.jobs import Draft, DraftSlot, with_slots
from carveout.model import Mode, Weekday

LISTENING, CLEANING = ("listening", Mode.ASSIST), ("cleaning", Mode.TAKE_OVER)
MON, TUE, WED = Weekday.MON, Weekday.TUE, Weekday.WED


def draft(*slots: DraftSlot) -> Draft:
    return with_slots(Draft("home", ()), slots)


def slot(day: Weekday, start: int = 600, end: int = 720, *tasks: tuple[str, Mode], unit: str = "u") -> DraftSlot:
    return DraftSlot(day, start, end, unit, tasks or (LISTENING,))


SLOTS = st.builds(
    DraftSlot, st.sampled_from(Weekday), st.sampled_from([540, 600]), st.sampled_from([660, 720]),
    st.sampled_from(["u", "v"]), st.sampled_from([(), (LISTENING,), (LISTENING, CLEANING)]),
)  # fmt: skip
DRAFTS = st.lists(SLOTS, max_size=8, unique=True).map(lambda slots: draft(*slots))


@given(DRAFTS, st.booleans())
def test_blocks_hold_every_slot_once_and_taking_all_away_leaves_nothing(given_draft: Draft, day_by_day: bool):
    found = blocks.blocks_of(given_draft, day_by_day=day_by_day)
    assert sum(len(block.weekdays) for block in found) == len(given_draft.slots)
    left = given_draft
    for block in found:
        left = blocks.put(left, block, None)
    assert left.slots == ()
    for block in found:
        left = blocks.put(left, None, block)
    assert set(left.slots) == set(given_draft.slots)


@given(DRAFTS, st.sampled_from([-30, -15, 15, 30]))
def test_moving_back_and_forth_gives_the_same_block(given_draft: Draft, minutes: int):
    for block in blocks.blocks_of(given_draft):
        there = blocks.moved(block, minutes)
        assert there.minutes == block.minutes
        assert blocks.moved(there, -minutes) == block


def test_equal_weekdays_are_one_block_and_day_by_day_each_is_its_own():
    week = draft(slot(MON), slot(TUE), slot(WED, 540))
    assert [block.weekdays for block in blocks.blocks_of(week)] == [(MON, TUE), (WED,)]
    assert [block.weekdays for block in blocks.blocks_of(week, day_by_day=True)] == [(MON,), (TUE,), (WED,)]


def test_a_block_copied_to_another_weekday_takes_the_place_of_what_lies_in_its_hours_there():
    week = draft(slot(MON, 600, 720, CLEANING), slot(TUE, 660, 780), slot(TUE, 840, 900))
    monday = blocks.blocks_of(week)[0]
    after = blocks.put(week, monday, blocks.on_days(monday, [MON, TUE]), alone=True)
    assert after == draft(slot(MON, 600, 720, CLEANING), slot(TUE, 600, 720, CLEANING), slot(TUE, 840, 900))


def test_an_edit_that_makes_two_blocks_alike_joins_them():
    week = draft(slot(MON, 600, 720), slot(MON, 600, 735))
    assert len(blocks.put(week, blocks.blocks_of(week)[1], blocks.blocks_of(week)[0]).slots) == 1


def test_a_start_at_or_after_the_end_moves_the_end_along():
    block = Block((MON,), 600, 720, "u", ())
    assert blocks.from_start(block, 660) == Block((MON,), 660, 720, "u", ())
    assert blocks.from_start(block, 720) == Block((MON,), 720, 840, "u", ())


def test_a_stretch_stays_within_its_day():
    early, late = Block((MON,), 0, 60, "u", ()), Block((MON,), 1425, 1500, "u", ())
    assert blocks.moved(early, -15) == early
    assert blocks.moved(late, 15) == late
    assert blocks.ends(late)[0] == 1440 and max(blocks.starts(late)) == 1425
    assert max(blocks.ends(Block((MON,), 1425, 1500, "u", ()))) <= 1425 + 1440


def test_odd_times_of_a_file_stay_to_be_chosen():
    odd = Block((MON,), 607, 723, "u", ())
    assert 607 in blocks.starts(odd) and 723 in blocks.ends(odd)


def test_a_further_block_begins_on_a_free_weekday_with_the_usual_hours():
    assert blocks.next_block(draft(), "u") == Block((MON,), 600, 720, "u", ())
    assert blocks.next_block(draft(slot(MON, 540, 660)), "u") == Block((TUE,), 540, 660, "u", ())
    full = draft(*(slot(day) for day in Weekday))
    assert blocks.next_block(full, "u") == Block((MON,), 780, 900, "u", ())


def test_toggling_tasks_keeps_the_order_of_those_that_stay():
    block = Block((MON,), 600, 720, "u", (LISTENING, CLEANING))
    assert blocks.with_tasks(block, [CLEANING, LISTENING, ("sewing", Mode.ASSIST)]).tasks == (
        LISTENING, CLEANING, ("sewing", Mode.ASSIST),
    )  # fmt: skip
