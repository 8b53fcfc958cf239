"""What a tap on the live screen means: a day and a tap give changes of rows; `taps.js` says the same in the browser.

A running row has no end. A person who begins something ends by it what ran before (a switch), unless the tap says "at
the same time". Nobody else's row is touched: where a row is shared, whoever leaves it takes a finished row of their own
along and it goes on for the others. What is replaced in the very minute it began was a slip of the finger and goes,
unless a call or a note stands on it. No tap gives a row that ends before it starts: a time before the start of what it
ends is moved up to that start, and the row says so.

The two sides must agree to the letter, because the browser shows what a tap does before the server has heard of it;
a test plays the same taps to both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from carveout.model import Trigger
from carveout.workday import Change, Row

Kind = Literal["start", "stop", "move", "mark", "note"]
Refusal = Literal["gone", "running"]


@dataclass(frozen=True, slots=True)
class Tap:
    """One tap.

    id: of the tap; new rows are named after it. at: minutes from the day's midnight on the observer's clock.
    staff: whom it is about, in order. task: what begins. row: the row that begins, or that is stopped, moved, marked.
    parallel: what runs goes on. trigger, note: of the row (a stop adds its note to what ends). late: the note if the
    minute had to be moved up. to: the minute to which `edge` moves ("start" or "end").
    """

    id: str
    kind: Kind
    at: int
    staff: tuple[str, ...] = ()
    task: str = ""
    row: str = ""
    parallel: bool = False
    trigger: Trigger | None = None
    note: str = ""
    late: str = ""
    to: int = 0
    edge: Literal["start", "end"] = "start"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a tap does: changes in order; at: the minute it counts for; refused: why it can do nothing."""

    changes: tuple[Change, ...]
    at: int
    refused: Refusal | None = None


def running(rows: Iterable[Row], person: str) -> tuple[Row, ...]:
    """The rows of a person that go on."""
    return tuple(row for row in rows if row.end is None and person in row.staff)


def meaning(rows: Sequence[Row], tap: Tap) -> Meaning:
    """The changes a tap makes to rows.

    >>> begun = Row("r1", 540, None, "serving", ("s1",))
    >>> said = meaning([begun], Tap("tap12345", "start", 552, ("s1",), "clearing", "r2"))
    >>> [(c.after.task, c.after.start, c.after.end) for c in said.changes]
    [('serving', 540, 552), ('clearing', 552, None)]
    """
    if tap.kind == "start":
        return _start(rows, tap)
    if tap.kind == "stop":
        return _stop(rows, tap)
    if tap.kind == "move":
        return _move(rows, tap)
    return _mark(rows, tap)


def part_id(tap: str, row: str) -> str:
    """The id of the piece that somebody takes along out of a shared row: the same however often it is asked."""
    return f"{tap.replace('-', '')[:16]}.{row[:40]}".replace(".", "_")


def _start(rows: Sequence[Row], tap: Tap) -> Meaning:
    """Begin a task; who does it already goes on, in the same row."""
    busy = {name for row in rows if row.end is None and row.task == tap.task for name in row.staff}
    fresh = tuple(name for name in dict.fromkeys(tap.staff) if name not in busy)
    left = [] if tap.parallel else [row for row in _shared(rows, tap.staff) if row.task != tap.task]
    at = max([tap.at, *(row.start for row in left)])
    changes: list[Change] = []
    for row in left:
        changes += _gone(row, tap.staff) if _slip(row, tap.at) else _ends_at(row, tap.staff, at, tap.id)
    if fresh:
        row = Row(tap.row, at, None, tap.task, fresh, tap.trigger, tap.note)
        changes.append(Change(None, _told(row, tap, at)))
    return Meaning(tuple(changes), at, None if changes else "running")


def _stop(rows: Sequence[Row], tap: Tap) -> Meaning:
    """End what people do, or one row of it; nothing begins."""
    left = [row for row in _shared(rows, tap.staff) if tap.row in ("", row.id)]
    at = max([tap.at, *(row.start for row in left)])
    changes: list[Change] = []
    for row in left:
        *stays, end = _ends_at(row, tap.staff, at, tap.id)
        changes += [*stays, replace(end, after=_told(_noted(end.after, tap.note), tap, at) if end.after else None)]
    return Meaning(tuple(changes), at, None if changes else "gone")


def _move(rows: Sequence[Row], tap: Tap) -> Meaning:
    """Move the start of a row, and with it the end of what it followed; or the end of a row that is over.

    The start goes back no further than what it followed began, and not into anything else these people did before.
    """
    row = next((one for one in rows if one.id == tap.row), None)
    if row is None or (tap.edge == "end" and row.end is None):
        return Meaning((), tap.at, "gone")
    others = [one for one in rows if one.id != row.id and set(one.staff) & set(row.staff)]
    if tap.edge == "end":
        edge = row.end or 0
        high = min([max(tap.at, edge), *(one.start for one in others if one.start >= edge)])
        to = max(row.start, min(tap.to, high))
        return Meaning(() if to == edge else (Change(row, replace(row, end=to)),), to)
    followed = [one for one in others if one.end == row.start]
    before = [one.end for one in others if one.end is not None and one.end < row.start]
    low = max([0, *before, *(one.start for one in followed)])
    high = max(row.start, tap.at if row.end is None else row.end)
    to = max(low, min(tap.to, high))
    if to == row.start:
        return Meaning((), to)
    changes = [change for one in followed for change in _ends_at(one, row.staff, to, tap.id)]
    return Meaning((*changes, Change(row, replace(row, start=to))), to)


def _mark(rows: Sequence[Row], tap: Tap) -> Meaning:
    """Put a trigger or a note on a row."""
    row = next((one for one in rows if one.id == tap.row), None)
    if row is None:
        return Meaning((), tap.at, "gone")
    after = replace(row, trigger=tap.trigger) if tap.kind == "mark" else replace(row, note=tap.note)
    return Meaning(() if after == row else (Change(row, after),), tap.at)


def _shared(rows: Sequence[Row], staff: Sequence[str]) -> list[Row]:
    return [row for row in rows if row.end is None and set(row.staff) & set(staff)]


def _slip(row: Row, at: int) -> bool:
    """Whether a row was begun in this very minute, and nothing was said about it."""
    return row.start == at and row.trigger is None and not row.note


def _gone(row: Row, staff: Sequence[str]) -> list[Change]:
    """A row as if these people had never begun it."""
    staying = tuple(name for name in row.staff if name not in staff)
    return [Change(row, replace(row, staff=staying) if staying else None)]


def _ends_at(row: Row, staff: Sequence[str], at: int, tap: str) -> list[Change]:
    """A row ends at a minute for some of its people: the whole row, or a piece of their own beside what stays.

    The change that holds the end comes last.
    """
    leaving = tuple(name for name in row.staff if name in staff)
    staying = tuple(name for name in row.staff if name not in staff)
    if not staying:
        return [Change(row, replace(row, end=at))]
    piece = replace(row, id=part_id(tap, row.id), end=at, staff=leaving)
    return [Change(row, replace(row, staff=staying)), Change(None, piece)]


def _told(row: Row, tap: Tap, at: int) -> Row:
    """A row that says so where its minute is not the tapped one."""
    if at == tap.at or not tap.late:
        return row
    return _noted(row, tap.late)


def _noted(row: Row, text: str) -> Row:
    """A row with a further remark."""
    return replace(row, note=" / ".join(part for part in (row.note, text) if part))
