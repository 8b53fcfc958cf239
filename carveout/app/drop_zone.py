"""Streamlit's drop zone in our own words."""

from __future__ import annotations

import json

import streamlit as st

from carveout.app.wording import t


def own_words_for_the_drop_zone() -> None:
    """Streamlit's drop zone speaks English only; its button says ours, and its hint goes (the label says it all)."""
    button = json.dumps(t("upload.browse"), ensure_ascii=False)
    st.html(f"""<style>
      [data-testid="stFileUploaderDropzoneInstructions"] {{ display: none; }}
      [data-testid="stFileUploaderDropzone"] button [data-testid="stMarkdownContainer"] p {{ font-size: 0 !important; }}
      [data-testid="stFileUploaderDropzone"] button [data-testid="stMarkdownContainer"] p::after {{
        content: {button}; font-size: 1rem; }}
    </style>""")
