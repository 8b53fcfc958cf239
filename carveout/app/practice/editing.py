"""One exercise of the store being worked on: titles and note, which questions, and who answers what."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from carveout.app import archive_here
from carveout.app.archive import asking
from carveout.app.practice import flow_key, kept, parts
from carveout.app.practice.kept import Offered
from carveout.app.wording import in_html, in_markdown, language, says, t
from carveout.errors import InputError
from carveout.model import Suitability
from carveout.store import Store, StoreError
from carveout.training import REASON, ChainQuestion, Exercise, Key, Question, ReasonCode

_TEXT, _LINE = 600, 120


def put(store: Store, exercise: Exercise, site: str, version: int) -> bool:
    """Write an exercise; what keeps it from being written is said."""
    try:
        kept.put_exercise(store, exercise, site, version)
    except StoreError as error:
        archive_here.broken(error)
        return False
    st.toast(t("training.kept"), icon=":material/check:")
    return True


def draw(store: Store, one: Offered) -> None:
    """Titles and note, the questions with their keys, and the way to take the exercise away."""
    exercise = one.exercise
    try:
        result = kept.result_of(exercise)
    except InputError:
        st.error(t("training.unreadable"), icon=":material/error:")
        return
    with st.expander(t("training.head"), icon=":material/title:"):
        _head(store, one)
    for question in exercise.questions:
        label = (
            f"{parts.headline(question, result)} {''.join(parts.plain_mark(k.suitability)[0] for k in question.keys)}"
        )
        with st.expander(in_markdown(label), key=f"training.edit.{exercise.id}.{question.id}"):
            _question(store, one, question)
    for chain in exercise.chains:
        label = t("training.chain_line", unit=chain.unit, day=chain.date, n=len(chain.rows))
        with st.expander(in_markdown(label), key=f"training.edit.{exercise.id}.{chain.id}"):
            flow_key.draw(exercise, chain, result, one.version, partial(_changed_flow, store, one))
            left = [c for c in exercise.chains if c.id != chain.id]
            _drop(store, one, chain.id, replace(exercise, chains=tuple(left)))
    with st.expander(t("training.remove"), icon=":material/delete:"):
        st.html(f'<p class="co-body">{in_html(t("training.remove_told"))}</p>')
        if st.button(t("training.remove_do"), key=f"training.remove.{exercise.id}"):
            try:
                store.remove_paper(kept.EXERCISE, exercise.id, one.version, archive_here.by())
            except StoreError as error:
                archive_here.broken(error)
                return
            st.session_state.pop("training.which", None)
            st.rerun()


def _head(store: Store, one: Offered) -> None:
    exercise = one.exercise
    with st.form(f"training.head.{exercise.id}.{one.version}", border=False):
        left, right = st.columns(2)
        with left:
            title_ja = st.text_input(t("training.title_ja"), exercise.title_ja, max_chars=_LINE)
            note_ja = st.text_area(t("training.note_ja"), exercise.note_ja, max_chars=_TEXT)
        with right:
            title_en = st.text_input(t("training.title_en"), exercise.title_en, max_chars=_LINE)
            note_en = st.text_area(t("training.note_en"), exercise.note_en, max_chars=_TEXT)
        if not st.form_submit_button(t("training.keep"), type="primary"):
            return
    if not title_ja.strip() and not title_en.strip():
        asking.refused(t("training.title_missing"))
        return
    new = replace(
        exercise, title_ja=title_ja.strip() or title_en.strip(), title_en=title_en.strip() or title_ja.strip(),
        note_ja=note_ja.strip(), note_en=note_en.strip(),
    )  # fmt: skip
    if put(store, new, one.site, one.version):
        st.rerun()


def _question(store: Store, one: Offered, question: Question) -> None:
    """The keys of a question, another expert's, and the way to drop it."""
    items = ""
    for key in question.keys:
        who = t("training.by_rules") if key.by == "carveout" else key.by
        items += (
            f"<li>{parts.mark(key.suitability)} {in_html(parts.reasons(key.reasons))}<br>"
            f"{in_html(says(key.evidence))}<br>"
            f"<small>{in_html(t('training.source', who=who, source=key.source))}</small></li>"
        )
    st.html(f"<ul class='co-list'>{items}</ul>")
    _new_key(store, one, question)
    if len(question.keys) > 1:
        names = {k: parts.plain_mark(key.suitability) + " " + key.by for k, key in enumerate(question.keys)}
        with st.container(horizontal=True, vertical_alignment="bottom"):
            place = st.selectbox(
                t("training.key_away"), list(names), key=f"training.key.{one.exercise.id}.{question.id}.{one.version}",
                index=len(names) - 1, format_func=names.__getitem__,
            )  # fmt: skip
            if st.button(t("training.key_away_do"), key=f"training.key_away.{question.id}"):
                left = tuple(key for k, key in enumerate(question.keys) if k != place)
                _changed(store, one, replace(question, keys=left))
    left_over = tuple(
        replace(q, twin="" if q.twin == question.id else q.twin) for q in one.exercise.questions if q.id != question.id
    )
    _drop(store, one, question.id, replace(one.exercise, questions=left_over))


