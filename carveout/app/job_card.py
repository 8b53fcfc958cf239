"""A candidate job as a card: hours as a week, tasks with marks, what it relieves, limits, channel, stage."""

from __future__ import annotations

from collections.abc import Sequence

from carveout import words
from carveout.app.wording import in_html, language, says, t
from carveout.charts.picture import task_name
from carveout.model import WEEKDAYS, ConstraintCheck, Job, Mode, SiteResult, SlotTask


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
    hours = t("jobs.weekly", hours=f"{job.weekly_hours:g}")
    return f"{t('jobs.stage', n=job.stage)} {hours}"


def card(result: SiteResult, job: Job) -> str:
    """The card as HTML; every text from a file or rule is escaped."""
    left = _part("jobs.when", _week(job)) + _part("jobs.tasks", _tasks(result, job))
    right = "".join(
        (
            _part("jobs.relief", _paragraph(_relief(job))),
            _part("jobs.channel", _channel(job)),
            _part("jobs.limits", _limits(job)),
        )
    )
    title = f"<h3>{in_html(says(job.title))}</h3>"
    return f'<div class="co-card">{title}<div class="co-two"><div>{left}</div><div>{right}</div></div></div>'


def left_alone(result: SiteResult, job: Job) -> str:
    """What the job does not touch, and why, as a list."""
    items = ""
    for one in job.not_included:
        why = t("jobs.left_line", mode=says(words.MODE[one.mode]), reason=says(one.reason))
        items += f"<li><b>{in_html(task_name(result, one.task, language()))}</b> {in_html(why)}</li>"
    return f'<ul class="co-list">{items}</ul>'


def _part(key: str, body: str) -> str:
    return f"<h4>{in_html(t(key))}</h4>{body}"


def _paragraph(text: str) -> str:
    return f"<p>{in_html(text)}</p>"


def _week(job: Job) -> str:
    """A small table: weekdays across, stretches down, working stretches filled and written out."""
    used = {slot.weekday for slot in job.slots}
    days = [day for day in WEEKDAYS if day in WEEKDAYS[:5] or day in used]
    spans = sorted({(slot.start, slot.end) for slot in job.slots})
    head = "".join(f"<th scope='col'>{in_html(says(words.WEEKDAY[day]))}</th>" for day in days)
    body = ""
    for start, end in spans:
        on = {slot.weekday for slot in job.slots if (slot.start, slot.end) == (start, end)}
        hours = f"{words.clock(start)}<br>{words.clock(end)}"
        body += "<tr>" + "".join(f"<td class='on'>{hours}</td>" if day in on else "<td></td>" for day in days) + "</tr>"
    return f"<table class='co-week' aria-label='{in_html(t('jobs.grid_alt'))}'><tr>{head}</tr>{body}</table>"


def _tasks(result: SiteResult, job: Job) -> str:
    """Each form once with its tasks, longest first: mark, name and the minutes on a day of work."""
    found: dict[Mode, dict[str, list[SlotTask]]] = {}
    for slot in job.slots:
        for one in slot.tasks:
            found.setdefault(one.mode, {}).setdefault(one.task, []).append(one)
    items = ""
    for mode in (m for m in Mode if m in found):
        tasks = sorted(found[mode].values(), key=lambda own: (-_minutes(own), own[0].task))
        names = "".join(_task(result, own) for own in tasks)
        items += f"<li class='co-form'><b>{in_html(says(words.MODE[mode]))}</b><span>{names}</span></li>"
    return f'<ul class="co-plain">{items}</ul>'


def _task(result: SiteResult, own: list[SlotTask]) -> str:
    suitability = own[0].suitability
    mark = f'<span class="co-mark co-{suitability}">{words.MARK[suitability]}</span>'
    name = task_name(result, own[0].task, language())
    words_of_it = t("jobs.task", name=name, n=round(_minutes(own)))
    return f"<span class='co-task'>{mark}{in_html(words_of_it)}</span>"


def _minutes(own: list[SlotTask]) -> float:
    return sum(one.minutes for one in own) / len(own)


def _relief(job: Job) -> str:
    minutes = job.staff_minutes_relieved_per_week
    return t("jobs.relief_text", minutes=f"{minutes:.0f}") if minutes > 0 else t("jobs.relief_none")


def _channel(job: Job) -> str:
    word = words.CHANNEL.get(job.channel)
    name = says(word) if word else job.channel
    return f"<p><b>{in_html(name)}</b><br>{in_html(says(job.channel_reason))}</p>"


def _limits(job: Job) -> str:
    return f'<ul class="co-plain">{"".join(_limit(check) for check in job.constraints)}</ul>'


def _limit(check: ConstraintCheck) -> str:
    """One limit: kept or not, the job's figure beside it, and the source."""
    mark, word = ("✓", t("jobs.limit_ok")) if check.ok else ("！", t("jobs.limit_over"))
    key = "jobs.limit_at_least" if check.at_least else "jobs.limit_at_most"
    figures = t(key, value=f"{check.value:g}", limit=f"{check.limit:g}")
    source = t("jobs.source", source=says(check.source))
    line = t("jobs.limit_line", label=says(check.label), figures=figures, word=word)
    ink = "co-suitable" if check.ok else "co-unsuitable"
    return f'<li><span class="co-mark {ink}">{mark}</span> {in_html(line)}<br><small>{in_html(source)}</small></li>'
