"""The task graph: only what matters, in its place, and the same as a table."""

from __future__ import annotations

import dataclasses
from itertools import pairwise

import pytest

from carveout.charts.connections import HEADINGS, as_table, connections
from carveout.charts.load_chart import every_quarter, load_chart
from carveout.charts.task_graph import task_graph
from carveout.language import LANGUAGES
from carveout.model import LoadPoint, Pattern
from tests.charts.sample import MORNING, NOON, UNIT, site_result


def test_links_follow_one_another_in_the_order_of_the_chain_with_days_seen():
    seen = connections(site_result(), UNIT)
    follows = [
        (seen.nodes[e.source].task, seen.nodes[e.target].task, e.days, e.of_days) for e in seen.edges if e.follows
    ]
    expected = [(a, b, 3, 3) for tasks in (MORNING, NOON) for a, b in pairwise(tasks)]
    assert follows == expected


def test_a_call_hangs_on_the_link_it_overlaps_on_most_days():
    seen = connections(site_result(), UNIT)
    beside = {seen.nodes[e.source].task: (seen.nodes[e.target].task, e.days) for e in seen.edges if not e.follows}
    assert beside["listening"] == ("lunch_prep", 3)
    assert beside["toileting"] == ("lunch_prep", 3)
    assert "recreation" not in beside


def test_touching_work_does_not_hang_on_a_link():
    result = site_result()
    link = next(o for o in result.occurrences if o.task == "excretion_care")
    touching = dataclasses.replace(
        link, index=999, task="listening", pattern=Pattern.OVERLAPPING, chain=None, start=link.end, end=link.end + 5
    )
    seen = connections(dataclasses.replace(result, occurrences=(link, touching)), UNIT)
    assert not [e for e in seen.edges if not e.follows]


@pytest.mark.parametrize("top", [0, 1, 3])
def test_the_reader_chooses_how_much_stands_beside_the_flows(top):
    seen = connections(site_result(), UNIT, top)
    assert sum(node.chain is None for node in seen.nodes) == top
    assert sum(node.chain is not None for node in seen.nodes) == len(MORNING) + len(NOON)


def test_work_that_comes_twice_a_day_stands_twice():
    result = site_result()
    again = dataclasses.replace(
        next(o for o in result.occurrences if o.task == "listening"), index=999, start=1000, end=1010
    )
    seen = connections(dataclasses.replace(result, occurrences=(*result.occurrences, again)), UNIT)
    assert [n.start for n in seen.nodes if n.task == "listening"] == [734, 1000]


@pytest.mark.parametrize("language", LANGUAGES)
def test_boxes_never_overlap_and_every_edge_is_told(language):
    result = site_result()
    figure = task_graph(result, UNIT, language)
    boxes = [
        (x, x + width, y - 16, y + 16)
        for trace in figure.data
        for x, width, y in zip(trace.base, trace.x, trace.y, strict=True)
    ]
    for i, a in enumerate(boxes):
        for b in boxes[i + 1 :]:
            assert a[1] <= b[0] or b[1] <= a[0] or a[3] <= b[2] or b[3] <= a[2]
    seen = connections(result, UNIT)
    rows = as_table(seen, result, language)
    assert len(rows) == len(seen.edges)
    assert {len(row) for row in rows} == {len(HEADINGS)}


def test_an_empty_unit_gives_an_empty_graph():
    result = dataclasses.replace(site_result(), occurrences=(), chains=())
    assert connections(result, UNIT).nodes == ()
    assert task_graph(result, UNIT, "ja").data == ()


def test_the_curves_have_no_holes_and_two_strokes():
    points = every_quarter([LoadPoint(420, 1.0, 1.0), LoadPoint(450, 2.0, 1.0)])
    assert [(p.start, p.demand) for p in points] == [(420, 1.0), (435, 0.0), (450, 2.0), (465, 2.0)]
    staff, work = load_chart(site_result(), UNIT, "ja").data
    assert staff.line.dash and not work.line.dash
    assert every_quarter([]) == []
