"""The carve-out map: what it shows, that nothing on it is cut or collides, and that its text tells the same."""

from __future__ import annotations

import dataclasses
from collections import defaultdict

import pytest

from carveout.charts import sheet, style
from carveout.charts.canvas import LEFT, NARROW_PX, RIGHT
from carveout.charts.carve_out_map import carve_out_map
from carveout.charts.in_words import HEADINGS, map_as_table, map_as_text
from carveout.charts.picture import days_of, picture, telling_day
from carveout.language import LANGUAGES, Language, Text
from carveout.model import Mode, OnDuty, Pattern, SiteResult, Suitability
from tests.charts.sample import DAYS, UNIT, huge_result, site_result

MONDAY, TUESDAY = DAYS[0], DAYS[1]


def refs(figure) -> set[str]:
    return {ref for trace in figure.data if trace.customdata is not None for ref in trace.customdata}


def texts(figure) -> str:
    return "\n".join(note.text for note in figure.layout.annotations)


@pytest.mark.parametrize("day", [TUESDAY, None])
def test_every_flow_call_declared_task_and_opening_has_a_mark_that_leads_to_its_explanation(day):
    result = site_result()
    found = refs(carve_out_map(result, UNIT, day, "ja"))
    assert {f"chain:{c.id}" for c in result.chains} <= found
    assert any(ref.startswith("verdicts:") for ref in found)
    seen = picture(result, UNIT, day, "ja")
    assert {bar.ref for bar in seen.bars} | {slot.ref for slot in seen.slots} <= found
    kinds = {bar.kind for bar in seen.bars}
    assert kinds == set(Pattern) - {Pattern.OTHER}


def test_a_flow_says_that_it_is_not_to_be_cut_from_what_to_what_and_on_how_many_days():
    words = texts(carve_out_map(site_result(), UNIT, TUESDAY, "ja"))
    assert "触らない流れ（5業務・3/3日）<br>起床時ケア → 排泄ケア" in words
    assert "職員が手薄" in words
    assert "★ リネン交換 火曜" in words


def test_thin_hours_of_one_weekday_are_shaded_on_that_weekday_only():
    result = site_result()
    assert [(s.start, s.end) for s in picture(result, UNIT, MONDAY, "ja").shades] == [(720, 765)]
    assert [(s.start, s.end) for s in picture(result, UNIT, TUESDAY, "ja").shades] == [(720, 765), (1050, 1095)]


def test_a_slot_of_one_weekday_opens_on_that_weekday_only():
    result = site_result()
    take_over = {day: [s for s in picture(result, UNIT, day, "ja").slots if s.mode is Mode.TAKE_OVER] for day in DAYS}
    assert [len(take_over[day]) for day in DAYS] == [0, 1, 0]
    assert take_over[TUESDAY][0].tasks == (("linen_change", Suitability.SUITABLE),)


def test_no_slot_opens_for_what_is_unsuitable_or_undetermined():
    result = site_result()
    for slot in picture(result, UNIT, None, "ja").slots:
        for i in map(int, slot.ref.removeprefix("verdicts:").split(",")):
            assert result.verdicts[i].suitability in (Suitability.SUITABLE, Suitability.CONDITIONAL)


def test_a_colleague_who_takes_over_midway_gets_a_ribbon_of_their_own():
    result = site_result()
    rows = [
        dataclasses.replace(o, staff=("s3",)) if o.task in ("oral_care", "excretion_care") and o.chain else o
        for o in result.occurrences
    ]
    seen = picture(dataclasses.replace(result, occurrences=tuple(rows)), UNIT, MONDAY, "ja")
    morning = [r for r in seen.ribbons if r.ref == f"chain:{UNIT}/1"]
    assert [(r.first, r.last, r.tasks) for r in morning] == [
        ("起床時ケア", "朝食介助", 3),
        ("口腔ケア", "排泄ケア", 2),
    ]


def test_who_is_on_duty_has_a_lane_even_without_a_row_and_breaks_show_as_gaps():
    result = dataclasses.replace(
        site_result(), duty=(OnDuty(MONDAY, UNIT, "s9", 480, 720), OnDuty(MONDAY, UNIT, "s9", 780, 1020))
    )
    lane = next(lane for lane in picture(result, UNIT, MONDAY, "ja").lanes if lane.label == "s9")
    assert lane.duty == ((480, 720), (780, 1020))
    assert all(lane.label != "s9" for lane in picture(result, UNIT, TUESDAY, "ja").lanes)


