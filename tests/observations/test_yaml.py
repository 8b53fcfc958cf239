"""Observation documents in YAML: what they mean, and what is said when they are wrong."""

from __future__ import annotations

import numpy as np
import pytest

from carveout.observations import read_uploads
from carveout.timeline import TRIGGER_ON_DEMAND, TRIGGER_UNKNOWN
from tests.observations.documents import DOCUMENT, codes, differences, of_yaml, refused, rows_as_text

HEAD = "format: carveout-observation/1\nsite: {id: a, kind: care_home}\n"


def one_row(row: str) -> str:
    return f"{HEAD}days:\n  - date: 2026-06-01\n    unit: u\n    timeline:\n      - {row}\n"


def test_the_contracts_example_reads_as_it_says() -> None:
    reading = of_yaml(DOCUMENT)
    t = reading.timeline
    assert rows_as_text(reading) == [
        ("care-home-a", "2026-06-01", "unit-1", 0, 0, 420, 450, ("s1",), "wake_up_care", TRIGGER_UNKNOWN, ""),
        ("care-home-a", "2026-06-01", "unit-1", 0, 1, 723, 731, ("s1", "s2"), "toileting", TRIGGER_ON_DEMAND,
         "two residents"),
        ("care-home-a", "2026-06-01", "unit-1", 0, 2, 780, 800, ("s2",), "garden", TRIGGER_UNKNOWN, ""),
    ]  # fmt: skip
    assert reading.problems == ()
    assert t.sites.name == ("介護老人ホームA",) and t.sites.constructed == (False,)
    stretches = zip(t.duty.staff.tolist(), t.duty.on.tolist(), t.duty.off.tolist(), strict=True)
    assert [(t.staff[s], on, off) for s, on, off in stretches] == [
        ("s1", 420, 960), ("s2", 540, 720), ("s2", 765, 1080),
    ]  # fmt: skip
    assert t.staff_role == ("care_worker", "care_worker")
    assert t.tasks.nature[t.tasks.code.index("near_miss_review")] == "advisory"
    assert (t.reported.weekday[0], t.reported.start[0], t.reported.end[0]) == (0, 540, 630)
    assert t.tasks.code[t.reported.task[0]] == "bed_setting" and t.reported.told_by == ("head_teacher",)
    assert t.entries.observer == ("jc-01",)


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ('"07:00"', 420), ("07:00", 420), ("12:03", 723), ("7:05", 425), ("9:30", 570), ('"24:00"', 1440),
        ("'１２：０３'", 723), ("12:03:59", 723), ("9時半", 570), ("723", 723), ("0:00", 0),
    ],
)  # fmt: skip
def test_a_clock_time_means_the_same_however_it_is_written(written: str, minutes: int) -> None:
    reading = of_yaml(one_row(f"{{start: {written}, end: '24:00', staff: s1, task: bathing}}"))
    assert reading.timeline.start.tolist() == [minutes]


def test_a_bare_number_is_read_as_minutes_and_said_so() -> None:
    reading = of_yaml(one_row("{start: 723, end: 731, staff: s1, task: bathing}"))
    assert codes(reading.problems) == ["minutes_as_number", "minutes_as_number"]
    assert "12:03" in reading.problems[0].cause.ja and "12:03" in reading.problems[0].cause.en


@pytest.mark.parametrize("number", [0, 9, 59, 1441, 43380])
def test_a_bare_number_that_is_no_unquoted_clock_time_is_refused(number: int) -> None:
    row = f"{{start: {number}, end: '24:00', staff: s1, task: bathing}}"
    assert codes(refused("day.yaml", one_row(row))) == ["bad_clock"]


def test_work_past_midnight_ends_on_the_next_day() -> None:
    reading = of_yaml(one_row('{start: "23:40", end: "00:20", next_day: true, staff: s1, task: bathing}'))
    assert (reading.timeline.start.tolist(), reading.timeline.end.tolist()) == ([1420], [1460])


def test_an_end_before_its_start_is_an_error_with_line_field_and_remedy() -> None:
    (problem,) = refused("day.yaml", one_row('{start: "09:00", end: "08:00", staff: s1, task: bathing}'))
    assert (problem.code, problem.line, problem.place, problem.field) == (
        "end_before_start", 7, "days[0].timeline[0]", "end",
    )  # fmt: skip
    assert "08:00" in problem.cause.ja and "next_day" in problem.remedy.en


def test_next_day_without_midnight_is_an_error() -> None:
    problems = refused("day.yaml", one_row('{start: "09:00", end: "10:00", next_day: true, staff: s1, task: bathing}'))
    assert codes(problems) == ["whole_day"]


def test_a_start_that_is_its_end_is_allowed() -> None:
    assert of_yaml(one_row("{start: 9:00, end: 9:00, staff: s1, task: bathing}")).timeline.n_rows == 1


