"""What several test rooms share: a running app, a browser to look at it with, and the checkout's own command line."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# How long an example takes, or takes to draw, says something of the machine, not of the product.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

ROOT = Path(__file__).parents[1]
SCREENSHOTS = ROOT / "tests" / "screenshots"
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
CHROMIUM_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
DESK, TABLET = (1280, 800), (820, 1180)
PATIENCE = 60  # seconds for the app to come up on a busy machine

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]

# A wait that runs out in the browser says more of a busy machine than of the page: such a journey is walked once more,
# and the summary counts it. Whatever was seen and was wrong fails at once.
RAN_OUT = ["TimeoutError", "Locator expected"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1, only_rerun=RAN_OUT))


def environment(**more: str) -> dict[str, str]:
    """The environment of a child: this checkout importable, nothing of the tester's language and colours."""
    personal = {"CARVEOUT_LANG", "CARVEOUT_ADMIN", "PORT", "COLUMNS", "NO_COLOR", "FORCE_COLOR"}
    kept = {name: value for name, value in os.environ.items() if name not in personal}
    return kept | {"PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", "PYTHONWARNINGS": "default"} | more


@pytest.fixture(scope="session")
def _stores(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("stores")


@pytest.fixture(autouse=True)
def store_of_its_own(_stores: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """No test ever touches the store of whoever runs it: each has one of its own, made when something opens it."""
    url = f"sqlite:///{_stores / uuid.uuid4().hex}.sqlite"
    monkeypatch.setenv("CARVEOUT_STORE", url)
    monkeypatch.delenv("CARVEOUT_ADMIN", raising=False)
    return url


@pytest.fixture(scope="session")
def carveout_command() -> Run:
    """Run `carveout ARGUMENTS...` in a process of its own, outside the checkout unless `cwd` says otherwise."""

    def run(*arguments: str | Path, cwd: Path | None = None, **env: str) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "carveout", *map(str, arguments)]
        return subprocess.run(
            command, cwd=cwd or Path("/"), env=environment(**env), capture_output=True, timeout=120, check=False
        )

    return run


@pytest.fixture(scope="session")
def app_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the app, served on loopback for the length of the session by a process of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = tmp_path_factory.mktemp("app") / "log.txt"
    home = tmp_path_factory.mktemp("home")
    with log.open("wb") as stream:
        server = subprocess.Popen(
            [sys.executable, "-m", "carveout", "app", "--port", str(port)],
            cwd=ROOT,
            env=environment(HOME=str(home), CARVEOUT_STORE=f"sqlite:///{home / 'store.sqlite'}"),
            stdout=stream,
            stderr=subprocess.STDOUT,
        )
    url = f"http://127.0.0.1:{port}"
    try:
        _await_health(url, server, log)
        yield url
    finally:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait(10)


def _await_health(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"the app did not come up:\n{log.read_text(encoding='utf-8', errors='replace')}", pytrace=False)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, headless, driven by Playwright."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


def _page(browser: Browser, size: tuple[int, int], *, touch: bool) -> Iterator[Page]:
    SCREENSHOTS.mkdir(exist_ok=True)
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, locale="ja-JP", has_touch=touch, timezone_id="Asia/Tokyo"
    )
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def browser_page(browser: Browser) -> Iterator[Page]:
    """A fresh page as on a desk: 1280 x 800."""
    yield from _page(browser, DESK, touch=False)


@pytest.fixture
def tablet_page(browser: Browser) -> Iterator[Page]:
    """A fresh page as on a tablet held upright: 820 x 1180, touched."""
    yield from _page(browser, TABLET, touch=True)


@pytest.fixture(scope="session")
def screenshots() -> Path:
    """Where pictures of screens go to be looked at (not kept in the repository)."""
    SCREENSHOTS.mkdir(exist_ok=True)
    return SCREENSHOTS
