"""What is said of an override: the reason of a verdict it answered, and notes on what it could not do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from carveout.errors import Problem
from carveout.language import LANGUAGES, Language, Text
from carveout.model import WEEKDAYS, Mode, Overridden, Suitability, VerdictOverride
from carveout.observations.problems import NO_GUESS, guess, meant
from carveout.words import MARK, MODE, OVERRIDE, SUITABILITY, plain, span, weekdays

_MOST_NAMED = 6
_SHOWN = 80

LINK = Text(
    "職員の流れの一部なので、判断として残して示しますが、代わる仕事として組み込むことはしません。",
    "It is a link of the staff's flow: the judgement is kept and shown, but no job takes it over.",
)


@dataclass(frozen=True, slots=True)
class Seen:
    """What there is at the place an override names: sites, units, tasks with labels, modes and windows judged."""

    sites: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    tasks: Mapping[str, Text] = field(default_factory=dict)
    modes: tuple[Mode, ...] = ()
    windows: tuple[tuple[int, int, int], ...] = ()


def held_by_law(answer: Suitability, rule: str, source: str) -> Text:
    """Why an answer stays as strict as the law."""
    mark, said = MARK[answer], SUITABILITY[answer]
    return Text(
        f"法令のきまり（規則「{rule}」、出典 {source}）より緩くはできないため、答えは「{mark}{said.ja}」とします。",
        f"The law stands (rule {rule}, source: {source}), so the answer is {mark} {said.en}.",
    )


def reason_of(ruling: Overridden) -> Text:
    """The reason of a verdict that a coordinator answered: theirs, who and when, what the rules said, what holds it."""
    by, was = ruling.by, ruling.was
    mark, answer = MARK[was], SUITABILITY[was]
    ja = f"{OVERRIDE.ja}：{by.reason}（{signed(by)}。規則の答えは{mark}{answer.ja}）"
    en = f"{OVERRIDE.en}: {by.reason} ({signed(by)}; the rules said {mark} {answer.en})"
    if ruling.warning is not None:
        ja, en = f"{ja} {ruling.warning.ja}", f"{en} {ruling.warning.en}"
    return Text(ja, en)


def signed(by: VerdictOverride) -> str:
    """Who put an override and on which day.

    >>> from carveout.model import Mode, Suitability
    >>> signed(VerdictOverride("1", "a", "u", "t", Mode.ASSIST, None, None, None, Suitability.SUITABLE, "", "jc-01",
    ...                        "2026-06-10T09:00:00+00:00"))
    'jc-01 2026-06-10'
    """
    return " ".join(part for part in (by.who, by.at[:10]) if part)


def note(override: VerdictOverride, code: str, seen: Seen, warning: Text | None = None) -> Problem:
    """A warning about an override; `file` is its id, `place` what it speaks of."""
    field_, cause, remedy = _said(override, code, seen, warning)
    place = " / ".join(plain(part) for part in (override.site, override.unit, override.task, override.mode) if part)
    return Problem("warning", code, plain(override.id) or OVERRIDE.en, None, place, field_, cause, remedy)


def _said(override: VerdictOverride, code: str, seen: Seen, warning: Text | None) -> tuple[str, Text, Text]:
    if warning is not None:
        return "suitability", warning, _WHAT_ELSE[code]
    if code == "override_superseded":
        return "at", _SUPERSEDED, _WITHDRAW_ONE
    if code == "override_partial":
        windows = _listed([_window(one) for one in seen.windows])
        return "start", _PARTIAL.format(*_both(windows=windows)), _COVER
    return _missing(override, seen)


def _missing(override: VerdictOverride, seen: Seen) -> tuple[str, Text, Text]:
    """Which part of an override's place names nothing: site, unit, task, mode, or the hours."""
    if not seen.units:
        asked = guess(override.site, seen.sites)
        return "site", _NO_SITE.format(*_both(site=_short(override.site))), _asking(asked, _same(seen.sites))
    if override.unit not in seen.units:
        cause = _NO_UNIT.format(*_both(unit=_short(override.unit) or "-"))
        return "unit", cause, _asking(guess(override.unit, filter(None, seen.units)), _same(seen.units))
    if override.task not in seen.tasks:
        cause = _NO_TASK.format(*_both(task=_short(override.task), unit=_short(override.unit) or "-"))
        return "task", cause, _asking(_meant_task(override.task, seen.tasks), _same(seen.tasks))
    if override.mode not in seen.modes:
        cause = _NO_MODE.format(*_both(task=_short(override.task), mode=MODE[override.mode]))
        return "mode", cause, _asking(NO_GUESS, _listed([MODE[mode] for mode in seen.modes]))
    windows = _listed([_window(one) for one in seen.windows])
    return "start", _OTHER_HOURS.format(*_both(windows=windows)), _COVER


