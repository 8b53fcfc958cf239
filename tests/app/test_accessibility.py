"""Every page in both languages under axe-core, and what it cannot see: paper, and what one press brings into sight."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.base import AXE_FILE_PATH

from carveout import bundled
from carveout.app.places import FIRST, PAGES
from carveout.language import LANGUAGES
from carveout.observations import read
from carveout.store import By, open_store
from carveout.workday import workdays_of
from tests.app.servers import Server, served
from tests.app.test_journeys import point_and_click, settled, visit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
DAYS = 3


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, str]]:
    """An app whose store holds both bundled sites, and the key of one of its days."""
    home = tmp_path_factory.mktemp("kept")
    with served(home, started=False) as server:
        store = open_store(server.store)
        for head, days in workdays_of(read(bundled.paths()).timeline):
            store.import_days(head, days[:DAYS], By("jc-01"))
        key = store.days("care-home-a")[0].key
        store.close()
        server.start()
        yield server, key


def grave(page: Page) -> list[str]:
    """Serious and critical violations, each with what it is about. None of Streamlit's own is let pass."""
    page.evaluate(AXE_FILE_PATH.read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert len(found["passes"]) > 10, "axe looked at an empty page"
    return [
        f"{one['id']}: {node['target']} {node['html'][:200]}"
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_no_page_has_a_serious_fault(name: str, language: str, kept: tuple[Server, str], browser_page: Page):
    server, day = kept
    query = {"day": day} if name in ("record", "live") else {}
    visit(browser_page, server.url, "" if name == FIRST else name, lang=language, site="store.care-home-a", **query)
    assert grave(browser_page) == []


@pytest.mark.parametrize("size", ["desk", "tablet"])
def test_one_press_on_a_verdict_shows_why_without_scrolling_and_escape_closes_it(
    size: str, app_url: str, browser_page: Page, tablet_page: Page
):
    page = {"desk": browser_page, "tablet": tablet_page}[size]
    visit(page, app_url, "verdicts")
    box = page.locator("[data-testid=stDataFrame]").first.bounding_box()
    assert box
    point_and_click(page, box["x"] + 80, box["y"] + 44 + 22)
    page.locator(".co-verdict").first.wait_for()
    settled(page)
    assert page.viewport_size
    for seen in (page.locator(".co-verdict .co-reason").first, page.get_by_role("button", name="わけを閉じる")):
        place = seen.bounding_box()
        assert place
        assert 0 <= place["y"] < place["y"] + place["height"] <= page.viewport_size["height"]
    assert grave(page) == []
    page.keyboard.press("Escape")
    page.locator(".co-verdict").first.wait_for(state="detached")
    settled(page)
    point_and_click(page, box["x"] + 80, box["y"] + 44 + 22)
    page.locator(".co-verdict").first.wait_for()


def test_verdicts_are_printed_whole_and_the_map_as_wide_as_the_paper(app_url: str, browser_page: Page, tmp_path: Path):
    visit(browser_page, app_url, "verdicts")
    rows = browser_page.locator(".co-paper tbody tr")
    assert rows.count() > 50
    assert not rows.first.is_visible()
    browser_page.emulate_media(media="print")
    assert rows.last.is_visible()
    assert not browser_page.locator("[data-testid=stDataFrame]").first.is_visible()
    browser_page.emulate_media(media="screen")
    visit(browser_page, app_url)
    browser_page.locator(".js-plotly-plot .barlayer").wait_for()
    browser_page.pdf(path=tmp_path / "map.pdf", format="A4")
    said = subprocess.run(["pdftotext", "-bbox", tmp_path / "map.pdf", "-"], capture_output=True, check=True).stdout
    sheet = float(re.findall(rb'<page width="([0-9.]+)"', said)[0])
    last = [float(x) for x in re.findall(rb'xMax="([0-9.]+)"[^>]*>20', said)]
    assert last, "the map's last hour is not on the paper"
    assert max(last) <= sheet


def test_who_wants_less_motion_gets_none(app_url: str, browser_page: Page):
    browser_page.emulate_media(reduced_motion="reduce")
    visit(browser_page, app_url, "about")
    longest = browser_page.evaluate(
        "Math.max(...[...document.querySelectorAll('*')].map(e => parseFloat(getComputedStyle(e).transitionDuration)))"
    )
    assert longest <= 0.001
