"""The employer's proposal: what only people know is filled in beside a preview, and taken along as Word and more."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import date

import streamlit as st

from carveout.app import asking, drafting, outcome, workbench
from carveout.app.breaking import kindly
from carveout.app.choosing import Chosen, choose
from carveout.app.draft_here import draft_here
from carveout.app.drop_zone import own_words_for_the_drop_zone
from carveout.app.editor import bind
from carveout.app.places import VIEWS
from carveout.app.problem_table import problem_table
from carveout.app.wording import in_html, in_markdown, language, t
from carveout.errors import InputError
from carveout.jobs import Draft
from carveout.language import Language
from carveout.model import Job
from carveout.proposal import Format, Proposal, propose
from carveout.proposal.papers import render as made
from carveout.writing import file_name

_PREVIEW_PX = 1000
_TEMPLATE, _TEMPLATE_NAME, _REFUSED = "proposal.template", "proposal.template_name", "proposal.refused"
_MAX_TEMPLATE_MB = 5
_MEGABYTE = 1_000_000
_FURTHER = (Format.PDF, Format.HTML, Format.EXCEL, Format.CALENDAR)
_MIME = {
    Format.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.PDF: "application/pdf",
    Format.HTML: "text/html",
    Format.EXCEL: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.CALENDAR: "text/calendar",
}


def render() -> None:
    """The page: the site, then fields and preview of the job being shaped."""
    chosen = choose("proposal", with_unit=False, jobs=True)
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
    day: date | None = st.session_state.get("kept.proposal_date")
    proposal = propose(what.result, job, draft, on=day)
    st.html(outcome.status(job))
    if any(check.hard for check in job.broken):
        st.warning(t("proposal.broken"), icon=":material/warning:")
    _files(proposal, draft)
    with st.container(key="workbench"):
        left, right = st.columns([4, 5], gap="large")
        with left:
            st.subheader(t("shape.answers"), anchor=False)
            asking.answer_fields(draft)
            st.date_input(
                t("proposal.date"), key=bind("proposal.date", day), format="YYYY-MM-DD",
                min_value=date(2000, 1, 1), max_value=date(2199, 12, 31), on_change=_date,
            )  # fmt: skip
            _template(proposal)
        with right:
            st.subheader(t("proposal.preview"), anchor=False)
            _preview(proposal)


def _files(proposal: Proposal, draft: Draft) -> None:
    """Word first; the other kinds beside it, made when one asks for them."""
    with st.container(horizontal=True, key="proposal-files"):
        for kind in (Format.WORD, *_FURTHER):
            if kind is not Format.PDF or _pdf_available():
                _download(kind, proposal, draft)
        _back()
    if not _pdf_available():
        st.html(f'<p class="co-lead">{in_html(t("proposal.no_pdf"))}</p>')


def _download(kind: Format, proposal: Proposal, draft: Draft) -> None:
    name = file_name("proposal", (draft.base or draft.site).replace("/", "-"))
    template: bytes | None = st.session_state.get(_TEMPLATE)
    st.download_button(
        t(f"proposal.{kind}"), _maker(kind, proposal, language(), template), file_name=f"{name}.{kind}",
        mime=_MIME[kind], key=f"proposal.{kind}", icon=":material/download:", on_click="ignore",
        type="primary" if kind is Format.WORD else "secondary",
    )  # fmt: skip


def _maker(kind: Format, proposal: Proposal, lang: Language, template: bytes | None) -> Callable[[], bytes]:
    """What makes a file once it is asked for; the language is this session's, which the maker cannot ask."""
    return lambda: made(proposal, lang, kind, template)


@st.cache_resource(max_entries=1, show_spinner=False)
def _pdf_available() -> bool:
    from carveout.proposal import pdf  # looking for it takes half a second

    return pdf.available()


def _back() -> None:
    if st.button(t("proposal.back"), key="proposal.back", icon=":material/edit:"):
        st.switch_page(str(VIEWS / "shape.py"))


def _preview(proposal: Proposal) -> None:
    """The sheet in a frame of its own origin: whatever a file's names hold, it reaches nothing of this page."""
    page = base64.b64encode(made(proposal, language(), Format.HTML)).decode()
    st.iframe(f"data:text/html;charset=utf-8;base64,{page}", height=_PREVIEW_PX, tab_index=0, alt=t("proposal.preview"))


def _template(proposal: Proposal) -> None:
    """A center's own Word template: its letterhead, its words. Kept for this session only."""
    with st.expander(t("proposal.template")):
        st.html(f'<p class="co-lead">{in_html(t("proposal.template_lead"))}</p>')
        st.download_button(
            t("proposal.template_get"), _shipped(language()), file_name=f"carveout-proposal.{language()}.docx",
            mime=_MIME[Format.WORD], key="proposal.template_get", icon=":material/download:", on_click="ignore",
        )  # fmt: skip
        own_words_for_the_drop_zone()
        st.file_uploader(
            t("proposal.template_pick", mb=_MAX_TEMPLATE_MB), type=["docx"], key="proposal.template_file",
            on_change=_take_template, args=(proposal, language()),
        )  # fmt: skip
        if problems := st.session_state.get(_REFUSED):
            st.error(t("proposal.template_refused"), icon=":material/error:")
            st.html(problem_table(problems))
        if name := st.session_state.get(_TEMPLATE_NAME):
            st.success(t("proposal.template_used", name=in_markdown(name)), icon=":material/check_circle:")
            st.button(t("proposal.template_drop"), key="proposal.template_drop", on_click=_drop_template)


def _shipped(lang: Language) -> Callable[[], bytes]:
    def template() -> bytes:
        from carveout.proposal import word

        return word.template(lang)

    return template


# What one presses, before the page is drawn again.


def _date() -> None:
    st.session_state["kept.proposal_date"] = st.session_state["proposal.date"]


def _take_template(proposal: Proposal, lang: Language) -> None:
    """Try the template at once, so that what is wrong with it is told here and not when the proposal is due.

    What is too large is refused before its bytes are looked at.
    """
    from carveout.proposal import word

    file = st.session_state.get("proposal.template_file")
    if file is None:
        return
    data = file.getvalue() if file.size <= _MAX_TEMPLATE_MB * _MEGABYTE else b" " * (_MAX_TEMPLATE_MB * _MEGABYTE + 1)
    try:
        word.render(proposal, lang, data, file.name)
    except InputError as error:
        st.session_state[_REFUSED] = error.problems
        return
    st.session_state[_TEMPLATE], st.session_state[_TEMPLATE_NAME] = data, file.name
    st.session_state[_REFUSED] = ()


def _drop_template() -> None:
    for key in (_TEMPLATE, _TEMPLATE_NAME, _REFUSED):
        st.session_state.pop(key, None)


if __name__ == "__main__":
    render()
