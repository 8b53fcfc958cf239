"""What a job says of itself: its title, why it is as it is, what it leaves alone, what a further stage changes."""

from __future__ import annotations

from collections.abc import Sequence

from carveout.jobs.aims import Goal
from carveout.language import LANGUAGES, Language, Text
from carveout.model import (
    WEEKDAYS,
    Job,
    Mode,
    NotIncluded,
    Pattern,
    SiteResult,
    Slot,
    Step,
    Suitability,
    Weekday,
)
from carveout.words import CHANNEL, MODE, span, unit_name, weekdays

_NOT_BUNDLED = Text(
    "切り出せる仕事ですが、抱き合わせる仕事がその時間にないか、この仕事の時間帯に入らないため、含めていません。",
    "It could be carved out, but it lies outside this job's hours or there is no other work to bundle it with.",
)

_HELD_BACK = (Suitability.UNSUITABLE, Suitability.UNDETERMINED)


def title_of(result: SiteResult, slots: Sequence[Slot], hours: float) -> Text:
    """Units of a site with several, the work that makes the job (taken over first), how many days and hours."""
    minutes: dict[tuple[bool, bool, str], float] = {}
    for slot in slots:
        for t in slot.tasks:
            key = (not t.promised, t.mode is not Mode.TAKE_OVER, t.task)
            minutes[key] = minutes.get(key, 0.0) + t.minutes
    order = list(dict.fromkeys(task for *_, task in sorted(minutes, key=lambda key: (key[:2], -minutes[key], key[2]))))
    units = list(dict.fromkeys(slot.unit for slot in slots)) if len(result.units) > 1 else []

    def said(language: Language) -> str:
        names = [_name(result, task, language) for task in order[:2]]
        when = weekdays(_days(slots), language)
        more = len(order) > 2
        if language == "ja":
            place = "・".join(unit_name(unit).ja for unit in units[:2]) + ("ほか" if len(units) > 2 else "")
            work = f"{'と'.join(names)}{'など' if more else ''}" if names else "仕事"
            return f"{place}{'：' if place else ''}{work}（{when}、週{hours:g}時間）"
        place = ", ".join(unit_name(unit).en for unit in units[:2]) + (" and more" if len(units) > 2 else "")
        work = f"{' and '.join(names)}{', and more' if more else ''}" if names else "work"
        return f"{place}{': ' if place else ''}{work} ({when}; {hours:g} h a week)"

    ja, en = (said(language) for language in LANGUAGES)
    return Text(ja, en)


def left_alone(result: SiteResult, slots: Sequence[Slot]) -> tuple[NotIncluded, ...]:
    """What a job leaves alone: work that must not be taken over, work without company, what a coordinator held back."""
    units = {slot.unit for slot in slots}
    inside = {(t.task, t.mode) for slot in slots for t in slot.tasks}
    left: dict[str, NotIncluded] = {}
    held: dict[tuple[str, Mode], NotIncluded] = {}
    for verdict in result.verdicts:
        if verdict.unit not in (*units, "") or (verdict.task, verdict.mode) in inside:
            continue
        if verdict.mode is not Mode.TAKE_OVER:
            if verdict.by_coordinator and verdict.suitability in _HELD_BACK:
                held.setdefault((verdict.task, verdict.mode), NotIncluded(verdict.task, verdict.mode, verdict.reason))
            continue
        if verdict.task in left:
            continue
        warned = verdict.override is not None and verdict.override.warning is not None
        contracted = verdict.pattern is Pattern.CONTRACTED and not verdict.by_coordinator
        if verdict.suitability is Suitability.UNSUITABLE or contracted or warned:
            left[verdict.task] = NotIncluded(verdict.task, verdict.mode, verdict.reason)
        elif verdict.suitability is not Suitability.UNDETERMINED:
            left[verdict.task] = NotIncluded(verdict.task, verdict.mode, _NOT_BUNDLED)
    return (*(left[task] for task in sorted(left)), *(held[key] for key in sorted(held)))


