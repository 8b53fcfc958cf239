"""What Streamlit says in English where a list of choices holds nothing one typed, in our own words."""

from __future__ import annotations

import json

import streamlit as st

from carveout.app.wording import t


def own_words_for_choices() -> None:
    """A list without a match says so in the language of the page; Streamlit's own words cannot be set."""
    nothing = json.dumps(t("observers.no_match"), ensure_ascii=False)
    empty = '[data-testid="stSelectboxVirtualDropdown"] [role="option"][style*="contents"] > span'
    st.html(f"""<style>
      {empty} {{ font-size: 0 !important; }}
      {empty}::after {{ content: {nothing}; font-size: 1rem; }}
    </style>""")
