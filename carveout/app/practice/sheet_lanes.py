"""Where bars and their names go on the exercise sheet: every bar has a name, and no name covers another.

What does not fit inside its bar stands above it, tied to it by a line; names that would collide form a staircase.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from carveout.charts import style
from carveout.charts.drawing import TEXT_PX
from carveout.charts.picture import Bar, Lane
from carveout.charts.sheet import Scale
from carveout.charts.slots import stack

LINE, BAR, TRACK, PAD = 17, 26, 30, 6
MARGIN = 100  # pixels right of the last hour into which names may run
_NAME_EM = 11.0  # a name above its bar, at most so wide
_SHORTEST = 3.0  # em below which a shortened name says nothing


@dataclass(frozen=True, slots=True)
class Name:
    """A bar's name. x: a minute; y: the middle, in pixels. line_to: height down to which a line ties it to its bar."""

    text: str
    x: float
    y: float
    line_to: float | None = None


@dataclass(frozen=True, slots=True)
class Room:
    """A lane's stretch of the sheet, its bars with their tops, and their names."""

    lane: Lane
    top: float
    bottom: float
    middle: float
    bars: tuple[tuple[Bar, float], ...]
    names: tuple[Name, ...]


def rooms(lanes: Sequence[Lane], bars: Sequence[Bar], scale: Scale, top: float) -> list[Room]:
    """The lanes one below the other."""
    found = []
    for number, lane in enumerate(lanes):
        own = sorted((b for b in bars if b.lane == number), key=lambda b: (b.start, b.end, b.ref))
        room = _room(lane, own, scale, top)
        found.append(room)
        top = room.bottom
    return found


def _room(lane: Lane, own: Sequence[Bar], scale: Scale, top: float) -> Room:
    tracks = stack([(b.start, max(b.end, b.start + 1)) for b in own])
    outside = [b for b, track in zip(own, tracks, strict=True) if track == 0 and not _fits(b, scale)]
    floors = _floors(outside, scale)
    base = top + PAD + LINE * (max(floors, default=-1) + 1)
    placed = tuple((b, base + track * TRACK) for b, track in zip(own, tracks, strict=True))
    names = [
        Name(_short(b, scale), b.start + scale.minutes(3), base - LINE * floor - LINE / 2 - 1, base)
        for b, floor in zip(outside, floors, strict=True)
    ]
    names += [Name(b.label, b.start + scale.minutes(4), y + BAR / 2) for b, y in placed if _fits(b, scale)]
    for level in range(1, max(tracks, default=0) + 1):
        track = [b for b, own_track in zip(own, tracks, strict=True) if own_track == level]
        names += _beside(track, base + level * TRACK + BAR / 2, scale)
    depth = max(tracks, default=0) + 1
    return Room(lane, top, base + depth * TRACK + PAD - 4, base + BAR / 2, placed, tuple(names))


def _beside(track: Sequence[Bar], y: float, scale: Scale) -> list[Name]:
    """Names of bars that overlap one above them: right of the bar, else left, else shortened on the roomier side."""
    names = []
    taken = float(scale.first)
    for number, bar in enumerate(track):
        end = max(float(bar.end), bar.start + scale.minutes(3))
        after = track[number + 1].start if number + 1 < len(track) else scale.last + scale.minutes(MARGIN)
        if not _fits(bar, scale):
            right, left = (after - end) * scale.per_minute - 8, (bar.start - taken) * scale.per_minute - 8
            need = _width(bar.label)
            text = bar.label if need <= max(right, left) else style.elide(bar.label, max(right, left) / TEXT_PX)
            if need <= right or (need > left and right >= left):
                x = end + scale.minutes(4)
                end = x + scale.minutes(_width(text))
            else:
                x = bar.start - scale.minutes(_width(text) + 4)
            if style.width_em(text) >= _SHORTEST or text == bar.label:
                names.append(Name(text, x, y))
        taken = end
    return names


def _width(text: str) -> float:
    return style.width_em(text) * TEXT_PX


def _fits(bar: Bar, scale: Scale) -> bool:
    return _width(bar.label) + 8 <= (bar.end - bar.start) * scale.per_minute


def _short(bar: Bar, scale: Scale) -> str:
    room = (scale.last - bar.start) * scale.per_minute + MARGIN
    return style.elide(bar.label, min(_NAME_EM, room / TEXT_PX))


def _floors(bars: Sequence[Bar], scale: Scale) -> list[int]:
    """The floor of each name: above every name whose line comes down inside its own width."""
    floors: dict[str, int] = {}
    spans: list[tuple[float, float, int]] = []
    for bar in reversed(bars):
        start, end = bar.start, bar.start + scale.minutes(_width(_short(bar, scale)) + 10)
        floor = max((f for s, _, f in spans if start <= s < end), default=-1) + 1
        while any(f == floor and s < end and start < e for s, e, f in spans):
            floor += 1
        spans.append((start, end, floor))
        floors[f"{bar.ref}:{bar.start}"] = floor
    return [floors[f"{bar.ref}:{bar.start}"] for bar in bars]
