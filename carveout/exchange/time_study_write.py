"""Writes workdays as a time study: for each person, day and hour the minutes of each class of work.

Of work done at once, one class counts, in the order direct care, indirect work, other, break; so an hour never holds
more than 60 minutes. A gap between two stretches on duty is a break; time on duty without a record is told as such.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from carveout.exchange.care_classes import CLASSES, HOUR, NOT_RECORDED, class_of
from carveout.exchange.clocked import clocked, roles
from carveout.language import Language
from carveout.observations.template import heading
from carveout.workday.record import Person, SiteHead, Workday
from carveout.writing import guarded

_KEYS = ("site", "kind", "date", "unit", "observer", "staff", "role")
_HOURS = 48
_NOTHING, _UNFILLED = 255, 254
_SHOWN = ("direct_care", "indirect_work", "break", "other")  # the order of the ministry's form
_BOM = b"\xef\xbb\xbf"


def write_time_study(head: SiteHead, days: Sequence[Workday], language: Language) -> bytes:
    """The days as CSV: a line for each person and hour in which anything was done or the person was on duty."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    named = [HOUR, *(CLASSES[name] for name in _SHOWN), NOT_RECORDED]
    writer.writerow([*(heading(one, language) for one in _KEYS), *(one.in_(language) for one in named)])
    role_of = roles(days)
    for day in clocked(days, last=1439):
        for who, minutes in sorted(_people(head, day).items()):
            about = [head.id, head.kind.value, day.date, day.unit, day.observer, who, role_of.get(who, "")]
            for hour, counts in _hours(minutes):
                writer.writerow([*map(guarded, about), f"{hour:02d}:00-{hour + 1:02d}:00", *counts])
    return _BOM + stream.getvalue().encode()


def _people(head: SiteHead, day: Workday) -> dict[str, bytearray]:
    """What each person did in every minute: the number of a class, unfilled, or nothing."""
    order = {name: number for number, name in enumerate(CLASSES)}
    found: dict[str, bytearray] = {}
    for row in day.rows:
        number = order[class_of(row.task, head)]
        for who in row.staff:
            minutes = found.setdefault(who, bytearray([_NOTHING]) * (_HOURS * 60))
            for minute in range(row.start, row.start if row.end is None else row.end):
                minutes[minute] = min(minutes[minute], number)
    for person in day.staff:
        if person.id in found:
            _on_duty(person, found[person.id], order["break"])
    return found


def _on_duty(person: Person, minutes: bytearray, rest: int) -> None:
    """Mark what lies in a stretch on duty as unfilled, and what lies between two as a break, where nothing was done."""
    before: int | None = None
    for on, off in sorted(person.on):
        for minute in range(before if before is not None else on, min(off, len(minutes))):
            if minutes[minute] == _NOTHING:
                minutes[minute] = rest if minute < on else _UNFILLED
        before = off if before is None else max(before, off)


def _hours(minutes: bytearray) -> Iterator[tuple[int, list[int]]]:
    numbers = [list(CLASSES).index(name) for name in _SHOWN]
    for hour in range(_HOURS):
        part = minutes[hour * 60 : hour * 60 + 60]
        if any(one != _NOTHING for one in part):
            yield hour, [*(part.count(number) for number in numbers), part.count(_UNFILLED)]
