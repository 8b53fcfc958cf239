"""A draft's week as blocks: the same hours, unit and tasks on several weekdays are one block, edited together.

Every edit gives a new draft; blocks are derived, never stored. Day by day, each weekday is a block of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from carveout.jobs import Draft, DraftSlot, with_slots
from carveout.model import WEEKDAYS, Mode, Weekday

STEP = 15  # minutes
DAY = 24 * 60
LATEST = 2 * DAY
_USUAL_START, _USUAL_LENGTH = 10 * 60, 120

Tasks = tuple[tuple[str, Mode], ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Weekdays that share hours, unit and tasks."""

    weekdays: tuple[Weekday, ...]
    start: int
    end: int
    unit: str
    tasks: Tasks

    @property
    def minutes(self) -> int:
        """Length of its stretch on each of its weekdays."""
        return self.end - self.start


def blocks_of(draft: Draft, *, day_by_day: bool = False) -> tuple[Block, ...]:
    """The blocks of a draft, by first weekday and start."""
    found: dict[object, list[DraftSlot]] = {}
    for slot in draft.slots:
        what = (slot.start, slot.end, slot.unit, slot.tasks)
        found.setdefault((slot.weekday, what) if day_by_day else what, []).append(slot)
    made = []
    for own in found.values():
        days = {slot.weekday for slot in own}
        first = own[0]
        weekdays = tuple(day for day in WEEKDAYS if day in days)
        made.append(Block(weekdays, first.start, first.end, first.unit, first.tasks))
    return tuple(sorted(made, key=lambda b: (WEEKDAYS.index(b.weekdays[0]), b.start, b.end, b.unit)))


def put(draft: Draft, old: Block | None, new: Block | None, *, alone: bool = False) -> Draft:
    """The draft with one block in another's place; old None adds, new None removes.

    alone: on weekdays that the block comes to anew it takes the place of what lies in its hours there.
    """
    kept = [slot for slot in draft.slots if old is None or not _belongs(slot, old)]
    if alone and new is not None:
        known = old.weekdays if old is not None else ()
        kept = [s for s in kept if s.weekday in known or s.weekday not in new.weekdays or not _overlap(s, new)]
    added = [] if new is None else [DraftSlot(day, new.start, new.end, new.unit, new.tasks) for day in new.weekdays]
    return with_slots(draft, tuple(dict.fromkeys((*kept, *added))))


def on_days(block: Block, days: Iterable[Weekday]) -> Block:
    """The block on other weekdays, in the order of the week."""
    wanted = set(days)
    return replace(block, weekdays=tuple(day for day in WEEKDAYS if day in wanted))


def from_start(block: Block, start: int) -> Block:
    """The block with another start; a start at or after its end moves the end along."""
    end = block.end if start < block.end <= start + DAY else min(start + block.minutes, LATEST)
    return replace(block, start=start, end=end)


def moved(block: Block, minutes: int) -> Block:
    """The whole stretch earlier or later, as far as the day goes."""
    by = max(minutes, -block.start)
    by = min(by, DAY - STEP - block.start) if by > 0 else by
    return replace(block, start=block.start + by, end=block.end + by)


def until(block: Block, end: int) -> Block:
    """The block with another end."""
    return replace(block, end=end)


def in_unit(block: Block, unit: str) -> Block:
    """The block in another unit; its tasks stay, whether or not they arise there."""
    return replace(block, unit=unit)


def with_tasks(block: Block, tasks: Sequence[tuple[str, Mode]]) -> Block:
    """The block with other tasks, what it held already in its order."""
    kept = [pair for pair in block.tasks if pair in tasks]
    return replace(block, tasks=tuple(dict.fromkeys((*kept, *tasks))))


def next_block(draft: Draft, unit: str) -> Block:
    """A further stretch to start from: the hours of the last block on a weekday that is still free."""
    known = blocks_of(draft)
    busy = {slot.weekday for slot in draft.slots}
    free = next((day for day in WEEKDAYS if day not in busy), None)
    if not known:
        return Block((WEEKDAYS[0],), _USUAL_START, _USUAL_START + _USUAL_LENGTH, unit, ())
    last = known[-1]
    if free is not None:
        return Block((free,), last.start, last.end, last.unit, ())
    start = min(last.end + 60, DAY - STEP)
    return Block((last.weekdays[0],), start, min(start + _USUAL_LENGTH, LATEST), last.unit, ())


def starts(block: Block) -> list[int]:
    """Times to choose a start from: the day's quarter hours, and the present one."""
    return sorted({*range(0, DAY, STEP), block.start})


def ends(block: Block) -> list[int]:
    """Times to choose an end from: the quarter hours after the start, within a day, and the present one."""
    first = block.start // STEP * STEP + STEP
    return sorted({*range(first, min(block.start + DAY, LATEST) + 1, STEP), block.end})


def _overlap(slot: DraftSlot, block: Block) -> bool:
    return slot.start < block.end and block.start < slot.end


def _belongs(slot: DraftSlot, block: Block) -> bool:
    same = (slot.start, slot.end, slot.unit, slot.tasks) == (block.start, block.end, block.unit, block.tasks)
    return same and slot.weekday in block.weekdays
