"""Candidate jobs in a terminal: what each is best at, its start in full, its further stages in a line each."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.table import Table

from carveout.jobs import aims, family_of
from carveout.language import Language, Text
from carveout.model import Job, SiteResult, Slot, SlotTask
from carveout.tables.layout import fold, indented, label_of
from carveout.words import CHANNEL, MARK, MODE, OVERRIDE_LEGEND, OVERRIDE_SIGN, span, weekdays

_NO_JOBS = Text("組み合わせて提案できる仕事は、まだありません。", "No job can be put together yet.")
_FACTS = Text(
    "週{hours}時間 / {channel} / 職員にうまれる余裕 週およそ{likely}分（{low}〜{high}分）{people}",
    "{hours} h a week / {channel} / frees about {likely} staff minutes a week ({low} to {high}){people}",
)
_SHARED = Text(" / {n}人で分け合う", " / shared by {n} people")
_FURTHER = Text("→ 第{stage}段階 {id}：{title}", "-> stage {stage}, {id}: {title}")
_ADDS = Text("加わる仕事：{tasks}", "adds: {tasks}")
_GAP = Text(
    "最適とは確かめきれていません（良くなってもあと{gap}まで）", "not proved the best: at most {gap} could be gained"
)
_SHORT = Text("{label}が足りません: {value} < {limit}（{source}）", "{label} too low: {value} < {limit} ({source})")
_OVER = Text("{label}が上限を超えます: {value} > {limit}（{source}）", "{label} too high: {value} > {limit} ({source})")
_NOW_AND_THEN = Text("ときどき ", "now and then ")


def job_list(result: SiteResult, language: Language) -> RenderableType:
    """Every family of candidate jobs: its smallest stage with hours and slots, then how it grows."""
    if not result.jobs:
        return fold(_NO_JOBS.in_(language))
    starts = [job for job in result.jobs if job.step is None]
    parts = [part for job in starts for part in _family(result, job, language)]
    if any(task.overridden for job in result.jobs for slot in job.slots for task in slot.tasks):
        parts.append(fold(OVERRIDE_LEGEND.in_(language)))
    return Group(*parts)


def _family(result: SiteResult, first: Job, language: Language) -> Iterable[RenderableType]:
    labels = {goal.aim: goal.label.in_(language) for goal in aims().goals}
    best_at = (", " if language == "en" else "・").join(labels[aim] for aim in (first.aim, *first.also))
    yield fold(f"{first.id}  {first.title.in_(language)}", style="bold")
    yield indented(fold(best_at, style="italic"), 2)
    yield from _facts(first, language)
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    for slot in first.slots:
        when = f"{weekdays([slot.weekday], language)} {span(slot.start, slot.end)}"
        grid.add_row(when, fold(slot.unit), fold(_tasks(result, slot, language)))
    yield indented(grid, 2)
    for job in family_of(result.jobs, first)[1:]:
        named = {"stage": job.stage, "id": job.id, "title": job.title.in_(language)}
        yield indented(fold(_FURTHER.in_(language).format(**named)), 2)
        yield from (indented(part, 2) for part in _facts(job, language))
        if job.step is not None and job.step.tasks:
            added = (f"{label_of(result, task, language)}({MODE[mode].in_(language)})" for task, mode in job.step.tasks)
            tasks = ("、" if language == "ja" else ", ").join(added)
            yield indented(fold(_ADDS.in_(language).format(tasks=tasks)), 4)


def _facts(job: Job, language: Language) -> Iterable[RenderableType]:
    facts = {
        "hours": f"{job.weekly_hours:g}",
        "channel": CHANNEL[job.channel].in_(language) if job.channel in CHANNEL else job.channel,
        "likely": round(job.relief.likely),
        "low": round(job.relief.low),
        "high": round(job.relief.high),
        "people": _SHARED.in_(language).format(n=job.people) if job.people > 1 else "",
    }
    yield indented(fold(_FACTS.in_(language).format(**facts)), 2)
    if job.optimality is not None and not job.optimality.proved:
        yield indented(fold(_GAP.in_(language).format(gap=f"{job.optimality.gap:.1%}")), 2)
    for check in job.broken:
        said = {
            "label": check.label.in_(language),
            "value": f"{check.value:g}",
            "limit": f"{check.limit:g}",
            "source": check.source.in_(language),
        }
        wording = check.said if check.said.ja else (_SHORT if check.at_least else _OVER)
        mark = "×" if check.hard else "！"
        yield indented(fold(f"{mark} {wording.in_(language).format(**said)}", style="red"), 2)


def _tasks(result: SiteResult, slot: Slot, language: Language) -> str:
    tasks = (_task(result, task, language) for task in slot.tasks)
    return ("  " if language == "ja" else ", ").join(tasks)  # spaces, so that a line breaks between tasks


def _task(result: SiteResult, task: SlotTask, language: Language) -> str:
    label, mode = label_of(result, task.task, language), MODE[task.mode].in_(language)
    form = f"（{mode}）" if language == "ja" else f" ({mode})"
    rare = "" if task.promised else _NOW_AND_THEN.in_(language)
    said = OVERRIDE_SIGN.in_(language) if task.overridden else ""
    return f"{MARK[task.suitability]}{said}{rare}{label}{form}"
