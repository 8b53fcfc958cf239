"""The browser ranks suggestions by itself: it must say what the core says, word for word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from carveout.app.daybook import suggesting
from carveout.app.daybook.sheet import HERE
from carveout.model import Kind
from carveout.workday import LineContext, Person, Row, SiteHead, Workday, suggest, usage
from carveout.workday.readings import romaji_key
from carveout.workday.vocabulary import vocabulary

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

WORDS = vocabulary(
    SiteHead("home", Kind.CARE_HOME, tasks={"tea": {"ja": "10時のお茶"}, "walk": {"ja": "中庭の散歩", "en": "Walk"}})
)
UNITS = ("ユニット1", "2階 東", "ユニット2")
PEOPLE = ("s1", "s2", "n1", "夜勤者")
ROWS = (
    Row("a", 540, 550, "serving", ("s1",)), Row("b", 550, 560, "clearing", ("s1",)),
    Row("c", 550, 570, "何か別のこと", ("s2",)), Row("d", 560, 570, "serving", ("s1",)),
    Row("e", 570, 590, "lunch_assist", ("s1",)), Row("f", 590, 600, "clearing", ("s1",)),
)  # fmt: skip
DAY = Workday("home", "2026-06-02", UNITS[0], "jc-01", tuple(Person(one) for one in PEOPLE), ROWS)
FRAGMENTS = (
    "は", "はい", "hai", "haiz", "はいz", "ｈａｉ", "ハイ", "配", "お", "o", "s", "S2", "ｓ", "n", "に", "nyu", "にゅ",
    "syo", "sho", "しょ", "き", "k", "ki", "ちゅ", "chu", "tyu", "tsu", "つ", "fu", "ふ", "j", "じ", "z", "清", "せ",
    "sei", "掃", "介助", "トイレ", "toi", "れく", "recre", "10", "中庭", "walk", "serving", "食", "zzz", "夜", "ゆ",
    "@", "@ユ", "＠2", "@東", "っ", "ん", "nn", "ー", "がっ", "シー", "si-",
)  # fmt: skip
LINES = (
    "{}", "9:10-9:25 {}", "9:10-9:25{}", "+10 {}", "15分 {}", "9:10-9:25 配膳 {}", "9:10-9:25 s1 {}",
    "13:00-13:10 配膳 s1、{}", "９：１０〜９：２５　{}",
)  # fmt: skip


@pytest.fixture
def ranking(browser_page: Page) -> Page:
    source = (HERE / "ranking.js").read_text("utf-8")
    browser_page.goto("about:blank")
    browser_page.add_script_tag(content=f"{source}\nwindow.ranking = {{ suggestLine, romajiKey, codeOf }};")
    return browser_page


def test_the_browser_suggests_what_the_core_suggests(ranking: Page):
    seen = usage([DAY], WORDS)
    known = suggesting.suggested(DAY, UNITS, WORDS, seen, "ja")
    last = ROWS[-1]
    context = LineContext(
        last_end=last.end,
        units=UNITS,
        staff=PEOPLE,
        tasks=WORDS,
        last_staff=last.staff,
        last_task=last.task,
        unit=DAY.unit,
    )
    texts = [line.format(fragment) for line in LINES for fragment in ("", *FRAGMENTS)]
    wanted = [[one.insert for one in suggest(text, context=context, seen=seen)] for text in texts]
    found = ranking.evaluate(
        """([known, texts, before]) => texts.map(text =>
          ((ranking.suggestLine(known, text, text.length, before, {}) || {}).items || []).map(one => one.insert))""",
        [known, texts, {"end": last.end, "task": last.task, "staff": list(last.staff)}],
    )
    differing = [
        (text, ours, theirs) for text, ours, theirs in zip(texts, wanted, found, strict=True) if ours != theirs
    ]
    assert differing == []


def test_the_browser_spells_sounds_as_the_core_does(ranking: Page):
    spoken = [
        *FRAGMENTS,
        "しょっき",
        "syokki",
        "shokki",
        "シーツ",
        "honnbun",
        "ヴァイオリン",
        "づ",
        "di",
        "ふぁ",
        "ｶﾞｯｺｳ",
        "to-i re",
    ]
    assert ranking.evaluate("texts => texts.map(text => ranking.romajiKey(text) || null)", spoken) == [
        romaji_key(one) for one in spoken
    ]


def test_a_typed_label_becomes_the_code_the_core_makes_of_it(ranking: Page):
    known = suggesting.suggested(DAY, UNITS, WORDS, usage([DAY], WORDS), "ja")
    texts = ["配膳", "はいぜん", "serving", "Serving", "１０時のお茶", "中庭の散歩", "きっと何か", " 下膳 "]
    found = ranking.evaluate("([known, texts]) => texts.map(text => ranking.codeOf(known, text))", [known, texts])
    assert [WORDS.resolve(one) or one for one in found] == [WORDS.resolve(one) or one.strip() for one in texts]
