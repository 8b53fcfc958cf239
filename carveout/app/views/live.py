"""Record a day while it happens: a tablet in a corridor, one to three people, a tap per change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

import streamlit as st

from carveout.app import archive_here
from carveout.app.capture import live
from carveout.app.places import VIEWS
from carveout.app.wording import in_html, in_markdown, t
from carveout.store import DayInfo, Store, StoreError
from carveout.workday import Workday


def render() -> None:
    """The page: the screen of the day the address asks for, else the days one can go on with."""
    key = archive_here.day_asked()
    if live.kept(key):
        _screen(key)  # a store that has stopped answering takes no screen away that somebody is tapping on
    else:
        archive_here.page(_page)


def _page(store: Store) -> None:
    key = archive_here.day_asked()
    names = {site.id: site.name or site.id for site in archive_here.sites_seen()}
    days = [info for site in names for info in store.days(site)]
    if any(info.key == key for info in days):
        _screen(key)
    else:
        _choose(store, days, names, gone=bool(key))


@st.fragment
def _screen(key: str) -> None:
    """The screen alone runs again after a tap, not the page around it."""
    st.html(_ROOM)
    try:
        store = archive_here.store()
        day = store.day(key)
        head = store.site(day.workday.site)
        if archive_here.allowed("write", day.workday.site):
            live.show(live.Screen(store, day, head, live.usual_of(store, day, head)))
            return
    except StoreError as error:
        archive_here.note(error)
        if live.kept(key):
            live.show_kept(key)
        else:
            archive_here.broken(error)
        return
    st.info(t("live.not_allowed"))
    _to_archive()


def _choose(store: Store, days: Sequence[DayInfo], names: Mapping[str, str], *, gone: bool) -> None:
    """Which day to record: one of today, of a night that goes on, or a new one where somebody has observed before."""
    if gone:
        st.warning(t("live.day_gone"))
    st.html(f'<p class="co-body">{in_html(t("live.lead"))}</p>')
    mine = [info for info in reversed(days) if archive_here.allowed("write", info.site)]
    today = archive_here.today()
    near = {today.isoformat(), (today - timedelta(days=1)).isoformat()}
    open_days = [info for info in mine if info.date in near and not info.complete]
    if open_days:
        st.subheader(t("live.go_on"), anchor=False)
    for info in open_days:
        where = {"site": in_markdown(names[info.site]), "unit": in_markdown(info.unit)}
        label = t("live.open", **where, date=info.date, observer=in_markdown(info.observer or "–"))
        if st.button(label, key=f"live.open.{info.key}", type="primary", icon=":material/touch_app:"):
            archive_here.open_day(info.key, "live")
    begun = {(info.site, info.unit) for info in mine if info.date == today.isoformat()}
    latest = {(info.site, info.unit): info for info in reversed(mine) if (info.site, info.unit) not in begun}
    if latest:
        st.subheader(t("live.begin"), anchor=False)
    for info in latest.values():
        label = t("live.begin_unit", site=in_markdown(names[info.site]), unit=in_markdown(info.unit))
        button = st.button(
            label, key=f"live.begin.{info.key}", icon=":material/today:", type="secondary" if open_days else "primary"
        )
        if button:
            archive_here.open_day(_begun(store, info, today), "live")
    st.html(f'<p class="co-lead">{in_html(t("live.begin_elsewhere" if mine else "live.no_day"))}</p>')
    _to_archive()


def _begun(store: Store, like: DayInfo, today: date) -> str:
    """The key of a new day like an earlier one: the same unit, observer and people; their hours are another day's."""
    before = store.day(like.key).workday
    staff = tuple(replace(person, on=()) for person in before.staff)
    return store.open_day(Workday(like.site, today.isoformat(), like.unit, before.observer, staff), archive_here.by())


def _to_archive() -> None:
    st.page_link(str(VIEWS / "archive.py"), label=t("live.to_archive"), icon=":material/folder_open:")


# The screen takes the window's height: room is left for it and nothing else. Where the window is low and wide, the
# language switch moves up beside the navigation.
_ROOM = """<style>
  .block-container { padding: 4.6rem 1rem 0 !important; }
  .co-tagline { display: none !important; }
  @media (min-width: 1000px) and (max-height: 950px) {
    .block-container { padding-top: 4.1rem !important; }
    .st-key-header { position: fixed; top: 8px; right: 24px; width: auto !important; z-index: 1000000; }
    .st-key-header .co-title { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  }
</style>"""

if __name__ == "__main__":
    render()