def test_duty_past_midnight_needs_no_mark() -> None:
    text = one_row("{start: 23:00, end: 23:10, staff: s1, task: bathing}").replace(
        "    unit: u\n", '    unit: u\n    staff:\n      - {id: s1, on: "22:00-07:00"}\n'
    )
    duty = of_yaml(text).timeline.duty
    assert (duty.on.tolist(), duty.off.tolist()) == ([1320], [1860])


def test_stretches_of_one_person_that_overlap_or_touch_are_one() -> None:
    on = '["09:00-12:00", "11:00-14:00", "14:00-15:00", "16:00-17:00"]'
    text = one_row("{start: 9:00, end: 9:10, staff: s1, task: bathing}").replace(
        "    unit: u\n", f"    unit: u\n    staff:\n      - {{id: s1, on: {on}}}\n"
    )
    duty = of_yaml(text).timeline.duty
    assert (duty.on.tolist(), duty.off.tolist()) == ([540, 960], [900, 1020])


def test_on_is_no_truth_value() -> None:
    text = one_row("{start: 9:00, end: 9:10, staff: s1, task: bathing}").replace(
        "    unit: u\n", "    unit: u\n    staff:\n      - {id: s1, true: 07:00-16:00}\n"
    )
    assert of_yaml(text).timeline.duty.on.tolist() == [420]


def test_every_problem_is_named_at_once_and_the_rest_is_still_read() -> None:
    text = """\
format: carveout-observation/2
site: {id: "", kind: hospital}
tasks: {x: {nature: caring, colour: red}}
dayz: []
days:
  - date: 2026-02-30
    unit: u
    staff:
      - {id: s1, on: "7-16"}
    timeline:
      - {start: "25:00", end: "08:00", staff: s1, task: bathing}
      - {start: "09:00", task: bathing, staf: s1}
      - {start: "09:00", end: "09:10", staff: s9, task: nosuchtask}
      - {start: "09:00", end: "09:10", start: "09:01", staff: s1, task: bathing, trigger: sometimes}
      - just text
reported: {task: x}
"""
    found = {(p.code, p.line, p.field) for p in refused("day.yaml", text)}
    assert found >= {
        ("wrong_format", 1, "format"), ("blank", 2, "id"), ("not_a_word", 2, "kind"), ("not_a_word", 3, "nature"),
        ("unknown_key", 3, "colour"), ("unknown_key", 4, "dayz"), ("bad_date", 6, "date"), ("bad_range", 9, "on"),
        ("bad_clock", 11, "start"), ("missing_key", 12, "end"), ("unknown_key", 12, "staf"),
        ("duplicate_key", 14, "start"), ("not_a_word", 14, "trigger"), ("wrong_type", 15, ""),
        ("wrong_type", 16, "reported"), ("unknown_task", 13, "task"), ("unknown_staff", 13, "staff"),
    }  # fmt: skip


def test_a_mistyped_key_is_guessed() -> None:
    problems = refused("day.yaml", one_row("{start: 9:00, end: 9:10, staff: s1, task: bathing, triger: planned}"))
    assert "trigger" in problems[0].remedy.ja and "did you mean trigger?" in problems[0].remedy.en


def test_every_key_that_is_allowed_is_named_however_many_there_are() -> None:
    text = DOCUMENT.replace("{ja: 庭いじり}", "{ja: 庭いじり, xyz: 1}")
    (problem,) = refused("day.yaml", text)
    assert "qualification" in problem.remedy.ja and "qualification" in problem.remedy.en


def test_what_was_meant_is_asked_in_the_readers_language() -> None:
    (problem,) = of_yaml(DOCUMENT.replace("wake_up_care", "おむつ交換と着替え")).problems
    assert "おむつ交換" in problem.remedy.ja and "Diaper change" in problem.remedy.en


def test_numbers_are_taken_as_ids_as_typed() -> None:
    assert of_yaml(one_row("{start: 9:00, end: 9:10, staff: [01, 1], task: bathing}")).timeline.staff == ("01", "1")


def test_words_that_yaml_takes_for_truth_are_ids() -> None:
    assert of_yaml(one_row("{start: 9:00, end: 9:10, staff: no, task: bathing}")).timeline.staff == ("no",)


def test_a_staff_id_never_listed_is_one_warning() -> None:
    listed = "    unit: u\n    staff:\n      - {id: s1, on: '07:00-16:00'}\n"
    row = "      - {start: 10:00, end: 10:10, staff: s7, task: cleaning}\n"
    text = one_row("{start: 9:00, end: 9:10, staff: s7, task: bathing}").replace("    unit: u\n", listed) + row
    (problem,) = of_yaml(text).problems
    assert (problem.code, problem.severity, problem.line) == ("unknown_staff", "warning", 9)


