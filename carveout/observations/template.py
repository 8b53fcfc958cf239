"""Empty records for a coordinator to fill in: a commented YAML document, or a workbook with lists to choose from."""

from __future__ import annotations

import io
from collections.abc import Sequence
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

from carveout.catalogue import catalogue
from carveout.language import Language, Text
from carveout.observations.words import HEADINGS, KINDS, ROW_COLUMNS, STAFF_COLUMNS, TRIGGERS

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

TemplateKind = Literal["yaml", "xlsx"]

_ROWS_SHEET = Text("観察", "observations")
_STAFF_SHEET = Text("職員", "staff")
_LISTS_SHEET = Text("一覧", "lists")
_PREPARED_ROWS = 2000
_WIDTHS = {"site": 16, "date": 13, "unit": 14, "task": 26, "note": 36, "on": 30}
_HINTS = {
    "site": Text("施設の番号。すべての行に書きます", "Id of the site, in every row"),
    "kind": Text("介護施設か保育所かを一覧から選びます", "Choose the kind of site from the list"),
    "date": Text("観察した日（例：2026/6/1）", "Day of the observation (such as 2026-06-01)"),
    "unit": Text("介護単位や教室の名前", "Care unit or classroom"),
    "observer": Text("観察した人の番号。なくてもかまいません", "Id of the observer (optional)"),
    "staff": Text("職員の番号（二人なら「s1、s2」）。名前は書きません", "Ids such as s1, never names; two: s1, s2"),
    "role": Text("職種。なくてもかまいません", "Role (optional)"),
    "start": Text("始まりの時刻（例：9:05）", "Start (such as 9:05)"),
    "end": Text("終わりの時刻。夜中の12時は24:00", "End; midnight at the end of the day is 24:00"),
    "next_day": Text("日をまたいで翌日に終わるときだけ「1」", "1 only if it ends past midnight"),
    "task": Text(
        "一覧から選ぶか、そのままの言葉で書きます", "Choose from the list, or write it in your own words"
    ),
    "trigger": Text("予定どおりか、呼ばれてか。わからなければ空欄", "Planned or on demand; blank if unknown"),
    "note": Text("気づいたこと。利用者の名前は書きません", "Remarks, never names of residents"),
    "on": Text("勤務時間。休憩は分けて「9:00-12:00、12:45-18:00」", "A break is a gap: 9:00-12:00, 12:45-18:00"),
}  # fmt: skip


def template(kind: TemplateKind, language: Language) -> bytes:
    """An empty record: `yaml` (commented) or `xlsx` (two sheets, lists from the catalogue).

    >>> template("yaml", "en").decode().splitlines()[0]
    '# Template of an observation record (carveout-observation/1)'
    """
    if kind == "yaml":
        return files("carveout.observations").joinpath(f"template_{language}.yaml").read_bytes()
    return _workbook(language)


def filled(rows: Sequence[Sequence[object]], staff: Sequence[Sequence[object]], language: Language) -> bytes:
    """The workbook with rows of work (cells in the order of `ROW_COLUMNS`) and of staff (`STAFF_COLUMNS`) in it."""
    return _workbook(language, rows, staff)


def _workbook(
    language: Language, work: Sequence[Sequence[object]] = (), duty: Sequence[Sequence[object]] = ()
) -> bytes:
    import openpyxl  # an eighth of a second, and only workbooks need it

    book = openpyxl.Workbook()
    rows = book.active
    rows.title = _ROWS_SHEET.in_(language)
    lists = _lists(book, language)
    _sheet(rows, ROW_COLUMNS, language, lists, len(work))
    staff = book.create_sheet(_STAFF_SHEET.in_(language), 1)
    _sheet(staff, STAFF_COLUMNS, language, lists, len(duty))
    _fill(rows, work)
    _fill(staff, duty)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def heading(column: str, language: Language) -> str:
    """The heading the template prints for a column.

    >>> heading("start", "ja"), heading("start", "en")
    ('開始', 'start')
    """
    return HEADINGS[column][1 if language == "ja" else 0]


def _lists(book: Workbook, language: Language) -> dict[str, str]:
    """A sheet of words to choose from; column -> the range that lists its words."""
    japanese = language == "ja"
    words = {
        "kind": [written[1] if japanese else code for code, written in KINDS.items()],
        "trigger": [written[1] if japanese else code for code, written in TRIGGERS.items()],
        "task": [task.label.in_(language) for task in catalogue().tasks.values()],
    }
    sheet = book.create_sheet(_LISTS_SHEET.in_(language))
    ranges = {}
    for index, (column, listed) in enumerate(words.items(), start=1):
        sheet.cell(1, index, heading(column, language))
        for row, word in enumerate(listed, start=2):
            sheet.cell(row, index, word)
        letter = sheet.cell(1, index).column_letter
        ranges[column] = f"'{sheet.title}'!${letter}$2:${letter}${len(listed) + 1}"
    return ranges


def _fill(sheet: Worksheet, lines: Sequence[Sequence[object]]) -> None:
    """Write lines under the headings; a text stays a text, whatever sign it begins with."""
    for number, line in enumerate(lines, start=2):
        for index, value in enumerate(line, start=1):
            if value is not None:
                cell = sheet.cell(number, index)
                shown = cell.number_format
                cell.value = value
                if isinstance(value, str):
                    cell.data_type = "s"
                elif shown != "General":  # openpyxl gives every date and time a format of its own
                    cell.number_format = shown


def _sheet(
    sheet: Worksheet, columns: tuple[str, ...], language: Language, lists: dict[str, str], lines: int = 0
) -> None:
    """Headings with a hint each, cells formatted for dates and times, lists to choose from."""
    from openpyxl.comments import Comment  # see above
    from openpyxl.styles import Font, PatternFill
    from openpyxl.worksheet.datavalidation import DataValidation

    last = max(lines, _PREPARED_ROWS) + 1
    formats = {"date": "yyyy-mm-dd", "start": "h:mm", "end": "[h]:mm"}
    for index, column in enumerate(columns, start=1):
        cell = sheet.cell(1, index, heading(column, language))
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="DDE7E3")
        cell.comment = Comment(_HINTS[column].in_(language), "carveout", width=260, height=70)
        letter = cell.column_letter
        sheet.column_dimensions[letter].width = _WIDTHS.get(column, 12)
        if column in lists:
            # Words of one's own are welcome for tasks: the list offers, it does not refuse.
            choice = DataValidation("list", formula1=lists[column], allow_blank=True, showErrorMessage=column != "task")
            choice.add(f"{letter}2:{letter}{last}")
            sheet.add_data_validation(choice)
        if column in formats:
            for row in range(2, last + 1):
                sheet.cell(row, index).number_format = formats[column]
    sheet.freeze_panes = "A2"
