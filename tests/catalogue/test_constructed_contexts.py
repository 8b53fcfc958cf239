"""Every line of the report's findings occurs, in its context, on the constructed sites."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date

import pytest

from tests.catalogue.site_rows import HOME, NURSERY, Row, days, document, follows, of


def _noon_calls(task: str) -> int:
    """Days on which the task shares time with the running meal of unit-1 without being its link."""
    flow = [
        r
        for t in ("lunch_assist", "medication", "clearing", "oral_care")
        for r in of(HOME, "unit-1", t, "11:30", "13:30")
    ]
    calls = of(HOME, "unit-1", task, "12:00", "13:00")
    return days([c for c in calls if any(c.overlaps(f) and f is not c for f in flow)])


def _infants_calls(task: str) -> int:
    meals = of(NURSERY, "class-0-1", "lunch", "11:00", "12:10")
    return days([c for c in of(NURSERY, "class-0-1", task, "11:15", "12:10") if any(c.overlaps(m) for m in meals)])


def _hall_songs() -> int:
    play = of(NURSERY, "class-3-5", "floor_play") + of(NURSERY, "class-3-5", "floor_exercise")
    return days([s for s in of(NURSERY, "class-3-5", "singing_along") if any(s.overlaps(p) for p in play)])


def _recreation() -> int:
    return days([r for r in of(HOME, "unit-1", "recreation", "13:30", "15:30") if len(r.staff) == 2])


def _only_on(rows: list[Row], task: str, weekday: int) -> int:
    """Minutes of a task on its weekday; 0 if it also comes on another."""
    found = [r for r in rows if r.task == task]
    return 0 if any(r.day.weekday() != weekday for r in found) else min(minutes_by_day(found).values())


def minutes_by_day(rows: list[Row]) -> Counter[date]:
    total: Counter[date] = Counter()
    for r in rows:
        total[r.day] += r.end - r.start
    return total


def _cleaner() -> int:
    """Days on which one person cleans for more than five hours and does nothing but cleaning and small favours."""
    cleaner = [r for r in NURSERY if "c01" in r.staff]
    assert {r.task for r in cleaner} == {"cleaning", "pickup_support", "minor_repairs"}
    return sum(total > 300 for total in minutes_by_day([r for r in cleaner if r.task == "cleaning"]).values())


def _advice() -> int:
    wanted = {"near_miss_review", "safety_management", "environment_management", "emergency_response"}
    found = [r for r in HOME if r.task in wanted]
    assert {r.task for r in found} == wanted and {r.staff for r in found} == {("h01",)}
    return min(days([r for r in found if r.task == task]) for task in wanted)


def _canteen() -> int:
    assert document("nursery-a.yaml")["tasks"]["canteen_service"]["supplier"] == "contracted"
    return days(of(NURSERY, "common", "canteen_service"))


# Each line of the report's findings, where the constructed days must hold it: (sentence, count, at least).
CONTEXTS: list[tuple[str, Callable[[], int], int]] = [
    (
        "2: cleaning ends the morning flow of a care unit",
        lambda: follows(HOME, "unit-1", "diaper_change", "cleaning", "08:00", "11:00"),
        8,
    ),
    ("3: listening during the lunch hour", lambda: _noon_calls("listening"), 7),
    ("3: meal assistance beside the flow", lambda: max(_noon_calls("lunch_assist"), _noon_calls("meal_assist")), 5),
    ("3: watching over during the lunch hour", lambda: _noon_calls("watching_over"), 8),
    ("3: sewing while the flow goes on", lambda: _noon_calls("sewing"), 5),
    ("3: kanji practice while the flow goes on", lambda: _noon_calls("kanji_practice"), 5),
    ("4: diapers called for during the meal", lambda: _noon_calls("diaper_change"), 3),
    ("4: dressing called for during the meal", lambda: _noon_calls("dressing"), 3),
    ("4: toilet called for during the meal", lambda: _noon_calls("toileting"), 7),
    ("5: recreation led by two of the staff", _recreation, 7),
    (
        "6: recreation planned on some days",
        lambda: days(of(HOME, "unit-1", "recreation_planning") + of(HOME, "unit-2", "recreation_planning")),
        3,
    ),
    ("7: the head reviews near misses, safety, environment, emergencies", _advice, 2),
    (
        "9: the nursery's meal preparation leads into the meal",
        lambda: follows(NURSERY, "class-0-1", "lunch_prep", "lunch", "10:30", "13:00"),
        8,
    ),
    ("10: spills at the infants' lunch", lambda: _infants_calls("spill_cleaning"), 8),
    ("10: feeding at the infants' lunch", lambda: _infants_calls("feeding"), 8),
    ("10: diapers at the infants' lunch", lambda: _infants_calls("diaper_change"), 6),
    ("10: dressing at the infants' lunch", lambda: _infants_calls("dressing"), 5),
    ("10: toilet at the infants' lunch", lambda: _infants_calls("toileting"), 5),
    ("10: talking at the infants' lunch", lambda: _infants_calls("talking"), 6),
    ("10: reports written in the break", lambda: _infants_calls("report_writing"), 4),
    (
        "11: cots set out on Mondays only, more than an hour",
        lambda: _only_on([r for r in NURSERY if r.unit == "class-0-1"], "bed_setting", 0),
        60,
    ),
    ("11: linen changed on Tuesdays only, more than an hour", lambda: _only_on(HOME, "linen_change", 1), 60),
    ("12: singing along with the hall play", _hall_songs, 7),
    ("13: one cleaner all day", _cleaner, 10),
    ("14: the canteen is an outside contractor's", _canteen, 10),
]


@pytest.mark.parametrize(("sentence", "count", "at_least"), CONTEXTS, ids=[c[0] for c in CONTEXTS])
def test_context_of_a_finding(sentence: str, count: Callable[[], int], at_least: int) -> None:
    assert count() >= at_least
