"""Workdays and columns are two sides of one thing: nothing is lost either way."""

from __future__ import annotations

import dataclasses
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from carveout.model import Kind, Trigger
from carveout.observations import read, read_bytes, write_yaml
from carveout.workday import Person, Row, SiteHead, Workday, timeline_of, timeline_of_sites, workdays_of

from .strategies import HEAD, workdays

SITES = Path(__file__).parents[2] / "site_observations"


def same(one: object, other: object, place: str = "timeline") -> None:
    """Both hold the same, column by column."""
    if dataclasses.is_dataclass(one):
        for each in dataclasses.fields(one):
            same(getattr(one, each.name), getattr(other, each.name), f"{place}.{each.name}")
    elif isinstance(one, np.ndarray):
        assert isinstance(other, np.ndarray)
        assert one.dtype == other.dtype, place
        assert np.array_equal(one, other), place
    else:
        assert one == other, place


def unnamed(day: Workday) -> Workday:
    return replace(day, rows=tuple(replace(row, id="") for row in day.rows))


@pytest.mark.parametrize("names", [["care-home-a.yaml"], ["nursery-a.yaml"], ["care-home-a.yaml", "nursery-a.yaml"]])
def test_the_bundled_sites_come_back_column_by_column(names):
    timeline = read([SITES / name for name in names]).timeline
    same(timeline, timeline_of_sites(workdays_of(timeline)).timeline)


def test_the_bundled_sites_say_the_same_as_documents():
    timeline = read([SITES / "care-home-a.yaml"]).timeline
    ((head, days),) = workdays_of(timeline)
    assert write_yaml(timeline_of(head, days).timeline, 0) == write_yaml(timeline, 0)
    assert (head.id, head.kind, head.constructed, len(days)) == ("care-home-a", Kind.CARE_HOME, True, 20)


@given(st.lists(workdays(open_rows=False, least=1), min_size=1, max_size=4))
def test_days_come_back_as_they_were(days):
    timeline = timeline_of(HEAD, days).timeline
    ((head, back),) = workdays_of(timeline)
    assert head == HEAD
    assert len(back) == len(days)
    for before, after in zip(days, back, strict=True):
        assert unnamed(replace(after, staff=())) == unnamed(replace(before, staff=()))
    again = timeline_of(head, back)
    same(timeline, again.timeline)
    assert [unnamed(day) for _, found in workdays_of(again.timeline) for day in found] == [unnamed(day) for day in back]


@given(workdays(open_rows=False, least=1))
def test_the_people_of_a_day_come_back(day):
    ((_, (back,)),) = workdays_of(timeline_of(HEAD, [day]).timeline)
    assert back.staff == tuple(person for person in day.staff if person.on)


def test_roles_come_back_even_of_people_without_hours():
    day = Workday(
        "home", "2026-06-01", "u", "jc",
        (Person("s1", "care_worker", ((420, 720), (780, 960))), Person("s2", "nurse")),
        (Row("r1", 540, 550, "serving", ("s2",)),),
    )  # fmt: skip
    ((_, (back,)),) = workdays_of(timeline_of(HEAD, [day]).timeline)
    assert back.staff == day.staff


def test_every_row_comes_back_with_an_id_of_its_own():
    ((_, days),) = workdays_of(read([SITES / "care-home-a.yaml"]).timeline)
    ids = [row.id for day in days for row in day.rows]
    assert len(set(ids)) == len(ids) > 1000


