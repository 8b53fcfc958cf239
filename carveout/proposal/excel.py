"""The timetable as a workbook: the week, the work and the rules, each on a sheet, nothing in it a formula."""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from carveout import words
from carveout.charts.style import width_em
from carveout.language import Language, Text
from carveout.proposal.content import Proposal
from carveout.proposal.headings import HEADINGS, LABELS, TO_CHECK_MARK
from carveout.proposal.phrases import clean, joined
from carveout.proposal.sheets import FONT
from carveout.proposal.zipped import rezipped
from carveout.writing import guarded

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

HEAD_FILL, WORK_FILL, GREEN = "EEF1F5", "CFEADD", "0B5D43"
_CELL_CHARS = 32_000
_BAD_TITLE = str.maketrans(dict.fromkeys("[]:*?/\\'", "_"))
_SINCE = Text("施行・適用", "Since")


def render(proposal: Proposal, language: Language) -> bytes:
    """The workbook (xlsx); the same proposal gives the same bytes."""
    import openpyxl  # an eighth of a second, and only workbooks need it

    book: Workbook = openpyxl.Workbook()
    book.remove(book.active)
    _Writer(book, language).write(proposal)
    stream = io.BytesIO()
    book.save(stream)
    return rezipped(stream.getvalue(), proposal.dated or proposal.seen_until)


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula.

    >>> harmless("=1+1"), harmless("清掃")
    ("'=1+1", '清掃')
    """
    return guarded(clean(text)[:_CELL_CHARS])


class _Writer:
    """Writes the sheets in one language."""

    def __init__(self, book: Workbook, language: Language):
        self.book, self.language = book, language

    def write(self, p: Proposal) -> None:
        self._week(self._sheet("week", p, (14, 11, 11, 11, 11, 11, 11, 11)), p)
        self._shifts(p)
        self._tasks(p)
        self._rules(p)

    def _sheet(self, heading: str, p: Proposal, widths: Sequence[float]) -> Worksheet:
        """A sheet for A4 with the job's title on top."""
        from openpyxl.styles import Font

        sheet = self.book.create_sheet(HEADINGS[heading].in_(self.language).translate(_BAD_TITLE)[:31])
        for at, width in enumerate(widths):
            sheet.column_dimensions[chr(ord("A") + at)].width = width
        sheet.page_setup.paperSize, sheet.page_setup.orientation = 9, "landscape"
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        self._row(sheet, [p.title])
        sheet.cell(1, 1).font = Font(name=FONT, bold=True, size=14, color=GREEN)
        sheet.row_dimensions[1].height = 24
        if p.notice.ja:
            self._row(sheet, [p.notice])
        return sheet

    def _row(self, sheet: Worksheet, texts: Iterable[Text | str], *, head: bool = False) -> int:
        """A row of texts; gives its number."""
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

        line = Side(style="thin", color="9AA5B4")
        at = int(sheet.max_row) + (sheet.max_row > 1 or sheet.cell(1, 1).value is not None)
        cells = [harmless(text.in_(self.language) if isinstance(text, Text) else text) for text in texts]
        lines = 1
        for column, text in enumerate(cells, start=1):
            cell = sheet.cell(at, column)
            cell.value = text
            cell.data_type = "s"
            cell.font = Font(name=FONT, bold=head)
            if len(cells) > 1:  # a spreadsheet does not find the height of a wrapped row by itself
                width = sheet.column_dimensions[cell.column_letter].width
                lines = max(lines, math.ceil(width_em(text) * 2.1 / width))
            if len(cells) > 1:
                cell.border = Border(line, line, line, line)
                cell.alignment = Alignment(wrap_text=True, vertical="top")
            if head:
                cell.fill = PatternFill("solid", fgColor=HEAD_FILL)
        sheet.row_dimensions[at].height = 17.0 * min(lines, 20)
        return at

    def _head(self, sheet: Worksheet, names: Sequence[str]) -> None:
        self._row(sheet, [LABELS[name] for name in names], head=True)

    def _week(self, sheet: Worksheet, p: Proposal) -> None:
        from openpyxl.styles import Font, PatternFill

        self._row(sheet, [LABELS["hours"], *p.week.days], head=True)
        for row in p.week.rows:
            at = self._row(sheet, [row.hours, *(cell.text for cell in row.cells)])
            for column, cell in enumerate(row.cells, start=2):
                if cell.on:
                    shown: Any = sheet.cell(at, column)
                    shown.fill, shown.font = (
                        PatternFill("solid", fgColor=WORK_FILL),
                        Font(name=FONT, bold=True, color=GREEN),
                    )
        self._row(sheet, [LABELS["total"], *p.week.totals])
        if p.week.units.ja:
            self._row(sheet, [p.week.units])

    def _shifts(self, p: Proposal) -> None:
        sheet = self._sheet("shifts", p, (8, 9, 9, 22, 60, 40))
        self._head(sheet, ("weekday", "from", "to", "unit", "task", "sometimes"))
        for shift in p.shifts:
            times = [words.clock(shift.start), words.clock(shift.end)]
            tasks = [joined(shift.tasks), joined(shift.sometimes)]
            self._row(sheet, [words.WEEKDAY[shift.weekday], *times, shift.unit, *tasks])

    def _tasks(self, p: Proposal) -> None:
        sheet = self._sheet("tasks", p, (6, 28, 14, 44, 12, 20))
        self._head(sheet, ("mark", "task", "mode", "when", "minutes", "often"))
        for one in (*p.tasks, *p.sometimes):
            self._row(sheet, [one.mark, one.name, one.mode, one.when, one.minutes, one.often])
        if p.left_alone:
            self._row(sheet, [""])
            self._row(sheet, [HEADINGS["left_alone"]])
            for group in p.left_alone:
                self._row(sheet, [group.mark, joined(group.lines, "／", " / "), "", group.reason])
            if p.left_alone_more.ja:
                self._row(sheet, [p.left_alone_more])

    def _rules(self, p: Proposal) -> None:
        sheet = self._sheet("limits", p, (6, 60, 60, 14, 8))
        check = TO_CHECK_MARK.in_(self.language)
        self._row(sheet, [LABELS["mark"], LABELS["limit"], LABELS["source"], _SINCE, check], head=True)
        for one in (*p.broken, *p.limits):
            said = Text(one.said.ja + one.note.ja, f"{one.said.en} {one.note.en}".strip())
            self._row(sheet, [one.mark, said, one.source, one.since, check if one.to_check else ""])
        for group in p.needs:
            for what in group.whats:
                self._row(sheet, ["□", what, group.source, group.since, check if group.to_check else ""])
        if p.limits_more.ja:
            self._row(sheet, [p.limits_more])
