"""Which field a heading of another program's table names. By name, never by position."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from carveout.observations.text import folded
from carveout.observations.words import HEADINGS

# Best first: where a table has several columns that could be a field, the earlier word wins.
WORDS: Mapping[str, tuple[str, ...]] = {
    "date": (*HEADINGS["date"], "session date", "年月日", "実施日", "記録日", "調査日", "day", "observation date"),
    "start": (
        *HEADINGS["start"], "start time", "start (s)", "開始時間", "始め", "始まり", "begin", "from", "started",
        "start date",
        "date time", "timestamp", "datetime", "日時", "時刻", "time", "exif:date taken [y-m-d_h-m-s]", "date taken",
    ),
    "end": (
        *HEADINGS["end"], "end time", "stop (s)", "終了時間", "終わり", "stop", "stop time", "finish", "to", "until",
        "ended",
    ),
    "duration": (
        "duration", "duration (s)", "duration (min)", "所要時間", "所要時間(分)", "所要時間(秒)", "分数", "minutes",
        "seconds",
        "時間(分)", "時間(秒)", "elapsed time", "length",
    ),
    "task": (
        *HEADINGS["task"], "behavior", "behaviour", "activity", "concept:name", "業務内容", "作業", "作業内容",
        "作業名",
        "ケア内容", "内容", "行動", "活動", "what", "task name", "event", "label", "iptc:keywords", "keywords",
        "項目", "code",
    ),
    "staff": (
        *HEADINGS["staff"], "subject", "participant id", "participant", "職員id", "職員番号", "スタッフ", "職員名",
        "氏名",
        "person", "worker", "resource", "org:resource", "user", "employee", "name", "名前",
    ),
    "role": (*HEADINGS["role"], "position", "job title"),
    "unit": (*HEADINGS["unit"], "ユニット名", "フロア", "棟", "クラス名", "ward", "department", "floor"),
    "observer": (*HEADINGS["observer"], "observer id", "coder", "記録者", "調査員", "annotator"),
    "trigger": HEADINGS["trigger"],
    "note": (*HEADINGS["note"], "comment", "comments", "comment start", "remarks", "特記", "特記事項", "摘要", "notes"),
    "site": (*HEADINGS["site"], "施設番号", "事業所名", "facility"),
    "kind": HEADINGS["kind"],
}  # fmt: skip
# Headings that tell where the table starts, though they are no field of a row.
_OTHERS = (
    "observation id", "behavioral category", "behavior type", "behaviour type", "modifiers", "media file",
    "media file path",
    "total length", "fps", "status", "session id", "where", "observer/session/task id", "時間帯", "hour", "直接介護",
    "direct care", "間接業務", "indirect work", "休憩", "break", "その他", "other", "next_day", "翌日", "filename",
)  # fmt: skip


def field_of(heading: str, fields: Iterable[str] = WORDS) -> str:
    """The field a heading most probably is, "" if none.

    >>> field_of("業務内容"), field_of("What (DR-NURSE v2)"), field_of("weight")
    ('task', 'task', '')
    """
    word = folded(heading)
    for name in fields:
        if word in _folded()[name]:
            return name
    if word.startswith("what(") and not word.endswith("(subcategories)"):
        return "task"
    return "duration" if word.startswith(("duration(", "所要時間(")) else ""


def guessed(headings: Iterable[str], fields: Iterable[str] = WORDS) -> dict[str, str]:
    """Field -> heading for a whole table: each heading is one field, the best word of a field wins.

    >>> guessed(["日時", "開始時刻", "作業内容", "color"])
    {'start': '開始時刻', 'task': '作業内容'}
    """
    by_word: dict[str, str] = {}
    for heading in headings:
        if heading:
            by_word.setdefault(folded(heading), heading)
    found: dict[str, str] = {}
    for name in fields:
        best = next((by_word[word] for word in _folded()[name] if word in by_word), None)
        if best is None and name in ("task", "duration"):
            best = next((heading for heading in by_word.values() if field_of(heading) == name), None)
        if best is not None and best not in found.values():
            found[name] = best
    return found


def known_heading(text: str) -> bool:
    """Whether a cell looks like a heading of one of the tables we know."""
    return len(text) <= 80 and (folded(text) in _all() or bool(field_of(text)))


@cache
def _folded() -> dict[str, dict[str, None]]:
    return {name: dict.fromkeys(folded(word) for word in words) for name, words in WORDS.items()}


@cache
def _all() -> frozenset[str]:
    return frozenset(folded(word) for words in (*WORDS.values(), _OTHERS) for word in words)
