"""WOMBAT tables: forms, marks, and interruptions that overlap what they interrupt."""

from __future__ import annotations

from carveout.exchange import Imported, read_file

HEADINGS = (
    "observer/session/task id,observer id,session id,participant id,session date,session start,session end,"
    "start time,end time,"
    "elapsed time,total time,active 1,int task id 1,int start 1,int end 1,is interrupting task?,interrupted by,"
    "num of interrupts,What (NURSE v2),What (NURSE v2) (subcategories),Where,[With Whom] Nurse,[With Whom] Patient,"
    "[How] Phone,Comments\n"
)


def read(*lines: str) -> Imported:
    return read_file("w.csv", (HEADINGS + "".join(f"{line}\n" for line in lines)).encode())


def test_a_form_becomes_rows_with_its_marks_in_the_note() -> None:
    found = read(
        "7_1_1,7,1,GL 16,23/03/2025,09:00:00,12:00:00,09:00:00,09:12:30,0:12:30,0:12:30,0:12:30,,,,0,,0,"
        "Direct care,配膳,Ward,1,1,,slow"
    )
    assert found.format is not None and found.format.id == "wombat"
    (day,) = found.days
    (row,) = day.rows
    assert (day.date, day.observer) == ("2025-03-23", "7")
    assert (row.start, row.end, row.task, row.staff) == (540, 552, "serving", ("GL 16",))
    assert row.note == "slow / Direct care / Where: Ward / With Whom: Nurse, Patient"
    assert found.unknown_columns == ()


def test_interruptions_overlap_what_they_interrupt() -> None:
    common = "7,1,GL16,2025-03-23,09:00:00,12:00:00"
    found = read(
        f"7_1_1,{common},09:00:00,09:30:00,,,,2,09:10:00,09:15:00,0,,1,配膳,,,,,,",
        f"7_1_2,{common},09:10:00,09:15:00,,,,,,,1,,0,トイレ誘導,,,,,,",
        f"7_1_3,{common},09:40:00,09:50:00,,,,99,09:42:00,09:45:00,0,,1,清掃,,,,,,",
    )
    assert [(one.start, one.end, one.task) for one in found.days[0].rows] == [
        (540, 570, "serving"), (550, 555, "toileting"), (580, 590, "cleaning"), (582, 585, "割り込み"),
    ]  # fmt: skip
    said = next(one for one in found.problems if one.code == "interruptions")
    assert "2" in said.cause.en


def test_without_subcategories_and_sessions_over_midnight() -> None:
    head = "session id,participant id,session date,start time,end time,What (X)"
    text = f"{head}\n1,GL16,2025-03-23,23:50:00,00:20:00,巡回\n"
    (day,) = read_file("w.csv", text.encode()).days
    assert (day.rows[0].start, day.rows[0].end) == (1430, 1460)


def test_the_mapping_as_guessed_reads_the_same_rows_again() -> None:
    line = (
        "7_1_1,7,1,GL 16,23/03/2025,09:00:00,12:00:00,09:00:00,09:12:30,0:12:30,0:12:30,0:12:30,,,,0,,0,"
        "Direct care,なぞの仕事,Ward,1,1,,slow\n"
    )
    data = (HEADINGS + line).encode()
    first = read_file("w.csv", data)
    again = read_file("w.csv", data, first.mapping)
    for found in (first, again):
        (row,) = found.days[0].rows
        assert (row.task, row.note) == ("なぞの仕事", "slow / Direct care / Where: Ward / With Whom: Nurse, Patient")
