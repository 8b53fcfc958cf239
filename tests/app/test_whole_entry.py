"""From a new day to its clashes as somebody meets it who has never seen the pages, by the keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
import streamlit as st

from carveout.app import archive_here
from carveout.app.sites import stored_key
from carveout.store import By, Edit
from carveout.workday import Change, new_id
from tests.app.daybook_page import Sheet, new_day, row, with_store
from tests.app.servers import Server, served

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with served(tmp_path_factory.mktemp("whole")) as running:
        yield running


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12"])
def test_today_is_the_day_of_the_person_not_of_the_server(monkeypatch: pytest.MonkeyPatch, zone: str):
    monkeypatch.setattr(type(st.context), "timezone", property(lambda _self: zone))
    before = datetime.now(ZoneInfo(zone)).date()
    assert before <= archive_here.today() <= datetime.now(ZoneInfo(zone)).date()


@pytest.mark.parametrize("zone", [None, "", "Nowhere/At All", "../../etc/passwd"])
def test_where_no_zone_is_told_today_is_the_server_s(monkeypatch: pytest.MonkeyPatch, zone: str | None):
    monkeypatch.setattr(type(st.context), "timezone", property(lambda _self: zone))
    before = datetime.now().astimezone().date()
    assert before <= archive_here.today() <= datetime.now().astimezone().date()


@pytest.mark.browser
def test_a_new_unit_is_kept_whether_one_goes_on_by_tab_or_by_the_mouse(server: Server, browser_page: Page):
    new_day(server)
    page = browser_page
    for leave in ("tab", "mouse"):
        page.goto(f"{server.url}/archive?site={stored_key('home-x')}&lang=ja")
        page.get_by_role("button", name="新しい日").first.click()
        unit = page.get_by_label("ユニット", exact=True)
        unit.click()
        page.keyboard.insert_text("ユニット9")
        page.get_by_role("option").filter(has_text="ユニット9").wait_for()
        if leave == "tab":
            page.keyboard.press("Tab")
        else:
            page.get_by_text("この日の職員").click()
        page.get_by_role("option").first.wait_for(state="detached")
        assert unit.input_value() == "ユニット9", leave


@pytest.mark.browser
def test_the_rows_are_one_key_below_the_line_and_a_clash_speaks_of_tasks_as_people_do(
    server: Server, browser_page: Page
):
    key = new_day(server, gone := row("a", 540, 560, "clearing", "s1"), row("b", 560, 580, "serving", "s1"))
    sheet = Sheet(browser_page, server.url).open(key)
    sheet.line.focus()
    sheet.keys("ArrowDown")
    assert sheet.focused() == "TD gridcell"
    sheet.keys("Escape")
    assert sheet.focused() == "INPUT line"
    store = with_store(server)
    store.save(key, Edit(new_id(), "remove", (Change(gone, None),)), By("jc-02"))
    store.save(
        key, Edit(new_id(), "note", (Change(gone, row("a", 540, 560, "clearing", "s1", note="東")),)), By("jc-03")
    )
    store.close()
    clash = browser_page.locator(".clash")
    clash.wait_for()
    assert "下膳・片づけ" in clash.inner_text()
    assert "clearing" not in clash.inner_text()
