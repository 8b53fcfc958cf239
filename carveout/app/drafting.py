"""The job being shaped: kept by this session, undone and redone, and carried in the address so that F5 loses nothing.

The address holds the draft itself, compressed; no server keeps it, and nobody else sees it without being given the
address. What is typed is bounded so that it fits; a job too large for an address is said to be so, to be saved as a
file. When the address changes by hand (the browser's way back, a pasted link), the draft in it is taken up.
"""

from __future__ import annotations

import base64
import binascii
import zlib
from dataclasses import replace
from functools import lru_cache

import streamlit as st

from carveout.errors import InputError
from carveout.jobs import Draft, read_draft, write_draft

PARAMETER = "job"
ADDRESS_CHARS = 7_000  # of the packed draft: servers in front of the app commonly take addresses of 8,000 characters
_MAX_STEPS = 100
_NOW, _PAST, _FUTURE = "shaping.now", "shaping.past", "shaping.future"
_WRITTEN, _UNREADABLE, _TURN = "shaping.written", "shaping.unreadable", "shaping.turn"
# What nearly every draft holds need not stand in the address. Changing this makes old links unreadable.
_COMMON = b"""format: carveout-job/1
site: care-home-a
base: nursery-a/1
title:
stage: 1
people: 1
channel: dispatch
channel: contract
slots:
numbers:
  relief_ratio: 0.6667
answers:
  place:   directs:   asks:   training:   absence:   freed_time:   start_date:   term:   pay:   checked_by:   remarks:
      - {task: cleaning, mode: take_over}
      - {task: recreation_planning, mode: prepare}
      - {task: near_miss_review, mode: advise}
      - {task: watching_over, mode: assist}
      - {task: listening, mode: assist}
  - weekday: tue
    start: "10:00"
    end: "12:00"
    unit: unit-1
    tasks:
  - weekday: mon
    start: "09:30"
    end: "13:30"
    unit: unit-1
    tasks:
"""


def pack(draft: Draft) -> str:
    """A draft as letters for an address."""
    packer = zlib.compressobj(9, wbits=-15, zdict=_COMMON)
    data = packer.compress(_body(draft)) + packer.flush()
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def unpack(letters: str) -> Draft:
    """The draft of an address.

    Raises InputError when the letters hold none, or one that cannot be used.
    """
    if len(letters) > ADDRESS_CHARS:
        raise InputError(())
    try:
        data = base64.b64decode(letters + "=" * (-len(letters) % 4), altchars=b"-_", validate=True)
        unpacker = zlib.decompressobj(wbits=-15, zdict=_COMMON)
        text = unpacker.decompress(data, _MAX_UNPACKED)
    except (binascii.Error, ValueError, zlib.error):
        raise InputError(()) from None
    if unpacker.unconsumed_tail or not unpacker.eof:
        raise InputError(())
    return read_draft(text, PARAMETER)


def current() -> Draft | None:
    """The draft this session shapes, None if it shapes none."""
    kept: bytes | None = st.session_state.get(_NOW)
    return None if kept is None else _read(kept)


def change(draft: Draft) -> None:
    """Put a draft in the place of the present one; the present one can be had back."""
    written = write_draft(draft)
    present = st.session_state.get(_NOW)
    if written == present:
        return
    if present is not None:
        st.session_state[_PAST] = [*st.session_state.get(_PAST, []), present][-_MAX_STEPS:]
    st.session_state[_FUTURE] = []
    st.session_state[_NOW] = written


def replaced(draft: Draft) -> None:
    """As `change`, where what stands in the fields must follow: another job, a file opened, the original again."""
    change(draft)
    _turn()


def begin(draft: Draft) -> None:
    """Shape another job; what was written about the same site (answers, area, figures) goes along."""
    known = current()
    if known is not None and known.site == draft.site:
        area = draft.area or known.area
        draft = replace(draft, answers=known.answers, area=area, on=known.on, numbers=known.numbers)
    replaced(draft)


def undo() -> None:
    """Take back the last change."""
    _step(_PAST, _FUTURE)


def redo() -> None:
    """Do again what was taken back."""
    _step(_FUTURE, _PAST)


def can_undo() -> bool:
    """Whether there is a change to take back."""
    return bool(st.session_state.get(_PAST))


def can_redo() -> bool:
    """Whether there is something to do again."""
    return bool(st.session_state.get(_FUTURE))


def turn() -> int:
    """Grows whenever the draft changed by other means than its own fields; part of the keys of fields one types in."""
    return int(st.session_state.get(_TURN, 0))


def with_week_of(draft: Draft, original: Draft) -> Draft:
    """The original's hours, work, people and channel, with what else was written into the draft."""
    return replace(draft, slots=original.slots, people=original.people, stage=original.stage, channel=original.channel)


def with_usual_numbers(draft: Draft) -> Draft:
    """The draft without figures of its own choosing."""
    return replace(draft, numbers={})


def keep() -> None:
    """Take up a draft that the address brings, and write the present one into it. Called on every page."""
    brought = st.query_params.get(PARAMETER)
    if brought and brought != st.session_state.get(_WRITTEN):
        try:
            replaced(unpack(brought))
        except InputError:
            st.session_state[_UNREADABLE] = True
            st.session_state[_WRITTEN] = brought  # told once, not on every page
    draft = current()
    if draft is None:
        return
    letters = pack(draft)
    fits = len(letters) <= ADDRESS_CHARS
    st.session_state[_WRITTEN] = letters if fits else ""
    if fits and brought != letters:
        st.query_params[PARAMETER] = letters
    elif not fits and brought:
        del st.query_params[PARAMETER]


def fits_address() -> bool:
    """Whether reloading the page would bring the present draft back."""
    return bool(st.session_state.get(_WRITTEN))


def address_unreadable() -> bool:
    """Whether the address brought a job that could not be read; told once."""
    return bool(st.session_state.pop(_UNREADABLE, False))


_MAX_UNPACKED = 64 * 1024


@lru_cache(maxsize=256)
def _read(written: bytes) -> Draft:
    return read_draft(written, PARAMETER)


def _body(draft: Draft) -> bytes:
    """The file without its remarks."""
    return b"\n".join(line for line in write_draft(draft).splitlines() if not line.startswith(b"#"))


def _step(source: str, target: str) -> None:
    taken: list[bytes] = list(st.session_state.get(source, []))
    if not taken:
        return
    st.session_state[target] = [*st.session_state.get(target, []), st.session_state[_NOW]][-_MAX_STEPS:]
    st.session_state[_NOW] = taken.pop()
    st.session_state[source] = taken
    _turn()


def _turn() -> None:
    st.session_state[_TURN] = turn() + 1