def test_one_person_in_two_rooms_at_once_is_data() -> None:
    row = "{start: 9:00, end: 9:10, staff: s1, task: bathing}"
    other = f"  - {{date: 2026-06-01, unit: v, timeline: [{row}]}}\n"
    assert of_yaml(one_row(row) + other).problems == ()


def test_two_observers_of_the_same_hours_are_pointed_out_and_a_change_of_observer_is_not() -> None:
    def entry(observer: str, start: str, end: str) -> str:
        row = f"{{start: {start}, end: {end}, staff: s1, task: bathing}}"
        return f"  - {{date: 2026-06-01, unit: u, observer: {observer}, timeline: [{row}]}}\n"

    morning, noon = entry("jc-01", "9:00", "12:00"), entry("jc-02", "12:00", "13:00")
    assert of_yaml(HEAD + "days:\n" + morning + noon).problems == ()
    same = of_yaml(HEAD + "days:\n" + morning + entry("jc-02", "9:05", "12:01")).problems
    assert codes(same) == ["several_observers"] and "jc-01, jc-02" in same[0].cause.ja


def test_a_task_declared_under_a_name_of_its_own_starts_from_what_the_catalogue_knows() -> None:
    text = one_row("{start: 9:00, end: 9:10, staff: s1, task: 床掃除}").replace(
        "days:", "tasks: {床掃除: {supplier: contracted}}\ndays:"
    )
    tasks = of_yaml(text).timeline.tasks
    assert (tasks.code, tasks.ja, tasks.nature, tasks.supplier) == (
        ("床掃除",), ("床掃除",), ("housekeeping",), ("contracted",),
    )  # fmt: skip


def test_an_exact_repetition_is_a_warning_that_names_the_first() -> None:
    row = "{start: 9:00, end: 9:10, staff: s1, task: bathing}"
    (problem,) = of_yaml(one_row(row) + f"      - {row}\n").problems
    assert (problem.code, problem.line) == ("duplicate_row", 8)
    assert "(7)" in problem.cause.en


def test_rows_that_only_overlap_are_no_repetition() -> None:
    row = "{start: 9:00, end: 9:10, staff: s1, task: bathing}"
    assert of_yaml(one_row(row) + f"      - {row.replace('9:10', '9:11')}\n").problems == ()


def test_free_text_resolves_to_the_catalogue_or_stays_itself() -> None:
    text = one_row("{start: 9:00, end: 9:10, staff: s1, task: ｵﾑﾂ交換}") + (
        "      - {start: 9:10, end: 9:20, staff: s1, task: 謎の業務}\n"
        "      - {start: 9:20, end: 9:30, staff: s1, task: 謎の業務}\n"
    )
    reading = of_yaml(text)
    tasks = reading.timeline.tasks
    known = {tasks.code[k]: bool(tasks.known[k]) for k in reading.timeline.task.tolist()}
    assert known == {"diaper_change": True, "謎の業務": False}
    assert [(p.code, p.line) for p in reading.problems] == [("unknown_task", 8)]


def test_a_document_overrides_the_catalogue_for_its_own_site_only() -> None:
    row = "{start: 9:00, end: 9:10, staff: s1, task: cleaning}"
    own = one_row(row).replace("days:", "tasks: {cleaning: {supplier: contracted}}\ndays:")
    other = one_row(row).replace("id: a", "id: b")
    tasks = read_uploads({"a.yaml": own.encode(), "b.yaml": other.encode()}).timeline.tasks
    assert dict(zip(tasks.site.tolist(), tasks.supplier, strict=True)) == {0: "contracted", 1: "in_house"}


def test_several_documents_of_one_site_are_one_site_and_contradictions_are_named() -> None:
    row = "{start: 9:00, end: 9:10, staff: s1, task: cleaning}"
    first = one_row(row).replace("kind: care_home", "kind: nursery, name: い")
    second = one_row(row).replace("2026-06-01", "2026-06-02").replace("kind: care_home", "kind: care_home, name: あ")
    reading = read_uploads({"1.yaml": first.encode(), "2.yaml": second.encode()})
    assert reading.timeline.sites.kind == ("care_home",) and reading.timeline.sites.name == ("あ",)
    assert [(p.code, p.file, p.field) for p in reading.problems] == [
        ("conflict", "1.yaml", "kind"), ("conflict", "1.yaml", "name"),
    ]  # fmt: skip


def test_the_names_of_files_change_nothing_but_the_order_of_entries() -> None:
    documents = [one_row(f"{{start: 9:0{k}, end: 9:10, staff: s{k}, task: cleaning}}").encode() for k in range(3)]
    one = read_uploads({f"{k}.yaml": d for k, d in enumerate(documents)}).timeline
    other = read_uploads({f"{9 - k}.yaml": d for k, d in enumerate(documents)}).timeline
    assert (one.staff, one.tasks.code, one.units.name) == (other.staff, other.tasks.code, other.units.name)
    assert sorted(one.start.tolist()) == sorted(other.start.tolist())


