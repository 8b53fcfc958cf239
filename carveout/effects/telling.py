"""What a job changes, in two to five sentences of both languages."""

from __future__ import annotations

from carveout import words
from carveout.effects.results import Effects
from carveout.language import LANGUAGES, Language, Text
from carveout.model import Job, Mode, Weekday

_RELIEF = Text(
    "職員の仕事は週におよそ{likely}分減る見込みです（{range}{missing}）。",
    "The job may take about {likely} minutes of work a week off the staff ({range}{missing}).",
)
_RANGE = Text("{low}分から{high}分の間", "between {low} and {high}")
_FROM_NONE = Text("減らない施設もあり、多くて{high}分", "none at some sites, {high} at most")
_MISSING = Text(
    "、観察の記録にない{n}分は数えていません", "; {n} minutes that the observed days do not hold are not counted"
)
_NO_HOURS = Text(
    "この仕事にはまだ曜日と時間がありません。決めると、職員の仕事がどう変わるかを示します。",
    "The job has no weekdays and hours yet. Once it has, this shows how the staff's work changes.",
)
_RATIO_NONE = Text(
    "観察した仕事を週に{covered}分引き受けますが、職員の仕事が減るとは見込んでいません。",
    "It covers {covered} observed minutes a week, but no relief of the staff is counted on.",
)
_ONLY_ADVICE = Text(
    "助言の仕事なので、職員の仕事が減るとは見込みません。", "It is advice, so no relief of the staff is counted on."
)
_ONLY_TOLD = Text(
    "この仕事が引き受ける分を観察の記録で確かめられないため、職員の仕事がどれだけ減るかは示せません。",
    "The observed days show no work of it that one can count on, so how much it relieves the staff cannot be said.",
)
_MOST = Text(
    "いちばん楽になるのは{unit}{weekday}曜の{span}で、手元の仕事は平均{demand:.1f}人分から{after:.1f}人分になります"
    "（勤務中の職員は{staff:.1f}人）。",
    "The greatest relief is {unit}on {weekday}, {span}: work at hand goes from {demand:.1f} to {after:.1f} persons on "
    "average, with {staff:.1f} on duty.",
)
_THIN = Text(
    "引き受ける仕事のうち週{thin}分は、職員が手薄な時間帯にあります。",
    "Of the work it covers, {thin} minutes a week lie where staff are few.",
)
_UNTIMED = Text(
    "準備で減る週{untimed}分は、時間帯が決まらないので曜日ごとの図には入れていません。",
    "The {untimed} minutes a week relieved by preparing have no hour, so the curves leave them out.",
)
_BOTH = Text(
    "引き受ける仕事のうち週{thin}分は職員が手薄な時間帯にあり、準備で減る週{untimed}分は時間帯が決まらないので"
    "曜日ごとの図には入れていません。",
    "Of the work it covers, {thin} minutes a week lie where staff are few; the {untimed} minutes relieved by preparing "
    "have no hour, so the curves leave them out.",
)
_WHOLE = Text(
    "触らない流れ{n}本は、どれも切らずに職員の手に残ります{assisted}。",
    "All flows not to be cut ({n}) stay whole in the staff's hands{assisted}.",
)
_ASSISTED = Text("（うち{m}本では職員のそばで手を添えます）", "; in {m}, a hand is lent beside staff")
_CUT = Text(
    "触らない流れ{n}本のうち{m}本を切ってしまいます（{tasks}は流れの一部です）。",
    "It would cut {m} of the {n} flows that are not to be cut ({tasks} belong to a flow).",
)
_NO_FLOW = Text("触らない流れは見つかっていません。", "No flow that must not be cut was found.")
_NEVER = Text(
    "{days}曜はまだ観察していないので、その日の増減は示せません。",
    "No {days} was observed yet, so the change of that day cannot be shown.",
)
_ONCE = Text("{days}曜の線は1日だけの観察によります。", "The curves of {days} rest on a single observed day.")
_NEVER_AND_ONCE = Text(
    "{never}曜はまだ観察していないので増減を示せず、{once}曜の線は1日だけの観察によります。",
    "No {never} was observed yet, so its change cannot be shown; the curves of {once} rest on a single day.",
)


