"""Before and after a job: work at hand with and without it against staff on duty, a panel per weekday.

`figure` draws, `words` and `table` (of `before_after_words`) tell the same without a picture.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import plotly.graph_objects as go

from carveout import words as said
from carveout.charts import style
from carveout.charts.before_after_sheet import WORDS, Panel, Sheet, balanced, sheet
from carveout.charts.before_after_words import HEADINGS, table, words
from carveout.charts.canvas import NARROW_PX
from carveout.charts.sheet import legend_height
from carveout.effects import QUARTER, Effects, Quarter
from carveout.language import Language
from carveout.model import SiteResult

__all__ = ["HEADINGS", "figure", "table", "words"]

TEXT_PX = 16
LEFT, RIGHT = 52, 26
TITLE_PX, FEW_PX, PLOT_PX, STRIP_PX, AXIS_PX, GAP_PX = 26, 22, 130, 30, 26, 14
# How Plotly calls the sides of a text, and how far from its place it stands.
_ANCHORS = {"start": ("left", 5), "middle": ("center", 0), "end": ("right", -5)}
PANEL_PX = TITLE_PX + FEW_PX + PLOT_PX + STRIP_PX + AXIS_PX + GAP_PX


@dataclass(slots=True)
class _Drawing:
    """What will be drawn, gathered before the figure is made."""

    sheet: Sheet
    legend_px: float
    traces: list[Any] = field(default_factory=list)
    shapes: list[dict[str, Any]] = field(default_factory=list)
    notes: list[dict[str, Any]] = field(default_factory=list)
    axes: dict[str, Any] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)

    @property
    def inner_px(self) -> float:
        """Height of all panels together."""
        return len(self.sheet.panels) * PANEL_PX + (TEXT_PX + 10 if self.sheet.left_out else 0)

    def share(self, pixels: float) -> float:
        """A distance from the top in Plotly's share of the paper's height, counted from the bottom."""
        return 1 - pixels / self.inner_px

    def note(self, text: str, **more: Any) -> None:
        """Write a line; `more` as Plotly's annotations have it."""
        font = {"size": more.pop("size", TEXT_PX), "color": more.pop("color", style.INK)}
        self.notes.append({"text": text, "showarrow": False, "font": font, "xref": "x", "yref": "paper", **more})

    def once(self, key: str) -> dict[str, Any]:
        """Name of a trace and whether the legend shows it: the first of each key does."""
        first = key not in self.named
        self.named.add(key)
        rank = list(WORDS).index(key) + 1
        return {"name": self.sheet.word(key), "legendgroup": key, "legendrank": rank, "showlegend": first}

    @property
    def per_minute(self) -> float:
        """Pixels of one minute on the narrowest screen."""
        return (NARROW_PX - LEFT - RIGHT) / (self.sheet.last - self.sheet.first)


def figure(effects: Effects, result: SiteResult, language: Language) -> go.Figure:
    """Draw the weekdays of a job one below the other on common scales; fixed height, the width follows the screen."""
    laid = sheet(effects, result, language)
    if not laid.panels:
        return _nothing(laid)
    shown = [laid.word(key) for key in laid.has]
    drawing = _Drawing(laid, legend_height(shown, NARROW_PX) * TEXT_PX / style.TEXT_PX + 6)
    for number, panel in enumerate(laid.panels):
        _panel(drawing, panel, number)
    if laid.left_out:
        drawing.note(
            laid.word("more", n=laid.left_out), x=0, xref="paper", xanchor="left", y=0, yanchor="bottom",
            color=style.MUTED,
        )  # fmt: skip
    return _finished(drawing)


def _panel(drawing: _Drawing, panel: Panel, number: int) -> None:
    top = number * PANEL_PX
    plot_top, plot_bottom = top + TITLE_PX + FEW_PX, top + TITLE_PX + FEW_PX + PLOT_PX
    name = "y" if number == 0 else f"y{number + 1}"
    drawing.axes[f"yaxis{number + 1 if number else ''}"] = _axis(drawing, plot_top, plot_bottom)
    aside = style.width_em(panel.note) + 1 if panel.observed else 0.0
    title = panel.title((NARROW_PX - RIGHT - 8) / TEXT_PX - aside)
    drawing.note(
        f"<b>{style.safe(title)}</b>", x=0, xref="paper", xanchor="left", xshift=8 - LEFT,
        y=drawing.share(top + TITLE_PX / 2), yanchor="middle",
    )  # fmt: skip
    _few(drawing, panel, top + TITLE_PX, plot_bottom)
    _grid(drawing, plot_top, plot_bottom)
    if panel.observed:
        _relieved(drawing, panel, name)
        _curves(drawing, panel, name)
    else:  # without a trace there would be no scale
        drawing.traces.append(go.Scatter(x=[None], y=[None], yaxis=name, showlegend=False, hoverinfo="skip"))
    _hours(drawing, panel, plot_top, plot_bottom)
    if panel.note:
        height = plot_top + PLOT_PX / 2 if not panel.observed else top + TITLE_PX / 2
        at: dict[str, Any] = (
            {"x": 0.5, "xanchor": "center", "bgcolor": style.PAPER}
            if not panel.observed
            else {"x": 1, "xanchor": "right"}
        )
        drawing.note(panel.note, xref="paper", y=drawing.share(height), yanchor="middle", color=style.MUTED, **at)


