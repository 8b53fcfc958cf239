"""Before and after a job as a still picture for paper and mail: one SVG without scripts, links or fonts of its own.

The same `Sheet` as the figure on screen. Drawn with plain lines, rectangles and text only (hatching is lines, text is
placed by its baseline), so that browsers and PDF makers (WeasyPrint) show it alike.
"""

from __future__ import annotations

from dataclasses import dataclass

from carveout import words
from carveout.charts import style
from carveout.charts.before_after_sheet import Panel, Sheet, balanced, sheet
from carveout.charts.drawing import TEXT_PX, Drawing
from carveout.effects import Effects
from carveout.language import Language
from carveout.model import SiteResult

LINE = 18
LEFT, RIGHT, BETWEEN = 34, 20, 12
TITLE_PX, FEW_PX, PLOT_PX, STRIP_PX, AXIS_PX, GAP_PX = 20, 17, 78, 22, 19, 10
PANEL_PX = TITLE_PX + FEW_PX + PLOT_PX + STRIP_PX + AXIS_PX + GAP_PX
TWO_COLUMNS_PX = 560  # from this width on two panels stand side by side
NARROWEST_PX = 240


def svg(effects: Effects, result: SiteResult, language: Language, width: float = 680) -> str:
    """The picture as SVG text.

    width: pixels, `NARROWEST_PX` at least; the height follows from what there is to show.
    """
    laid = sheet(effects, result, language)
    width = max(float(width), float(NARROWEST_PX))
    drawing = Drawing()
    if not laid.panels:
        return _document(laid, effects, drawing, width, _nothing(drawing, laid, width))
    columns = 2 if width >= TWO_COLUMNS_PX and len(laid.panels) > 1 else 1
    each = (width - BETWEEN * (columns - 1)) / columns
    top = _legend(drawing, laid, width)
    for number, panel in enumerate(laid.panels):
        row, column = divmod(number, columns)
        _panel(drawing, laid, panel, column * (each + BETWEEN), top + row * PANEL_PX, each)
    bottom = top + -(-len(laid.panels) // columns) * PANEL_PX
    if laid.left_out:
        drawing.text(0, bottom + LINE / 2, laid.word("more", n=laid.left_out), style.MUTED)
        bottom += LINE
    return _document(laid, effects, drawing, width, bottom)


def _document(laid: Sheet, effects: Effects, drawing: Drawing, width: float, height: float) -> str:
    told = effects.text.in_(laid.language)
    return drawing.document(width, height, laid.word("title"), told, laid.language)


def _nothing(drawing: Drawing, laid: Sheet, width: float) -> float:
    """A sentence where the curves will stand."""
    lines = balanced(laid.word("no_hours"), (width - 24) / TEXT_PX)
    height = (len(lines) + 2) * LINE
    drawing.box(0, 0, width, height, style.LANE_BAND)
    for at, line in enumerate(lines):
        drawing.text(width / 2, (at + 1.5) * LINE, line, style.MUTED, "middle")
    return float(height)


def _legend(drawing: Drawing, laid: Sheet, width: float) -> float:
    """Every sign with its word, from the left, as many on a line as fit; returns the height used."""
    x, line = 0.0, 0
    for key in laid.has:
        need = 32 + style.width_em(laid.word(key)) * TEXT_PX + 14
        if x and x + need > width:
            x, line = 0.0, line + 1
        middle = (line + 0.5) * LINE + 2
        _sign(drawing, key, x, middle)
        drawing.text(x + 32, middle, laid.word(key))
        x += need
    return float((line + 1) * LINE + 8)


def _sign(drawing: Drawing, key: str, x: float, middle: float) -> None:
    if key in _STROKES:
        colour, width, dash = _STROKES[key]
        drawing.path([(x, middle), (x + 26, middle)], colour, width, dash)
    elif key == "relieved":
        drawing.hatch(x, middle - 6, 26, 12)
    elif key == "hours":
        drawing.box(x + 1, middle - 6, 24, 12, style.SLOT_FILL, style.SLOT_INK, "4 3")
    else:
        drawing.box(x, middle - 6, 26, 12, style.THIN_FILL)
        for edge in (x, x + 26):
            drawing.path([(edge, middle - 6), (edge, middle + 6)], style.THIN_INK, 1, "1 2")


_STROKES = {
    "staff": (style.STAFF_LINE, 2, "6 3"),
    "before": (style.WORK_LINE, 2.4, ""),
    "after": (style.SLOT_INK, 2.4, "3 2"),
}


@dataclass(frozen=True, slots=True)
class _Place:
    """A panel's plot: minutes and persons to pixels."""

    laid: Sheet
    left: float
    right: float
    top: float
    bottom: float

    def x(self, minute: float) -> float:
        """Where a minute is."""
        span = self.laid.last - self.laid.first
        return self.left + (minute - self.laid.first) / span * (self.right - self.left)

    def y(self, persons: float) -> float:
        """Where so many persons are."""
        return self.bottom - persons / self.laid.ceiling * (self.bottom - self.top)

    def minutes(self, pixels: float) -> float:
        """How many minutes so many pixels are."""
        return pixels * (self.laid.last - self.laid.first) / (self.right - self.left)


def _panel(drawing: Drawing, laid: Sheet, panel: Panel, x: float, y: float, width: float) -> None:
    top = y + TITLE_PX + FEW_PX
    at = _Place(laid, x + LEFT, x + width - RIGHT, top, top + PLOT_PX)
    room = width / TEXT_PX / 1.06  # bold runs a little wider
    note_em = style.width_em(panel.note) + 1 if panel.observed and panel.note else 0.0
    fits = room - note_em >= style.width_em(panel.day)
    drawing.text(x, y + TITLE_PX / 2, panel.title(room - note_em if fits else room), bold=True)
    _few(drawing, panel, at, y + TITLE_PX + FEW_PX / 2)
    _grid(drawing, at)
    if panel.observed:
        _curves(drawing, panel, at)
    _hours(drawing, panel, at)
    if panel.observed and panel.note and (fits or not panel.thin):
        middle = y + (TITLE_PX / 2 if fits else TITLE_PX + FEW_PX / 2)
        drawing.text(x + width, middle, panel.note, style.MUTED, "end")
    elif panel.note and not panel.observed:
        lines = balanced(panel.note, (at.right - at.left - 8) / TEXT_PX)
        for n, line in enumerate(lines):
            middle = (at.top + at.bottom) / 2 + (n - (len(lines) - 1) / 2) * LINE
            half = style.width_em(line) * TEXT_PX / 2 + 4
            x = (at.left + at.right) / 2
            drawing.box(x - half, middle - LINE / 2, 2 * half, LINE, style.PAPER)
            drawing.text(x, middle, line, style.MUTED, "middle")


def _few(drawing: Drawing, panel: Panel, at: _Place, middle: float) -> None:
    """Thin quarters shaded and edged with dots, each labelled above where there is room."""
    word, taken = at.laid.word("thin"), float("-inf")
    half = style.width_em(word) * TEXT_PX / 2 + 3
    for start, end in panel.thin:
        left, right = at.x(start), at.x(end)
        drawing.box(left, at.top, right - left, at.bottom - at.top, style.THIN_FILL)
        for edge in (left, right):
            drawing.path([(edge, at.top), (edge, at.bottom)], style.THIN_INK, 1, "1 2")
        x = min(max((left + right) / 2, at.left + half), at.right - half)
        if x - half >= taken:
            drawing.text(x, middle, word, style.THIN_INK, "middle")
            taken = x + half


def _grid(drawing: Drawing, at: _Place) -> None:
    """Persons at the left, hours below, a faint line for each."""
    laid = at.laid
    for persons in range(0, laid.top + 1, laid.step):
        y = at.y(persons)
        drawing.path([(at.left, y), (at.right, y)], style.GRID if persons else style.MUTED, 1)
        drawing.text(at.left - 5, y, laid.word("people", n=persons), style.MUTED, "end")
    need = style.width_em(laid.word("hour", n=10)) * TEXT_PX + 10
    for minute in laid.hours(at.right - at.left, need):
        x = at.x(minute)
        drawing.path([(x, at.top), (x, at.bottom)], style.GRID, 1)
        hour = laid.word("hour", n=minute // 60)
        drawing.text(x, at.bottom + STRIP_PX + AXIS_PX / 2, hour, style.MUTED, "middle")


def _curves(drawing: Drawing, panel: Panel, at: _Place) -> None:
    """The hatched part first, then work at hand, with the job where it differs, and staff on top."""
    for run in panel.changed:
        for q in run:
            high, low = at.y(q.demand), at.y(q.demand_after)
            drawing.hatch(at.x(q.start), high, at.x(q.end) - at.x(q.start), low - high)
    curves = [("before", panel.quarters, [q.demand for q in panel.quarters])]
    curves += [("after", run, [q.demand_after for q in run]) for run in panel.changed]
    curves.append(("staff", panel.quarters, [q.staff for q in panel.quarters]))
    for key, quarters, heights in curves:
        points: list[tuple[float, float]] = []
        for q, persons in zip(quarters, heights, strict=True):
            start, end = max(q.start, at.laid.first), min(q.end, at.laid.last)
            points += [(at.x(start), at.y(persons)), (at.x(end), at.y(persons))]
        drawing.path(points, *_STROKES[key])


def _hours(drawing: Drawing, panel: Panel, at: _Place) -> None:
    """The job's hours: a dashed strip under the curves with the times in or beside it, and its edges above."""
    top, bottom = at.bottom + 3, at.bottom + STRIP_PX - 1
    for number, (start, end) in enumerate(panel.hours):
        left, right = at.x(start), at.x(end)
        drawing.box(left, top, right - left, bottom - top, style.SLOT_FILL, style.SLOT_INK, "4 3")
        for edge in (left, right):
            drawing.path([(edge, at.top), (edge, top)], style.SLOT_INK, 1, "6 4")
        text = words.span(start, end)
        place = at.laid.beside(panel, number, at.minutes(style.width_em(text) * TEXT_PX + 8))
        if place:
            shift = {"start": 4, "middle": 0, "end": -4}[place[1]]
            drawing.text(at.x(place[0]) + shift, (top + bottom) / 2, text, style.SLOT_INK, place[1])
