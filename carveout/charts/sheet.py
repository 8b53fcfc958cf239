"""Where everything of a picture goes on the sheet, in pixels: lanes with their tracks, labels that never collide.

The sheet is laid out for the narrowest screen it must be readable on; a wider one only adds air. Vertical positions are
pixels from the top, horizontal ones minutes of the day, with `Scale` telling how many pixels a minute has at least.
Limits: text widths are estimates (`style.width_em`), so labels keep a small distance on purpose.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from carveout.charts import style
from carveout.charts.picture import Bar, Picture, Ribbon
from carveout.charts.slots import OpenSlot, stack
from carveout.model import Pattern

LINE = 18  # height of a line of text
BAR = 28
TRACK = BAR + 4  # from one track's middle to the next
CALL = 20
PAD = 6
SLOT = 2 * LINE + 6
AXIS_PX = 32  # for the hours under the sheet
NAME_EM = 20.0  # a bar's name, at most so wide
WAY_EM = 17.0  # a flow's first and last task, at most so wide


@dataclass(frozen=True, slots=True)
class Scale:
    """Minutes to pixels on the narrowest screen."""

    first: int
    last: int
    pixels: float

    @property
    def per_minute(self) -> float:
        """Pixels of one minute."""
        return self.pixels / (self.last - self.first)

    def minutes(self, pixels: float) -> float:
        """How many minutes so many pixels are."""
        return pixels / self.per_minute

    def text(self, words: str) -> float:
        """Minutes that a line of text takes, with a little air."""
        return self.minutes(style.width_em(words) * style.TEXT_PX + 8)


@dataclass(frozen=True, slots=True)
class Placed:
    """A bar, ribbon or slot at its height: `y` is the centre."""

    item: Bar | Ribbon | OpenSlot
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Label:
    """Lines of text at a place; `right` anchors their right edge there."""

    x: float
    y: float
    lines: tuple[str, ...]
    right: bool = False
    leads_to: float | None = None  # height down to which a thin line ties the label to what it names


@dataclass(frozen=True, slots=True)
class LaneRoom:
    """A lane's stretch of the sheet."""

    name: str
    top: float
    bottom: float
    middle: float


@dataclass(frozen=True, slots=True)
class Block:
    """The lanes (or the slots) laid out: everything placed, with the height used."""

    rooms: tuple[LaneRoom, ...]
    placed: tuple[Placed, ...]
    labels: tuple[Label, ...]
    bottom: float


def lanes(picture: Picture, scale: Scale, top: float, flow_word: str, count: str) -> Block:
    """Every lane of the picture from `top` down. `count` words a ribbon: ``{tasks}``, ``{days}``, ``{of_days}``."""
    rooms, placed, labels = [], [], []
    for number, lane in enumerate(picture.lanes):
        own = [b for b in picture.bars if b.lane == number]
        ribbons = sorted((r for r in picture.ribbons if r.lane == number), key=lambda r: (r.start, r.end))
        links = [b for b in own if b.kind is Pattern.RHYTHMIC_CHAIN]
        calls = [b for b in own if b.kind is Pattern.OVERLAPPING]
        rest = [b for b in own if b not in links and b not in calls]
        taken = [(float(r.start), float(r.end)) for r in ribbons]
        tracks = stack_beside(taken, [(float(b.start), float(b.end)) for b in rest])
        over, floors = _ribbon_labels(ribbons, scale, flow_word, count)
        beside, above = _bar_labels(rest, tracks, taken, scale)
        names = LINE if above else 0  # the line of names stands between the bars and the ribbons' labels
        base = top + PAD + names + (2 * LINE * (max(floors) + 1) if over else 0)
        for label, floor in zip(over, floors, strict=True):
            y = base - names - LINE - 2 - 2 * LINE * floor
            labels.append(replace(label, y=y, leads_to=base if floor or names or label.right else None))
        labels += [replace(label, y=base - LINE / 2) for label in above]
        labels += [replace(label, y=base + BAR / 2 + label.y) for label in beside]
        placed += [Placed(r, base + BAR / 2, BAR) for r in ribbons]
        placed += [Placed(b, base + BAR / 2, BAR - 8) for b in links]
        placed += [Placed(b, base + BAR / 2 + t * TRACK, BAR) for b, t in zip(rest, tracks, strict=True)]
        main = max([0, *tracks]) + 1 if links or rest or ribbons or not calls else 0
        base_calls = base + main * TRACK
        call_tracks = stack([(b.start, max(b.end, b.start + scale.minutes(16))) for b in calls])
        placed += [Placed(b, base_calls + CALL / 2 + t * CALL, 10) for b, t in zip(calls, call_tracks, strict=True)]
        labels += _call_labels(calls, call_tracks, scale, base_calls)
        bottom = base_calls + (max(call_tracks) + 1 if calls else 0) * CALL + PAD
        rooms.append(LaneRoom(lane.label, top, bottom, base + BAR / 2 if main else base_calls + CALL / 2))
        top = bottom
    return Block(tuple(rooms), tuple(placed), tuple(labels), top)


