"""How much a reader takes before it says no: bounds that keep a hostile or mistaken file from filling the memory."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one reading. A file beyond a bound is refused with a message that names the bound.

    *_bytes: size of a file as stored. xlsx_unpacked_bytes: the sum of the sheets' sizes once unpacked.
    yaml_nodes: scalars, lists and mappings of a YAML file, aliases counted as often as they are used.
    yaml_depth: levels of nesting (the contract needs six). id_chars: site, unit, staff, role, task.
    problems: messages of one kind per file; the rest is counted, not listed.
    """

    yaml_bytes: int = 50 * MEGABYTE
    csv_bytes: int = 200 * MEGABYTE
    xlsx_bytes: int = 50 * MEGABYTE
    xlsx_unpacked_bytes: int = 400 * MEGABYTE
    xlsx_rows: int = 200_000
    parquet_bytes: int = 4096 * MEGABYTE
    parquet_unpacked_bytes: int = 16384 * MEGABYTE
    parquet_rows: int = 50_000_000
    yaml_nodes: int = 6_000_000
    yaml_depth: int = 32
    id_chars: int = 200
    note_chars: int = 10_000
    files: int = 10_000
    problems: int = 500


DEFAULT_LIMITS = Limits()
