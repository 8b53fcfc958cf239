"""BORIS exports, old and new: matched by heading, seconds on the clock, starts paired with stops."""

from __future__ import annotations

import pytest

from carveout.exchange import Imported, Mapping, read_file, recognise
from carveout.model import Trigger

OLD = (
    "Observation id,Observation date,Description,Media file,Total length,FPS,Subject,Behavior,Behavioral category,"
    "Modifiers,Behavior type,Start (s),Stop (s),Duration (s),Comment start,Comment stop\n"
)
NEW = (
    "Observation id,Observation date,Description,Observation duration,Observation type,Source,Time offset (s),"
    "Media duration (s),FPS (frame/s),Subject,Observation duration by subject by observation,Behavior,"
    "Behavioral category,Modifier #1,Modifier #2,Behavior type,Start (s),Stop (s),Duration (s),Media file name,"
    "Image index start,Image index stop,Comment start,Comment stop\n"
)
TABULAR = (
    "Observation id\tObservation date\tDescription\tObservation duration\tObservation type\tSource\tTime offset (s)\t"
    "Media duration (s)\tFPS\tSubject\tBehavior\tBehavioral category\tModifier #1\tBehavior type\tTime\t"
    "Media file name\tImage index\tImage file path\tComment\n"
)
TABULAR_OLD = (
    "Observation id,day 1\n,\nObservation date,2026-06-01 09:00:00\nDescription,\nTime offset (s),0\n,\n"
    "Time,Media file path,Total length,FPS,Subject,Behavior,Behavioral category,Comment,Status\n"
)


def read(text: str, mapping: Mapping | None = None, name: str = "b.csv") -> Imported:
    return read_file(name, text.encode(), mapping)


def rows(found: Imported) -> list[tuple[int, int | None, str, tuple[str, ...]]]:
    return [(one.start, one.end, one.task, one.staff) for day in found.days for one in day.rows]


def codes(found: Imported) -> list[str]:
    return [problem.code for problem in found.problems]


def test_old_headings() -> None:
    found = read(
        OLD + "o1,2026-06-01 09:00:00,,a.mp4,900,25,s1,配膳,,急,STATE,60.0,300.5,240.5,begun,done\n"
        "o1,2026-06-01 09:00:00,,a.mp4,900,25,s2,トイレ誘導,,,POINT,120.0,120.0,NA,,\n"
    )
    assert found.format is not None and found.format.id == "boris"
    assert rows(found) == [(541, 545, "serving", ("s1",)), (542, 542, "toileting", ("s2",))]
    assert found.days[0].rows[0].note == "急 / begun done"
    assert [found.days[0].date, found.days[0].unit] == ["2026-06-01", "unit-1"]
    assert codes(found) == ["started_at", "no_site", "no_kind"]


def test_times_with_colons_count_from_the_start_too() -> None:
    found = read(OLD + "o1,2026-06-01 09:00:00,,a.mp4,900,25,s1,配膳,,,STATE,00:01:00.000,00:05:00.500,240.5,,\n")
    assert rows(found) == [(541, 545, "serving", ("s1",))]


def test_new_headings_in_any_order() -> None:
    line = "o1,2026-06-01 09:00:00,,900,Live,NA,0,NA,NA,s1,1,配膳,c,planned,quick,STATE,0,59.9,59.9,NA,NA,NA,,\n"
    found = read(NEW + line)
    assert rows(found) == [(540, 540, "serving", ("s1",))]
    assert found.days[0].rows[0].trigger is Trigger.PLANNED
    assert found.days[0].rows[0].note == "quick"
    headings, cells = NEW.strip().split(","), line.strip().split(",")
    backwards = ",".join(reversed(headings)) + "\n" + ",".join(reversed(cells)) + "\n"
    assert rows(read(backwards)) == rows(found)


def test_an_automatic_stop_joins_the_next_start() -> None:
    found = read(
        OLD + "o,2026-06-01 09:00:00,,a,9,25,s1,配膳,,,STATE,0.0,299.999,299.999,,\n"
        "o,2026-06-01 09:00:00,,a,9,25,s1,下膳,,,STATE,300.0,600.0,300,,\n"
    )
    assert [one[:2] for one in rows(found)] == [(540, 545), (545, 550)]


def test_tabular_events_pair_by_behaviour_and_subject() -> None:
    common = "o\t2026-06-01 09:00:00\t\t9\tLive\tNA\t30\tNA\tNA\t"
    found = read(
        TABULAR + f"{common}s1\t配膳\t\t\tSTART\t0\tNA\t\t\tfirst\n"
        f"{common}s2\t配膳\t\t\tSTART\t60\tNA\t\t\t\n"
        f"{common}s1\t配膳\t\t\tSTOP\t120\tNA\t\t\tlast\n"
        f"{common}s1\t見守り\t\ton_demand\tPOINT\t180\tNA\t\t\t\n"
        f"{common}s2\t配膳\t\t\tSTOP\t240\tNA\t\t\t\n",
        name="t.tsv",
    )
    assert found.format is not None and found.format.id == "boris-tabular"
    assert rows(found) == [
        (540, 542, "serving", ("s1",)), (541, 544, "serving", ("s2",)), (543, 543, "watching_over", ("s1",)),
    ]  # fmt: skip
    assert found.days[0].rows[0].note == "first last"
    assert found.days[0].rows[2].trigger is Trigger.ON_DEMAND


