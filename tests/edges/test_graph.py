"""The task graph of a unit: readable with networkx, true to the rows, exportable."""

from __future__ import annotations

import io
from dataclasses import replace

import networkx as nx
import numpy as np
import pytest

from carveout import graph
from carveout.analysis import Analysis, analyze
from tests.planted.build import Row, timeline_of
from tests.planted.workdays import Plan, generate

DAYS = (20605, 20606, 20607, 20608, 20609, 20612)


def _day(day: int) -> list[Row]:
    jitter = day % 4
    return [
        Row("u", day, 540 + jitter, 550 + jitter, "a", ("s",)),
        Row("u", day, 551 + jitter, 560 + jitter, "b", ("s",)),
        Row("u", day, 560 + jitter, 575 + jitter, "c", ("z",)),
        Row("u", day, 565 + jitter, 570 + jitter, "call", ("y",)),
        Row("u", day, 900 + jitter, 910 + jitter, "a", ("s",)),
    ]


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    return analyze(timeline_of([row for day in DAYS for row in _day(day)]))


def test_a_task_that_comes_twice_a_day_is_two_nodes(analysis: Analysis) -> None:
    g = graph.build(analysis.timeline, analysis.facts, 0)
    assert sorted(data["task"] for _, data in g.nodes(data=True)) == ["a", "a", "b", "c", "call"]
    assert all(data["days"] == data["of_days"] == len(DAYS) for _, data in g.nodes(data=True))


def test_follows_edges_count_days_and_signed_gaps_also_across_a_hand_over(analysis: Analysis) -> None:
    g = graph.build(analysis.timeline, analysis.facts, 0)
    follows = {
        (g.nodes[a]["task"], g.nodes[b]["task"]): data
        for a, b, key, data in g.edges(keys=True, data=True)
        if key == "follows"
    }
    assert follows["a", "b"]["days"] == follows["a", "b"]["of_days"] == len(DAYS)
    assert follows["a", "b"]["median_gap_min"] == 1.0
    assert follows["b", "c"]["median_gap_min"] == 0.0
    assert follows["a", "b"]["probability"] == 1.0
    assert 0.5 < follows["a", "b"]["probability_low"] < 1


def test_overlap_edges_join_what_shares_time_and_nothing_that_only_touches(analysis: Analysis) -> None:
    g = graph.build(analysis.timeline, analysis.facts, 0)
    overlaps = {
        (g.nodes[a]["task"], g.nodes[b]["task"]): data["minutes"]
        for a, b, key, data in g.edges(keys=True, data=True)
        if key == "overlaps"
    }
    assert overlaps == {("c", "call"): 5.0}


def test_graphml_comes_back_as_the_same_graph(analysis: Analysis) -> None:
    ((names, content),) = graph.graphml(analysis)
    again = nx.read_graphml(io.BytesIO(content), force_multigraph=True)
    g = graph.build(analysis.timeline, analysis.facts, 0)
    assert names == ("planted", "u")
    assert set(again.nodes) == set(g.nodes)
    assert again.number_of_edges() == g.number_of_edges()
    assert again.nodes[next(iter(g.nodes))] == g.nodes[next(iter(g.nodes))]


@pytest.mark.parametrize("seed", range(3))
def test_every_row_is_counted_in_exactly_one_node(seed: int) -> None:
    a = analyze(generate(Plan(seed, filler=seed == 2, days=4)).timeline())
    g = graph.build(a.timeline, a.facts, 0)
    assert sum(data["occurrences"] for _, data in g.nodes(data=True)) == a.timeline.n_rows
    assert all(data["days"] <= data["of_days"] for *_, data in g.edges(data=True))


def test_a_unit_without_rows_is_an_empty_graph(analysis: Analysis) -> None:
    t = analysis.timeline
    wider = replace(t, units=replace(t.units, site=np.array([0, 0], np.int32), name=("u", "empty")))
    assert len(graph.build(wider, analyze(wider).facts, 1)) == 0
