"""Trainees and trainers in a real browser: a whole way with reload and return; an exercise made, shared, answered."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from carveout.app.practice import kept, walk
from carveout.app.wording import catalogue
from carveout.filing import plain, structured
from carveout.language import Language
from carveout.model import Suitability
from carveout.store import By, Paper, open_store
from carveout.training import REASON, Answer, Exercise, Question, ReasonCode, read_exercise, write_exercise
from carveout.words import MARK, SUITABILITY
from carveout.workday import new_id
from tests.app.servers import Server, served

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NURSERY = "nursery-a-1"
# Buttons lower than a finger; those inside a field count with the field.
_SMALL = """() => [...document.querySelectorAll('.stMain button, .stMain summary, [data-testid=stCheckbox] label')]
  .filter(e => e.offsetParent && !e.closest('.stSelectbox, .stMultiSelect, [data-testid=stNumberInputContainer]'))
  .map(e => [e.innerText || e.outerHTML.slice(0, 200), e.getBoundingClientRect().height])
  .filter(([, h]) => h > 0 && h < 43.5)"""


def nursery() -> Exercise:
    return next(one for one in kept._bundled.__wrapped__() if one.id == NURSERY)


def word(key: str, language: Language = "ja", **values: object) -> str:
    return catalogue()[f"training.{key}"].in_(language).format(**values)


def answers(server: Server) -> list[Answer]:
    store = open_store(server.store)
    found = [structured(Answer, json.loads(one.text), "x") for one in store.papers(kept.ANSWER)]
    store.close()
    return sorted(found, key=lambda one: one.at)


def button(page: Page, key: str, language: Language = "ja", **values: object):
    return page.get_by_role("button", name=word(key, language, **values), exact=False).first


def drawn(page: Page) -> None:
    """Wait until the page stands: what is drawn anew until then loses its focus and what was pressed."""
    page.locator("[data-test-script-state=notRunning]").wait_for()


def answer(page: Page, mark: Suitability, reason: ReasonCode, language: Language = "ja", *, keys: bool = False) -> None:
    """Give a mark and a reason, by keyboard where `keys`, and wait for the expert's."""
    named = page.get_by_role("button", name=f"{MARK[mark]} {SUITABILITY[mark].in_(language)}", exact=True)
    named.wait_for()
    expect(named).to_be_enabled()
    if keys:
        named.press("Enter")
    else:
        named.click()
    chip = page.locator("[data-testid=stButtonGroup] button").filter(has_text=REASON[reason].in_(language)).first
    expect(chip).to_be_enabled()
    drawn(page)
    if keys:
        chip.press("Enter")
    else:
        chip.click()
    page.locator(".co-solution .co-outcome").wait_for()


def right(question: Question) -> tuple[Suitability, ReasonCode]:
    return question.keys[0].suitability, question.keys[0].reasons[0]


