"""How much of each person's hours is written down: a strip per person, and the same said in words.

A strip shows the hours on duty as an outline, the rows as filled stretches, and what is left open hatched. Where the
hours are not known, the strip runs from the first to the last row.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, replace

from carveout.app.wording import in_html, t
from carveout.words import clock
from carveout.workday import Person, Workday
from carveout.workday.checks import Coverage, coverage
from carveout.workday.findings import Stretch, union

WIDTH, LANE, LABEL = 320, 26, 52  # of the drawing, in its own units


@dataclass(frozen=True, slots=True)
class Lane:
    """One person's day: hours on duty (or from the first to the last row), rows, and how they cover the hours.

    going_on: rows without an end, as far as the hours go.
    """

    on: tuple[Stretch, ...]
    rows: tuple[Stretch, ...]
    going_on: tuple[Stretch, ...]
    cover: Coverage


def lanes(day: Workday) -> tuple[Lane, ...]:
    """The day person by person: those on duty first, then others who have rows.

    >>> from carveout.workday import Row
    >>> day = Workday("a", "2026-06-01", "u", staff=(Person("s1", on=((540, 600),)),))
    >>> lanes(replace(day, rows=(Row("r1", 545, 560, "x", ("s1", "s2")),)))[1].on
    ((545, 560),)
    """
    rows: dict[str, list[Stretch]] = {person.id: [] for person in day.staff}
    going: dict[str, list[Stretch]] = {}
    hours = {person.id: person.on for person in day.staff}
    for row in day.rows:
        for name in row.staff:
            rows.setdefault(name, []).append((row.start, row.start + 1 if row.end is None else row.end))
            if row.end is None:
                offs = [off for on, off in hours.get(name, ()) if on <= row.start < off]
                going.setdefault(name, []).append((row.start, min(offs, default=row.start + 1)))
    people = []
    for name, theirs in rows.items():
        span = ((min(a for a, _ in theirs), max(b for _, b in theirs)),) if theirs else ()
        people.append(Person(name, on=hours.get(name) or span))
    found = coverage(replace(day, staff=tuple(people)))
    on = {person.id: person.on for person in people}
    return tuple(
        Lane(on[one.staff], tuple(union(rows[one.staff])), tuple(going.get(one.staff, ())), one) for one in found
    )


def drawn(shown: Sequence[Lane]) -> str:
    """The strips as HTML: a picture with a name, and a table with the same in words. "" where there is nobody."""
    edges = [minute for lane in shown for stretch in (*lane.on, *lane.rows) for minute in stretch]
    if not edges:
        return ""
    first, last = min(edges) // 60 * 60, -(-max(edges) // 60) * 60
    scale = (WIDTH - LABEL) / max(last - first, 60)

    def bar(stretch: Stretch, y: int, height: int, style: str) -> str:
        x, width = LABEL + (stretch[0] - first) * scale, max((stretch[1] - stretch[0]) * scale, 0.8)
        return f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="{height}" {style}/>'

    bars = []
    for index, lane in enumerate(shown):
        y, name = 18 + index * LANE, lane.cover.staff
        label = name if len(name) <= 6 else name[:5] + "…"
        bars.append(f'<text x="0" y="{y + 14}" font-size="12" fill="#1f2937">{in_html(label)}</text>')
        bars += [
            bar((gap.start, gap.end), y, 18, 'fill="url(#open)" stroke="#7a4a00" stroke-width="0.8"')
            for gap in lane.cover.gaps
        ]
        bars += [bar(one, y + 2, 14, 'fill="#0b5d43" fill-opacity="0.35"') for one in lane.going_on]
        bars += [bar(one, y + 2, 14, 'fill="#0b5d43"') for one in lane.rows]
        bars += [bar(one, y, 18, 'fill="none" stroke="#4b5563" stroke-width="1"') for one in lane.on]
    step = 60 * max(1, -(-(last - first) // 60 // 5))
    ticks = "".join(
        f'<text x="{LABEL + (minute - first) * scale:.1f}" y="11" font-size="11" fill="#4b5563" text-anchor="middle">'
        f"{minute // 60 % 24}</text>"
        for minute in range(first, last + 1, step)
    )
    height = 20 + len(shown) * LANE
    said = "; ".join(f"{lane.cover.staff}: {_hours(lane.cover)}" for lane in shown)
    picture = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH + 8} {height}" font-family="sans-serif">'
        '<defs><pattern id="open" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<rect width="5" height="5" fill="#fdf6e3"/>'
        '<line x1="0" y1="0" x2="0" y2="5" stroke="#b7791f" stroke-width="1.6"/>'
        f"</pattern></defs>{ticks}{''.join(bars)}</svg>"
    )
    # Streamlit takes drawings out of HTML; an image may be one.
    source = f"data:image/svg+xml;base64,{b64encode(picture.encode()).decode()}"
    return f'<img src="{source}" alt="{in_html(said)}" class="co-strip">{_table(shown)}'


def _table(shown: Sequence[Lane]) -> str:
    rows = "".join(
        f"<tr><td>{in_html(lane.cover.staff)}</td><td>{in_html(_hours(lane.cover))}</td>"
        f"<td>{in_html(_gaps(lane.cover) or t('strip.none_open'))}</td></tr>"
        for lane in shown
    )
    head = "".join(f"<th>{in_html(t(f'strip.{name}'))}</th>" for name in ("staff", "written", "open"))
    return (
        f'<details class="co-details"><summary>{in_html(t("strip.in_words"))}</summary>'
        f'<div class="co-scroll"><table class="co-table"><tr>{head}</tr>{rows}</table></div></details>'
    )


def _hours(cover: Coverage) -> str:
    done, whole = (f"{minutes // 60}:{minutes % 60:02d}" for minutes in (cover.seen, cover.duty))
    return t("strip.of", done=done, whole=whole)


def _gaps(cover: Coverage) -> str:
    return "  ".join(f"{clock(gap.start)}–{clock(gap.end)}" for gap in cover.gaps)
