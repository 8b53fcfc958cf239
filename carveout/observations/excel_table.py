"""Excel workbooks (.xlsx) to tables, refused before they can unpack to gigabytes.

A workbook is a zip file. Its members are unpacked once against a bound, counting bytes as they really come (a directory
may lie about sizes); only then is it opened, row by row. openpyxl is used for that: slower than engines that lay out a
sheet's whole rectangle first, but one cell at XFD1048576 cannot make it reserve half a terabyte.
"""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator
from itertools import chain, islice
from typing import Any

from carveout.observations.excel_formulas import LAST_ROW, Cells, letter, tell, tell_all, without_result
from carveout.observations.headings import MAX_COLUMNS, SEARCHED_ROWS, columns_of, heading_row
from carveout.observations.limits import MEGABYTE, Limits
from carveout.observations.parts import Places, ints
from carveout.observations.problems import FileProblems, silent
from carveout.observations.table import Column, Table

_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
LISTS_SHEETS = ("lists", "一覧")  # what our own template offers to choose from
_CHUNK = 1 << 18
_PROGRESS_EVERY = 1 << 12


def excel_tables(
    data: bytes, problems: FileProblems, limits: Limits, advance: Callable[[float], None] = silent
) -> list[Table]:
    """The tables of a workbook: every sheet with known headings. What is wrong is in `problems`."""
    if data.startswith(_OLD_EXCEL):
        problems.add("old_excel")
        return []
    if not safe_to_unpack(data, problems, limits):
        return []
    import openpyxl  # an eighth of a second, and only workbooks need it

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of every feature it leaves aside; cells are all we need
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            sheets = [sheet for sheet in book.worksheets if sheet.title not in LISTS_SHEETS]
            blanks = without_result(data, MAX_COLUMNS)
            found = [_sheet(sheet, problems, limits, advance, blanks) for sheet in sheets]
            book.close()
    except Exception as error:
        problems.add("damaged", format="Excel", reason=f"{type(error).__name__}: {error}")
        return []
    tables = [table for table in found if table is not None]
    if not tables and not problems.has_errors:
        problems.add("no_heading")
    return tables


def safe_to_unpack(data: bytes, problems: FileProblems, limits: Limits) -> bool:
    """Whether the members unpack within the bound and hold no XML entities."""
    limit = limits.xlsx_unpacked_bytes
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if sum(member.file_size for member in members) > limit:
                problems.add("unpacks_too_large", limit=f"{limit // MEGABYTE} MB")
                return False
            total = 0
            for member in members:
                with archive.open(member) as stream:
                    first = True
                    while chunk := stream.read(_CHUNK):
                        total += len(chunk)
                        if total > limit:
                            problems.add("unpacks_too_large", limit=f"{limit // MEGABYTE} MB")
                            return False
                        if first and b"<!DOCTYPE" in chunk:
                            problems.add("damaged", format="Excel", reason="DOCTYPE")
                            return False
                        first = False
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        problems.add("damaged", format="Excel", reason=f"{type(error).__name__}: {error}")
        return False
    return True


def _sheet(
    sheet: Any, problems: FileProblems, limits: Limits, advance: Callable[[float], None], blanks: Cells
) -> Table | None:
    """One sheet's table, None if it has no known headings."""
    sheet.reset_dimensions()  # what a file says about its size need not be true
    rows: Iterator[tuple[object, ...]] = sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS, max_row=LAST_ROW)
    head = list(islice(rows, SEARCHED_ROWS))
    at = heading_row(head)
    if at is None:
        tell_all(blanks, sheet.title, problems)
        if any(cell is not None for row in head for cell in row):
            problems.add("ignored_sheet", place=sheet.title, sheet=sheet.title)
        return None
    columns = columns_of(head[at], problems, None, f"{sheet.title}!{at + 1}")
    tell(blanks, sheet.title, at + 1, {index: name for name, index in columns.items()}, problems)
    letters = {name: letter(index) for name, index in columns.items()}
    vocabularies: dict[str, dict[tuple[type, object], int]] = {name: {} for name in columns}
    codes: dict[str, list[int]] = {name: [] for name in columns}
    slots = [(index, vocabularies[name], codes[name]) for name, index in columns.items()]
    numbers: list[int] = []
    for number, row in enumerate(chain(head[at + 1 :], rows), start=at + 2):
        _take(row, number, slots, numbers)
        if number % _PROGRESS_EVERY == 0:
            advance(min(0.99, number / limits.xlsx_rows))
        if len(numbers) > limits.xlsx_rows:
            problems.add("too_many_rows", place=sheet.title, limit=f"{limits.xlsx_rows:,}")
            break
    filled = {name: Column([value for _, value in vocabularies[name]], ints(codes[name])) for name in columns}
    return Table(filled, len(numbers), Places(ints(numbers), sheet.title, letters))


_Slot = tuple[int, dict[tuple[type, object], int], list[int]]


def _take(row: tuple[object, ...], number: int, slots: list[_Slot], numbers: list[int]) -> None:
    """Work one row in; blank rows are passed over. Types are part of a value: 1, 1.0 and TRUE are three."""
    if not any(cell is not None and cell != "" for cell in row):
        return
    width = len(row)
    for index, vocabulary, codes in slots:
        value = row[index] if index < width else None
        if value is None or value == "":
            codes.append(-1)
        else:
            key = (type(value), value)
            codes.append(vocabulary.setdefault(key, len(vocabulary)))
    numbers.append(number)
