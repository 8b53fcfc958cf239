"""The day service of dispatch case 1: what its observation shows before any job is made of it."""

from __future__ import annotations

from functools import cache

from carveout.analysis import analyze
from carveout.model import Level, Mode, Pattern, SiteResult, Suitability, Verdict
from carveout.observations import read
from tests.jobs.documents import dispatch_case_1


@cache
def observed() -> SiteResult:
    return analyze(read([dispatch_case_1.FILE]).timeline).site(0)


def verdicts(task: str, mode: Mode) -> list[Verdict]:
    return [v for v in observed().verdicts if (v.task, v.mode) == (task, mode)]


def test_the_document_is_what_its_generator_writes() -> None:
    assert dispatch_case_1.FILE.read_text("utf-8") == dispatch_case_1.document()


def test_nothing_in_it_needs_mending() -> None:
    assert read([dispatch_case_1.FILE]).problems == ()


def test_driving_in_the_morning_and_in_the_evening_is_taken_over_with_conditions() -> None:
    found = verdicts("transport", Mode.TAKE_OVER)
    assert {(v.suitability, v.rule) for v in found} == {(Suitability.CONDITIONAL, "transport-apart")}
    established = {v.pattern: (v.start, v.end) for v in found if v.confidence.level is Level.ESTABLISHED}
    # In the evening the floor's closing round runs while the drivers are out.
    assert set(established) == {Pattern.OTHER, Pattern.OVERLAPPING}
    for window, drive in zip(established.values(), dispatch_case_1.DRIVES, strict=True):
        assert abs(window[0] - drive[0]) <= 10 and abs(window[1] - drive[1]) <= 10
    assert not verdicts("transport", Mode.ASSIST)


def test_small_repairs_between_are_seen_on_four_of_ten_days_and_taken_over_with_conditions() -> None:
    found = verdicts("minor_repairs", Mode.TAKE_OVER)
    assert {(v.suitability, v.rule) for v in found} == {(Suitability.CONDITIONAL, "upkeep-apart")}
    assert sum(len(v.rows) for v in found) == len(dispatch_case_1.REPAIRS) == 4
    (morning, evening) = dispatch_case_1.DRIVES
    assert all(morning[1] < v.start and v.end < evening[0] for v in found)
    assert not verdicts("minor_repairs", Mode.ASSIST)


def test_care_is_assisted_at_lunch_and_between_and_no_link_of_it_is_taken_over() -> None:
    links = {task for chain in observed().chains for task in chain.tasks}
    assert {len(chain.tasks) for chain in observed().chains} == {4, 6}
    for task in links:
        taken = verdicts(task, Mode.TAKE_OVER)
        assert Suitability.UNSUITABLE in {v.suitability for v in taken}
        assert {v.suitability for v in taken} <= {Suitability.UNSUITABLE, Suitability.UNDETERMINED}
    for task in ("lunch_assist", "watching_over", "listening", "toileting", "recreation"):
        assert {v.suitability for v in verdicts(task, Mode.ASSIST)} == {Suitability.SUITABLE}
    (thin,) = observed().windows
    assert (thin.start, thin.end) == (720, 765)
