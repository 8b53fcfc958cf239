"""Starts and ends told as separate events become rows: by their common instance, else first in, first out."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from carveout.exchange.moments import DAY
from carveout.exchange.seen import Seen
from carveout.observations.problems import FileProblems

Edge = Literal["start", "end", "point"]
Key = tuple[str, ...]


@dataclass(slots=True)
class Pairing:
    """Pairs the events of one trace (or observation) in the order in which they happened.

    points: how many ends had no start and became rows of a moment; `lone` says which problem that is ("": none here,
    the caller sums up).
    """

    problems: FileProblems
    lone: str = "no_start"
    points: int = 0
    _open: dict[Key, deque[int]] = field(default_factory=lambda: defaultdict(deque))
    _rows: list[Seen] = field(default_factory=list)
    _stale: set[int] = field(default_factory=set)

    def take(self, edge: Edge, key: Key, seen: Seen) -> None:
        """Work one event in. seen.start is its moment; what the start tells stands, an end adds its note."""
        if edge == "start":
            self._open[key].append(len(self._rows))
            self._rows.append(seen)
        elif edge == "end" and (at := self._waiting(key, seen.start)) is not None:
            began = self._rows[at]
            note = began.note if seen.note in ("", began.note) else f"{began.note} {seen.note}".strip()
            self._rows[at] = began._replace(end=seen.start, note=note, staff=began.staff or seen.staff)
        else:
            if edge == "end":
                self.points += 1
                if self.lone:
                    self.problems.add(self.lone, line=seen.place[0], place=seen.place[1], task=seen.task)
            self._rows.append(seen._replace(end=seen.start))

    def _waiting(self, key: Key, end: int) -> int | None:
        """The row that an event ends, None if there is none; a start a day ago was never ended."""
        waiting = self._open.get(key)
        while waiting:
            at = waiting.popleft()
            start = self._rows[at].start
            if end - start < DAY or (end - start == DAY and start % DAY == 0):
                return at
            self._stale.add(at)
        return None

    def rows(self) -> Iterator[Seen]:
        """The rows; a start that never ended is a row still going on."""
        unfinished = self._stale.union(*self._open.values())
        for at, seen in enumerate(self._rows):
            if at in unfinished:
                self.problems.add("no_end", line=seen.place[0], place=seen.place[1], task=seen.task)
            yield seen


def paired(events: Iterable[tuple[Edge, Key, Seen]], problems: FileProblems, lone: str = "no_start") -> list[Seen]:
    """The rows of one trace's events.

    >>> from carveout.exchange.messages import problems_of
    >>> at = lambda edge, ms: (edge, ("a",), Seen(ms, None, "a"))
    >>> [(row.start, row.end) for row in paired([at("start", 0), at("start", 5), at("end", 9)], problems_of("x"))]
    [(0, 9), (5, None)]
    """
    pairing = Pairing(problems, lone)
    for edge, key, seen in events:
        pairing.take(edge, key, seen)
    return list(pairing.rows())
