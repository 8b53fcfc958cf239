"""The picture of before and after: what it must show, on screen, on paper and in words, however odd the job."""

from __future__ import annotations

import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace
from itertools import combinations

import pytest

from carveout.analysis import analyze
from carveout.bundled import paths
from carveout.charts.before_after import HEADINGS, figure, table, words
from carveout.charts.before_after_sheet import MOST_PANELS, WORDS, balanced, sheet
from carveout.charts.before_after_svg import NARROWEST_PX, svg
from carveout.charts.canvas import NARROW_PX
from carveout.effects import Effects, effects
from carveout.language import LANGUAGES, Language
from carveout.model import WEEKDAYS, Job, Mode, SiteResult, Weekday, Window
from carveout.observations import read
from tests.conftest import ROOT, environment
from tests.effects.by_hand import holds, job, site, slot

LONG = "とても長い名前のユニット二階東側" * 2 + "<script>&"
Case = tuple[SiteResult, Job]


def small() -> Case:
    """One unit, two Mondays, half an hour of work that the job covers."""
    rows = [(0, "u", "a", 540, 600, ("s1", "s2")), (7, "u", "a", 540, 600, ("s1",))]
    windows = [Window("u", None, 570, 600, 2, 1, True)]
    result = site(rows, offered=[("a", Mode.ASSIST)], windows=windows, duty=[(0, "u", "s1", 480, 720)])
    return result, job(slot(540, 600, holds("a", 60.0)))


def odd() -> Case:
    """Long names, two slots a day, past midnight, a day seen once, one never seen, one without relief."""
    rows = [(d, LONG, "a", 540 + 60 * k, 590 + 60 * k, ("s1", "s2")) for d in (0, 7, 1) for k in range(10)]
    rows.append((1, "v", "a", 1380, 1500, ("s1",)))
    windows = [Window(LONG, None, 600, 615, 2, 1, True), Window(LONG, None, 645, 660, 2, 1, True)]
    windows.append(Window("v", Weekday.TUE, 1380, 1395, 2, 1, True))
    slots = (
        slot(600, 630, holds("a", 20.0), unit=LONG),
        slot(645, 665, holds("a", 10.0), unit=LONG),
        slot(1380, 1500, holds("a", 100.0), unit="v", weekday=Weekday.TUE),
        slot(600, 720, unit=LONG, weekday=Weekday.TUE),
        slot(540, 720, unit=LONG, weekday=Weekday.SUN),
    )
    return site(rows, offered=[("a", Mode.ASSIST)], windows=windows), job(*slots)


def empty() -> Case:
    return odd()[0], job()


def found(case: Case) -> tuple[Effects, SiteResult]:
    return effects(*case), case[0]


def texts(picture: str) -> list[str]:
    return [node.text or "" for node in ET.fromstring(picture).iter("{http://www.w3.org/2000/svg}text")]


def legend(picture) -> list[str]:
    return [trace.name for trace in picture.data if trace.showlegend]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_figure_draws_the_very_numbers(language: Language):
    changed, result = found(small())
    traces = {trace.name: trace for trace in figure(changed, result, language).data}
    quarters = changed.days[0].quarters
    before, staff = traces[WORDS["before"].in_(language)], traces[WORDS["staff"].in_(language)]
    assert list(before.x[:-1]) == [q.start for q in quarters]
    assert list(before.y[:-1]) == [q.demand for q in quarters]
    assert list(staff.y[:-1]) == [q.staff for q in quarters]
    after, relieved = traces[WORDS["after"].in_(language)], traces[WORDS["relieved"].in_(language)]
    assert list(after.y[:-1]) == [q.demand_after for q in quarters if q.relieved]
    assert sum(relieved.y) * 15 == pytest.approx(changed.relief.likely, abs=0.01)


def test_each_meaning_has_a_stroke_or_hatch_of_its_own_beside_its_colour():
    traces = {trace.name: trace for trace in figure(*found(small()), "ja").data}
    dashes = [traces[WORDS[key].ja].line.dash for key in ("staff", "before", "after")]
    assert len(set(dashes)) == 3
    assert traces[WORDS["relieved"].ja].marker.pattern.shape == "/"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_legend_names_what_is_drawn_and_nothing_else(language: Language):
    assert set(legend(figure(*found(small()), language))) == {
        WORDS[key].in_(language) for key in ("staff", "before", "after", "relieved", "hours", "thin")
    }
    result, one = small()
    calm = replace(result, windows=()), replace(one, slots=(slot(540, 600),))
    assert set(legend(figure(*found(calm), language))) == {
        WORDS[key].in_(language) for key in ("staff", "before", "hours")
    }


