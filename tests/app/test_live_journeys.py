"""Recording live in a real Chromium: a morning of taps, with reloads, lost connections, killed servers."""

from __future__ import annotations

import random
import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Error as PlaywrightError

from carveout.model import Kind, Trigger
from carveout.store import By, Edit, open_store
from carveout.workday import Change, Person, SiteHead, Workday, vocabulary
from tests.app.servers import Server, served
from tests.conftest import DESK, PATIENCE, TABLET

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Locator, Page

pytestmark = pytest.mark.browser

DATE, JAPAN = "2026-06-02", ZoneInfo("Asia/Tokyo")
Stands = tuple[str, int, int | None, tuple[str, ...]]  # task, start, end, staff
STAFF = (Person("s1", "care_worker"), Person("s2", "care_worker"), Person("n1", "nurse"))


@dataclass
class Place:
    """A running app with one day in its store."""

    server: Server
    key: str = ""

    def __post_init__(self) -> None:
        store = open_store(self.server.store)
        store.put_site(SiteHead("home-x", Kind.CARE_HOME, "ひまわり苑"), By("local"))
        self.key = store.open_day(Workday("home-x", DATE, "ユニット1", "jc-01", STAFF), By("local"))
        store.close()

    def day(self) -> Workday:
        store = open_store(self.server.store)
        try:
            assert not store.clashes(self.key)
            return store.day(self.key).workday
        finally:
            store.close()

    def rows(self) -> set[Stands]:
        words = vocabulary(SiteHead("home-x", Kind.CARE_HOME))
        return {(words.label(row.task).ja, row.start, row.end, row.staff) for row in self.day().rows}


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with served(tmp_path) as server:
        yield Place(server)


@contextmanager
def opened(browser: Browser, size: tuple[int, int] = TABLET) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, locale="ja-JP", has_touch=size == TABLET,
        timezone_id="Asia/Tokyo",
    )  # fmt: skip
    context.set_default_timeout(30_000)
    page = context.new_page()
    page.clock.install(time=datetime(2026, 6, 2, 8, 50, tzinfo=JAPAN))
    yield page
    context.close()


@dataclass
class Hand:
    """A hand on the tablet, and the clock on the wall."""

    page: Page
    place: Place
    now: int = 540

    def visit(self, language: str = "ja") -> None:
        self.page.goto(f"{self.place.server.url}/live?day={self.place.key}&lang={language}")
        self.page.locator(".live .top").wait_for(timeout=60_000)

    def follow(self, *who: str) -> None:
        for one in who:
            self.page.locator(".chooser .chip:not(.new)").filter(has_text=one).click()
        self.page.locator(".chooser .main").click()
        self.page.locator(".person").nth(len(who) - 1).wait_for()
        self.wait(0)

    def wait(self, minutes: int) -> None:
        """Let time pass up to the beginning of a minute, and everything that waits for it along.

        What the machine itself took meanwhile is part of it, so that a slow one taps in the same minutes.
        """
        self.now += minutes
        target = (datetime(2026, 6, 2, tzinfo=JAPAN).timestamp() + self.now * 60) * 1000
        self.page.clock.fast_forward(max(0, int(target - self.page.evaluate("Date.now()")) + 500))

    def column(self, person: str) -> Locator:
        return self.page.locator(f".person[aria-label='{person}']")

    def press(self, button: Locator) -> None:
        # A tap on the same button within 400 ms is a trembling finger; ours are not.
        self.page.clock.run_for(500)
        button.click()

    def task(self, person: str, name: str) -> None:
        """Tap a task: on its button, or found under "other"."""
        tile = self.column(person).locator(".tiles .tile").filter(has_text=name)
        if tile.count() != 1:
            self.press(self.column(person).locator(".act").nth(2))
            self.page.locator(".sheet .field").fill(name)
            self.press(self.page.locator(".sheet .tile").first)
        else:
            self.press(tile)

    def act(self, person: str, name: str) -> None:
        self.press(self.column(person).get_by_role("button", name=name, exact=True))

    def fix(self, person: str, name: str) -> None:
        self.press(self.column(person).locator(".fix").filter(has_text=re.compile("^" + re.escape(name))))

    def bar(self, name: str) -> None:
        self.press(self.page.locator(".bar .mode").filter(has_text=name))

    def told(self) -> str:
        return self.page.locator(".told").inner_text()

    def settled(self) -> None:
        """Wait until the store has everything."""
        end = time.monotonic() + PATIENCE
        while "保存済み" not in self.state() and time.monotonic() < end:
            self.page.wait_for_timeout(250)
        assert "保存済み" in self.state(), self.state()

    def state(self) -> str:
        return self.page.locator(".state").inner_text()


