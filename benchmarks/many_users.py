"""Whether anything is lost when many people enter and correct days at once, and how long a row takes to save.

    python -m benchmarks.many_users [--users 20] [--edits 60] [--pause 0.2] [--url postgresql://...]

Each user is a process with the store open: rows are added to a day of one's own and to one day shared by all, one's own
and other people's rows are corrected as they were last seen, and now and then an edit is sent a second time. Then every
acknowledged edit is looked for: it is in the record once; each of its changes stands in the record or on the list of
clashes; and the record, gone through change by change, leads to the days as they stand, so that no update was lost.
Without --url a PostgreSQL server is started for the run, with every commit forced onto the disk.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import statistics
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace

from carveout.model import Kind
from carveout.store import By, Clash, Edit, Fact, Recorded, Store, open_store
from carveout.workday.record import Change, Row, SiteHead, Workday
from tests.store.server import running

SITE = SiteHead("home-a", Kind.CARE_HOME)


@dataclass(frozen=True)
class Task:
    """What one user is asked to do. pause: mean seconds between two edits."""

    url: str
    user: int
    edits: int
    pause: float
    shared: str


@dataclass(frozen=True)
class Done:
    """What one user was told: acknowledged edits by day, and how long each took in milliseconds."""

    saved: tuple[tuple[str, Edit], ...]
    clashes: int
    shared_ms: tuple[float, ...]
    own_ms: tuple[float, ...]


@dataclass(frozen=True)
class Figures:
    users: int
    saved: int
    clashes: int
    seconds: float
    shared_ms: tuple[float, ...]
    own_ms: tuple[float, ...]

    def __str__(self) -> str:
        every = (*self.shared_ms, *self.own_ms)
        lines = [
            f"  saving a row, {name}: p50 {_percentile(times, 50):.1f} ms, p95 {_percentile(times, 95):.1f} ms"
            for name, times in (("all", every), ("shared day", self.shared_ms), ("own day", self.own_ms))
        ]
        said = f"{self.users} users, {self.saved} edits acknowledged in {self.seconds:.1f} s, none lost, none doubled"
        return "\n".join([f"{said}; {self.clashes} clashes kept", *lines])


def _percentile(times: Sequence[float], percent: int) -> float:
    return statistics.quantiles(times, n=100, method="inclusive")[percent - 1]


def enter(task: Task) -> Done:
    """One user's work."""
    chance, by = random.Random(task.user), By(f"jc-{task.user:02d}")
    store = open_store(task.url, patience=30)
    own = store.open_day(Workday(SITE.id, "2026-06-02", f"unit-{task.user}", by.who), by)
    saved, clashes = list[tuple[str, Edit]](), 0
    times: dict[str, list[float]] = {task.shared: [], own: []}
    seen: dict[str, tuple[Row, ...]] = {task.shared: (), own: ()}
    for n in range(task.edits):
        time.sleep(chance.expovariate(1 / task.pause) if task.pause else 0)
        day = chance.choice((task.shared, own))
        if chance.random() < 0.3:
            seen[day] = store.day(day).workday.rows
        edit = _edit(f"{task.user}-{n}", chance, seen[day])
        begin = time.perf_counter()
        answer = store.save(day, edit, by)
        times[day].append((time.perf_counter() - begin) * 1000)
        clashes += len(answer.clashes)
        saved.append((day, edit))
        if chance.random() < 0.05:
            again = store.save(day, edit, by)
            assert again.repeated
            assert again == answer
    store.close()
    return Done(tuple(saved), clashes, tuple(times[task.shared]), tuple(times[own]))


def _edit(name: str, chance: random.Random, seen: Sequence[Row]) -> Edit:
    """A new row, or a correction of rows as they were when last looked at."""
    if not seen or chance.random() < 0.6:
        start = chance.randint(360, 1200)
        return Edit(name, "add", (Change(None, Row(name, start, start + 10, "配膳", ("s1",))),))
    row = chance.choice(seen)
    if chance.random() < 0.1:
        return Edit(name, "remove", (Change(row, None),))
    changes = [Change(row, replace(row, end=row.start + chance.randint(1, 60), note=name))]
    if chance.random() < 0.3:
        changes.append(Change(None, replace(row, id=f"{name}b", note=name)))
    return Edit(name, "put", tuple(changes))


def run(url: str, users: int, edits: int, pause: float, *, processes: bool = True) -> Figures:
    """Let users work at once, then look for all they were told is saved; AssertionError where something is lost."""
    store = open_store(url, patience=30)
    store.put_site(SITE, By("admin"))
    shared = store.open_day(Workday(SITE.id, "2026-06-01", "unit-1"), By("admin"))
    tasks = [Task(url, user, edits, pause, shared) for user in range(users)]
    pool = ProcessPoolExecutor(users, multiprocessing.get_context("spawn")) if processes else ThreadPoolExecutor(users)
    with pool:
        list(pool.map(time.sleep, [0.1] * users))  # everybody is there before anybody begins
        begin = time.perf_counter()
        done = list(pool.map(enter, tasks))
        seconds = time.perf_counter() - begin
    _look(store, [edit for one in done for edit in one.saved])
    store.close()
    return Figures(
        users, sum(len(one.saved) for one in done), sum(one.clashes for one in done), seconds,
        tuple(ms for one in done for ms in one.shared_ms), tuple(ms for one in done for ms in one.own_ms),
    )  # fmt: skip


def _look(store: Store, saved: Sequence[tuple[str, Edit]]) -> None:
    by_day: dict[str, list[Edit]] = {info.key: [] for info in store.days(SITE.id)}
    for day, edit in saved:
        by_day[day].append(edit)
    for day, edits in by_day.items():
        history, clashes = list(reversed(store.history(day))), store.clashes(day)
        entries = [entry for entry in history if entry.kind in ("edit", "clash", "same")]
        assert len(entries) == len(edits), f"{len(edits)} edits were acknowledged, {len(entries)} are in the record"
        _all_there(edits, history, clashes)
        stands: dict[str, Row] = {}
        for entry in history:
            for change in entry.changes:
                assert stands.get(change.row) == change.before, "an update was lost"
                stands[change.row] = change.after  # type: ignore[assignment]
        found = {row.id: row for row in store.day(day).workday.rows}
        assert found == {name: row for name, row in stands.items() if row is not None}


def _all_there(edits: Sequence[Edit], history: Sequence[Recorded], clashes: Sequence[Clash]) -> None:
    """Every change anybody was told of is written, or waits as a clash, or stood so already."""
    written = Counter(change for entry in history for change in entry.changes)
    waiting = Counter((clash.edit, clash.change) for clash in clashes)
    stood = {change.after for change in written}
    for edit in edits:
        for change in edit.changes:
            if written[change]:
                written[change] -= 1
            elif waiting[edit.id, change]:
                waiting[edit.id, change] -= 1
            else:
                assert change.after in stood, f"{edit.id} is neither written nor waiting"
    assert not any(waiting.values())
    assert not any(isinstance(clash.fact, Fact) for clash in clashes)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--users", type=int, default=20)
    options.add_argument("--edits", type=int, default=60, help="of each user")
    options.add_argument("--pause", type=float, default=0.2, help="mean seconds between two edits; 0: none")
    options.add_argument("--url", help="an empty store; without it, a PostgreSQL server of its own")
    asked = options.parse_args()
    with ExitStack() as stack:
        url = asked.url or stack.enter_context(running(fsync=True)).new_database()
        print(run(url, asked.users, asked.edits, asked.pause))


if __name__ == "__main__":
    main()
