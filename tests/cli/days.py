"""Observation documents written for the tests of the command line."""

from __future__ import annotations

from pathlib import Path

MORNING = (
    ("07:00", "07:28", "wake_up_care"),
    ("07:28", "07:50", "breakfast_prep"),
    ("07:50", "08:30", "breakfast_assist"),
    ("08:30", "08:50", "clearing"),
    ("08:50", "09:10", "oral_care"),
)


def document(days: int = 5, *, site: str = "home", name: str = "ひまわり苑", extra: str = "") -> str:
    """A care home whose morning runs in the same order every weekday from Monday 2026-06-01 on."""
    lines = ["format: carveout-observation/1", f"site: {{id: {site}, kind: care_home, name: {name}}}"]
    if extra:
        lines.append(extra)
    lines.append("days:")
    for day in range(1, days + 1):
        lines += [
            f"  - date: 2026-06-{day:02d}",
            "    unit: unit-1",
            "    observer: jc-01",
            "    staff:",
            '      - {id: s1, role: care_worker, on: "07:00-16:00"}',
            "    timeline:",
        ]
        lines += [
            f'      - {{start: "{start}", end: "{end}", staff: s1, task: {task}}}' for start, end, task in MORNING
        ]
    return "\n".join(lines) + "\n"


def write(folder: Path, text: str | None = None, name: str = "day.yaml") -> Path:
    """A document in a file."""
    path = folder / name
    path.write_text(document() if text is None else text, encoding="utf-8")
    return path
