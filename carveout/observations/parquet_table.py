"""Parquet to a table, columnar all the way: texts arrive as dictionaries, times as numbers.

Columns are read two at a time, so that ten million rows need their codes and two columns at once. `start` and
`end` may be texts, times or timestamps (naive ones as written, others as the wall clock of their zone).
"""

from __future__ import annotations

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import numpy as np

from carveout.observations.clock import DAY
from carveout.observations.headings import columns_of
from carveout.observations.limits import MEGABYTE, Limits
from carveout.observations.parts import Places
from carveout.observations.problems import FileProblems, silent
from carveout.observations.table import Column, Moments, Table
from carveout.timeline import Ints

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

_MINUTE_PER = {"s": 60, "ms": 60_000, "us": 60_000_000, "ns": 60_000_000_000}


def parquet_table(
    source: str | bytes, problems: FileProblems, limits: Limits, advance: Callable[[float], None] = silent
) -> Table | None:
    """The table of a Parquet file (its path or its bytes), None where there is none (the problems say so)."""
    import pyarrow as pa  # a tenth of a second, and only Parquet needs it
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(io.BytesIO(source) if isinstance(source, bytes) else source)
        names = file.schema_arrow.names
        problems_before = problems.has_errors
        positions = columns_of(names, problems, None, "")
        if problems.has_errors and not problems_before:
            return None
        if not positions:
            problems.add("no_heading")
            return None
        if not _within_bounds(file, problems, limits):
            return None
        columns: dict[str, Column | Moments] = {}
        # Two columns at a time: the other core decodes while this one numbers.
        with ThreadPoolExecutor(2) as pool:
            found = pool.map(lambda index: _column(source, names[index], file), positions.values())
            for done, (name, column) in enumerate(zip(positions, found, strict=True)):
                if isinstance(column, str):
                    problems.add("column_type", field=names[positions[name]], type=column)
                else:
                    columns[name] = column
                advance((done + 1) / len(positions))
    except (pa.ArrowException, OSError, ValueError, KeyError, TypeError, OverflowError) as error:
        problems.add("damaged", format="Parquet", reason=f"{type(error).__name__}: {error}")
        return None
    n = file.metadata.num_rows
    if not all(_is_whole(column, n) for column in columns.values()):
        problems.add("damaged", format="Parquet", reason="inconsistent columns")
        return None
    return Table(columns, n, Places(np.arange(n, dtype=np.int32), by_line=False))


def _is_whole(column: Column | Moments, n: int) -> bool:
    """Whether a column has a value for every row and no code without a value: pyarrow does not check a damaged file."""
    if isinstance(column, Moments):
        return len(column.missing) == n
    codes = column.codes
    return len(codes) == n and bool(n == 0 or (codes.min() >= -1 and codes.max() < len(column.values)))


def _within_bounds(file: Any, problems: FileProblems, limits: Limits) -> bool:
    """Whether what the file declares of itself can be held."""
    meta = file.metadata
    if meta.num_rows > limits.parquet_rows:
        problems.add("too_many_rows", limit=f"{limits.parquet_rows:,}")
        return False
    # Sizes per row group, not per column: asking a damaged file for a column chunk ends the process, past any `except`.
    size = sum(meta.row_group(group).total_byte_size for group in range(meta.num_row_groups))
    if size > limits.parquet_unpacked_bytes:
        problems.add("unpacks_too_large", limit=f"{limits.parquet_unpacked_bytes // MEGABYTE} MB")
        return False
    return True


def _column(source: str | bytes, name: str, opened: pq.ParquetFile) -> Column | Moments | str:
    """One column by its distinct values, or as typed times; the name of its type if it cannot be read."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    as_dictionary = None if pa.types.is_nested(opened.schema_arrow.field(name).type) else [name]
    stream = io.BytesIO(source) if isinstance(source, bytes) else source
    file = pq.ParquetFile(stream, metadata=opened.metadata, read_dictionary=as_dictionary)
    values = file.read(columns=[name]).column(0)
    kind = values.type
    if pa.types.is_timestamp(kind) or pa.types.is_time(kind) or pa.types.is_date(kind):
        return _moments(values)
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        if not (pa.types.is_string(kind.value_type) or pa.types.is_large_string(kind.value_type)):
            return str(kind)
        values = pc.binary_join(values, "\n")
    if not pa.types.is_dictionary(values.type):
        if pa.types.is_nested(values.type) or pa.types.is_binary(values.type):
            return str(kind)
        values = values.dictionary_encode()
    return _dictionary(values)


def _dictionary(values: pa.ChunkedArray) -> Column:
    """Codes of a dictionary column over all its chunks, with one vocabulary."""
    values = values.unify_dictionaries()
    distinct = values.chunk(0).dictionary.to_pylist() if values.num_chunks else []
    codes = np.empty(len(values), dtype=np.int32)
    at = 0
    for chunk in values.chunks:
        codes[at : at + len(chunk)] = _codes(chunk.indices)
        at += len(chunk)
    nothing = [i for i, value in enumerate(distinct) if value is None or value != value]  # NaN is not itself
    if nothing:
        codes[np.isin(codes, nothing)] = -1
    return Column(distinct, codes)


def _codes(indices: pa.Array) -> Ints:
    """Dictionary codes with -1 for nothing."""
    codes, missing = _numbers(indices)
    return np.where(missing, -1, codes).astype(np.int32)


def _numbers(values: pa.Array) -> tuple[np.ndarray[Any, np.dtype[Any]], np.ndarray[Any, np.dtype[np.bool_]]]:
    """Whole numbers and which of them are missing, from the buffers: pyarrow's own way there imports pandas."""
    bitmap, data = values.buffers()
    span = slice(values.offset, values.offset + len(values))
    missing = np.zeros(len(values), np.bool_)
    if data is None:
        return np.zeros(len(values), np.int64), ~missing
    if values.null_count and bitmap is not None:
        missing = np.unpackbits(np.frombuffer(bitmap, np.uint8), bitorder="little")[span] == 0
    return np.frombuffer(data, np.dtype(str(values.type)))[span], missing


def _moments(values: pa.ChunkedArray) -> Moments:
    """Minutes and days of a column of dates, times or timestamps."""
    import pyarrow as pa
    import pyarrow.compute as pc

    kind = values.type
    if not pa.types.is_date(kind) and not pa.types.is_time(kind) and kind.tz is not None:
        values = pc.local_timestamp(values)
    if pa.types.is_date(kind):
        values = values.cast(pa.date32())
    narrow = pa.types.is_date(kind) or pa.types.is_time32(kind)
    parts = [_numbers(chunk) for chunk in values.cast(pa.int32() if narrow else pa.int64()).chunks]
    missing = np.concatenate([part[1] for part in parts] or [np.zeros(0, np.bool_)])
    ticks = np.concatenate([part[0] for part in parts] or [np.zeros(0, np.int64)])
    ticks = np.where(missing, 0, ticks)  # what stands in a missing place is anything
    if pa.types.is_date(kind):
        return Moments(None, _int32(ticks), missing)
    minutes = ticks // _MINUTE_PER[kind.unit]
    if pa.types.is_time(kind):
        return Moments(_int32(minutes), None, missing)
    days = minutes // DAY
    return Moments(_int32(minutes - days * DAY), _int32(days), missing)


def _int32(values: np.ndarray[Any, np.dtype[Any]]) -> Ints:
    return values.astype(np.int32)
