"""What trainees made of an exercise: each of them, each question, and how far they agree among one another."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from carveout import words
from carveout.app import archive_here
from carveout.app.practice import coming_along, kept, parts
from carveout.app.practice.kept import Offered
from carveout.app.practice.making import may_teach
from carveout.app.wording import in_html, says, t
from carveout.errors import InputError
from carveout.store import Store, StoreError
from carveout.training import Among, Answer, Exercise, among, progress


def draw(offers: Sequence[Offered]) -> None:
    """Choose an exercise; see its trainees and its questions."""
    store = kept.keeping()
    if store is None:
        return
    own = [one for one in offers if (one.origin == "store" or archive_here.allowed("teach")) and may_teach(one)]
    if not own:
        st.info(t("training.none_kept"))
        return
    titles = {one.exercise.id: says(one.exercise.title) for one in own}
    try:
        answers = kept.all_answers(store)
    except StoreError as error:
        archive_here.broken(error)
        return
    answered = {a.exercise for a in answers}
    first = next((name for name in titles if name in answered), next(iter(titles)))
    chosen = st.selectbox(
        t("training.which"), list(titles), index=list(titles).index(first), key="training.result",
        format_func=titles.__getitem__,
    )  # fmt: skip
    one = next((o for o in own if o.exercise.id == chosen), own[0])
    found = among(one.exercise, answers)
    if not found.trainees:
        st.info(t("training.nobody_answered"))
        return
    _together(found)
    _trainees(one, found, answers, store)
    _questions(one.exercise, found)
    _one_trainee(offers, found, store)


def _together(found: Among) -> None:
    fleiss, fleiss_said = parts.coefficient(found.fleiss)
    ac1, ac1_said = parts.coefficient(found.ac1)
    n = sum(q.answers for q in found.questions)
    right = sum(q.right for q in found.questions)
    compared = t("training.compared", judges=found.judges, judged=found.judged)
    st.html(
        parts.figures(
            [
                parts.figure(t("training.trainees"), str(len(found.trainees)), t("training.first_answers", n=n)),
                parts.figure(t("training.first_right"), parts.share(right / n if n else None)),
                parts.figure(t("training.fleiss"), fleiss, fleiss_said),
                parts.figure(t("training.ac"), ac1, ac1_said),
            ]
        )
    )
    st.html(f'<p class="co-small co-under">{in_html(compared)}</p>')


def _trainees(one: Offered, found: Among, answers: Sequence[Answer], store: Store) -> None:
    st.subheader(t("training.by_trainee"), anchor=False)
    lines = []
    for who in found.trainees:
        own = progress(who, [one.exercise], answers)
        n, right = sum(d.answers for d in own.days), sum(d.right for d in own.days)
        cells = (
            kept.shown(who, store), t("training.right_of", n=right, of=n), parts.share(own.first_tries.share),
            parts.share(own.latest.share), parts.coefficient(own.latest.kappa)[0],
            parts.coefficient(own.latest.ac1)[0], own.days[-1].on if own.days else "",
        )  # fmt: skip
        lines.append([in_html(cell) for cell in cells])
    names = ("trainee", "right", "first", "latest", "kappa", "robust", "last")
    st.html(parts.table([t(f"training.column_{name}") for name in names], lines))


def _questions(exercise: Exercise, found: Among) -> None:
    st.subheader(t("training.hardest"), anchor=False)
    try:
        result = kept.result_of(exercise)
    except InputError:
        return
    by_id = {q.id: q for q in exercise.questions}
    lines = []
    for one in found.hardest:
        question = by_id[one.question]
        given = "　".join(f"{words.MARK[mark]} {n}" for mark, n in one.given)
        keys = " ".join(dict.fromkeys(words.MARK[key.suitability] for key in question.keys))
        right = f"{parts.share(one.share)} ({t('training.right_of', n=one.right, of=one.answers)})"
        lines.append([in_html(cell) for cell in (parts.headline(question, result), right, given, keys)])
    heads = [t(f"training.column_{name}") for name in ("question", "right", "given", "experts")]
    st.html(parts.table(heads, lines))


def _one_trainee(offers: Sequence[Offered], found: Among, store: Store) -> None:
    """A trainee's whole progress, as the trainee sees it."""
    with st.expander(t("training.one_trainee")):
        names = {who: kept.shown(who, store) for who in found.trainees}
        who = st.selectbox(
            t("training.column_trainee"), list(names), key="training.one_trainee", format_func=names.__getitem__
        )
        coming_along.of_trainee(offers, who, names[who])