def test_one_file_may_hold_several_documents() -> None:
    text = one_row("{start: 9:00, end: 9:10, staff: s1, task: cleaning}")
    reading = of_yaml(text + "---\n" + text.replace("id: a", "id: b"))
    assert reading.timeline.sites.id == ("a", "b")


def test_teaching_material_is_marked() -> None:
    text = "constructed: true\n" + one_row("{start: 9:00, end: 9:10, staff: s1, task: cleaning}")
    assert of_yaml(text).timeline.sites.constructed == (True,)


def test_blank_values_are_values_not_given() -> None:
    text = one_row("{start: 9:00, end: 9:10, staff: s1, task: cleaning, trigger: , note: }").replace(
        "    unit: u\n", "    unit: u\n    observer:\n    staff:\n"
    )
    assert of_yaml(text).problems == ()


def test_what_is_not_said_is_assumed_with_a_warning() -> None:
    text = "format: carveout-observation/1\nsite: {id: a}\ndays:\n  - date: 2026-06-01\n    timeline:\n"
    reading = of_yaml(text + "      - {start: 9:00, end: 9:10, task: cleaning}\n")
    assert sorted(codes(reading.problems)) == ["no_kind", "no_staff", "no_unit"]
    t = reading.timeline
    assert (t.sites.kind, t.units.name, t.staff_offsets.tolist()) == (("other",), ("unit-1",), [0, 0])


def test_a_day_without_rows_is_kept_as_an_entry() -> None:
    text = one_row("{start: 9:00, end: 9:10, staff: s1, task: cleaning}") + "  - {date: 2026-06-02, unit: u}\n"
    reading = of_yaml(text)
    assert codes(reading.problems) == ["empty_day"]
    assert len(reading.timeline.entries.day) == 2


def test_names_that_look_the_same_are_pointed_out() -> None:
    text = one_row("{start: 9:00, end: 9:10, staff: [s1, Ｓ１], task: cleaning}")
    assert [(p.code, p.field) for p in of_yaml(text).problems] == [("similar_names", "staff")]


def test_line_endings_and_byte_order_marks_change_nothing() -> None:
    plain = of_yaml(DOCUMENT).timeline
    for data in (
        "\ufeff".encode() + DOCUMENT.encode(),
        DOCUMENT.replace("\n", "\r\n").encode(),
        DOCUMENT.encode("utf-16"),
    ):
        assert differences(plain, read_uploads({"day.yaml": data}).timeline) == []


def test_aliases_are_followed() -> None:
    text = f"""{HEAD}days:
  - &day
    date: 2026-06-01
    unit: u
    timeline: &rows
      - {{start: 9:00, end: 9:10, staff: s1, task: cleaning}}
  - {{date: 2026-06-02, unit: u, timeline: *rows}}
"""
    assert np.diff(of_yaml(text).timeline.day).tolist() == [1]


@pytest.mark.parametrize("text", ["", "   \n", "# only\n# comments\n", "---\n...\n"])
def test_a_file_without_content_is_refused(text: str) -> None:
    assert codes(refused("day.yaml", text)) == ["empty_file"]


@pytest.mark.parametrize("days", ["[]", "", "[{date: 2026-06-01, unit: u, timeline: []}]"])
def test_a_document_without_rows_is_refused(days: str) -> None:
    assert "no_rows" in codes(refused("day.yaml", f"{HEAD}days: {days}\n"))


@pytest.mark.parametrize("text", ["42", "- a\n- b\n", "hello"])
def test_what_is_no_document_is_refused(text: str) -> None:
    assert codes(refused("day.yaml", text)) == ["not_a_document"]


@pytest.mark.parametrize("text", ["a: [1, 2", "a: b: c", "\tx: 1", "a: 'b", "%YAML 9\n", "a: \x07"])
def test_broken_yaml_is_refused_with_its_line(text: str) -> None:
    problems = refused("day.yaml", HEAD + text)
    assert "yaml_syntax" in codes(problems)
    assert all(p.line is not None for p in problems if p.code == "yaml_syntax")


def test_other_types_are_refused() -> None:
    assert "yaml_tag" in codes(refused("day.yaml", HEAD + "days: !!python/object:os.system [ls]\n"))


def test_a_file_in_shift_jis_is_read_with_a_warning() -> None:
    reading = read_uploads({"day.yaml": DOCUMENT.encode("cp932")})
    assert codes(reading.problems) == ["read_as_shift_jis"]
    assert reading.timeline.sites.name == ("介護老人ホームA",)
