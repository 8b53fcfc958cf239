"""Why a verdict is what it is: records first, sentences after.

Records hold codes and numbers and can be charted or translated anew; `text` says them in both languages, in the order
in which one would ask: what was seen, what was measured, which rule spoke (and which others), how sure, what next.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from carveout.detectors.bounds import lower_bound
from carveout.language import LANGUAGES, Language, Text
from carveout.model import WEEKDAYS, Level, Suitability, Verdict
from carveout.rules import wording
from carveout.rules.override_notes import signed
from carveout.rules.rulebook import Rulebook
from carveout.rules.subjects import confidence_numbers
from carveout.words import LEVEL, MARK, OVERRIDE, SUITABILITY

# Beyond so many further days nobody plans; "many more" is said instead.
_FORESEEABLE = 20


class Kind(StrEnum):
    """What a record is about, in the order of the explanation."""

    SEEN = "seen"
    MEASURED = "measured"
    OVERRIDDEN = "overridden"
    DECIDED = "decided"
    ALSO = "also"
    SURE = "sure"
    NEXT = "next"


class Step(StrEnum):
    """What would make a verdict surer."""

    OBSERVE_AS_TOLD = "observe_as_told"
    SECOND_DAY = "second_day"
    MORE_DAYS = "more_days"
    MANY_MORE_DAYS = "many_more_days"
    ASK_CONTRACTOR = "ask_contractor"
    ASK_STAFF = "ask_staff"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Record:
    """One thing that is the case. values: codes and numbers by name; text: the same in words."""

    kind: Kind
    values: Mapping[str, float | int | str | bool]
    text: Text


@dataclass(frozen=True, slots=True)
class Explanation:
    """The records of one verdict in order, and the sentences that tell it without saying anything twice."""

    records: tuple[Record, ...]
    text: Text


def explain(verdict: Verdict, rulebook: Rulebook, numbers: Mapping[str, float] | None = None) -> Explanation:
    """The full explanation of a verdict.

    numbers: those it was judged with, if not those of `confidence_numbers`.
    """
    threshold = {**confidence_numbers(), **(numbers or {})}["established_low"]
    records = (
        _seen(verdict),
        *_measured(verdict),
        *_overridden(verdict),
        _decided(verdict, rulebook),
        *_also(verdict, rulebook),
        _sure(verdict, threshold),
        _next(verdict, threshold),
    )
    # The reason itself ends with what was seen and measured; said once is enough.
    said = [record.text for record in records if record.kind not in (Kind.SEEN, Kind.MEASURED)]
    ja, en = ("\n".join(text.in_(language) for text in said) for language in LANGUAGES)
    return Explanation(records, Text(ja, en))


def further_days(days: int, of_days: int, threshold: float) -> int | None:
    """How many more days that agree would establish what was seen; None if more than anyone plans.

    >>> further_days(2, 2, 0.6), further_days(10, 10, 0.6), further_days(1, 10, 0.6)
    (4, 0, None)
    """
    more = np.arange(_FORESEEABLE + 1)
    enough = np.flatnonzero(lower_bound(days + more, of_days + more) >= threshold)
    return int(enough[0]) if len(enough) else None


def _weekday(verdict: Verdict) -> int:
    return -1 if verdict.weekdays is None else WEEKDAYS.index(verdict.weekdays[0])


def _hours(verdict: Verdict) -> Text:
    """The window of a verdict in words."""
    if verdict.untimed:
        return Text("時間は未定", "time not told")
    hours = wording.window(verdict.start, verdict.end, -1, "ja")
    return Text(hours, hours)


def _be_there(verdict: Verdict) -> Text:
    """To observe what was only told, on the weekday and at the hours that were told, or to ask for them."""
    weekday, hours = _weekday(verdict), _hours(verdict).ja
    day = Text(wording.weekday_name(weekday, "ja"), wording.weekday_name(weekday, "en")) if weekday >= 0 else None
    if verdict.untimed:
        return (
            Text(
                f"{day.ja}の何時ごろに行うかを尋ね、立ち会う", f"ask at what time on {day.en} it is done, and be there"
            )
            if day
            else Text("いつ行うかを職員に尋ね、立ち会う", "ask staff when it is done, and be there")
        )
    return (
        Text(f"聞いたとおりか、{day.ja}の{hours}に立ち会う", f"be there on a {day.en}, {hours}")
        if day
        else Text(f"聞いたとおりか、{hours}に立ち会う", f"be there at {hours}")
    )


def _seen(verdict: Verdict) -> Record:
    c, weekday = verdict.confidence, _weekday(verdict)
    ja, en = (wording.seen(verdict.evidence, weekday, language) for language in LANGUAGES)
    when = _hours(verdict)
    values: dict[str, float | int | str | bool] = {
        "days": c.days,
        "of_days": c.of_days,
        "start": verdict.start,
        "end": verdict.end,
        "rows": len(verdict.rows),
        "pattern": str(verdict.pattern),
        "thin": verdict.thin,
    }
    if weekday >= 0:
        values["weekday"] = str(WEEKDAYS[weekday])
    return Record(Kind.SEEN, values, Text(f"見えたこと：{ja}、{when.ja}。", f"What was seen: {en}, {when.en}."))


# How each measured value is said; a value without a wording is kept in the evidence alone.
_MEASURED: Mapping[str, tuple[str, Text]] = {
    "minutes_per_day": ("{:.0f}", Text("1日あたり延べ約{}分", "about {} person-minutes a day")),
    "chain_low": ("{:.0%}", Text("流れが現れる日の割合は、少なく見て{}", "the flow runs on at least {} of days")),
    "median_gap_min": ("{:.1f}", Text("前後の仕事との間隔の中央値{}分", "median gap to its neighbours {} min")),
    "overlap_share": ("{:.0%}", Text("時間の{}が流れと重なる", "{} of its time overlaps a flow")),
    "peak_share": ("{:.0%}", Text("多い日の{}がその曜日", "{} of its heavy days fall on that weekday")),
    "peak_p": ("", Text("偶然にそうなる確率は{}", "by chance alone the probability is {}")),
    "demand": ("{:.1f}", Text("その時間の手元の仕事{}人分", "work at hand there for {} persons")),
    "staff": ("{:.1f}", Text("勤務中の職員{}人", "staff on duty {}")),
}


def _measured(verdict: Verdict) -> list[Record]:
    found = {name: verdict.evidence[name] for name in _MEASURED if name in verdict.evidence}
    if not found:
        return []
    said: dict[Language, list[str]] = {language: [] for language in LANGUAGES}
    for name, value in found.items():
        number, phrase = _MEASURED[name]
        for language in LANGUAGES:
            value_said = number.format(float(value)) if number else wording.chance(float(value), language)
            said[language].append(phrase.in_(language).format(value_said))
    return [
        Record(
            Kind.MEASURED, found, Text(f"測ったこと：{'、'.join(said['ja'])}。", f"Measured: {'; '.join(said['en'])}.")
        )
    ]


def _rule_values(rulebook: Rulebook, rule_id: str) -> dict[str, float | int | str | bool]:
    rule = rulebook.rule(rule_id)
    scheme = rulebook.scheme(rule.scheme)
    return {
        "rule": rule.id,
        "scheme": scheme.id,
        "layer": scheme.layer,
        "suitability": str(rule.suitability),
        "since": rule.since.isoformat(),
        "verified": rule.verified,
        "certainty": rule.certainty,
        "source": rule.source,
    }


def _caveats(values: Mapping[str, float | int | str | bool]) -> Text:
    ja, en = "", ""
    if values["certainty"] == "hedged":
        ja, en = ja + "出典は可能性として述べています。", en + " The source speaks of a possibility."
    if not values["verified"]:
        ja, en = ja + "出典の文言は確認が必要です。", en + " Its wording has yet to be checked at the source."
    return Text(ja, en)


def _overridden(verdict: Verdict) -> list[Record]:
    """A coordinator's word, whose and since when, and what it could not move."""
    ruling = verdict.override
    if ruling is None:
        return []
    by = ruling.by
    values: dict[str, float | int | str | bool] = {
        "id": by.id,
        "suitability": str(by.suitability),
        "from": str(ruling.was),
        "who": by.who,
        "at": by.at,
        "held": ruling.warning is not None,
    }
    mark, answer, more = MARK[by.suitability], SUITABILITY[by.suitability], ruling.warning or Text("", "")
    ja = f"{OVERRIDE.ja}：{mark}{answer.ja}。{by.reason}（{signed(by)}）。{more.ja}"
    en = f"{OVERRIDE.en}: {mark} {answer.en}. {by.reason} ({signed(by)}). {more.en}"
    return [Record(Kind.OVERRIDDEN, values, Text(ja.rstrip(), en.rstrip()))]


