"""What no store takes: each refused with place, cause and remedy in both languages, and nothing written."""

from __future__ import annotations

from dataclasses import replace

import pytest

from carveout.model import Kind
from carveout.store import By, Edit, Store, StoreError
from carveout.workday.record import Change, Person, Row, SiteHead
from tests.store.build import JC, A, edit, put_head, row, rows, workday

BAD_ROWS = {
    "ends before it starts": row("r", 600, end=599),
    "too late": row("r", 2870, end=2881),
    "negative": row("r", -1, end=5),
    "half a minute": replace(row("r"), start=540.5),  # type: ignore[arg-type]
    "a truth as a time": replace(row("r"), end=True),
    "no task": row("r", task=""),
    "blank task": row("r", task="　 "),
    "long task": row("r", task="あ" * 201),
    "control character": row("r", task="a\x1bb"),
    "line break in a task": row("r", task="a\nb"),
    "nothing as a character": row("r", note="a\x00b"),
    "half a character": row("r", note="\ud83d"),
    "long note": row("r", note="あ" * 10_001),
    "blank staff": row("r", staff=("",)),
    "staff twice": row("r", staff=("s1", "s1")),
    "staff with a control character": row("r", staff=("s\x07",)),
    "crowd": row("r", staff=tuple(f"s{number}" for number in range(201))),
    "no id": row(""),
    "long id": row("r" * 201),
}


@pytest.mark.parametrize("bad", BAD_ROWS.values(), ids=BAD_ROWS.keys())
def test_bad_rows_are_refused(store: Store, bad: Row) -> None:
    key = store.open_day(workday(), JC)
    before = store.day(key)
    with pytest.raises(StoreError) as refused:
        store.save(key, edit(Change(None, row("good")), Change(None, bad)), JC)
    assert refused.value.code == "invalid"
    assert not refused.value.retry
    assert refused.value.cause.ja != refused.value.cause.en
    assert refused.value.remedy.ja
    assert store.day(key) == before
    with pytest.raises(StoreError):
        store.open_day(workday("2026-07-01", "u1", bad), JC)


def test_the_outermost_rows_are_taken(store: Store) -> None:
    key = store.open_day(workday(), JC)
    outermost = (
        row("a" * 200, 0, "あ" * 200, 2880, note="い\n\t" * 3333, staff=tuple(f"s{n}" for n in range(200))),
        row("b", 2880, "b", 2880),
        row("c", 540, "𠮷野家の👨‍👩‍👧", 540, staff=()),
    )
    assert store.save(key, edit(*(Change(None, one) for one in outermost)), JC).done
    assert {one.id: one for one in rows(store, key)} == {one.id: one for one in outermost}


@pytest.mark.parametrize(
    "bad",
    [
        Edit("", "put", (Change(None, row("r")),)),
        Edit("e\n", "put", (Change(None, row("r")),)),
        Edit("e", "put", (Change(None, None),)),
        Edit("e", "put", (Change(row("r"), row("q")),)),
        Edit("e", "put", (Change(None, row("r")), Change(row("r"), None))),
        Edit("e", "put", (Change(None, row("r")),), None, "x" * 10_001),
        Edit("e", "put", tuple(Change(None, row(f"r{number}")) for number in range(5_001))),
    ],
    ids=["no id", "odd id", "nothing", "two rows", "one row twice", "long reason", "too much"],
)
def test_bad_edits_are_refused(store: Store, bad: Edit) -> None:
    key = store.open_day(workday(), JC)
    with pytest.raises(StoreError):
        store.save(key, bad, JC)
    assert rows(store, key) == ()


def test_bad_heads_are_refused(store: Store) -> None:
    key = store.open_day(workday(), JC)
    seen = store.day(key).workday
    for bad in (
        {"date": "2026-02-30"},
        {"date": "1.6.2026"},
        {"unit": ""},
        {"observer": "a\x00"},
        {"staff": (Person("s1"), Person("s1"))},
        {"staff": (Person("s1", "care", ((600, 500),)),)},
        {"staff": (Person("s1", "care", ((600, 3000),)),)},
        {"staff": tuple(Person(f"s{number}") for number in range(501))},
    ):
        with pytest.raises(StoreError):
            put_head(store, key, seen, JC, **bad)
        with pytest.raises(StoreError):
            store.open_day(replace(seen, **bad), JC)  # type: ignore[arg-type]
    for head in (
        SiteHead("", Kind.OTHER),
        SiteHead("x" * 201, Kind.OTHER),
        SiteHead("x", Kind.OTHER, "a\x00"),
        replace(A, tasks={"a\x00": {}}),
        replace(A, tasks={"a": {"ja": "\ud800"}}),
        replace(A, reported=({"task": "x" * 201},)),
    ):
        with pytest.raises(StoreError):
            store.put_site(head, JC)
    for who in ("", " ", "a\nb", "x" * 201):
        with pytest.raises(StoreError):
            store.put_site(A, By(who))
    assert store.day(key).workday == seen
