"""Wordings of what is wrong with a typed line or a correction: cause and remedy, in both languages, by code.

A value called `clock`, `start`, `end` or `other` is minutes and is worded as a clock time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from carveout.language import Text
from carveout.observations.text import shown
from carveout.words import clock

_CLOCKS = frozenset(("clock", "start", "end", "other"))


@dataclass(frozen=True, slots=True)
class Message:
    """What a problem says: why, and what to do."""

    cause: Text
    remedy: Text

    def worded(self, **values: object) -> tuple[Text, Text]:
        """Cause and remedy with their values; a `Text` is worded per language, minutes as a clock time."""
        ja, en = {}, {}
        for name, value in values.items():
            text = _said(name, value)
            ja[name], en[name] = text.ja, text.en
        return self.cause.format(ja, en), self.remedy.format(ja, en)


def _said(name: str, value: object) -> Text:
    if isinstance(value, Text):
        return Text(shown(value.ja), shown(value.en))
    if name in _CLOCKS and value is None:
        return Text("継続中", "still going on")
    if name in _CLOCKS and isinstance(value, int):
        return said_clock(value)
    return Text(shown(value), shown(value))


def said_clock(minutes: int) -> Text:
    """A clock time as one says it; past midnight that of the next day.

    >>> said_clock(1460).ja, said_clock(545).en
    ('翌0:20', '9:05')
    """
    if minutes > 1440:
        hour, minute = divmod(minutes - 1440, 60)
        return Text(f"翌{hour}:{minute:02d}", f"{hour}:{minute:02d} the next day")
    plain = clock(minutes).removeprefix("0")
    return Text(plain, plain)


def _message(cause: tuple[str, str], remedy: tuple[str, str]) -> Message:
    return Message(Text(*cause), Text(*remedy))


EDITS: Mapping[str, Message] = MappingProxyType(
    {
        "row_is_otherwise": _message(
            ("その行は、直そうとしている間に変わりました", "the row changed while it was being corrected"),
            ("今の内容を確かめて、もう一度直してください", "look at what stands now and correct it again"),
        ),
        "no_such_row": _message(
            ("その行はもうありません", "there is no such row any more"),
            ("画面を新しくして、残っている行を選んでください", "refresh the screen and choose a row that is there"),
        ),
        "row_exists": _message(
            ("同じ番号の行がすでにあります", "a row of this id stands already"),
            ("もう一度入力してください", "enter it again"),
        ),
        "split_outside": _message(
            (
                "{clock}はこの行（{start}〜{end}）の途中ではありません",
                "{clock} is not inside this row ({start} to {end})",
            ),
            ("始まりと終わりの間の時刻で分けてください", "split at a time between its start and its end"),
        ),
        "merge_one": _message(
            ("まとめる行が一つしかありません", "there is only one row to merge"),
            ("二つ以上の行を選んでください", "choose two or more rows"),
        ),
        "merge_tasks": _message(
            ("違う業務の行はまとめられません", "rows of different tasks cannot be merged"),
            (
                "先に業務をそろえるか、同じ業務の行を選んでください",
                "give them one task first, or choose rows of one task",
            ),
        ),
        "merge_staff": _message(
            ("担当した職員が違う行はまとめられません", "rows of different people cannot be merged"),
            (
                "先に職員をそろえるか、同じ職員の行を選んでください",
                "give them the same staff first, or choose rows of the same",
            ),
        ),
        "boundary_too_far": _message(
            ("{clock}まで動かすと、行が一つなくなってしまいます", "moved to {clock}, a row would vanish"),
            ("間の時刻にするか、要らない行を先に消してください", "choose a time in between, or remove the row first"),
        ),
        "switch_before_start": _message(
            (
                "{clock}より後の{start}に始まった業務がまだ続いています",
                "a task that started at {start}, after {clock}, is still going on",
            ),
            (
                "その行の始まりを直すか、{start}より後の時刻にしてください",
                "correct its start, or take a time after {start}",
            ),
        ),
        "outside_the_day": _message(
            ("その日の0:00から翌24:00までの外に出ます", "this leaves the day (0:00 to 24:00 of the next day)"),
            ("時刻か、ずらす分数を確かめてください", "check the time, or by how many minutes to shift"),
        ),
        "end_before_start": _message(
            ("終わり（{end}）が始まり（{start}）より前です", "the end ({end}) is before the start ({start})"),
            (
                "時刻を確かめてください。日をまたぐときは「翌」を付けます",
                "check the times; past midnight, say it is the next day",
            ),
        ),
    }
)

LEFT_OUT: Mapping[str, Message] = MappingProxyType(
    {
        "open_row": _message(
            (
                "終わりの時刻がない業務「{task}」は分析に入っていません",
                "the task {task} has no end and is left out of the analysis",
            ),
            ("終わりの時刻を入れてください", "enter when it ended"),
        ),
        "impossible_row": _message(
            (
                "「{task}」の時刻が一日の中に収まらず、分析に入っていません",
                "the times of {task} make no stretch of a day; it is left out",
            ),
            ("始まりと終わりの時刻を直してください", "correct its start and end"),
        ),
        "row_without_task": _message(
            ("業務が書かれていない行は分析に入っていません", "a row without a task is left out of the analysis"),
            ("業務を書くか、行を消してください", "name the task or remove the row"),
        ),
    }
)
