"""Whether a store loses or doubles anything when the program that writes to it is killed at any moment.

    python -m benchmarks.kills [--kills 200] [--seed 1]

A process opens the store and enters a scripted day, row by row, with corrections, removals and undos, and says so after
each acknowledgement. It is killed (SIGKILL) at a random moment: while opening, between two edits, within one. Then the
store is opened as it is and looked at: SQLite finds nothing to repair; everything acknowledged is in the record, once,
in its order; at most the one edit that was under way is there besides; and the day is what the script says it is after
so many edits. The next process begins where the acknowledgements ended, so it sends that one edit again.
"""

from __future__ import annotations

import argparse
import random
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from carveout.model import Kind
from carveout.store import By, Edit, Store, open_store
from carveout.workday.record import Change, Row, SiteHead, Workday

ROOT = Path(__file__).parents[1]
SITE, WRITER = SiteHead("home-a", Kind.CARE_HOME), By("jc-01")
DAY = Workday(SITE.id, "2026-06-01", "unit-1", "jc-01")
TASKS = ("配膳", "清掃", "入浴介助", "トイレ誘導", "リネン交換")
FRESH_DAY = 400  # edits, then a new day is begun: a day of thousands of rows is none


@dataclass(frozen=True)
class Step:
    """One edit of the script, or an undo, and what stands after it."""

    name: str
    edit: Edit | None
    stands: dict[str, Row]


@dataclass
class Script:
    """What is entered, always the same for a seed; `step(n)` is the n-th edit of a day."""

    seed: int
    steps: list[Step] = field(default_factory=list)
    taken: list[tuple[Change, ...]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)

    def step(self, n: int) -> Step:
        while len(self.steps) <= n:
            self.steps.append(self._next(len(self.steps)))
        return self.steps[n]

    def _next(self, n: int) -> Step:
        stands = dict(self.steps[-1].stands) if self.steps else {}
        name, chance = f"{self.seed}-{n}", self.random.random()
        if self.taken and chance < 0.1:
            _apply(stands, [change.inverse for change in self.taken.pop()])
            return Step(name, None, stands)
        changes = self._changes(name, stands, chance)
        _apply(stands, changes)
        self.taken.append(tuple(changes))
        return Step(name, Edit(name, "put", tuple(changes)), stands)

    def _changes(self, name: str, stands: dict[str, Row], chance: float) -> list[Change]:
        rows = list(stands.values())
        if rows and chance < 0.15:
            return [Change(self.random.choice(rows), None)]
        if rows and chance < 0.35:
            row = self.random.choice(rows)
            return [Change(row, replace(row, end=row.start + self.random.randint(1, 60), note=name))]
        if rows and chance < 0.5:  # split: one row shorter, another one new
            row = self.random.choice(rows)
            return [Change(row, replace(row, note=f"{name}a")), Change(None, replace(row, id=f"{name}b"))]
        start = self.random.randint(360, 1200)
        return [Change(None, Row(name, start, start + 15, self.random.choice(TASKS), ("s1",)))]


def _apply(stands: dict[str, Row], changes: Sequence[Change]) -> None:
    for change in changes:
        if change.after is None:
            del stands[change.row]
        else:
            stands[change.row] = change.after


def write(url: str, seed: int, begin: int) -> None:
    """The process to be killed: enter the script from edit `begin` on and say what was acknowledged."""
    print("begun", flush=True)
    store = open_store(url)
    store.put_site(SITE, WRITER)
    key = store.open_day(replace(DAY, unit=f"unit-{seed}"), WRITER)
    print("open", key, flush=True)
    script = Script(seed)
    for n in range(begin, FRESH_DAY):
        step = script.step(n)
        answer = store.undo(key, WRITER, step.name) if step.edit is None else store.save(key, step.edit, WRITER)
        if not answer.done:
            raise SystemExit(f"{step.name} was not done")
        print("saved", n, flush=True)


