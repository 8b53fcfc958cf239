"""Small sites and jobs by hand, of which one can say what a job must change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from carveout.language import Text
from carveout.model import (
    Chain,
    Confidence,
    Job,
    Kind,
    Level,
    Mode,
    Occurrence,
    OnDuty,
    Pattern,
    SiteResult,
    Slot,
    SlotTask,
    Suitability,
    TaskTraits,
    Verdict,
    Weekday,
    Window,
)

MONDAY = date(2026, 6, 1)
# date offset in days, unit, task, start, end, staff
Row = tuple[int, str, str, int, int, tuple[str, ...]]


def day(offset: int) -> str:
    return (MONDAY + timedelta(days=offset)).isoformat()


def site(
    rows: Sequence[Row],
    *,
    duty: Sequence[tuple[int, str, str, int, int]] = (),
    offered: Sequence[tuple[str, Mode]] = (),
    chains: Sequence[Chain] = (),
    windows: Sequence[Window] = (),
    breaks: Sequence[str] = (),
) -> SiteResult:
    """A site of these rows. offered: tasks with the mode in which verdicts offer all of their rows."""
    occurrences = tuple(
        Occurrence(i, day(at), unit, i, task, Pattern.OTHER, None, start, end, staff, None, "")
        for i, (at, unit, task, start, end, staff) in enumerate(rows)
    )
    units = tuple(sorted({o.unit for o in occurrences} | {unit for _, unit, *_ in duty})) or ("u",)
    tasks = {o.task for o in occurrences}
    return SiteResult(
        site="by-hand",
        kind=Kind.CARE_HOME,
        name="手づくりの家",
        units=units,
        days_of_unit={u: len({o.date for o in occurrences if o.unit == u}) for u in units},
        occurrences=occurrences,
        chains=tuple(chains),
        windows=tuple(windows),
        load={},
        verdicts=tuple(_verdict(u, task, mode, occurrences) for u in units for task, mode in offered),
        jobs=(),
        task_labels={task: Text(f"業務{task}", f"Task {task}") for task in tasks},
        duty=tuple(OnDuty(day(at), unit, who, on, off) for at, unit, who, on, off in duty),
        traits={task: TaskTraits(care_class="break" if task in breaks else "direct_care") for task in tasks},
        on=day(20),
    )


def _verdict(unit: str, task: str, mode: Mode, occurrences: Sequence[Occurrence]) -> Verdict:
    own = tuple(o.index for o in occurrences if (o.unit, o.task) == (unit, task))
    return Verdict(
        unit, task, mode, Suitability.SUITABLE, Pattern.OTHER, None, 0, 30 * 60,
        Confidence(Level.SUPPORTED, len(own), len(own), 0.5), "rule", "source", Text("理由", "reason"), 0, None, False,
        {}, own,
    )  # fmt: skip


def holds(task: str, observed: float, mode: Mode = Mode.ASSIST, **more: float | bool) -> SlotTask:
    """A task of a slot with its observed minutes."""
    return SlotTask(task, mode, Suitability.SUITABLE, observed, observed=observed, **more)  # type: ignore[arg-type]


def job(*slots: Slot) -> Job:
    """A job of these slots that states no relief of its own."""
    hours = sum(slot.end - slot.start for slot in slots) / 60
    return Job("by-hand/1", Text("仕事", "Job"), 1, slots, hours, 0.0, "dispatch", Text("", ""), (), ())


def slot(start: int, end: int, *tasks: SlotTask, weekday: Weekday = Weekday.MON, unit: str = "u") -> Slot:
    return Slot(weekday, start, end, unit, tasks)


def chain(number: int, tasks: tuple[str, ...], start: int, end: int, unit: str = "u") -> Chain:
    return Chain(f"{unit}/{number}", unit, tasks, start, end, 2, 2, ())
