"""Before and after, laid out without drawing it: panels, hours, scale and words, so that all drawings tell the same.

The figure on screen (`before_after`) and the still picture on paper (`before_after_svg`) both read a `Sheet`. Nothing
here draws or knows a drawing library.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from carveout import words
from carveout.charts import style
from carveout.effects import DayEffect, Effects, Quarter
from carveout.language import Language, Text
from carveout.model import SiteResult

# More weekdays than a week has would be a wall of curves; the table holds them all.
MOST_PANELS = 7
# Hours in which jobs lie; night hours show only where the job or thin staff is there.
_DAY = (6 * 60, 22 * 60)
_EMPTY_DAY = (8 * 60, 18 * 60)
Side = Literal["start", "middle", "end"]

WORDS = {
    "staff": Text("勤務中の職員（人）", "Staff on duty (persons)"),
    "before": Text("手元の仕事・いま（何人分か）", "Work at hand now (persons needed)"),
    "after": Text("この仕事があるとき", "With this job"),
    "relieved": Text("軽くなる分", "What it takes off the staff"),
    "hours": Text("この仕事の時間", "Hours of this job"),
    "thin": Text("職員が手薄", "Staff are few"),
    "people": Text("{n}人", "{n}"),
    "hour": Text("{n}時", "{n}:00"),
    "seen": Text("{day}曜日（{days}日の観察の平均）", "{day} (mean of {days} observed days)"),
    "once": Text("{day}曜日（1日だけの観察）", "{day} (one observed day only)"),
    "never": Text("{day}曜日（まだ観察していません）", "{day} (not observed yet)"),
    "no_curve": Text(
        "この曜日を1日観察すると、ここに線が出ます。", "Observe one such day, and its curves will stand here."
    ),
    "no_relief": Text("軽くなる分は見込んでいません", "No relief is counted on"),
    "no_hours": Text(
        "この仕事にはまだ曜日と時間がありません。決めると、ここに前後の線が出ます。",
        "The job has no weekdays and hours yet. Once it has, the curves will stand here.",
    ),
    "more": Text("ほかの{n}日は表にあります。", "The table holds {n} more."),
    "title": Text("この仕事の前と後：手元の仕事と勤務中の職員", "Before and after: work at hand and staff on duty"),
    "hover": Text(
        "{time} 手元の仕事 {demand:.1f}人分 → {after:.1f}人分・勤務中 {staff:.1f}人",
        "{time} work for {demand:.1f} → {after:.1f}, {staff:.1f} on duty",
    ),
}


@dataclass(frozen=True, slots=True)
class Panel:
    """One weekday of one unit: what is said of it, the quarters in sight, the job's hours and thin stretches.

    unit: "" where there is only one. note: why something is missing, "" if nothing is.
    """

    unit: str
    day: str
    observed: bool
    quarters: tuple[Quarter, ...]
    hours: tuple[tuple[int, int], ...]
    thin: tuple[tuple[int, int], ...]
    note: str

    def title(self, em: float) -> str:
        """Unit and weekday in so many em; of a unit's long name only the beginning."""
        room = max(em - style.width_em(self.day) - 1, 3.0)
        return f"{style.elide(self.unit, room)} {self.day}".strip()

    @property
    def changed(self) -> tuple[tuple[Quarter, ...], ...]:
        """Runs of quarter hours in which the job takes something off the staff."""
        runs: list[list[Quarter]] = []
        for quarter in self.quarters:
            if quarter.relieved <= 0:
                continue
            if runs and runs[-1][-1].end == quarter.start:
                runs[-1].append(quarter)
            else:
                runs.append([quarter])
        return tuple(tuple(run) for run in runs)


