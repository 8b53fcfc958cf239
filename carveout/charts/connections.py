"""How a unit's tasks connect, laid out without drawing: what follows what in a flow, and what comes up beside it.

Only what matters to a reader stays: the links of each chain in their order, and the `top` other tasks seen on most
days, each joined to the one link of a flow that it most often overlaps in time. Touching intervals do not overlap.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from statistics import median

from carveout import words
from carveout.charts.picture import task_name
from carveout.detectors.chains import SLOT_GAP
from carveout.language import Language, Text
from carveout.model import Occurrence, Pattern, SiteResult

# A chain's link by chain and task; other work by pattern, task and its slot of the day.
_Key = tuple[str | None, Pattern, str, int]


@dataclass(frozen=True, slots=True)
class Node:
    """A task in its place: a chain's link (`chain` set) or other work; `start`, `end` are medians over its rows."""

    ref: str
    task: str
    chain: str | None
    kind: Pattern
    start: int
    end: int
    days: int


@dataclass(frozen=True, slots=True)
class Edge:
    """From node to node: `follows` inside a flow (of so many days possible), else beside it on so many days."""

    source: int
    target: int
    follows: bool
    days: int
    of_days: int


@dataclass(frozen=True, slots=True)
class Connections:
    """Nodes by start, and the edges between them."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def connections(result: SiteResult, unit: str, top: int = 12) -> Connections:
    """The connections of one unit, with its `top` tasks beside the flows."""
    rows = [o for o in result.occurrences if o.unit == unit]
    of_node = _by_node(rows)
    links = {key: own for key, own in of_node.items() if key[0] is not None}
    others = sorted(
        ((key, own) for key, own in of_node.items() if key[0] is None),
        key=lambda item: (item[0][1] is Pattern.OTHER, -len({o.date for o in item[1]}), -len(item[1]), item[0][2:]),
    )[:top]
    kept = sorted([*links.items(), *others], key=lambda item: (median(o.start for o in item[1]), item[0][2:]))
    number = {key: i for i, (key, _) in enumerate(kept)}
    nodes = tuple(_node(key, own) for key, own in kept)
    return Connections(nodes, (*_follows(result, unit, number), *_beside(links, others, number)))


def _by_node(rows: list[Occurrence]) -> dict[_Key, list[Occurrence]]:
    """Rows by node; other work is cut into slots where the starts of all days leave a gap of more than `SLOT_GAP`."""
    found: dict[_Key, list[Occurrence]] = defaultdict(list)
    last: dict[tuple[Pattern, str], tuple[int, int]] = {}
    for row in sorted(rows, key=lambda o: (o.start, o.date, o.index)):
        if row.pattern is Pattern.RHYTHMIC_CHAIN:
            found[row.chain, row.pattern, row.task, 0].append(row)
            continue
        slot, start = last.get((row.pattern, row.task), (0, row.start))
        slot += row.start - start > SLOT_GAP
        last[row.pattern, row.task] = slot, row.start
        found[None, row.pattern, row.task, slot].append(row)
    return found


def _node(key: _Key, own: list[Occurrence]) -> Node:
    chain, kind, task, _ = key
    start, end = round(median(o.start for o in own)), round(median(o.end for o in own))
    return Node(f"row:{own[0].index}", task, chain, kind, start, end, len({o.date for o in own}))


def _follows(result: SiteResult, unit: str, number: dict[_Key, int]) -> list[Edge]:
    edges = []
    for chain in result.chains:
        if chain.unit != unit:
            continue
        for link in chain.links:
            ends = [number.get((chain.id, Pattern.RHYTHMIC_CHAIN, task, 0)) for task in (link.source, link.target)]
            if ends[0] is not None and ends[1] is not None:
                edges.append(Edge(ends[0], ends[1], True, link.days, link.of_days))
    return edges


def _beside(
    links: dict[_Key, list[Occurrence]],
    others: list[tuple[_Key, list[Occurrence]]],
    number: dict[_Key, int],
) -> list[Edge]:
    """For each other task, the link it shares time with on most days."""
    by_day: dict[str, list[tuple[_Key, Occurrence]]] = defaultdict(list)
    for key, own in links.items():
        for row in own:
            by_day[row.date].append((key, row))
    edges = []
    for key, own in others:
        days: dict[_Key, set[str]] = defaultdict(set)
        for row in own:
            for other, link in by_day[row.date]:
                if row.start < link.end and link.start < row.end:
                    days[other].add(row.date)
        if days:
            best = max(days, key=lambda k: (len(days[k]), -number[k]))
            edges.append(Edge(number[key], number[best], False, len(days[best]), len({o.date for o in own})))
    return edges


HEADINGS: tuple[Text, ...] = (
    Text("時刻", "Time"),
    Text("業務", "Task"),
    Text("つながり方", "Connection"),
    Text("相手の業務", "With"),
    Text("日数", "Days"),
)
_FOLLOWS = Text("続けて行う", "is followed by")
_BESIDE = Text("重なって起きる", "comes up beside")


def as_table(seen: Connections, result: SiteResult, language: Language) -> list[tuple[str, ...]]:
    """The edges as rows under `HEADINGS`, by time."""
    rows: list[tuple[str, ...]] = []
    for edge in sorted(seen.edges, key=lambda e: (seen.nodes[e.source].start, e.source, e.target)):
        source, target = seen.nodes[edge.source], seen.nodes[edge.target]
        rows.append(
            (
                words.clock(source.start),
                task_name(result, source.task, language),
                (_FOLLOWS if edge.follows else _BESIDE).in_(language),
                task_name(result, target.task, language),
                f"{edge.days}/{edge.of_days}",
            )
        )
    return rows