MORNING = (
    ("s1", "トイレ誘導", 0), ("s2", "おむつ交換", 1), ("s1", "清掃", 6), ("s2", "口腔ケア", 4), ("s1", "コール対応", 3),
    ("s1", "清掃", 5), ("s2", "記録", 9), ("s1", "与薬", 2), ("s2", "排泄ケア", 7), ("s1", "バイタル測定", 4),
    ("s2", "リネン交換", 11), ("s1", "配膳", 8), ("s2", "洗濯", 3), ("s1", "水分補給", 6), ("s2", "見守り", 12),
    ("s1", "入浴準備", 5), ("s2", "傾聴", 4), ("s1", "入浴介助", 2), ("s2", "体操", 15), ("s1", "整容", 9),
    ("s2", "昼食準備", 6), ("s1", "配膳", 3), ("s2", "昼食介助", 7), ("s1", "昼食介助", 2), ("s2", "下膳・片づけ", 20),
)  # fmt: skip


@pytest.mark.parametrize("size", [TABLET, DESK], ids=["tablet", "desk"])
def test_a_morning_of_taps_with_reloads_stands_in_the_store_as_tapped(
    place: Place, browser: Browser, size: tuple[int, int]
):
    with opened(browser, size) as page:
        hand = Hand(page, place)
        hand.visit()
        hand.follow("s1", "s2")
        expected: set[Stands] = set()
        running: dict[str, tuple[str, int]] = {}
        for number, (who, name, later) in enumerate(MORNING):
            hand.wait(later)
            hand.task(who, name)
            if who in running:
                expected.add((*running[who], hand.now, (who,)))
            running[who] = (name, hand.now)
            if number in (7, 16):
                page.reload()
                page.locator(".person").nth(1).wait_for(timeout=60_000)
        for who, begun in running.items():
            hand.act(who, "手が空いた")
            expected.add((*begun, hand.now, (who,)))
        hand.settled()
    assert place.rows() == expected
    assert len(place.day().rows) == len(MORNING)


def test_without_a_connection_taps_are_kept_shown_and_sent_later(place: Place, browser: Browser):
    with opened(browser) as page:
        hand = Hand(page, place)
        hand.visit()
        hand.follow("s1", "s2")
        hand.task("s1", "清掃")
        hand.settled()
        page.context.set_offline(True)
        hand.wait(5)
        hand.task("s1", "与薬")
        hand.task("s2", "おむつ交換")
        hand.wait(8)
        hand.task("s1", "記録")
        for _ in range(20):  # long enough for every notice of a lost connection
            page.clock.run_for(2_000)
            page.wait_for_timeout(300)
        assert "未送信 3件" in hand.state()
        assert "記録" in hand.column("s1").locator(".running").inner_text()
        assert page.locator("[role=dialog]:visible").count() == 0
        assert len(place.day().rows) == 1
        page.context.set_offline(False)
        hand.settled()
        assert place.rows() == {
            ("清掃", 540, 545, ("s1",)), ("与薬", 545, 553, ("s1",)), ("記録", 553, None, ("s1",)),
            ("おむつ交換", 545, None, ("s2",)),
        }  # fmt: skip


def test_a_killed_server_and_a_reload_before_it_is_back_lose_and_double_nothing(place: Place, browser: Browser):
    with opened(browser) as page:
        hand = Hand(page, place)
        hand.visit()
        hand.follow("s1")
        hand.task("s1", "清掃")
        hand.task("s1", "与薬")  # may or may not have arrived
        place.server.end(hard=True)
        hand.wait(7)
        hand.task("s1", "記録")
        hand.wait(3)
        hand.act("s1", "手が空いた")
        for _ in range(10):
            page.clock.run_for(2_000)
            page.wait_for_timeout(300)
        assert "未送信" in hand.state()
        assert page.locator("[role=dialog]:visible").count() == 0
        place.server.start()
        page.reload()
        page.locator(".person").first.wait_for(timeout=60_000)
        hand.settled()
        assert place.rows() == {("与薬", 540, 547, ("s1",)), ("記録", 547, 550, ("s1",))}


