"""The page on which a job is shaped: every field does what it says, and an edit only evaluates."""

from __future__ import annotations

import html
from collections.abc import Iterator
from datetime import date

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from carveout.app import drafting, sites, workbench
from carveout.app.places import VIEWS
from carveout.app.wording import catalogue
from carveout.constraints import areas, limits
from carveout.jobs import ANSWERS, Draft, write_draft
from carveout.language import LANGUAGES, Language
from carveout.model import Channel, Mode, Suitability, Weekday
from tests.app.test_pages import ROOT
from tests.charts.sample import huge_result, site_result

SITE = "care-home-a"


@pytest.fixture(autouse=True)
def fresh_caches() -> Iterator[None]:
    st.cache_resource.clear()
    st.cache_data.clear()
    yield
    st.cache_resource.clear()
    st.cache_data.clear()


def word(key: str, language: Language = "ja", **values: object) -> str:
    return catalogue()[key].in_(language).format(**values)


def opened(page: str = "shape", language: Language = "ja", **query: str) -> AppTest:
    app = AppTest.from_file(ROOT / "app.py", default_timeout=60)
    app.query_params.update({"lang": language, **query})
    app.run()
    app.switch_page(str(VIEWS / f"{page}.py")).run()
    assert not app.exception
    return app


def shaping(language: Language = "ja", number: int = 0, **query: str) -> AppTest:
    """The page with a candidate of the first site taken up."""
    app = opened("jobs", language, **query)
    app.button(key=f"jobs.shape.{number}").click().run()
    app.switch_page(str(VIEWS / "shape.py")).run()
    assert not app.exception and not app.error
    return app


def draft_of(app: AppTest) -> Draft:
    value = app.query_params[drafting.PARAMETER]
    return drafting.unpack(value[0] if isinstance(value, list) else value)


def said(app: AppTest) -> str:
    written = [element.value for kind in (app.markdown, app.text, app.subheader, app.info) for element in kind]
    return html.unescape("\n".join([*written, *(element.proto.body for element in app.get("html"))]))


def ok(app: AppTest) -> AppTest:
    assert not app.exception
    assert not app.error
    return app


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_candidate_taken_up_shows_its_fields_and_its_outcome(language: Language):
    text = said(shaping(language))
    for key in ("jobs.limits", "jobs.relief", "jobs.channel"):
        assert word(key, language) in text
    assert word("layer.law", language) in text
    assert not any(word(f"shape.{key}", language) in text for key in ("no_hours", "empty"))


def test_weekdays_are_toggled_and_the_last_one_stays():
    app = shaping()
    block = app.pills(key="shape.days.0")
    before = draft_of(app)
    (day,) = block.value
    other = next(str(d) for d in Weekday if str(d) not in {str(s.weekday) for s in before.slots})
    ok(block.select(other).run())
    assert {str(s.weekday) for s in draft_of(app).slots} == {*(str(s.weekday) for s in before.slots), other}
    ok(app.pills(key="shape.days.0").unselect(day).unselect(other).run())
    assert app.warning[0].value == word("shape.last_day")
    assert {str(s.weekday) for s in draft_of(app).slots} >= {day, other}


def test_start_end_and_moving_change_the_hours():
    app = shaping()
    first = draft_of(app).slots[0]
    ok(app.button(key="shape.move.0.15").click().run())
    moved = draft_of(app).slots[0]
    assert (moved.start, moved.end) == (first.start + 15, first.end + 15)
    ok(app.selectbox(key="shape.start.0").select(first.start).run())
    ok(app.selectbox(key="shape.end.0").select(first.start + 60).run())
    changed = draft_of(app).slots[0]
    assert (changed.start, changed.end) == (first.start, first.start + 60)
    ok(app.button(key="shape.move.0.-15").click().run())
    assert draft_of(app).slots[0].start == first.start - 15


def test_hours_are_added_and_removed_and_taken_back():
    app = shaping()
    before = draft_of(app)
    ok(app.button(key="shape.add").click().run())
    assert len(draft_of(app).slots) == len(before.slots) + 1
    ok(app.button(key="shape.undo").click().run())
    assert draft_of(app) == before
    ok(app.button(key="shape.redo").click().run())
    assert len(draft_of(app).slots) == len(before.slots) + 1
    ok(app.button(key="shape.remove.0").click().run())
    ok(app.button(key="shape.original").click().run())
    assert draft_of(app).slots == before.slots


def test_the_unit_of_a_block_is_chosen():
    app = shaping()
    ok(app.selectbox(key="shape.unit.0").select("unit-2").run())
    assert draft_of(app).slots[0].unit == "unit-2"


