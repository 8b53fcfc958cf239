"""Writing a day in a real Chromium: typed without waiting, corrected by keys and by touch, by two people at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from carveout.store import By, Edit
from carveout.workday import Change, new_id
from tests.app.daybook_page import Sheet, new_day, row, stands, with_store
from tests.app.servers import Server, served
from tests.conftest import DESK, TABLET

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

MORNING = (
    "7:00-7:30 起床時ケア s1", "-7:50 朝食準備", "+30 朝食介助 s1 s2", "8:20-8:35 下膳 s1", "15分 口腔ケア",
    "～9:10 排泄ケア s2 急", "９：１０〜９：２５　配膳　s1", "9時25分から9時40分 清掃", "+20 入浴介助 s1・s2",
    "+10 与薬 s2",
    "10:10-10:40 レク活動 s1", "+5 下膳",
)  # fmt: skip
MORNING_STANDS = [
    (420, 450, "wake_up_care", ("s1",)), (450, 470, "breakfast_prep", ("s1",)),
    (470, 500, "breakfast_assist", ("s1", "s2")),
    (500, 515, "clearing", ("s1",)), (515, 530, "oral_care", ("s1",)), (530, 550, "excretion_care", ("s2",)),
    (550, 565, "serving", ("s1",)), (565, 580, "cleaning", ("s1",)), (580, 600, "bathing", ("s1", "s2")),
    (600, 610, "medication", ("s2",)), (610, 640, "recreation", ("s1",)), (640, 645, "clearing", ("s1",)),
]  # fmt: skip


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with served(tmp_path_factory.mktemp("daybook")) as running:
        yield running


def three_rows() -> tuple[object, ...]:
    return (
        row("a", 540, 560, "serving", "s1"),
        row("b", 560, 580, "clearing", "s1"),
        row("c", 600, 620, "cleaning", "s1"),
    )


def test_twelve_lines_typed_without_waiting_are_stored_once_and_in_order(server: Server, browser_page: Page):
    key = new_day(server)
    sheet = Sheet(browser_page, server.url).open(key)
    sheet.write(*MORNING)
    assert sheet.focused() == "INPUT line"
    browser_page.keyboard.insert_text("10:45")  # goes on typing while the answers come in
    sheet.kept()
    assert sheet.line.input_value() == "10:45"
    assert sheet.focused() == "INPUT line"
    assert stands(server, key) == MORNING_STANDS
    assert sheet.rows.count() == len(MORNING)
    assert sheet.held.count() == 0


def test_a_day_is_corrected_by_the_keyboard_alone(server: Server, browser_page: Page):
    key = new_day(server, *three_rows())
    sheet = Sheet(browser_page, server.url).open(key)
    sheet.line.focus()
    for _ in range(20):
        sheet.keys("Tab")
        if sheet.focused() == "TD gridcell":
            break
    sheet.keys("Control+Home", "ArrowRight", "ArrowRight")
    browser_page.keyboard.type("0955")  # a digit opens a time: the end moves, and the next row's start with it
    sheet.keys("Enter")
    sheet.page.get_by_role("alert").filter(has_text="9:55").wait_for()  # it would swallow the row after
    assert stands(server, key)[0][:2] == (540, 560)
    browser_page.keyboard.type("0915")
    sheet.keys("Enter")
    sheet.kept()
    assert stands(server, key)[:2] == [(540, 555, "serving", ("s1",)), (555, 580, "clearing", ("s1",))]

    sheet.keys("s")
    browser_page.keyboard.type("9:05")
    sheet.keys("Enter")
    sheet.kept()
    assert [one[:2] for one in stands(server, key)] == [(540, 545), (545, 555), (555, 580), (600, 620)]

    sheet.keys("Control+Home", "Shift+ArrowDown", "m")
    sheet.kept()
    assert [one[:2] for one in stands(server, key)] == [(540, 555), (555, 580), (600, 620)]

    sheet.keys("Control+Home", "ArrowDown", "g")
    browser_page.keyboard.insert_text("トイレ誘導")
    sheet.keys("Enter")
    sheet.kept()
    assert (580, 600, "toileting", ("s1",)) in stands(server, key)

    sheet.keys("Control+End", "Space", "ArrowUp", "Space", "t")
    browser_page.keyboard.type("-5")
    sheet.keys("Enter")
    sheet.kept()
    assert [one[:2] for one in stands(server, key)] == [(540, 555), (555, 580), (575, 595), (595, 615)]

    sheet.keys("Control+z")
    sheet.kept()
    assert [one[:2] for one in stands(server, key)] == [(540, 555), (555, 580), (580, 600), (600, 620)]
    sheet.keys("Control+y")
    sheet.kept()
    sheet.keys("Delete")
    sheet.kept()
    assert len(stands(server, key)) == 3
    sheet.keys("Control+z", "Control+z")
    sheet.kept()
    assert [one[:2] for one in stands(server, key)] == [(540, 555), (555, 580), (580, 600), (600, 620)]
    sheet.keys("Escape")
    assert sheet.focused() == "INPUT line"


def test_a_cell_is_edited_in_place_and_given_up_with_escape(server: Server, browser_page: Page):
    key = new_day(server, *three_rows())
    sheet = Sheet(browser_page, server.url).open(key)
    sheet.cell(2, "task").click()
    sheet.keys("F2")
    browser_page.keyboard.type("nyuuyo")
    browser_page.locator("[role=option]").first.wait_for()
    sheet.keys("Tab", "Enter")
    sheet.kept()
    assert stands(server, key)[2][2] == "bathing"
    sheet.keys("ArrowRight", "F2")
    browser_page.keyboard.type("s1、s2 s1")
    sheet.keys("Enter")
    sheet.keys("ArrowRight", "ArrowRight", "F2")
    browser_page.keyboard.insert_text("二人がかり")
    sheet.keys("Escape", "F2")
    browser_page.keyboard.insert_text("入浴後に着替え")
    sheet.keys("Enter")
    sheet.kept()
    assert stands(server, key)[2][3] == ("s1", "s2")
    assert sheet.cell(2, "note").inner_text() == "入浴後に着替え"


def test_a_boundary_moves_alone_where_the_neighbour_shall_not_follow(server: Server, browser_page: Page):
    key = new_day(server, *three_rows())
    sheet = Sheet(browser_page, server.url).open(key)
    sheet.cell(0, "end").click()
    sheet.keys("n", "b")
    browser_page.keyboard.type("9:30")
    sheet.keys("Enter")
    sheet.kept()
    assert [one[:2] for one in stands(server, key)] == [(540, 570), (560, 580), (600, 620)]


def test_a_line_with_an_error_stays_beside_its_message_until_it_is_mended(server: Server, browser_page: Page):
    key = new_day(server)
    sheet = Sheet(browser_page, server.url).open(key)
    sheet.write("9:00-9:10 配膳 s1", "9:70 清掃 s1", "+5 下膳", "10:00-10:10 清掃 s2")
    sheet.kept()
    assert [one[:2] for one in stands(server, key)] == [(540, 550), (600, 610)]
    assert sheet.held.count() == 2  # the wrong one, and the one that goes on from it
    assert "9:70" in sheet.held.first.inner_text()
    browser_page.reload()
    sheet.ready()
    assert sheet.held.count() == 2
    field = sheet.held.first.locator("input")
    assert field.input_value() == "9:70 清掃 s1"
    field.focus()
    assert field.evaluate("one => one.value.slice(one.selectionStart, one.selectionEnd)") == "9:70"
    field.fill("9:10-9:20 清掃 s1")
    field.press("Enter")
    sheet.kept()
    browser_page.wait_for_function("() => true")
    assert sheet.held.count() == 0
    assert stands(server, key) == [
        (540, 550, "serving", ("s1",)), (550, 560, "cleaning", ("s1",)), (560, 565, "clearing", ("s1",)),
        (600, 610, "cleaning", ("s2",)),
    ]  # fmt: skip


def test_a_name_is_questioned_before_it_is_kept_anywhere(server: Server, browser_page: Page):
    key = new_day(server)
    sheet = Sheet(browser_page, server.url).open(key)
    sheet.write("9:00-9:10 配膳 田中さん")
    sheet.held.wait_for()
    assert stands(server, key) == []
    sheet.held.get_by_role("button", name=re.compile("s1")).first.click()
    sheet.kept()
    assert stands(server, key) == [(540, 550, "serving", ("s1",))]


@pytest.mark.parametrize("size", [DESK, TABLET], ids=["desk", "tablet"])
def test_rows_stay_in_sight_however_many_lines_wait_to_be_mended(server: Server, browser: Browser, size):
    key = new_day(server, *(row(f"r{n:02d}", 420 + n * 10, 430 + n * 10, "cleaning", "s1") for n in range(20)))
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    sheet = Sheet(context.new_page(), server.url).open(key)
    sheet.write("9:10-9:25 配膳 田中さん", "9:40-9:30 下膳 s1", "25:00-26:00 清掃 s1", "10:10-10:20 傾聴 山田花子")
    sheet.kept()
    sheet.page.wait_for_function("() => true")
    sheet.held.nth(3).wait_for()
    last = sheet.held.nth(3).bounding_box()
    grid = sheet.page.locator(".rows").bounding_box()
    assert last and grid
    assert last["y"] < grid["y"] < size[1] - 3 * 44  # what came last is in sight, and headings with two rows below it
    assert grid["y"] + grid["height"] <= size[1]
    assert "4" in sheet.page.locator(".waits .count").inner_text()
    context.close()


def test_a_saved_line_with_a_question_takes_another_wording(server: Server, browser_page: Page):
    key = new_day(server)
    sheet = Sheet(browser_page, server.url).open(key)
    sheet.write("9:00-9:10 配善 s1")
    sheet.kept()
    assert stands(server, key) == [(540, 550, "配善", ("s1",))]
    browser_page.locator(".outbox li.asked button").first.click()
    sheet.kept()
    assert len(stands(server, key)) == 1
    assert stands(server, key)[0][2] != "配善"


def test_reloading_in_the_middle_of_typing_loses_and_doubles_nothing(server: Server, browser_page: Page):
    key = new_day(server)
    sheet = Sheet(browser_page, server.url).open(key)
    sheet.write(*MORNING[:6])
    browser_page.keyboard.type(MORNING[6][:8])  # half a line
    browser_page.reload()
    sheet.ready()
    assert sheet.line.input_value() == MORNING[6][:8]
    sheet.line.focus()
    browser_page.keyboard.insert_text(MORNING[6][8:])
    sheet.keys("Enter")
    sheet.write(*MORNING[7:])
    sheet.kept()
    assert stands(server, key) == MORNING_STANDS


def test_keys_belong_to_the_input_method_while_it_composes(server: Server, browser_page: Page):
    key = new_day(server)
    sheet = Sheet(browser_page, server.url).open(key)
    sheet.line.focus()
    browser_page.keyboard.type("9:00-9:10 ")
    typing = browser_page.context.new_cdp_session(browser_page)
    typing.send("Input.imeSetComposition", {"text": "はいぜ", "selectionStart": 3, "selectionEnd": 3})
    browser_page.locator("[role=option]", has_text="配膳").first.wait_for()  # the list follows the kana
    for name in ("Enter", "Tab", "ArrowDown", "Escape"):
        sheet.line.evaluate(
            "(field, key) => field.dispatchEvent("
            "new KeyboardEvent('keydown', {key, isComposing: true, bubbles: true}))",
            name,
        )
    assert sheet.line.input_value() == "9:00-9:10 はいぜ"
    typing.send("Input.insertText", {"text": "配膳"})
    browser_page.keyboard.type(" s1")
    sheet.keys("Enter")
    sheet.kept()
    assert stands(server, key) == [(540, 550, "serving", ("s1",))]


def test_suggestions_are_taken_by_tab_and_by_arrows(server: Server, browser_page: Page):
    key = new_day(server)
    sheet = Sheet(browser_page, server.url).open(key)
    sheet.line.focus()
    browser_page.keyboard.type("9:00-9:10 haiz")
    browser_page.locator("[role=option]").first.wait_for()
    sheet.keys("Tab")
    assert sheet.line.input_value() == "9:00-9:10 配膳 "
    browser_page.keyboard.type("s")
    sheet.keys("ArrowDown", "ArrowDown", "Enter")
    assert sheet.line.input_value() == "9:00-9:10 配膳 s2 "
    sheet.keys("Enter")
    sheet.kept()
    assert stands(server, key) == [(540, 550, "serving", ("s2",))]


def test_operations_given_faster_than_they_are_answered_build_upon_each_other(server: Server, browser_page: Page):
    key = new_day(server, *three_rows())
    sheet = Sheet(browser_page, server.url).open(key)
    sheet.cell(2, "start").click()
    for _ in range(3):
        sheet.keys("t")
        browser_page.keyboard.insert_text("5")
        sheet.keys("Enter")
    sheet.keys("ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight", "F2")
    browser_page.keyboard.insert_text("あとで")
    sheet.keys("Enter")
    sheet.kept()
    assert stands(server, key)[2][:2] == (615, 635)
    assert sheet.cell(2, "note").inner_text() == "あとで"
    assert browser_page.locator(".clash").count() == 0


def test_two_tabs_of_one_browser_share_one_outbox(server: Server, browser: Browser):
    key = new_day(server)
    context = browser.new_context(viewport={"width": DESK[0], "height": DESK[1]})
    tabs = [Sheet(context.new_page(), server.url).open(key) for _ in range(2)]
    for number in range(4):
        for tab in tabs:
            start = 9 * 60 + 10 * (2 * number + tabs.index(tab))
            tab.write(f"{start // 60}:{start % 60:02d} 10分 配膳 s1")
    for tab in tabs:
        tab.kept()
    assert [one[:2] for one in stands(server, key)] == [(540 + 10 * n, 550 + 10 * n) for n in range(8)]
    context.close()


def test_letters_typed_into_the_sheet_are_no_commands_to_the_app(server: Server, browser_page: Page):
    key = new_day(server, *three_rows())
    sheet = Sheet(browser_page, server.url).open(key)
    sheet.line.focus()
    browser_page.keyboard.type("rcrc")
    sheet.cell(0, "task").click()
    browser_page.keyboard.type("rc")
    browser_page.wait_for_timeout(800)
    assert browser_page.get_by_role("dialog").count() == 0
    assert sheet.line.input_value() == "rcrc"


def test_hostile_text_is_kept_as_text(server: Server, browser_page: Page):
    key = new_day(server)
    browser_page.on("dialog", lambda dialog: pytest.fail("a dialog opened"))
    sheet = Sheet(browser_page, server.url).open(key)
    sheet.write(
        '9:00-9:10 "<img src=x onerror=window.hacked=1>" s1 #=HYPERLINK("http://x","y")',
        "9:10-9:20 清掃 " + "あ" * 10_000,
    )
    sheet.kept()
    assert sheet.held.count() == 1  # ten thousand signs are no line
    (stood,) = stands(server, key)
    assert stood[2] == "<img src=x onerror=window.hacked=1>"
    sheet.cell(0, "note").click()
    sheet.keys("F2")
    browser_page.keyboard.insert_text("<script>window.hacked=1</script>" + "長" * 9_000)
    sheet.keys("Enter")
    sheet.kept()
    assert sheet.cell(0, "note").inner_text().startswith("<script>")
    assert browser_page.evaluate("window.hacked") is None
    assert browser_page.locator(".sheet img, .sheet script, .co-finding img").count() == 0


def test_two_people_on_one_row_both_keep_their_work_and_see_the_clash(server: Server, browser: Browser):
    key = new_day(server, *three_rows())
    contexts = [browser.new_context(viewport={"width": DESK[0], "height": DESK[1]}) for _ in range(2)]
    first, second = (Sheet(context.new_page(), server.url).open(key) for context in contexts)
    # The second has begun to write a note when the first has saved another one.
    second.cell(0, "note").click()
    second.keys("F2")
    second.page.keyboard.insert_text("二人目の備考")
    first.cell(0, "note").click()
    first.keys("F2")
    first.page.keyboard.insert_text("一人目の備考")
    first.keys("Enter")
    first.kept()
    second.keys("Enter")
    clash = second.page.locator(".clash")
    clash.wait_for()
    assert "一人目の備考" in clash.inner_text()
    assert "二人目の備考" in clash.inner_text()
    first.page.locator(".clash").wait_for()  # shown to the other as well
    clash.locator("[data-keep=mine]").click()
    clash.wait_for(state="detached")
    first.page.locator(".clash").wait_for(state="detached")
    assert first.cell(0, "note").inner_text() == "二人目の備考"
    for context in contexts:
        context.close()


def test_another_persons_rows_appear_by_themselves_and_typing_goes_on(server: Server, browser_page: Page):
    key = new_day(server, *three_rows())
    sheet = Sheet(browser_page, server.url).open(key)
    sheet.line.focus()
    browser_page.keyboard.insert_text("10:30-10:40 せ")
    store = with_store(server)
    added = row("theirs", 700, 710, "medication", "s2")
    store.save(key, Edit(new_id(), "line", (Change(None, added),)), By("jc-02"))
    store.close()
    sheet.rows.nth(3).wait_for()
    assert sheet.line.input_value() == "10:30-10:40 せ"
    assert sheet.focused() == "INPUT line"


def test_one_finding_is_mended_by_one_press_and_the_day_is_closed(server: Server, browser_page: Page):
    key = new_day(server, row("a", 540, None, "serving", "s1"), row("b", 560, 580, "clearing", "s1"))
    sheet = Sheet(browser_page, server.url).open(key)
    browser_page.locator("[class*='st-key-repair'] button").first.click()
    sheet.cell(0, "end").filter(has_text="09:20").wait_for()
    assert stands(server, key)[0][:2] == (540, 560)
    browser_page.locator(".st-key-record-complete button, .st-key-record\\.complete button").first.click()
    browser_page.get_by_text("記入ずみの日です").first.wait_for()
    assert sheet.line.is_disabled()


def test_on_a_tablet_rows_are_chosen_and_mended_by_touch(server: Server, tablet_page: Page):
    key = new_day(server, *three_rows())
    sheet = Sheet(tablet_page, server.url).open(key)
    tablet_page.context.set_default_timeout(20_000)
    sheet.cell(0, "pick").tap()
    sheet.cell(1, "pick").tap()
    sheet.button("shift").tap()
    field = tablet_page.locator(".panel input")
    field.fill("10")
    tablet_page.locator(".panel button.first").tap()
    sheet.kept()
    assert [one[:2] for one in stands(server, key)] == [(550, 570), (570, 590), (600, 620)]
    sheet.cell(2, "end").tap()
    sheet.cell(2, "end").tap()
    tablet_page.locator(".rows td input").fill("10:30")
    sheet.line.tap()  # leaving the field keeps what was written
    sheet.cell(2, "end").filter(has_text="10:30").wait_for()
    sheet.kept()
    assert stands(server, key)[2][:2] == (600, 630)
    small = tablet_page.locator(".sheet button:visible, .sheet td.pick:visible").evaluate_all(
        "nodes => nodes.map(n => n.getBoundingClientRect()).filter(b => b.height < 44 || b.width < 44).length"
    )
    assert small == 0


def test_the_english_sheet_says_nothing_in_japanese_but_data(server: Server, browser_page: Page):
    key = new_day(server)
    sheet = Sheet(browser_page, server.url).open(key, "en")
    sheet.write("9:70 cleaning s1")
    sheet.held.wait_for()
    said = browser_page.locator(".sheet").inner_text() + browser_page.locator(".st-key-record-desk").inner_text()
    assert not re.search("[\u3040-\u30ff]", said.replace("ユニット1", ""))