def test_a_reload_while_the_server_is_away_keeps_the_taps_for_when_it_is_back(place: Place, browser: Browser):
    """No page comes without the server: the screen says so before, asks before it is left, and nothing is lost."""
    with opened(browser) as page:
        asked: list[str] = []
        hand = Hand(page, place)
        hand.visit()
        hand.follow("s1")
        hand.task("s1", "清掃")
        hand.settled()
        place.server.end(hard=True)
        hand.wait(7)
        hand.task("s1", "与薬")
        hand.wait(3)
        hand.task("s1", "記録")
        for _ in range(10):
            page.clock.run_for(2_000)
            page.wait_for_timeout(300)
        assert "未送信 2件" in hand.state()
        assert "読み直すと、つながるまで画面が出ません" in page.locator(".notice.calm").inner_text()

        def leave(dialog: Dialog) -> None:
            asked.append(dialog.type)
            dialog.accept()

        page.on("dialog", leave)
        with pytest.raises(PlaywrightError):
            page.reload()
        assert asked == ["beforeunload"]
        assert page.locator(".live").count() == 0
        place.server.start()
        hand.visit()
        page.locator(".person").first.wait_for(timeout=60_000)
        hand.settled()
    assert place.rows() == {("清掃", 540, 547, ("s1",)), ("与薬", 547, 550, ("s1",)), ("記録", 550, None, ("s1",))}
    assert len(place.day().rows) == 3


def test_the_page_that_stayed_open_sends_by_itself_once_the_server_is_back(place: Place, browser: Browser):
    with opened(browser) as page:
        hand = Hand(page, place)
        hand.visit()
        hand.follow("s1")
        hand.task("s1", "清掃")
        hand.settled()
        place.server.end(hard=True)
        hand.wait(4)
        hand.task("s1", "与薬")
        page.clock.run_for(5_000)
        place.server.start()
        hand.settled()
        assert place.rows() == {("清掃", 540, 544, ("s1",)), ("与薬", 544, None, ("s1",))}


def test_switched_ten_minutes_ago_and_a_minute_more_are_one_tap_each(place: Place, browser: Browser):
    with opened(browser) as page:
        hand = Hand(page, place)
        hand.visit()
        hand.follow("s1", "s2")
        hand.task("s1", "清掃")
        hand.task("s2", "記録")
        hand.wait(30)
        hand.task("s1", "与薬")
        hand.fix("s1", "10分前")
        hand.settled()
        assert ("清掃", 540, 560, ("s1",)) in place.rows() and ("与薬", 560, None, ("s1",)) in place.rows()
        hand.fix("s1", "+1")
        hand.fix("s1", "+1")
        hand.fix("s1", "−1")
        hand.settled()
        assert place.rows() == {
            ("清掃", 540, 561, ("s1",)), ("与薬", 561, None, ("s1",)), ("記録", 540, None, ("s2",)),
        }  # fmt: skip
        hand.wait(9)
        hand.act("s1", "手が空いた")
        hand.fix("s1", "5分前")
        hand.settled()
        assert ("与薬", 561, 574, ("s1",)) in place.rows()


def test_at_the_same_time_together_a_call_and_a_note(place: Place, browser: Browser):
    with opened(browser) as page:
        hand = Hand(page, place)
        hand.visit()
        hand.follow("s1", "s2")
        hand.task("s1", "清掃")
        hand.wait(4)
        hand.bar("同時に")
        hand.task("s1", "コール対応")
        hand.fix("s1", "急")
        hand.fix("s1", "メモ")
        hand.press(page.locator(".sheet .chip").first)
        hand.press(page.locator(".sheet .main"))
        hand.wait(3)
        hand.press(hand.column("s1").locator(".running").first.get_by_role("button", name="だけ終える"))
        hand.wait(3)
        hand.bar("二人いっしょに")
        hand.task("s2", "リネン交換")
        hand.wait(6)
        hand.task("s1", "清掃")
        hand.settled()
        day = place.day()
    assert {(name, *rest) for name, *rest in place.rows()} == {
        ("清掃", 540, 550, ("s1",)), ("コール対応", 544, 547, ("s1",)), ("リネン交換", 550, None, ("s2",)),
        ("リネン交換", 550, 556, ("s1",)), ("清掃", 556, None, ("s1",)),
    }  # fmt: skip
    call = next(row for row in day.rows if row.start == 544)
    assert (call.trigger, bool(call.note)) == (Trigger.ON_DEMAND, True)


