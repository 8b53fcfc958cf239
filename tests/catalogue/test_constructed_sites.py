"""The two constructed sites: reproducible, marked as constructed, believable, and accepted by the reader."""

from __future__ import annotations

import statistics
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from carveout.catalogue import catalogue
from carveout.observations import read
from tests.catalogue.site_rows import (
    FILES,
    FOLDER,
    HOME,
    NURSERY,
    document,
    duty_of,
    follows,
    minutes,
    of,
    rows_of,
)

UNKNOWN_ON_PURPOSE = {"care-home-a.yaml": {"面会者の駐車案内"}, "nursery-a.yaml": {"だんごむし探し"}}


def test_the_script_writes_the_same_bytes_again(tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(FOLDER / "construct.py"), str(tmp_path)], check=True)
    for name in FILES:
        assert (tmp_path / name).read_bytes() == (FOLDER / name).read_bytes()


@pytest.mark.parametrize("name", FILES)
def test_the_file_says_in_both_languages_that_it_is_constructed(name: str) -> None:
    head = (FOLDER / name).read_text(encoding="utf-8").split("format:")[0]
    assert "組み立てたもの" in head and "constructed" in head
    assert document(name)["constructed"] is True


@pytest.mark.parametrize("name", FILES)
def test_two_weeks_of_weekdays_in_each_of_several_units(name: str) -> None:
    seen = defaultdict(set)
    for day in document(name)["days"]:
        seen[day["unit"]].add(day["date"])
    assert len(seen) >= 2
    for dates in seen.values():
        assert len(dates) == 10
        assert Counter(d.weekday() for d in dates) == dict.fromkeys(range(5), 2)
    assert 700 < len(rows_of(name)) < 1500


@pytest.mark.parametrize(("name", "warned"), list(zip(FILES, (2, 1), strict=True)))
def test_the_reader_accepts_the_file_with_the_intended_warnings_only(name: str, warned: int) -> None:
    reading = read([FOLDER / name])
    assert reading.timeline.n_rows == len(rows_of(name))
    assert reading.timeline.sites.constructed == (True,)
    assert [p.severity for p in reading.problems] == ["warning"] * warned
    mentioned = " ".join(p.message("ja") for p in reading.problems)
    assert all(label in mentioned for label in UNKNOWN_ON_PURPOSE[name])


@pytest.mark.parametrize("name", FILES)
def test_every_label_has_a_task_but_the_one_meant_to_be_unknown(name: str) -> None:
    known = {*catalogue().tasks, *document(name).get("tasks", {})}
    assert {r.task for r in rows_of(name)} - known == UNKNOWN_ON_PURPOSE[name]


@pytest.mark.parametrize("name", FILES)
def test_rows_are_in_written_order_and_times_are_sound(name: str) -> None:
    for day in document(name)["days"]:
        starts = [minutes(row["start"]) for row in day["timeline"]]
        assert starts == sorted(starts)
        assert all(minutes(row["start"]) < minutes(row["end"]) for row in day["timeline"])


def test_only_the_colleague_from_the_other_unit_is_not_listed() -> None:
    strangers = Counter()
    for name in FILES:
        duty = duty_of(name)
        for row in rows_of(name):
            here = {person for person, _, _ in duty[row.day, row.unit]}
            strangers.update((name, row.task, person) for person in row.staff if person not in here)
    assert strangers == {("care-home-a.yaml", "lunch_assist", "s09"): 2}


@pytest.mark.parametrize("name", FILES)
def test_shifts_rotate_and_people_take_breaks(name: str) -> None:
    duty = duty_of(name)
    first = {entry[0] for (_, unit), entries in duty.items() for entry in entries[:1] if unit != "common"}
    assert len(first) >= 4
    breaks = Counter((key, person) for key, entries in duty.items() for person, _, _ in entries)
    assert sum(stretches > 1 for stretches in breaks.values()) > 40


