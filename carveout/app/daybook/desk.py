"""The whole desk of a day: the sheet, and beside it hours, findings and who was on duty.

Where the store stops answering in the middle of work, the sheet stays as it was last seen: one goes on writing, and the
browser keeps what is written until the store answers again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from carveout.app import archive_here, checked
from carveout.app.daybook import duty, making, missing, saving, sheet, strip, suggesting, typed
from carveout.app.wording import in_html, language, t
from carveout.store import DayInfo, Store, StoredDay, StoreError
from carveout.workday import Finding, SiteHead, Usage, Vocabulary, Workday, usage, vocabulary

_LAST = "record.last"


@dataclass(frozen=True, slots=True)
class Desk:
    """A day as it was looked at."""

    sheet: sheet.Sheet
    found: Sequence[Finding]
    may_write: bool


def draw(key: str) -> None:
    """Draw the desk of a day. Raises StoreError where the store does not answer and nothing was seen of the day yet."""
    last: Desk | None = st.session_state.get(_LAST)
    trouble: StoreError | None = None
    try:
        desk = _looked_at(archive_here.store(), key)
    except StoreError as error:
        if not error.retry or last is None or last.sheet.day.key != key:
            raise
        desk, trouble = last, error
    st.session_state[_LAST] = desk
    st.html(sheet.HERE / "page.css")
    with st.container(key="record-desk"):
        left, right = st.columns([5, 2], gap="medium")
        with left:
            sheet.show(desk.sheet)
        with right:
            if trouble is None:
                _beside(desk)
            else:
                said = f"{saving.sentence(trouble.cause)} {saving.sentence(trouble.remedy)} {t('record.go_on')}"
                st.html(f'<p class="co-notice" role="alert">{in_html(said)}</p>')
                st.button(t("archive.retry"), key="record.retry", on_click=archive_here.forget_trouble)


def seen(key: str) -> int | None:
    """The revision of a day that this session has drawn last, None for another day."""
    last: Desk | None = st.session_state.get(_LAST)
    return last.sheet.day.revision if last is not None and last.sheet.day.key == key else None


def _looked_at(store: Store, key: str) -> Desk:
    day, by = store.day(key), archive_here.by()
    work = day.workday
    head = store.site(work.site)
    words = _words(repr(head), head)
    days = store.days(work.site)
    units = tuple(dict.fromkeys(info.unit for info in days))
    found = checked.findings(store, key, day.revision, work, head, days, words)
    used = _used(store.id, key, day.revision, checked.usual(key, work.unit, days), work, words)
    made = sheet.Sheet(
        store, day, by, words,
        completion=suggesting.suggested(work, units, words, used, language()),
        makers={"put": making.put, "do": making.do(words), "line": typed.line(words, units)},
        marks=missing.marks(found),
        clashes=store.clashes(key),
        can={"undo": store.can_undo(key, by), "redo": store.can_redo(key, by)},
        closed=_closed,
        closed_said=_closed(day),
        today=work.date == archive_here.today().isoformat(),
    )  # fmt: skip
    return Desk(made, found, archive_here.allowed("write", work.site))


@st.cache_resource(show_spinner=False, max_entries=32)
def _words(head: str, _head: SiteHead) -> Vocabulary:  # noqa: ARG001 - the cache's key
    """A site's vocabulary: laying out what each task is found under takes longer than all else at a drawing."""
    return vocabulary(_head)


@st.cache_resource(show_spinner=False, max_entries=256)
def _used(
    store_id: str, key: str, revision: int, usual: tuple[DayInfo, ...], _day: Workday, _words: Vocabulary,  # noqa: ARG001
) -> Usage:  # fmt: skip
    """What the site usually does, with this day: orders the suggestions."""
    return usage((*(archive_here.workday(one) for one in usual), _day), _words)


def _beside(desk: Desk) -> None:
    store, day, by, closed = desk.sheet.store, desk.sheet.day, desk.sheet.by, bool(desk.sheet.closed_said)
    missing.completion(store, day, by, checked.counted(desk.found), may_write=desk.may_write)
    if strips := strip.drawn(strip.lanes(day.workday)):
        st.subheader(t("record.coverage"), anchor=False)
        st.html(strips)
    missing.panel(store, day, by, desk.found, closed=closed)
    with st.expander(t("record.duty", n=len(day.workday.staff)), expanded=not day.workday.staff):
        duty.form(store, day, by, closed=closed)


def _closed(day: StoredDay) -> str:
    """Why nothing may be written; "" where one may."""
    if day.removed:
        return t("record.removed")
    if not archive_here.allowed("write", day.workday.site):
        return t("record.may_not_write")
    return t("record.closed") if day.workday.complete else ""
