"""How a trainee comes along: by topic, by day, in agreement with the keys, and as a paper to take along."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from carveout.app.practice import kept, parts
from carveout.app.practice.blind_sheet import as_image
from carveout.app.practice.kept import Offered
from carveout.app.practice.practice_record import practice_record
from carveout.app.wording import in_html, language, says, t
from carveout.charts import style
from carveout.charts.drawing import Drawing
from carveout.language import Language
from carveout.proposal import pdf
from carveout.training import Day, Due, Progress, TopicProgress, due_topics, progress, topic_name
from carveout.training.progress import SURE
from carveout.writing import file_name

_DAYS = 21  # the latest days in the picture; the table has all


def draw(offers: Sequence[Offered]) -> None:
    """One's own progress."""
    who = kept.trainee()
    store = kept.keeping()
    st.html(f'<p class="co-lead">{in_html(t("training.you_are", who=kept.shown(who, store)))}</p>')
    if store is None:
        st.html(f'<p class="co-notice" role="note">{in_html(t("training.session_only"))}</p>')
    of_trainee(offers, who, kept.shown(who, store))


def of_trainee(offers: Sequence[Offered], who: str, shown: str) -> None:
    """A trainee's progress, for the trainee and for whoever trains them."""
    exercises, answers = kept.own_exercises(offers), kept.answers_of(who)
    found = progress(who, exercises, answers)
    if not found.days:
        st.info(t("training.nothing_answered"))
        return
    due = {one.topic: one for one in due_topics(exercises, answers, kept.now())}
    _agreement(found)
    st.subheader(t("training.by_topic"), anchor=False)
    st.html(topics(found, due))
    st.subheader(t("training.by_day"), anchor=False)
    _days(found.days)
    _paper(found, shown)


def topics(found: Progress, due: dict[str, Due]) -> str:
    """Each topic with its answers, how it stands, and when it comes back."""
    lines = []
    for one in sorted(found.topics, key=lambda o: (o.known, o.right / o.answers, o.topic)):
        again = parts.when(due[one.topic].at, kept.now()) if one.topic in due else ""
        right = t("training.right_of", n=one.right, of=one.answers)
        lines.append([in_html(cell) for cell in (says(topic_name(one.topic)), right, standing(one), again)])
    heads = [t(f"training.column_{name}") for name in ("topic", "right", "standing", "again")]
    return parts.table(heads, lines)


def standing(one: TopicProgress) -> str:
    """Whether a topic is known, with a dot for each right answer in a row."""
    dots = "●" * min(one.streak, SURE) + "·" * (SURE - min(one.streak, SURE))
    return f"{dots} {t('training.known' if one.known else 'training.learning')}"


def _agreement(found: Progress) -> None:
    """Agreement with the key at the first answer and at the latest."""
    boxes = []
    for name, own in (("first", found.first_tries), ("latest", found.latest)):
        label = t(f"training.agreement_{name}")
        boxes.append(parts.figure(label, parts.share(own.share), t("training.n_questions", n=own.n)))
    kappa, kappa_said = parts.coefficient(found.latest.kappa)
    ac1, ac1_said = parts.coefficient(found.latest.ac1)
    boxes += [parts.figure(t("training.kappa"), kappa, kappa_said), parts.figure(t("training.ac"), ac1, ac1_said)]
    st.html(parts.figures(boxes))
    with st.expander(t("training.how")):
        st.html(f'<p class="co-body">{in_html(t("training.how_told"))}</p>')


def _days(days: Sequence[Day]) -> None:
    st.html(as_image(_bars(days[-_DAYS:]), t("training.days_alt"), "co-days"))
    with st.expander(t("training.in_words")):
        columns = {
            t("column.date"): [one.on for one in days],
            t("training.column_answers"): [str(one.answers) for one in days],
            t("training.column_right"): [str(one.right) for one in days],
        }
        st.dataframe(columns, hide_index=True, row_height=36)


def _bars(days: Sequence[Day]) -> str:
    """A bar for each day: right answers filled, the others open; both written beside it."""
    drawing = Drawing()
    most = max(one.answers for one in days)
    left, right, line = 110, 110, 26
    scale = (560 - left - right) / most
    for number, one in enumerate(days):
        y = number * line + 4
        drawing.text(left - 10, y + 9, one.on, side="end")
        drawing.box(left, y, one.answers * scale, 18, style.PAPER, style.SLOT_INK, "3 2")
        if one.right:
            drawing.box(left, y, one.right * scale, 18, style.SLOT_INK)
        told = t("training.right_of", n=one.right, of=one.answers)
        drawing.text(left + one.answers * scale + 8, y + 9, told, style.MUTED)
    told = "; ".join(f"{one.on}: {t('training.right_of', n=one.right, of=one.answers)}" for one in days)
    return drawing.document(560, len(days) * line + 8, t("training.by_day"), told, language())


def _paper(found: Progress, shown: str) -> None:
    """The practice record as HTML and PDF, made when somebody takes it."""
    st.subheader(t("training.paper"), anchor=False)
    st.html(f'<p class="co-lead">{in_html(t("training.paper_lead"))}</p>')
    lang = language()
    kinds: dict[str, tuple[Callable[[], bytes], str]] = {"html": (_html(found, shown, lang), "text/html")}
    if pdf.available():
        kinds["pdf"] = (_pdf(found, shown, lang), "application/pdf")
    with st.container(horizontal=True):
        for kind, (made, mime) in kinds.items():
            st.download_button(
                t(f"training.paper_{kind}"), made, file_name=f"{file_name('practice', shown)}.{lang}.{kind}",
                mime=mime, key=f"training.paper.{kind}", icon=":material/download:", on_click="ignore",
            )  # fmt: skip


def _html(found: Progress, shown: str, lang: Language) -> Callable[[], bytes]:
    return lambda: practice_record(found, shown, kept.now().date(), lang).encode()


def _pdf(found: Progress, shown: str, lang: Language) -> Callable[[], bytes]:
    return lambda: pdf.printed(practice_record(found, shown, kept.now().date(), lang))