@dataclass
class Figures:
    kills: int = 0
    while_opening: int = 0
    acknowledged: int = 0
    under_way_written: int = 0
    lost: int = 0
    doubled: int = 0
    days: int = 1
    opening_ms: list[float] = field(default_factory=list)

    def __str__(self) -> str:
        opening = statistics.median(self.opening_ms)
        return (
            f"{self.kills} kills ({self.while_opening} while opening), {self.acknowledged} edits acknowledged on "
            f"{self.days} days: {self.lost} lost, {self.doubled} doubled; {self.under_way_written} edits under way "
            f"were written without word of it; opened {self.kills} times without repair, median {opening:.0f} ms"
        )


def run(url: str, kills: int, seed: int = 1) -> Figures:
    """Kill a writing process so many times; AssertionError where anything is lost, doubled or damaged."""
    chance, figures, day_seed, done = random.Random(seed), Figures(), seed, 0
    while figures.kills < kills:
        heard = _killed(url, day_seed, done, chance)
        figures.kills += 1
        figures.while_opening += not heard.opened
        figures.acknowledged += heard.n - done
        done = heard.n
        begin = time.perf_counter()
        store = open_store(url)
        figures.opening_ms.append((time.perf_counter() - begin) * 1000)
        try:
            _look(store, Script(day_seed), heard.key, done, figures)
        finally:
            store.close()
        _unharmed(url)
        if done == FRESH_DAY:
            day_seed, done, figures.days = day_seed + 1, 0, figures.days + 1
    return figures


@dataclass
class _Heard:
    opened: bool
    key: str
    n: int


def _killed(url: str, seed: int, begin: int, chance: random.Random) -> _Heard:
    """Start a process, kill it at a random moment, and give what it had acknowledged."""
    command = [sys.executable, "-m", "benchmarks.kills", "--write", url, str(seed), str(begin)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        lines: list[str] = []
        while_opening, wait = chance.random() < 0.15, chance.expovariate(1 / 0.4)
        if while_opening:
            lines.append(process.stdout.readline())
            wait = chance.uniform(0, 0.2)
        else:
            while not lines or not lines[-1].startswith("open"):
                lines.append(process.stdout.readline())
                assert lines[-1], "the process ended by itself"
        killer = threading.Timer(wait, process.send_signal, [signal.SIGKILL])
        killer.start()
        lines += process.stdout.readlines()  # to the end: what it could say before it was killed
        killer.join()
        assert process.wait() in (0, -signal.SIGKILL)
    said = [line.split() for line in lines if line.endswith("\n")]
    saved = [int(words[1]) for words in said if words[0] == "saved"]
    assert saved == list(range(begin, begin + len(saved)))
    key = next((words[1] for words in said if words[0] == "open"), "")
    return _Heard(bool(key), key, begin + len(saved))


def _look(store: Store, script: Script, key: str, done: int, figures: Figures) -> None:
    """Hold what stands in the store against what was acknowledged."""
    if not any(info.id == SITE.id for info in store.sites()):
        assert done == 0
        return
    unit = f"unit-{script.seed}"
    found = [info for info in store.days(SITE.id) if info.unit == unit]
    assert len(found) <= 1, "a day was doubled"
    if not found:
        assert done == 0
        return
    assert key in ("", found[0].key)
    key = found[0].key
    entries = [entry for entry in reversed(store.history(key)) if entry.kind != "open"]
    n = len(entries)
    figures.lost += max(0, done - n)
    figures.doubled += max(0, n - done - 1)
    assert n in (done, done + 1), f"{done} edits were acknowledged, {n} are in the record"
    figures.under_way_written += n - done
    assert [entry.kind for entry in entries] == ["undo" if script.step(k).edit is None else "edit" for k in range(n)]
    stands = {row.id: row for row in store.day(key).workday.rows}
    assert stands == (script.step(n - 1).stands if n else {}), "the day is not what was entered"
    assert len(stands) == len(store.day(key).workday.rows)


def _unharmed(path: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--kills", type=int, default=200)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--write", nargs=3, metavar=("STORE", "SEED", "BEGIN"), help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.write:
        write(asked.write[0], int(asked.write[1]), int(asked.write[2]))
        return
    with tempfile.TemporaryDirectory() as folder:
        print(run(str(Path(folder) / "store.sqlite3"), asked.kills, asked.seed))


if __name__ == "__main__":
    main()
