"""The carve-out map told without a picture: the same `Picture` as sentences and as a table.

For screen readers, for the telephone, and for whoever trusts words more than charts.
"""

from __future__ import annotations

from carveout import words
from carveout.charts.picture import Bar, Picture, Ribbon, picture, task_name
from carveout.charts.slots import OpenSlot, marked
from carveout.language import Language, Text
from carveout.model import Mode, Pattern, SiteResult

_DAY = Text("{day}（{weekday}曜）の{unit}です。{of_days}日観察したうちの1日で、{people}人が働いています。",
            "{unit} on {weekday} {day}: one of {of_days} observed days, with {people} people at work.")  # fmt: skip
_USUAL = Text(
    "{unit}のふだんの一日です（{of_days}日の観察から）。", "The usual day of {unit} (from {of_days} observed days)."
)
_EMPTY = Text("この日の記録はありません。", "Nothing was recorded on this day.")
_THIN = Text("{span}は職員が手薄です（仕事は{demand:.1f}人分、勤務は{staff:.1f}人）{weekday}。",
             "{span}: staff are few (work for {demand:.1f} persons, {staff:.1f} on duty){weekday}.")  # fmt: skip
_FLOW = Text(
    "{lane}：{span}は触らない流れです（{first}から{last}まで{tasks}業務、{of_days}日中{days}日）。",
    "{lane}: {span} is a flow not to be cut ({first} to {last}, {tasks} tasks, {days} of {of_days} days).",
)
_BAR = Text("{lane}：{span} {task}（{pattern}）。", "{lane}: {span} {task} ({pattern}).")
_SLOT = Text(
    "高齢者の出番：{span}{weekday} {mode}。{tasks}。", "A place for an older worker: {span}{weekday}, {mode}: {tasks}."
)
_OVERRIDDEN = Text(
    "{task}（{mode}、{when}）：{mark}{answer}。{reason}", "{task} ({mode}, {when}): {mark} {answer}. {reason}"
)
_UNTIMED = Text("時刻は未定", "no set hour")
_NONE = Text("高齢者の出番は見つかっていません。", "No place for an older worker was found.")

HEADINGS: tuple[Text, ...] = (
    Text("開始", "Start"),
    Text("終了", "End"),
    Text("だれ・どこ", "Who or where"),
    Text("何", "What"),
    Text("種類", "Kind"),
)
_KIND_SLOT = Text("出番・{mode}", "Opening, {mode}")
_KIND_THIN = Text("職員が手薄", "Staff are few")


def map_as_text(result: SiteResult, unit: str, day: str | None, language: Language) -> list[str]:
    """The map as sentences, from the whole to the parts; plain text, names as written."""
    seen = picture(result, unit, day, language)
    out = [_opening(seen, language)]
    if not seen.lanes:
        return [*out, _EMPTY.in_(language)]
    for shade in seen.shades:
        weekday = f" {words.weekdays([shade.weekday], language)}" if shade.weekday else ""
        span = words.span(shade.start, shade.end)
        out.append(_THIN.in_(language).format(span=span, demand=shade.demand, staff=shade.staff, weekday=weekday))
    for number, lane in enumerate(seen.lanes):
        out += [_flow(ribbon, lane.label, language) for ribbon in seen.ribbons if ribbon.lane == number]
        others = [b for b in seen.bars if b.lane == number and b.kind is not Pattern.RHYTHMIC_CHAIN]
        out += [_bar(bar, lane.label, language) for bar in others]
    out += [_slot(result, slot, language) for slot in seen.slots] or [_NONE.in_(language)]
    return [*out, *_overridden(result, unit, language)]


def _overridden(result: SiteResult, unit: str, language: Language) -> list[str]:
    """What the sign of a coordinator's word means, and every verdict of the unit that carries one, with its reason."""
    own = [v for v in result.verdicts if v.override is not None and v.unit in (unit, "")]
    if not own:
        return []
    said = []
    for v in own:
        days = words.weekdays(v.weekdays, language)
        hours = _UNTIMED.in_(language) if v.untimed else words.span(v.start, v.end)
        said.append(
            _OVERRIDDEN.in_(language).format(
                task=task_name(result, v.task, language),
                mode=words.MODE[v.mode].in_(language),
                when=f"{days} {hours}".strip(),
                mark=words.MARK[v.suitability],
                answer=words.SUITABILITY[v.suitability].in_(language),
                reason=v.reason.in_(language),
            )
        )
    return [words.OVERRIDE_LEGEND.in_(language), *said]


def map_as_table(result: SiteResult, unit: str, day: str | None, language: Language) -> list[tuple[str, ...]]:
    """The map as rows under `HEADINGS`, by start."""
    seen = picture(result, unit, day, language)
    rows: list[tuple[int, int, str, str, str]] = [
        (s.start, s.end, "", words.weekdays([s.weekday], language) if s.weekday else "", _KIND_THIN.in_(language))
        for s in seen.shades
    ]
    for ribbon in seen.ribbons:
        what = f"{ribbon.first} → {ribbon.last}"
        kind = words.PATTERN[Pattern.RHYTHMIC_CHAIN].in_(language)
        rows.append((ribbon.start, ribbon.end, seen.lanes[ribbon.lane].label, what, kind))
    for bar in seen.bars:
        lane = seen.lanes[bar.lane].label
        rows.append((bar.start, bar.end, lane, bar.label, words.PATTERN[bar.kind].in_(language)))
    for slot in seen.slots:
        kind = _KIND_SLOT.in_(language).format(mode=words.MODE[slot.mode].in_(language))
        rows.append(
            (slot.start, slot.end, words.weekdays(slot.weekdays, language), _tasks(result, slot, language), kind)
        )
    rows.sort(key=lambda r: (r[0], r[1]))
    return [(words.clock(start), words.clock(end), *rest) for start, end, *rest in rows]


def _opening(seen: Picture, language: Language) -> str:
    if seen.day is None or seen.weekday is None:
        return _USUAL.in_(language).format(unit=seen.unit, of_days=seen.of_days)
    weekday = words.WEEKDAY[seen.weekday].in_(language)
    return _DAY.in_(language).format(
        day=seen.day, weekday=weekday, unit=seen.unit, of_days=seen.of_days, people=len(seen.lanes)
    )


def _flow(ribbon: Ribbon, lane: str, language: Language) -> str:
    return _FLOW.in_(language).format(
        lane=lane,
        span=words.span(ribbon.start, ribbon.end),
        first=ribbon.first,
        last=ribbon.last,
        tasks=ribbon.tasks,
        days=ribbon.days,
        of_days=ribbon.of_days,
    )


def _bar(bar: Bar, lane: str, language: Language) -> str:
    return _BAR.in_(language).format(
        lane=lane, span=words.span(bar.start, bar.end), task=bar.label, pattern=words.PATTERN[bar.kind].in_(language)
    )


def _tasks(result: SiteResult, slot: OpenSlot, language: Language) -> str:
    named = [f"{marked(slot, task, mark, language)}{task_name(result, task, language)}" for task, mark in slot.tasks]
    return ("、" if language == "ja" else ", ").join(named)


def _slot(result: SiteResult, slot: OpenSlot, language: Language) -> str:
    mode: Mode = slot.mode
    weekday = words.weekdays(slot.weekdays, language)
    return _SLOT.in_(language).format(
        span=_UNTIMED.in_(language) if slot.untimed else words.span(slot.start, slot.end),
        weekday=f"（{weekday}）" if weekday and language == "ja" else f" {weekday}" if weekday else "",
        mode=words.MODE[mode].in_(language),
        tasks=_tasks(result, slot, language),
    )
