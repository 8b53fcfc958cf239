"""Every page's name is an address, other addresses lead home with a word, and choices that read alike stay apart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest

from carveout.app import sites
from carveout.app.places import FIRST
from carveout.model import Kind
from carveout.store import open_store
from carveout.workday import SiteHead
from tests.app.opened import JC, day, opened, word
from tests.app.test_journeys import settled
from tests.charts.sample import site_result

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.mark.browser
@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_first_page_answers_to_its_own_name_and_keeps_what_the_address_asks_for(
    language: str, app_url: str, browser_page: Page
):
    browser_page.goto(f"{app_url}/{FIRST}?lang={language}&site=nursery-a")
    heading = word(f"nav.{FIRST}", language)
    browser_page.get_by_role("heading", name=heading).wait_for(timeout=60_000)
    settled(browser_page)
    assert browser_page.get_by_role("dialog").count() == 0
    assert "site=nursery-a" in browser_page.url
    assert browser_page.title().startswith(heading)
    browser_page.wait_for_function("one => document.documentElement.lang === one", arg=language)
    browser_page.get_by_text({"ja": "English", "en": "日本語"}[language], exact=True).click()
    other = {"ja": "en", "en": "ja"}[language]
    browser_page.wait_for_function("one => document.documentElement.lang === one", arg=other)


@pytest.mark.browser
@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("address", ["verdict", "%E5%88%A4%E6%96%AD", "<b>x"])
def test_an_address_that_no_page_has_leads_home_in_the_chosen_language(
    address: str, language: str, app_url: str, browser_page: Page
):
    browser_page.goto(f"{app_url}/{address}?lang={language}")
    browser_page.get_by_role("heading", name=word(f"nav.{FIRST}", language)).wait_for(timeout=60_000)
    settled(browser_page)
    assert browser_page.get_by_role("dialog").count() == 0
    name = {"verdict": "verdict", "<b>x": "<b>x"}.get(address, "判断")
    told = browser_page.locator(".co-notice").first.inner_text()
    assert told == word("app.no_page", language).format(name=name, page=word(f"nav.{FIRST}", language))


def test_strays_are_hidden_and_never_take_a_pages_name(store_of_its_own: str):
    app = AppTest.from_function(_count_strays).run()
    assert not app.exception
    assert app.text[0].value == "['map'] ['map', 'x'] ['map']"


def _count_strays() -> None:
    import streamlit as st

    from carveout.app.addresses import strays

    urls = ("http://h/verdicts", "http://h/x", None)
    st.text(" ".join(str([page.url_path for page in strays(url) if page.visibility == "hidden"]) for url in urls))


def test_two_sites_of_one_name_can_both_be_chosen_and_what_is_chosen_there_stays(store_of_its_own: str):
    store = open_store(store_of_its_own)
    for site in ("home-1", "home-2"):
        store.import_days(SiteHead(site, Kind.CARE_HOME, "さくら"), [day(site, n=4)], JC)
    store.close()
    for site in ("home-1", "home-2"):
        key = sites.stored_key(site)
        app = opened("verdicts", site=key)
        labels = app.selectbox(key="verdicts.site").options
        assert len(set(labels)) == len(labels)
        assert [site in label for label in labels].count(True) == 1
        box = next(one for one in app.selectbox if one.key.startswith("verdicts.open"))
        box.select_index(1).run()
        box = next(one for one in app.selectbox if one.key.startswith("verdicts.open"))
        assert app.selectbox(key="verdicts.site").value == key
        assert box.value is not None


def test_marks_that_read_alike_are_told_apart(monkeypatch: pytest.MonkeyPatch):
    result = site_result()
    monkeypatch.setattr(sites, "entries", lambda: [sites.Entry("s", "s", 0, "s", True)])
    monkeypatch.setattr(sites, "result_of", lambda _, **__: result)
    monkeypatch.setattr("carveout.app.explaining.window_text", lambda _: "10:00")
    for page in ("map", "verdicts"):
        app = opened(page)
        box = next(one for one in app.selectbox if re.match("map.mark|verdicts.open", one.key))
        assert len(set(box.options)) == len(box.options) > 0