def _axis(drawing: _Drawing, top: float, bottom: float) -> dict[str, Any]:
    laid = drawing.sheet
    ticks = list(range(0, laid.top + 1, laid.step))
    return {
        "domain": [drawing.share(bottom), drawing.share(top)],
        "range": [0, laid.ceiling],
        "tickvals": ticks,
        "ticktext": [laid.word("people", n=n) for n in ticks],
        "gridcolor": style.GRID, "zeroline": True, "zerolinecolor": style.MUTED, "zerolinewidth": 1,
        "fixedrange": True, "ticklabelstandoff": 6, "anchor": "x",
    }  # fmt: skip


def _few(drawing: _Drawing, panel: Panel, top: float, bottom: float) -> None:
    """Thin quarters shaded and edged with dots, each labelled above where there is room."""
    word, last = drawing.sheet.word("thin"), -1e9
    need = (style.width_em(word) * TEXT_PX + 8) / drawing.per_minute
    for start, end in panel.thin:
        y0, y1 = drawing.share(bottom), drawing.share(top + FEW_PX)
        box = {"type": "rect", "xref": "x", "yref": "paper", "x0": start, "x1": end, "y0": y0, "y1": y1}
        drawing.shapes.append({**box, "fillcolor": style.THIN_FILL, "line": {"width": 0}, "layer": "below"})
        for x in (start, end):
            edge = {"color": style.THIN_INK, "width": 1, "dash": "dot"}
            drawing.shapes.append({**box, "type": "line", "x0": x, "x1": x, "line": edge, "layer": "below"})
        middle = min(max((start + end) / 2, drawing.sheet.first + need / 2), drawing.sheet.last - need / 2)
        if middle - need / 2 >= last:
            drawing.note(
                word, x=middle, xanchor="center", y=drawing.share(top + FEW_PX / 2), yanchor="middle",
                color=style.THIN_INK,
            )  # fmt: skip
            last = middle + need / 2


