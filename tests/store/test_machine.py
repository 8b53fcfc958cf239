"""Any edits of two people through two openings of one store agree with a plain model of what each may expect."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

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

    @rule(
        target=edits,
        by=PEOPLE,
        seen=st.lists(st.tuples(st.none() | rows_seen, st.none() | ROWS), min_size=1, max_size=3),
    )
    def save(self, by: By, seen: list[tuple[Row | None, Row | None]]) -> tuple[Edit, By, Saved]:
        """An edit of rows as somebody saw them, perhaps long ago."""
        changes: dict[str, Change] = {}
        for before, after in seen:
            if before is not None and after is not None:
                after = replace(after, id=before.id)
            if before is not None or after is not None:
                one = Change(before, after)
                changes[one.row] = one
        self.n += 1
        edit = Edit(f"{self.folder.name}-{self.n}", "put", tuple(changes.values()))
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
    def step(self, by: By, redo: bool) -> None:
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
