"""An exercise: a site's observed days without verdicts, questions about them, and what experts answer.

An exercise carries the observation document it asks about, so that a file is all one needs to share it. A key names who
answers so and on what source; where experts differ there are several keys, and each of their answers is right.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from carveout.errors import InputError, Problem
from carveout.filing import read_records, write_records
from carveout.language import Text
from carveout.model import Mode, Suitability, Weekday

FORMAT = "carveout-exercise/1"


class ReasonCode(StrEnum):
    """Why a verdict is as it is, as a trainee gives it: what the timeline or a declaration shows."""

    RHYTHMIC_CHAIN = "rhythmic_chain"
    OVERLAPPING = "overlapping"
    THIN_STAFFING = "thin_staffing"
    WEEKDAY_PEAK = "weekday_peak"
    ADVISORY = "advisory"
    PLANNING = "planning"
    INTERACTION_CORE = "interaction_core"
    DEDICATED_ROLE = "dedicated_role"
    CONTRACTED = "contracted"
    LAW = "law"
    NOT_ENOUGH_SEEN = "not_enough_seen"
    NONE_OF_THESE = "none_of_these"


REASON: Mapping[ReasonCode, Text] = {
    ReasonCode.RHYTHMIC_CHAIN: Text("触らない流れの一部", "a link of a flow not to be cut"),
    ReasonCode.OVERLAPPING: Text("流れと重なって生じる", "arises beside a flow"),
    ReasonCode.THIN_STAFFING: Text("職員が手薄な時間帯", "staff are few then"),
    ReasonCode.WEEKDAY_PEAK: Text("特定の曜日に集中", "concentrated on a weekday"),
    ReasonCode.ADVISORY: Text("知恵が活きる", "expertise is what counts"),
    ReasonCode.PLANNING: Text("企画・準備", "planning and preparing"),
    ReasonCode.INTERACTION_CORE: Text("ふれあいが要", "contact is its point"),
    ReasonCode.DEDICATED_ROLE: Text("専任の人の仕事", "one person's whole role"),
    ReasonCode.CONTRACTED: Text("外部に委託", "contracted out"),
    ReasonCode.LAW: Text("法令・資格・安全", "law, licence or safety"),
    ReasonCode.NOT_ENOUGH_SEEN: Text("観察が足りない", "not enough was seen"),
    ReasonCode.NONE_OF_THESE: Text("どれにも当たらない", "none of these"),
}


@dataclass(frozen=True, slots=True)
class Key:
    """What one expert (or the rules) answers. by: who, as a role. evidence, source: what it rests on."""

    by: str
    suitability: Suitability
    reasons: tuple[ReasonCode, ...]
    source: str
    evidence_ja: str = ""
    evidence_en: str = ""
    rule: str = ""

    @property
    def evidence(self) -> Text:
        """What was seen, in both languages."""
        return Text(self.evidence_ja, self.evidence_en or self.evidence_ja)


@dataclass(frozen=True, slots=True)
class Question:
    """A task in a window and mode to judge. start, end: minutes. twin: the question that asks the same task elsewhere.

    topic: what is practised (a rule's id); what was missed is repeated by topic.
    """

    id: str
    unit: str
    task: str
    mode: Mode
    start: int
    end: int
    keys: tuple[Key, ...]
    topic: str
    weekdays: tuple[Weekday, ...] = ()
    twin: str = ""


@dataclass(frozen=True, slots=True)
class ChainQuestion:
    """A day on which to mark the rows that belong to chains. rows: positions of those that do, by whose judgement."""

    id: str
    unit: str
    date: str
    rows: tuple[int, ...]
    by: str
    source: str
    topic: str = "rhythmic-chain"


@dataclass(frozen=True, slots=True)
class Exercise:
    """An exercise whole. document: an observation document (YAML) of one site. author: a role or id, never a name."""

    id: str
    title_ja: str
    title_en: str
    document: str
    questions: tuple[Question, ...] = ()
    chains: tuple[ChainQuestion, ...] = ()
    author: str = ""
    note_ja: str = ""
    note_en: str = ""

    @property
    def title(self) -> Text:
        """Its title in both languages."""
        return Text(self.title_ja, self.title_en)


def write_exercise(exercise: Exercise) -> bytes:
    """An exercise as an open file."""
    return write_records(exercise, FORMAT)


def read_exercise(data: bytes, name: str) -> Exercise:
    """The exercise of a file; `name` stands in the messages.

    Raises InputError with every problem, also when a question has no key, asks outside the day, or stands twice, or
    when a twin is not there. The document inside is checked by whoever analyses it.
    """
    exercise = read_records(Exercise, data, FORMAT, name)
    problems = [*_wrong_questions(exercise, name)]
    if not exercise.questions and not exercise.chains:
        problems.append(_wrong(name, "questions", Text("問いがありません", "it holds no question")))
    if problems:
        raise InputError(problems)
    return exercise


def _wrong_questions(exercise: Exercise, name: str) -> list[Problem]:
    problems = []
    ids = [one.id for one in exercise.questions] + [one.id for one in exercise.chains]
    for place, question in enumerate(exercise.questions):
        at = f"questions[{place}]"
        if not question.keys:
            problems.append(_wrong(name, at, Text("正解がありません", "it has no key")))
        if not 0 <= question.start < question.end <= 48 * 60:
            problems.append(_wrong(name, at, Text("時刻が正しくありません", "its hours cannot be")))
        if question.twin and question.twin not in ids:
            cause = Text(f"対になる問い {question.twin} がありません", f"its twin {question.twin} is missing")
            problems.append(_wrong(name, at, cause))
        if any(not key.reasons for key in question.keys):
            problems.append(_wrong(name, at, Text("理由のない正解があります", "a key has no reason")))
    twice = sorted({one for one in ids if ids.count(one) > 1})
    problems += [_wrong(name, one, Text("同じ番号の問いが二つあります", "two questions have this id")) for one in twice]
    return problems


def _wrong(name: str, place: str, cause: Text) -> Problem:
    return Problem("error", "exercise", name, None, place, "", cause, _MEND)


_MEND = Text("直してから読み込んでください", "Mend it and read the file again")
