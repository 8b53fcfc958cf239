"""Disk full, read-only, locked, connection lost: said clearly, nothing half written, and saved once when it is over."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from carveout.store import Store, StoreError, open_store
from carveout.workday.record import Change
from tests.conftest import environment
from tests.store.build import JC, OTHER, A, add, edit, put, replayed, row, rows, workday
from tests.store.server import PostgreSQL, running

BIG = "備" * 9_000


@pytest.fixture
def file(tmp_path: Path, opened: Callable[[str], Store]) -> tuple[Path, str]:
    """A store of one day with one row, closed, and the day's key."""
    path = tmp_path / "store.sqlite3"
    store = opened(str(path))
    store.put_site(A, JC)
    key = store.open_day(workday("2026-06-01", "u1", row("r0")), JC)
    store.close()
    return path, key


def refused(work: Callable[[], object], code: str) -> StoreError:
    """The error of a kind that trying again may mend, told in both languages."""
    with pytest.raises(StoreError) as found:
        work()
    error = found.value
    assert error.code == code, error
    assert error.retry
    for said in (error.cause, error.remedy):
        assert said.ja != said.en
    return error


def test_a_full_disk_loses_nothing(file: tuple[Path, str]) -> None:
    path, key = file
    pages: list[int] = []

    def bounded(connection: sqlite3.Connection, _entry: object) -> None:
        pages.append(connection.execute("PRAGMA page_count").fetchone()[0])
        connection.execute(f"PRAGMA max_page_count = {pages[0] + 30}")

    event.listen(Engine, "connect", bounded)
    try:
        store = open_store(str(path))
    finally:
        event.remove(Engine, "connect", bounded)
    edits = [edit(Change(None, row(f"r{n}", note=BIG)), name=f"e{n}") for n in range(1, 40)]
    saved = 0
    with pytest.raises(StoreError) as full:
        for one in edits:
            store.save(key, one, JC)
            saved += 1
    assert (full.value.code, full.value.retry) == ("disk_full", True)
    assert "ディスク" in full.value.message("ja")
    assert 0 < saved < 39
    assert len(rows(store, key)) == 1 + saved, "what was saved before can be read"
    refused(lambda: store.save(key, edits[saved], JC), "disk_full")
    store.close()
    again = open_store(str(path))
    for one in edits:  # space was made, and the outbox sends everything again
        assert again.save(key, one, JC).done
    assert len(rows(again, key)) == 40
    assert sum(entry.kind == "edit" for entry in again.history(key)) == 39
    again.close()


FULL = """
import resource, sys
from carveout.store import StoreError, open_store
from carveout.workday.record import Change
from tests.store.build import JC, edit, row
store, key = open_store(sys.argv[1]), sys.argv[2]
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
for n in range(1, 40):
    try:
        store.save(key, edit(Change(None, row(f"r{n}", note="備" * 9_000)), name=f"e{n}"), JC)
    except StoreError as error:
        print(n, error.code, error.retry)
        break
"""


def test_a_file_that_may_not_grow_loses_nothing(file: tuple[Path, str], opened: Callable[[str], Store]) -> None:
    """The operating system itself refuses to write, in the middle of a commit."""
    path, key = file
    command = [sys.executable, "-c", FULL, str(path), key]
    ran = subprocess.run(command, env=environment(), capture_output=True, check=True, timeout=120, text=True)
    n, code, retry = ran.stdout.split()
    assert (code, retry) == ("disk_error", "True")
    store = opened(str(path))
    assert {one.id for one in rows(store, key)} == {f"r{number}" for number in range(int(n))}
    for number in range(1, 40):
        assert store.save(key, edit(Change(None, row(f"r{number}", note=BIG)), name=f"e{number}"), JC).done
    assert len(rows(store, key)) == 40
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


@contextmanager
def as_nobody(folder: Path) -> Iterator[None]:
    """Without root's power over permissions, owning the folder."""
    if os.geteuid() != 0:
        yield
        return
    nobody = 65534
    for path in (folder, *folder.rglob("*")):
        os.chown(path, nobody, nobody)
    os.seteuid(nobody)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def reachable() -> Iterator[Path]:
    """A folder that an account without power can get at."""
    folder = Path(tempfile.mkdtemp(prefix="carveout-faults-"))
    folder.chmod(0o700)
    yield folder
    shutil.rmtree(folder)


def test_a_read_only_file_is_said_so_and_can_be_read(file: tuple[Path, str], reachable: Path) -> None:
    path, key = Path(shutil.copy(file[0], reachable)), file[1]
    wanted = edit(Change(None, row("r1", 600)), name="e1")
    with as_nobody(reachable):
        path.chmod(0o400)
        store = open_store(str(path))
        assert rows(store, key) == (row("r0"),)
        error = refused(lambda: store.save(key, wanted, JC), "read_only")
        assert "読み取り専用" in error.message("ja")
        assert rows(store, key) == (row("r0"),)
        path.chmod(0o600)  # mended while the program runs
        assert store.save(key, wanted, JC).done
        assert store.save(key, wanted, JC).repeated
        assert len(rows(store, key)) == 2
        store.close()


