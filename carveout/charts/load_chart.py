"""Work at hand against staff on duty: two curves of different stroke, alone or above the carve-out map."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import plotly.graph_objects as go

from carveout import words
from carveout.charts import style
from carveout.language import Language, Text
from carveout.model import LoadPoint, SiteResult

QUARTER = 15
_HOVER = Text(
    "{time} 手元の仕事 {demand:.1f}人分・勤務中 {staff:.1f}人", "{time} work for {demand:.1f}, {staff:.1f} on duty"
)
_HOUR = Text("{n}時", "{n}:00")
_WORK = Text("手元の仕事（何人分か）", "Work at hand (persons needed)")
_STAFF = Text("勤務中の職員（人）", "Staff on duty (persons)")


def every_quarter(load: Sequence[LoadPoint]) -> list[LoadPoint]:
    """The curve without holes: quarters that nobody worked in count as zero, and the last value is held to its end."""
    if not load:
        return []
    known = {p.start: p for p in load}
    starts = range(min(known), max(known) + QUARTER, QUARTER)
    points = [known.get(s, LoadPoint(s, 0.0, 0.0)) for s in starts]
    return [*points, LoadPoint(points[-1].start + QUARTER, points[-1].demand, points[-1].staff)]


def load_traces(
    load: Sequence[LoadPoint], names: tuple[str, str], height: Callable[[float], float], language: Language
) -> list[Any]:
    """The two stepped lines; `height` turns persons into the figure's own vertical unit."""
    points = every_quarter(load)
    hover = [_HOVER.in_(language).format(time=words.clock(p.start), demand=p.demand, staff=p.staff) for p in points]
    common: dict[str, Any] = {"x": [p.start for p in points], "mode": "lines", "hovertext": hover, "hoverinfo": "text"}
    staff = {"color": style.STAFF_LINE, "width": 2.5, "dash": "6px,4px", "shape": "hv"}
    work = {"color": style.WORK_LINE, "width": 3, "shape": "hv"}
    return [
        go.Scatter(y=[height(p.staff) for p in points], name=names[1], line=staff, showlegend=False, **common),
        go.Scatter(y=[height(p.demand) for p in points], name=names[0], line=work, showlegend=False, **common),
    ]


def load_chart(result: SiteResult, unit: str, language: Language) -> go.Figure:
    """The two curves of one unit, mean over its observed days, with an axis of persons."""
    load = result.load.get(unit, ())
    traces = load_traces(load, (_WORK.in_(language), _STAFF.in_(language)), float, language)
    for trace in traces:
        trace.showlegend = True
    first, last = min((p.start for p in load), default=420), max((p.start for p in load), default=1140)
    hours = range(-(-first // 60), (last + QUARTER) // 60 + 1)
    return go.Figure(
        data=traces,
        layout={
            "height": 280,
            "margin": {"l": 46, "r": 14, "t": 8, "b": 60},
            "font": {"family": style.FONT, "size": style.TEXT_PX, "color": style.INK},
            "plot_bgcolor": style.PAPER,
            "dragmode": False,
            "xaxis": {
                "tickvals": [h * 60 for h in hours],
                "ticktext": [_HOUR.in_(language).format(n=h) for h in hours],
                "fixedrange": True,
            },
            "yaxis": {
                "rangemode": "tozero",
                "fixedrange": True,
                "gridcolor": style.GRID,
                "dtick": 1,
                "ticklabelstandoff": 6,
            },
            "legend": {"orientation": "h", "y": -0.15},
        },
    )
