"""Rhythmic chains: links put together, found again on every day, row by row.

1. Rows that show a candidate link (`succession`) are grouped, per unit and task, into *slots* of the day: a task that
   comes in the morning and in the evening is two slots.
2. Slots joined by links are a chain when the scores of their links outweigh the number of pairs tried.
3. Every day is read again with the chain known: a slot left empty by a lost neighbour, swapped neighbours or an
   interruption is filled by the row of that task nearest its place in that day's run; where two rows of one name
   compete for a slot, the better linked one is the link and the other stays a call.
4. Links of a day without a long pause are one *run*; the runs give the window.

Limits. Two flows that always touch are one chain. A link that is lost on most days is not found. Slots of one task
closer than `SLOT_GAP` minutes over all days are one slot.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from carveout.detectors import grouped
from carveout.detectors.columns import FEW_DAYS, Columns, cut_slots
from carveout.detectors.succession import LEAST_SHARE, Succession

Index = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

SLOT_GAP = 25
LINK_SCORE = np.array([0.0, 0.5, 1.5, 2.0, 3.0])  # by observed days: 0, 1, 2, 3, 4 and more
LONGEST_PAUSE_WITHIN = 8.0
RECURS = 1.5  # times a day from which a task recurs within the day: a round, or filler
NO_ROUND = 10  # times a day from which it is no round: one every three quarters of an hour, all shift long
BESIDE_SHARE = 0.3
BESIDE_STRENGTH = 0.75


@dataclass(frozen=True, slots=True)
class Slots:
    """Chains in slots: per slot its chain, unit-task and usual start; per row its slot (-1: not a link)."""

    of_row: Index
    chain: Index
    unit_task: Index
    usual_start: Floats
    n_chains: int


def _accepted(c: Columns, s: Succession) -> Succession:
    """Links whose own evidence is clear enough to take part in a chain; gaps that are pauses veto."""
    days = c.unit_days[c.item_unit[s.a]]
    # The more pairs were tried and the likelier they meet anyway, the more a single link must show.
    caution = s.chance * np.log(np.maximum(s.trials, 1))[c.item_unit[s.a]]
    clear = s.score >= LINK_SCORE[np.minimum(days, len(LINK_SCORE) - 1)] + np.where(days > FEW_DAYS, caution, 0)
    # What recurs within the day had many opportunities: each of its links must outweigh the number of pairs by itself.
    often = _often(c)
    alone = s.score >= _needed(s)[c.item_unit[s.a]]
    clear &= ~(often[s.a] | often[s.b]) | alone
    # What followed every single time, and would by chance in none of the pairs tried, needs no likelihood beside it.
    clear |= s.unbroken >= _needed(s)[c.item_unit[s.a]]
    usual_gap = grouped.median(s.link, s.gap.astype(np.float64), len(s.a))
    longest = LONGEST_PAUSE_WITHIN + np.where(c.clock > 1, c.clock / 2, 0)[c.item_unit[s.a]]
    clear &= np.abs(usual_gap) <= longest
    keep = np.flatnonzero(clear[s.link])
    number = np.cumsum(clear) - 1
    return Succession(
        s.a[clear],
        s.b[clear],
        s.score[clear],
        s.chance[clear],
        s.unbroken[clear],
        s.first[keep],
        s.second[keep],
        s.gap[keep],
        number[s.link[keep]],
        s.trials,
    )


def _often(c: Columns) -> Bools:
    """Items that recur so often within the day that some other item follows them by chance, whatever it is.

    On few days rounds are all there is to go by, so only what recurs more often than any round does is left out.
    """
    recurs = np.bincount(c.item, minlength=c.n_items) >= RECURS * np.maximum(c.days_present, 1)
    all_day = np.zeros(c.n_items, bool)
    per_task = np.bincount(c.unit_task, minlength=c.n_unit_tasks)
    all_day[c.item] = (per_task >= NO_ROUND * c.unit_days[c.unit_task_unit])[c.unit_task]
    return np.where(c.unit_days[c.item_unit] <= FEW_DAYS, all_day, recurs)


def _needed(s: Succession) -> Floats:
    """Evidence that outweighs the number of pairs tried in each unit (Bonferroni, and a margin)."""
    return np.asarray(1.2 * np.log(np.maximum(s.trials, 1)) + 0.5)


def _join(c: Columns, s: Succession, of_row: Index, slot_task: Index) -> tuple[Index, Bools, Floats]:
    """Chains as connected slots; which of them have enough evidence behind them; the evidence of each slot's links."""
    n = len(slot_task)
    unit = c.unit_task_unit[slot_task]
    key = (of_row[s.first] * n + of_row[s.second]) * c.max_days + c.day_number[s.first]
    order = np.argsort(key)
    day = order[grouped.runs(key[order])]  # one instance for each pair of slots and day
    edge = key[day] // max(c.max_days, 1)
    head = grouped.runs(edge)
    days = np.diff(np.append(head, len(edge)))
    link = s.link[day[head]]
    # A pair of tasks meets in several slots of the day; each slot pair has earned its share of the pair's score.
    most_days = np.zeros(len(s.score))
    np.maximum.at(most_days, link, days)
    edge, score = edge[head], s.score[link] * days / np.maximum(most_days[link], 1)
    a, b = edge // max(n, 1), edge % max(n, 1)
    both = np.minimum(_slot_days(c, of_row, n)[a], _slot_days(c, of_row, n)[b])
    possible = c.unit_days[unit[a]]
    firm = (days >= np.minimum(2, possible)) & (days >= 0.4 * both) & (days >= LEAST_SHARE * possible)
    a, b, score = a[firm], b[firm], score[firm]
    chain = grouped.components(n, a, b)
    weight = grouped.total(chain[a], score, n)
    few = c.unit_days[unit] < 3
    needed = _needed(s)[unit]
    needed = np.where(few, np.minimum(needed, 2.5), np.where(c.unit_days[unit] <= 5, 1.5 * needed, needed))
    several = grouped.distinct(chain * c.n_unit_tasks + slot_task)  # a task in two slots is one task
    size = np.bincount(several // max(c.n_unit_tasks, 1), minlength=n)[chain]
    enough = (weight[chain] >= np.where(size > 2, needed, 2 * needed)) & (size > np.where(few, 2, 1))
    strength = grouped.total(a, score, n) + grouped.total(b, score, n)
    return chain, enough, strength


def _slot_days(c: Columns, of_row: Index, n: int) -> Index:
    """Days on which each slot has a row."""
    rows = np.flatnonzero(of_row >= 0)
    key = grouped.distinct(of_row[rows] * c.max_days + c.day_number[rows])
    return np.bincount(key // max(c.max_days, 1), minlength=n)


def find(c: Columns, s: Succession, linkable: Bools) -> Slots:
    """Chains of every unit and the rows that are their links."""
    s = _accepted(c, s)
    linked = grouped.distinct(np.concatenate((s.first, s.second)))
    of_row, slot_task = cut_slots(c.unit_task, c.start, linked, SLOT_GAP)
    chain, enough, strength = _join(c, s, of_row, slot_task)
    keep = enough & ~_beside(c, s, of_row, chain, strength)
    chain_number, _ = grouped.dense(chain[keep])
    number = np.cumsum(keep) - 1
    of_row = np.where((of_row >= 0) & keep[of_row], number[of_row], -1) if len(keep) else of_row
    links = np.flatnonzero(of_row >= 0)
    slots = Slots(
        of_row,
        chain_number,
        slot_task[keep],
        grouped.median(of_row[links], c.start[links].astype(float), int(keep.sum())),
        int(chain_number.max()) + 1 if len(chain_number) else 0,
    )
    slots = _one_per_slot(c, s, slots)
    return _fill(c, slots, linkable)


def _beside(c: Columns, s: Succession, of_row: Index, chain: Index, strength: Floats) -> Bools:
    """Slots that lie beside a flow, not in it: mostly during a link that is linked more strongly, or inside one.

    Where a day has more rows of a slot, only the best linked count: who goes on to the next link while a colleague
    still finishes the last one is in the flow.
    """
    rows = np.flatnonzero(of_row >= 0)
    support = np.bincount(np.concatenate((s.first, s.second)), minlength=len(c.start))[rows]
    place, _ = grouped.dense(of_row[rows] * max(c.max_days, 1) + c.day_number[rows])
    rows = rows[support >= grouped.largest(place, support.astype(np.float64), int(place.max(initial=-1)) + 1)[place]]
    rows = rows[np.argsort(chain[of_row[rows]], kind="stable")]  # inside a chain they stay in the order of time
    slot, start, end = of_row[rows], c.start[rows], c.end[rows]
    weaker = np.zeros(len(rows), bool)
    for step in (1, 2):
        one, two = np.arange(len(rows) - step), np.arange(step, len(rows))
        together = (c.unit_day[rows[one]] == c.unit_day[rows[two]]) & (chain[slot[one]] == chain[slot[two]])
        shared = np.minimum(end[one], end[two]) - start[two]
        for mine, other in ((one, two), (two, one)):
            length = end[mine] - start[mine]
            covered = together & (shared > BESIDE_SHARE * np.maximum(length, 1))
            # Wholly inside a colleague's longer link: it came up meanwhile, however regularly.
            inside = together & (shared == length) & (length > 0) & (length < end[other] - start[other])
            inside &= (c.staff_mask[rows[mine]] & c.staff_mask[rows[other]]) == 0
            weaker[mine] |= inside | (covered & (strength[slot[mine]] < BESIDE_STRENGTH * strength[slot[other]]))
    n = len(chain)
    return grouped.total(slot, weaker, n) > 0.5 * np.maximum(np.bincount(slot, minlength=n), 1)


def _anchor(c: Columns, slots: Slots) -> tuple[Floats, Floats]:
    """Minutes by which each chain runs late on each day, and how far days usually scatter (per chain)."""
    n = slots.n_chains * c.max_days
    rows = np.flatnonzero(slots.of_row >= 0)
    slot = slots.of_row[rows]
    late = c.start[rows] - slots.usual_start[slot]
    anchor = grouped.median(slots.chain[slot] * c.max_days + c.day_number[rows], late, n).reshape(-1, c.max_days)
    day_chain = np.repeat(np.arange(slots.n_chains), c.max_days)
    known = ~np.isnan(anchor.ravel())
    scatter = grouped.quantile(day_chain[known], np.abs(anchor.ravel()[known]), slots.n_chains, 0.9)
    return anchor, scatter


def _one_per_slot(c: Columns, s: Succession, slots: Slots) -> Slots:
    """Where more rows compete for a slot on a day than usual, keep the best linked, then the nearest to its place."""
    rows = np.flatnonzero(slots.of_row >= 0)
    if not len(rows):
        return slots
    slot = slots.of_row[rows]
    in_chain = (slots.of_row[s.first] >= 0) & (slots.of_row[s.second] >= 0)
    support = np.bincount(np.concatenate((s.first[in_chain], s.second[in_chain])), minlength=len(c.start))
    place = slot * c.max_days + c.day_number[rows]
    # Beside a row that its neighbours lead to, one that touches no link of the chain is a call of the same name.
    held = np.zeros(len(slots.chain) * c.max_days, bool)
    held[place[support[rows] > 0]] = True
    alone = held[place] & (support[rows] == 0)
    if alone.any():
        of_row = slots.of_row.copy()
        of_row[rows[alone]] = -1
        slots = Slots(of_row, slots.chain, slots.unit_task, slots.usual_start, slots.n_chains)
        rows, slot, place = rows[~alone], slot[~alone], place[~alone]
    anchor, _ = _anchor(c, slots)
    late = anchor[slots.chain[slot], c.day_number[rows]]
    off = np.abs(c.start[rows] - slots.usual_start[slot] - late)
    order = np.lexsort((off, -np.minimum(support[rows], 2), place))
    ordered = place[order]
    head = grouped.runs(ordered)
    count = np.diff(np.append(head, len(ordered)))
    usual = grouped.median(ordered[head] // c.max_days, count.astype(float), len(slots.chain))
    rank = np.arange(len(ordered)) - np.repeat(head, count)
    drop = rows[order][rank >= np.maximum(1, np.round(usual))[ordered // c.max_days]]
    of_row = slots.of_row.copy()
    of_row[drop] = -1
    return Slots(of_row, slots.chain, slots.unit_task, slots.usual_start, slots.n_chains)


def _fill(c: Columns, slots: Slots, linkable: Bools) -> Slots:
    """Give every slot left empty on a day the row of its task that lies nearest its place in that day's run."""
    if not slots.n_chains:
        return slots
    anchor, scatter = _anchor(c, slots)
    by_task = np.argsort(slots.unit_task, kind="stable")
    tasks = slots.unit_task[by_task]
    rows = np.flatnonzero(linkable & (slots.of_row < 0))
    low = np.searchsorted(tasks, c.unit_task[rows])
    high = np.searchsorted(tasks, c.unit_task[rows], side="right")
    nth, k = grouped.expand(high - low)
    row, slot = rows[nth], by_task[low[nth] + k]
    late = anchor[slots.chain[slot], c.day_number[row]]
    seen = ~np.isnan(late)
    reach = np.where(seen, 12.0, scatter[slots.chain[slot]] + 10) + c.clock[c.unit[row]]
    off = np.abs(c.start[row] - slots.usual_start[slot] - np.where(seen, late, 0))
    taken = np.zeros(len(slots.chain) * c.max_days, bool)
    labelled = np.flatnonzero(slots.of_row >= 0)
    taken[slots.of_row[labelled] * c.max_days + c.day_number[labelled]] = True
    place = slot * c.max_days + c.day_number[row]
    fits = np.flatnonzero((off <= reach) & ~taken[place])
    row, slot, place, off = row[fits], slot[fits], place[fits], off[fits]
    order = np.lexsort((off, place))
    best = order[grouped.runs(place[order])]
    of_row = slots.of_row.copy()
    of_row[row[best]] = slot[best]
    return Slots(of_row, slots.chain, slots.unit_task, slots.usual_start, slots.n_chains)