def test_a_read_only_folder_is_said_so(file: tuple[Path, str], reachable: Path) -> None:
    path, key = Path(shutil.copy(file[0], reachable)), file[1]
    with as_nobody(reachable):
        reachable.chmod(0o500)
        error = refused(lambda: open_store(str(path)), "read_only")
        assert "権限" in error.message("ja")
        refused(lambda: open_store(str(reachable / "new.sqlite3")), "cannot_open")
        refused(lambda: open_store(str(reachable / "new" / "new.sqlite3")), "cannot_open")
        reachable.chmod(0o700)
        store = open_store(str(path))
        assert add(store, key, row("r1", 600)).done
        store.close()


def test_a_file_locked_by_another_program_is_waited_for_and_then_said_so(
    file: tuple[Path, str], opened: Callable[..., Store]
) -> None:
    path, key = file
    store = opened(str(path), patience=0.2)
    wanted = edit(Change(None, row("r1", 600)), name="e1")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        refused(lambda: store.save(key, wanted, JC), "locked")
        assert rows(store, key) == (row("r0"),), "reading goes on"
        other.execute("ROLLBACK")
    assert store.save(key, wanted, JC).done
    assert store.save(key, wanted, JC).repeated
    assert len(rows(store, key)) == 2


def test_a_day_locked_on_postgresql_is_waited_for_and_then_said_so(
    postgresql: PostgreSQL, opened: Callable[..., Store]
) -> None:
    url = postgresql.new_database()
    store, slow = opened(url, patience=0.2), opened(url)
    store.put_site(A, JC)
    key, other_day = store.open_day(workday(), JC), store.open_day(workday("2026-06-02"), JC)
    held, done = threading.Event(), threading.Event()

    def hold(connection: object) -> None:
        connection.exec_driver_sql("SELECT * FROM day WHERE key = %(key)s FOR UPDATE", {"key": key})  # type: ignore[attr-defined]
        held.set()
        done.wait(30)

    holder = threading.Thread(target=slow.database.write, args=(hold,))
    holder.start()
    assert held.wait(30)
    refused(lambda: add(store, key, row("r1")), "locked")
    assert add(store, other_day, row("r1")).done, "another day is nobody's business"
    assert rows(store, key) == ()
    done.set()
    holder.join()
    assert add(store, key, row("r1")).done


@pytest.fixture
def own_server() -> Iterator[PostgreSQL]:
    with running() as server:
        yield server


def test_a_lost_database_is_said_so_and_nothing_is_lost_or_doubled(
    own_server: PostgreSQL, opened: Callable[..., Store]
) -> None:
    url = own_server.new_database()
    store = opened(url)
    store.put_site(A, JC)
    key = store.open_day(workday(), JC)
    acknowledged: list[str] = []
    failed: list[StoreError] = []
    stop = threading.Event()

    def enter(by: int) -> None:
        """Somebody who enters rows and, as the outbox does, sends each until it is acknowledged."""
        n = 0
        while not stop.is_set():
            wanted = edit(Change(None, row(f"r{by}-{n}", 400 + n % 600)), name=f"e{by}-{n}")
            while True:
                try:
                    store.save(key, wanted, OTHER)
                    break
                except StoreError as error:
                    failed.append(error)
                    time.sleep(0.05)
            acknowledged.append(wanted.id)
            n += 1

    people = [threading.Thread(target=enter, args=(by,)) for by in range(3)]
    for person in people:
        person.start()
    for _ in range(2):
        _until(lambda: len(acknowledged) > 5)
        own_server.stop()
        seen = len(failed)
        _until(lambda seen=seen: len(failed) > seen + 3)  # type: ignore[misc]
        refused(lambda: store.day(key), "connection_lost")
        own_server.start()
        before = len(acknowledged)
        _until(lambda before=before: len(acknowledged) > before + 5)  # type: ignore[misc]
    stop.set()
    for person in people:
        person.join()
    assert {(error.code, error.retry) for error in failed} == {("connection_lost", True)}
    assert "接続" in failed[0].message("ja")
    stands = replayed(store, key)
    assert sorted(f"e{one.id[1:]}" for one in stands.rows) == sorted(acknowledged)
    assert sum(entry.kind == "edit" for entry in store.history(key)) == len(acknowledged)
    assert put(store, key, stands.rows[0], None).done


def _until(happened: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not happened():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.01)


def test_a_database_that_lets_nobody_in_is_told_from_one_that_is_away(postgresql: PostgreSQL) -> None:
    for url, code in (
        (postgresql.url("nothing_of_this_name"), "no_database"),
        (postgresql.url().replace("carveout@", "stranger@"), "no_entry"),
    ):
        with pytest.raises(StoreError) as error:
            open_store(url)
        assert (error.value.code, error.value.retry) == (code, False)
