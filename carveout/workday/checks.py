"""What to look at in a workday while one still remembers it: everything the checks find, each with its remedy.

Nothing here forbids: overlaps are data, a hole may be a hole. Errors are rows that cannot stand, warnings ask, notes
tell. Where one action most likely mends it, the finding carries that action as changes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from carveout.workday.check_duty import Coverage, check_duty, coverage
from carveout.workday.check_overlaps import check_overlaps
from carveout.workday.check_rows import check_rows
from carveout.workday.check_usual import check_usual
from carveout.workday.findings import Choice, Finding, Ground, check_values
from carveout.workday.record import Workday
from carveout.workday.vocabulary import Vocabulary

__all__ = ["Choice", "Coverage", "Finding", "check", "check_values", "coverage"]
_ORDER = {"error": 0, "warning": 1, "note": 2}


def check(
    day: Workday, usual: Sequence[Workday] = (), tasks: Mapping[str, str] | None = None, *, now: int | None = None
) -> tuple[Finding, ...]:
    """All findings of a day: errors first, then warnings, then notes, each in the order of time.

    usual: other days of the site, of which those of the same unit are compared. tasks: the site's vocabulary
    (`carveout.workday.vocabulary`), else the catalogue alone. now: the minute of a day still being observed:
    what lies ahead is no hole then, and a row may go on.

    >>> from carveout.workday.record import Row
    >>> rows = (Row("r1", 565, 550, "清掃", ("s1",)), Row("r2", 570, None, "配膳", ("s1",)))
    >>> day = Workday("a", "2026-06-01", "u", rows=rows)
    >>> [(found.code, found.severity, found.repair is not None) for found in check(day)]
    [('end_before_start', 'error', True), ('open_row', 'warning', False)]
    """
    labels = tasks if isinstance(tasks, Vocabulary) else Vocabulary(tasks or {})
    ground = Ground(day, labels, now)
    found = [*check_rows(ground), *check_overlaps(ground), *check_duty(ground), *check_usual(ground, usual)]
    # What is about the whole day stands behind what can be pointed at.
    return tuple(sorted(found, key=lambda one: (_ORDER[one.severity], one.start is None, one.start or 0, one.key)))
