"""What is written reads back as it was; templates, once filled in, read without an error."""

from __future__ import annotations

import io
import re
from typing import Any

import openpyxl
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from carveout.errors import InputError
from carveout.language import LANGUAGES, Language
from carveout.observations import read_bytes, template, write_yaml
from carveout.observations.clock import clock_text
from carveout.observations.words import KINDS, STAFF_COLUMNS, TASK_ATTRIBUTES, TRIGGERS, WEEKDAYS
from tests.observations.documents import (
    DOCUMENT,
    HEADINGS,
    ROWS,
    STAFF,
    csv_text,
    differences,
    of_csv,
    of_yaml,
    rows_as_text,
    workbook,
)

# Any text an id may be: no control characters, not blank, short.
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"]), min_size=1, max_size=8).filter(str.strip)
ID = st.sampled_from(["s1", "s2", "no", "1", "07:00", "null", "a: b", "#x", "ｓ１", "職員 甲", "'", '"', "\\"]) | TEXT
TASK = st.sampled_from(["bathing", "toileting", "謎の業務", "own", "清掃"]) | TEXT
MINUTES = st.integers(0, 1440)


def clock(minutes: int) -> str:
    return clock_text(minutes)


@st.composite
def stretch(draw: st.DrawFn) -> str:
    different = st.tuples(MINUTES, MINUTES).filter(lambda pair: pair[0] != pair[1] and pair != (1440, 0))
    on, off = draw(different)  # 24:00-00:00 is no time at all
    return f"{clock(on)}-{clock(off)}"


@st.composite
def row(draw: st.DrawFn) -> dict[str, Any]:
    start, end = draw(MINUTES), draw(MINUTES)
    found: dict[str, Any] = {"start": clock(start), "end": clock(end), "task": draw(TASK)}
    if end < start:
        found["next_day"] = True
    found["staff"] = draw(st.lists(ID, max_size=3) | ID)
    if draw(st.booleans()):
        found["trigger"] = draw(st.sampled_from(list(TRIGGERS)))
    if draw(st.booleans()):
        found["note"] = draw(TEXT | st.just("two\nlines"))
    return found


def attribute(name: str) -> st.SearchStrategy[str]:
    words = TASK_ATTRIBUTES[name]
    return TEXT if words is None else st.sampled_from(words)


@st.composite
def document(draw: st.DrawFn) -> dict[str, Any]:
    member = st.fixed_dictionaries({"id": ID}, optional={"role": TEXT, "on": st.lists(stretch(), max_size=3)})
    day = st.fixed_dictionaries(
        {"date": st.sampled_from(["2026-06-01", "2026-06-02"]), "unit": st.sampled_from(["u", "v"]) | TEXT},
        optional={"observer": TEXT, "staff": st.lists(member, max_size=3), "timeline": st.lists(row(), max_size=4)},
    )
    attributes = st.fixed_dictionaries({}, optional={name: attribute(name) for name in TASK_ATTRIBUTES})
    told = st.fixed_dictionaries(
        {"task": TASK},
        optional={
            "weekday": st.sampled_from(list(WEEKDAYS)),
            "start": MINUTES.map(clock),
            "told_by": TEXT,
            "unit": TEXT,
        },
    )
    days = [*draw(st.lists(day, max_size=4)), {"date": "2026-06-03", "unit": "u", "timeline": [draw(row())]}]
    return {
        "format": "carveout-observation/1",
        "constructed": draw(st.booleans()),
        "site": {"id": draw(ID), "kind": draw(st.sampled_from(list(KINDS))), "name": draw(TEXT)},
        "tasks": draw(st.dictionaries(TASK, attributes, max_size=3)),
        "days": days,
        "reported": draw(st.lists(told, max_size=2)),
    }


def dumped(value: dict[str, Any]) -> bytes:
    return yaml.dump(value, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False).encode()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(document())
def test_what_is_written_reads_back_the_same(value: dict[str, Any]) -> None:
    once = read_bytes("a.yaml", dumped(value)).timeline
    text = write_yaml(once, 0)
    again = read_bytes("a.yaml", text.encode()).timeline
    assert differences(once, again) == [], text
    assert write_yaml(again, 0) == text