def stack_beside(taken: list[tuple[float, float]], spans: list[tuple[float, float]]) -> list[int]:
    """Tracks for stretches where the first track is partly taken already.

    >>> stack_beside([(0, 10)], [(5, 8), (12, 14)])
    [1, 0]
    """
    tracks = []
    used: list[list[tuple[float, float]]] = [list(taken)]
    for start, end in spans:
        track = 0
        while any(s < end and start < e for s, e in used[track]):
            track += 1
            if track == len(used):
                used.append([])
        used[track].append((start, end))
        tracks.append(track)
    return tracks


def _ribbon_labels(ribbons: list[Ribbon], scale: Scale, flow_word: str, count: str) -> tuple[list[Label], list[int]]:
    """Two lines for each ribbon (that it is a flow and how often seen; its first and last task), and their floors.

    A label that would run into the next one goes a floor up, above every line that leads down through its own width.
    """
    labels: list[Label] = []
    floors: list[int] = []
    spans: list[tuple[float, float]] = []
    for ribbon in reversed(ribbons):
        seen = count.format(tasks=ribbon.tasks, days=ribbon.days, of_days=ribbon.of_days)
        way = f"{ribbon.first} → {ribbon.last}" if ribbon.tasks > 1 else ribbon.first
        lines = (f"{flow_word}{seen}", style.elide(way, max(style.width_em(f"{flow_word}{seen}"), WAY_EM)))
        need = max(scale.text(line) for line in lines)
        right = ribbon.start + need > scale.last
        start = ribbon.end - need if right else float(ribbon.start)
        end = start + need
        below = [f for f, label in zip(floors, labels, strict=True) if start <= label.x <= end]
        floor = max(below, default=-1) + 1
        while any(f == floor and s < end and start < e for f, (s, e) in zip(floors, spans, strict=True)):
            floor += 1
        labels.append(Label(float(ribbon.end if right else ribbon.start), 0, lines, right))
        floors.append(floor)
        spans.append((start, end))
    return labels, floors


def _bar_labels(
    bars: list[Bar], tracks: list[int], taken: list[tuple[float, float]], scale: Scale
) -> tuple[list[Label], list[Label]]:
    """Names beside or inside their bars (y from the first track's middle), and those that go above the first track.

    In order of preference: inside, right or left of it where nothing stands, above, shortened inside, the symbol alone.
    """
    beside: list[Label] = []
    above: list[Label] = []
    roof: list[tuple[float, float]] = []
    occupied = {track: [(float(b.start), float(b.end)) for b, t in zip(bars, tracks, strict=True) if t == track]
                for track in tracks}  # fmt: skip
    occupied.setdefault(0, []).extend(taken)
    for bar, track in zip(bars, tracks, strict=True):
        y = float(track * TRACK)
        symbol = style.PATTERN_LOOKS[bar.kind].symbol
        words = style.elide(f"{symbol} {bar.label}".strip(), NAME_EM)
        need, room = scale.text(words), bar.end - bar.start
        inside, gap = bar.start + scale.minutes(4), scale.minutes(3)
        start = bar.end - need if bar.start + need > scale.last else float(bar.start)
        if need <= room:
            beside.append(Label(inside, y, (words,)))
        elif bar.end + need <= scale.last and _free(occupied[track], bar.end, bar.end + need):
            occupied[track].append((bar.end, bar.end + need))
            beside.append(Label(bar.end + gap, y, (words,)))
        elif bar.start - need >= scale.first and _free(occupied[track], bar.start - need, bar.start):
            occupied[track].append((bar.start - need, bar.start))
            beside.append(Label(bar.start - gap, y, (words,), right=True))
        elif track == 0 and start >= scale.first and _free(roof, start, start + need):
            roof.append((start, start + need))
            right = start < bar.start
            above.append(Label(float(bar.end if right else bar.start), 0, (words,), right))
        elif scale.text("あ" * 4) <= room:
            beside.append(Label(inside, y, (style.elide(words, _em(room, scale)),)))
        elif symbol and scale.text(symbol) <= room:
            beside.append(Label(inside, y, (symbol,)))
    return beside, above


