"""Where a trainee stands: exercise, step and beginning of the round, in the address, so that a reload finds them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, unquote

import streamlit as st

from carveout.app.practice import kept
from carveout.app.practice.kept import Offered
from carveout.training import Answer, ChainQuestion, Exercise, Question, moment

PART, EXERCISE, AT, SINCE, ASK = "part", "exercise", "at", "since", "ask"
DUE = "due"  # stands in the address for "what is due today" instead of an exercise
Given = Mapping[tuple[str, str], Answer]  # exercise and question -> the answer of this round
PARTS = ("practise", "progress", "make", "results")


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a round: a day to look at (no question), or a question of an exercise."""

    exercise: Exercise
    question: Question | ChainQuestion | None = None


@dataclass(frozen=True, slots=True)
class Round:
    """A round under way: its steps in order, where one stands (the last place is the summary), since when."""

    name: str
    steps: tuple[Step, ...]
    at: int
    since: datetime

    @property
    def step(self) -> Step | None:
        """The step one stands at; None at the summary."""
        return self.steps[self.at] if self.at < len(self.steps) else None

    @property
    def asked(self) -> list[Step]:
        """The steps that ask something."""
        return [step for step in self.steps if step.question is not None]

    def given(self, answers: Sequence[Answer]) -> dict[tuple[str, str], Answer]:
        """The latest answer of this round to each of its questions."""
        own = {(s.exercise.id, s.question.id) for s in self.steps if s.question is not None}
        return {
            (a.exercise, a.question): a
            for a in answers
            if (a.exercise, a.question) in own and moment(a.at) >= self.since
        }


def under_way(offers: Sequence[Offered]) -> Round | None:
    """The round that the address tells of; None for none, or for an exercise that is not here."""
    query = st.query_params
    name = query.get(EXERCISE, "")
    if not name:
        return None
    by_id = {one.exercise.id: one.exercise for one in offers}
    steps = _due_steps(by_id, query.get(ASK, "")) if name == DUE else steps_of(by_id[name]) if name in by_id else ()
    if not steps:
        return None
    at = query.get(AT, "0")
    place = int(at) if at.isdecimal() and len(at) < 6 else 0
    return Round(name, steps, min(place, len(steps)), _since())


def steps_of(exercise: Exercise) -> tuple[Step, ...]:
    """The day to look at, then marking the flows, then the questions, a twin right after its other half."""
    by_id = {one.id: one for one in exercise.questions}
    ordered: list[Question] = []
    for question in exercise.questions:
        for one in (question, by_id.get(question.twin)):
            if one is not None and one not in ordered:
                ordered.append(one)
    asked: tuple[Question | ChainQuestion, ...] = (*exercise.chains, *ordered)
    return (Step(exercise), *(Step(exercise, one) for one in asked))


def begin(exercise: Exercise) -> None:
    """Start a round of an exercise."""
    _go({EXERCISE: exercise.id, AT: "0", SINCE: kept.now().isoformat().replace("+00:00", "Z")})


def begin_due(places: Sequence[tuple[str, str]]) -> None:
    """Start a round of what is due."""
    ask = ",".join(f"{quote(exercise, safe='')}/{quote(question, safe='')}" for exercise, question in places)
    _go({EXERCISE: DUE, ASK: ask, AT: "0", SINCE: kept.now().isoformat().replace("+00:00", "Z")})


def go_on(exercise: Exercise, since: datetime, at: int) -> None:
    """Take a round up where it was left."""
    _go({EXERCISE: exercise.id, AT: str(at), SINCE: since.isoformat().replace("+00:00", "Z")})


def go_to(at: int) -> None:
    """Another step of the round."""
    st.query_params[AT] = str(at)


def leave() -> None:
    """Back to the choice of exercises."""
    _go({})


def unfinished(exercise: Exercise, answers: Sequence[Answer]) -> tuple[datetime, int, int] | None:
    """A round that was begun and not ended: since when, the first open step, and how many are answered."""
    steps = steps_of(exercise)
    asked = {step.question.id for step in steps if step.question is not None}
    given: dict[str, Answer] = {}
    for answer in answers:
        if answer.exercise == exercise.id and answer.question in asked:
            given = {} if answer.question in given else given
            given[answer.question] = answer
    if not given or len(given) == len(asked):
        return None
    place = next(k for k, step in enumerate(steps) if step.question is not None and step.question.id not in given)
    return min(moment(one.at) for one in given.values()), place, len(given)


def _due_steps(by_id: dict[str, Exercise], ask: str) -> tuple[Step, ...]:
    steps = []
    for place in ask.split(",")[:100]:
        name, _, number = (unquote(part) for part in place.partition("/"))
        exercise = by_id.get(name)
        question = next((q for q in exercise.questions if q.id == number), None) if exercise else None
        if exercise is not None and question is not None:
            steps.append(Step(exercise, question))
    return tuple(steps)


def _since() -> datetime:
    try:
        return moment(st.query_params.get(SINCE, ""))
    except ValueError:
        return kept.now()


def _go(wanted: dict[str, str]) -> None:
    for name in (EXERCISE, AT, SINCE, ASK, PART):
        if name not in wanted and name in st.query_params:
            del st.query_params[name]
    for name, value in wanted.items():
        st.query_params[name] = value
