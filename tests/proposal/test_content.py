"""What the sheet says: all an employer asks for, nothing nobody said; what is broken or uncertain in plain sight."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date

import pytest

from carveout.constraints import limits
from carveout.jobs import Draft, draft_of, family_of, shape
from carveout.language import Text
from carveout.model import Channel, Mode, Relief
from carveout.proposal import Proposal, propose
from carveout.proposal.left_alone import MOST_FLOWS, MOST_GROUPS
from carveout.words import unit_name
from tests.proposal import cases


def texts(value: object) -> Iterator[Text]:
    """Every text of a record."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from texts(one)
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name))


def all_words(proposal: Proposal, language: str = "ja") -> str:
    return "\n".join(text.in_(language) for text in texts(replace(proposal, picture=Text("", ""))))  # type: ignore[arg-type]


def test_every_bundled_job_has_a_sheet_in_both_languages_without_a_hole() -> None:
    for site, job in cases.jobs():
        proposal = propose(site, job)
        for text in texts(proposal):
            assert bool(text.ja) == bool(text.en), text
            assert not re.search(r"\{\w*\}|None|nan\b", text.ja + text.en), text
        for field in ("title", "summary", "headline", "directs", "channel", "channel_reason", "people"):
            assert getattr(proposal, field).ja, (job.id, field)
        for several in ("benefits", "tasks", "hours", "left_alone", "needs", "limits", "evidence", "shifts"):
            assert getattr(proposal, several), (job.id, several)


def test_every_promised_task_of_the_job_stands_on_the_sheet_once_per_form() -> None:
    for site, job in cases.jobs():
        wanted = {(t.task, t.mode) for slot in job.slots for t in slot.tasks}
        proposal = propose(site, job)
        assert len(proposal.tasks) + len(proposal.sometimes) == len(wanted)
        names = {site.task_labels[task].ja for task, _ in wanted}
        assert names == {line.name.ja for line in (*proposal.tasks, *proposal.sometimes)}


def test_what_is_not_promised_is_said_to_come_now_and_then_and_names_no_minutes() -> None:
    site = cases.care_home()
    proposal = propose(site, cases.with_tasks(site.jobs[0], promised=False))
    assert proposal.tasks == ()
    assert all(line.often.ja.startswith("ときどき") and not line.minutes.ja for line in proposal.sometimes)


def test_what_only_people_know_is_a_blank_line_until_it_is_answered() -> None:
    site = cases.care_home()
    job = site.jobs[0]
    bare = propose(site, job)
    for field in ("asks", "training", "absence", "place", "start", "term", "pay", "freed_time", "checked_by"):
        assert set(getattr(bare, field).ja) == {"＿"}, field
        assert set(getattr(bare, field).en) == {"_"}, field
    assert not bare.remarks.ja
    answers = {
        "asks": "副主任", "directs": "主任", "absence": "もう一人の会員", "start_date": "2026-07-01",
        "checked_by": "施設長", "remarks": "エプロンは\n施設のもの",
    }  # fmt: skip
    proposal = propose(site, job, replace(draft_of(site, job), answers=answers))
    assert proposal.asks.ja == "副主任"
    assert proposal.directs.ja.startswith("主任。")
    assert proposal.start.ja == "2026年7月1日"
    assert proposal.starts == date(2026, 7, 1)
    assert proposal.checked_by.en == "施設長"
    assert proposal.remarks.ja == "エプロンは 施設のもの"


def test_the_date_is_a_blank_without_one_so_that_the_same_input_gives_the_same_sheet() -> None:
    site = cases.care_home()
    assert "年" in propose(site, site.jobs[0]).day.ja
    assert not re.search(r"\d", propose(site, site.jobs[0]).day.ja)
    assert propose(site, site.jobs[0], on=date(2026, 11, 23)).day == Text("2026年11月23日", "2026-11-23")


def test_work_beside_staff_is_directed_by_staff_and_contract_work_by_nobody_on_site() -> None:
    site = cases.care_home()
    job = site.jobs[0]
    assert any(t.mode is Mode.ASSIST for slot in job.slots for t in slot.tasks)
    assert "その場の職員の指示" in propose(site, job).directs.ja
    contract = propose(site, cases.without_assist(job)).directs
    assert "施設の職員は指示をしません" in contract.ja
    assert "not directed by the facility's staff" in contract.en
    placement = propose(site, replace(job, channel=Channel.PLACEMENT)).directs
    assert "雇用主" in placement.ja


