"""Stores to test with: a SQLite file, and a database of a PostgreSQL server that runs for the session."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from carveout.store import Store, open_store
from tests.store.build import JC, A
from tests.store.server import PostgreSQL, running


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    with running() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a store that is not there yet, of each kind."""
    if request.param == "sqlite":
        return str(tmp_path / "store.sqlite3")
    server: PostgreSQL = request.getfixturevalue("postgresql")
    return server.emptied_database()


@pytest.fixture
def opened() -> Iterator[Callable[[str], Store]]:
    """Opens stores and closes them when the test is over."""
    found: list[Store] = []

    def opening(url: str, patience: float = 5.0) -> Store:
        found.append(open_store(url, patience=patience))
        return found[-1]

    yield opening
    for store in found:
        store.close()


@pytest.fixture
def store(url: str, opened: Callable[[str], Store]) -> Store:
    """A store of each kind with one site and no day."""
    one = opened(url)
    one.put_site(A, JC)
    return one
