"""What the employer gains, as far as the observed days can tell, and what that rests on."""

from __future__ import annotations

from dataclasses import dataclass

from carveout import words
from carveout.constraints import limits
from carveout.effects import DayEffect, Effects, Quarter
from carveout.language import Text
from carveout.model import Confidence, Job, Level, Mode, SiteResult, Suitability
from carveout.proposal.judged import judgements
from carveout.proposal.phrases import NOTHING, both, figure, joined, letters, same

_HEAD = Text("職員の仕事が、週におよそ{likely}分減る見込みです", "About {likely} minutes of staff work a week set free")
_RANGE = Text("（{low}〜{high}分）。", " ({low} to {high}).")
_NO_FIGURE = Text(
    "職員の時間がどれだけ空くかは、まだ数字では示せません。",
    "How much staff time it sets free cannot be put in figures yet.",
)
_ADVICE = Text(
    "経験を活かした助言で、管理や備えの質が高まることを期待する仕事です。職員の時間が空くとは見込みません。",
    "Advice from experience is expected to improve how things are run. No staff time is expected to be set free.",
)
_RESTS = Text(
    "観察した仕事の週{covered}分を受け持ち、1分につき約{ratio}分空くとみました（{source}）。"
    "空かなかった施設もあり、約束ではありません。",
    "It covers {covered} observed minutes of work a week, each taken to free about {ratio} minutes of staff time "
    "({source}). At some sites none was freed, so this is no promise.",
)
_CHOSEN = Text("この案で選んだ割合", "a ratio chosen for this offer")
_THIN = Text(
    "そのうち週およそ{n}分は、職員が手薄になる時間帯（{windows}）の仕事です。",
    "Of this, about {n} minutes a week lie where staff are few ({windows}).",
)
_THIN_SOME = Text(
    "そのうち週およそ{n}分は、職員が手薄になる時間帯の仕事です。",
    "Of this, about {n} minutes a week lie where staff are few.",
)
_WHOLE = Text(
    "利用者・子どもへの続けて行うケアの流れには、手をつけません。",
    "The staff's unbroken flows of care stay as they are.",
)
_CHANGE = Text("{before:.1f} → {after:.1f}人分", "{before:.1f} → {after:.1f} persons")
_STAFF = Text("{n:.1f}人", "{n:.1f}")
_MOST_WINDOWS, _MOST_ROWS = 3, 5
_HOUR = 4  # quarter hours


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """The hour of one day in which the job helps most: staff on duty, work at hand without and with the job."""

    when: Text
    thin: bool
    staff: Text
    change: Text
    minutes: Text


def headline(found: Effects) -> Text:
    """The relief in one line, with its range."""
    relief = found.relief
    if relief.likely < 0.5:
        return NOTHING
    return joined(
        [both(_HEAD, likely=round(relief.likely)), both(_RANGE, low=round(relief.low), high=round(relief.high))], "", ""
    )


def benefits(result: SiteResult, job: Job, found: Effects) -> tuple[Text, ...]:
    """What stands under the headline: where staff are few, what stays whole, what the figure rests on."""
    relief = found.relief
    said: list[Text] = []
    if relief.likely < 0.5:
        modes = {task.mode for slot in job.slots for task in slot.tasks}
        said.append(_ADVICE if modes == {Mode.ADVISE} else _NO_FIGURE)
    if relief.thin >= 0.5:
        windows = thin_windows(result, job)
        said.append(
            both(_THIN, n=round(relief.thin), windows=windows)
            if windows != NOTHING
            else both(_THIN_SOME, n=round(relief.thin))
        )
    if found.untouched and not found.cut:
        said.append(_WHOLE)
    if relief.likely >= 0.5:
        said.append(
            both(_RESTS, covered=round(relief.covered), ratio=figure(relief.ratio), source=_ratio_source(relief.ratio))
        )
    return tuple(said)


def _ratio_source(ratio: float) -> Text:
    usual = limits()["relief_ratio"]
    return usual.source if abs(usual.value - ratio) < 0.005 else _CHOSEN


def thin_windows(result: SiteResult, job: Job) -> Text:
    """The thin windows that the job reaches, as one list; "" if there are none or too many to name."""
    found = []
    for window in result.windows:
        days = {s.weekday for s in job.slots if s.unit == window.unit and s.start < window.end and window.start < s.end}
        met = {day for day in days if window.weekday in (None, day)}
        if window.thin and met:
            day = NOTHING if window.weekday is None else words.WEEKDAY[window.weekday]
            found.append((window.start, window.end, day))
    unique = sorted(set(found), key=lambda w: (w[0], w[1], w[2].ja))
    if len(unique) > _MOST_WINDOWS:
        return NOTHING
    return joined(joined([day, same(words.span(start, end))], " ", " ") for start, end, day in unique)