def test_a_promise_is_a_range_with_its_source_and_never_more_than_was_observed() -> None:
    site = cases.care_home()
    job = site.jobs[0]
    proposal = propose(site, job)
    figures = [int(n) for n in re.findall(r"\d+", proposal.headline.ja)]
    likely, low, high = figures
    assert low <= likely <= high <= round(job.relief.covered) + 1
    assert any(limits()["relief_ratio"].source.ja in line.ja for line in proposal.benefits)
    assert any("約束ではありません" in line.ja for line in proposal.benefits)


def test_a_ratio_of_ones_own_is_not_passed_off_as_the_measured_one() -> None:
    site = cases.care_home()
    job = site.jobs[0]
    chosen = replace(job.relief, ratio=0.3, likely=job.relief.covered * 0.3)
    told = " ".join(line.ja for line in propose(site, replace(job, relief=chosen)).benefits)
    assert "この案で選んだ割合" in told
    assert limits()["relief_ratio"].source.ja not in told


def test_a_job_that_relieves_nobody_promises_nothing() -> None:
    site = cases.care_home()
    advice = cases.with_tasks(site.jobs[0], mode=Mode.ADVISE)
    proposal = propose(site, replace(advice, relief=Relief(0, 0, 0, 0, 0.6667, 0)))
    assert not proposal.headline.ja
    assert not proposal.before_after
    assert "見込みません" in proposal.benefits[0].ja


def test_the_thin_windows_it_eases_are_named() -> None:
    site = cases.care_home()
    told = [line.ja for job in site.jobs for line in propose(site, job).benefits if "手薄になる時間帯（" in line.ja]
    assert told
    windows = {f"{w.start // 60:02d}:{w.start % 60:02d}" for w in site.windows if w.thin}
    assert all(any(start in line for start in windows) for line in told)


def test_a_broken_limit_is_named_first_with_what_it_means_and_its_source() -> None:
    site = cases.care_home()
    job = site.jobs[0]
    soft = replace(cases.BROKEN, rule="days", hard=False, said=Text("", ""), at_least=True, verified=True)
    proposal = propose(site, replace(job, constraints=(soft, *job.constraints, cases.BROKEN)))
    hard, mild = proposal.broken
    assert hard.mark.ja == "×"
    assert "24時間" in hard.said.ja
    assert "このままでは提案できません" in hard.note.ja
    assert hard.source == cases.BROKEN.source
    assert hard.to_check
    assert mild.mark.ja == "！"
    assert mild.said.ja == "一人あたりの週の就業時間：24時間（20時間以上）"
    assert "承知のうえ" in mild.note.ja
    assert proposal.to_check
    assert len(proposal.limits) == len(propose(site, job).limits)


def test_kept_limits_of_law_and_scheme_are_all_named_and_the_rest_is_counted() -> None:
    for site, job in cases.jobs():
        proposal = propose(site, job)
        named = [c for c in job.constraints if c.ok and c.layer in ("law", "scheme")]
        assert [line.source for line in proposal.limits] and len(proposal.limits) == len(named)
        rest = sum(c.ok for c in job.constraints) - len(named)
        assert str(rest) in proposal.limits_more.ja


def test_what_is_left_alone_is_grouped_bounded_and_led_by_what_the_law_excludes() -> None:
    for site, job in cases.jobs():
        groups = propose(site, job).left_alone
        assert 1 <= len(groups) <= MOST_GROUPS
        assert all(len(group.lines) <= MOST_FLOWS + 1 for group in groups)
    said = [group.reason.ja for group in propose(cases.care_home(), cases.care_home().jobs[0]).left_alone]
    medical = next(at for at, reason in enumerate(said) if "医行為" in reason)
    flows = next(at for at, reason in enumerate(said) if "ひと続き" in reason)
    assert medical < flows


def test_flows_that_stay_whole_are_shown_as_flows_with_their_hours() -> None:
    site = cases.care_home()
    group = next(g for g in propose(site, site.jobs[0]).left_alone if "ひと続き" in g.reason.ja)
    assert re.search(r"起床時ケア → .* → .*（\d\d:\d\d-\d\d:\d\d）", "\n".join(line.ja for line in group.lines))


def test_the_stages_of_a_job_are_shown_and_only_those_ahead_amend_its_contract() -> None:
    site = cases.care_home()
    last = next(job for job in site.jobs if job.stage == 3)
    family = family_of(site.jobs, last)
    middle = propose(site, family[1])
    assert [line.here for line in middle.steps] == [False, True, False]
    assert [bool(line.amends.ja) for line in middle.steps] == [False, False, True]
    work, *further = family[2].step.amends  # type: ignore[union-attr]
    assert all(text.ja in middle.steps[2].amends.ja for text in further)
    assert work.ja.startswith("業務の内容") and "業務の内容" in middle.steps[2].amends.ja
    assert work.ja not in middle.steps[2].amends.ja, "what is added is named once, beside it"
    added = {site.task_labels[task].ja for task, _ in family[2].step.tasks}  # type: ignore[union-attr]
    assert all(name in middle.steps[2].adds.ja or "ほか" in middle.steps[2].adds.ja for name in added)


