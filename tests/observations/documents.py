"""What the tests of this room share: small documents and tables, and how two timelines are compared."""

from __future__ import annotations

import csv
import dataclasses
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import openpyxl
import pytest

from carveout.errors import InputError, Problem
from carveout.observations import Limits, Reading, read_bytes

DOCUMENT = """\
format: carveout-observation/1
site: {id: care-home-a, kind: care_home, name: 介護老人ホームA}
tasks:
  near_miss_review: {ja: ヒヤリハット分析, en: Near-miss review, nature: advisory}
  garden: {ja: 庭いじり}
days:
  - date: 2026-06-01
    unit: unit-1
    observer: jc-01
    staff:
      - {id: s1, role: care_worker, on: "07:00-16:00"}
      - {id: s2, role: care_worker, on: ["09:00-12:00", "12:45-18:00"]}
    timeline:
      - {start: "07:00", end: "07:30", staff: s1, task: wake_up_care}
      - {start: 12:03, end: 12:11, staff: [s1, s2], task: toileting, trigger: on_demand, note: "two residents"}
      - {start: 13:00, end: 13:20, staff: s2, task: 庭いじり}
reported:
  - {task: bed_setting, weekday: mon, start: "09:00", end: "10:30", told_by: head_teacher}
"""

HEADINGS = ("site", "kind", "date", "unit", "observer", "staff", "role", "start", "end", "task", "trigger", "note")
ROWS: tuple[tuple[str, ...], ...] = (
    ("a", "care_home", "2026-06-01", "u1", "jc", "s1", "nurse", "07:00", "07:30", "wake_up_care", "", ""),
    ("a", "care_home", "2026-06-01", "u1", "jc", "s2", "", "07:10", "07:40", "toileting", "on_demand", "二人で"),
    ("a", "care_home", "2026-06-01", "u2", "jc", "s1,s2", "", "07:30", "07:50", "cleaning", "planned", ""),
    ("a", "care_home", "2026-06-02", "u1", "jc", "s1", "nurse", "07:05", "07:35", "wake_up_care", "", ""),
    ("b", "nursery", "2026-06-01", "u1", "jc", "s1", "", "08:00", "24:00", "nap", "", ""),
    ("a", "care_home", "2026-06-01", "u1", "jc", "s2", "", "07:40", "07:55", "cleaning", "", ""),
)
STAFF = (
    ("site", "date", "unit", "staff", "role", "on"),
    ("a", "2026-06-01", "u1", "s1", "head", "07:00-12:00, 13:00-16:00"),
)


def csv_text(rows: Iterable[Sequence[object]] = ROWS, headings: Sequence[str] = HEADINGS, separator: str = ",") -> str:
    stream = io.StringIO()
    csv.writer(stream, delimiter=separator, lineterminator="\n").writerows([headings, *rows])
    return stream.getvalue()


def workbook(sheets: Mapping[str, Iterable[Sequence[object]]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def of_yaml(text: str, **options: Any) -> Reading:
    return read_bytes("day.yaml", text.encode(), **options)


def of_csv(text: str, **options: Any) -> Reading:
    return read_bytes("day.csv", text.encode(), **options)


def refused(name: str, data: bytes | str, limits: Limits | None = None) -> tuple[Problem, ...]:
    """The problems of a file that must be refused; each is worded in both languages."""
    options = {} if limits is None else {"limits": limits}
    with pytest.raises(InputError) as caught:
        read_bytes(name, data.encode() if isinstance(data, str) else data, **options)
    problems = caught.value.problems
    assert any(problem.severity == "error" for problem in problems)
    for problem in problems:
        for wording in (problem.cause, problem.remedy):
            assert wording.ja.strip() and wording.en.strip()
            assert "{" not in wording.en or "{" in str(data), wording
    return problems


def codes(problems: Iterable[Problem]) -> list[str]:
    return [problem.code for problem in problems]


def rows_as_text(reading: Reading) -> list[tuple[object, ...]]:
    """Rows in words, whatever the numbering."""
    t = reading.timeline
    return [
        (
            t.sites.id[t.units.site[t.unit[i]]], str(np.datetime64(int(t.day[i]), "D")), t.units.name[t.unit[i]],
            int(t.entry[i]), int(t.row[i]), int(t.start[i]), int(t.end[i]),
            tuple(t.staff[k] for k in t.staff_ids[t.staff_offsets[i] : t.staff_offsets[i + 1]]),
            t.tasks.code[t.task[i]], int(t.trigger[i]), t.notes[t.note[i]] if t.note[i] >= 0 else "",
        )
        for i in range(t.n_rows)
    ]  # fmt: skip


def differences(one: Any, other: Any, path: str = "") -> list[str]:
    """Fields in which two dataclasses of columns differ, dtypes included."""
    found = []
    for field in dataclasses.fields(one):
        a, b = getattr(one, field.name), getattr(other, field.name)
        name = f"{path}{field.name}"
        if dataclasses.is_dataclass(a):
            found += differences(a, b, name + ".")
        elif isinstance(a, np.ndarray):
            if a.dtype != b.dtype or not np.array_equal(a, b):
                found.append(f"{name}: {a!r} != {b!r}")
        elif a != b:
            found.append(f"{name}: {a!r} != {b!r}")
    return found
