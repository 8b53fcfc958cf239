"""The end of a round: what was right, right for another reason, or different, by topic, and what comes back when."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from carveout.app.practice import kept, parts, walk
from carveout.app.practice.kept import Offered
from carveout.app.practice.walk import Given, Round
from carveout.app.wording import in_html, says, t
from carveout.training import Answer, Outcome, due_topics, outcomes, topic_name


def draw(here: Round, offers: Sequence[Offered], answers: Sequence[Answer], given: Given) -> None:
    """The summary of a round."""
    exercises = kept.own_exercises(offers)
    judged = list(outcomes(exercises, given.values()))
    open_steps = [k for k, s in enumerate(here.steps) if s.question and (s.exercise.id, s.question.id) not in given]
    title = t("training.so_far" if open_steps else "training.done")
    st.html(f'<div class="co-ask"><h2>{in_html(title)}</h2></div>')
    if open_steps:
        st.html(f'<p class="co-body">{in_html(t("training.still_open", n=len(open_steps)))}</p>')
        st.button(
            t("training.to_open"), key="training.to_open", icon=":material/undo:", on_click=walk.go_to,
            args=(open_steps[0],),
        )  # fmt: skip
    if judged:
        counted = {one: sum(o is one for _, _, o in judged) for one in Outcome}
        st.html(
            parts.figures(
                parts.figure(parts.outcome(one), t("training.n_questions", n=counted[one]), "") for one in Outcome
            )
        )
        _topics(offers, answers, {topic for _, topic, _ in judged}, judged)
    with st.container(horizontal=True):
        st.button(t("training.home"), key="training.home", type="primary", icon=":material/home:", on_click=walk.leave)
        st.button(
            t("training.to_progress"), key="training.to_progress", icon=":material/trending_up:", on_click=to_progress
        )


def to_progress() -> None:
    """Leave the round for one's own progress."""
    walk.leave()
    st.session_state["training.part"] = "progress"
    st.query_params[walk.PART] = "progress"


def _topics(
    offers: Sequence[Offered], answers: Sequence[Answer], own: set[str], judged: Sequence[tuple[Answer, str, Outcome]]
) -> None:
    """By topic: how it went this time, and when it comes back."""
    due = {one.topic: one for one in due_topics(kept.own_exercises(offers), answers, kept.now())}
    lines = []
    for topic in sorted(own, key=lambda one: (due[one].at if one in due else kept.now(), one)):
        these = [outcome for _, name, outcome in judged if name == topic]
        went = "　".join(f"{parts.SIGN[one]} {these.count(one)}" for one in Outcome if these.count(one))
        again = parts.when(due[topic].at, kept.now()) if topic in due else ""
        lines.append([in_html(cell) for cell in (says(topic_name(topic)), went, again)])
    st.html(parts.table([t("training.column_topic"), t("training.column_went"), t("training.column_again")], lines))
    st.html(f'<p class="co-small co-under">{in_html(t("training.again_told"))}</p>')
