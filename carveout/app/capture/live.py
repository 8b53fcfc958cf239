"""The live screen in the page: what the browser is told of a day, and what becomes of what it sends.

The browser keeps its own state and shows a tap before the server has heard of it; this side hands over the day as it
stands with the answers to what was sent. Drawing the page again takes nothing from under a finger.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from carveout.app import archive_here, daybook, waiting_here
from carveout.app.capture import habits
from carveout.app.capture.makers import makers
from carveout.app.daybook import saving
from carveout.app.wording import catalogue, language, says, t
from carveout.bundled import paths
from carveout.catalogue import catalogue as tasks_known
from carveout.charts.style import ROLE_WORDS
from carveout.language import Language
from carveout.model import Kind
from carveout.observations import read
from carveout.observations.text import folded
from carveout.store import Store, StoredDay, StoreError
from carveout.workday import SiteHead, Workday, vocabulary, workdays_of
from carveout.workday.names import name_in
from carveout.workday.readings import readings

REST = "break_time"  # the catalogue's code of a break
_HERE, _SHARED = Path(__file__).parent, Path(daybook.__file__).parent
_SCRIPTS = (
    _SHARED / "outbox.js", _SHARED / "building.js",
    *(_HERE / name for name in ("taps.js", "clock.js", "places.js", "memory.js", "sheets.js", "screen.js", "live.js")),
)  # fmt: skip
_ANSWER, _KNOWN, _KEPT, _TODAY = "live.answer", "live.known", "live.kept", "live.today"
_USUAL_ROLES = {
    Kind.CARE_HOME: ("care_worker", "nurse"),
    Kind.NURSERY: ("nursery_teacher", "assistant"),
    Kind.OTHER: ("staff",),
}
_EARLIER_DAYS = 20
_KATAKANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}  # to hiragana


@dataclass(frozen=True, slots=True)
class Screen:
    """What the live screen needs: the day, its site, and the tasks usual at each half hour."""

    store: Store
    day: StoredDay
    head: SiteHead
    usual: Mapping[str, Sequence[int]]


def show(screen: Screen) -> None:
    """Draw the screen. What it sends is saved before the page is drawn again, so the drawing holds the answers."""
    day = screen.day.key
    told = _told(screen)
    st.session_state[_KEPT] = (day, told, _fixed(screen))
    _draw(day)


def kept(day: str) -> bool:
    """Whether this session has shown the screen of a day before."""
    owner: str = st.session_state.get(_KEPT, ("",))[0]
    return bool(day) and owner == day


def today_asked(day: str) -> bool:
    """Whether somebody at the screen of a day that takes no taps has asked for today's; asked once."""
    return bool(day) and st.session_state.pop(_TODAY, "") == day


def show_kept(day: str) -> None:
    """Draw the screen as this session knew it last: while the store does not answer one goes on, and taps wait."""
    _draw(day)


def _draw(day: str) -> None:
    """The component, with what this session knows of a day."""
    _, told, fixed = st.session_state[_KEPT]
    version = hashlib.sha256(json.dumps(fixed, sort_keys=True).encode()).hexdigest()[:16]
    known = st.session_state.get(_KNOWN) == version
    st.session_state[_KNOWN] = version
    owner, answer = st.session_state.get(_ANSWER, ("", None))
    data = told | {
        "version": version,
        "fixed": None if known else fixed,
        "answer": answer if owner == day else None,
    }
    key = f"tapping.{day}"

    def sent() -> None:
        state = st.session_state.get(key)
        value = state.get("sent") if isinstance(state, Mapping) else None
        if value is not None:
            st.session_state[_ANSWER] = (day, _taken(day, value))

    def lacking() -> None:
        st.session_state.pop(_KNOWN, None)

    def looked() -> None:
        """Nothing to do: being drawn again is what was asked for."""

    def today() -> None:
        st.session_state[_TODAY] = day

    _component()(
        key=key, data=data, on_sent_change=sent, on_lacking_change=lacking, on_looked_change=looked,
        on_today_change=today,
    )  # fmt: skip


def _taken(day: str, sent: object) -> dict[str, object]:
    """The answer to what was sent; where the store or the account cannot be had, everything is to come again later."""
    try:
        store, by = archive_here.store(), archive_here.by()
        if archive_here.allowed("write", store.day(day).workday.site):
            return saving.take(store, day, sent, by, makers(store, day, by))
    except StoreError as error:
        return _later(sent, saving.sentence(error.cause), saving.sentence(error.remedy))
    except archive_here.NotLetInError:
        return _later(sent, t("live.signed_out"), t("live.signed_out_remedy"))
    return _later(sent, t("live.not_allowed"), "")


