"""How much of each person's hours is written down: a strip per person, and the same said in words.

A strip shows the hours on duty as an outline, the rows as filled stretches, and what is left open hatched. Where nobody's
hours are known, the strip runs from the first to the last row.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from carveout.app.wording import in_html, t
from carveout.words import clock
from carveout.workday import Workday

WIDTH, LANE, LABEL = 320, 26, 52  # of the drawing, in its own units
Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Cover:
    """One person's day: hours on duty, what rows cover of them, what is left open; rows outside the hours too."""

    staff: str
    on: tuple[Stretch, ...]
    rows: tuple[Stretch, ...]
    open: tuple[Stretch, ...]

    @property
    def minutes(self) -> tuple[int, int]:
        """Minutes written down within the hours, and all minutes of the hours."""
        whole = _total(self.on)
        return whole - _total(self.open), whole


def coverage(day: Workday) -> tuple[Cover, ...]:
    """The day person by person: those on duty first, then others who have rows.

    >>> from carveout.workday import Person, Row
    >>> day = Workday("a", "2026-06-01", "u", staff=(Person("s1", on=((540, 600),)),), rows=(Row("r", 545, 560, "x", ("s1",)),))
    >>> coverage(day)[0].open
    ((540, 545), (560, 600))
    """
    people = {person.id: person.on for person in day.staff}
    known = [*people, *dict.fromkeys(one for row in day.rows for one in row.staff if one not in people)]
    found = []
    for name in known:
        rows = _joined(
            (row.start, row.start + 1 if row.end is None else row.end) for row in day.rows if name in row.staff
        )
        on = _joined(people.get(name, ())) or ((rows[0][0], rows[-1][1]),) if rows or people.get(name) else ()
        found.append(Cover(name, on, rows, _without(on, rows)))
    return tuple(found)


def drawn(covers: Sequence[Cover]) -> str:
    """The strips as HTML: a picture with a name, and a table with the same in words. "" where there is nobody."""
    edges = [minute for cover in covers for stretch in (*cover.on, *cover.rows) for minute in stretch]
    if not edges:
        return ""
    first, last = min(edges) // 60 * 60, -(-max(edges) // 60) * 60
    scale = (WIDTH - LABEL) / max(last - first, 60)

    def bar(stretch: Stretch, y: int, height: int, style: str) -> str:
        x, width = LABEL + (stretch[0] - first) * scale, max((stretch[1] - stretch[0]) * scale, 0.8)
        return f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="{height}" {style}/>'

    lanes = []
    for index, cover in enumerate(covers):
        y = 18 + index * LANE
        label = cover.staff if len(cover.staff) <= 6 else cover.staff[:5] + "…"
        lanes.append(f'<text x="0" y="{y + 14}" font-size="12" fill="#1f2937">{in_html(label)}</text>')
        lanes += [bar(one, y, 18, 'fill="url(#open)" stroke="#7a4a00" stroke-width="0.8"') for one in cover.open]
        lanes += [bar(one, y + 2, 14, 'fill="#0b5d43"') for one in cover.rows]
        lanes += [bar(one, y, 18, 'fill="none" stroke="#4b5563" stroke-width="1"') for one in cover.on]
    step = 60 * max(1, -(-(last - first) // 60 // 5))
    ticks = "".join(
        f'<text x="{LABEL + (minute - first) * scale:.1f}" y="11" font-size="11" fill="#4b5563" text-anchor="middle">'
        f"{minute // 60 % 24}</text>"
        for minute in range(first, last + 1, step)
    )
    height = 20 + len(covers) * LANE
    said = "; ".join(_said(cover) for cover in covers)
    return (
        f'<svg viewBox="0 0 {WIDTH + 8} {height}" width="100%" role="img" aria-label="{in_html(said)}">'
        '<defs><pattern id="open" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<rect width="5" height="5" fill="#fdf6e3"/><line x1="0" y1="0" x2="0" y2="5" stroke="#b7791f" stroke-width="1.6"/>'
        f"</pattern></defs>{ticks}{''.join(lanes)}</svg>{_table(covers)}"
    )


def _table(covers: Sequence[Cover]) -> str:
    rows = "".join(
        f"<tr><td>{in_html(cover.staff)}</td><td>{in_html(_hours(*cover.minutes))}</td>"
        f"<td>{in_html(_stretches(cover.open) or t('strip.none_open'))}</td></tr>"
        for cover in covers
    )
    head = "".join(f"<th>{in_html(t(f'strip.{name}'))}</th>" for name in ("staff", "written", "open"))
    return (
        f'<details class="co-details"><summary>{in_html(t("strip.in_words"))}</summary>'
        f'<div class="co-scroll"><table class="co-table"><tr>{head}</tr>{rows}</table></div></details>'
    )


def _said(cover: Cover) -> str:
    return f"{cover.staff}: {_hours(*cover.minutes)}"


def _hours(done: int, whole: int) -> str:
    return t("strip.of", done=f"{done // 60}:{done % 60:02d}", whole=f"{whole // 60}:{whole % 60:02d}")


def _stretches(open_: Iterable[Stretch]) -> str:
    return "  ".join(f"{clock(start)}–{clock(end)}" for start, end in open_)


def _joined(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """Stretches in order, those that meet or overlap made one."""
    found: list[Stretch] = []
    for start, end in sorted(stretches):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        elif end > start:
            found.append((start, end))
    return tuple(found)


def _without(on: Sequence[Stretch], rows: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """What of `on` no row covers; both joined."""
    found: list[Stretch] = []
    for start, end in on:
        at = start
        for first, last in rows:
            if last <= at or first >= end:
                continue
            if first > at:
                found.append((at, first))
            at = max(at, last)
        if at < end:
            found.append((at, end))
    return tuple(found)


def _total(stretches: Iterable[Stretch]) -> int:
    return sum(end - start for start, end in stretches)
