"""How a trainee comes along: by topic, over time, and what may be said in a summary."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from carveout.training.exercise import Exercise
from carveout.training.judging import Answer, KeyAgreement, Outcome, agreement_with_key
from carveout.training.repeating import outcomes

SURE = 3  # right answers in a row from which a topic counts as known


@dataclass(frozen=True, slots=True)
class TopicProgress:
    """One topic: answers in all, right ones, right ones in a row at the end, and whether it counts as known."""

    topic: str
    answers: int
    right: int
    streak: int

    @property
    def known(self) -> bool:
        """Right three times in a row."""
        return self.streak >= SURE


@dataclass(frozen=True, slots=True)
class Day:
    """What was answered on one date (ISO, UTC): how many, and how many right."""

    on: str
    answers: int
    right: int


@dataclass(frozen=True, slots=True)
class Progress:
    """A trainee's way so far. first_tries: agreement with the keys at the first answer to each question."""

    trainee: str
    topics: tuple[TopicProgress, ...]
    days: tuple[Day, ...]
    first_tries: KeyAgreement
    latest: KeyAgreement
    differing: tuple[tuple[str, str], ...]


def progress(trainee: str, exercises: Sequence[Exercise], answers: Iterable[Answer]) -> Progress:
    """A trainee's progress from all answers ever given; answers to questions no longer there are left out.

    differing: (exercise, question) whose latest answer differs from every key.
    """
    first: dict[tuple[str, str], Answer] = {}
    last: dict[tuple[str, str], tuple[Answer, Outcome]] = {}
    topics: dict[str, list[bool]] = {}
    days: dict[str, list[bool]] = {}
    for answer, topic, outcome in outcomes(exercises, (a for a in answers if a.trainee == trainee)):
        place, right = (answer.exercise, answer.question), outcome is Outcome.RIGHT
        first.setdefault(place, answer)
        last[place] = (answer, outcome)
        topics.setdefault(topic, []).append(right)
        days.setdefault(answer.at[:10], []).append(right)
    return Progress(
        trainee,
        tuple(TopicProgress(topic, len(r), sum(r), _streak(r)) for topic, r in sorted(topics.items())),
        tuple(Day(on, len(r), sum(r)) for on, r in sorted(days.items())),
        agreement_with_key(exercises, first.values()),
        agreement_with_key(exercises, [answer for answer, _ in last.values()]),
        tuple(place for place, (_, outcome) in sorted(last.items()) if outcome is Outcome.DIFFERENT),
    )


def _streak(right: Sequence[bool]) -> int:
    return next((k for k, one in enumerate(reversed(right)) if not one), len(right))
