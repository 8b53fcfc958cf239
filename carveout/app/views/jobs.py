"""Candidate jobs as cards one could hand over."""

from __future__ import annotations

import streamlit as st

from carveout.app.choosing import choose
from carveout.app.job_card import card, families, left_alone, stage_name
from carveout.app.wording import in_html, t
from carveout.model import Job


def render() -> None:
    """The page: choices, and a card per candidate with its steps of expansion."""
    chosen = choose("jobs")
    if chosen is None:
        return
    what, _ = chosen
    st.html(f'<p class="co-lead">{in_html(t("jobs.lead"))}</p>')
    jobs = [j for j in what.result.jobs if any(slot.unit in (what.unit, "") for slot in j.slots)]
    if not jobs:
        st.subheader(t("jobs.none_title"), anchor=False)
        st.write(t("jobs.none"))
        return
    for number, family in enumerate(families(jobs)):
        with st.container(border=True, key=f"job-{number}"):
            job = _stage(family, f"jobs.stage:{what.entry.key}:{what.unit}:{number}")
            st.html(card(what.result, job))
            if job.not_included:
                with st.expander(t("jobs.left_count", n=len(job.not_included))):
                    st.html(left_alone(what.result, job))


def _stage(family: list[Job], key: str) -> Job:
    """The step of expansion one looks at, the smallest first."""
    if len(family) == 1:
        return family[0]
    by_stage = {job.stage: job for job in family}
    names = {job.stage: stage_name(job) for job in family}
    chosen = st.segmented_control(
        t("jobs.stages"),
        list(by_stage),
        default=family[0].stage,
        format_func=names.__getitem__,
        key=key,
        required=True,
    )
    return by_stage.get(chosen, family[0])


if __name__ == "__main__":
    render()
