"""A trainee's answers beside the experts': right, right for another reason, or different, and how far all agree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from carveout.agreement import ac1, cohen, cross, observed
from carveout.model import Suitability
from carveout.training.exercise import ChainQuestion, Exercise, Key, Question, ReasonCode


class Outcome(StrEnum):
    """How an answer stands beside the keys."""

    RIGHT = "right"
    OTHER_REASON = "other_reason"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. at: ISO time in UTC. rows: for a chain question the positions marked, else empty."""

    exercise: str
    question: str
    trainee: str
    at: str
    suitability: Suitability | None = None
    reason: ReasonCode | None = None
    rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """An answer and the key it comes nearest to; others: keys of experts who answer otherwise."""

    question: Question
    answer: Answer
    outcome: Outcome
    key: Key
    others: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class ChainsJudged:
    """Rows marked as links beside the key's: positions hit, missed, and marked without being links.

    share: of all rows of the day on which both agree. kappa, ac1: None = undefined.
    """

    question: ChainQuestion
    answer: Answer
    hit: tuple[int, ...]
    missed: tuple[int, ...]
    extra: tuple[int, ...]
    share: float | None
    kappa: float | None
    ac1: float | None

    @property
    def outcome(self) -> Outcome:
        """Right where every link was found and nothing else marked; nearly right counts as right for another reason."""
        if not self.missed and not self.extra:
            return Outcome.RIGHT
        total = len(self.hit) + len(self.missed) + len(self.extra)
        return Outcome.OTHER_REASON if len(self.hit) >= 0.8 * total else Outcome.DIFFERENT


@dataclass(frozen=True, slots=True)
class KeyAgreement:
    """How far answers agree with the first key over all judged questions. None = undefined."""

    n: int
    share: float | None
    kappa: float | None
    ac1: float | None


def judge(question: Question, answer: Answer) -> Judged:
    """Hold an answer against the keys; it is right if any expert answers so.

    Raises ValueError if the answer is to another question or says nothing.
    """
    if answer.question != question.id or answer.suitability is None:
        raise ValueError("an answer to this question says how suitable the work is")
    alike = [key for key in question.keys if key.suitability is answer.suitability]
    same = [key for key in alike if answer.reason in key.reasons]
    if same:
        key, outcome = same[0], Outcome.RIGHT
    elif alike:
        key, outcome = alike[0], Outcome.OTHER_REASON
    else:
        key, outcome = question.keys[0], Outcome.DIFFERENT
    others = tuple(one for one in question.keys if one.suitability is not key.suitability)
    return Judged(question, answer, outcome, key, others)


def judge_chains(question: ChainQuestion, answer: Answer, rows: Iterable[int]) -> ChainsJudged:
    """Hold marked rows against the key's. rows: the positions of all rows of that day, links or not."""
    shown, wanted, marked = sorted(set(rows)), set(question.rows), set(answer.rows)
    table, _ = cross([str(one in wanted) for one in shown], [str(one in marked) for one in shown])
    return ChainsJudged(
        question, answer, tuple(sorted(wanted & marked)), tuple(sorted(wanted - marked)),
        tuple(sorted(marked - wanted)), observed(table), cohen(table), ac1(table),
    )  # fmt: skip


def agreement_with_key(exercises: Sequence[Exercise], answers: Iterable[Answer]) -> KeyAgreement:
    """A trainee's suitability answers against the first key of each question, in the coefficients observers use."""
    keys = {(e.id, q.id): q.keys[0].suitability for e in exercises for q in e.questions}
    pairs = [
        (str(keys[a.exercise, a.question]), str(a.suitability))
        for a in answers
        if a.suitability is not None and (a.exercise, a.question) in keys
    ]
    table, _ = cross([key for key, _ in pairs], [said for _, said in pairs])
    n = len(pairs)
    return KeyAgreement(n, observed(table) if n else None, cohen(table) if n else None, ac1(table) if n else None)
