"""Candidate jobs in a terminal: title, hours, channel, slots, and the limits a job would exceed."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.table import Table

from carveout.language import Language, Text
from carveout.model import Job, SiteResult, Slot
from carveout.tables.layout import fold, indented, label_of
from carveout.words import CHANNEL, MARK, MODE, span, weekdays

_NO_JOBS = Text("組み合わせて提案できる仕事は、まだありません。", "No job can be put together yet.")


def job_list(result: SiteResult, language: Language) -> RenderableType:
    """Every candidate job with its hours and slots."""
    if not result.jobs:
        return fold(_NO_JOBS.in_(language))
    return Group(*(part for job in result.jobs for part in _job(result, job, language)))


def _job(result: SiteResult, job: Job, language: Language) -> Iterable[RenderableType]:
    yield fold(job.title.in_(language), style="bold")
    channel = CHANNEL[job.channel].in_(language) if job.channel in CHANNEL else job.channel
    relieved = round(job.staff_minutes_relieved_per_week)
    if language == "ja":
        facts = f"第{job.stage}段階 / 週{job.weekly_hours:g}時間 / {channel} / 職員の負担 週{relieved}分減"
    else:
        facts = f"stage {job.stage} / {job.weekly_hours:g} h a week / {channel} / relieves staff {relieved} min a week"
    yield indented(fold(facts), 2)
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    for slot in job.slots:
        when = f"{weekdays([slot.weekday], language)} {span(slot.start, slot.end)}"
        grid.add_row(when, fold(slot.unit), fold(_tasks(result, slot, language)))
    yield indented(grid, 2)
    for check in job.constraints:
        if not check.ok:
            over = "上限を超えます" if language == "ja" else "over the limit"
            words = f"× {check.label.in_(language)}: {check.value:g} > {check.limit:g} {over}"
            yield indented(fold(words, style="red"), 2)


def _tasks(result: SiteResult, slot: Slot, language: Language) -> str:
    tasks = []
    for task in slot.tasks:
        label, mode = label_of(result, task.task, language), MODE[task.mode].in_(language)
        mode = f"（{mode}）" if language == "ja" else f" ({mode})"
        tasks.append(f"{MARK[task.suitability]}{label}{mode}")
    return ("  " if language == "ja" else ", ").join(tasks)  # spaces, so that a line breaks between tasks
