"""What a tap means: laws that hold for any sequence of taps, and the browser's words agreeing with the server's."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

import carveout.app.capture
from carveout.app.capture import habits
from carveout.app.capture.taps import Meaning, Tap, meaning, running
from carveout.app.daybook.saving import row_json
from carveout.model import Trigger
from carveout.workday import Change, Row, Workday, changed

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

HERE = Path(carveout.app.capture.__file__).parent
PEOPLE, TASKS = ("s1", "s2", "n1"), ("serving", "clearing", "toileting", "call_response")
DAY = Workday("a", "2026-06-01", "u")


@dataclass(frozen=True)
class Press:
    """What a hand does, before it is known which rows there are: `pick` chooses among them."""

    kind: str
    later: int
    staff: tuple[str, ...]
    task: str
    parallel: bool
    pick: int
    by: int


presses = some.builds(
    Press,
    some.sampled_from(["start", "start", "start", "start", "stop", "stop", "move", "mark", "note"]),
    some.sampled_from([0, 0, 1, 2, 5, 30, -40]),
    some.lists(some.sampled_from(PEOPLE), min_size=1, max_size=3, unique=True).map(tuple),
    some.sampled_from(TASKS),
    some.booleans(),
    some.integers(0, 50),
    some.integers(-30, 30),
)
mornings = some.lists(presses, max_size=25)


def tap_of(press: Press, number: int, at: int, rows: Sequence[Row]) -> Tap:
    row = rows[press.pick % len(rows)] if rows else Row("none-there", 0, 0, "x")
    tap = Tap(f"tap-{number:08d}-abcd", "start", at, press.staff, late="late")
    if press.kind == "start":
        return replace(tap, task=press.task, row=f"row{number:05d}", parallel=press.parallel)
    if press.kind == "stop":
        return replace(tap, kind="stop", row=row.id if press.pick % 3 == 0 else "", note="" if press.by else "away")
    if press.kind == "move":
        edge = "end" if row.end is not None and press.parallel else "start"
        whence = row.end if edge == "end" and row.end is not None else row.start
        return replace(tap, kind="move", row=row.id, to=max(0, whence + press.by), edge=edge)
    if press.kind == "mark":
        return replace(tap, kind="mark", row=row.id, trigger=Trigger.ON_DEMAND if press.parallel else None)
    return replace(tap, kind="note", row=row.id, note=press.task)


def played(morning: Sequence[Press], each: Callable[[Workday, Tap, Meaning, Workday], None] | None = None) -> Workday:
    """A day after taps, `each` told of every step."""
    day, at = DAY, 540
    for number, press in enumerate(morning):
        at = max(0, at + press.later)
        tap = tap_of(press, number, at, day.rows)
        meant = meaning(day.rows, tap)
        after = changed(day, meant.changes)  # raises where a change is not about what stands
        if each is not None:
            each(day, tap, meant, after)
        day = after
    return day


@given(mornings)
def test_no_row_ends_before_it_starts_whatever_the_clock_does(morning: list[Press]):
    for row in played(morning).rows:
        assert row.start >= 0 and (row.end is None or row.end >= row.start), row
        assert row.staff and len(set(row.staff)) == len(row.staff)


@given(mornings)
def test_a_switch_is_without_a_gap_and_leaves_one_thing_running(morning: list[Press]):
    def each(before: Workday, tap: Tap, meant: Meaning, after: Workday) -> None:
        if tap.kind != "start" or tap.parallel:
            return
        for person in tap.staff:
            assert [row.task for row in running(after.rows, person)][:1] == [tap.task]
            assert {row.task for row in running(after.rows, person)} == {tap.task}
            ended = [
                change.after.end
                for change in meant.changes
                if change.after is not None and change.after.end is not None and person in change.after.staff
            ]
            assert all(end == meant.at for end in ended)
            fresh = [change.after for change in meant.changes if change.before is None and change.after is not None]
            assert all(row.start == meant.at for row in fresh if row.id == tap.row)

    played(morning, each)


@given(mornings)
def test_nobody_elses_work_is_touched(morning: list[Press]):
    """A second person's same task stops nobody's first: everybody not named goes on with what they did, from when."""

    def each(before: Workday, tap: Tap, meant: Meaning, after: Workday) -> None:
        if tap.kind in ("start", "stop"):
            for person in set(PEOPLE) - set(tap.staff):
                was = {(row.id, row.start, row.end) for row in before.rows if person in row.staff}
                assert was == {(row.id, row.start, row.end) for row in after.rows if person in row.staff}

    played(morning, each)


@given(mornings)
def test_at_the_same_time_means_that_both_run(morning: list[Press]):
    def each(before: Workday, tap: Tap, meant: Meaning, after: Workday) -> None:
        if tap.kind == "start" and tap.parallel:
            for person in tap.staff:
                kept = {row.id for row in running(before.rows, person)}
                assert kept <= {row.id for row in running(after.rows, person)}
                assert tap.task in {row.task for row in running(after.rows, person)}

    played(morning, each)


@given(mornings)
def test_taking_back_step_by_step_restores_every_day_before(morning: list[Press]):
    steps: list[tuple[Workday, Meaning]] = []
    day = played(morning, lambda before, tap, meant, after: steps.append((before, meant)))
    for before, meant in reversed(steps):
        day = changed(day, [change.inverse for change in reversed(meant.changes)])
        assert set(day.rows) == set(before.rows)


@given(mornings)
def test_no_row_changes_twice_in_one_tap_and_the_same_tap_twice_gives_the_same(morning: list[Press]):
    def each(before: Workday, tap: Tap, meant: Meaning, after: Workday) -> None:
        ids = [change.row for change in meant.changes]
        assert len(set(ids)) == len(ids)
        assert meaning(before.rows, tap) == meant
        assert all(change.before != change.after for change in meant.changes)

    played(morning, each)


def test_a_tap_on_what_runs_already_does_nothing():
    begun = Row("r1", 540, None, "serving", ("s1",))
    assert meaning([begun], Tap("tap12345", "start", 550, ("s1",), "serving", "r2")) == Meaning((), 550, "running")


def test_who_leaves_a_shared_row_takes_a_piece_along_and_the_others_go_on():
    begun = Row("r1", 540, None, "bed_setting", ("s1", "s2"))
    day = changed(
        replace(DAY, rows=(begun,)), meaning([begun], Tap("t" * 16, "start", 560, ("s1",), "x", "r2")).changes
    )
    assert {(row.task, row.start, row.end, row.staff) for row in day.rows} == {
        ("bed_setting", 540, None, ("s2",)),
        ("bed_setting", 540, 560, ("s1",)),
        ("x", 560, None, ("s1",)),
    }


def test_a_slip_within_its_minute_is_replaced_but_a_call_is_kept():
    slip = Row("r1", 540, None, "serving", ("s1",))
    call = replace(slip, trigger=Trigger.ON_DEMAND)
    tap = Tap("tap12345", "start", 540, ("s1",), "clearing", "r2")
    assert [row.task for row in changed(replace(DAY, rows=(slip,)), meaning([slip], tap).changes).rows] == ["clearing"]
    kept = changed(replace(DAY, rows=(call,)), meaning([call], tap).changes).rows
    assert {(row.task, row.end) for row in kept} == {("serving", 540), ("clearing", None)}


def test_ten_minutes_ago_moves_the_neighbours_end_too():
    rows = [Row("r1", 540, 570, "serving", ("s1",)), Row("r2", 570, None, "clearing", ("s1",))]
    meant = meaning(rows, Tap("tap12345", "move", 571, ("s1",), row="r2", to=561))
    assert {(c.after.id, c.after.start, c.after.end) for c in meant.changes if c.after} == {
        ("r1", 540, 561),
        ("r2", 561, None),
    }


def test_ten_minutes_ago_stops_where_something_else_began_or_ended():
    rows = [
        Row("r0", 500, 555, "toileting", ("s1",)),
        Row("r2", 570, None, "clearing", ("s1",)),
    ]
    assert meaning(rows, Tap("tap12345", "move", 571, ("s1",), row="r2", to=540)).at == 555
    rows = [Row("r1", 565, 570, "serving", ("s1",)), Row("r2", 570, None, "clearing", ("s1",))]
    assert meaning(rows, Tap("tap12345", "move", 571, ("s1",), row="r2", to=540)).at == 565


def test_a_clock_before_the_start_ends_nothing_early_and_says_so():
    begun = Row("r1", 600, None, "serving", ("s1",))
    tap = Tap("tap12345", "start", 540, ("s1",), "clearing", "r2", late="device clock 09:00")
    after = {row.id: row for row in changed(replace(DAY, rows=(begun,)), meaning([begun], tap).changes).rows}
    assert (after["r1"].end, after["r2"].start, after["r2"].note) == (600, 600, "device clock 09:00")


def test_what_is_usual_counts_half_hours_once_a_day_and_the_own_unit_more():
    rows = (Row("a", 545, 550, "serving", ("s1",)), Row("b", 551, 565, "serving", ("s2",)))
    days = [replace(DAY, rows=rows), replace(DAY, unit="v", rows=rows)]
    assert habits.usual(days, "u")["serving"][18:21] == [4, 0, 0]


# The browser's side.


@pytest.fixture(scope="module")
def blank(browser: Browser) -> Page:
    """A page that knows the browser's words and nothing else."""
    context = browser.new_context(timezone_id="Asia/Tokyo")
    page = context.new_page()
    names = (
        "meaning",
        "changed",
        "inverse",
        "ranked",
        "placed",
        "withOne",
        "found",
        "searched",
        "openClock",
        "minuteOf",
    )
    code = "\n".join((HERE / name).read_text("utf-8") for name in ("taps.js", "clock.js", "places.js"))
    page.evaluate(f"() => {{ {code}\nObject.assign(window, {{ {', '.join(names)} }}); }}")
    return page