def test_a_shaped_job_takes_its_place_among_the_stages_and_says_that_the_others_are_older() -> None:
    site = cases.care_home()
    job = next(job for job in site.jobs if job.stage == 2)
    shaped = replace(job, title=Text("手直し", "reshaped"), weekly_hours=3.0, step=None, slots=job.slots[:1])
    proposal = propose(site, shaped, Draft(site.site, (), base=job.id))
    here = next(line for line in proposal.steps if line.here)
    assert here.hours.ja.startswith("週3時間")
    assert "手直しする前" in proposal.steps_note.ja
    assert not propose(site, job).steps_note.ja


def test_a_single_stage_tells_of_no_steps() -> None:
    site = cases.nursery()
    alone = next(job for job in site.jobs if len(family_of(site.jobs, job)) == 1)
    assert propose(site, alone).steps == ()


def test_evidence_names_days_dates_and_how_sure_and_one_day_is_provisional() -> None:
    site = cases.care_home()
    job = site.jobs[0]
    told = " ".join(line.ja for line in propose(site, job).evidence)
    dates = sorted({o.date for o in site.occurrences if o.unit == job.slots[0].unit})
    assert f"{len(dates)}日（{dates[0]}〜{dates[-1]}）" in told
    assert "確か" in told
    once = replace(
        site,
        occurrences=tuple(o for o in site.occurrences if o.date == dates[0]),
        days_of_unit=dict.fromkeys(site.units, 1),
    )
    told = " ".join(line.ja for line in propose(once, job).evidence)
    assert "1日だけでは" in told
    assert "仮の判断" in told


def test_a_record_made_up_for_teaching_says_so() -> None:
    site = cases.care_home()
    assert site.constructed
    assert propose(site, site.jobs[0]).notice.ja
    assert not propose(replace(site, constructed=False), site.jobs[0]).notice.ja


def test_a_task_put_in_against_its_verdict_keeps_its_mark() -> None:
    site = cases.care_home()
    assert {line.mark.ja for line in propose(site, cases.unsuitable(site.jobs[0])).tasks} == {"×"}


def test_several_units_are_told_apart_by_letters_that_are_explained() -> None:
    site = cases.nursery()
    job = next(job for job in site.jobs if len({slot.unit for slot in job.slots}) > 1)
    proposal = propose(site, job)
    assert all(f"：{unit_name(slot.unit).ja}" in proposal.week.units.ja for slot in job.slots)
    cells = {cell.text.ja for row in proposal.week.rows for cell in row.cells if cell.on}
    assert cells >= {"■ A", "■ B"}
    assert all(line.when.ja[0] in "AB" for line in proposal.tasks)


def test_the_week_grid_adds_up_to_the_hours_of_the_job() -> None:
    for site, job in cases.jobs():
        week = propose(site, job).week
        total = sum(float(text.ja.removesuffix("時間")) for text in week.totals if text.ja)
        assert total == pytest.approx(job.weekly_hours)


def test_a_shared_job_says_what_falls_to_each() -> None:
    site = cases.care_home()
    shared = propose(site, replace(site.jobs[0], people=2))
    assert "2人で分け合います" in shared.people.ja
    assert "2 persons" in shared.summary.en


def test_a_job_without_hours_still_has_a_sheet() -> None:
    site = cases.care_home()
    empty = replace(site.jobs[0], slots=(), weekly_hours=0.0, relief=Relief(0, 0, 0, 0, 0, 0))
    proposal = propose(site, empty)
    assert proposal.tasks == ()
    assert proposal.week.rows == ()
    assert proposal.shifts == ()


def test_the_same_job_gives_the_same_sheet() -> None:
    site = cases.nursery()
    assert all_words(propose(site, site.jobs[-1])) == all_words(propose(site, site.jobs[-1]))


def test_a_unit_is_named_as_people_say_it_and_only_where_there_are_several() -> None:
    site = cases.care_home()
    proposal = propose(site, site.jobs[0])
    told = "".join(text.ja for text in (proposal.title, proposal.unit, *proposal.evidence))
    assert proposal.title.ja.startswith("ユニット1：") and proposal.title.en.startswith("Unit 1: ")
    assert "unit-1" not in told
    alone = shape(replace(site, units=("unit-1",)), draft_of(site, site.jobs[0]))
    assert "ユニット" not in alone.title.ja and alone.title.en[:4] != "Unit"
