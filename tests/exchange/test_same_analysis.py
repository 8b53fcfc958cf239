"""A bundled site that went through a file and back is analysed to the same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from carveout import bundled, report
from carveout.analysis import analyze
from carveout.exchange import format_of, read_file, write_file
from carveout.observations import read
from carveout.workday import SiteHead, Workday, timeline_of, workdays_of


def analysed(head: SiteHead, days: Sequence[Workday]) -> bytes:
    return b"".join(map(report.encode, report.lines(analyze(timeline_of(head, days).timeline))))


@pytest.mark.parametrize("path", bundled.paths(), ids=lambda path: path.stem)
@pytest.mark.parametrize("kind", ["yaml", "xes", "xlsx"])
def test_the_analysis_is_the_same(path: Path, kind: str) -> None:
    ((head, days),) = workdays_of(read([path]).timeline)
    found = read_file(f"days{format_of(kind).suffixes[0]}", write_file(kind, head, days))
    assert found.head is not None
    told = head if kind == "xlsx" else found.head  # a table does not hold what the site declares, and says so
    assert told == head
    assert analysed(replace(told, id=found.head.id), found.days) == analysed(head, days)
