"""The page that follows openings up."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from streamlit.testing.v1 import AppTest

from carveout.app import openings as kept_openings
from carveout.app.wording import catalogue
from carveout.filing import read_records
from carveout.followup import NoMatch, Opening, Origin, Status, Step, write_followup
from carveout.language import LANGUAGES, Language
from carveout.model import Channel, Kind
from carveout.store import By, Member, Role, Store, open_store
from carveout.workday import SiteHead
from tests.app.opened import opened
from tests.app.servers import served

JC = By("jc-01")


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    url = f"sqlite:///{tmp_path / 'store.sqlite'}"
    monkeypatch.setenv("CARVEOUT_STORE", url)
    made = open_store(url)
    made.put_site(SiteHead("home", Kind.CARE_HOME, "ホーム"), JC)
    return made


def in_store(store: Store) -> list[Opening]:
    found = store.papers(kept_openings.KIND)
    return [read_records(Opening, one.text.encode(), "carveout-opening/1", "x") for one in found]


def said(app: AppTest) -> str:
    return "\n".join(element.proto.body for element in app.get("html"))


def press(app: AppTest, key: str) -> AppTest:
    """Press the button of a form, which is known by its words."""
    wanted = catalogue()[key].ja
    next(one for one in app.button if one.label == wanted).click()
    app.run()
    assert not app.exception
    return app


def field(app: AppTest, kind: str, key: str):
    wanted = catalogue()[key].ja
    return next(one for one in app.get(kind) if one.label == wanted)


def with_opening(store: Store) -> AppTest:
    app = opened("followup")
    field(app, "text_input", "followup.work").set_value("送迎車両の運転")
    field(app, "selectbox", "followup.channel").select(Channel.DISPATCH)
    press(app, "followup.add")
    return app


def test_an_opening_is_added_and_goes_its_way_from_offer_to_widening(store: Store) -> None:
    app = with_opening(store)
    (opening,) = in_store(store)
    assert (opening.site, opening.work, opening.channel, opening.known_field) == (
        "home",
        "送迎車両の運転",
        Channel.DISPATCH,
        True,
    )
    for status in (Status.OFFERED, Status.ACCEPTED, Status.STARTED, Status.WIDENED):
        way = next(one for one in app.get("button_group") if "way" in one.key)
        way.set_value("step").run()
        field(app, "selectbox", "followup.status").select(status)
        press(app, "followup.keep")
    (opening,) = in_store(store)
    assert [step.status for step in opening.steps] == [Status.OFFERED, Status.ACCEPTED, Status.STARTED, Status.WIDENED]
    assert "就業が始まった" in said(app)


def test_a_no_needs_a_reason_and_a_name_is_questioned(store: Store) -> None:
    app = with_opening(store)

    def way(name: str) -> None:
        next(one for one in app.get("button_group") if "way" in one.key).set_value(name).run()

    way("step")
    press(app, "followup.keep")
    way("step")
    field(app, "selectbox", "followup.status").select(Status.DECLINED)
    press(app, "followup.keep")
    assert "見送られた理由" in app.error[0].value
    assert len(in_store(store)[0].steps) == 1
    field(app, "text_input", "followup.reason").set_value("今年度の予算がない")
    press(app, "followup.keep")
    assert in_store(store)[0].steps[-1].reason == "今年度の予算がない"
    way("match")
    field(app, "text_input", "followup.member").set_value("田中太郎")
    press(app, "followup.keep")
    assert app.warning
    assert in_store(store)[0].matches == ()
    field(app, "text_input", "followup.member").set_value("m-024")
    field(app, "selectbox", "followup.outcome").select(NoMatch.STAMINA)
    press(app, "followup.keep")
    (match,) = in_store(store)[0].matches
    assert (match.member, match.failed) == ("m-024", NoMatch.STAMINA)


@pytest.mark.parametrize("language", LANGUAGES)
def test_counts_and_due_contacts_are_shown(store: Store, language: Language, tmp_path: Path) -> None:
    made = [
        Opening(f"o{k}", "home", "<b>work</b>", Origin.REQUEST, Channel.CONTRACT, False,
                steps=(Step(Status.OFFERED, "2026-01-05"),))
        for k in range(3)
    ]  # fmt: skip
    from carveout.filing import write_records
    from carveout.store import Paper

    for one in made:
        store.put_paper(Paper("opening", one.id, "home", write_records(one, "carveout-opening/1").decode()), JC)
    app = opened("followup", language)
    app.segmented_control(key="followup.part").set_value("counts").run()
    assert not app.exception
    text = said(app)
    assert catalogue()["followup.table_reasons"].in_(language) in [one.value for one in app.subheader]
    assert '<th scope="row">' in text and "<td>3</td>" in text
    assert "<b>work</b>" not in text
    app.segmented_control(key="followup.part").set_value("due").run()
    assert said(app).count("&lt;b&gt;work&lt;/b&gt;") == 3


def test_a_file_of_openings_comes_in_once(store: Store) -> None:
    data = write_followup([Opening("o1", "home", "w", Origin.PLATFORM, Channel.PLACEMENT, True)])
    app = opened("followup")
    app.segmented_control(key="followup.part").set_value("files").run()
    app.file_uploader(key="followup.bring.0").set_value(("f.yaml", data, "application/yaml")).run()
    assert not app.exception
    app.button(key="followup.bring_in").click().run()
    assert [one.id for one in in_store(store)] == ["o1"]
    app.file_uploader(key="followup.bring.1").set_value(("f.yaml", data, "application/yaml")).run()
    assert app.button(key="followup.bring_in").disabled
    app.file_uploader(key="followup.bring.1").set_value(("f.yaml", b"format: x", "application/yaml")).run()
    assert not app.exception
    assert app.error


def test_two_people_at_once_do_not_overwrite_each_other(store: Store) -> None:
    with_opening(store)
    one, other = opened("followup"), opened("followup")
    for app in (one, other):
        next(w for w in app.get("button_group") if "way" in w.key).set_value("contact").run()
        field(app, "date_input", "followup.next_contact").set_value("2026-12-24" if app is one else "2026-12-31")
    press(one, "followup.keep")
    press(other, "followup.keep")
    assert in_store(store)[0].next_contact == "2026-12-24"
    assert catalogue()["followup.changed_meanwhile"].ja in other.error[0].value
    press(other, "followup.keep")  # having looked, and what was typed is still there
    assert in_store(store)[0].next_contact == "2026-12-31"


def test_a_trainer_sees_and_does_not_write(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with_opening(store)
    from carveout.app import archive_here

    monkeypatch.setattr(archive_here, "me", lambda: Member("t@example.org", "trainer-1", Role.TRAINER, None))
    app = opened("followup")
    assert not app.exception
    assert "送迎車両の運転" in "".join(one.label for one in app.expander)
    assert not [one for one in app.button if one.label == catalogue()["followup.add"].ja]
    assert not [one for one in app.get("button_group") if "way" in (one.key or "")]


@pytest.mark.browser
def test_a_coordinator_follows_an_opening_up_on_a_tablet(tmp_path: Path, tablet_page: Page, screenshots: Path) -> None:
    page = tablet_page
    with served(tmp_path) as server:
        page.goto(f"{server.url}/followup?lang=ja")
        page.get_by_label("ほかの事業者の番号や呼び名").fill("employer-7")
        page.get_by_label("仕事", exact=True).fill("小営繕")
        page.get_by_role("button", name="案件を加える").click()
        line = page.get_by_text("employer-7｜小営繕").first
        line.wait_for()
        line.click()
        page.get_by_role("radio", name="進みぐあい").or_(page.get_by_role("button", name="進みぐあい")).first.click()
        page.get_by_label("どうなったか").wait_for()
        page.get_by_role("button", name="書き留める", exact=True).click()
        expect(page.get_by_text("employer-7｜小営繕｜→ 提案した")).to_be_visible(timeout=60_000)
        page.screenshot(path=screenshots / "followup-tablet.png")
        server.end(hard=True)
        server.start()
        page.reload()
        expect(page.get_by_text("employer-7｜小営繕｜→ 提案した")).to_be_visible(timeout=60_000)
        page.get_by_text("集計", exact=True).click()
        expect(page.get_by_text("開拓した業務の内訳")).to_be_visible(timeout=60_000)
        page.screenshot(path=screenshots / "followup-counts-tablet.png")
