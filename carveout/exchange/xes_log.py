"""Reads an XES event log (IEEE 1849) as a stream of elements, bounded, and refuses what could expand or fetch.

Documents with a DOCTYPE are refused, so that no entity can be defined. Attributes inside attributes, lists and globals
are passed over: rows are told by the plain ones.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from carveout.exchange.limits import Limits
from carveout.observations.limits import MEGABYTE
from carveout.observations.problems import FileProblems

CASE = "case:"  # before the name of a trace's attribute where it stands for a column
_VALUED = frozenset(("string", "date", "int", "float", "boolean", "id"))
_NUMBERS = ("float", "int")
_GZIP = b"\x1f\x8b"
_CHUNK = 1 << 20
_KEY_CHARS = 200


class _RefusedError(Exception):
    """Reading stops; the problem has been noted."""


class _EnoughError(Exception):
    """Reading stops, and what was read stands; the problem has been noted."""


@dataclass(slots=True)
class Event:
    """One event's attributes, and the line it starts in."""

    line: int
    values: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Trace:
    """One trace: its attributes and events."""

    values: dict[str, str] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)


class Log:
    """The attributes and traces of a log."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self.traces: list[Trace] = []

    def headings(self) -> list[str]:
        """Names of event attributes, then of trace attributes marked as such."""
        of_events = dict.fromkeys(key for trace in self.traces for event in trace.events for key in event.values)
        of_traces = dict.fromkeys(f"{CASE}{key}" for trace in self.traces for key in trace.values)
        return [*of_events, *of_traces]

    def samples(self, heading: str) -> tuple[str, ...]:
        """A few values of an attribute."""
        found: dict[str, None] = {}
        for trace in self.traces[:200]:
            if heading.startswith(CASE):
                values = [trace.values.get(heading.removeprefix(CASE), "")]
            else:
                values = [event.values.get(heading, "") for event in trace.events[:200]]
            found.update(dict.fromkeys(value[:60] for value in values if value))
            if len(found) >= 3:
                break
        return tuple(found)[:3]


class _Reader:
    """Gathers a log from the parser's calls."""

    def __init__(self, problems: FileProblems, limits: Limits):
        self.problems, self.limits = problems, limits
        self.log = Log()
        self._trace: Trace | None = None
        self._event: Event | None = None
        self._depth = self._inner = self._aside = self._n = 0
        self._rooted = False
        self.parser = expat.ParserCreate()
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.buffer_text = True

    def _doctype(self, *_: object) -> None:
        self.problems.add("doctype", line=self.parser.CurrentLineNumber)
        raise _RefusedError

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._event is not None and name in _VALUED and not (self._inner or self._aside):  # nearly all there is
            self._inner = 1
            self._value(name, attributes)
            return
        name = name.rpartition(":")[2]
        if self._depth > self.limits.depth:
            self.problems.add(
                "damaged", line=self.parser.CurrentLineNumber, format="XES", reason=f"> {self.limits.depth}"
            )
            raise _RefusedError
        if not self._rooted:
            if name != "log":
                self.problems.add("damaged", line=self.parser.CurrentLineNumber, format="XES", reason=f"<{name[:40]}>")
                raise _RefusedError
            self._rooted = True
        elif self._inner or self._aside:  # inside an attribute, or inside <global>
            self._inner += bool(self._inner)
            self._aside += bool(self._aside)
        elif name == "trace":
            self._trace = Trace()
            self.log.traces.append(self._trace)
        elif name == "event":
            self._begin_event()
        elif name in _VALUED:
            self._inner = 1
            self._value(name, attributes)
        else:  # <extension>, <global>, <classifier>, lists and containers
            self._aside = 1

    def _begin_event(self) -> None:
        self._n += 1
        if self._n > self.limits.rows:
            self.problems.add("too_many_rows", line=self.parser.CurrentLineNumber, limit=f"{self.limits.rows:,}")
            raise _EnoughError
        if self._trace is None:  # IEEE 1849 allows events outside of traces
            self._trace = Trace()
            self.log.traces.append(self._trace)
        self._event = Event(self.parser.CurrentLineNumber)
        self._trace.events.append(self._event)

    def _value(self, kind: str, attributes: dict[str, str]) -> None:
        key, value = attributes.get("key", ""), attributes.get("value", "")
        if len(value) > 50 * self.limits.cell_chars or len(key) > _KEY_CHARS:
            self.problems.add(
                "too_long", line=self.parser.CurrentLineNumber, field=key, limit=50 * self.limits.cell_chars
            )
        elif key and not (kind in _NUMBERS and value.casefold() == "nan"):  # how some tools write "no value"
            (self._event or self._trace or self.log).values[key] = value

    def _end(self, name: str) -> None:
        self._depth -= 1
        if self._inner:
            self._inner -= 1
        elif self._aside:
            self._aside -= 1
        elif name == "event" or name.endswith(":event"):
            self._event = None
        elif name == "trace" or name.endswith(":trace"):
            self._trace = None


def read_log(data: bytes, problems: FileProblems, limits: Limits) -> Log | None:
    """The log of a file (also gzip), None if it cannot be read (the problems say so)."""
    reader = _Reader(problems, limits)
    try:
        for chunk in _unpacked(data, problems, limits):
            reader.parser.Parse(chunk, False)
        reader.parser.Parse(b"", True)
    except _RefusedError:
        return None
    except _EnoughError:
        pass
    except (expat.ExpatError, zlib.error, ValueError, LookupError) as error:
        problems.add("damaged", line=reader.parser.CurrentLineNumber, format="XES", reason=error)
        return None
    return reader.log


def _unpacked(data: bytes, problems: FileProblems, limits: Limits) -> Iterator[bytes]:
    if not data.startswith(_GZIP):
        yield data
        return
    unpacking, rest, size = zlib.decompressobj(zlib.MAX_WBITS | 16), data, 0
    while rest and not unpacking.eof:
        piece = unpacking.decompress(rest, _CHUNK)
        rest = unpacking.unconsumed_tail
        size += len(piece)
        if size > limits.unpacked_bytes:
            problems.add("unpacks_too_large", limit=f"{limits.unpacked_bytes // MEGABYTE} MB")
            raise _RefusedError
        yield piece
