"""A candidate job as a card: hours as a week, tasks with marks, what it relieves, limits, channel, stage."""

from __future__ import annotations

from carveout import words
from carveout.app.wording import in_html, language, says, t
from carveout.charts.picture import task_name
from carveout.model import WEEKDAYS, ConstraintCheck, Job, Mode, SiteResult, SlotTask

STAGES = (1, 2, 3)


def card(result: SiteResult, job: Job) -> str:
    """The card as HTML; every text from a file or rule is escaped."""
    units = "・".join(dict.fromkeys(slot.unit for slot in job.slots if slot.unit))
    hours = t("jobs.weekly", hours=f"{job.weekly_hours:g}")
    head = (
        f'<div class="co-card"><h3>{in_html(says(job.title))}</h3>'
        f'<p class="co-lead"><b>{in_html(hours)}</b>　{in_html(t("jobs.unit"))} {in_html(units)}</p>'
    )
    left = _part("jobs.when", _week(job)) + _part("jobs.tasks", _tasks(result, job))
    right = "".join(
        (
            _part("jobs.relief", _paragraph(_relief(job))),
            _part("jobs.channel", _channel(job)),
            _part("jobs.limits", _limits(job)),
        )
    )
    return f'{head}{_steps(job)}<div class="co-two"><div>{left}</div><div>{right}</div></div></div>'


def left_alone(result: SiteResult, job: Job) -> str:
    """What the job does not touch, and why, as a list."""
    items = "".join(
        f"<li><b>{in_html(task_name(result, one.task, language()))}</b>（{in_html(says(words.MODE[one.mode]))}）"
        f" {in_html(says(one.reason))}</li>"
        for one in job.not_included
    )
    return f'<ul class="co-list">{items}</ul>'


def _part(key: str, body: str) -> str:
    return f"<h4>{in_html(t(key))}</h4>{body}"


def _paragraph(text: str) -> str:
    return f"<p>{in_html(text)}</p>"


def _steps(job: Job) -> str:
    items = "".join(
        f"<li{_NOW if n == job.stage else ''}>{in_html(t('jobs.stage', n=n))} {in_html(t(f'jobs.stage_{n}'))}</li>"
        for n in STAGES
    )
    return f'<ol class="co-steps" aria-label="{in_html(t("jobs.stages"))}">{items}</ol>'


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
    """Each task once per form, with the mark and its minutes on a day of work."""
    found: dict[tuple[str, Mode], list[SlotTask]] = {}
    for slot in job.slots:
        for one in slot.tasks:
            found.setdefault((one.task, one.mode), []).append(one)
    items = ""
    for (task, mode), own in found.items():
        minutes = t("jobs.minutes", n=round(sum(one.minutes for one in own) / len(own)))
        mark = f'<span class="co-mark co-{own[0].suitability}">{words.MARK[own[0].suitability]}</span>'
        name = in_html(task_name(result, task, language()))
        items += f"<li>{mark} <b>{in_html(says(words.MODE[mode]))}</b> {name}　{in_html(minutes)}</li>"
    return f'<ul class="co-plain">{items}</ul>'


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
    mark, word = ("✓", t("jobs.limit_ok")) if check.ok else ("！", t("jobs.limit_over"))
    figures = t("jobs.limit_line", value=f"{check.value:g}", limit=f"{check.limit:g}")
    source = t("jobs.source", source=check.source)
    return (
        f'<li><span class="co-mark {"co-suitable" if check.ok else "co-unsuitable"}">{mark}</span> '
        f"{in_html(says(check.label))}：{in_html(figures)}（{in_html(word)}）<br><small>{in_html(source)}</small></li>"
    )


_NOW = ' class="now" aria-current="step"'
