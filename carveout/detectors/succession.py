"""Which task follows which more often than chance lets it: the links that chains are made of.

Method. For every pair of tasks (a, b) of a unit, each in its slot of the day, we ask day by day whether b *starts as a
ends*. Three kinds of answer count: the same person goes on with b, somebody else takes over within the clock's
tolerance, or the same person comes to b after another task or two. Each is compared with what chance would give at that
time of day (the share of b among the rows nearby; the rate of its starts; how often the two follow the other way
round), and the days are summed into a log-likelihood ratio "a link / chance". What is clear enough, and when links make
a chain, is decided in `chains`.

- Comparison with chance in place of a gap threshold is the cross-correlogram with local rates known from spike trains
  (Perkel, Gerstein, Moore 1967); the likelihood-ratio of directly-follows counts is Dunning's (1993), with task
  executions across actors as in Klijn, Mannhardt, Fahland (2021).
- A day is one opportunity, or as many as the rarer of the two tasks has occurrences: rounds within a day count each, a
  call of the same name does not dilute a link.
- A day on which only one of the two occurs speaks against the link, so work of one weekday does not join the daily
  flow.
- Tolerance follows the record: the upper quartile of small gaps in a person's stream, 1 to 5 minutes, or the clock's
  step.

Limits. Tasks that always coincide at random by more than the tolerance are not linked. On up to `FEW_DAYS` days
chance cannot be told from rhythm: only a person's immediate next task, or a true hand-over, counts then, and what
results is provisional. A row looks at no more than `MAX_NEIGHBOURS` starts around its end.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from carveout.detectors import grouped
from carveout.detectors.columns import FEW_DAYS, Columns

Index = NDArray[np.int64]
Floats = NDArray[np.float64]

MAX_NEIGHBOURS = 24
LOOSE_GAP = 20
HAND_OVER_OVERLAP = 1
MAX_BETWEEN = 2
LEAST_SHARE = 0.25  # of the unit's days on which a link must be seen
BIN = 60
REACH = 1  # bins to either side in which "nearby" rows are counted

# When the pair is a link, the share of days on which (the same person goes straight on, somebody else takes over, the
# same person comes to it after another task or two, none of these), by how the flow is carried.
CARRIED = {
    "by one": (0.64, 0.12, 0.06, 0.18),
    "by many": (0.10, 0.60, 0.05, 0.25),
    "interrupted": (0.30, 0.07, 0.45, 0.18),
}
SAME, OTHER, LATER, REVERSED = 0, 1, 2, 3
ALONE = 0.15  # share of days on which only one of a link's tasks is seen, because rows get lost


@dataclass(frozen=True, slots=True)
class Succession:
    """Candidate links (`a`, `b`: item numbers, `score`: log-likelihood ratio) and their instances (rows i -> j)."""

    a: Index
    b: Index
    score: Floats
    chance: Floats  # share of opportunities on which the pair would follow tightly without a link
    unbroken: Floats  # log of one over the chance of as long an unbroken series; 0 where any opportunity failed
    first: Index
    second: Index
    gap: Index  # idle minutes of each instance
    link: Index  # candidate link of each instance
    trials: Index  # pairs of tasks tried, per unit


@dataclass(frozen=True, slots=True)
class _Pairs:
    first: Index
    second: Index
    kind: Index  # SAME, OTHER or LATER; REVERSED: tightly the other way round
    gap: Index  # idle minutes between the two, negative when they overlap

    def only(self, keep: NDArray[np.bool_]) -> _Pairs:
        at = np.flatnonzero(keep)  # cheaper than masking four columns
        return _Pairs(self.first[at], self.second[at], self.kind[at], self.gap[at])


def tolerances(c: Columns) -> Index:
    """Minutes within which a start counts as following an end, per unit."""
    near = np.flatnonzero((c.next_same >= 0) & (np.abs(c.next_gap) <= 10))
    gap = np.abs(c.next_gap[near]).astype(np.int64)
    table = np.bincount(c.unit[near].astype(np.int64) * 11 + gap, minlength=c.n_units * 11).reshape(c.n_units, 11)
    share = np.cumsum(table, axis=1) / np.maximum(table.sum(axis=1, keepdims=True), 1)
    quartile = np.argmax(share >= 0.75, axis=1)
    return np.asarray(np.maximum(np.clip(quartile, 1, 5), c.clock))


def _tight_pairs(c: Columns, rows: Index, tolerance: Index) -> _Pairs:
    """Of the given rows, all j that start within the tolerance of row i's end, whoever does them."""
    start, end = c.start[rows], c.end[rows]
    base = c.unit_day[rows] << 13
    key = base | start
    t = tolerance[c.unit[rows]]
    low = np.searchsorted(key, base + np.maximum(end - t, 0))
    high = np.searchsorted(key, base + end + t, side="right")
    first, nth = grouped.expand(np.minimum(high - low, MAX_NEIGHBOURS))
    second = low[first] + nth
    tie = (start[first] == start[second]) & (end[first] == end[second])
    keep = np.flatnonzero((second > first) | tie)
    first, second = rows[first[keep]], rows[second[keep]]
    gap = c.start[second] - c.end[first]
    shared = (c.staff_mask[first] & c.staff_mask[second]) != 0
    # A colleague takes over when the first one ends, not before.
    possible = (c.task[first] != c.task[second]) & (shared | (gap >= -HAND_OVER_OVERLAP))
    return _Pairs(first, second, np.where(shared, SAME, OTHER), gap).only(possible)


