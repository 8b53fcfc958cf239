"""The day sheet in the page: what the browser is told of a day, and what becomes of what it sends.

The browser keeps its own state (the line being typed, the cursor, the selection); this side only ever hands over the
day as it stands and the answers to what was sent. A drawing with the same data reaches no browser code at all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from carveout.app import waiting_here
from carveout.app.daybook import saving
from carveout.app.wording import catalogue, language, says, t
from carveout.store import By, Clash, Keep, Store, StoredDay, StoreError
from carveout.words import clock
from carveout.workday import Person, Row
from carveout.workday.vocabulary import Vocabulary

HERE = Path(__file__).parent
SCRIPTS = ("outbox.js", "building.js", "ranking.js", "completing.js", "grid.js", "actions.js", "lines.js", "sheet.js")
_KEEPS: tuple[Keep, ...] = ("mine", "theirs", "both")
_ANSWER, _REVEAL, _KNOWN = "record.answer", "record.reveal", "record.known"


@dataclass(frozen=True, slots=True)
class Mark:
    """A warning beside a row: whether it is mild, and what it says."""

    mild: bool
    said: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a day sheet needs to be shown.

    completion: what `suggested` gives. makers: how entries become edits (`saving.take`). can: undo and redo. closed:
    why nothing may be written to a day, asked again whenever something comes; closed_said: what it said of this one.
    today: the day is today, so that "10 minutes ago" means something.
    """

    store: Store
    day: StoredDay
    by: By
    vocabulary: Vocabulary
    completion: Mapping[str, object]
    makers: Mapping[str, saving.Maker]
    marks: Mapping[str, Mark]
    clashes: tuple[Clash, ...]
    can: Mapping[str, bool]
    closed: Callable[[StoredDay], str]
    closed_said: str = ""
    today: bool = False


def show(sheet: Sheet) -> None:
    """Draw the sheet. What it sends is saved before the page is drawn again, so the drawing holds the answers."""
    key = f"sheet.{sheet.day.key}"

    def sent() -> None:
        _take(sheet, _trigger(key, "send"))

    def command() -> None:
        _obey(sheet, _trigger(key, "command"))

    _component()(key=key, data=_data(sheet), on_send_change=sent, on_command_change=command)


def reveal(row: str) -> None:
    """Bring a row into sight at the next drawing and put the cursor on it."""
    count: int = st.session_state.get("record.reveals", 0) + 1
    st.session_state["record.reveals"] = count
    st.session_state[_REVEAL] = f"{row}/{count}"


def _trigger(key: str, name: str) -> object:
    state = st.session_state.get(key)
    return state.get(name) if isinstance(state, Mapping) else None


def _take(sheet: Sheet, sent: object) -> None:
    if sent is None:
        return
    answer = saving.take(sheet.store, sheet.day.key, sent, sheet.by, sheet.makers, sheet.closed)
    st.session_state[_ANSWER] = (sheet.day.key, answer)
    st.session_state[_KNOWN] = sent.get("known") if isinstance(sent, Mapping) else None


def _obey(sheet: Sheet, command: object) -> None:
    """Settle a clash. One that somebody else has settled meanwhile is simply gone at the next drawing."""
    if not isinstance(command, Mapping) or command.get("name") != "resolve":
        return
    keep = next((one for one in _KEEPS if one == command.get("keep")), None)
    try:
        clash = next((one for one in sheet.store.clashes(sheet.day.key) if one.id == command.get("clash")), None)
        if clash is not None and keep is not None and not sheet.closed(sheet.store.day(sheet.day.key)):
            sheet.store.resolve(clash, keep, sheet.by)
    except StoreError as error:
        st.session_state["record.told"] = f"{saving.sentence(error.cause)} {saving.sentence(error.remedy)}"


def _data(sheet: Sheet) -> dict[str, Any]:
    day = sheet.day.workday
    owner, answer = st.session_state.get(_ANSWER, ("", None))
    versions = (one for clash in sheet.clashes for one in (clash.mine, clash.theirs))
    tasks = dict.fromkeys([*(row.task for row in day.rows), *(one.task for one in versions if isinstance(one, Row))])
    # The list of tasks is longer than all else: whoever has just said that they hold it is not sent it again.
    held = st.session_state.pop(_KNOWN, None) == sheet.completion["name"]
    completion = {**sheet.completion, "tasks": None} if held else sheet.completion
    return {
        "place": f"{sheet.store.id}.{sheet.day.key}.{waiting_here.hand(sheet.by.who)}",
        "words": _words(),
        "rows": [saving.row_json(row) for row in day.rows],
        "completion": completion,
        "labels": {task: says(sheet.vocabulary.label(task)) for task in tasks},
        "marks": {row: {"mild": mark.mild, "said": mark.said} for row, mark in sheet.marks.items()},
        "clashes": [_clash(one, sheet.by) for one in sheet.clashes],
        "can": dict(sheet.can),
        "closed": bool(sheet.closed_said),
        "closed_said": sheet.closed_said,
        "today": sheet.today,
        "answer": answer if owner == sheet.day.key else None,
        "reveal": st.session_state.get(_REVEAL, ""),
        "tell": st.session_state.pop("record.told", ""),
    }


def _clash(clash: Clash, by: By) -> dict[str, object]:
    return {
        "id": clash.id,
        "mine": _version(clash.mine),
        "theirs": _version(clash.theirs),
        "mine_said": t("sheet.version_of", who=clash.who) if clash.who != by.who else t("sheet.my_version"),
        "theirs_said": t("sheet.version_now", who=clash.theirs_who or "?"),
        "both": isinstance(clash.mine, Row),
    }


def _version(value: Row | Person | str | bool | None) -> object:
    if isinstance(value, Row):
        return saving.row_json(value)
    if isinstance(value, Person):
        hours = " ".join(f"{clock(on)}-{clock(off)}" for on, off in value.on)
        return " · ".join(part for part in (value.id, value.role, hours) if part)
    if isinstance(value, bool):
        return t("record.complete_yes") if value else t("record.complete_no")
    return value


def _words() -> dict[str, str]:
    """The sheet's words in this session's language."""
    spoken = {
        key.removeprefix("sheet."): text.in_(language())
        for key, text in catalogue().items()
        if key.startswith(f"{'sheet'}.")
    }
    return spoken | {"lang": language()}


@cache
def _texts() -> tuple[str, str]:
    return (HERE / "sheet.css").read_text("utf-8"), "\n".join((HERE / name).read_text("utf-8") for name in SCRIPTS)


def _component() -> Any:
    css, js = _texts()
    return st.components.v2.component("carveout_day_sheet", css=css, js=js)