def test_day_by_day_shows_every_weekday_by_itself():
    app = shaping()
    ok(app.pills(key="shape.days.0").select("sat").run())
    together = len([p for p in app.pills if p.key.startswith("shape.days")])
    ok(app.segmented_control(key=f"{'shaping.day_by_day'}").select(True).run())
    assert len([p for p in app.pills if p.key.startswith("shape.days")]) == together + 1


def test_tasks_are_taken_out_and_put_in():
    app = shaping()
    slot = draft_of(app).slots[0]
    task, mode = slot.tasks[0]
    toggles = app.pills(key=f"shape.tasks.0.{mode}")
    ok(toggles.unselect(f"{mode}:{task}").run())
    assert (task, mode) not in draft_of(app).slots[0].tasks
    toggles = app.pills(key=f"shape.tasks.0.{mode}")
    code = next(o for o in toggles.options if o)
    assert code.startswith(("○", "△")), "a toggle shows the verdict's mark"
    ok(toggles.select(f"{mode}:{task}").run())
    assert (task, mode) in draft_of(app).slots[0].tasks


def test_work_of_other_hours_may_be_put_in_and_says_that_it_is_not_seen_there():
    app = shaping()
    other = next(p for p in app.pills if p.key == "shape.elsewhere.0")
    job_codes = list(other.proto.options)
    ok(other.set_value([_codes(app)[0]]).run())
    assert word("shape.not_here") in said(app)
    assert job_codes


def _codes(app: AppTest) -> list[str]:
    """Codes of the work seen at other hours than the first block's."""
    result = sites.result_of(next(e for e in sites.entries() if e.key == SITE))
    entry = next(e for e in sites.entries() if e.key == SITE)
    slot = draft_of(app).slots[0]
    return [
        f"{o.mode}:{o.task}"
        for o in workbench.offers(entry, result, slot.unit)
        if o.open and o.mode is not Mode.PREPARE and (o.start >= slot.end or o.end <= slot.start)
    ]


def test_what_is_advised_against_may_be_put_in_and_its_limit_is_named_with_source_and_reason():
    app = shaping()
    box = app.selectbox(key="shape.against.0")
    ok(box.select_index(0).run())
    slot = draft_of(app).slots[0]
    entry = next(e for e in sites.entries() if e.key == SITE)
    job = workbench.shaped(entry, sites.result_of(entry), draft_of(app))
    bad = [t for t in job.slots[0].tasks if t.suitability in (Suitability.UNSUITABLE, Suitability.UNDETERMINED)]
    assert bad and (bad[0].task, bad[0].mode) in slot.tasks
    assert job.broken
    text = said(app)
    for check in job.broken:
        assert check.label.ja in text and check.source.ja in text and check.said.ja in text


def test_a_law_broken_by_hours_is_named_and_more_people_mend_it():
    app = shaping()
    for _ in range(4):
        app.button(key="shape.add").click().run()
    for number in range(3):
        app.selectbox(key=f"shape.start.{number}").select(480).run()
        ok(app.selectbox(key=f"shape.end.{number}").select(1080).run())
    text = said(app)
    assert limits()["weekly_hours"].source.ja in text
    assert "co-broken" in text
    ok(app.number_input(key="shape.people").set_value(4).run())
    assert draft_of(app).people == 4


def test_title_channel_area_day_and_ratio_are_kept_in_the_draft():
    app = shaping()
    ok(app.text_input(key="shape.title.1").set_value(" 昼の手伝い ").run())
    ok(app.selectbox(key="shape.channel").select(str(Channel.PLACEMENT)).run())
    ok(app.selectbox(key="shape.area").select("chiba").run())
    ok(app.date_input(key="shape.law_day").set_value(date(2015, 6, 1)).run())
    ok(app.number_input(key="number.relief_ratio").set_value(0.5).run())
    draft = draft_of(app)
    assert (draft.title, draft.channel, draft.area, draft.on) == (
        "昼の手伝い", Channel.PLACEMENT, "chiba", "2015-06-01",
    )  # fmt: skip
    assert draft.numbers == {"relief_ratio": 0.5}
    ok(app.number_input(key="number.relief_ratio").set_value(limits()["relief_ratio"].value).run())
    assert draft_of(app).numbers == {}


