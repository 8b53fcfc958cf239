"""Which day to write: the latest days of the sites one may see, and the way to begin another."""

from __future__ import annotations

import streamlit as st

from carveout.app import archive_here
from carveout.app.places import VIEWS
from carveout.app.wording import in_html, in_markdown, t
from carveout.store import DayInfo, SiteInfo, Store

LATEST = 8  # days to choose from without leaving the page; the archive has them all


def choose_day(store: Store, page: str) -> None:
    """For somebody who comes without a day: go on with a recent one, or begin one in the archive."""
    st.subheader(t("record.which_day"), anchor=False)
    sites = {site.id: site for site in archive_here.sites_seen()}
    found = [info for site in sites for info in store.days(site)]
    latest = sorted(found, key=lambda info: (info.date, info.revision), reverse=True)[:LATEST]
    if not latest:
        st.html(f'<p class="co-body">{in_html(t("record.no_day_yet"))}</p>')
    for info in latest:
        if st.button(_said(info, sites), key=f"{page}.open.{info.key}", width="stretch"):
            archive_here.open_day(info.key, page)
    st.page_link(VIEWS / "archive.py", label=t("record.to_archive"), icon=":material/calendar_add_on:")


def _said(info: DayInfo, sites: dict[str, SiteInfo]) -> str:
    site = sites[info.site]
    state = t("record.complete_yes") if info.complete else t("record.rows", n=info.n_rows)
    parts = (info.date, site.name or site.id, info.unit, info.observer, state)
    return in_markdown(" · ".join(part for part in parts if part))
