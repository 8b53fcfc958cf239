"""Every wording of the imports, keyed by code: cause and remedy, Japanese and English."""

from __future__ import annotations

from collections.abc import Mapping

from carveout.errors import Severity
from carveout.language import Text
from carveout.observations.limits import Limits as ReadingLimits
from carveout.observations.messages import MESSAGES as READING
from carveout.observations.messages import Message
from carveout.observations.problems import FileProblems, shown_path

_MOST_OF_A_KIND = 200


def problems_of(name: str) -> FileProblems:
    """An empty list of problems for one file."""
    return FileProblems(shown_path(name), ReadingLimits(problems=_MOST_OF_A_KIND), MESSAGES)


def _one(severity: Severity, cause: tuple[str, str], remedy: tuple[str, str]) -> Message:
    return Message(severity, Text(*cause), Text(*remedy))


_FILES = {
    "empty_file": _one(
        "error",
        ("ファイルに何も書かれていません", "the file is empty"),
        ("もとのソフトでもう一度書き出してください", "export it again from the program it came from"),
    ),
    "unknown_format": _one(
        "error",
        ("どの形式のファイルか分かりません", "this is no kind of file that can be read"),
        (
            "見出しのあるCSVかExcel、XES、BORIS、観察記録（YAML）のどれかで書き出してください",
            "export it as CSV or Excel with headings, XES, BORIS, or an observation document (YAML)",
        ),
    ),
    "format_unreadable": _one(
        "error",
        ("「{format}」は読み込めません", "{format} cannot be read"),
        ("読み込める形式を選んでください", "choose a format that can be read"),
    ),
    "damaged": _one(
        "error",
        ("{format}として読めません（{reason}）", "this cannot be read as {format} ({reason})"),
        ("もとのソフトで書き出し直してください", "export it again from the program it came from"),
    ),
    "doctype": _one(
        "error",
        (
            "XMLの宣言（DOCTYPE）があるため、安全に読めません",
            "the file declares a document type (DOCTYPE), which is not safe to read",
        ),
        ("DOCTYPE の行を消すか、書き出し直してください", "remove the DOCTYPE line, or export the file again"),
    ),
    "no_table": _one(
        "error",
        ("見出しと行のある表が見つかりません", "no table with headings and rows was found"),
        ("1行目に見出し、その下に1行ずつ記録のある表にしてください", "put headings into the first row, records below"),
    ),
    "too_many_columns": _one(
        "warning",
        (
            "列が多すぎるため、{limit}列より右は読んでいません",
            "there are too many columns; those after {limit} are not read",
        ),
        ("要る列だけを残した表にしてください", "keep only the columns that matter"),
    ),
    "other_sheet": _one(
        "warning",
        ("シート「{sheet}」は読んでいません", "the sheet {sheet} was not read"),
        ("要る場合は、そのシートだけを別のファイルにしてください", "if it is needed, save it as a file of its own"),
    ),
    "too_many_cells": _one(
        "warning",
        (
            "見出しより右に値があります（{found}列、見出しは{expected}列）",
            "there are values beyond the headings ({found} cells, {expected} headings)",
        ),
        ("引用符と区切りを確かめてください", "check quotes and separators"),
    ),
    "many_sites": _one(
        "warning",
        ("{n}施設の記録があります（{sites}）", "the file holds {n} sites ({sites})"),
        ("施設ごとに取り込みます", "each is imported as a site of its own"),
    ),
}

