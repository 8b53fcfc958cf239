"""Whole sites in batches: the same analysis in bounded memory, on all cores, whatever the number of rows.

Findings never cross a site, so rows may be analysed some sites at a time and the tables put together. Batches of about
`BATCH_ROWS` rows keep the working set in the processor's cache and let threads share the work (numpy releases the
interpreter lock while it sorts and counts).
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from carveout.detectors.facts import ChainTable, ContextTable, Facts, LoadTable, WindowTable
from carveout.timeline import Duty, Tasks, Timeline, Units

BATCH_ROWS = 60_000
Index = NDArray[np.int64]
Table = TypeVar("Table", ChainTable, WindowTable, LoadTable, ContextTable)


@dataclass(frozen=True, slots=True)
class Batch:
    """Where some whole sites lie: positions of their rows, and the first number of their units and tasks."""

    rows: Index | slice
    unit: int
    task: int


def split(t: Timeline, size: int = BATCH_ROWS) -> Iterator[tuple[Batch, Timeline]]:
    """The timeline as batches of whole sites, about `size` rows each (more where one site is larger)."""
    if t.n_rows <= size:
        yield Batch(slice(0, t.n_rows), 0, 0), t
        return
    if np.any(t.duty.unit[1:] < t.duty.unit[:-1]):
        by_unit = np.argsort(t.duty.unit, kind="stable")
        t = replace(t, duty=Duty(*(getattr(t.duty, name)[by_unit] for name in Duty.__slots__)))
    site = t.units.site[t.unit]
    sorted_already = not np.any(site[1:] < site[:-1])
    order = None if sorted_already else np.argsort(site, kind="stable")
    end = np.cumsum(np.bincount(site, minlength=len(t.sites.id)))
    first = 0
    while first < t.n_rows:
        whole = int(np.searchsorted(end, first + size, side="right")) - 1
        last = int(end[whole]) if whole >= 0 and end[whole] > first else int(end[np.searchsorted(end, first, "right")])
        yield _batch(t, slice(first, last) if order is None else order[first:last])
        first = last


def _batch(t: Timeline, rows: Index | slice) -> tuple[Batch, Timeline]:
    unit, task = t.unit[rows], t.task[rows]
    u, k = slice(int(unit.min()), int(unit.max()) + 1), slice(int(task.min()), int(task.max()) + 1)
    if isinstance(rows, slice):
        offsets = t.staff_offsets[rows.start : rows.stop + 1] - t.staff_offsets[rows.start]
        who = t.staff_ids[t.staff_offsets[rows.start] : t.staff_offsets[rows.stop]]
    else:
        people = t.staff_offsets[rows + 1] - t.staff_offsets[rows]
        offsets = np.concatenate(([0], np.cumsum(people)))
        nth = np.arange(int(offsets[-1])) - np.repeat(offsets[:-1], people)
        who = t.staff_ids[np.repeat(t.staff_offsets[rows], people) + nth]
    on_duty = slice(*np.searchsorted(t.duty.unit, [u.start, u.stop]).tolist())
    known = np.concatenate((who, t.duty.staff[on_duty]))
    s = slice(int(known.min()), int(known.max()) + 1) if len(known) else slice(0, 0)
    part = replace(
        t,
        units=Units(t.units.site[u], t.units.name[u]),
        tasks=Tasks(*(getattr(t.tasks, name)[k] for name in Tasks.__slots__)),
        staff=t.staff[s],
        staff_role=t.staff_role[s],
        unit=unit - np.int32(u.start),
        task=task - np.int32(k.start),
        **{name: getattr(t, name)[rows] for name in ("day", "entry", "row", "start", "end", "trigger", "note")},
        staff_offsets=offsets,
        staff_ids=who - np.int32(s.start),
        duty=Duty(
            t.duty.unit[on_duty] - np.int32(u.start),
            t.duty.day[on_duty],
            t.duty.staff[on_duty] - np.int32(s.start),
            t.duty.on[on_duty],
            t.duty.off[on_duty],
        ),
    )
    return Batch(rows, u.start, k.start), part


def work_through(
    batches: Iterator[tuple[Batch, Timeline]], each: Callable[[Timeline], Facts]
) -> list[tuple[Batch, Facts]]:
    """Analyse every batch, as many at a time as there are cores; the order stays."""
    first = next(batches)
    following = next(batches, None)
    if following is None:
        return [(first[0], each(first[1]))]
    cores = min(os.cpu_count() or 1, 8)
    found: list[tuple[Batch, Facts]] = []
    with ThreadPoolExecutor(cores) as pool:
        waiting: deque[tuple[Batch, Future[Facts]]] = deque()
        for batch, part in chain((first, following), batches):
            waiting.append((batch, pool.submit(each, part)))
            if len(waiting) > cores:  # cut the next batch only when one is done: memory stays bounded
                done, facts = waiting.popleft()
                found.append((done, facts.result()))
        found += [(batch, facts.result()) for batch, facts in waiting]
    return found


def join(t: Timeline, parts: Sequence[tuple[Batch, Facts]]) -> Facts:
    """The findings of all batches as those of the whole timeline."""
    if len(parts) == 1:
        return parts[0][1]
    n = t.n_rows
    pattern, links_of, context = np.empty(n, np.int8), np.empty(n, np.int32), np.empty(n, np.int32)
    unit_days = np.zeros(len(t.units.name), np.int32)
    chains = windows = contexts = links = 0
    chain_tables: list[ChainTable] = []
    window_tables: list[WindowTable] = []
    load_tables: list[LoadTable] = []
    context_tables: list[ContextTable] = []
    for batch, f in parts:
        pattern[batch.rows] = f.pattern
        links_of[batch.rows] = _shift(f.chain, chains)
        context[batch.rows] = f.context + np.int32(contexts)
        unit_days[batch.unit : batch.unit + len(f.unit_days)] += f.unit_days
        move = dict.fromkeys(("task", "task_ids", "link_source", "link_target"), batch.task)
        move |= {"unit": batch.unit, "chain": chains, "link_chain": chains, "window": windows, "task_offsets": links}
        chain_tables.append(_moved(f.chains, move))
        window_tables.append(_moved(f.windows, move))
        load_tables.append(_moved(f.load, move))
        context_tables.append(_moved(f.contexts, move))
        chains += len(f.chains.unit)
        links += len(f.chains.task_ids)
        windows += len(f.windows.unit)
        contexts += len(f.contexts.unit)
    return Facts(
        pattern,
        links_of,
        context,
        unit_days,
        _joined(chain_tables),
        _joined(window_tables),
        _joined(load_tables),
        _joined(context_tables),
    )


def _shift(column: NDArray[np.int32], by: int) -> NDArray[np.int32]:
    """Numbers moved by an offset; -1 stays "none"."""
    return np.where(column >= 0, column + np.int32(by), column)


def _moved(table: Table, move: dict[str, int]) -> Table:
    changed: dict[str, Any] = {k: _shift(getattr(table, k), by) for k, by in move.items() if hasattr(table, k)}
    return replace(table, **changed)


def _joined(parts: Sequence[Table]) -> Table:
    columns = {name: np.concatenate([getattr(p, name) for p in parts]) for name in parts[0].__slots__}
    if "task_offsets" in columns:  # every part begins with its own zero: keep the first of all
        columns["task_offsets"] = np.concatenate([[0], *(p.task_offsets[1:] for p in parts)]).astype(np.int32)
    return type(parts[0])(**columns)