def why(result: SiteResult, goal: Goal, slots: Sequence[Slot], peaks: Sequence[str]) -> tuple[Text, ...]:
    """Why these hours and this work, a sentence each: the aim, thin hours, peaks, visits of a day, what stays open."""
    said = [goal.means]
    thin = sum(t.thin for slot in slots for t in slot.tasks if t.promised)
    if thin >= 1:
        figures = {"n": round(thin)}
        said.append(
            Text(
                "職員が手薄になる時間帯を、週に延べ約{n}分支えます。",
                "It supports about {n} minutes a week where staff are few.",
            ).format(figures, figures)
        )
    for task in peaks:
        days = [s.weekday for s in slots if any(t.task == task and t.mode is Mode.TAKE_OVER for t in s.tasks)]
        if days:
            ja, en = ({"task": _name(result, task, one), "days": weekdays(days, one)} for one in LANGUAGES)
            said.append(
                Text(
                    "{days}に集中する{task}を、同じ日のほかの仕事と抱き合わせています。",
                    "{task}, which gathers on {days}, is bundled with other work of the day.",
                ).format(ja, en)
            )
    twice = sorted({s.weekday for s in slots if sum(o.weekday is s.weekday for o in slots) > 1}, key=WEEKDAYS.index)
    if twice:
        ja, en = ({"days": weekdays(twice, one)} for one in LANGUAGES)
        said.append(
            Text(
                "{days}は、受け持つ仕事のある二つの時間帯に分けています。間は休憩で、働く時間に数えません。",
                "On {days} there are two stretches, each with work of its own; the time between is not working time.",
            ).format(ja, en)
        )
    length = sum(slot.end - slot.start for slot in slots)
    certain = sum(t.minutes for slot in slots for t in slot.tasks if t.promised)
    if length:
        share = {"share": f"{certain / length:.0%}"}
        said.append(
            Text(
                "決まって見込める仕事は、働く時間の{share}です。残りは、ときどきの仕事や移動、声かけにあてます。",
                "Work one can count on fills {share} of the hours; the rest is for work that comes now and then, for "
                "moving about and for talking with people.",
            ).format(share, share)
        )
    return tuple(said)


def step_of(result: SiteResult, before: Job, after: Job) -> Step:
    """What a stage adds to the one before it, and which terms of the contract that amends."""
    known = {(t.task, t.mode) for slot in before.slots for t in slot.tasks}
    added = tuple(
        dict.fromkeys((t.task, t.mode) for slot in after.slots for t in slot.tasks if (t.task, t.mode) not in known)
    )
    days = tuple(day for day in _days(after.slots) if day not in _days(before.slots))
    return Step(before.id, added, after.weekly_hours - before.weekly_hours, days, _amends(result, before, after, added))


def _amends(result: SiteResult, before: Job, after: Job, added: Sequence[tuple[str, Mode]]) -> tuple[Text, ...]:
    terms: list[Text] = []
    if added:
        ja, en = (
            {"tasks": ("、" if one == "ja" else ", ").join(_named(result, pair, one) for pair in added)}
            for one in LANGUAGES
        )
        terms.append(Text("業務の内容：{tasks}を加えます。", "Work: adds {tasks}.").format(ja, en))
    if [(s.weekday, s.start, s.end) for s in before.slots] != [(s.weekday, s.start, s.end) for s in after.slots]:
        ja, en = ({"was": _hours(before, one), "now": _hours(after, one)} for one in LANGUAGES)
        terms.append(
            Text("就業日・時間：{was}から{now}に変わります。", "Days and hours: from {was} to {now}.").format(ja, en)
        )
    assists = [any(t.mode is Mode.ASSIST for s in job.slots for t in s.tasks) for job in (before, after)]
    if assists == [False, True]:
        terms.append(
            Text(
                "指示をする人：職員のそばで手を添える仕事が加わるため、指示をする職員を定めます。",
                "Who directs: work beside staff is added, so the member of staff who directs it is to be named.",
            )
        )
    if before.channel != after.channel:
        ja, en = (
            {"was": CHANNEL[before.channel].in_(one), "now": CHANNEL[after.channel].in_(one)} for one in LANGUAGES
        )
        terms.append(
            Text("契約のかたち：{was}から{now}に変わります。", "Form of contract: from {was} to {now}.").format(ja, en)
        )
    if before.people != after.people:
        figures = {"was": before.people, "now": after.people}
        terms.append(
            Text(
                "人数：{was}人から{now}人で分け合う形に変わります。", "People: from {was} to {now} who share the week."
            ).format(figures, figures)
        )
    places = [{s.unit for s in job.slots} for job in (before, after)]
    if new := sorted(places[1] - places[0]):
        names = [unit_name(unit) for unit in new]
        where = {"units": "、".join(n.ja for n in names)}, {"units": ", ".join(n.en for n in names)}
        terms.append(Text("場所：{units}が加わります。", "Place: adds {units}.").format(*where))
    return tuple(terms)


def _hours(job: Job, language: Language) -> str:
    """Days with their hours in short: equal hours named once."""
    by_hours: dict[str, list[Weekday]] = {}
    for slot in job.slots:
        by_hours.setdefault(span(slot.start, slot.end), []).append(slot.weekday)
    parts = [f"{weekdays(dict.fromkeys(days), language)} {when}" for when, days in by_hours.items()]
    return ("、" if language == "ja" else "; ").join(parts)


def _named(result: SiteResult, pair: tuple[str, Mode], language: Language) -> str:
    name, mode = _name(result, pair[0], language), MODE[pair[1]].in_(language)
    return f"{name}（{mode}）" if language == "ja" else f"{name} ({mode.lower()})"


def _name(result: SiteResult, task: str, language: Language) -> str:
    return result.task_labels.get(task, Text(task, task)).in_(language)


def _days(slots: Sequence[Slot]) -> list[Weekday]:
    return sorted({slot.weekday for slot in slots}, key=WEEKDAYS.index)
