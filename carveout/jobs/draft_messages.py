"""What can be wrong with the file of a shaped job, worded for the person who opens it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from carveout.language import Text
from carveout.observations.messages import MESSAGES, Message


def _error(cause: tuple[str, str], remedy: tuple[str, str]) -> Message:
    return Message("error", Text(*cause), Text(*remedy))


_OWN = {
    "empty_file": _error(
        ("ファイルに何も書かれていません", "the file is empty"),
        ("保存した仕事の案のファイルを選んでください", "choose the file of a job you saved"),
    ),
    "too_large": _error(
        ("仕事の案にしてはファイルが大きすぎます（上限 {limit}）", "the file is too large for a job (limit {limit})"),
        ("保存した仕事の案のファイルを選んでください", "choose the file of a job you saved"),
    ),
    "not_text": _error(
        ("文字として読めません（UTF-8ではありません）", "this is not readable text (not UTF-8)"),
        (
            "保存したままの仕事の案を選ぶか、UTF-8で保存し直してください",
            "choose the job's file as it was saved, or save it again as UTF-8",
        ),
    ),
    "several_documents": _error(
        ("一つのファイルに二つ以上の案が入っています", "the file holds more than one job"),
        ("一つの案ごとに一つのファイルにしてください", "keep one job in one file"),
    ),
    "not_a_document": _error(
        ("仕事の案の形（キー: 値）になっていません", "this is not the file of a job (a mapping of keys to values)"),
        ("保存した仕事の案のファイルを選んでください", "choose the file of a job you saved"),
    ),
    "wrong_format": _error(
        ("「format」が「{value}」です", "`format` is {value}"),
        (
            "仕事の案なら「format: carveout-job/1」と書いてください。観察の記録は「自分のファイル」で読み込みます",
            "write `format: carveout-job/1` if it is a job; observed days are loaded under “Your file”",
        ),
    ),
    "slot_without_length": _error(
        ("終わり {end} が始まり {start} より後ではありません", "it ends at {end}, not after its start at {start}"),
        (
            "時刻を直してください。翌日までなら終わりを{next}と書きます",
            "correct the times; if it ends on the next day, write {next}",
        ),
    ),
    "slot_too_long": _error(
        ("{start}から{end}までは24時間を超えています", "{start} to {end} is longer than 24 hours"),
        ("時刻を直すか、曜日ごとに分けてください", "correct the times or divide it by weekday"),
    ),
    "task_twice": _error(
        ("同じ業務（{task}・{mode}）が同じ時間に二度あります", "{task} ({mode}) stands twice in one slot"),
        ("どちらか一方を消してください", "remove one of them"),
    ),
    "too_many": _error(
        ("「{field}」が多すぎます（上限 {limit}）", "there are too many {field} (limit {limit})"),
        ("数をへらしてください", "remove some"),
    ),
    "not_a_count": _error(
        ("「{value}」は使えません", "{value} cannot be used here"),
        ("1から{most}までの整数を書いてください", "write a whole number from 1 to {most}"),
    ),
    "not_a_figure": _error(
        ("「{field}」が数ではありません", "{field} is not a number"),
        ("「0.67」のように数で書いてください", "write a number such as 0.67"),
    ),
}

DRAFT_MESSAGES: Mapping[str, Message] = MappingProxyType({**MESSAGES, **_OWN})
