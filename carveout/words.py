"""How codes are said to a person: marks, labels and clock times, the same on screen, in a terminal and on paper."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from carveout.language import Language, Text
from carveout.model import Kind, Level, Mode, Pattern, Suitability, Weekday

MARK: Mapping[Suitability, str] = {
    Suitability.SUITABLE: "○",
    Suitability.CONDITIONAL: "△",
    Suitability.UNSUITABLE: "×",
    Suitability.UNDETERMINED: "？",
}

SUITABILITY: Mapping[Suitability, Text] = {
    Suitability.SUITABLE: Text("適している", "Suitable"),
    Suitability.CONDITIONAL: Text("条件付き", "Conditional"),
    Suitability.UNSUITABLE: Text("適当ではない", "Unsuitable"),
    Suitability.UNDETERMINED: Text("判断保留", "Undetermined"),
}

# Beside a mark that a coordinator set against the rules; always with the words somewhere near.
OVERRIDE_SIGN = Text("［担］", "[JC]")
OVERRIDE = Text("担当者の判断", "Coordinator's judgement")
OVERRIDE_LEGEND = Text(
    "［担］担当者の判断（規則の答えを、理由を添えて改めたもの）",
    "[JC] coordinator's judgement (the rules' answer changed, with a reason)",
)

MODE: Mapping[Mode, Text] = {
    Mode.TAKE_OVER: Text("代わる", "Take over"),
    Mode.ASSIST: Text("添う", "Assist"),
    Mode.PREPARE: Text("備える", "Prepare"),
    Mode.ADVISE: Text("助言する", "Advise"),
}

MODE_MEANING: Mapping[Mode, Text] = {
    Mode.TAKE_OVER: Text("職員に代わって受け持つ", "does it instead of staff"),
    Mode.ASSIST: Text("流れはそのまま、職員のそばで手を添える", "helps beside staff, the flow untouched"),
    Mode.PREPARE: Text("現場を離れて企画や小物を整える", "plans and makes things away from the floor"),
    Mode.ADVISE: Text("経験を活かして助言する", "gives expert advice"),
}

PATTERN: Mapping[Pattern, Text] = {
    Pattern.RHYTHMIC_CHAIN: Text("触らない流れ", "Flow not to be cut"),
    Pattern.OVERLAPPING: Text("流れと重なる仕事", "Work beside the flow"),
    Pattern.WEEKDAY_PEAK: Text("曜日に集中する仕事", "Work of one weekday"),
    Pattern.ADVISORY: Text("知恵が活きる仕事", "Work where expertise counts"),
    Pattern.PLANNING: Text("企画・準備の仕事", "Planning and preparing"),
    Pattern.INTERACTION_CORE: Text("ふれあいが要の仕事", "Contact is the point"),
    Pattern.DEDICATED_ROLE: Text("専任の人の仕事", "One person's whole role"),
    Pattern.CONTRACTED: Text("外部に委託した仕事", "Contracted out"),
    Pattern.OTHER: Text("そのほかの仕事", "Other work"),
}

LEVEL: Mapping[Level, Text] = {
    Level.PROVISIONAL: Text("仮の判断", "Provisional"),
    Level.SUPPORTED: Text("裏づけあり", "Supported"),
    Level.ESTABLISHED: Text("確か", "Established"),
}

KIND: Mapping[Kind, Text] = {
    Kind.CARE_HOME: Text("介護施設", "Care home"),
    Kind.NURSERY: Text("保育園", "Nursery"),
    Kind.OTHER: Text("その他の施設", "Other site"),
}

CHANNEL: Mapping[str, Text] = {
    "contract": Text("請負・委任", "Contract"),
    "dispatch": Text("派遣", "Dispatch"),
    "placement": Text("有料職業紹介", "Paid placement"),
    "information": Text("就労相談・情報提供", "Information only"),
}

WEEKDAY: Mapping[Weekday, Text] = {
    Weekday.MON: Text("月", "Mon"),
    Weekday.TUE: Text("火", "Tue"),
    Weekday.WED: Text("水", "Wed"),
    Weekday.THU: Text("木", "Thu"),
    Weekday.FRI: Text("金", "Fri"),
    Weekday.SAT: Text("土", "Sat"),
    Weekday.SUN: Text("日", "Sun"),
}

CONSTRUCTED = Text(
    "この施設の記録は教材として作ったもので、実際に観察したものではありません。",
    "This site's record was made up for teaching; nobody observed it.",
)


def clock(minutes: int) -> str:
    """Minutes from midnight as HH:MM; past midnight the hours go on counting (25:10 is ten past one the next morning).

    >>> clock(425), clock(1440), clock(1510)
    ('07:05', '24:00', '25:10')
    """
    hours, rest = divmod(int(minutes), 60)
    return f"{hours:02d}:{rest:02d}"


def span(start: int, end: int) -> str:
    """A stretch of the day.

    >>> span(540, 630)
    '09:00-10:30'
    """
    return f"{clock(start)}-{clock(end)}"


def weekdays(days: Iterable[Weekday] | None, language: Language) -> str:
    """Weekdays in words; None is any day, and reads as nothing.

    >>> weekdays([Weekday.MON, Weekday.FRI], "ja"), weekdays([Weekday.MON, Weekday.FRI], "en"), weekdays(None, "ja")
    ('月・金曜', 'Mon, Fri', '')
    """
    if days is None:
        return ""
    names = [WEEKDAY[day].in_(language) for day in days]
    return "・".join(names) + "曜" if language == "ja" else ", ".join(names)


# Marks that turn the reading direction: in a name from a file they could disguise what a line says.
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_SHOWN_AS_CODE = frozenset(("Cc", "Cs", "Zl", "Zp"))


_UNITS: Mapping[str, Text] = {"unit": Text("ユニット{n}", "Unit {n}"), "class": Text("クラス{n}", "Class {n}")}


def unit_name(unit: str) -> Text:
    """A unit as a reader who knows no ids calls it; whatever else it was called stays as it was written.

    >>> unit_name("unit-1"), unit_name("さくら組").en
    (Text(ja='ユニット1', en='Unit 1'), 'さくら組')
    """
    found = re.fullmatch(r"(unit|class)[-_ ]?(\w[\w-]*)", unit)
    if found is None or not found[2][0].isdigit():
        return Text(unit, unit)
    number = {"n": found[2]}
    return _UNITS[found[1]].format(number, number)


def plain(text: str) -> str:
    r"""A text from a file, safe to print: control characters and direction marks stand as visible codes.

    >>> plain("清掃\x1b[2J\n")
    '清掃\\x1b[2J\\x0a'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_code(c) if _hidden(c) else c for c in text)


def _hidden(character: str) -> bool:
    return character in _TURNING or unicodedata.category(character) in _SHOWN_AS_CODE


def _code(character: str) -> str:
    value = ord(character)
    return f"\\x{value:02x}" if value < 0x100 else f"\\u{value:04x}"
