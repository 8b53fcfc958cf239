"""Corrections of a workday: each a function from a day to the changes that make it so.

Nothing here alters a day; `changed` does, and the inverse changes take it back. A correction that cannot be made raises
`EditError`, which says why and what to do instead. New rows get an id of `new_id` unless the caller brings one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from carveout.errors import CarveoutError
from carveout.language import Language, Text
from carveout.workday.messages import EDITS
from carveout.workday.record import Change, Row, Workday, new_id

Edge = Literal["start", "end"]
Changes = tuple[Change, ...]
LATEST = 2880  # minutes: the end of the next day


class EditError(CarveoutError):
    """A correction that cannot be made; `code` names the reason, `cause` and `remedy` say it."""

    def __init__(self, code: str, **values: object):
        self.code = code
        self.cause, self.remedy = EDITS[code].worded(**values)
        super().__init__(self.message("en"))

    @property
    def text(self) -> Text:
        """Cause and remedy as one text."""
        return Text(f"{self.cause.ja}。{self.remedy.ja}", f"{self.cause.en}. {self.remedy.en}")

    def message(self, language: Language) -> str:
        """Cause and remedy in one language."""
        return self.text.in_(language)


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of somebody's day without a row."""

    staff: str
    start: int
    end: int


def changed(day: Workday, changes: Iterable[Change]) -> Workday:
    """The day after changes. A changed row keeps its place; an added one stands behind all that start no later.

    Raises `EditError` where a change does not find the row as it expects it.

    >>> day = Workday("a", "2026-06-01", "u", rows=(Row("r", 540, 570, "cleaning", ("s1",)),))
    >>> (later,) = shift(day, ["r"], 10)
    >>> changed(day, [later]).rows[0].start, changed(changed(day, [later]), [later.inverse]) == day
    (550, True)
    """
    rows = list(day.rows)
    for change in changes:
        place = next((index for index, row in enumerate(rows) if row.id == change.row), None)
        stands = None if place is None else rows[place]
        if stands != change.before:
            raise EditError("row_is_otherwise")
        if change.after is None:
            rows = [row for row in rows if row.id != change.row]
        elif place is None:
            rows.insert(_place(rows, change.after), change.after)
        else:
            rows[place] = change.after
    return replace(day, rows=tuple(rows))


def _place(rows: Sequence[Row], row: Row) -> int:
    """Where a row belongs: behind the last one that is not later. Ties go by end and id, so that it does not wander."""
    key = _order(row)
    return next((index + 1 for index in range(len(rows) - 1, -1, -1) if _order(rows[index]) <= key), 0)


def _order(row: Row) -> tuple[int, int, str]:
    return row.start, LATEST + 1 if row.end is None else row.end, row.id


def row_of(day: Workday, row: str) -> Row:
    """The row of an id; raises `EditError` if the day has none."""
    for one in day.rows:
        if one.id == row:
            return one
    raise EditError("no_such_row")


def add(day: Workday, row: Row) -> Changes:
    """A new row."""
    if any(one.id == row.id for one in day.rows):
        raise EditError("row_exists")
    return (Change(None, _sound(row)),)


def put(day: Workday, row: Row) -> Changes:
    """A row as it should stand, whatever stood under its id; no change where it stands so already."""
    before = next((one for one in day.rows if one.id == row.id), None)
    return () if before == row else (Change(before, _sound(row)),)


def remove(day: Workday, *rows: str) -> Changes:
    """Rows taken away."""
    return tuple(Change(row_of(day, row), None) for row in dict.fromkeys(rows))


def split(day: Workday, row: str, at: int, *, id_: str | None = None, task: str | None = None) -> Changes:
    """One row cut in two at a minute; the second part may be another task.

    Raises `EditError` unless the minute lies inside the row.
    """
    whole = row_of(day, row)
    if at <= whole.start or at >= (LATEST if whole.end is None else whole.end):
        raise EditError("split_outside", clock=at, start=whole.start, end=whole.end)
    second = replace(whole, id=id_ or new_id(), start=at, task=whole.task if task is None else task)
    return Change(whole, replace(whole, end=at)), Change(None, second)


