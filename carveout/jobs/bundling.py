"""Bundling fragments of work into jobs one can offer: shifts of a few hours on a few weekdays, growing in three stages.

Stage 1 is a small start on the two fullest weekdays (a weekday's peak first); stage 2 adds a third day and what can be
prepared beside; stage 3 grows to half days within the weekly limit and takes in advising. A later stage contains the
earlier one. This is a first, greedy version; a solver may replace it behind `bundle`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from carveout.jobs.limits import Policy, limits
from carveout.jobs.shifts import Shift, best_shift
from carveout.jobs.work import UnitWork, unit_work
from carveout.language import LANGUAGES, Language, Text
from carveout.model import (
    WEEKDAYS,
    ConstraintCheck,
    Job,
    Mode,
    NotIncluded,
    SiteResult,
    Slot,
    SlotTask,
    Suitability,
    Weekday,
)
from carveout.words import weekdays

_FLOOR = (Mode.TAKE_OVER, Mode.ASSIST)


@dataclass(frozen=True, slots=True)
class Stage:
    """How far a job may grow: weekdays at most, hours a shift at most, forms of work."""

    days: int
    hours: float
    modes: tuple[Mode, ...]


STAGES = (
    Stage(2, 3.0, _FLOOR),
    Stage(3, 3.5, (*_FLOOR, Mode.PREPARE)),
    Stage(5, 4.0, (*_FLOOR, Mode.PREPARE, Mode.ADVISE)),
)


def bundle(result: SiteResult, policy: Policy | None = None) -> tuple[Job, ...]:
    """Candidate jobs of a site: for every unit with enough work its stages, numbered through the site.

    result: the site analysed; its own `jobs` are not read. Empty if no stretch of any unit is full enough.
    """
    policy = policy or Policy()
    jobs: list[Job] = []
    placed: set[str] = set()
    for unit in result.units:
        work = _without(unit_work(result, unit), placed)
        before: dict[int, Shift] = {}
        grown = 0
        for stage in STAGES:
            shifts = _week(work, stage, before, policy)
            if shifts and _what(shifts) != _what(before):
                grown += 1
                jobs.append(_job(result, work.unit, grown, shifts, len(jobs) + 1, policy))
            before = shifts or before
        placed |= {p.fragment.task for shift in before.values() for p in shift.pieces if p.fragment.told}
    return tuple(jobs)


def _without(work: UnitWork, placed: set[str]) -> UnitWork:
    """The work of a unit less what staff only told of and another unit's job already holds."""
    kept = tuple(f for f in work.fragments if not (f.told and f.task in placed))
    return replace(work, fragments=kept)


def _week(work: UnitWork, stage: Stage, before: dict[int, Shift], policy: Policy) -> dict[int, Shift]:
    """The shifts of a stage by weekday: those of the stage before, grown, then the best further weekdays."""
    longest = min(stage.hours, policy.number("shift_hours_max"))
    found: dict[int, Shift] = {}
    for weekday in work.weekdays:
        kept = before.get(weekday)
        around = (kept.start, kept.end) if kept else None
        shift = best_shift(work, weekday, stage.modes, longest, policy, around) or kept
        if shift is not None:
            found[weekday] = shift
    order = sorted(found, key=lambda day: (day not in before, not _holds_peak(found[day]), -found[day].score, day))
    chosen: dict[int, Shift] = {}
    for weekday in order[: stage.days]:
        hours_so_far = sum(shift.hours for shift in chosen.values())
        limit = policy.weekly("dispatch" if _any_assist([*chosen.values(), found[weekday]]) else "contract").value
        for shift in (found[weekday], before.get(weekday)):
            if shift is not None and hours_so_far + shift.hours <= limit:
                chosen[weekday] = shift
                break
    return dict(sorted(chosen.items()))


def _holds_peak(shift: Shift) -> bool:
    return any(piece.fragment.peak and piece.fragment.mode is Mode.TAKE_OVER for piece in shift.pieces)


def _any_assist(shifts: Sequence[Shift]) -> bool:
    return any(piece.fragment.mode is Mode.ASSIST for shift in shifts for piece in shift.pieces)


def _what(shifts: dict[int, Shift]) -> list[object]:
    """What a stage offers, to tell whether the next one adds anything."""
    return [
        (s.weekday, s.start, s.end, [(p.fragment.task, p.fragment.mode) for p in s.pieces]) for s in shifts.values()
    ]


def _job(result: SiteResult, unit: str, stage: int, shifts: dict[int, Shift], number: int, policy: Policy) -> Job:
    week = list(shifts.values())
    hours = sum(shift.hours for shift in week)
    channel = "dispatch" if _any_assist(week) else "contract"
    return Job(
        id=f"{result.site}/{number}",
        title=_title(result, unit, week, hours),
        stage=stage,
        slots=tuple(_slot(unit, shift) for shift in week),
        weekly_hours=hours,
        staff_minutes_relieved_per_week=_relieved(week, policy),
        channel=channel,
        channel_reason=_CHANNEL_REASON[channel],
        constraints=_checks(result.days_of_unit[unit], week, hours, channel, policy),
        not_included=_not_included(result, unit, week),
    )


