"""One observed piece of work as another program told it, before it is placed in a day: what every reader gives."""

from __future__ import annotations

from typing import NamedTuple

from carveout.model import Trigger


class Seen(NamedTuple):
    """Who did what from when to when, in the words of the file.

    start, end: milliseconds of the wall clock (see `moments`); end None: not told. place: line and place for problems.
    day: the day number the row belongs to, None: the day of its start. code: the task's code where the file tells it.
    order: position among the rows of its day, None: by time. trace: number of the day in a file of our own, -1: none.
    site, kind, role: as a column tells them.
    """

    start: int
    end: int | None
    task: str
    staff: tuple[str, ...] = ()
    unit: str = ""
    observer: str = ""
    trigger: Trigger | None = None
    note: str = ""
    place: tuple[int | None, str] = (None, "")
    day: int | None = None
    code: str = ""
    order: int | None = None
    trace: int = -1
    site: str = ""
    kind: str = ""
    role: str = ""
