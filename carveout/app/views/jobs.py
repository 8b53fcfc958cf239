"""Candidate jobs as cards one could hand over."""

from __future__ import annotations

import streamlit as st

from carveout.app.choosing import choose
from carveout.app.job_card import card, left_alone
from carveout.app.wording import in_html, t


def render() -> None:
    """The page: choices, and a card per candidate, small steps first."""
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
    for job in jobs:
        with st.container(border=True, key=f"job:{job.id}".replace("/", "-")):
            st.html(card(what.result, job))
            if job.not_included:
                with st.expander(t("jobs.left_count", n=len(job.not_included))):
                    st.html(left_alone(what.result, job))


if __name__ == "__main__":
    render()
