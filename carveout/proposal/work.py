"""The work a job holds: one line per task and form, the week as a grid, and the same week as plain sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from carveout import words
from carveout.language import Text
from carveout.model import WEEKDAYS, Job, Mode, SiteResult, Slot, SlotTask, Suitability, Weekday
from carveout.proposal.phrases import NOTHING, both, days_of, figure, joined, label_of, letters, same

_MINUTES = Text("約{n}分", "{n} min")
_OF_DAYS = Text("{of_days}日中{days}日", "{days} of {of_days} days")
_TOLD = Text("聞き取りによる", "as told by staff")
_SOMETIMES = Text("ときどき", "now and then")
_AROUND = Text("{unit}{days} {span}ごろ", "{unit}{days}, around {span}")
_WITHIN = Text("{unit}{days} {span}のうち", "{unit}{days}, within {span}")
_ANY_HOUR = Text("時間は自由", "any hour")
_HOURS = Text("{n}時間", "{n} h")
_ON_DAY = Text("{day} {spans}（{hours}時間）", "{day} {spans} ({hours} h)")
_LETTER = Text("{letter}：{unit}", "{letter}: {unit}")
_BUSY = Text("■ 仕事", "■ work")
_WORST = (Suitability.UNSUITABLE, Suitability.UNDETERMINED, Suitability.CONDITIONAL, Suitability.SUITABLE)
_MOST_STRETCHES = 2  # windows of one task said in full; more are drawn together


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One task in one form: its mark, when, how long, and how often it was seen.

    promised: it arose often enough to count on; else it is done now and then. minutes_a_week: expected.
    """

    mark: Text
    suitability: Suitability
    answer: Text
    name: Text
    mode: Text
    meaning: Text
    when: Text
    minutes: Text
    often: Text
    promised: bool
    minutes_a_week: float


@dataclass(frozen=True, slots=True)
class Cell:
    """One weekday in one stretch of the week grid."""

    on: bool
    text: Text


@dataclass(frozen=True, slots=True)
class WeekRow:
    """One stretch of the day over all weekdays shown."""

    hours: Text
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """The working hours as a grid: weekdays across, stretches of the day down, hours of each day below.

    units: what the letters in the cells stand for where the job is in several units.
    """

    days: tuple[Text, ...]
    rows: tuple[WeekRow, ...]
    totals: tuple[Text, ...]
    units: Text


@dataclass(frozen=True, slots=True)
class Shift:
    """One working stretch for a calendar or table: minutes of the day, and its tasks, those done now and then last."""

    weekday: Weekday
    start: int
    end: int
    unit: Text
    tasks: tuple[Text, ...]
    sometimes: tuple[Text, ...]


def task_lines(result: SiteResult, job: Job) -> tuple[TaskLine, ...]:
    """Every task and form once: what is promised first, most minutes a week first."""
    grouped: dict[tuple[str, Mode], list[tuple[Slot, SlotTask]]] = {}
    for slot in job.slots:
        for task in slot.tasks:
            grouped.setdefault((task.task, task.mode), []).append((slot, task))
    lines = {key: _line(result, own, letters(job)) for key, own in grouped.items()}
    order = sorted(lines, key=lambda key: (not lines[key].promised, -lines[key].minutes_a_week, key))
    return tuple(lines[key] for key in order)


def _line(result: SiteResult, own: Sequence[tuple[Slot, SlotTask]], units: Mapping[str, str]) -> TaskLine:
    task = own[0][1]
    promised = any(one.promised for _, one in own)
    counted = [(slot, one) for slot, one in own if one.promised or not promised]
    total = sum(one.minutes for _, one in counted)
    answer = min((one.suitability for _, one in own), key=_WORST.index)
    mean = round(total / len(counted))
    return TaskLine(
        mark=same(words.MARK[answer]),
        suitability=answer,
        answer=words.SUITABILITY[answer],
        name=label_of(result, task.task),
        mode=words.MODE[task.mode],
        meaning=words.MODE_MEANING[task.mode],
        when=_when(result, counted, units),
        minutes=both(_MINUTES, n=mean) if mean and promised else NOTHING,
        often=joined([_often(counted, promised=promised), _judged(own)]),
        promised=promised,
        minutes_a_week=total if promised else 0.0,
    )


def _often(own: Sequence[tuple[Slot, SlotTask]], *, promised: bool) -> Text:
    # Slots of one task may look at the same days: what was seen most widely is said, never a sum.
    of_days = max((one.of_days for _, one in own if one.days), default=0)
    days = min((one.days for _, one in own if one.days and one.of_days == of_days), default=0)
    if days:
        seen = both(_OF_DAYS, days=days, of_days=of_days)
    else:  # nothing of it was seen in these hours: moved here from elsewhere in the day, or only told of
        seen = _ANY_HOUR if any(one.observed > 0 for _, one in own) else _TOLD
    return seen if promised else joined([_SOMETIMES, seen])


def _judged(own: Sequence[tuple[Slot, SlotTask]]) -> Text:
    """That a coordinator's judgement stands behind it in some of its hours, instead of the rules."""
    return words.OVERRIDE if any(one.overridden for _, one in own) else NOTHING


