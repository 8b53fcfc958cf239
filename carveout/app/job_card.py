"""A candidate job as a card: hours as a week, tasks with marks, what it relieves, limits, channel, stage."""

from __future__ import annotations

from collections.abc import Sequence

from carveout import words
from carveout.app import job_parts as parts
from carveout.app.wording import in_html, language, says, t
from carveout.charts.picture import task_name
from carveout.model import Job, SiteResult


def families(jobs: Sequence[Job]) -> list[list[Job]]:
    """Jobs that grow out of one another: each family begins anew where the stage does not rise."""
    found: list[list[Job]] = []
    for job in jobs:
        if found and job.stage > found[-1][-1].stage:
            found[-1].append(job)
        else:
            found.append([job])
    return found


def stage_name(job: Job) -> str:
    """A step of expansion with its weekly hours."""
    return t("jobs.stage_hours", n=job.stage, hours=t("jobs.weekly", hours=parts.figure(job.weekly_hours)))


def head(job: Job) -> str:
    """What it is best at, and its title."""
    return f'<div class="co-card"><p>{parts.aim_words(job)}</p><h3>{in_html(says(job.title))}</h3></div>'


def card(result: SiteResult, job: Job) -> str:
    """The card under its head: the week and the work at the left, what comes of it at the right."""
    left = parts.part("jobs.when", parts.paragraph(parts.hours(job)) + parts.week(job))
    left += parts.part("jobs.tasks", parts.tasks(result, job))
    right = parts.part("jobs.relief", parts.relief(job)) + parts.part("jobs.channel", parts.channel(job))
    right += parts.part("jobs.limits", parts.limits(job))
    if job.needs:
        right += parts.folded(t("jobs.needs_count", n=len(job.needs)), parts.needs(result, job))
    if job.step is not None:
        left += parts.part("jobs.step", _step(result, job))
    return f'<div class="co-card"><div class="co-two"><div>{left}</div><div>{right}</div></div>{_why(job)}</div>'


def _step(result: SiteResult, job: Job) -> str:
    """What the stage adds to the one before, and which terms of the contract that amends."""
    step = job.step
    if step is None:
        return ""
    added = [parts.in_form(task_name(result, task, language()), mode) for task, mode in step.tasks]
    lines = [t("jobs.step_hours", hours=parts.figure(step.weekly_hours))] if step.weekly_hours > 0 else []
    lines += [t("jobs.step_days", days=words.weekdays(step.weekdays, language()))] if step.weekdays else []
    lines += [t("jobs.step_tasks", tasks=t("map.join").join(added))] if added else []
    amends = parts.listing((in_html(says(text)) for text in step.amends), "co-list")
    told = parts.listing(in_html(line) for line in lines)
    return told + (f"<p>{in_html(t('jobs.step_amends'))}</p>{amends}" if step.amends else "")


def _why(job: Job) -> str:
    """Why these hours and this work, and how sure it is that nothing better exists."""
    said = [in_html(says(sentence)) for sentence in job.choice]
    if job.optimality is not None:
        best = job.optimality.proved
        said.append(in_html(t("jobs.proved") if best else t("jobs.gap", gap=f"{job.optimality.gap:.1%}")))
    return parts.folded(t("jobs.why"), parts.listing(said, "co-list")) if said else ""
