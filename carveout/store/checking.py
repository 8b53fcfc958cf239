"""What the store takes: bounds and plain text, checked before anything is written, whoever sends it.

Texts are kept as they were typed. A text with control characters, a time beyond the day after, a row that ends before
it starts: each is refused with its place, cause and remedy, and nothing of the edit is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from carveout.language import Text
from carveout.model import VerdictOverride
from carveout.observations.clock import iso_day
from carveout.observations.limits import DEFAULT_LIMITS
from carveout.store.access import Member
from carveout.store.errors import StoreError
from carveout.store.records import By, DayHead, Edit, Fact, Paper
from carveout.workday.record import Change, Person, Row, SiteHead

LATEST = 2880
ROWS_OF_A_DAY, PERSONS_OF_A_DAY, STAFF_OF_A_ROW, STRETCHES = 5_000, 500, 200, 48
TASKS_OF_A_SITE, REPORTED_OF_A_SITE = 5_000, 5_000
TEXT_BYTES, DRAFT_BYTES = 1 << 20, 1 << 18
SITE = Text("施設の番号", "the site's id")
# No line holds control characters; a note may hold tabs and line breaks. Lone surrogates are half a character.
_BAD_LINE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
_BAD_NOTE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
TASK, WHY = Text("業務", "task"), Text("理由", "the reason")
KEY = Text("保存先の番号", "a key of the store")
KIND = Text("読み込みの設定", "the mapping")
PAPER = Text("書類", "the paper")
EDIT = Text("変更の番号", "the edit's id")
_CONTROL = (
    Text("使えない文字（制御文字）が入っています", "it holds a character that cannot be used (a control character)"),
    Text("その文字を消してください", "remove the character"),
)


def refuse(place: Text | str, cause: Text, remedy: Text) -> StoreError:
    """The error of something that cannot be taken."""
    return StoreError("invalid", place=place, cause=cause, remedy=remedy)


def line(text: str, place: Text, *, empty: bool = False, limit: int = DEFAULT_LIMITS.id_chars) -> None:
    """A text of one line within bounds."""
    if not empty and not text.strip():
        raise refuse(place, Text("空です", "it is empty"), Text("記入してください", "fill it in"))
    _within(text, place, limit)
    if _BAD_LINE.search(text):
        raise refuse(place, *_CONTROL)


def note(text: str, place: Text) -> None:
    """A remark within bounds; it may have several lines."""
    _within(text, place, DEFAULT_LIMITS.note_chars)
    if _BAD_NOTE.search(text):
        raise refuse(place, *_CONTROL)


def by(who: By) -> None:
    """Who writes."""
    line(who.who, Text("書いた人", "who writes"))


def row(one: Row) -> None:
    """A row: its times, its texts, its people."""
    place = Text(f"行「{one.task[:40]}」", f"row {one.task[:40]}")
    line(one.id, Text("行の番号", "the row's id"))
    line(one.task, Text("業務", "task"))
    note(one.note, Text(f"{place.ja}の備考", f"note of {place.en}"))
    _count(len(one.staff), STAFF_OF_A_ROW, Text(f"{place.ja}の職員", f"staff of {place.en}"))
    for person in one.staff:
        line(person, Text(f"{place.ja}の職員", f"staff of {place.en}"))
    if len(set(one.staff)) < len(one.staff):
        cause = Text("同じ職員が二度書かれています", "a person is written twice")
        raise refuse(place, cause, Text("一度だけ書いてください", "write each person once"))
    _stretch(one.start, one.start if one.end is None else one.end, place)


def change(one: Change) -> None:
    """A change: what it writes is valid, and it is about one row."""
    if one.before is None and one.after is None:
        raise refuse(
            Text("変更", "change"),
            Text("何も変わりません", "nothing changes"),
            Text("画面を読み直してください", "reload the page"),
        )
    if one.before is not None and one.after is not None and one.before.id != one.after.id:
        cause = Text("前と後で行の番号が違います", "the row before and after have different ids")
        raise refuse(Text("変更", "change"), cause, Text("画面を読み直してください", "reload the page"))
    line(one.row, Text("行の番号", "the row's id"))
    if one.after is not None:
        row(one.after)


def edit(one: Edit) -> None:
    """An edit with all its changes."""
    line(one.id, EDIT)
    line(one.what, Text("変更の内容", "what the edit is"), empty=True)
    note(one.why, WHY)
    _count(len(one.changes), ROWS_OF_A_DAY, Text("変更", "changes"))
    for each in one.changes:
        change(each)
    rows = [each.row for each in one.changes]
    if len(set(rows)) < len(rows):
        cause = Text("一つの行が二度変わります", "one row is changed twice")
        raise refuse(Text("変更", "change"), cause, Text("一度にまとめてください", "make it one change"))
    if one.head is not None:
        head(one.head.after)
        if len({person.id for person in one.head.before.staff}) < len(one.head.before.staff):
            raise refuse(Text("職員", "staff"), *_TWICE)


def head(one: DayHead) -> None:
    """A day's head: date, unit, observer and people on duty."""
    if iso_day(one.date) is None:
        raise refuse(
            Text("日付", "date"),
            Text(f"「{one.date[:40]}」は日付ではありません", f"{one.date[:40]} is not a date"),
            Text("2026-06-01のように書いてください", "write it like 2026-06-01"),
        )
    line(one.unit, Text("ユニット", "unit"))
    line(one.observer, Text("観察者", "observer"), empty=True)
    _count(len(one.staff), PERSONS_OF_A_DAY, Text("職員", "staff"))
    for each in one.staff:
        person(each)
    if len({person.id for person in one.staff}) < len(one.staff):
        raise refuse(Text("職員", "staff"), *_TWICE)