def _decided(verdict: Verdict, rulebook: Rulebook) -> Record:
    """What the rules answered; where a coordinator answered instead, it is said to be theirs."""
    values = _rule_values(rulebook, verdict.rule)
    label = rulebook.scheme(str(values["scheme"])).label
    ruling = verdict.override
    said, reason = (verdict.suitability, verdict.reason) if ruling is None else (ruling.was, ruling.reason)
    head = Text("判断", "Verdict") if ruling is None else Text("規則の答え", "The rules' answer")
    mark, answer, caveats = MARK[said], SUITABILITY[said], _caveats(values)
    return Record(
        Kind.DECIDED,
        values,
        Text(
            f"{head.ja}：{mark}{answer.ja}。{reason.ja} 規則「{values['rule']}」（{label.ja}、"
            f"{values['since']}から、出典 {values['source']}）。{caveats.ja}",
            f"{head.en}: {mark} {answer.en}. {reason.en} Rule {values['rule']} ({label.en}, "
            f"since {values['since']}, source: {values['source']}).{caveats.en}",
        ),
    )


def _also(verdict: Verdict, rulebook: Rulebook) -> list[Record]:
    """The rules that spoke too: overruled answers, limits that changed nothing, notes to heed."""
    records = []
    for step in verdict.trace:
        if step.decided:
            continue
        rule = rulebook.rule(step.rule)
        values = {**_rule_values(rulebook, step.rule), "effect": rule.effect}
        mark, caveats = MARK[step.suitability], _caveats(values)
        if rule.effect == "note":
            # A note names no values, so its wording stands as it is written.
            said = Text(f"留意：{rule.reason.ja}", f"Mind: {rule.reason.en}")
        else:
            answer = SUITABILITY[step.suitability]
            said = Text(
                f"ほかに規則「{rule.id}」も当てはまり、{mark}{answer.ja}とします。",
                f"Rule {rule.id} applies too and says {mark} {answer.en}.",
            )
        ja, en = f"{said.ja}（出典 {rule.source}）{caveats.ja}", f"{said.en} (Source: {rule.source}.){caveats.en}"
        records.append(Record(Kind.ALSO, values, Text(ja, en)))
    return records


