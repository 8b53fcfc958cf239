"""What can be wrong with a file of overrides, worded for the person who wrote it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from carveout.language import Text
from carveout.observations.messages import MESSAGES, Message


def _error(cause: tuple[str, str], remedy: tuple[str, str]) -> Message:
    return Message("error", Text(*cause), Text(*remedy))


_CHOOSE = (
    "判断を改めるファイル（format: carveout-overrides/1）を指定してください",
    "name a file of overrides (format: carveout-overrides/1)",
)
_OWN = {
    "empty_file": _error(("ファイルに何も書かれていません", "the file is empty"), _CHOOSE),
    "too_large": _error(
        ("ファイルが大きすぎます（上限 {limit}）", "the file is too large (limit {limit})"),
        _CHOOSE,
    ),
    "not_text": _error(
        ("文字として読めません（UTF-8ではありません）", "this is not readable text (not UTF-8)"),
        ("UTF-8で保存し直してください", "save it again as UTF-8"),
    ),
    "several_documents": _error(
        ("一つのファイルに二つ以上の文書が入っています", "the file holds more than one document"),
        ("「overrides:」の下に一つの並びとして書いてください", "write them as one list under `overrides:`"),
    ),
    "not_a_document": _error(
        ("「キー: 値」の形になっていません", "this is not a mapping of keys to values"),
        _CHOOSE,
    ),
    "wrong_format": _error(
        ("「format」が「{value}」です", "`format` is {value}"),
        ("「format: carveout-overrides/1」と書いてください", "write `format: carveout-overrides/1`"),
    ),
    "too_many": _error(
        ("書かれた判断が多すぎます（上限 {limit}）", "there are too many overrides (limit {limit})"),
        ("施設ごとにファイルを分けてください", "divide them by site"),
    ),
    "no_length": _error(
        ("終わり {end} が始まり {start} より後ではありません", "it ends at {end}, not after its start at {start}"),
        (
            "時刻を直してください。翌日までなら終わりを{next}と書きます",
            "correct the times; if it ends on the next day, write {next}",
        ),
    ),
    "no_moment": _error(
        ("「{value}」は日付・日時として読めません", "{value} is no date or time"),
        ("2026-06-10 か 2026-06-10T09:30 のように書いてください", "write it like 2026-06-10 or 2026-06-10T09:30"),
    ),
    "short_reason": _error(
        ("理由が短すぎます（{length}字）", "the reason is too short ({length} characters)"),
        (
            "何を見てそう判断したかを{least}字以上で書いてください",
            "write in at least {least} characters what was seen that speaks for it",
        ),
    ),
    "same_id": _error(
        ("番号「{value}」がほかの判断と同じです", "the id {value} is used twice"),
        ("番号を変えるか、書かずにおいてください", "change one of them or leave it out"),
    ),
}

OVERRIDE_MESSAGES: Mapping[str, Message] = MappingProxyType({**MESSAGES, **_OWN})
