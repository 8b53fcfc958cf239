"""A unit's day as an exercise sheet: the carve-out map's lanes without flows, patterns, verdicts or openings.

Work at hand and staff on duty stand above the lanes, as facts; what follows from them is the trainee's to say.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from carveout import words
from carveout.app.practice.sheet_lanes import BAR, MARGIN, Room, rooms
from carveout.app.wording import in_html, language, t
from carveout.charts import sheet, style
from carveout.charts.drawing import TEXT_PX, Drawing
from carveout.charts.picture import Bar, Lane, Picture, person_name, picture, task_name
from carveout.model import Occurrence, Pattern, SiteResult

LEFT, RIGHT, WIDTH = 122, MARGIN + 4, 814
LOAD = 66
ASKED = "#1b4f91"
HIT, MISSED, EXTRA = "hit", "missed", "extra"
LOOKS: Mapping[str, tuple[str, str, str]] = {
    HIT: (style.SLOT_FILL, style.SLOT_INK, ""),
    MISSED: (style.THIN_FILL, style.THIN_INK, "6 3"),
    EXTRA: (style.PAPER, "#a01c1c", "2 2"),
}
SIGNS: Mapping[str, str] = {HIT: "✓", MISSED: "！", EXTRA: "＋"}
_PLAIN = ("#ffffff", "#5b6675", "")
_BAND = "#e6eefa"
_ASKED_FILL = "#cfe0f7"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks about: its hours, and the rows (by index) of its task in them."""

    start: int
    end: int
    rows: frozenset[int]


def rows_of_day(result: SiteResult, unit: str, day: str) -> list[Occurrence]:
    """The rows of a unit's day by time."""
    own = (o for o in result.occurrences if (o.unit, o.date) == (unit, day))
    return sorted(own, key=lambda o: (o.start, o.end, o.index))


def blind_sheet(
    result: SiteResult,
    unit: str,
    day: str,
    *,
    asked: Asked | None = None,
    between: tuple[int, int] | None = None,
    standing: Mapping[int, str] | None = None,
) -> str:
    """The sheet as SVG. between: show these minutes only. standing: row index -> hit, missed or extra."""
    seen = _blind(result, unit, day, between)
    scale = sheet.Scale(seen.first, seen.last, WIDTH - LEFT - RIGHT)
    drawing = Drawing()
    lanes_top = sheet.LINE + 8 + (LOAD + sheet.LINE if seen.load else 0)
    lanes = rooms(seen.lanes, seen.bars, scale, lanes_top)
    bottom = lanes[-1].bottom if lanes else lanes_top + sheet.LINE
    if asked is not None:
        x, wide = _x(scale, asked.start), (asked.end - asked.start) * scale.per_minute
        drawing.box(x, 0, max(wide, 4), bottom, _BAND)
        for edge in (x, x + max(wide, 4)):
            drawing.path([(edge, 0), (edge, bottom)], ASKED, 1, "3 3")
    _hours(drawing, scale, lanes_top, bottom)
    _load(drawing, seen, scale, sheet.LINE + 4)
    for room in lanes:
        _lane(drawing, room, scale)
        _names(drawing, room, scale, lines=True)
        _bars(drawing, room, scale, asked.rows if asked else frozenset(), standing or {})
        _names(drawing, room, scale, lines=False)
    told = t("training.sheet_told", unit=unit, day=day, n=len(seen.bars), people=len(seen.lanes))
    return drawing.document(WIDTH, bottom + 8, t("training.sheet_title"), told, language())


def as_image(svg: str, said: str, look: str = "co-sheet") -> str:
    """An SVG as an image that scrolls sideways where the screen is too narrow for it. look: its class."""
    source = f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
    return f'<div class="co-wide {look}" tabindex="0"><img src="{source}" alt="{in_html(said)}"></div>'


def in_words(result: SiteResult, rows: Sequence[Occurrence]) -> dict[str, list[str]]:
    """The sheet as columns of a table: time, task, who."""
    return {
        t("column.time"): [words.span(o.start, o.end) for o in rows],
        t("column.task"): [words.plain(task_name(result, o.task, language())) for o in rows],
        t("column.staff"): [
            words.plain(t("map.join").join(person_name(result, p, language()) for p in o.staff)) for o in rows
        ],
    }


