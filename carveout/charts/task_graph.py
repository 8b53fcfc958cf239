"""How tasks connect, drawn from top to bottom like the lists in which practitioners write a day down.

Time runs downwards because names read across: a flow of twenty tasks within four hours has room for every name. Flows
stand in columns of their own at the left, other work beside them at the right, at its time of day.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from carveout import words
from carveout.charts import style
from carveout.charts.connections import Connections, Node, connections
from carveout.charts.picture import task_name
from carveout.charts.sheet import LEGEND, legend_height
from carveout.charts.slots import stack
from carveout.language import Language, Text
from carveout.model import Pattern, SiteResult

WIDTH = 740  # the narrowest screen, as for the map
BOX, PITCH, CHIP, LEFT = 32, 54, 40, 4
FLOW_PX = 284  # a flow's column at most: box and the bracket beside it
_DAYS = Text("{days}/{of_days}日", "{days}/{of_days} d")
_SEEN = Text("（{days}日）", " ({days} d)")
_HOVER = Text("{days}日で見られました", "seen on {days} days")


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a node stands: left edge, width, and middle from the top."""

    x: float
    width: float
    y: float


def task_graph(result: SiteResult, unit: str, language: Language, top: int = 12) -> go.Figure:
    """Draw the connections of one unit; every box carries its `ref` as customdata."""
    seen = connections(result, unit, top)
    spots = _spots(seen)
    height = max((spot.y for spot in spots), default=0) + BOX
    traces = [
        _boxes(result, seen, spots, kind, language) for kind in Pattern if any(n.kind is kind for n in seen.nodes)
    ]
    guests = {edge.source for edge in seen.edges if not edge.follows}
    notes = [_name(result, seen.nodes[i], spots[i], language, timed=i not in guests) for i in range(len(spots))]
    legend_px = legend_height([trace.name for trace in traces], WIDTH)
    shapes: list[dict[str, Any]] = []
    _edges(seen, spots, language, shapes, notes)
    return go.Figure(
        data=traces,
        layout={
            "height": height + legend_px + 24,
            "margin": {"l": 4, "r": 8, "t": 4, "b": legend_px + 20},
            "font": {"family": style.FONT, "size": style.TEXT_PX, "color": style.INK},
            "plot_bgcolor": style.PAPER,
            "barmode": "overlay",
            "dragmode": False,
            "hovermode": "closest",
            "hoverlabel": {"bgcolor": style.PAPER, "font": {"family": style.FONT, "size": 15, "color": style.INK}},
            "xaxis": {"range": [0, WIDTH], "visible": False, "fixedrange": True},
            "yaxis": {"range": [height, 0], "visible": False, "fixedrange": True},
            "legend": LEGEND,
            "shapes": shapes,
            "annotations": notes,
        },
    )  # fmt: skip


def _flow_columns(seen: Connections) -> dict[str, int]:
    """A column for each flow; those that run at the same time stand side by side."""
    span: dict[str, tuple[float, float]] = {}
    for node in seen.nodes:
        if node.chain:
            start, end = span.get(node.chain, (node.start, node.end))
            span[node.chain] = (min(start, node.start), max(end, node.end))
    ordered = sorted(span, key=lambda chain: (span[chain], chain))
    return dict(zip(ordered, stack([span[chain] for chain in ordered]), strict=True))


