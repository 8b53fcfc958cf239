"""Practising to judge observed work: a trainee's way, one question at a time, and a trainer's exercises and results."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from carveout import words
from carveout.app import archive_here
from carveout.app.practice import choosing, coming_along, judging, kept, making, marking, results, summing, walk
from carveout.app.practice.walk import Round
from carveout.app.problem_table import problem_table
from carveout.app.wording import in_html, says, t
from carveout.errors import InputError
from carveout.training import ChainQuestion

STYLE = Path(archive_here.__file__).parent / "learning.css"


def render() -> None:
    """The page: a round under way, else the parts one may choose from."""
    st.html(STYLE)
    if kept.alone() and kept.trainee() != kept.USUAL_TRAINEE:
        kept.practise_as(kept.trainee())
    kept.flush()
    if kept.pending() and kept.trainee() != kept.GUEST:
        st.html(f'<p class="co-notice" role="alert">{in_html(t("training.waiting", n=len(kept.pending())))}</p>')
    with st.spinner(t("app.loading")):
        offers = kept.offered()
    here = walk.under_way(offers)
    if here is not None:
        _round(here, offers)
        return
    if walk.EXERCISE in st.query_params:
        st.warning(t("training.gone"))
    st.html(f'<p class="co-lead">{in_html(t("training.lead"))}</p>')
    part = _part()
    if part == "progress":
        coming_along.draw(offers)
    elif part == "make":
        making.draw(offers)
    elif part == "results":
        results.draw(offers)
    else:
        choosing.draw(offers)


def _part() -> str:
    """Which part shows; what one may not do is not offered."""
    own = walk.PARTS if making.teaches() else walk.PARTS[:2]
    names = {one: t(f"training.part_{one}") for one in own}
    asked = st.query_params.get(walk.PART, own[0])
    if st.session_state.get("training.part") not in own:
        st.session_state["training.part"] = asked if asked in own else own[0]
    part = st.segmented_control(
        t("training.parts"), own, key="training.part", format_func=names.__getitem__, required=True,
        label_visibility="collapsed",
    )  # fmt: skip
    chosen = part or own[0]
    if st.query_params.get(walk.PART, own[0]) != chosen:
        st.query_params[walk.PART] = chosen
    return chosen


def _round(here: Round, offers: list[kept.Offered]) -> None:
    """One step of a round, with the way back and how far one has come."""
    answers = kept.answers_of(kept.trainee())
    given = here.given(answers)
    step = here.step
    with st.container(horizontal=True, vertical_alignment="center", key="training-bar"):
        st.button(t("training.leave"), key="training.leave", icon=":material/arrow_back:", on_click=walk.leave)
        title = says(step.exercise.title) if step else t("training.summary")
        if here.name == walk.DUE:
            title = t("training.today_round")
        asked = len(here.asked)
        told = t("training.position", n=min(len(given), asked), of=asked)
        st.html(
            f'<p class="co-bar"><b>{in_html(title)}</b> <span>{in_html(told)}</span></p>'
            f'<div class="co-progress" aria-hidden="true"><i style="width:{100 * len(given) / max(asked, 1):.0f}%"></i>'
            f"</div>",
            width="stretch",
        )
        if step is not None and step.question is not None and (step.exercise.id, step.question.id) not in given:
            st.button(
                t("training.later"), key="training.later", icon=":material/skip_next:", on_click=walk.go_to,
                args=(here.at + 1,),
            )  # fmt: skip
    if kept.keeping() is None and (kept.trainee() == kept.GUEST or not kept.pending()):
        st.html(f'<p class="co-notice" role="note">{in_html(t("training.session_only"))}</p>')
    if step is None:
        summing.draw(here, offers, answers, given)
        return
    try:
        with st.spinner(t("app.loading")):
            result = kept.result_of(step.exercise)
    except InputError as error:
        st.error(t("training.unreadable"), icon=":material/error:")
        st.html(problem_table(error.problems))
        return
    if result.constructed:
        st.html(f'<p class="co-notice" role="note">{in_html(says(words.CONSTRUCTED))}</p>')
    if step.question is None:
        marking.look(here, step.exercise, result)
    elif isinstance(step.question, ChainQuestion):
        answer = given.get((step.exercise.id, step.question.id))
        marking.draw(here, step.exercise, step.question, result, answer)
    else:
        judging.draw(here, step.exercise, step.question, result, given)


if __name__ == "__main__":
    render()
