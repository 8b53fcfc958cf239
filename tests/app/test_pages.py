"""Every page in both languages, without a browser: what stands on it, what is remembered, what is computed anew."""

from __future__ import annotations

import html
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import carveout.app
from carveout.app import sites
from carveout.app.places import PAGES, VIEWS
from carveout.app.wording import catalogue
from carveout.language import LANGUAGES, Language, Text
from carveout.words import CONSTRUCTED
from tests.charts.sample import huge_result, site_result

ROOT = Path(carveout.app.__file__).parents[2]
SITE_PAGES = ("map", "verdicts", "graph", "jobs")


@pytest.fixture(autouse=True)
def fresh_caches() -> Iterator[None]:
    st.cache_resource.clear()
    st.cache_data.clear()
    yield
    st.cache_resource.clear()
    st.cache_data.clear()


def opened(page: str, language: Language = "ja", **query: str) -> AppTest:
    app = AppTest.from_file(ROOT / "app.py", default_timeout=60)
    app.query_params.update({"lang": language, **query})
    app.run()
    if page != PAGES[0]:
        app.switch_page(str(VIEWS / f"{page}.py")).run()
    assert not app.exception
    return app


def said(app: AppTest) -> str:
    """All text on the page, HTML included."""
    written = [element.value for kind in (app.markdown, app.text, app.subheader, app.info) for element in kind]
    return html.unescape("\n".join([*written, *(element.proto.body for element in app.get("html"))]))


