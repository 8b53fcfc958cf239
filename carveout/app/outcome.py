"""What comes of a draft, beside its fields: hours, relief, limits kept and broken, what to arrange, what stays."""

from __future__ import annotations

import streamlit as st

from carveout import words
from carveout.app import job_parts as parts
from carveout.app.wording import in_html, language, says, t
from carveout.charts import before_after
from carveout.effects import effects
from carveout.model import Job, SiteResult


def show(result: SiteResult, job: Job) -> None:
    """The outcome from what matters first: broken limits, relief, contract; the rest opens."""
    st.html(_head(job))
    body = parts.part("jobs.limits", f"<p role='status'>{parts.limits_line(job)}</p>{parts.broken(job)}")
    fine = sum(check.ok for check in job.constraints)
    if fine:
        body += parts.folded(t("jobs.limits_open", n=fine), parts.kept(job))
    body += parts.part("jobs.relief", parts.relief(job))
    body += parts.part("jobs.channel", parts.channel(job))
    body += parts.folded(t("jobs.channels"), parts.other_channels(job)) if job.channels else ""
    if job.needs:
        body += parts.folded(t("jobs.needs_count", n=len(job.needs)), parts.needs(result, job))
    if job.not_included:
        body += parts.folded(t("jobs.left_count", n=len(job.not_included)), parts.left_alone(result, job))
    st.html(f'<div class="co-card co-outcome">{body}</div>')


def _head(job: Job) -> str:
    return (
        f'<div class="co-card"><h3>{in_html(says(job.title))}</h3>'
        f"<p>{in_html(parts.hours(job))}</p>{parts.week(job)}</div>"
    )


def status(job: Job) -> str:
    """One line that stays in sight: hours, limits, relief."""
    relief = t("jobs.relief_likely", likely=round(job.relief.likely)) if job.relief.high > 0 else t("jobs.relief_none")
    named = t("map.join").join(says(check.label) for check in job.broken[:3])
    told = (
        parts.limits_line(job),
        in_html(named),
        in_html(parts.hours(job)),
        in_html(t("shape.relief_short", relief=relief)),
    )
    return f"<p class='co-status'>{''.join(f'<span>{one}</span>' for one in told if one)}</p>"


def before_and_after(result: SiteResult, job: Job) -> None:
    """Staff load with and without the job, as a picture and in words."""
    found = effects(result, job)
    st.subheader(t("shape.effect"), anchor=False)
    first, *lines = before_after.words(found, result, language()).splitlines()
    st.html(f'<p class="co-reason">{in_html(first)}</p>')
    st.plotly_chart(
        before_after.figure(found, result, language()),
        theme=None, key="shape.effect", config={"displayModeBar": False, "scrollZoom": False, "responsive": True},
    )  # fmt: skip
    with st.expander(t("map.words")):
        st.html(parts.listing((in_html(line) for line in lines), "co-list"))
        rows = before_after.table(found, result, language())
        if rows:
            columns = {
                says(head): [words.plain(row[i]) for row in rows] for i, head in enumerate(before_after.HEADINGS)
            }
            st.dataframe(columns, hide_index=True, row_height=44)
