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


def overview(found: Sequence[Sequence[Job]]) -> str:
    """All families in one table, a line each: from the first stage to the last, what differs between them."""
    names = ("job", "hours", "relief", "thin", "channel")
    heads = "".join(f"<th scope='col'>{in_html(t(f'jobs.overview_{name}'))}</th>" for name in names)
    lines = "".join(_line(number, family) for number, family in enumerate(found, 1))
    return f"<table class='co-table co-overview'><tr>{heads}</tr>{lines}</table>"


def _line(number: int, family: Sequence[Job]) -> str:
    first, last = family[0], family[-1]
    hours = _grows(parts.figure(first.weekly_hours), parts.figure(last.weekly_hours), "jobs.weekly", "hours")
    relief = _grows(str(round(first.relief.likely)), str(round(last.relief.likely)), "compare.minutes", "n")
    thin = _grows(str(round(first.relief.thin)), str(round(last.relief.thin)), "compare.minutes", "n")
    forms = dict.fromkeys(says(words.CHANNEL[job.channel]) for job in (first, last))
    limits = "" if not any(job.broken for job in family) else f"<br>{parts.limits_line(last)}"
    cells = (hours, relief, thin, in_html(" → ".join(forms)) + limits)
    name = f"{in_html(numbered(number, first))}<br><small>{parts.aim_words(first)}</small>"
    return f"<tr><th scope='row'>{name}</th>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _grows(first: str, last: str, key: str, name: str) -> str:
    """A figure of the first stage and, where it differs, of the last."""
    shown = first if first == last else f"{first} → {last}"
    return in_html(t(key, **{name: shown}))


def numbered(number: int, job: Job) -> str:
    """A candidate's number on the page, and its title."""
    return t("jobs.numbered", n=number, title=says(job.title))


def head(job: Job, number: int) -> str:
    """What it is best at, its title, and in a line how long, what it relieves and whether limits are kept."""
    relief = t("jobs.relief_likely", likely=round(job.relief.likely)) if job.relief.high > 0 else t("jobs.relief_none")
    told = (
        in_html(parts.hours(job)),
        in_html(t("shape.relief_short", relief=relief)),
        in_html(says(words.CHANNEL[job.channel])) if job.channel in words.CHANNEL else "",
        parts.limits_line(job),
    )
    line = "".join(f"<span>{one}</span>" for one in told if one)
    title = in_html(numbered(number, job))
    return f'<div class="co-card"><p>{parts.aim_words(job)}</p><h3>{title}</h3><p class="co-brief">{line}</p></div>'


def card(result: SiteResult, job: Job) -> str:
    """The card under its head: week and work at the left, what comes of it at the right, what stays alone to open."""
    left = parts.part("jobs.when", parts.paragraph(parts.hours(job)) + parts.week(job))
    left += parts.part("jobs.tasks", parts.tasks(result, job))
    right = parts.part("jobs.relief", parts.relief(job)) + parts.part("jobs.channel", parts.channel(job))
    right += parts.part("jobs.limits", parts.limits(job))
    if job.needs:
        right += parts.folded(t("jobs.needs_count", n=len(job.needs)), parts.needs(result, job))
    if job.step is not None:
        left += parts.part("jobs.step", _step(result, job))
    rest = _why(job)
    if job.not_included:
        rest += parts.folded(t("jobs.left_count", n=len(job.not_included)), parts.left_alone(result, job))
    return f'<div class="co-card"><div class="co-two"><div>{left}</div><div>{right}</div></div>{rest}</div>'


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