def _new_key(store: Store, one: Offered, question: Question) -> None:
    """Another expert's answer with reason and source."""
    marks = {mark: parts.plain_mark(mark) for mark in Suitability}
    codes = {code: says(REASON[code]) for code in ReasonCode}
    st.markdown(f"**{t('training.key_new')}**")
    with st.form(f"training.key_new.{one.exercise.id}.{question.id}.{one.version}", border=False):
        left, right = st.columns(2)
        with left:
            who = st.text_input(t("training.key_by"), max_chars=40, placeholder=t("training.key_by_hint"))
            mark = st.selectbox(t("training.key_mark"), list(marks), format_func=marks.__getitem__)
        with right:
            source = st.text_input(t("training.key_source"), max_chars=_LINE)
            evidence = st.text_area(t("training.key_evidence"), max_chars=_TEXT)
        reasons = st.pills(
            t("training.key_reasons"), list(codes), selection_mode="multi", format_func=codes.__getitem__
        )
        sent = st.form_submit_button(t("training.key_add"), type="primary")
    doubts = asking.doubtful([who.strip()])
    name = f"training.key_name.{question.id}"
    if doubts and not asking.confirmed(name, doubts):
        return
    if not sent and not (doubts and st.button(t("training.key_anyway"), key=f"{name}.sure")):
        return
    if not who.strip() or not reasons or not source.strip():
        asking.refused(t("training.key_missing"), t("training.key_missing_remedy"))
        return
    told = evidence.strip()
    ja, en = (told, "") if language() == "ja" else (told, told)
    key = Key(who.strip(), mark, tuple(reasons), source.strip(), ja, en)
    _changed(store, one, replace(question, keys=(*question.keys, key)))


def _changed(store: Store, one: Offered, question: Question) -> None:
    questions = tuple(question if q.id == question.id else q for q in one.exercise.questions)
    if put(store, replace(one.exercise, questions=questions), one.site, one.version):
        st.rerun()


def _changed_flow(store: Store, one: Offered, chain: ChainQuestion) -> None:
    chains = tuple(chain if c.id == chain.id else c for c in one.exercise.chains)
    if put(store, replace(one.exercise, chains=chains), one.site, one.version):
        st.rerun()


def _drop(store: Store, one: Offered, name: str, without: Exercise) -> None:
    """Take a question away; the last one stays."""
    if not without.questions and not without.chains:
        st.html(f'<p class="co-small co-under">{in_html(t("training.last_question"))}</p>')
        return
    pressed = st.button(t("training.drop"), key=f"training.drop.{one.exercise.id}.{name}", icon=":material/delete:")
    if pressed and put(store, without, one.site, one.version):
        st.rerun()
