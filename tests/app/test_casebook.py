"""The page on which sites stand beside one another."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Page, expect
from streamlit.testing.v1 import AppTest

from carveout import bundled
from carveout.app.wording import catalogue
from carveout.casebook import stories
from carveout.filing import write_records
from carveout.followup import Opening, Origin, Status, Step
from carveout.language import LANGUAGES, Language
from carveout.model import Channel, Kind
from carveout.observations import read
from carveout.store import By, Paper, open_store
from carveout.workday import Row, SiteHead, Workday, workdays_of
from tests.app.opened import opened
from tests.app.servers import served

JC = By("jc-01")
TASKS = ("wake_up_care", "breakfast_prep", "breakfast_assist", "oral_care")
DAYS = tuple(f"2026-06-{day:02d}" for day in (1, 2, 3, 4, 5, 8, 9, 10, 11, 12))


def filled(url: str, homes: int) -> None:
    """A store with so many care homes that all have one chain, the last with one of its own besides."""
    store = open_store(url)
    for number in range(homes):
        head = SiteHead(f"home-{number}", Kind.CARE_HOME, f"ホーム{number}")
        days = []
        for day in DAYS:
            rows = [_row(day, number, 420 + 12 * k, task) for k, task in enumerate(TASKS)]
            if number == homes - 1:
                rows += [_row(day, number, 900 + 12 * k, task) for k, task in enumerate(("laundry", "sewing", "walk"))]
            else:
                rows += [
                    _row(day, number, 840 + (37 * k + 53 * DAYS.index(day) * (k + 1)) % 200, task)
                    for k, task in enumerate(("laundry", "sewing", "walk"))
                ]
            days.append(Workday(head.id, day, "u", "jc-01", (), tuple(rows)))
        store.import_days(head, tuple(days), JC)
    opening = Opening(
        "o1",
        "home-0",
        "送迎車両の運転",
        Origin.REQUEST,
        Channel.DISPATCH,
        True,
        steps=(Step(Status.OFFERED, "2026-06-20"),),
    )
    store.put_paper(Paper("opening", "o1", "home-0", write_records(opening, "carveout-opening/1").decode()), JC)
    store.close()


def _row(day: str, number: int, start: int, task: str) -> Row:
    return Row(f"{number}-{day}-{task}-{start}", start, start + 11, task, ("s1",))


def said(app: AppTest) -> str:
    return "\n".join(element.proto.body for element in app.get("html"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_bundled_sites_leave_everything_open_and_say_what_to_observe(language: Language) -> None:
    app = opened("casebook", language)
    assert not app.exception
    text = said(app)
    assert app.segmented_control(key="casebook.standing").value == "unknown"
    assert {"ja": "あと5か所観察してください", "en": "Observe 5 more sites"}[language] in text
    assert catalogue()["casebook.alike"].in_(language) in text
    assert {"ja": "片づく見込み", "en": "expected to settle"}[language] in text
    assert len(app.get("download_button")) == 4
    assert catalogue()["casebook.plan"].in_(language) in [heading.value for heading in app.subheader]
    assert {"ja": "火曜を2日以上含めてください", "en": "Include at least 2 days on Tue"}[language] in text
    for story in stories():
        assert story.title.in_(language) in [expander.label for expander in app.expander]
        assert story.source in text
    assert not app.multiselect, "a list that speaks English only"


def test_a_copy_in_the_store_does_not_count_twice_and_names_tell_them_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path / 'store.sqlite'}"
    monkeypatch.setenv("CARVEOUT_STORE", url)
    store = open_store(url)
    for head, days in workdays_of(read(bundled.paths()).timeline):
        store.import_days(head, days[:2], JC)
    store.close()
    app = opened("casebook")
    assert not app.exception
    chosen = app.pills(key="casebook.sites")
    assert chosen.value == ["care-home-a", "nursery-a"]
    assert len({option.content for option in chosen.proto.options}) == 4
    chosen.set_value([*chosen.value, "store.care-home-a"]).run()
    assert not app.exception
    assert "store.care-home-a" not in said(app), "no key of ours is shown"


def test_without_a_site_the_page_asks_for_one() -> None:
    app = opened("casebook")
    app.pills(key="casebook.sites").set_value([]).run()
    assert not app.exception
    assert catalogue()["casebook.none"].ja in app.info[0].value


@pytest.mark.slow
def test_what_seven_homes_share_is_common_and_what_one_has_alone_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path / 'store.sqlite'}"
    monkeypatch.setenv("CARVEOUT_STORE", url)
    filled(url, 7)
    app = opened("casebook")
    own = app.pills(key="casebook.sites").value
    assert len(own) == 7
    assert all(key.startswith("store.") for key in own), "sites made up for teaching count only if one asks for them"
    app.segmented_control(key="casebook.standing").set_value("common").run()
    text = said(app)
    assert "7施設中7施設" in text
    assert "起床時ケア" in text
    assert catalogue()["casebook.made_up"].ja.partition("{")[0] not in text or "7施設のうち7施設" not in text
    app.selectbox(key="casebook.site").select(own[-1]).run()
    assert not app.exception
    assert "事例：フォローの記録から1件" in said(app)


@pytest.mark.browser
@pytest.mark.slow
def test_a_coordinator_takes_the_manual_along(tmp_path: Path, browser_page: Page, screenshots: Path) -> None:
    with served(tmp_path) as server:
        filled(server.store, 6)
        browser_page.goto(f"{server.url}/casebook?lang=ja")
        browser_page.get_by_text("一つの施設を、ほかと比べる").wait_for(timeout=90_000)
        browser_page.get_by_role("radio", name="共通").or_(browser_page.get_by_text("共通（")).first.click()
        expect(browser_page.get_by_text("起床時ケア").first).to_be_visible()
        browser_page.screenshot(path=screenshots / "casebook-desk.png", full_page=True)
        with browser_page.expect_download() as caught:
            browser_page.get_by_role("button", name="Word（日本語）").click()
        document = docx.Document(io.BytesIO(Path(caught.value.path()).read_bytes()))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        assert any("起床時ケア" in cell for cell in cells)
        assert any("送迎車両の運転" in paragraph.text for paragraph in document.paragraphs)
        browser_page.get_by_text("English", exact=True).click()
        browser_page.get_by_text("One site beside the others").wait_for()
        with browser_page.expect_download() as caught:
            browser_page.get_by_role("button", name="HTML (English)").click()
        assert "Manual for job coordinators" in Path(caught.value.path()).read_text(encoding="utf-8")
