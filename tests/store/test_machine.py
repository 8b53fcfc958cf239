"""Any edits of two people through two openings of one store agree with a plain model of what each may expect."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from carveout.store import By, Clash, Edit, Saved, Store, open_store
from carveout.workday.record import Change, Row
from tests.store.build import JC, OTHER, A, replayed, row, workday
from tests.store.server import PostgreSQL

PEOPLE = st.sampled_from([JC, OTHER])
ROWS = st.builds(
    row,
    st.sampled_from(["r1", "r2", "r3", "r4"]),
    st.integers(0, 20).map(lambda n: 400 + 10 * n),
    st.sampled_from(["配膳", "清掃", "入浴介助"]),
)


@dataclass
class Person:
    """What one may expect to take back and to do again: what each step wrote, and which clash it settled."""

    undo: list[tuple[tuple[Change, ...], str]] = field(default_factory=list)
    redo: list[tuple[tuple[Change, ...], str]] = field(default_factory=list)


class StoreMachine(RuleBasedStateMachine):
    url: str | None = None

    rows_seen = Bundle("rows_seen")
    edits = Bundle("edits")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="carveout-machine-"))
        self.address = self.url or str(self.folder / "store.sqlite3")
        self.stores = [open_store(self.address) for _ in range(2)]
        self.stores[0].put_site(A, JC)
        self.standing: dict[str, Row] = {}
        self.open: set[str] = set()
        self.people = {JC.who: Person(), OTHER.who: Person()}
        self.n = 0

    def store(self, by: By) -> Store:
        """Each person has the store open on their own."""
        return self.stores[by is OTHER]

    @initialize(target=rows_seen)
    def begin(self) -> Row:
        first = row("r1", 400)
        # A day of its own for each run: on PostgreSQL the store is there already.
        unit = self.folder.name
        self.key = self.stores[0].open_day(workday("2026-06-01", unit, first), JC)
        self.standing = {"r1": first}
        return first

    def fits(self, changes: tuple[Change, ...]) -> bool:
        return all(self.standing.get(one.row) in (one.before, one.after) for one in changes)

    def write(self, changes: tuple[Change, ...]) -> None:
        for one in changes:
            if one.after is None:
                self.standing.pop(one.row, None)
            else:
                self.standing[one.row] = one.after

    @rule(target=edits, by=PEOPLE, wanted=st.lists(ROWS, min_size=1, max_size=3, unique_by=lambda one: one.id))
    def enter(self, by: By, wanted: list[Row]) -> tuple[Edit, By, Saved]:
        """New rows; that somebody has entered one of the same id cannot be, and is a clash."""
        return self.saved(by, tuple(Change(None, one) for one in wanted))

    @rule(target=edits, by=PEOPLE, index=st.integers(0, 3), wanted=ROWS, also=st.none() | ROWS)
    def correct(self, by: By, index: int, wanted: Row, also: Row | None) -> tuple[Edit, By, Saved]:
        """A row as it stands becomes another, whoever wrote it, perhaps with a second one beside it."""
        found = self.store(by).day(self.key).workday.rows
        if not found:
            return self.saved(by, (Change(None, wanted),))
        before = found[index % len(found)]
        more = () if also is None or also.id == before.id else (Change(None, also),)
        return self.saved(by, (Change(before, replace(wanted, id=before.id)), *more))

    @rule(target=edits, by=PEOPLE, before=rows_seen, wanted=ROWS)
    def correct_unseen(self, by: By, before: Row, wanted: Row) -> tuple[Edit, By, Saved]:
        """A row as somebody saw it, perhaps long ago, becomes another."""
        return self.saved(by, (Change(before, replace(wanted, id=before.id)),))

    @rule(target=edits, by=PEOPLE, before=rows_seen)
    def take_away(self, by: By, before: Row) -> tuple[Edit, By, Saved]:
        return self.saved(by, (Change(before, None),))

    def saved(self, by: By, changes: tuple[Change, ...]) -> tuple[Edit, By, Saved]:
        self.n += 1
        edit = Edit(f"{self.folder.name}-{self.n}", "put", changes)
        saved = self.store(by).save(self.key, edit, by)
        written, clashing = [], []
        for one in edit.changes:
            stands = self.standing.get(one.row)
            if stands == one.after:
                continue
            (written if stands == one.before else clashing).append(one)
        assert [clash.change for clash in saved.clashes] == clashing
        assert [clash.theirs for clash in saved.clashes] == [self.standing.get(one.row) for one in clashing]
        assert saved.done == (not clashing)
        self.write(tuple(written))
        self.open |= {clash.id for clash in saved.clashes}
        if written:
            self.stepped(by, tuple(written))
        return edit, by, saved

    def stepped(self, by: By, written: tuple[Change, ...], clash: str = "") -> None:
        self.people[by.who].undo.append((written, clash))
        self.people[by.who].redo.clear()

    @rule(target=rows_seen, by=PEOPLE, index=st.integers(0, 10))
    def look(self, by: By, index: int) -> Row:
        found = self.store(by).day(self.key).workday.rows
        return found[index % len(found)] if found else row("r1")

    @rule(done=edits, by=PEOPLE)
    def repeat(self, done: tuple[Edit, By, Saved], by: By) -> None:
        """Sent again, through whichever connection: the first answer, and nothing is written."""
        edit, who, saved = done
        before = self.store(by).day(self.key)
        again = self.store(by).save(self.key, edit, who)
        assert (again.revision, again.done, again.repeated) == (saved.revision, saved.done, True)
        assert [clash.id for clash in again.clashes] == [clash.id for clash in saved.clashes]
        assert self.store(by).day(self.key) == before

    @rule(by=PEOPLE, redo=st.booleans())
    def step_perhaps(self, by: By, redo: bool) -> None:
        self.step(by, redo=redo)

    @precondition(lambda self: any(person.undo for person in self.people.values()))
    @rule(by=PEOPLE, times=st.integers(1, 4))
    def undo(self, by: By, times: int) -> None:
        """Somebody who can takes back something, or several things."""
        who = by if self.people[by.who].undo else {JC: OTHER, OTHER: JC}[by]
        for _ in range(min(times, len(self.people[who.who].undo))):
            self.step(who, redo=False)

    @precondition(lambda self: any(person.redo for person in self.people.values()))
    @rule(by=PEOPLE)
    def redo(self, by: By) -> None:
        self.step(by if self.people[by.who].redo else {JC: OTHER, OTHER: JC}[by], redo=True)

    def step(self, by: By, *, redo: bool) -> None:
        person, store = self.people[by.who], self.store(by)
        stack, other = (person.redo, person.undo) if redo else (person.undo, person.redo)
        assert (store.can_redo if redo else store.can_undo)(self.key, by) == bool(stack)
        before = store.day(self.key)
        answer = (store.redo if redo else store.undo)(self.key, by)
        if not stack:
            assert (answer.done, answer.clashes, store.day(self.key)) == (False, (), before)
            return
        changes, clash = stack.pop()
        wanted = changes if redo else tuple(one.inverse for one in changes)
        if self.fits(wanted):
            assert answer.done
            self.write(wanted)
            other.append((changes, clash))
            if clash:
                (self.open.discard if redo else self.open.add)(clash)
        else:
            assert not answer.done
            assert answer.clashes
            assert store.day(self.key).workday == before.workday

    @rule(by=PEOPLE, keep=st.sampled_from(["mine", "theirs"]), index=st.integers(0, 10))
    def resolve(self, by: By, keep: str, index: int) -> None:
        clashes: tuple[Clash, ...] = self.store(by).clashes(self.key)
        if not clashes:
            return
        clash = clashes[index % len(clashes)]
        assert clash.change is not None
        stands, mine = self.standing.get(clash.change.row), clash.change.after
        self.store(by).resolve(clash, keep, by)  # type: ignore[arg-type]
        self.open.discard(clash.id)
        written = (Change(stands, mine),) if keep == "mine" and stands != mine else ()
        self.write(written)
        self.stepped(by, written, clash.id)

    @rule(by=PEOPLE)
    def restart(self, by: By) -> None:
        index = int(by is OTHER)
        self.stores[index].close()
        self.stores[index] = open_store(self.address)

    @invariant()
    def agrees(self) -> None:
        for store in self.stores:
            found = store.day(self.key).workday.rows
            assert {one.id: one for one in found} == self.standing
            assert {clash.id for clash in store.clashes(self.key)} == self.open
        replayed(self.stores[0], self.key)

    def teardown(self) -> None:
        for store in self.stores:
            store.close()
        shutil.rmtree(self.folder)


@pytest.mark.slow
def test_a_store_in_a_file_agrees_with_the_model() -> None:
    run_state_machine_as_test(StoreMachine, settings=settings(max_examples=60, stateful_step_count=25, deadline=None))


@pytest.mark.slow
def test_a_store_on_postgresql_agrees_with_the_model(postgresql: PostgreSQL) -> None:
    class OnPostgreSQL(StoreMachine):
        url = postgresql.new_database()

    run_state_machine_as_test(OnPostgreSQL, settings=settings(max_examples=10, stateful_step_count=25, deadline=None))
