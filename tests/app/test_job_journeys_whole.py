"""Whole ways through the jobs, on a desk, on a tablet by touch, by keyboard alone, and with files at their extremes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pytest

from carveout import bundled
from tests.app.test_job_journeys import block, changed, choose, draft_in
from tests.app.test_journeys import GOOD, choose_file, settled, visit

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser

ROLE = "その日の介護リーダー"
LONG = "とても長い名前の業務" * 4


def press(page: Page, button: Locator) -> None:
    """With a finger where there is one, else with the mouse."""
    touched = page.evaluate("navigator.maxTouchPoints > 0")
    button.scroll_into_view_if_needed()
    button.tap() if touched else button.click()


def saved(page: Page, button: Locator, into: Path) -> Path:
    """The file that a button gives."""
    with page.expect_download() as taken:
        press(page, button)
    file = into / taken.value.suggested_filename
    taken.value.save_as(file)
    return file


def to_jobs(page: Page) -> None:
    """By the menu, once a file was read."""
    page.get_by_test_id("stAlertContentSuccess").first.wait_for()
    press(page, page.get_by_test_id("stTopNavSection").filter(has_text="仕事にする"))
    press(page, page.get_by_test_id("stTopNavDropdownLink").filter(has_text="仕事の候補"))
    page.locator("h1.co-title", has_text="仕事の候補").wait_for()
    settled(page)


def too_wide(page: Page) -> int:
    """By how much the page would have to be scrolled sideways."""
    return int(
        page.evaluate("(() => { const m = document.querySelector('[data-testid=stMain]');"
                      "return m.scrollWidth - m.clientWidth })()")
    )  # fmt: skip


@pytest.mark.parametrize("screen", ["browser_page", "tablet_page"])
def test_from_a_site_to_a_signed_sheet_and_back_to_the_saved_job(
    screen: str, app_url: str, request: pytest.FixtureRequest, tmp_path: Path
):
    page: Page = request.getfixturevalue(screen)
    visit(page, app_url, "jobs")
    choose(page, page.locator(".stSelectbox").first, "保育園")
    assert "月" in page.locator(".co-card h3", has_text="簡易ベッドのセット").first.inner_text()
    press(page, page.get_by_role("button", name="この仕事を整える").nth(1))
    page.locator(".st-key-shape-bar").wait_for()
    settled(page)
    first = draft_in(page)
    assert any(len(slot.tasks) > 1 for slot in first.slots if "bed_setting" in dict(slot.tasks)), "beds in company"

    press(page, block(page).get_by_role("button", name="15分遅く"))
    moved = changed(page, first)
    told = page.locator(".co-status").inner_text()
    choose(page, block(page).locator(".stSelectbox").nth(1), "21:00")
    too_long = page.locator(".st-key-outcome .co-broken", has_text="1回")
    too_long.first.wait_for()
    assert all("出典：" in text for text in page.locator(".st-key-outcome .co-broken").all_inner_texts())
    longer = changed(page, moved)
    press(page, page.get_by_role("button", name="元に戻す"))
    too_long.first.wait_for(state="detached")
    assert (changed(page, longer), page.locator(".co-status").inner_text()) == (moved, told)
    job_file = saved(page, page.get_by_role("button", name="仕事の案を保存"), tmp_path)

    press(page, page.get_by_role("button", name="提案書をつくる"))
    field = page.get_by_label("指示をする人（役職）")
    field.wait_for()
    settled(page)
    field.fill(ROLE)
    field.press("Enter")
    page.frame_locator("iframe").get_by_text(ROLE).first.wait_for()
    word = saved(page, page.locator(".st-key-proposal-files").get_by_role("button", name="Word"), tmp_path)
    document = docx.Document(str(word))
    cells = "".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    assert ROLE in cells and "簡易ベッドのセット" in cells
    assert too_wide(page) <= 1

    press(page, page.locator(".st-key-proposal-files").get_by_role("button", name="仕事を整える"))
    page.locator(".st-key-shape-bar").wait_for()
    settled(page)
    page.get_by_text("保存した案を開く").click()
    page.set_input_files("input[type=file]", job_file)
    page.get_by_text(job_file.name).first.wait_for()
    settled(page)
    answered = draft_in(page)
    press(page, page.get_by_role("button", name="開く", exact=True))
    again = changed(page, answered)
    assert (again.slots, again.answers) == (moved.slots, {}), "the file holds what it held when it was saved"


def focus(page: Page, selector: str) -> None:
    """Press Tab until the focus stands in what a selector names."""
    for _ in range(90):
        if page.evaluate("s => document.activeElement.closest(s) !== null", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reached {selector}")


def test_the_keyboard_alone_takes_a_job_up_changes_it_and_gets_the_sheet(
    app_url: str, browser_page: Page, tmp_path: Path
):
    visit(browser_page, app_url, "jobs")
    browser_page.locator("h1.co-title").click()
    focus(browser_page, ".st-key-jobs-shape-0 button")
    browser_page.keyboard.press("Enter")
    browser_page.locator(".st-key-shape-bar").wait_for()
    settled(browser_page)
    before = draft_in(browser_page)
    focus(browser_page, ".st-key-shape-move-0-15 button")
    browser_page.keyboard.press("Space")
    moved = changed(browser_page, before)
    assert moved.slots[0].start == before.slots[0].start + 15
    assert browser_page.evaluate("document.activeElement.closest('.st-key-shape-move-0-15') !== null")
    browser_page.locator("h1.co-title").click()
    focus(browser_page, ".st-key-shape-to_proposal button")
    browser_page.keyboard.press("Enter")
    browser_page.get_by_label("指示をする人（役職）").wait_for()
    settled(browser_page)
    browser_page.locator("h1.co-title").click()
    focus(browser_page, ".st-key-proposal-docx button")
    with browser_page.expect_download() as taken:
        browser_page.keyboard.press("Enter")
    taken.value.save_as(tmp_path / "sheet.docx")
    assert docx.Document(str(tmp_path / "sheet.docx")).tables


def test_names_of_forty_characters_fit_every_page(app_url: str, tablet_page: Page, tmp_path: Path):
    (home,) = (path for path in bundled.paths() if "care-home" in path.name)
    text = home.read_text("utf-8").replace("unit-1", "ユニット名がとても長い" * 3).replace("care-home-a", "long-names")
    text = text.replace("name: 介護老人ホームA", f"name: {'長い名前の施設です' * 4}")
    names = "".join(f"  {code}: {{ja: {LONG}{at}, en: {LONG}{at}}}\n" for at, code in enumerate(
        ("recreation", "watching_over", "listening", "lunch_assist", "linen_change")
    ))  # fmt: skip
    choose_file(tablet_page, app_url, tmp_path, "long.yaml", text.replace("\ndays:", f"\ntasks:\n{names}days:"))
    for page_name in ("仕事の候補", "仕事を整える", "提案書"):
        if page_name == "仕事の候補":
            to_jobs(tablet_page)
        elif page_name == "仕事を整える":
            press(tablet_page, tablet_page.get_by_role("button", name="この仕事を整える").first)
        else:
            press(tablet_page, tablet_page.get_by_role("button", name="提案書をつくる"))
        tablet_page.locator("h1.co-title", has_text=page_name).wait_for()
        settled(tablet_page)
        assert LONG in tablet_page.locator("body").inner_text() or page_name == "提案書"
        assert too_wide(tablet_page) <= 1, page_name
        cut = tablet_page.evaluate(
            """() => [...document.querySelectorAll('.stHtml *')].filter(e => e.offsetParent && e.children.length === 0
                 && e.getBoundingClientRect().right > innerWidth + 1).map(e => e.textContent.slice(0, 60))"""
        )
        assert cut == [], page_name


def test_one_row_makes_no_job_but_says_why_and_gives_a_sheet(app_url: str, browser_page: Page, tmp_path: Path):
    choose_file(browser_page, app_url, tmp_path, "one.yaml", GOOD)
    to_jobs(browser_page)
    waiting = browser_page.get_by_role("button", name="事業者に渡す説明（Word）")
    waiting.wait_for()
    settled(browser_page)
    sheet = docx.Document(str(saved(browser_page, waiting, tmp_path)))
    assert sheet.paragraphs
    press(browser_page, browser_page.get_by_role("button", name="自分で仕事を組んでみる"))
    browser_page.locator(".st-key-shape-bar").wait_for()
    settled(browser_page)
    press(browser_page, browser_page.get_by_role("button", name="時間を加える"))
    block(browser_page).wait_for()
    settled(browser_page)
    assert browser_page.locator("[data-testid=stException]").count() == 0
    assert browser_page.locator(".st-key-outcome .co-broken").count() >= 1, "one day is too little to rest on"
