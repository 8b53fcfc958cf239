"""Wordings of what is wrong with a typed line or a correction: cause and remedy, in both languages, by code.

A value called `clock`, `start`, `end`, `other`, `new_start` or `new_end` is minutes, worded as a clock time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from carveout.errors import Severity
from carveout.language import Text
from carveout.observations.text import shown
from carveout.words import clock

_CLOCKS = frozenset(("clock", "start", "end", "other", "new_start", "new_end"))


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


def offered(what: Text) -> Text:
    """The offer of another reading: 「13:15」に直す."""
    return Text(f"「{what.ja}」に直す", f"Change to {what.en}")


def _error(cause: tuple[str, str], remedy: tuple[str, str]) -> tuple[Severity, Message]:
    return "error", _message(cause, remedy)


def _warning(cause: tuple[str, str], remedy: tuple[str, str]) -> tuple[Severity, Message]:
    return "warning", _message(cause, remedy)


LINES: Mapping[str, tuple[Severity, Message]] = MappingProxyType(
    {
        "empty": _error(
            ("何も入力されていません", "nothing is typed"),
            ("「9:10-9:25 配膳 s1」のように入力してください", "type something like 9:10-9:25 serving s1"),
        ),
        "too_long": _error(
            ("一行が長すぎます（{n}文字）", "the line is too long ({n} characters)"),
            ("一つの業務を一行に、{limit}文字までで書いてください", "write one task a line, up to {limit} characters"),
        ),
        "bad_clock": _error(
            ("「{value}」という時刻はありません", "there is no time {value}"),
            (
                "0:00から24:00までで書き、日をまたぐなら「翌0:20」のように書いてください",
                "write 0:00 to 24:00, and 翌0:20 for twenty past midnight of the next day",
            ),
        ),
        "end_before_start": _error(
            ("終わり（{end}）が始まり（{start}）より前です", "the end ({end}) is before the start ({start})"),
            (
                "時刻を直すか、日をまたぐなら「翌」を付けてください",
                "correct a time, or write 翌 before one of the next day",
            ),
        ),
        "no_time": _error(
            ("時刻がありません", "there is no time"),
            ("「9:10-9:25」のように始まりと終わりを書いてください", "write start and end, as in 9:10-9:25"),
        ),
        "no_row_before": _error(
            ("前の行がないので、始まりがわかりません", "no row stands before, so the start is not known"),
            ("「9:10-9:25」のように始まりも書いてください", "write the start too, as in 9:10-9:25"),
        ),
        "no_now": _error(
            (
                "「〜分前」は今の時刻から数える言い方で、ここでは使えません",
                "minutes ago count from now, which is not known here",
            ),
            ("「9:10-9:25」のように時刻で書いてください", "write clock times, as in 9:10-9:25"),
        ),
        "outside_the_day": _error(
            ("その日の0:00から翌24:00までの外に出ます", "this leaves the day (0:00 to 24:00 of the next day)"),
            ("時刻か分数を確かめてください", "check the time or the number of minutes"),
        ),
        "bare_number": _error(
            ("「{value}」だけでは時刻か分数かわかりません", "{value} alone may be a time or a number of minutes"),
            (
                "「{value}分まで」なら -{value}、「{value}分間」なら +{value} と書いてください",
                "write -{value} for until that minute, +{value} for so many minutes",
            ),
        ),
        "no_task": _error(
            ("業務がありません", "there is no task"),
            ("時刻の後に業務を書いてください（例：配膳）", "write a task after the time, such as serving"),
        ),
        "two_tasks": _error(
            ("業務が二つあります（{tasks}）", "there are two tasks ({tasks})"),
            (
                "一行に一つずつ書いてください。同時にしていた業務も二行にします",
                "write one a line, also for two done at once",
            ),
        ),
        "date_left_out": _warning(
            ("日付は、この日の記録の日付をそのまま使います", "the date is that of this day's record"),
            ("違う日の行なら、その日の記録に書いてください", "write rows of another day into that day's record"),
        ),
        "open_end": _warning(
            ("終わりの時刻がありません（継続中として記録します）", "there is no end (kept as still going on)"),
            ("「9:10-9:25」「+15」「〜9:25」のように終わりを書けます", "write the end as 9:10-9:25, +15 or -9:25"),
        ),
        "zero_length": _warning(
            ("始まりと終わりが同じ時刻です", "start and end are the same"),
            ("一分未満ならこのまま、違えば直してください", "leave it if it took less than a minute, else correct it"),
        ),
        "taken_as_next_day": _warning(
            ("前の行の続きとみて、{clock}としました", "taken as {clock}, following the row before"),
            ("その日の未明なら「午前」を付けてください", "write 午前 (or am) for the early hours of this day"),
        ),
        "two_readings": _warning(
            ("{clock}としましたが、{other}とも読めます", "taken as {clock}; it may also be {other}"),
            ("違うときは直してください", "change it if that was meant"),
        ),
        "morning_kept": _warning(
            ("始まりを朝の{clock}としました", "the start is taken as {clock} in the morning"),
            ("午後なら直してください", "change it if the afternoon was meant"),
        ),
        "unknown_task": _warning(
            (
                "「{task}」は業務一覧にないため、そのままの名前で記録します",
                "{task} is no known task and is kept under that name",
            ),
            ("{guess}違う業務ならこのままで構いません", "{guess}leave it if it is a task of its own"),
        ),
        "extra_words": _warning(
            ("「{words}」はメモとして記録します", "{words} is kept as a note"),
            ("メモは「#」の後に書くと確実です", "write notes behind a # to be sure"),
        ),
        "unknown_staff": _warning(
            ("「{staff}」はこの日の職員の一覧にありません", "{staff} is not in the day's list of staff"),
            (
                "書き間違いなら直し、そうでなければ勤務の一覧に加えてください",
                "correct it, or add the person to the list",
            ),
        ),
        "name_like": _warning(
            ("「{staff}」は人の名前のようです", "{staff} looks like a person's name"),
            (
                "名前は記録しません。「{id}」のような記号にしてください",
                "names are not recorded; use an id such as {id}",
            ),
        ),
        "name_in_note": _warning(
            ("メモの「{name}」は人の名前のようです", "{name} in the note looks like a person's name"),
            ("「入居者」「A職員」のように、誰かわからない書き方にしてください", "say resident or staff member instead"),
        ),
        "unknown_unit": _warning(
            ("「{unit}」というユニットは登録されていません", "no unit {unit} is known"),
            ("書き間違いなら直してください（{units}）", "correct it if mistyped ({units})"),
        ),
    }
)
