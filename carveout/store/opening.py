"""Finding a store by its address, making it where there is none, and bringing an older one up to this version."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from contextlib import closing
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path

from platformdirs import user_data_path
from sqlalchemy import URL, Connection, inspect, make_url, text
from sqlalchemy.exc import ArgumentError

from carveout.store.database import Database, like_its_file
from carveout.store.errors import StoreError, told_by_sqlite
from carveout.store.versions import PRESENT, VERSIONS

VARIABLE = "CARVEOUT_STORE"
FILE = "store.sqlite3"
# One number for every program that may bring a PostgreSQL store up to date at the same time.
_LOCK = 0x63617276
# Alembic runs in one thread at a time: its context is the process's.
_ALONE = threading.Lock()


def address(url: str | None = None) -> URL:
    """Where the store is: as told, else by the environment, else a file of this user's. Raises StoreError.

    A path is a SQLite file; `postgresql://user@host/database` a PostgreSQL database.

    >>> address("postgresql://jc@db/carveout").drivername
    'postgresql+psycopg'
    >>> address("days.sqlite3").database
    'days.sqlite3'
    """
    told_address = url or os.environ.get(VARIABLE) or str(user_data_path("carveout", appauthor=False) / FILE)
    if "://" not in told_address:
        return URL.create("sqlite", database=told_address)
    try:
        found = make_url(told_address)
    except (ArgumentError, ValueError) as error:
        raise StoreError("bad_address", url=told_address.partition("://")[0] + "://…") from error
    if found.drivername in ("postgres", "postgresql", "postgresql+psycopg"):
        return found.set(drivername="postgresql+psycopg")
    if found.drivername == "sqlite" and found.database and not found.database.startswith((":memory:", "file:")):
        return found
    raise StoreError("bad_address", url=found.render_as_string(hide_password=True))


def opened(url: str | None = None, patience: float = 5.0) -> Database:
    """The database of an address, made or brought up to date. Raises StoreError."""
    found = address(url)
    path = Path(found.database or "") if found.get_backend_name() == "sqlite" else None
    if path is not None:
        _prepare_file(path)
        _log_ahead(path, patience)
    database = Database(found, patience)
    try:
        _bring_up(database, path)
    except BaseException:
        database.close()
        raise
    return database


def _prepare_file(path: Path) -> None:
    """A folder and a file that only this user may read, where there are none."""
    try:
        missing = [folder for folder in path.absolute().parents if not folder.exists()]
        for folder in reversed(missing):
            folder.mkdir(mode=0o700, exist_ok=True)
        if not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    except OSError as error:
        raise StoreError("cannot_open", reason=error.strerror or type(error).__name__) from error


def _log_ahead(path: Path, patience: float) -> None:
    """Switch a new file to the write-ahead log; SQLite does not wait for others here, so this does."""
    end = time.monotonic() + patience
    while True:
        try:
            like_its_file(path)
            with closing(sqlite3.connect(path, timeout=patience, isolation_level=None)) as connection:
                if connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
                    connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.Error as error:
            failure = told_by_sqlite(error)
            if failure.code != "locked" or time.monotonic() > end:
                raise failure from error
            time.sleep(0.02)


def _bring_up(database: Database, path: Path | None) -> None:
    """Run the steps an older store lacks, alone among all programs that open it."""
    found = database.read(_version)
    if found == PRESENT:
        return
    _refuse_newer(found)
    if found is not None and path is not None:
        _back_up(path, found)

    def bring_up(connection: Connection) -> None:
        if not database.is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        now = _version(connection)
        _refuse_newer(now)
        if now != PRESENT:
            migrate(connection)

    database.write(bring_up)


def _version(connection: Connection) -> str | None:
    """The version of what stands in the database; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    version: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return version


def _refuse_newer(found: str | None) -> None:
    if found is not None and found not in VERSIONS:
        raise StoreError("newer", found=found)


def migrate(connection: Connection, version: str = PRESENT) -> None:
    """Run the steps from what stands in the database to a version, in the connection's transaction."""
    from alembic import command
    from alembic.config import Config

    with _ALONE, resources.as_file(resources.files("carveout.store") / "migrations") as scripts:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(scripts).replace("%", "%%"))
        config.set_main_option("path_separator", "os")
        command.upgrade(config, version)


def _back_up(path: Path, version: str) -> None:
    """A copy of the file as it stands, beside it, before its tables change."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    copy = path.with_name(f"{path.name}.before-{version}-{stamp}")
    try:
        os.close(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
    except sqlite3.Error as error:
        copy.unlink(missing_ok=True)
        raise told_by_sqlite(error) from error
    except OSError as error:
        copy.unlink(missing_ok=True)
        raise StoreError("disk_error", reason=error.strerror or type(error).__name__) from error