def _later(sent: object, cause: str, remedy: str) -> dict[str, object]:
    """An answer that keeps everything waiting in the browser."""
    given = sent if isinstance(sent, Mapping) else {}
    listed = given.get("entries")
    names = [one.get("id") for one in listed if isinstance(one, Mapping)] if isinstance(listed, list) else []
    state = {"state": "later", "problems": [{"cause": cause, "remedy": remedy}], "rows": {}}
    return {"turn": given.get("turn"), "states": {name: state for name in names if isinstance(name, str)}}


def usual_of(store: Store, day: StoredDay, head: SiteHead) -> Mapping[str, Sequence[int]]:
    """What is usual at each half hour: from the site's earlier days, else from the example of its kind."""
    site = day.workday.site
    keys = [one.key for one in store.days(site) if one.key != day.key and one.n_rows][-_EARLIER_DAYS:]
    if keys:
        return _usual_here(store.id, day.workday.unit, tuple(keys), store)
    return _usual_of_kind(head.kind)


@st.cache_data(max_entries=64, show_spinner=False, ttl=3600)
def _usual_here(store_id: str, unit: str, keys: tuple[str, ...], _store: Store) -> dict[str, list[int]]:  # noqa: ARG001
    return habits.usual([_store.day(key).workday for key in keys], unit)


@st.cache_data(max_entries=4, show_spinner=False)
def _usual_of_kind(kind: Kind) -> dict[str, list[int]]:
    """What is usual at the bundled example of a kind: better than the catalogue's order, and replaced by own days."""
    try:
        found = workdays_of(read(paths()).timeline)
    except FileNotFoundError:
        return {}
    days: list[Workday] = [day for head, days in found if head.kind is kind for day in days]
    return habits.usual(days, "")


def _told(screen: Screen) -> dict[str, Any]:
    """The day as it stands."""
    day = screen.day.workday
    return {
        "place": f"{screen.store.id}.{screen.day.key}.{waiting_here.hand(archive_here.by().who)}.live",
        "day": {
            "date": day.date,
            "rows": [saving.row_json(row) for row in day.rows],
            "staff": [{"id": one.id, "role": one.role} for one in day.staff],
        },
        "closed": t("live.complete", date=day.date) if day.complete else "",
        "clashes": len(screen.store.clashes(screen.day.key)),
        "doubt": _doubt(day),
    }


def _fixed(screen: Screen) -> dict[str, Any]:
    """What stays the same from tap to tap: words, tasks, habits. The browser keeps it and asks where it lacks it."""
    day, head = screen.day.workday, screen.head
    roles = list(dict.fromkeys(one.role for one in day.staff if one.role)) or list(_USUAL_ROLES[head.kind])
    return {
        "language": language(),
        "words": _words(language()),
        "place_label": " ".join(part for part in (head.name or head.id, day.unit) if part),
        "tasks": _tasks(head, day),
        "usual": dict(screen.usual),
        "rest": REST,
        "roles": {code: says(text) for code, text in ROLE_WORDS.items()},
        "usual_roles": roles,
        "record_link": "record?" + urlencode({archive_here.DAY: screen.day.key, "lang": language()}),
    }


def _tasks(head: SiteHead, day: Workday) -> list[dict[str, object]]:
    """Every task one can tap: the site's own, the catalogue's of its kind, the day's, then those of other kinds."""
    words = vocabulary(head)
    known = tasks_known().tasks
    here = [code for code, task in known.items() if head.kind in task.sites]
    codes = dict.fromkeys((*head.tasks, *here, *(row.task for row in day.rows), *known))
    codes.pop(REST, None)
    found: list[dict[str, object]] = []
    for code in codes:
        label = words.label(code)
        task = known.get(code)
        spoken = readings().get(code, ())
        spellings = (label.ja, label.en, *(task.synonyms if task else ()), *spoken)
        found.append({"code": code, "label": says(label), "find": sorted({_plain(one) for one in spellings})})
    return found


@cache
def _plain(text: str) -> str:
    """A spelling as `places.js` compares it: width, case and the two kana set aside."""
    return folded(text).translate(_KATAKANA)


def _doubt(day: Workday) -> str:
    """The last thing in a note that looks like somebody's name; "" for none."""
    return next((name for row in reversed(day.rows) if (name := name_in(row.note))), "")


def _words(spoken: Language) -> dict[str, str]:
    """The screen's words in one language; what they leave open the browser fills in."""
    names = [key.removeprefix("tapping.") for key in catalogue() if key.startswith("tapping.")]
    return {name: catalogue()[f"tapping.{name}"].in_(spoken) for name in names}


@cache
def _texts() -> tuple[str, str]:
    css = (_HERE / "live.css").read_text("utf-8")
    return css, "\n".join(path.read_text("utf-8") for path in _SCRIPTS)


def _component() -> Any:
    css, js = _texts()
    return st.components.v2.component("carveout_live", html='<div class="live"></div>', css=css, js=js)
