"""Every wording of the readers, keyed by code: cause and remedy, Japanese and English.

Placeholders are filled with values already made printable (`carveout.observations.text.shown`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from carveout.errors import Severity
from carveout.language import Text


@dataclass(frozen=True, slots=True)
class Message:
    """What a problem of one code says."""

    severity: Severity
    cause: Text
    remedy: Text


def _error(cause: tuple[str, str], remedy: tuple[str, str]) -> Message:
    return Message("error", Text(*cause), Text(*remedy))


def _warning(cause: tuple[str, str], remedy: tuple[str, str]) -> Message:
    return Message("warning", Text(*cause), Text(*remedy))


_FILES = {
    "no_paths": _error(
        ("読み込むファイルが指定されていません", "no file was given"),
        ("観察記録のファイルかフォルダを指定してください", "name a file or a folder of observation records"),
    ),
    "missing_file": _error(
        ("ファイルが見つかりません", "there is no such file"),
        ("場所と名前を確かめてください", "check its place and name"),
    ),
    "unreadable_file": _error(
        ("ファイルを開けません（{reason}）", "the file cannot be opened ({reason})"),
        (
            "ほかのソフトで開いていないか、読む権限があるかを確かめてください",
            "close it in other programs and check that you may read it",
        ),
    ),
    "not_a_file": _error(
        ("普通のファイルではありません", "this is not an ordinary file"),
        ("YAML、CSV、Excel、Parquetのファイルを指定してください", "give a YAML, CSV, Excel or Parquet file"),
    ),
    "empty_folder": _error(
        (
            "フォルダの中に観察記録（.yaml .yml .csv .xlsx .parquet）がありません",
            "the folder holds no observation record (.yaml .yml .csv .xlsx .parquet)",
        ),
        ("観察記録のあるフォルダを指定してください", "name the folder that holds the records"),
    ),
    "too_many_files": _error(
        ("ファイルが{limit}個を超えています", "there are more than {limit} files"),
        ("フォルダを分けて読み込んでください", "read the folders one at a time"),
    ),
    "unknown_extension": _error(
        ("この種類のファイル（{extension}）は読めません", "files of this kind ({extension}) cannot be read"),
        ("YAML、CSV、Excel（.xlsx）、Parquetで保存してください", "save it as YAML, CSV, Excel (.xlsx) or Parquet"),
    ),
    "too_large": _error(
        ("ファイルが大きすぎます（上限 {limit}）", "the file is too large (limit {limit})"),
        (
            "期間や施設ごとに分けるか、Parquetで保存してください",
            "split it by period or site, or save it as Parquet",
        ),
    ),
    "too_many_rows": _error(
        ("行が多すぎます（上限 {limit}行）", "there are too many rows (limit {limit})"),
        (
            "期間や施設ごとに分けるか、CSVかParquetで保存してください",
            "split it by period or site, or save it as CSV or Parquet",
        ),
    ),
    "several_documents": _error(
        ("一つのファイルに二つ以上の文書が入っています", "the file holds more than one document"),
        ("一つの文書ごとに一つのファイルにしてください", "keep one document in one file"),
    ),
    "empty_file": _error(
        ("ファイルに何も書かれていません", "the file is empty"),
        (
            "「carveout new」でひな形を作り、記入してください",
            "create a template with `carveout new` and fill it in",
        ),
    ),
    "no_rows": _error(
        ("観察した業務が1行もありません", "there is not a single observed row"),
        ("業務を1行以上記入してください", "enter at least one row of work"),
    ),
    "not_text": _error(
        (
            "文字として読めません（UTF-8でもShift_JISでもありません）",
            "this is not readable text (neither UTF-8 nor Shift_JIS)",
        ),
        ("「CSV UTF-8」などUTF-8で保存し直してください", "save it again as UTF-8"),
    ),
    "read_as_shift_jis": _warning(
        ("UTF-8ではないため、Shift_JISとして読みました", "not UTF-8, so it was read as Shift_JIS"),
        ("文字化けがなければ、このままでかまいません", "if the text looks right, nothing needs to be done"),
    ),
    "damaged": _error(
        ("{format}として読めません（{reason}）", "this cannot be read as {format} ({reason})"),
        ("もとのソフトで開いて保存し直してください", "open it in the program it came from and save it again"),
    ),
    "old_excel": _error(
        (
            "古い形式（.xls）か、パスワードで保護されたExcelファイルです",
            "this is an old (.xls) or password-protected Excel file",
        ),
        (
            "パスワードを外し、「Excelブック（.xlsx）」として保存し直してください",
            "remove the password and save it as an Excel workbook (.xlsx)",
        ),
    ),
    "formula_without_result": _error(
        (
            "計算式だけで、計算結果が保存されていないセルがあります（{cells}、計{n}個）。空欄としてしか読めません",
            "formulas without a stored result ({cells}; {n} in all) read as blank",
        ),
        (
            "Excelで開いて上書き保存するか、値に直して（値の貼り付け）から読み込んでください",
            "open and save the file in Excel, or turn the formulas into values, then read it again",
        ),
    ),
    "unpacks_too_large": _error(
        (
            "展開すると大きくなりすぎるExcelファイルです（上限 {limit}）",
            "this Excel file unpacks to more than {limit}",
        ),
        ("必要な行だけを新しいブックに写してください", "copy the rows you need into a new workbook"),
    ),
    "more_like_this": _warning(
        ("同じ種類の指摘がほかに{n}件あります：{cause}", "{n} more of the same kind: {cause}"),
        ("上の指摘を直してから、もう一度読み込んでください", "mend those above and read the file again"),
    ),
}

_STRUCTURE = {
    "yaml_syntax": _error(
        ("YAMLの書き方に誤りがあります（{reason}）", "this is not valid YAML ({reason})"),
        (
            "この行と前の行の字下げ、引用符、かっこ、「:」を見直してください",
            "check indentation, quotes, brackets and colons here and just above",
        ),
    ),
    "yaml_nested": _error(
        ("入れ子が深すぎます（上限 {limit}段）", "nested too deeply (limit {limit} levels)"),
        ("ひな形と同じ形で書いてください", "keep to the shape of the template"),
    ),
    "yaml_bomb": _error(
        (
            "展開すると項目が{limit}個を超えます",
            "this grows beyond {limit} items once aliases (*name) are expanded",
        ),
        ("別名（*）をくり返さず、ファイルを分けてください", "do not nest aliases; split the file"),
    ),
    "yaml_alias": _error(
        ("別名「*{name}」の指す先がありません", "the alias *{name} points to nothing above it"),
        ("「&{name}」を先に書くか、別名を使わずに書いてください", "put &{name} before it, or write it out"),
    ),
    "yaml_tag": _error(
        ("「{tag}」という型の指定は使えません", "the tag {tag} is not allowed"),
        ("「!」で始まる指定を消してください", "remove the tag"),
    ),
    "not_a_document": _error(
        (
            "観察記録の形（キー: 値）になっていません",
            "this is not an observation document (a mapping of keys to values)",
        ),
        (
            "「carveout new」のひな形に書き写してください",
            "copy your entries into a template made with `carveout new`",
        ),
    ),
    "wrong_format": _error(
        ("「format」が「{value}」です", "`format` is {value}"),
        ("先頭に「format: carveout-observation/1」と書いてください", "write `format: carveout-observation/1` first"),
    ),
    "unknown_key": _error(
        ("「{key}」という項目はありません", "there is no key {key} here"),
        ("{guess}使える項目：{allowed}", "{guess}allowed here: {allowed}"),
    ),
    "duplicate_key": _error(
        ("「{key}」が同じところに二度あります", "{key} stands here twice"),
        ("どちらか一方を消してください（最初は{first}行目）", "remove one of them (the first is on line {first})"),
    ),
    "missing_key": _error(
        ("「{key}」がありません", "{key} is missing"),
        ("「{key}」を書き加えてください", "add {key}"),
    ),
    "wrong_type": _error(
        ("{expected}を書くところに{found}があります", "expected {expected}, found {found}"),
        ("{expected}にしてください", "make it {expected}"),
    ),
    "blank": _error(
        ("空欄です", "this is blank"),
        ("値を記入してください", "fill it in"),
    ),
    "control_character": _error(
        ("目に見えない制御文字が入っています（{value}）", "this holds an invisible control character ({value})"),
        ("その文字を消して入力し直してください", "delete it and type the text again"),
    ),
    "too_long": _error(
        ("長すぎます（上限 {limit}文字）", "this is too long (limit {limit} characters)"),
        ("短くしてください", "shorten it"),
    ),
    "not_a_word": _error(
        ("「{value}」は使えません", "{value} is not one of the words used here"),
        ("{guess}使える言葉：{allowed}", "{guess}use one of: {allowed}"),
    ),
}

_VALUES = {
    "bad_clock": _error(
        ("「{value}」を時刻として読めません", "{value} is not a clock time"),
        (
            "「09:05」のように時:分で書いてください（夜中の12時は24:00、それより後は翌日の01:00など）",
            "write hours and minutes such as 09:05 (midnight is 24:00, what is later is 01:00 of the next day)",
        ),
    ),
    "minutes_as_number": _warning(
        ("数「{value}」を{clock}と読みました", "the number {value} was read as {clock}"),
        ("「\"{clock}\"」のように引用符つきで書くと確実です", 'write "{clock}" in quotes to be sure'),
    ),
    "bad_range": _error(
        ("「{value}」を勤務時間として読めません", "{value} is not a stretch of duty"),
        ("「07:00-16:00」のように書いてください", "write it such as 07:00-16:00"),
    ),
    "empty_range": _error(
        ("勤務時間「{value}」の始めと終わりが同じです", "the duty {value} starts and ends at the same time"),
        ("始めと終わりの時刻を書き直してください", "give the times of its start and end"),
    ),
    "bad_date": _error(
        ("「{value}」を日付として読めません", "{value} is not a date"),
        ("実在する日付を「2026-06-01」のように書いてください", "write a real date such as 2026-06-01"),
    ),
    "end_before_start": _error(
        ("終了 {end} が開始 {start} より前です", "it ends at {end}, before it starts at {start}"),
        (
            "時刻を直すか、日をまたぐなら next_day: true（表では「翌日」列に1）を加えてください",
            "correct the times, or add next_day: true (in a table: 1 in column next_day) if it runs past midnight",
        ),
    ),
    "whole_day": _error(
        (
            "「翌日」の印があるのに、終了 {end} が開始 {start} より前ではありません",
            "marked next_day, yet its end {end} is not before its start {start}",
        ),
        ("日をまたがないなら印を消してください", "remove the mark if it does not run past midnight"),
    ),
    "date_mismatch": _error(
        ("時刻についている日付（{value}）が、行の日付と合いません",
         "the time's own date ({value}) does not fit the row's"),
        (
            "行の日付は始まった日に、終了は当日か翌日にしてください",
            "date a row by the day it starts; it may end on that day or the next",
        ),
    ),
    "unknown_task": _warning(
        ("「{task}」は業務一覧にないため、そのままの名前の業務として扱います",
         "{task} is not in the catalogue and is kept as a task of its own"),
        ("{guess}別の業務なら tasks: に宣言してください", "{guess}or declare it under tasks:"),
    ),
    "unknown_staff": _warning(
        ("職員「{staff}」は、その日の職員一覧（staff）にありません", "staff {staff} is not in that day's staff list"),
        ("打ち間違いを直すか、職員一覧に加えてください", "correct the id or add it to the list"),
    ),
    "no_staff": _warning(
        ("だれがした業務か書かれていない行が{n}行あります", "rows that do not say who did the work: {n}"),
        ("職員の番号（s1など）を書くと、人ごとの流れがわかります",
         "add staff ids (such as s1) to see each person's flow"),
    ),
    "no_unit": _warning(
        ("ユニットが書かれていないため「{unit}」としました（{n}か所）",
         "no unit is given; {unit} was assumed (places: {n})"),
        ("介護単位や教室の名前を書いてください", "name the care unit or classroom"),
    ),
    "no_kind": _warning(
        ("施設「{site}」の種別がないため「その他」としました", "site {site} has no kind; other was assumed"),
        ("種別に care_home（介護施設）か nursery（保育所）を書いてください", "give kind: care_home or nursery"),
    ),
    "empty_day": _warning(
        (
            "この日には業務が1行もないため、観察した日に数えません",
            "this day has no rows, so it does not count as observed",
        ),
        ("業務を記入するか、この日を消してください", "enter its rows or remove the day"),
    ),
    "duplicate_row": _warning(
        ("まったく同じ行がすでにあります（{first}）", "exactly this row stands already ({first})"),
        ("重ねて入力したのなら、片方を消してください", "remove one if it was entered twice"),
    ),
    "several_observers": _warning(
        ("同じ日・同じユニットに観察者が複数います（{observers}）",
         "several observers for one day and unit ({observers})"),
        (
            "同じ業務を二人で記録したなら、ファイルを分けて別々に読み込んでください",
            "if both recorded the same work, read their records separately",
        ),
    ),
    "conflict": _warning(
        ("「{about}」の{field}が食い違っています（{values}）。「{kept}」を使います",
         "{field} of {about} differs ({values}); {kept} is used"),
        ("どれか一つにそろえてください", "make them agree"),
    ),
    "similar_names": _warning(
        ("「{first}」と「{second}」は全角・半角などの違いしかありませんが、別のものとして扱います",
         "{first} and {second} differ only in width, case or spaces, and are kept apart"),
        ("同じものなら書き方をそろえてください", "write them the same way if they are the same"),
    ),
}  # fmt: skip

_TABLES = {
    "no_heading": _error(
        ("見出しの行が見つかりません", "no row of headings was found"),
        (
            "1行目に見出し（施設、日付、開始、終了、業務など）を書いてください",
            "put headings (site, date, start, end, task, ...) in the first row",
        ),
    ),
    "missing_column": _error(
        ("列「{column}」がありません", "column {column} is missing"),
        ("見出し「{headings}」のどれかで列を加えてください", "add a column headed {headings}"),
    ),
    "duplicate_column": _error(
        ("見出し「{heading}」と同じ意味の列が二つあります", "two columns mean the same as {heading}"),
        ("どちらか一方の列を消してください", "remove one of them"),
    ),
    "ignored_column": _warning(
        ("列「{heading}」は使いません", "column {heading} is not used"),
        ("{guess}不要ならこのままでかまいません", "{guess}if it is not needed, leave it"),
    ),
    "ignored_sheet": _warning(
        ("シート「{sheet}」は見出しがないため読みません", "sheet {sheet} has no known headings and is not read"),
        ("観察記録なら1行目に見出しを書いてください", "if it holds rows, put headings in its first row"),
    ),
    "too_many_cells": _error(
        ("見出しより多くの値があります（{found}個、見出しは{expected}個）",
         "{found} values but only {expected} headings"),
        ("「,」を含む値を引用符で囲んでください", "put values that hold a separator in quotes"),
    ),
    "column_type": _error(
        ("列の型（{type}）を読めません", "the column's type ({type}) cannot be read"),
        ("文字列か、時刻・日時の型にしてください", "store it as text, time or timestamp"),
    ),
    "site_without_rows": _warning(
        ("職員の表にある施設「{site}」には観察した業務がないため、その職員は読みません",
         "site {site} of the staff table has no observed rows; its staff are left out"),
        ("施設の書き方が観察の表と同じか確かめてください", "check that the site is written as in the rows"),
    ),
    "unit_without_rows": _warning(
        ("職員の表にある「{unit}」には観察した業務がありません", "unit {unit} of the staff table has no observed rows"),
        ("ユニットの書き方が観察の表と同じか確かめてください", "check that the unit is written as in the rows"),
    ),
}  # fmt: skip

MESSAGES: Mapping[str, Message] = MappingProxyType({**_FILES, **_STRUCTURE, **_VALUES, **_TABLES})

# What a YAML node or a field is, in words.
TYPES: Mapping[str, Text] = MappingProxyType(
    {
        "mapping": Text("「キー: 値」の組", "keys with values"),
        "list": Text("「- 」で始まる並び", "a list"),
        "text": Text("文字", "text"),
        "number": Text("数", "a number"),
        "true or false": Text("true か false", "true or false"),
        "nothing": Text("空欄", "nothing"),
        "text or list": Text("一つの値か、値の並び", "one value or a list of values"),
    }
)
GUESS = Text("「{word}」のことではありませんか。", "did you mean {word}? ")