_UNKNOWN = (
    Text("わからない項目です", "it is of an unknown kind"),
    Text("画面を読み直してください", "reload the page"),
)
_TWICE = (
    Text("同じ職員が二度載っています", "a person is listed twice"),
    Text("一人につき一つにまとめてください", "list each person once"),
)


def fact(one: Fact) -> None:
    """One field of a head: of a kind that its name allows."""
    allowed = {"complete": bool, "person": Person}.get(one.name, str)
    if one.name not in ("date", "unit", "observer", "complete", "person"):
        raise refuse(Text("変更", "change"), *_UNKNOWN)
    for value in (one.before, one.after):
        if value is not None and not isinstance(value, allowed):
            raise refuse(Text("変更", "change"), *_UNKNOWN)
        if isinstance(value, Person):
            person(value)


def rows(many: Iterable[Row]) -> None:
    """All rows of a day: each valid, no id twice."""
    listed = list(many)
    _count(len(listed), ROWS_OF_A_DAY, Text("行", "rows"))
    for one in listed:
        row(one)
    if len({one.id for one in listed}) < len(listed):
        cause = Text("同じ番号の行が二つあります", "two rows have the same id")
        raise refuse(Text("行", "rows"), cause, Text("画面を読み直してください", "reload the page"))


def site(one: SiteHead) -> None:
    """A site's head with its own tasks and what was reported."""
    line(one.id, SITE)
    line(one.name, Text("施設の名前", "the site's name"), empty=True)
    _count(len(one.tasks), TASKS_OF_A_SITE, Text("業務", "tasks"))
    _count(len(one.reported), REPORTED_OF_A_SITE, Text("聞き取り", "reported"))
    for code, attributes in one.tasks.items():
        line(code, Text("業務", "task"))
        for name, value in attributes.items():
            line(name, Text(f"業務「{code}」", f"task {code}"))
            line(value, Text(f"業務「{code}」の{name}", f"{name} of task {code}"), empty=True)
    for item in one.reported:
        for name, value in item.items():
            line(name, Text("聞き取り", "reported"))
            line(value, Text(f"聞き取りの{name}", f"{name} of a reported item"), empty=True)


def override(one: VerdictOverride) -> None:
    """A coordinator's word on a verdict; it has a reason."""
    line(one.id, Text("判断の番号", "the override's id"), empty=True)
    line(one.unit, Text("ユニット", "unit"), empty=True)  # work told of without a unit has none
    line(one.task, Text("業務", "task"))
    line(one.who, Text("だれの判断か", "whose judgement"), empty=True)
    if not one.reason.strip():
        raise refuse(
            Text("理由", "reason"), Text("空です", "it is empty"), Text("理由を書いてください", "give a reason")
        )
    note(one.reason, Text("理由", "reason"))
    if one.start is not None or one.end is not None:
        start = 0 if one.start is None else one.start
        _stretch(start, LATEST if one.end is None else one.end, Text("時間帯", "hours"))


def member(one: Member) -> None:
    """Somebody who may sign in."""
    line(one.subject, Text("アカウント", "account"))
    line(one.label, Text("表示", "label"), empty=True)
    for name in one.sites or ():
        line(name, SITE)


def text(value: str, place: Text) -> None:
    """A longer text, such as a mapping, within bounds."""
    _within(value, place, TEXT_BYTES)
    if _BAD_NOTE.search(value):
        raise refuse(place, *_CONTROL)


def draft(name: str, data: bytes) -> None:
    """A shaped job's file under a name."""
    line(name, Text("仕事の案の名前", "the job's name"))
    _within(data, Text("仕事の案", "the job"), DRAFT_BYTES)


def person(one: Person) -> None:
    """Somebody on duty: an id, a role, stretches."""
    place = Text(f"職員「{one.id[:40]}」", f"person {one.id[:40]}")
    line(one.id, Text("職員", "staff"))
    line(one.role, Text(f"{place.ja}の職種", f"role of {place.en}"), empty=True)
    _count(len(one.on), STRETCHES, Text(f"{place.ja}の勤務時間", f"hours of {place.en}"))
    for on, off in one.on:
        _stretch(on, off, place)


def _stretch(start: int, end: int, place: Text) -> None:
    if not _on_the_clock(start) or not _on_the_clock(end):
        raise refuse(
            place,
            Text("時刻がその日と翌日の外です", "a time lies outside the day and the next"),
            Text("0:00から翌日の24:00までで書いてください", "write times from 0:00 to 24:00 of the next day"),
        )
    if end < start:
        raise refuse(
            place,
            Text("終わりが始まりより前です", "it ends before it starts"),
            Text("どちらかの時刻を直してください", "correct one of the times"),
        )


def _on_the_clock(minutes: object) -> bool:
    """Whole minutes of the day or the next, whatever a caller hands over."""
    return isinstance(minutes, int) and not isinstance(minutes, bool) and 0 <= minutes <= LATEST


def _within(text: str | bytes, place: Text, limit: int) -> None:
    if len(text) > limit:
        raise refuse(
            place,
            Text(f"長すぎます（{limit}文字まで）", f"it is too long (up to {limit} characters)"),
            Text("短くしてください", "shorten it"),
        )


def _count(n: int, limit: int, place: Text) -> None:
    if n > limit:
        raise refuse(
            place,
            Text(f"多すぎます（{limit}まで）", f"there are too many (up to {limit})"),
            Text("分けてください", "divide it"),
        )


def paper(one: Paper) -> None:
    """A whole paper: its kind, id, site and text."""
    line(one.kind, KEY)
    line(one.id, KEY)
    line(one.site, SITE, empty=True)
    text(one.text, PAPER)
