"""Shaped jobs that were kept with a site."""

from __future__ import annotations

import streamlit as st

from carveout.app import archive_here, drafting
from carveout.app.archive.asking import refused
from carveout.app.archive.history import moment
from carveout.app.places import VIEWS
from carveout.app.sites import stored_key
from carveout.app.wording import in_html, t
from carveout.errors import InputError
from carveout.jobs import read_draft, write_draft
from carveout.store import Store


def draw(store: Store, site: str) -> None:
    """The jobs kept, each to be opened again, and the one being shaped to be kept."""
    kept = store.drafts(site)
    draft = drafting.current()
    own = draft is not None and draft.site == site and archive_here.allowed("manage", site)
    if not kept and not own:
        return
    st.subheader(t("archive.drafts"), anchor=False)
    for one in kept:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.html(
                f'<p class="co-body">{in_html(one.name)}<span class="co-when">{in_html(moment(one.at))}</span></p>',
                width="stretch",
            )
            if st.button(t("archive.draft_open"), key=f"archive.draft.{one.name}", icon=":material/work:"):
                _open(site, one.name, one.data)
    if draft is not None and own:
        name = st.text_input(t("archive.draft_name"), draft.title, key="archive.draft.name", max_chars=100).strip()
        if st.button(t("archive.draft_keep"), key="archive.draft.keep", disabled=not name):
            store.put_draft(site, name, write_draft(draft), archive_here.by())
            st.rerun()


def _open(site: str, name: str, data: bytes) -> None:
    try:
        drafting.begin(read_draft(data, name))
    except InputError:
        refused(t("archive.draft_broken"))
        return
    st.session_state["kept.site"] = stored_key(site)
    st.switch_page(str(VIEWS / "shape.py"))
