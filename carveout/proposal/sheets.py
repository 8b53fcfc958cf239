"""Paragraphs and tables of a Word page in the product's colours, thin enough that a template reads like the sheet."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from carveout.language import Language

if TYPE_CHECKING:
    from docx.document import Document

GREEN, RED, GREY, INK, PAPER = "0B5D43", "A01C1C", "4B5563", "1F2937", "FFFFFF"
HEAD_FILL, WORK_FILL, NOTICE_FILL, RULE = "EEF1F5", "CFEADD", "FDF0C4", "9AA5B4"
# On every Windows and Mac that has Word; elsewhere the viewer takes its own Gothic, and what has Arial's widths.
FONT, LATIN = "Yu Gothic", "Arial"
_SIZE, _SMALL, _LINE = 9.0, 7.0, 12.5
_MM = 56.6929  # twentieths of a point


class Words:
    """The text of one paragraph, run by run."""

    def __init__(self, paragraph: Any, size: float):
        self._paragraph, self._size = paragraph, size

    def add(
        self, text: str, *, bold: bool = False, small: bool = False, color: str = INK, size: float | None = None
    ) -> Words:
        """One run; `{{ }}` and `{% %}` inside it stay whole, so that Word never splits a field."""
        from docx.shared import Pt, RGBColor

        run = self._paragraph.add_run(text)
        run.bold = bold
        run.font.size = Pt(_SMALL if small else size or self._size)
        run.font.color.rgb = RGBColor.from_string(GREY if small and color == INK else color)
        return self


class Sheet:
    """A page under construction."""

    def __init__(self, document: Document, language: Language):
        self.document, self.language = document, language

    def page(self, letterhead: str) -> None:
        """A4 with narrow margins, a letterhead to fill in, page numbers, and the type for both scripts."""
        from docx.shared import Mm, Pt

        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(14)
        section.top_margin, section.bottom_margin = Mm(13), Mm(10)
        section.header_distance, section.footer_distance = Mm(6), Mm(5)
        for name in ("Normal", "Heading 1", "Heading 2", "Header", "Footer"):
            style: Any = self.document.styles[name]
            style.font.name, style.font.size = LATIN, Pt(_SIZE)
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(_w(kind), None)
            for kind in ("ascii", "hAnsi", "eastAsia", "cs"):
                fonts.set(_w(kind), FONT if kind == "eastAsia" else LATIN)
            language = style.element.get_or_add_rPr()
            _child(language, "lang", val="en-US", eastAsia="ja-JP")
        Words(section.header.paragraphs[0], 8).add(letterhead, color=GREY)
        foot = section.footer.paragraphs[0]
        foot.alignment = 2
        _field(foot, "PAGE", " / ")
        _field(foot, "NUMPAGES", "")
        # The first paragraph of a new document would stand empty above everything.
        first = self.document.paragraphs[0] if self.document.paragraphs else None
        if first is not None:
            first._element.getparent().remove(first._element)

    def paragraph(
        self, *, before: float = 0, line: float = _LINE, size: float = _SIZE, hanging: bool = False, tab: float = 0
    ) -> Words:
        """A paragraph. before, line, size: points; tab: mm of a right tab."""
        from docx.shared import Mm

        made: Any = self.document.add_paragraph()
        _spaced(made, before, line)
        if hanging:
            made.paragraph_format.left_indent, made.paragraph_format.first_line_indent = Mm(4), Mm(-4)
        if tab:
            made.paragraph_format.tab_stops.add_tab_stop(Mm(tab), 2)
        return Words(made, size)

    def title(self, text: str) -> None:
        """The title, ruled below."""
        made: Any = self.document.add_paragraph(style="Heading 1")
        _spaced(made, 0, 19)
        _borders(made, bottom=(GREEN, 18))
        Words(made, 14).add(text, bold=True)

    def heading(self, text: str, color: str = GREEN) -> None:
        """A section's heading, barred at the left, kept with what follows."""
        made: Any = self.document.add_paragraph(style="Heading 2")
        _spaced(made, 5, 14)
        made.paragraph_format.space_after = 25400  # two points
        made.paragraph_format.keep_with_next = True
        _borders(made, left=(color, 36))
        Words(made, 10.5).add(text, bold=True, color=color)

    def framed(self, color: str = "6B4E00") -> Words:
        """A boxed paragraph."""
        made: Any = self.document.add_paragraph()
        _spaced(made, 0, _LINE)
        _borders(made, **dict.fromkeys(("top", "left", "bottom", "right"), (color, 6)))
        if color != RED:
            _child(made._element.get_or_add_pPr(), "shd", val="clear", color="auto", fill=NOTICE_FILL)
        return Words(made, _SIZE)

    def bullet(self) -> Words:
        """A line of a list."""
        return self.paragraph(hanging=True).add("・ " if self.language == "ja" else "• ")

    def finish(self) -> None:
        """Make the page one that Word reads without complaint."""
        in_order(self.document.element)
        in_order(self.document.styles.element)

    def table(
        self, widths: Sequence[float], head: Sequence[str], *, centred: bool = False, size: float = _SIZE
    ) -> Rows:
        """A ruled table with a heading row that is repeated on the next page. widths: mm."""
        return Rows(self.document, widths, head, centred=centred, size=size)