def _grid(drawing: _Drawing, top: float, bottom: float) -> None:
    """Hours under the panel, a faint line for each."""
    word = drawing.sheet.word
    need = style.width_em(word("hour", n=10)) * TEXT_PX + 14
    for minute in drawing.sheet.hours(NARROW_PX - LEFT - RIGHT, need):
        drawing.shapes.append(
            {"type": "line", "xref": "x", "yref": "paper", "x0": minute, "x1": minute, "y0": drawing.share(bottom),
             "y1": drawing.share(top), "line": {"color": style.GRID, "width": 1}, "layer": "below"}
        )  # fmt: skip
        drawing.note(
            word("hour", n=minute // 60), x=minute, xanchor="center", color=style.MUTED,
            y=drawing.share(bottom + STRIP_PX + AXIS_PX / 2), yanchor="middle",
        )  # fmt: skip


def _relieved(drawing: _Drawing, panel: Panel, axis: str) -> None:
    """What the job takes off the staff: hatched between the two levels."""
    own = [q for run in panel.changed for q in run]
    if own:
        drawing.traces.append(
            go.Bar(
                x=[q.start + QUARTER / 2 for q in own],
                base=[q.demand_after for q in own],
                y=[q.demand - q.demand_after for q in own],
                width=[QUARTER] * len(own),
                yaxis=axis,
                hovertext=[_hover(drawing.sheet, q) for q in own],
                hoverinfo="text",
                marker={
                    "color": style.SLOT_FILL,
                    "line": {"width": 0},
                    "pattern": {
                        "shape": "/",
                        "fgcolor": style.SLOT_INK,
                        "fgopacity": 0.8,
                        "size": 6,
                        "solidity": 0.3,
                        "fillmode": "overlay",
                    },
                },
                **drawing.once("relieved"),
            )
        )


def _curves(drawing: _Drawing, panel: Panel, axis: str) -> None:
    """Work at hand unbroken, dotted where the job changes it, and staff dashed."""
    whole = list(panel.quarters)
    work = {"color": style.WORK_LINE, "width": 3, "shape": "hv"}
    after = {"color": style.SLOT_INK, "width": 3, "dash": "3px,2px", "shape": "hv"}
    staff = {"color": style.STAFF_LINE, "width": 2.5, "dash": "7px,4px", "shape": "hv"}
    lines: list[tuple[str, list[Quarter], list[float], dict[str, Any]]] = [
        ("before", whole, [q.demand for q in whole], work),
        *(("after", list(run), [q.demand_after for q in run], after) for run in panel.changed),
        ("staff", whole, [q.staff for q in whole], staff),  # last: it shows where the curves coincide
    ]
    for key, own, heights, line in lines:
        drawing.traces.append(
            go.Scatter(
                x=[*(q.start for q in own), own[-1].end],
                y=[*heights, heights[-1]],
                mode="lines",
                line=line,
                yaxis=axis,
                hovertext=[_hover(drawing.sheet, q) for q in (*own, own[-1])],
                hoverinfo="text",
                **drawing.once(key),
            )
        )


def _hours(drawing: _Drawing, panel: Panel, top: float, bottom: float) -> None:
    """The job's hours: a dashed strip under the curves with the times written in or beside it, and its edges above."""
    strip_top, strip_bottom = bottom + 5, bottom + STRIP_PX - 1
    for at, (start, end) in enumerate(panel.hours):
        box = {"xref": "x", "yref": "paper", "x0": start, "x1": end}
        dashed = {"color": style.SLOT_INK, "width": 2, "dash": "dash"}
        y0, y1 = drawing.share(strip_bottom), drawing.share(strip_top)
        drawing.shapes.append(
            {**box, "type": "rect", "y0": y0, "y1": y1, "fillcolor": style.SLOT_FILL, "line": dashed, "layer": "below"}
        )
        for x in (start, end):
            edge = {**dashed, "width": 1}
            drawing.shapes.append(
                {**box, "type": "line", "x0": x, "x1": x, "y0": drawing.share(strip_top), "y1": drawing.share(top),
                 "line": edge, "layer": "below"}
            )  # fmt: skip
        text = said.span(start, end)
        place = drawing.sheet.beside(panel, at, (style.width_em(text) * TEXT_PX + 10) / drawing.per_minute)
        if place:
            anchor, shift = _ANCHORS[place[1]]
            y = drawing.share((strip_top + strip_bottom) / 2)
            drawing.note(
                text, x=place[0], xanchor=anchor, xshift=shift, y=y, yanchor="middle", color=style.SLOT_INK
            )  # fmt: skip


def _hover(laid: Sheet, quarter: Quarter) -> str:
    time = said.span(quarter.start, quarter.end)
    return laid.word(
        "hover", time=time, demand=quarter.demand, after=quarter.demand_after, staff=quarter.staff
    )  # fmt: skip


def _swatch(drawing: _Drawing, key: str, fill: str, line: str) -> None:
    """A legend entry for something that is drawn as a shape."""
    marker = {"symbol": "square", "size": 15, "color": fill, "line": {"color": line, "width": 1.5}}
    drawing.traces.append(
        go.Scatter(x=[None], y=[None], mode="markers", marker=marker, hoverinfo="skip", **drawing.once(key))
    )


def _finished(drawing: _Drawing) -> go.Figure:
    laid = drawing.sheet
    _swatch(drawing, "hours", style.SLOT_FILL, style.SLOT_INK)
    if "thin" in laid.has:
        _swatch(drawing, "thin", style.THIN_FILL, style.THIN_INK)
    legend = {
        "orientation": "h", "x": 0, "xref": "container", "xanchor": "left", "y": 1, "yref": "container",
        "yanchor": "top", "itemclick": False, "itemdoubleclick": False, "font": {"size": TEXT_PX},
        "traceorder": "normal",
    }  # fmt: skip
    return go.Figure(
        data=drawing.traces,
        layout={
            "height": drawing.inner_px + drawing.legend_px,
            "margin": {"l": LEFT, "r": RIGHT, "t": drawing.legend_px, "b": 0},
            "font": {"family": style.FONT, "size": TEXT_PX, "color": style.INK},
            "paper_bgcolor": style.PAPER,
            "plot_bgcolor": "rgba(0,0,0,0)",
            "barmode": "overlay",
            "dragmode": False,
            "hovermode": "closest",
            "hoverlabel": {"bgcolor": style.PAPER, "font": {"family": style.FONT, "size": 16, "color": style.INK}},
            "xaxis": {
                "range": [laid.first, laid.last], "visible": False, "fixedrange": True, "anchor": "free",
                "position": 0,
            },
            **drawing.axes,
            "legend": legend,
            "shapes": drawing.shapes,
            "annotations": drawing.notes,
        },
    )  # fmt: skip


def _nothing(laid: Sheet) -> go.Figure:
    """A job without hours: a sentence where the curves will stand."""
    text = "<br>".join(balanced(laid.word("no_hours"), (NARROW_PX - 40) / TEXT_PX))
    note = {"text": text, "xref": "paper", "yref": "paper", "x": 0.5, "y": 0.5, "showarrow": False}
    return go.Figure(
        layout={
            "height": 120,
            "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
            "font": {"family": style.FONT, "size": TEXT_PX, "color": style.MUTED},
            "paper_bgcolor": style.PAPER,
            "plot_bgcolor": style.LANE_BAND,
            "xaxis": {"visible": False, "fixedrange": True},
            "yaxis": {"visible": False, "fixedrange": True},
            "dragmode": False,
            "annotations": [note],
        }
    )
