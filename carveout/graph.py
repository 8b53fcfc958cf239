"""What follows and overlaps what: one networkx graph per unit, for reading, drawing and export.

A node is a task in its slot of the day: occurrences of one task whose starts, pooled over all days, leave no gap of
more than `SLOT_GAP` minutes. A `follows` edge joins a row to the same person's next row, and to the row by which a
colleague takes over within the tolerance of the clock; an `overlaps` edge joins rows that share time. Edges are
counts over days, so the graph stays small whatever the number of rows; networkx never sees a row.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from carveout.detectors import Facts, grouped, succession
from carveout.detectors.bounds import lower_bound
from carveout.detectors.chains import SLOT_GAP
from carveout.detectors.columns import Columns, cut_slots, prepare
from carveout.model import PATTERNS
from carveout.timeline import Timeline

if TYPE_CHECKING:
    import networkx as nx

    from carveout.analysis import Analysis

Index = NDArray[np.int64]


def build(t: Timeline, facts: Facts, unit: int, columns: Columns | None = None) -> nx.MultiDiGraph[str]:
    """The task graph of one unit (index into `t.units`).

    Nodes: `task`, `label_ja`, `label_en`, `start`, `end` (usual minutes), `days`, `of_days`, `occurrences`, `pattern`
    (the most frequent), `chain` ("" if none). Edges, keyed "follows": `days` seen of `of_days` on which the first
    task's slot was seen, `median_gap_min` (signed), `probability`, `probability_low`; keyed "overlaps": `days`,
    `of_days`, `minutes` a day seen. columns: the sorted timeline, if the caller has it (`detectors.prepare`).
    """
    # networkx costs a fifth of a second to import; the command line pays it only when a graph is asked for.
    import networkx as nx

    c = columns or prepare(t)
    rows = np.arange(*np.searchsorted(c.unit, [unit, unit + 1]))
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(unit=t.units.name[unit], site=t.sites.id[t.units.site[unit]])
    if not len(rows):
        return graph
    slot, _ = cut_slots(c.unit_task, c.start, rows, SLOT_GAP)
    names = _add_nodes(graph, t, facts, c, rows, slot)
    days = _slot_days(c, rows, slot, len(names))
    for key, first, second, value in (("follows", *_follows(c, rows)), ("overlaps", *_overlaps(c, rows))):
        for edge in _edges(c, slot, days, first, second, value):
            a, b = edge.pop("pair")
            if a == b:
                continue
            if key == "follows":
                edge["probability"] = round(edge["days"] / edge["of_days"], 4)
                edge["median_gap_min"] = edge.pop("value")
            else:
                edge["minutes"] = edge.pop("value")
                edge.pop("probability_low")
            graph.add_edge(names[a], names[b], key=key, kind=key, **edge)
    return graph


def _add_nodes(
    graph: nx.MultiDiGraph[str], t: Timeline, facts: Facts, c: Columns, rows: Index, slot: Index
) -> list[str]:
    of = slot[rows]
    n = int(of.max()) + 1
    start = grouped.median(of, c.start[rows].astype(float), n)
    end = grouped.median(of, c.end[rows].astype(float), n)
    days = _slot_days(c, rows, slot, n).sum(axis=1)
    patterns = np.bincount(of * len(PATTERNS) + facts.pattern[c.source[rows]], minlength=n * len(PATTERNS))
    most = patterns.reshape(n, -1).argmax(axis=1)
    chains = facts.chain[c.source[rows]]
    names: list[str] = []
    for k in range(n):
        mine = rows[of == k]
        task = int(c.task[mine[0]])
        code = t.tasks.code[task]
        name = f"{code}@{int(start[k]) // 60:02d}:{int(start[k]) % 60:02d}"
        while name in graph:
            name += "'"
        in_chain = chains[of == k]
        in_chain = in_chain[in_chain >= 0]
        chain = ""
        if len(in_chain):
            number = int(np.bincount(in_chain).argmax())
            chain = f"{t.units.name[facts.chains.unit[number]]}/{facts.chains.number[number]}"
        graph.add_node(
            name,
            task=code,
            label_ja=t.tasks.ja[task],
            label_en=t.tasks.en[task],
            start=round(float(start[k])),
            end=round(float(end[k])),
            days=int(days[k]),
            of_days=int(c.unit_days[c.unit[mine[0]]]),
            occurrences=len(mine),
            pattern=PATTERNS[most[k]].value,
            chain=chain,
        )
        names.append(name)
    return names


def _slot_days(c: Columns, rows: Index, slot: Index, n: int) -> NDArray[np.bool_]:
    on = np.zeros((n, max(c.max_days, 1)), bool)
    on[slot[rows], c.day_number[rows]] = True
    return on


def _follows(c: Columns, rows: Index) -> tuple[Index, Index, Index]:
    """Rows and the rows that follow them in the flow, with the signed gap."""
    first = rows[c.next_same[rows] >= 0]
    second = c.next_same[first]
    hands = succession.hand_overs(c, rows)
    first, second = np.concatenate((first, hands[0])), np.concatenate((second, hands[1]))
    return first, second, c.start[second] - c.end[first]


def _overlaps(c: Columns, rows: Index) -> tuple[Index, Index, Index]:
    """Pairs of rows of one day that share time (touching is not sharing), with the minutes shared."""
    first, second, shared = [], [], []
    step = 1
    alive = rows
    while len(alive):
        other = alive + step
        alive = alive[other < len(c.start)]
        other = alive + step
        alive = alive[(c.unit_day[other] == c.unit_day[alive]) & (c.start[other] < c.end[alive])]
        other = alive + step
        first.append(alive)
        second.append(other)
        shared.append(np.minimum(c.end[alive], c.end[other]) - c.start[other])
        step += 1
    minutes = np.concatenate([*shared, np.zeros(0, np.int64)])
    keep = minutes > 0
    return np.concatenate([*first, rows[:0]])[keep], np.concatenate([*second, rows[:0]])[keep], minutes[keep]


def _edges(
    c: Columns, slot: Index, days: NDArray[np.bool_], first: Index, second: Index, value: Index
) -> Iterator[dict[str, Any]]:
    """Pairs of rows summed up per pair of slots."""
    n = len(days)
    pair, keys = grouped.dense(slot[first] * n + slot[second])
    width = max(c.max_days, 1)
    seen = np.bincount(np.unique(pair * width + c.day_number[first]) // width, minlength=len(keys))
    of = days[keys // n].sum(axis=1)
    middle = grouped.median(pair, value.astype(float), len(keys))
    low = lower_bound(np.minimum(seen, of), of)
    for k in range(len(keys)):
        yield {
            "pair": (int(keys[k]) // n, int(keys[k]) % n),
            "days": int(seen[k]),
            "of_days": int(of[k]),
            "value": float(middle[k]),
            "probability_low": round(float(low[k]), 4),
        }


def graphml(analysis: Analysis) -> Iterator[tuple[tuple[str, str], bytes]]:
    """For every unit of every site: (site, unit) and its graph as a GraphML document."""
    import networkx as nx  # as above: only when a graph is asked for

    t = analysis.timeline
    columns = prepare(t)
    for unit, name in enumerate(t.units.name):
        out = io.BytesIO()
        nx.write_graphml(build(t, analysis.facts, unit, columns), out, encoding="utf-8")
        yield (t.sites.id[t.units.site[unit]], name), out.getvalue()
