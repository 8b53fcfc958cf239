"""The plug pulled while somebody types: what the screen has shown as kept is kept, and nothing is there twice.

The test kills the server three times. For a long soak, run this file by itself with the number of kills:

    CARVEOUT_KILLS=200 pytest tests/app/test_record_power.py -k plug -s
"""

from __future__ import annotations

import os
import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.app.daybook_page import Sheet, new_day, stands, with_store
from tests.app.servers import served

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

KILLS = int(os.environ.get("CARVEOUT_KILLS", "3"))
ROUND = 8  # lines typed around each kill


def kept_ids(sheet: Sheet) -> set[str]:
    """Rows that the screen shows as kept: their starts, which tell them apart here."""
    return set(sheet.page.locator("[role=grid] tbody tr:not(.waiting):not(.coming) td:nth-child(2)").all_inner_texts())


@pytest.mark.slow
def test_pulling_the_plug_of_the_server_loses_no_row_that_was_kept_and_doubles_none(tmp_path: Path, browser_page: Page):
    chance = random.Random(7)
    typed: list[tuple[int, int]] = []
    with served(tmp_path) as server:
        key = new_day(server)
        sheet = Sheet(browser_page, server.url).open(key)
        for kill in range(KILLS):
            if kill and kill % 20 == 0:  # a day has so many minutes: a soak takes another day in time
                key, typed = new_day(server), []
                sheet.open(key)
            for number in range(ROUND):
                start = 300 + len(typed) * 5
                typed.append((start, start + 5))
                sheet.write(f"{start // 60}:{start % 60:02d}-{(start + 5) // 60}:{(start + 5) % 60:02d} 配膳 s1")
                browser_page.wait_for_timeout(chance.randrange(0, 60))
                if number == chance.randrange(1, ROUND - 1) or number == ROUND - 2:
                    before = kept_ids(sheet)
                    if server.process is not None:
                        server.end(hard=True)
                        stood = {f"{start // 60:02d}:{start % 60:02d}" for start, *_ in stands(server, key)}
                        assert before <= stood, "a row that was shown as kept is gone"
            if kill % 3 == 2:  # now and then somebody reloads when the server is there again; mostly they just wait
                server.start()
                browser_page.reload()
                sheet.ready()
            else:
                server.start()
            sheet.kept()
            assert [one[:2] for one in stands(server, key)] == typed
            print(f"kill {kill + 1}: {len(typed)} rows, none lost, none doubled", flush=True)
        store = with_store(server)
        edits = [one for one in store.history(key) if one.kind == "edit"]
        assert len(edits) == len(typed)
        store.close()


def test_while_the_server_is_away_one_goes_on_writing_and_is_told(tmp_path: Path, browser_page: Page):
    with served(tmp_path) as server:
        key = new_day(server)
        sheet = Sheet(browser_page, server.url).open(key)
        server.end(hard=True)
        sheet.write("9:00-9:10 配膳 s1", "+10 下膳")
        browser_page.locator(".state").filter(has_text="2件").wait_for()
        assert browser_page.locator("tr.coming").count() == 2
        assert sheet.focused() == "INPUT line"
        server.start()
        sheet.kept()
        assert [one[:2] for one in stands(server, key)] == [(540, 550), (550, 560)]
        browser_page.locator(".state").wait_for(state="hidden")


def test_a_line_is_acknowledged_soon_on_a_day_of_three_hundred_rows(tmp_path: Path, browser_page: Page):
    """Prints the time from Enter to the server's word; the number depends on the machine, the words do not."""
    from statistics import median

    from tests.app.daybook_page import row

    rows = [row(f"r{n:04d}", 360 + 2 * n, 362 + 2 * n, "serving", "s1") for n in range(300)]
    with served(tmp_path) as server:
        key = new_day(server, *rows)
        sheet = Sheet(browser_page, server.url).open(key)
        for _ in range(10):
            sheet.write("+2 下膳 s1")
            sheet.kept()
        took = browser_page.evaluate("performance.getEntriesByName('line.kept').map(one => one.duration)")
        assert len(took) == 10
        print(f"\nEnter to kept, 300 rows: median {median(took):.0f} ms, slowest {max(took):.0f} ms")
        assert len(stands(server, key)) == 310
