"""A `Timeline` from plain rows, for tests that need no file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from carveout.timeline import Duty, Reported, Sites, Tasks, Timeline, Units

EPOCH = dt.date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Row:
    """One observed row: date ordinal in days since 1970-01-01, minutes of the clock, staff ids."""

    unit: str
    day: int
    start: int
    end: int
    task: str
    staff: tuple[str, ...]


def day_number(date: dt.date) -> int:
    """Days since 1970-01-01."""
    return date.toordinal() - EPOCH


def timeline_of(
    rows: Sequence[Row],
    *,
    natures: Mapping[str, str] | None = None,
    contracted: Iterable[str] = (),
    duty: Sequence[tuple[str, int, str, int, int]] = (),
    site: str = "planted",
) -> Timeline:
    """A timeline of one site; entries are numbered by (unit, day) in order of first appearance."""
    natures = natures or {}
    supplied = set(contracted)
    units = list(dict.fromkeys(r.unit for r in rows))
    tasks = list(dict.fromkeys(r.task for r in rows))
    staff = list(dict.fromkeys([s for r in rows for s in r.staff] + [d[2] for d in duty]))
    unit_of = {name: i for i, name in enumerate(units)}
    task_of = {code: i for i, code in enumerate(tasks)}
    staff_of = {name: i for i, name in enumerate(staff)}
    entries: dict[tuple[str, int], int] = {}
    counts: dict[int, int] = {}
    entry, number = [], []
    for r in rows:
        e = entries.setdefault((r.unit, r.day), len(entries))
        entry.append(e)
        number.append(counts.get(e, 0))
        counts[e] = counts.get(e, 0) + 1
    n = len(tasks)
    offsets = np.zeros(len(rows) + 1, np.int64)
    np.cumsum([len(r.staff) for r in rows], out=offsets[1:])
    i32 = np.int32
    return Timeline(
        sites=Sites((site,), ("other",), (site,), (True,)),
        units=Units(np.zeros(len(units), i32), tuple(units)),
        tasks=Tasks(
            site=np.zeros(n, i32),
            code=tuple(tasks),
            ja=tuple(tasks),
            en=tuple(tasks),
            nature=tuple(natures.get(t, "care") for t in tasks),
            supplier=tuple("contracted" if t in supplied else "in_house" for t in tasks),
            care_class=("direct_care",) * n,
            load=("moderate",) * n,
            contact=("residents",) * n,
            medical_act=("no",) * n,
            qualification=("",) * n,
            known=np.ones(n, bool),
        ),
        staff=tuple(staff),
        staff_role=("",) * len(staff),
        unit=np.array([unit_of[r.unit] for r in rows], i32),
        day=np.array([r.day for r in rows], i32),
        entry=np.array(entry, i32),
        row=np.array(number, i32),
        start=np.array([r.start for r in rows], i32),
        end=np.array([r.end for r in rows], i32),
        task=np.array([task_of[r.task] for r in rows], i32),
        trigger=np.zeros(len(rows), np.int8),
        note=np.full(len(rows), -1, i32),
        staff_offsets=offsets,
        staff_ids=np.array([staff_of[s] for r in rows for s in r.staff], i32),
        duty=Duty(
            unit=np.array([unit_of[d[0]] for d in duty], i32),
            day=np.array([d[1] for d in duty], i32),
            staff=np.array([staff_of[d[2]] for d in duty], i32),
            on=np.array([d[3] for d in duty], i32),
            off=np.array([d[4] for d in duty], i32),
        ),
        reported=Reported(*(np.zeros(0, i32) for _ in range(6)), told_by=()),
    )