def test_the_day_to_begin_with_is_the_one_that_shows_most():
    assert telling_day(site_result(), UNIT) == TUESDAY
    assert telling_day(site_result(), "no such unit") is None


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("day", [TUESDAY, None])
def test_the_text_and_the_table_tell_everything_the_picture_shows(day: str | None, language: Language):
    result = site_result()
    seen = picture(result, UNIT, day, language)
    told = "\n".join(map_as_text(result, UNIT, day, language))
    for ribbon in seen.ribbons:
        assert ribbon.first in told and ribbon.last in told
    for bar in (b for b in seen.bars if b.kind is not Pattern.RHYTHMIC_CHAIN):
        assert bar.label in told
    assert told.count("高齢者の出番：" if language == "ja" else "A place for an older worker:") == len(seen.slots)
    rows = map_as_table(result, UNIT, day, language)
    assert len(rows) == len(seen.ribbons) + len(seen.bars) + len(seen.slots) + len(seen.shades)
    assert {len(row) for row in rows} == {len(HEADINGS)}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("day", [*DAYS, None])
def test_labels_stay_on_the_sheet_and_never_run_into_each_other_on_the_narrowest_screen(day, language):
    assert_labels_apart(site_result(), day, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_stay_apart_with_names_of_forty_characters(language: Language):
    long = {task: Text(f"{i}とても長い名前の業務" * 4, f"{i} a task with an exceedingly long name" * 1) for i, task in
            enumerate(site_result().task_labels)}  # fmt: skip
    for day in (*DAYS, None):
        assert_labels_apart(site_result(long), day, language)


def assert_labels_apart(result: SiteResult, day: str | None, language: Language) -> None:
    figure = carve_out_map(result, UNIT, day, language)
    first, last = figure.layout.xaxis.range
    scale = sheet.Scale(first, last, NARROW_PX - LEFT - RIGHT)
    boxes = defaultdict(list)
    for note in figure.layout.annotations:
        if note.xref == "paper" or not note.text:
            continue
        lines = note.text.replace("<b>", "").replace("</b>", "").split("<br>")
        width = scale.minutes(max(style.width_em(line) for line in lines) * style.TEXT_PX)
        x = {"left": note.x, "right": note.x - width, "center": note.x - width / 2}[note.xanchor]
        height = len(lines) * 17
        box = (x, x + width, note.y - height / 2, note.y + height / 2, note.text)
        assert x >= first - 1 and x + width <= last + scale.minutes(RIGHT), f"cut off: {note.text}"
        boxes["all"].append(box)
    for i, a in enumerate(boxes["all"]):
        for b in boxes["all"][i + 1 :]:
            apart = a[1] <= b[0] + 1 or b[1] <= a[0] + 1 or a[3] <= b[2] + 2 or b[3] <= a[2] + 2
            assert apart, f"{a[4]!r} runs into {b[4]!r}"


def test_no_text_is_smaller_than_fourteen_pixels_and_the_font_is_japanese():
    figure = carve_out_map(site_result(), UNIT, TUESDAY, "ja")
    sizes = [note.font.size for note in figure.layout.annotations if note.font.size]
    assert min([*sizes, figure.layout.font.size]) >= 14
    assert "Noto Sans CJK JP" in figure.layout.font.family


def test_names_from_a_file_stay_letters():
    hostile = Text('<b>x</b><a href="http://example.org">y</a>', "<i>x</i>")
    figure = carve_out_map(site_result({"linen_change": hostile, "recreation": hostile}), UNIT, TUESDAY, "ja")
    drawn = texts(figure) + "".join(h for t in figure.data if t.hovertext is not None for h in t.hovertext)
    assert "<a " not in drawn and "&lt;a href" in drawn


def test_a_unit_without_rows_gives_an_empty_sheet_that_says_so():
    result = dataclasses.replace(site_result(), occurrences=(), verdicts=(), chains=(), windows=(), load={})
    figure = carve_out_map(result, UNIT, None, "ja")
    assert "この日に開いた出番は見つかっていません" in texts(figure)
    assert map_as_text(result, UNIT, None, "ja")[1] == "この日の記録はありません。"


def test_one_row_alone_can_be_drawn():
    result = site_result()
    result = dataclasses.replace(result, occurrences=result.occurrences[:1], verdicts=(), chains=(), load={})
    assert refs(carve_out_map(result, UNIT, MONDAY, "ja")) == {"row:0"}


def test_work_past_midnight_stays_on_the_sheet():
    result = site_result()
    late = dataclasses.replace(result.occurrences[0], start=1410, end=1530)
    figure = carve_out_map(dataclasses.replace(result, occurrences=(*result.occurrences, late)), UNIT, MONDAY, "ja")
    assert figure.layout.xaxis.range[1] == 1560


def test_forty_people_and_ninety_days_get_a_lane_each():
    result = huge_result()
    figure = carve_out_map(result, UNIT, days_of(result, UNIT)[0], "ja")
    assert len(figure.layout.xaxis.tickvals) > 2
    words = texts(figure).replace("<br>", "")
    assert all(f"staff-member-{n:02d}" in words for n in range(40))
