"""Before and after a job: what must hold of the curves, the relief of a week and the flows left whole."""

from __future__ import annotations

from dataclasses import replace

import pytest

from carveout.analysis import analyze
from carveout.bundled import paths
from carveout.constraints import Policy
from carveout.effects import QUARTER, Effects, effects, unit_days
from carveout.model import Mode, Relief, SiteResult, Weekday, Window
from carveout.observations import read
from tests.effects.by_hand import chain, holds, job, site, slot


@pytest.fixture(scope="module")
def bundled() -> list[SiteResult]:
    analysis = analyze(read(paths()).timeline)
    return [analysis.site(i) for i in range(len(analysis.sites))]


def minutes_of(found: Effects) -> float:
    return sum(day.relieved_minutes for day in found.days) + found.untimed


def at(found: Effects, minute: int, day: int = 0):
    return next(q for q in found.days[day].quarters if q.start <= minute < q.end)


def test_the_mean_over_all_days_of_a_unit_is_the_load_of_the_site(bundled):
    for result in bundled:
        for unit in result.units:
            days = unit_days(result, unit)
            demand, staff = days.demand.mean(axis=0), days.staff.mean(axis=0)
            assert len(days.dates) == result.days_of_unit[unit]
            known = {point.start // QUARTER: point for point in result.load[unit]}
            for quarter in range(days.demand.shape[1]):
                point = known.get(quarter)
                assert demand[quarter] == pytest.approx(point.demand if point else 0.0, abs=1e-9)
                assert staff[quarter] == pytest.approx(point.staff if point else 0.0, abs=1e-9)


def test_of_the_bundled_jobs_the_week_relieves_what_the_job_says_and_every_flow_stays_whole(bundled):
    for result in bundled:
        assert any(one.relief.covered > 0 for one in result.jobs)
        for one in result.jobs:
            found = effects(result, one)
            assert found.missing == pytest.approx(0.0, abs=0.05)
            assert found.relief.likely == pytest.approx(one.relief.likely, abs=0.05)
            assert found.relief.high == pytest.approx(one.relief.high, abs=0.05)
            assert found.relief.low == pytest.approx(one.relief.low, abs=0.05)
            assert minutes_of(found) == pytest.approx(found.relief.likely, abs=0.05)
            assert not found.cut
            assert found.untouched == tuple(c for c in result.chains if c.unit in {s.unit for s in one.slots})
            assert {(d.unit, d.weekday) for d in found.days} == {(s.unit, s.weekday) for s in one.slots}
            assert all(q.demand_after >= 0 for d in found.days for q in d.quarters)


def test_work_counts_a_person_for_everyone_named_and_breaks_not_at_all():
    rows = [(0, "u", "a", 540, 555, ("s1", "s2")), (0, "u", "rest", 555, 570, ("s1",)), (0, "u", "b", 570, 585, ())]
    result = site(rows, breaks=("rest",), duty=[(0, "u", "s1", 540, 600)])
    found = effects(result, job(slot(540, 600)))
    assert [(q.start, q.demand, q.staff) for q in found.days[0].quarters] == [
        (540, 2.0, 1.0), (555, 0.0, 1.0), (570, 1.0, 1.0), (585, 0.0, 1.0)
    ]  # fmt: skip


def test_on_a_day_that_lists_nobody_people_are_on_duty_from_first_to_last_row_of_work():
    rows = [
        (0, "u", "a", 540, 555, ("s1",)), (0, "u", "a", 585, 600, ("s1",)), (0, "u", "rest", 600, 630, ("s1",)),
        (7, "u", "a", 540, 555, ("s1",)),
    ]  # fmt: skip
    result = site(rows, breaks=("rest",), duty=[(7, "u", "s9", 540, 660)])
    quarters = effects(result, job(slot(540, 600))).days[0].quarters
    staff = {q.start: q.staff for q in quarters}
    assert staff[540] == 1.0
    assert staff[570] == 1.0
    assert staff[600] == 0.5  # only the day with a list
    assert effects(result, job(slot(540, 600))).days[0].observed_days == 2


def test_relief_lies_where_the_tasks_own_work_was_seen():
    rows = [(0, "u", "a", 540, 570, ("s1",)), (0, "u", "b", 600, 660, ("s1",))]
    found = effects(site(rows, offered=[("a", Mode.ASSIST)]), job(slot(525, 660, holds("a", 15.0))))
    assert found.relief.covered == pytest.approx(15.0)
    assert found.relief.likely == pytest.approx(10.0, abs=0.01)
    assert found.relief.low == 0.0
    assert found.relief.high == pytest.approx(15.0)
    assert at(found, 540).relieved == pytest.approx(1 / 3, abs=0.001)
    assert at(found, 555).relieved == pytest.approx(1 / 3, abs=0.001)
    assert at(found, 600).relieved == 0.0
    assert (found.worst.start, found.worst.end) == (525, 585)


def test_a_job_never_takes_more_than_the_days_hold_and_says_what_it_left_out():
    rows = [(0, "u", "a", 540, 570, ("s1",))]
    found = effects(site(rows, offered=[("a", Mode.ASSIST)]), job(slot(540, 600, holds("a", 50.0))))
    assert found.relief.covered == pytest.approx(30.0)
    assert found.missing == pytest.approx(20.0)
    assert "20分は数えていません" in found.text.ja
    assert "20 minutes" in found.text.en


def test_one_helper_does_one_thing_at_a_time():
    rows = [(0, "u", "a", 540, 555, ("s1",)), (0, "u", "b", 540, 555, ("s2",)), (0, "u", "b", 555, 570, ("s2",))]
    result = site(rows, offered=[("a", Mode.ASSIST), ("b", Mode.ASSIST)])
    found = effects(result, job(slot(540, 570, holds("a", 15.0), holds("b", 15.0))), Policy({"relief_ratio": 1}))
    assert found.missing == 0.0  # b must wait for the second quarter hour
    assert [round(q.relieved, 2) for q in found.days[0].quarters] == [1.0, 1.0]


def test_what_is_prepared_relieves_without_an_hour_of_its_own():
    rows = [(0, "u", "plan", 900, 960, ("s1",)), (0, "u", "a", 540, 570, ("s1",))]
    result = site(rows, offered=[("plan", Mode.PREPARE), ("a", Mode.ASSIST)])
    found = effects(result, job(slot(540, 660, holds("a", 30.0), holds("plan", 45.0, Mode.PREPARE))))
    assert found.untimed == pytest.approx(30.0, abs=0.01)
    assert found.days[0].relieved_minutes == pytest.approx(20.0, abs=0.01)
    assert at(found, 900).relieved == 0.0
    assert "準備で減る週30分" in found.text.ja


def test_two_slots_of_a_day_do_not_prepare_the_same_work_twice():
    rows = [(0, "u", "plan", 900, 960, ("s1",))]
    result = site(rows, offered=[("plan", Mode.PREPARE)])
    twice = job(slot(540, 600, holds("plan", 40.0, Mode.PREPARE)), slot(660, 720, holds("plan", 40.0, Mode.PREPARE)))
    assert effects(result, twice).relief.covered == pytest.approx(60.0)


def test_advice_relieves_nothing():
    result = site([(0, "u", "review", 540, 600, ("s1",))], offered=[("review", Mode.ADVISE)])
    found = effects(result, job(slot(540, 600, holds("review", 60.0, Mode.ADVISE))))
    assert found.relief.covered == 0
    assert minutes_of(found) == 0
    assert found.worst is None
    assert "助言" in found.text.ja


def test_work_that_was_only_told_relieves_no_observed_minute():
    told = replace(holds("mend", 0.0, Mode.TAKE_OVER), minutes=120.0)
    result = site([(0, "u", "a", 540, 600, ("s1",))], offered=[("mend", Mode.TAKE_OVER)])
    found = effects(result, job(slot(540, 660, told)))
    assert found.relief == Relief(0, 0, 0, 0, found.relief.ratio, 0)
    assert all(q.relieved == 0 for q in found.days[0].quarters)
    assert "示せません" in found.text.ja


def test_a_weekday_never_observed_has_no_curve_and_says_so():
    result = site([(0, "u", "a", 540, 600, ("s1",))], offered=[("a", Mode.ASSIST)])
    found = effects(result, job(slot(540, 600, holds("a", 60.0)), slot(540, 600, weekday=Weekday.SUN)))
    assert found.days[1].weekday is Weekday.SUN
    assert (found.days[1].observed_days, found.days[1].quarters) == (0, ())
    assert "日曜はまだ観察していない" in found.text.ja
    assert "月曜の線は1日だけ" in found.text.ja


def test_a_job_without_hours_is_told_in_words():
    found = effects(site([(0, "u", "a", 540, 600, ("s1",))]), job())
    assert (found.days, found.worst, found.records) == ((), None, ())
    assert found.text.ja.startswith("この仕事にはまだ曜日と時間がありません")


def test_what_is_not_promised_counts_nowhere():
    result = site([(0, "u", "a", 540, 600, ("s1",))], offered=[("a", Mode.ASSIST)])
    found = effects(result, job(slot(540, 600, holds("a", 60.0, promised=False))))
    assert found.relief.covered == 0


def test_a_job_keeps_the_ratio_it_was_reckoned_with_until_a_policy_says_otherwise():
    result = site([(0, "u", "a", 540, 600, ("s1",))], offered=[("a", Mode.ASSIST)])
    plain = job(slot(540, 600, holds("a", 60.0)))
    cautious = replace(plain, relief=Relief(6.0, 30.0, 48.0, 60.0, 0.5, 0.0))
    assert effects(result, cautious).relief == cautious.relief
    assert effects(result, plain).relief.likely == pytest.approx(40.0, abs=0.01)
    other = effects(result, cautious, Policy({"relief_ratio": 0.25}))
    assert (other.relief.likely, minutes_of(other)) == (pytest.approx(15.0), pytest.approx(15.0))


def test_a_ratio_of_zero_relieves_nothing():
    result = site([(0, "u", "a", 540, 600, ("s1",))], offered=[("a", Mode.ASSIST)])
    found = effects(result, job(slot(540, 600, holds("a", 60.0))), Policy({"relief_ratio": 0}))
    assert found.relief.likely == 0
    assert all(q.relieved == 0 and q.demand_after == q.demand for q in found.days[0].quarters)
    assert found.worst is None
    assert "見込んでいません" in found.text.ja


def test_flows_stay_whole_and_those_helped_are_named_apart():
    rows = [(0, "u", task, 540 + 60 * n, 600 + 60 * n, ("s1",)) for n, task in enumerate("abcd")]
    flows = [chain(1, ("a", "b"), 540, 660), chain(2, ("c", "d"), 660, 780), chain(1, ("a", "b"), 540, 660, "v")]
    result = site(rows, offered=[("a", Mode.ASSIST)], chains=flows)
    found = effects(result, job(slot(540, 780, holds("a", 60.0))))
    assert [c.id for c in found.untouched] == ["u/1", "u/2"]
    assert [c.id for c in found.assisted] == ["u/1"]
    assert found.cut == ()


def test_a_job_that_did_take_over_a_link_is_found_out():
    result = site([(0, "u", "a", 540, 600, ("s1",))], chains=[chain(1, ("a", "b"), 540, 660)])
    found = effects(result, job(slot(540, 600, holds("a", 60.0, Mode.TAKE_OVER))))
    assert [c.id for c in found.cut] == ["u/1"]
    assert found.untouched == ()
    assert "業務a" in found.text.ja
    assert "Task a" in found.text.en


def test_thin_quarter_hours_are_those_of_the_day_or_of_its_weekday():
    windows = [
        Window("u", None, 540, 555, 2, 1, True), Window("u", Weekday.TUE, 555, 570, 2, 1, True),
        Window("u", None, 570, 585, 1, 1, False), Window("v", None, 570, 585, 2, 1, True),
    ]  # fmt: skip
    result = site([(0, "u", "a", 540, 600, ("s1",)), (1, "u", "a", 540, 600, ("s1",))], windows=windows)
    found = effects(result, job(slot(540, 600), slot(540, 600, weekday=Weekday.TUE)))
    assert [[q.start for q in day.quarters if q.thin] for day in found.days] == [[540], [540, 555]]


def test_the_table_holds_the_jobs_own_quarter_hours():
    rows = [(0, "u", "a", 480, 720, ("s1",))]
    found = effects(site(rows, offered=[("a", Mode.ASSIST)]), job(slot(540, 570, holds("a", 30.0))))
    assert [(r.start, r.end) for r in found.records] == [(540, 555), (555, 570)]
    assert sum(r.minutes for r in found.records) == pytest.approx(found.relief.likely)


def test_units_are_kept_apart_and_days_come_in_the_order_of_the_week():
    rows = [(1, "v", "a", 540, 600, ("s1",)), (0, "u", "a", 540, 600, ("s2", "s3")), (1, "u", "a", 540, 600, ("s2",))]
    both = job(
        slot(540, 600, weekday=Weekday.TUE, unit="v"), slot(540, 600, weekday=Weekday.TUE), slot(540, 600)
    )  # fmt: skip
    found = effects(site(rows), both)
    assert [(d.weekday, d.unit, d.quarters[0].demand) for d in found.days] == [
        (Weekday.MON, "u", 2.0), (Weekday.TUE, "u", 1.0), (Weekday.TUE, "v", 1.0)
    ]  # fmt: skip


def test_a_shift_past_midnight_is_not_cut_off():
    rows = [(0, "u", "a", 1380, 1500, ("s1",))]
    found = effects(site(rows, offered=[("a", Mode.ASSIST)]), job(slot(1380, 1500, holds("a", 120.0))))
    assert found.relief.covered == pytest.approx(120.0)
    assert found.days[0].quarters[-1].end == 1500
