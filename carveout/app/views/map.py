"""The carve-out map of one site, unit and day: the first thing one sees."""

from __future__ import annotations

import streamlit as st

from carveout import words
from carveout.app import explaining
from carveout.app.choosing import Chosen, choose
from carveout.app.places import VIEWS
from carveout.app.wording import apart, in_html, language, says, t
from carveout.charts.carve_out_map import carve_out_map
from carveout.charts.in_words import HEADINGS, map_as_table, map_as_text
from carveout.charts.picture import Picture, picture, task_name
from carveout.charts.slots import OpenSlot
from carveout.model import Mode


def render() -> None:
    """The page: choices, the map, what it says in words, and the explanation of a chosen mark."""
    chosen = choose("map", with_day=True)
    if chosen is None:
        return
    what, day = chosen
    seen = picture(what.result, what.unit, day, language())
    st.html(f'<p class="co-lead"><b>{in_html(_observed(seen))}</b>{in_html(t("map.lead"))}</p>')
    picked = _draw(what, day)
    if picked and st.session_state.get("map.opened") != picked:
        _open_mark(what, picked[1])
    st.session_state["map.opened"] = picked
    left, right = st.columns([1, 1], gap="large")
    with left:
        st.subheader(t("map.summary"), anchor=False)
        _summary(what, seen)
        st.page_link(str(VIEWS / "verdicts.py"), label=t("map.to_verdicts"), icon=":material/arrow_forward:")
    with right:
        _choose_mark(what, seen)
    _in_words(what, day)


def _draw(what: Chosen, day: str | None) -> tuple[str, str] | None:
    """The figure; gives the chart's key and the ref of the mark one pressed."""
    key = f"map:{what.entry.key}:{what.unit}:{day}:{language()}"
    event = st.plotly_chart(
        carve_out_map(what.result, what.unit, day, language()),
        theme=None,
        key=key,
        on_select="rerun",
        selection_mode="points",
        config={"displayModeBar": False, "scrollZoom": False, "responsive": True},
    )
    points = event["selection"]["points"]
    ref = next((p["customdata"] for p in points if "customdata" in p), None)
    ref = ref[0] if isinstance(ref, list) else ref
    return (key, str(ref)) if ref else None


def _open_mark(what: Chosen, ref: str) -> None:
    @st.dialog(t("explain.title"), width="large")
    def opened() -> None:
        explaining.show(what.result, ref)

    opened()


def _observed(seen: Picture) -> str:
    if seen.of_days == 1:
        return t("map.seen_once")
    return t("map.of_days" if seen.day is None else "map.one_of_days", n=seen.of_days)


def _summary(what: Chosen, seen: Picture) -> None:
    """Three sentences: flows, thin hours, openings."""
    chains = sorted((c for c in what.result.chains if c.unit == what.unit), key=lambda c: (c.start, c.id))
    named = [
        t(
            "map.flow_item",
            span=words.span(c.start, c.end),
            first=task_name(what.result, c.tasks[0], language()),
            last=task_name(what.result, c.tasks[-1], language()),
            days=c.days,
            of_days=c.of_days,
        )
        for c in chains
    ]
    spans = [
        f"{words.span(s.start, s.end)}{words.weekdays([s.weekday], language()) if s.weekday else ''}"
        for s in seen.shades
    ]
    counts = {mode: sum(slot.mode is mode for slot in seen.slots) for mode in Mode}
    per_mode = [t("map.counted", mode=says(words.MODE[m]), n=n) for m, n in counts.items() if n]
    join = t("map.join")
    lines = [
        t("map.flows", n=len(named), list="") if named else t("map.no_flow"),
        t("map.thin", list=join.join(spans)) if spans else t("map.no_thin"),
        t("map.openings", n=len(seen.slots), list=join.join(per_mode)) if seen.slots else t("map.no_opening"),
    ]
    flows = "".join(f"<li>{in_html(item)}</li>" for item in named)
    items = [f"<li>{in_html(lines[0])}<ul class='co-list'>{flows}</ul></li>"]
    items += [f"<li>{in_html(line)}</li>" for line in lines[1:]]
    st.html(f"<ul class='co-list'>{''.join(items)}</ul>")


def _choose_mark(what: Chosen, seen: Picture) -> None:
    """The marks as a list, for the keyboard and for fingers that miss; the chosen one is explained below it."""
    marks = apart(_marks(what, seen))
    st.subheader(t("map.pick"), anchor=False)
    st.html(f'<p class="co-lead">{in_html(t("map.tap"))}</p>')
    ref = st.selectbox(
        t("map.pick"),
        list(marks),
        index=None,
        format_func=marks.__getitem__,
        placeholder=t("map.pick_placeholder"),
        key=f"map.mark:{what.entry.key}:{what.unit}:{seen.day}",
        label_visibility="collapsed",
    )
    if ref:
        with st.container(border=True):
            explaining.show(what.result, ref)


def _marks(what: Chosen, seen: Picture) -> dict[str, str]:
    named = {}
    for r in seen.ribbons:
        named[r.ref] = t("map.mark_flow", span=words.span(r.start, r.end), first=r.first, last=r.last)
    for slot in seen.slots:
        tasks = t("map.join").join(task_name(what.result, task, language()) for task, _ in slot.tasks[:3])
        named[slot.ref] = t("map.mark_slot", span=_hours(slot), mode=says(words.MODE[slot.mode]), tasks=tasks)
    for shade in seen.shades:
        named[shade.ref] = t("map.mark_thin", span=words.span(shade.start, shade.end))
    for bar in seen.bars:
        if bar.ref.startswith("row:") and seen.day:
            lane = seen.lanes[bar.lane].label
            named.setdefault(bar.ref, t("map.mark_row", span=words.span(bar.start, bar.end), task=bar.label, lane=lane))
    return named


def _hours(slot: OpenSlot) -> str:
    return t("verdicts.any_time") if slot.untimed else words.span(slot.start, slot.end)


def _in_words(what: Chosen, day: str | None) -> None:
    with st.expander(t("map.words")):
        lines = map_as_text(what.result, what.unit, day, language())
        st.html("<ul class='co-list'>" + "".join(f"<li>{in_html(line)}</li>" for line in lines) + "</ul>")
        rows = map_as_table(what.result, what.unit, day, language())
        columns = {says(heading): [words.plain(row[i]) for row in rows] for i, heading in enumerate(HEADINGS)}
        st.dataframe(columns, hide_index=True, row_height=36)


if __name__ == "__main__":
    render()
