"""Undo and redo: each person's own steps on a day, from the record, so that they outlive any restart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from carveout.store import Store
from tests.store.build import JC, OTHER, A, add, put, replayed, row, rows, workday


def test_steps_are_taken_back_and_done_again_across_restarts(url: str, opened: Callable[[str], Store]) -> None:
    store = opened(url)
    store.put_site(A, JC)
    key = store.open_day(workday(), JC)
    assert not store.can_undo(key, JC)
    assert not store.undo(key, JC).done
    stages = [rows(store, key)]
    for number in range(4):
        add(store, key, row(f"r{number}", 540 + number))
        stages.append(rows(store, key))
    put(store, key, row("r1", 541), row("r1", 541, task="清掃"))
    stages.append(rows(store, key))
    put(store, key, row("r2", 542), None)
    stages.append(rows(store, key))
    for stage in reversed(stages[:-1]):
        store = opened(url)
        assert store.can_undo(key, JC)
        assert store.undo(key, JC).done
        assert rows(store, key) == stage
    assert not store.can_undo(key, JC)
    for stage in stages[1:]:
        store = opened(url)
        assert store.can_redo(key, JC)
        assert store.redo(key, JC).done
        assert rows(store, key) == stage
    assert not store.can_redo(key, JC)
    replayed(store, key)


def test_a_new_step_ends_redoing(store: Store) -> None:
    key = store.open_day(workday(), JC)
    add(store, key, row("r1"))
    store.undo(key, JC)
    assert store.can_redo(key, JC)
    add(store, key, row("r2"))
    assert not store.can_redo(key, JC)
    assert not store.redo(key, JC).done
    assert [one.id for one in rows(store, key)] == ["r2"]


def test_everybody_takes_back_their_own(store: Store) -> None:
    key = store.open_day(workday(), JC)
    add(store, key, row("mine"))
    add(store, key, row("theirs"), by=OTHER)
    assert store.undo(key, JC).done
    assert [one.id for one in rows(store, key)] == ["theirs"]
    assert not store.can_undo(key, JC)
    assert store.can_undo(key, OTHER)
    other_day = store.open_day(workday("2026-06-02"), JC)
    assert not store.can_redo(other_day, JC), "a day knows only its own steps"


def test_what_somebody_built_upon_is_told_and_stays(store: Store) -> None:
    key = store.open_day(workday(), JC)
    add(store, key, row("r0", 500))
    add(store, key, row("r1"), row("r2", 600))
    put(store, key, row("r1"), row("r1", task="清掃"), OTHER)
    before = rows(store, key)
    answer = store.undo(key, JC)
    assert not answer.done
    (clash,) = answer.clashes
    assert (clash.id, clash.mine, clash.theirs, clash.theirs_who) == ("", None, row("r1", task="清掃"), "jc-02")
    assert rows(store, key) == before, "not half of a step either"
    assert store.clashes(key) == ()
    assert store.undo(key, JC).done, "the step before can be reached"
    assert [one.id for one in rows(store, key)] == ["r1", "r2"]
    replayed(store, key)


def test_an_undo_sent_twice_takes_back_one_step(store: Store) -> None:
    key = store.open_day(workday(), JC)
    add(store, key, row("r1"))
    add(store, key, row("r2", 600))
    first = store.undo(key, JC, "undo-1")
    again = store.undo(key, JC, "undo-1")
    assert again == first
    assert again.repeated
    assert [one.id for one in rows(store, key)] == ["r1"]
    assert store.redo(key, JC, "redo-1") == store.redo(key, JC, "redo-1")
    assert len(rows(store, key)) == 2
    put(store, key, row("r2", 600), row("r2", 600, task="清掃"), OTHER)
    refused = store.undo(key, JC, "undo-2")
    assert not refused.done
    assert not store.undo(key, JC, "undo-2").done
    assert [one.id for one in rows(store, key)] == ["r1", "r2"]


def test_history_tells_who_what_why_and_what_stands(store: Store) -> None:
    key = store.open_day(workday(), JC)
    add(store, key, row("r1"))
    put(store, key, row("r1"), row("r1", task="清掃"), OTHER, name="theirs")
    store.undo(key, OTHER)
    undo, edit, added, opening = store.history(key)
    assert (undo.kind, undo.who, undo.of) == ("undo", "jc-02", edit.seq)
    assert edit.undone
    assert not added.undone
    assert edit.changes[0].after == row("r1", task="清掃")
    assert undo.changes[0].after == row("r1")
    assert {fact.name for fact in opening.facts} == {"date", "unit", "observer", "complete", "person"}
    assert [entry.seq for entry in store.history(key, 2)] == [undo.seq, edit.seq]
    assert opening.at <= added.at <= edit.at <= undo.at
    assert undo.at.endswith("Z")


def test_undo_after_a_rename_keeps_the_new_name(store: Store) -> None:
    key = store.open_day(workday("2026-06-01", "u1", row("r1", task="清掃")), JC)
    put(store, key, row("r1", task="清掃"), row("r1", 555, task="お盆"))
    store.rename_task(A.id, "お盆", "お盆とお茶", OTHER)
    assert [one.task for one in rows(store, key)] == ["お盆とお茶"]
    assert store.undo(key, JC).done
    assert rows(store, key) == (row("r1", task="清掃"),)
    assert store.redo(key, JC).done
    assert rows(store, key) == (replace(row("r1", 555), task="お盆とお茶"),)