def _when(result: SiteResult, own: Sequence[tuple[Slot, SlotTask]], units: Mapping[str, str]) -> Text:
    """Weekdays and about which hours, and the unit's letter; weekdays with the same hours are said together."""
    spans: dict[tuple[str, int, int], list[Weekday]] = {}
    for slot, task in own:
        start, end = _usual_hours(result, slot, task)
        spans.setdefault((units.get(slot.unit, ""), start, end), []).append(slot.weekday)
    if len(spans) > _MOST_STRETCHES:
        where = "・".join(sorted({unit for unit, _, _ in spans}))
        first, last = min(start for _, start, _ in spans), max(end for _, _, end in spans)
        spans = {(where, first, last): [day for days in spans.values() for day in days]}
    order = sorted(spans, key=lambda span: (min(WEEKDAYS.index(day) for day in spans[span]), span))
    wording = _AROUND if any(one.days for _, one in own) else _WITHIN
    return joined(
        both(
            wording, unit=f"{unit} " if unit else "", days=days_of(spans[unit, start, end]), span=words.span(start, end)
        )
        for unit, start, end in order
    )


def _usual_hours(result: SiteResult, slot: Slot, task: SlotTask) -> tuple[int, int]:
    """Where in the slot the task usually arises, by the verdicts that offer it; the whole slot if none tells."""
    found = [
        (max(v.start, slot.start), min(v.end, slot.end))
        for v in result.verdicts
        if v.task == task.task
        and v.mode is task.mode
        and v.unit in (slot.unit, "")
        and not v.untimed
        and v.suitability in (Suitability.SUITABLE, Suitability.CONDITIONAL)
        and (v.weekdays is None or slot.weekday in v.weekdays)
        and v.start < slot.end
        and slot.start < v.end
    ]
    if not found:
        return slot.start, slot.end
    return min(start for start, _ in found), max(end for _, end in found)


def week_of(job: Job) -> Week:
    """The week grid: rows are the stretches between all starts and ends; Monday to Friday always stand there."""
    days = [day for day in WEEKDAYS if day in WEEKDAYS[:5] or any(slot.weekday is day for slot in job.slots)]
    bounds = sorted({minute for slot in job.slots for minute in (slot.start, slot.end)})
    units = letters(job)
    rows = []
    for start, end in pairwise(bounds):
        here = {s.weekday: s for s in job.slots if s.start <= start and end <= s.end}
        if here:
            cells = tuple(_cell(here.get(day), units) for day in days)
            rows.append(WeekRow(same(words.span(start, end)), cells))
    totals = tuple(_hours_of(slot for slot in job.slots if slot.weekday is day) for day in days)
    legend = joined(
        (both(_LETTER, letter=letter, unit=words.unit_name(unit)) for unit, letter in units.items()), "　", "; "
    )
    return Week(tuple(words.WEEKDAY[day] for day in days), tuple(rows), totals, legend)


def _cell(slot: Slot | None, units: Mapping[str, str]) -> Cell:
    if slot is None:
        return Cell(on=False, text=NOTHING)
    return Cell(on=True, text=same(f"■ {units[slot.unit]}") if units else _BUSY)


def _hours_of(slots: Iterable[Slot]) -> Text:
    minutes = sum(slot.end - slot.start for slot in slots)
    return both(_HOURS, n=figure(minutes / 60)) if minutes else NOTHING


def hours_in_words(job: Job) -> tuple[Text, ...]:
    """The working hours of each weekday in a line; what lies between two stretches is a break."""
    lines = []
    for day in WEEKDAYS:
        own = _stretches(slot for slot in job.slots if slot.weekday is day)
        if own:
            spans = joined(same(words.span(start, end)) for start, end in own)
            hours = figure(sum(end - start for start, end in own) / 60)
            lines.append(both(_ON_DAY, day=days_of([day]), spans=spans, hours=hours))
    return tuple(lines)


def _stretches(slots: Iterable[Slot]) -> list[tuple[int, int]]:
    """Working stretches of one day; those that touch are one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted((slot.start, slot.end) for slot in slots):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def shifts_of(result: SiteResult, job: Job) -> tuple[Shift, ...]:
    """Every working stretch in the order of the week."""
    order = sorted(job.slots, key=lambda s: (WEEKDAYS.index(s.weekday), s.start, s.end, s.unit))
    return tuple(
        Shift(
            slot.weekday,
            slot.start,
            slot.end,
            words.unit_name(slot.unit),
            tuple(_named(result, task) for task in slot.tasks if task.promised),
            tuple(_named(result, task) for task in slot.tasks if not task.promised),
        )
        for slot in order
    )


_NAMED = Text("{mark} {task}（{mode}）", "{mark} {task} ({mode})")


def _named(result: SiteResult, task: SlotTask) -> Text:
    mark, mode = words.MARK[task.suitability], words.MODE[task.mode]
    return both(_NAMED, mark=mark, task=label_of(result, task.task), mode=Text(mode.ja, mode.en.lower()))