FLOWS = {
    ("unit-1", "06:30", "10:30"): "wake_up_care breakfast_prep serving breakfast_assist medication oral_care "
    "excretion_care toileting diaper_change cleaning",
    ("unit-1", "09:30", "12:00"): "bath_prep mobility_assist bathing dressing hair_drying hydration",
    ("unit-1", "11:00", "14:30"): "lunch_prep exercise serving lunch_assist medication clearing oral_care toileting "
    "diaper_change cleaning",
    ("unit-1", "14:45", "16:45"): "snack_prep snack_assist clearing toileting",
    ("unit-1", "16:45", "20:00"): "dinner_prep serving dinner_assist medication clearing oral_care toileting "
    "diaper_change bedtime_care",
    ("unit-2", "11:00", "14:30"): "lunch_prep serving lunch_assist medication clearing oral_care toileting "
    "diaper_change cleaning",
    ("unit-2", "13:45", "16:00"): "bath_prep mobility_assist bathing dressing hair_drying hydration",
    ("class-0-1", "10:15", "14:00"): "floor_play hand_washing lunch_prep lunch clearing dressing diaper_change nap "
    "cleaning",
    ("class-0-1", "14:15", "17:00"): "nap_wakeup diaper_change snack_assist clearing individual_play",
    ("class-3-5", "09:30", "13:45"): "floor_play floor_exercise individual_play lunch_prep lunch clearing dressing nap "
    "cleaning",
}


@pytest.mark.parametrize(("place", "tasks"), FLOWS.items(), ids=lambda value: " ".join(value)[:24])
def test_links_of_a_flow_follow_one_another_on_most_days(place: tuple[str, str, str], tasks: str) -> None:
    unit, start, end = place
    rows = HOME if unit.startswith("unit") else NURSERY
    order = tasks.split()
    together = [follows(rows, unit, a, b, start, end) for a, b in pairwise(order)]
    # Lost rows, swapped neighbours and calls that cut in leave gaps, as they do on real sheets.
    assert min(together) >= 5
    assert statistics.mean(together) >= 6.5


def test_a_flow_goes_on_when_a_colleague_takes_over() -> None:
    taken_over = 0
    for unit in ("unit-1", "unit-2"):
        for first, second in (
            ("oral_care", "excretion_care"),
            ("dinner_assist", "medication"),
            ("bathing", "dressing"),
        ):
            for a in of(HOME, unit, first):
                taken_over += any(
                    b.day == a.day and 0 <= b.start - a.end <= 3 and set(b.staff).isdisjoint(a.staff)
                    for b in of(HOME, unit, second)
                )
    assert taken_over >= 3


def quarters(name: str, unit: str, start: str, end: str) -> Iterator[tuple[float, float]]:
    """Mean persons at work and on duty, per quarter hour."""
    rows, duty = [r for r in rows_of(name) if r.unit == unit], duty_of(name)
    dates = {r.day for r in rows}
    for quarter in range(minutes(start), minutes(end), 15):
        work = sum(len(r.staff) * max(0, min(r.end, quarter + 15) - max(r.start, quarter)) for r in rows)
        there = sum(max(0, min(off, quarter + 15) - max(on, quarter)) for d in dates for _, on, off in duty[d, unit])
        yield work / 15 / len(dates), there / 15 / len(dates)


@pytest.mark.parametrize(
    ("name", "unit", "start", "end"),
    [
        ("care-home-a.yaml", "unit-1", "12:00", "12:45"),
        ("care-home-a.yaml", "unit-2", "12:00", "12:45"),
        ("nursery-a.yaml", "class-0-1", "11:30", "12:00"),
    ],
)
def test_work_at_hand_exceeds_staff_on_duty_when_they_are_few(name: str, unit: str, start: str, end: str) -> None:
    load = list(quarters(name, unit, start, end))
    assert all(work > there for work, there in load)
    assert statistics.mean(work for work, _ in load) > 1.3 * statistics.mean(there for _, there in load)


def test_staff_are_enough_in_the_morning() -> None:
    assert all(work < there for work, there in quarters("care-home-a.yaml", "unit-1", "07:00", "11:00"))


def test_calls_are_marked_sometimes_and_sometimes_not() -> None:
    calls = of(HOME, "unit-1", "toileting", "12:00", "12:50")
    assert {call.called for call in calls} == {True, False}


def test_told_but_not_seen_is_kept_apart() -> None:
    told = {(entry["task"], entry.get("weekday")) for entry in document("nursery-a.yaml")["reported"]}
    assert told == {("bed_setting", "mon"), ("canteen_service", None)}
