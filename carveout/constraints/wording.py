"""How a limit is said once an offer is held against it: kept, or broken with what to do about it.

{value} and {limit} are worded numbers; further placeholders are named where a check fills them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from carveout.constraints.offer import OfferedTask
from carveout.language import LANGUAGES, Language, Text
from carveout.model import WEEKDAYS, Weekday
from carveout.words import weekdays

_NAMED = 4  # tasks named in a sentence; of more only the number is said


@dataclass(frozen=True, slots=True)
class Words:
    """What to say of a check when it holds and when it does not."""

    kept: Text
    broken: Text


WORDS: Mapping[str, Words] = {
    "weekly-hours": Words(
        Text(
            "一人あたり週{value}時間で、上限の週{limit}時間に収まります。",
            "{value} hours a week per person, within the {limit} allowed.",
        ),
        Text(
            "一人あたり週{value}時間で、上限の週{limit}時間を超えます。時間か日数を減らすか、分け合う人を増やしてください。{more}",
            "{value} hours a week per person, above the {limit} allowed. Cut hours or days, or let more share it."
            "{more}",
        ),
    ),
    "days-per-month": Words(
        Text(
            "一人あたり月に約{value}日で、臨時的かつ短期的な就業の目安（月{limit}日程度）に収まります。",
            "About {value} days a month per person, within the {limit} or so of temporary and short-term work.",
        ),
        Text(
            "一人あたり月に約{value}日で、臨時的かつ短期的な就業の目安（月{limit}日程度）も超えます。日数を減らすか、分け合う人を増やしてください。",
            "About {value} days a month per person, above the {limit} or so of temporary and short-term work as well. "
            "Cut days, or let more people share it.",
        ),
    ),
    "day-hours": Words(
        Text(
            "1日{value}時間までで、法律の1日{limit}時間に収まります。",
            "At most {value} hours a day, within the {limit} of the law.",
        ),
        Text(
            "{days}は1日{value}時間で、法律の1日{limit}時間を超えます。その日の時間を短くしてください。",
            "{days}: {value} hours a day, above the {limit} of the law. Shorten that day.",
        ),
    ),
    "break": Words(
        Text(
            "休憩は足りています（要る休憩{limit}分、取れる休憩{value}分）。",
            "Breaks are long enough ({limit} minutes needed, {value} there).",
        ),
        Text(
            "{days}は{hours}時間働くのに休憩が{value}分です。{limit}分以上の休憩を間に入れてください。",
            "{days}: {hours} hours of work with a break of {value} minutes. Put at least {limit} minutes in between.",
        ),
    ),
    "no-break-needed": Words(
        Text(
            "6時間を超えて働く日はないので、法律の定める休憩は要りません。",
            "No day has more than six hours of work, so the law asks for no break.",
        ),
        Text("", ""),
    ),
    "weekly-rest": Words(
        Text(
            "一人あたり週{value}日で、週に1日は休めます。", "Days a week per person: {value}, which leaves a day off."
        ),
        Text(
            "一人あたり週{value}日で、週に1日の休みが取れません。日数を減らすか、分け合う人を増やしてください。",
            "Days a week per person: {value}, which leaves no day off. Cut a day, or let more people share it.",
        ),
    ),
    "lifting": Words(
        Text(
            "{value}kgの物は、体重からみた目安の{limit}kgまでに収まります。",
            "{value} kg is within the {limit} kg for this body weight.",
        ),
        Text(
            "{value}kgの物は、体重からみた目安の{limit}kgを超えます。小分けにするか、台車や二人で運んでください。",
            "{value} kg is above the {limit} kg for this body weight. Divide it, use a trolley, or carry it by two.",
        ),
    ),
    "days-per-week": Words(
        Text(
            "一人あたり週{value}日で、目安の週{limit}日に収まります。",
            "Days a week per person: {value}, within {limit}.",
        ),
        Text(
            "一人あたり週{value}日で、目安の週{limit}日を超えます。日数を減らすか、分け合う人を増やしてください。",
            "Days a week per person: {value}, above {limit}. Cut a day, or let more people share it.",
        ),
    ),
    "people": Words(
        Text("{value}人で受け持ち、目安の{limit}人に収まります。", "People who share it: {value}, within {limit}."),
        Text(
            "{value}人で分け合い、目安の{limit}人を超えます。人数を減らすか、仕事を二つに分けてください。",
            "People who share it: {value}, above {limit}. Take fewer people, or make two jobs of it.",
        ),
    ),
    "shift-shortest": Words(
        Text(
            "いちばん短い回で{value}時間あり、下限の{limit}時間を満たします。",
            "The shortest shift has {value} hours, at least {limit}.",
        ),
        Text(
            "{days}の{value}時間の回は、下限の{limit}時間より短くなります。ほかの仕事と合わせるか、その回をやめてください。",
            "{days}: a shift of {value} hours is shorter than {limit}. Add other work, or drop it.",
        ),
    ),
    "shift-longest": Words(
        Text(
            "いちばん長い回で{value}時間で、上限の{limit}時間に収まります。",
            "The longest shift has {value} hours, at most {limit}.",
        ),
        Text(
            "{days}の{value}時間の回は、上限の{limit}時間を超えます。短くするか、間をあけて二回に分けてください。",
            "{days}: a shift of {value} hours is longer than {limit}. Shorten it, or make two of it with a gap.",
        ),
    ),
    "day-span": Words(
        Text(
            "始まりから終わりまで最大{value}時間で、上限の{limit}時間に収まります。",
            "At most {value} hours from first start to last end, within {limit}.",
        ),
        Text(
            "{days}は始まりから終わりまで{value}時間で、上限の{limit}時間を超えます。朝か夕方のどちらかにしてください。",
            "{days}: {value} hours from first start to last end, above {limit}. Keep to the morning or the evening.",
        ),
    ),
    "split-gap": Words(
        Text(
            "1日に2回働く日も、間が{value}時間あります（目安は{limit}時間以上）。",
            "Hours between two shifts of a day: {value} ({limit} or more are usual).",
        ),
        Text(
            "{days}は1日に2回働く間が{value}時間しかありません（目安は{limit}時間以上）。続けて働くか、間をあけてください。",
            "{days}: hours between two shifts: only {value} ({limit} or more are usual). Work on, or widen the gap.",
        ),
    ),
    "earliest": Words(
        Text(
            "いちばん早い日でも{value}に始まり、{limit}より前にはなりません。",
            "It never starts before {limit} (earliest: {value}).",
        ),
        Text(
            "{days}は{value}に始まり、{limit}より早くなります。始まりを遅くしてください。",
            "{days}: it starts at {value}, before {limit}. Start later.",
        ),
    ),
    "latest": Words(
        Text(
            "いちばん遅い日でも{value}に終わり、{limit}より後にはなりません。",
            "It never ends after {limit} (latest: {value}).",
        ),
        Text(
            "{days}は{value}に終わり、{limit}より遅くなります。終わりを早めてください。",
            "{days}: it ends at {value}, after {limit}. End earlier.",
        ),
    ),
    "load": Words(
        Text("引き受けられる負荷を超える仕事はありません。", "No task is heavier than the person can take."),
        Text(
            "{tasks}は、引き受けられる負荷を超えます。外すか、別の人を探してください。",
            "Heavier than the person can take: {tasks}. Leave it out, or find someone else.",
        ),
    ),
    "bodily-contact": Words(
        Text("身体に触れる仕事はありません。", "No task means bodily contact."),
        Text(
            "{tasks}は身体に触れる仕事です。外すか、別の人を探してください。",
            "Work with bodily contact: {tasks}. Leave it out, or find someone else.",
        ),
    ),
    "verdict": Words(
        Text(
            "どの仕事も「適している」か「条件付き」と判断されています。",
            "Every task was judged suitable or conditional.",
        ),
        Text(
            "{tasks}は「適当ではない」か「判断保留」です。外すか、理由を確かめて形を変えてください。",
            "Judged unsuitable or left undetermined: {tasks}. Leave it out, or look at the reason and change its form.",
        ),
    ),
    "observed-days": Words(
        Text(
            "{value}日の観察に基づいています（目安は{limit}日以上）。",
            "Observed days it rests on: {value} ({limit} or more are wanted).",
        ),
        Text(
            "観察した日は{value}日で、目安の{limit}日に足りません。同じ曜日や時間帯をもう一度観察してください。",
            "Observed days it rests on: {value}, fewer than {limit}. Observe the same weekday and hours again.",
        ),
    ),
    "covered-share": Words(
        Text(
            "どの回も時間の{value}以上が、観察された仕事で埋まります（目安は{limit}以上）。",
            "At least {value} of every shift is filled by observed work ({limit} or more are wanted).",
        ),
        Text(
            "観察された仕事が時間の{value}しかない回があります（目安は{limit}以上）。時間を短くするか、仕事を足してください。",
            "Observed work fills only {value} of some shift ({limit} or more are wanted). Shorten it, or add work.",
        ),
    ),
}


def number(value: float) -> str:
    """A number as people write it: one decimal at most.

    >>> number(8.6667), number(20.0), number(0.25)
    ('8.7', '20', '0.3')
    """
    return f"{round(value + 1e-9, 1):g}"


def share(value: float) -> str:
    """A share as whole per cent.

    >>> share(0.33)
    '33%'
    """
    return f"{round(100 * value)}%"


def named(tasks: Sequence[OfferedTask], language: Language) -> str:
    """Tasks by name, each once; of many the first few and how many more."""
    names = list(dict.fromkeys(task.name.in_(language) for task in tasks))
    shown, rest = names[:_NAMED], len(names) - _NAMED
    if language == "ja":
        return "".join(f"「{name}」" for name in shown) + (f"など{len(names)}件" if rest > 0 else "")
    return ", ".join(shown) + (f" and {rest} more" if rest > 0 else "")


def both_named(tasks: Sequence[OfferedTask]) -> Text:
    """Tasks by name in both languages."""
    ja, en = (named(tasks, language) for language in LANGUAGES)
    return Text(ja, en)


def both_days(days: Iterable[Weekday]) -> Text:
    """Weekdays in the order of the week, in both languages."""
    order = sorted(days, key=WEEKDAYS.index)
    return Text(weekdays(order, "ja"), weekdays(order, "en"))
