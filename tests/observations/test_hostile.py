"""Files that mean harm or come from elsewhere: nothing but an `InputError` may come of them.

None of these is timed: a bomb that went off would not end, or not fit into memory.
"""

from __future__ import annotations

import io
import random
import zipfile
import zlib

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from carveout.errors import InputError
from carveout.observations import Limits, read_bytes
from tests.observations.documents import DOCUMENT, HEADINGS, ROWS, codes, csv_text, of_csv, of_yaml, refused, workbook

SHORT = ("site", "date", "unit", "staff", "start", "end", "task", "note")
CALM = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def nothing_but_input_errors(name: str, data: bytes) -> None:
    try:
        read_bytes(name, data)
    except InputError as error:
        assert error.problems and error.message("ja") and error.message("en")


WORDS = """format site id kind name tasks days date unit observer staff role on timeline start end next_day task trigger
note reported weekday told_by constructed ja en nature 0"""
KEYS = st.sampled_from(WORDS.split())
LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.dates(),
    st.sampled_from(["carveout-observation/1", "care_home", "2026-06-01", "07:00", "24:00", "07:00-16:00", "mon"]),
)  # fmt: skip
JSON = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=6), max_leaves=30
)


@CALM
@given(JSON)
def test_any_structure_is_read_or_refused(value: object) -> None:
    nothing_but_input_errors("a.yaml", yaml.safe_dump(value, allow_unicode=True).encode("utf-8", "replace"))


@CALM
@given(st.data())
def test_any_value_anywhere_in_a_document_is_read_or_refused(data: st.DataObject) -> None:
    document = yaml.safe_load(DOCUMENT)
    here: object = document
    while True:
        where = sorted(here, key=str) if isinstance(here, dict) else list(range(len(here)))  # type: ignore[arg-type]
        step = data.draw(st.sampled_from(where))
        inner = here[step]  # type: ignore[index]
        if not isinstance(inner, dict | list) or not inner or data.draw(st.booleans()):
            here[step] = data.draw(JSON)  # type: ignore[index]
            break
        here = inner
    nothing_but_input_errors("a.yaml", yaml.safe_dump(document, allow_unicode=True).encode("utf-8", "replace"))


@CALM
@given(st.sampled_from(["a.yaml", "a.yml", "a.csv", "a.xlsx", "a.parquet", "a.xls", "a"]), st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(name: str, data: bytes) -> None:
    nothing_but_input_errors(name, data)


WORKBOOK = workbook({"観察": [HEADINGS, *ROWS]})


def parquet_bytes() -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    stream = io.BytesIO()
    pq.write_table(pa.table({name: [row[k] for row in ROWS] for k, name in enumerate(HEADINGS)}), stream)
    return stream.getvalue()


PARQUET = parquet_bytes()


@CALM
@given(st.sampled_from([("a.xlsx", WORKBOOK), ("a.parquet", PARQUET), ("a.yaml", DOCUMENT.encode())]), st.data())
def test_any_damage_to_a_file_is_read_or_refused(file: tuple[str, bytes], data: st.DataObject) -> None:
    name, content = file
    broken = bytearray(content)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(broken) - 1))
        broken[at] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(broken)) | st.just(len(broken)))
    nothing_but_input_errors(name, bytes(broken[:cut]))


@pytest.mark.parametrize("seed", [*range(100), 1268, 2180, 3069])
def test_a_damaged_parquet_file_is_read_or_refused(seed: int) -> None:
    # pyarrow reads some of these without complaint, with columns of different lengths or codes without a value.
    chance = random.Random(seed)
    broken = bytearray(PARQUET)
    for _ in range(chance.randint(1, 4)):
        broken[chance.randrange(len(broken))] = chance.randrange(256)
    nothing_but_input_errors("a.parquet", bytes(broken))


@CALM
@given(st.lists(st.lists(st.text(max_size=6), min_size=8, max_size=8), min_size=1, max_size=5))
def test_any_cells_are_read_or_refused(rows: list[list[str]]) -> None:
    nothing_but_input_errors("a.csv", csv_text(rows, SHORT).encode("utf-8", "replace"))


CELLS = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**40), 2**40), st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(min_codepoint=32, max_codepoint=0x9FFF, exclude_categories=["Cs", "Cc"]), max_size=6),
    st.times(), st.dates(), st.timedeltas(),
)  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(CELLS, min_size=8, max_size=8), min_size=1, max_size=4))
def test_any_cells_of_a_workbook_are_read_or_refused(rows: list[list[object]]) -> None:
    nothing_but_input_errors("a.xlsx", workbook({"s": [SHORT, *rows]}))


def refuses(name: str, data: bytes | str, *expected: str, limits: Limits | None = None) -> None:
    found = codes(refused(name, data, limits))
    assert set(expected) <= set(found), found