class Rows:
    """A table, row by row."""

    def __init__(self, document: Document, widths: Sequence[float], head: Sequence[str], *, centred: bool, size: float):
        self.widths, self.centred, self.size = widths, centred, size
        self.table: Any = document.add_table(0, len(widths), style="Table Grid")
        self.table.autofit = False
        properties = self.table._element.tblPr
        _child(properties, "tblW", type="dxa", w=str(int(sum(widths) * _MM)))
        borders = _child(properties, "tblBorders")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
            _child(borders, side, val="single", sz="4", space="0", color=RULE)
        margins = _child(properties, "tblCellMar")
        for side in ("left", "right"):
            _child(margins, side, w="70", type="dxa")
        for column, width in zip(self.table._element.tblGrid, widths, strict=True):
            column.set(_w("w"), str(int(width * _MM)))
        if head:
            self.row([f"{text}" for text in head] + [""] * (len(widths) - len(head)), head=True, repeat=True)

    def row(self, texts: Sequence[str], *, head: bool = False, repeat: bool = False, fill: str = "") -> Words:
        """A row; gives its first cell's paragraph. fill: an expression that gives each cell's colour."""
        cells = self._cells()
        for at, (cell, text) in enumerate(zip(cells, [*texts, *[""] * (len(cells) - len(texts))], strict=True)):
            strong = head and (repeat or at == 0)
            if strong:
                _child(cell._element.get_or_add_tcPr(), "shd", val="clear", color="auto", fill=HEAD_FILL)
            words = self._in(cell)
            if fill:
                words.add("{% cellbg " + fill + " %}")
            if text:
                words.add(text, bold=strong)
        properties = self.table.rows[-1]._tr.get_or_add_trPr()
        _child(properties, "cantSplit")
        if repeat:
            _child(properties, "tblHeader")
        return self.last(0)

    def last(self, column: int) -> Words:
        """The paragraph of a cell of the last row."""
        return self._in(self.table.rows[-1].cells[column])

    def span(self, tag: str) -> None:
        """A row that holds nothing but a tag, and disappears."""
        self._in(self._cells()[0]).add(tag)

    def loop_cells(
        self, row: int, loop: str, text: str, *, bold: bool = False, color: str = INK, fill: str = ""
    ) -> None:
        """Turn the cells after the first into one cell per entry: three cells, of which the outer two disappear."""
        from docx.table import _Cell

        line = self.table.rows[row]._tr
        cell = line.tc_lst[1]
        for further in line.tc_lst[2:]:
            line.remove(further)
        _child(cell.get_or_add_tcPr(), "tcW", w="0", type="auto")  # as wide as the week leaves room for
        opening, closing = deepcopy(cell), deepcopy(cell)
        cell.addprevious(opening)
        cell.addnext(closing)
        self._in(_Cell(opening, self.table)).add("{%tc for " + loop + " %}")
        words = self._in(_Cell(cell, self.table))
        if fill:
            words.add("{% cellbg " + fill + " %}")
        words.add(text, bold=bold, color=color)
        self._in(_Cell(closing, self.table)).add("{%tc endfor %}")

    def pair(self, label: str, text: str, *, bold: bool = False) -> Words:
        """A labelled row over the whole width; gives its paragraph."""
        cells = self._cells()
        merged = cells[1].merge(cells[-1])
        for extra in merged.paragraphs[1:]:
            extra._element.getparent().remove(extra._element)
        self._label(cells[0], label)
        return self._in(merged).add(text, bold=bold)

    def keep_together(self) -> None:
        """Let the rows made so far stand on one page: whoever fills them in has them all in sight."""
        for row in self.table.rows[:-1]:
            for cell in row.cells:
                for paragraph in cell.paragraphs:
                    paragraph.paragraph_format.keep_with_next = True

    def pairs(self, both: Sequence[tuple[str, str]]) -> None:
        """Two labelled cells beside one another."""
        cells = self._cells()
        for at, (label, text) in enumerate(both):
            self._label(cells[2 * at], label)
            self._in(cells[2 * at + 1]).add(text)

    def _label(self, cell: Any, label: str) -> None:
        _child(cell._element.get_or_add_tcPr(), "shd", val="clear", color="auto", fill=HEAD_FILL)
        self._in(cell).add(label, bold=True)

    def _cells(self) -> list[Any]:
        from docx.shared import Mm

        cells = list(self.table.add_row().cells)
        for cell, width in zip(cells, self.widths, strict=True):
            cell.width = Mm(width)
        return cells

    def _in(self, cell: Any) -> Words:
        """The paragraph of a cell, set like the others."""
        paragraph = cell.paragraphs[0]
        _spaced(paragraph, 0, self.size + 3)
        if self.centred:
            paragraph.alignment = 1
        return Words(paragraph, self.size)


