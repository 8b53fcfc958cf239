"""Pieces of a job as HTML: its week, tasks, limits, relief, channel, needs; texts from files and rules are escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from carveout import words
from carveout.app.wording import in_html, language, says, t
from carveout.charts.picture import task_name
from carveout.jobs import aims
from carveout.model import WEEKDAYS, ConstraintCheck, Job, Layer, Mode, Need, SiteResult, SlotTask, Suitability

LAYERS = tuple(Layer)


def part(key: str, body: str) -> str:
    """A small heading and what stands under it."""
    return f"<h4>{in_html(t(key))}</h4>{body}"


def paragraph(text: str) -> str:
    """A paragraph of plain text."""
    return f"<p>{in_html(text)}</p>"


def listing(lines: Iterable[str], kind: str = "co-plain") -> str:
    """A list of lines that are HTML already."""
    return f'<ul class="{kind}">{"".join(f"<li>{line}</li>" for line in lines)}</ul>'


def folded(summary: str, body: str) -> str:
    """What opens when one presses its summary."""
    return f'<details class="co-fold"><summary>{in_html(summary)}</summary>{body}</details>'


def figure(value: float) -> str:
    """A figure as one says it: at most two places.

    >>> figure(10.0), figure(2 / 3)
    ('10', '0.67')
    """
    return f"{round(value, 2):g}"


def in_form(name: str, mode: Mode) -> str:
    """A task with the form in which one takes part."""
    return t("jobs.in_form", name=name, mode=says(words.MODE[mode]))


def aim_words(job: Job) -> str:
    """What an alternative is best at, the foremost aim first."""
    labels = {goal.aim: goal.label for goal in aims().goals}
    chips = [f'<span class="co-chip co-aim">{in_html(says(labels[job.aim]))}</span>'] if job.aim in labels else []
    also = t("map.join").join(says(labels[aim]) for aim in job.also if aim in labels)
    if also:
        chips.append(f'<span class="co-when">{in_html(t("jobs.also", aims=also))}</span>')
    return "".join(chips)


def week(job: Job) -> str:
    """A small table: weekdays across, stretches down, working stretches filled and written out."""
    if not job.slots:
        return paragraph(t("shape.no_hours"))
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


def hours(job: Job) -> str:
    """Hours a week, and what falls to each where several share it."""
    if job.people == 1:
        return t("jobs.weekly", hours=figure(job.weekly_hours))
    return t("jobs.shared", hours=figure(job.weekly_hours), people=job.people, each=figure(job.hours_per_person))


def tasks(result: SiteResult, job: Job) -> str:
    """Each form once with its tasks, longest first: mark, name and the minutes on a day of work."""
    found: dict[Mode, dict[str, list[SlotTask]]] = {}
    for slot in job.slots:
        for one in slot.tasks:
            found.setdefault(one.mode, {}).setdefault(one.task, []).append(one)
    lines = []
    for mode in (m for m in Mode if m in found):
        own = sorted(found[mode].values(), key=lambda group: (-minutes_of(group), group[0].task))
        names = "".join(_task(result, group) for group in own)
        lines.append(f"<div class='co-form'><b>{in_html(says(words.MODE[mode]))}</b><span>{names}</span></div>")
    return listing(lines) if lines else paragraph(t("shape.no_tasks"))


def minutes_of(group: Sequence[SlotTask]) -> float:
    """Minutes of one task on a day on which it stands in the job."""
    return sum(one.minutes for one in group) / len(group)


def mark(suitability: Suitability) -> str:
    """A verdict's mark."""
    return f'<span class="co-mark co-{suitability}">{words.MARK[suitability]}</span>'


def _task(result: SiteResult, group: Sequence[SlotTask]) -> str:
    name, minutes = task_name(result, group[0].task, language()), round(minutes_of(group))
    if not any(one.promised for one in group):
        said = t("jobs.task_now_and_then", name=name)
    else:
        said = t("jobs.task", name=name, n=minutes) if minutes else t("jobs.task_no_minutes", name=name)
    whose = f" <span class='co-chip'>{in_html(says(words.OVERRIDE))}</span>" if any(o.overridden for o in group) else ""
    return f"<span class='co-task'>{mark(group[0].suitability)}{in_html(said)}{whose}</span>"


def relief(job: Job) -> str:
    """Minutes of staff time a week, as a range with what it rests on."""
    r = job.relief
    if r.high <= 0:
        return paragraph(t("jobs.relief_none"))
    lines = [f"<b>{in_html(t('jobs.relief_likely', likely=round(r.likely)))}</b>"]
    lines.append(in_html(t("jobs.relief_range", low=round(r.low), high=round(r.high), covered=round(r.covered))))
    if r.thin >= 1:
        lines.append(in_html(t("jobs.relief_thin", thin=round(r.thin))))
    return listing(lines)