def test_several_taps_are_taken_back_one_by_one_also_after_a_reload(place: Place, browser: Browser):
    with opened(browser) as page:
        hand = Hand(page, place)
        hand.visit()
        hand.follow("s1")
        hand.task("s1", "清掃")
        hand.wait(5)
        hand.task("s1", "与薬")
        hand.wait(5)
        hand.task("s1", "記録")
        hand.fix("s1", "2分前")
        hand.settled()
        before = ("清掃", 540, 545, ("s1",))
        assert place.rows() == {before, ("与薬", 545, 548, ("s1",)), ("記録", 548, None, ("s1",))}
        hand.bar("取り消す")
        hand.settled()
        assert place.rows() == {before, ("与薬", 545, 550, ("s1",)), ("記録", 550, None, ("s1",))}
        page.reload()
        page.locator(".person").first.wait_for(timeout=60_000)
        hand.bar("取り消す")
        hand.bar("取り消す")
        hand.settled()
        assert place.rows() == {("清掃", 540, None, ("s1",))}
        hand.bar("取り消す")
        hand.settled()
        assert place.rows() == set()
        assert page.locator(".bar .undo").is_disabled()


def test_a_break_and_time_not_watched_are_told_apart_from_idle(place: Place, browser: Browser):
    with opened(browser) as page:
        hand = Hand(page, place)
        hand.visit()
        hand.follow("s1")
        hand.task("s1", "清掃")
        hand.wait(20)
        hand.act("s1", "休憩")
        hand.wait(45)
        hand.task("s1", "記録")
        hand.wait(5)
        hand.bar("観察を中断")
        assert "10:10から見ていません" in page.locator(".idle").inner_text()
        hand.wait(10)
        hand.bar("観察を再開")
        hand.task("s1", "与薬")
        hand.settled()
        day = place.day()
    assert place.rows() == {
        ("清掃", 540, 560, ("s1",)), ("休憩", 560, 605, ("s1",)), ("記録", 605, 610, ("s1",)),
        ("与薬", 620, None, ("s1",)),
    }  # fmt: skip
    assert [row.note for row in day.rows if row.end == 610] == ["10:10から観察を中断"]


def test_a_trembling_finger_counts_once(place: Place, browser: Browser):
    with opened(browser) as page:
        hand = Hand(page, place)
        hand.visit()
        hand.follow("s1")
        hand.task("s1", "清掃")
        hand.wait(5)
        hand.fix("s1", "2分前")
        hand.column("s1").get_by_role("button", name="手が空いた").dblclick()
        page.clock.run_for(600)
        hand.column("s1").locator(".tiles .tile").nth(1).dblclick()
        hand.settled()
        assert len(place.day().rows) == 2
        history = open_store(place.server.store)
        edits = [one for one in history.history(place.key) if one.kind == "edit"]
        history.close()
        assert len(edits) == 4


def test_after_midnight_a_tap_belongs_to_the_day_before(place: Place, browser: Browser):
    with opened(browser) as page:
        page.clock.set_system_time(datetime(2026, 6, 2, 23, 40, tzinfo=JAPAN))
        hand = Hand(page, place, now=1430)
        hand.visit()
        hand.follow("n1")
        hand.task("n1", "巡視")
        hand.wait(25)
        hand.task("n1", "おむつ交換")
        hand.settled()
        assert place.rows() == {("巡視", 1430, 1455, ("n1",)), ("おむつ交換", 1455, None, ("n1",))}


def test_a_clock_set_back_is_told_and_gives_no_end_before_a_start(place: Place, browser: Browser):
    with opened(browser) as page:
        hand = Hand(page, place)
        hand.visit()
        hand.follow("s1")
        hand.task("s1", "清掃")
        hand.wait(10)
        hand.task("s1", "与薬")
        hand.settled()
        page.clock.set_system_time(datetime(2026, 6, 2, 8, 10, tzinfo=JAPAN))
        page.clock.run_for(3_000)
        assert "60分戻りました" in page.locator(".notices").inner_text()
        page.clock.fast_forward(5 * 60_000)
        hand.task("s1", "記録")
        hand.settled()
        assert place.rows() == {
            ("清掃", 540, 550, ("s1",)), ("与薬", 550, 555, ("s1",)), ("記録", 555, None, ("s1",)),
        }  # fmt: skip
        assert ["08:15" in row.note for row in place.day().rows if row.start == 555] == [True]
        hand.press(page.get_by_role("button", name="端末の時計に合わせる"))
        hand.task("s1", "リネン交換")
        hand.settled()
    assert all(row.end is None or row.end >= row.start for row in place.day().rows)
    assert any("08:1" in row.note for row in place.day().rows if row.start == 555)


