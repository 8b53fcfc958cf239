"""A kind word when something breaks: nobody who only wants to read a map should meet a traceback."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from carveout.app.wording import t

_log = logging.getLogger(__name__)


@contextmanager
def kindly() -> Iterator[None]:
    """What fails inside is logged and said kindly. Around every page, and inside every part drawn again by itself."""
    try:
        yield
    except Exception:
        _log.exception("a page could not be shown")
        st.error(f"**{t('app.broken_title')}**\n\n{t('app.broken')}", icon=":material/sentiment_dissatisfied:")
