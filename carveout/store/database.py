"""One database behind the store: connections as each kind needs them, transactions whole or not at all, errors told.

SQLite: write-ahead log, every commit on the disk before it is acknowledged, one writer at a time from the first
statement on. PostgreSQL: a reading sees one moment; writers of one day wait for each other by a lock on its row.
"""

from __future__ import annotations

import random
import sqlite3
import stat
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from carveout.store.errors import StoreError, told, worth_another_try

_Result = TypeVar("_Result")
_WRITES = {"carveout_writes": True}
_TRIES = 8
_WRITERS = 30  # as many as there are connections
# A connection to a file that met one of these may go on meeting it after a person has mended the cause: begin anew.
# (Lost connections to PostgreSQL are thrown away by the pool itself.)
_ANEW = frozenset(("read_only", "cannot_open", "disk_error"))
# A database that vanished without a word (a cable, a tunnel) is given up after some 15 s, not the system's 15 minutes.
_ALIVE = {
    "keepalives": 1, "keepalives_idle": 5, "keepalives_interval": 5, "keepalives_count": 2, "tcp_user_timeout": 15_000,
}  # fmt: skip
_BUSY = random.Random()  # noqa: S311 (spreads writers out, guards nothing)


class Database:
    """Runs what reads and what writes, each in one transaction. patience: seconds to wait for another writer."""

    def __init__(self, url: URL, patience: float = 5.0):
        self.url, self.patience = url, patience
        # SQLite lets one write at a time; those of this program queue here rather than ask again and again.
        self._turn = threading.BoundedSemaphore(1 if url.get_backend_name() == "sqlite" else _WRITERS)
        self.engine = _sqlite(url, patience) if url.get_backend_name() == "sqlite" else _postgresql(url, patience)

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a file of this machine."""
        return self.engine.dialect.name == "sqlite"

    def read(self, work: Callable[[Connection], _Result]) -> _Result:
        """What `work` finds, all of it at one moment. Raises StoreError."""
        try:
            with self.engine.connect() as connection:
                if not self.is_sqlite:
                    connection = connection.execution_options(
                        isolation_level="REPEATABLE READ", postgresql_readonly=True
                    )
                with connection.begin():
                    return work(connection)
        except SQLAlchemyError as error:
            raise told(error) from error

    def write(self, work: Callable[[Connection], _Result]) -> _Result:
        """What `work` writes, whole or not at all, on the disk when this returns. Raises StoreError.

        `work` may run more than once, where two writers got in each other's way.
        """
        if not self._turn.acquire(timeout=self.patience):
            raise StoreError("locked")
        try:
            return self._write(work)
        finally:
            self._turn.release()

    def _write(self, work: Callable[[Connection], _Result]) -> _Result:
        begun_anew = False
        for left in range(_TRIES, 0, -1):
            try:
                with self.engine.connect().execution_options(**_WRITES) as connection, connection.begin():
                    return work(connection)
            except SQLAlchemyError as error:
                failure = told(error)
                if self.is_sqlite and failure.code in _ANEW:
                    self.engine.dispose()
                if self.is_sqlite and failure.code == "read_only" and not begun_anew:
                    begun_anew = True  # as it was when the connection was made; perhaps no longer
                elif left == 1 or not worth_another_try(error):
                    raise failure from error
                else:
                    time.sleep(_BUSY.uniform(0, 0.05))
        raise StoreError("locked")

    def close(self) -> None:
        """Give every connection back."""
        self.engine.dispose()


def _sqlite(url: URL, patience: float) -> Engine:
    engine = create_engine(url, connect_args={"timeout": patience, "check_same_thread": False}, pool_timeout=30)

    @event.listens_for(engine, "connect")
    def connected(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        if not isinstance(connection, sqlite3.Connection):
            raise TypeError("not a connection to SQLite")
        like_its_file(Path(url.database or ""))
        connection.isolation_level = None  # transactions begin where `begun` says so
        for pragma in ("foreign_keys = ON", "synchronous = FULL"):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        writes = connection.get_execution_options().get("carveout_writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def like_its_file(path: Path) -> None:
    """Give SQLite's files beside the store the store's permissions.

    They keep those of the moment they were made; left over from when the store was read-only, they would keep it so.
    """
    for suffix in ("-wal", "-shm"):
        beside = path.with_name(path.name + suffix)
        with suppress(OSError):
            mode = stat.S_IMODE(path.stat().st_mode)
            if stat.S_IMODE(beside.stat().st_mode) != mode:
                beside.chmod(mode)


def _postgresql(url: URL, patience: float) -> Engine:
    engine = create_engine(
        url,
        connect_args={"connect_timeout": 10, "application_name": "carveout", **_ALIVE},
        pool_pre_ping=True,
        pool_size=10,
        max_overflow=20,
        pool_timeout=30,
        isolation_level="READ COMMITTED",
    )

    @event.listens_for(engine, "connect")
    def connected(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        # Not as options of the connection, which a pooler in between would refuse.
        cursor = connection.cursor()
        cursor.execute(f"SET lock_timeout = {int(patience * 1000)}")
        cursor.execute("SET idle_in_transaction_session_timeout = 60000")
        cursor.close()
        connection.commit()

    return engine
