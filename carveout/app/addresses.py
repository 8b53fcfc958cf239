"""Addresses that name no page of the menu: the first page's own name, and whatever somebody typed or kept too long.

The first page lives at the empty address, and Streamlit meets any address it does not know with an English dialog.
So such addresses become hidden pages here, and whoever comes to one is led to the first page, told why where the
address was no page's name.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from carveout.app.places import FIRST, PAGES
from carveout.app.wording import in_html, t

_LOST = "addresses.lost"


def strays(url: str | None) -> list[StreamlitPage]:
    """Hidden pages for the first page's name and for the address that a browser shows, where no page has it.

    url: the whole address; None where nobody knows it (no browser).
    """
    last = urlsplit(url or "").path.rstrip("/").rpartition("/")[2]
    asked = {name.strip() for name in (last, unquote(last)) if name.strip() and "/" not in name}
    hidden = [FIRST, *sorted(asked.difference(PAGES))]
    return [st.Page(_nowhere, title=name, url_path=name, visibility="hidden") for name in hidden]


def lead_home(page: StreamlitPage, home: StreamlitPage, query: Mapping[str, str]) -> None:
    """From a hidden page go to the first one, the rest of the address kept; on any other page do nothing."""
    if page.visibility != "hidden":
        return
    if page.url_path != FIRST:
        st.session_state[_LOST] = page.url_path
    st.switch_page(home, query_params=dict(query))


def say_where_one_is() -> None:
    """On the first page after an address that no page has: which it was, and what is shown instead."""
    if lost := st.session_state.pop(_LOST, ""):
        told = t("app.no_page", name=lost, page=t(f"nav.{FIRST}"))
        st.html(f'<p class="co-notice" role="status">{in_html(told)}</p>')


def _nowhere() -> None:
    """Nothing to draw: nobody stays here."""
