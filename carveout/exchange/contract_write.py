"""Workdays as the contract's own files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from carveout.exchange.clocked import clocked, roles
from carveout.exchange.labels import Labels
from carveout.language import Language
from carveout.observations import write_yaml
from carveout.observations.clock import DAY, clock_text
from carveout.observations.write import quoted
from carveout.observations.write_table import Line, write_csv, write_workbook
from carveout.observations.yaml_document import FORMAT
from carveout.workday import SiteHead, Workday, timeline_of
from carveout.writing import guarded

_SEPARATOR = "、"


def write_document(head: SiteHead, days: Sequence[Workday]) -> bytes:
    """The days as a YAML document: codes, in no language."""
    timeline = timeline_of(head, clocked(days)).timeline
    if timeline.sites.id:
        return write_yaml(timeline, 0).encode()
    lines = [f"format: {FORMAT}", f"site: {{id: {quoted(head.id)}, kind: {head.kind.value}}}", "days:"]
    for day in days:  # not a single finished row: a document to go on with
        lines += [f"  - date: {day.date}", f"    unit: {quoted(day.unit)}", "    timeline: []"]
    return "\n".join([*lines, ""]).encode()


def write_rows(head: SiteHead, days: Sequence[Workday], language: Language) -> bytes:
    """The days as one CSV table."""
    return write_csv(_lines(head, clocked(days), language), language)


def write_book(head: SiteHead, days: Sequence[Workday], language: Language) -> bytes:
    """The days as a workbook with a sheet of who was on duty."""
    days = clocked(days)
    return write_workbook(list(_lines(head, days, language)), list(_duty(head, days)), language)


def _lines(head: SiteHead, days: Sequence[Workday], language: Language) -> Iterator[Line]:
    labels, role_of = Labels(head, language), roles(days)
    for day in days:
        for row in day.rows:
            end = row.start if row.end is None else row.end
            said = [role_of.get(one, "") for one in row.staff]
            line = {
                "site": head.id,
                "kind": head.kind.value,
                "date": day.date,
                "unit": day.unit,
                "observer": day.observer,
                "staff": _SEPARATOR.join(row.staff),
                "role": _SEPARATOR.join(said) if all(said) else "",
                "start": clock_text(row.start),
                "end": clock_text(end),
                "next_day": "1" if end > DAY else "",
                "task": labels.of(row.task),
                "trigger": row.trigger or "",
                "note": row.note,
            }
            yield {name: guarded(text) for name, text in line.items()}


def _duty(head: SiteHead, days: Sequence[Workday]) -> Iterator[Line]:
    for day in days:
        for person in day.staff:
            on = _SEPARATOR.join(f"{clock_text(start)}-{clock_text(end)}" for start, end in person.on)
            line = {
                "site": head.id, "date": day.date, "unit": day.unit, "staff": person.id, "role": person.role, "on": on,
            }  # fmt: skip
            yield {name: guarded(text) for name, text in line.items()}
