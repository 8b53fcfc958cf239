"""Writes workdays as BORIS exports them: one observation per unit and day, seconds counted from midnight."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from carveout.exchange.clocked import clocked, each, in_time
from carveout.exchange.labels import Labels
from carveout.language import Language
from carveout.workday.record import Row, SiteHead, Workday
from carveout.writing import guarded

NO_SUBJECT = "No focal subject"
_OBSERVATION = ("Observation id", "Observation date", "Description", "Observation duration", "Observation type",
                "Source", "Time offset (s)", "Media duration (s)", "FPS")  # fmt: skip
_OURS = ("site", "kind", "unit", "observer")  # independent variables, as BORIS calls them
_EVENT = ("Subject", "Behavior", "Behavioral category", "Modifier #1", "Behavior type")
AGGREGATED = (*_OBSERVATION, *_OURS, "Subject", "Observation duration by subject by observation", *_EVENT[1:],
              "Start (s)", "Stop (s)", "Duration (s)", "Media file name", "Image index start", "Image index stop",
              "Image file path start", "Image file path stop", "Comment start", "Comment stop")  # fmt: skip
TABULAR = (*_OBSERVATION, *_OURS, *_EVENT, "Time", "Media file name", "Image index", "Image file path", "Comment")
_NA = "NA"


def write_boris(head: SiteHead, days: Sequence[Workday], language: Language, *, tabular: bool = False) -> bytes:
    """The days as CSV of aggregated (or tabular) events."""
    labels = Labels(head, language)
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(TABULAR if tabular else AGGREGATED)
    for day in clocked(days, open_rows=tabular, last=1439):
        lines = _tabular(head, day, labels) if tabular else _aggregated(head, day, labels)
        writer.writerows([guarded(cell) for cell in line] for line in lines)
    return stream.getvalue().encode()


def _observation(head: SiteHead, day: Workday) -> list[str]:
    name = " ".join(part for part in (day.date, day.unit, day.observer) if part)
    last = max((row.start if row.end is None else row.end for row in day.rows), default=0)
    first = min((row.start for row in day.rows), default=0)
    recorded = [name, f"{day.date} 00:00:00", "", _seconds(last - first), "Live observation", _NA, "0.0", _NA, _NA]
    return [*recorded, head.id, head.kind.value, day.unit, day.observer]


def _aggregated(head: SiteHead, day: Workday, labels: Labels) -> Iterator[list[str]]:
    observation = _observation(head, day)
    busy: dict[str, int] = {}
    for row in day.rows:
        for who in each(row):
            busy[who] = busy.get(who, 0) + (row.end or row.start) - row.start
    for row in in_time(day):
        end = row.start if row.end is None else row.end
        for who in each(row):
            yield [
                *observation, who or NO_SUBJECT, _seconds(busy[who]), labels.of(row.task), "", row.trigger or "",
                "POINT" if end == row.start else "STATE", _seconds(row.start), _seconds(end),
                _NA if end == row.start else _seconds(end - row.start), *[_NA] * 5, row.note, "",
            ]  # fmt: skip


def _tabular(head: SiteHead, day: Workday, labels: Labels) -> Iterator[list[str]]:
    observation = _observation(head, day)
    # At one moment stops come before starts, so that a task done twice in a row pairs up as it was done.
    events = sorted(_events(day), key=lambda event: event[:2])
    for minute, _, kind, row, who in events:
        yield [
            *observation, who or NO_SUBJECT, labels.of(row.task), "", row.trigger or "", kind, _seconds(minute),
            *[_NA] * 3, row.note if kind != "STOP" else "",
        ]  # fmt: skip


def _events(day: Workday) -> Iterator[tuple[int, int, str, Row, str]]:
    for row in in_time(day):
        for who in each(row):
            if row.end == row.start:
                yield row.start, 1, "POINT", row, who
                continue
            yield row.start, 1, "START", row, who
            if row.end is not None:
                yield row.end, 0, "STOP", row, who


def _seconds(minutes: int) -> str:
    return f"{minutes * 60}.000"
