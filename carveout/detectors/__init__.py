"""What the timeline shows: facts, no judgement.

`detect` runs all detectors over the rows of any number of sites at once. Each module states its method, source and
limits: `succession` (which task follows which), `chains`, `overlap`, `load` (thin windows), `weekday`, `roles`,
`contexts`, `bounds`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from carveout.detectors import batches, chains, contexts, load, overlap, roles, succession, tables, weekday
from carveout.detectors.columns import Columns, prepare
from carveout.detectors.facts import Facts
from carveout.detectors.patterns import CODE, declared
from carveout.model import Pattern
from carveout.thresholds import Thresholds, thresholds
from carveout.timeline import Timeline

__all__ = ["Columns", "Facts", "detect"]


def detect(t: Timeline, limits: Thresholds | None = None) -> Facts:
    """Find everything the timeline shows; n log n in the rows, one row order in, the same order out."""
    limits = limits or thresholds()
    if not t.n_rows:
        return tables.nothing(t)
    parts = batches.work_through(batches.split(t), lambda part: _detect(part, limits))
    facts = batches.join(t, parts)
    return replace(facts, contexts=contexts.with_reported(t, facts.contexts))


def _detect(t: Timeline, limits: Thresholds) -> Facts:
    """All detectors over the rows of one batch."""
    c = prepare(t)
    is_break = np.array([k == "break" for k in t.tasks.care_class], bool)
    at_work = ~is_break[t.task]
    role = roles.dedicated_rows(t, at_work, limits)[c.source]
    pattern = declared(t)[c.task]
    linkable = (pattern < 0) & ~role & at_work[c.source]
    tolerance = succession.tolerances(c)
    slots = chains.find(c, succession.find(c, linkable, tolerance), linkable)
    own_chain = np.where(slots.of_row >= 0, slots.chain[slots.of_row], -1) if slots.n_chains else slots.of_row
    chain_table, number = tables.chains(c, slots, own_chain, limits["run_pause_min"])
    own_chain = np.where(own_chain >= 0, number[own_chain], -1) if slots.n_chains else own_chain
    runs = overlap.runs_of(c, own_chain, limits["run_pause_min"])
    shared = np.where(own_chain >= 0, 0.0, overlap.shared_minutes(c, runs))
    met = np.where(own_chain >= 0, own_chain, overlap.chain_met(c, runs, shared))
    free = linkable & (own_chain < 0)
    peaks = weekday.find(c, free, limits)
    pattern = np.select(
        [pattern >= 0, role, own_chain >= 0, peaks.weekday >= 0, (shared > 0) & at_work[c.source]],
        [pattern]
        + [
            np.int64(CODE[p])
            for p in (Pattern.DEDICATED_ROLE, Pattern.RHYTHMIC_CHAIN, Pattern.WEEKDAY_PEAK, Pattern.OVERLAPPING)
        ],
        np.int64(CODE[Pattern.OTHER]),
    )
    tells_chain = np.isin(pattern, (CODE[Pattern.RHYTHMIC_CHAIN], CODE[Pattern.OVERLAPPING]))
    load_table, windows = load.measure(t, c, at_work, limits)
    context, context_table = contexts.gather(t, c, pattern, np.where(tells_chain, met, -1), peaks, windows, shared)

    def unsorted(column: NDArray[Any], dtype: type) -> NDArray[Any]:
        result: NDArray[Any] = np.empty(t.n_rows, dtype)
        result[c.source] = column
        return result

    return Facts(
        pattern=unsorted(pattern, np.int8),
        chain=unsorted(own_chain, np.int32),
        context=unsorted(context, np.int32),
        unit_days=c.unit_days.astype(np.int32),
        chains=chain_table,
        windows=windows,
        load=load_table,
        contexts=context_table,
    )