def test_a_billion_laughs_are_refused() -> None:
    lines = ["a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    lines += [f"a{k}: &a{k} [{', '.join([f'*a{k - 1}'] * 9)}]" for k in range(1, 12)]
    refuses("a.yaml", "\n".join(lines), "yaml_bomb")


def test_a_list_that_holds_itself_is_refused() -> None:
    refuses("a.yaml", "days: &a [*a]", "yaml_alias")


STAIRS = "".join(" " * k + "a:\n" for k in range(300))


@pytest.mark.parametrize("text", ["[" * 100_000, "{a: " * 100_000, "- " * 100_000, STAIRS], ids=list("[{-a"))
def test_deep_nesting_is_refused(text: str) -> None:
    refuses("a.yaml", text, "yaml_nested")


def test_more_nodes_than_anyone_types_are_refused() -> None:
    refuses("a.yaml", "days: [" + "[]," * 20_000 + "]", "yaml_bomb", limits=Limits(yaml_nodes=10_000))


def test_nul_bytes_are_refused() -> None:
    refuses("a.yaml", DOCUMENT.replace("s1", "s\0"), "yaml_syntax")
    refuses("a.yaml", DOCUMENT.replace("id: s1", 'id: "s\\0"'), "control_character")
    refuses(
        "a.csv", csv_text([("a", "2026-06-01", "u", "s\0", "9:00", "9:30", "清掃", "")], SHORT), "control_character"
    )


def test_a_cell_of_three_megabytes_is_refused() -> None:
    huge = "あ" * (1 << 20)
    refuses("a.yaml", DOCUMENT.replace("two residents", huge), "too_long")
    refuses("a.yaml", DOCUMENT.replace("wake_up_care", huge), "too_long")
    refuses("a.csv", csv_text([("a", "2026-06-01", "u", "s1", "9:00", "9:30", "清掃", huge)], SHORT), "too_long")
    note = huge[:100_000]
    refuses("a.csv", csv_text([("a", "2026-06-01", "u", "s1", "9:00", "9:30", "清掃", note)], SHORT), "too_long")


def zipped(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def test_a_workbook_that_unpacks_to_gigabytes_is_refused_by_its_directory() -> None:
    with zipfile.ZipFile(io.BytesIO(WORKBOOK)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["xl/worksheets/sheet1.xml"] += b" " * (1 << 24)
    refuses("a.xlsx", zipped(members), "unpacks_too_large", limits=Limits(xlsx_unpacked_bytes=1 << 22))


def test_a_workbook_whose_directory_lies_about_its_size_is_refused() -> None:
    data = bytearray(zipped({"[Content_Types].xml": b"0" * (1 << 24)}))
    central = data.rindex(b"PK\x01\x02")
    data[central + 24 : central + 28] = (100).to_bytes(4, "little")
    refuses("a.xlsx", bytes(data), "damaged")


def test_a_workbook_with_entities_is_refused() -> None:
    with zipfile.ZipFile(io.BytesIO(WORKBOOK)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    sheet = members["xl/worksheets/sheet1.xml"]
    members["xl/worksheets/sheet1.xml"] = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + sheet
    refuses("a.xlsx", zipped(members), "damaged")


def test_a_single_cell_at_the_far_corner_costs_nothing() -> None:
    with zipfile.ZipFile(io.BytesIO(WORKBOOK)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    far = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    name = "xl/worksheets/sheet1.xml"
    members[name] = members[name].replace(b"</sheetData>", far)
    assert read_bytes("a.xlsx", zipped(members)).timeline.n_rows == len(ROWS)


def test_a_row_beyond_the_end_of_any_sheet_is_not_waited_for() -> None:
    with zipfile.ZipFile(io.BytesIO(WORKBOOK)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    far = b'<row r="99999999999"><c t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    name = "xl/worksheets/sheet1.xml"
    members[name] = members[name].replace(b"</sheetData>", far)
    assert read_bytes("a.xlsx", zipped(members)).timeline.n_rows == len(ROWS)


def test_a_workbook_beyond_the_bound_of_rows_is_refused() -> None:
    refuses("a.xlsx", WORKBOOK, "too_many_rows", limits=Limits(xlsx_rows=3))


def test_an_old_or_protected_workbook_gets_its_own_message() -> None:
    refuses("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old_excel")


def test_what_only_calls_itself_a_workbook_is_refused() -> None:
    for data in (b"PK\x03\x04 not really", zlib.compress(b"x" * 100), zipped({"x.txt": b"y"}), b"a,b\n1,2\n"):
        refuses("a.xlsx", data, "damaged")


def test_parquet_beyond_the_bound_is_refused() -> None:
    refuses("a.parquet", PARQUET, "too_many_rows", limits=Limits(parquet_rows=3))
    refuses("a.parquet", PARQUET, "unpacks_too_large", limits=Limits(parquet_unpacked_bytes=10))


def test_a_hostile_value_cannot_play_tricks_in_a_message() -> None:
    problems = refused("a.yaml", DOCUMENT.replace("wake_up_care", '"\\e[2J"'))
    assert all("\x1b" not in p.message("ja") + p.message("en") for p in problems)


def test_braces_in_values_are_only_text() -> None:
    reading = of_yaml(DOCUMENT.replace("wake_up_care", '"{0} {cause} {"'))
    assert "{0} {cause} {" in reading.problems[0].cause.en
    assert of_csv(csv_text([("{a}", "2026-06-01", "u", "s", "9:00", "9:30", "清掃", "{}")], SHORT)).timeline.n_rows == 1
