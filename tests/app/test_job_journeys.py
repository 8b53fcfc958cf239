"""What a coordinator does with jobs, in a real Chromium: change one, break a limit, take papers along, come back."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import docx
import pytest

from carveout.app.drafting import unpack
from carveout.jobs import Draft, read_draft
from carveout.model import Weekday
from tests.app.test_journeys import settled, visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser

TAKE_UP = {"ja": "この仕事を整える", "en": "Shape this job"}


def take_up(page: Page, url: str, language: str = "ja") -> None:
    """Take the first candidate of the first site up for shaping."""
    visit(page, url, "jobs", lang=language)
    page.get_by_role("button", name=TAKE_UP[language]).first.click()
    page.locator(".st-key-shape-bar").wait_for()
    settled(page)


def draft_in(page: Page) -> Draft:
    """The draft that the address carries."""
    return unpack(parse_qs(urlsplit(page.url).query)["job"][0])


def changed(page: Page, before: Draft) -> Draft:
    """The draft once it differs from an earlier one."""
    for _ in range(100):
        if (now := draft_in(page)) != before:
            settled(page)
            return now
        page.wait_for_timeout(100)
    raise AssertionError("nothing changed")


def block(page: Page, number: int = 0) -> Locator:
    return page.locator(f".st-key-block-{number}")


def choose(page: Page, box: Locator, words: str) -> None:
    """Pick from a list by typing part of a name."""
    box.locator("input").click()
    page.keyboard.type(words)
    page.locator("[role=option]").first.wait_for()
    page.wait_for_timeout(200)
    page.keyboard.press("Enter")
    settled(page)


def see_whole(page: Page, picture: Path) -> None:
    """Take a picture of the page as if the screen were as tall as it."""
    settled(page)
    page.wait_for_timeout(1200)
    height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    size = page.viewport_size
    assert size
    page.set_viewport_size({"width": size["width"], "height": max(height + 20, 800)})
    page.wait_for_timeout(800)
    page.screenshot(path=picture)
    page.set_viewport_size(size)
    assert picture.stat().st_size > 20_000
    assert page.locator("[data-testid=stException]").count() == 0


def test_one_changes_hours_and_days_and_sees_the_outcome_follow(app_url: str, browser_page: Page):
    take_up(browser_page, app_url)
    before = draft_in(browser_page)
    outcome = browser_page.locator(".st-key-outcome")
    title = outcome.locator("h3").inner_text()
    block(browser_page).get_by_role("button", name="15分遅く").click()
    moved = changed(browser_page, before)
    assert moved.slots[0].start == before.slots[0].start + 15
    block(browser_page).get_by_role("button", name="土", exact=True).click()
    more = changed(browser_page, moved)
    assert Weekday.SAT in {slot.weekday for slot in more.slots}
    browser_page.wait_for_function("t => document.querySelector('.st-key-outcome h3').innerText !== t", arg=title)
    assert "土" in outcome.locator("table.co-week").inner_text()


def test_a_limit_one_breaks_is_named_with_its_source_and_mended_again(app_url: str, browser_page: Page):
    take_up(browser_page, app_url)
    before = draft_in(browser_page)
    status = browser_page.locator(".co-status")
    assert "すべて守っています" in status.inner_text()
    choose(browser_page, block(browser_page).locator(".stSelectbox").nth(1), "20:00")
    broken = browser_page.locator(".st-key-outcome .co-broken")
    broken.first.wait_for()
    told = broken.all_inner_texts()
    assert all("出典：" in text for text in told)
    assert any("1回" in text or "1日" in text for text in told)
    assert "合いません" in status.inner_text() or "確かめてください" in status.inner_text()
    longer = changed(browser_page, before)  # the address follows what one sees
    browser_page.get_by_role("button", name="元に戻す").click()
    broken.first.wait_for(state="detached")
    assert changed(browser_page, longer) == before


def test_work_advised_against_may_be_tried_and_says_why_not(app_url: str, browser_page: Page):
    take_up(browser_page, app_url)
    block(browser_page).get_by_text("仕事を入れる・外す").click()
    browser_page.wait_for_timeout(1000)  # until it has opened
    choose(browser_page, block(browser_page).locator(".stSelectbox").last, "入浴")
    broken = browser_page.locator(".st-key-outcome .co-broken").first
    broken.wait_for()
    assert "入浴" in broken.inner_text() and "出典：" in broken.inner_text()
    row = block(browser_page).locator(".co-inside tr", has_text="入浴")
    assert "×" in row.inner_text() or "？" in row.inner_text()
    assert row.locator("small").inner_text()


def test_reloading_and_going_back_keep_the_shaped_job(app_url: str, browser: Browser, browser_page: Page):
    take_up(browser_page, app_url)
    before = draft_in(browser_page)
    block(browser_page).get_by_role("button", name="15分早く").click()
    shaped = changed(browser_page, before)
    browser_page.reload()
    browser_page.locator(".st-key-shape-bar").wait_for(timeout=60_000)
    settled(browser_page)
    assert draft_in(browser_page) == shaped
    start = f"{shaped.slots[0].start // 60:02d}:{shaped.slots[0].start % 60:02d}"
    assert start in block(browser_page).locator("h3").inner_text()
    visit(browser_page, app_url, "map", job=parse_qs(urlsplit(browser_page.url).query)["job"][0])
    browser_page.reload()
    browser_page.locator("h1.co-title").wait_for(timeout=60_000)
    settled(browser_page)
    browser_page.get_by_test_id("stTopNavSection").filter(has_text="仕事にする").click()
    browser_page.get_by_test_id("stTopNavDropdownLink").filter(has_text="仕事を整える").click()
    browser_page.locator(".st-key-shape-bar").wait_for()
    settled(browser_page)
    assert draft_in(browser_page) == shaped
    other = browser.new_context()
    page = other.new_page()
    visit(page, app_url, "shape")
    assert page.locator(".st-key-shape-bar").count() == 0, "another session must not see it"
    other.close()


def test_what_one_types_survives_a_reload_without_leaving_the_field(app_url: str, browser_page: Page):
    take_up(browser_page, app_url)
    browser_page.get_by_role("button", name="提案書をつくる").click()
    field = browser_page.get_by_label("指示をする人（役職）")
    field.wait_for()
    before = draft_in(browser_page)
    field.click()
    field.press_sequentially("介護主任", delay=40)
    changed(browser_page, before)
    browser_page.wait_for_function("() => /job=/.test(location.search)")
    browser_page.wait_for_timeout(1200)
    browser_page.reload()
    again = browser_page.get_by_label("指示をする人（役職）")
    again.wait_for(timeout=60_000)
    settled(browser_page)
    assert again.input_value() == "介護主任"


def test_the_browsers_way_back_takes_a_change_back(app_url: str, browser_page: Page):
    take_up(browser_page, app_url)
    before = draft_in(browser_page)
    block(browser_page).get_by_role("button", name="15分遅く").click()
    changed(browser_page, before)
    browser_page.go_back()
    browser_page.wait_for_timeout(800)
    settled(browser_page)
    assert draft_in(browser_page).slots == before.slots
    start = f"{before.slots[0].start // 60:02d}:{before.slots[0].start % 60:02d}"
    assert start in block(browser_page).locator("h3").inner_text()


def test_a_saved_job_is_opened_again_and_a_broken_file_is_explained(app_url: str, browser_page: Page, tmp_path: Path):
    take_up(browser_page, app_url)
    before = draft_in(browser_page)
    with browser_page.expect_download() as taken:
        browser_page.get_by_role("button", name="仕事の案を保存").click()
    assert taken.value.suggested_filename == "job-care-home-a-1.yaml"
    file = tmp_path / "job.yaml"
    taken.value.save_as(file)
    assert read_draft(file.read_bytes(), file.name) == before
    file.write_text(file.read_text("utf-8").replace("people: 1", "people: 2"), encoding="utf-8")
    browser_page.get_by_text("保存した案を開く").click()
    browser_page.set_input_files("input[type=file]", file)
    browser_page.get_by_text(file.name).first.wait_for()
    settled(browser_page)
    browser_page.get_by_role("button", name="開く", exact=True).click()
    assert changed(browser_page, before).people == 2
    broken = tmp_path / "broken.yaml"
    broken.write_text(file.read_text("utf-8").replace("weekday: mon", "weekday: moon"), encoding="utf-8")
    browser_page.set_input_files("input[type=file]", broken)
    browser_page.get_by_text(broken.name).first.wait_for()
    settled(browser_page)
    browser_page.get_by_role("button", name="開く", exact=True).click()
    table = browser_page.locator("table.co-problems")
    table.wait_for()
    assert "broken.yaml" in table.inner_text() and "weekday" in table.inner_text()
    assert draft_in(browser_page).people == 2, "the present job stays"


def test_the_proposal_is_seen_and_taken_along_in_every_kind(app_url: str, browser_page: Page, tmp_path: Path):
    take_up(browser_page, app_url)
    browser_page.get_by_role("button", name="提案書をつくる").click()
    field = browser_page.get_by_label("指示をする人（役職）")
    field.wait_for()
    field.fill("その日の介護リーダー")
    field.press("Enter")
    frame = browser_page.frame_locator("iframe")
    frame.get_by_text("その日の介護リーダー").first.wait_for()
    starts = {
        "Word": b"PK",
        "PDF": b"%PDF",
        "HTML": b"<!DOCTYPE html>",
        "Excel": b"PK",
        "カレンダー": b"BEGIN:VCALENDAR",
    }
    for name, start in starts.items():
        with browser_page.expect_download() as taken:
            browser_page.locator(".st-key-proposal-files").get_by_role("button", name=name).click()
        file = tmp_path / taken.value.suggested_filename
        taken.value.save_as(file)
        assert file.stem == "proposal-care-home-a-1"
        assert file.read_bytes().startswith(start), name
    word = zipfile.ZipFile(tmp_path / "proposal-care-home-a-1.docx").read("word/document.xml").decode()
    assert "その日の介護リーダー" in word


def test_a_centers_own_template_is_used_and_a_broken_one_explained(app_url: str, browser_page: Page, tmp_path: Path):
    take_up(browser_page, app_url)
    browser_page.get_by_role("button", name="提案書をつくる").click()
    browser_page.get_by_text("センターのひな形で作る（Word）").click()
    with browser_page.expect_download() as taken:
        browser_page.get_by_role("button", name="ひな形を受け取る").click()
    shipped = tmp_path / "shipped.docx"
    taken.value.save_as(shipped)
    document = docx.Document(str(shipped))
    document.paragraphs[0].insert_paragraph_before("みどり市シルバー人材センター")
    document.save(str(tmp_path / "own.docx"))
    browser_page.set_input_files("input[type=file]", tmp_path / "own.docx")
    browser_page.get_by_text("「own.docx」のひな形で作ります。").wait_for()
    settled(browser_page)
    with browser_page.expect_download() as taken:
        browser_page.locator(".st-key-proposal-files").get_by_role("button", name="Word").click()
    taken.value.save_as(tmp_path / "proposal.docx")
    text = "".join(p.text for p in docx.Document(str(tmp_path / "proposal.docx")).paragraphs)
    assert "みどり市シルバー人材センター" in text
    (tmp_path / "broken.docx").write_bytes(b"no archive")
    browser_page.set_input_files("input[type=file]", tmp_path / "broken.docx")
    table = browser_page.locator("table.co-problems")
    table.wait_for()
    assert "broken.docx" in table.inner_text()
    assert browser_page.get_by_text("「own.docx」のひな形で作ります。").count() == 1


def test_two_alternatives_stand_side_by_side(app_url: str, browser_page: Page):
    visit(browser_page, app_url, "jobs")
    browser_page.get_by_text("二つをくらべる").click()
    table = browser_page.locator("table.co-compare")
    table.wait_for()
    assert table.locator(".co-differs").count() >= 2
    boxes = browser_page.locator(".stExpander .stSelectbox")
    first = boxes.nth(0).locator("input").input_value()
    other = boxes.nth(1).locator("input").input_value()
    assert first != other
    heads = table.locator("th[scope=col]").all_inner_texts()
    assert heads == [first.replace("\u3000", " "), other.replace("\u3000", " ")] or heads == [first, other]


def test_the_keyboard_alone_changes_hours(app_url: str, browser_page: Page):
    take_up(browser_page, app_url)
    before = draft_in(browser_page)
    browser_page.locator("h1.co-title").click()
    for _ in range(60):
        browser_page.keyboard.press("Tab")
        if browser_page.evaluate("document.activeElement.closest('.st-key-hours-0 .stSelectbox') !== null"):
            break
    else:
        raise AssertionError("Tab never reached the hours")
    browser_page.keyboard.press("ArrowDown")
    browser_page.locator("[role=option]").first.wait_for()
    browser_page.keyboard.press("ArrowDown")
    browser_page.keyboard.press("Enter")
    assert changed(browser_page, before).slots[0].start != before.slots[0].start


def test_in_english_nothing_japanese_is_left_but_names(app_url: str, browser_page: Page):
    take_up(browser_page, app_url, "en")
    shown = browser_page.locator("label, .stMain button, summary, .co-outcome, .co-status, .co-lead").all_inner_texts()
    kana = [text for text in shown if re.search("[\u3040-\u30ff]", text) and "日本語" not in text]
    assert kana == []
    browser_page.get_by_role("button", name="Make the proposal").click()
    browser_page.get_by_label("Who directs (role)").wait_for()
    settled(browser_page)
    frame = browser_page.frame_locator("iframe")
    frame.locator("h1").wait_for()
    kept = frame.locator("body").inner_text().replace("介護老人ホームA", "")
    assert not re.search("[\u3040-\u30ff]", kept)


@pytest.mark.parametrize("page_name", ["shape", "proposal"])
def test_with_a_job_these_pages_are_as_wide_as_the_screen_and_fit_for_fingers(
    page_name: str, app_url: str, browser_page: Page
):
    take_up(browser_page, app_url)
    if page_name == "shape":
        block(browser_page).get_by_text("仕事を入れる・外す").click()
        browser_page.get_by_text("地域・日付・見積もりのもと").click()
    else:
        browser_page.get_by_role("button", name="提案書をつくる").click()
        browser_page.get_by_label("指示をする人（役職）").wait_for()
    settled(browser_page)
    for width in (1280, 820, 640):
        browser_page.set_viewport_size({"width": width, "height": 900})
        browser_page.wait_for_timeout(600)
        over = browser_page.evaluate(
            "() => { const m = document.querySelector('[data-testid=stMain]'); return m.scrollWidth - m.clientWidth }"
        )
        assert over <= 1, width
        # What Tab does not reach (a list's arrow, a calendar's sign) only repeats the field it stands in.
        sizes = browser_page.evaluate(
            """() => [...document.querySelectorAll('.stMain button, .stMain summary, .stMain .stSelectbox > div')]
                 .filter(e => e.offsetParent && !e.matches('[tabindex="-1"]')
                   && !e.closest('.stDataFrame, .js-plotly-plot, .stNumberInput'))
                 .map(e => [e.innerText.trim() || e.outerHTML.slice(0, 200), e.getBoundingClientRect().height])"""
        )
        assert sizes
        assert [pair for pair in sizes if pair[1] < 43.5] == [], width


@pytest.mark.parametrize("language", ["ja", "en"])
def test_pictures_of_shaping_and_proposing_are_taken_to_be_looked_at(
    language: str, app_url: str, browser_page: Page, tablet_page: Page, screenshots: Path
):
    for name, page in (("desk", browser_page), ("tablet", tablet_page)):
        take_up(page, app_url, language)
        see_whole(page, screenshots / f"shaping-{language}-{name}.png")
        page.locator(".st-key-shape-bar .stButton button").last.click()
        page.frame_locator("iframe").locator("h1").wait_for()
        see_whole(page, screenshots / f"proposing-{language}-{name}.png")
