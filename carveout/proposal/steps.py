"""How a job may grow: its stages one by one, what each adds, and which terms of the contract that amends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from carveout import words
from carveout.jobs import family_of
from carveout.language import Text
from carveout.model import Job, SiteResult, Step
from carveout.proposal.phrases import NOTHING, both, days_of, figure, inside, joined, label_of, some

_STAGE = Text("第{n}段階", "Stage {n}")
_HOURS = Text("週{n}時間（{days}）", "{n} h a week ({days})")
_START = Text("小さく始めます", "a small start")
_ADDS_DAYS = Text("{days}を加えます", "{days} as well")
_ADDS_HOURS = Text("週{n}時間増えます", "{n} h more a week")
_ADDS_TASKS = Text("加わる仕事：{tasks}", "More work: {tasks}")
_TASK = Text("{task}（{mode}）", "{task} ({mode})")
_WORK_TOO = Text("業務の内容（加わる仕事）。", "Work: as added.")
_MOST_TASKS = 6
BEFORE_CHANGES = Text(
    "先の段階は、手直しする前の案をもとにしています。", "The later stages are those of the job before it was reshaped."
)


@dataclass(frozen=True, slots=True)
class StepLine:
    """One stage. here: the one this sheet offers. amends: of a stage ahead, the terms of the contract to change."""

    here: bool
    stage: Text
    hours: Text
    adds: Text
    amends: Text


def step_lines(result: SiteResult, job: Job, base: str) -> tuple[tuple[StepLine, ...], Text]:
    """All stages of the job's family, and a remark; none when it has but one.

    base: id of the job it was shaped from, "" if none; a shaped job takes its place among the stages.
    """
    known = {one.id: one for one in result.jobs}
    origin = known.get(job.id) or known.get(base)
    if origin is None:
        return (), NOTHING
    family = family_of(result.jobs, origin)
    if len(family) < 2:
        return (), NOTHING
    shaped = origin is not job and origin != job
    at = family.index(origin)
    lines = tuple(_line(result, job if k == at else one, one.step, k - at) for k, one in enumerate(family))
    return lines, BEFORE_CHANGES if shaped else NOTHING


def _line(result: SiteResult, job: Job, step: Step | None, ahead: int) -> StepLine:
    days = days_of(slot.weekday for slot in job.slots)
    adds = _adds(result, step) if step is not None else _START
    # What this offer's own contract says is no amendment: only the stages still ahead amend it.
    amends = joined(_terms(step), "", " ") if step is not None and ahead > 0 else NOTHING
    hours = both(_HOURS, n=figure(job.weekly_hours), days=days)
    return StepLine(ahead == 0, both(_STAGE, n=job.stage), hours, adds, amends)


def _terms(step: Step) -> tuple[Text, ...]:
    """The terms that a stage amends, less what it adds: that stands beside them already."""
    if not step.tasks:
        return step.amends
    return (_WORK_TOO, *step.amends[1:])


def _adds(result: SiteResult, step: Step) -> Text:
    said = []
    if step.weekdays:
        said.append(both(_ADDS_DAYS, days=days_of(step.weekdays)))
    if step.weekly_hours > 0:
        said.append(both(_ADDS_HOURS, n=figure(step.weekly_hours)))
    tasks: Sequence[Text] = [
        both(_TASK, task=inside(label_of(result, task)), mode=Text(words.MODE[mode].ja, words.MODE[mode].en.lower()))
        for task, mode in step.tasks
    ]
    if tasks:
        said.append(both(_ADDS_TASKS, tasks=some(tasks, _MOST_TASKS)))
    return joined(said, "。", ". ")
