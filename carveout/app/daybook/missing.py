"""What is still to be looked at in a day, each with the one action that mends it; and the word that it is complete."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st

from carveout.app import archive_here
from carveout.app.daybook import sheet
from carveout.app.daybook.saving import capital, sentence
from carveout.app.daybook.sheet import Mark
from carveout.app.wording import in_html, in_markdown, says, t
from carveout.store import By, DayHead, DayInfo, Edit, HeadChange, Store, StoredDay, StoreError
from carveout.workday import Change, Person, Usage, Workday, new_id, usage
from carveout.workday.checks import Finding, check
from carveout.workday.vocabulary import Vocabulary

FIRST = 5  # findings in sight; the others are a press away
_USUAL_DAYS = 8  # days of the unit to tell an unusual one by, the latest complete ones
_ASIDE, _TOLD = "record.aside", "record.repair_told"
_LOOKS = {"error": ("unsuitable", "×"), "warning": ("conditional", "△"), "note": ("undetermined", "•")}


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look at a day gives: findings its writer has not put aside, and what the site usually does."""

    findings: tuple[Finding, ...]
    usage: Usage


def look(store: Store, day: StoredDay, days: Sequence[DayInfo], vocabulary: Vocabulary) -> Looked:
    """Check a day against the unit's latest complete ones among the site's days; once per revision."""
    infos = [one for one in days if one.unit == day.workday.unit and one.complete]
    usual = tuple(archive_here.workday(one) for one in infos[-_USUAL_DAYS:] if one.key != day.key)
    newest = store.revision(day.workday.site)
    found = _looked(store.id, day.key, day.revision, newest, day.workday, usual, vocabulary)
    aside = _put_aside(day.key)
    return replace(found, findings=tuple(one for one in found.findings if one.key not in aside))


def marks(found: Sequence[Finding]) -> dict[str, Mark]:
    """Rows with an error or a warning, for the grid."""
    marked: dict[str, Mark] = {}
    for one in found:
        for row in one.rows if one.severity != "note" else ():
            marked.setdefault(row, Mark(one.severity != "error", sentence(one.cause)))
    return marked


def panel(store: Store, day: StoredDay, by: By, found: Sequence[Finding], *, closed: bool) -> None:
    """The list: every finding with its cause, its remedy, and buttons to mend it, look at it, or leave it as it is."""
    st.subheader(t("record.to_look_at", n=len(found)), anchor=False)
    if told := st.session_state.pop(_TOLD, None):
        st.warning(told, icon=":material/sync_problem:")
    if not found:
        said = t("record.nothing_missing") if day.workday.rows else t("record.nothing_yet")
        st.html(f'<p class="co-lead">{in_html(said)}</p>')
    for one in found[:FIRST]:
        _shown(store, day, by, one, closed=closed)
    if len(found) > FIRST:
        with st.expander(t("record.more", n=len(found) - FIRST)):
            for one in found[FIRST:]:
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


@st.cache_resource(show_spinner=False, max_entries=256)
def _looked(
    store_id: str, key: str, revision: int, newest: int,  # noqa: ARG001 - the cache's key
    _day: Workday, _usual: Sequence[Workday], _vocabulary: Vocabulary,
) -> Looked:  # fmt: skip
    return Looked(check(_day, _usual, _vocabulary), usage((*_usual, _day), _vocabulary))


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
                st.button(t("record.leave_it"), key=f"aside.{name}", on_click=_set_aside, args=(day.key, one.key))


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


def _put_aside(day: str) -> set[str]:
    aside: dict[str, set[str]] = st.session_state.get(_ASIDE, {})
    return aside.get(day, set())


def _set_aside(day: str, finding: str) -> None:
    aside: dict[str, set[str]] = st.session_state.setdefault(_ASIDE, {})
    aside.setdefault(day, set()).add(finding)
