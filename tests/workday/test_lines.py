"""Typed lines, as people spell them: a table of lines and what they mean, and what is said of the bad ones."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from carveout.model import Kind
from carveout.words import clock
from carveout.workday import Line, LineContext, SiteHead, parse, vocabulary

HEAD = SiteHead(
    "home",
    Kind.CARE_HOME,
    tasks={
        "tea10": {"ja": "10時のお茶"},
        "floor2": {"ja": "2階 巡視"},
        "floor3": {"ja": "フロア3"},
        "gym10": {"ja": "10分間体操"},
    },
)
TYPED = LineContext(
    last_end=550,
    units=("ユニット1", "ユニット2"),
    staff=("s1", "s2", "s3"),
    tasks=vocabulary(HEAD),
    last_staff=("s1",),
    last_task="wake_up_care",
    unit="ユニット1",
)
LIVE = replace(TYPED, now=600)


def table() -> list[tuple[str, str]]:
    lines = Path(__file__).with_name("lines.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split(" => ") for line in lines if " => " in line and not line.startswith("# ")]
    return [(typed, meant.strip()) for typed, meant in pairs]


def said(line: Line) -> str:
    """A line as the table writes it."""
    times = "" if line.start is None else clock(line.start).removeprefix("0")
    times += "-" + ("" if line.end is None else clock(line.end).removeprefix("0"))
    more = [str(line.trigger)] if line.trigger else []
    more += [f"@{line.unit}"] if line.unit != "ユニット1" else []
    more += [f"#{line.note}"] if line.note else []
    more += ["?"] if line.task and not line.known else []
    more += [f"!{problem.code}" for problem in line.problems]
    people = ",".join(line.staff) + ("*" if line.carried else "")
    return " | ".join(part for part in (times, line.task or "-", people or "-", " ".join(more)) if part)


def test_the_table_holds_enough_spellings():
    typed = [line for line, _ in table()]
    assert len(typed) == len(set(typed)) >= 120


@pytest.mark.parametrize(("typed", "meant"), table(), ids=[typed for typed, _ in table()])
def test_a_line_means_what_its_writer_meant(typed: str, meant: str):
    line = parse(typed, context=TYPED)
    assert said(line) == meant
    assert line.text == typed


@pytest.mark.parametrize(("typed", "meant"), table(), ids=[typed for typed, _ in table()])
def test_every_problem_says_where_why_and_what_to_do(typed: str, meant: str):
    for problem in parse(typed, context=TYPED).problems:
        begin, end = problem.span
        assert 0 <= begin < end <= len(typed)
        for text in (problem.cause, problem.remedy):
            for words in (text.ja, text.en):
                assert words
                assert "{" not in words
        assert problem.cause != problem.remedy


@pytest.mark.parametrize(("typed", "meant"), table(), ids=[typed for typed, _ in table()])
def test_an_accepted_correction_no_longer_has_the_problem(typed: str, meant: str):
    for problem in parse(typed, context=TYPED).problems:
        for fix in problem.fixes:
            codes = {found.code for found in parse(fix.text, context=TYPED).problems}
            assert problem.code not in codes, fix.text
            assert fix.said.ja


@pytest.mark.parametrize(
    ("typed", "start", "end", "task", "staff", "switch", "back"),
    [
        ("10分前に交代 入浴介助", 590, None, "bathing", ("s1",), True, 10),
        ("入浴介助に10分前に交代", 590, None, "bathing", ("s1",), True, 10),
        ("10分前に入浴介助に交代", 590, None, "bathing", ("s1",), True, 10),
        ("10分前に入浴介助へ切り替え s2", 590, None, "bathing", ("s2",), True, 10),
        ("入浴介助に交代 5分前", 595, None, "bathing", ("s1",), True, 5),
        ("入浴介助に交代", 600, None, "bathing", ("s1",), True, None),
        ("9:40に交代 入浴", 580, None, "bathing", ("s1",), True, None),
        ("10分前に交代 s2", 590, None, "wake_up_care", ("s2",), True, 10),
        ("switched 10 min ago to bathing", 590, None, "bathing", ("s1",), True, 10),
        ("10分前から 入浴介助", 590, None, "bathing", ("s1",), False, None),
        ("１０分前から　入浴介助", 590, None, "bathing", ("s1",), False, None),
        ("10分前から9:55まで 入浴介助", 590, 595, "bathing", ("s1",), False, None),
        ("10分前まで 配膳", 550, 590, "serving", ("s1",), False, None),
        ("今から 配膳", 600, None, "serving", ("s1",), False, None),
        ("今まで 配膳", 550, 600, "serving", ("s1",), False, None),
        ("配膳", 600, None, "serving", ("s1",), False, None),
        ("配膳 s2 s3", 600, None, "serving", ("s2", "s3"), False, None),
        ("9:55 配膳", 595, None, "serving", ("s1",), False, None),
    ],
)
def test_live_wording_counts_from_now(typed, start, end, task, staff, switch, back):
    line = parse(typed, context=LIVE)
    assert (line.start, line.end, line.task, line.staff) == (start, end, task, staff)
    assert (line.switch, line.switch_back) == (switch, back)
    assert not line.problems
    assert line.ready


def test_a_switch_without_a_task_asks_for_one():
    line = parse("10分前に交代", context=LIVE)
    assert (line.start, line.switch_back, line.ready) == (590, 10, False)
    assert [problem.code for problem in line.problems] == ["no_task"]


def test_minutes_ago_need_a_clock():
    line = parse("10分前から 配膳", context=TYPED)
    assert [problem.code for problem in line.problems] == ["no_now"]
    assert line.task == "serving"
    assert not line.ready


@pytest.mark.parametrize("typed", ["～9:25 配膳", "-25 配膳", "+15 配膳", "配膳 15分"])
def test_the_first_row_of_a_day_needs_its_start(typed):
    line = parse(typed, context=replace(TYPED, last_end=None))
    assert [problem.code for problem in line.errors] == ["no_row_before"]
    assert line.text == typed


def test_a_line_without_any_time_on_an_empty_day_asks_for_one():
    assert [problem.code for problem in parse("配膳", context=replace(TYPED, last_end=None)).errors] == ["no_time"]


@pytest.mark.parametrize("typed", ["", "   ", "\u3000", "\n"])
def test_an_empty_line_is_said_to_be_empty(typed):
    assert [problem.code for problem in parse(typed, context=TYPED).errors] == ["empty"]


def test_a_line_too_long_to_be_one_task_is_kept_and_refused():
    typed = "9:10-9:25 " + "配" * 2000
    line = parse(typed, context=TYPED)
    assert [problem.code for problem in line.errors] == ["too_long"]
    assert line.text == typed


@pytest.mark.parametrize(
    ("last_end", "typed", "start", "end", "asked"),
    [
        (1430, "0:05-0:20 巡視", 1445, 1460, True),
        (1430, "～0:20 巡視", 1430, 1460, False),
        (1430, "+30 巡視", 1430, 1460, False),
        (1430, "-20 巡視", 1430, 1460, False),
        (1470, "1:00-1:10 巡視", 1500, 1510, True),
        (1470, "23:00-23:10 巡視", 1380, 1390, False),
        (1430, "午前0:05-0:20 巡視", 5, 20, False),
        (600, "0:05-0:20 巡視", 5, 20, False),
    ],
)
def test_after_a_row_of_the_evening_the_small_hours_are_the_next_day(last_end, typed, start, end, asked):
    line = parse(typed, context=replace(TYPED, last_end=last_end))
    assert (line.start, line.end) == (start, end)
    assert ("taken_as_next_day" in {problem.code for problem in line.problems}) is asked


def test_a_name_is_questioned_and_ids_are_on_offer():
    (problem,) = parse("9:10-9:25 配膳 田中さん", context=TYPED).problems
    assert problem.severity == "warning"
    assert [fix.text.split()[-1] for fix in problem.fixes] == ["s1", "s2", "s3", "s4"]
    assert "s1" in problem.remedy.ja
    assert "s1" in problem.remedy.en


def test_two_tasks_can_be_made_one():
    (problem,) = parse("9:10-9:25 配膳 下膳", context=TYPED).problems
    assert [fix.text for fix in problem.fixes] == ["9:10-9:25 配膳", "9:10-9:25 下膳", '9:10-9:25 "配膳 下膳"']


def test_an_unknown_task_offers_what_begins_so():
    (problem,) = parse("9:10-9:25 入浴介", context=TYPED).problems
    assert problem.fixes[0].text == "9:10-9:25 入浴介助"
    assert "入浴介助" in problem.remedy.ja


def test_without_a_list_of_staff_nobody_is_unknown():
    line = parse("9:10-9:25 配膳 s9", context=replace(TYPED, staff=(), last_staff=()))
    assert line.staff == ("s9",)
    assert not line.problems


def test_a_ready_line_becomes_a_row_and_an_unready_one_does_not():
    row = parse("9:10-9:25 配膳 s2 急 #急いで", context=TYPED).row("r7")
    assert (row.id, row.start, row.end, row.task, row.staff, row.note) == ("r7", 550, 565, "serving", ("s2",), "急いで")
    with pytest.raises(ValueError, match="not a row"):
        parse("9:10-9:25", context=TYPED).row()


DOCS = Path(__file__).parents[2] / "docs" / "typed_lines.md"


def documented() -> list[tuple[str, bool]]:
    """Every line shown in the documentation's tables, and whether it is one for live use."""
    found, live = [], False
    for row in DOCS.read_text(encoding="utf-8").splitlines():
        live = live or row.startswith("Live")
        if row.startswith("| `"):
            found += [(typed, live) for typed in re.findall(r"`([^`]+)`", row.split(" | ")[0])]
    return found


@pytest.mark.parametrize(("typed", "live"), documented())
def test_every_line_of_the_documentation_is_understood_without_a_question(typed, live):
    line = parse(typed, context=LIVE if live else TYPED)
    assert line.ready
    assert line.problems == ()


def test_the_documentation_shows_what_is_meant():
    same = {(line.start, line.end, line.task) for typed, live in documented() if not live and "配膳" in typed
            for line in [parse(typed, context=TYPED)]}  # fmt: skip
    assert same == {(550, 565, "serving"), (570, 585, "serving"), (550, 565, "配膳・与薬")}
    assert len(documented()) > 25