@pytest.mark.browser
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(morning=mornings)
def test_the_browser_means_the_same_by_every_tap(blank: Page, morning: list[Press]):
    steps: list[tuple[Workday, Tap, Meaning]] = []
    played(morning, lambda before, tap, meant, after: steps.append((before, tap, meant)))
    said = blank.evaluate(
        "steps => steps.map(([rows, tap]) => meaning(rows, tap))",
        [[[row_json(row) for row in before.rows], tap_json(tap)] for before, tap, _ in steps],
    )
    for (_, tap, meant), there in zip(steps, said, strict=True):
        here = {"changes": [change_json(c) for c in meant.changes], "at": meant.at, "refused": meant.refused}
        assert there == json.loads(json.dumps(here)), tap


def tap_json(tap: Tap) -> dict[str, object]:
    return json.loads(json.dumps(asdict(tap)))


def change_json(change: Change) -> dict[str, object]:
    return {
        "before": None if change.before is None else row_json(change.before),
        "after": None if change.after is None else row_json(change.after),
    }


codes = some.lists(some.sampled_from([f"t{n}" for n in range(12)]), unique=True)


@pytest.mark.browser
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(previous=codes, wanted=codes, n=some.integers(0, 12))
def test_a_button_that_stays_keeps_its_place(blank: Page, previous: list[str], wanted: list[str], n: int):
    places = blank.evaluate("([p, w, n]) => placed(p, w, n)", [previous[:n], wanted, n])
    assert sorted(places) == sorted(wanted[:n])
    if len(wanted) >= n and len(previous) >= n:
        for place, code in enumerate(previous[:n]):
            assert code not in wanted[:n] or places[place] == code