def test_a_trainee_judges_a_whole_nursery_reloads_and_comes_back_a_week_later(
    tmp_path: Path, tablet_page: Page, screenshots: Path
) -> None:
    page, exercise = tablet_page, nursery()
    ordered = [step.question for step in walk.steps_of(exercise) if isinstance(step.question, Question)]
    missed = ordered[0]
    with served(tmp_path) as server:
        page.goto(f"{server.url}/training?lang=ja&trainee=t-9")
        page.get_by_text(exercise.title_ja).wait_for(timeout=90_000)
        page.screenshot(path=screenshots / "training-home-tablet.png")
        page.locator(".st-key-training-exercise-1").get_by_role("button", name=word("start")).click()
        button(page, "start_asking").click()
        for chain in exercise.chains:
            page.get_by_text(f"{chain.unit}・{chain.date}").wait_for()
            page.locator("[data-testid=stCheckbox] label").nth(1).click()
            button(page, "mark_send").click()
            page.get_by_text(word("row_by_row")).wait_for()
            if chain is exercise.chains[0]:
                page.screenshot(path=screenshots / "training-marks-tablet.png")
            button(page, "next").click()
        page.get_by_text("2問に答えました").wait_for()  # what was marked is kept before the first question shows
        assert [len(one.rows) for one in answers(server)] == [1, 1]
        for number, question in enumerate(ordered):
            page.get_by_text(f"{number + 2}問に答えました").wait_for()
            wrong = question in (missed, ordered[1])
            mark, reason = (Suitability.CONDITIONAL, ReasonCode.LAW) if wrong else right(question)
            answer(page, mark, reason, keys=number == 2)
            expect(page.locator(".co-outcome")).to_contain_text(word("outcome_different" if wrong else "outcome_right"))
            if number == 4:  # the plug is pulled in the middle; the address and the store remember
                server.end(hard=True)
                server.start()
                page.reload()
                page.locator(".co-solution .co-outcome").wait_for(timeout=90_000)
                expect(page.get_by_text(word("position", n=7, of=14))).to_be_visible()
            if number == 1:
                expect(page.get_by_text(word("pair_told"))).to_be_visible()
                page.screenshot(path=screenshots / "training-pair-tablet.png", full_page=True)
            key = "to_end" if number == len(ordered) - 1 else "to_twin"
            twin = page.get_by_role("button", name=word(key))
            (twin if twin.count() else button(page, "next")).click()
        page.get_by_text(word("done")).wait_for()
        expect(page.get_by_text(word("again_told"))).to_be_visible()
        page.screenshot(path=screenshots / "training-summary-tablet.png")
        given = answers(server)
        assert len(given) == 14
        assert {one.trainee for one in given} == {"t-9"}
        button(page, "home").click()
        page.get_by_text(word("nothing_due")).wait_for()
        _a_week_passes(server, given)
        page.reload()
        due = page.locator(".st-key-training-due").get_by_role("button")
        due.wait_for()
        page.screenshot(path=screenshots / "training-due-tablet.png")
        due.click()
        page.get_by_text(word("ask")).wait_for()
        asked = {
            part.partition("%2F")[2] or part.partition("/")[2]
            for part in page.url.split("ask=")[1].split("&")[0].split(",")
        }
        assert asked
        answer(page, Suitability.UNSUITABLE, ReasonCode.RHYTHMIC_CHAIN)
        again = answers(server)[-1]
        topics = {(e.id, q.id): (q.topic, q.task) for e in kept._bundled.__wrapped__() for q in e.questions}
        wrong = {(one.topic, one.task) for one in ordered[:2]}
        assert again.trainee == "t-9"
        assert topics[again.exercise, again.question][0] in {topic for topic, _ in wrong}
        assert topics[again.exercise, again.question] not in wrong  # another task under the same rule
        page.goto(f"{server.url}/training?lang=ja&trainee=t-9&part=progress")
        page.get_by_text(word("by_topic")).wait_for()
        page.screenshot(path=screenshots / "training-progress-tablet.png")
        with page.expect_download() as caught:
            page.get_by_role("button", name="HTML", exact=False).click()
        paper = Path(caught.value.path()).read_text(encoding="utf-8")
        assert word("no_qualification") in paper
        assert "t-9" in paper
        with page.expect_download() as caught:
            page.get_by_role("button", name="PDF", exact=False).click()
        assert Path(caught.value.path()).read_bytes().startswith(b"%PDF")


def _a_week_passes(server: Server, given: list[Answer]) -> None:
    """The same answers as if they had been given eight days ago."""
    store = open_store(server.store)
    for paper in store.papers(kept.ANSWER):
        told = structured(Answer, json.loads(paper.text), "x")
        at = (datetime.fromisoformat(told.at) - timedelta(days=8)).isoformat()
        store.put_paper(
            Paper(kept.ANSWER, paper.id, "", json.dumps(plain(told) | {"at": at}), paper.version), By("local")
        )
    store.close()
    assert len(given) == len(answers(server))


