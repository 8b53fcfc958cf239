"""The store taken away under a running app, for real: said clearly in the page, waited out, nothing lost or doubled."""

from __future__ import annotations

import os
import resource
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.app.daybook_page import Sheet, new_day, stands, with_store
from tests.app.servers import Server, served
from tests.store.server import PostgreSQL, running

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

# Root may write into whatever is read-only; a program of root's without this power may not.
POWERLESS = ("setpriv", "--bounding-set=-dac_override", "--inh-caps=-dac_override") if os.geteuid() == 0 else ()


@pytest.fixture
def database() -> Iterator[PostgreSQL]:
    with running() as server:
        yield server


def minutes(server: Server, key: str) -> list[tuple[int, int | None]]:
    return [one[:2] for one in stands(server, key)]


def edits(server: Server, key: str) -> int:
    with closing(with_store(server)) as store:
        return sum(one.kind == "edit" for one in store.history(key))


def file_of(server: Server) -> Path:
    return Path(server.store.removeprefix("sqlite:///"))


def said(page: Page, text: str) -> None:
    """Wait until the page says something."""
    page.get_by_text(text).first.wait_for()


@contextmanager
def no_longer_than(server: Server, size: int) -> Iterator[None]:
    """The operating system lets the running server write no file beyond `size` bytes, as a full disk would."""
    assert server.process is not None
    _, most = resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (size, most))
    yield
    resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (most, most))


def test_postgresql_stopped_while_somebody_types_is_told_and_takes_everything_once_afterwards(
    tmp_path: Path, database: PostgreSQL, browser_page: Page
):
    with served(tmp_path, database.new_database()) as server:
        key = new_day(server)
        sheet = Sheet(browser_page, server.url).open(key)
        sheet.write("9:00-9:10 配膳 s1")
        sheet.kept()
        database.stop()
        sheet.write("+10 下膳", "+10 清掃")
        said(browser_page, "データベースとの接続が切れました")
        browser_page.get_by_role("button", name="もう一度つなぐ").wait_for()
        sheet.write("+10 記録")  # one goes on writing
        database.start()
        sheet.kept()
        assert minutes(server, key) == [(540, 550), (550, 560), (560, 570), (570, 580)]
        assert edits(server, key) == 4


def test_a_page_opened_while_postgresql_is_away_says_what_waits_here_and_comes_back_by_itself(
    tmp_path: Path, database: PostgreSQL, browser_page: Page
):
    with served(tmp_path, database.new_database()) as server:
        key = new_day(server)
        sheet = Sheet(browser_page, server.url).open(key)
        sheet.write("9:00-9:10 配膳 s1")
        sheet.kept()
        database.stop()
        sheet.write("+10 下膳", "+10 清掃")
        said(browser_page, "データベースとの接続が切れました")
        browser_page.reload()
        said(browser_page, "まだ保存されていない記録が2件残っています")
        browser_page.get_by_role("button", name="もう一度つなぐ").wait_for()
        database.start()
        sheet.ready()  # nobody presses anything
        sheet.kept()
        assert minutes(server, key) == [(540, 550), (550, 560), (560, 570)]
        assert edits(server, key) == 3


def test_what_waits_of_a_day_is_told_on_the_page_of_live_recording_with_the_way_to_it(
    tmp_path: Path, browser_page: Page
):
    with served(tmp_path) as server:
        key = new_day(server)
        sheet = Sheet(browser_page, server.url).open(key)
        server.end(hard=True)
        sheet.write("9:00-9:10 配膳 s1")
        server.start()
        browser_page.goto(f"{server.url}/live?lang=ja")
        browser_page.get_by_role("link", name="その日を開いて保存する（1件）").click()
        sheet.ready()
        sheet.kept()
        assert minutes(server, key) == [(540, 550)]


def test_a_file_that_may_not_grow_is_told_and_takes_everything_once_there_is_room(tmp_path: Path, browser_page: Page):
    with served(tmp_path) as server:
        key = new_day(server)
        sheet = Sheet(browser_page, server.url).open(key)
        sheet.write("9:00-9:10 配膳 s1")
        sheet.kept()
        with no_longer_than(server, Path(f"{file_of(server)}-wal").stat().st_size + 20_000):
            sheet.write(*["+10 下膳", "+10 清掃"] * 6)
            sheet.page.locator(".state").filter(has_text="ディスク").wait_for()
            assert len(minutes(server, key)) < 13
            browser_page.reload()  # reading goes on, and what waits is not forgotten
            sheet.ready()
            sheet.page.locator(".state").filter(has_text="ディスク").wait_for()
        sheet.kept()
        assert minutes(server, key) == [(540 + 10 * n, 550 + 10 * n) for n in range(13)]
        assert edits(server, key) == 13
    with closing(sqlite3.connect(file_of(server))) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_a_read_only_file_is_told_shown_and_written_to_once_it_may_be(tmp_path: Path, browser_page: Page):
    with served(tmp_path, started=False) as server:
        key = new_day(server)
        file_of(server).chmod(0o400)
        server.start(under=POWERLESS)
        sheet = Sheet(browser_page, server.url).open(key)
        sheet.write("9:00-9:10 配膳 s1", "+10 清掃")
        sheet.page.locator(".state").filter(has_text="読み取り専用").wait_for()
        assert minutes(server, key) == []
        file_of(server).chmod(0o600)
        sheet.kept()
        assert minutes(server, key) == [(540, 550), (550, 560)]
        assert edits(server, key) == 2


def test_a_file_locked_by_another_program_is_told_and_takes_everything_once_it_is_free(
    tmp_path: Path, browser_page: Page
):
    with served(tmp_path) as server:
        key = new_day(server)
        sheet = Sheet(browser_page, server.url).open(key)
        with closing(sqlite3.connect(file_of(server), isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            sheet.write("9:00-9:10 配膳 s1", "+10 清掃")
            sheet.page.locator(".state").filter(has_text="ほかのプログラム").wait_for()
            sheet.write("+10 記録")
            other.execute("ROLLBACK")
        sheet.kept()
        assert minutes(server, key) == [(540, 550), (550, 560), (560, 570)]
        assert edits(server, key) == 3
