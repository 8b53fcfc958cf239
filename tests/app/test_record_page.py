"""The page of the day sheet without a browser: its states, what is checked, what one press mends."""

from __future__ import annotations

import html
from collections.abc import Iterator

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import carveout.app
from carveout.app.places import VIEWS
from carveout.app.wording import catalogue
from carveout.language import LANGUAGES, Language
from carveout.model import Kind
from carveout.store import By, Edit, Store, StoreError, open_store
from carveout.workday import Change, Person, Row, SiteHead, Workday
from tests.conftest import ROOT

ME = By("local")
PEOPLE = (Person("s1", "care_worker", ((540, 720),)), Person("s2"))
ROWS = (
    Row("row-000001", 540, None, "serving", ("s1",)),
    Row("row-000002", 560, 580, "clearing", ("s1",)),
    Row("row-000003", 600, 620, "cleaning", ("s9",)),
)


@pytest.fixture(autouse=True)
def fresh_caches() -> Iterator[None]:
    for cache in (st.cache_resource, st.cache_data):
        cache.clear()
    yield
    for cache in (st.cache_resource, st.cache_data):
        cache.clear()


@pytest.fixture
def store(store_of_its_own: str) -> Iterator[Store]:
    opened = open_store(store_of_its_own)
    yield opened
    opened.close()


def day(store: Store, *rows: Row, people: tuple[Person, ...] = PEOPLE) -> str:
    store.put_site(SiteHead("home", Kind.CARE_HOME, "<b>ひまわり苑</b>"), ME)
    return store.open_day(Workday("home", "2026-06-01", "u", "jc-01", people, rows), ME)


def opened(language: Language = "ja", **query: str) -> AppTest:
    app = AppTest.from_file(ROOT / "app.py", default_timeout=60)
    app.query_params.update({"lang": language, **query})
    app.switch_page(str(VIEWS / "record.py")).run()
    assert not app.exception
    return app


def said(app: AppTest) -> str:
    texts = [element.value for kind in (app.markdown, app.subheader, app.info, app.warning) for element in kind]
    return html.unescape("\n".join([*texts, *(element.proto.body for element in app.get("html"))]))


def word(key: str, language: Language = "ja", **values: object) -> str:
    return catalogue()[key].in_(language).format(**values)


def pressed(app: AppTest, start: str) -> AppTest:
    button = next(one for one in app.button if (one.key or "").startswith(start))
    button.click().run()
    assert not app.exception
    return app


@pytest.mark.parametrize("language", LANGUAGES)
def test_somebody_without_a_day_is_shown_the_way_to_one(store: Store, language: Language):
    app = opened(language)
    assert word("record.no_day_yet", language) in said(app)


def test_somebody_with_days_goes_on_with_one(store: Store):
    key = day(store, *ROWS)
    app = opened()
    assert any(one.key == f"record.open.{key}" for one in app.button)


def test_a_day_that_is_not_there_is_said_and_others_are_offered(store: Store):
    key = day(store)
    app = opened(day="nowhere")
    assert app.warning
    assert any(one.key == f"record.open.{key}" for one in app.button)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rows", [(), ROWS], ids=["empty", "with rows"])
def test_a_day_opens_in_both_languages(store: Store, language: Language, rows: tuple[Row, ...]):
    app = opened(language, day=day(store, *rows))
    assert not app.error
    assert "2026-06-01" in said(app)
    assert not any("<b>" in element.proto.body for element in app.get("html"))
    if not rows:
        assert word("record.coverage", language) in said(app)  # hours on duty are known before any row


def test_findings_are_mended_by_one_press_each(store: Store):
    key = day(store, *ROWS)
    app = opened(day=key)
    before = len([one for one in app.button if (one.key or "").startswith("repair.")])
    assert before >= 1
    pressed(app, "repair.")
    assert store.day(key).workday.rows[0].end is not None
    assert len([one for one in app.button if (one.key or "").startswith("repair.")]) == before - 1