def _slot(unit: str, shift: Shift) -> Slot:
    pieces = sorted(shift.pieces, key=lambda p: (-p.minutes, p.fragment.task, p.fragment.mode))
    tasks = tuple(SlotTask(p.fragment.task, p.fragment.mode, p.fragment.suitability, p.minutes) for p in pieces)
    return Slot(WEEKDAYS[shift.weekday], shift.start, shift.end, unit, tasks)


def _relieved(week: Sequence[Shift], policy: Policy) -> float:
    """Staff minutes a week the job may relieve: of observed work, at the measured ratio; advice relieves none."""
    worked = sum(p.observed for shift in week for p in shift.pieces if p.fragment.mode is not Mode.ADVISE)
    return worked * min(policy.number("relief_ratio"), 1.0)


def _checks(
    seen: int, week: Sequence[Shift], hours: float, channel: str, policy: Policy
) -> tuple[ConstraintCheck, ...]:
    weekly, longest, days = policy.weekly(channel), limits()["shift_hours_max"], limits()["observed_days"]
    longest_shift, most = max(shift.hours for shift in week), policy.number("shift_hours_max")
    return (
        ConstraintCheck("weekly-hours", weekly.value, hours, hours <= weekly.value, weekly.source, weekly.label),
        ConstraintCheck("shift-hours", most, longest_shift, longest_shift <= most, longest.source, longest.label),
        ConstraintCheck(
            "observed-days",
            policy.number("observed_days"),
            float(seen),
            seen >= policy.number("observed_days"),
            days.source,
            days.label,
        ),
    )


def _not_included(result: SiteResult, unit: str, week: Sequence[Shift]) -> tuple[NotIncluded, ...]:
    """What the job leaves alone: work that must not be taken over, and peaks that found no company."""
    inside = {(p.fragment.task, p.fragment.mode) for shift in week for p in shift.pieces}
    left: dict[str, NotIncluded] = {}
    for verdict in result.verdicts:
        if verdict.unit not in (unit, "") or verdict.mode is not Mode.TAKE_OVER or verdict.task in left:
            continue
        if verdict.suitability is Suitability.UNSUITABLE or verdict.rule == "contracted":
            left[verdict.task] = NotIncluded(verdict.task, verdict.mode, verdict.reason)
        elif verdict.suitability is not Suitability.UNDETERMINED and (verdict.task, verdict.mode) not in inside:
            left[verdict.task] = NotIncluded(verdict.task, verdict.mode, _NOT_BUNDLED)
    return tuple(left[task] for task in sorted(left))


_NOT_BUNDLED = Text(
    "切り出せる仕事ですが、抱き合わせる仕事がその時間にないか、この仕事の時間帯に入らないため、含めていません。",
    "It could be carved out, but it lies outside this job's hours or there is no other work to bundle it with.",
)

_CHANNEL_REASON = {
    "dispatch": Text(
        "職員のそばで、職員の指示を受けて手伝う仕事を含むため、請負・委任ではなく派遣（または職業紹介）になります"
        "（昭和61年労働省告示第37号）。",
        "Part of the work is done beside staff and under their direction, so it cannot be contract work; it needs "
        "dispatch or placement (notice no. 37 of 1986).",
    ),
    "contract": Text(
        "どの仕事も職員の指示を受けずに切り分けて行えるため、請負・委任で引き受けられます（昭和61年労働省告示第37号）。",
        "All of the work can be done apart, without the staff's direction, so contract work is possible "
        "(notice no. 37 of 1986).",
    ),
}


def _title(result: SiteResult, unit: str, week: Sequence[Shift], hours: float) -> Text:
    """Unit, the work that makes the job (what is taken over first), and how many days and hours."""
    minutes: dict[tuple[bool, str], float] = {}
    for shift in week:
        for p in shift.pieces:
            key = (p.fragment.mode is not Mode.TAKE_OVER, p.fragment.task)
            minutes[key] = minutes.get(key, 0.0) + p.minutes
    order = list(dict.fromkeys(task for _, task in sorted(minutes, key=lambda key: (key[0], -minutes[key], key[1]))))
    days: list[Weekday] = [WEEKDAYS[shift.weekday] for shift in week]

    def said(language: Language) -> str:
        names = [result.task_labels.get(task, Text(task, task)).in_(language) for task in order[:2]]
        when = weekdays(days, language)
        if language == "ja":
            return f"{unit}：{'と'.join(names)}{'など' if len(order) > 2 else ''}（{when}、週{hours:g}時間）"
        return f"{unit}: {' and '.join(names)}{', and more' if len(order) > 2 else ''} ({when}; {hours:g} h a week)"

    ja, en = (said(language) for language in LANGUAGES)
    return Text(ja, en)
