"""How much an import takes before it says no: a hostile or mistaken file must not fill the memory."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one import. A file beyond a bound is refused with a message that names the bound.

    file_bytes: as given. unpacked_bytes: of a compressed log. rows: rows or events. columns: of a table, the rest is
    left aside with a problem. cell_chars: of one cell or attribute. depth: of nested elements in a log. names: distinct
    tasks or persons asked about.
    """

    file_bytes: int = 100 * MEGABYTE
    unpacked_bytes: int = 400 * MEGABYTE
    rows: int = 500_000
    columns: int = 256
    cell_chars: int = 10_000
    depth: int = 64
    names: int = 2_000


DEFAULT_LIMITS = Limits()
