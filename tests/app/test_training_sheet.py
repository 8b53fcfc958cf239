"""The exercise sheet: everything seen, nothing judged, every bar with a name that covers no other."""

from __future__ import annotations

import re
from functools import cache

import pytest

from carveout import words
from carveout.app.practice import kept
from carveout.app.practice.blind_sheet import HIT, LEFT, MARGIN, MISSED, WIDTH, Asked, blind_sheet, rows_of_day
from carveout.app.practice.sheet_lanes import Name, rooms
from carveout.charts import style
from carveout.charts.drawing import TEXT_PX
from carveout.charts.picture import Bar, Lane, picture
from carveout.charts.sheet import Scale
from carveout.model import Pattern, SiteResult
from carveout.training import open_exercise


@cache
def sites() -> tuple[SiteResult, ...]:
    return tuple(open_exercise(one) for one in kept._bundled.__wrapped__())


@pytest.mark.parametrize("index", [0, 1])
def test_the_sheet_shows_every_row_and_nothing_anybody_judged(index: int) -> None:
    result = sites()[index]
    unit = result.units[0]
    day = next(o.date for o in result.occurrences if o.unit == unit)
    svg = blind_sheet(result, unit, day)
    rows = rows_of_day(result, unit, day)
    assert svg.count(f'fill="{style.PAPER}" stroke="#5b6675"') == sum(max(len(o.staff), 1) for o in rows)
    text = "".join(re.findall(r">([^<]+)<", svg))
    for pattern in Pattern:
        assert words.PATTERN[pattern].ja not in text
    assert not set("○△×★◆▨♪※") & set(text)
    assert blind_sheet(result, unit, day) == svg
    assert "<script" not in svg and "href" not in svg


def test_a_question_shows_its_hours_and_its_rows_and_the_key_its_standing() -> None:
    result = sites()[1]
    unit = result.units[0]
    day = next(o.date for o in result.occurrences if o.unit == unit)
    rows = rows_of_day(result, unit, day)
    noon = [o for o in rows if o.start < 750 and o.end > 690]
    near = blind_sheet(result, unit, day, asked=Asked(690, 750, frozenset({noon[0].index})), between=(660, 780))
    assert near.count('stroke="#5b6675"') < len(rows)
    assert near.count('stroke-width="4"') == len(noon[0].staff)
    keyed = blind_sheet(result, unit, day, standing={rows[0].index: HIT, rows[1].index: MISSED})
    assert f'fill="{style.SLOT_FILL}"' in keyed
    assert f'fill="{style.THIN_FILL}"' in keyed
    assert "<svg" in blind_sheet(result, unit, "1999-01-01")
    assert "<svg" in blind_sheet(result, unit, day, between=(0, 30))


@pytest.mark.parametrize("index", [0, 1])
def test_no_name_covers_another_and_all_stay_on_the_sheet(index: int) -> None:
    result = sites()[index]
    for unit in result.units:
        for day in sorted({o.date for o in result.occurrences if o.unit == unit})[:3]:
            seen = picture(result, unit, day, "ja")
            scale = Scale(seen.first, seen.last, WIDTH - LEFT - MARGIN - 4)
            for room in rooms(seen.lanes, seen.bars, scale, 0):
                boxes = [_box(name, scale) for name in room.names]
                assert all(right <= WIDTH - LEFT for _, right, _ in boxes)
                for number, (left, right, y) in enumerate(boxes):
                    others = boxes[number + 1 :]
                    assert not [
                        o for o in others if abs(o[2] - y) < TEXT_PX - 2 and o[0] < right - 1 and left < o[1] - 1
                    ]


def test_forty_links_without_a_break_still_have_their_names() -> None:
    bars = [
        Bar(f"row:{k}", 0, Pattern.OTHER, 420 + 5 * k, 425 + 5 * k, f"業務{k}の長い名前です", None) for k in range(40)
    ]
    (room,) = rooms([Lane("職員 s1", "s1")], bars, Scale(420, 1140, 570), 0)
    assert len(room.names) == 40
    assert room.bottom > 40 * 5


def _box(name: Name, scale: Scale) -> tuple[float, float, float]:
    left = (name.x - scale.first) * scale.per_minute
    return left, left + style.width_em(name.text) * TEXT_PX, name.y
