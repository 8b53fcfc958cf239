"""The app's own words in both languages, from `messages.yaml`; which language shows is the session's choice."""

from __future__ import annotations

import html
import os
import re
from functools import cache
from importlib.resources import files
from typing import cast

import streamlit as st
import yaml

from carveout.language import LANGUAGES, Language, Text
from carveout.words import plain

LANGUAGE_NAMES = {"ja": "日本語", "en": "English"}  # each in its own language, whichever is on
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:&^=@/])")


@cache
def catalogue() -> dict[str, Text]:
    """Every message by its dotted key."""
    loaded: dict[str, dict[str, dict[str, str]]] = yaml.safe_load(
        (files("carveout.app") / "messages.yaml").read_text(encoding="utf-8")
    )
    return {
        f"{room}.{name}": Text(wording["ja"], wording["en"])
        for room, entries in loaded.items()
        for name, wording in entries.items()
    }


def language() -> Language:
    """The language of this session: what was chosen, else the address, else how the app was started, else Japanese."""
    asked = (
        *(st.session_state.get(key) for key in ("language", "kept.language")),
        st.query_params.get("lang"),
        os.environ.get("CARVEOUT_LANG"),
    )
    return cast(Language, next((one for one in asked if one in LANGUAGES), LANGUAGES[0]))


def t(key: str, **values: object) -> str:
    """A message in this session's language, placeholders filled.

    Raises KeyError for a key that the catalogue lacks.
    """
    return catalogue()[key].in_(language()).format(**values)


def says(text: Text) -> str:
    """A two-language text in this session's language."""
    return text.in_(language())


def in_html(text: str) -> str:
    """A text from a file, safe inside HTML.

    >>> in_html("<b>x</b>")
    '&lt;b&gt;x&lt;/b&gt;'
    """
    return html.escape(plain(text))


def in_markdown(text: str) -> str:
    r"""A text from a file, safe inside Streamlit's Markdown: every sign that could mean something there is escaped.

    >>> in_markdown("[x](y)")
    '\\[x\\]\\(y\\)'
    """
    return _MARKDOWN.sub(r"\\\1", plain(text))