def test_old_tabular_events_tell_the_day_above_the_table() -> None:
    found = read(TABULAR_OLD + "60,v.mp4,9,25,s1,配膳,,,START\n120,v.mp4,9,25,s1,配膳,,,STOP\n")
    assert rows(found) == [(541, 542, "serving", ("s1",))]
    assert found.days[0].date == "2026-06-01"


def test_a_start_without_a_stop_stays_open_and_a_stop_without_a_start_is_a_moment() -> None:
    found = read(TABULAR_OLD + "60,v,9,25,s1,配膳,,,START\n120,v,9,25,s1,下膳,,,STOP\n90,v,9,25,s1,清掃,,,MAYBE\n")
    assert rows(found) == [(541, None, "serving", ("s1",)), (542, 542, "clearing", ("s1",))]
    assert [(one.code, one.line) for one in found.problems if one.code in ("no_start", "no_end", "bad_type")] == [
        ("no_end", 8), ("no_start", 9), ("bad_type", 10),
    ]  # fmt: skip


def test_a_mapping_gives_the_day_and_hour_of_the_recording() -> None:
    text = OLD + "o,2026-07-01 13:26:24,,a,9,25,s1,配膳,,,STATE,0,60,60,,\n"
    assert rows(read(text, Mapping(date="2026-06-01", origin="9:00"))) == [(540, 541, "serving", ("s1",))]
    told = read(text, Mapping(starts={"o": "2026-06-02 10:00"}))
    assert (told.days[0].date, told.days[0].rows[0].start) == ("2026-06-02", 600)
    assert "started_at" not in codes(told)


def test_two_observations_of_one_day_are_joined_or_told_apart_by_their_id() -> None:
    text = OLD + "".join(f"{one},2026-06-01,,a,9,25,s1,配膳,,,STATE,0,60,60,,\n" for one in ("o1", "o2"))
    joined = read(text)
    assert (len(joined.days), "observations_joined" in codes(joined)) == (1, True)
    apart = read(text, Mapping(columns={"observer": "Observation id"}))
    assert [day.observer for day in apart.days] == ["o1", "o2"]
    assert "observations_joined" not in codes(apart)


def test_without_any_day_nothing_is_placed_and_the_day_is_asked_for() -> None:
    found = read(OLD + "o,,,a,9,25,s1,配膳,,,STATE,0,60,60,,\n")
    assert (found.days, found.missing) == ((), ("date",))
    assert "no_date" in codes(found)
    placed = read(OLD + "o,,,a,9,25,s1,配膳,,,STATE,0,60,60,,\n", Mapping(date="2026-06-01"))
    assert rows(placed) == [(0, 1, "serving", ("s1",))]
    assert "no_origin" in codes(placed)


def test_names_of_people_become_ids_and_say_so() -> None:
    found = read(
        OLD + "o,2026-06-01,,a,9,25,山田花子,配膳,,,STATE,0,60,60,,\n"
        "o,2026-06-01,,a,9,25,s1,配膳,,,STATE,60,120,60,,\n"
        "o,2026-06-01,,a,9,25,No focal subject,配膳,,,STATE,120,180,60,,\n"
        "o,2026-06-01,,a,9,25,<b>x</b>,配膳,,,STATE,180,240,60,,\n"
    )
    assert [one[3] for one in rows(found)] == [("s2",), ("s1",), (), ("s3",)]
    assert [(one.name, one.id) for one in found.new_people] == [("山田花子", "s2"), ("<b>x</b>", "s3")]
    assert "renamed" in codes(found)


@pytest.mark.parametrize("value", ["NA", "", "inf", "nan", "1e99", "abc", "=1+1", "-99999999"])
def test_a_time_that_is_none_is_a_problem_with_its_line(value: str) -> None:
    found = read(OLD + f"o,2026-06-01,,a,9,25,s1,配膳,,,STATE,{value},60,60,,\n")
    assert {(one.code, one.line, one.field) for one in found.problems if one.severity == "error"} == {
        ("bad_time", 2, "Start (s)"), ("no_rows", None, ""),
    }  # fmt: skip


def test_either_kind_is_recognised_whatever_the_file_is_called() -> None:
    for name in ("x.csv", "x.tsv", "x.txt", "x"):
        assert getattr(recognise(name, OLD.encode()), "id", "") == "boris"
        assert getattr(recognise(name, TABULAR.encode()), "id", "") == "boris-tabular"
