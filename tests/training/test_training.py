"""Exercises, answers beside keys, repetition and progress."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carveout import bundled
from carveout.analysis import analyze
from carveout.errors import InputError
from carveout.model import Mode, Pattern, SiteResult, Suitability
from carveout.observations import read, read_bytes, write_yaml
from carveout.training import (
    REASON,
    Answer,
    Exercise,
    Key,
    Outcome,
    Question,
    ReasonCode,
    Review,
    judge,
    judge_chains,
    keys_of,
    make_exercise,
    progress,
    read_exercise,
    schedule,
    write_exercise,
)

START = datetime(2026, 11, 2, 9, tzinfo=UTC)
CHAIN = Key("report", Suitability.UNSUITABLE, (ReasonCode.RHYTHMIC_CHAIN,), "fig. 2", "毎日続く", "every day")
FEW = Key("trainer", Suitability.UNDETERMINED, (ReasonCode.NOT_ENOUGH_SEEN,), "one day", "一日だけ", "one day only")
QUESTION = Question("q1", "unit-1", "bathing", Mode.TAKE_OVER, 540, 600, (CHAIN, FEW), "rhythmic-chain")


@cache
def site(index: int) -> tuple[SiteResult, str]:
    timeline = read(bundled.paths()).timeline
    return analyze(timeline).site(index), write_yaml(timeline, index)


def answer(suitability: Suitability, reason: ReasonCode | None, at: datetime = START, **more: str) -> Answer:
    fields = {"exercise": "e", "question": "q1", "trainee": "t1"} | more
    return Answer(**fields, at=at.isoformat(), suitability=suitability, reason=reason)


@pytest.mark.parametrize(
    ("said", "reason", "outcome"),
    [
        (Suitability.UNSUITABLE, ReasonCode.RHYTHMIC_CHAIN, Outcome.RIGHT),
        (Suitability.UNSUITABLE, ReasonCode.LAW, Outcome.OTHER_REASON),
        (Suitability.UNDETERMINED, ReasonCode.NOT_ENOUGH_SEEN, Outcome.RIGHT),
        (Suitability.UNDETERMINED, None, Outcome.OTHER_REASON),
        (Suitability.SUITABLE, ReasonCode.RHYTHMIC_CHAIN, Outcome.DIFFERENT),
        (Suitability.CONDITIONAL, ReasonCode.OVERLAPPING, Outcome.DIFFERENT),
    ],
)
def test_an_answer_is_right_if_any_expert_answers_so_for_that_reason(
    said: Suitability, reason: ReasonCode | None, outcome: Outcome
) -> None:
    judged = judge(QUESTION, answer(said, reason))
    assert judged.outcome is outcome
    assert judged.key in QUESTION.keys
    assert all(other.suitability is not judged.key.suitability for other in judged.others)


def test_the_other_expert_is_shown_beside_the_one_agreed_with() -> None:
    judged = judge(QUESTION, answer(Suitability.UNDETERMINED, ReasonCode.NOT_ENOUGH_SEEN))
    assert (judged.key, judged.others) == (FEW, (CHAIN,))


@pytest.mark.parametrize("index", [0, 1])
def test_a_bundled_site_gives_an_exercise_with_every_pattern_and_twins_that_context_decides(index: int) -> None:
    result, document = site(index)
    exercise = make_exercise(result, document)
    assert exercise == make_exercise(result, document)
    assert len(exercise.questions) == 12
    patterns = {v.pattern for v in result.verdicts if not v.untimed}
    by_place = {(v.unit, v.task, v.mode, v.start): v for v in result.verdicts}
    asked = {by_place[q.unit, q.task, q.mode, q.start].pattern for q in exercise.questions}
    assert asked == patterns
    twins = [(q, next(o for o in exercise.questions if o.id == q.twin)) for q in exercise.questions if q.twin]
    assert twins
    for one, other in twins:
        assert (one.unit, one.task) == (other.unit, other.task)
        assert one.keys[0].suitability is not other.keys[0].suitability
    days = {c.unit: c for c in exercise.chains}
    assert days
    links = {o.index for o in result.occurrences if o.pattern is Pattern.RHYTHMIC_CHAIN}
    assert all(set(c.rows) <= links for c in exercise.chains)


@pytest.mark.parametrize("index", [0, 1])
def test_an_exercise_survives_its_file_and_carries_the_days_it_asks_about(index: int) -> None:
    exercise = make_exercise(*site(index))
    data = write_exercise(exercise)
    again = read_exercise(data, "exercise.yaml")
    assert again == exercise
    assert write_exercise(again) == data
    inside = analyze(read_bytes("inside.yaml", again.document.encode()).timeline).site(0)
    assert [v.task for v in inside.verdicts] == [v.task for v in site(index)[0].verdicts]


def test_a_verdict_on_a_single_day_may_be_held_back() -> None:
    csv = "site,date,unit,staff,start,end,task\n" + "".join(
        f"x,2026-06-01,u,s1,{9 + k // 6:02d}:{k % 6 * 10:02d},{9 + k // 6:02d}:{k % 6 * 10 + 9:02d},t{k}\n"
        for k in range(6)
    )
    result = analyze(read_bytes("day.csv", csv.encode()).timeline).site(0)
    keys = [keys_of(v) for v in result.verdicts if v.suitability is not Suitability.UNDETERMINED]
    for own in keys:
        assert own[-1].suitability is Suitability.UNDETERMINED
        assert own[-1].reasons == (ReasonCode.NOT_ENOUGH_SEEN,)
    exercise = make_exercise(result, "doc")
    assert all(q.keys for q in exercise.questions)


def test_rows_marked_as_links_are_held_against_the_key_row_by_row() -> None:
    exercise = make_exercise(*site(1))
    question = exercise.chains[0]
    rows = [o.index for o in site(1)[0].occurrences if (o.date, o.unit) == (question.date, question.unit)]
    marked = (*question.rows[1:], next(row for row in rows if row not in question.rows))
    judged = judge_chains(question, Answer("e", question.id, "t1", START.isoformat(), rows=marked), rows)
    assert judged.missed == question.rows[:1]
    assert len(judged.extra) == 1
    assert judged.share == pytest.approx(1 - 2 / len(rows))
    assert judged.kappa is not None and 0.5 < judged.kappa < 1
    assert judged.outcome is Outcome.OTHER_REASON
    whole = judge_chains(question, Answer("e", question.id, "t1", START.isoformat(), rows=question.rows), rows)
    assert (whole.outcome, whole.kappa) == (Outcome.RIGHT, 1.0)
    nothing = judge_chains(question, Answer("e", question.id, "t1", START.isoformat()), rows)
    assert nothing.outcome is Outcome.DIFFERENT


def test_what_is_known_comes_ever_later_and_what_was_missed_tomorrow() -> None:
    reviews: list[Review] = []
    gaps, at = [], START
    for _ in range(5):
        reviews.append(Review("chain", Outcome.RIGHT, at))
        (due,) = schedule(reviews, at)
        gaps.append((due.at - at).days)
        at = due.at
    assert gaps == sorted(gaps)
    assert gaps[0] >= 1
    assert gaps[-1] > 5 * gaps[0]
    (missed,) = schedule([*reviews, Review("chain", Outcome.DIFFERENT, at)], at)
    assert (missed.at - at).days < gaps[-1] / 2
    assert missed.is_due(missed.at) and not missed.is_due(missed.at - timedelta(seconds=1))


@given(
    st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from(Outcome), st.integers(0, 200)), max_size=12), st.randoms()
)
def test_the_schedule_does_not_depend_on_the_order_answers_arrive_in(
    told: list[tuple[str, Outcome, int]], chance: object
) -> None:
    reviews = [Review(topic, outcome, START + timedelta(hours=7 * hours)) for topic, outcome, hours in told]
    now = START + timedelta(days=100)
    first = schedule(reviews, now)
    chance.shuffle(reviews)  # type: ignore[attr-defined]
    assert schedule(reviews, now) == first
    assert {due.topic for due in first} == {review.topic for review in reviews}


def test_progress_by_topic_and_day_and_agreement_with_the_key_at_first_and_at_last() -> None:
    other = replace(QUESTION, id="q2", keys=(replace(CHAIN, suitability=Suitability.SUITABLE),), topic="overlapping")
    exercise = Exercise("e", "題", "title", "doc", (QUESTION, other))
    wrong, right = Suitability.CONDITIONAL, Suitability.UNSUITABLE
    answers = [answer(wrong, None)] + [
        answer(right, ReasonCode.RHYTHMIC_CHAIN, START + timedelta(days=1 + k)) for k in range(3)
    ]
    answers.append(answer(wrong, None, START + timedelta(days=1), question="q2"))
    answers.append(answer(right, ReasonCode.RHYTHMIC_CHAIN, trainee="somebody else"))
    answers.append(answer(right, None, question="gone"))
    found = progress("t1", [exercise], reversed(answers))
    chain, overlapping = found.topics[1], found.topics[0]
    assert (chain.topic, chain.answers, chain.right, chain.streak, chain.known) == ("rhythmic-chain", 4, 3, 3, True)
    assert (overlapping.answers, overlapping.right, overlapping.known) == (1, 0, False)
    assert [(day.on, day.answers, day.right) for day in found.days] == [
        ("2026-11-02", 1, 0), ("2026-11-03", 2, 1), ("2026-11-04", 1, 1), ("2026-11-05", 1, 1),
    ]  # fmt: skip
    assert (found.first_tries.n, found.first_tries.share) == (2, 0.0)
    assert (found.latest.n, found.latest.share) == (2, 0.5)
    assert found.differing == (("e", "q2"),)
    assert progress("t1", [exercise], []).latest.kappa is None


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({"questions": ()}, "no question"),
        ({"questions": (replace(QUESTION, keys=()),)}, "no key"),
        ({"questions": (QUESTION, QUESTION)}, "two questions"),
        ({"questions": (replace(QUESTION, twin="q9"),)}, "twin q9"),
        ({"questions": (replace(QUESTION, start=700, end=600),)}, "hours"),
        ({"questions": (replace(QUESTION, keys=(replace(CHAIN, reasons=()),)),)}, "no reason"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(change: dict[str, object], wanted: str) -> None:
    data = write_exercise(replace(Exercise("e", "題", "title", "doc", (QUESTION,)), **change))
    with pytest.raises(InputError) as caught:
        read_exercise(data, "e.yaml")
    assert wanted in str(caught.value)
    assert all(p.file == "e.yaml" and p.cause.ja != p.cause.en for p in caught.value.problems)


def test_every_reason_is_worded_in_both_languages() -> None:
    assert set(REASON) == set(ReasonCode)
    assert all(text.ja and text.en and text.ja != text.en for text in REASON.values())