def test_a_site_is_written_alone_out_of_many() -> None:
    many = of_csv(csv_text()).timeline
    texts = [write_yaml(many, site) for site in range(2)]
    rows = [[(*r[:4], *r[5:]) for r in rows_as_text(of_yaml(text))] for text in texts]
    expected = [(*r[:4], *r[5:]) for r in rows_as_text(of_csv(csv_text()))]
    assert sorted(r[:3] + r[4:] for site in rows for r in site) == sorted(r[:3] + r[4:] for r in expected)


def test_a_written_table_keeps_its_staff_list() -> None:
    once = read_bytes("d.xlsx", workbook({"rows": [HEADINGS, *ROWS], "staff": STAFF})).timeline
    again = of_yaml(write_yaml(once, 0)).timeline
    assert (again.duty.on.tolist(), again.duty.off.tolist()) == (once.duty.on.tolist(), once.duty.off.tolist())
    assert again.staff_role == once.staff_role[:2]


def test_the_written_document_is_the_contracts() -> None:
    text = write_yaml(of_yaml(DOCUMENT).timeline, 0)
    assert '      - {start: "12:03", end: "12:11", staff: [s1, s2], task: toileting, trigger: on_demand' in text
    assert '      - {id: s2, role: care_worker, on: ["09:00-12:00", "12:45-18:00"]}' in text


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_yaml_template_reads_once_it_is_filled_in(language: Language) -> None:
    text = template("yaml", language).decode()
    with pytest.raises(InputError):
        read_bytes("new.yaml", text.encode())
    filled = text.replace('id: ""', "id: home-1").replace("- date: ", "- date: 2026-06-01")
    filled = re.sub(r"^( *)# (- \{|tasks:|reported:|  garden|  canteen|  - \{)", r"\1\2", filled, flags=re.M)
    reading = read_bytes("new.yaml", filled.encode())
    assert reading.problems == ()
    assert reading.timeline.n_rows == 3 and len(reading.timeline.reported.task) == 1
    assert len(reading.timeline.duty.on) == 3


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_workbook_template_reads_once_it_is_filled_in(language: Language) -> None:
    book = openpyxl.load_workbook(io.BytesIO(template("xlsx", language)))
    rows, staff, lists = book.worksheets
    choices = {lists.cell(1, c).value: [lists.cell(r, c).value for r in range(2, lists.max_row + 1)] for c in (1, 2, 3)}
    kind, trigger, task = (column[0] for column in choices.values())
    row = ["home-1", kind, "2026-06-01", "u", "jc", "s1、s2", None, "9:05", "9:30", None, task, trigger, None]
    for column, value in enumerate(row, start=1):
        rows.cell(2, column, value)
    for column, value in enumerate(["home-1", "2026-06-01", "u", "s1", "nurse", "7:00-16:00"], start=1):
        staff.cell(2, column, value)
    staff.append(["home-1", "2026-06-01", "u", "s2", "nurse", "7:00-16:00"])
    stream = io.BytesIO()
    book.save(stream)
    reading = read_bytes("new.xlsx", stream.getvalue())
    assert reading.problems == ()
    assert reading.timeline.n_rows == 1 and len(reading.timeline.duty.on) == 2
    assert len(STAFF_COLUMNS) == staff.max_column


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_word_the_workbook_offers_is_known_to_the_reader(language: Language) -> None:
    book = openpyxl.load_workbook(io.BytesIO(template("xlsx", language)))
    rows, _, lists = book.worksheets
    tasks = [cell for cell in next(lists.iter_cols(min_col=3, max_col=3, min_row=2, values_only=True)) if cell]
    for k, task in enumerate(tasks, start=2):
        row = ["a", "other", "2026-06-01", "u", None, "s1", None, "9:00", "9:30", None, task]
        for column, value in enumerate(row, start=1):
            rows.cell(k, column, value)
    stream = io.BytesIO()
    book.save(stream)
    reading = read_bytes("new.xlsx", stream.getvalue())
    assert [p for p in reading.problems if p.code == "unknown_task"] == []
    assert len(set(reading.timeline.task.tolist())) == len(tasks)
    validated = {str(v.formula1) for v in rows.data_validations.dataValidation}
    assert len(validated) == 3


def test_the_words_of_the_templates_are_bilingual() -> None:
    books = [openpyxl.load_workbook(io.BytesIO(template("xlsx", language))) for language in LANGUAGES]
    headings = [next(book.worksheets[0].iter_rows(values_only=True)) for book in books]
    assert headings[0][0] == "施設" and headings[1][0] == "site" and len(headings[0]) == len(headings[1]) == 13
