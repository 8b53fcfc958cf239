"""Two observers of one date and unit: their rows can be told apart in the analysis file."""

from __future__ import annotations

import json

import jsonschema

from carveout import report
from carveout.analysis import analyze
from carveout.observations import read_bytes

HEAD = "format: carveout-observation/1\nsite: {id: a, kind: care_home}\ndays:\n"


def entry(observer: str, date: str = "2026-06-01") -> str:
    return f"""  - date: {date}
    unit: u
    observer: {observer}
    timeline:
      - {{start: "07:00", end: "07:30", staff: s1, task: bathing}}
      - {{start: "08:00", end: "08:30", staff: s1, task: cleaning}}
"""


def occurrences(*entries: str) -> list[dict[str, object]]:
    written = report.dumps(analyze(read_bytes("a.yaml", (HEAD + "".join(entries)).encode()).timeline))
    jsonschema.validate(json.loads(written), report.schema())
    found: list[dict[str, object]] = json.loads(written)["sites"][0]["occurrences"]
    return found


def test_rows_of_two_observers_of_one_day_carry_the_number_of_their_entry() -> None:
    rows = occurrences(entry("x"), entry("y"), entry("x", "2026-06-02"))
    shared = [r for r in rows if r["date"] == "2026-06-01"]
    assert {(r["entry"], r["row"]) for r in shared} == {(0, 0), (0, 1), (1, 0), (1, 1)}
    assert all("entry" not in r for r in rows if r["date"] == "2026-06-02")


def test_one_entry_of_a_day_needs_no_number() -> None:
    assert all("entry" not in r for r in occurrences(entry("x"), entry("x", "2026-06-02")))
