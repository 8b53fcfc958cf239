"""Two people signed in in two browsers at one day: both keep their work, see the clash, and only their own sites."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from carveout.store import Member, Role, open_store
from tests.app.daybook_page import ME, Sheet, new_day, row, stands, with_store
from tests.app.opened import filled
from tests.app.provider import Provider, provided, write_secrets
from tests.app.servers import Server, served
from tests.conftest import DESK

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

WHO = ("hana@example.org", "ken@example.org")


@pytest.fixture
def provider() -> Iterator[Provider]:
    with provided() as running:
        yield running


@pytest.fixture
def server(tmp_path: Path, provider: Provider) -> Iterator[Server]:
    """A center: one site of both, and one of each."""
    with served(tmp_path, started=False) as center:
        write_secrets(tmp_path, provider, center.url)
        with closing(open_store(center.store)) as store:
            filled(store, "hana-site", "ken-site")
            for number, who in enumerate(WHO, 1):
                sites = ("home-x", f"{who.partition('@')[0]}-site")
                store.put_member(Member(who, f"jc-{number:02d}", Role.OBSERVER, sites), ME)
        center.start(CARVEOUT_ADMIN="chief@example.org", AUTHLIB_INSECURE_TRANSPORT="1")
        yield center


def sign_in(page: Page, server: Server, provider: Provider, who: str) -> None:
    provider.who = {"sub": who, "email": who, "email_verified": True}
    page.goto(f"{server.url}/archive?lang=ja")
    page.get_by_role("button", name="サインインする").click()
    page.get_by_test_id("stPopoverButton").filter(has_text="アカウント").wait_for(timeout=60_000)


def sign_out(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/archive?lang=ja")
    page.get_by_test_id("stPopoverButton").filter(has_text="アカウント").click()
    page.get_by_role("button", name="サインアウト").click()
    page.wait_for_url(re.compile(r":\d+/(\?.*)?$"))  # signing out leads to the first page
    page.locator("h1.co-title").wait_for()


def everything_kept_here(page: Page) -> str:
    return str(page.evaluate("JSON.stringify(localStorage)"))


@pytest.fixture
def two(browser: Browser, server: Server, provider: Provider) -> Iterator[list[Page]]:
    """Two browsers that know nothing of each other, each signed in as somebody else."""
    with ExitStack() as closes:
        pages = []
        for who in WHO:
            context = browser.new_context(
                viewport={"width": DESK[0], "height": DESK[1]}, locale="ja-JP", timezone_id="Asia/Tokyo"
            )
            closes.callback(context.close)
            context.set_default_timeout(30_000)
            pages.append(context.new_page())
            sign_in(pages[-1], server, provider, who)
        yield pages


def test_both_keep_their_work_on_one_day_see_the_clash_and_never_each_other_s_typing(server: Server, two: list[Page]):
    key = new_day(server, row("a", 540, 550, "serving", "s1"))
    hana, ken = (Sheet(page, server.url).open(key) for page in two)
    # Both write at once, one with a line still half typed.
    hana.write("9:20-9:30 下膳 s1")
    ken.write("9:40-9:50 清掃 s2")
    ken.line.fill("10:00-10:10 ひみつの")
    hana.kept()
    ken.kept()
    for sheet in (hana, ken):
        sheet.rows.nth(2).wait_for()  # the other's row comes by itself
    assert ken.line.input_value() == "10:00-10:10 ひみつの", "what comes from elsewhere disturbs no typing"
    assert "ひみつの" not in hana.page.locator("body").inner_text() + everything_kept_here(hana.page)
    # Both correct one row without having seen the other's correction.
    ken.page.context.set_offline(True)
    correct(ken, 0, "与薬")
    correct(hana, 0, "記録")
    hana.kept()
    ken.page.context.set_offline(False)
    ken.kept()
    clash = ken.page.locator(".clash")
    clash.wait_for()
    assert "与薬" in clash.inner_text() and "記録" in clash.inner_text()
    hana.page.locator(".clash").wait_for()
    rows = stands(server, key)
    assert [one[:2] for one in rows] == [(540, 550), (560, 570), (580, 590)]
    with closing(with_store(server)) as store:
        assert {one.who for one in store.history(key) if one.kind == "edit"} == set(WHO)
        assert len(store.clashes(key)) == 1


def correct(sheet: Sheet, number: int, task: str) -> None:
    """Another task for a row, by the keyboard."""
    sheet.cell(number, "task").click()
    sheet.keys("Enter")
    sheet.page.keyboard.press("ControlOrMeta+a")
    sheet.page.keyboard.insert_text(task)
    sheet.keys("Enter")


def test_each_sees_the_sites_they_are_named_for_and_no_day_of_another(server: Server, two: list[Page]):
    new_day(server)
    with closing(with_store(server)) as store:
        days = {who: store.days(f"{who.partition('@')[0]}-site")[0].key for who in WHO}
    for page, own, other in zip(two, WHO, reversed(WHO), strict=True):
        for where in ("archive", "live", "record"):
            page.goto(f"{server.url}/{where}?lang=ja")
            page.get_by_text("ひまわり苑" if where != "live" else own.partition("@")[0]).first.wait_for()
            text = page.locator("[data-testid=stMain]").inner_text()
            assert f"{own.partition('@')[0]}-site" in text, where
            assert f"{other.partition('@')[0]}-site" not in text, where
        for where in ("record", "live"):
            page.goto(f"{server.url}/{where}?day={days[other]}&lang=ja")
            page.locator("h1.co-title").wait_for()
            page.wait_for_timeout(1_500)
            text = page.locator("[data-testid=stMain]").inner_text()
            assert page.locator("#line").count() == page.locator(".live .top").count() == 0, where
            assert f"{other.partition('@')[0]}-site" not in text, where


def test_on_one_tablet_what_one_has_not_sent_goes_out_in_no_other_name(
    server: Server, provider: Provider, browser_page: Page
):
    page = browser_page
    key = new_day(server)
    sign_in(page, server, provider, WHO[0])
    sheet = Sheet(page, server.url).open(key)
    server.end(hard=True)
    sheet.write("9:00-9:10 配膳 s1")
    sheet.line.fill("9:10-9:20 ひみつの")
    page.locator(".state").filter(has_text="1件").wait_for()
    server.start(CARVEOUT_ADMIN="chief@example.org", AUTHLIB_INSECURE_TRANSPORT="1")
    sign_out(page, server)
    sign_in(page, server, provider, WHO[1])
    Sheet(page, server.url).open(key)
    page.wait_for_timeout(3_000)
    assert stands(server, key) == []
    assert page.locator("tr.coming, .outbox li").count() == 0 and sheet.line.input_value() == ""
    page.goto(f"{server.url}/live?day={key}&lang=ja")
    page.locator(".notice").filter(has_text="ほかの人の未送信が1件").wait_for()
    sign_out(page, server)
    sign_in(page, server, provider, WHO[0])
    page.goto(f"{server.url}/live?lang=ja")
    page.get_by_role("link", name="その日を開いて保存する（1件）").click()
    sheet.ready()
    sheet.kept()
    assert [one[:2] for one in stands(server, key)] == [(540, 550)]
    with closing(with_store(server)) as store:
        assert [one.who for one in store.history(key) if one.kind == "edit"] == [WHO[0]]