def told(found: Effects, job: Job, labels: dict[str, Text]) -> Text:
    """The sentences, what matters most first. labels: names of tasks by code."""
    if not found.days:
        return _NO_HOURS
    parts = [_relief(found, job), _most(found), _where(found), _flows(found, job, labels), _seen(found)]
    said = [part for part in parts if part is not None]
    return Text("".join(part.ja for part in said), " ".join(part.en for part in said))


def _both(text: Text, **values: object) -> Text:
    """Fill both wordings; a `Text` among the values is put in in the wording's own language."""
    ja, en = (
        {key: value.in_(language) if isinstance(value, Text) else value for key, value in values.items()}
        for language in LANGUAGES
    )
    return text.format(ja, en)


def _relief(found: Effects, job: Job) -> Text:
    relief = found.relief
    if relief.covered < 0.5:
        modes = {task.mode for slot in job.slots for task in slot.tasks}
        return _ONLY_ADVICE if modes == {Mode.ADVISE} else _ONLY_TOLD
    if relief.likely < 0.5:
        return _both(_RATIO_NONE, covered=round(relief.covered))
    span = _both(_RANGE if relief.low >= 0.5 else _FROM_NONE, low=round(relief.low), high=round(relief.high))
    missing = _both(_MISSING, n=round(found.missing)) if found.missing >= 0.5 else Text("", "")
    return _both(_RELIEF, likely=round(relief.likely), range=span, missing=missing)


def _most(found: Effects) -> Text | None:
    most = found.worst
    if most is None:
        return None
    several = len({day.unit for day in found.days}) > 1
    unit = Text(f"{most.unit}の", f"in {most.unit} ") if several else Text("", "")
    return _both(
        _MOST,
        unit=unit,
        weekday=words.WEEKDAY[most.weekday],
        span=words.span(most.start, most.end),
        demand=most.demand,
        after=most.demand_after,
        staff=most.staff,
    )


def _where(found: Effects) -> Text | None:
    thin, untimed = round(found.relief.thin), round(found.untimed)
    if thin and untimed:
        return _both(_BOTH, thin=thin, untimed=untimed)
    if thin:
        return _both(_THIN, thin=thin)
    return _both(_UNTIMED, untimed=untimed) if untimed else None


def _flows(found: Effects, job: Job, labels: dict[str, Text]) -> Text:
    count = len(found.untouched) + len(found.cut)
    if found.cut:
        links = {task for chain in found.cut for task in chain.tasks}
        held = {t.task for slot in job.slots for t in slot.tasks if t.mode is Mode.TAKE_OVER and t.task in links}
        names = [labels.get(task, Text(task, task)) for task in sorted(held)]
        tasks = Text("・".join(n.ja for n in names), ", ".join(n.en for n in names))
        return _both(_CUT, n=count, m=len(found.cut), tasks=tasks)
    if not count:
        return _NO_FLOW
    assisted = _both(_ASSISTED, m=len(found.assisted)) if found.assisted else Text("", "")
    return _both(_WHOLE, n=count, assisted=assisted)


def _seen(found: Effects) -> Text | None:
    never = _weekdays([day.weekday for day in found.days if not day.observed_days])
    once = _weekdays([day.weekday for day in found.days if day.observed_days == 1])
    if never and once:
        return _both(_NEVER_AND_ONCE, never=never, once=once)
    if never:
        return _both(_NEVER, days=never)
    return _both(_ONCE, days=once) if once else None


def _weekdays(days: list[Weekday]) -> Text | None:
    unique = list(dict.fromkeys(days))

    def named(language: Language) -> str:
        return ("・" if language == "ja" else ", ").join(words.WEEKDAY[day].in_(language) for day in unique)

    return Text(named("ja"), named("en")) if unique else None