def test_a_laws_figure_can_only_be_made_stricter_and_a_fact_may_be_stated_or_left_open():
    app = shaping()
    weekly = app.number_input(key="number.weekly_hours")
    assert weekly.max == limits()["weekly_hours"].value
    ok(weekly.set_value(15.0).run())
    ok(app.number_input(key="number.body_weight_kg").set_value(50.0).run())
    assert draft_of(app).numbers == {"weekly_hours": 15.0, "body_weight_kg": 50.0}
    ok(app.number_input(key="number.body_weight_kg").set_value(None).run())
    ok(app.selectbox(key="number.no_bodily_contact").select(1.0).run())
    assert draft_of(app).numbers == {"weekly_hours": 15.0, "no_bodily_contact": 1.0}
    ok(app.selectbox(key="number.no_bodily_contact").select(None).run())
    assert draft_of(app).numbers == {"weekly_hours": 15.0}


def test_figures_of_a_file_that_the_law_forbids_are_said_and_put_right():
    draft = Draft(SITE, draft_of(shaping()).slots, numbers={"weekly_hours": 60.0})
    app = opened(job=drafting.pack(draft))
    assert app.error[0].value == word("shape.numbers_refused")
    ok(app.button(key="shape.usual_numbers").click().run())
    assert draft_of(app).numbers == {}


def test_an_edit_reads_analyses_and_solves_nothing_anew(monkeypatch: pytest.MonkeyPatch):
    app = shaping()

    def never(*args: object, **kwargs: object) -> None:
        pytest.fail("computed anew")

    for name in ("read", "analyze"):
        monkeypatch.setattr(sites, name, never)
    monkeypatch.setattr("carveout.jobs.bundling.best_week", never)
    monkeypatch.setattr("carveout.jobs.bench", never)
    ok(app.button(key="shape.move.0.15").click().run())
    ok(app.number_input(key="shape.people").set_value(2).run())


def test_the_file_saved_is_the_draft_and_a_new_session_takes_the_draft_from_the_address():
    app = shaping()
    app.button(key="shape.move.0.15").click().run()
    kept = draft_of(app)
    (button,) = [b for b in app.get("download_button") if b.proto.id.endswith("shape.save")]
    assert button
    again = opened(job=drafting.pack(kept))
    assert draft_of(again) == kept
    assert again.selectbox(key="shape.start.0").value == kept.slots[0].start


def test_an_address_cut_short_is_said_and_the_page_still_opens():
    app = opened(job=drafting.pack(Draft(SITE, ()))[:-3])
    assert word("shape.address_unreadable") in app.warning[0].value


def test_nothing_shaped_yet_offers_the_ways_to_begin():
    app = opened()
    assert word("shape.empty") in said(app)
    app.button(key="shape.by_hand").click().run()
    app.switch_page(str(VIEWS / "shape.py")).run()
    assert word("shape.no_hours") in said(app)
    ok(app.button(key="shape.add").click().run())
    assert draft_of(app).slots[0].weekday is Weekday.MON


def test_a_draft_of_another_site_is_not_lost_and_its_site_a_press_away():
    app = shaping()
    kept = draft_of(app)
    ok(app.selectbox(key="shape.site").select("nursery-a").run())
    assert draft_of(app) == kept
    ok(app.button(key="shape.other_switch").click().run())
    assert app.selectbox(key="shape.site").value == SITE
    assert app.selectbox(key="shape.start.0").value == kept.slots[0].start


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_proposal_page_takes_answers_and_shows_them(language: Language):
    app = shaping(language)
    app.switch_page(str(VIEWS / "proposal.py")).run()
    ok(app)
    for name in ANSWERS:
        if name == "start_date":
            ok(app.date_input(key="answer.start_date").set_value(date(2026, 12, 1)).run())
        else:
            ok(app.text_input(key=f"answer.{name}.1").set_value(f"answer to {name}").run())
    assert set(draft_of(app).answers) == set(ANSWERS)
    assert draft_of(app).answers["start_date"] == "2026-12-01"
    assert len(app.get("download_button")) == 6


def test_the_proposal_page_without_a_job_or_without_hours_says_what_to_do():
    app = opened("proposal")
    assert word("shape.empty") in said(app)
    app = opened("proposal", job=drafting.pack(Draft(SITE, ())))
    assert app.info[0].value == word("proposal.no_hours")


def test_no_candidate_says_why_and_what_to_observe_and_still_lets_one_begin(monkeypatch: pytest.MonkeyPatch):
    from dataclasses import replace

    bare = replace(site_result(), jobs=(), days_of_unit={"unit-1": 1})
    monkeypatch.setattr(sites, "entries", lambda: [sites.Entry("s", "s", 0, "s", True)])
    monkeypatch.setattr(sites, "result_of", lambda _, **__: bare)
    app = opened("jobs")
    text = said(app)
    assert word("jobs.none") in text and word("jobs.none_next") in text
    app.button(key="jobs.by_hand").click().run()
    app.switch_page(str(VIEWS / "shape.py")).run()
    ok(app)
    ok(app.button(key="shape.add").click().run())