def test_a_trainer_makes_shares_and_takes_back_an_exercise_and_sees_results(
    tmp_path: Path, browser_page: Page, screenshots: Path
) -> None:
    page = browser_page
    with served(tmp_path) as server:
        page.goto(f"{server.url}/training?lang=en&part=make")
        page.get_by_label(word("title_en", "en")).wait_for(timeout=90_000)
        page.get_by_label(word("title_en", "en")).fill("Our own day")
        button(page, "make", "en").click()
        page.get_by_text(word("own_exercises", "en"), exact=True).wait_for(timeout=90_000)
        drawn(page)
        first = page.locator("[class*='st-key-training-edit-']").first
        first.locator("summary").click()
        first.get_by_label(word("key_by", "en")).fill("trainer 2")
        first.locator("[data-testid=stButtonGroup] button").filter(has_text=REASON[ReasonCode.LAW].en).click()
        first.get_by_label(word("key_source", "en")).fill("house rule 3")
        first.get_by_label(word("key_evidence", "en")).fill("Two people are needed here.")
        page.screenshot(path=screenshots / "training-edit-desk.png")
        first.get_by_role("button", name=word("key_add", "en")).click()
        page.get_by_text("house rule 3").first.wait_for()
        with page.expect_download() as caught:
            button(page, "take", "en").click()
        data = Path(caught.value.path()).read_bytes()
        exercise = read_exercise(data, "x.yaml")
        assert exercise.title_en == "Our own day"
        assert [key.by for key in exercise.questions[0].keys][-1] == "trainer 2"
        file = tmp_path / "ours.yaml"
        file.write_bytes(data)
        _answered(server, exercise)
        page.goto(f"{server.url}/training?lang=en&part=results")
        page.get_by_text(word("hardest", "en")).wait_for()
        expect(page.get_by_text(word("compared", "en", judges=2, judged=len(exercise.questions)))).to_be_visible()
        page.screenshot(path=screenshots / "training-results-desk.png")
    (tmp_path / "elsewhere").mkdir()
    with served(tmp_path / "elsewhere") as other:
        page.goto(f"{other.url}/training?lang=en")
        page.get_by_text(word("open_file", "en")).click(timeout=90_000)
        page.locator("[data-testid=stFileUploaderDropzoneInput]").set_input_files(file)
        page.locator("[class*='st-key-training-start_file'] button").click()
        button(page, "start_asking", "en").click()
        for chain in exercise.chains:
            asked = page.locator(".co-ask").filter(has_text=chain.date).filter(has_text=chain.unit)
            asked.wait_for(timeout=60_000)
            button(page, "later", "en").click()
        answer(page, exercise.questions[0].keys[-1].suitability, ReasonCode.LAW, "en")
        expect(page.locator(".co-outcome")).to_contain_text(word("outcome_right", "en"))
        expect(page.get_by_text("house rule 3")).to_be_visible()
        expect(page.get_by_text(word("others", "en"))).to_be_visible()
        assert [one.exercise for one in answers(other)] == [exercise.id]


def _answered(server: Server, exercise: Exercise) -> None:
    store = open_store(server.store)
    at = datetime.now(UTC).isoformat()
    for who in ("t-1", "t-2"):
        for question in exercise.questions:
            mark, reason = right(question)
            told = Answer(exercise.id, question.id, who, at, mark, reason)
            store.put_paper(Paper(kept.ANSWER, new_id(), "", json.dumps(plain(told))), By("local"))
    store.close()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_screen_can_be_touched_and_nothing_runs_over_the_edge(
    tmp_path: Path, tablet_page: Page, screenshots: Path, language: Language
) -> None:
    page = tablet_page
    evil = '<img src=x onerror="window.evil=1">' + "長い題名" * 8
    ours = replace(nursery(), id="ours", title_ja=evil, title_en=evil, note_ja=evil, author=evil)
    with served(tmp_path) as server:
        _answered(server, nursery())
        store = open_store(server.store)
        store.put_paper(Paper(kept.EXERCISE, "ours", "", write_exercise(ours).decode()), By("local"))
        store.close()
        for name, query in {
            "home": "", "progress": "part=progress&trainee=t-1", "make": "part=make", "results": "part=results",
            "look": "exercise=ours&at=0", "marking": "exercise=ours&at=1&since=2099-01-01T00:00:00Z",
            "asking": "exercise=ours&at=3&since=2099-01-01T00:00:00Z",
            "solved": f"exercise={NURSERY}&at=4&since=2000-01-01T00:00:00Z&trainee=t-1",
            "summary": f"exercise={NURSERY}&at=99&since=2000-01-01T00:00:00Z&trainee=t-1",
        }.items():  # fmt: skip
            page.goto(f"{server.url}/training?lang={language}&{query}")
            page.locator(".co-lead, .co-bar").first.wait_for(timeout=90_000)
            expect(page.locator(".stApp")).to_have_attribute("data-test-script-state", "notRunning", timeout=90_000)
            page.screenshot(path=screenshots / f"training-{name}-tablet-{language}.png")
            small = page.evaluate(_SMALL)
            assert small == [], name
            assert page.evaluate("document.querySelector('.stMain').scrollWidth - innerWidth") <= 0, name
            assert page.evaluate("window.evil") is None, name
