"""A server of one's own for a journey: its store is a file of the test, and it can be ended and started again."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import PATIENCE, ROOT, environment


@dataclass
class Server:
    """A running app: where it is, and the store it keeps (a URL that a test may open as well)."""

    url: str
    store: str
    home: Path
    process: subprocess.Popen[bytes] | None = None

    def start(self, *, under: Sequence[str] = (), **env: str) -> None:
        """Start it (again) on its port and wait until it answers. under: the command that runs it, if not the test."""
        log = self.home / "log.txt"
        port = self.url.rpartition(":")[2]
        with log.open("ab") as stream:
            self.process = subprocess.Popen(
                [*under, sys.executable, "-m", "carveout", "app", "--port", port],
                cwd=ROOT,
                env=environment(HOME=str(self.home), CARVEOUT_STORE=self.store, **env),
                stdout=stream,
                stderr=subprocess.STDOUT,
            )
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self.process.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=2) as answer:
                    if answer.status == 200:
                        return
            except OSError:
                time.sleep(0.2)
        raise AssertionError("the app did not come up:\n" + log.read_text(encoding="utf-8", errors="replace"))

    def end(self, *, hard: bool = False) -> None:
        """End it, by pulling the plug where `hard`."""
        if self.process is None:
            return
        if hard:
            self.process.kill()
        else:
            self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(10)
        self.process = None


@contextmanager
def served(home: Path, store: str | None = None, *, started: bool = True, **env: str) -> Iterator[Server]:
    """A server whose store lies under `home` (a test's own folder) unless a URL is given; ended at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = Server(f"http://127.0.0.1:{port}", store or f"sqlite:///{home / 'store.sqlite'}", home)
    try:
        if started:
            server.start(**env)
        yield server
    finally:
        server.end()
