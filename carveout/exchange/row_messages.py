"""Wordings about single rows, and about what a person is asked; see `messages`."""

from __future__ import annotations

from carveout.errors import Severity
from carveout.language import Text
from carveout.observations.messages import Message


def message(severity: Severity, cause: tuple[str, str], remedy: tuple[str, str]) -> Message:
    """A message from its wordings, Japanese first."""
    return Message(severity, Text(*cause), Text(*remedy))


ROWS = {
    "bad_time": message(
        "error",
        (
            "時刻「{value}」が読めません。この行は取り込んでいません",
            "the time {value} cannot be read; the row is left out",
        ),
        ("9:05 や 2026-06-01 09:05 のように書いてください", "write it like 9:05 or 2026-06-01 09:05"),
    ),
    "bad_day": message(
        "error",
        (
            "日付「{value}」が読めません。この行は取り込んでいません",
            "the date {value} cannot be read; the row is left out",
        ),
        ("2026-06-01 のように書いてください", "write it like 2026-06-01"),
    ),
    "bad_minutes": message(
        "error",
        ("分数「{value}」は0から60の数ではありません", "{value} is not a number of minutes from 0 to 60"),
        ("その1時間のうちの分数を書いてください", "write the minutes within that hour"),
    ),
    "bad_hour": message(
        "error",
        (
            "時間帯「{value}」が読めません。この行は取り込んでいません",
            "the hour {value} cannot be read; the row is left out",
        ),
        ("7時台 や 07:00-08:00 のように書いてください", "write it like 7:00-8:00"),
    ),
    "full_hour": message(
        "warning",
        (
            "この1時間の分数の合計が60を超えています（{total}分）",
            "the minutes of this hour add up to {total}, more than 60",
        ),
        (
            "重なる行として取り込みました。もとの表を確かめてください",
            "they were placed as overlapping rows; check the table",
        ),
    ),
    "blank_task": message(
        "error",
        ("業務の名前がありません。この行は取り込んでいません", "the row names no task; it is left out"),
        ("業務の名前を書いてください", "write the task"),
    ),
    "end_before_start": message(
        "error",
        (
            "終わり（{end}）が始まり（{start}）より前です。この行は取り込んでいません",
            "it ends ({end}) before it starts ({start}); the row is left out",
        ),
        (
            "時刻を直すか、翌日に終わるなら日付も書いてください",
            "correct the times, or write the date of an end on the next day",
        ),
    ),
    "whole_day": message(
        "error",
        (
            "24時間以上つづく行です（{start}〜{end}）。取り込んでいません",
            "the row lasts a day or longer ({start} to {end}); it is left out",
        ),
        ("日ごとの行に分けてください", "split it into one row per day"),
    ),
    "date_above": message(
        "warning",
        (
            "日付が空欄の行は、上の行と同じ日としました（{n}行）",
            "rows without a date are taken to be of the same day as the row above ({n})",
        ),
        ("違っていれば、その行に日付を書いてください", "if that is wrong, write the date into those rows"),
    ),
    "past_midnight": message(
        "warning",
        (
            "終わりが始まりより早い行は、翌日に終わるとしました（{n}行）",
            "rows that end before they start are taken to end on the next day ({n})",
        ),
        ("夜勤でなければ、もとの時刻を直してください", "if nobody worked at night, correct the times"),
    ),
    "far_day": message(
        "error",
        (
            "{value} は扱える日付ではありません。この行は取り込んでいません",
            "{value} is no day this program handles; the row is left out",
        ),
        ("日付を直してください", "correct the date"),
    ),
    "too_long": message(
        "error",
        (
            "「{field}」が長すぎます（上限 {limit}文字）。この行は取り込んでいません",
            "{field} is too long (limit {limit} characters); the row is left out",
        ),
        ("短い名前にしてください", "use a shorter name"),
    ),
    "cut_note": message(
        "warning",
        ("備考が長すぎるため、{limit}文字までにしました", "the note is too long and was cut at {limit} characters"),
        ("残りは、もとのファイルで確かめてください", "the rest is in the original file"),
    ),
    "no_end": message(
        "warning",
        (
            "「{task}」の終わりがありません。続いている行として取り込みました",
            "{task} has no end; it is kept as a row still going on",
        ),
        ("終わりの時刻を入れてください", "enter its end"),
    ),
    "no_start": message(
        "warning",
        (
            "「{task}」は終わりだけがあり、始まりがありません。その時刻だけの行にしました",
            "{task} ends without a start; it is kept as a row of that moment",
        ),
        ("始まりの時刻を入れてください", "enter its start"),
    ),
    "points": message(
        "warning",
        (
            "終わり（complete）だけの記録が{n}件あり、長さのない行にしました",
            "{n} events only tell a completion; they became rows without a length",
        ),
        ("始まりも記録したログなら、長さが分かります", "a log that tells starts as well would tell how long they took"),
    ),
    "universal_time": message(
        "warning",
        (
            "{n}件の時刻が世界標準時（UTC）で書かれています。書かれたとおりの時刻として読みました",
            "{n} times are told in universal time (UTC); they were read as written",
        ),
        (
            "日本の時計と9時間ずれていれば、対応表の offset に +09:00 と書いて読み直してください",
            "if they are off the local clock, read the file again with the offset (+09:00) in the mapping",
        ),
    ),
    "lifecycle": message(
        "warning",
        ("「{value}」の記録{n}件は、行にしていません", "{n} events of the kind {value} did not become rows"),
        ("始まり（start）と終わり（complete）だけを行にします", "only start and complete make rows"),
    ),
    "bad_type": message(
        "error",
        (
            "種類「{value}」が START・STOP・POINT のどれでもありません。この行は取り込んでいません",
            "the type {value} is none of START, STOP, POINT; the row is left out",
        ),
        ("BORISで書き出し直してください", "export the events from BORIS again"),
    ),
    "until_next": message(
        "warning",
        (
            "終わりの列がないため、次の記録が始まるまで続いたとしました",
            "no column tells an end: each record is taken to last until the next one starts",
        ),
        (
            "そうでなければ、終わりか所要時間の列を選ぶか、長さのない行として読み込んでください",
            "if that is wrong, say which column is the end or the duration, or read them as rows without a length",
        ),
    ),
    "name_in_note": message(
        "warning",
        ("備考に人の名前らしいもの（{name}）があります", "the note holds what looks like somebody's name ({name})"),
        ("番号や役割に書きかえてください", "write an id or a role instead"),
    ),
    "pauses": message(
        "warning",
        (
            "{minutes}分を超えて記録のない間が{n}回あり、その間は業務としていません",
            "there are {n} pauses of more than {minutes} minutes without a record; nothing is assumed for them",
        ),
        (
            "続いていた業務があれば、行の終わりを直してください",
            "if work went on meanwhile, correct the ends of its rows",
        ),
    ),
    "joined": message(
        "warning",
        ("同じ業務が続く{n}行を、{rows}行にまとめました", "{n} successive records of the same task became {rows} rows"),
        (
            "一枚ごと、または一定の間隔の記録では、これが業務の長さになります",
            "this is how image-by-image or interval records tell durations",
        ),
    ),
}