def _meant_task(task: str, tasks: Mapping[str, Text]) -> Text:
    """The code whose label was written in place of it, or a code much like it."""
    named = [code for code, label in tasks.items() if task in (label.ja, label.en)]
    return meant(*named) if named else guess(task, tasks)


def _asking(asked: Text, known: Text) -> Text:
    ja, en = _both(guess=asked, known=known)
    return _CORRECT.format(ja, en)


def _window(window: tuple[int, int, int]) -> Text:
    weekday, start, end = window
    days = None if weekday < 0 else (WEEKDAYS[weekday],)
    ja, en = (f"{weekdays(days, one)} {span(start, end)}".strip() for one in LANGUAGES)
    return Text(ja, en)


def _short(text: str) -> str:
    return plain(text)[:_SHOWN]


def _same(names: Iterable[str]) -> Text:
    codes = [_short(name) or "-" for name in names]
    return _listed([Text(code, code) for code in codes])


def _listed(texts: list[Text]) -> Text:
    """Some of a list in a line, and how many more there are."""
    more = len(texts) - _MOST_NAMED
    ja = "、".join(text.ja for text in texts[:_MOST_NAMED]) + (f"、ほか{more}件" if more > 0 else "")
    en = ", ".join(text.en for text in texts[:_MOST_NAMED]) + (f", {more} more" if more > 0 else "")
    return Text(ja, en)


def _both(**values: str | Text) -> tuple[dict[str, object], dict[str, object]]:
    """Values worded for each language."""

    def worded(language: Language) -> dict[str, object]:
        return {key: value.in_(language) if isinstance(value, Text) else value for key, value in values.items()}

    return worded("ja"), worded("en")


_NO_SITE = Text("施設「{site}」の記録がありません", "no record of site {site}, so nothing is overridden")
_NO_UNIT = Text("ユニット「{unit}」には判断がありません", "there is no verdict in unit {unit}")
_NO_TASK = Text("「{unit}」に業務「{task}」の判断がありません", "there is no verdict on task {task} in {unit}")
_NO_MODE = Text("業務「{task}」には「{mode}」の判断がありません", "task {task} has no verdict in mode {mode}")
_OTHER_HOURS = Text(
    "その曜日・時間にはこの業務の判断がありません（判断の時間帯：{windows}）",
    "there is no verdict on it on these weekdays and hours (judged: {windows})",
)
_PARTIAL = Text(
    "曜日・時間が、この業務の判断の一部にしかかからないため、改めていません（判断の時間帯：{windows}）",
    "it reaches only a part of the verdicts on this task, so none is overridden (judged: {windows})",
)
_SUPERSEDED = Text("あとから書かれた別の判断が代わりに使われています", "a later override stands in its place")
_CORRECT = Text("{guess}書き方を確かめてください。あるもの：{known}", "{guess}check the spelling; there are: {known}")
_COVER = Text(
    "判断の曜日をすべて、時間の半分以上を含むように直すか、曜日・時間を書かずにおいてください",
    "include all weekdays and at least half of the hours of a verdict, or leave weekdays and hours out",
)
_WITHDRAW_ONE = Text("不要なほうを取り下げてください", "withdraw the one that is not needed")
_WHAT_ELSE = {
    "override_held_by_law": Text(
        "業務の属性（医行為・資格など）が実際と違うときは、業務の属性のほうを直してください",
        "if what is declared of the task (medical act, qualification ...) is wrong, correct that instead",
    ),
    "override_of_link": Text(
        "流れのそばで手を添える形（添う）にできないか、現場と相談してください",
        "ask on the floor whether help beside the flow (assist) would do",
    ),
}
