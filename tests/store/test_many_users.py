"""Many people at once: the short form of `python -m benchmarks.many_users`, on each database."""

from __future__ import annotations

from benchmarks.many_users import run


def test_no_update_is_lost_when_many_people_write_at_once(url: str) -> None:
    figures = run(url, users=6, edits=25, pause=0, processes=False)
    print(figures)
    assert figures.saved == 6 * 25
    assert figures.clashes > 0, "people did meet on the same rows"
