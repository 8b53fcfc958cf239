"""The store as a whole: a copy of everything in open files, and a copy brought back."""

from __future__ import annotations

from datetime import date

import streamlit as st

from carveout.app import archive_here
from carveout.app.archive.asking import refused
from carveout.app.drop_zone import own_words_for_the_drop_zone
from carveout.app.wording import in_html, t
from carveout.store import Store

_DONE = "archive.restored"
_MAX_MB = 200


def draw(store: Store) -> None:
    """What an administrator may do with everything."""
    st.html(f'<p class="co-lead">{in_html(t("archive.all_lead", place=store.place.removeprefix("sqlite:///")))}</p>')
    if not archive_here.allowed("admin"):
        return
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader(t("archive.all_out"), anchor=False)
        st.html(f'<p class="co-lead">{in_html(t("archive.all_out_help"))}</p>')
        st.download_button(
            t("archive.all_out_do"), store.export, file_name=f"carveout-{date.today().isoformat()}.zip",
            mime="application/zip", key="archive.all.out", icon=":material/download:", on_click="ignore",
        )  # fmt: skip
    with right:
        st.subheader(t("archive.all_in"), anchor=False)
        st.html(f'<p class="co-lead">{in_html(t("archive.all_in_help"))}</p>')
        _restore(store)


def _restore(store: Store) -> None:
    if st.session_state.pop(_DONE, False):
        st.success(t("archive.all_in_done"), icon=":material/check_circle:")
    handed = st.file_uploader(t("archive.all_in_pick"), type=["zip"], key="archive.all.in", max_upload_size=_MAX_MB)
    own_words_for_the_drop_zone()
    if st.button(t("archive.all_in_do"), key="archive.all.in.do", disabled=handed is None) and handed is not None:
        if store.sites():
            refused(t("archive.all_in_full"), t("archive.all_in_full_remedy"))
            return
        store.restore(handed.getvalue())
        st.session_state[_DONE] = True
        st.rerun()
