"""The employer's proposal: what only people know is filled in beside a preview, and taken along as Word and more."""

from __future__ import annotations

import base64
from datetime import date

import streamlit as st

from carveout.app import asking, drafting, outcome, papers, workbench
from carveout.app.breaking import kindly
from carveout.app.choosing import Chosen, choose
from carveout.app.draft_here import draft_here
from carveout.app.papers import Order, Paper
from carveout.app.places import VIEWS
from carveout.app.wording import in_html, language, t
from carveout.errors import InputError
from carveout.jobs import Draft
from carveout.model import Job
from carveout.proposal import propose

_PREVIEW_PX = 1000
_FURTHER = (Paper.PDF,)


def render() -> None:
    """The page: the site, then fields and preview of the job being shaped."""
    chosen = choose("proposal", with_unit=False)
    if chosen is None:
        return
    what, _ = chosen
    if draft_here(what, "proposal") is not None:
        _sheet(what)


@st.fragment
def _sheet(what: Chosen) -> None:
    """Files, fields and preview; only this part is drawn again after an edit."""
    draft = drafting.current()
    if draft is None:
        return
    with kindly():
        try:
            job = workbench.shaped(what.entry, what.result, draft)
        except InputError:
            st.error(t("shape.numbers_refused"), icon=":material/error:")
            _back()
            return
        if not job.slots:
            st.info(t("proposal.no_hours"), icon=":material/info:")
            _back()
            return
        _proposal(what, draft, job)
        drafting.keep()


def _proposal(what: Chosen, draft: Draft, job: Job) -> None:
    day: date | None = st.session_state.get("proposal.date")
    proposal = propose(what.result, job, draft, on=day)
    order = Order(proposal, language())
    st.html(outcome.status(job))
    if any(check.hard for check in job.broken):
        st.warning(t("proposal.broken"), icon=":material/warning:")
    _files(order, draft)
    with st.container(key="workbench"):
        left, right = st.columns([4, 5], gap="large")
        with left:
            st.subheader(t("shape.answers"), anchor=False)
            asking.answer_fields(draft)
            st.date_input(
                t("proposal.date"), value=None, key="proposal.date", format="YYYY-MM-DD", min_value=date(2000, 1, 1),
                max_value=date(2199, 12, 31),
            )  # fmt: skip
        with right:
            st.subheader(t("proposal.preview"), anchor=False)
            _preview(order)


def _files(order: Order, draft: Draft) -> None:
    """Word first; the other kinds beside it."""
    with st.container(horizontal=True, key="proposal-files"):
        _download(Paper.HTML, order, draft, primary=True)
        for paper in _FURTHER:
            if paper is not Paper.PDF or papers.pdf_available():
                _download(paper, order, draft)
        _back()
    if not papers.pdf_available():
        st.html(f'<p class="co-lead">{in_html(t("proposal.no_pdf"))}</p>')


def _download(paper: Paper, order: Order, draft: Draft, *, primary: bool = False) -> None:
    st.download_button(
        t(f"proposal.{paper}"), papers.maker(paper, order), file_name=f"{drafting.file_stem(draft)}.{paper}",
        mime=papers.MIME[paper], key=f"proposal.{paper}", icon=":material/download:", on_click="ignore",
        type="primary" if primary else "secondary",
    )  # fmt: skip


def _back() -> None:
    if st.button(t("proposal.back"), key="proposal.back", icon=":material/edit:"):
        st.switch_page(str(VIEWS / "shape.py"))


def _preview(order: Order) -> None:
    """The sheet in a frame of its own origin: whatever a file's names hold, it reaches nothing of this page."""
    page = base64.b64encode(papers.made(Paper.HTML, order)).decode()
    st.iframe(f"data:text/html;charset=utf-8;base64,{page}", height=_PREVIEW_PX, tab_index=0, alt=t("proposal.preview"))


if __name__ == "__main__":
    render()