def _spots(seen: Connections) -> list[_Spot]:
    """Boxes from top to bottom in order of time, what comes up beside a link right of it, two abreast."""
    column = _flow_columns(seen)
    flows = max(column.values(), default=-1) + 1
    host = {edge.source: edge.target for edge in seen.edges if not edge.follows}
    own_step = min(FLOW_PX, (WIDTH - LEFT) * 0.6 / max(flows, 1))
    beside = LEFT + flows * own_step
    step = (WIDTH - beside) / 2
    width, small = own_step - 46, step - 8
    spots: dict[int, _Spot] = {}
    lowest: dict[int, float] = {}  # next free height of each flow column
    level = free = BOX / 2
    for i, node in enumerate(seen.nodes):
        if i in host:
            continue
        guests = [g for g, h in host.items() if h == i]
        own = column[node.chain] if node.chain else flows
        y = max(level, lowest.get(own, level), free if guests or not node.chain else level)
        spots[i] = _Spot(LEFT + own * own_step if node.chain else beside, width if node.chain else small, y)
        for k, guest in enumerate(guests):
            spots[guest] = _Spot(beside + k % 2 * step, small, y + k // 2 * CHIP)
        rows = -(-len(guests) // 2)
        if guests or not node.chain:
            free = y + max(rows, 1) * CHIP + 6
        lowest[own] = y + PITCH
        level = y
    return [spots[i] for i in range(len(seen.nodes))]


def _boxes(result: SiteResult, seen: Connections, spots: list[_Spot], kind: Pattern, language: Language) -> Any:
    own = [(n, s) for n, s in zip(seen.nodes, spots, strict=True) if n.kind is kind]
    look = style.PATTERN_LOOKS[kind]
    # Names stand on the boxes, so a dark fill (calls on the map) gives way to paper with a strong border.
    fill = style.PAPER if kind is Pattern.OVERLAPPING else look.fill
    return go.Bar(
        orientation="h",
        base=[s.x for _, s in own],
        x=[s.width for _, s in own],
        y=[s.y for _, s in own],
        width=BOX,
        customdata=[n.ref for n, _ in own],
        hovertext=[_hover(result, n, language) for n, _ in own],
        hoverinfo="text",
        name=f"{look.symbol} {words.PATTERN[kind].in_(language)}".strip(),
        marker={
            "color": fill,
            "line": {"color": look.line, "width": 2 if kind is Pattern.OVERLAPPING else 1.5},
            "cornerradius": 5,
            "pattern": {"shape": look.hatch, "fgcolor": look.line, "fgopacity": 0.16, "size": 8, "fillmode": "overlay"},
        },
    )


def _hover(result: SiteResult, node: Node, language: Language) -> str:
    name = style.safe(task_name(result, node.task, language))
    days = _HOVER.in_(language).format(days=node.days)
    return f"{words.span(node.start, node.end)} <b>{name}</b><br>{words.PATTERN[node.kind].in_(language)}<br>{days}"


def _name(result: SiteResult, node: Node, spot: _Spot, language: Language, *, timed: bool) -> dict[str, Any]:
    """A box's text; what stands beside a link needs no time of its own."""
    symbol = "" if node.chain else style.PATTERN_LOOKS[node.kind].symbol
    clock = words.clock(node.start) if timed else ""
    name = " ".join(filter(None, (clock, symbol, task_name(result, node.task, language))))
    room = (spot.width - 14) / style.TEXT_PX
    days = "" if node.chain else _SEEN.in_(language).format(days=node.days)
    text = style.safe(style.elide(name, room - style.width_em(days)) + days)
    return {"x": spot.x + 7, "y": spot.y, "text": text, "showarrow": False, "xanchor": "left", "yanchor": "middle"}


def _edges(
    seen: Connections, spots: list[_Spot], language: Language, shapes: list[dict[str, Any]], notes: list[dict[str, Any]]
) -> None:
    """Solid arrows down a flow, dashed lines from other work to the link it overlaps."""
    for edge in seen.edges:
        a, b = spots[edge.source], spots[edge.target]
        if edge.follows:
            if a.x != b.x or b.y <= a.y or any(_between(s, a, b) for s in spots):
                continue  # a second order of the same links: told in the table, drawing it would tangle the rest
            middle = a.x + 26
            line = {"color": style.PATTERN_LOOKS[Pattern.RHYTHMIC_CHAIN].line, "width": 2.5}
            shapes.append(
                {"type": "line", "x0": middle, "x1": middle, "y0": a.y + BOX / 2, "y1": b.y - BOX / 2, "line": line}
            )
            head = {"showarrow": True, "arrowhead": 2, "arrowwidth": 2.5, "arrowcolor": line["color"]}
            notes.append({"x": middle, "y": b.y - BOX / 2, "ax": 0, "ay": -10, "text": "", **head})
            text = _DAYS.in_(language).format(days=edge.days, of_days=edge.of_days)
            notes.append({"x": middle + 8, "y": b.y - BOX / 2 - 11, "text": text, "showarrow": False, "xanchor": "left",
                          "yanchor": "middle", "font": {"color": style.MUTED, "size": style.TEXT_PX}})  # fmt: skip
        elif edge.source == min(e.source for e in seen.edges if not e.follows and e.target == edge.target):
            _bracket(seen, spots, edge.target, shapes)


def _bracket(seen: Connections, spots: list[_Spot], host: int, shapes: list[dict[str, Any]]) -> None:
    """A dashed line from a link to what comes up beside it, and down along its rows."""
    guests = [spots[e.source] for e in seen.edges if not e.follows and e.target == host]
    link, x = spots[host], min(spot.x for spot in guests) - 14
    dashed = {"color": style.PATTERN_LOOKS[Pattern.OVERLAPPING].line, "width": 2, "dash": "dash"}
    lines = [(link.x + link.width, link.y, x + 10, link.y), (x, link.y, x, max(spot.y for spot in guests))]
    lines += [(x, y, x + 12, y) for y in sorted({spot.y for spot in guests})]
    shapes += [
        {"type": "line", "x0": x0, "y0": y0, "x1": x1, "y1": y1, "line": dashed, "layer": "below"}
        for x0, y0, x1, y1 in lines
    ]


def _between(spot: _Spot, a: _Spot, b: _Spot) -> bool:
    return spot.x == a.x and a.y < spot.y < b.y
