"""A hundred thousand events, as long observations have them, come in whole."""

from __future__ import annotations

from carveout.exchange import read_file

N = 50_000


def test_a_long_event_log() -> None:
    pairs = "".join(
        f'<event><string key="concept:name" value="t{n % 7}"/><string key="lifecycle:transition" value="{edge}"/>'
        f'<string key="org:resource" value="s{n % 9}"/>'
        f'<date key="time:timestamp" value="2026-06-{n % 28 + 1:02d}T{n % 23:02d}:{n % 60:02d}:00+09:00"/></event>'
        for n in range(N)
        for edge in ("start", "complete")
    )
    found = read_file("long.xes", f"<log><trace>{pairs}</trace></log>".encode())
    assert (len(found.days), sum(len(day.rows) for day in found.days)) == (28, N)
    assert sum(one.count for one in found.unknown_tasks) == N


def test_a_long_table_of_events() -> None:
    head = "Observation id,Observation date,Subject,Behavior,Behavior type,Time\n"
    lines = "".join(
        f"o{n % 20},2026-06-{n % 20 + 1:02d} 06:00:00,s{n % 20},t{n % 7},{edge},{n // 20 * 20 + late}\n"
        for n in range(N)
        for edge, late in (("START", 0), ("STOP", 10))
    )
    found = read_file("long.csv", (head + lines).encode())
    assert (len(found.days), sum(len(day.rows) for day in found.days)) == (20, N)
    assert not found.has_errors
