"""Saying a verdict: a rule's reason with the measured values put in, and the evidence behind it, in both languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from carveout.language import Language, Text
from carveout.rules.rulebook import Rule
from carveout.words import span

Evidence = Mapping[str, float | int | str]

_FULL_WEEKDAY = Text("月火水木金土日", "Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
# A flow longer than this is said by its ends and the neighbours of the task.
_LONG_FLOW = 5


@dataclass(frozen=True, slots=True)
class Said:
    """What a reason may name beyond the evidence: labels, and whether the context was seen or only told."""

    task: Text
    qualification: Text
    flow: Sequence[Text]
    place_in_flow: int
    weekday: int
    start: int
    end: int
    evidence: Evidence


def weekday_name(weekday: int, language: Language) -> str:
    """A weekday in full, 0 = Monday.

    >>> weekday_name(0, "ja"), weekday_name(6, "en")
    ('月曜日', 'Sunday')
    """
    if language == "ja":
        return _FULL_WEEKDAY.ja[weekday] + "曜日"
    return _FULL_WEEKDAY.en.split()[weekday]


def per_cent(share: float) -> str:
    """A share as whole per cent.

    >>> per_cent(0.875)
    '88%'
    """
    return f"{round(100 * share)}%"


def chance(p: float, language: Language) -> str:
    """A probability by chance as people say it.

    >>> chance(0.0222, "ja"), chance(0.0222, "en"), chance(0.0004, "ja"), chance(0.0004, "en")
    ('約2%', 'about 2%', '1%未満', 'less than 1%')
    """
    if p < 0.01:
        return "1%未満" if language == "ja" else "less than 1%"
    return f"{'約' if language == 'ja' else 'about '}{per_cent(p)}"


def window(start: int, end: int, weekday: int, language: Language) -> str:
    """A window in words; start -1: nobody told.

    >>> window(540, 630, 0, "ja"), window(540, 630, -1, "en"), window(-1, -1, 0, "en")
    ('月曜日 09:00-10:30', '09:00-10:30', 'Monday')
    """
    parts = [weekday_name(weekday, language)] if weekday >= 0 else []
    if start >= 0:
        parts.append(span(start, end))
    return " ".join(parts)


def seen(evidence: Evidence, weekday: int, language: Language) -> str:
    """On how many days something was seen, in words.

    >>> seen({"days": 2, "of_days": 2}, 0, "ja"), seen({"days": 9, "of_days": 10}, -1, "en")
    ('観察した月曜日2日のうち2日', 'seen on 9 of 10 observed days')
    """
    if "told_by" in evidence:
        return Text("聞き取りのみ（観察はまだ）", "told by staff, not observed yet").in_(language)
    days, of_days = evidence["days"], evidence["of_days"]
    if language == "ja":
        which = weekday_name(weekday, "ja") if weekday >= 0 else ""
        return f"観察した{which}{of_days}日のうち{days}日"
    which = weekday_name(weekday, "en") + ("s" if of_days != 1 else "") if weekday >= 0 else ""
    return f"seen on {days} of {of_days} observed {which or ('days' if of_days != 1 else 'day')}"


def flow(tasks: Sequence[Text], place: int, language: Language) -> str:
    """A flow's tasks in order; of a long one its ends and the neighbours of the task at `place`."""
    shown = [label.in_(language) for label in tasks]
    if len(shown) > _LONG_FLOW:
        near = {0, place - 1, place, place + 1, len(shown) - 1}
        kept: list[str] = []
        for at, name in enumerate(shown):
            if at in near:
                kept.append(name)
            elif kept[-1] != "…":
                kept.append("…")
        shown = kept
    return ("→" if language == "ja" else " → ").join(shown)


def reason(rule: Rule, said: Said) -> Text:
    """The rule's reason about this context, followed by what it was measured on."""
    english = _values(said, "en")
    if not rule.reason.en.startswith("{task}"):
        english["task"] = _inside_a_sentence(said.task.en)
    claim = rule.reason.format(_values(said, "ja"), english)
    return Text(
        f"{claim.ja}（根拠：{'、'.join(measured(said, 'ja'))}）",
        f"{claim.en} (Evidence: {'; '.join(measured(said, 'en'))}.)",
    )


def _inside_a_sentence(label: str) -> str:
    """An English label as it stands inside a sentence; what is written in capitals stays so."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def _values(said: Said, language: Language) -> dict[str, object]:
    e = said.evidence
    stretch = span(int(e["thin_start"]), int(e["thin_end"])) if "thin_start" in e else ""
    return {
        "task": said.task.in_(language),
        "window": window(said.start, said.end, said.weekday, language),
        "seen": seen(e, said.weekday, language),
        "qualification": said.qualification.in_(language),
        "chain": flow(said.flow, said.place_in_flow, language),
        "weekday": weekday_name(said.weekday, language) if said.weekday >= 0 else "",
        "share": per_cent(float(e.get("peak_share", 0.0))),
        "p": chance(float(e.get("peak_p", 1.0)), language),
        "thin_window": stretch,
        "demand": f"{float(e.get('demand', 0.0)):.1f}",
        "staff": f"{float(e.get('staff', 0.0)):.1f}",
    }


def measured(said: Said, language: Language) -> list[str]:
    """The measured values behind a verdict, one phrase each."""
    e = said.evidence
    ja = language == "ja"
    phrases = [seen(e, said.weekday, language)]
    when = window(said.start, said.end, said.weekday, language)
    if when and said.start < 0:  # a weekday alone
        phrases.append(when)
    elif when:
        phrases.append(f"{when}ごろ" if ja else f"around {when}")
    if e.get("minutes_per_day"):
        minutes = f"{float(e['minutes_per_day']):.0f}"
        phrases.append(f"1日あたり延べ約{minutes}分" if ja else f"about {minutes} person-minutes a day")
    if "median_gap_min" in e:
        gap = f"{float(e['median_gap_min']):.1f}"
        phrases.append(f"前後の仕事との間隔は中央値{gap}分" if ja else f"median gap to its neighbours {gap} min")
    if "chain_days" in e:
        phrases.append(
            f"流れは{e['chain_of_days']}日のうち{e['chain_days']}日"
            if ja
            else f"the flow ran on {e['chain_days']} of {e['chain_of_days']} days"
        )
    if float(e.get("overlap_share", 0.0)) > 0:
        share = per_cent(float(e["overlap_share"]))
        phrases.append(f"時間の{share}が流れと重なる" if ja else f"{share} of its time overlaps a flow")
    return phrases
