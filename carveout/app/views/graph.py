"""How the tasks of a unit connect, and when its work exceeds its hands."""

from __future__ import annotations

import streamlit as st

from carveout import words
from carveout.app import explaining
from carveout.app.choosing import Chosen, choose
from carveout.app.wording import in_html, language, says, t
from carveout.charts.connections import HEADINGS, as_table, connections
from carveout.charts.load_chart import load_chart
from carveout.charts.task_graph import task_graph

_PLAIN = {"displayModeBar": False, "scrollZoom": False, "responsive": True}


def render() -> None:
    """The page: choices, the graph with its table, and the two curves."""
    chosen = choose("graph")
    if chosen is None:
        return
    what, _ = chosen
    st.html(f'<p class="co-lead">{in_html(t("graph.lead"))}</p>')
    everything = connections(what.result, what.unit, top=10_000)
    beside = sum(node.chain is None for node in everything.nodes)
    if not everything.nodes:
        st.info(t("graph.none"))
        return
    top = min(12, beside)
    if beside > 3:
        top = st.slider(t("graph.top"), 0, beside, top, key=f"graph.top:{what.entry.key}:{what.unit}")
    _graph(what, top)
    _curves(what)


def _graph(what: Chosen, top: int) -> None:
    key = f"graph:{what.entry.key}:{what.unit}:{top}:{language()}"
    event = st.plotly_chart(
        task_graph(what.result, what.unit, language(), top),
        theme=None, key=key, on_select="rerun", selection_mode="points", config=_PLAIN,
    )  # fmt: skip
    ref = next((p["customdata"] for p in event["selection"]["points"] if "customdata" in p), None)
    ref = ref[0] if isinstance(ref, list) else ref
    if ref and st.session_state.get("graph.opened") != (key, ref):
        _open_mark(what, str(ref))
    st.session_state["graph.opened"] = (key, ref)
    with st.expander(t("map.words")):
        rows = as_table(connections(what.result, what.unit, top), what.result, language())
        columns = {says(heading): [words.plain(row[i]) for row in rows] for i, heading in enumerate(HEADINGS)}
        st.dataframe(columns, hide_index=True, row_height=36)


def _open_mark(what: Chosen, ref: str) -> None:
    @st.dialog(t("explain.title"), width="large")
    def opened() -> None:
        explaining.show(what.result, ref)

    opened()


def _curves(what: Chosen) -> None:
    st.subheader(t("graph.load"), anchor=False)
    st.html(f'<p class="co-lead">{in_html(t("graph.load_lead"))}</p>')
    key = f"load:{what.entry.key}:{what.unit}:{language()}"
    st.plotly_chart(load_chart(what.result, what.unit, language()), theme=None, key=key, config=_PLAIN)
    with st.expander(t("map.words"), key=f"words:{key}"):
        points = what.result.load.get(what.unit, ())
        columns = {
            t("column.time"): [words.clock(p.start) for p in points],
            t("map.work"): [f"{p.demand:.1f}" for p in points],
            t("map.staff"): [f"{p.staff:.1f}" for p in points],
        }
        st.dataframe(columns, hide_index=True, row_height=36)


if __name__ == "__main__":
    render()
