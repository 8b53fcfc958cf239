"""The area whose designations the jobs on screen may use: chosen once, kept from page to page and in the address."""

from __future__ import annotations

import streamlit as st

from carveout.app.wording import in_html, says, t
from carveout.constraints import areas

PARAMETER, _KEPT, _FIELD = "area", "kept.area", "jobs.area"


def area() -> str:
    """The area of this session, else that of the address; "" where none is chosen or it is not known."""
    chosen = st.session_state.get(_KEPT, st.query_params.get(PARAMETER, ""))
    return chosen if chosen in areas() else ""


def field() -> None:
    """A list of the areas, and what is known of the one chosen."""
    known, present = areas(), area()
    st.session_state[_FIELD] = present
    names = {"": t("shape.no_area")} | {name: says(one.label) for name, one in known.items()}
    st.selectbox(
        t("shape.area"), list(names), key=_FIELD, format_func=names.__getitem__, help=t("jobs.area_help"),
        on_change=_take, width=420,
    )  # fmt: skip
    if present:
        st.html(f'<p class="co-lead">{in_html(says(known[present].note))}</p>')
    if present != st.query_params.get(PARAMETER, ""):
        if present:
            st.query_params[PARAMETER] = present
        else:
            del st.query_params[PARAMETER]


def _take() -> None:
    st.session_state[_KEPT] = st.session_state[_FIELD]
