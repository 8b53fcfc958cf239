"""Two jobs side by side: the same questions asked of both, and a sign where the answers differ."""

from __future__ import annotations

from carveout import words
from carveout.app import job_parts as parts
from carveout.app.wording import in_html, language, says, t
from carveout.charts.picture import task_name
from carveout.model import Job, Mode, SiteResult, Suitability, Weekday

DIFFERS = "≠"


def side_by_side(result: SiteResult, left: tuple[str, Job], right: tuple[str, Job]) -> str:
    """A table of both jobs under their names; rows that differ carry a sign and stand out."""
    jobs = (left[1], right[1])
    questions = (
        ("compare.hours", [in_html(parts.hours(job)) for job in jobs]),
        ("compare.days", [_days(job) for job in jobs]),
        ("compare.tasks", [_tasks(result, job) for job in jobs]),
        ("compare.relief", [parts.relief(job) for job in jobs]),
        ("compare.thin", [in_html(t("compare.minutes", n=round(job.relief.thin))) for job in jobs]),
        ("compare.limits", [f"{parts.limits_line(job)}{_broken(job)}" for job in jobs]),
        ("compare.channel", [in_html(says(words.CHANNEL[job.channel])) for job in jobs]),
        ("compare.needs", [_needs(job) for job in jobs]),
        ("compare.left", [in_html(_left(result, job)) for job in jobs]),
    )
    head = "".join(f"<th scope='col'>{in_html(name)}</th>" for name, _ in (left, right))
    body = "".join(_row(key, answers) for key, answers in questions)
    return f"<table class='co-table co-compare'><tr><th></th>{head}</tr>{body}</table>"


def _row(key: str, answers: list[str]) -> str:
    differ = answers[0] != answers[1]
    sign = f" <span class='co-differs' title='{in_html(t('compare.differs'))}'>{DIFFERS}</span>" if differ else ""
    cells = "".join(f"<td>{answer}</td>" for answer in answers)
    return f"<tr{' class=differs' if differ else ''}><th scope='row'>{in_html(t(key))}{sign}</th>{cells}</tr>"


def _days(job: Job) -> str:
    """Hours with their weekdays, equal hours once."""
    by_hours: dict[tuple[int, int, str], dict[Weekday, None]] = {}
    for slot in job.slots:
        by_hours.setdefault((slot.start, slot.end, slot.unit), {})[slot.weekday] = None
    several = len({unit for _, _, unit in by_hours}) > 1
    lines = []
    for (start, end, unit), days in by_hours.items():
        where = f" {unit}" if several else ""
        lines.append(in_html(f"{words.weekdays(days, language())} {words.span(start, end)}{where}"))
    return parts.listing(lines) if lines else in_html(t("shape.no_hours"))


def _tasks(result: SiteResult, job: Job) -> str:
    found: dict[Mode, dict[str, Suitability]] = {}
    for slot in job.slots:
        for one in slot.tasks:
            found.setdefault(one.mode, {})[one.task] = one.suitability
    lines = []
    for mode in (m for m in Mode if m in found):
        names = "".join(
            f"<span class='co-task'>{parts.mark(answer)}{in_html(task_name(result, task, language()))}</span>"
            for task, answer in sorted(found[mode].items())
        )
        lines.append(f"<b>{in_html(says(words.MODE[mode]))}</b> {names}")
    return parts.listing(lines) if lines else in_html(t("shape.no_tasks"))


def _broken(job: Job) -> str:
    return parts.listing(in_html(says(check.label)) for check in job.broken) if job.broken else ""


def _needs(job: Job) -> str:
    names = dict.fromkeys(says(need.what) for need in job.needs)
    return parts.listing(map(in_html, names)) if names else in_html(t("compare.nothing"))


def _left(result: SiteResult, job: Job) -> str:
    names = [task_name(result, one.task, language()) for one in job.not_included]
    return t("compare.left_count", n=len(names), list=t("map.join").join(names[:4])) if names else t("compare.nothing")
