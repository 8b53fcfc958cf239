"""Clock times, stretches and lengths as people write them on paper, read at a place of a line.

Works on a line folded sign by sign (`plain`), so that a place in it is the same place in what was typed. What is read
here are the bare words; `carveout.workday.placing` decides, from the rows before, which minutes they mean.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import Literal

Span = tuple[int, int]
Half = Literal["", "am", "pm", "noon", "evening", "night"]

_HALVES: dict[str, Half] = {
    "午前": "am", "am": "am", "a.m.": "am", "早朝": "am", "朝": "am", "未明": "am",
    "午後": "pm", "pm": "pm", "p.m.": "pm", "お昼": "noon", "昼": "noon", "正午": "noon",
    "夕方": "evening", "夕": "evening", "夜中": "night", "深夜": "night", "夜": "night",
}  # fmt: skip
_HALF = "(?P<half>" + "|".join(map(re.escape, sorted(_HALVES, key=len, reverse=True))) + r")\s*"
_NEXT = r"(?P<next>翌日|翌朝|翌|次の日)\s*"
_COLON = r"(?P<h>\d{1,2})(?::(?P<m>\d{1,2})(?!\d)(?::\d{2}(?!\d))?|[;.](?P<m2>\d{2})(?!\d))"
_JI = r"(?P<hj>\d{1,2})時(?![間の点期])(?:(?P<hf>半)|(?P<mj>\d{1,2})(?:分(?!前|間)|(?![\d分])))?"
_COMPACT = r"(?P<c>\d{3,4})(?![\da-z:年月日人名回個階号番室分時])"
_SURE = re.compile(f"(?:{_NEXT})?(?:{_HALF})?(?:{_COLON}|{_JI})(?:\\s?(?P<after>am|pm|a\\.m\\.|p\\.m\\.)(?![a-z]))?")
_SHORT = re.compile(f"(?:{_NEXT})?(?:{_HALF})?{_COMPACT}(?P<after>am|pm)?")
_WITH_HALF = re.compile(f"(?:{_NEXT})?{_HALF}(?P<b>\\d{{1,2}})(?![\\d人名回個階号番室分])")
_BARE = re.compile(r"(?P<b>\d{1,2})(?![\da-z:;.年月日人名回個階号番室分時])")
_NOON = re.compile("正午")
_ABOUT = re.compile(r"\s*(?:頃|ごろ|ころ|くらい|ぐらい|過ぎ|すぎ|ちょうど)")

DASHES = "-‐‑‒–—―−─━〜~ー→⇒"
_DASH = re.compile(rf"\s*(?:[{DASHES}]+|から|より)\s*|\s+(?:to|until|till)\s+")
_LEADING_DASH = re.compile(rf"[{DASHES}]+\s*|(?:until|till|to)\s+(?=\d)")
_FROM = re.compile(r"(?:from|since)\s+(?=\d)")
_UNTIL = re.compile(r"\s*(?:まで|迄)")
_SWITCHED = r"(?:交代|交替|切り?替え?|切りかえ|きりかえ|チェンジ|switch)"
_AT_SWITCH = re.compile(rf"\s*(?:に|で)?\s*{_SWITCHED}")
SWITCH = re.compile(rf"(?P<task>.*?)[へにを]?{_SWITCHED}(?:した|しました)?")
_AGO = re.compile(
    r"(?:(?P<said>switched|changed|since|from|until)\s+)?(?P<n>\d{1,3})\s*(?:分|min(?:ute)?s?\s)\s*(?:前|ago)"
    rf"(?P<part>から|より|まで|迄|に|頃|ごろ)*(?:\s*(?P<switch>{_SWITCHED}))?(?:\s+to(?=\s))?"
)
AGO_AHEAD = re.compile(r"\d\s*(?:分|min(?:ute)?s?\s)\s*(?:前|ago)")
INSIDE = re.compile(r"(?<=[^\x00-\x7f])(?:\d{1,2}:\d{2}|\d{1,3}分前)")
_NOW = re.compile(r"(?:今|いま|now)(?P<part>から|まで)?(?=[\s、,]|$)")
_HOURS = (
    r"(?P<hours>\d{1,2}(?:\.5)?)\s*(?:時間|h(?:ours?|r)?(?![a-z]))\s*(?:(?P<half>半)|(?P<more>\d{1,2})\s*分)?間?(?!前)"
)
_MINUTES = r"(?P<minutes>\d{1,3})\s*(?:分間?(?!前)|min(?:ute)?s?(?![a-z])|m(?![a-z]))"
_LENGTH = re.compile(f"(?:約|およそ)?(?:{_HOURS}|{_MINUTES})(?:ほど|くらい|ぐらい)?(?!\\s*ago)")
_PLUS = re.compile(r"\+\s*(?:(?P<h>\d{1,2}):(?P<m>\d{2})|(?P<n>\d{1,6})(?![\d:.]))")
_PLUS_LENGTH = re.compile(rf"\+\s*(?:{_HOURS}|{_MINUTES})")
_AT = re.compile(r"(?:at\s+)(?=\d)")


def folded_line(text: str) -> str:
    """A line with width and case set aside sign by sign, as long as it was.

    >>> folded_line("９：１０〜Ａ")
    '9:10〜a'
    """
    if text.isascii():
        return text.lower()
    return "".join(map(_folded_sign, text))


def _folded_sign(sign: str) -> str:
    if unicodedata.category(sign) == "No":  # the ① of a list is no figure of a time
        return sign
    plain = unicodedata.normalize("NFKC", sign).lower()
    return plain if len(plain) == 1 else sign


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock time as written. minutes: of its day. next_day: said so. only_minutes: `-25`, the hour left out.

    bad: no such time of day (minutes then hold hour and minute as written).
    """

    minutes: int
    span: Span
    half: Half = ""
    next_day: bool = False
    only_minutes: bool = False
    bare: bool = False
    bad: bool = False