@pytest.mark.parametrize("page", ["shape", "proposal"])
def test_hostile_and_very_long_names_are_letters_on_these_pages_too(page: str, monkeypatch: pytest.MonkeyPatch):
    from carveout.language import Text

    hostile = "<img src=x onerror=alert(1)>" + "とても長い名前" * 8
    result = site_result({"lunch_assist": Text(hostile, hostile), "listening": Text(hostile, hostile)})
    monkeypatch.setattr(sites, "entries", lambda: [sites.Entry("s", "s", 0, hostile, True)])
    monkeypatch.setattr(sites, "result_of", lambda _, **__: result)
    app = shaping()
    app.text_input(key="shape.title.1").set_value("<script>alert(1)</script>").run()
    app.switch_page(str(VIEWS / f"{page}.py")).run()
    ok(app)
    drawn = [element.proto.body for element in app.get("html")] + [element.value for element in app.markdown]
    assert "<img" not in "".join(drawn)
    assert "<script>alert" not in "".join(drawn)


def test_forty_people_and_ninety_days_can_be_shaped(monkeypatch: pytest.MonkeyPatch):
    result = huge_result()
    monkeypatch.setattr(sites, "entries", lambda: [sites.Entry("h", "h", 0, "h", True)])
    monkeypatch.setattr(sites, "result_of", lambda _, **__: result)
    ok(shaping().button(key="shape.move.0.15").click().run())


def test_two_jobs_stand_side_by_side_and_a_sign_marks_where_they_differ():
    app = opened("jobs")
    boxes = [b for b in app.selectbox if b.key.startswith("compare.")]
    assert len(boxes) == 2
    boxes[1].select_index(2).run()
    ok(app)
    text = said(app)
    assert "co-compare" in text and "≠" in text
    boxes = [b for b in app.selectbox if b.key.startswith("compare.")]
    boxes[1].set_value(boxes[0].value).run()
    assert "≠" not in said(app)


def test_the_file_a_person_opens_is_taken_up_or_every_problem_named(monkeypatch: pytest.MonkeyPatch):
    from carveout.app.views import shape

    class File:
        name = "job.yaml"

        def __init__(self, data: bytes):
            self.data, self.size = data, len(data)

        def getvalue(self) -> bytes:
            return self.data

    state: dict[str, object] = {"shape.file": File(b"format: carveout-job/1\nsite: a\nslots: []\npeeple: 2\n")}
    monkeypatch.setattr(st, "session_state", state)
    shape._take()
    (problem,) = state["shape.opened"]  # type: ignore[misc]
    assert "people" in problem.remedy.en
    assert drafting.current() is None
    state["shape.file"] = File(write_draft(Draft("a", (), people=3)))
    shape._take()
    assert state["shape.opened"] == ()
    assert drafting.current() == Draft("a", (), people=3)


def test_the_area_chosen_with_the_candidates_goes_along_into_the_job_and_the_address():
    app = opened("jobs")
    ok(app.selectbox(key="jobs.area").select("saitama").run())
    assert app.query_params["area"] in ("saitama", ["saitama"])
    assert areas()["saitama"].note.ja in said(app)
    app.button(key="jobs.shape.0").click().run()
    app.switch_page(str(VIEWS / "shape.py")).run()
    assert draft_of(ok(app)).area == "saitama"
    told = said(opened("jobs", area="saitama"))
    assert areas()["saitama"].note.ja in told, "the address alone brings it back"


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_candidates_stand_in_one_table_before_their_cards(language: Language):
    app = opened("jobs", language)
    bodies = [element.proto.body for element in app.get("html")]
    (table,) = [body for body in bodies if body.startswith("<table class='co-table co-overview'")]
    cards = [body for body in bodies if 'class="co-brief"' in body]
    assert table.count("<th scope='row'>") == len(cards) > 1
    assert bodies.index(table) < bodies.index(cards[0])
    assert "→" in table, "what a candidate may grow to"
    first = html.unescape(cards[0].split("<h3>")[1].split("</h3>")[0])
    assert first in html.unescape(table)
    details = [box for box in app.expander if box.label == word("jobs.details", language)]
    assert [box.proto.expanded for box in details] == [True] + [False] * (len(cards) - 1)
