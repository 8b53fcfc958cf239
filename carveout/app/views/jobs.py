"""Candidate jobs as cards one could hand over, two of them side by side if one likes, and the way to shape one."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from carveout.app import area_here, drafting, job_parts, workbench
from carveout.app.choosing import Chosen, choose
from carveout.app.comparing import side_by_side
from carveout.app.job_card import card, families, head, overview, stage_name
from carveout.app.places import VIEWS
from carveout.app.wording import in_html, language, says, t
from carveout.errors import InputError
from carveout.jobs import Draft, draft_of
from carveout.language import Language
from carveout.model import Job, SiteResult
from carveout.next_days import what_to_observe_next
from carveout.proposal import Format, made, waiting
from carveout.writing import file_name

_SHAPED = "shaped"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def render() -> None:
    """The page: choices, all candidates in a table, a card each with its steps of expansion, two side by side."""
    chosen = choose("jobs", whole=True, jobs=True)
    if chosen is None:
        return
    what, _ = chosen
    area_here.field()
    jobs = [j for j in what.result.jobs if not what.unit or any(slot.unit == what.unit for slot in j.slots)]
    if not jobs:
        _none(what)
        return
    st.html(f'<p class="co-lead">{in_html(t("jobs.lead"))}</p>')
    _go_on(what)
    found = families(jobs)
    if len(found) > 1:
        st.html(overview(found))
    for number, family in enumerate(found):
        with st.container(border=True, key=f"job-{number}"):
            _family(what, family, number)
    _compare(what, jobs)


def _none(what: Chosen) -> None:
    """No candidate: why, what to observe next, and still a way to make one by hand."""
    st.subheader(t("jobs.none_title"), anchor=False)
    st.write(t("jobs.none"))
    advice = what_to_observe_next(what.result)
    if advice:
        st.markdown(f"**{t('jobs.none_next')}**")
        st.html(job_parts.listing((in_html(says(text)) for text in advice), "co-list"))
    with st.container(horizontal=True):
        if st.button(t("jobs.by_hand"), key="jobs.by_hand", type="primary", icon=":material/edit:"):
            _take(Draft(what.result.site, ()), "shape")
        name = file_name("proposal", what.result.site)
        st.download_button(
            t("jobs.waiting"), _waiting(what.result, language()), file_name=f"{name}.docx", mime=_WORD,
            key="jobs.waiting", icon=":material/download:", on_click="ignore",
        )  # fmt: skip


def _waiting(result: SiteResult, lang: Language) -> Callable[[], bytes]:
    """What makes the sheet for an employer for whom there is no job yet."""
    return lambda: next(iter(made([waiting(result)], lang, [Format.WORD]).values()))


def _go_on(what: Chosen) -> None:
    """A word where a job of this site is being shaped already."""
    draft = drafting.current()
    if draft is not None and draft.site == what.result.site:
        with st.container(horizontal=True, vertical_alignment="center", key="go-on"):
            st.html(f'<p class="co-notice co-own" role="note">{in_html(t("jobs.going_on"))}</p>', width="content")
            st.page_link(str(VIEWS / "shape.py"), label=t("jobs.go_on"), icon=":material/edit:")


def _family(what: Chosen, family: list[Job], number: int) -> None:
    key = f"jobs.stage:{what.entry.key}:{what.unit}:{number}"
    shown = family[0]
    if len(family) > 1:
        shown = next((job for job in family if job.stage == st.session_state.get(key)), shown)
    st.html(head(shown, number + 1))
    if len(family) > 1:
        names = {job.stage: stage_name(job) for job in family}
        st.segmented_control(
            t("jobs.stages"), list(names), default=shown.stage, format_func=names.__getitem__, key=key, required=True
        )
    with st.container(horizontal=True, key=f"job-actions-{number}"):
        if st.button(t("jobs.shape"), key=f"jobs.shape.{number}", type="primary", icon=":material/edit:"):
            _take(draft_of(what.result, shown), "shape")
        if st.button(t("jobs.propose"), key=f"jobs.propose.{number}", icon=":material/description:"):
            _take(draft_of(what.result, shown), "proposal")
    with st.expander(t("jobs.details"), expanded=number == 0):  # the first shows what opens in the others
        st.html(card(what.result, shown))


def _take(draft: Draft, page: str) -> None:
    """Make this the job that is being shaped, and go on to a page."""
    drafting.begin(draft)
    st.switch_page(str(VIEWS / f"{page}.py"))


def _compare(what: Chosen, jobs: list[Job]) -> None:
    """Two jobs of the site side by side; the one being shaped is among them."""
    known = {job.id: job for job in jobs}
    names = {job.id: t("compare.name", stage=job.stage, title=says(job.title)) for job in jobs}
    draft = drafting.current()
    if draft is not None and draft.site == what.result.site:
        try:
            known[_SHAPED] = workbench.shaped(what.entry, what.result, draft)
            names[_SHAPED] = t("compare.shaped", title=says(known[_SHAPED].title))
        except InputError:  # said where it is shaped
            known.pop(_SHAPED, None)
    if len(known) < 2:
        return
    ids = list(known)
    first = [group[0].id for group in families(jobs)]
    usual = [*first, *(one for one in ids if one not in first)]
    if _SHAPED in known:
        usual = [known[_SHAPED].id if known[_SHAPED].id in known else usual[0], _SHAPED]
    picked = []
    with st.expander(t("compare.heading"), icon=":material/compare_arrows:"):
        for side in range(2):
            key = f"compare.{side}:{what.entry.key}:{what.unit}"
            if st.session_state.get(key) not in known:
                st.session_state[key] = usual[side]
            picked.append(st.selectbox(t(f"compare.side_{side}"), ids, key=key, format_func=names.__getitem__))
        left, right = ((names[one], known[one]) for one in picked)
        st.html(side_by_side(what.result, left, right))


if __name__ == "__main__":
    render()