_MAPPING = {
    "mapping_broken": _one(
        "error",
        ("対応表として読めません（{reason}）", "this is not a mapping ({reason})"),
        ("「carveout import」か取り込み画面で作り直してください", "make it anew with `carveout import` or in the app"),
    ),
    "mapping_key": _one(
        "error",
        ("対応表に知らない項目「{field}」があります", "the mapping has an unknown entry {field}"),
        ("使える項目: {known}", "known entries: {known}"),
    ),
    "mapping_value": _one(
        "error",
        ("対応表の「{field}」の値 {value} は使えません", "the mapping's {field} cannot be {value}"),
        ("その項目を消すか、書き直してください", "remove or correct the entry"),
    ),
    "mapped_column": _one(
        "warning",
        ("対応表の列「{heading}」はこのファイルにありません", "the mapping's column {heading} is not in this file"),
        (
            "この項目は、ほかの列から推し量りました。確かめてください",
            "it was guessed from the other columns; please check",
        ),
    ),
    "no_column": _one(
        "error",
        ("「{field}」にあたる列が分かりません", "no column is known to be the {field}"),
        ("どの列かを選んでください（列: {headings}）", "say which column it is (columns: {headings})"),
    ),
    "no_date": _one(
        "error",
        ("日付がファイルにありません", "the file does not say on which day this was"),
        ("観察した日を指定してください", "say which day was observed"),
    ),
    "no_origin": _one(
        "warning",
        (
            "時刻が観察開始からの秒数で、開始の時刻が分からないため、0時0分からとしました",
            "times count from the start of the observation, which is not told: taken as 00:00",
        ),
        ("観察を始めた時刻を指定してください", "say at what time the observation started"),
    ),
    "started_at": _one(
        "warning",
        (
            "観察「{observation}」は、ファイルにある {start} に始まったとして時刻を求めました",
            "clock times follow from the start the file tells for {observation}: {start}",
        ),
        (
            "動画を後から見て記録した場合は、これは記録した日時です。撮影した日と時刻を指定してください",
            "if a video was coded later, this is when it was coded: give the day and time of the recording",
        ),
    ),
    "no_kind": _one(
        "warning",
        ("施設の種別が分からないため、「その他」としました", "the kind of site is not told: taken as other"),
        ("介護施設か保育所かを選んでください", "say whether it is a care home or a nursery"),
    ),
    "no_site": _one(
        "warning",
        ("施設の番号がないため、「{site}」としました", "no site is told: it is called {site}"),
        ("施設の番号を指定してください", "give the site's id"),
    ),
    "date_order": _one(
        "warning",
        (
            "日付が日・月の順か月・日の順か決まりません。{order}と読みました",
            "dates may be day/month or month/day; read as {order}",
        ),
        ("違っていれば、日付の順を指定してください", "if this is wrong, say which comes first"),
    ),
    "unit_guess": _one(
        "warning",
        ("所要時間の単位が分からないため、分と読みました", "the unit of the durations is not told; read as minutes"),
        ("秒の場合は、見出しを「所要時間(秒)」にしてください", "if they are seconds, name the column 'duration (s)'"),
    ),
}

