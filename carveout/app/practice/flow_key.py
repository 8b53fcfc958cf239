"""The key of a day on which to mark flows, being changed: which rows belong to them, by whose judgement."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st

from carveout import words
from carveout.app.archive import asking
from carveout.app.wording import in_html, in_markdown, language, t
from carveout.charts.picture import person_name, task_name
from carveout.model import Occurrence, SiteResult
from carveout.training import ChainQuestion, Exercise, rows_of

_COLUMNS = 3
_BY_RULES = "carveout"


def draw(
    exercise: Exercise, chain: ChainQuestion, result: SiteResult, version: int, put: Callable[[ChainQuestion], None]
) -> None:
    """Every row of the day with a box, ticked where the key has it; whoever changes the key signs it.

    put: keeps the changed question.
    """
    who = t("training.by_rules") if chain.by == _BY_RULES else chain.by
    st.html(f'<p class="co-small">{in_html(t("training.source", who=who, source=chain.source))}</p>')
    st.html(f'<p class="co-body">{in_html(t("training.flow_told"))}</p>')
    rows = rows_of(result, chain)
    name = f"training.flow.{exercise.id}.{chain.id}.{version}"
    own = "" if chain.by == _BY_RULES else chain.by
    with st.form(name, border=False):
        ticked = _boxes(name, chain, rows, result)
        left, right = st.columns(2)
        with left:
            by = st.text_input(
                t("training.key_by"), own, max_chars=40, placeholder=t("training.key_by_hint"), key=f"{name}.by"
            )
        with right:
            source = st.text_input(
                t("training.key_source"), chain.source if own else "", max_chars=120, key=f"{name}.source"
            )
        sent = st.form_submit_button(t("training.flow_keep"), type="primary")
    doubts = asking.doubtful([by.strip()])
    if doubts and not asking.confirmed(name, doubts):
        return
    if not sent and not (doubts and st.button(t("training.key_anyway"), key=f"{name}.sure")):
        return
    if not ticked or not by.strip() or not source.strip():
        asking.refused(t("training.flow_missing"), t("training.flow_missing_remedy"))
        return
    put(replace(chain, rows=ticked, by=by.strip(), source=source.strip()))


def _boxes(name: str, chain: ChainQuestion, rows: Sequence[Occurrence], result: SiteResult) -> tuple[int, ...]:
    """Rows by person and time; gives the positions of those that are ticked."""
    people: dict[str, list[Occurrence]] = {}
    for row in rows:
        people.setdefault(row.staff[0] if row.staff else "", []).append(row)
    ticked = []
    columns = st.columns(max(1, min(_COLUMNS, len(people))))
    for number, (person, own) in enumerate(people.items()):
        with columns[number % len(columns)]:
            called = person_name(result, person, language()) if person else t("training.nobody")
            st.markdown(f"**{in_markdown(called)}**")
            for row in own:
                said = f"{words.span(row.start, row.end)} {task_name(result, row.task, language())}"
                if st.checkbox(in_markdown(said), row.index in chain.rows, key=f"{name}.{row.index}"):
                    ticked.append(row.index)
    return tuple(sorted(ticked))
