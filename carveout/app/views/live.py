"""Record a day while it happens: a tablet in a corridor, one to three people, a tap per change."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from carveout.app import archive_here
from carveout.app.capture import live
from carveout.app.places import VIEWS
from carveout.app.wording import in_html, t
from carveout.store import DayInfo, Store, StoreError


def render() -> None:
    """The page: the screen of the day the address asks for, else the days one can go on with."""
    archive_here.page(_page)


def _page(store: Store) -> None:
    key = archive_here.day_asked()
    found = {info.key: info for site in archive_here.sites_seen() for info in store.days(site.id)}
    info = found.get(key)
    if info is None:
        _choose(list(found.values()), gone=bool(key))
    elif not archive_here.allowed("write", info.site):
        st.info(t("live.not_allowed"))
        _to_archive()
    elif info.complete:
        st.info(t("live.complete", date=info.date))
        st.page_link(
            str(VIEWS / "record.py"), label=t("live.to_record"), icon=":material/table_rows:",
            query_params={archive_here.DAY: key},
        )  # fmt: skip
    else:
        st.html(_ROOM)
        _screen(key)


@st.fragment
def _screen(key: str) -> None:
    """The screen alone runs again after a tap, not the page around it."""
    try:
        store = archive_here.store()
        day = store.day(key)
        head = store.site(day.workday.site)
        screen = live.Screen(store, day, head, archive_here.by(), live.usual_of(store, day, head))
        live.show(screen)
    except StoreError as error:
        archive_here.broken(error)


def _choose(days: list[DayInfo], *, gone: bool) -> None:
    """Which day to record: today's, and yesterday's for a night that goes on."""
    if gone:
        st.warning(t("live.day_gone"))
    near = {date.today().isoformat(), (date.today() - timedelta(days=1)).isoformat()}
    offered = [info for info in reversed(days) if info.date in near and not info.complete]
    offered = [info for info in offered if archive_here.allowed("write", info.site)]
    st.html(f'<p class="co-body">{in_html(t("live.lead"))}</p>')
    if not offered:
        st.html(f'<p class="co-lead">{in_html(t("live.no_day"))}</p>')
    for info in offered:
        label = t("live.open", site=info.site, unit=info.unit, date=info.date, observer=info.observer or "–")
        if st.button(label, key=f"live.open.{info.key}", type="primary", icon=":material/touch_app:"):
            archive_here.open_day(info.key, "live")
    _to_archive()


def _to_archive() -> None:
    st.page_link(str(VIEWS / "archive.py"), label=t("live.to_archive"), icon=":material/folder_open:")


# The screen takes the window's height: room is left for it and nothing else. Where the window is low and wide, the
# language switch moves up beside the navigation.
_ROOM = """<style>
  .block-container { padding-bottom: 0 !important; }
  .co-tagline { display: none !important; }
  @media (min-width: 1000px) and (max-height: 950px) {
    .block-container { padding-top: 4.1rem !important; }
    .st-key-header { position: fixed; top: 8px; right: 24px; width: auto !important; z-index: 1000000; }
    .st-key-header .co-title { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  }
</style>"""

if __name__ == "__main__":
    render()
