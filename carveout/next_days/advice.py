"""What a coordinator should observe next: which days, and which tasks, would make the verdicts surer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from carveout.language import Text
from carveout.model import WEEKDAYS, SiteResult, Suitability, Verdict
from carveout.words import WEEKDAY

_NAMED = 6


def what_to_observe_next(result: SiteResult) -> tuple[Text, ...]:
    """Advice in the order of its weight: units seen once, weekdays not yet seen, work only told, verdicts held back."""
    advice = [*_seen_once(result), *_missing_weekdays(result)]
    told = [v for v in result.verdicts if v.confidence.days == 0]
    if told:
        advice.append(
            _about_tasks(
                result,
                told,
                Text(
                    "聞き取りだけの業務です。行われる曜日と時間に立ち会ってください：{tasks}",
                    "Only told so far; be there on its day and hour: {tasks}",
                ),
            )
        )
    held = [v for v in result.verdicts if v.suitability is Suitability.UNDETERMINED and v.confidence.days > 0]
    if held:
        advice.append(
            _about_tasks(
                result,
                held,
                Text(
                    "判断を保留した業務です。前後に何をし、誰が担うのかを書き留めてください：{tasks}",
                    "Held back; note what comes before and after, and who does it: {tasks}",
                ),
            )
        )
    return tuple(advice)


def _seen_once(result: SiteResult) -> Iterable[Text]:
    for unit in result.units:
        if result.days_of_unit[unit] == 1:
            yield Text(
                "{unit}は一日だけの観察です。別の日をもう一日観察すると、繰り返す流れかどうかがわかります。",
                "{unit} was seen on one day only; a second day will show what recurs.",
            ).format({"unit": unit}, {"unit": unit})


def _missing_weekdays(result: SiteResult) -> Iterable[Text]:
    """Units with more than one day that lack a weekday from Monday to Friday."""
    seen: dict[str, set[int]] = {}
    for unit, day in {(o.unit, o.date) for o in result.occurrences}:
        seen.setdefault(unit, set()).add(date.fromisoformat(day).weekday())
    for unit in result.units:
        missing = [WEEKDAY[WEEKDAYS[day]] for day in range(5) if day not in seen.get(unit, set())]
        if missing and result.days_of_unit[unit] > 1:
            yield Text(
                "{unit}は{days}曜をまだ観察していません。曜日に集中する業務があるかもしれません。",
                "{unit} has not been seen on {days}; work of those weekdays may be missing.",
            ).format(
                {"unit": unit, "days": "・".join(day.ja for day in missing)},
                {"unit": unit, "days": ", ".join(day.en for day in missing)},
            )


def _about_tasks(result: SiteResult, verdicts: Iterable[Verdict], wording: Text) -> Text:
    codes = list(dict.fromkeys(v.task for v in verdicts))
    labels = [result.task_labels.get(code, Text(code, code)) for code in codes[:_NAMED]]
    more = len(codes) - len(labels)
    ja = "、".join(label.ja for label in labels) + (f"、ほか{more}件" if more else "")
    en = ", ".join(label.en for label in labels) + (f" and {more} more" if more else "")
    return wording.format({"tasks": ja}, {"tasks": en})
