"""One site of the store: its name, what waits to be settled, and one of its parts."""

from __future__ import annotations

import streamlit as st

from carveout import words
from carveout.app import archive_here
from carveout.app.archive import days, drafts, exporting, history, importing, tasks
from carveout.app.archive.shelf import Shelf
from carveout.app.archive.walking import PART, PARTS, close_site, open_part, part_asked
from carveout.app.places import VIEWS
from carveout.app.sites import stored_key
from carveout.app.wording import in_html, in_markdown, says, t
from carveout.store import SiteInfo, Store
from carveout.words import CONSTRUCTED

_NEEDS = {"import": "manage", "export": "manage"}


def draw(store: Store, info: SiteInfo) -> None:
    """The page of a chosen site."""
    st.session_state["kept.site"] = stored_key(info.id)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(t("archive.all_sites"), key="archive.back", icon=":material/arrow_back:", on_click=close_site)
        st.html(
            f'<h2 class="co-h">{in_html(info.name or info.id)}<span class="co-when">'
            f"{in_html(says(words.KIND[info.kind]))}　{in_html(info.id)}</span></h2>",
            width="stretch",
        )
        if info.days and st.button(t("archive.to_map"), key="archive.to_map", icon=":material/map:"):
            st.switch_page(str(VIEWS / "map.py"), query_params={"site": stored_key(info.id)})
    if info.constructed:
        st.html(f'<p class="co-notice" role="note">{in_html(says(CONSTRUCTED))}</p>')
    shelf = Shelf.of(store, info)
    waiting = shelf.clashing()
    part = _part(info)
    if waiting and part != "history":
        st.warning(t("archive.clashes_wait", n=len(waiting)), icon=":material/call_split:")
        if st.button(t("archive.clashes_open"), key="archive.to_clashes"):
            st.query_params[archive_here.DAY] = waiting[0].key
            _turn_to("history", info.id)
            st.rerun()
    if part == "days":
        days.draw(shelf)
        drafts.draw(store, info.id)
    elif part == "tasks":
        tasks.draw(shelf)
    elif part == "history":
        history.draw(shelf)
    elif part == "import":
        importing.draw(store, info.id)
    else:
        exporting.draw(shelf)


def gone(site: str) -> None:
    """A site that the address names and the person may not see, or that is not there: the same words for both."""
    st.info(t("archive.site_gone", site=in_markdown(site)), icon=":material/search_off:")
    st.button(t("archive.all_sites"), key="archive.back", icon=":material/arrow_back:", on_click=close_site)


def _part(info: SiteInfo) -> str:
    """The part that shows, chosen in a row of buttons and kept in the address."""
    parts = [one for one in PARTS if one not in _NEEDS or archive_here.allowed("manage", info.id)]
    key = _key(info.id)
    if st.session_state.get(key) not in parts:
        asked = part_asked()
        st.session_state[key] = asked if asked in parts else parts[0]
    chosen = st.segmented_control(
        t("archive.part"), parts, key=key, format_func=lambda one: t(f"archive.part_{one}"),
        label_visibility="collapsed", required=True,
    )  # fmt: skip
    part = str(chosen or parts[0])
    if st.query_params.get(PART, PARTS[0]) != part:
        open_part(part)
    return part


def _turn_to(part: str, site: str) -> None:
    """Show another part of the site at the next run."""
    open_part(part)
    st.session_state.pop(_key(site), None)


def _key(site: str) -> str:
    return f"archive.part.{site}"
