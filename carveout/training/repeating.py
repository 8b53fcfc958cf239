"""Which questions come back today: those of due topics, asked on another task than the one that was missed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

from carveout.training.exercise import ChainQuestion, Exercise, Question
from carveout.training.judging import Answer, Outcome, judge, judge_chains
from carveout.training.spacing import Due, Review, schedule

Place = tuple[str, str]  # exercise, question


def outcomes(exercises: Sequence[Exercise], answers: Iterable[Answer]) -> Iterator[tuple[Answer, str, Outcome]]:
    """Each answer that can be judged by time, with its topic and outcome; questions no longer there are left out."""
    asked: dict[Place, Question | ChainQuestion] = {}
    for exercise in exercises:
        asked.update({(exercise.id, one.id): one for one in exercise.questions})
        asked.update({(exercise.id, one.id): one for one in exercise.chains})
    for answer in sorted(answers, key=lambda a: (a.at, a.exercise, a.question)):
        question = asked.get((answer.exercise, answer.question))
        if isinstance(question, ChainQuestion):
            yield answer, question.topic, judge_chains(question, answer, question.rows).outcome
        elif question is not None and answer.suitability is not None:
            yield answer, question.topic, judge(question, answer).outcome


def reviews_of(exercises: Sequence[Exercise], answers: Iterable[Answer]) -> tuple[Review, ...]:
    """One trainee's answers as the schedule sees them."""
    return tuple(Review(topic, outcome, moment(a.at)) for a, topic, outcome in outcomes(exercises, answers))


def due_topics(exercises: Sequence[Exercise], answers: Iterable[Answer], now: datetime) -> tuple[Due, ...]:
    """When each topic a trainee has met comes again, the soonest first."""
    return schedule(reviews_of(exercises, answers), now)


def due_questions(exercises: Sequence[Exercise], answers: Sequence[Answer], now: datetime) -> tuple[Place, ...]:
    """A question for every topic that is due, in the order in which they fell due. answers: one trainee's.

    Another task than the one answered last under the topic is preferred, then a question not answered yet, then the
    one answered longest ago.
    """
    due = [one.topic for one in due_topics(exercises, answers, now) if one.is_due(now)]
    tasks = {(e.id, q.id): q.task for e in exercises for q in e.questions}
    last_at: dict[Place, str] = {}
    last_task: dict[str, str] = {}
    for answer, topic, _ in outcomes(exercises, answers):
        place = (answer.exercise, answer.question)
        last_at[place] = answer.at
        if place in tasks:
            last_task[topic] = tasks[place]
    found = []
    for topic in due:
        own = [(e.id, q.id) for e in exercises for q in e.questions if q.topic == topic]
        if own:
            found.append(min(own, key=lambda p: (tasks[p] == last_task.get(topic), last_at.get(p, ""), p)))
    return tuple(found)


def moment(at: str) -> datetime:
    """An answer's time; one without a zone is UTC.

    >>> moment("2026-11-02T09:00:00").isoformat()
    '2026-11-02T09:00:00+00:00'
    """
    found = datetime.fromisoformat(at)
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
