"""Sites, days and edits as the tests of the store write them."""

from __future__ import annotations

import itertools
from dataclasses import replace

from carveout.model import Kind, Trigger
from carveout.store import By, DayHead, Edit, HeadChange, Saved, Store
from carveout.workday.record import Change, Person, Row, SiteHead, Workday

A = SiteHead("home-a", Kind.CARE_HOME, "ホームA", tasks={"tray": {"ja": "お盆", "nature": "housekeeping"}})
JC, OTHER = By("jc-01"), By("jc-02")
_NUMBERS = itertools.count()


def workday(date: str = "2026-06-01", unit: str = "u1", *rows: Row, observer: str = "jc-01") -> Workday:
    return Workday(A.id, date, unit, observer, (Person("s1", "care_worker", ((420, 960),)),), tuple(rows))


def row(name: str, start: int = 540, task: str = "配膳", end: int | None = None, **more: object) -> Row:
    values: dict[str, object] = {"staff": ("s1",), "trigger": Trigger.PLANNED} | more
    return Row(name, start, start + 10 if end is None else end, task, **values)  # type: ignore[arg-type]


def edit(*changes: Change, name: str = "", what: str = "put", why: str = "") -> Edit:
    return Edit(name or f"edit-{next(_NUMBERS)}", what, tuple(changes), None, why)


def add(store: Store, key: str, *rows: Row, by: By = JC) -> Saved:
    return store.save(key, edit(*(Change(None, one) for one in rows), what="add"), by)


def put(store: Store, key: str, before: Row | None, after: Row | None, by: By = JC, name: str = "") -> Saved:
    return store.save(key, edit(Change(before, after), name=name), by)


def put_head(store: Store, key: str, before: Workday, by: By = JC, **after: object) -> Saved:
    wanted = replace(before, **after)  # type: ignore[arg-type]
    head = HeadChange(DayHead.of(before), DayHead.of(wanted))
    return store.save(key, Edit(f"edit-{next(_NUMBERS)}", "head", (), head), by)


def rows(store: Store, key: str) -> tuple[Row, ...]:
    return store.day(key).workday.rows


def replayed(store: Store, key: str) -> Workday:
    """The day as its record alone tells it; every change must find what it expects, or an update was lost."""
    standing: dict[str, Row] = {}
    people: dict[str, Person] = {}
    fields: dict[str, object] = {}
    for entry in reversed(store.history(key)):
        for change in entry.changes:
            assert standing.get(change.row) == change.before, (entry, change)
            if change.after is None:
                del standing[change.row]
            else:
                standing[change.row] = change.after
        for fact in entry.facts:
            if fact.name != "person":
                assert fields.get(fact.name) == fact.before, (entry, fact)
                fields[fact.name] = fact.after
                continue
            assert people.get(fact.person) == fact.before, (entry, fact)
            if isinstance(fact.after, Person):
                people[fact.person] = fact.after
            else:
                del people[fact.person]
    stands = store.day(key).workday
    assert {one.id: one for one in stands.rows} == standing
    assert {one.id: one for one in stands.staff} == people
    assert {name: getattr(stands, name) for name in fields} == fields
    return stands
