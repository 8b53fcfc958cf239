"""A day on which a trainee marks what belongs to flows, and the key row by row."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from carveout import words
from carveout.app.practice import kept, parts, walk
from carveout.app.practice.blind_sheet import EXTRA, HIT, MISSED, SIGNS, as_image, blind_sheet, in_words, rows_of_day
from carveout.app.practice.walk import Round
from carveout.app.wording import in_html, in_markdown, language, t
from carveout.charts.picture import days_of, person_name, task_name, telling_day, weekday_of
from carveout.model import Occurrence, SiteResult
from carveout.training import Answer, ChainQuestion, ChainsJudged, Exercise, judge_chains, rows_of

_COLUMNS = 3


def look(here: Round, exercise: Exercise, result: SiteResult) -> None:
    """The first step: the day, without a word of what anybody made of it."""
    st.html(f'<p class="co-body">{in_html(t("training.look"))}</p>')
    if exercise.note_ja or exercise.note_en:
        note = exercise.note_ja if language() == "ja" else exercise.note_en or exercise.note_ja
        st.html(f'<p class="co-notice co-own" role="note">{in_html(note or exercise.note_en)}</p>')
    left, right = st.columns(2)
    with left:
        unit = st.selectbox(t("training.unit"), result.units, key=f"training.look.unit.{exercise.id}")
    days = days_of(result, unit)
    names = {day: f"{day} {words.weekdays([weekday_of(day)], language())}" for day in days}
    first = telling_day(result, unit)
    with right:
        day = st.selectbox(
            t("training.day"), days, index=days.index(first) if first in days else 0,
            key=f"training.look.day.{exercise.id}.{unit}", format_func=names.__getitem__,
        )  # fmt: skip
    st.button(
        t("training.start_asking"), key="training.next", type="primary", icon=":material/arrow_forward:",
        on_click=walk.go_to, args=(here.at + 1,),
    )  # fmt: skip
    st.html(as_image(blind_sheet(result, unit, day), t("training.sheet_alt")))
    with st.expander(t("training.in_words")):
        st.dataframe(in_words(result, rows_of_day(result, unit, day)), hide_index=True, row_height=36)


def draw(here: Round, exercise: Exercise, question: ChainQuestion, result: SiteResult, answer: Answer | None) -> None:
    """Rows to mark, or once marked, the key beside them."""
    rows = rows_of(result, question)
    day = f"{question.date} {words.weekdays([weekday_of(question.date)], language())}"
    st.html(
        f'<div class="co-ask"><h2>{in_html(t("training.mark_title"))}</h2>'
        f'<p class="co-body">{in_html(t("training.mark_lead", unit=question.unit, day=day))}</p></div>'
    )
    if answer is None:
        st.html(as_image(blind_sheet(result, question.unit, question.date), t("training.sheet_alt")))
        _boxes(exercise, question, rows, result)
    else:
        _key(here, judge_chains(question, answer, [row.index for row in rows]), rows, result)


def _boxes(exercise: Exercise, question: ChainQuestion, rows: Sequence[Occurrence], result: SiteResult) -> None:
    """A box for each row, by person and time; all are sent at once."""
    people: dict[str, list[Occurrence]] = {}
    for row in rows:
        people.setdefault(row.staff[0] if row.staff else "", []).append(row)
    with st.form(f"training.boxes.{exercise.id}.{question.id}", border=False):
        columns = st.columns(min(_COLUMNS, len(people)))
        for number, (person, own) in enumerate(people.items()):
            with columns[number % len(columns)], st.container(key=f"training-boxes-{number}"):
                name = person_name(result, person, language()) if person else t("training.nobody")
                st.markdown(f"**{in_markdown(name)}**")
                for row in own:
                    st.checkbox(_said(row, result), key=_box(exercise, question, row))
        sent = st.form_submit_button(t("training.mark_send"), type="primary", icon=":material/check:")
    if sent:
        marked = tuple(row.index for row in rows if st.session_state.get(_box(exercise, question, row)))
        at = kept.now().isoformat(timespec="milliseconds")
        kept.save(Answer(exercise.id, question.id, kept.trainee(), at, rows=marked))
        st.rerun()


def _box(exercise: Exercise, question: ChainQuestion, row: Occurrence) -> str:
    return f"training.box.{exercise.id}.{question.id}.{row.index}"


def _said(row: Occurrence, result: SiteResult) -> str:
    also = t("training.with", who=t("map.join").join(row.staff[1:])) if len(row.staff) > 1 else ""
    return in_markdown(f"{words.span(row.start, row.end)} {task_name(result, row.task, language())}{also}")


def _key(here: Round, judged: ChainsJudged, rows: Sequence[Occurrence], result: SiteResult) -> None:
    standing = {row: name for name in (HIT, MISSED, EXTRA) for row in getattr(judged, name)}
    kappa, kappa_said = parts.coefficient(judged.kappa)
    ac1, ac1_said = parts.coefficient(judged.ac1)
    right = sum(row.index not in standing or standing[row.index] == HIT for row in rows)
    st.html(
        f'<div class="co-card co-solution" role="status"><p class="co-outcome co-out-{judged.outcome}">'
        f"{in_html(t(f'training.marks_{judged.outcome}'))}</p></div>"
    )
    st.html(
        parts.figures(
            [
                parts.figure(
                    t("training.marks_found"), f"{len(judged.hit)} / {len(judged.question.rows)}",
                    t("training.marks_counted", missed=len(judged.missed), extra=len(judged.extra)),
                ),
                parts.figure(
                    t("training.rows_alike"), parts.share(judged.share), t("training.rows_of", n=right, of=len(rows))
                ),
                parts.figure(t("training.kappa"), kappa, kappa_said),
                parts.figure(t("training.ac"), ac1, ac1_said),
            ]
        )
    )  # fmt: skip
    st.button(
        t("training.next"), key="training.next", type="primary", icon=":material/arrow_forward:",
        on_click=walk.go_to, args=(here.at + 1,),
    )  # fmt: skip
    st.html(f'<p class="co-lead co-status">{"".join(map(_legend, (HIT, MISSED, EXTRA)))}</p>')
    svg = blind_sheet(result, judged.question.unit, judged.question.date, standing=standing)
    st.html(as_image(svg, t("training.sheet_alt_key")))
    why = t("training.marks_why", source=judged.question.source, who=_who(judged.question.by))
    st.html(f'<p class="co-body">{in_html(why)}</p>')
    _row_by_row(standing, rows, result)


def _legend(standing: str) -> str:
    box = f'<i class="co-box co-{standing}" aria-hidden="true">{SIGNS[standing]}</i>'
    return f"<span>{box} {in_html(t(f'training.row_{standing}'))}</span>"


def _who(by: str) -> str:
    return t("training.by_rules") if by == "carveout" else by


def _row_by_row(standing: dict[int, str], rows: Sequence[Occurrence], result: SiteResult) -> None:
    """Every row with what one marked and what the key says; differences first."""
    order = {MISSED: 0, EXTRA: 1, HIT: 2}
    lines = []
    for row in sorted(rows, key=lambda o: (order.get(standing.get(o.index, ""), 3), o.start, o.index)):
        name = standing.get(row.index)
        said = f"{SIGNS[name]} {t(f'training.row_{name}')}" if name else t("training.row_none")
        who = t("map.join").join(person_name(result, p, language()) for p in row.staff)
        cells = (words.span(row.start, row.end), task_name(result, row.task, language()), who, said)
        lines.append([in_html(cell) for cell in cells])
    heads = [t("column.time"), t("column.task"), t("column.staff"), t("training.column_key")]
    with st.expander(t("training.row_by_row"), expanded=True):
        st.html(parts.table(heads, lines))
