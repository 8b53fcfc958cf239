"""The page on which two observers' records are compared."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page
from streamlit.testing.v1 import AppTest

from carveout.app.wording import catalogue
from carveout.language import LANGUAGES, Language
from carveout.model import Kind
from carveout.store import By, open_store
from carveout.workday import Person, Row, SiteHead, Workday
from tests.app.opened import opened
from tests.app.servers import served

HEAD = "site,kind,date,unit,observer,staff,start,end,task\n"
ROWS = "x,nursery,2026-06-01,u,{who},s1,09:00,09:{end},清掃\nx,nursery,2026-06-01,u,{who},s1,09:{end},10:00,{task}\n"
BAD = "<img src=x onerror=alert(1)>"


def said(app: AppTest) -> str:
    return "\n".join(element.proto.body for element in app.get("html"))


def record(who: str, end: str = "30", task: str = "配膳") -> bytes:
    return (HEAD + ROWS.format(who=who, end=end, task=task)).encode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_shows_figures_picture_and_definitions(language: Language) -> None:
    app = opened("observers", language)
    app.segmented_control(key="observers.way").set_value("example").run()
    assert not app.exception
    text = said(app)
    assert catalogue()["observers.made_up"].in_(language) in text
    assert "data:image/svg+xml" in text
    assert re.search(r"0\.[0-9]{2}", text)
    assert catalogue()["observers.cue_end"].in_(language) in text


def test_without_records_one_press_shows_the_example() -> None:
    app = opened("observers")
    app.button(key="observers.see_example").click().run()
    assert not app.exception
    assert app.segmented_control(key="observers.way").value == "example"
    assert "data:image/svg+xml" in said(app)


def test_two_files_of_one_day_are_compared_and_dimensions_change_what_agrees() -> None:
    app = opened("observers")
    app.file_uploader(key="observers.files").set_value(
        [("a.csv", record("jc-01"), "text/csv"), ("b.csv", record("jc-02", task="下膳"), "text/csv")]
    ).run()
    assert not app.exception
    assert "50%" in said(app)
    app.selectbox(key="observers.dimension").select("care_class").run()
    assert not app.exception
    assert "100%" in said(app)
    app.selectbox(key="observers.dimension").select("pattern").run()
    assert not app.exception


def test_one_document_with_two_observers_is_enough_and_one_record_is_not() -> None:
    day = """  - date: 2026-06-01
    unit: u
    observer: {who}
    timeline:
      - {{start: "09:00", end: "09:{end}", staff: s1, task: cleaning}}
"""
    document = "format: carveout-observation/1\nsite: {id: x, kind: nursery}\ndays:\n"
    document += day.format(who="jc-01", end="30") + day.format(who="jc-02", end="40")
    app = opened("observers")
    app.file_uploader(key="observers.files").set_value(("both.yaml", document.encode(), "application/yaml")).run()
    assert "jc-01 / jc-02" in app.selectbox(key="observers.pair.files").options[0]
    assert "75%" in said(app)
    app = opened("observers")
    app.file_uploader(key="observers.files").set_value(("one.csv", record("jc-01"), "text/csv")).run()
    assert not app.exception
    assert catalogue()["observers.none_files"].ja in app.info[0].value


def test_a_file_that_cannot_be_read_names_place_and_remedy() -> None:
    app = opened("observers")
    app.file_uploader(key="observers.files").set_value(("bad.csv", b"site,date\n1,2\n", "text/csv")).run()
    assert not app.exception
    assert catalogue()["observers.unreadable"].ja in app.error[0].value
    assert "bad.csv" in said(app)


def test_hostile_names_stay_text() -> None:
    app = opened("observers")
    app.file_uploader(key="observers.files").set_value(
        [("a.csv", record("jc-01", task=BAD), "text/csv"), ("b.csv", record(BAD, task="配膳"), "text/csv")]
    ).run()
    assert not app.exception
    assert BAD not in said(app)


def test_days_of_the_store_seen_by_two_people_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path / 'store.sqlite'}"
    monkeypatch.setenv("CARVEOUT_STORE", url)
    store = open_store(url)
    by = By("jc-01")
    store.put_site(SiteHead("home", Kind.CARE_HOME, "ホーム"), by)
    for who, end in (("jc-01", 570), ("jc-02", 575)):
        day = Workday(
            "home", "2026-06-01", "u", who, (Person("s1"),), (Row(f"r-{who}", 540, end, "cleaning", ("s1",)),)
        )
        store.import_days(SiteHead("home", Kind.CARE_HOME, "ホーム"), (day,), by)
    app = opened("observers")
    app.segmented_control(key="observers.way").set_value("store").run()
    assert not app.exception
    assert "jc-01 / jc-02" in app.selectbox(key="observers.pair.store").options[0]
    assert "86%" in said(app)  # 30 of 35 minutes


@pytest.mark.browser
def test_a_coordinator_compares_two_records_on_a_tablet(tmp_path: Path, tablet_page: Page, screenshots: Path) -> None:
    with served(tmp_path) as server:
        tablet_page.goto(f"{server.url}/observers?lang=ja")
        tablet_page.get_by_text("例で試す", exact=True).click()
        tablet_page.get_by_text("並べて見る", exact=True).wait_for()
        picture = tablet_page.locator(".co-wide img")
        picture.wait_for()
        assert tablet_page.evaluate("document.querySelector('.co-wide img').naturalWidth") > 0
        tablet_page.screenshot(path=screenshots / "observers-tablet.png")
        tablet_page.get_by_text("English", exact=True).click()
        tablet_page.get_by_text("Side by side", exact=True).wait_for()
