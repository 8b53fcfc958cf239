"""What people do with the app, in a real Chromium, on a desk and on a tablet."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser

GOOD = """format: carveout-observation/1
site: {id: my-home, kind: care_home, name: '<b>わたしの家</b> [x](javascript:alert(1))'}
days:
  - date: 2026-06-01
    unit: u
    staff: [{id: s1, role: care_worker, on: '07:00-16:00'}]
    timeline:
      - {start: '09:00', end: '09:30', staff: s1, task: 配膳}
      - {start: '09:30', end: '10:30', staff: s1, task: '<img src=x onerror="window.hacked=1">'}
"""
BAD = GOOD.replace("end: '09:30'", "end: '08:30'").replace("task: 配膳", "tusk: 配膳")


def settled(page: Page) -> None:
    """Wait until Streamlit has nothing more to do."""
    page.wait_for_function("!document.querySelector('[data-testid=stStatusWidget], [data-stale=true]')")
    page.wait_for_timeout(400)


def visit(page: Page, url: str, path: str = "", **query: str) -> None:
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    page.goto(f"{url}/{path}?{asked}")
    page.locator("h1.co-title").wait_for(timeout=60_000)
    settled(page)


def first_mark(page: Page) -> Locator:
    page.locator(".js-plotly-plot .barlayer .point path").first.wait_for()
    return page.locator(".js-plotly-plot .barlayer .point path").first


def point_and_click(page: Page, x: float, y: float) -> None:
    """As a hand does it: canvases and charts look at what is pointed at before they take a click."""
    page.mouse.move(x, y)
    page.wait_for_timeout(400)
    page.mouse.click(x, y, delay=60)


def press_middle(page: Page, mark: Locator, press: Callable[[float, float], None]) -> None:
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    assert box
    press(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def choose_file(page: Page, url: str, tmp_path: Path, name: str, text: str) -> None:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    visit(page, url, "upload")
    page.set_input_files("input[type=file]", file)
    page.get_by_text(name).first.wait_for()
    settled(page)
    page.get_by_role("button", name="読み込んで分析する").click()
    settled(page)


def test_the_first_thing_one_sees_is_a_map_with_flows_thin_hours_and_openings(app_url: str, browser_page: Page):
    visit(browser_page, app_url)
    figure = browser_page.locator(".js-plotly-plot")
    figure.wait_for()
    for words in ("触らない流れ", "職員が手薄", "高齢者の出番", "手元の仕事", "勤務中の職員"):
        assert figure.get_by_text(words).count() >= 1, words
    assert "教材として作った" in browser_page.locator(".co-notice").inner_text()


def test_pressing_a_flow_opens_its_reason_and_its_rows(app_url: str, browser_page: Page):
    visit(browser_page, app_url)
    press_middle(browser_page, first_mark(browser_page), partial(point_and_click, browser_page))
    dialog = browser_page.get_by_role("dialog")
    dialog.wait_for()
    dialog.get_by_text(re.compile("根拠の記録")).first.wait_for()
    assert dialog.locator("[data-testid=stDataFrame]").count() >= 1
    browser_page.keyboard.press("Escape")
    dialog.wait_for(state="detached")


def test_on_a_tablet_a_tap_opens_a_mark_and_a_swipe_over_the_map_scrolls(app_url: str, tablet_page: Page):
    visit(tablet_page, app_url)
    first_mark(tablet_page)
    touch = tablet_page.context.new_cdp_session(tablet_page)
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": 450, "y": 1000}]})
    for step in range(1, 25):
        touch.send(
            "Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": 450, "y": 1000 - 10 * step}]}
        )
        tablet_page.wait_for_timeout(16)
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    tablet_page.wait_for_timeout(500)
    assert tablet_page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") > 60
    press_middle(tablet_page, first_mark(tablet_page), tablet_page.touchscreen.tap)
    tablet_page.get_by_role("dialog").wait_for()


def test_switching_to_english_changes_the_page_and_reloading_keeps_it(app_url: str, browser_page: Page):
    visit(browser_page, app_url)
    browser_page.get_by_text("English", exact=True).click()
    browser_page.get_by_role("heading", name="Carve-out map").wait_for()
    browser_page.wait_for_url(re.compile("lang=en"))
    browser_page.reload()
    browser_page.get_by_role("heading", name="Carve-out map").wait_for(timeout=60_000)
    settled(browser_page)
    shown = browser_page.locator(".js-plotly-plot, .co-lead, .stSelectbox label").all_inner_texts()
    assert not re.search("[\u3040-\u30ff]", " ".join(shown)), "kana left over on the English page"


def test_one_filters_verdicts_and_opens_an_explanation_with_its_rows(app_url: str, browser_page: Page):
    visit(browser_page, app_url, "verdicts")
    browser_page.get_by_text("条件でしぼる").click()
    browser_page.get_by_role("button", name="助言する").click()
    settled(browser_page)
    table = browser_page.locator("[data-testid=stDataFrame]").first
    table.wait_for()
    table.scroll_into_view_if_needed()
    box = table.bounding_box()
    assert box
    point_and_click(browser_page, box["x"] + 80, box["y"] + 44 + 22)
    settled(browser_page)
    opened = browser_page.locator(".co-verdict").first
    opened.wait_for()
    assert "当てはめた決まり" in opened.inner_text()
    assert "出典" in opened.inner_text()
    browser_page.get_by_text(re.compile("根拠の記録")).wait_for()


def test_one_walks_through_the_stages_of_a_candidate_job(app_url: str, browser_page: Page):
    visit(browser_page, app_url, "jobs")
    title = browser_page.locator(".co-card h3").first
    small = title.inner_text()
    browser_page.get_by_text(re.compile("第3段階")).first.click()
    settled(browser_page)
    browser_page.wait_for_function("t => document.querySelector('.co-card h3').innerText !== t", arg=small)
    card = browser_page.locator(".st-key-job-0").inner_text()
    for part in ("曜日と時間", "すること", "職員にうまれる余裕", "契約のかたち", "守るきまり"):
        assert part in card
    browser_page.locator(".st-key-job-0 summary").filter(has_text="手をつけないこと").first.click()
    browser_page.locator(".st-key-job-0 .co-list li").first.wait_for()


def test_a_broken_file_shows_each_problem_with_place_cause_and_remedy(app_url: str, browser_page: Page, tmp_path: Path):
    choose_file(browser_page, app_url, tmp_path, "broken.yaml", BAD)
    table = browser_page.locator("table.co-problems")
    table.wait_for()
    assert table.locator("tr").count() >= 3
    assert "broken.yaml" in table.inner_text()
    assert "8行目" in table.inner_text()


def test_a_good_file_becomes_a_site_here_and_nowhere_else(
    app_url: str, browser: Browser, browser_page: Page, tmp_path: Path
):
    choose_file(browser_page, app_url, tmp_path, "mine.yaml", GOOD)
    browser_page.get_by_role("button", name="切り出しマップを開く").click()
    browser_page.get_by_role("heading", name="切り出しマップ").wait_for()
    settled(browser_page)
    assert "わたしの家" in browser_page.locator(".stSelectbox input").first.input_value()
    browser_page.locator(".js-plotly-plot").get_by_text("<img src=x").first.wait_for()
    assert browser_page.evaluate("window.hacked") is None
    other = browser.new_context()
    page = other.new_page()
    page.goto(browser_page.url)
    page.locator("h1.co-title").wait_for(timeout=60_000)
    settled(page)
    assert page.locator(".stSelectbox input").first.input_value() == "介護老人ホームA"
    page.locator(".stSelectbox").first.click()
    page.wait_for_timeout(500)
    assert "わたしの家" not in page.locator("body").inner_text()
    other.close()


def test_the_keyboard_alone_reaches_a_mark(app_url: str, browser_page: Page):
    visit(browser_page, app_url)
    box = browser_page.locator(".stSelectbox input").last
    box.focus()
    browser_page.keyboard.press("ArrowDown")
    browser_page.keyboard.press("Enter")
    settled(browser_page)
    browser_page.get_by_text(re.compile("根拠の記録")).first.wait_for()


@pytest.mark.parametrize("page_name", ["", "verdicts", "jobs", "shape", "proposal", "upload"])
def test_what_one_presses_is_large_enough_for_a_finger(page_name: str, app_url: str, tablet_page: Page):
    visit(tablet_page, app_url, page_name)
    sizes = tablet_page.evaluate(
        """() => [...document.querySelectorAll('.stMain button, .stExpander summary, [data-baseweb=select]')]
             .filter(e => e.offsetParent && !e.closest('.stDataFrame, .js-plotly-plot, [data-testid=stElementToolbar]'))
             .map(e => [e.innerText.trim(), e.getBoundingClientRect().height])"""
    )
    assert sizes
    assert [pair for pair in sizes if pair[0] and pair[1] < 43.5] == []


@pytest.mark.parametrize("page_name", ["", "verdicts", "graph", "jobs", "shape", "proposal", "upload", "about"])
def test_no_page_is_wider_than_its_screen(page_name: str, app_url: str, browser_page: Page):
    visit(browser_page, app_url, page_name)
    for width in (1280, 820, 640):
        browser_page.set_viewport_size({"width": width, "height": 900})
        browser_page.wait_for_timeout(500)
        over = browser_page.evaluate(
            "() => { const m = document.querySelector('[data-testid=stMain]'); return m.scrollWidth - m.clientWidth }"
        )
        assert over <= 1, width


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("page_name", ["map", "verdicts", "graph", "jobs", "upload", "about"])
def test_pictures_of_every_screen_are_taken_to_be_looked_at(
    page_name: str, language: str, app_url: str, browser_page: Page, tablet_page: Page, screenshots: Path
):
    for name, page in (("desk", browser_page), ("tablet", tablet_page)):
        visit(page, app_url, "" if page_name == "map" else page_name, lang=language)
        page.wait_for_timeout(600)
        height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
        assert page.viewport_size
        page.set_viewport_size({"width": page.viewport_size["width"], "height": max(height + 20, 800)})
        page.wait_for_timeout(600)
        picture = screenshots / f"{page_name}-{language}-{name}.png"
        page.screenshot(path=picture)
        assert picture.stat().st_size > 20_000
        assert page.locator("[data-testid=stException]").count() == 0
