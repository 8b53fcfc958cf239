"""Two records of one day side by side: what both saw, what only one, and what they named or timed differently.

One pair of lanes per person, the first record above the second. Colour, border and a sign tell each row's standing; a
thick edge marks a start or end that differs by more than the tolerance. `as_rows` says the same in words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from carveout import words
from carveout.agreement import EventAgreement, Pair
from carveout.charts import style
from carveout.charts.drawing import TEXT_PX, Drawing
from carveout.language import Language, Text
from carveout.workday import Row

LINE, BAR, GAP, LEFT, RIGHT, HEAD = 18, 22, 16, 96, 16, 30
NARROWEST_PX = 480
RED, AMBER = "#a01c1c", "#6b4e00"


class Standing(StrEnum):
    """How one row of a record stands beside the other record."""

    ALIKE = "alike"
    RENAMED = "renamed"
    ALONE = "alone"


STANDING: Mapping[Standing, Text] = {
    Standing.ALIKE: Text("同じ業務", "same task"),
    Standing.RENAMED: Text("業務名が違う", "named differently"),
    Standing.ALONE: Text("一方だけ", "in one record only"),
}
SIGN: Mapping[Standing, str] = {Standing.ALIKE: "＝", Standing.RENAMED: "≠", Standing.ALONE: "！"}
_LOOK = {
    Standing.ALIKE: (style.SLOT_FILL, style.SLOT_INK, ""),
    Standing.RENAMED: (style.THIN_FILL, AMBER, "6 3"),
    Standing.ALONE: (style.PAPER, RED, "2 2"),
}
WORDS = {
    "title": Text("二つの記録", "Two records"),
    "first": Text("①", "1"),
    "second": Text("②", "2"),
    "moved": Text("太い線：開始・終了がずれている", "Thick edge: start or end differs"),
    "nobody": Text("担当なし", "nobody named"),
    "told": Text(
        "二つの記録のうち、同じ業務{alike}行、業務名の違う{renamed}行、①だけ{missed}行、②だけ{extra}行",
        "Of two records: {alike} rows of the same task, {renamed} named differently, {missed} only in 1, "
        "{extra} only in 2",
    ),
}


@dataclass(frozen=True, slots=True)
class _Bar:
    row: Row
    standing: Standing
    moved_start: bool
    moved_end: bool


def two_records(found: EventAgreement, labels: Mapping[str, str], language: Language, width: float = 960) -> str:
    """The picture as SVG. labels: task -> wording in that language. width: pixels."""
    width = max(float(width), float(NARROWEST_PX))
    lanes = _lanes(found)
    rows = [bar.row for pair in lanes.values() for record in pair for bar in record]
    drawing = Drawing()
    if not rows:
        return drawing.document(width, LINE, WORDS["title"].in_(language), _told(found, language), language)
    first = min(row.start for row in rows) // 60 * 60
    last = -(-max((row.end or row.start) for row in rows) // 60) * 60
    scale = (width - LEFT - RIGHT) / max(last - first, 60)
    y = _legend(drawing, width, language)
    top = y
    for person, pair in lanes.items():
        drawing.text(0, y + LINE / 2, person or WORDS["nobody"].in_(language), bold=True)
        y += LINE
        for name, record in zip(("first", "second"), pair, strict=True):
            depth = _stacked(record)
            drawing.box(LEFT, y, width - LEFT - RIGHT, BAR * max(1, max(depth, default=0) + 1), style.LANE_BAND)
            drawing.text(LEFT - 8, y + BAR / 2, WORDS[name].in_(language), style.MUTED, "end")
            for bar, level in zip(record, depth, strict=True):
                _bar(drawing, bar, LEFT + (bar.row.start - first) * scale, y + BAR * level, scale, labels)
            y += BAR * max(1, max(depth, default=0) + 1) + 2
        y += GAP
    for minute in range(first, last + 1, 60):
        x = LEFT + (minute - first) * scale
        drawing.path([(x, top), (x, y - GAP)], style.GRID, 1)
        if (minute - first) % (120 if scale < 1 else 60) == 0:
            drawing.text(x, y - GAP + LINE / 2 + 2, words.clock(minute), style.MUTED, "middle")
    return drawing.document(width, y + LINE, WORDS["title"].in_(language), _told(found, language), language)


def as_rows(found: EventAgreement, labels: Mapping[str, str], language: Language) -> list[tuple[str, ...]]:
    """Every row in words, by person and time: person, standing, ①, ②, difference of start and of end in minutes."""
    said: list[tuple[str, int, tuple[str, ...]]] = []
    for pair in found.pairs:
        standing = STANDING[_standing(pair)].in_(language)
        moved = [f"{d:+d}" if d else "0" for d in (pair.start_difference, pair.end_difference)]
        cells = (pair.person, standing, _said(pair.first, labels), _said(pair.second, labels), *moved)
        said.append((pair.person, pair.first.start, cells))
    alone = STANDING[Standing.ALONE].in_(language)
    for person, row in found.missed:
        said.append((person, row.start, (person, alone, _said(row, labels), "", "", "")))
    for person, row in found.extra:
        said.append((person, row.start, (person, alone, "", _said(row, labels), "", "")))
    return [cells for _, _, cells in sorted(said)]


HEADINGS: Sequence[Text] = (
    Text("職員", "Person"),
    Text("一致", "Agreement"),
    Text("①の記録", "Record 1"),
    Text("②の記録", "Record 2"),
    Text("開始の差（分）", "Start differs (min)"),
    Text("終了の差（分）", "End differs (min)"),
)


def _lanes(found: EventAgreement) -> dict[str, tuple[list[_Bar], list[_Bar]]]:
    lanes: dict[str, tuple[list[_Bar], list[_Bar]]] = {}
    for pair in found.pairs:
        one, other = lanes.setdefault(pair.person, ([], []))
        start, end = (abs(d) > found.tolerance for d in (pair.start_difference, pair.end_difference))
        one.append(_Bar(pair.first, _standing(pair), start, end))
        other.append(_Bar(pair.second, _standing(pair), start, end))
    for side, alone in enumerate((found.missed, found.extra)):
        for person, row in alone:
            lanes.setdefault(person, ([], []))[side].append(_Bar(row, Standing.ALONE, False, False))
    ordered = sorted(lanes.items())
    return {person: (_by_time(one), _by_time(other)) for person, (one, other) in ordered}


def _by_time(bars: Sequence[_Bar]) -> list[_Bar]:
    return sorted(bars, key=lambda bar: (bar.row.start, bar.row.end or bar.row.start, bar.row.task, bar.row.id))


def _standing(pair: Pair) -> Standing:
    return Standing.ALIKE if pair.named_alike else Standing.RENAMED


def _stacked(bars: Sequence[_Bar]) -> list[int]:
    """A level for each bar, so that what a person did at once stands one below the other."""
    ends: list[int] = []
    levels = []
    for bar in bars:
        level = next((at for at, end in enumerate(ends) if end <= bar.row.start), len(ends))
        ends[level : level + 1] = [bar.row.end or bar.row.start]
        levels.append(level)
    return levels


def _bar(drawing: Drawing, bar: _Bar, x: float, y: float, scale: float, labels: Mapping[str, str]) -> None:
    fill, ink, dash = _LOOK[bar.standing]
    wide = max(3.0, ((bar.row.end or bar.row.start) - bar.row.start) * scale)
    drawing.box(x, y + 1, wide, BAR - 3, fill, ink, dash)
    for moved, edge in ((bar.moved_start, x), (bar.moved_end, x + wide)):
        if moved:
            drawing.path([(edge, y - 1), (edge, y + BAR - 1)], RED, 4)
    text = f"{SIGN[bar.standing]}{labels.get(bar.row.task, bar.row.task)}"
    for shown in _shorter(text):
        if style.width_em(shown) * TEXT_PX + 8 <= wide:
            drawing.text(x + 4, y + BAR / 2, shown, ink if bar.standing is not Standing.ALIKE else style.INK)
            return


def _shorter(text: str) -> Iterator[str]:
    yield text
    yield from (text[:n] + "…" for n in range(len(text) - 1, 2, -1))
    yield text[:1]


def _legend(drawing: Drawing, width: float, language: Language) -> float:
    x, y = 0.0, LINE / 2 + 2
    for standing, (fill, ink, dash) in _LOOK.items():
        text = f"{SIGN[standing]} {STANDING[standing].in_(language)}"
        need = 34 + style.width_em(text) * TEXT_PX + 18
        if x and x + need > width:
            x, y = 0.0, y + LINE + 4
        drawing.box(x + 1, y - 8, 26, 16, fill, ink, dash)
        drawing.text(x + 34, y, text)
        x += need
    text = WORDS["moved"].in_(language)
    if x + 34 + style.width_em(text) * TEXT_PX > width:
        x, y = 0.0, y + LINE + 4
    drawing.path([(x + 14, y - 9), (x + 14, y + 9)], RED, 4)
    drawing.text(x + 34, y, text)
    return y + HEAD - LINE / 2


def _said(row: Row, labels: Mapping[str, str]) -> str:
    end = row.end if row.end is not None else row.start
    return f"{words.span(row.start, end)} {labels.get(row.task, row.task)}"


def _told(found: EventAgreement, language: Language) -> str:
    alike = sum(pair.named_alike for pair in found.pairs)
    counts = {
        "alike": alike, "renamed": len(found.pairs) - alike, "missed": len(found.missed), "extra": len(found.extra),
    }  # fmt: skip
    return WORDS["told"].in_(language).format(**counts)
