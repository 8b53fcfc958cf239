"""The frame around every page: settings, styles, language, navigation, and a kind word when something breaks."""

from __future__ import annotations

import json
from pathlib import Path

import streamlit as st

from carveout.app import addresses, archive_here, drafting
from carveout.app.breaking import kindly
from carveout.app.places import FIRST, GROUPS, VIEWS
from carveout.app.wording import LANGUAGE_NAMES, in_html, language, t
from carveout.language import LANGUAGES

HERE = Path(__file__).parent


def run() -> None:
    """Draw the frame and the page that the address asks for."""
    if "language" not in st.session_state:
        st.session_state["language"] = language()
    st.set_page_config(page_title=t("app.title"), page_icon="○", layout="wide", initial_sidebar_state="collapsed")
    st.html(HERE / "style.css")
    pages = {
        t(f"nav.group_{group}") if group else "": [
            st.Page(
                VIEWS / f"{name}.py",
                title=t(f"nav.{name}"),
                url_path="" if name == FIRST else name,
                default=name == FIRST,
            )
            for name in names
        ]
        for group, names in GROUPS
    }
    home = next(page for pages_of_group in pages.values() for page in pages_of_group if page.url_path == "")
    pages[""] += addresses.strays(st.context.url)
    page = st.navigation(pages, position="top")
    addresses.lead_home(page, home, st.query_params.to_dict())
    st.set_page_config(page_title=f"{page.title} - {t('app.title')}")
    _own_words()
    _header(page.title)
    st.session_state["kept.language"] = language()
    if st.query_params.get("lang") != language():
        st.query_params["lang"] = language()
    drafting.keep()
    addresses.say_where_one_is()
    with kindly():
        page.run()
    st.html(HERE / "touch.html", unsafe_allow_javascript=True)
    # What reads a page aloud takes its voice from here; Streamlit says English whatever the page holds.
    st.html(f"<script>document.documentElement.lang = {json.dumps(language())}</script>", unsafe_allow_javascript=True)


def _own_words() -> None:
    """Where Streamlit speaks English and takes no words of ours: pages that do not fit, a list without a match."""
    more = json.dumps(t("nav.more"), ensure_ascii=False)
    nothing = json.dumps(t("app.no_match"), ensure_ascii=False)
    rest = '.rc-overflow-item-rest [data-testid="stTopNavSection"] p'
    empty = '[data-testid="stSelectboxVirtualDropdown"] [role="option"][style*="contents"] > span'
    st.html(f"""<style>
      {rest}, {empty} {{ font-size: 0 !important; }}
      {rest}::after {{ content: {more}; font-size: 1rem; }}
      {empty}::after {{ content: {nothing}; font-size: 1rem; }}
    </style>""")


def _header(title: str) -> None:
    """The page's name at the left, the language switch at the right."""
    with st.container(horizontal=True, vertical_alignment="center", key="header"):
        st.html(
            f'<h1 class="co-title">{in_html(title)}</h1><p class="co-tagline">{in_html(t("app.tagline"))}</p>',
            width="stretch",
        )
        archive_here.account_menu()
        st.segmented_control(
            t("app.language"),
            LANGUAGES,
            key="language",
            format_func=LANGUAGE_NAMES.__getitem__,
            label_visibility="collapsed",
            required=True,
        )
