"""The sites and days one keeps: the store as a list, and one of its sites."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from carveout.app import archive, archive_here
from carveout.app.archive import site_list, site_page, walking
from carveout.store import Store

STYLE = Path(archive.__file__).parent / "archive.css"


def render() -> None:
    """The page: the list, or the site that the address names."""
    st.html(STYLE)
    archive_here.page(_draw)


def _draw(store: Store) -> None:
    asked = walking.site_asked()
    if asked is None:
        site_list.draw(store)
        return
    info = next((one for one in archive_here.sites_seen() if one.id == asked), None)
    if info is None:
        site_page.gone(asked)
    else:
        site_page.draw(store, info)


if __name__ == "__main__":
    render()