def test_thin_quarters_are_shaded_and_labelled():
    picture = figure(*found(small()), "ja")
    assert "職員が手薄" in [note.text for note in picture.layout.annotations]
    assert any((shape.x0, shape.x1) == (570, 600) and shape.type == "rect" for shape in picture.layout.shapes)


def test_units_are_named_only_where_there_are_several_and_names_stay_letters():
    notes = " ".join(note.text for note in figure(*found(small()), "ja").layout.annotations)
    assert "<b>月曜日（2日の観察の平均）</b>" in notes
    notes = " ".join(note.text for note in figure(*found(odd()), "ja").layout.annotations)
    assert "v 火曜日（1日だけの観察）" in notes
    assert "<script" not in notes


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_day_never_observed_says_so_instead_of_a_curve(language: Language):
    changed, result = found(odd())
    said = WORDS["no_curve"].in_(language)
    assert said in [note.text for note in figure(changed, result, language).layout.annotations]
    assert said.split(",")[0][:8] in "".join(texts(svg(changed, result, language)))
    assert "1人" not in words(changed, result, language).split("日曜日")[-1].split("\n")[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_job_without_hours_has_a_picture_that_says_so(language: Language):
    changed, result = found(empty())
    said = WORDS["no_hours"].in_(language).replace(" ", "")
    drawn = "".join(note.text for note in figure(changed, result, language).layout.annotations)
    assert drawn.replace("<br>", "").replace(" ", "") == said
    assert "".join(texts(svg(changed, result, language))).replace(" ", "") == said
    assert words(changed, result, language) == changed.text.in_(language)
    assert table(changed, result, language) == []


def test_no_more_panels_than_can_be_read_and_the_rest_is_announced():
    units = [f"u{n}" for n in range(9)]
    rows = [(0, unit, "a", 540, 600, ("s1",)) for unit in units]
    slots = [slot(540, 600, holds("a", 5.0 + n), unit=unit) for n, unit in enumerate(units)]
    changed, result = found((site(rows, offered=[("a", Mode.ASSIST)]), job(*slots)))
    laid = sheet(changed, result, "ja")
    assert [panel.unit for panel in laid.panels] == units[-MOST_PANELS:]  # those it relieves most
    assert laid.left_out == 2
    assert "ほかの2日は表にあります。" in [note.text for note in figure(changed, result, "ja").layout.annotations]
    assert "ほかの2日は表にあります。" in texts(svg(changed, result, "ja"))
    assert {row[0] for row in table(changed, result, "ja")} == set(units)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_tell_every_day_and_how_to_read_it(language: Language):
    changed, result = found(small())
    lines = words(changed, result, language).split("\n")
    assert lines[0] == changed.text.in_(language)
    assert len(lines) == 2 + len(changed.days)
    assert "09:00-10:00" in lines[1]
    assert "1.5" in lines[1]  # three persons' hours on two days
    assert "40" in lines[1]  # minutes
    assert ("手薄" if language == "ja" else "few") in lines[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_holds_a_row_per_quarter_hour_of_the_job(language: Language):
    changed, result = found(small())
    rows = table(changed, result, language)
    assert len(rows) == len(changed.records) == 4
    assert all(len(row) == len(HEADINGS) for row in rows)
    assert rows[0][2:8] == ("09:00", "09:15", "1.5", "0.8", "1.0", "10.0")
    assert [bool(row[8]) for row in rows] == [False, False, True, True]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", [small, odd, empty])
@pytest.mark.parametrize("width", [100, 320, 680, 1000])
def test_the_still_picture_is_sound_xml_that_asks_for_nothing_and_keeps_inside_its_edges(case, language, width):
    picture = svg(*found(case()), language, width)
    root = ET.fromstring(picture)
    kinds = {node.tag.removeprefix("{http://www.w3.org/2000/svg}") for node in root.iter()}
    assert kinds <= {"svg", "title", "desc", "rect", "polyline", "path", "text"}
    assert not re.search(r"href|url\(|<script|<style|@import|on\w+=", picture)
    assert picture.count("http") == 1  # the name of the format
    wide, high = float(root.get("width")), float(root.get("height"))
    assert wide == max(width, NARROWEST_PX)
    for node in root.iter():
        assert 0 <= float(node.get("x", 0)) <= wide
        assert 0 <= float(node.get("y", 0)) <= high


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_still_picture_can_be_heard(language: Language):
    changed, result = found(odd())
    root = ET.fromstring(svg(changed, result, language))
    assert root.get("role") == "img"
    assert root.find("{http://www.w3.org/2000/svg}title").text == WORDS["title"].in_(language)
    assert root.find("{http://www.w3.org/2000/svg}desc").text == changed.text.in_(language)


def test_names_that_xml_cannot_hold_do_not_break_the_picture():
    name = "a\x00b￾c￿]]><d"
    rows = [(0, name, "a", 540, 600, ("s1",)), (0, "v", "a", 540, 600, ("s1",))]
    picture = svg(*found((site(rows, offered=[("a", Mode.ASSIST)]), job(slot(540, 600, unit=name)))), "ja")
    assert any("a\\x00b" in text for text in texts(picture))


def test_the_same_job_gives_the_same_bytes():
    assert svg(*found(odd()), "ja") == svg(*found(odd()), "ja")
    assert figure(*found(odd()), "ja").to_json() == figure(*found(odd()), "ja").to_json()


def test_paper_needs_no_drawing_library():
    code = "import sys, carveout.charts.before_after_svg; sys.exit('plotly' in sys.modules or 'pandas' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment(), check=False)
    assert run.returncode == 0


def test_lines_are_balanced():
    assert balanced("この曜日を1日観察すると、ここに線が出ます。", 20) == [
        "この曜日を1日観察すると、",
        "ここに線が出ます。",
    ]
    assert balanced("短い文。", 20) == ["短い文。"]


def bundled() -> list[tuple[str, Case]]:
    analysis = analyze(read(paths()).timeline)
    sites = [analysis.site(i) for i in range(len(analysis.sites))]
    return [(s.site, (s, max(s.jobs, key=lambda one: len(one.slots)))) for s in sites if s.jobs]


BOXES = """() => [...document.querySelectorAll('%s')].map(n => {
    const r = n.getBoundingClientRect(); return [n.textContent, r.left, r.top, r.right, r.bottom]})"""


def assert_legible(boxes: list[list], width: float, height: float) -> None:
    """Nothing cut at an edge, no two texts over one another."""
    assert boxes
    for text, left, top, right, bottom in boxes:
        assert left >= -2, text
        assert right <= width + 2, text
        assert top >= -2, text
        assert bottom <= height + 2, text
    for one, other in combinations(boxes, 2):
        apart = one[3] <= other[1] + 1 or other[3] <= one[1] + 1 or one[4] <= other[2] + 4 or other[4] <= one[2] + 4
        assert apart, (one, other)


@pytest.mark.browser
def test_on_a_narrow_tablet_no_words_are_cut_or_collide(browser, screenshots, tmp_path):
    cases = [("odd", odd()), *bundled()]
    page = browser.new_page(viewport={"width": NARROW_PX, "height": 600})
    for name, case in cases:
        for language in LANGUAGES:
            changed, result = found(case)
            picture = figure(changed, result, language)
            file = tmp_path / "figure.html"
            html = picture.to_html(full_html=False, include_plotlyjs=True)
            file.write_text(f'<meta charset="utf-8"><body style="margin:0">{html}</body>', encoding="utf-8")
            page.goto(file.as_uri())
            page.wait_for_selector(".legend")
            page.screenshot(path=screenshots / f"before-after-{name}-{language}.png", full_page=True)
            boxes = page.evaluate(BOXES % ".annotation-text, .legendtext, .ytick text")
            assert_legible(boxes, NARROW_PX, picture.layout.height)
            for width in (320, 680):
                still = svg(changed, result, language, width)
                page.set_content(f'<body style="margin:0">{still}</body>')
                page.screenshot(path=screenshots / f"before-after-{name}-{language}-{width}.png", full_page=True)
                assert_legible(page.evaluate(BOXES % "svg text"), width, float(ET.fromstring(still).get("height")))
    page.close()


def test_every_weekday_has_a_word():
    rows = [(at, "u", "a", 540, 600, ("s1",)) for at in range(7)]
    week = job(*(slot(540, 600, holds("a", 30.0), weekday=day) for day in WEEKDAYS))
    said = words(*found((site(rows, offered=[("a", Mode.ASSIST)]), week)), "ja")
    assert all(f"{name}曜日" in said for name in "月火水木金土日")