@dataclass(slots=True)
class Times:
    """What a line says of time, as far as it was read. length, ago: minutes. open_end: said to go on (`9:10-`)."""

    start: Clock | None = None
    end: Clock | None = None
    length: int | None = None
    ago: int | None = None
    ago_is_end: bool = False
    switch: bool = False
    open_end: bool = False
    spans: list[Span] | None = None

    @property
    def anything(self) -> bool:
        """Whether the line said anything of time."""
        return not (self.start is None and self.end is None and self.length is None and self.ago is None)

    def take(self, plain: str, at: int, *, lead: bool) -> int:
        """Read what stands at a place and give where it ends; the place itself if it is no time.

        lead: nothing but times stood before, so that figures alone (910) may be a time.
        """
        here = self._take(plain, at, lead)
        if here != at:
            self.spans = [*(self.spans or ()), (at, here)]
        return here

    def _take(self, plain: str, at: int, lead: bool) -> int:
        for read in (self._ago, self._now, self._plus, self._end, self._length, self._range):
            here = read(plain, at, lead)
            if here != at:
                return here
        return at

    def _ago(self, plain: str, at: int, lead: bool) -> int:
        match = _AGO.match(plain, at)
        if match is None or self.ago is not None:
            return at
        self.ago = int(match["n"])
        self.ago_is_end = match["part"] in ("まで", "迄") or match["said"] == "until"
        self.switch |= bool(match["switch"]) or match["said"] in ("switched", "changed")
        return match.end()

    def _now(self, plain: str, at: int, lead: bool) -> int:
        match = _NOW.match(plain, at) if lead else None
        if match is None or self.ago is not None:
            return at
        self.ago, self.ago_is_end = 0, match["part"] == "まで"
        return match.end()

    def _plus(self, plain: str, at: int, lead: bool) -> int:
        if plain[at : at + 1] != "+" or self.length is not None or (self.start and self.end):
            return at
        if (match := _PLUS_LENGTH.match(plain, at)) is not None:
            self.length = _length(match)
        elif (match := _PLUS.match(plain, at)) is not None:
            self.length = int(match["n"]) if match["n"] else int(match["h"]) * 60 + int(match["m"])
        else:
            return at
        return match.end()

    def _length(self, plain: str, at: int, lead: bool) -> int:
        match = _LENGTH.match(plain, at)
        if match is None or self.length is not None or (self.start and self.end):
            return at
        self.length = _length(match)
        return match.end()

    def _end(self, plain: str, at: int, lead: bool) -> int:
        """An end alone: `～9:25`, `-25`, `9:25まで`."""
        if self.end is not None or self.open_end:
            return at
        if (dash := _LEADING_DASH.match(plain, at)) is not None:
            clock = clock_at(plain, dash.end(), short=lead, bare=lead)
            if clock is not None:
                self.end = clock
                until = _UNTIL.match(plain, clock.span[1])
                return until.end() if until else clock.span[1]
            return at
        clock = clock_at(plain, at, short=lead)
        until = _UNTIL.match(plain, clock.span[1]) if clock else None
        if clock is None or until is None:
            return at
        self.end = clock
        return until.end()

    def _range(self, plain: str, at: int, lead: bool) -> int:
        if self.start is not None or self.ago is not None:
            return at
        said = _FROM.match(plain, at) or _AT.match(plain, at)
        begin = said.end() if said else at
        clock = clock_at(plain, begin, short=lead) or (_bare_start(plain, begin) if lead else None)
        if clock is None:
            return at
        self.start = clock
        here = clock.span[1]
        if self.end is not None:
            return here
        if (dash := _DASH.match(plain, here)) is not None:
            tight = dash.end() - dash.start() == 1
            end = clock_at(plain, dash.end(), short=lead or tight, bare=tight)
            if end is not None:
                self.end = end
                until = _UNTIL.match(plain, end.span[1])
                return until.end() if until else end.span[1]
            self.open_end = True
            return dash.end()
        if (switched := _AT_SWITCH.match(plain, here)) is not None:
            self.switch = True
            return switched.end()
        gap = re.match(r"[\s、,]+", plain[here : here + 8])
        end = clock_at(plain, here + gap.end(), short=lead) if gap else None
        if end is not None and not end.bad:
            self.end = end
            return end.span[1]
        return here


