"""The draft that belongs to the site on screen, or a word about why there is none and the ways to get one."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from carveout.app import drafting, sites
from carveout.app.choosing import Chosen
from carveout.app.places import VIEWS
from carveout.app.wording import in_html, in_markdown, t
from carveout.jobs import Draft


def draft_here(what: Chosen, page: str, more: Callable[[], None] | None = None) -> Draft | None:
    """The draft of the chosen site; None once it was said what to do. more: what else the page offers then."""
    if drafting.address_unreadable():
        st.warning(t("shape.address_unreadable"), icon=":material/link_off:")
    draft = drafting.current()
    if draft is None:
        _none(what, page)
    elif draft.site != what.result.site:
        _of_another_site(what, page, draft)
    else:
        return draft
    if more is not None:
        more()
    return None


def _none(what: Chosen, page: str) -> None:
    """Nothing is being shaped yet."""
    st.html(f'<p class="co-lead">{in_html(t("shape.empty"))}</p>')
    with st.container(horizontal=True):
        if st.button(t("shape.from_candidates"), type="primary", key=f"{page}.from_candidates"):
            st.switch_page(str(VIEWS / "jobs.py"))
        if st.button(t("shape.by_hand"), key=f"{page}.by_hand"):
            _by_hand(what)


def _of_another_site(what: Chosen, page: str, draft: Draft) -> None:
    """The draft belongs to a site other than the one on screen: say so, lose nothing."""
    there = next((entry for entry in sites.entries() if entry.site == draft.site), None)
    name = there.name if there else draft.site
    st.info(t("shape.other_site", site=in_markdown(name)), icon=":material/info:")
    with st.container(horizontal=True):
        if there is not None:
            st.button(
                t("shape.other_switch"), key=f"{page}.other_switch", type="primary", on_click=_switch,
                args=(page, there.key),
            )  # fmt: skip
        if st.button(t("shape.begin_here"), key=f"{page}.begin_here"):
            _by_hand(what)


def _by_hand(what: Chosen) -> None:
    drafting.begin(Draft(what.result.site, ()))
    st.switch_page(str(VIEWS / "shape.py"))


def _switch(page: str, key: str) -> None:
    st.session_state[f"{page}.site"] = st.session_state["kept.site"] = key
