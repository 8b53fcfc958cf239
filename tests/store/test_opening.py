"""Opening: at the address told, made where there is none, brought up to date alone, with a copy kept, never blindly."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import DBAPIError

from carveout.store import Store, StoreError, open_store, opening, tables
from carveout.store.versions import PRESENT, VERSIONS
from tests.conftest import environment
from tests.store.build import JC, A, add, row, rows, workday

MIGRATIONS = Path(opening.__file__).parent / "migrations"


def test_the_steps_lead_to_the_present_version() -> None:
    scripts = ScriptDirectory(str(MIGRATIONS))
    assert scripts.get_current_head() == PRESENT
    assert [step.revision for step in scripts.walk_revisions()][::-1] == list(VERSIONS)


def test_the_steps_make_the_tables_the_program_sees(store: Store, url: str) -> None:
    engine = create_engine(opening.address(url))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differing = compare_metadata(context, tables.metadata)
    engine.dispose()
    assert differing == []


def test_an_older_store_is_brought_up_to_date_and_a_copy_kept(tmp_path: Path, opened: Callable[[str], Store]) -> None:
    path = tmp_path / "store.sqlite3"
    _old_store(path)
    store = opened(str(path))
    assert [(info.id, info.days) for info in store.sites()] == [("old", 0)]
    assert store.drafts("old") == ()
    (copy,) = tmp_path.glob("store.sqlite3.before-0001-*")
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
        assert connection.execute("SELECT id FROM site").fetchone() == ("old",)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    opened(str(path))
    assert len(list(tmp_path.glob("*.before-*"))) == 1, "opened again, nothing is to be done"


def _old_store(path: Path) -> None:
    """A store as the first version of the program would have left it."""
    path.touch()
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        opening.migrate(connection, "0001")
        connection.execute(text("INSERT INTO site VALUES ('old', 'other', '', 0, '{}', '{\"reported\":[]}', 1, 1)"))
    engine.dispose()


def test_a_step_that_fails_leaves_the_store_as_it_was(
    tmp_path: Path, opened: Callable[[str], Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "store.sqlite3"
    _old_store(path)

    def pulled_out(connection: Connection) -> None:
        connection.exec_driver_sql("CREATE TABLE half_done (x)")
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(opening, "migrate", pulled_out)
        open_store(str(path))
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
        assert connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'half_done'").fetchone() is None
    assert [info.id for info in opened(str(path)).sites()] == ["old"]


def test_a_newer_store_is_left_alone_and_said_so(url: str) -> None:
    open_store(url).close()
    engine = create_engine(opening.address(url))
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError) as refused:
        open_store(url)
    assert refused.value.code == "newer"
    assert "9999" in refused.value.message("ja")
    with engine.begin() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == "9999"
    engine.dispose()


OPEN = "import sys; from carveout.store import open_store; s = open_store(sys.argv[1]); print(s.id); s.close()"


def test_several_programs_open_a_new_store_at_once(url: str) -> None:
    command = [sys.executable, "-W", "error", "-c", OPEN, url]
    programs = [
        subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(3)
    ]
    answers = [program.communicate(timeout=120) for program in programs]
    assert [errors for _, errors in answers] == [b""] * 3
    assert len({name for name, _ in answers}) == 1, "one store with one name"


def test_several_programs_bring_an_old_store_up_to_date_at_once(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite3"
    _old_store(path)
    command = [sys.executable, "-W", "error", "-c", OPEN, str(path)]
    programs = [
        subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(3)
    ]
    answers = [program.communicate(timeout=120) for program in programs]
    assert [errors for _, errors in answers] == [b""] * 3
    assert len({name for name, _ in answers}) == 1


def test_only_this_user_may_read_the_file(tmp_path: Path, opened: Callable[[str], Store]) -> None:
    path = tmp_path / "a" / "b" / "store.sqlite3"
    before = os.umask(0)
    try:
        store = opened(str(path))
        store.put_site(A, JC)
    finally:
        os.umask(before)
    assert [stat.S_IMODE(folder.stat().st_mode) for folder in (path.parent, path.parent.parent)] == [0o700, 0o700]
    files = sorted(path.parent.iterdir())
    assert [file.name for file in files] == ["store.sqlite3", "store.sqlite3-shm", "store.sqlite3-wal"]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_a_commit_is_on_the_disk(tmp_path: Path, opened: Callable[[str], Store]) -> None:
    found: dict[str, object] = {}
    store = opened(str(tmp_path / "store.sqlite3"))
    for pragma in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout"):
        found[pragma] = store.database.read(
            lambda connection, name=pragma: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
        )
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}


def test_the_record_can_only_be_added_to(store: Store, url: str) -> None:
    key = store.open_day(workday(), JC)
    add(store, key, row("r1"))
    before = store.history(key)
    engine = create_engine(opening.address(url))
    for statement in ("UPDATE change SET who = 'x'", "DELETE FROM change", "UPDATE change SET who = 'x' WHERE seq = 2"):
        with pytest.raises(DBAPIError, match="only ever added to"), engine.begin() as connection:
            connection.execute(text(statement))
    if engine.dialect.name == "postgresql":
        with pytest.raises(DBAPIError, match="only ever added to"), engine.begin() as connection:
            connection.execute(text("TRUNCATE change CASCADE"))
    engine.dispose()
    assert store.history(key) == before


def test_where_a_store_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CARVEOUT_STORE", str(tmp_path / "by-environment.sqlite3"))
    assert opening.address().database == str(tmp_path / "by-environment.sqlite3")
    assert opening.address("other.sqlite3").database == "other.sqlite3"
    assert opening.address("sqlite:////there/x.db").database == "/there/x.db"
    monkeypatch.delenv("CARVEOUT_STORE")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert opening.address().database == str(tmp_path / "carveout" / "store.sqlite3")
    for known in ("postgres://u@h/d", "postgresql://u@h/d", "postgresql+psycopg://u@h/d"):
        assert opening.address(known).drivername == "postgresql+psycopg"
    for bad in (
        "mysql://u:secret@h/d",
        "sqlite://",
        "sqlite:///file:x?mode=memory&uri=true",
        "sqlite:///:memory:",
        "http://x",
        "postgresql://[bad:port/d",
    ):
        with pytest.raises(StoreError) as refused:
            opening.address(bad)
        assert refused.value.code == "bad_address"
        assert "secret" not in refused.value.message("en")


def test_a_password_is_never_shown(opened: Callable[[str], Store], tmp_path: Path) -> None:
    store = opened(str(tmp_path / "store.sqlite3"))
    assert store.place.endswith("store.sqlite3")
    with pytest.raises(StoreError) as refused:
        open_store("postgresql://jc:secret@127.0.0.1:1/none?connect_timeout=2")
    assert (refused.value.code, refused.value.retry) == ("connection_lost", True)
    assert "secret" not in str(refused.value)


def test_what_is_no_store_is_said_so(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear all, " * 200)
    with pytest.raises(StoreError) as refused:
        open_store(str(path))
    assert refused.value.code == "not_a_store"
    assert path.read_text() == "Dear all, " * 200
    (tmp_path / "folder").mkdir()
    with pytest.raises(StoreError) as refused:
        open_store(str(tmp_path / "folder"))
    assert refused.value.code == "cannot_open"
    with pytest.raises(StoreError) as refused:
        open_store(str(path / "below.sqlite3"))
    assert refused.value.code == "cannot_open"


def test_two_stores_of_one_process_do_not_mix(tmp_path: Path, opened: Callable[[str], Store]) -> None:
    one, two = opened(str(tmp_path / "1.sqlite3")), opened(str(tmp_path / "2 %41?#.sqlite3"))
    one.put_site(A, JC)
    assert two.sites() == ()
    assert one.id != two.id
    assert (tmp_path / "2 %41?#.sqlite3").exists()
    key = one.open_day(workday(), JC)
    add(one, key, row("r1"))
    assert rows(opened(str(tmp_path / "1.sqlite3")), key) == (row("r1"),)
