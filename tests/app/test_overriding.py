"""The form in which a coordinator answers a verdict, alone and on the page of verdicts with a store behind it."""

from __future__ import annotations

import html
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import carveout.app
from carveout import bundled
from carveout.analysis import analyze
from carveout.app.places import VIEWS
from carveout.app.sites import stored_key
from carveout.app.wording import catalogue
from carveout.language import LANGUAGES, Language
from carveout.model import Mode, Suitability, VerdictOverride
from carveout.observations import read
from carveout.store import By, open_store
from carveout.words import OVERRIDE, OVERRIDE_LEGEND, OVERRIDE_SIGN
from carveout.workday import workdays_of

ROOT = Path(carveout.app.__file__).parents[2]
HOME = next(path for path in bundled.paths() if "care-home" in path.name)
REASON = "看護師が同じ部屋にいて、声をかけ合っている"


@pytest.fixture(autouse=True)
def fresh_caches() -> Iterator[None]:
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


def alone() -> None:
    """A page that holds nothing but the form; what it puts and withdraws stands in the session."""
    import streamlit as st

    from carveout.app import overriding
    from carveout.errors import CarveoutError
    from carveout.model import Mode, Suitability, VerdictOverride
    from tests.charts.sample import site_result

    result = site_result()
    done = st.session_state.setdefault("done", [])

    def put(one: VerdictOverride) -> None:
        if st.session_state.get("full"):
            raise CarveoutError("the disk is full")
        done.append(one)

    first = next(v for v in result.verdicts if v.mode is Mode.ASSIST)
    own = [v for v in result.verdicts if (v.unit, v.task, v.context) == (first.unit, first.task, first.context)]
    said = VerdictOverride(
        "o1", result.site, first.unit, first.task, first.mode, None, None, None, Suitability.CONDITIONAL,
        "<b>だれも</b>知らない理由だが十字はある", "jc-02", "2026-06-10",
    )  # fmt: skip
    source = overriding.Source(result.site, "jc-01", (said,), put, lambda name, why: done.append((name, why)))
    overriding.show(result, own, source)


def word(key: str, language: Language = "ja", **values: object) -> str:
    return catalogue()[key].in_(language).format(**values)


def at(widgets: Any, ending: str) -> Any:
    """The widget whose key ends so."""
    return next(one for one in widgets if one.key and one.key.endswith(ending))


def said(app: AppTest) -> str:
    return html.unescape("\n".join(element.proto.body for element in app.get("html")))


def errors(app: AppTest) -> list[str]:
    return [one.value for one in app.error]


@pytest.fixture
def form() -> AppTest:
    app = AppTest.from_function(alone, default_timeout=60).run()
    assert not app.exception
    return app


def filled(app: AppTest, reason: str = REASON, answer: Suitability | None = Suitability.UNSUITABLE) -> AppTest:
    """The form filled in and sent."""
    if answer is not None:
        at(app.pills, ".answer").select(str(answer))
    at(app.text_area, ".reason").input(reason)
    app = at(app.button, ".put").click().run()
    assert not app.exception
    return app


def test_what_is_put_holds_what_was_chosen_and_the_form_is_empty_again(form: AppTest) -> None:
    at(form.pills, ".which").select(1).run()
    app = filled(form)
    (one,) = app.session_state["done"]
    assert isinstance(one, VerdictOverride)
    assert (one.site, one.unit, one.task, one.mode) == ("sample-home", "unit-1", "wake_up_care", Mode.ASSIST)
    assert (one.suitability, one.reason, one.who) == (Suitability.UNSUITABLE, REASON, "jc-01")
    assert (one.weekdays, one.start, one.end) == (None, 420, 445)
    assert one.id and datetime.fromisoformat(one.at).tzinfo is not None
    assert [done.value for done in app.success] == [word("overriding.kept")]
    assert at(app.text_area, ".reason").value == ""


def test_the_hours_may_be_left_open(form: AppTest) -> None:
    at(form.pills, ".scope").select("always")
    (one,) = filled(form).session_state["done"]
    assert (one.weekdays, one.start, one.end) == (None, None, None)


@pytest.mark.parametrize("reason", ["", "短い", " " * 30, "123456789"])
def test_a_reason_too_short_is_refused_and_nothing_typed_is_lost(form: AppTest, reason: str) -> None:
    app = filled(form, reason)
    assert app.session_state["done"] == []
    assert errors(app) == [word("overriding.short", n=len(reason.strip()), least=10)]
    assert at(app.text_area, ".reason").value == reason


def test_answer_hours_and_whose_it_is_are_asked_for(form: AppTest) -> None:
    at(form.text_input, ".who").input("")
    at(form.pills, ".scope").unselect("here")
    app = filled(form, answer=None)
    assert app.session_state["done"] == []
    assert errors(app) == [word(f"overriding.no_{what}") for what in ("answer", "scope", "who")]


@pytest.mark.parametrize(("reason", "who"), [("田中様がいやがるので今は控える", "jc-01"), (REASON, "田中さん")])
def test_what_looks_like_a_name_is_asked_about_first(form: AppTest, reason: str, who: str) -> None:
    at(form.text_input, ".who").input(who)
    app = filled(form, reason)
    assert app.session_state["done"] == []
    assert any("田中" in one.value for one in app.warning)
    at(app.checkbox, ".sure." + ("田中様" if "田中様" in reason else who)).check().run()
    app = at(app.button, ".put").click().run()
    assert [one.reason for one in app.session_state["done"]] == [reason]


