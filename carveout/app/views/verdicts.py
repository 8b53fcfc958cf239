"""The verdicts as a Japanese reader writes them: tasks by row, forms of taking part by column, marks in the cells."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from carveout import words
from carveout.app import explaining, overriding
from carveout.app.choosing import Chosen, choose
from carveout.app.overriding import Source
from carveout.app.wording import apart, in_html, language, says, t
from carveout.charts import style
from carveout.charts.picture import task_name
from carveout.model import Mode, Pattern, Suitability, Verdict

_ROW_PX = 44
_MOST_ROWS = 14
_NOT_JUDGED = "―"
_CONDITIONS = ("modes", "marks", "patterns")


def render() -> None:
    """The page: choices, conditions, the table, and the explanation of a chosen row."""
    chosen = choose("verdicts")
    if chosen is None:
        return
    what, _ = chosen
    st.html(f'<p class="co-lead">{in_html(t("verdicts.lead"))}</p>')
    contexts = _contexts(what)
    kept = _filtered(contexts, *_conditions(what))
    st.html(
        f'<p class="co-lead"><b>{in_html(t("verdicts.count", shown=len(kept), all=len(contexts)))}</b>'
        f"　{in_html(_legend(kept))}</p>"
    )
    if not kept:
        st.info(t("verdicts.none"))
        st.button(t("verdicts.clear"), on_click=_clear, type="primary")
        return
    above = st.container()  # what one chooses stands before the table, and is known only after it
    with st.container(key="verdict-matrix"):
        pressed = _matrix(what, kept)
    _on_paper(what, kept)
    source = overriding.source_of(what.entry)
    with above:
        _explanation(what, kept, pressed, source)
    if source is not None:
        overriding.unreached(what.result, source)


def _contexts(what: Chosen) -> list[list[Verdict]]:
    """The unit's verdicts, those of one task and context together, by time of day."""
    found: dict[tuple[str, int], list[Verdict]] = {}
    for v in what.result.verdicts:
        if v.unit in (what.unit, ""):
            found.setdefault((v.task, v.context), []).append(v)
    return sorted(found.values(), key=lambda own: (own[0].start, own[0].end, own[0].task, own[0].context))


def _conditions(what: Chosen) -> tuple[list[Mode], list[Suitability], list[Pattern]]:
    """Three rows of pills, folded until one is chosen so that the table is in sight; none chosen means everything."""
    present = {v.pattern for v in what.result.verdicts if v.unit == what.unit}
    on = any(st.session_state.get(f"verdicts.{name}") for name in _CONDITIONS)
    with st.expander(t("verdicts.conditions"), expanded=on, icon=":material/filter_list:"):
        left, right = st.columns([2, 3])
        with left:
            modes = _pills("modes", t("verdicts.mode"), {str(m): says(words.MODE[m]) for m in Mode})
        with right:
            answers = {str(s): f"{words.MARK[s]} {says(words.SUITABILITY[s])}" for s in Suitability}
            marks = _pills("marks", t("verdicts.suitability"), answers)
        named = {str(p): _pattern_word(p) for p in Pattern if p in present}
        patterns = _pills("patterns", t("verdicts.pattern"), named)
    return [Mode(m) for m in modes], [Suitability(s) for s in marks], [Pattern(p) for p in patterns]


def _pills(name: str, label: str, options: dict[str, str]) -> list[str]:
    """A row of pills, codes under their words; codes that this unit does not know are let go."""
    key = f"verdicts.{name}"
    if key in st.session_state:
        st.session_state[key] = [one for one in st.session_state[key] if one in options]
    return st.pills(label, list(options), selection_mode="multi", key=key, format_func=options.__getitem__)


def _pattern_word(pattern: Pattern) -> str:
    return f"{style.PATTERN_LOOKS[pattern].symbol} {says(words.PATTERN[pattern])}".strip()


def _filtered(
    contexts: list[list[Verdict]], modes: Sequence[Mode], marks: Sequence[Suitability], patterns: Sequence[Pattern]
) -> list[list[Verdict]]:
    """Contexts with a verdict that meets every condition."""
    return [
        own
        for own in contexts
        if any(
            (not modes or v.mode in modes)
            and (not marks or v.suitability in marks)
            and (not patterns or v.pattern in patterns)
            for v in own
        )
    ]


def _legend(kept: list[list[Verdict]]) -> str:
    """What the signs mean; that of a coordinator's word only where one stands."""
    signs = [t("verdicts.legend")]
    if any(v.override is not None for own in kept for v in own):
        signs.append(says(words.OVERRIDE_LEGEND))
    return "　".join(signs)


def _mark(own: list[Verdict], mode: Mode) -> str:
    """The cell of one form: its mark; where a coordinator spoke, every mark of it, theirs with their sign."""
    said = [v for v in own if v.mode is mode]
    if not any(v.override is not None for v in said):
        return words.MARK[said[0].suitability] if said else _NOT_JUDGED
    sign = says(words.OVERRIDE_SIGN)
    marks = (words.MARK[v.suitability] + (sign if v.override is not None else "") for v in said)
    return " ".join(dict.fromkeys(marks))


