"""Record a day while it happens: a tablet in a corridor, one to three people, a tap per change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import streamlit as st

from carveout.app import archive_here, waiting_here
from carveout.app.archive.walking import SITE
from carveout.app.capture import live
from carveout.app.places import VIEWS
from carveout.app.sites import stored_key
from carveout.app.wording import in_html, in_markdown, t
from carveout.store import DayInfo, Store, StoreError
from carveout.workday import Workday

_MORNING = 6  # before this hour a night's record is what goes on


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
            if live.today_asked(key):
                archive_here.open_day(_begun(store, key), "live")
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
    """Which day to record: one main way, and beside it the others there are."""
    if gone:
        st.warning(t("live.day_gone"))
    st.html(f'<p class="co-body">{in_html(t("live.lead"))}</p>')
    waiting_here.tell(archive_here.by().who, store.id)
    mine = [info for info in days if archive_here.allowed("write", info.site)]
    ways = _ways(mine)
    if ways:
        first, *others = ways
        st.subheader(t("live.begin" if first.begins else "live.go_on"), anchor=False)
        _way(store, first, names, main=True)
        if others:
            st.html(f'<p class="co-h">{in_html(t("live.others"))}</p>')
        for way in others:
            _way(store, way, names, main=False)
    for info in _finished(mine):
        st.html(f'<p class="co-lead">{in_html(t("live.finished", **_where(info, names, plain=True)))}</p>')
        if st.button(t("live.reopen"), key=f"live.reopen.{info.key}", icon=":material/edit:"):
            archive_here.open_day(info.key, "record")
    empty = [site for site in names if archive_here.allowed("write", site) and all(one.site != site for one in days)]
    for site in empty:
        label = t("live.first_day", site=in_markdown(names[site]))
        main = not ways and site == empty[0]
        if st.button(label, key=f"live.first.{site}", type="primary" if main else "secondary", icon=":material/today:"):
            st.switch_page(str(VIEWS / "archive.py"), query_params={SITE: stored_key(site)})
    st.html(f'<p class="co-lead">{in_html(t("live.begin_elsewhere" if names else "live.no_day"))}</p>')
    _to_archive()


@dataclass(frozen=True, slots=True)
class _Way:
    """A way into today's recording: a day that stands, or (begins) today's like an earlier one."""

    info: DayInfo
    begins: bool


def _ways(mine: Sequence[DayInfo]) -> list[_Way]:
    """The ways in, the one most likely meant first.

    Today's own days come before those of others, then what was observed last begins anew; a night that goes on comes
    first in the small hours and last by day. A unit that somebody else records today can be recorded beside them.
    """
    now = archive_here.now()
    today, yesterday = now.date().isoformat(), (now.date() - timedelta(days=1)).isoformat()
    label = archive_here.me().label
    latest = sorted(mine, key=lambda info: (_own(info, label), info.date, info.revision), reverse=True)
    going = [_Way(info, False) for info in latest if info.date == today and not info.complete]
    night = [_Way(info, False) for info in latest if info.date == yesterday and not info.complete]
    taken = {(info.site, info.unit, info.observer) for info in mine if info.date == today}
    like: dict[tuple[str, str], DayInfo] = {}
    for info in latest:
        if (info.site, info.unit, label or info.observer) not in taken and info.date < today:
            like.setdefault((info.site, info.unit), info)
    begun = {(info.site, info.unit) for info in mine if info.date == today and _own(info, label)}
    begins = [_Way(info, True) for place, info in like.items() if place not in begun]
    own = [way for way in going if _own(way.info, label)]
    others = [way for way in going if way not in own]
    return [*night, *own, *begins, *others] if now.hour < _MORNING else [*own, *begins, *others, *night]


def _own(info: DayInfo, label: str) -> bool:
    """Whether a day is one's own; alone at the program every day is."""
    return not label or info.observer == label


def _finished(mine: Sequence[DayInfo]) -> list[DayInfo]:
    """Today's days that are marked complete: what one asks for who comes and finds nothing to go on with."""
    label, today = archive_here.me().label, archive_here.today().isoformat()
    return [info for info in mine if info.date == today and info.complete and _own(info, label)]


def _where(info: DayInfo, names: Mapping[str, str], *, plain: bool = False) -> dict[str, str]:
    parts = {"site": names[info.site], "unit": info.unit, "date": info.date, "observer": info.observer or "–"}
    return parts if plain else {name: in_markdown(part) for name, part in parts.items()}


def _way(store: Store, way: _Way, names: Mapping[str, str], *, main: bool) -> None:
    """A button that leads to the screen."""
    info, kind = way.info, "begin" if way.begins else "open"
    label = t("live.begin_unit" if way.begins else "live.open", **_where(info, names))
    icon = ":material/today:" if way.begins else ":material/touch_app:"
    if st.button(label, key=f"live.{kind}.{info.key}", type="primary" if main else "secondary", icon=icon):
        archive_here.open_day(_begun(store, info.key) if way.begins else info.key, "live")


def _begun(store: Store, like: str) -> str:
    """The key of today's day like an earlier one: the same unit and people, whose hours are another day's.

    Its observer is whoever is in front of the screen; alone at the program, whoever it was before.
    """
    before = store.day(like).workday
    staff = tuple(replace(person, on=()) for person in before.staff)
    observer = archive_here.me().label or before.observer
    today = archive_here.today().isoformat()
    return store.open_day(Workday(before.site, today, before.unit, observer, staff), archive_here.by())


def _to_archive() -> None:
    st.page_link(str(VIEWS / "archive.py"), label=t("live.to_archive"), icon=":material/folder_open:")


# The screen takes the window's height: room is left for it and nothing else. Where the window is low and wide, the
# language switch moves up beside the navigation. A pull with the finger must not reload a page that has no connection.
_ROOM = """<style>
  html, body, [data-testid=stMain] { overscroll-behavior-y: none; }
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
