"""The manual's skeleton: what stands in it, in Word and as a web page, in both languages."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from functools import cache
from html.parser import HTMLParser

import docx
import numpy as np
import pytest

from carveout.casebook import Commonness, casebook, findings_of
from carveout.followup import Interview, Match, NoMatch, Opening, Origin, Partner, Status, Step
from carveout.language import LANGUAGES, Language, Text
from carveout.manual import Manual, case_of, html, manual, word
from carveout.model import Channel
from tests.casebook import sites as planted

DAY = date(2026, 11, 25)
HOSTILE = '<script>alert("x")</script>=SUM(A1)'
STORY = Opening(
    "o1", "site-000", HOSTILE, Origin.DIRECT, Channel.DISPATCH, True,
    steps=(Step(Status.OFFERED, "2026-04-01"), Step(Status.ACCEPTED, "2026-05-01"), Step(Status.STARTED, "2026-06-01"),
           Step(Status.WIDENED, "2026-09-01", "small repairs in between")),
    matches=(Match("m1", "2026-05-10", NoMatch.STAMINA, "wheelchairs"), Match("m2", "2026-05-20")),
    interviews=(Interview(Partner.EMPLOYER, "2026-08-01", {"impression": "a great help", "wishes": ""}),),
)  # fmt: skip


@cache
def book_of(n: int) -> Manual:
    rng = np.random.default_rng(9)
    found = [findings_of(planted.site(number, rng=rng)) for number in range(n)]
    labels = {"c1": Text("起床時ケア", "Wake-up care")}
    return manual(casebook(found), labels, dated=DAY, openings=[STORY])


def words_of(data: bytes) -> str:
    document = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


class _Texts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def texts_of(page: str) -> tuple[str, list[str]]:
    reader = _Texts()
    reader.feed(page)
    return "\n".join(reader.texts), reader.tags


@pytest.mark.parametrize("language", LANGUAGES)
def test_word_and_page_say_the_same_in_each_language(language: Language) -> None:
    made = book_of(12)
    assert {section.commonness for section in made.sections} == set(Commonness)
    printed, (shown, _) = words_of(word(made, language)), texts_of(html(made, language))
    wanted = [made.title, *made.lead]
    for section in made.sections:
        for row in section.rows:
            wanted += [row.task, row.answer, row.context, row.seen, *([row.gap] if row.gap else [])]
    wanted += [line for site in made.sites for line in (*site.lacking, *site.own)]
    wanted += [line for plan in made.plans for line in plan.lines]
    wanted += [line for case in (*made.cases, *made.told) for line in (case.title, *case.lines)]
    lost = [
        text.in_(language) for text in wanted if text.in_(language) not in printed or text.in_(language) not in shown
    ]
    assert lost == []
    assert Text("起床時ケア", "Wake-up care").in_(language) in printed


def test_a_hostile_name_is_text_everywhere() -> None:
    made = book_of(12)
    page = html(made, "ja")
    assert HOSTILE not in page
    assert HOSTILE in texts_of(page)[0]
    assert "script" not in texts_of(page)[1]
    assert HOSTILE in words_of(word(made, "ja"))


def test_the_same_manual_gives_the_same_bytes() -> None:
    made = book_of(12)
    assert word(made, "ja") == word(made, "ja")
    assert html(made, "en") == html(made, "en")


def test_a_story_is_told_in_the_order_of_its_dates() -> None:
    told = [line.en for line in case_of(STORY).lines]
    assert told == [
        "Found: Found by the coordinator; form of contract: Dispatch",
        "2026-04-01: Offered",
        "2026-05-01: Accepted",
        "2026-05-10: A match failed (Stamina) – wheelchairs",
        "2026-05-20: A member was matched",
        "2026-06-01: Started",
        "2026-08-01: The employer said – a great help",
        "2026-09-01: Widened – small repairs in between",
    ]


def test_what_is_not_settled_says_what_to_observe() -> None:
    few = book_of(3)
    gaps = {row.gap.en for s in few.sections for row in s.rows if row.gap}
    assert "Observe 3 more sites (Other site)." in gaps
    assert "Observe 3 more sites (Other site) on Mon." in gaps
    assert "その他の施設をあと3か所観察してください。" in {
        row.gap.ja for s in few.sections for row in s.rows if row.gap
    }


def test_without_any_site_the_skeleton_still_stands() -> None:
    empty = manual(casebook([]), {}, dated=DAY)
    for language in LANGUAGES:
        assert empty.title.in_(language) in words_of(word(empty, language))
        assert empty.title.in_(language) in texts_of(html(empty, language))[0]


def test_sites_made_up_for_teaching_are_called_so() -> None:
    made = book_of(12)
    assert "12" in made.lead[-1].ja and "教材" in made.lead[-1].ja
    real = replace(made, sites=tuple(replace(site, constructed=False) for site in made.sites))
    assert html(made, "en").count("[made up]") == 12
    assert html(real, "en").count("[made up]") == 0