def _stream_pairs(c: Columns, linkable: NDArray[np.bool_], tolerance: Index) -> list[_Pairs]:
    """The same person's next task when it is not tight (lost rows, scattered starts), and the next but one or two.

    Time spent on what lies between is not idle.
    """
    found = []
    first = np.flatnonzero((c.next_same >= 0) & linkable)
    second, idle = c.next_same[first], c.next_gap[first]
    loose = (np.abs(idle) > tolerance[c.unit[first]]) & (np.abs(idle) <= LOOSE_GAP)
    loose &= c.unit_days[c.unit[first]] > FEW_DAYS  # on few days only what touches tells of a flow
    at = np.flatnonzero(loose)
    found.append(_Pairs(first[at], second[at], np.full(len(at), SAME), idle[at]))
    for _ in range(MAX_BETWEEN):
        goes_on = np.flatnonzero((c.next_same[second] >= 0) & (np.abs(idle) <= LOOSE_GAP))
        first, second, idle = first[goes_on], second[goes_on], idle[goes_on]
        idle = np.maximum(idle, 0) + np.maximum(c.next_gap[second], 0)
        second = c.next_same[second]
        apart = c.start[second] - c.end[first]
        at = np.flatnonzero((apart <= LOOSE_GAP) & (apart > tolerance[c.unit[first]]))
        found.append(_Pairs(first[at], second[at], np.full(len(at), LATER), idle[at]))
    return [p.only(linkable[p.second] & (c.task[p.first] != c.task[p.second])) for p in found]


def _only_immediate(c: Columns, p: _Pairs) -> _Pairs:
    """With few days: each row's closest same-person neighbour, and hand-overs between streams that end and begin."""
    few = c.unit_days[c.unit[p.first]] <= FEW_DAYS
    if not few.any():
        return p
    n = len(c.start)
    gap = np.abs(p.gap).astype(np.float64)
    inside = c.end[p.second] <= c.end[p.first]  # done in the midst of the other: no succession
    same = (p.kind == SAME) & ~inside
    best_in = grouped.smallest(p.second[same], gap[same], n)
    best_out = grouped.smallest(p.first[same], gap[same], n)
    carried = same & (gap <= best_in[p.second]) & (gap <= best_out[p.first])
    goes_on, comes_from = np.zeros(n, bool), np.zeros(n, bool)
    goes_on[p.first[carried]] = True
    comes_from[p.second[carried]] = True
    handed = (p.kind == OTHER) & (p.gap >= 0) & ~goes_on[p.first] & ~comes_from[p.second]
    return p.only(~few | carried | handed)


