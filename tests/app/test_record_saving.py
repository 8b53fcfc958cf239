"""The server's side of the outbox: saved once, held with a reason, tried again, never trusted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import streamlit as st

from carveout.app.daybook import making, saving, sheet, typed
from carveout.model import Kind
from carveout.store import By, Edit, Saved, Store, StoreError, open_store
from carveout.workday import Change, Person, Row, SiteHead, Workday, new_id
from carveout.workday.vocabulary import vocabulary

ME, OTHER = By("jc-01"), By("jc-02")
HEAD = SiteHead("home", Kind.CARE_HOME)
MAKERS: Mapping[str, saving.Maker] = {
    "put": making.put,
    "do": making.do(vocabulary(HEAD)),
    "line": typed.line(vocabulary(HEAD), ("u", "v")),
}
ROW = Row("row-000001", 540, 560, "serving", ("s1",))
NEXT = Row("row-000002", 560, 580, "clearing", ("s1",))


@pytest.fixture
def store(store_of_its_own: str) -> Iterator[Store]:
    opened = open_store(store_of_its_own)
    opened.put_site(HEAD, ME)
    yield opened
    opened.close()


@pytest.fixture
def key(store: Store) -> str:
    return store.open_day(Workday("home", "2026-06-01", "u", "jc-01", (Person("s1"),), (ROW, NEXT)), ME)


def sent(*entries: object) -> dict[str, object]:
    return {"turn": "t", "entries": list(entries)}


def answered(store: Store, key: str, *entries: object, by: By = ME) -> dict[str, Any]:
    answer = saving.take(store, key, sent(*entries), by, MAKERS)
    assert answer["turn"] == "t"
    states = answer["states"]
    assert isinstance(states, dict)
    return states


def line(text: str, name: str = "line-000001", **more: object) -> dict[str, object]:
    return {"id": name, "kind": "line", "row": name, "text": text, "after": None, "now": None, **more}


def added(**fields: object) -> dict[str, object]:
    changes = [{"before": None, "after": saving.row_json(ROW) | fields}]
    return {"id": "entry-0001", "kind": "put", "changes": changes}


def rows(store: Store, key: str) -> list[Row]:
    return list(store.day(key).workday.rows)


def test_an_entry_sent_three_times_is_saved_once_and_answered_each_time(store: Store, key: str):
    for _ in range(3):
        assert answered(store, key, line("10:00-10:10 配膳 s1"))["line-000001"]["state"] == "saved"
    assert [row.start for row in rows(store, key)] == [540, 560, 600]


def test_lines_of_one_sending_follow_one_another(store: Store, key: str):
    states = answered(store, key, line("+5 配膳", "line-000001"), line("+5 下膳", "line-000002", after="line-000001"))
    assert [state["state"] for state in states.values()] == ["saved", "saved"]
    assert [(row.start, row.end) for row in rows(store, key)[2:]] == [(580, 585), (585, 590)]


def test_a_line_that_goes_on_from_a_wrong_one_waits_for_it_and_one_with_its_own_time_does_not(store: Store, key: str):
    states = answered(
        store, key, line("9:70 清掃", "line-000001"), line("+5 下膳", "line-000002", after="line-000001"),
        line("11:00-11:05 与薬", "line-000003", after="line-000002"),
    )  # fmt: skip
    assert [state["state"] for state in states.values()] == ["held", "behind", "saved"]
    assert states["line-000001"]["problems"][0]["cause"]


def test_a_name_is_held_until_its_writer_insists(store: Store, key: str):
    assert answered(store, key, line("11:00-11:05 与薬 田中さん"))["line-000001"] | {"problems": []} == {
        "state": "held", "problems": [], "sure": True, "rows": {},
    }  # fmt: skip
    assert answered(store, key, line("11:00-11:05 与薬 田中さん", sure=True))["line-000001"]["state"] == "saved"


@pytest.mark.parametrize("fields", [{"staff": ["田中さん"]}, {"note": "佐藤さんを呼んだ"}])
def test_a_name_written_into_the_table_is_held_until_its_writer_insists(
    store: Store, key: str, fields: dict[str, object]
):
    seen = saving.row_json(ROW)
    entry = {"id": "entry-0001", "kind": "put", "changes": [{"before": seen, "after": seen | fields}]}
    held = answered(store, key, entry)["entry-0001"]
    assert (held["state"], held["sure"]) == ("held", True)
    assert rows(store, key) == [ROW, NEXT]
    assert answered(store, key, entry | {"sure": True})["entry-0001"]["state"] == "saved"
    assert saving.row_json(rows(store, key)[0]) == seen | fields


def test_a_line_of_another_unit_is_held(store: Store, key: str):
    assert answered(store, key, line("11:00-11:05 与薬 @v"))["line-000001"]["state"] == "held"


def test_whoever_turns_to_something_else_leaves_what_they_did(store: Store, key: str):
    answered(store, key, line("11:00- 見守り s1", "line-000001"))
    answered(store, key, line("10分前に交代 傾聴 s1", "line-000002", after="line-000001", now=700))
    assert [(row.start, row.end) for row in rows(store, key)[2:]] == [(660, 690), (690, None)]


@pytest.mark.parametrize(
    "entry",
    [
        {"id": "entry-0001"},
        {"id": "entry-0001", "kind": "put", "changes": "x"},
        {"id": "entry-0001", "kind": "put", "changes": [{}]},
        {"id": "entry-0001", "kind": "put", "changes": [{"before": None, "after": {"id": "row", "start": 1}}]},
        added(start="9"),
        added(end=1e9),
        added(staff="s"),
        added(trigger="x"),
        {"id": "entry-0001", "kind": "line", "text": ["x"]},
        {"id": "entry-0001", "kind": "line", "text": "x" * 30_000},
        {"id": "entry-0001", "kind": "do", "op": "split", "seen": {}},
        {"id": "entry-0001", "kind": "do", "op": "drop table", "seen": {"r": saving.row_json(ROW)}},
        {"id": "entry-0001", "kind": "do", "op": "shift", "seen": {"r": saving.row_json(ROW)}, "minutes": True},
        {"id": "entry-0001", "kind": "do", "op": "split", "seen": {"r": saving.row_json(ROW)}, "at": "9:10"},
        {"id": "entry-0001", "kind": "do", "op": "split", "seen": {"r": saving.row_json(ROW)}, "at": 100},
    ],
    ids=range(15),
)
def test_what_cannot_be_read_is_held_with_a_reason_and_writes_nothing(
    store: Store, key: str, entry: Mapping[str, object]
):
    state = answered(store, key, entry)["entry-0001"]
    assert state["state"] == "held"
    assert state["problems"][0]["cause"]
    assert rows(store, key) == [ROW, NEXT]


@pytest.mark.parametrize(
    "whatever", [None, 1, "x", [], {}, {"entries": 1}, {"entries": [None, 1, {"id": 3}, {"id": "x"}]}]
)
def test_anything_may_be_sent(store: Store, key: str, whatever: object):
    assert saving.take(store, key, whatever, ME, MAKERS)["states"] == {}


def test_control_signs_and_half_characters_are_left_out(store: Store, key: str):
    after = saving.row_json(ROW) | {"note": "a\x00b\ud83dc\x1b[0m\td"}
    entry = {"id": "entry-0001", "kind": "put", "changes": [{"before": saving.row_json(ROW), "after": after}]}
    assert answered(store, key, entry)["entry-0001"]["state"] == "saved"
    assert rows(store, key)[0].note == "ab?c[0m\td"


def test_an_operation_on_a_row_that_somebody_has_changed_since_clashes(store: Store, key: str):
    store.save(
        key, Edit(new_id(), "note", (Change(ROW, Row(ROW.id, 540, 560, "serving", ("s1",), None, "theirs")),)), OTHER
    )
    entry = {"id": "entry-0001", "kind": "do", "op": "shift", "minutes": 5, "seen": {ROW.id: saving.row_json(ROW)}}
    assert answered(store, key, entry)["entry-0001"]["state"] == "saved"
    (clash,) = store.clashes(key)
    assert clash.change is not None
    assert clash.change.after == Row(ROW.id, 545, 565, "serving", ("s1",))
    assert rows(store, key)[0].note == "theirs"


def test_an_operation_on_a_row_taken_away_meanwhile_clashes_too(store: Store, key: str):
    store.save(key, Edit(new_id(), "remove", (Change(ROW, None),)), OTHER)
    entry = {"id": "entry-0001", "kind": "do", "op": "shift", "minutes": 5, "seen": {ROW.id: saving.row_json(ROW)}}
    assert answered(store, key, entry)["entry-0001"]["state"] == "saved"
    assert len(store.clashes(key)) == 1


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"op": "split", "at": 550, "fresh": "fresh-0001"}, [(540, 550), (550, 560), (560, 580)]),
        ({"op": "boundary", "edge": "end", "to": 565, "follow": True}, [(540, 565), (565, 580)]),
        ({"op": "boundary", "edge": "end", "to": 555, "follow": False}, [(540, 555), (560, 580)]),
        ({"op": "remove"}, [(560, 580)]),
        (
            {"op": "fill", "gap": {"staff": "s1", "start": 600, "end": 610}, "task": "清掃"},
            [(540, 560), (560, 580), (600, 610)],
        ),
    ],
)
def test_operations_answer_with_the_rows_that_came_of_them(
    store: Store, key: str, fields: dict[str, object], expected: list[tuple[int, int]]
):
    entry = {"id": "entry-0001", "kind": "do", "seen": {ROW.id: saving.row_json(ROW)}, **fields}
    state = answered(store, key, entry)["entry-0001"]
    assert [(row.start, row.end) for row in rows(store, key)] == expected
    standing = {row.id: saving.row_json(row) for row in rows(store, key)}
    assert state["rows"] == {name: standing.get(name) for name in state["rows"]}
    assert state["rows"]


def test_a_task_filled_in_is_kept_by_its_code(store: Store, key: str):
    gap = {"staff": "s1", "start": 600, "end": 610}
    answered(
        store,
        key,
        {
            "id": "entry-0001",
            "kind": "do",
            "op": "fill",
            "seen": {ROW.id: saving.row_json(ROW)},
            "gap": gap,
            "task": "はいぜん",
        },
    )
    assert rows(store, key)[2].task == "serving"


def test_undo_and_redo_sent_twice_are_done_once(store: Store, key: str):
    for minute in (1, 2):
        seen = {row.id: saving.row_json(row) for row in rows(store, key)[:1]}
        answered(store, key, {"id": f"entry-000{minute}", "kind": "do", "op": "shift", "minutes": minute, "seen": seen})
    for _ in range(3):
        answered(store, key, {"id": "undo-00001", "kind": "undo"})
    assert rows(store, key)[0].start == 541
    for _ in range(2):
        answered(store, key, {"id": "redo-00001", "kind": "redo"})
    assert rows(store, key)[0].start == 543


def test_where_the_disk_is_full_everything_waits_and_is_saved_later(
    store: Store, key: str, monkeypatch: pytest.MonkeyPatch
):
    good = Store.save
    calls = []

    def full(self: Store, key: str, edit: Edit, by: By) -> Saved:
        calls.append(edit.id)
        if len(calls) == 2:
            raise StoreError("disk_full")
        return good(self, key, edit, by)

    monkeypatch.setattr(Store, "save", full)
    three = [
        line("10:00-10:05 配膳", "line-000001"),
        line("+5 下膳", "line-000002", after="line-000001"),
        line("+5 清掃", "line-000003", after="line-000002"),
    ]
    states = answered(store, key, *three)
    assert [states[f"line-00000{n}"]["state"] for n in (1, 2, 3)] == ["saved", "later", "later"]
    assert "ディスク" in states["line-000002"]["problems"][0]["cause"]
    assert [state["state"] for state in answered(store, key, *three).values()] == ["saved", "saved", "saved"]
    assert [(row.start, row.end) for row in rows(store, key)[2:]] == [(600, 605), (605, 610), (610, 615)]


def test_a_day_taken_away_holds_what_is_written_to_it(store: Store, key: str):
    store.remove_day(key, OTHER)
    state = answered(store, key, line("10:00-10:05 配膳"))["line-000001"]
    assert state["state"] == "held"
    assert state["problems"][0]["cause"]


def test_what_may_not_be_written_is_held_or_waits(store: Store):
    held = saving.refuse(sent(line("9:00-9:10 配膳")), saving.Said("closed"))["states"]
    assert isinstance(held, dict)
    assert held["line-000001"]["state"] == "held"
    waits = saving.refuse(sent(line("9:00-9:10 配膳")), StoreError("connection_lost"))["states"]
    assert isinstance(waits, dict)
    assert waits["line-000001"]["state"] == "later"


@pytest.mark.parametrize(("why", "kept"), [("", 3), ("見るだけです", 2)])
def test_whether_one_may_write_is_asked_when_something_comes_and_not_only_when_the_page_is_drawn(
    store: Store, key: str, why: str, kept: int
):
    shown = sheet.Sheet(
        store, store.day(key), ME, vocabulary(HEAD), completion={}, makers=MAKERS, marks={}, clashes=(), can={},
        closed=lambda _day: why,
    )  # fmt: skip
    sheet._take(shown, sent(line("10:00-10:10 配膳 s1")))
    assert len(rows(store, key)) == kept
    owner, answer = st.session_state["record.answer"]
    assert owner == key
    assert answer["states"]["line-000001"]["state"] == ("held" if why else "saved")
