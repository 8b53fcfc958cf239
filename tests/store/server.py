"""A PostgreSQL server of one's own, in a folder of its own, reached through a socket there."""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

_NUMBERS = itertools.count()


def _programs() -> Path:
    """Where PostgreSQL's own programs are; Debian keeps them out of the way."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    command = found[-1] if found else Path(shutil.which("initdb") or "initdb")
    return command.resolve().parent


class PostgreSQL:
    """One server. It refuses to run as root, so then it runs as somebody else."""

    def __init__(self, folder: Path, *, fsync: bool = False):
        self.folder, self.data = folder, folder / "data"
        self._programs, self._as = _programs(), list[str]()
        self._emptied: str | None = None
        if os.geteuid() == 0:
            names = {user.pw_name for user in pwd.getpwall()}
            account = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
            os.chown(folder, account.pw_uid, account.pw_gid)
            self._as = ["setpriv", f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups"]
        self._run("initdb", "-D", self.data, "-U", "carveout", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
        with (self.data / "postgresql.conf").open("a") as settings:
            settings.write("listen_addresses=''\nmax_connections=100\nshared_buffers=32MB\n")
            settings.write(f"fsync={'on' if fsync else 'off'}\nunix_socket_directories='{folder}'\n")

    def _run(self, program: str, *arguments: str | Path) -> None:
        command = [*self._as, str(self._programs / program), *map(str, arguments)]
        # pg_ctl hands its output on to the server, so it must not be a pipe that somebody waits to see closed.
        with (self.folder / "output.txt").open("ab") as output:
            subprocess.run(command, stdout=output, stderr=output, check=True, timeout=120, cwd="/")

    def start(self) -> None:
        self._run("pg_ctl", "-D", self.data, "-l", self.data / "log.txt", "-w", "start")

    def stop(self) -> None:
        """As if somebody had pulled the plug; nothing where that has been done."""
        if (self.data / "postmaster.pid").exists():
            self._run("pg_ctl", "-D", self.data, "-m", "immediate", "-w", "stop")

    def url(self, database: str = "postgres") -> str:
        return f"postgresql://carveout@/{database}?host={self.folder}"

    def new_database(self) -> str:
        """The address of an empty database."""
        name = f"store_{next(_NUMBERS)}"
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return self.url(name)

    def emptied_database(self) -> str:
        """The address of one database, emptied: much quicker than a new one each time."""
        if self._emptied is None:
            self._emptied = self.new_database()
        with psycopg.connect(self._emptied, autocommit=True) as connection:
            connection.execute("DROP SCHEMA public CASCADE")
            connection.execute("CREATE SCHEMA public")
        return self._emptied


@contextmanager
def running(*, fsync: bool = False) -> Iterator[PostgreSQL]:
    """A server for as long as it is needed. Its folder has a short name: the path of a socket may not be long."""
    folder = Path(tempfile.mkdtemp(prefix="carveout-pg-"))
    try:
        server = PostgreSQL(folder, fsync=fsync)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)