def _blind(result: SiteResult, unit: str, day: str, between: tuple[int, int] | None) -> Picture:
    """The day's picture with everything taken out that tells what somebody judged."""
    full = picture(result, unit, day, language())
    names = {f"row:{o.index}": task_name(result, o.task, language()) for o in result.occurrences if o.date == day}
    bars = [replace(b, kind=Pattern.OTHER, weekday=None, label=names.get(b.ref, b.label)) for b in full.bars]
    times = [(b.start, b.end) for b in bars] + [stretch for lane in full.lanes for stretch in lane.duty]
    first = min((start for start, _ in times), default=420) // 60 * 60
    last = max(-(-max((end for _, end in times), default=1140) // 60) * 60, first + 60)
    lanes: Sequence[Lane] = full.lanes
    if between is not None:
        first, last = max(first, between[0]), min(last, between[1])
        last = max(last, first + 60)
        bars = [replace(b, start=max(b.start, first), end=min(b.end, last)) for b in bars if _inside(b, first, last)]
        lanes, bars = _busy(full.lanes, bars, first, last)
    load = tuple(p for p in full.load if first <= p.start < last)
    return replace(
        full, first=first, last=last, lanes=tuple(lanes), bars=tuple(bars), ribbons=(), slots=(), shades=(), load=load
    )


def _inside(bar: Bar, first: int, last: int) -> bool:
    return bar.start < last and max(bar.end, bar.start + 1) > first


def _busy(lanes: Sequence[Lane], bars: Sequence[Bar], first: int, last: int) -> tuple[list[Lane], list[Bar]]:
    """The lanes of those who are at work or on duty in these minutes, bars renumbered."""
    at_work = {b.lane for b in bars}
    kept = [
        number
        for number, lane in enumerate(lanes)
        if number in at_work or any(on < last and off > first for on, off in lane.duty)
    ]
    number_of = {old: new for new, old in enumerate(kept)}
    shown = [
        replace(lanes[k], duty=tuple((max(a, first), min(b, last)) for a, b in lanes[k].duty if a < last and b > first))
        for k in kept
    ]
    return shown, [replace(b, lane=number_of[b.lane]) for b in bars]


def _x(scale: sheet.Scale, minute: float) -> float:
    return LEFT + (minute - scale.first) * scale.per_minute


def _hours(drawing: Drawing, scale: sheet.Scale, top: float, bottom: float) -> None:
    step = 30 if scale.last - scale.first <= 240 else 60 if scale.last - scale.first <= 13 * 60 else 120
    for minute in range(-(-scale.first // step) * step, scale.last + 1, step):
        x = _x(scale, minute)
        drawing.path([(x, sheet.LINE + 4), (x, bottom)], style.GRID, 1)
        drawing.text(x, top - sheet.LINE / 2 - 1, words.clock(minute), style.MUTED, "middle")


def _load(drawing: Drawing, seen: Picture, scale: sheet.Scale, top: float) -> None:
    """Work at hand as a line, staff on duty as a dashed one, with their scale at the right."""
    if not seen.load:
        return
    peak = max(1.0, *(max(p.demand, p.staff) for p in seen.load))
    for value in (0, int(peak)):
        y = top + LOAD - value / peak * LOAD
        drawing.path([(LEFT, y), (WIDTH - RIGHT, y)], style.GRID, 1)
        drawing.text(WIDTH - RIGHT + 5, y, t("training.people", n=value), style.MUTED)
    for name, colour, dash in (("demand", style.WORK_LINE, ""), ("staff", style.STAFF_LINE, "7 4")):
        points = []
        for point in seen.load:
            y = top + LOAD - getattr(point, name) / peak * LOAD
            points += [(_x(scale, point.start), y), (_x(scale, min(point.start + 15, seen.last)), y)]
        drawing.path(points, colour, 2, dash)
        place = 0.3 if name == "demand" else 0.66
        drawing.text(LEFT - 8, top + LOAD * place, t(f"training.sheet_{name}"), colour, "end")


def _lane(drawing: Drawing, room: Room, scale: sheet.Scale) -> None:
    """The stretches on duty, the line under a lane, and whose lane it is."""
    lane = room.lane
    drawing.path([(0, room.bottom), (WIDTH, room.bottom)], style.GRID, 1)
    for on, off in lane.duty:
        wide = (off - on) * scale.per_minute
        drawing.box(_x(scale, on), room.top + 2, wide, room.bottom - room.top - 4, style.ON_DUTY)
    em = (LEFT - 10) / TEXT_PX
    role = lane.label.removesuffix(lane.person).strip()
    lines = [lane.label] if style.width_em(lane.label) <= em or not role else [role, lane.person]
    for number, line in enumerate(lines):
        y = room.middle + (number - (len(lines) - 1) / 2) * (TEXT_PX + 3)
        drawing.text(LEFT - 8, y, style.elide(line, em), side="end")


def _names(drawing: Drawing, room: Room, scale: sheet.Scale, *, lines: bool) -> None:
    """The names of bars, or the lines that tie them to what they name (these go under the bars)."""
    for name in room.names:
        if not lines:
            drawing.text(_x(scale, name.x), name.y, name.text)
        elif name.line_to is not None:
            x = _x(scale, name.x) - 3
            drawing.path([(x, name.y - 6), (x, name.line_to)], style.MUTED, 1)


def _bars(drawing: Drawing, room: Room, scale: sheet.Scale, asked: frozenset[int], standing: Mapping[int, str]) -> None:
    for bar, top in room.bars:
        index = int(bar.ref.partition(":")[2])
        fill, line, dash = LOOKS[standing[index]] if index in standing else _PLAIN
        x, wide = _x(scale, bar.start), max(3.0, (bar.end - bar.start) * scale.per_minute)
        drawing.box(x, top, wide, BAR, fill, line, dash)
        if index in asked:
            drawing.box(x, top, wide, BAR, _ASKED_FILL, ASKED)
            drawing.path([(x, top + BAR + 1), (x + wide, top + BAR + 1)], ASKED, 4)
