"""The carve-out map: a unit's day in one picture, from the flows one must not cut to the places for an older worker."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from carveout import words
from carveout.charts import sheet, style
from carveout.charts.canvas import LEFT, LOAD_PX, NARROW_PX, RIGHT, TASKS_EM, WORDS, Canvas
from carveout.charts.load_chart import load_traces
from carveout.charts.picture import Bar, Lane, Ribbon, picture, task_name
from carveout.charts.slots import OpenSlot, marked
from carveout.language import Language
from carveout.model import Pattern, SiteResult


def carve_out_map(
    result: SiteResult, unit: str, day: str | None, language: Language, narrow_px: int = NARROW_PX
) -> go.Figure:
    """Draw one day of one unit, or with `day` None its usual day; every mark carries its `ref` as customdata."""
    seen = picture(result, unit, day, language)
    scale = sheet.Scale(seen.first, seen.last, narrow_px - LEFT - RIGHT)
    canvas = Canvas(result, seen, language, scale)
    load_top = sheet.LINE + 6
    lanes_top = load_top + LOAD_PX + sheet.LINE + 8
    block = sheet.lanes(seen, scale, lanes_top, canvas.word("flow"), WORDS["count"].in_(language))
    openings = sheet.slots(seen.slots, [_slot_words(result, s, language) for s in seen.slots], scale, block.bottom + 10)
    _thin(canvas, openings.bottom)
    _hours(canvas, lanes_top, openings.bottom)
    _curves(canvas, load_top)
    _lanes(canvas, block)
    _bars(canvas, block)
    _openings(canvas, openings, block.bottom + 10)
    return _figure(canvas, openings.bottom)


def _slot_words(result: SiteResult, slot: OpenSlot, language: Language) -> tuple[str, str]:
    """Two lines: mode and window; the best tasks with their marks, as many as fit."""
    days = "・".join(words.WEEKDAY[d].in_(language) for d in slot.weekdays or ())
    when = WORDS["untimed"].in_(language) if slot.untimed else words.span(slot.start, slot.end)
    head = f"{words.MODE[slot.mode].in_(language)} {when} {days}".rstrip()
    shown: list[str] = []
    for task, mark in slot.tasks:
        item = f"{marked(slot, task, mark, language)}{style.elide(task_name(result, task, language), TASKS_EM)}"
        if shown and style.width_em(" ".join([*shown, item])) > TASKS_EM:
            break
        shown.append(item)
    rest = len(slot.tasks) - len(shown)
    more = [WORDS["more"].in_(language).format(n=rest)] if rest else []
    return head, " ".join([*shown, *more])


def _thin(canvas: Canvas, bottom: float) -> None:
    """Shade the thin hours over everything, labelled at the top and edged with dots."""
    end_of_label = 0.0
    for shade in sorted(canvas.picture.shades, key=lambda s: s.start):
        box = {"type": "rect", "x0": shade.start, "x1": shade.end, "y0": 0, "y1": bottom, "layer": "below"}
        canvas.shapes.append({**box, "fillcolor": style.THIN_FILL, "line": {"width": 0}})
        for x in (shade.start, shade.end):
            edge = {"color": style.THIN_INK, "width": 1, "dash": "dot"}
            canvas.shapes.append(
                {"type": "line", "x0": x, "x1": x, "y0": 0, "y1": bottom, "layer": "below", "line": edge}
            )
        few = canvas.word("thin")
        need = canvas.scale.text(few)
        middle = (shade.start + shade.end) / 2
        middle = min(max(middle, canvas.picture.first + need / 2), canvas.picture.last - need / 2)
        if middle - need / 2 >= end_of_label:
            canvas.note(few, middle, sheet.LINE / 2, xanchor="center", yanchor="middle", color=style.THIN_INK)
            end_of_label = middle + need / 2


def _hours(canvas: Canvas, lanes_top: float, bottom: float) -> None:
    """A line per hour, the hour written between curves and lanes (the axis repeats it at the bottom)."""
    for hour in _ticks(canvas):
        line = {"color": style.GRID, "width": 1}
        canvas.shapes.append(
            {"type": "line", "x0": hour, "x1": hour, "y0": sheet.LINE, "y1": bottom, "layer": "below", "line": line}
        )
        if hour == canvas.picture.last:
            continue
        anchor = "left" if hour == canvas.picture.first else "center"
        canvas.note(
            canvas.word("hour", n=hour // 60), hour, lanes_top - sheet.LINE / 2 - 2, xanchor=anchor, yanchor="middle",
            color=style.MUTED,
        )  # fmt: skip


def _ticks(canvas: Canvas) -> list[int]:
    """Full hours, every second or third one where they would touch."""
    need = style.width_em(canvas.word("hour", n=10)) * style.TEXT_PX + 10
    step = next(h for h in (1, 2, 3, 4, 6, 12) if h * 60 * canvas.scale.per_minute >= need or h == 12)
    return list(range(canvas.picture.first, canvas.picture.last + 1, 60 * step))


def _curves(canvas: Canvas, top: float) -> None:
    """Work at hand against staff on duty, above the lanes and on the same hours."""
    if not canvas.picture.load:
        return
    peak = max(1.0, *(max(p.demand, p.staff) for p in canvas.picture.load))
    names = (canvas.word("work"), canvas.word("staff"))
    canvas.traces += load_traces(
        canvas.picture.load, names, lambda v: top + LOAD_PX - v / peak * LOAD_PX, canvas.language
    )
    for value in sorted({0, int(peak)}):
        y = top + LOAD_PX - value / peak * LOAD_PX
        axis = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": y, "y1": y, "layer": "below"}
        canvas.shapes.append({**axis, "line": {"color": style.GRID, "width": 1}})
        canvas.note(canvas.word("people", n=value), 1, y, xref="paper", xanchor="left", xshift=6, yanchor="middle",
                    color=style.MUTED)  # fmt: skip
    canvas.margin_label([f"━ {names[0]}"], top + LOAD_PX * 0.35, color=style.WORK_LINE)
    canvas.margin_label([f"┅ {names[1]}"], top + LOAD_PX * 0.62, color=style.STAFF_LINE)


def _lanes(canvas: Canvas, block: sheet.Block) -> None:
    """Bands, names at the left, ribbon and bar labels."""
    for number, room in enumerate(block.rooms):
        line = {"color": style.GRID, "width": 1}
        canvas.shapes.append(
            {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": room.bottom, "y1": room.bottom, "line": line,
             "layer": "below"}
        )  # fmt: skip
        for on, off in canvas.picture.lanes[number].duty:
            band = {"type": "rect", "x0": on, "x1": off, "y0": room.top + 2, "y1": room.bottom - 2, "layer": "below"}
            canvas.shapes.append({**band, "fillcolor": style.ON_DUTY, "line": {"width": 0}})
        name = _lane_name(canvas.picture.lanes[number])
        canvas.margin_label(name, room.middle, hovertext=style.safe(room.name))
    if any(lane.duty for lane in canvas.picture.lanes):
        canvas.traces.append(_legend_only(canvas.word("on_duty"), style.ON_DUTY))
    for label in block.labels:
        canvas.label(label)
        if label.leads_to is not None:
            line = {"color": style.PATTERN_LOOKS[Pattern.RHYTHMIC_CHAIN].line, "width": 1}
            x = label.x + canvas.scale.minutes(-1 if label.right else 1)
            canvas.shapes.append(
                {"type": "line", "x0": x, "x1": x, "y0": label.y - 14, "y1": label.leads_to, "line": line}
            )


def _lane_name(lane: Lane) -> list[str]:
    """At most two lines; of a person the id always shows, the role as far as it fits."""
    em = (LEFT - 14) / style.TEXT_PX
    if not lane.person or style.width_em(lane.label) <= em:
        half = style.width_em(lane.label) / 2 + 1  # two lines of about one length, not a line and an orphan
        return style.wrap(lane.label, em if half * 2 - 2 <= em else min(em, max(half, 4)), 2)
    if style.width_em(lane.person) > em:
        return style.wrap(lane.person, em, 2)
    role = lane.label.removesuffix(lane.person).strip()
    return [style.elide(role, em), style.elide(lane.person, em)]


def _legend_only(name: str, colour: str) -> Any:
    """A legend entry for something that is drawn as a shape."""
    marker = {"symbol": "square", "size": 14, "color": colour, "line": {"color": style.GRID, "width": 1}}
    return go.Scatter(x=[None], y=[None], mode="markers", marker=marker, name=name, hoverinfo="skip")


def _bars(canvas: Canvas, block: sheet.Block) -> None:
    """One trace per pattern, so that the legend names each with its fill and hatch."""
    ribbons = [p for p in block.placed if isinstance(p.item, Ribbon)]
    if ribbons:
        canvas.traces.append(_ribbon_trace(canvas, ribbons))
    for kind in Pattern:
        own = [p for p in block.placed if isinstance(p.item, Bar) and p.item.kind is kind]
        if not own:
            continue
        if kind is Pattern.RHYTHMIC_CHAIN:
            canvas.traces.append(
                _bar_trace(canvas, own, "rgba(255,255,255,0.45)", style.PATTERN_LOOKS[kind].line, "", None)
            )
            continue
        look = style.PATTERN_LOOKS[kind]
        calls = kind is Pattern.OVERLAPPING
        name = words.PATTERN[kind].in_(canvas.language)
        name = name if calls else f"{look.symbol} {name}".strip()
        canvas.traces.append(_bar_trace(canvas, own, look.fill, look.line, look.hatch, None if calls else name))
        if calls:
            canvas.traces.append(_diamonds(canvas, own, look, name))


def _bar_trace(canvas: Canvas, own: list[sheet.Placed], fill: str, line: str, hatch: str, name: str | None) -> Any:
    items = [p.item for p in own]
    return go.Bar(
        orientation="h",
        base=[i.start for i in items],
        x=[max(i.end - i.start, 1) for i in items],
        y=[p.y for p in own],
        width=[p.height for p in own],
        customdata=[i.ref for i in items],
        hovertext=[_hover(canvas, i) for i in items],
        hoverinfo="text",
        name=name or "",
        showlegend=name is not None,
        marker={
            "color": fill,
            "line": {"color": line, "width": 1.5},
            "cornerradius": 3,
            "pattern": {"shape": hatch, "fgcolor": line, "fgopacity": 0.28, "size": 7, "fillmode": "overlay"},
        },
    )


def _ribbon_trace(canvas: Canvas, ribbons: list[sheet.Placed]) -> Any:
    look = style.PATTERN_LOOKS[Pattern.RHYTHMIC_CHAIN]
    trace = _bar_trace(
        canvas, ribbons, look.fill, look.line, look.hatch, words.PATTERN[Pattern.RHYTHMIC_CHAIN].in_(canvas.language)
    )
    trace.marker.cornerradius = 8
    trace.marker.pattern.fgopacity = 0.75
    return trace


def _diamonds(canvas: Canvas, own: list[sheet.Placed], look: style.Look, name: str) -> Any:
    items = [p.item for p in own]
    return go.Scatter(
        x=[(i.start + i.end) / 2 for i in items],
        y=[p.y for p in own],
        mode="markers",
        marker={"symbol": "diamond", "size": 14, "color": look.fill, "line": {"color": "#ffffff", "width": 1.5}},
        customdata=[i.ref for i in items],
        hovertext=[_hover(canvas, i) for i in items],
        hoverinfo="text",
        name=name,
    )


def _hover(canvas: Canvas, item: Bar | Ribbon | OpenSlot) -> str:
    """What a mark says when one points at it, names in full."""
    lines = [words.span(item.start, item.end)]
    if isinstance(item, Ribbon):
        count = canvas.word("count", tasks=item.tasks, days=item.days, of_days=item.of_days)
        lines += [canvas.word("flow") + count, style.safe(f"{item.first} → {item.last}")]
    elif isinstance(item, Bar):
        lines = [f"{lines[0]} <b>{style.safe(item.label)}</b>", words.PATTERN[item.kind].in_(canvas.language)]
        if item.weekday:
            lines.append(canvas.word("peak", day=words.WEEKDAY[item.weekday].in_(canvas.language)))
    return "<br>".join(lines)


def _openings(canvas: Canvas, block: sheet.Block, top: float) -> None:
    """The open slots: dashed boxes, mode and window on the first line, tasks with their marks on the second."""
    name = style.wrap(canvas.word("openings"), (LEFT - 14) / style.TEXT_PX, 3)
    canvas.margin_label(name, top + sheet.PAD + sheet.SLOT / 2, color=style.SLOT_INK)
    own = list(block.placed)
    if not own:
        canvas.note(canvas.word("none"), canvas.picture.first, top + sheet.PAD + sheet.SLOT / 2, xanchor="left",
                    yanchor="middle", color=style.MUTED)  # fmt: skip
        return
    trace = _bar_trace(canvas, own, style.SLOT_FILL, style.SLOT_FILL, "", None)
    trace.hovertext = [_slot_hover(canvas, p.item) for p in own if isinstance(p.item, OpenSlot)]
    canvas.traces.append(trace)
    for p in own:
        canvas.shapes.append(
            {"type": "rect", "x0": p.item.start, "x1": p.item.end, "y0": p.y - p.height / 2, "y1": p.y + p.height / 2,
             "line": {"color": style.SLOT_INK, "width": 2, "dash": "dash"}}
        )  # fmt: skip
    for label in block.labels:
        bold = f"<b>{style.safe(label.lines[0])}</b><br>{style.safe(label.lines[1])}"
        side = "right" if label.right else "left"
        canvas.note(bold, label.x, label.y, xanchor=side, align=side, yanchor="middle", color=style.SLOT_INK)


def _slot_hover(canvas: Canvas, slot: OpenSlot) -> str:
    when = canvas.word("untimed") if slot.untimed else words.span(slot.start, slot.end)
    head = f"<b>{words.MODE[slot.mode].in_(canvas.language)}</b> {when}"
    for task, mark in slot.tasks:
        name = style.safe(task_name(canvas.result, task, canvas.language))
        head += f"<br>{marked(slot, task, mark, canvas.language)} {name}"
    return head


def _figure(canvas: Canvas, bottom: float) -> go.Figure:
    """Put everything on one sheet of fixed height; the width follows the screen."""
    ticks = _ticks(canvas)
    named = [trace.name for trace in canvas.traces if trace.showlegend is not False]
    legend_px = sheet.legend_height(named, canvas.scale.pixels + LEFT + RIGHT)
    return go.Figure(
        data=canvas.traces,
        layout={
            "height": bottom + sheet.AXIS_PX + legend_px + 4,
            "margin": {"l": LEFT, "r": RIGHT, "t": 4, "b": sheet.AXIS_PX + legend_px},
            "font": {"family": style.FONT, "size": style.TEXT_PX, "color": style.INK},
            "paper_bgcolor": style.PAPER,
            "plot_bgcolor": style.PAPER,
            "barmode": "overlay",
            "dragmode": False,
            "hovermode": "closest",
            "hoverlabel": {"bgcolor": style.PAPER, "font": {"family": style.FONT, "size": 15, "color": style.INK}},
            "xaxis": {
                "range": [canvas.picture.first, canvas.picture.last],
                "tickvals": ticks,
                "ticktext": [canvas.word("hour", n=t // 60) for t in ticks],
                "fixedrange": True, "showgrid": False, "zeroline": False, "ticks": "outside", "tickcolor": style.GRID,
            },
            "yaxis": {"range": [bottom, 0], "visible": False, "fixedrange": True},
            "legend": sheet.LEGEND,
            "shapes": canvas.shapes,
            "annotations": canvas.notes,
        },
    )  # fmt: skip