def _sure(verdict: Verdict, threshold: float) -> Record:
    c = verdict.confidence
    level = LEVEL[c.level]
    why = {
        Level.PROVISIONAL: Text(
            "一日だけの観察や聞き取りでは、繰り返すかどうかはわかりません",
            "one day, or hearsay, cannot show that something recurs",
        ),
        Level.SUPPORTED: Text(
            f"別の日にも見えましたが、割合は少なく見て{c.low:.0%}で、目安の{threshold:.0%}に届きません",
            f"seen on several days, but the share of days may be as low as {c.low:.0%}, short of {threshold:.0%}",
        ),
        Level.ESTABLISHED: Text(
            f"現れる日の割合は、少なく見ても{c.low:.0%}です", f"it occurs on at least {c.low:.0%} of days"
        ),
    }[c.level]
    values: dict[str, float | int | str | bool] = {"level": str(c.level), "low": c.low, "threshold": threshold}
    return Record(Kind.SURE, values, Text(f"確かさ：{level.ja}。{why.ja}。", f"How sure: {level.en}; {why.en}."))


def _next(verdict: Verdict, threshold: float) -> Record:
    step, more = next_step(verdict, threshold)
    weekday = _weekday(verdict)
    day_ja = wording.weekday_name(weekday, "ja") if weekday >= 0 else "日"
    day_en = wording.weekday_name(weekday, "en") if weekday >= 0 else "day"
    said = {
        Step.OBSERVE_AS_TOLD: _be_there(verdict),
        Step.SECOND_DAY: Text(f"別の{day_ja}にもう一度観察する", f"observe another {day_en}"),
        Step.MORE_DAYS: Text(
            f"同じように見える{day_ja}があと{more}日あれば「確か」になる",
            f"{more} more {day_en}{'' if more == 1 else 's'} that agree would establish it",
        ),
        Step.MANY_MORE_DAYS: Text(
            "毎日起こることではないので、日数を足すより、起こる日の条件を職員に尋ねる",
            "it does not happen every day: rather than more days, ask staff when it does",
        ),
        Step.ASK_CONTRACTOR: Text("委託先に、任せられる仕事があるか尋ねる", "ask the contractor whether there is work"),
        Step.ASK_STAFF: Text(
            "前後に何をし、誰が担い、任せられない理由があるかを職員に尋ねる",
            "ask staff what comes before and after, who does it, and what speaks against handing it over",
        ),
        Step.NOTHING: Text("これ以上の観察は要らない", "nothing more needs to be observed"),
    }[step]
    values: dict[str, float | int | str | bool] = {"step": str(step), "more_days": more}
    return Record(Kind.NEXT, values, Text(f"次に：{said.ja}。", f"Next: {said.en}."))


def next_step(verdict: Verdict, threshold: float) -> tuple[Step, int]:
    """What would make a verdict surer, and how many further days it takes (0 where days are not the point)."""
    c = verdict.confidence
    if verdict.rule == "contracted":
        return Step.ASK_CONTRACTOR, 0
    if "told_by" in verdict.evidence:
        return Step.OBSERVE_AS_TOLD, 1
    if verdict.suitability is Suitability.UNDETERMINED and c.level is not Level.PROVISIONAL:
        return Step.ASK_STAFF, 0
    if c.level is Level.PROVISIONAL:
        return Step.SECOND_DAY, 1
    more = further_days(c.days, c.of_days, threshold)
    if more is None:
        return Step.MANY_MORE_DAYS, 0
    return (Step.MORE_DAYS, more) if more else (Step.NOTHING, 0)