def channel(job: Job) -> str:
    """The form of contract and why."""
    word = words.CHANNEL.get(job.channel)
    name = says(word) if word else job.channel
    return f"<p><b>{in_html(name)}</b><br>{in_html(says(job.channel_reason))}</p>"


def other_channels(job: Job) -> str:
    """Every form of contract: whether it could be, and why (not)."""
    lines = []
    for option in job.channels:
        sign = "✓" if option.possible else "×"
        ink = "co-suitable" if option.possible else "co-unsuitable"
        word = t("jobs.channel_possible" if option.possible else "jobs.channel_impossible")
        head = f"<b>{in_html(says(words.CHANNEL[option.channel]))}</b> {in_html(word)}"
        lines.append(f'<span class="co-mark {ink}">{sign}</span>{head}<br>{in_html(says(option.reason))}')
    return listing(lines)


def broken(job: Job) -> str:
    """Limits the job does not keep, hard ones first, each with what to do and whose limit it is."""
    order = sorted(job.broken, key=lambda check: (not check.hard, LAYERS.index(check.layer)))
    return "".join(f'<div class="co-broken{"" if c.hard else " co-soft"}">{_limit(c)}</div>' for c in order)


def kept(job: Job) -> str:
    """Limits the job keeps, by who sets them."""
    body = ""
    for layer in LAYERS:
        own = [check for check in job.constraints if check.ok and check.layer is layer]
        if own:
            body += part(f"layer.{layer}", listing(_limit(check) for check in own))
    return body


def limits_line(job: Job) -> str:
    """How many limits there are, and how many are not kept."""
    n = len(job.constraints)
    if not n:
        return ""
    bad, hard = len(job.broken), sum(check.hard for check in job.broken)
    if hard:
        return f'<b class="co-unsuitable">！ {in_html(t("jobs.limits_broken", n=n, bad=bad))}</b>'
    if bad:
        return f'<b class="co-conditional">！ {in_html(t("jobs.limits_soft", n=n, bad=bad))}</b>'
    return f'<b class="co-suitable">✓ {in_html(t("jobs.limits_kept", n=n))}</b>'


def limits(job: Job) -> str:
    """One line, what is broken in full, and the rest to open."""
    fine = sum(check.ok for check in job.constraints)
    rest = folded(t("jobs.limits_open", n=fine), kept(job)) if fine else ""
    return f"<p>{limits_line(job)}</p>{broken(job)}{rest}"


def _limit(check: ConstraintCheck) -> str:
    """One limit: kept or not, the job's figure beside it, what to do, and the source."""
    sign, word = (
        ("✓", t("jobs.limit_ok")) if check.ok else ("！", t("jobs.limit_over" if check.hard else "jobs.limit_look"))
    )
    ink = "co-suitable" if check.ok else "co-unsuitable" if check.hard else "co-conditional"
    line = t("jobs.limit_line", label=says(check.label), word=word)
    small = _source(check.layer, says(check.source), check.since, verified=check.verified)
    told = says(check.said) or _figures(check)
    head = f'<span class="co-mark {ink}">{sign}</span> <b>{in_html(line)}</b>'
    return f"{head}<br>{in_html(told)}<br><small>{in_html(small)}</small>"


def _figures(check: ConstraintCheck) -> str:
    """The value beside the limit, for a limit that words neither."""
    key = "jobs.limit_at_least" if check.at_least else "jobs.limit_at_most"
    return t(key, value=figure(check.value), limit=figure(check.limit), unit=says(check.unit))


def _source(layer: Layer, source: str, since: str, *, verified: bool) -> str:
    """Who sets it, where it is written, since when, and whether the wording was read there."""
    said = t("jobs.source", layer=t(f"layer.{layer}"), source=source)
    if since:
        said += t("jobs.since", day=since)
    return said if verified else said + t("jobs.unverified")


def needs(result: SiteResult, job: Job) -> str:
    """What is to be arranged before the start, for which task, and who asks for it."""
    return listing(_need(result, need) for need in job.needs)


def _need(result: SiteResult, need: Need) -> str:
    names = t("map.join").join(task_name(result, task, language()) for task in need.tasks)
    about = t("jobs.bracketed", text=names) if names else ""
    small = _source(need.layer, says(need.source), need.since, verified=need.verified)
    return f"□ {in_html(says(need.what) + about)}<br><small>{in_html(small)}</small>"


def left_alone(result: SiteResult, job: Job) -> str:
    """What the job does not touch, and why, as a list."""
    lines = []
    for one in job.not_included:
        why = t("jobs.left_line", mode=says(words.MODE[one.mode]), reason=says(one.reason))
        lines.append(f"<b>{in_html(task_name(result, one.task, language()))}</b> {in_html(why)}")
    return listing(lines, "co-list")
