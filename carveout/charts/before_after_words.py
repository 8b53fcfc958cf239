"""Before and after a job told without a picture: sentences and a table, in both languages."""

from __future__ import annotations

from carveout import words as said
from carveout.charts.before_after_sheet import weekday_title
from carveout.effects import DayEffect, Effects
from carveout.language import Language, Text
from carveout.model import SiteResult

_DAY = Text("{title}：この仕事は{hours}。{change}{thin}", "{title}: this job works {hours}. {change}{thin}")
_CHANGE = Text(
    "この時間の手元の仕事は平均{demand:.1f}人分から{after:.1f}人分になり（勤務中の職員は{staff:.1f}人）、{minutes}分軽くなります。",
    "In these hours work at hand goes from {demand:.1f} to {after:.1f} persons on average ({staff:.1f} staff on duty), "
    "{minutes} staff minutes less.",
)
_SAME = Text(
    "この時間の手元の仕事は平均{demand:.1f}人分（勤務中の職員は{staff:.1f}人）で、軽くなる分は見込んでいません。",
    "In these hours work at hand is {demand:.1f} persons on average ({staff:.1f} staff on duty); no relief is counted "
    "on.",
)
_NEVER = Text("まだ観察していないので、前後を示せません。", "Not observed yet, so before and after cannot be shown.")
_THIN = Text("そのうち{spans}は職員が手薄です。", " Staff are few at {spans}.")
_READING = Text(
    "人数は観察した日の15分ごとの平均です。この仕事をする人は、職員の人数に入れていません。この仕事の時間のほかは変わりません。",
    "Persons are means per quarter hour over the observed days. Whoever does this job is not counted as staff. Outside "
    "the job's hours nothing changes.",
)
_YES = Text("手薄", "few staff")

HEADINGS: tuple[Text, ...] = (
    Text("ユニット", "Unit"),
    Text("曜日", "Weekday"),
    Text("開始", "Start"),
    Text("終了", "End"),
    Text("手元の仕事・いま（人分）", "Work at hand, now (persons)"),
    Text("手元の仕事・この仕事があるとき（人分）", "Work at hand, with the job (persons)"),
    Text("勤務中の職員（人）", "Staff on duty (persons)"),
    Text("軽くなる分（分）", "Lighter by (minutes)"),
    Text("職員", "Staff"),
)


def words(effects: Effects, result: SiteResult, language: Language) -> str:
    """What the figure shows, a line each: the whole, every weekday, and how to read it; plain text."""
    lines = [effects.text.in_(language)]
    several = len(result.units) > 1
    lines += [_day(day, several, language) for day in effects.days]
    if effects.days:
        lines.append(_READING.in_(language))
    return "\n".join(said.plain(line) for line in lines)


def table(
    effects: Effects,
    result: SiteResult,  # noqa: ARG001  # called like `figure` and `words`
    language: Language,
) -> list[tuple[str, ...]]:
    """The quarter hours inside the job's hours as rows under `HEADINGS`, in the order of the week."""
    return [
        (
            said.plain(r.unit), said.WEEKDAY[r.weekday].in_(language), said.clock(r.start), said.clock(r.end),
            f"{r.demand:.1f}", f"{r.demand_after:.1f}", f"{r.staff:.1f}", f"{r.minutes:.1f}",
            _YES.in_(language) if r.thin else "",
        )
        for r in effects.records
    ]  # fmt: skip


def _day(day: DayEffect, several: bool, language: Language) -> str:
    title = f"{day.unit} {weekday_title(day, language)}" if several else weekday_title(day, language)
    hours = ("、" if language == "ja" else ", ").join(said.span(*stretch) for stretch in day.hours)
    inside = [q for q in day.quarters if any(start < q.end and q.start < end for start, end in day.hours)]
    if not inside:
        return _DAY.in_(language).format(title=title, hours=hours, change=_NEVER.in_(language), thin="")
    n = len(inside)
    minutes = round(day.relieved_minutes)
    change = (_CHANGE if minutes else _SAME).in_(language).format(
        demand=sum(q.demand for q in inside) / n,
        after=sum(q.demand_after for q in inside) / n,
        staff=sum(q.staff for q in inside) / n,
        minutes=minutes,
    )  # fmt: skip
    few = _few([(q.start, q.end) for q in inside if q.thin], language)
    return _DAY.in_(language).format(title=title, hours=hours, change=change, thin=few)


def _few(quarters: list[tuple[int, int]], language: Language) -> str:
    spans: list[list[int]] = []
    for start, end in quarters:
        if spans and spans[-1][1] == start:
            spans[-1][1] = end
        else:
            spans.append([start, end])
    if not spans:
        return ""
    named = ("、" if language == "ja" else ", ").join(said.span(*stretch) for stretch in spans)
    return _THIN.in_(language).format(spans=named)