# Word reads the properties of paragraphs, runs, tables and cells in one order only.
_ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs snapToGrid spacing ind jc rPr",
    "rPr": "rStyle rFonts b bCs i iCs color sz szCs u shd lang",
    "tblPr": "tblStyle tblW jc tblInd tblBorders shd tblLayout tblCellMar tblLook",
    "tcPr": "tcW gridSpan vMerge tcBorders shd noWrap tcMar vAlign",
}


def in_order(root: Any) -> None:
    """Put the properties below an element into the order that Word demands."""
    for name, order in _ORDER.items():
        rank = {_w(child): at for at, child in enumerate(order.split())}
        for properties in root.iter(_w(name)):
            for child in sorted(properties, key=lambda one: rank.get(one.tag, len(rank))):
                properties.append(child)


def _w(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(f"w:{name}"))


def _child(parent: Any, name: str, **attributes: str) -> Any:
    """A child element with attributes, replacing one of its name."""
    from docx.oxml import OxmlElement

    for old in parent.findall(_w(name)):
        parent.remove(old)
    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(_w(key), value)
    parent.append(made)
    return made


def _spaced(paragraph: Any, before: float, line: float) -> None:
    from docx.shared import Pt

    form = paragraph.paragraph_format
    form.space_before, form.space_after, form.line_spacing = Pt(before), Pt(0), Pt(line)
    _child(paragraph._element.get_or_add_pPr(), "snapToGrid", val="0")


def _borders(paragraph: Any, **sides: tuple[str, int]) -> None:
    borders = _child(paragraph._element.get_or_add_pPr(), "pBdr")
    for side in ("top", "left", "bottom", "right"):
        if side in sides:
            color, size = sides[side]
            _child(borders, side, val="single", sz=str(size), space="4" if side == "left" else "1", color=color)


def _field(paragraph: Any, code: str, after: str) -> None:
    """A field that Word fills in, such as the page's number."""
    from docx.oxml import OxmlElement
    from docx.shared import Pt

    field = OxmlElement("w:fldSimple")
    field.set(_w("instr"), code)
    run = paragraph.add_run("1")
    run.font.size = Pt(8)
    field.append(run._element)
    paragraph._element.append(field)
    if after:
        paragraph.add_run(after).font.size = Pt(8)
