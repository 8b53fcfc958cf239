"""How trainees stand among one another: what share is right on each question, and how far all of them agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from carveout.agreement import ac1_of_many, fleiss
from carveout.model import Suitability
from carveout.training.exercise import Exercise
from carveout.training.judging import Answer, Outcome, judge


@dataclass(frozen=True, slots=True)
class QuestionShare:
    """First answers to one question: how many, how many right, and how often each mark was given."""

    question: str
    answers: int
    right: int
    given: tuple[tuple[Suitability, int], ...]

    @property
    def share(self) -> float | None:
        """Share of right answers; None where nobody has answered."""
        return self.right / self.answers if self.answers else None


@dataclass(frozen=True, slots=True)
class Among:
    """First answers of all trainees to one exercise.

    questions: in the exercise's order. judges, judged: how many trainees the coefficients compare, on how many
    questions that each of them has answered. fleiss, ac1: None = undefined.
    """

    trainees: tuple[str, ...]
    questions: tuple[QuestionShare, ...]
    judges: int
    judged: int
    fleiss: float | None
    ac1: float | None

    @property
    def hardest(self) -> tuple[QuestionShare, ...]:
        """Questions somebody answered, the fewest right first."""
        return tuple(sorted((q for q in self.questions if q.answers), key=lambda q: (q.share or 0.0, q.question)))


def among(exercise: Exercise, answers: Iterable[Answer]) -> Among:
    """How trainees stand among one another, by their first answer to each question, before any key was shown.

    The coefficients compare those who answered at least half of the questions, on what all of them answered.
    """
    asked = {q.id: q for q in exercise.questions}
    first: dict[tuple[str, str], Answer] = {}
    for answer in sorted(answers, key=lambda a: a.at):
        if answer.exercise == exercise.id and answer.question in asked and answer.suitability is not None:
            first.setdefault((answer.question, answer.trainee), answer)
    shares = []
    for question in exercise.questions:
        own = [answer for (name, _), answer in first.items() if name == question.id]
        right = sum(judge(question, answer).outcome is Outcome.RIGHT for answer in own)
        given = Counter(answer.suitability for answer in own)
        marks = tuple((one, given[one]) for one in Suitability if given[one])
        shares.append(QuestionShare(question.id, len(own), right, marks))
    done = Counter(trainee for _, trainee in first)
    judges = sorted(trainee for trainee, n in done.items() if 2 * n >= len(asked))
    common = [name for name in asked if all((name, trainee) in first for trainee in judges)] if judges else []
    table = [
        [sum(first[name, trainee].suitability is one for trainee in judges) for one in Suitability] for name in common
    ]
    enough = len(judges) > 1 and bool(table)
    return Among(
        tuple(sorted(done)), tuple(shares), len(judges), len(common), fleiss(table) if enough else None,
        ac1_of_many(table) if enough else None,
    )  # fmt: skip
