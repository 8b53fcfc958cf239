"""Event logs (XES, IEEE 1849) as rows: traces of start and complete events become rows of days.

In a log of our own a trace is one unit's day, told by its attributes; in any other, rows belong to the day on which
they start.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator

from carveout.exchange.mapping import Mapping
from carveout.exchange.moments import DAY, zone_of, zoned_time
from carveout.exchange.pairing import Edge, Key, Pairing
from carveout.exchange.placing import DayTold
from carveout.exchange.seen import Seen
from carveout.exchange.xes_log import CASE, Event, Log, Trace
from carveout.model import Kind, Trigger
from carveout.observations.clock import iso_day
from carveout.observations.problems import FileProblems
from carveout.workday.record import Person, SiteHead

NAME, TRANSITION, TIME, RESOURCE, INSTANCE = (
    "concept:name", "lifecycle:transition", "time:timestamp", "org:resource", "concept:instance",
)  # fmt: skip
OURS = "carveout:"
# The offset process mining asks for: our logs tell the clock of the corridor under Japanese time.
OFFSET = "+09:00"
NOBODY = "-"  # the resource of a row without staff: tools want one in every event
_EDGES: dict[str, Edge] = {"start": "start", "resume": "start", "complete": "end", "suspend": "end"}
_TRIGGERS = {one.value: one for one in Trigger}
_UNDERSTOOD = {NAME, TRANSITION, TIME, RESOURCE, INSTANCE}


class Xes:
    """A log as rows."""

    def __init__(self, log: Log, mapping: Mapping, problems: FileProblems):
        self.log, self.mapping, self.problems = log, mapping, problems
        self._values = {**(log.traces[0].values if log.traces else {}), **log.values}
        self.ours = f"{OURS}site" in self._values
        # A log of ours that went through another tool may tell the same moments under another offset.
        self._zone = zone_of(OFFSET if self.ours else mapping.offset)
        self._universal = 0
        self.columns = {"task": NAME, "staff": RESOURCE, "start": TIME}
        headings = set(log.headings())
        self.columns = {name: heading for name, heading in self.columns.items() if heading in headings}
        for name, heading in mapping.columns.items():
            if heading in headings:
                self.columns[name] = heading
            elif heading:
                problems.add("mapped_column", field=name, heading=heading)
            else:
                self.columns.pop(name, None)
        if not self.ours and "unit" not in self.columns and "unit" not in mapping.columns:
            found = next((one for one in ("org:group", f"{CASE}org:group", f"{CASE}unit") if one in headings), None)
            if found:
                self.columns["unit"] = found
        self.told: dict[int, DayTold] = {}

    @property
    def unused(self) -> list[str]:
        """Attributes nothing is made of."""
        used = {*self.columns.values(), *self.mapping.into_note, *_UNDERSTOOD}
        return [one for one in self.log.headings() if one not in used and OURS not in one]

    def head(self) -> SiteHead | None:
        """The site, told by a log of our own."""
        values = self._values
        if not self.ours:
            return None
        more = _json(values.get(f"{OURS}more", ""))
        kind = values.get(f"{OURS}kind", "")
        return SiteHead(
            values[f"{OURS}site"],
            Kind(kind) if kind in tuple(Kind) else Kind.OTHER,
            values.get(f"{OURS}name", ""),
            constructed=values.get(f"{OURS}constructed") == "true",
            tasks=_texts_of_texts(more.get("tasks")),
            reported=tuple(_texts(one) for one in _listed(more.get("reported"))),
        )

    def seen(self) -> list[Seen]:
        """The rows of all traces."""
        rows: list[Seen] = []
        others: Counter[str] = Counter()
        points = 0
        for number, trace in enumerate(self.log.traces):
            day = self._day(number, trace) if self.ours else None
            pairing = Pairing(self.problems, lone="")
            for edge, key, seen in self._events(trace, day, number, others):
                pairing.take(edge, key, seen)
            points += pairing.points
            rows.extend(pairing.rows())
        if self._universal and not self.ours and self._zone is None:
            self.problems.add("universal_time", field=TIME, n=self._universal)
        if points:
            self.problems.add("points", n=points)
        for word, n in others.items():
            self.problems.add("lifecycle", field=TRANSITION, value=word, n=n)
        return rows

    def _day(self, number: int, trace: Trace) -> DayTold | None:
        values = trace.values
        day = iso_day(values.get(f"{OURS}date", ""))
        if day is None:
            return None
        told = DayTold(
            day, values.get(f"{OURS}unit", ""), values.get(f"{OURS}observer", ""),
            _people(values.get(f"{OURS}staff", "")), values.get(f"{OURS}complete") == "true",
        )  # fmt: skip
        self.told[number] = told
        return told

    def _events(
        self, trace: Trace, day: DayTold | None, number: int, others: Counter[str]
    ) -> Iterator[tuple[Edge, Key, Seen]]:
        found: list[tuple[Edge, Key, Seen]] = []
        for event in trace.events:
            transition = event.values.get(TRANSITION, "complete").casefold()
            edge = _EDGES.get(transition)
            if edge is None:
                others[transition[:40]] += 1
                continue
            seen = self._seen(trace, event, day, number)
            if seen is not None:
                instance = event.values.get(INSTANCE, "")
                key = (seen.task, instance) if instance else (seen.task, "", *seen.staff)
                found.append((edge, key, seen))
        found.sort(key=lambda one: one[2].start)  # stable: logs need not be in order
        return iter(found)

    def _seen(self, trace: Trace, event: Event, day: DayTold | None, number: int) -> Seen | None:
        values, place = event.values, (event.line, "")
        told = self._text(trace, event, "start")
        moment, universal = zoned_time(told, self._zone)
        self._universal += universal
        if moment is None or moment.day is None:
            self.problems.add("bad_time", line=event.line, field=TIME, value=told)
            return None
        who = self._text(trace, event, "staff")
        start = moment.day * DAY + moment.ms
        task = self._text(trace, event, "task")
        if day is None:
            return Seen(
                start, None, task, (who,) if who else (), self._text(trace, event, "unit"),
                self._text(trace, event, "observer"), None, self._note(trace, event), place,
            )  # fmt: skip
        staff: tuple[str, ...] = () if who in ("", NOBODY) else (who,)
        if f"{OURS}staff" in values:
            staff = tuple(_listed_texts(values[f"{OURS}staff"]))
        order = values.get(INSTANCE, "")
        return Seen(
            start, None, task, staff, day.unit, day.observer,
            _TRIGGERS.get(values.get(f"{OURS}trigger", "")), values.get(f"{OURS}note", ""), place,
            day.day, values.get(f"{OURS}task", task), int(order) if order.isdecimal() and len(order) < 9 else 0, number,
            trace.values.get(f"{OURS}site", ""), trace.values.get(f"{OURS}kind", ""),
        )  # fmt: skip

    def _text(self, trace: Trace, event: Event, name: str) -> str:
        return self._value(trace, event, self.columns.get(name, ""))

    @staticmethod
    def _value(trace: Trace, event: Event, heading: str) -> str:
        if heading.startswith(CASE):
            return trace.values.get(heading.removeprefix(CASE), "").strip()
        return event.values.get(heading, "").strip()

    def _note(self, trace: Trace, event: Event) -> str:
        kept = [self._text(trace, event, "note")]
        told = ((heading, self._value(trace, event, heading)) for heading in self.mapping.into_note)
        kept.extend(f"{heading}: {text}" for heading, text in told if text)
        return " / ".join(part for part in kept if part)


def _json(text: str) -> dict[str, object]:
    try:
        found = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _listed_texts(text: str) -> list[str]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return [text] if text else []
    return [one for one in _listed(found) if isinstance(one, str)]


def _texts(value: object) -> dict[str, str]:
    return {str(key): one for key, one in value.items() if isinstance(one, str)} if isinstance(value, dict) else {}


def _texts_of_texts(value: object) -> dict[str, dict[str, str]]:
    return {str(key): _texts(one) for key, one in value.items()} if isinstance(value, dict) else {}


def _people(text: str) -> tuple[Person, ...]:
    """People on duty from the text in which a log of our own keeps them."""
    try:
        found = json.loads(text or "[]")
    except (ValueError, RecursionError):
        return ()
    people = []
    for entry in _listed(found):
        one = _texts(entry)
        on = entry.get("on") if isinstance(entry, dict) else None
        if one.get("id"):
            people.append(Person(one["id"], one.get("role", ""), tuple(_stretches(on))))
    return tuple(people)


def _stretches(value: object) -> Iterator[tuple[int, int]]:
    for pair in _listed(value):
        match pair:
            case [int(on), int(off)] if 0 <= on <= off:
                yield on, off