def test_a_typed_day_means_what_a_document_means():
    head = SiteHead(
        "home", Kind.CARE_HOME, "ホーム",
        tasks={"tea": {"ja": "お茶会", "nature": "interaction"}},
        reported=({"task": "bed_setting", "weekday": "mon", "start": "09:00", "end": "10:30", "told_by": "head"},),
    )  # fmt: skip
    day = Workday(
        "home", "2026-06-01", "u1", "jc-01", (Person("s1", "care_worker", ((420, 960),)),),
        (Row("1", 540, 555, "配膳", ("s1",)), Row("2", 1430, 1460, "お茶会", ("s1", "s2"), Trigger.ON_DEMAND, "窓")),
    )  # fmt: skip
    document = """
format: carveout-observation/1
site: {id: home, kind: care_home, name: ホーム}
tasks:
  tea: {ja: お茶会, nature: interaction}
days:
  - date: 2026-06-01
    unit: u1
    observer: jc-01
    staff:
      - {id: s1, role: care_worker, on: "07:00-16:00"}
    timeline:
      - {start: "09:00", end: "09:15", staff: s1, task: 配膳}
      - {start: "23:50", end: "00:20", next_day: true, staff: [s1, s2], task: お茶会, trigger: on_demand, note: 窓}
reported:
  - {task: bed_setting, weekday: mon, start: "09:00", end: "10:30", told_by: head}
"""
    same(read_bytes("home.yaml", document.encode()).timeline, timeline_of(head, [day]).timeline)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (Row("x", 540, None, "serving", ("s1",)), "open_row"),
        (Row("x", 560, 540, "serving", ("s1",)), "impossible_row"),
        (Row("x", -5, 540, "serving", ("s1",)), "impossible_row"),
        (Row("x", 540, 4000, "serving", ("s1",)), "impossible_row"),
        (Row("x", 540, 550, " ", ("s1",)), "row_without_task"),
    ],
)
def test_a_row_no_timeline_can_hold_is_left_out_and_told(row, code):
    day = Workday("home", "2026-06-01", "u1", rows=(Row("a", 500, 510, "serving", ("s1",)), row))
    reading = timeline_of(HEAD, [day])
    assert reading.timeline.n_rows == 1
    (problem,) = [one for one in reading.problems if one.code == code]
    assert "2026-06-01 u1" in problem.place
    assert problem.severity == "warning"
    assert "{" not in problem.message("ja") + problem.message("en")


def test_warnings_name_the_day_and_the_time():
    day = Workday("home", "2026-06-01", "u1", rows=(Row("a", 500, 510, "何かの仕事", ("s1",)),))
    (problem,) = timeline_of(SiteHead("home", Kind.OTHER), [day]).problems
    assert (problem.code, problem.place) == ("unknown_task", "2026-06-01 u1 08:20")


def test_a_site_without_a_finished_row_gives_an_empty_timeline():
    timeline = timeline_of(HEAD, [Workday("home", "2026-06-01", "u1")]).timeline
    assert (timeline.n_rows, timeline.sites.id) == (0, ())
    assert workdays_of(timeline) == ()


def test_days_of_another_site_are_not_taken_for_this_one():
    day = Workday("other", "2026-06-01", "u1", rows=(Row("a", 500, 510, "serving", ("s1",)),))
    assert timeline_of(HEAD, [day]).timeline.n_rows == 0


@given(st.lists(workdays(least=1), min_size=1, max_size=3))
def test_two_sites_come_back_apart(days):
    other = replace(HEAD, id="other")
    theirs = [replace(day, site="other") for day in days]
    assume(any(row.end is not None for day in days for row in day.rows))
    both = workdays_of(timeline_of_sites([(HEAD, days), (other, theirs)]).timeline)
    assert [head.id for head, _ in both] == ["home", "other"]
    assert [unnamed(replace(day, site="")) for day in both[0][1]] == [
        unnamed(replace(day, site="")) for day in both[1][1]
    ]


ODD_ROWS = st.builds(
    Row,
    id=st.just("r"),
    start=st.integers(-200, 4000),
    end=st.none() | st.integers(-200, 4000),
    task=st.sampled_from(("", " ", "serving", "配膳", "何か", "<b>", "=1+1")),
    staff=st.lists(st.sampled_from(("s1", "s1", "S1", "ｓ１", "")), max_size=3).map(tuple),
    trigger=st.sampled_from((None, *Trigger)),
    note=st.text(max_size=5),
)
ODD_PEOPLE = st.builds(
    Person,
    id=st.sampled_from(("s1", "s2", "")),
    role=st.sampled_from(("", "a", "b")),
    on=st.lists(st.tuples(st.integers(-10, 5000), st.integers(-10, 5000)), max_size=2).map(tuple),
)


@given(st.lists(st.tuples(st.lists(ODD_ROWS, max_size=5), st.lists(ODD_PEOPLE, max_size=3)), max_size=3))
def test_however_odd_the_days_are_what_can_be_held_is_held(days):
    made = [
        Workday("home", f"2026-06-0{number + 1}", "", "", tuple(staff), tuple(rows))
        for number, (rows, staff) in enumerate(days)
    ]
    reading = timeline_of(HEAD, made)
    left_out = [
        problem for problem in reading.problems if problem.code in ("open_row", "impossible_row", "row_without_task")
    ]
    assert reading.timeline.n_rows + len(left_out) == sum(len(day.rows) for day in made)
    for head, back in workdays_of(reading.timeline):
        same(reading.timeline, timeline_of(head, back).timeline)
