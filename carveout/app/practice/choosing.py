"""What to practise: what is due today, an exercise, or one from a file."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from carveout.app.archive import asking
from carveout.app.drop_zone import own_words_for_the_drop_zone
from carveout.app.practice import kept, walk
from carveout.app.practice.kept import Offered
from carveout.app.problem_table import problem_table
from carveout.app.wording import in_html, in_markdown, says, t
from carveout.errors import InputError
from carveout.store import StoreError
from carveout.training import Answer, due_questions, due_topics, topic_name


def draw(offers: Sequence[Offered]) -> None:
    """Who practises, what is due, and the exercises."""
    who = _who()
    if who is None:
        return
    answers = kept.answers_of(who)
    due = due_questions(kept.own_exercises(offers), answers, kept.now())
    if answers:
        _due(offers, answers, due)
    st.subheader(t("training.exercises"), anchor=False)
    if not offers:
        st.info(t("training.no_exercise"))
    first = _first(offers, answers)
    for number, one in enumerate(offers):
        _exercise(number, one, answers, primary=not due and one.exercise.id == first)
    _from_file()


def _first(offers: Sequence[Offered], answers: Sequence[Answer]) -> str:
    """The exercise to go on with: one that was begun, else one not touched yet, else the first."""
    begun = [one.exercise.id for one in offers if walk.unfinished(one.exercise, answers)]
    touched = {answer.exercise for answer in answers}
    fresh = [one.exercise.id for one in offers if one.exercise.id not in touched]
    return next(iter([*begun, *fresh, *(one.exercise.id for one in offers)]), "")


def _who() -> str | None:
    """The trainee; where nobody signs in, one says who one is. None while the entry is in doubt."""
    store = kept.keeping()
    if store is None:
        st.html(f'<p class="co-notice" role="note">{in_html(t("training.session_only"))}</p>')
        return kept.trainee()
    if not kept.alone():
        told = t("training.you_are", who=kept.shown(kept.trainee(), store))
        st.html(f'<p class="co-lead">{in_html(told)}</p>')
        return kept.trainee()
    typed = st.text_input(
        t("training.trainee"), kept.trainee(), key="training.trainee", max_chars=40, width=360,
    ).strip()  # fmt: skip
    st.html(f'<p class="co-small co-under">{in_html(t("training.trainee_told"))}</p>')
    if typed and typed != kept.trainee():
        doubts = asking.doubtful([typed])
        if doubts and not asking.confirmed("training.trainee", doubts):
            return None
        kept.practise_as(typed)
    return typed or kept.trainee()


def _due(offers: Sequence[Offered], answers: Sequence[Answer], due: Sequence[tuple[str, str]]) -> None:
    """What comes back today, else when the next comes."""
    with st.container(border=True, key="training-due"):
        if due:
            topics = {(o.exercise.id, q.id): q.topic for o in offers for q in o.exercise.questions}
            names = [says(topic_name(topics[one])) for one in due]
            st.html(
                f'<p class="co-h">{in_html(t("training.due", n=len(due)))}</p>'
                f'<p class="co-body">{in_html(t("training.list_join").join(names))}</p>'
            )
            st.button(
                t("training.due_start", n=len(due)), key="training.due", type="primary",
                icon=":material/event_repeat:", on_click=walk.begin_due, args=(due,),
            )  # fmt: skip
            return
        later = due_topics(kept.own_exercises(offers), answers, kept.now())
        told = t("training.nothing_due")
        if later:
            told += t("training.next_due", day=later[0].at.date().isoformat(), topic=says(topic_name(later[0].topic)))
        st.html(f'<p class="co-body">{in_html(told)}</p>')


def _exercise(number: int, one: Offered, answers: Sequence[Answer], *, primary: bool) -> None:
    """An exercise with what one has answered of it, and the way in."""
    exercise = one.exercise
    asked = {*(q.id for q in exercise.chains), *(q.id for q in exercise.questions)}
    done = len({a.question for a in answers if a.exercise == exercise.id} & asked)
    with st.container(border=True, key=f"training-exercise-{number}"):
        told = t(
            "training.exercise_told", origin=t(f"training.origin_{one.origin}"), questions=len(exercise.questions),
            chains=len(exercise.chains),
        )  # fmt: skip
        if done:
            told += t("training.exercise_done", n=done, of=len(asked))
        st.html(f'<p class="co-h">{in_html(says(exercise.title))}</p><p class="co-lead">{in_html(told)}</p>')
        begun = walk.unfinished(exercise, answers)
        with st.container(horizontal=True):
            if begun is not None:
                since, at, n = begun
                st.button(
                    t("training.go_on", n=n, of=len(asked)), key=f"training.go_on.{exercise.id}",
                    type="primary" if primary else "secondary", icon=":material/play_arrow:",
                    on_click=walk.go_on, args=(exercise, since, at),
                )  # fmt: skip
            st.button(
                t("training.again" if done else "training.start"), key=f"training.start.{exercise.id}",
                type="primary" if primary and begun is None else "secondary",
                icon=":material/replay:" if done else ":material/play_arrow:", on_click=walk.begin, args=(exercise,),
            )  # fmt: skip


def _from_file() -> None:
    """An exercise somebody shared, opened for this session."""
    with st.expander(t("training.open_file"), icon=":material/folder_open:"):
        file = exercise_file("training.file")
        if file is not None:
            st.success(t("training.opened", title=in_markdown(says(file.exercise.title))))
            st.html(f'<p class="co-small">{in_html(t("training.opened_told"))}</p>')
            st.button(
                t("training.start"), key="training.start_file", type="primary", icon=":material/play_arrow:",
                on_click=walk.begin, args=(file.exercise,),
            )  # fmt: skip


def exercise_file(key: str) -> Offered | None:
    """An exercise from a file that somebody picks; what is wrong with one is said."""
    file = st.file_uploader(t("training.pick_file"), type=["yaml", "yml"], key=key)
    own_words_for_the_drop_zone()
    if file is None:
        return None
    try:
        return Offered(kept.open_file(file.getvalue(), file.name), "file")
    except InputError as error:
        st.error(t("training.unreadable"), icon=":material/error:")
        st.html(problem_table(error.problems))
    except StoreError:  # the list of known exercises could not be read: nothing of the file is wrong
        st.error(t("training.unreadable_now"), icon=":material/error:")
    return None
