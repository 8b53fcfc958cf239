"""Laws every analysis obeys: what may change when the record changes, and what must not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carveout.analysis import Analysis, analyze
from carveout.detectors import batches, detect
from carveout.model import PATTERNS, Level, SiteResult
from tests.planted.build import Row, timeline_of
from tests.planted.workdays import Plan, Planted, generate

PLANS = {
    "clean": Plan(11),
    "hand-overs and rounds": Plan(12, hand_over=0.5, rounds=4),
    "noise": Plan(13, lost=0.1, swapped=0.2, block_scatter=15, clock=5),
    "minute by minute": Plan(14, filler=True, staff=3, days=6),
    "one day": Plan(15, days=1),
}
plans = pytest.mark.parametrize("planted", [generate(p) for p in PLANS.values()], ids=list(PLANS))
ORDER = list(Level)


def _analysis(p: Planted) -> Analysis:
    return analyze(p.timeline())


def _pattern_by_row(p: Planted) -> dict[Row, list[str]]:
    """Patterns of every distinct row (equal rows may swap places, not patterns)."""
    said = detect(p.timeline()).pattern
    result: dict[Row, list[str]] = {}
    for row, pattern in zip(p.rows, said, strict=True):
        result.setdefault(row, []).append(PATTERNS[pattern].value)
    return {row: sorted(patterns) for row, patterns in result.items()}


def _verdicts(r: SiteResult, shift: int = 0) -> set[tuple[object, ...]]:
    return {
        (v.task, v.mode, v.suitability, v.pattern, v.weekdays, v.start - shift, v.end - shift, v.confidence, v.thin)
        for v in r.verdicts
    }


@plans
def test_renaming_all_codes_renames_the_result_and_changes_nothing_else(planted: Planted) -> None:
    # Reversed names turn the alphabetical order of the codes around.
    codes = sorted({r.task for r in planted.rows})
    new = dict(zip(codes, [f"x{len(codes) - k:03d}" for k in range(len(codes))], strict=True))
    renamed = replace(
        planted,
        rows=tuple(replace(r, task=new[r.task]) for r in planted.rows),
        natures={new[t]: n for t, n in planted.natures.items() if t in new},
        contracted=tuple(new[t] for t in planted.contracted if t in new),
    )
    before, after = _analysis(planted).site(0), _analysis(renamed).site(0)
    assert [o.pattern for o in before.occurrences] == [o.pattern for o in after.occurrences]
    assert [tuple(new[t] for t in c.tasks) for c in before.chains] == [c.tasks for c in after.chains]
    assert {(new[str(v[0])], *v[1:]) for v in _verdicts(before)} == _verdicts(after)
    assert before.windows == after.windows


@plans
def test_shifting_every_clock_by_an_hour_moves_windows_by_an_hour(planted: Planted) -> None:
    late = replace(planted, rows=tuple(replace(r, start=r.start + 60, end=r.end + 60) for r in planted.rows))
    before, after = _analysis(planted).site(0), _analysis(late).site(0)
    assert [o.pattern for o in before.occurrences] == [o.pattern for o in after.occurrences]
    assert [(c.tasks, c.start + 60, c.end + 60, c.days) for c in before.chains] == [
        (c.tasks, c.start, c.end, c.days) for c in after.chains
    ]
    assert _verdicts(before) == _verdicts(after, shift=60)


@plans
def test_shuffling_rows_changes_no_pattern(planted: Planted) -> None:
    order = np.random.default_rng(3).permutation(len(planted.rows))
    shuffled = replace(planted, rows=tuple(planted.rows[k] for k in order))
    assert _pattern_by_row(planted) == _pattern_by_row(shuffled)
    assert _verdicts(_analysis(planted).site(0)) == _verdicts(_analysis(shuffled).site(0))


@plans
def test_repeating_identical_weeks_never_makes_a_finding_less_sure(planted: Planted) -> None:
    twice = replace(planted, rows=planted.rows + tuple(replace(r, day=r.day + 14) for r in planted.rows))
    before, after = _analysis(planted).site(0), _analysis(twice).site(0)
    n = len(planted.rows)
    link_before = [o.pattern == "rhythmic_chain" for o in sorted(before.occurrences, key=lambda o: o.index)]
    link_after = [o.pattern == "rhythmic_chain" for o in sorted(after.occurrences, key=lambda o: o.index)][:n]
    # What was a link on two weeks is one on four.
    assert not [k for k in range(n) if link_before[k] and not link_after[k]]
    now_of = {(v.mode, v.thin, k): v for v in after.verdicts for k in v.rows}
    for v in before.verdicts:
        now = now_of.get((v.mode, v.thin, v.rows[0]))
        # More days may show a weekday where there was none; a context that kept its rows may only become surer.
        if now is not None and set(v.rows) <= set(now.rows):
            assert now.confidence.low >= v.confidence.low - 1e-12
            assert ORDER.index(now.confidence.level) >= ORDER.index(v.confidence.level)


@plans
def test_batches_of_sites_give_what_one_pass_gives(planted: Planted, monkeypatch: pytest.MonkeyPatch) -> None:
    t = planted.timeline()
    staff = t.staff_ids + np.where(np.arange(t.n_rows) < t.n_rows // 2, 0, len(t.staff)).astype(np.int32)
    t = replace(t, staff=t.staff * 2, staff_role=t.staff_role * 2, staff_ids=staff)  # no one works at both sites
    units = replace(t.units, site=np.array([0, 1], np.int32), name=("u", "v"))
    sites = replace(t.sites, **{f: getattr(t.sites, f) * 2 for f in t.sites.__slots__})
    half = len(t.unit) // 2
    two = replace(t, units=units, sites=sites, unit=np.repeat([0, 1], [half, len(t.unit) - half]).astype(np.int32))
    whole = detect(two)
    monkeypatch.setattr(batches.split, "__defaults__", (10,))
    parts = detect(two)
    for table in ("chains", "windows", "load", "contexts"):
        for column in getattr(whole, table).__slots__:
            np.testing.assert_array_equal(
                getattr(getattr(whole, table), column), getattr(getattr(parts, table), column), err_msg=column
            )
    for column in ("pattern", "chain", "context", "unit_days"):
        np.testing.assert_array_equal(getattr(whole, column), getattr(parts, column))


@plans
def test_one_day_is_always_provisional_and_shows_no_weekday(planted: Planted) -> None:
    first = min(r.day for r in planted.rows)
    one = replace(planted, rows=tuple(r for r in planted.rows if r.day == first))
    result = _analysis(one).site(0)
    assert {v.confidence.level for v in result.verdicts} == {Level.PROVISIONAL}
    assert "weekday_peak" not in {o.pattern for o in result.occurrences}


def test_declared_facts_come_before_structure() -> None:
    """A task declared planning inside a perfect flow stays planning, and the flow closes around it."""
    rows = []
    for day in (20605, 20606, 20607, 20608, 20609, 20612):
        clock = 540
        for task in ("a", "b", "p", "c", "d"):
            rows.append(Row("u", day, clock, clock + 10, task, ("s",)))
            clock += 11
    result = analyze(timeline_of(rows, natures={"p": "planning"})).site(0)
    assert {o.pattern for o in result.occurrences if o.task == "p"} == {"planning"}
    assert {o.pattern for o in result.occurrences if o.task != "p"} == {"rhythmic_chain"}


def test_intervals_that_only_touch_do_not_overlap() -> None:
    rows = []
    for day in (20605, 20606, 20607, 20608, 20609, 20612):
        rows += [Row("u", day, 540 + 10 * k, 550 + 10 * k, f"t{k}", ("s",)) for k in range(4)]
        at = 580 if day == 20605 else 620 + 17 * (day % 7)
        rows.append(Row("u", day, at, at + 20, "after", ("z",)))
        rows.append(Row("u", day, 541 + 3 * (day % 7), 557 + 3 * (day % 7), "beside", ("z",)))
    result = analyze(timeline_of(rows)).site(0)
    assert {o.pattern for o in result.occurrences if o.task == "after"} == {"other"}
    assert {o.pattern for o in result.occurrences if o.task == "beside"} == {"overlapping"}


@pytest.mark.parametrize("days", [1, 2, 3, 5, 10, 20])
def test_work_inside_a_colleagues_link_is_no_link_however_regular_it_is(days: int) -> None:
    day = [("a", 540, 570, "s"), ("b", 570, 590, "s"), ("call", 580, 585, "z"), ("c", 590, 610, "s")]
    rows = [
        Row("u", 20605 + n + 2 * (n // 5), at, end, task, (who,)) for n in range(days) for task, at, end, who in day
    ]
    result = analyze(timeline_of(rows)).site(0)
    assert {o.pattern for o in result.occurrences if o.task == "call"} == {"overlapping"}
    assert {o.pattern for o in result.occurrences if o.task != "call"} == {"rhythmic_chain"}


@pytest.mark.parametrize("days", [1, 3, 4, 5, 10])
def test_who_goes_on_while_a_colleague_still_finishes_the_last_link_is_in_the_flow(days: int) -> None:
    flow = [("set", 690, 702), ("serve", 702, 710), ("feed", 710, 745), ("clear", 745, 753), ("mouths", 754, 766)]
    rows = []
    for n in range(days):
        day, late = 20605 + n + 2 * (n // 5), 3 * n % 7
        rows += [Row("u", day, at + late, end + late, task, ("s",)) for task, at, end in flow]
        rows.append(Row("u", day, 738 + late, 757 + late, "feed", ("z",)))  # a slow eater
    result = analyze(timeline_of(rows)).site(0)
    assert result.chains[0].tasks == ("set", "serve", "feed", "clear", "mouths")
    assert {o.pattern for o in result.occurrences if o.task == "clear"} == {"rhythmic_chain"}


ROW = st.builds(
    lambda unit, day, start, length, task, staff: Row(unit, 20605 + day, start, start + length, task, tuple(staff)),
    st.sampled_from(["u", "v"]),
    st.integers(0, 12),
    st.integers(0, 1439),
    st.integers(0, 900),
    st.sampled_from("abcdef"),
    st.lists(st.sampled_from(["s1", "s2", "s3"]), max_size=3, unique=True),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=60))
def test_any_rows_give_each_row_one_pattern_and_verdicts_that_point_at_rows(rows: list[Row]) -> None:
    result = analyze(timeline_of(rows)).site(0)
    assert sorted(o.index for o in result.occurrences) == list(range(len(rows)))
    patterns = {o.index: (o.pattern, o.task, o.unit) for o in result.occurrences}
    covered: set[int] = set()
    for v in result.verdicts:
        assert v.rows
        assert {patterns[k] for k in v.rows} == {(v.pattern, v.task, v.unit)}
        assert 0 <= v.confidence.low <= 1
        assert v.confidence.days <= v.confidence.of_days
        covered |= set(v.rows)
    assert covered == set(range(len(rows)))