def test_somebody_unknown_is_put_on_the_list_by_one_press(store: Store):
    key = day(store, *ROWS)
    pressed(opened(day=key), "list.")
    assert [person.id for person in store.day(key).workday.staff] == ["s1", "s2", "s9"]


def test_a_finding_is_left_as_it_is(store: Store):
    app = opened(day=day(store, *ROWS))

    def count() -> int:
        return len([one for one in app.button if (one.key or "").startswith("aside.")])

    before = count()
    pressed(app, "aside.")
    assert count() == before - 1


def test_a_day_is_marked_complete_and_opened_again(store: Store):
    key = day(store, *ROWS)
    app = pressed(opened(day=key), "record.complete")
    assert store.day(key).workday.complete
    assert not [one for one in app.button if (one.key or "").startswith("repair.")]
    pressed(app, "record.reopen")
    assert not store.day(key).workday.complete


def test_a_repair_of_what_somebody_has_changed_meanwhile_becomes_a_clash(store: Store):
    key = day(store, *ROWS)
    app = opened(day=key)
    theirs = Row("row-000001", 540, 550, "serving", ("s1",))
    store.save(key, Edit("theirs-01", "stop", (Change(ROWS[0], theirs),)), By("jc-02"))
    pressed(app, "repair.")
    assert store.day(key).workday.rows[0] == theirs
    assert len(store.clashes(key)) == 1


def duty(app: AppTest, key: str, name: str, hours: str, *, sure: bool = False) -> AppTest:
    app.selectbox(key=f"duty.id.{key}").set_value(name).run()
    app.text_input(key=f"duty.hours.{key}.{name}").set_value(hours)
    if sure:
        app.checkbox(key=f"duty.sure.{key}.{name}").check()
    app.button(key=f"duty.save.{key}.{name}").click().run()
    assert not app.exception
    return app


def test_hours_on_duty_are_entered_with_a_break(store: Store):
    key = day(store)
    duty(opened(day=key), key, "s2", "8:00-12:00、13:00-17:00")
    assert store.day(key).workday.staff[1].on == ((480, 720), (780, 1020))


def test_a_name_is_not_put_on_the_list_before_somebody_says_it_is_none(store: Store):
    key = day(store, Row("row-000001", 540, 550, "serving", ("田中",)))
    app = duty(opened(day=key), key, "田中", "8:00-12:00")
    assert app.warning
    assert store.day(key).workday.staff == PEOPLE
    duty(app, key, "田中", "8:00-12:00", sure=True)
    assert [person.id for person in store.day(key).workday.staff] == ["s1", "s2", "田中"]


def test_hours_that_cannot_be_read_are_said_and_nothing_changes(store: Store):
    key = day(store)
    app = duty(opened(day=key), key, "s2", "朝から")
    assert app.warning
    assert store.day(key).workday.staff == PEOPLE


def test_a_store_that_does_not_answer_is_said_with_a_way_on(store: Store, monkeypatch: pytest.MonkeyPatch):
    key = day(store)

    def lost(self: Store, key: str) -> None:
        raise StoreError("connection_lost")

    monkeypatch.setattr(Store, "day", lost)
    app = opened(day=key)
    assert "データベース" in app.error[0].value


def test_every_script_of_the_sheet_is_part_of_the_package():
    from carveout.app.daybook import sheet

    assert all((sheet.HERE / name).is_file() for name in sheet.SCRIPTS)
    assert carveout.app.__file__


def test_a_store_that_stops_answering_leaves_the_sheet_as_it_was(store: Store, monkeypatch: pytest.MonkeyPatch):
    key = day(store, *ROWS)
    app = opened(day=key)

    def lost(self: Store, key: str) -> None:
        raise StoreError("connection_lost")

    with monkeypatch.context() as away:
        away.setattr(Store, "clashes", lost)  # while the sheet is drawn again
        app.run()
    assert not app.exception
    assert word("record.go_on") in said(app)
    assert app.get("bidi_component")
    app.run()
    assert word("record.go_on") not in said(app)
