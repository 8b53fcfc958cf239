"""The plug may be pulled at any moment: the short form of `python -m benchmarks.kills`."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.kills import run


@pytest.mark.slow
def test_no_acknowledged_edit_is_lost_or_doubled_when_the_writer_is_killed(tmp_path: Path) -> None:
    figures = run(str(tmp_path / "store.sqlite3"), kills=15, seed=7)
    print(figures)
    assert (figures.kills, figures.lost, figures.doubled) == (15, 0, 0)
    assert figures.acknowledged > 15
