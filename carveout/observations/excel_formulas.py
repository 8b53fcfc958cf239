"""Formula cells of a workbook that keep no result: they look filled in Excel, and read as blank everywhere else.

Excel and LibreOffice store the result beside each formula; programs that only write workbooks often do not. Such a cell
is found by reading the workbook a second time for its formulas, which only workbooks with any need.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Collection, Mapping

from carveout.observations.problems import FileProblems

_CHUNK = 1 << 18
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_LONGEST = 16  # bytes a chunk may cut off the pattern
LAST_ROW = 1 << 20  # of any sheet; openpyxl would count up to whatever row a file claims to hold
_MOST = 10_000  # cells of a sheet that are counted
_TOLD = 3  # cells of a column that are named
Cells = Mapping[str, tuple[tuple[int, int], ...]]


def without_result(data: bytes, most_columns: int) -> Cells:
    """Sheet -> (row, column) of its formula cells without a stored result, rows and columns counted from 1.

    data: a workbook that has been found safe to unpack. At most `_MOST` cells of a sheet are given.
    """
    if not _has_formulas(data):
        return {}
    from openpyxl import load_workbook  # an eighth of a second, and only workbooks need it

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # as in reading: features it leaves aside
        formulas = load_workbook(io.BytesIO(data), read_only=True)
        values = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    found: dict[str, tuple[tuple[int, int], ...]] = {}
    for sheet, stored in zip(formulas.worksheets, values.worksheets, strict=True):
        cells: list[tuple[int, int]] = []
        for one in (sheet, stored):
            one.reset_dimensions()
        rows = zip(
            sheet.iter_rows(max_col=most_columns, max_row=LAST_ROW),
            stored.iter_rows(max_col=most_columns, max_row=LAST_ROW),
            strict=True,
        )
        for number, (row, results) in enumerate(rows, start=1):
            for column, (cell, result) in enumerate(zip(row, results, strict=True), start=1):
                # A stored result may be the empty text: =IF(A1="","",...) in rows not yet filled.
                if cell.data_type == "f" and result.value is None and result.data_type != "str":
                    cells.append((number, column))
            if len(cells) >= _MOST:
                break
        if cells:
            found[sheet.title] = tuple(cells)
    formulas.close()
    values.close()
    return found


def tell(cells: Cells, sheet: str, heading_row: int, columns: Mapping[int, str], problems: FileProblems) -> None:
    """Say which columns of a sheet hold formulas without a result, from the row of headings on.

    heading_row: counted from 1. columns: position from 0 -> its name. A heading may be such a cell too.
    """
    by_column: dict[int, list[str]] = {}
    for row, column in cells.get(sheet, ()):
        if row == heading_row or (row > heading_row and column - 1 in columns):
            by_column.setdefault(column - 1, []).append(f"{letter(column - 1)}{row}")
    for index, names in by_column.items():
        _add(names, sheet, columns.get(index, ""), problems)


def tell_all(cells: Cells, sheet: str, problems: FileProblems) -> None:
    """Say so of a sheet in which no headings were found: they may be among these cells."""
    if names := [f"{letter(column - 1)}{row}" for row, column in cells.get(sheet, ())]:
        _add(names, sheet, "", problems)


def _add(names: Collection[str], sheet: str, field: str, problems: FileProblems) -> None:
    listed = [*names][:_TOLD]
    cells = ", ".join(listed) + (" …" if len(names) > _TOLD else "")
    problems.add("formula_without_result", place=f"{sheet}!{listed[0]}", field=field, cells=cells, n=len(names))


def _has_formulas(data: bytes) -> bool:
    """Whether any sheet holds a formula."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for member in archive.infolist():
            if "worksheets/" not in member.filename:
                continue
            with archive.open(member) as stream:
                rest = b""
                while chunk := stream.read(_CHUNK):
                    if _FORMULA.search(rest + chunk):
                        return True
                    rest = chunk[-_LONGEST:]
    return False


def letter(index: int) -> str:
    """Letters of a column, counting from 0.

    >>> letter(0), letter(26)
    ('A', 'AA')
    """
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
