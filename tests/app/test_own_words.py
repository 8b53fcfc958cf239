"""Where Streamlit has only English words, ours stand in the language of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from carveout.language import Language
from tests.app.opened import word

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def reads(page: Page, selector: str, words: str) -> None:
    """Wait until these words stand in place of Streamlit's own."""
    page.wait_for_function(
        """([selector, words]) => {
            const element = document.querySelector(selector);
            return element && getComputedStyle(element, '::after').content === JSON.stringify(words);
        }""",
        arg=[selector, words],
    )


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_list_without_a_match_says_so(app_url: str, browser_page: Page, language: Language) -> None:
    browser_page.goto(f"{app_url}/verdicts?lang={language}")
    browser_page.locator("h1.co-title").wait_for()
    field = browser_page.get_by_role("combobox").first
    field.click()
    field.fill("zzzz")
    reads(
        browser_page,
        '[data-testid="stSelectboxVirtualDropdown"] [role="option"] > span',
        word("app.no_match", language),
    )


def test_pages_that_do_not_fit_are_counted_in_our_words(app_url: str, tablet_page: Page) -> None:
    tablet_page.goto(f"{app_url}/about?lang=en")
    reads(tablet_page, '.rc-overflow-item-rest [data-testid="stTopNavSection"] p', word("nav.more", "en"))