def _length(match: re.Match[str]) -> int:
    if match["minutes"]:
        return int(match["minutes"])
    return int(float(match["hours"]) * 60) + (30 if match["half"] else int(match["more"] or 0))


def clock_at(plain: str, at: int, *, short: bool = False, bare: bool = False) -> Clock | None:
    """The clock time at a place. short: also figures alone (910). bare: also one or two figures (25).

    >>> clock_at("午後1時半", 0).minutes, clock_at("0910", 0), clock_at("0910", 0, short=True).minutes
    (810, None, 550)
    """
    found = _clock_at(plain, at, short, bare)
    about = _ABOUT.match(plain, found.span[1]) if found is not None and not found.bare else None
    return found if found is None or about is None else replace(found, span=(found.span[0], about.end()))


def _clock_at(plain: str, at: int, short: bool, bare: bool) -> Clock | None:
    if (noon := _NOON.match(plain, at)) is not None:
        return Clock(720, noon.span())
    match = _SURE.match(plain, at) or _WITH_HALF.match(plain, at) or (_SHORT.match(plain, at) if short else None)
    if match is None:
        match = _BARE.match(plain, at) if bare else None
        if match is None:
            return None
        only_minutes = len(match["b"]) == 2
        value = int(match["b"])
        return Clock(value if only_minutes else value * 60, match.span(), only_minutes=only_minutes, bare=True)
    found = match.groupdict()
    hour, minute = _hour_minute(found)
    half = _HALVES.get(found.get("half") or found.get("after") or "", "")
    next_day = bool(found.get("next"))
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return Clock(hour * 60 + minute, match.span(), half, next_day, bad=True)
    return Clock(_in_half(hour, half) * 60 + minute, match.span(), half, next_day)


def _hour_minute(found: dict[str, str | None]) -> tuple[int, int]:
    if compact := found.get("c"):
        return int(compact[:-2]), int(compact[-2:])
    if bare := found.get("b"):
        return int(bare), 0
    if hour := found.get("hj"):
        return int(hour), 30 if found["hf"] else int(found["mj"] or 0)
    return int(found["h"] or 0), int(found["m"] or found["m2"] or 0)


def _in_half(hour: int, half: Half) -> int:
    """The hour of the 24-hour clock: 午後1時 is 13, 昼12時 is 12, 夜9時 is 21."""
    if half == "am":
        return 0 if hour == 12 else hour
    if half == "noon":
        return hour + 12 if 0 <= hour <= 5 else hour
    if half in ("pm", "evening"):
        return hour + 12 if hour < 12 else hour
    if half == "night":
        return hour + 12 if 5 <= hour < 12 else hour
    return hour


def _bare_start(plain: str, at: int) -> Clock | None:
    """`9` of `9-10` and `9〜10時`: an hour alone, where an end follows at once."""
    match = _BARE.match(plain, at)
    dash = re.compile(f"[{DASHES}]").match(plain, match.end()) if match else None
    if match is None or dash is None:
        return None
    end = clock_at(plain, dash.end(), bare=True)
    if end is None or not re.compile(r"\s|$|[^\x00-\x7f]").match(plain, end.span[1]):
        return None
    hour = int(match["b"])
    return Clock(hour * 60, match.span(), bare=True, bad=hour > 24)
