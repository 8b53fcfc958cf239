"""The page of live recording without a browser: its states, what the browser is told, what becomes of what it sends."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import streamlit as st
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from carveout.app import archive_here
from carveout.app.capture import live
from carveout.app.capture.makers import makers
from carveout.app.daybook import saving
from carveout.app.waiting_here import hand
from carveout.language import LANGUAGES, Language
from carveout.model import Kind
from carveout.store import By, DayHead, Edit, HeadChange, Member, Role, Store, StoreError, open_store
from carveout.workday import Change, Person, Row, SiteHead, Workday
from tests.app.opened import day, drawn, filled, labels, opened, said, sign_in, word

ME = By("local")


@pytest.fixture(autouse=True)
def fresh_caches() -> Iterator[None]:
    for cache in (st.cache_resource, st.cache_data):
        cache.clear()
    yield
    for cache in (st.cache_resource, st.cache_data):
        cache.clear()


@pytest.fixture
def store(store_of_its_own: str) -> Iterator[Store]:
    made = open_store(store_of_its_own)
    yield made
    made.close()


@pytest.fixture
def key(store: Store) -> str:
    store.put_site(SiteHead("home", Kind.CARE_HOME, "<b>ひまわり苑</b>"), ME)
    staff = (Person("s1", "care_worker"), Person("s2"))
    return store.open_day(Workday("home", date.today().isoformat(), "u", "jc-01", staff), ME)


def told(app: Any) -> dict[str, Any]:
    """What the browser is told."""
    (found,) = app.get("bidi_component")
    payload: dict[str, Any] = json.loads(found.proto.json or found.proto.mixed.json)
    return payload


# The page.


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_site_the_page_says_where_to_begin(store_of_its_own: str, language: Language):
    app = opened("live", language)
    assert word("live.no_day", language) in said(app)
    assert not app.button


def test_a_day_of_today_is_offered_and_one_press_away(store: Store, key: str):
    app = opened("live")
    (button,) = [one for one in app.button if one.key == f"live.open.{key}"]
    app = button.click().run()
    assert app.query_params[archive_here.DAY] in (key, [key])
    assert told(app)["day"]["date"] == date.today().isoformat()


def test_where_somebody_has_observed_before_today_begins_with_one_press(store: Store):
    filled(store, "a")
    app = opened("live")
    assert [
        label for label in labels(app) if "施設 a" in label.replace("\\", "") and "unit-1" in label.replace("\\", "")
    ]
    app = next(one for one in app.button if one.key.startswith("live.begin.")).click().run()
    begun = [info for info in store.days("a") if info.date == date.today().isoformat()]
    assert [info.unit for info in begun] == ["unit-1"]
    assert [person.on for person in store.day(begun[0].key).workday.staff] == [(), ()]
    assert told(app)["day"]["staff"][0] == {"id": "s1", "role": "care_worker"}
    assert len(store.days("a")) == 3
    again = opened("live")
    assert not [one for one in again.button if one.key.startswith("live.begin.")]


def test_yesterdays_night_may_go_on_and_older_days_are_not_offered(store: Store):
    yesterday, before = ((date.today() - timedelta(days=n)).isoformat() for n in (1, 2))
    filled(store, "a", dates=(before, yesterday))
    offered = [one.label for one in opened("live").button if one.key.startswith("live.open.")]
    assert len(offered) == 1 and yesterday in offered[0].replace("\\", "")


def primary(app: Any) -> list[str]:
    """The keys of the main actions the start page offers."""
    return [button.key for button in app.button if button.proto.type == "primary" and button.key.startswith("live.")]


def complete(store: Store, key: str) -> None:
    head = DayHead.of(store.day(key).workday)
    store.save(key, Edit(f"done-{key[:8]}", "complete", (), HeadChange(head, replace(head, complete=True))), ME)


def test_there_is_one_main_action_and_it_begins_today_where_nothing_of_today_is_open(store: Store):
    filled(store, "a", "b")
    old = store.days("a")[0].key
    app = opened("live", day="")
    (main,) = primary(app)
    assert main.startswith("live.begin.") and word("live.begin") in said(app)
    next(one for one in app.button if one.key == main).click().run()
    today = [info.key for site in "ab" for info in store.days(site) if info.date == date.today().isoformat()]
    assert len(today) == 1 and primary(opened("live")) == [f"live.open.{today[0]}"]
    assert old not in "".join(one.key for one in opened("live").button), "what is over long ago is not offered"


def test_a_record_of_today_that_is_complete_is_said_to_be_with_the_way_to_go_on(store: Store, key: str):
    complete(store, key)
    app = opened("live")
    assert not primary(app) and "完了になっています" in said(app)
    app = next(one for one in app.button if one.key == f"live.reopen.{key}").click().run()
    assert app.query_params[archive_here.DAY] in (key, [key])
    assert word("record.reopen") in labels(app)


def test_a_site_without_a_day_leads_to_its_first(store: Store):
    store.put_site(SiteHead("fresh", Kind.NURSERY, "あおぞら保育園"), ME)
    app = opened("live")
    assert primary(app) == ["live.first.fresh"] and word("live.no_day") not in said(app)
    app = next(one for one in app.button if one.key == "live.first.fresh").click().run()
    assert word("archive.create_live") in labels(app), "the form for a new day stands open"


def test_two_observers_of_one_unit_begin_a_record_of_their_own(store: Store, monkeypatch: pytest.MonkeyPatch):
    filled(store, "a")
    for number in ("01", "02"):
        store.put_member(Member(f"jc{number}@example.org", f"jc-{number}", Role.OBSERVER, ("a",)), ME)
        sign_in(monkeypatch, f"jc{number}@example.org")
        app = opened("live")
        (main,) = primary(app)
        assert main.startswith("live.begin.")
        next(one for one in app.button if one.key == main).click().run()
    today = date.today().isoformat()
    assert {info.observer for info in store.days("a") if info.date == today} == {"jc-01", "jc-02"}
    own = store.days("a")[-1]
    assert own.observer == "jc-02" and primary(opened("live")) == [f"live.open.{own.key}"]


def test_from_an_old_day_today_begins_with_one_press(store: Store):
    filled(store, "a", dates=("2026-06-01",))
    (old,) = (info.key for info in store.days("a"))
    app = opened("live", day=old)
    assert told(app)["fixed"]["words"]["begin_today"] == word("tapping.begin_today")
    app.session_state["live.today"] = old  # what the press in the browser leaves
    app.run()
    assert {info.date for info in store.days("a")} == {"2026-06-01", date.today().isoformat()}
    assert app.query_params[archive_here.DAY] not in (old, [old])


def test_what_waits_on_a_device_is_named_after_the_person(store: Store, key: str, monkeypatch: pytest.MonkeyPatch):
    places = set()
    for who in ("jc01@example.org", "jc02@example.org"):
        store.put_member(Member(who, "", Role.OBSERVER, ("home",)), ME)
        sign_in(monkeypatch, who)
        places.add(told(opened("live", day=key))["place"])
    assert len(places) == 2


def test_a_disk_that_refuses_to_write_takes_no_page_away_that_only_reads(store: Store, key: str):
    archive_here.note(StoreError("disk_error", reason="x"))
    assert [one.key for one in opened("live").button if one.key == f"live.open.{key}"]
    archive_here.note(StoreError("connection_lost"))
    app = opened("live")
    assert word("archive.retry") in labels(app)
    (waiting,) = app.get("bidi_component")
    assert hand("local") in waiting.proto.json + waiting.proto.mixed.json


def test_a_day_that_is_gone_is_said_to_be(store: Store, key: str):
    assert word("live.day_gone") in said(opened("live", day="not-there"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_browser_is_told_the_day_in_the_language_of_the_page(store: Store, key: str, language: Language):
    store.save(key, Edit("e-0000001", "put", (Change(None, Row("r-000001", 540, None, "serving", ("s1",))),)), ME)
    data = told(opened("live", language, day=key))
    fixed = data["fixed"]
    assert data["place"] == f"{store.id}.{key}.{hand('local')}.live"
    assert [row["task"] for row in data["day"]["rows"]] == ["serving"]
    label = {task["code"]: task["label"] for task in fixed["tasks"]}["serving"]
    assert label == {"ja": "配膳", "en": "Serving"}[language]
    assert fixed["words"]["undo"] == word("tapping.undo", language)
    assert fixed["place_label"].startswith("<b>")  # a text for textContent; no markup is made of it
    assert not any("<b>" in html for html in drawn(opened("live", language, day=key)))
    assert "break_time" not in {task["code"] for task in fixed["tasks"]}


def test_tasks_are_found_by_kana_and_the_sites_own_come_first(store: Store, key: str):
    head = store.site("home")
    own = SiteHead("home", head.kind, head.name, tasks={"tea": {"ja": "お茶の時間", "en": "Tea time"}})
    tasks = live._tasks(own, store.day(key).workday)
    assert tasks[0]["code"] == "tea"
    assert "はいぜん" in next(task["find"] for task in tasks if task["code"] == "serving")
    assert all(spelling == spelling.lower() for task in tasks for spelling in task["find"])


def test_habits_come_from_the_sites_own_days_and_else_from_the_example_of_its_kind(store: Store, key: str):
    head = store.site("home")
    assert live.usual_of(store, store.day(key), head)["breakfast_assist"]
    assert live.usual_of(store, store.day(key), SiteHead("x", Kind.OTHER)) == {}
    store.import_days(head, [day("home", "2026-06-01", task="serving")], ME)
    st.cache_data.clear()
    assert set(live.usual_of(store, store.day(key), head)) == {"serving", "清掃"}


def test_a_day_marked_complete_still_takes_what_waits_but_says_so(store: Store, key: str):
    head = DayHead.of(store.day(key).workday)
    complete = HeadChange(head, DayHead(head.date, head.unit, head.observer, head.staff, complete=True))
    store.save(key, Edit("e-0000001", "complete", (), complete), ME)
    assert "完了" in told(opened("live", day=key))["closed"]


def test_what_looks_like_a_name_in_a_note_is_questioned(store: Store, key: str):
    row = Row("r-000001", 540, None, "serving", ("s1",), note="田中様が手伝った")
    store.save(key, Edit("e-0000001", "put", (Change(None, row),)), ME)
    assert told(opened("live", day=key))["doubt"] == "田中様"


def test_who_may_only_look_gets_no_buttons(store: Store, key: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(archive_here, "allowed", lambda action, site=None: action == "see")
    app = opened("live", day=key)
    assert word("live.not_allowed") in said(app)
    assert not app.get("bidi_component")


def test_nobody_signed_in_sees_no_day(store: Store, key: str, monkeypatch: pytest.MonkeyPatch):
    sign_in(monkeypatch)
    app = opened("live", day=key)
    assert not app.get("bidi_component") and "ひまわり苑" not in said(app)


def test_a_store_that_does_not_answer_is_told_kindly(store: Store, key: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Store, "clashes", fails)
    app = opened("live", day=key)
    assert app.error and not app.exception


def test_a_store_that_stops_answering_leaves_the_screen_where_it_is(
    store: Store, key: str, monkeypatch: pytest.MonkeyPatch
):
    app = opened("live", day=key)
    monkeypatch.setattr(Store, "day", fails)
    app.run()
    assert told(app)["day"]["date"] == date.today().isoformat()
    assert not app.error and not app.exception


def test_what_comes_while_the_store_cannot_be_had_is_to_come_again(store: Store, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(archive_here, "store", fails)
    answer = live._taken("any-day", {"turn": "t", "entries": [{"id": "tap-000001"}, "junk", {"id": 3}]})
    assert answer["turn"] == "t"
    assert {name: state["state"] for name, state in answer["states"].items()} == {"tap-000001": "later"}


def fails(*_: object) -> None:
    raise StoreError("locked")


# What the browser sends.


def send(store: Store, key: str, *entries: dict[str, Any]) -> dict[str, Any]:
    answer = saving.take(store, key, {"turn": "t", "entries": list(entries)}, ME, makers(store, key, ME))
    return {name: state["state"] for name, state in answer["states"].items()}


def start(number: int, at: int, task: str, *staff: str, **more: Any) -> dict[str, Any]:
    tap = {"id": f"tap-{number:06d}", "kind": "start", "at": at, "staff": list(staff or ("s1",)), "task": task}
    return tap | {"row": f"row{number:06d}", "parallel": False, "trigger": None, "note": "", "late": ""} | more


def standing(store: Store, key: str) -> set[tuple[str, int, int | None, tuple[str, ...]]]:
    return {(row.task, row.start, row.end, row.staff) for row in store.day(key).workday.rows}


def test_taps_sent_twice_and_in_pieces_are_written_once(store: Store, key: str):
    taps = [start(1, 540, "serving"), start(2, 550, "clearing"), start(3, 555, "toileting")]
    assert set(send(store, key, *taps).values()) == {"saved"}
    assert standing(store, key) == {
        ("serving", 540, 550, ("s1",)), ("clearing", 550, 555, ("s1",)), ("toileting", 555, None, ("s1",)),
    }  # fmt: skip
    stop = {"id": "tap-000004", "kind": "stop", "at": 560, "staff": ["s1"], "row": ""}
    for again in (taps, taps[1:], [taps[0]], [*taps, stop], [taps[2], stop]):
        send(store, key, *again)
    send(store, key, start(5, 565, "serving"), stop, start(5, 565, "serving"))
    assert standing(store, key) == {
        ("serving", 540, 550, ("s1",)), ("clearing", 550, 555, ("s1",)),
        ("toileting", 555, 560, ("s1",)), ("serving", 565, None, ("s1",)),
    }  # fmt: skip


def test_a_tap_means_what_it_means_on_the_day_as_it_stands(store: Store, key: str):
    """Somebody at a desk has ended the row meanwhile: the tap starts what it says and clashes with nothing."""
    send(store, key, start(1, 540, "serving"))
    (row,) = store.day(key).workday.rows
    desk = By("jc-02")
    store.save(key, Edit("desk-0001", "put", (Change(row, Row(row.id, 540, 545, "cleaning", ("s1",))),)), desk)
    send(store, key, start(2, 550, "clearing"))
    assert standing(store, key) == {("cleaning", 540, 545, ("s1",)), ("clearing", 550, None, ("s1",))}
    assert not store.clashes(key)


def undo(number: int, store: Store, key: str, *rows: tuple[Row | None, Row | None]) -> dict[str, Any]:
    changes = [
        {"before": before and saving.row_json(before), "after": after and saving.row_json(after)}
        for before, after in rows
    ]
    return {"id": f"undo-{number:05d}", "kind": "undo", "of": "tap-000001", "changes": changes}


def test_a_tap_taken_back_is_the_stores_own_undo_and_once_only(store: Store, key: str):
    send(store, key, start(1, 540, "serving"), start(2, 550, "clearing"))
    (first, second) = store.day(key).workday.rows
    entry = undo(1, store, key, (second, None), (first, Row(first.id, 540, None, "serving", ("s1",))))
    for _ in range(3):
        assert send(store, key, entry) == {"undo-00001": "saved"}
    assert standing(store, key) == {("serving", 540, None, ("s1",))}
    assert [one.kind for one in store.history(key)][:2] == ["undo", "edit"]
    assert store.can_redo(key, ME)


def test_a_tap_somebody_has_built_upon_is_taken_back_as_a_clash_and_nothing_is_lost(store: Store, key: str):
    send(store, key, start(1, 540, "serving"))
    (row,) = store.day(key).workday.rows
    desk = By("jc-02")
    store.save(key, Edit("desk-0001", "put", (Change(row, Row(row.id, 530, 545, "cleaning", ("s1",))),)), desk)
    send(store, key, undo(1, store, key, (row, None)))
    assert standing(store, key) == {("cleaning", 530, 545, ("s1",))}


def test_a_note_whose_row_is_gone_is_held_with_its_words(store: Store, key: str):
    entry = {"id": "tap-000001", "kind": "note", "at": 540, "row": "row-gone", "note": "声かけあり"}
    answer = saving.take(store, key, {"turn": "t", "entries": [entry]}, ME, makers(store, key, ME))
    state = answer["states"]["tap-000001"]
    assert state["state"] == "held" and "声かけあり" in state["problems"][0]["cause"]


def test_a_person_more_stands_in_the_head_once(store: Store, key: str):
    one = {"id": "person-0001", "kind": "person", "person": {"id": "s3", "role": "nurse"}}
    other = {"id": "person-0002", "kind": "person", "person": {"id": "s3", "role": "cook"}}
    send(store, key, one, other, one)
    assert store.day(key).workday.staff[2:] == (Person("s3", "nurse"),)


JUNK = some.recursive(
    some.none()
    | some.booleans()
    | some.integers(-(2**70), 2**70)
    | some.floats(allow_nan=False)
    | some.text(max_size=8),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
FIELDS = ("at", "staff", "task", "row", "parallel", "trigger", "note", "late", "to", "edge", "changes", "person", "of")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kind=some.sampled_from(["start", "stop", "move", "mark", "note", "undo", "person", "x"]), data=some.data())
def test_whatever_is_sent_breaks_nothing(store: Store, key: str, kind: str, data: some.DataObject):
    fields = data.draw(some.dictionaries(some.sampled_from(FIELDS), JUNK, max_size=6))
    name = data.draw(some.uuids()).hex
    states = send(store, key, {**fields, "id": name, "kind": kind})
    assert set(states.values()) <= {"saved", "held"}
    for row in store.day(key).workday.rows:
        assert row.end is None or row.end >= row.start
