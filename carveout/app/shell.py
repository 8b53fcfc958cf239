"""The frame around every page: settings, styles, language, navigation, and a kind word when something breaks."""

from __future__ import annotations

import logging
from pathlib import Path

import streamlit as st

from carveout.app.places import PAGES, VIEWS
from carveout.app.wording import LANGUAGE_NAMES, in_html, language, t
from carveout.language import LANGUAGES

HERE = Path(__file__).parent
_log = logging.getLogger(__name__)


def run() -> None:
    """Draw the frame and the page that the address asks for."""
    if "language" not in st.session_state:
        st.session_state["language"] = language()
    st.set_page_config(page_title=t("app.title"), page_icon="○", layout="wide", initial_sidebar_state="collapsed")
    st.html(HERE / "style.css")
    pages = [
        st.Page(VIEWS / f"{name}.py", title=t(f"nav.{name}"), url_path=name, default=name == PAGES[0]) for name in PAGES
    ]
    page = st.navigation(pages, position="top")
    _header(page.title)
    if st.query_params.get("lang") != language():
        st.query_params["lang"] = language()
    try:
        page.run()
    except Exception:  # whatever it is, nobody who only wants to read a map should meet a traceback
        _log.exception("a page could not be shown")
        st.error(f"**{t('app.broken_title')}**\n\n{t('app.broken')}", icon=":material/sentiment_dissatisfied:")
    st.html(HERE / "touch.html", unsafe_allow_javascript=True)


def _header(title: str) -> None:
    """The page's name at the left, the language switch at the right."""
    with st.container(horizontal=True, vertical_alignment="center", key="header"):
        st.html(
            f'<h1 class="co-title">{in_html(title)}</h1><p class="co-tagline">{in_html(t("app.tagline"))}</p>',
            width="stretch",
        )
        st.segmented_control(
            t("app.language"),
            LANGUAGES,
            key="language",
            format_func=LANGUAGE_NAMES.__getitem__,
            label_visibility="collapsed",
            required=True,
        )