ASK = {
    "no_rows": message(
        "error",
        ("取り込める行が1行もありません", "not a single row could be imported"),
        ("上の指摘を直すか、列の選び方を変えてください", "mend the points above, or choose the columns differently"),
    ),
    "unknown_task": message(
        "warning",
        (
            "業務「{task}」（{n}行）は業務カタログにありません。そのままの名前で残しました",
            "the task {task} ({n} rows) is not in the catalogue; its name was kept",
        ),
        (
            "どの業務かを選んでください{near}",
            "say which task it is{near}",
        ),
    ),
    "left_out": message(
        "warning",
        ("対応表に従い、「{task}」の{n}行は取り込んでいません", "{n} rows of {task} are left out, as the mapping says"),
        ("取り込むには、対応表で業務を選んでください", "to keep them, choose a task in the mapping"),
    ),
    "ignored_column": message(
        "warning",
        ("列「{heading}」は使っていません", "the column {heading} is not used"),
        (
            "要る場合は、どの項目かを選ぶか、備考に入れてください",
            "if it matters, say what it is, or keep it in the note",
        ),
    ),
    "renamed": message(
        "warning",
        (
            "人の名前らしいものを番号に置き換えました: {names}",
            "what looked like names of people was replaced by ids: {names}",
        ),
        (
            "番号と人の対応は手もとの紙に控え、記録には書かないでください",
            "keep the key on paper; names do not belong in a record",
        ),
    ),
    "too_many_names": message(
        "warning",
        (
            "種類が多すぎるため、{limit}までを尋ねています",
            "there are too many names; only the first {limit} are asked about",
        ),
        ("その列が業務や職員かどうかを確かめてください", "check that this column really holds tasks or persons"),
    ),
    "observations_joined": message(
        "warning",
        (
            "同じ日・同じユニットの観察{n}件を、一つの日にまとめました",
            "{n} observations of the same day and unit became one day",
        ),
        (
            "別々の人が観察したのなら、観察者の列に Observation id を選んでください",
            "if different people observed, choose Observation id as the column of the observer",
        ),
    ),
    "hours": message(
        "warning",
        (
            "1時間ごとの分数なので、行の時刻は仮のものです（合計だけが確かです）",
            "the source tells minutes per hour: the rows' clock times are provisional, only their sums are certain",
        ),
        (
            "流れや手薄な時間帯を見るには、時刻のある観察記録を使ってください",
            "to see flows and thin hours, use a record with clock times",
        ),
    ),
    "after_midnight": message(
        "warning",
        (
            "夜の時間帯のあとに続く朝までの{n}行は、翌日のものとしました",
            "{n} rows of the small hours that follow the evening are taken to be those of the next day",
        ),
        ("違っていれば、その行に翌日の日付を書いてください", "if that is wrong, write the date into those rows"),
    ),
    "interruptions": message(
        "warning",
        ("割り込みの記録{n}件は、重なる行として残しました", "{n} interruptions were kept as overlapping rows"),
        (
            "割り込んだ業務の名前が分からない行は、名前を確かめてください",
            "check the names of interruptions that tell no task",
        ),
    ),
}
