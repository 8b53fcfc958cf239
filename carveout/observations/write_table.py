"""Rows of the contract's table as CSV text, and as a workbook with the template's lists to choose from."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time, timedelta

from carveout.language import Language
from carveout.observations.clock import DAY
from carveout.observations.template import filled, heading
from carveout.observations.words import KINDS, ROW_COLUMNS, STAFF_COLUMNS, TRIGGERS

_BOM = b"\xef\xbb\xbf"  # without it, Excel under Windows takes UTF-8 for Shift_JIS
Line = Mapping[str, str]


def write_csv(lines: Iterable[Line], language: Language) -> bytes:
    r"""The table of rows as CSV for any spreadsheet; a line holds texts by the contract's English headings.

    >>> write_csv([{"site": "a", "start": "09:00"}], "en").decode("utf-8-sig").splitlines()[1]
    'a,,,,,,,09:00,,,,,'
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([heading(column, language) for column in ROW_COLUMNS])
    writer.writerows([_worded(column, line.get(column, ""), language) for column in ROW_COLUMNS] for line in lines)
    return _BOM + stream.getvalue().encode()


def write_workbook(lines: Sequence[Line], staff: Sequence[Line], language: Language) -> bytes:
    """The table of rows and that of staff on duty as the template filled in. Dates and times are typed."""
    return filled(
        [[_cell(column, _worded(column, line.get(column, ""), language)) for column in ROW_COLUMNS] for line in lines],
        [[_cell(column, line.get(column, "")) for column in STAFF_COLUMNS] for line in staff],
        language,
    )


def _worded(column: str, text: str, language: Language) -> str:
    """Fixed words as the template's lists word them."""
    words = {"kind": KINDS, "trigger": TRIGGERS}.get(column, {}).get(text, ())
    return words[1] if language == "ja" and len(words) > 1 else text


def _cell(column: str, text: str) -> object:
    if not text:
        return None
    if column == "date":
        return date.fromisoformat(text)
    if column in ("start", "end"):
        hours, minutes = text.split(":")
        count = int(hours) * 60 + int(minutes)
        return time(*divmod(count, 60)) if count < DAY else timedelta(minutes=count)
    return text
