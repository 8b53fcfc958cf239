"""The observed rows of any number of sites as columns: what every reader fills and every detector reads.

One `Timeline` holds all rows of all sites given to one analysis. Columns are numpy arrays of equal length; names are
integers into small vocabularies, so that a nation's rows cost bytes, not objects. The order of rows is the order of the
input; detectors sort for themselves.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]

TRIGGER_UNKNOWN, TRIGGER_PLANNED, TRIGGER_ON_DEMAND = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Sites:
    """One entry per site. `constructed`: the rows are made up for teaching, and every screen says so."""

    id: tuple[str, ...]
    kind: tuple[str, ...]
    name: tuple[str, ...]
    constructed: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Units:
    """One entry per unit (care unit, classroom) of a site: `site` indexes `Sites`."""

    site: Ints
    name: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tasks:
    """One entry per task code of a site: declared attributes, the site's own declaration over the catalogue's.

    `known`: the catalogue or the document declares it (False: free text kept as a task of its own).
    """

    site: Ints
    code: tuple[str, ...]
    ja: tuple[str, ...]
    en: tuple[str, ...]
    nature: tuple[str, ...]
    supplier: tuple[str, ...]
    care_class: tuple[str, ...]  # direct_care | indirect_work | break | other
    load: tuple[str, ...]  # light | moderate | heavy | very_heavy
    contact: tuple[str, ...]  # none | residents | children | bodily_care
    medical_act: tuple[str, ...]  # no | conditional | yes
    qualification: tuple[str, ...]  # "" = none
    known: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Duty:
    """Who was on duty when: one entry per stretch (a break is a gap between two). `on`, `off` in minutes.

    `given` tells for each (unit, day) entry whether the document listed its staff at all; where it did not, a person is
    on duty from first to last row (see `carveout.detectors.load`).
    """

    unit: Ints
    day: Ints
    staff: Ints
    on: Ints
    off: Ints


@dataclass(frozen=True, slots=True)
class Reported:
    """Work not seen but told by staff. weekday: 0 = Monday ... 6, -1 = any; start/end minutes, -1 = not told."""

    site: Ints
    unit: Ints  # -1 = not told
    task: Ints
    weekday: Ints
    start: Ints
    end: Ints
    told_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entries:
    """One entry per day entry of the input, also those without a row. observer: "" = not told."""

    unit: Ints
    day: Ints
    observer: tuple[str, ...]


NO_ENTRIES = Entries(np.empty(0, np.int32), np.empty(0, np.int32), ())


@dataclass(frozen=True, slots=True)
class Timeline:
    """Rows as columns. Row i was done by `staff_ids[staff_offsets[i]:staff_offsets[i + 1]]`.

    unit, task, staff_ids: indexes into `units`, `tasks`, `staff`. day: days since 1970-01-01 (a Thursday).
    entry: the day entry the row came from, numbered over the whole input; row: its position in that entry.
    start, end: minutes from that day's midnight, end >= start, end may pass 1440.
    """

    sites: Sites
    units: Units
    tasks: Tasks
    staff: tuple[str, ...]  # ids as written; a staff member of two sites is two entries
    staff_role: tuple[str, ...]  # "" = not told
    unit: Ints
    day: Ints
    entry: Ints
    row: Ints
    start: Ints
    end: Ints
    task: Ints
    trigger: NDArray[np.int8]
    note: Ints  # index into notes, -1 = none
    staff_offsets: Longs
    staff_ids: Ints
    duty: Duty
    reported: Reported
    notes: tuple[str, ...] = field(default=())
    entries: Entries = NO_ENTRIES  # what `entry` numbers; empty where a timeline was not read from files

    @property
    def n_rows(self) -> int:
        """Number of observed rows."""
        return len(self.start)
