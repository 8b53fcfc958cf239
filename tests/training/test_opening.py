"""Exercises opened, what comes back today, and trainees among one another."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest

from carveout import bundled
from carveout.errors import InputError
from carveout.model import Mode, Suitability
from carveout.observations import read, write_yaml
from carveout.rules import rulebook
from carveout.training import (
    TOPIC,
    Answer,
    Exercise,
    Key,
    Question,
    ReasonCode,
    among,
    due_questions,
    exercise_from,
    in_window,
    open_exercise,
    progress,
    read_exercise,
    rows_of,
    seen,
    telling_days,
    topic_name,
    write_exercise,
)

START = datetime(2026, 11, 2, 9, tzinfo=UTC)
NO, YES = Suitability.UNSUITABLE, Suitability.SUITABLE


@cache
def nursery() -> Exercise:
    return exercise_from(write_yaml(read(bundled.paths()).timeline, 1))


def question(name: str, task: str, topic: str = "rhythmic-chain", answer: Suitability = NO) -> Question:
    key = Key("k", answer, (ReasonCode.RHYTHMIC_CHAIN,), "s")
    return Question(name, "u", task, Mode.TAKE_OVER, 540, 600, (key,), topic)


def given(name: str, suitability: Suitability, day: int = 0, trainee: str = "t1", exercise: str = "e") -> Answer:
    at = (START + timedelta(days=day)).isoformat()
    return Answer(exercise, name, trainee, at, suitability, ReasonCode.RHYTHMIC_CHAIN)


def test_rows_are_numbered_as_the_document_counts_them_wherever_the_site_stood_before() -> None:
    exercise = read_exercise(write_exercise(nursery()), "x.yaml")
    result = open_exercise(exercise)
    for chain in exercise.chains:
        rows = {row.index: row for row in rows_of(result, chain)}
        assert set(chain.rows) < set(rows)
        assert {rows[index].pattern for index in chain.rows} == {"rhythmic_chain"}


def test_an_exercise_may_be_of_one_unit_alone() -> None:
    whole = nursery()
    one = exercise_from(whole.document, unit="class-3-5", questions=20)
    assert {q.unit for q in one.questions} == {c.unit for c in one.chains} == {"class-3-5"}
    assert len({q.unit for q in whole.questions}) == 3
    assert exercise_from(whole.document, unit="nowhere").questions == ()


def test_what_was_seen_is_counted_in_the_window_and_elsewhere() -> None:
    result = open_exercise(nursery())
    monday = next(q for q in nursery().questions if q.weekdays)
    found = seen(result, monday)
    rows = [o for o in result.occurrences if (o.unit, o.task) == (monday.unit, monday.task)]
    assert found.times + found.elsewhere == len(rows)
    assert (found.days, found.of_days) == (2, 2)
    assert found.minutes > 0 and found.people >= 1
    days = telling_days(result, monday)
    assert len(days) == 10
    on_first = [o for o in rows if o.date == days[0]]
    assert any(in_window(o, monday) for o in on_first)
    nowhere = seen(result, replace(monday, start=0, end=1))
    assert (nowhere.days, nowhere.times, nowhere.minutes, nowhere.people) == (0, 0, 0.0, 0)


def test_questions_that_the_record_inside_cannot_answer_are_all_named() -> None:
    whole = nursery()
    wrong = replace(
        whole,
        questions=(replace(whole.questions[0], unit="attic", twin=""),),
        chains=(
            replace(whole.chains[0], rows=(*whole.chains[0].rows, 99_999)),
            replace(whole.chains[1], date="1999-01-01"),
        ),
    )
    with pytest.raises(InputError) as caught:
        open_exercise(wrong)
    places = [p.place for p in caught.value.problems]
    assert places == ["q1", "c1", "c2"]
    assert all(p.cause.ja != p.cause.en for p in caught.value.problems)
    for document in ("", "no record: at all", "format: carveout-observation/1"):
        with pytest.raises(InputError):
            open_exercise(replace(whole, document=document))


def test_a_document_of_several_sites_is_refused() -> None:
    timeline = read(bundled.paths()).timeline
    both = write_yaml(timeline, 0) + "---\n" + write_yaml(timeline, 1)
    with pytest.raises(InputError):
        exercise_from(both)


def test_what_was_missed_comes_back_on_another_task_and_what_is_not_due_does_not() -> None:
    one = Exercise("e", "題", "t", "d", (question("q1", "bathing"), question("q2", "serving")))
    other = Exercise("f", "題", "t", "d", (question("q1", "planning", "planning"),))
    answers = [given("q1", YES), given("q1", NO, exercise="f")]
    assert due_questions([one, other], answers, START + timedelta(hours=1)) == ()
    assert due_questions([one, other], answers, START + timedelta(days=1, hours=1)) == (("e", "q2"),)
    assert set(due_questions([one, other], answers, START + timedelta(days=7))) == {("e", "q2"), ("f", "q1")}
    answers.append(given("q2", YES, 2))
    assert due_questions([one], answers, START + timedelta(days=9)) == (("e", "q1"),)
    assert due_questions([], answers, START + timedelta(days=9)) == ()


def test_marks_on_chains_count_as_practice_of_their_topic() -> None:
    exercise = nursery()
    chain = exercise.chains[0]
    marks = Answer(exercise.id, chain.id, "t1", START.isoformat(), rows=chain.rows[:2])
    found = progress("t1", [exercise], [marks])
    assert [(one.topic, one.answers, one.right) for one in found.topics] == [("rhythmic-chain", 1, 0)]
    assert found.latest.n == 0 and found.latest.share is None
    ((_, again),) = due_questions([exercise], [marks], START + timedelta(days=7))
    assert next(q for q in exercise.questions if q.id == again).topic == "rhythmic-chain"


def test_trainees_among_one_another_by_their_first_answers() -> None:
    exercise = Exercise("e", "題", "t", "d", tuple(question(f"q{k}", f"t{k}") for k in (1, 2, 3, 4)))
    answers = [given(f"q{k}", NO, trainee=who) for k in (1, 2, 3) for who in ("t1", "t2")]
    answers += [given("q4", YES, trainee="t1"), given("q4", YES, trainee="t2"), given("q4", NO, 1, trainee="t2")]
    answers += [given("q1", YES, trainee="hardly-begun"), given("q1", YES, exercise="another")]
    found = among(exercise, answers)
    assert found.trainees == ("hardly-begun", "t1", "t2")
    assert (found.judges, found.judged, found.fleiss) == (2, 4, 1.0)
    assert found.ac1 == pytest.approx(1.0)
    assert [(q.question, q.answers, q.right) for q in found.hardest[:2]] == [("q4", 2, 0), ("q1", 3, 2)]
    assert dict(found.questions[0].given) == {YES: 1, NO: 2}
    alone = among(exercise, [a for a in answers if a.trainee == "t1"])
    assert alone.fleiss is None and alone.ac1 is None
    assert among(exercise, []).questions[0].share is None


def test_every_rule_is_worded_as_a_topic() -> None:
    assert {rule.id for rule in rulebook().rules} <= set(TOPIC)
    assert all(text.ja and text.en and text.ja != text.en for text in TOPIC.values())
    assert topic_name("of-our-own").ja == "of-our-own"