@dataclass(frozen=True, slots=True)
class Sheet:
    """All panels on common scales: first and last minute, persons at the top of each, steps of persons on the scale."""

    language: Language
    panels: tuple[Panel, ...]
    first: int
    last: int
    top: int
    step: int
    left_out: int

    def word(self, key: str, **values: object) -> str:
        """One of `WORDS` in the sheet's language."""
        return WORDS[key].in_(self.language).format(**values)

    def hours(self, pixels: float, need: float) -> list[int]:
        """Full hours for the axis, as many as stand apart on so many pixels; need: pixels of one label."""
        per_hour = pixels * 60 / (self.last - self.first)
        step = next((h for h in (1, 2, 3, 4, 6) if h * per_hour >= need), 12) * 60
        return list(range(-(-self.first // step) * step, self.last + 1, step))

    def beside(self, panel: Panel, number: int, need: float) -> tuple[float, Side] | None:
        """Where the times of one of a panel's stretches are written, so many minutes wide; None where there is no room.

        In its strip, else to the right of it, else to the left: the minute, and which part of the words stands there.
        """
        start, end = panel.hours[number]
        following = panel.hours[number + 1][0] if number + 1 < len(panel.hours) else self.last
        before = panel.hours[number - 1][1] if number else self.first
        if need <= end - start:
            return (start + end) / 2, "middle"
        if need <= following - end:
            return end, "start"
        return (start, "end") if need <= start - before else None

    @property
    def ceiling(self) -> float:
        """Persons at the very top of a panel: a line at the highest mark must not be cut."""
        return self.top * 1.06

    @property
    def has(self) -> tuple[str, ...]:
        """What the legend must name: keys of `WORDS`, in their order."""
        seen = {"hours"} if self.panels else set()
        if any(panel.quarters for panel in self.panels):
            seen |= {"before", "staff"}
        if any(panel.changed for panel in self.panels):
            seen |= {"after", "relieved"}
        if any(panel.thin for panel in self.panels):
            seen.add("thin")
        return tuple(key for key in WORDS if key in seen)


def sheet(effects: Effects, result: SiteResult, language: Language) -> Sheet:
    """Lay the days of a job out: at most `MOST_PANELS`, those it relieves most, in the order of the week."""
    days = _chosen(effects.days)
    first, last = _extent(days)
    several = len({day.unit for day in effects.days}) > 1 or len(result.units) > 1
    panels = tuple(_panel(day, several, first, last, language) for day in days)
    most = max((max(q.demand, q.staff) for panel in panels for q in panel.quarters), default=0.0)
    top = max(1, math.ceil(most - 1e-9))
    step = next(s for s in (1, 2, 5, 10, 20, 50, 100, 1000, top) if top / s <= 4 or s == top)
    return Sheet(language, panels, first, last, -(-top // step) * step, step, len(effects.days) - len(days))


def balanced(text: str, em: float) -> list[str]:
    """A sentence on as few lines as fit in so many em, all of about one length: no line of a single sign."""
    length = style.width_em(text)
    lines = max(math.ceil(length / em), 1)
    return style.wrap(text, length / lines + 2 if lines > 1 else em, lines + 1)


def weekday_title(day: DayEffect, language: Language) -> str:
    """Weekday and how often it was observed; one day is not a mean."""
    name = words.WEEKDAY[day.weekday].in_(language)
    key = "never" if not day.observed_days else "once" if day.observed_days == 1 else "seen"
    return WORDS[key].in_(language).format(day=name, days=day.observed_days)


def _chosen(days: tuple[DayEffect, ...]) -> tuple[DayEffect, ...]:
    if len(days) <= MOST_PANELS:
        return days
    ranked = sorted(range(len(days)), key=lambda at: (-days[at].relieved_minutes, at))
    return tuple(days[at] for at in sorted(ranked[:MOST_PANELS]))


def _extent(days: Iterable[DayEffect]) -> tuple[int, int]:
    """Whole hours around what was seen by day, the jobs' hours and the thin quarters."""
    days = list(days)
    seen = [q for day in days for q in day.quarters if q.demand > 0 or q.staff > 0]
    by_day = [(max(q.start, _DAY[0]), min(q.end, _DAY[1])) for q in seen if _DAY[0] < q.end and q.start < _DAY[1]]
    spans = [*by_day, *(span for day in days for span in day.hours), *((q.start, q.end) for q in seen if q.thin)]
    if not by_day:
        spans.append(_EMPTY_DAY)
    first, last = min(start for start, _ in spans) // 60 * 60, -(-max(end for _, end in spans) // 60) * 60
    return first, max(last, first + 120)


def _panel(day: DayEffect, several: bool, first: int, last: int, language: Language) -> Panel:
    quarters = tuple(q for q in day.quarters if first < q.end and q.start < last)
    note = ""
    if not quarters:
        note = WORDS["no_curve"].in_(language)
    elif all(q.relieved <= 0 for q in quarters):
        note = WORDS["no_relief"].in_(language)
    unit = words.plain(day.unit) if several else ""
    return Panel(unit, weekday_title(day, language), bool(quarters), quarters, day.hours, _thin(quarters), note)


def _thin(quarters: Iterable[Quarter]) -> tuple[tuple[int, int], ...]:
    runs: list[list[int]] = []
    for quarter in quarters:
        if not quarter.thin:
            continue
        if runs and runs[-1][1] == quarter.start:
            runs[-1][1] = quarter.end
        else:
            runs.append([quarter.start, quarter.end])
    return tuple((start, end) for start, end in runs)