def test_another_day_than_today_takes_no_taps_and_says_so(place: Place, browser: Browser):
    with opened(browser) as page:
        page.clock.set_system_time(datetime(2026, 6, 9, 9, 0, tzinfo=JAPAN))
        hand = Hand(page, place, now=540 + 7 * 1440 + 10)
        hand.visit()
        hand.follow("s1")
        hand.column("s1").locator(".tile").first.click()
        assert "記録できません" in page.locator(".notices").inner_text() and "記録できません" in hand.told()
        hand.press(page.locator(".notices").get_by_role("button", name="今日の記録を始める"))
        page.wait_for_url(lambda url: f"day={place.key}" not in url)
        page.locator(".live .chooser").wait_for()
    assert place.rows() == set()
    with closing(open_store(place.server.store)) as store:
        (_, begun) = store.days("home-x")
    assert (begun.unit, begun.observer, begun.n_rows) == ("ユニット1", "jc-01", 0)
    assert begun.date == datetime.now(JAPAN).date().isoformat()


def test_a_person_more_is_one_tap(place: Place, browser: Browser):
    with opened(browser) as page:
        hand = Hand(page, place)
        hand.visit()
        hand.press(page.locator(".chooser .chip.new").first)
        hand.press(page.locator(".chooser .main"))
        hand.wait(0)
        hand.task("s3", "清掃")
        hand.settled()
    assert place.day().staff == (*STAFF, Person("s3", "care_worker"))
    assert place.rows() == {("清掃", 540, None, ("s3",))}


def test_buttons_lie_still_while_hours_pass_under_a_finger(place: Place, browser: Browser):
    with opened(browser) as page:
        hand = Hand(page, place)
        hand.visit()
        hand.follow("s1", "s2")
        names = hand.column("s1").locator(".tile").all_inner_texts()
        boxes = [tile.bounding_box() for tile in hand.column("s1").locator(".tile").all()]
        hand.task("s1", "清掃")
        hand.bar("同時に")
        hand.task("s1", "コール対応")
        page.clock.run_for(2_500)
        assert hand.column("s1").locator(".tile").all_inner_texts() == names
        assert [tile.bounding_box() for tile in hand.column("s1").locator(".tile").all()] == boxes
        hand.wait(180)
        page.clock.run_for(10_000)
        later = hand.column("s1").locator(".tile").all_inner_texts()
        assert later != names
        assert all(later[place] == name for place, name in enumerate(names) if name in later)


def test_the_keyboard_alone_is_enough(place: Place, browser: Browser):
    with opened(browser, DESK) as page:
        hand = Hand(page, place)
        hand.visit()
        hand.follow("s1")
        hand.column("s1").locator(".tile").filter(has_text="清掃").focus()
        page.keyboard.press("Enter")
        hand.wait(5)
        hand.column("s1").locator(".act").nth(2).focus()
        page.keyboard.press("Enter")
        page.keyboard.type("はいぜん")
        page.keyboard.press("Enter")
        assert hand.told() == "s1「配膳」09:05から"
        hand.column("s1").locator(".act").nth(2).focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Escape")
        assert page.locator(".sheet").is_hidden()
        assert hand.column("s1").locator(".act:focus").inner_text() == "ほか・探す"  # back to where one came from
        hand.settled()
        assert place.rows() == {("清掃", 540, 545, ("s1",)), ("配膳", 545, None, ("s1",))}


