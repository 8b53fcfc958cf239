"""Write a day from paper notes: one line per row, the rows growing beneath, and beside them what is still missing."""

from __future__ import annotations

from datetime import date

import streamlit as st

from carveout.app import archive_here
from carveout.app.breaking import kindly
from carveout.app.daybook import duty, making, missing, sheet, start, strip, suggesting, typed
from carveout.app.daybook.saving import Maker
from carveout.app.wording import in_html, language, says, t
from carveout.store import Store, StoredDay, StoreError
from carveout.workday.vocabulary import vocabulary

SHOWN = "record.shown"  # what this session has drawn: the day's key and its revision
LOOK_AGAIN = 3.0  # seconds between two looks at whether somebody else has written


def render() -> None:
    """The page: the day the address asks for, or a choice of days."""
    archive_here.page(_page)


def _page(store: Store) -> None:
    key = archive_here.day_asked()
    if not key:
        start.choose_day(store, "record")
        return
    try:
        day = store.day(key)
    except StoreError as error:
        if error.retry:
            raise
        st.warning(says(error.text), icon=":material/event_busy:")
        start.choose_day(store, "record")
        return
    if not archive_here.allowed("see", day.workday.site):
        st.warning(t("record.not_yours"), icon=":material/lock:")
        start.choose_day(store, "record")
        return
    _head(store, day)
    _desk(key)
    _look_for_others(key)


def _head(store: Store, day: StoredDay) -> None:
    """Which day this is, and the way to another."""
    work = day.workday
    site = store.site(work.site)
    said = " · ".join(part for part in (site.name or site.id, work.date, work.unit, work.observer) if part)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(f'<p class="co-lead"><strong>{in_html(said)}</strong></p>', width="stretch")
        st.button(t("record.other_day"), key="record.other_day", on_click=_leave, icon=":material/event:")


def _leave() -> None:
    st.query_params.pop(archive_here.DAY, None)


@st.fragment
def _desk(key: str) -> None:
    """The sheet and what stands beside it; only this part is drawn again when a row is written."""
    with kindly():
        archive_here.page(lambda store: _drawn(store, key))


def _drawn(store: Store, key: str) -> None:
    day = store.day(key)
    work, by = day.workday, archive_here.by()
    st.session_state[SHOWN] = (key, day.revision)
    words = vocabulary(store.site(work.site))
    units = tuple(dict.fromkeys(info.unit for info in store.days(work.site)))
    makers: dict[str, Maker] = {"do": making.do(words), "line": typed.line(words, units)}
    may_write, closed = archive_here.allowed("write", work.site), _closed(day)
    looked = missing.look(store, day, words)
    found = looked.findings
    completion = suggesting.suggested(work, units, words, looked.usage, language())
    today = work.date == date.today().isoformat()
    st.html(sheet.HERE / "page.css")
    with st.container(key="record-desk"):
        left, right = st.columns([5, 2], gap="medium")
        with left:
            sheet.show(sheet.Sheet(store, day, by, words, completion, makers, missing.marks(found), closed, today))
        with right:
            missing.completion(store, day, by, len(found), may_write=may_write)
            if strips := strip.drawn(strip.lanes(work)):
                st.subheader(t("record.coverage"), anchor=False)
                st.html(strips)
            missing.panel(store, day, by, found, closed=bool(closed))
            with st.expander(t("record.duty", n=len(work.staff)), expanded=not work.staff):
                duty.form(store, day, by, closed=bool(closed))


def _closed(day: StoredDay) -> str:
    """Why nothing may be written; "" where one may."""
    if day.removed:
        return t("record.removed")
    if not archive_here.allowed("write", day.workday.site):
        return t("record.may_not_write")
    return t("record.closed") if day.workday.complete else ""


@st.fragment(run_every=LOOK_AGAIN)
def _look_for_others(key: str) -> None:
    """Draw the page again when somebody else has written into this day."""
    shown = st.session_state.get(SHOWN)
    if not shown or shown[0] != key:
        return
    try:
        store = archive_here.store()
        day = store.day(key)
    except StoreError:
        return  # the next thing written says so, with a remedy
    if day.revision != shown[1]:
        st.rerun()


if __name__ == "__main__":
    render()
