"""What still waits in this browser to be saved, told where nothing else could tell of it.

Browser side: `waiting_here.js`. A row or a tap that the store has not acknowledged lies in the browser under a place,
"<store>.<day>.<hand>" (typed rows) or "<store>.<day>.<hand>.live" (taps): what one person has not sent yet neither goes
out in the name of another at the same screen nor is shown to them.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import streamlit as st

from carveout.app.wording import catalogue, language

_SCRIPT = Path(__file__).with_suffix(".js")
_STYLE = """
.waiting { font-family: var(--st-font, sans-serif); color: #4a3200; background: #fdf6e3; padding: 8px 12px;
  border-left: 6px solid #7a4a00; }
.waiting:empty { display: none; }
.waiting p { margin: 0; }
.waiting a { display: inline-block; padding: 11px 8px 11px 0; color: #1b4f91; }
"""


def hand(who: str) -> str:
    """What stands for a person in the names of what waits.

    >>> hand("jc@example.org") == hand("jc@example.org") != hand("other@example.org")
    True
    """
    return sha256(who.encode()).hexdigest()[:8]


def tell(who: str, store: str = "") -> None:
    """Say how much of one's own waits in this browser, with the way to each day; nothing where nothing does.

    store: the store's id; "" where the store cannot be reached: then there is no way to a day yet either.
    """
    keys = {"title": "waiting.title" if store else "waiting.title_away", "day": "waiting.day"}
    words = {name: catalogue()[key].in_(language()) for name, key in keys.items()}
    data = {"hand": hand(who), "store": store, "words": words, "language": language()}
    _component()(key="waiting_here", data=data)


@cache
def _script() -> str:
    return _SCRIPT.read_text("utf-8")


def _component() -> Any:
    return st.components.v2.component("carveout_waiting", html='<div class="waiting"></div>', css=_STYLE, js=_script())
