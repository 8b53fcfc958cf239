"""Exercises one may practise on and the answers given so far: kept in the store, else in this session alone."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal

import streamlit as st

from carveout import bundled
from carveout.app import archive_here
from carveout.errors import InputError
from carveout.filing import plain, structured
from carveout.model import SiteResult
from carveout.observations import read, write_yaml
from carveout.store import Paper, Store, StoreError
from carveout.training import Answer, Exercise, exercise_from, open_exercise, read_exercise, write_exercise
from carveout.workday import new_id

EXERCISE, ANSWER = "exercise", "answer"
GUEST = "guest"
USUAL_TRAINEE = "trainee-1"
TRAINEE = "trainee"  # who practises, in the address
_FILES, _PENDING, _WHO = "training.files", "training.pending", "training.who"
Origin = Literal["bundled", "store", "file"]


@dataclass(frozen=True, slots=True)
class Offered:
    """An exercise one may practise on. version, site: of its paper, where it is one of the store."""

    exercise: Exercise
    origin: Origin
    version: int = 0
    site: str = ""


def keeping() -> Store | None:
    """The store, if it answers and the person in front of the screen is let in."""
    try:
        return archive_here.store() if archive_here.standing() in ("alone", "member") else None
    except StoreError:
        return None


def alone() -> bool:
    """Whether nobody signs in here, so that a trainee says who they are."""
    try:
        return archive_here.standing() == "alone"
    except StoreError:
        return False


def trainee() -> str:
    """Who practises: the account, or what was typed, or a guest."""
    if alone():
        typed = st.query_params.get(TRAINEE, "").strip()[:40] or st.session_state.get(_WHO, "")
        return typed or USUAL_TRAINEE
    return archive_here.me().subject if keeping() is not None else GUEST


def practise_as(who: str) -> None:
    """Remember who practises where nobody signs in: in the address for a reload, in the session for another page."""
    st.session_state[_WHO] = who
    if st.query_params.get(TRAINEE) != who:
        st.query_params[TRAINEE] = who


def shown(subject: str, store: Store | None) -> str:
    """A trainee as others read it: the label of the list of members, else a number; never an address."""
    if store is not None and not alone():
        try:
            member = archive_here.me() if archive_here.me().subject == subject else store.member(subject)
        except StoreError:
            member = None
        if member is not None and member.label:
            return member.label
        if "@" in subject:
            return f"t-{hashlib.sha256(subject.encode()).hexdigest()[:6]}"
    return subject


def offered() -> list[Offered]:
    """The bundled exercises, those of the store that one may see, and files opened in this session, in this order."""
    found = {one.id: Offered(one, "bundled") for one in _bundled()}
    store = keeping()
    if store is not None:
        try:
            for one in of_store(store):
                found.setdefault(one.exercise.id, one)
        except StoreError as error:
            archive_here.note(error)
    for exercise in st.session_state.get(_FILES, {}).values():
        found.setdefault(exercise.id, Offered(exercise, "file"))
    return list(found.values())


def of_store(store: Store) -> list[Offered]:
    """The store's exercises that one may see; one that cannot be read is left out. Raises StoreError."""
    found = []
    for paper in store.papers(EXERCISE):
        if paper.site and not archive_here.allowed("see", paper.site):
            continue
        try:
            exercise = _read(paper.text)
        except InputError:
            continue
        found.append(Offered(exercise, "store", paper.version, paper.site))
    return sorted(found, key=lambda one: (one.exercise.title_ja, one.exercise.id))


def open_file(data: bytes, name: str) -> Exercise:
    """An exercise from a file, kept for this session. Raises InputError, also when its record cannot be read.

    An id that another exercise here has already is made another, always the same for the same file.
    """
    exercise = read_exercise(data, name)
    result_of(exercise)
    known = {one.exercise.id: one.exercise for one in offered() if one.origin != "file"}
    if exercise.id in known and known[exercise.id] != exercise:
        exercise = replace(exercise, id=f"{exercise.id[:40]}-{hashlib.sha256(data).hexdigest()[:8]}")
    files = dict(st.session_state.get(_FILES, {}))
    files[exercise.id] = exercise
    st.session_state[_FILES] = files
    return exercise