def merge(day: Workday, rows: Sequence[str]) -> Changes:
    """Rows of one task and the same people made one, from the first start to the last end.

    The earliest row stays; notes are joined. Raises `EditError` for fewer than two rows, or of several tasks or people.
    """
    found = sorted((row_of(day, row) for row in dict.fromkeys(rows)), key=_order)
    if len(found) < 2:
        raise EditError("merge_one")
    first = found[0]
    if len({row.task for row in found}) > 1:
        raise EditError("merge_tasks")
    if len({frozenset(row.staff) for row in found}) > 1:
        raise EditError("merge_staff")
    ends = [row.end for row in found if row.end is not None]
    one = replace(
        first,
        end=max(ends) if len(ends) == len(found) else None,
        trigger=next((row.trigger for row in found if row.trigger is not None), None),
        note=" / ".join(dict.fromkeys(row.note for row in found if row.note)),
    )
    return put(day, one) + tuple(Change(row, None) for row in found[1:])


def fill(day: Workday, gap: Gap, task: str, *, id_: str | None = None) -> Changes:
    """A row of a task over a stretch that has none."""
    return add(day, Row(id_ or new_id(), gap.start, gap.end, task, (gap.staff,)))


def move_boundary(day: Workday, row: str, edge: Edge, to: int, *, follow: bool = True) -> Changes:
    """One edge of a row moved; what touches it there, done by one of the same people, follows.

    A minute both lose or win is the same minute, so that the total stays. Raises `EditError` where a row would vanish.
    """
    one = row_of(day, row)
    if edge == "end" and one.end is None:
        return stop(day, row, to)
    at = one.start if edge == "start" else one.end
    if at == to:
        return ()
    moved = replace(one, start=to) if edge == "start" else replace(one, end=to)
    neighbours = _touching(day, one, edge) if follow else ()
    changes = [Change(one, moved)]
    changes += [
        Change(other, replace(other, end=to) if edge == "start" else replace(other, start=to)) for other in neighbours
    ]
    for change in changes:
        after = change.after
        if after is None or (after.end is not None and after.end <= after.start):
            raise EditError("boundary_too_far", clock=to)
        _sound(after)
    return tuple(changes)


def _touching(day: Workday, one: Row, edge: Edge) -> tuple[Row, ...]:
    """Rows of one of the same people that end where this one starts (or start where it ends)."""
    people = set(one.staff)
    return tuple(
        other
        for other in day.rows
        if other.id != one.id
        and (people & set(other.staff) or not (people or other.staff))
        and (other.end == one.start if edge == "start" else other.start == one.end)
        and other.end != other.start
    )


def shift(day: Workday, rows: Iterable[str], minutes: int) -> Changes:
    """Rows moved together, earlier (negative) or later. Raises `EditError` where one would leave the day."""
    found = [row_of(day, row) for row in dict.fromkeys(rows)]
    if not minutes:
        return ()
    return tuple(
        Change(
            row,
            _sound(replace(row, start=row.start + minutes, end=None if row.end is None else row.end + minutes)),
        )
        for row in found
    )


def stop(day: Workday, row: str, at: int) -> Changes:
    """A row ended at a minute, whether it was still going on or not."""
    one = row_of(day, row)
    return put(day, replace(one, end=at))


def switch(day: Workday, staff: str, task: str, at: int, *, id_: str | None = None, ids: Sequence[str] = ()) -> Changes:
    """Somebody turned to another task at a minute: what they had open ends there, and the new one goes on.

    Rows of others go on: one done together is left to the others as a row of its own (its ids come from `ids` while
    there are any). Raises `EditError` where something of theirs still open starts later than `at`.
    """
    fresh = iter(ids)
    changes: list[Change] = []
    for row in day.rows:
        if row.end is not None or staff not in row.staff:
            continue
        if row.start > at:
            raise EditError("switch_before_start", clock=at, start=row.start)
        others = tuple(person for person in row.staff if person != staff)
        if row.start == at:  # turned away at once: the row is not theirs, or not that task
            changes.append(Change(row, replace(row, staff=others) if others else None))
            continue
        changes.append(Change(row, replace(row, end=at)))
        if others:
            rest = replace(row, id=next(fresh, None) or new_id(), start=at, staff=others)
            changes.append(Change(None, rest))
    changes.append(Change(None, _sound(Row(id_ or new_id(), at, None, task, (staff,)))))
    return tuple(changes)


def _sound(row: Row) -> Row:
    """The row itself, if its times can stand; raises `EditError` otherwise."""
    if not 0 <= row.start <= LATEST or (row.end is not None and row.end > LATEST):
        raise EditError("outside_the_day")
    if row.end is not None and row.end < row.start:
        raise EditError("end_before_start", start=row.start, end=row.end)
    return row