def test_a_store_that_is_locked_for_a_while_is_told_and_takes_everything_afterwards(place: Place, browser: Browser):
    with opened(browser) as page:
        hand = Hand(page, place)
        hand.visit()
        hand.follow("s1")
        hand.task("s1", "清掃")
        hand.settled()
        other = sqlite3.connect(place.server.store.removeprefix("sqlite:///"), isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        hand.wait(5)
        hand.task("s1", "与薬")
        for _ in range(60):
            page.wait_for_timeout(250)
            page.clock.run_for(250)
            if page.locator(".notice.warn").count():
                break
        assert page.locator(".notice.warn").count() and "未送信" in hand.state()
        hand.wait(5)
        hand.task("s1", "記録")
        other.execute("ROLLBACK")
        other.close()
        hand.settled()
        assert not page.locator(".notice").count()
    assert place.rows() == {
        ("清掃", 540, 545, ("s1",)), ("与薬", 545, 550, ("s1",)), ("記録", 550, None, ("s1",)),
    }  # fmt: skip


def test_two_tabs_of_one_tablet_double_nothing_and_show_the_same(place: Place, browser: Browser):
    with opened(browser) as page:
        one = Hand(page, place)
        one.visit()
        one.follow("s1")
        other = Hand(page.context.new_page(), place)
        other.visit()
        other.column("s1").wait_for()  # whom one follows is remembered by the tablet
        for number, name in enumerate(("清掃", "与薬", "記録", "配膳")):
            one.wait(3)  # one clock for both tabs
            (one, other)[number % 2].task("s1", name)
            one.settled()
            other.settled()
        for hand in (one, other):
            hand.column("s1").locator(".running").filter(has_text="配膳").wait_for()
        one.bar("取り消す")
        one.settled()
    assert place.rows() == {
        ("清掃", 543, 546, ("s1",)), ("与薬", 546, 549, ("s1",)), ("記録", 549, None, ("s1",)),
    }  # fmt: skip


def test_what_somebody_corrects_at_a_desk_shows_when_the_tablet_is_looked_at_again(place: Place, browser: Browser):
    with opened(browser) as page:
        hand = Hand(page, place)
        hand.visit()
        hand.follow("s1")
        hand.task("s1", "清掃")
        hand.settled()
        store = open_store(place.server.store)
        (row,) = store.day(place.key).workday.rows
        desk = Change(row, replace(row, task="medication", start=530))
        store.save(place.key, Edit("desk-000001", "put", (desk,)), By("jc-02"))
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        hand.column("s1").locator(".running").filter(has_text="与薬").wait_for()
        hand.wait(5)
        hand.task("s1", "記録")
        hand.settled()
        store.close()
    assert place.rows() == {("与薬", 530, 545, ("s1",)), ("記録", 545, None, ("s1",))}


def test_what_waits_of_another_day_is_told_with_the_way_to_it(place: Place, browser: Browser):
    store = open_store(place.server.store)
    other = store.open_day(Workday("home-x", DATE, "ユニット2", "jc-01", STAFF), By("local"))
    store.close()
    with opened(browser) as page:
        hand = Hand(page, place)
        hand.visit()
        hand.follow("s1")
        place.server.end(hard=True)
        hand.task("s1", "清掃")
        place.server.start()
        page.goto(f"{place.server.url}/live?day={other}&lang=ja")
        page.locator(".notice").wait_for(timeout=60_000)
        page.get_by_role("link", name="その日を開いて送る").click()
        page.locator(".person").wait_for(timeout=60_000)
        hand.settled()
    assert place.rows() == {("清掃", 540, None, ("s1",))}


@pytest.mark.slow
def test_ten_pulled_plugs_during_a_morning_lose_and_double_nothing(place: Place, browser: Browser):
    chance = random.Random(20260602)
    with opened(browser) as page:
        hand = Hand(page, place)
        hand.visit()
        hand.follow("s1", "s2")
        expected: set[Stands] = set()
        running: dict[str, tuple[str, int]] = {}
        for number, (who, name, later) in enumerate(MORNING):
            hand.wait(max(1, later))
            hand.task(who, name)
            if who in running:
                expected.add((*running[who], hand.now, (who,)))
            running[who] = (name, hand.now)
            if number % 5 in (1, 3):
                page.wait_for_timeout(chance.randrange(0, 120))  # before, while or after it is saved
                place.server.end(hard=True)
                place.server.start()
                if chance.random() < 0.5:
                    page.reload()
                    page.locator(".person").nth(1).wait_for(timeout=60_000)
        for who, begun in running.items():
            hand.act(who, "手が空いた")
            expected.add((*begun, hand.now, (who,)))
        hand.settled()
    assert place.rows() == expected
    assert len(place.day().rows) == len(MORNING)


SHORTCOMINGS = """() => {
  const root = document.querySelector("[data-testid^=stBidiComponent] *:has(> .live), .live")?.getRootNode()
    ?? [...document.querySelectorAll("*")].map((one) => one.shadowRoot).find((one) => one?.querySelector(".live"));
  const live = root.querySelector(".live");
  const numbers = (text) => text.match(/[0-9.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (node) => {
    for (let one = node; one && one !== root; one = one.parentElement) {
      const colour = numbers(getComputedStyle(one).backgroundColor);
      if (colour.length === 3 || colour[3] > 0.9) return colour;
    }
    return [255, 255, 255];
  };
  const found = [];
  for (const node of live.querySelectorAll("*")) {
    const box = node.getBoundingClientRect();
    if (!box.width || !node.checkVisibility()) continue;
    const name = `${node.tagName}.${node.className} ${node.textContent.slice(0, 20)}`;
    const main = node.matches(".tile, .act, .mode, .line, .ends, .chip");
    if (node.matches("button, a, input, textarea") && box.height < (main ? 55.5 : 43.5)) {
      found.push(`low: ${name} ${box.height}`);
    }
    if (node.matches("button, a") && !(node.textContent.trim() || node.ariaLabel)) found.push(`nameless: ${name}`);
    const own = [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim());
    if (own && !node.disabled && !node.closest(":disabled")) {
      const style = getComputedStyle(node);
      const [a, b] = [light(numbers(style.color)), light(behind(node))].sort((x, y) => y - x);
      if ((a + 0.05) / (b + 0.05) < 4.5) found.push(`faint: ${name} ${style.color}`);
      if (parseFloat(style.fontSize) < 13.5) found.push(`small: ${name}`);
    }
    if (node.matches("button, .state") && node.scrollWidth > node.clientWidth + 1) found.push(`cut off: ${name}`);
    if (box.right > innerWidth + 1) found.push(`beyond the edge: ${name}`);
  }
  if (live.getBoundingClientRect().bottom > innerHeight + 1) found.push("taller than the window");
  return found;
}"""


@pytest.mark.parametrize("size", [TABLET, DESK], ids=["tablet", "desk"])
@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("people", [("s1",), ("s1", "s2"), ("s1", "s2", "n1")], ids=len)
def test_buttons_are_large_words_legible_and_nothing_overflows(
    place: Place, browser: Browser, size: tuple[int, int], language: str, people: tuple[str, ...]
):
    with opened(browser, size) as page:
        hand = Hand(page, place)
        hand.visit(language)
        assert page.evaluate(SHORTCOMINGS) == []
        hand.follow(*people)
        assert page.evaluate(SHORTCOMINGS) == []
        for who in people:
            hand.press(hand.column(who).locator(".tile").nth(1))
            hand.press(page.locator(".bar .mode").first)
            hand.press(hand.column(who).locator(".tile").nth(2))
        assert page.evaluate(SHORTCOMINGS) == []
        tiles = [tile.bounding_box() for tile in page.locator(".tiles .tile").all()]
        assert all(box and box["y"] > size[1] * (0.45 if size == TABLET else 0.4) for box in tiles)
        if language == "en":
            shown = page.locator(".live").inner_text().replace("ひまわり苑", "").replace("ユニット", "")
            assert not re.search("[\u3040-\u30ff]", shown)


def test_what_people_write_is_only_letters(place: Place, browser: Browser):
    hostile = "<img src=x onerror=window.hacked=1>"
    store = open_store(place.server.store)
    staff = (Person(hostile, "<b>role</b>"), Person("s1"))
    place.key = store.open_day(Workday("home-x", DATE, "<script>window.hacked=1</script>", "jc", staff), By("local"))
    store.close()
    with opened(browser, DESK) as page:
        hand = Hand(page, place)
        hand.visit()
        page.locator(".chooser .chip").first.click()
        page.locator(".chooser .main").click()
        page.locator(".act").nth(2).click()
        page.locator(".sheet .field").fill(hostile)
        page.locator(".sheet .tile.own").click()
        hand.settled()
        page.reload()
        page.locator(".running").wait_for(timeout=60_000)
        assert hostile in page.locator(".running").inner_text()
        assert page.evaluate("window.hacked") is None
    assert [(row.task, row.staff) for row in place.day().rows] == [(hostile, (hostile,))]
