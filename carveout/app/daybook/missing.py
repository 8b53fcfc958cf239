"""What is still to be looked at in a day, each with the one action that mends it; and the word that it is complete."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from carveout.app import checked
from carveout.app.daybook import sheet
from carveout.app.daybook.saving import capital, sentence
from carveout.app.daybook.sheet import Mark
from carveout.app.wording import in_html, in_markdown, says, t
from carveout.store import By, DayHead, Edit, HeadChange, Store, StoredDay, StoreError
from carveout.workday import Change, Person, new_id
from carveout.workday.checks import Finding

FIRST = 5  # findings in sight; the others are a press away
_TOLD = "record.repair_told"
_LOOKS = {"error": ("unsuitable", "×"), "warning": ("conditional", "△"), "note": ("undetermined", "•")}


def marks(found: Sequence[Finding]) -> dict[str, Mark]:
    """Rows with an error or a warning, for the grid."""
    marked: dict[str, Mark] = {}
    for one in found:
        for row in one.rows if one.severity != "note" else ():
            marked.setdefault(row, Mark(one.severity != "error", sentence(one.cause)))
    return marked


def panel(store: Store, day: StoredDay, by: By, found: Sequence[Finding], *, closed: bool) -> None:
    """The list: every finding with its cause, its remedy, and buttons to mend it, look at it, or leave it as it is."""
    st.subheader(t("record.to_look_at", n=checked.counted(found)), anchor=False)
    if told := st.session_state.pop(_TOLD, None):
        st.warning(told, icon=":material/sync_problem:")
    if not found:
        said = t("record.nothing_missing") if day.workday.rows else t("record.nothing_yet")
        st.html(f'<p class="co-lead">{in_html(said)}</p>')
    n = checked.counted(found)  # notes stand last
    for one in found[: min(n, FIRST)]:
        _shown(store, day, by, one, closed=closed)
    for said, rest in (("record.more", found[FIRST:n]), ("record.notes", found[n:])):
        if rest:
            with st.expander(t(said, n=len(rest))):
                for one in rest:
                    _shown(store, day, by, one, closed=closed)


def completion(store: Store, day: StoredDay, by: By, n: int, *, may_write: bool) -> None:
    """The observer's word that nothing is missing, or the day opened again."""
    if not may_write or day.removed:
        return
    if day.workday.complete:
        st.html(f'<p class="co-notice co-own" role="status">{in_html(t("record.is_complete"))}</p>')
        st.button(
            t("record.reopen"), key="record.reopen", on_click=_mark, args=(store, day, by, False), width="stretch"
        )
        return
    st.button(
        t("record.complete"), key="record.complete", on_click=_mark, args=(store, day, by, True),
        disabled=not day.workday.rows, width="stretch", icon=":material/task_alt:",
    )  # fmt: skip
    if n and day.workday.rows:
        st.html(f'<p class="co-lead">{in_html(t("record.complete_although", n=n))}</p>')


def _shown(store: Store, day: StoredDay, by: By, one: Finding, *, closed: bool) -> None:
    look, mark = _LOOKS[one.severity]
    name = hashlib.sha256(f"{day.key}|{one.key}".encode()).hexdigest()[:16]
    with st.container(key=f"finding-{name}", gap="small"):
        st.html(
            f'<p class="co-finding"><span class="co-mark co-{look}">{mark}</span> '
            f"<strong>{in_html(sentence(one.cause))}</strong><br>"
            f'<span class="co-small">{in_html(sentence(one.remedy))}</span></p>'
        )
        with st.container(horizontal=True, gap="small"):
            if one.repair and not closed:
                st.button(
                    in_markdown(capital(says(one.repair_said))), key=f"repair.{name}", on_click=_repair,
                    args=(store, day.key, by, one),
                )  # fmt: skip
            if one.code == "unknown_staff" and not closed:
                st.button(t("record.list_them"), key=f"list.{name}", on_click=_list, args=(store, day, by, one.staff))
            if one.rows:
                st.button(t("record.show_row"), key=f"show.{name}", on_click=sheet.reveal, args=(one.rows[0],))
            if one.severity != "error":
                st.button(
                    t("record.leave_it"), key=f"aside.{name}", on_click=checked.put_aside, args=(day.key, one.key)
                )


def _repair(store: Store, key: str, by: By, one: Finding) -> None:
    """Make the one action's changes. What somebody has changed since is kept as a clash, and shown."""
    changes: tuple[Change, ...] = one.repair or ()
    try:
        store.save(key, Edit(new_id(), "repair", changes, None, one.code), by)
    except StoreError as error:
        st.session_state[_TOLD] = in_markdown(says(error.text))


def _mark(store: Store, day: StoredDay, by: By, complete: bool) -> None:
    _put_head(store, day, by, "complete" if complete else "open", replace(DayHead.of(day.workday), complete=complete))


def _list(store: Store, day: StoredDay, by: By, names: tuple[str, ...]) -> None:
    """Put people who have rows on the list of those on duty; their hours can follow."""
    before = DayHead.of(day.workday)
    fresh = tuple(Person(name) for name in names if all(one.id != name for one in before.staff))
    _put_head(store, day, by, "staff", replace(before, staff=(*before.staff, *fresh)))


def _put_head(store: Store, day: StoredDay, by: By, what: str, head: DayHead) -> None:
    try:
        store.save(day.key, Edit(new_id(), what, (), HeadChange(DayHead.of(day.workday), head)), by)
    except StoreError as error:
        st.session_state[_TOLD] = in_markdown(says(error.text))
