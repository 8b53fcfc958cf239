"""What holds for any line whatever: it is never refused, never changed, and a written row reads back."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from carveout.model import Kind, Trigger
from carveout.workday import LineContext, Row, SiteHead, parse, suggest, vocabulary, written

from .strategies import texts

TASKS = vocabulary(
    SiteHead("home", Kind.CARE_HOME, tasks={"tea10": {"ja": "10時のお茶"}, "floor2": {"ja": "2階 巡視"}})
)
CONTEXTS = st.builds(
    LineContext,
    last_end=st.none() | st.integers(0, 2000),
    now=st.none() | st.integers(0, 1500),
    units=st.sampled_from(((), ("ユニット1", "2階 東"))),
    staff=st.sampled_from(((), ("s1", "s2"), ("夜勤者", "1", "配膳"))),
    tasks=st.just(TASKS),
    last_staff=st.sampled_from(((), ("s1",))),
    last_task=st.sampled_from(("", "serving")),
    unit=st.sampled_from(("", "ユニット1")),
)
PIECES = st.sampled_from(
    ["9:10", "-", "〜", "9時", "10分", "前", "に", "交代", "+15", "25", "0910", "午後", "翌", "配膳", "下膳",
     "s1", "・", "s2",
     "@", "ユニット1", "#", "（", "）", '"', "急", " ", "　", "田中さん", "担当:", "なし", "全員", "まで",
     "から", "１０", "夜勤", "ー"]
)  # fmt: skip
LINES = texts | st.lists(PIECES, max_size=12).map("".join) | st.text(max_size=60)


@settings(max_examples=250)
@given(LINES, CONTEXTS)
def test_no_line_is_refused_and_none_is_changed(text, context):
    line = parse(text, context=context)
    assert line.text == text
    assert line.ready or line.errors
    for problem in line.problems:
        begin, end = problem.span
        assert 0 <= begin <= end <= len(text)
        assert problem.cause.ja
        assert problem.remedy.en
    if line.ready:
        row = line.row()
        assert row.task
        assert 0 <= row.start <= 2880
        assert row.end is None or row.start <= row.end <= 2880


@settings(max_examples=150)
@given(LINES, CONTEXTS, st.integers(0, 70))
def test_no_half_typed_line_breaks_completion(text, context, cursor):
    for one in suggest(text, cursor, context=context):
        begin, end = one.span
        assert 0 <= begin <= end <= len(text)
        assert one.insert


@settings(max_examples=150)
@given(LINES, CONTEXTS)
def test_a_line_means_the_same_each_time(text, context):
    assert parse(text, context=context) == parse(text, context=context)


NAMES = st.sampled_from(
    ("s1", "s2", "S-9", "夜勤者", "1", "配膳", "ボランティア", "なし", "急", "佐藤", "A", "u,v", "二 人")
)
WRITTEN = st.builds(
    Row,
    id=st.just("r"),
    start=st.integers(0, 2200),
    end=st.none() | st.integers(0, 600),
    task=st.sampled_from(
        ("serving", "clearing", "tea10", "floor2", "handover_in", "メモ書き", "9:10の薬", "s1 の手伝い", "急")
    )
    | texts.map(lambda text: " ".join(text.split())).filter(lambda text: text and TASKS.resolve(text) is None),
    staff=st.lists(NAMES, max_size=3, unique=True).map(tuple),
    trigger=st.sampled_from((None, *Trigger)),
    note=texts.map(lambda text: " ".join(text.split())),
).map(lambda row: row if row.end is None else replace(row, end=row.start + row.end))


@settings(max_examples=250)
@given(WRITTEN, CONTEXTS)
def test_a_written_row_reads_back(row, context):
    line = parse(written(row, context=context), context=context)
    assert line.ready, line.problems
    assert line.row("r") == row
