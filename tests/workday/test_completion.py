"""Half-typed words become what the site most likely does."""

from __future__ import annotations

import pytest

from carveout.model import Kind
from carveout.workday import LineContext, Row, SiteHead, Workday, entries, parse, suggest, usage, vocabulary

TASKS = vocabulary(SiteHead("home", Kind.CARE_HOME, tasks={"hand_massage": {"ja": "ハンドマッサージ"}}))
CONTEXT = LineContext(
    last_end=550,
    staff=("s1", "s2", "n1"),
    units=("ユニット1", "2階 東"),
    tasks=TASKS,
    last_staff=("s2",),
    last_task="serving",
)


def day(date: str, *codes: str) -> Workday:
    rows = tuple(Row(f"{date}{n}", 480 + 30 * n, 510 + 30 * n, code, ("s1",)) for n, code in enumerate(codes))
    return Workday("home", date, "u", rows=rows)


@pytest.mark.parametrize(
    ("typed", "code"),
    [("配", "serving"), ("はいz", "serving"), ("haiz", "serving"), ("ｈａｉｚ", "serving"),
     ("ハイゼ", "serving"), ("serv", "serving"),
     ("nyuuyokuk", "bathing"), ("にゅうよくか", "bathing"), ("kiroku", "record_keeping"), ("きろ", "record_keeping"),
     ("omu", "diaper_change"), ("shokujik", "meal_assist"), ("ハンド", "hand_massage"), ("handom", "hand_massage"),
     ("お風呂介", "bathing"), ("食介", "meal_assist"), ("コー", "call_response")],
)  # fmt: skip
def test_the_beginning_of_any_spelling_leads_to_the_task(typed, code):
    found = suggest(f"9:10-9:25 {typed}", context=CONTEXT)
    assert found[0].code == code
    assert found[0].kind == "task"


def test_what_is_inserted_reads_as_the_task():
    for entry in entries(TASKS):
        line = parse(f"9:10-9:25 {TASKS.typed(entry.code)} s1", context=CONTEXT)
        assert line.task == entry.code
        assert not line.problems


def test_the_word_before_the_cursor_is_replaced_and_nothing_else():
    text = "9:10-9:25 はい s1"
    one = suggest(text, 12, context=CONTEXT)[0]
    assert text[: one.span[0]] + one.insert + text[one.span[1] :] == "9:10-9:25 配膳 s1"


def test_a_time_without_a_space_is_no_part_of_the_word():
    one = suggest("9:10-9:25はいぜ", context=CONTEXT)[0]
    assert (one.insert, one.span) == ("配膳", (9, 12))


def test_what_follows_here_comes_first():
    days = [day("2026-06-01", "serving", "clearing", "record_keeping"), day("2026-06-02", "serving", "clearing")]
    seen = usage(days, TASKS)
    assert suggest("+10 ", context=CONTEXT, seen=seen)[0].code == "clearing"
    assert suggest("+10 き", context=CONTEXT, seen=seen)[0].code == "record_keeping"


def test_what_was_done_lately_comes_before_what_was_never_done():
    seen = usage([day("2026-06-01", "hydration")], TASKS)
    assert suggest("+10 す", context=CONTEXT, seen=seen)[0].code == "hydration"


def test_tasks_of_other_kinds_of_sites_come_last():
    found = [one.code for one in suggest("+10 ひ", context=CONTEXT, n=20)]
    assert found.index("evacuation_drill") < found.index("nap")


def test_people_are_completed_after_the_task_those_of_the_row_before_first():
    assert [one.insert for one in suggest("+10 配膳 s", context=CONTEXT)][:2] == ["s2", "s1"]
    assert [one.insert for one in suggest("+10 配膳 s2 ", context=CONTEXT)] == ["s1", "n1"]
    assert [one.insert for one in suggest("+10 配膳 s2・n", context=CONTEXT)][:1] == ["n1"]


def test_units_are_completed_behind_the_sign():
    assert [one.insert for one in suggest("+10 配膳 @", context=CONTEXT)] == ["@ユニット1", '@"2階 東"']
    found = suggest("+10 配膳 @2", context=CONTEXT)[0]
    assert parse(f"+10 配膳 {found.insert}", context=CONTEXT).unit == "2階 東"


def test_nothing_is_suggested_for_what_nothing_begins_with():
    assert suggest("9:10-9:25 ぬぬぬ", context=CONTEXT) == ()


def test_an_older_day_counts_less_than_a_newer_one():
    seen = usage([day("2026-06-02", "serving"), day("2026-06-01", "clearing")], TASKS)
    assert seen.lately["serving"] == 2 * seen.lately["clearing"]
