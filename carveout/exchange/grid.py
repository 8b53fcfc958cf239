"""Tables of any program as headings and cells: CSV with any usual separator, and Excel, bounded and never run.

Cells of CSV stay text; cells of Excel keep their types. The row of headings is the one that names most columns we know,
since exports carry a title or a few lines about the observation above it.
"""

from __future__ import annotations

import csv
import io
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from carveout.exchange.headings import known_heading
from carveout.exchange.limits import Limits
from carveout.exchange.time_form import unrolled
from carveout.observations.excel_formulas import LAST_ROW, tell, tell_all, without_result
from carveout.observations.excel_table import LISTS_SHEETS, safe_to_unpack
from carveout.observations.limits import DEFAULT_LIMITS as READING_LIMITS
from carveout.observations.problems import FileProblems
from carveout.observations.table import cell_text
from carveout.observations.text import tidy

Cells = Sequence[object]
_SEARCHED = 40
_SEPARATORS = (",", "\t", ";")
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"
# Names of members stand in a zip file as they are: OpenDocument, binary workbooks, Word, PowerPoint, Numbers.
_OFFICE = re.compile(rb"vnd\.oasis\.opendocument|xl/workbook\.bin|word/document\.xml|ppt/|Index/Document\.iwa")


@dataclass(frozen=True, slots=True)
class Grid:
    """One table: headings, rows as wide as the headings, and each row's line (of a sheet: its row number).

    above: the lines over the headings, as some exports have them. heading_line: where the headings stand.
    """

    headings: tuple[str, ...]
    rows: Sequence[Cells]
    lines: Sequence[int]
    sheet: str = ""
    above: tuple[tuple[str, ...], ...] = ()
    heading_line: int = 1
    _index: dict[str, int] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        for index, heading in reversed(list(enumerate(self.headings))):
            if heading:
                self._index[heading] = index

    def at(self, heading: str) -> int | None:
        """Position of a heading, None if there is none such."""
        return self._index.get(heading)

    def place(self, row: int) -> tuple[int | None, str]:
        """Line and place of a row as a `Problem` wants them."""
        return (None, f"{self.sheet}!{self.lines[row]}") if self.sheet else (self.lines[row], "")


def decoded(data: bytes) -> str | None:
    """Text by its byte order mark, as UTF-8, else as Shift_JIS; None if it is no text."""
    if b"\x00" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    for candidate in (encoding, "cp932"):
        try:
            return data.decode(candidate)
        except UnicodeDecodeError:
            continue
    return None


def grid_of(data: bytes, problems: FileProblems, limits: Limits, *, most: int | None = None) -> Grid | None:
    """The table of a file, whatever its ending; None where there is none (the problems say so).

    most: read no more rows than that (for a look at the file).
    """
    if data.startswith((_ZIP, _OLD_EXCEL)):
        return _excel(data, problems, limits, most)
    text = decoded(data)
    if text is None:
        problems.add("not_text")
        return None
    return _csv(text, problems, limits, most)


def unreadable(data: bytes) -> str:
    """The code of the problem of a file that is of no kind we read: other office programs get a remedy of their own."""
    if data.startswith(_OLD_EXCEL):
        return "old_excel"
    return "other_office" if data.startswith(_ZIP) and _OFFICE.search(data) else "unknown_format"


def _csv(text: str, problems: FileProblems, limits: Limits, most: int | None) -> Grid | None:
    separator = _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        return _gathered(_numbered(reader), "", problems, limits, most)
    except csv.Error as error:
        problems.add("damaged", line=reader.line_num, format="CSV", reason=error)
        return None


def _numbered(reader: Any) -> Iterator[tuple[int, Cells]]:
    before, packed = 0, None
    for row in reader:
        if packed is None and any(row):
            packed = "\t" in row[0] and not any(row[1:])
        if packed:  # a spreadsheet took a table for one column and saved it: each line is cut at commas, not at tabs
            row = ",".join(row).rstrip(",").split("\t")
        yield before + 1, row
        before = reader.line_num


def _separator(text: str) -> str:
    """The separator under which the top of the file names most columns we know, then has most columns."""
    top = text[: 1 << 16].splitlines()[:_SEARCHED]

    def found(separator: str) -> tuple[int, int]:
        try:
            rows = list(csv.reader(top, delimiter=separator))
        except csv.Error:
            return (-1, 0)
        return max(((sum(map(_is_known, row)), len(row)) for row in rows), default=(0, 0))

    return max(_SEPARATORS, key=found)


