"""Writes workdays as an XES event log (IEEE 1849) that PM4Py, ProM and Disco read.

A trace is one unit's day; each row is a start and a complete event that share a `concept:instance`. What process mining
has no words for (site, unit, hours on duty, notes) stands in attributes that begin with ``carveout:``, so that our own
reader gets back every row.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from xml.sax.saxutils import quoteattr

from carveout.exchange.care_classes import class_of
from carveout.exchange.cleaning import clean
from carveout.exchange.labels import Labels
from carveout.exchange.xes import INSTANCE, NAME, NOBODY, OFFSET, OURS, RESOURCE, TIME, TRANSITION
from carveout.language import Language
from carveout.workday.record import Row, SiteHead, Workday

_TABS = "\t\t\t"
_EXTENSIONS = (
    ("Concept", "concept"),
    ("Lifecycle", "lifecycle"),
    ("Time", "time"),
    ("Organizational", "org"),
)
_HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<log xes.version="1849.2016" xes.features="" xmlns="http://www.xes-standard.org/">
"""


def write_xes(head: SiteHead, days: Sequence[Workday], language: Language) -> bytes:
    """The days as an event log; the same days give the same bytes."""
    return "".join(_lines(head, days, language)).encode()


def _lines(head: SiteHead, days: Sequence[Workday], language: Language) -> Iterator[str]:
    yield _HEAD
    for name, prefix in _EXTENSIONS:
        uri = f"http://www.xes-standard.org/{prefix}.xesext"
        yield f'\t<extension name="{name}" prefix="{prefix}" uri="{uri}"/>\n'
    yield '\t<global scope="trace">\n\t\t<string key="concept:name" value="UNKNOWN"/>\n\t</global>\n'
    yield '\t<global scope="event">\n'
    yield '\t\t<string key="concept:name" value="UNKNOWN"/>\n'
    yield '\t\t<string key="lifecycle:transition" value="complete"/>\n'
    yield f'\t\t<date key="time:timestamp" value="1970-01-01T00:00:00.000{OFFSET}"/>\n'
    yield '\t\t<string key="org:resource" value="UNKNOWN"/>\n'
    yield "\t</global>\n"
    yield '\t<classifier name="Activity" keys="concept:name"/>\n'
    yield '\t<classifier name="Activity and transition" keys="concept:name lifecycle:transition"/>\n'
    yield '\t<classifier name="Resource" keys="org:resource"/>\n'
    yield _text(1, NAME, head.name or head.id)
    yield _text(1, "lifecycle:model", "standard")
    yield _text(1, f"{OURS}site", head.id)
    yield _text(1, f"{OURS}kind", head.kind.value)
    if head.name:
        yield _text(1, f"{OURS}name", head.name)
    if head.constructed:
        yield _text(1, f"{OURS}constructed", "true")
    if head.tasks or head.reported:
        more = {
            "tasks": {code: dict(one) for code, one in head.tasks.items()},
            "reported": list(map(dict, head.reported)),
        }
        yield _text(1, f"{OURS}more", json.dumps(more, ensure_ascii=False, sort_keys=True))
    labels = Labels(head, language)
    for day in days:
        yield from _trace(day, labels, head)
    yield "</log>\n"


def _trace(day: Workday, labels: Labels, head: SiteHead) -> Iterator[str]:
    yield "\t<trace>\n"
    yield _text(2, NAME, " ".join(part for part in (day.date, day.unit, day.observer) if part))
    # Tools that filter a log keep what traces say, and forget what the log said.
    yield _text(2, f"{OURS}site", head.id)
    yield _text(2, f"{OURS}kind", head.kind.value)
    yield _text(2, f"{OURS}date", day.date)
    yield _text(2, f"{OURS}unit", day.unit)
    if day.observer:
        yield _text(2, f"{OURS}observer", day.observer)
    if day.staff:
        people = [{"id": one.id, "role": one.role, "on": [list(stretch) for stretch in one.on]} for one in day.staff]
        yield _text(2, f"{OURS}staff", json.dumps(people, ensure_ascii=False))
    if day.complete:
        yield _text(2, f"{OURS}complete", "true")
    events = []
    for number, row in enumerate(day.rows, start=1):
        events.append((row.start, 1, number, "start", row))
        if row.end is not None:
            # At one moment what ends comes before what starts, but for a row without a length.
            events.append((row.end, 1 if row.end == row.start else 0, number, "complete", row))
    events.sort(key=lambda event: event[:3])
    midnight = datetime.fromisoformat(day.date)
    for minute, _, number, transition, row in events:
        moment = (midnight + timedelta(minutes=minute)).isoformat(timespec="milliseconds")
        yield from _event(row, number, transition, f"{moment}{OFFSET}", labels, head)
    yield "\t</trace>\n"


def _event(row: Row, number: int, transition: str, moment: str, labels: Labels, head: SiteHead) -> Iterator[str]:
    yield "\t\t<event>\n"
    label = labels.of(row.task)
    yield _text(3, NAME, label)
    yield _text(3, TRANSITION, transition)
    yield f'\t\t\t<date key="{TIME}" value="{moment}"/>\n'
    yield _text(3, RESOURCE, ", ".join(row.staff) or NOBODY)
    yield _text(3, INSTANCE, str(number))
    if transition == "start":  # what is said of a row once is enough
        if label != row.task:
            yield _text(3, f"{OURS}task", row.task)
        if len(row.staff) > 1 or NOBODY in row.staff:
            yield _text(3, f"{OURS}staff", json.dumps(row.staff, ensure_ascii=False))
        yield _text(3, f"{OURS}care_class", class_of(row.task, head))
        if row.trigger is not None:
            yield _text(3, f"{OURS}trigger", row.trigger.value)
        if row.note:
            yield _text(3, f"{OURS}note", row.note)
    yield "\t\t</event>\n"


def _text(depth: int, key: str, value: str) -> str:
    return f'{_TABS[:depth]}<string key="{key}" value={_shown(value)}/>\n'


@lru_cache(maxsize=1 << 14)
def _shown(value: str) -> str:
    return quoteattr(clean(value), {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})
