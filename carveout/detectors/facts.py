"""What the detectors find, as columns: facts without judgement. The rules judge them (`carveout.rules`).

`Facts` is one table per kind of finding. Every table indexes the timeline's vocabularies (units, tasks) and each other.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from carveout.timeline import Ints

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class ChainTable:
    """One entry per rhythmic chain. start, end: usual window of a run in minutes (medians over the runs).

    days: days with a run; of_days: days the unit was observed. low: one-sided 95 % lower bound of days/of_days.
    number: 1, 2, ... inside the unit by start. Links: `link_chain[k]` owns `link_source[k] -> link_target[k]` (tasks).
    task_offsets/task_ids: the chain's tasks in their usual order.
    """

    unit: Ints
    number: Ints
    start: Ints
    end: Ints
    days: Ints
    of_days: Ints
    low: Floats
    task_offsets: Ints
    task_ids: Ints
    link_chain: Ints
    link_source: Ints
    link_target: Ints
    link_days: Ints
    link_of_days: Ints
    link_gap: Floats
    link_low: Floats


@dataclass(frozen=True, slots=True)
class WindowTable:
    """Stretches in which a unit's work at hand exceeds its staff on duty. weekday -1 = every observed weekday."""

    unit: Ints
    weekday: Ints
    start: Ints
    end: Ints
    demand: Floats
    staff: Floats
    days: Ints  # days on which demand exceeded staff inside the window
    of_days: Ints


@dataclass(frozen=True, slots=True)
class LoadTable:
    """Mean persons at work and on duty per unit and quarter hour, over the unit's observed days.

    quarter: 0 = 00:00-00:15 ... (may pass 95). Only quarters with either above zero are listed, sorted by unit,
    quarter.
    """

    unit: Ints
    quarter: Ints
    demand: Floats
    staff: Floats


@dataclass(frozen=True, slots=True)
class ContextTable:
    """A task in one context: what a verdict is about. One entry per (unit, task, pattern, chain or weekday).

    start, end: usual window in minutes (for a chain's link its place in the run; else 10th/90th percentile of
    starts/ends). weekday: 0..6 for a weekday peak, else -1. chain: index into ChainTable or -1. pattern: index into
    `PATTERNS`. days: days seen; of_days: days on which it could have been seen (for a peak: observed days of that
    weekday). unit_days: days the unit was observed at all. low: one-sided 95 % lower bound of days/of_days.
    occurrences, minutes: rows and their summed minutes over all days. overlap_minutes: minutes that lie inside runs
    of a chain the row is not a link of. peak_share: share of the task's heavy days on that weekday; peak_p: Fisher
    exact one-sided p. window: index into WindowTable of the thin window holding most of its minutes, -1 none;
    thin_minutes: minutes inside that window, thin_days: days on which any row lay in it; thin_start/thin_end: the
    shared stretch. on_demand: rows marked so. reported: index into Timeline.reported, or -1 when seen.
    """

    unit: Ints
    task: Ints
    pattern: Ints
    chain: Ints
    weekday: Ints
    start: Ints
    end: Ints
    days: Ints
    of_days: Ints
    unit_days: Ints
    low: Floats
    occurrences: Ints
    minutes: Floats
    overlap_minutes: Floats
    peak_share: Floats
    peak_p: Floats
    window: Ints
    thin_minutes: Floats
    thin_days: Ints
    thin_start: Ints
    thin_end: Ints
    on_demand: Ints
    reported: Ints


@dataclass(frozen=True, slots=True)
class Facts:
    """All findings of one analysis. Per row: pattern (index into PATTERNS), chain (-1 none), context (index)."""

    pattern: NDArray[np.int8]
    chain: Ints
    context: Ints
    unit_days: Ints  # observed days per unit
    chains: ChainTable
    windows: WindowTable
    load: LoadTable
    contexts: ContextTable
