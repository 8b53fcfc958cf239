"""What people do with their records, in a real Chromium at desk and tablet size, each on a server of the test's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from carveout.exchange import read_file
from carveout.store import Edit, open_store
from carveout.workday import Change, Row, new_id
from tests.app.opened import JC, filled
from tests.app.servers import Server, served

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

LOG = (
    "日付,開始,終了,業務内容,担当,天気\n"
    "2026-06-01,9:00,9:30,配膳,s1,晴れ\n"
    "2026-06-01,9:30,9:45,だんごむし探し,山田花子,晴れ\n"
).encode()


@pytest.fixture(params=["desk", "tablet"])
def page(request: pytest.FixtureRequest) -> Iterator[Page]:
    """The same journey at both sizes."""
    return request.getfixturevalue("browser_page" if request.param == "desk" else "tablet_page")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with served(tmp_path) as running:
        yield running


def settled(page: Page) -> None:
    page.wait_for_function("!document.querySelector('[data-testid=stStatusWidget], [data-stale=true]')")
    page.wait_for_timeout(500)


def visit(page: Page, server: Server, path: str = "archive") -> None:
    page.goto(f"{server.url}/{path}")
    page.locator("h1.co-title").wait_for(timeout=60_000)
    settled(page)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    settled(page)


def fill(page: Page, label: str, text: str) -> None:
    field = page.get_by_label(label, exact=True).first
    field.fill(text)
    field.press("Tab")
    settled(page)


def shown(page: Page) -> str:
    return page.locator("[data-testid=stMain]").inner_text()


def says(page: Page, words: str) -> None:
    """Wait until the page says these words."""
    page.locator("[data-testid=stMain]").filter(has_text=words).wait_for(timeout=60_000)


def test_from_nothing_to_a_day_one_can_write_into(server: Server, page: Page, screenshots: Path):
    visit(page, server)
    fill(page, "施設の呼び名", "さくら苑")
    press(page, "施設をつくる")
    page.wait_for_url(re.compile("site=store.care-home-1"))
    fill(page, "ユニット", "ユニット1")
    fill(page, "観察者（記号）", "jc-01")
    fill(page, "勤務時間", "7:00-12:00, 12:45-16:00")
    page.screenshot(path=screenshots / f"archive-new-day-{page.viewport_size['width']}.png")
    press(page, "つくって、書きはじめる")
    page.wait_for_url(re.compile(r"/record\?.*day="))
    with closing(open_store(server.store)) as store:
        (info,) = store.days("care-home-1")
        people = store.day(info.key).workday.staff
    assert f"day={info.key}" in page.url
    assert (info.unit, info.observer) == ("ユニット1", "jc-01")
    assert [one.on for one in people] == [((420, 720), (765, 960)), ()]
    visit(page, server, "archive?site=store.care-home-1")
    page.get_by_text("ユニット1").first.wait_for()
    says(page, "観察者 jc-01・0行")
    page.reload()
    page.locator("h1.co-title").wait_for(timeout=60_000)
    settled(page)
    says(page, "さくら苑")  # a reload stays where one was


def test_a_log_of_another_program_comes_in_after_its_questions(server: Server, page: Page, tmp_path: Path):
    with closing(open_store(server.store)) as store:
        filled(store, "a", dates=("2026-05-01",))
    file = tmp_path / "log.csv"
    file.write_bytes(LOG)
    visit(page, server, "archive?site=store.a&part=import")
    page.set_input_files("input[type=file]", file)
    page.get_by_text("だんごむし探し").first.wait_for()
    settled(page)
    says(page, "天気")  # a column that is left aside is named
    meant = page.get_by_role("combobox", name=re.compile("だんごむし探し"))
    meant.click()
    meant.fill("戸外遊び")
    page.get_by_role("option", name="戸外遊び", exact=True).click()
    settled(page)
    fill(page, "山田花子 の記号", "k3")
    press(page, "この内容で取り込む")
    page.get_by_text("1日分を取り込みました").wait_for()
    with closing(open_store(server.store)) as store:
        new = next(info for info in store.days("a") if info.date == "2026-06-01")
        rows = store.day(new.key).workday.rows
    assert [(row.task, row.staff) for row in rows] == [("serving", ("s1",)), ("outdoor_play", ("k3",))]


def test_a_site_leaves_as_a_file_that_can_be_read_again(server: Server, page: Page):
    with closing(open_store(server.store)) as store:
        filled(store, "a")
    visit(page, server, "archive?site=store.a&part=export")
    says(page, "記録のすべてが残ります")
    with page.expect_download() as caught:
        press(page, "ファイルにする")
    download = caught.value
    assert download.suggested_filename == "a-2026-06-01-2026-06-02-unit-1.yaml"
    found = read_file(download.suggested_filename, Path(download.path()).read_bytes())
    assert [(one.date, len(one.rows)) for one in found.days] == [("2026-06-01", 2), ("2026-06-02", 2)]


def test_a_change_is_taken_back_after_the_plug_was_pulled(server: Server, page: Page):
    with closing(open_store(server.store)) as store:
        filled(store, "a", dates=("2026-06-01",))
        (info,) = store.days("a")
    visit(page, server, "archive?site=store.a")
    press(page, "ほか")
    press(page, "日付・職員を直す")
    fill(page, "観察者（記号）", "jc-99")
    press(page, "保存する")
    page.get_by_text("観察者 jc-99").wait_for()
    server.end(hard=True)
    server.start()
    visit(page, server, "archive?site=store.a&part=history")
    page.get_by_text("jc-01 → jc-99").wait_for()
    press(page, "自分の変更を一つ取り消す")
    page.get_by_text("jc-99 → jc-01").wait_for()
    with closing(open_store(server.store)) as store:
        assert store.day(info.key).workday.observer == "jc-01"


def test_a_row_saved_shows_on_the_map_at_the_next_look(server: Server, browser_page: Page):
    with closing(open_store(server.store)) as store:
        filled(store, "a")
        visit(browser_page, server, "?site=store.a")
        figure = browser_page.locator(".js-plotly-plot")
        figure.wait_for()
        assert figure.get_by_text("入浴介助").count() == 0
        for info in store.days("a"):
            row = Row(new_id(), 660, 720, "入浴介助", ("s1",))
            store.save(info.key, Edit(new_id(), "add", (Change(None, row),)), JC)
    browser_page.get_by_test_id("stTopNavLink").filter(has_text="観察記録").click()
    settled(browser_page)
    browser_page.get_by_test_id("stTopNavLink").filter(has_text="切り出しマップ").click()
    browser_page.locator(".js-plotly-plot").get_by_text("入浴介助").first.wait_for()


def test_menus_hold_every_page_within_a_tablets_width(server: Server, tablet_page: Page):
    visit(tablet_page, server)
    for group, name, heading in (
        ("記録する", "一日を書く", "一日を書く"),
        ("読み解く", "説明", "説明"),
        ("仕事にする", "提案書", "提案書"),
    ):
        tablet_page.get_by_test_id("stTopNavSection").filter(has_text=group).tap()
        link = tablet_page.get_by_test_id("stTopNavDropdownLink").filter(has_text=name)
        box = link.bounding_box()
        assert box and box["height"] >= 44 and box["x"] + box["width"] <= 820
        link.tap()
        tablet_page.get_by_role("heading", name=heading, exact=True).first.wait_for()
        settled(tablet_page)


def test_the_keyboard_alone_makes_a_site_and_opens_a_day(server: Server, browser_page: Page):
    visit(browser_page, server)
    browser_page.get_by_label("施設の呼び名", exact=True).focus()
    browser_page.keyboard.type("うめ苑")
    browser_page.keyboard.press("Tab")
    settled(browser_page)
    for _ in range(8):
        if browser_page.evaluate("document.activeElement.innerText") == "施設をつくる":
            break
        browser_page.keyboard.press("Tab")
    browser_page.keyboard.press("Enter")
    browser_page.wait_for_url(re.compile("site=store.care-home-1"))
    settled(browser_page)
    says(browser_page, "うめ苑")


def test_with_sign_in_set_up_nobody_sees_a_site_before_signing_in(tmp_path: Path, browser_page: Page):
    with served(tmp_path, started=False) as center:
        (tmp_path / ".streamlit").mkdir()
        (tmp_path / ".streamlit" / "secrets.toml").write_text(
            f'[auth]\nredirect_uri = "{center.url}/oauth2callback"\ncookie_secret = "{"x" * 40}"\nclient_id = "c"\n'
            'client_secret = "s"\nserver_metadata_url = "http://127.0.0.1:9/.well-known/openid-configuration"\n',
            encoding="utf-8",
        )
        with closing(open_store(center.store)) as store:
            filled(store, "a")
        center.start(CARVEOUT_ADMIN="chief@example.org")
        for path in ("archive?site=store.a", "archive", "record", "live"):
            visit(browser_page, center, path)
            browser_page.get_by_role("heading", name="サインインしてください").wait_for()
            assert "施設 a" not in shown(browser_page)
        visit(browser_page, center, "?site=store.a")
        browser_page.locator(".js-plotly-plot").wait_for()
        assert "施設 a" not in shown(browser_page)
