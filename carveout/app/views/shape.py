"""Shaping a job: change what one knows better, see at once what it relieves and which limits it keeps or breaks."""

from __future__ import annotations

import streamlit as st

from carveout.app import asking, drafting, editor, outcome, workbench
from carveout.app.breaking import kindly
from carveout.app.choosing import Chosen, choose
from carveout.app.draft_here import draft_here
from carveout.app.drop_zone import own_words_for_the_drop_zone
from carveout.app.job_parts import listing
from carveout.app.places import VIEWS
from carveout.app.problem_table import problem_table
from carveout.app.wording import in_html, says, t
from carveout.errors import InputError
from carveout.jobs import Draft, draft_of, read_draft, write_draft
from carveout.jobs.draft_file import MAX_BYTES
from carveout.model import Job
from carveout.writing import file_name

_OPENED = "shape.opened"


def render() -> None:
    """The page: the site, then the draft with its outcome, or the ways to begin one."""
    chosen = choose("shape", with_unit=False, jobs=True)
    if chosen is None:
        return
    what, _ = chosen
    if draft_here(what, "shape", _open_file) is not None:
        _workbench(what)


@st.fragment
def _workbench(what: Chosen) -> None:
    """Fields at the left, outcome at the right; only this part is drawn again after an edit."""
    draft = drafting.current()
    if draft is None:
        return
    with kindly():
        _fields(what, draft)
        drafting.keep()


def _fields(what: Chosen, draft: Draft) -> None:
    job = _evaluated(what, draft)
    bench = editor.Bench(what.entry, what.result, draft, job)
    with st.container(key="shape-bar"):
        _bar(what, draft)
        if job is not None:
            st.html(outcome.status(job))
    with st.container(key="workbench"):
        left, right = st.columns([5, 4], gap="large")
        with left:
            st.subheader(t("shape.week"), anchor=False)
            editor.week_fields(bench)
            st.subheader(t("shape.terms"), anchor=False)
            asking.terms_fields(bench)
            with st.expander(t("shape.rules")):
                asking.rule_fields(bench)
        with right, st.container(key="outcome"):
            if job is not None:
                outcome.show(what.result, job)
    if job is not None and job.slots:
        outcome.before_and_after(what.result, job)
    _file(draft)


def _evaluated(what: Chosen, draft: Draft) -> Job | None:
    """The job the draft makes; None, with the reasons, where its figures cannot be chosen."""
    try:
        return workbench.shaped(what.entry, what.result, draft)
    except InputError as error:
        lines = [f"{says(p.cause)} → {says(p.remedy)}" for p in error.problems]
        st.error(t("shape.numbers_refused"), icon=":material/error:")
        st.html(listing((in_html(line) for line in lines), "co-list"))
        st.button(t("shape.usual_numbers"), key="shape.usual_numbers", on_click=_usual_numbers)
        return None


def _bar(what: Chosen, draft: Draft) -> None:
    """Undo, redo, the original, and the way on to the proposal."""
    base = next((job for job in what.result.jobs if job.id == draft.base), None)
    with st.container(horizontal=True):
        st.button(
            t("shape.undo"), key="shape.undo", icon=":material/undo:", on_click=drafting.undo,
            disabled=not drafting.can_undo(),
        )  # fmt: skip
        st.button(
            t("shape.redo"), key="shape.redo", icon=":material/redo:", on_click=drafting.redo,
            disabled=not drafting.can_redo(),
        )  # fmt: skip
        original = None if base is None else draft_of(what.result, base)
        st.button(
            t("shape.original"), key="shape.original", icon=":material/restart_alt:", on_click=_original,
            args=(original, draft), disabled=original is None or original.slots == draft.slots,
        )  # fmt: skip
        if st.button(t("shape.to_proposal"), key="shape.to_proposal", type="primary", icon=":material/description:"):
            st.switch_page(str(VIEWS / "proposal.py"))
    if not drafting.fits_address() and drafting.can_undo():
        st.warning(t("shape.too_long"), icon=":material/save:")


def _file(draft: Draft) -> None:
    """Save the job as a file, or open one."""
    st.subheader(t("shape.file"), anchor=False)
    st.html(f'<p class="co-lead">{in_html(t("shape.file_lead"))}</p>')
    name = file_name("job", (draft.base or draft.site).replace("/", "-"))
    st.download_button(
        t("shape.save"), write_draft(draft), file_name=f"{name}.yaml",
        mime="application/yaml", key="shape.save", icon=":material/download:", on_click="ignore",
    )  # fmt: skip
    _open_file()


def _open_file() -> None:
    with st.expander(t("shape.open")):
        own_words_for_the_drop_zone()
        file = st.file_uploader(t("shape.pick", kb=MAX_BYTES // 1024), type=["yaml", "yml"], key="shape.file")
        st.button(t("shape.open_now"), key="shape.open_now", on_click=_take, disabled=file is None)
        problems = st.session_state.get(_OPENED)
        if problems:
            st.error(t("shape.refused", n=len(problems)), icon=":material/error:")
            st.html(problem_table(problems))


# What one presses, before the page is drawn again.


def _take() -> None:
    """Open the chosen file; what is too large is refused before its bytes are looked at."""
    file = st.session_state.get("shape.file")
    if file is None:
        return
    try:
        draft = read_draft(file.getvalue() if file.size <= MAX_BYTES else b" " * (MAX_BYTES + 1), file.name)
    except InputError as error:
        st.session_state[_OPENED] = error.problems
        return
    st.session_state[_OPENED] = ()
    drafting.replaced(draft)


def _original(original: Draft | None, draft: Draft) -> None:
    if original is not None:
        drafting.replaced(drafting.with_week_of(draft, original))


def _usual_numbers() -> None:
    draft = drafting.current()
    if draft is not None:
        drafting.replaced(drafting.with_usual_numbers(draft))


if __name__ == "__main__":
    render()