def _clear() -> None:
    for name in _CONDITIONS:
        st.session_state[f"verdicts.{name}"] = []


def _matrix(what: Chosen, kept: list[list[Verdict]]) -> tuple[int, str] | None:
    """The table; gives the row and the column of the cell one pressed."""
    columns = _columns(what, kept)
    narrow = {says(words.MODE[mode]): st.column_config.TextColumn(width=86) for mode in Mode}
    event = st.dataframe(
        columns,
        hide_index=True,
        row_height=_ROW_PX,
        height=_ROW_PX * (min(len(kept), _MOST_ROWS) + 1) + 3,
        key=_table_key(what),
        on_select="rerun",
        selection_mode="single-cell",
        column_config={
            **narrow,
            t("column.task"): st.column_config.TextColumn(width=190),
            t("column.window"): st.column_config.TextColumn(width=165),
            t("column.seen"): st.column_config.TextColumn(width=90),
            t("column.why"): st.column_config.TextColumn(width=620),
        },
    )
    cells = event["selection"]["cells"]
    return cells[0] if cells and cells[0][0] < len(kept) else None


def _columns(what: Chosen, kept: list[list[Verdict]]) -> dict[str, list[str]]:
    """The table's columns by heading, a cell per context."""
    return {
        t("column.task"): [words.plain(task_name(what.result, own[0].task, language())) for own in kept],
        t("column.window"): [explaining.window_text(own[0]) for own in kept],
        **{says(words.MODE[mode]): [_mark(own, mode) for own in kept] for mode in Mode},
        t("column.pattern"): [_pattern(own[0]) for own in kept],
        t("column.seen"): [_seen(own[0]) for own in kept],
        t("column.why"): [words.plain(says(_telling(own).reason)) for own in kept],
    }


def _on_paper(what: Chosen, kept: list[list[Verdict]]) -> None:
    """The same table for the printer alone, whole: on the screen it scrolls, and paper does not."""
    columns = _columns(what, kept)
    heads = "".join(f'<th scope="col">{in_html(head)}</th>' for head in columns)
    rows = zip(*columns.values(), strict=True)
    body = "".join("<tr>" + "".join(f"<td>{in_html(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    st.html(f'<table class="co-table co-paper"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>')


def _telling(own: list[Verdict]) -> Verdict:
    """The verdict whose reason the table tells: a coordinator's before the first."""
    return next((v for v in own if v.override is not None), own[0])


def _pattern(verdict: Verdict) -> str:
    return _pattern_word(verdict.pattern)


def _seen(verdict: Verdict) -> str:
    c = verdict.confidence
    return f"{c.days}/{c.of_days}" if c.days else _NOT_JUDGED


def _explanation(
    what: Chosen, kept: list[list[Verdict]], pressed: tuple[int, str] | None, source: Source | None
) -> None:
    """Choose by name or by the table; what is chosen opens beside the table (on a tablet: at the foot)."""
    names = apart({_id(own[0]): _name(what, own[0]) for own in kept})
    key = f"verdicts.open:{what.entry.key}:{what.unit}"
    if st.session_state.get(key) not in names:
        st.session_state[key] = None
    # A pressed cell is told anew at every run; it opens its row once, and never another one that moved into its place.
    press = None if pressed is None else (key, *pressed)
    if pressed is not None and st.session_state.get("verdicts.pressed") != press:
        st.session_state[key] = _id(kept[pressed[0]][0])
    st.session_state["verdicts.pressed"] = press
    chosen = st.selectbox(
        t("verdicts.open"), list(names), index=None, format_func=names.__getitem__, key=key,
        placeholder=t("verdicts.open_placeholder"),
    )  # fmt: skip
    own = next((own for own in kept if _id(own[0]) == chosen), None)
    if own:
        with st.container(key="verdict-why"):
            st.button(
                t("verdicts.close"),
                key="verdict-why-close",
                icon=":material/close:",
                on_click=_close,
                args=(key, _table_key(what)),
            )
            explaining.show_context(what.result, own)
            if source is not None:
                overriding.show(what.result, own, source)


def _close(key: str, table: str) -> None:
    """Nothing is chosen any more, in the table neither: so the same cell can be pressed again."""
    st.session_state[key] = None
    st.session_state[table] = {"selection": {"rows": [], "columns": [], "cells": []}}


def _table_key(what: Chosen) -> str:
    return f"verdicts.table:{what.entry.key}:{what.unit}"


def _id(verdict: Verdict) -> str:
    return f"{verdict.context}:{verdict.task}"


def _name(what: Chosen, verdict: Verdict) -> str:
    return f"{task_name(what.result, verdict.task, language())} {explaining.window_text(verdict)} {_pattern(verdict)}"


if __name__ == "__main__":
    render()
