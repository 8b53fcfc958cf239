"""Write a day from paper notes: one line per row, the rows growing beneath, and beside them what is still missing."""

from __future__ import annotations

import streamlit as st

from carveout.app import archive_here
from carveout.app.breaking import kindly
from carveout.app.daybook import desk, start
from carveout.app.wording import in_html, says, t
from carveout.store import Store, StoredDay, StoreError

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
        try:
            desk.draw(key)
        except (StoreError, archive_here.NotLetInError):
            archive_here.page(lambda _store: desk.draw(key))


@st.fragment(run_every=LOOK_AGAIN)
def _look_for_others(key: str) -> None:
    """Draw the page again when somebody else has written into this day."""
    shown = desk.seen(key)
    if shown is None:
        return
    try:
        revision = archive_here.store().day(key).revision
    except StoreError:
        return  # the next thing written says so, with a remedy
    if revision != shown:
        st.rerun()


if __name__ == "__main__":
    render()
