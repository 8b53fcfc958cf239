"""The app's own words in both languages, from `messages.yaml` and `messages/`; the session chooses which shows."""

from __future__ import annotations

import html
import os
import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, cast

import streamlit as st
import yaml

from carveout.language import LANGUAGES, Language, Text
from carveout.words import plain

LANGUAGE_NAMES = {"ja": "日本語", "en": "English"}  # each in its own language, whichever is on
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:&^=@/])")


class _OnceLoader(yaml.SafeLoader):  # type: ignore[misc]  # PyYAML comes without types
    """YAML in which a key may stand only once, so that no wording silently replaces another."""


def _mapping_once(loader: _OnceLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[Any] = set()
    for key_node, _ in node.value:
        key = loader.construct_object(key_node)
        if key in seen:
            raise ValueError(f"{key} stands twice, again at {key_node.start_mark}")
        seen.add(key)
    made: dict[Any, Any] = loader.construct_mapping(node, deep=True)
    return made


_OnceLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping_once)


@cache
def catalogue() -> dict[str, Text]:
    """Every message by its dotted key, from all files. Raises ValueError for a key that stands twice."""
    found: dict[str, Text] = {}
    for file in message_files():
        rooms: dict[str, dict[str, dict[str, str]]] = yaml.load(file.read_text(encoding="utf-8"), _OnceLoader) or {}  # noqa: S506 - a SafeLoader
        for room, entries in rooms.items():
            for name, wording in entries.items():
                key = f"{room}.{name}"
                if key in found:
                    raise ValueError(f"{key} stands twice, again in {file.name}")
                found[key] = Text(wording["ja"], wording["en"])
    return found


def message_files() -> list[Traversable]:
    """`messages.yaml`, then the files of `messages/` by name: one per page that has many words."""
    here = files("carveout.app")
    folder = here / "messages"
    further = [file for file in folder.iterdir() if file.name.endswith(".yaml")] if folder.is_dir() else []
    return [here / "messages.yaml", *sorted(further, key=lambda file: file.name)]


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


def apart(labels: Mapping[str, str]) -> dict[str, str]:
    """Labels by code, no two alike: where several codes read the same, a number follows.

    Streamlit knows a choice by its label alone; of two alike it always takes the last, whichever one chose.

    >>> apart({"a": "unit", "b": "unit", "c": "hall"})
    {'a': 'unit (1)', 'b': 'unit (2)', 'c': 'hall'}
    """
    often = Counter(labels.values())
    taken = {label for label, n in often.items() if n == 1}
    made: dict[str, str] = {}
    for code, label in labels.items():
        numbers = (f"{label} ({n})" for n in range(1, len(labels) + len(taken) + 1))
        made[code] = label if often[label] == 1 else next(one for one in numbers if one not in taken)
        taken.add(made[code])
    return made
