"""Wordings of what the checks find: severity, cause, remedy, and what the one-action repair does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from carveout.language import Text
from carveout.workday.messages import Message

Weight = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Wording:
    """One kind of finding. repair: what the button of its repair says."""

    weight: Weight
    message: Message
    repair: Text

    def repair_worded(self, **values: object) -> Text:
        """What the repair does, with its values."""
        return Message(self.repair, self.repair).worded(**values)[0]


def _wording(
    weight: Weight, cause: tuple[str, str], remedy: tuple[str, str], repair: tuple[str, str] = ("", "")
) -> Wording:
    return Wording(weight, Message(Text(*cause), Text(*remedy)), Text(*repair))


_ROWS = {
    "end_before_start": _wording(
        "error",
        ("{task}の終わり（{end}）が始まり（{start}）より前です", "{task} ends ({end}) before it starts ({start})"),
        ("時刻を直してください", "correct the times"),
        ("{new_start}〜{new_end}にする", "make it {new_start} to {new_end}"),
    ),
    "outside_the_day": _wording(
        "error",
        ("{task}の時刻が一日の中に収まりません", "the times of {task} leave the day"),
        ("時刻を直してください", "correct the times"),
    ),
    "no_task": _wording(
        "error",
        ("{start}の行に業務がありません", "the row of {start} has no task"),
        ("業務を書くか、行を消してください", "name the task, or remove the row"),
        ("行を消す", "remove the row"),
    ),
    "open_row": _wording(
        "warning",
        ("{start}からの{task}が終わっていません", "{task} from {start} has no end"),
        ("終わりの時刻を入れてください。ないままでは分析に入りません", "enter its end; it is not analysed without one"),
        ("{clock}に終わりにする", "end it at {clock}"),
    ),
    "zero_length": _wording(
        "note",
        ("{start}の{task}は始まりと終わりが同じです", "{task} of {start} starts and ends at the same time"),
        ("一分未満ならこのままで構いません", "leave it if it took less than a minute"),
    ),
    "long_row": _wording(
        "warning",
        ("{task}（{start}〜{end}）がとても長くなっています", "{task} ({start} to {end}) is very long"),
        ("終わりの時刻を確かめてください", "check its end"),
        ("{clock}に終わりにする", "end it at {clock}"),
    ),
    "unknown_task": _wording(
        "warning",
        ("「{task}」は業務一覧にありません", "{task} is no known task"),
        (
            "同じ業務なら名前をそろえ、別の業務ならこのままで構いません",
            "give it the known name if it is the same, else leave it",
        ),
        ("「{guess}」にそろえる", "call it {guess}"),
    ),
    "no_staff": _wording(
        "warning",
        ("{start}の{task}に職員がありません", "{task} of {start} names nobody"),
        ("誰がしたかを記号で入れてください", "enter who did it, as an id"),
        ("{staff}の仕事にする", "give it to {staff}"),
    ),
    "name_like": _wording(
        "warning",
        ("職員「{staff}」は人の名前のようです", "{staff} looks like a person's name"),
        ("名前は記録しません。s1のような記号にしてください", "names are not recorded; use an id such as s1"),
        ("「{id}」に置き換える", "replace it by {id}"),
    ),
    "name_in_note": _wording(
        "warning",
        ("{start}のメモの「{name}」は人の名前のようです", "{name} in the note of {start} looks like a person's name"),
        ("誰かわからない書き方にしてください", "write it so that nobody can be recognised"),
        ("「○○」に置き換える", "replace it by ○○"),
    ),
}

_OVERLAPS = {
    "identical_row": _wording(
        "warning",
        ("同じ行が{n}回書かれています（{start}の{task}）", "the same row stands {n} times ({task} of {start})"),
        ("書き重ねなら一つにしてください", "keep one if it was written twice"),
        ("一つ残して消す", "keep one"),
    ),
    "same_task_twice": _wording(
        "warning",
        ("{staff}の{task}が{start}〜{end}で重なっています", "{staff} does {task} twice at once, {start} to {end}"),
        ("時刻を直すか、一つの行にまとめてください", "correct a time, or make them one row"),
        ("一つの行にまとめる", "make them one row"),
    ),
    "swallows": _wording(
        "warning",
        (
            "{staff}の{task}（{start}〜{end}）の間に、同じ人の行が{n}件あります",
            "{n} rows of {staff} lie inside {task} ({start} to {end})",
        ),
        (
            "終わりの時刻を確かめてください。ながら仕事ならこのままで構いません",
            "check its end; leave it if both were done at once",
        ),
        ("{clock}に終わりにする", "end it at {clock}"),
    ),
}

_DUTY = {
    "unknown_staff": _wording(
        "warning",
        ("{staff}はこの日の職員の一覧にありません（{n}行）", "{staff} is not in the day's list of staff (rows: {n})"),
        (
            "書き間違いなら直し、そうでなければ勤務の一覧に加えてください",
            "correct the id, or add the person to the list",
        ),
        ("{id}に直す", "change it to {id}"),
    ),
    "no_duty_times": _wording(
        "note",
        ("{staff}の勤務時間がありません", "no hours of duty are given for {staff}"),
        ("勤務時間を入れると、抜けを確かめられます", "enter them, and what was not seen can be told"),
    ),
    "person_not_seen": _wording(
        "note",
        (
            "{staff}の勤務（{start}〜{end}）は一行もありません",
            "nothing was noted of {staff}'s shift ({start} to {end})",
        ),
        ("見ていない人ならこのままで構いません", "leave it if this person was not observed"),
    ),
    "partly_seen": _wording(
        "note",
        (
            "{staff}の勤務{duty}分のうち、記録は{seen}分です",
            "of {staff}'s {duty} minutes on duty, {seen} are noted",
        ),
        ("付いて見ていた人なら、抜けている時間を加えてください", "add what is missing if this person was followed"),
    ),
    "shift_start_not_seen": _wording(
        "note",
        (
            "{staff}の勤務の始め（{start}〜{end}）に記録がありません",
            "the beginning of {staff}'s shift ({start} to {end}) is blank",
        ),
        ("見ていなければこのままで構いません", "leave it if it was not observed"),
        ("{task}を{start}からにする", "let {task} start at {start}"),
    ),
    "shift_end_not_seen": _wording(
        "note",
        (
            "{staff}の勤務の終わり（{start}〜{end}）に記録がありません",
            "the end of {staff}'s shift ({start} to {end}) is blank",
        ),
        ("見ていなければこのままで構いません", "leave it if it was not observed"),
        ("{task}を{end}までにする", "let {task} last until {end}"),
    ),
    "gap": _wording(
        "warning",
        (
            "{staff}の{start}〜{end}（{n}分）に記録がありません",
            "nothing is noted of {staff} from {start} to {end} ({n} minutes)",
        ),
        ("休憩・手待ち・見ていない時間のどれかを確かめてください", "was it a break, waiting, or not observed?"),
        ("{task}で埋める", "fill it with {task}"),
    ),
    "short_gap": _wording(
        "note",
        ("{staff}の{start}〜{end}（{n}分）が空いています", "{staff} has a hole from {start} to {end} ({n} minutes)"),
        ("移動や片づけなら前の行を延ばしてください", "extend the row before if it was walking or tidying"),
        ("{task}を{end}まで延ばす", "extend {task} until {end}"),
    ),
    "no_break": _wording(
        "note",
        ("{staff}の勤務（{start}〜{end}）に休憩が見当たりません", "{staff}'s shift ({start} to {end}) shows no break"),
        ("休憩の行を加えるか、勤務時間を分けてください", "add the break as a row, or divide the hours of duty"),
        ("{new_start}〜{new_end}を休憩にする", "make {new_start} to {new_end} the break"),
    ),
    "outside_duty": _wording(
        "warning",
        (
            "{staff}の{task}（{start}〜{end}）が勤務時間の外です",
            "{task} of {staff} ({start} to {end}) lies outside the hours of duty",
        ),
        ("時刻か、勤務時間を確かめてください", "check the times, or the hours of duty"),
        ("{new_start}からにする", "move it to {new_start}"),
    ),
}

_USUAL = {
    "unusual_start": _wording(
        "note",
        (
            "{task}の始まり（{start}）が、いつも（{other}ごろ）と大きく違います",
            "{task} starts at {start}; on other days it is about {other}",
        ),
        ("書き間違いでなければこのままで構いません", "leave it if that is how it was"),
        ("{new_start}からにする", "move it to {new_start}"),
    ),
    "usual_task_missing": _wording(
        "note",
        (
            "いつもは{start}ごろにある{task}がありません（ほかの{n}日中{seen}日）",
            "{task}, usually about {start}, is missing (seen on {seen} of {n} other days)",
        ),
        (
            "なかったのならこのままで構いません。書き漏れなら加えてください",
            "leave it if there was none; add it if it was left out",
        ),
        ("{staff}の空いた時間を{task}で埋める", "fill {staff}'s blank time with {task}"),
    ),
    "few_rows": _wording(
        "note",
        (
            "行が{n}件で、同じ時間帯のいつも（{usual}件ほど）より大分少なめです",
            "{n} rows; these hours usually hold about {usual}",
        ),
        ("書き残しがないか確かめてください", "see whether something is still to be entered"),
    ),
}

CHECKS: Mapping[str, Wording] = MappingProxyType({**_ROWS, **_OVERLAPS, **_DUTY, **_USUAL})

# Actions of which none is likelier than the others.
CHOICES: Mapping[str, Text] = MappingProxyType(
    {
        "fill": Text("{task}で埋める", "fill it with {task}"),
        "until": Text("前の{task}を{clock}まで延ばす", "extend {task} until {clock}"),
        "from": Text("次の{task}を{clock}からにする", "let {task} start at {clock}"),
        "task": Text("「{task}」にする", "call it {task}"),
        "staff": Text("{staff}の仕事にする", "give it to {staff}"),
        "times": Text("{new_start}〜{new_end}にする", "make it {new_start} to {new_end}"),
        "id": Text("{id}に直す", "change it to {id}"),
    }
)