@pytest.mark.browser
def test_what_is_usual_at_this_hour_and_what_was_done_lately_comes_first(blank: Page):
    usual = {"a": [0] * 48, "b": [0] * 48, "c": [0] * 48}
    usual["b"][18] = 5
    usual["c"][40] = 9
    rank = "([rows, minute]) => ranked(['a', 'b', 'c'], window.usual, rows, minute)"
    blank.evaluate("usual => { window.usual = usual }", usual)
    assert blank.evaluate(rank, [[], 545])[0] == "b"
    assert blank.evaluate(rank, [[], 1205])[0] == "c"
    recent = [row_json(Row("r", 1150, 1200, "a", ("s1",)))]
    assert blank.evaluate(rank, [recent, 1205])[0] == "a"
    assert blank.evaluate(rank, [recent, 1295])[0] == "c"


@pytest.mark.browser
def test_tasks_are_found_by_any_spelling(blank: Page):
    tasks = [
        {"code": "serving", "label": "配膳", "find": ["はいぜん", "配膳"]},
        {"code": "clearing", "label": "下膳", "find": ["げぜん", "下膳"]},
    ]
    look = "([tasks, text]) => found(tasks, text).map(task => task.code)"
    for text in ("はい", "ハイ", "ﾊｲ", "配"):
        assert blank.evaluate(look, [tasks, text]) == ["serving"]
    assert blank.evaluate(look, [tasks, "膳"]) == ["serving", "clearing"]
    assert blank.evaluate(look, [tasks, ""]) == ["serving", "clearing"]


@pytest.mark.browser
def test_the_clock_goes_on_when_the_tablet_sets_its_own_back(blank: Page):
    said = blank.evaluate(
        """() => {
          let wall = 36e6, steady = 0;
          const clock = openClock(null, {wall: () => wall, steady: () => steady});
          const pass = (ms, jump = 0) => { wall += ms + jump; steady += ms; return clock.read(); };
          const told = [clock.read(), pass(60000), pass(60000, -36e5), clock.lost(), pass(600000)];
          const again = openClock(clock.keep(), {wall: () => wall, steady: () => 0});
          told.push(again.read(), again.lost());
          const shut = clock.keep();
          wall -= 18e5; // set back while the page was closed
          const later = openClock(shut, {wall: () => wall, steady: () => 0});
          told.push(later.read());
          later.adopt();
          told.push(later.read(), later.lost());
          return told;
        }"""
    )
    wall = 36_000_000
    assert said == [
        wall, wall + 60_000, wall + 120_000, 60, wall + 720_000, wall + 720_000, 60, wall + 720_000,
        wall + 720_000 - 3_600_000 - 1_800_000, 0,
    ]  # fmt: skip


@pytest.mark.browser
def test_after_midnight_the_day_goes_on_counting(blank: Page):
    ask = "([iso, date]) => minuteOf(new Date(iso).getTime(), date)"
    assert blank.evaluate(ask, ["2026-06-01T09:10:59+09:00", "2026-06-01"]) == 550
    assert blank.evaluate(ask, ["2026-06-02T00:10:00+09:00", "2026-06-01"]) == 1450
    assert blank.evaluate(ask, ["2026-05-31T23:59:00+09:00", "2026-06-01"]) == -1
