"""Signing in for real: a provider, the secrets file as the center's guide describes it, a browser, rights that hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from carveout.store import Member, Role, open_store
from tests.app.opened import JC, filled
from tests.app.provider import Provider, provided, write_secrets
from tests.app.servers import Server, served

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


@pytest.fixture
def provider() -> Iterator[Provider]:
    with provided() as running:
        yield running


@pytest.fixture
def server(tmp_path: Path, provider: Provider) -> Iterator[Server]:
    """A center: two sites, and one member who is named for the first."""
    with served(tmp_path, started=False) as center:
        write_secrets(tmp_path, provider, center.url)
        with closing(open_store(center.store)) as store:
            filled(store, "mine", "theirs")
            store.put_member(Member("jc@example.org", "jc-01", Role.COORDINATOR, ("mine",)), JC)
        center.start(CARVEOUT_ADMIN="chief@example.org", AUTHLIB_INSECURE_TRANSPORT="1")
        yield center


def says(page: Page, *words: str) -> str:
    """What the page shows, once it says all of these words."""
    page.locator("h1.co-title").wait_for(timeout=60_000)
    main = page.locator("[data-testid=stMain]")
    for word in words:
        main.filter(has_text=word).wait_for(timeout=60_000)
    return main.inner_text()


def sign_in(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/archive")
    says(page, "サインインしてください")
    page.get_by_role("button", name="サインインする").click()
    page.get_by_test_id("stPopoverButton").filter(has_text="アカウント").wait_for(timeout=60_000)


def sign_out(page: Page) -> None:
    with page.expect_response(re.compile("/auth/logout")):  # whoever goes on before it has come stays signed in
        page.get_by_role("button", name="サインアウト").first.click()
    page.get_by_test_id("stPopoverButton").filter(has_text="アカウント").wait_for(state="detached")


def test_a_member_signs_in_sees_its_site_and_signs_out(server: Server, provider: Provider, browser_page: Page):
    provider.who = {"sub": "1", "email": "JC@example.org", "email_verified": True}
    sign_in(browser_page, server)
    browser_page.goto(f"{server.url}/archive")
    assert "施設 theirs" not in says(browser_page, "施設 mine")
    browser_page.goto(f"{server.url}/archive?site=store.theirs")
    says(browser_page, "見つかりません")
    browser_page.get_by_test_id("stPopoverButton").filter(has_text="アカウント").click()
    browser_page.get_by_text(re.compile("jc-01")).wait_for()
    sign_out(browser_page)
    browser_page.goto(f"{server.url}/archive")
    says(browser_page, "サインインしてください")


def test_a_stranger_is_told_whom_to_ask_and_a_new_member_is_let_in(
    server: Server, provider: Provider, browser_page: Page
):
    provider.who = {"sub": "2", "email": "new@example.org", "email_verified": True}
    sign_in(browser_page, server)
    browser_page.goto(f"{server.url}/archive")
    text = says(browser_page, "new@example.org", "chief@example.org")
    assert "施設" not in text.replace("施設と自分", "")[:20]
    with closing(open_store(server.store)) as store:
        store.put_member(Member("new@example.org", "jc-02", Role.OBSERVER, ("theirs",)), JC)
    browser_page.goto(f"{server.url}/archive")
    assert "施設 mine" not in says(browser_page, "施設 theirs")


def test_the_first_administrator_comes_in_by_its_verified_address_alone(
    server: Server, provider: Provider, browser_page: Page
):
    provider.who = {"sub": "3", "email": "chief@example.org"}
    sign_in(browser_page, server)
    browser_page.goto(f"{server.url}/archive")
    says(browser_page, "まだ登録されていません")
    sign_out(browser_page)
    provider.who = {"sub": "3", "email": "chief@example.org", "email_verified": True}
    sign_in(browser_page, server)
    browser_page.goto(f"{server.url}/archive")
    says(browser_page, "施設 mine", "施設 theirs")
    assert browser_page.get_by_role("radio", name="使う人").count() == 1