def _chance(c: Columns, a: Index, b: Index, tolerance: Index) -> tuple[Floats, Floats]:
    """Chance that a and b meet at random: as neighbours in a person's stream, and end on start by the clock.

    An opportunity is one occurrence of the rarer task, so the more frequent one's local share and rate decide.
    """
    bins = c.bins
    ends, starts = np.minimum(c.end // BIN, bins - 1), np.minimum(c.start // BIN, bins - 1)
    ended = np.bincount(c.item * bins + ends, minlength=c.n_items * bins).reshape(-1, bins)
    begun = np.bincount(c.item * bins + starts, minlength=c.n_items * bins).reshape(-1, bins)
    total = _box(np.bincount(c.unit * bins + starts, minlength=c.n_units * bins).reshape(-1, bins))
    unit = c.item_unit[a]
    minutes = BIN * (2 * REACH + 1) * c.unit_days[unit]
    by_person, by_clock = np.zeros(len(a)), np.zeros(len(a))
    for here, there, at, met in ((a, b, ended, _box(begun)), (b, a, begun, _box(ended))):
        weight = at[here] / np.maximum(at[here].sum(axis=1, keepdims=True), 1)
        near = (weight * met[there]).sum(axis=1)
        near_all = (weight * total[unit]).sum(axis=1)
        by_person = np.maximum(by_person, near / np.maximum(near_all, 1))
        by_clock = np.maximum(by_clock, 1 - np.exp(-near / minutes * (tolerance[unit] + HAND_OVER_OVERLAP + 1)))
    return np.clip(by_person, 0.01, 0.95), np.clip(by_clock, 0.01, 0.95)


def _box(table: Index) -> Floats:
    """Sum over a bin and its neighbours within reach."""
    padded = np.pad(table, ((0, 0), (REACH + 1, REACH))).cumsum(axis=1)
    return np.asarray(padded[:, 2 * REACH + 1 :] - padded[:, : -2 * REACH - 1], np.float64)


def _score(seen: Floats, apart: Floats, alone: Floats, by_chance: Floats, neither: Floats) -> Floats:
    """Log-likelihood ratio of "link" against chance; the best of the ways a link may be carried. seen: 3 x pairs."""
    ways = []
    for *shares, none in CARRIED.values():
        ratio = apart * np.minimum(np.log(none / neither), 0) + alone
        for k, share in enumerate(shares):
            ratio += seen[k] * np.log(share / by_chance[k])
        ways.append(ratio)
    return np.asarray(np.max(ways, axis=0))


def _shares(by_person: Floats, by_clock: Floats, reverse: Floats) -> tuple[Floats, Floats]:
    """Chance of (same, other, later), and of none of them."""
    # Without an order either direction is as likely, so the reverse direction measures chance as well.
    by_chance = np.stack((np.maximum(by_person, reverse), by_clock, by_person * MAX_BETWEEN))
    whole = by_chance.sum(axis=0)
    by_chance *= np.where(whole > 0.97, 0.97 / whole, 1.0)
    return by_chance, 1 - by_chance.sum(axis=0)


def _per_day(c: Columns, p: _Pairs) -> tuple[Index, Index, Index]:
    """Instances per pair of tasks and day: key of the pair, day, and a 4 x n table of counts by kind."""
    bits = c.max_days.bit_length()
    key = (((_pair_key(c, p) << bits) | c.day_number[p.first]) << 2) | p.kind
    key.sort()
    head = grouped.runs(key)
    count = np.diff(np.append(head, len(key)))
    kind = key[head] & 3
    pair_day = key[head] >> 2
    start = grouped.runs(pair_day)
    number = np.repeat(np.arange(len(start)), np.diff(np.append(start, len(pair_day))))
    table = np.zeros((4, len(start)), np.int64)
    table[kind, number] = count
    return pair_day[start] >> bits, pair_day[start] & ((1 << bits) - 1), table


def _pair_key(c: Columns, p: _Pairs) -> Index:
    """Both items of each instance in one word; shifts, because dividing long columns costs more than sorting them."""
    return np.asarray((c.item[p.first] << c.n_items.bit_length()) | c.item[p.second])


def _all_pairs(c: Columns, linkable: NDArray[np.bool_], tolerance: Index) -> _Pairs:
    """Instances of every kind among linkable rows; a tight one of one person also speaks against its reverse."""
    # What is seen on too few days can be no link; leaving it out early saves most of the work.
    linkable = linkable & (c.days_present[c.item] >= LEAST_SHARE * c.unit_days[c.unit])
    tight = _only_immediate(c, _tight_pairs(c, np.flatnonzero(linkable), tolerance))
    own = tight.only(tight.kind == SAME)
    back = _Pairs(own.second, own.first, np.full(len(own.first), REVERSED), own.gap)
    parts = [tight, *_stream_pairs(c, linkable, tolerance), back]
    return _Pairs(*(np.concatenate([getattr(part, f) for part in parts]) for f in _Pairs.__slots__))


def find(c: Columns, linkable: NDArray[np.bool_], tolerance: Index) -> Succession:
    """Candidate links of every unit with their score and the rows that show them; only `linkable` rows take part."""
    p = _all_pairs(c, linkable, tolerance)
    pair, day, table = _per_day(c, p)
    p = p.only(p.kind != REVERSED)
    head = grouped.runs(pair)
    keys = pair[head]
    bits = c.n_items.bit_length()
    a, b = keys >> bits, keys & ((1 << bits) - 1)
    days_with = np.diff(np.append(head, len(pair)))
    number = np.repeat(np.arange(len(keys)), days_with)
    days_seen = grouped.total(number, np.asarray(table[:REVERSED].any(axis=0)), len(keys))
    trials = np.bincount(c.item_unit[a[days_seen > 0]], minlength=c.n_units)
    # A pair seen on fewer than three days in ten of those with either task cannot score; drop it before the costly
    # part.
    worth = (days_seen > 0) & (days_seen >= 0.3 * np.maximum(c.days_present[a], c.days_present[b]))
    a, b, keys = a[worth], b[worth], keys[worth]
    number = (np.cumsum(worth) - 1)[number[worth[number]]]
    kept = np.repeat(worth, days_with)
    day, table = day[kept], table[:, kept]
    most = np.maximum(1, np.minimum(c.count_on(a[number], day), c.count_on(b[number], day)))
    seen = np.stack([grouped.total(number, k, len(a)) for k in _capped(table[:REVERSED], most)])
    reverse = grouped.total(number, np.minimum(table[REVERSED], most), len(a))
    together, alone, either = _opportunities(c, a, b)
    by_person, by_clock = _chance(c, a, b, tolerance)
    by_chance, neither = _shares(by_person, by_clock, reverse / np.maximum(together, 1))
    score = _score(seen, np.maximum(together - seen.sum(axis=0), 0), alone, by_chance, neither)
    chance = np.minimum(by_chance[SAME] + by_chance[OTHER], 1.0)
    every_time = (seen[SAME] + seen[OTHER] >= together) & (days_seen[worth] >= either)
    unbroken = np.where(every_time, -np.log(chance) * together, 0.0)
    good = score > 0
    keys = keys[good]
    instance = _pair_key(c, p)
    place = np.minimum(np.searchsorted(keys, instance), max(len(keys) - 1, 0))
    hit = keys[place] == instance if len(keys) else np.zeros(len(instance), bool)
    p = p.only(hit)
    return Succession(
        a[good], b[good], score[good], chance[good], unbroken[good], p.first, p.second, p.gap, place[hit], trials
    )


def _opportunities(c: Columns, a: Index, b: Index) -> tuple[Floats, Floats, Floats]:
    """Days (or rounds) on which b could follow a, what the days with only one of them say, and days with either."""
    pair, day = grouped.expand(c.unit_days[c.item_unit[a]])
    na, nb = c.count_on(a[pair], day), c.count_on(b[pair], day)
    alone, either = (na > 0) != (nb > 0), (na > 0) | (nb > 0)
    days = c.unit_days[c.item_unit[a]]
    share_a, share_b = c.days_present[a] / days, c.days_present[b] / days
    by_chance = share_a * (1 - share_b) + share_b * (1 - share_a)
    against = np.minimum(np.log(ALONE / np.maximum(by_chance, ALONE)), 0)
    return (
        grouped.total(pair, np.minimum(na, nb), len(a)),
        grouped.total(pair, alone, len(a)) * against,
        grouped.total(pair, either, len(a)),
    )


def _capped(table: Index, most: Index) -> Index:
    """Count a day's instances no more often than there were opportunities, the tightest kind first."""
    result = np.zeros_like(table)
    left = most.copy()
    for k in (SAME, OTHER, LATER):
        result[k] = np.minimum(table[k], left)
        left -= result[k]
    return result


def hand_overs(c: Columns, rows: Index) -> tuple[Index, Index]:
    """Of the given rows, those at which a person's stream ends, and the colleague's row that takes over in time."""
    p = _tight_pairs(c, rows, tolerances(c))
    p = p.only(p.kind == OTHER)
    stops = (c.next_same[p.first] < 0) | (c.next_gap[p.first] > LOOSE_GAP)
    return p.first[stops], p.second[stops]
