"""Rows typed are rows kept: saved once, in their order, with who and when; what clashes is told and kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from carveout.store import Edit, Store, StoreError
from carveout.workday.edits import changed
from carveout.workday.record import Change, Person
from tests.store.build import JC, OTHER, A, add, edit, put, put_head, replayed, row, rows, workday


def test_what_is_saved_is_there_after_reopening(url: str, opened: Callable[[str], Store]) -> None:
    store = opened(url)
    store.put_site(A, JC)
    key = store.open_day(workday(), JC)
    full = row("r1", note="備考\n二行目", staff=("s1", "s2"), trigger=None)
    still_going = replace(row("r2", 600), end=None)
    saved = store.save(key, edit(Change(None, full), Change(None, still_going)), JC)
    assert (saved.done, saved.clashes, saved.repeated) == (True, (), False)
    again = opened(url)
    assert again.id == store.id
    stands = again.day(key)
    assert stands.workday == replace(workday(), rows=(full, still_going))
    assert stands.versions == {"r1": 1, "r2": 1}
    assert stands.revision == saved.revision
    assert again.site(A.id) == A


def test_opening_a_day_twice_opens_one_day(store: Store) -> None:
    key = store.open_day(workday("2026-06-01", "u1", row("r1")), JC)
    assert store.open_day(workday(), OTHER) == key
    assert store.open_day(workday(observer="jc-02"), OTHER) != key
    assert rows(store, key) == (row("r1"),)
    listed = store.days(A.id)
    assert [(day.date, day.observer, day.n_rows) for day in listed] == [
        ("2026-06-01", "jc-01", 1),
        ("2026-06-01", "jc-02", 0),
    ]


def test_a_repeated_edit_gives_the_first_answer_and_writes_nothing(store: Store) -> None:
    key = store.open_day(workday(), JC)
    first = edit(Change(None, row("r1")))
    answer = store.save(key, first, JC)
    add(store, key, row("r2"))
    before = store.day(key)
    again = store.save(key, first, JC)
    assert again == answer
    assert again.repeated
    assert store.day(key) == before
    other = Edit(first.id, "put", (Change(None, row("r9")),))
    assert store.save(key, other, JC) == answer, "the id decides, not what comes along with it"
    elsewhere = store.open_day(workday("2026-06-02"), JC)
    with pytest.raises(StoreError) as refused:
        store.save(elsewhere, first, JC)
    assert refused.value.code == "id_used"


def test_rows_stand_where_a_pure_edit_puts_them(store: Store) -> None:
    key = store.open_day(workday("2026-06-01", "u1", row("b", 600), row("a", 540)), JC)
    day = store.day(key).workday
    for changes in (
        (Change(None, row("c", 570)),),
        (Change(None, row("d", 500)), Change(None, row("e", 900))),
        (Change(row("a", 540), row("a", 1000)),),
        (Change(row("c", 570), None), Change(None, row("f", 570))),
        (Change(None, replace(row("g", 570), end=None)),),
    ):
        day = changed(day, changes)
        store.save(key, edit(*changes), JC)
        assert store.day(key).workday == day


def test_many_rows_between_two_keep_their_order(store: Store) -> None:
    key = store.open_day(workday("2026-06-01", "u1", row("first", 100), row("last", 2000)), JC)
    for number in range(80):  # more halves than a number has digits
        add(store, key, row(f"r{number:02d}", 1000 - number))
    starts = [one.start for one in rows(store, key)]
    assert starts == sorted(starts)
    assert len(starts) == 82


def test_two_people_on_one_row_both_keep_their_work(store: Store) -> None:
    key = store.open_day(workday("2026-06-01", "u1", row("r1"), row("r2", 600)), JC)
    put(store, key, row("r1"), row("r1", task="清掃"), OTHER)
    wanted = edit(Change(row("r1"), row("r1", task="入浴介助")), Change(row("r2", 600), row("r2", 605)), name="mine")
    saved = store.save(key, wanted, JC)
    assert not saved.done
    (clash,) = saved.clashes
    assert (clash.who, clash.theirs_who, clash.edit) == ("jc-01", "jc-02", "mine")
    assert clash.mine == row("r1", task="入浴介助")
    assert clash.theirs == row("r1", task="清掃")
    assert [one.task for one in rows(store, key)] == ["清掃", "配膳"]
    assert rows(store, key)[1].start == 605, "what does not clash is saved"
    assert store.clashes(key) == saved.clashes
    assert store.save(key, wanted, JC).clashes == saved.clashes
    assert len(store.clashes(key)) == 1
    replayed(store, key)


def test_the_same_wish_twice_is_no_clash(store: Store) -> None:
    key = store.open_day(workday("2026-06-01", "u1", row("r1"), row("r2")), JC)
    for by in (JC, OTHER):
        assert put(store, key, row("r1"), row("r1", task="清掃"), by).done
        assert put(store, key, row("r2"), None, by).done
    assert sorted(entry.kind for entry in store.history(key)) == ["edit", "edit", "open", "same", "same"]
    assert rows(store, key) == (row("r1", task="清掃"),)


@pytest.mark.parametrize("keep", ["mine", "theirs", "both"])
def test_a_clash_is_settled_once(store: Store, keep: str) -> None:
    key = store.open_day(workday("2026-06-01", "u1", row("r1")), JC)
    put(store, key, row("r1"), row("r1", task="清掃"), OTHER)
    (clash,) = put(store, key, row("r1"), row("r1", task="入浴介助")).clashes
    assert store.resolve(clash, keep, JC).done  # type: ignore[arg-type]
    tasks = {"mine": ["入浴介助"], "theirs": ["清掃"], "both": ["入浴介助", "清掃"]}[keep]
    assert sorted(one.task for one in rows(store, key)) == tasks
    assert store.clashes(key) == ()
    with pytest.raises(StoreError) as refused:
        store.resolve(clash.id, "mine", OTHER)
    assert refused.value.code == "no_clash"
    assert store.undo(key, JC).done
    assert [one.task for one in rows(store, key)] == ["清掃"]
    assert [one.id for one in store.clashes(key)] == [clash.id], "undoing the settling opens the clash again"
    assert store.redo(key, JC).done
    assert sorted(one.task for one in rows(store, key)) == tasks
    assert store.clashes(key) == ()
    replayed(store, key)


def test_a_change_of_a_row_that_was_taken_away_is_kept(store: Store) -> None:
    key = store.open_day(workday("2026-06-01", "u1", row("r1")), JC)
    put(store, key, row("r1"), None, OTHER)
    (clash,) = put(store, key, row("r1"), row("r1", task="清掃")).clashes
    assert clash.theirs is None
    assert clash.theirs_who == "jc-02"
    store.resolve(clash, "both", JC)
    assert rows(store, key) == (row("r1", task="清掃"),)


def test_taking_away_a_row_that_somebody_changed_is_a_clash(store: Store) -> None:
    key = store.open_day(workday("2026-06-01", "u1", row("r1")), JC)
    put(store, key, row("r1"), row("r1", task="清掃"), OTHER)
    (clash,) = put(store, key, row("r1"), None).clashes
    assert clash.mine is None
    with pytest.raises(StoreError) as refused:
        store.resolve(clash, "both", JC)
    assert refused.value.code == "not_both"
    store.resolve(clash, "mine", JC)
    assert rows(store, key) == ()


def test_the_head_is_written_field_by_field(store: Store) -> None:
    key = store.open_day(workday(), JC)
    seen = store.day(key).workday
    s1, s2, s3 = seen.staff[0], Person("s2", "nurse", ((480, 1020),)), Person("s3")
    assert put_head(store, key, seen, JC, staff=(s1, s2)).done
    assert put_head(store, key, seen, OTHER, staff=(s1, s3)).done
    assert put_head(store, key, seen, OTHER, complete=True).done
    assert put_head(store, key, seen, JC, observer="jc-01b", unit="u2", date="2026-06-02").done
    stands = store.day(key).workday
    assert stands.staff == (s1, s2, s3)
    assert (stands.complete, stands.observer, stands.unit, stands.date) == (True, "jc-01b", "u2", "2026-06-02")
    assert put_head(store, key, store.day(key).workday, OTHER, complete=False).done
    assert put_head(store, key, store.day(key).workday, OTHER, complete=True).done
    (clash,) = put_head(store, key, seen, OTHER, observer="jc-02").clashes
    assert (clash.mine, clash.theirs, clash.theirs_who) == ("jc-02", "jc-01b", "jc-01")
    with pytest.raises(StoreError):
        store.resolve(clash, "both", OTHER)
    store.resolve(clash, "mine", OTHER)
    assert store.day(key).workday.observer == "jc-02"
    longer = replace(s2, on=((480, 1080),))
    assert put_head(store, key, store.day(key).workday, JC, staff=(s1, longer)).done
    assert store.day(key).workday.staff == (s1, longer)
    assert store.undo(key, JC).done
    assert store.day(key).workday.staff == (s1, s2, s3), "who was taken off comes back to their place"
    replayed(store, key)


def test_the_revision_of_a_site_tells_of_any_change(store: Store) -> None:
    seen = {store.revision(A.id)}
    key = store.open_day(workday(), JC)
    steps: list[Callable[[], object]] = [
        lambda: None,
        lambda: add(store, key, row("r1")),
        lambda: put_head(store, key, store.day(key).workday, complete=True),
        lambda: store.undo(key, JC),
        lambda: store.redo(key, JC),
        lambda: store.remove_day(key, JC),
        lambda: store.restore_day(key, JC),
        lambda: store.rename_task(A.id, "配膳", "配膳とお茶", JC),
        lambda: store.put_site(replace(A, name="B"), JC),
    ]
    for number, step in enumerate(steps):
        step()
        now = store.revision(A.id)
        assert now not in seen, number
        assert store.revision(A.id) == now
        assert next(info.revision for info in store.sites()) == now
        seen.add(now)


def test_asking_for_what_is_not_there(store: Store) -> None:
    for code, ask in (
        ("no_site", lambda: store.site("nowhere")),
        ("no_site", lambda: store.revision("nowhere")),
        ("no_site", lambda: store.open_day(replace(workday(), site="nowhere"), JC)),
        ("no_day", lambda: store.day("nothing")),
        ("no_day", lambda: add(store, "nothing", row("r1"))),
        ("no_day", lambda: store.clashes("nothing")),
        ("no_clash", lambda: store.resolve("nothing", "mine", JC)),
    ):
        with pytest.raises(StoreError) as refused:
            ask()
        assert refused.value.code == code
        assert not refused.value.retry
        for said in (refused.value.cause, refused.value.remedy):
            assert said.ja
            assert said.en
