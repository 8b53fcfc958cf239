"""A coordinator answers a verdict in a real Chromium, at a desk with the keyboard and on a tablet by touch."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from carveout import bundled
from carveout.app.sites import stored_key
from carveout.observations import read
from carveout.store import By, open_store
from carveout.workday import workdays_of
from tests.conftest import ROOT, _await_health, environment

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser
SITE = "care-home-a"
REASON = "入居者の希望があり、今は職員だけが聞くことにしている"


@pytest.fixture(scope="module")
def kept_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An app whose store holds the bundled care home."""
    home = tmp_path_factory.mktemp("kept")
    store = open_store(f"sqlite:///{home / 'store.sqlite'}")
    home_a = read([next(path for path in bundled.paths() if "care-home" in path.name)]).timeline
    for head, days in workdays_of(home_a):
        store.import_days(head, days, By("test"))
    store.close()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log: Path = home / "log.txt"
    with log.open("wb") as stream:
        server = subprocess.Popen(
            [sys.executable, "-m", "carveout", "app", "--port", str(port)],
            cwd=ROOT,
            env=environment(HOME=str(home), CARVEOUT_STORE=f"sqlite:///{home / 'store.sqlite'}"),
            stdout=stream,
            stderr=subprocess.STDOUT,
        )
    try:
        _await_health(f"http://127.0.0.1:{port}", server, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)


def settled(page: Page) -> None:
    """Wait until Streamlit has nothing more to do."""
    page.wait_for_function("!document.querySelector('[data-testid=stStatusWidget], [data-stale=true]')")
    page.wait_for_timeout(600)


def verdicts(page: Page, url: str, task: str) -> Locator:
    """The page of verdicts with a task opened, and the form beside it unfolded."""
    page.goto(f"{url}/verdicts?site={stored_key(SITE)}&unit=unit-1&lang=ja")
    chooser = page.get_by_label("業務をえらんで")
    chooser.wait_for(timeout=60_000)
    settled(page)
    chooser.scroll_into_view_if_needed()
    settled(page)
    chooser.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.type(task)
    page.get_by_role("option", name=re.compile(f"^{task} 10:19")).wait_for()
    page.wait_for_timeout(400)
    page.keyboard.press("Enter")
    settled(page)
    form = page.locator("[data-testid=stExpander]", has_text="担当者の判断を書く")
    form.wait_for()
    settled(page)
    return form


def unfold(page: Page, form: Locator) -> None:
    form.locator("summary").click()
    form.get_by_role("button", name="この判断にする").wait_for()
    settled(page)


def fill_in(page: Page, form: Locator) -> None:
    form.get_by_text(re.compile("^添う 10:19")).click()
    settled(page)
    form.get_by_text("× 適当ではない", exact=True).click()
    settled(page)
    form.get_by_role("textbox", name="理由（10字以上").fill(REASON)
    form.get_by_role("textbox", name="だれの判断か").fill("jc-01")


def test_at_a_desk_a_judgement_is_put_survives_reloading_and_is_withdrawn(kept_url: str, browser_page: Page):
    page = browser_page
    form = verdicts(page, kept_url, "傾聴")
    unfold(page, form)
    fill_in(page, form)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("担当者の判断を残しました").wait_for()
    page.locator(".co-chip", has_text="担当者の判断").first.wait_for()
    page.reload()
    form = verdicts(page, kept_url, "傾聴")
    assert page.locator(".co-verdict", has_text=REASON).count() >= 1
    assert page.get_by_text("［担］担当者の判断").count() >= 1
    unfold(page, form)
    form.get_by_role("textbox", name="取り下げる理由").fill("もう一度、規則の答えに戻すことにした")
    form.get_by_role("button", name="取り下げる").click()
    page.get_by_text("取り下げました").wait_for()
    settled(page)
    assert page.locator(".co-verdict", has_text=REASON).count() == 0


def test_on_a_tablet_everything_to_touch_is_large_enough_and_a_short_reason_is_refused(
    kept_url: str, tablet_page: Page, screenshots: Path
):
    page = tablet_page
    form = verdicts(page, kept_url, "傾聴")
    unfold(page, form)
    form.get_by_text(re.compile("^添う 10:19")).tap()
    settled(page)
    form.get_by_text("△ 条件付き", exact=True).tap()
    settled(page)
    form.get_by_text(re.compile("^いつでも")).tap()
    settled(page)
    form.get_by_role("textbox", name="理由（10字以上").fill("短い")
    form.get_by_role("textbox", name="だれの判断か").fill("jc-01")
    form.get_by_role("button", name="この判断にする").tap()
    page.get_by_text("理由が短すぎます（2字）").wait_for()
    assert form.get_by_role("textbox", name="理由（10字以上").input_value() == "短い"
    sizes = [b.bounding_box() for b in form.locator("button:visible").all()]
    assert sizes and all(size and size["height"] >= 44 for size in sizes)
    page.screenshot(path=screenshots / "overriding-ja-tablet.png")
    form.get_by_role("textbox", name="理由（10字以上").fill(REASON)
    form.get_by_role("button", name="この判断にする").tap()
    page.get_by_text("担当者の判断を残しました").wait_for()
    page.goto(f"{kept_url}/jobs?site={stored_key(SITE)}&unit=unit-1&lang=ja")
    marked = page.locator(".co-task:visible", has_text="傾聴").locator(".co-chip:visible")
    marked.first.wait_for(timeout=60_000)
    assert "担当者の判断" in marked.first.inner_text()