def word(key: str, language: Language) -> str:
    return catalogue()[key].in_(language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_in_both_languages_without_an_error(page: str, language: Language):
    app = opened(page, language)
    assert f'<h1 class="co-title">{word(f"nav.{page}", language)}</h1>' in said(app)
    assert not app.error


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", SITE_PAGES)
def test_every_page_of_a_bundled_site_says_that_it_was_made_up(page: str, language: Language):
    assert CONSTRUCTED.in_(language) in said(opened(page, language))


@pytest.mark.parametrize("page", SITE_PAGES)
def test_site_and_unit_chosen_on_one_page_hold_on_the_next(page: str):
    app = opened("map")
    app.selectbox(key="map.site").select("nursery-a").run()
    app.selectbox(key="map.unit").select("class-3-5").run()
    if page != "map":
        app.switch_page(str(VIEWS / f"{page}.py")).run()
    assert app.selectbox(key=f"{page}.site").value == "nursery-a"
    assert app.selectbox(key=f"{page}.unit").value == "class-3-5"


def test_the_address_holds_language_site_and_unit_so_that_reloading_keeps_them():
    app = opened("map", "en", site="nursery-a", unit="class-3-5")
    assert app.selectbox(key="map.site").value == "nursery-a"
    assert app.selectbox(key="map.unit").value == "class-3-5"
    app.selectbox(key="map.site").select("care-home-a").run()
    assert app.query_params["lang"] in ("en", ["en"])
    assert app.query_params["site"] in ("care-home-a", ["care-home-a"])


@pytest.mark.parametrize("query", [{"lang": "xx"}, {"site": "nowhere"}, {"unit": "<b>"}, {"day": "1999-01-01"}])
def test_an_address_that_makes_no_sense_falls_back_to_what_there_is(query: dict[str, str]):
    app = AppTest.from_file(ROOT / "app.py", default_timeout=60)
    app.query_params.update(query)
    app.run()
    assert not app.exception
    assert app.selectbox(key="map.site").value == "care-home-a"


def test_switching_the_language_changes_every_word():
    app = opened("map", "ja")
    app.segmented_control(key="language").select("en").run()
    text = said(app)
    assert word("map.lead", "en") in text
    assert word("map.lead", "ja") not in text


def test_filters_narrow_the_table_and_clearing_them_brings_everything_back():
    app = opened("verdicts")
    everything = len(app.dataframe[0].value)
    app.pills(key="verdicts.modes").select("advise").run()
    app.pills(key="verdicts.marks").select("suitable").run()
    narrowed = app.dataframe[0].value
    assert 0 < len(narrowed) < everything
    assert set(narrowed["助言する"]) == {"○"}
    app.pills(key="verdicts.patterns").select("weekday_peak").run()
    assert len(app.dataframe) == 0
    app.button[0].click().run()
    assert len(app.dataframe[0].value) == everything


def test_a_chosen_verdict_opens_with_its_sentence_rule_source_certainty_and_rows():
    app = opened("verdicts")
    box = next(b for b in app.selectbox if b.key.startswith("verdicts.open"))
    box.select_index(1).run()
    text = said(app)
    for key in ("explain.rule", "explain.source"):
        assert word(key, "ja") in text
    assert "確かさ" in text and "次に" in text
    rows = app.dataframe[0].value
    assert list(rows.columns)[:4] == ["日付", "時刻", "業務", "職員"]
    assert len(rows) > 0


def test_a_filter_reads_and_analyses_nothing_anew(monkeypatch: pytest.MonkeyPatch):
    calls = {"read": 0, "analyze": 0, "site": 0}
    real_read, real_analyze = sites.read, sites.analyze

    def read(*args, **kwargs):
        calls["read"] += 1
        return real_read(*args, **kwargs)

    def analyze(*args, **kwargs):
        calls["analyze"] += 1
        return real_analyze(*args, **kwargs)

    monkeypatch.setattr(sites, "read", read)
    monkeypatch.setattr(sites, "analyze", analyze)
    app = opened("verdicts")
    assert (calls["read"], calls["analyze"]) == (1, 1)
    app.pills(key="verdicts.modes").select("assist").run()
    app.pills(key="verdicts.marks").select("suitable").run()
    app.selectbox(key="verdicts.unit").select("unit-2").run()
    app.segmented_control(key="language").select("en").run()
    app.switch_page(str(VIEWS / "jobs.py")).run()
    opened("graph", "en")  # another session
    assert (calls["read"], calls["analyze"]) == (1, 1)


def test_something_broken_is_said_kindly_and_without_a_traceback(monkeypatch: pytest.MonkeyPatch):
    def broken() -> list[sites.Entry]:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(sites, "entries", broken)
    app = opened("map")
    assert word("app.broken", "ja") in app.error[0].value
    assert "secret detail" not in said(app) + app.error[0].value


def test_no_site_at_all_says_what_to_do(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sites, "entries", list)
    for page in SITE_PAGES:
        assert word("app.no_site", "ja") in said(opened(page))


@pytest.mark.parametrize("page", SITE_PAGES)
def test_forty_people_ninety_days_and_names_of_forty_characters_open_on_every_page(
    page: str, monkeypatch: pytest.MonkeyPatch
):
    entry = sites.Entry("huge", "huge", 0, "とても長い名前の施設" * 4, True)
    result = huge_result()
    monkeypatch.setattr(sites, "entries", lambda: [entry])
    monkeypatch.setattr(sites, "result_of", lambda _, **__: result)
    assert not opened(page).error


@pytest.mark.parametrize("page", SITE_PAGES)
def test_every_kind_of_mark_can_be_opened(page: str, monkeypatch: pytest.MonkeyPatch):
    entry = sites.Entry("sample", "sample", 0, "sample", True)
    monkeypatch.setattr(sites, "entries", lambda: [entry])
    monkeypatch.setattr(sites, "result_of", lambda _, **__: site_result())
    app = opened(page)
    if page == "map":
        box = next(b for b in app.selectbox if b.key.startswith("map.mark"))
        for option in range(len(box.options)):
            next(b for b in app.selectbox if b.key.startswith("map.mark")).select_index(option).run()
            assert not app.exception and not app.error


def test_a_name_with_markup_is_shown_as_written_and_never_as_markup(monkeypatch: pytest.MonkeyPatch):
    hostile = "<img src=x onerror=alert(1)>"
    result = site_result({"linen_change": Text(hostile, hostile), "recreation": Text(hostile, hostile)})
    monkeypatch.setattr(sites, "entries", lambda: [sites.Entry("s", "s", 0, hostile, True)])
    monkeypatch.setattr(sites, "result_of", lambda _, **__: result)
    for page in SITE_PAGES:
        app = opened(page)
        drawn = [element.proto.body for element in app.get("html")] + [element.value for element in app.markdown]
        assert "<img" not in "".join(drawn)


def test_checkout_and_package_start_with_the_same_settings():
    ours, packaged = (path / ".streamlit" / "config.toml" for path in (ROOT, Path(carveout.app.__file__).parent))
    assert tomllib.loads(ours.read_text())["server"]["maxUploadSize"] == sites.MAX_FILE_MB
    assert ours.read_text().splitlines() == packaged.read_text().splitlines()