def _is_known(cell: object) -> bool:
    return isinstance(cell, str) and known_heading(cell)


def _excel(data: bytes, problems: FileProblems, limits: Limits, most: int | None) -> Grid | None:
    if data.startswith(_OLD_EXCEL):
        problems.add("old_excel")
        return None
    if not safe_to_unpack(data, problems, READING_LIMITS):
        return None
    import openpyxl  # an eighth of a second, and only workbooks need it

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of every feature it leaves aside
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            sheets = [sheet for sheet in book.worksheets if sheet.title not in LISTS_SHEETS]
            found = None
            blanks = without_result(data, limits.columns) if most is None else {}
            for sheet in sheets:
                sheet.reset_dimensions()  # what a file says about its size need not be true
                if found is None:
                    rows = enumerate(
                        sheet.iter_rows(values_only=True, max_col=limits.columns, max_row=LAST_ROW), start=1
                    )
                    found = _gathered(rows, sheet.title, None, limits, most)
                    if found is None:
                        tell_all(blanks, sheet.title, problems)
                    else:
                        named = {at: heading for at, heading in enumerate(found.headings) if heading}
                        tell(blanks, sheet.title, found.heading_line, named, problems)
                elif any(cell is not None for row in islice(sheet.iter_rows(values_only=True), 5) for cell in row):
                    problems.add("other_sheet", place=sheet.title, sheet=sheet.title)
            book.close()
    except Exception as error:
        problems.add("damaged", format="Excel", reason=f"{type(error).__name__}: {error}")
        return None
    if found is None:
        problems.add("no_table")
    return found


def _gathered(
    numbered: Iterable[tuple[int, Cells]], sheet: str, problems: FileProblems | None, limits: Limits, most: int | None
) -> Grid | None:
    """Headings and rows of numbered rows; blank ones are passed over."""
    rows = ((number, row) for number, row in numbered if any(cell is not None and cell != "" for cell in row))
    head = list(islice(rows, _SEARCHED))
    if (form := unrolled([row for _, row in head])) is not None:
        names, found, place = form
        return Grid(tuple(names), found, [head[place][0]] * len(found), sheet, (), head[place][0])
    at = _heading_row([row for _, row in head])
    if at is None:
        if problems is not None:
            problems.add("no_table")
        return None
    headings = _headings(head[at][1][: limits.columns])
    if len(head[at][1]) > limits.columns and problems is not None:
        problems.add("too_many_columns", limit=limits.columns)
    width = len(headings)
    cells: list[Cells] = []
    lines: list[int] = []
    bound = limits.rows if most is None else min(most, limits.rows)
    for number, row in head[at + 1 :]:
        _take(row, number, width, cells, lines, problems)
    for number, row in rows:
        if len(cells) >= bound:
            if most is None and problems is not None:
                problems.add("too_many_rows", line=number, limit=f"{limits.rows:,}")
            break
        _take(row, number, width, cells, lines, problems)
    above = tuple(tuple(_plain(cell) for cell in row) for _, row in head[:at])
    return Grid(headings, cells[:bound], lines[:bound], sheet, above, head[at][0])


def _take(
    row: Cells, number: int, width: int, cells: list[Cells], lines: list[int], problems: FileProblems | None
) -> None:
    if len(row) < width:
        row = [*row, *("" for _ in range(width - len(row)))]
    elif len(row) > width:
        if problems is not None and any(cell is not None and str(cell).strip() for cell in row[width:]):
            problems.add("too_many_cells", line=number, found=len(row), expected=width)
        row = row[:width]
    cells.append(row)
    lines.append(number)


def _heading_row(rows: Sequence[Cells]) -> int | None:
    """The row that names most columns we know; without any such, the first with most filled cells of text."""
    if not rows:
        return None
    known = [sum(map(_is_known, row)) for row in rows]
    if max(known) >= 2:
        return known.index(max(known))
    filled = [sum(isinstance(cell, str) and bool(cell.strip()) for cell in row) for row in rows]
    return filled.index(max(filled)) if max(filled) >= 2 else None


def _headings(row: Cells) -> tuple[str, ...]:
    """Headings trimmed and made different from one another; blank ones stay blank."""
    found: dict[str, int] = {}
    result = []
    for cell in row:
        text = tidy(_plain(cell))[:200]
        if text:
            found[text] = found.get(text, 0) + 1
            if found[text] > 1:
                text = f"{text} ({found[text]})"
        result.append(text)
    return tuple(result)


def _plain(cell: object) -> str:
    return "" if cell is None else cell_text(cell)
