"""Questions before something is written: entries that look like names, and what cannot be taken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from carveout.app.wording import in_markdown, t
from carveout.workday.names import name_like


def doubtful(entries: Iterable[str]) -> tuple[str, ...]:
    """Those of the entries that look like names of people, each once, in their order.

    >>> doubtful(["s1", "Tanaka", "", "Tanaka"])
    ('Tanaka',)
    """
    return tuple(dict.fromkeys(entry for entry in entries if entry and name_like(entry)))


def confirmed(key: str, doubts: Sequence[str]) -> bool:
    """Whether one may go on: nothing is doubtful, or the person says that these are no names of people."""
    if not doubts:
        return True
    listed = t("archive.listed").join(t("archive.quoted", it=in_markdown(one)) for one in doubts)
    st.warning(t("archive.name_doubt", names=listed), icon=":material/person_alert:")
    # Another doubtful entry is another question: an answer holds for what it was given for.
    return st.checkbox(t("archive.no_name"), key=f"{key}.sure.{'|'.join(doubts)}")


def refused(cause: str, remedy: str = "") -> None:
    """What cannot be taken, and what to do."""
    st.error(in_markdown(f"{cause} {remedy}".strip()), icon=":material/error:")
