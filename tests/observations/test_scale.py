"""A hundred thousand rows of each kind, and a million of Parquet: read whole, in bounded memory."""

from __future__ import annotations

import io
import tracemalloc
import zipfile

import numpy as np
import pytest

from carveout.observations import read_bytes
from tests.observations.documents import csv_text, differences, workbook

N = 100_000
HEADINGS = ("site", "kind", "date", "unit", "staff", "start", "end", "task")


def rows(n: int) -> list[tuple[str, ...]]:
    def clock(minutes: int) -> str:
        return f"{minutes // 60:02d}:{minutes % 60:02d}"

    names = ("bathing", "toileting", "cleaning", "nap", "serving")
    return [
        (
            f"site-{k // 1000}", "care_home", f"2026-06-{k // 100 % 10 + 1:02d}", f"u{k % 2}", f"s{k % 7}",
            clock(420 + k % 100 * 6), clock(421 + k % 100 * 6 + k % 17), names[k % 5],
        )
        for k in range(n)
    ]  # fmt: skip


def test_csv_of_a_hundred_thousand_rows_is_read_whole() -> None:
    data = csv_text(rows(N), HEADINGS).encode()
    timeline = read_bytes("day.csv", data).timeline
    assert timeline.n_rows == N and len(timeline.sites.id) == N // 1000


def test_yaml_of_a_hundred_thousand_rows_is_read_and_tells_its_progress() -> None:
    head = "format: carveout-observation/1\nsite: {id: a, kind: care_home}\ndays:\n"
    found = [head]
    for k, row in enumerate(rows(N)):
        if k % 100 == 0:
            date = f"2026-{k // 100 // 28 % 12 + 1:02d}-{k // 100 % 28 + 1:02d}"
            found.append(f"  - date: {date}\n    unit: u{k // 33600}\n    timeline:\n")
        found.append(f'      - {{start: "{row[5]}", end: "{row[6]}", staff: {row[4]}, task: {row[7]}}}\n')
    calls: list[float] = []
    timeline = read_bytes("day.yaml", "".join(found).encode(), progress=lambda d, t, _: calls.append(d / t)).timeline
    assert timeline.n_rows == N
    assert len(calls) > 5 and calls == sorted(calls)


@pytest.mark.slow
def test_a_workbook_of_a_hundred_thousand_rows_is_read() -> None:
    # openpyxl takes longer to write these than to read them; a sheet is text after all.
    cells = ("".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row) for row in (HEADINGS, *rows(N)))
    body = "".join(f"<row>{row}</row>" for row in cells)
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = f'<worksheet xmlns="{space}"><sheetData>{body}</sheetData></worksheet>'
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook({"s": [HEADINGS]}))) as source, zipfile.ZipFile(stream, "w") as archive:
        for name in source.namelist():
            archive.writestr(name, sheet if name.endswith("sheet1.xml") else source.read(name))
    data = stream.getvalue()
    expected = read_bytes("day.csv", csv_text(rows(N), HEADINGS).encode()).timeline
    assert differences(expected, read_bytes("day.xlsx", data).timeline) == []


def test_parquet_of_a_million_rows_is_columns_all_the_way() -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    block = rows(N)
    table = pa.table({name: [row[k] for row in block] for k, name in enumerate(HEADINGS)})
    sites = [
        table.set_column(0, "site", pa.array([f"{k}-{site}" for site in table["site"].to_pylist()])) for k in range(10)
    ]
    stream = io.BytesIO()
    pq.write_table(pa.concat_tables(sites), stream)
    expected = read_bytes("day.csv", csv_text([(f"3-{r[0]}", *r[1:]) for r in block], HEADINGS).encode()).timeline
    tracemalloc.start()
    timeline = read_bytes("day.parquet", stream.getvalue()).timeline
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert timeline.n_rows == 10 * N
    assert peak < 300 << 20  # objects for every row would take several times that
    mine = slice(3 * N, 4 * N)
    for name in ("start", "end", "day", "row", "trigger"):
        assert np.array_equal(getattr(timeline, name)[mine], getattr(expected, name)), name
    codes = np.array(timeline.tasks.code, dtype=object)[timeline.task[mine]]
    assert (codes == np.array(expected.tasks.code, dtype=object)[expected.task]).all()
