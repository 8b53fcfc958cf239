"""A job as a coordinator shapes it: hours, days, tasks, people and channel, and what only people know about it.

A draft says what is wanted; `shape` says what comes of it. It holds no figure that follows from the observed days.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from carveout.model import Channel, Job, Mode, SiteResult, Slot, Weekday

# What only people know, by the name of the field on the employer's sheet.
ANSWERS = (
    "place",  # where, and where to report
    "directs",  # who gives directions
    "asks",  # whom to ask when in doubt
    "training",  # what is shown or taught before the start
    "absence",  # who covers when the person is away
    "freed_time",  # what staff will do with the time set free
    "start_date",  # when it would begin, ISO
    "term",  # for how long
    "pay",  # fee or wage
    "checked_by",  # who checked the proposal (a role, not a name)
    "remarks",
)


@dataclass(frozen=True, slots=True)
class DraftSlot:
    """A stretch of one weekday in one unit, with the tasks wanted in it."""

    weekday: Weekday
    start: int
    end: int
    unit: str
    tasks: tuple[tuple[str, Mode], ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """What is wanted of a job.

    base: id of the job it was shaped from, "" if none. title: "" = worded from its content. channel: None = as
    recommended. area: prefecture or municipality whose rules hold, "" = none in particular. on: ISO day whose law
    holds, "" = the site's. numbers: figures chosen instead of the usual ones, by id of the limit. answers: `ANSWERS`.
    """

    site: str
    slots: tuple[DraftSlot, ...]
    base: str = ""
    title: str = ""
    stage: int = 1
    people: int = 1
    channel: Channel | None = None
    area: str = ""
    on: str = ""
    numbers: Mapping[str, float] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)


def draft_of(result: SiteResult, job: Job) -> Draft:
    """The draft that asks for just this job."""
    slots = tuple(_slot(slot) for slot in job.slots)
    return Draft(result.site, slots, base=job.id, stage=job.stage, people=job.people, area=result.area)


def with_slots(draft: Draft, slots: tuple[DraftSlot, ...]) -> Draft:
    """The same draft with other hours, in the order of the week."""
    order = list(Weekday)
    return replace(draft, slots=tuple(sorted(slots, key=lambda s: (order.index(s.weekday), s.start, s.end, s.unit))))


def _slot(slot: Slot) -> DraftSlot:
    wanted = tuple((task.task, task.mode) for task in slot.tasks)
    return DraftSlot(slot.weekday, slot.start, slot.end, slot.unit, wanted)