def test_taking_over_a_link_of_the_flow_is_warned_about_before_it_is_put(form: AppTest) -> None:
    at(form.pills, ".answer").select("suitable").run()
    assert [one.value for one in form.warning] == [word("overriding.link")]
    at(form.pills, ".answer").unselect("suitable").select("undetermined").run()
    assert not form.warning


def test_what_stands_is_shown_harmless_and_is_withdrawn_with_a_reason(form: AppTest) -> None:
    raw = "\n".join(element.proto.body for element in form.get("html"))
    assert "<b>だれも" not in raw and "&lt;b&gt;だれも" in raw and "jc-02 2026-06-10" in raw
    app = at(form.button, ":o1.withdraw").click().run()
    assert app.session_state["done"] == [] and errors(app) == [word("overriding.short", n=0, least=10)]
    at(app.text_input, ":o1.why").input("別の職員が担うようになったので戻す")
    app = at(app.button, ":o1.withdraw").click().run()
    assert app.session_state["done"] == [("o1", "別の職員が担うようになったので戻す")]
    assert [done.value for done in app.success] == [word("overriding.withdrawn")]


def test_what_cannot_be_kept_is_said_and_the_form_stays_filled(form: AppTest) -> None:
    form.session_state["full"] = True
    app = filled(form)
    assert errors(app) == ["the disk is full"]
    assert at(app.text_area, ".reason").value == REASON


def opened(language: Language, **query: str) -> AppTest:
    app = AppTest.from_file(ROOT / "app.py", default_timeout=60)
    app.query_params.update({"lang": language, **query})
    app.run()
    app.switch_page(str(VIEWS / "verdicts.py")).run()
    assert not app.exception
    return app


def chosen(app: AppTest, task: str) -> AppTest:
    """The page with the first row of a task opened."""
    box = next(one for one in app.selectbox if one.key and one.key.startswith("verdicts.open:"))
    box.select(next(option for option in _values(app) if option.endswith(f":{task}"))).run()
    assert not app.exception
    return app


def _values(app: AppTest) -> list[str]:
    result = analyze(read([HOME]).timeline).site(0)
    return list(dict.fromkeys(f"{v.context}:{v.task}" for v in result.verdicts if v.unit == "unit-1"))


def kept() -> None:
    """The bundled care home in this test's own store."""
    store = open_store()
    for head, days in workdays_of(read([HOME]).timeline):
        store.import_days(head, days, By("test"))
    store.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bundled_site_has_no_form_for_nobody_keeps_it(language: Language) -> None:
    app = chosen(opened(language, site="care-home-a", unit="unit-1"), "listening")
    assert not [one for one in app.button if one.key and one.key.startswith("overriding:")]
    assert OVERRIDE.in_(language) not in said(app)


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_the_page_a_judgement_is_put_shown_in_words_and_withdrawn(language: Language) -> None:
    kept()
    app = chosen(opened(language, site=stored_key("care-home-a"), unit="unit-1"), "listening")
    assert OVERRIDE_LEGEND.in_(language) not in said(app)
    at(app.pills, ".which").select(1)
    at(app.text_input, ".who").input("jc-01")
    app = filled(app)
    shown = said(app)
    assert REASON in shown and f'<span class="co-chip">{OVERRIDE.in_(language)}</span>' in shown
    assert OVERRIDE_LEGEND.in_(language) in shown
    table = app.dataframe[-1].value
    marks = table[table.columns[3]]
    assert any(str(cell) == f"×{OVERRIDE_SIGN.in_(language)}" for cell in marks)
    (one,) = open_store().overrides("care-home-a")
    assert one.reason == REASON
    at(app.text_input, f":{one.id}.why").input("もう一度、規則の答えに戻すことにした")
    app = at(app.button, f":{one.id}.withdraw").click().run()
    assert not app.exception
    assert open_store().overrides("care-home-a") == ()
    assert OVERRIDE_LEGEND.in_(language) not in said(app)


def test_a_judgement_that_meets_no_verdict_is_listed_with_a_way_to_withdraw_it() -> None:
    kept()
    store = open_store()
    gone = VerdictOverride(
        "", "care-home-a", "unit-1", "no_such_task", Mode.ASSIST, None, None, None, Suitability.SUITABLE, REASON, "", ""
    )
    store.put_override(gone, By("jc-01"))
    app = opened("ja", site=stored_key("care-home-a"), unit="unit-1")
    assert word("overriding.unreached", n=1) in [one.label for one in app.expander]
    assert word("overriding.unreached_lead") in said(app) and REASON in said(app)


def test_every_page_says_that_a_coordinator_answered_even_where_the_work_is_ruled_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path / 'ruled.sqlite'}"
    monkeypatch.setenv("CARVEOUT_STORE", url)
    store = open_store(url)
    ((head, days),) = workdays_of(read([HOME]).timeline)
    store.import_days(head, days[:3], By("jc-01"))
    first = next(v for v in analyze(read([HOME]).timeline).site(0).verdicts if v.mode is Mode.ASSIST)
    one = VerdictOverride(
        "", head.id, first.unit, first.task, Mode.ASSIST, None, None, None, Suitability.UNSUITABLE, REASON, "主任", ""
    )
    store.put_override(one, By("jc-01"))
    store.close()
    app = AppTest.from_file(ROOT / "app.py", default_timeout=60)
    app.query_params["site"] = stored_key(head.id)
    app.run()
    assert not app.exception
    assert word("app.answered", sign=OVERRIDE_SIGN.ja, n=1) in said(app)
