"""The rows of the constructed sites, read without the product's reader, and simple questions to them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from carveout.catalogue import catalogue

FOLDER = Path(__file__).parents[2] / "site_observations"
FILES = ("care-home-a.yaml", "nursery-a.yaml")


@dataclass(frozen=True, slots=True)
class Row:
    """One row as its readers will understand it."""

    day: date
    unit: str
    start: int
    end: int
    staff: tuple[str, ...]
    task: str
    called: bool

    def overlaps(self, other: Row) -> bool:
        return self.day == other.day and self.start < other.end and other.start < self.end


def minutes(text: str) -> int:
    hours, rest = text.split(":")
    return int(hours) * 60 + int(rest)


@cache
def document(name: str) -> dict[str, Any]:
    return yaml.load((FOLDER / name).read_text(encoding="utf-8"), yaml.CSafeLoader)  # type: ignore[no-any-return]


def listed(value: Any) -> tuple[str, ...]:
    return tuple(value) if isinstance(value, list) else (value,)


def rows_of(name: str) -> list[Row]:
    content = document(name)
    declared = content.get("tasks", {})
    return [
        Row(
            day["date"],
            day["unit"],
            minutes(row["start"]),
            minutes(row["end"]),
            listed(row["staff"]),
            row["task"] if row["task"] in declared else catalogue().resolve(row["task"]) or row["task"],
            row.get("trigger") == "on_demand",
        )
        for day in content["days"]
        for row in day["timeline"]
    ]


HOME, NURSERY = (rows_of(name) for name in FILES)


def duty_of(name: str) -> dict[tuple[date, str], list[tuple[str, int, int]]]:
    """(day, unit) -> (person, on, off). PyYAML reads the key `on` as true, as YAML 1.1 has it."""
    found = defaultdict(list)
    for day in document(name)["days"]:
        for person in day["staff"]:
            for stretch in listed(person.get("on", person.get(True))):
                on, off = stretch.split("-")
                found[day["date"], day["unit"]].append((person["id"], minutes(on), minutes(off)))
    return found


def of(rows: list[Row], unit: str, task: str, start: str = "00:00", end: str = "24:00") -> list[Row]:
    return [r for r in rows if r.unit == unit and r.task == task and minutes(start) <= r.start < minutes(end)]


def days(rows: list[Row]) -> int:
    return len({r.day for r in rows})


def follows(rows: list[Row], unit: str, first: str, second: str, start: str, end: str) -> int:
    """Days on which `second` starts 0 to 3 minutes after `first` ends, inside a part of the day."""
    ends = {(r.day, r.end + gap) for r in of(rows, unit, first, start, end) for gap in range(4)}
    return days([r for r in of(rows, unit, second, start, end) if (r.day, r.start) in ends])