def _free(spans: list[tuple[float, float]], start: float, end: float) -> bool:
    """Whether nothing stands between two minutes; touching is free."""
    return all(e <= start or end <= s for s, e in spans)


def _call_labels(calls: list[Bar], tracks: list[int], scale: Scale, base: float) -> list[Label]:
    """Names to the right of those calls that have room before the next one on their track."""
    labels = []
    for call, track in zip(calls, tracks, strict=True):
        x = max(call.end, (call.start + call.end) / 2 + scale.minutes(8)) + scale.minutes(3)
        later = [b.start for b, t in zip(calls, tracks, strict=True) if t == track and b.start > call.start]
        if x + scale.text(call.label) <= min([*(s - scale.minutes(8) for s in later), scale.last]):
            labels.append(Label(x, base + CALL / 2 + track * CALL, (call.label,)))
    return labels


def _em(minutes: float, scale: Scale) -> float:
    return (minutes * scale.per_minute - 8) / style.TEXT_PX


def slots(openings: Sequence[OpenSlot], words: Sequence[tuple[str, str]], scale: Scale, top: float) -> Block:
    """The open slots stacked from `top`: text inside the box where it fits, else beside it, never over another."""
    ordered = sorted(range(len(openings)), key=lambda i: (openings[i].start, openings[i].end, i))
    spans, labels = [], []
    gap = scale.minutes(5)
    for i in ordered:
        slot, need = openings[i], max(scale.text(line) for line in words[i])
        before, after = slot.start - gap - scale.first, scale.last - slot.end - gap
        if need + gap <= slot.end - slot.start:
            spans.append((float(slot.start), float(slot.end)))
            labels.append(Label(slot.start + gap, 0, words[i]))
        elif need <= after or after >= before:
            spans.append((float(slot.start), slot.end + gap + min(need, after)))
            labels.append(Label(slot.end + gap, 0, _fitted(words[i], after, scale)))
        else:
            spans.append((slot.start - gap - min(need, before), float(slot.end)))
            labels.append(Label(slot.start - gap, 0, _fitted(words[i], before, scale), right=True))
    tracks = stack([(start, end + 2 * gap) for start, end in spans])
    heights = [top + PAD + track * (SLOT + 6) + SLOT / 2 for track in tracks]
    placed = [Placed(openings[i], y, SLOT) for i, y in zip(ordered, heights, strict=True)]
    labels = [replace(label, y=y) for label, y in zip(labels, heights, strict=True)]
    bottom = top + PAD + (max(tracks) + 1 if tracks else 1) * (SLOT + 6) + PAD
    return Block((), tuple(placed), tuple(labels), bottom)


def _fitted(lines: tuple[str, str], room: float, scale: Scale) -> tuple[str, ...]:
    return tuple(style.elide(line, _em(room, scale)) for line in lines)


def legend_height(names: Sequence[str], pixels: float) -> float:
    """Pixels a legend takes at most: Plotly gives every entry the width of the widest."""
    widest = max((style.width_em(name) for name in names), default=0) * style.TEXT_PX + 52
    return -(-len(names) // max(1, int(pixels // widest))) * 22 + 14


# Under everything, from the left edge, not to be switched by accident. Tied to the whole figure: tied to the plot, a
# legend wider than a tablet would squeeze the plot to make room for itself.
LEGEND: dict[str, object] = {
    "orientation": "h",
    "x": 0,
    "xref": "container",
    "xanchor": "left",
    "y": 0,
    "yref": "container",
    "yanchor": "bottom",
    "itemclick": False,
    "itemdoubleclick": False,
}
