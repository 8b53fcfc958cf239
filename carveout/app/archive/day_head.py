"""A day as a whole: a new one begun, its head mended, itself written out, taken away or brought back."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from carveout.app import archive_here
from carveout.app.archive import exporting
from carveout.app.archive.asking import refused
from carveout.app.archive.day_fields import Known, day_fields
from carveout.app.archive.day_state import DayState
from carveout.app.archive.shelf import Shelf
from carveout.app.wording import in_html, says, t
from carveout.model import Kind
from carveout.store import DayHead, DayInfo, Edit, HeadChange, Store
from carveout.workday import Person, Workday

_TURN = "archive.day_form"
_EDITED = "archive.day_edited"
_FIRST_ROLE = {Kind.CARE_HOME: "care_worker", Kind.NURSERY: "nursery_teacher", Kind.OTHER: ""}
_TOLD = 5  # findings listed where a day's state is opened


def begin_anew() -> None:
    """The next form for a day starts from what the site offers, not from what was typed before."""
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1


def new(shelf: Shelf) -> None:
    """The form for a new day, begun with who was on duty on the last one."""
    days, site = shelf.days, shelf.site
    if days:
        start = DayHead(archive_here.today().isoformat(), days[-1].unit, days[-1].observer)
    else:
        role = _FIRST_ROLE[shelf.info.kind]
        start = DayHead(archive_here.today().isoformat(), "", "", (Person("s1", role), Person("s2", role)))
    filled = day_fields(f"archive.day.{site}.{st.session_state.get(_TURN, 0)}", start, _known(days))
    with st.container(horizontal=True):
        write = st.button(t("archive.create_write"), key="archive.day.write", type="primary")
        live = st.button(t("archive.create_live"), key="archive.day.live")
    head = filled.usable() if write or live else None
    if head is None:
        return
    there = [one for one in days if (one.date, one.unit, one.observer) == (head.date, head.unit, head.observer)]
    if there:
        refused(t("archive.day_there"), t("archive.day_there_remedy"))
        return
    begun = Workday(site, head.date, head.unit, head.observer, head.staff)
    key = shelf.store.open_day(begun, archive_here.by())
    archive_here.open_day(key, "live" if live else "record")


def more(shelf: Shelf, info: DayInfo, state: DayState, *, writes: bool) -> None:
    """What else one can do with a day, and what the checks find in it."""
    if state.findings:
        items = "".join(f"<li>{in_html(says(one.cause))}</li>" for one in state.findings[:_TOLD])
        left = len(state.findings) - _TOLD
        items += f"<li>{in_html(t('archive.further', n=left))}</li>" if left > 0 else ""
        st.html(f"<p class='co-h'>{in_html(t('archive.findings'))}</p><ul class='co-list'>{items}</ul>")
    if writes:
        if st.button(t("archive.live"), key=f"archive.more.live.{info.key}", icon=":material/touch_app:"):
            archive_here.open_day(info.key, "live")
        if st.button(t("archive.edit_head"), key=f"archive.more.head.{info.key}", icon=":material/groups:"):
            begin_anew()
            st.session_state[_EDITED] = info.key
            st.rerun()
    if archive_here.allowed("manage", info.site):
        exporting.of_day(shelf, info)
    if archive_here.allowed("manage", info.site) and st.button(
        t("archive.remove"), key=f"archive.remove.{info.key}", icon=":material/delete:"
    ):
        shelf.store.remove_day(info.key, archive_here.by())
        st.rerun()


def edited(shelf: Shelf) -> bool:
    """The head of the day being mended; gives whether one is."""
    info = next((one for one in shelf.days if one.key == st.session_state.get(_EDITED)), None)
    if info is None:
        return False
    with st.container(border=True, key="archive-edit-head"):
        st.subheader(t("archive.edit_head"), anchor=False)
        # What the form began with, so that what others wrote meanwhile is not taken back unseen.
        begun_key = f"archive.head_begun.{info.key}.{st.session_state.get(_TURN, 0)}"
        begun: DayHead = st.session_state.setdefault(begun_key, DayHead.of(archive_here.workday(info)))
        form = f"archive.head.{info.key}.{st.session_state.get(_TURN, 0)}"
        filled = day_fields(form, begun, _known(shelf.days))
        with st.container(horizontal=True):
            keep = st.button(t("archive.keep"), key="archive.head.keep", type="primary")
            st.button(t("archive.never_mind"), key="archive.head.not", on_click=_leave)
        head = filled.usable() if keep else None
        if head is not None:
            _keep(shelf.store, info, begun, head)
    return True


def _keep(store: Store, info: DayInfo, begun: DayHead, head: DayHead) -> None:
    change = HeadChange(begun, replace(head, complete=begun.complete))
    if change.before != change.after:
        store.save(info.key, Edit(secrets.token_urlsafe(12), "head", (), change), archive_here.by())
    _leave()
    st.rerun()


def _leave() -> None:
    st.session_state.pop(_EDITED, None)


def _known(days: Sequence[DayInfo]) -> Known:
    """Units and roles the site has had, the latest first."""
    units = dict.fromkeys(info.unit for info in reversed(days))
    roles = dict.fromkeys(
        person.role for info in days[-3:] for person in archive_here.workday(info).staff if person.role
    )
    latest = {info.unit: info for info in days}
    last = {unit: (info.date, archive_here.workday(info).staff) for unit, info in latest.items()}
    return Known(tuple(units), tuple(roles), last)