_ROWS = {
    "bad_time": _one(
        "error",
        (
            "時刻「{value}」が読めません。この行は取り込んでいません",
            "the time {value} cannot be read; the row is left out",
        ),
        ("9:05 や 2026-06-01 09:05 のように書いてください", "write it like 9:05 or 2026-06-01 09:05"),
    ),
    "bad_day": _one(
        "error",
        (
            "日付「{value}」が読めません。この行は取り込んでいません",
            "the date {value} cannot be read; the row is left out",
        ),
        ("2026-06-01 のように書いてください", "write it like 2026-06-01"),
    ),
    "bad_minutes": _one(
        "error",
        ("分数「{value}」は0から60の数ではありません", "{value} is not a number of minutes from 0 to 60"),
        ("その1時間のうちの分数を書いてください", "write the minutes within that hour"),
    ),
    "bad_hour": _one(
        "error",
        (
            "時間帯「{value}」が読めません。この行は取り込んでいません",
            "the hour {value} cannot be read; the row is left out",
        ),
        ("7時台 や 07:00-08:00 のように書いてください", "write it like 7:00-8:00"),
    ),
    "full_hour": _one(
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
    "blank_task": _one(
        "error",
        ("業務の名前がありません。この行は取り込んでいません", "the row names no task; it is left out"),
        ("業務の名前を書いてください", "write the task"),
    ),
    "end_before_start": _one(
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
    "whole_day": _one(
        "error",
        (
            "24時間以上つづく行です（{start}〜{end}）。取り込んでいません",
            "the row lasts a day or longer ({start} to {end}); it is left out",
        ),
        ("日ごとの行に分けてください", "split it into one row per day"),
    ),
    "past_midnight": _one(
        "warning",
        (
            "終わりが始まりより早い行は、翌日に終わるとしました（{n}行）",
            "rows that end before they start are taken to end on the next day ({n})",
        ),
        ("夜勤でなければ、もとの時刻を直してください", "if nobody worked at night, correct the times"),
    ),
    "far_day": _one(
        "error",
        (
            "{value} は扱える日付ではありません。この行は取り込んでいません",
            "{value} is no day this program handles; the row is left out",
        ),
        ("日付を直してください", "correct the date"),
    ),
    "too_long": _one(
        "error",
        (
            "「{field}」が長すぎます（上限 {limit}文字）。この行は取り込んでいません",
            "{field} is too long (limit {limit} characters); the row is left out",
        ),
        ("短い名前にしてください", "use a shorter name"),
    ),
    "cut_note": _one(
        "warning",
        ("備考が長すぎるため、{limit}文字までにしました", "the note is too long and was cut at {limit} characters"),
        ("残りは、もとのファイルで確かめてください", "the rest is in the original file"),
    ),
    "no_end": _one(
        "warning",
        (
            "「{task}」の終わりがありません。続いている行として取り込みました",
            "{task} has no end; it is kept as a row still going on",
        ),
        ("終わりの時刻を入れてください", "enter its end"),
    ),
    "no_start": _one(
        "warning",
        (
            "「{task}」は終わりだけがあり、始まりがありません。その時刻だけの行にしました",
            "{task} ends without a start; it is kept as a row of that moment",
        ),
        ("始まりの時刻を入れてください", "enter its start"),
    ),
    "points": _one(
        "warning",
        (
            "終わり（complete）だけの記録が{n}件あり、長さのない行にしました",
            "{n} events only tell a completion; they became rows without a length",
        ),
        ("始まりも記録したログなら、長さが分かります", "a log that tells starts as well would tell how long they took"),
    ),
    "lifecycle": _one(
        "warning",
        ("「{value}」の記録{n}件は、行にしていません", "{n} events of the kind {value} did not become rows"),
        ("始まり（start）と終わり（complete）だけを行にします", "only start and complete make rows"),
    ),
    "bad_type": _one(
        "error",
        (
            "種類「{value}」が START・STOP・POINT のどれでもありません。この行は取り込んでいません",
            "the type {value} is none of START, STOP, POINT; the row is left out",
        ),
        ("BORISで書き出し直してください", "export the events from BORIS again"),
    ),
    "joined": _one(
        "warning",
        ("同じ業務が続く{n}行を、{rows}行にまとめました", "{n} successive records of the same task became {rows} rows"),
        (
            "一枚ごと、または一定の間隔の記録では、これが業務の長さになります",
            "this is how image-by-image or interval records tell durations",
        ),
    ),
}

_ASK = {
    "no_rows": _one(
        "error",
        ("取り込める行が1行もありません", "not a single row could be imported"),
        ("上の指摘を直すか、列の選び方を変えてください", "mend the points above, or choose the columns differently"),
    ),
    "unknown_task": _one(
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
    "left_out": _one(
        "warning",
        ("対応表に従い、「{task}」の{n}行は取り込んでいません", "{n} rows of {task} are left out, as the mapping says"),
        ("取り込むには、対応表で業務を選んでください", "to keep them, choose a task in the mapping"),
    ),
    "ignored_column": _one(
        "warning",
        ("列「{heading}」は使っていません", "the column {heading} is not used"),
        (
            "要る場合は、どの項目かを選ぶか、備考に入れてください",
            "if it matters, say what it is, or keep it in the note",
        ),
    ),
    "renamed": _one(
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
    "too_many_names": _one(
        "warning",
        (
            "種類が多すぎるため、{limit}までを尋ねています",
            "there are too many names; only the first {limit} are asked about",
        ),
        ("その列が業務や職員かどうかを確かめてください", "check that this column really holds tasks or persons"),
    ),
    "hours": _one(
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
    "interruptions": _one(
        "warning",
        ("割り込みの記録{n}件は、重なる行として残しました", "{n} interruptions were kept as overlapping rows"),
        (
            "割り込んだ業務の名前が分からない行は、名前を確かめてください",
            "check the names of interruptions that tell no task",
        ),
    ),
}

MESSAGES: Mapping[str, Message] = {**READING, **_FILES, **_MAPPING, **_ROWS, **_ASK}