def before_after(job: Job, found: Effects) -> tuple[BeforeAfter, ...]:
    """One row per weekday and unit: the hour in which the job takes most off the staff, most relieved rows if many."""
    units = letters(job)
    rows = [
        (minutes, at, row) for at, day in enumerate(found.days) for minutes, row in _row(day, units.get(day.unit, ""))
    ]
    kept = sorted(rows, key=lambda row: (-row[0], row[1]))[:_MOST_ROWS]
    return tuple(row for _, _, row in sorted(kept, key=lambda row: row[1]))


def _row(day: DayEffect, unit: str) -> list[tuple[float, BeforeAfter]]:
    hours = [day.quarters[at : at + _HOUR] for at in range(max(len(day.quarters) - _HOUR + 1, 0))]
    best = max(hours, key=lambda own: (round(_minutes(own), 6), -own[0].start), default=())
    minutes = _minutes(best)
    if minutes < 0.5:
        return []
    when = joined([same(unit), words.WEEKDAY[day.weekday], same(words.span(best[0].start, best[-1].end))], " ", " ")
    mean = {name: sum(getattr(q, name) for q in best) / len(best) for name in ("demand", "demand_after", "staff")}
    row = BeforeAfter(
        when,
        any(q.thin for q in best),
        both(_STAFF, n=mean["staff"]),
        both(_CHANGE, before=mean["demand"], after=mean["demand_after"]),
        both(Text("{n}分", "{n} min"), n=round(minutes)),
    )
    return [(minutes, row)]


def _minutes(quarters: tuple[Quarter, ...]) -> float:
    return sum(q.relieved * (q.end - q.start) for q in quarters)


_SEEN = Text(
    "{unit}を{days}日（{first}〜{last}）、合わせて{rows}件の業務を観察した記録によります。",
    "It rests on {days} observed days of {unit} ({first} to {last}), {rows} entries in all.",
)
_SEEN_ONCE = Text(
    "{unit}を1日（{first}）、合わせて{rows}件の業務を観察した記録によります。",
    "It rests on a single observed day of {unit} ({first}), {rows} entries in all.",
)
_NOT_SEEN = Text("観察した日がまだありません。", "No day has been observed yet.")
_ONE_DAY = Text(
    "1日だけでは、同じことが繰り返すかどうかは分かりません。すべて仮の判断です。もう一日観察してから始めるのが確実です。",
    "One day cannot tell what recurs: everything here is provisional. Observe another day before starting.",
)
_SURE = Text("業務ごとの確かさは、{levels}です。", "How sure, task by task: {levels}.")
_LEVEL = Text("{level}{n}件", "{level} {n}")
_FROM = Text("{day}に有効な法令・きまりで確かめました。", "Checked against the law and rules in force on {day}.")


def evidence(result: SiteResult, job: Job, on: str) -> tuple[Text, ...]:
    """What the offer rests on: days, dates, counts, how sure, and whose rules it was held against."""
    units = [unit for unit in result.units if any(slot.unit == unit for slot in job.slots)]
    said = [_seen(result, unit) for unit in units]
    if any(result.days_of_unit.get(unit, 0) == 1 for unit in units):
        said.append(_ONE_DAY)
    levels = _levels(result, job)
    named = [both(_LEVEL, level=words.LEVEL[level], n=levels[level]) for level in reversed(Level) if levels[level]]
    if named:
        said.append(both(_SURE, levels=joined(named)))
    said += judgements(result, job)
    if on:
        said.append(both(_FROM, day=on))
    return tuple(said)


def _seen(result: SiteResult, unit: str) -> Text:
    dates = sorted({row.date for row in result.occurrences if row.unit == unit})
    if not dates:
        return _NOT_SEEN
    rows = sum(row.unit == unit for row in result.occurrences)
    wording = _SEEN_ONCE if len(dates) == 1 else _SEEN
    return both(wording, unit=words.unit_name(unit), days=len(dates), first=dates[0], last=dates[-1], rows=rows)


def _levels(result: SiteResult, job: Job) -> dict[Level, int]:
    """How many of the job's tasks are known how surely: each by the surest verdict that offers it there."""
    found: dict[Level, int] = dict.fromkeys(Level, 0)
    order = list(Level)
    for task, mode in {(t.task, t.mode) for slot in job.slots for t in slot.tasks}:
        units = {slot.unit for slot in job.slots} | {""}
        own: list[Confidence] = [
            v.confidence
            for v in result.verdicts
            if v.task == task
            and v.mode is mode
            and v.unit in units
            and v.suitability in (Suitability.SUITABLE, Suitability.CONDITIONAL)
        ]
        if own:
            found[max((c.level for c in own), key=order.index)] += 1
    return found
