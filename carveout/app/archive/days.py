"""The days of a site: which weekdays have been seen, each day's state, and the ways into it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from carveout.app import archive_here
from carveout.app.archive import day_head, day_state
from carveout.app.archive.day_names import dated, day_name
from carveout.app.archive.shelf import Shelf
from carveout.app.wording import in_html, in_markdown, says, t
from carveout.charts.picture import weekday_of
from carveout.model import WEEKDAYS
from carveout.store import DayInfo
from carveout.words import WEEKDAY

_NEW = "archive.new_day"


def draw(shelf: Shelf) -> None:
    """The part `days` of a site's page; while the head of a day is open, the list of days waits."""
    days, site = shelf.days, shelf.site
    if archive_here.allowed("write", site) and (_new_day(shelf) or day_head.edited(shelf)) and days:
        return
    if not days:
        st.html(f'<p class="co-lead">{in_html(t("archive.no_day"))}</p>')
    else:
        st.html(weekdays_seen(days))
        month = _month(days, site)
        above = ""
        for info in (one for one in reversed(days) if one.date.startswith(month)):
            _line(shelf, info, first=info.date != above)
            above = info.date
    _removed(shelf)


def weekdays_seen(days: Sequence[DayInfo]) -> str:
    """How often each unit was seen on each weekday: what is missing to tell one weekday from another."""
    seen = Counter((info.unit, weekday_of(info.date)) for info in days if info.n_rows)
    units = list(dict.fromkeys(info.unit for info in days))
    head = "".join(f"<th scope='col'>{in_html(says(WEEKDAY[day]))}</th>" for day in WEEKDAYS)
    body = ""
    for unit in units:
        cells = "".join(
            f"<td class='{'on' if seen[unit, day] else ''}'>{in_html(t('archive.times', n=seen[unit, day]))}</td>"
            for day in WEEKDAYS
        )
        body += f"<tr><th scope='row'>{in_html(unit)}</th>{cells}</tr>"
    caption = f"<p class='co-h'>{in_html(t('archive.weekdays_seen'))}</p>"
    return (
        f"{caption}<div class='co-scroll'><table class='co-week co-seen'><tr><th scope='col'>"
        f"{in_html(t('archive.unit'))}</th>{head}</tr>{body}</table></div>"
    )


def _new_day(shelf: Shelf) -> bool:
    """The way to another day, open at once where there is none yet; gives whether it is open."""
    if not shelf.days or st.session_state.get(_NEW) == shelf.site:
        with st.container(border=True, key="archive-new-day"):
            st.subheader(t("archive.new_day"), anchor=False)
            day_head.new(shelf)
            if shelf.days:
                st.button(t("archive.never_mind"), key="archive.new_day.not", on_click=_toggle, args=(None,))
        return True
    st.button(
        t("archive.new_day"), key="archive.new_day.begin", type="primary", icon=":material/add:", on_click=_toggle,
        args=(shelf.site,),
    )  # fmt: skip
    return False


def _toggle(site: str | None) -> None:
    st.session_state[_NEW] = site
    day_head.begin_anew()


def _month(days: Sequence[DayInfo], site: str) -> str:
    """The month that shows, the latest at first; one month needs no choice."""
    months = list(dict.fromkeys(info.date[:7] for info in reversed(days)))
    if len(months) == 1:
        return months[0]
    return st.selectbox(t("archive.month"), months, key=f"archive.month.{site}") or months[0]


def _line(shelf: Shelf, info: DayInfo, *, first: bool) -> None:
    """One day: what it is, how far it is, and into it; the date stands once over all that was seen on it."""
    state = day_state.of(shelf, info)
    look = "first" if first else "next"
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"archive-day-{look}-{info.key}"):
        date = f"<b>{in_html(dated(info.date))}</b>" if first else ""
        st.html(
            f"<div class='co-day'><span class='co-day-date'>{date}</span><span><b>{in_html(info.unit)}</b>"
            f"<span class='co-when'>{in_html(t('archive.between').join(_facts(info)))}</span></span>"
            f"<span>{day_state.marked(state)}</span></div>",
            width="stretch",
        )
        if archive_here.allowed("write", info.site) and st.button(
            t("archive.write"), key=f"archive.write.{info.key}", icon=":material/edit:"
        ):
            archive_here.open_day(info.key, "record")
        with st.popover(t("archive.more"), key=f"archive.more.{info.key}"):
            day_head.more(shelf, info, state, writes=archive_here.allowed("write", info.site))


def _facts(info: DayInfo) -> list[str]:
    observer = [t("archive.by_observer", who=info.observer)] if info.observer else []
    return [*observer, t("archive.n_rows", n=info.n_rows)]


def _removed(shelf: Shelf) -> None:
    """Days taken away, to be brought back."""
    store = shelf.store
    away = store.days(shelf.site, removed=True)
    if not away or not archive_here.allowed("manage", shelf.site):
        return
    with st.expander(t("archive.removed", n=len(away))):
        for info in away:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(in_markdown(day_name(info)), width="stretch")
                if st.button(t("archive.restore_day"), key=f"archive.restore.{info.key}", icon=":material/undo:"):
                    store.restore_day(info.key, archive_here.by())
                    st.rerun()
