"""The report's dispatch case 1, grown again from an observation document: driving, then repairs, then assistance."""

from __future__ import annotations

from pathlib import Path

import pytest

from carveout.analysis import analyze
from carveout.jobs import family_of
from carveout.model import Aim, Job, Mode
from carveout.observations import read

DOCUMENT = Path(__file__).parent / "documents" / "dispatch-case-1.yaml"


@pytest.fixture(scope="module")
def stages() -> tuple[Job, ...]:
    result = analyze(read([DOCUMENT]).timeline).site(0)
    first = next(job for job in result.jobs if job.step is None and Aim.APART in (job.aim, *job.also))
    return family_of(result.jobs, first)


def tasks(job: Job) -> set[tuple[str, Mode]]:
    return {(t.task, t.mode) for slot in job.slots for t in slot.tasks if t.promised}


def test_it_grows_in_three_stages(stages: tuple[Job, ...]) -> None:
    assert [job.stage for job in stages] == [1, 2, 3]


def test_it_begins_with_driving_alone_two_hours_in_the_morning_and_two_in_the_evening(stages: tuple[Job, ...]) -> None:
    first = stages[0]
    assert tasks(first) == {("transport", Mode.TAKE_OVER)}
    days = {slot.weekday for slot in first.slots}
    assert len(days) == 5
    for day in days:
        morning, evening = (slot for slot in first.slots if slot.weekday is day)
        assert (morning.start, morning.end, evening.start, evening.end) == (480, 600, 930, 1050)
    assert first.weekly_hours == 20.0 and first.people == 1
    assert first.channel == "contract"


def test_small_repairs_between_the_rounds_come_second(stages: tuple[Job, ...]) -> None:
    second = stages[1]
    assert ("minor_repairs", Mode.TAKE_OVER) in {(t.task, t.mode) for slot in second.slots for t in slot.tasks}
    assert not any(mode is Mode.ASSIST for _, mode in tasks(second))
    assert second.step is not None and ("minor_repairs", Mode.TAKE_OVER) in second.step.tasks
    assert second.hours_per_person <= 20.0 < second.weekly_hours and second.people == 2


def test_help_beside_staff_comes_third_and_makes_it_a_dispatch(stages: tuple[Job, ...]) -> None:
    third = stages[2]
    assert any(mode is Mode.ASSIST for _, mode in tasks(third))
    assert third.channel == "dispatch"
    assert third.step is not None
    terms = " ".join(text.ja for text in third.step.amends)
    assert "指示をする人" in terms and "派遣" in terms
    shortest = min(
        sum(slot.end - slot.start for slot in third.slots if slot.weekday is day)
        for day in {slot.weekday for slot in third.slots}
    )
    assert shortest >= 6 * 60  # from morning to evening
    assert not any(check.hard for check in third.broken)
