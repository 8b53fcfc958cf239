"""A trainer's exercises: made from a site, kept, shared as a file, taken in from one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from carveout import bundled
from carveout.app import archive_here, sites
from carveout.app.archive import asking
from carveout.app.choosing import site_names
from carveout.app.practice import choosing, editing, kept
from carveout.app.practice.kept import Offered
from carveout.app.problem_table import problem_table
from carveout.app.sites import Entry
from carveout.app.wording import in_html, in_markdown, says, t
from carveout.errors import InputError
from carveout.observations import read, read_uploads, write_yaml
from carveout.store import Store, StoreError
from carveout.training import Exercise, exercise_from, write_exercise
from carveout.words import unit_name
from carveout.workday import new_id, timeline_of
from carveout.writing import file_name

_FEWEST, _MOST, _USUAL = 2, 40, 12
_EVERYBODY = ""


def teaches() -> bool:
    """Whether the person in front of the screen may make exercises, at some site at least."""
    if kept.keeping() is None:
        return False
    try:
        return archive_here.allowed("teach") or any(
            archive_here.allowed("teach", info.id) for info in archive_here.sites_seen()
        )
    except StoreError:
        return False


def may_teach(one: Offered) -> bool:
    """Whether one may change an exercise of the store and see what trainees made of it."""
    return archive_here.allowed("teach", one.site or None)


def draw(offers: Sequence[Offered]) -> None:
    """A new exercise, one from a file, and those that are kept."""
    store = kept.keeping()
    if store is None:
        return
    own = [one for one in offers if one.origin == "store" and may_teach(one)]
    with st.expander(t("training.make_new"), icon=":material/add:", expanded=not own):
        _new(store)
    with st.expander(t("training.bring"), icon=":material/upload_file:"):
        _bring(store, offers)
    if not own:
        st.info(t("training.none_kept"))
        return
    st.subheader(t("training.own_exercises"), anchor=False)
    titles = {one.exercise.id: f"{says(one.exercise.title)} ({one.exercise.id})" for one in own}
    chosen = st.selectbox(
        t("training.which"), list(titles), key="training.which", format_func=titles.__getitem__,
    )  # fmt: skip
    one = next((o for o in own if o.exercise.id == chosen), own[0])
    share(one.exercise)
    editing.draw(store, one)


def share(exercise: Exercise) -> None:
    """An exercise as a file to hand on."""
    st.download_button(
        t("training.take"), write_exercise(exercise), file_name=f"{file_name('exercise', exercise.id)}.yaml",
        mime="application/yaml", key=f"training.take.{exercise.id}", icon=":material/download:", on_click="ignore",
    )  # fmt: skip


def _new(store: Store) -> None:
    """From which site, how many questions, who sees it."""
    turn = st.session_state.get("training.turn", 0)
    found = {entry.key: entry for entry in sites.entries() if _may_use(entry)}
    if not found:
        st.info(t("training.no_site"))
        return
    names = site_names(list(found.values()))
    key = st.selectbox(t("training.site"), list(found), key="training.site", format_func=names.__getitem__)
    entry = found[key]
    units = _units(entry)
    if units is None:
        return
    with st.form(f"training.new.{turn}.{key}", border=False):
        left, right = st.columns(2)
        with left:
            unit = st.selectbox(
                t("training.unit"),
                ["", *units],
                format_func=lambda one: says(unit_name(one)) if one else t("training.all_units"),
            )
            n = st.number_input(t("training.how_many"), _FEWEST, _MOST, _USUAL)
        with right:
            title_ja = st.text_input(t("training.title_ja"), max_chars=80, placeholder=t("training.title_hint"))
            title_en = st.text_input(t("training.title_en"), max_chars=80)
        only = st.checkbox(t("training.only_site"))
        st.caption(t("training.no_names"))
        if not st.form_submit_button(t("training.make"), type="primary"):
            return
    try:
        with st.spinner(t("app.loading")):
            exercise = exercise_from(
                _document(entry), name=new_id(), author=_author(store), questions=int(n), unit=unit
            )
    except InputError as error:
        st.error(t("training.not_made"), icon=":material/error:")
        st.html(problem_table(error.problems))
        return
    if not exercise.questions and not exercise.chains:
        asking.refused(t("training.no_question"), t("training.no_question_remedy"))
        return
    exercise = replace(
        exercise, title_ja=title_ja.strip() or exercise.title_ja, title_en=title_en.strip() or exercise.title_en
    )
    limited = entry.stored and (only or not archive_here.allowed("teach"))
    if editing.put(store, exercise, entry.site if limited else _EVERYBODY, 0):
        st.session_state["training.turn"] = turn + 1
        st.session_state["training.which"] = exercise.id
        st.rerun()


def _units(entry: Entry) -> tuple[str, ...] | None:
    """The units of a site; None, and said, where nothing has been seen there yet."""
    try:
        with st.spinner(t("app.loading")):
            return sites.result_of(entry).units
    except sites.NothingSeenError:
        asking.refused(t("training.nothing_seen"))
    except StoreError as error:
        archive_here.broken(error)
    return None


def _may_use(entry: Entry) -> bool:
    """A site of the store where one may teach; the others, where one may teach in the store as a whole."""
    return archive_here.allowed("teach", entry.site if entry.stored else None)


def _document(entry: Entry) -> str:
    """The observation document of a site. Raises InputError, StoreError."""
    if entry.stored:
        opened = archive_here.store()
        days = [archive_here.workday(info) for info in opened.days(entry.site)]
        return write_yaml(timeline_of(opened.site(entry.site), days).timeline, 0)
    timeline = (read_uploads(dict(entry.files)) if entry.files else read(bundled.paths())).timeline
    return write_yaml(timeline, entry.index)


def _author(store: Store) -> str:
    return kept.shown(archive_here.me().subject, store)


def _bring(store: Store, offers: Sequence[Offered]) -> None:
    """An exercise from a file into the store."""
    turn = st.session_state.get("training.bring_turn", 0)
    one = choosing.exercise_file(f"training.bring.{turn}")
    if one is None:
        return
    exercise = one.exercise
    st.html(
        f'<p class="co-body"><b>{in_html(says(exercise.title))}</b> '
        f"{in_html(t('training.bring_told', questions=len(exercise.questions), author=exercise.author or '-'))}</p>"
    )
    here = next((o for o in offers if o.exercise.id == exercise.id and o.origin != "file"), None)
    if here is not None:
        st.info(t("training.is_here", title=in_markdown(says(here.exercise.title))))
        return
    if not archive_here.allowed("teach"):
        asking.refused(t("training.bring_whole"))
        return
    if st.button(t("training.bring_in"), key="training.bring_in", type="primary") and editing.put(
        store, exercise, _EVERYBODY, 0
    ):
        st.session_state["training.bring_turn"] = turn + 1
        st.session_state["training.which"] = exercise.id
        st.rerun()
