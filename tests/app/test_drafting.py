"""The draft of a session: done, undone, redone, carried in the address, and nobody else's."""

from __future__ import annotations

import random
import zlib
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from typing import Any

import pytest
import streamlit as st

from carveout.app import drafting
from carveout.errors import InputError
from carveout.jobs import ANSWERS, Draft, DraftSlot
from carveout.jobs.draft_file import ANSWER_CHARS
from carveout.model import Mode, Weekday

SLOT = DraftSlot(Weekday.MON, 600, 720, "unit-1", (("listening", Mode.ASSIST),))
ONE, TWO, THREE = (Draft("care-home-a", (SLOT,), people=n) for n in (1, 2, 3))


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[dict[str, Any], dict[str, str]]]:
    """State and address of a session of our own."""
    state: dict[str, Any] = {}
    address: dict[str, str] = {}
    monkeypatch.setattr(st, "session_state", state)
    monkeypatch.setattr(st, "query_params", address)
    yield state, address


def test_changes_are_taken_back_and_done_again_in_order(session):
    for draft in (ONE, TWO, THREE):
        drafting.change(draft)
    drafting.undo()
    assert drafting.current() == TWO
    drafting.undo()
    assert drafting.current() == ONE and not drafting.can_undo()
    drafting.redo()
    drafting.redo()
    assert drafting.current() == THREE and not drafting.can_redo()
    drafting.undo()
    drafting.change(ONE)
    assert not drafting.can_redo()


def test_what_changes_nothing_is_no_step(session):
    drafting.change(ONE)
    drafting.change(ONE)
    assert not drafting.can_undo()


def test_taking_back_where_there_is_nothing_changes_nothing(session):
    drafting.undo()
    assert drafting.current() is None
    drafting.change(ONE)
    drafting.undo()
    assert drafting.current() == ONE


def test_an_empty_session_takes_the_draft_up_from_the_address(session):
    state, _ = session
    drafting.change(TWO)
    drafting.keep()
    state.clear()  # F5
    drafting.keep()
    assert drafting.current() == TWO
    assert drafting.fits_address()


def test_a_page_whose_address_lost_the_draft_gets_it_back(session):
    _, address = session
    drafting.change(TWO)
    drafting.keep()
    address.clear()  # another page
    drafting.keep()
    assert drafting.unpack(address["job"]) == TWO


def test_the_browsers_way_back_is_taken_as_a_change_that_can_be_undone(session):
    _, address = session
    drafting.change(ONE)
    drafting.keep()
    before, turn = address["job"], drafting.turn()
    drafting.change(TWO)
    drafting.keep()
    address["job"] = before
    drafting.keep()
    assert drafting.current() == ONE and drafting.turn() == turn + 1
    drafting.undo()
    assert drafting.current() == TWO


@pytest.mark.parametrize(
    "letters", ["x", "....", "AAAA", "%%%", "a" * 10_000, urlsafe_b64encode(zlib.compress(b"format: x")).decode()]
)
def test_an_address_that_holds_no_job_is_told_once_and_harms_nothing(letters: str, session):
    _, address = session
    drafting.change(ONE)
    address["job"] = letters
    drafting.keep()
    assert drafting.current() == ONE
    assert drafting.address_unreadable() and not drafting.address_unreadable()
    assert drafting.unpack(address["job"]) == ONE


def test_letters_that_would_unpack_to_a_mountain_are_refused():
    packer = zlib.compressobj(9, wbits=-15)
    mountain = packer.compress(b"a" * 4_000_000) + packer.flush()
    letters = urlsafe_b64encode(mountain).decode().rstrip("=")
    assert len(letters) < drafting.ADDRESS_CHARS
    with pytest.raises(InputError):
        drafting.unpack(letters)


def test_a_full_week_with_long_answers_fits_the_address(session):
    syllables = (
        "会員は職員のそばで声をかけながら昼食の配膳と片づけを手伝い困ったときは主任に尋ねます。朝夕送迎車椅子清掃"
    )
    drawn = random.Random(1)
    answers = {
        name: "".join(drawn.choice(syllables) for _ in range(ANSWER_CHARS)) for name in ANSWERS if name != "start_date"
    }
    tasks = tuple((task, Mode.ASSIST) for task in ("listening", "lunch_assist", "toileting", "sewing", "laundry"))
    slots = tuple(DraftSlot(day, at, at + 120, "unit-1", tasks) for day in Weekday for at in (480, 660, 900))
    draft = Draft("care-home-a", slots, base="care-home-a/3", answers=answers | {"start_date": "2026-12-01"})
    assert len(drafting.pack(draft)) < drafting.ADDRESS_CHARS
    assert drafting.unpack(drafting.pack(draft)) == draft


def test_what_does_not_fit_the_address_is_said_and_leaves_no_half_of_it_there(session):
    _, address = session
    drawn = random.Random(1)
    answers = {
        name: "".join(chr(drawn.randrange(0x4E00, 0x9FFF)) for _ in range(ANSWER_CHARS)) for name in ANSWERS[:-1]
    }
    drafting.change(ONE)
    drafting.keep()
    drafting.change(Draft("care-home-a", (SLOT,), answers={k: v for k, v in answers.items() if k != "start_date"}))
    drafting.keep()
    assert not drafting.fits_address()
    assert "job" not in address
    drafting.undo()
    drafting.keep()
    assert drafting.unpack(address["job"]) == ONE


def test_another_job_of_the_same_site_takes_along_what_was_written_about_the_site(session):
    drafting.change(Draft("care-home-a", (SLOT,), title="mine", area="chiba", answers={"directs": "主任"}))
    drafting.begin(Draft("care-home-a", (), base="care-home-a/2"))
    now = drafting.current()
    assert now is not None
    assert (now.base, now.title, now.area, now.answers) == ("care-home-a/2", "", "chiba", {"directs": "主任"})
    drafting.begin(Draft("nursery-a", ()))
    now = drafting.current()
    assert now is not None and now.answers == {}


def test_another_session_sees_nothing_of_it(session, monkeypatch: pytest.MonkeyPatch):
    drafting.change(TWO)
    drafting.keep()
    monkeypatch.setattr(st, "session_state", {})
    monkeypatch.setattr(st, "query_params", {})
    drafting.keep()
    assert drafting.current() is None