def put_exercise(store: Store, exercise: Exercise, site: str, version: int) -> None:
    """Write an exercise whose last version was seen (0: a new one). Raises StoreError."""
    text = write_exercise(exercise).decode()
    store.put_paper(Paper(EXERCISE, exercise.id, site, text, version), archive_here.by())


def result_of(exercise: Exercise) -> SiteResult:
    """The site an exercise asks about, analysed once. Raises InputError."""
    digest = hashlib.sha256(write_exercise(exercise)).hexdigest()
    return _result(digest, exercise)


def now() -> datetime:
    """The time of an answer, UTC."""
    return datetime.now(UTC)


def save(answer: Answer) -> None:
    """Keep an answer before anything about it is shown.

    Where the store does not answer it waits in this session, and goes into the store as soon as that is back.
    """
    st.session_state[_PENDING] = (*pending(), (new_id(), answer))
    flush()


def pending() -> tuple[tuple[str, Answer], ...]:
    """Answers that are in this session alone."""
    waiting: tuple[tuple[str, Answer], ...] = st.session_state.get(_PENDING, ())
    return waiting


def flush() -> None:
    """Put what waits in this session into the store, if it answers and knows who answered."""
    store = keeping()
    if store is None:
        return
    for name, answer in pending():
        if answer.trainee == GUEST:
            continue
        text = json.dumps(plain(answer), ensure_ascii=False, sort_keys=True)
        try:
            store.put_paper(Paper(ANSWER, name, "", text), archive_here.by())
        except StoreError as error:
            archive_here.note(error)
            return
        st.session_state[_PENDING] = tuple(one for one in pending() if one[0] != name)


def answers_of(who: str) -> tuple[Answer, ...]:
    """All answers of one trainee, the earliest first."""
    own = [answer for _, answer in pending() if answer.trainee == who]
    store = keeping()
    if store is not None and who != GUEST:
        try:
            own += [answer for answer in all_answers(store) if answer.trainee == who]
        except StoreError as error:
            archive_here.note(error)
    return tuple(sorted(own, key=lambda one: (one.at, one.exercise, one.question)))


def all_answers(store: Store) -> tuple[Answer, ...]:
    """Everybody's answers. Raises StoreError.

    With sign-in an answer counts for the account that wrote it, whatever it says.
    """
    found = []
    alone_here = alone()
    for paper in store.papers(ANSWER):
        try:
            answer = _answer(paper.text)
        except (InputError, ValueError):
            continue
        found.append(answer if alone_here else replace(answer, trainee=paper.who))
    return tuple(found)


def own_exercises(offers: Iterable[Offered]) -> list[Exercise]:
    """The exercises alone."""
    return [one.exercise for one in offers]


@st.cache_resource(show_spinner=False, max_entries=20_000)
def _answer(text: str) -> Answer:
    answer = structured(Answer, json.loads(text), ANSWER)
    datetime.fromisoformat(answer.at)
    return answer


@st.cache_resource(show_spinner=False, max_entries=256)
def _read(text: str) -> Exercise:
    return read_exercise(text.encode(), EXERCISE)


@st.cache_resource(show_spinner=False, max_entries=32)
def _result(digest: str, _exercise: Exercise) -> SiteResult:  # noqa: ARG001 - the cache's key
    return open_exercise(_exercise)


@st.cache_resource(show_spinner=False, max_entries=1)
def _bundled() -> tuple[Exercise, ...]:
    try:
        timeline = read(bundled.paths()).timeline
    except FileNotFoundError:
        return ()
    return tuple(exercise_from(write_yaml(timeline, index)) for index in range(len(timeline.sites.id)))
