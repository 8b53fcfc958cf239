"""The page on which trainees practise and trainers make exercises."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from carveout.app import archive_here
from carveout.app.practice import kept
from carveout.filing import plain, structured
from carveout.language import LANGUAGES, Language
from carveout.model import Kind, Suitability
from carveout.store import By, Member, Paper, Role, Store, open_store
from carveout.training import Answer, Exercise, Key, ReasonCode, read_exercise, write_exercise
from carveout.workday import SiteHead, Workday, new_id
from tests.app.opened import drawn, filled, opened, said, sign_in, word

JC = By("local")
NO, YES = Suitability.UNSUITABLE, Suitability.SUITABLE
NURSERY = "nursery-a-1"


@pytest.fixture
def store(store_of_its_own: str) -> Store:
    return open_store(store_of_its_own)


def bundled(name: str = NURSERY) -> Exercise:
    return next(one for one in kept._bundled.__wrapped__() if one.id == name)


def in_round(at: int, language: Language = "ja", **more: str) -> AppTest:
    query = {"exercise": NURSERY, "at": str(at), "since": "2026-01-01T00:00:00Z", **more}
    return opened("training", language, **query)


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception
    return app


def judge(app: AppTest, mark: Suitability, reason: ReasonCode) -> AppTest:
    press(app, f"training.answer.{mark}")
    chips = next(one for one in app.get("button_group") if (one.key or "").startswith("training.reason."))
    chips.set_value(reason).run()
    assert not app.exception
    return app


def kept_answers(store: Store) -> list[Answer]:
    return [structured(Answer, json.loads(one.text), "x") for one in store.papers(kept.ANSWER)]


def put(store: Store, *answers: Answer, by: By = JC) -> None:
    for answer in answers:
        store.put_paper(Paper(kept.ANSWER, new_id(), "", json.dumps(plain(answer))), by)


def ago(days: float) -> str:
    return (datetime.now(UTC) - timedelta(days=days)).isoformat()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_bundled_exercises_are_ready_and_show_a_day_without_verdicts(language: Language, store: Store) -> None:
    app = opened("training", language)
    text = said(app)
    assert word("training.exercises", language) in text
    press(app, f"training.start.{NURSERY}")
    assert word("training.look", language) in said(app)
    assert app.query_params["exercise"] in (NURSERY, [NURSERY])
    html = "".join(drawn(app))
    assert "data:image/svg+xml;base64," in html
    assert store.papers(kept.ANSWER) == ()


def test_an_answer_is_kept_before_its_solution_shows_and_found_again_by_another_session(store: Store) -> None:
    question = bundled().questions[0]
    app = in_round(3)
    assert word("training.ask") in said(app)
    assert word("training.experts") not in said(app)
    assert question.keys[0].evidence.ja not in said(app)
    judge(app, Suitability.SUITABLE, ReasonCode.OVERLAPPING)
    (answer,) = kept_answers(store)
    assert (answer.exercise, answer.question, answer.trainee) == (NURSERY, question.id, kept.USUAL_TRAINEE)
    assert (answer.suitability, answer.reason) == (YES, ReasonCode.OVERLAPPING)
    for shown in (app, in_round(3)):  # a reload is a session of its own
        text = said(shown)
        assert word("training.outcome_different") in text
        assert question.keys[0].evidence.ja in text
        assert question.keys[0].source in text


def test_the_twin_is_offered_next_and_both_stand_beside_one_another(store: Store) -> None:
    exercise = bundled()
    app = judge(in_round(3), NO, ReasonCode.RHYTHMIC_CHAIN)
    assert word("training.outcome_right") in said(app)
    press(app, "training.twin")
    assert app.query_params["at"] in ("4", ["4"])
    judge(app, Suitability.UNDETERMINED, ReasonCode.NOT_ENOUGH_SEEN)
    text = said(app)
    assert word("training.outcome_right") in text
    assert word("training.pair_told") in text
    assert word("training.few_told") in text
    assert word("training.others") in text  # the rules say otherwise on the little that was seen
    assert {a.question for a in kept_answers(store)} == {exercise.questions[0].id, exercise.questions[0].twin}


def test_marks_on_a_day_are_held_against_the_key_row_by_row(store: Store) -> None:
    chain = bundled().chains[0]
    app = in_round(1)
    boxes = [box for box in app.checkbox if (box.key or "").startswith("training.box.")]
    assert len(boxes) > len(chain.rows)
    extra = next(box for box in boxes if int(box.key.rpartition(".")[2]) not in chain.rows)
    for row in chain.rows[1:]:
        app.checkbox(key=f"training.box.{NURSERY}.{chain.id}.{row}").check()
    extra.check()
    next(one for one in app.button if one.label == word("training.mark_send")).click().run()
    assert not app.exception
    (answer,) = kept_answers(store)
    assert set(answer.rows) == {*chain.rows[1:], int(extra.key.rpartition(".")[2])}
    text = said(app)
    assert word("training.marks_other_reason") in text
    assert word("training.marks_counted").format(missed=1, extra=1) in text
    rows = "".join(drawn(app))
    assert rows.count(word("training.row_missed")) >= 1
    assert rows.index(word("training.row_missed")) < rows.index(f"✓ {word('training.row_hit')}</td>")


def test_what_was_missed_a_week_ago_comes_back_on_another_task(store: Store) -> None:
    exercise = bundled()
    missed = exercise.questions[0]
    put(store, Answer(NURSERY, missed.id, kept.USUAL_TRAINEE, ago(7), YES, ReasonCode.OVERLAPPING))
    app = opened("training")
    assert word("training.due").format(n=1) in said(app)
    press(app, "training.due")
    assert word("training.ask") in said(app)
    asked = app.query_params["ask"]
    place = asked[0] if isinstance(asked, list) else asked
    name, _, number = place.partition("/")
    again = next(q for q in bundled(name).questions if q.id == number)
    assert again.topic == missed.topic
    assert again.task != missed.task
    judge(app, NO, ReasonCode.RHYTHMIC_CHAIN)
    assert word("training.outcome_right") in said(app)
    press(app, "training.next")
    assert word("training.done") in said(app)
    assert word("training.again_told") in said(app)


def test_nothing_is_due_on_the_day_itself_and_a_round_goes_on_where_it_was_left(store: Store) -> None:
    first, second = bundled().chains[0], bundled().chains[1]
    put(store, Answer(NURSERY, first.id, kept.USUAL_TRAINEE, ago(0.01), rows=first.rows))
    app = opened("training")
    assert word("training.nothing_due").strip() in said(app)
    press(app, f"training.go_on.{NURSERY}")
    assert word("training.mark_title") in said(app)
    assert f"{second.unit}・{second.date}" in said(app)
    assert word("training.position").format(n=1, of=14) in said(app)


def test_two_trainees_on_one_store_keep_their_answers_apart(store: Store) -> None:
    judge(in_round(3, trainee="t-1"), NO, ReasonCode.RHYTHMIC_CHAIN)
    app = in_round(3, trainee="t-2")
    assert word("training.experts") not in said(app)
    judge(app, YES, ReasonCode.PLANNING)
    assert {(a.trainee, a.suitability) for a in kept_answers(store)} == {("t-1", NO), ("t-2", YES)}


def test_a_trainee_id_that_looks_like_a_name_is_asked_about(store: Store) -> None:
    app = opened("training")
    app.text_input(key="training.trainee").set_value("田中さん").run()
    assert not app.exception
    assert app.warning
    assert not [b for b in app.button if (b.key or "").startswith("training.start.")]
    app.text_input(key="training.trainee").set_value("t-7").run()
    assert [b for b in app.button if (b.key or "").startswith("training.start.")]
    assert app.query_params["trainee"] in ("t-7", ["t-7"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_progress_words_topics_and_says_where_agreement_is_undefined(language: Language, store: Store) -> None:
    app = opened("training", language, part="progress")
    assert word("training.nothing_answered", language) in said(app)
    one = bundled().questions[0]
    for days in (9, 6, 1):
        put(store, Answer(NURSERY, one.id, kept.USUAL_TRAINEE, ago(days), NO, ReasonCode.RHYTHMIC_CHAIN))
    app = opened("training", language, part="progress")
    text = said(app)
    assert {"ja": "流れの一部は、切り出さない", "en": "A link of a flow is not cut out"}[language] in text
    assert word("training.known", language) in text
    assert word("training.undefined", language) in text
    assert "rhythmic-chain" not in text
    assert len(app.get("download_button")) == 2


def test_without_a_store_one_practises_in_this_session_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no store", encoding="utf-8")
    monkeypatch.setenv("CARVEOUT_STORE", f"sqlite:///{tmp_path / 'file' / 'store.sqlite'}")
    app = opened("training")
    assert word("training.session_only") in said(app)
    press(app, f"training.start.{NURSERY}")
    app.query_params["at"] = "3"
    app.run()
    judge(app, NO, ReasonCode.RHYTHMIC_CHAIN)
    assert word("training.outcome_right") in said(app)
    assert word("training.waiting").format(n=1) in said(app)
    press(app, "training.leave")
    assert word("training.session_only") in said(app)
    assert word("training.exercise_done").format(n=1, of=14) in said(app)


def test_who_is_not_let_in_practises_and_neither_makes_nor_sees_results(
    monkeypatch: pytest.MonkeyPatch, store: Store
) -> None:
    sign_in(monkeypatch)
    app = opened("training", part="results")
    assert word("training.session_only") in said(app)
    parts = next(one for one in app.get("button_group") if one.key == "training.part")
    assert len(parts.options) == 2
    sign_in(monkeypatch, "observer@example.org")
    store.put_member(Member("observer@example.org", "obs-1", Role.OBSERVER, None), JC)
    app = opened("training")
    parts = next(one for one in app.get("button_group") if one.key == "training.part")
    assert len(parts.options) == 2
    assert word("training.you_are").format(who="obs-1") in said(app)
    put(store, Answer(NURSERY, bundled().questions[0].id, "somebody", ago(1), NO, ReasonCode.LAW), by=By("x@y.org"))
    judge(in_round(3), NO, ReasonCode.RHYTHMIC_CHAIN)
    mine = [one for one in store.papers(kept.ANSWER) if one.who == "observer@example.org"]
    assert len(mine) == 1


def test_an_answer_that_could_not_be_kept_waits_and_goes_in_later(
    monkeypatch: pytest.MonkeyPatch, store: Store
) -> None:
    from carveout.store import StoreError

    whole = Store.put_paper

    def refuse(self: Store, new: Paper, by: By) -> Paper:
        raise StoreError("connection_lost")

    monkeypatch.setattr(Store, "put_paper", refuse)
    app = judge(in_round(3), NO, ReasonCode.RHYTHMIC_CHAIN)
    assert word("training.waiting").format(n=1) in said(app)
    assert kept_answers(store) == []
    monkeypatch.setattr(Store, "put_paper", whole)
    archive_here.forget_trouble()
    app.run()
    assert word("training.waiting").format(n=1) not in said(app)
    assert [a.suitability for a in kept_answers(store)] == [NO]


def test_a_trainer_makes_an_exercise_adds_an_expert_and_drops_a_question(store: Store) -> None:
    app = opened("training", part="make")
    next(one for one in app.text_input if one.label == word("training.title_ja")).set_value("わたしたちの一日")
    app.selectbox(key="training.site").set_value("nursery-a").run()
    next(one for one in app.text_input if one.label == word("training.title_ja")).set_value("わたしたちの一日")
    next(one for one in app.selectbox if one.label == word("training.unit")).set_value("class-0-1")
    next(one for one in app.button if one.label == word("training.make")).click().run()
    assert not app.exception
    (paper,) = store.papers(kept.EXERCISE)
    made = read_exercise(paper.text.encode(), "x")
    assert {q.unit for q in made.questions} == {"class-0-1"}
    assert made.title_ja == "わたしたちの一日"
    question = made.questions[0]
    fields = [one for one in app.text_input if one.label == word("training.key_by")]
    fields[0].set_value("指導員2")
    next(one for one in app.get("button_group") if one.label == word("training.key_reasons")).set_value(
        [ReasonCode.LAW]
    )
    next(one for one in app.text_input if one.label == word("training.key_source")).set_value("園の決まり")
    next(one for one in app.selectbox if one.label == word("training.key_mark")).set_value(Suitability.CONDITIONAL)
    next(one for one in app.button if one.label == word("training.key_add")).click().run()
    assert not app.exception
    now = read_exercise(store.papers(kept.EXERCISE)[0].text.encode(), "x")
    assert now.questions[0].keys[-1] == Key("指導員2", Suitability.CONDITIONAL, (ReasonCode.LAW,), "園の決まり")
    chain = now.chains[0]
    flow = f"training.flow.{made.id}.{chain.id}.{store.papers(kept.EXERCISE)[0].version}"
    app.checkbox(key=f"{flow}.{chain.rows[0]}").uncheck()
    save = [one for one in app.button if one.label == word("training.flow_keep")]
    save[0].click().run()
    assert word("training.flow_missing") in said(app) or any(
        word("training.flow_missing") in e.value for e in app.error
    ), "an unsigned key is not kept"
    assert read_exercise(store.papers(kept.EXERCISE)[0].text.encode(), "x").chains[0] == chain
    app.text_input(key=f"{flow}.by").set_value("trainer-1")
    app.text_input(key=f"{flow}.source").set_value("園長と確認")
    next(one for one in app.button if one.label == word("training.flow_keep")).click().run()
    assert not app.exception
    kept_key = read_exercise(store.papers(kept.EXERCISE)[0].text.encode(), "x").chains[0]
    assert kept_key == replace(chain, rows=chain.rows[1:], by="trainer-1", source="園長と確認")
    press(app, f"training.drop.{made.id}.{question.id}")
    now = read_exercise(store.papers(kept.EXERCISE)[0].text.encode(), "x")
    assert question.id not in {q.id for q in now.questions}
    assert all(q.twin != question.id for q in now.questions)
    press(app, f"training.remove.{made.id}")
    assert store.papers(kept.EXERCISE) == ()


def test_a_site_of_the_store_becomes_an_exercise_and_one_without_rows_says_so(store: Store) -> None:
    filled(store, "home-a", dates=tuple(f"2026-06-{day:02d}" for day in range(1, 9)))
    app = opened("training", part="make")
    app.selectbox(key="training.site").set_value("store.home-a").run()
    next(one for one in app.checkbox if one.label == word("training.only_site")).check()
    next(one for one in app.button if one.label == word("training.make")).click().run()
    assert not app.exception
    (paper,) = store.papers(kept.EXERCISE)
    assert paper.site == "home-a"
    made = read_exercise(paper.text.encode(), "x")
    assert made.questions
    assert made.chains[0].unit == "unit-1"
    store.import_days(SiteHead("home-c", Kind.CARE_HOME, "空"), [Workday("home-c", "2026-06-01", "u", "jc")], JC)
    app = opened("training", part="make")
    app.selectbox(key="training.site").set_value("store.home-c").run()
    assert not app.exception
    assert word("training.nothing_seen") in said(app)


def test_a_file_is_opened_answered_and_taken_in_and_hostile_names_stay_text(store: Store) -> None:
    evil = '<img src=x onerror="alert(1)">'
    key = replace(bundled().questions[0].keys[0], by=evil, source=evil, evidence_ja=evil)
    first = replace(bundled().questions[0], keys=(key,), twin="", topic=evil)
    exercise = replace(
        bundled(), id="ours", title_ja=f"{evil} [x](javascript:1)", note_ja=evil, questions=(first,), author=evil
    )
    data = write_exercise(exercise)
    app = opened("training")
    app.file_uploader(key="training.file").set_value(("ours.yaml", data, "application/yaml")).run()
    assert not app.exception
    press(app, "training.start_file")
    app.query_params["at"] = "3"
    app.run()
    judge(app, YES, ReasonCode.LAW)
    press(app, "training.next")
    app = opened("training", part="make")
    app.file_uploader(key="training.bring.0").set_value(("ours.yaml", data, "application/yaml")).run()
    press(app, "training.bring_in")
    assert [one.id for one in store.papers(kept.EXERCISE)] == ["ours"]
    results = opened("training", part="results")
    results.selectbox(key="training.result").set_value("ours").run()
    for page in (app, results, opened("training", exercise="ours", at="0")):
        assert not page.exception
        assert not [one for one in drawn(page) if "<img src=x" in one]
    app.file_uploader(key="training.bring.1").set_value(("again.yaml", data, "application/yaml")).run()
    assert word("training.is_here").partition("（")[0] in said(app)


@pytest.mark.parametrize(
    "data",
    [b"format: x", b"\xff\xfe", b"a: [", b"", write_exercise(Exercise("e", "a", "b", "not a record"))],
    ids=["other", "binary", "broken", "empty", "no question"],
)
def test_a_file_that_cannot_be_used_is_said_kindly(data: bytes, store: Store) -> None:
    app = opened("training")
    app.file_uploader(key="training.file").set_value(("e.yaml", data, "application/yaml")).run()
    assert not app.exception
    assert word("training.unreadable") in said(app)
    assert "e.yaml" in said(app)


def test_a_file_with_the_id_of_another_exercise_does_not_take_its_place(store: Store) -> None:
    other = replace(bundled(), title_ja="別の教材")
    app = opened("training")
    app.file_uploader(key="training.file").set_value(("o.yaml", write_exercise(other), "application/yaml")).run()
    starts = [b.key for b in app.button if (b.key or "").startswith("training.start.")]
    assert f"training.start.{NURSERY}" in starts
    app.run()
    starts = [b.key for b in app.button if (b.key or "").startswith("training.start.")]
    assert any(key.startswith(f"training.start.{NURSERY}-") for key in starts)


def test_an_exercise_that_is_gone_or_an_address_that_makes_no_sense_is_said(store: Store) -> None:
    app = opened("training", exercise="gone", at="4", since="x")
    assert word("training.gone") in said(app)
    for more in ({"at": "9999"}, {"at": "-1"}, {"since": "yesterday", "at": "3"}):
        assert not opened("training", exercise=NURSERY, **more).exception
    assert word("training.gone") in said(opened("training", exercise="due", ask="a/b,,%%%,/"))


def test_a_trainer_sees_each_trainee_each_question_and_how_far_they_agree(store: Store) -> None:
    exercise = bundled()
    for who, wrong in (("t-1", set()), ("t-2", {"q1"}), ("t-3", {"q1", "q6"})):
        for question in exercise.questions:
            key = question.keys[0]
            mark = Suitability.CONDITIONAL if question.id in wrong else key.suitability
            put(store, Answer(NURSERY, question.id, who, ago(1), mark, key.reasons[0]))
    app = opened("training", part="results")
    text = said(app)
    assert word("training.compared").format(judges=3, judged=12) in text
    table = "".join(drawn(app))
    hardest = table.index("引き渡し（登園時）")
    assert word("training.right_of").format(n=1, of=3) in text
    assert hardest < table.index("製作準備")
    assert all(who in text for who in ("t-1", "t-2", "t-3"))
    app.selectbox(key="training.one_trainee").set_value("t-3").run()
    assert not app.exception
    assert word("training.by_topic") in said(app)


def test_an_exercise_of_a_site_is_only_for_those_who_may_see_it(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(store, "home-a")
    for name, site in (("for-home-a", "home-a"), ("for-all", "")):
        text = write_exercise(replace(bundled(), id=name, title_ja=name)).decode()
        store.put_paper(Paper(kept.EXERCISE, name, site, text), JC)
    store.put_member(Member("b@example.org", "jc-b", Role.COORDINATOR, ("home-b",)), JC)
    store.put_member(Member("a@example.org", "jc-a", Role.TRAINER, ("home-a",)), JC)
    sign_in(monkeypatch, "b@example.org")
    text = said(opened("training"))
    assert "for-all" in text
    assert "for-home-a" not in text
    sign_in(monkeypatch, "a@example.org")
    app = opened("training", part="make")
    assert [o for o in app.selectbox(key="training.which").options if "for-home-a" in o]
    assert not [o for o in app.selectbox(key="training.which").options if "for-all" in o]
