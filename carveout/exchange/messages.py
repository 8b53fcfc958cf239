"""Every wording of the imports, keyed by code: cause and remedy, Japanese and English."""

from __future__ import annotations

from collections.abc import Mapping

from carveout.exchange.row_messages import ASK, ROWS, message
from carveout.observations.limits import Limits as ReadingLimits
from carveout.observations.messages import MESSAGES as READING
from carveout.observations.messages import Message
from carveout.observations.problems import FileProblems, shown_path

_MOST_OF_A_KIND = 200


def problems_of(name: str) -> FileProblems:
    """An empty list of problems for one file."""
    return FileProblems(shown_path(name), ReadingLimits(problems=_MOST_OF_A_KIND), MESSAGES)


_FILES = {
    "empty_file": message(
        "error",
        ("ファイルに何も書かれていません", "the file is empty"),
        ("もとのソフトでもう一度書き出してください", "export it again from the program it came from"),
    ),
    "too_large": message(
        "error",
        ("ファイルが大きすぎます（上限 {limit}）", "the file is too large (limit {limit})"),
        ("期間やユニットごとに分けて書き出してください", "export it in parts, by period or unit"),
    ),
    "too_many_rows": message(
        "error",
        (
            "行が多すぎるため、{limit}行までを読みました",
            "there are too many rows; the first {limit} were read",
        ),
        ("期間やユニットごとに分けて書き出してください", "export it in parts, by period or unit"),
    ),
    "unpacks_too_large": message(
        "error",
        ("展開すると大きくなりすぎるファイルです（上限 {limit}）", "this file unpacks to more than {limit}"),
        ("必要な行だけのファイルにしてください", "make a file of the rows you need"),
    ),
    "unknown_format": message(
        "error",
        ("どの形式のファイルか分かりません", "this is no kind of file that can be read"),
        (
            "見出しのあるCSVかExcel、XES、BORIS、観察記録（YAML）のどれかで書き出してください",
            "export it as CSV or Excel with headings, XES, BORIS, or an observation document (YAML)",
        ),
    ),
    "other_office": message(
        "error",
        (
            "OpenDocument（.ods）やWord、Excelバイナリー（.xlsb）などのファイルで、このままでは読めません",
            "this is a file of another office format (.ods, .xlsb, Word ...), which cannot be read as it is",
        ),
        (
            "そのソフトで開き、「名前を付けて保存」で「Excelブック（.xlsx）」か「CSV」を選んでください",
            "open it there and save it as an Excel workbook (.xlsx) or as CSV",
        ),
    ),
    "format_unreadable": message(
        "error",
        ("「{format}」は読み込めません", "{format} cannot be read"),
        ("読み込める形式を選んでください", "choose a format that can be read"),
    ),
    "damaged": message(
        "error",
        ("{format}として読めません（{reason}）", "this cannot be read as {format} ({reason})"),
        ("もとのソフトで書き出し直してください", "export it again from the program it came from"),
    ),
    "doctype": message(
        "error",
        (
            "XMLの宣言（DOCTYPE）があるため、安全に読めません",
            "the file declares a document type (DOCTYPE), which is not safe to read",
        ),
        ("DOCTYPE の行を消すか、書き出し直してください", "remove the DOCTYPE line, or export the file again"),
    ),
    "no_table": message(
        "error",
        ("見出しと行のある表が見つかりません", "no table with headings and rows was found"),
        ("1行目に見出し、その下に1行ずつ記録のある表にしてください", "put headings into the first row, records below"),
    ),
    "too_many_columns": message(
        "warning",
        (
            "列が多すぎるため、{limit}列より右は読んでいません",
            "there are too many columns; those after {limit} are not read",
        ),
        ("要る列だけを残した表にしてください", "keep only the columns that matter"),
    ),
    "other_sheet": message(
        "warning",
        ("シート「{sheet}」は読んでいません", "the sheet {sheet} was not read"),
        ("要る場合は、そのシートだけを別のファイルにしてください", "if it is needed, save it as a file of its own"),
    ),
    "too_many_cells": message(
        "warning",
        (
            "見出しより右に値があります（{found}列、見出しは{expected}列）",
            "there are values beyond the headings ({found} cells, {expected} headings)",
        ),
        ("引用符と区切りを確かめてください", "check quotes and separators"),
    ),
    "many_sites": message(
        "warning",
        ("{n}施設の記録があります（{sites}）", "the file holds {n} sites ({sites})"),
        ("施設ごとに取り込みます", "each is imported as a site of its own"),
    ),
}

_MAPPING = {
    "mapping_broken": message(
        "error",
        ("対応表として読めません（{reason}）", "this is not a mapping ({reason})"),
        ("「carveout import」か取り込み画面で作り直してください", "make it anew with `carveout import` or in the app"),
    ),
    "mapping_key": message(
        "error",
        ("対応表に知らない項目「{field}」があります", "the mapping has an unknown entry {field}"),
        ("使える項目: {known}", "known entries: {known}"),
    ),
    "mapping_value": message(
        "error",
        ("対応表の「{field}」の値 {value} は使えません", "the mapping's {field} cannot be {value}"),
        ("その項目を消すか、書き直してください", "remove or correct the entry"),
    ),
    "mapped_column": message(
        "warning",
        ("対応表の列「{heading}」はこのファイルにありません", "the mapping's column {heading} is not in this file"),
        (
            "この項目は、ほかの列から推し量りました。確かめてください",
            "it was guessed from the other columns; please check",
        ),
    ),
    "no_column": message(
        "error",
        ("「{field}」にあたる列が分かりません", "no column is known to be the {field}"),
        ("どの列かを選んでください（列: {headings}）", "say which column it is (columns: {headings})"),
    ),
    "no_date": message(
        "error",
        ("日付がファイルにありません", "the file does not say on which day this was"),
        ("観察した日を指定してください", "say which day was observed"),
    ),
    "no_origin": message(
        "warning",
        (
            "時刻が観察開始からの秒数で、開始の時刻が分からないため、0時0分からとしました",
            "times count from the start of the observation, which is not told: taken as 00:00",
        ),
        ("観察を始めた時刻を指定してください", "say at what time the observation started"),
    ),
    "started_at": message(
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
    "no_kind": message(
        "warning",
        ("施設の種別が分からないため、「その他」としました", "the kind of site is not told: taken as other"),
        ("介護施設か保育所かを選んでください", "say whether it is a care home or a nursery"),
    ),
    "no_site": message(
        "warning",
        ("施設の番号がないため、「{site}」としました", "no site is told: it is called {site}"),
        ("施設の番号を指定してください", "give the site's id"),
    ),
    "date_order": message(
        "warning",
        (
            "日付が日・月の順か月・日の順か決まりません。{order}と読みました",
            "dates may be day/month or month/day; read as {order}",
        ),
        ("違っていれば、日付の順を指定してください", "if this is wrong, say which comes first"),
    ),
    "unit_guess": message(
        "warning",
        ("所要時間の単位が分からないため、分と読みました", "the unit of the durations is not told; read as minutes"),
        ("秒の場合は、見出しを「所要時間(秒)」にしてください", "if they are seconds, name the column 'duration (s)'"),
    ),
}

MESSAGES: Mapping[str, Message] = {**READING, **_FILES, **_MAPPING, **ROWS, **ASK}
