"""The store's sites as a list, and the ways to get one: begin it, copy a bundled one, read a file, restore a copy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from carveout import bundled, words
from carveout.app import archive_here
from carveout.app.archive import everything, importing, members
from carveout.app.archive.site_fields import free_id, site_fields
from carveout.app.archive.walking import open_site
from carveout.app.wording import in_html, says, t
from carveout.observations import read
from carveout.store import SiteInfo, Store
from carveout.workday import SiteHead, Workday, workdays_of

_OPEN = "archive.way"  # which of the ways is open


def draw(store: Store) -> None:
    """The page without a chosen site."""
    seen = archive_here.sites_seen()
    st.html(f'<p class="co-lead">{in_html(t("archive.lead" if seen else "archive.empty"))}</p>')
    for info in seen:
        _line(info)
    ways = _ways()
    if ways:
        # Another number of sites is another choice: a form that has done its work closes.
        chosen = st.pills(
            t("archive.more_sites" if seen else "archive.first_site"), list(ways), key=f"{_OPEN}.{len(seen)}",
            format_func=_way_name, default=None if seen else next(iter(ways)),
        )  # fmt: skip
        if chosen in ways:
            with st.container(border=True, key="archive-way"):
                ways[chosen](store)


def _line(info: SiteInfo) -> None:
    with st.container(horizontal=True, border=True, vertical_alignment="center"):
        facts = [says(words.KIND[info.kind]), t("archive.n_days", n=info.days), *_made_up(info)]
        st.html(
            f'<p class="co-body"><b>{in_html(info.name or info.id)}</b><span class="co-when">'
            f"{in_html(info.id)}</span><br>{in_html(t('archive.between').join(facts))}</p>",
            width="stretch",
        )
        if st.button(t("archive.open"), key=f"archive.open.{info.id}", icon=":material/folder_open:"):
            open_site(info.id)


def _made_up(info: SiteInfo) -> list[str]:
    return [t("archive.constructed")] if info.constructed else []


Way = Callable[[Store], None]


def _ways() -> dict[str, Way]:
    """What the person in front of the screen may do to get a site."""
    ways: dict[str, Way] = {}
    if archive_here.allowed("manage"):
        ways |= {"new": _new, "bundled": _bundled, "file": lambda store: importing.draw(store, None)}
    if archive_here.allowed("admin"):
        ways |= {"all": everything.draw}
        if archive_here.standing() != "alone":
            ways |= {"people": members.draw}
    return ways


def _way_name(way: str) -> str:
    return t(f"archive.way_{way}")


def _new(store: Store) -> None:
    """A site that begins empty."""
    filled = site_fields(store, "archive.new")
    pressed = st.button(t("archive.create"), type="primary", key="archive.new.create")
    head = filled.usable() if pressed else None
    if head is not None:
        store.put_site(head, archive_here.by())
        open_site(head.id)


def _bundled(store: Store) -> None:
    """One of the bundled sites, copied: something to try things on."""
    st.html(f'<p class="co-lead">{in_html(t("archive.bundled_lead"))}</p>')
    taken = {info.id for info in store.sites()}
    for head, days in bundled_sites():
        site = head.id if head.id not in taken else free_id(f"{head.id}-", taken)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.html(
                f'<p class="co-body">{in_html(head.name)}<span class="co-when">'
                f"{in_html(t('archive.n_days', n=len(days)))}</span></p>",
                width="stretch",
            )
            if st.button(t("archive.copy"), key=f"archive.bundled.{head.id}", icon=":material/content_copy:"):
                copied = [replace(day, site=site, complete=True) for day in days]
                store.import_days(replace(head, id=site), copied, archive_here.by())
                open_site(site)


@st.cache_resource(show_spinner=False, max_entries=1)
def bundled_sites() -> tuple[tuple[SiteHead, tuple[Workday, ...]], ...]:
    """The bundled sites as workdays; none where the installation lost them."""
    try:
        paths = bundled.paths()
    except FileNotFoundError:
        return ()
    return workdays_of(read(paths).timeline)
