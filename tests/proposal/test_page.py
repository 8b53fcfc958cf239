"""The web page and the PDF printed from it: escaped, of its own, readable by machine and eye, at most two pages."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest

from carveout.errors import CarveoutError
from carveout.language import LANGUAGES, Language, Text
from carveout.proposal import Waiting, html, pdf, propose, waiting, waiting_sheet
from carveout.proposal.fields import worded
from tests.proposal import cases
from tests.proposal.reading import Page, pages, squeezed
from tests.proposal.test_word import shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_holds_every_word_of_the_sheet(language: Language) -> None:
    site = cases.nursery()
    job = cases.fullest(site)
    proposal = propose(site, replace(job, constraints=(*job.constraints, cases.BROKEN)))
    text = squeezed("".join(Page(html.render(proposal, language)).text))
    proposal = replace(proposal, sometimes=tuple(replace(one, often=Text("", "")) for one in proposal.sometimes))
    for leaf in shown(worded(proposal, language)):
        assert squeezed(leaf) in text, leaf


def test_names_that_look_like_markup_stay_letters() -> None:
    site = cases.care_home()
    hostile = "<script>alert(1)</script>\"'&amp;<b>"
    site = replace(site, name=hostile, task_labels={code: Text(hostile, hostile) for code in site.task_labels})
    job = replace(site.jobs[0], title=Text(hostile, hostile))
    page = Page(html.render(propose(site, job), "ja"))
    assert not {"script", "b"} & {tag for tag, attributes in page.tags if not attributes} - {"b"}
    assert "script" not in {tag for tag, _ in page.tags}
    assert "".join(page.text).count(hostile) > 5


def test_nothing_is_loaded_from_anywhere() -> None:
    page = html.render(cases.a_proposal(), "ja")
    assert not re.search(r"\b(src|href|srcset|data|action)\s*=", page)
    assert not re.search(r"@import|url\(|<link|<script|<iframe|<img", page)
    assert set(re.findall(r"https?://[^\s\"'<]+", page)) <= {"http://www.w3.org/2000/svg"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_its_language_and_its_headings_and_tables_have_an_order(language: Language) -> None:
    page = Page(html.render(cases.a_proposal(), language))
    assert page.tags[0] == ("html", {"lang": language})
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert set(levels[1:]) == {2}
    heads = [attributes.get("scope") for tag, attributes in page.tags if tag == "th"]
    assert set(heads) == {"col", "row"}


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_every_ink_can_be_read_on_every_fill_it_stands_on() -> None:
    css = files("carveout.proposal").joinpath("templates/proposal.css").read_text(encoding="utf-8")
    inks = set(re.findall(r"[^-]color: (#[0-9a-f]{6})", css))
    assert len(inks) >= 5
    on = {ink: {"#ffffff"} for ink in inks}
    for rule in re.findall(r"\{([^}]*)\}", css):
        fill = re.search(r"background: (#[0-9a-f]{6})", rule)
        own = re.search(r"(?<!-)color: (#[0-9a-f]{6})", rule)
        if fill:
            on.setdefault(own[1] if own else "#1f2937", set()).add(fill[1])
    for ink, fills in on.items():
        for fill in fills:
            light, dark = sorted((luminance(ink), luminance(fill)), reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= 4.5, (ink, fill)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bundled_job_is_printed_on_two_pages_at_most(language: Language, tmp_path: Path) -> None:
    for site in cases.sites():
        proposal = propose(site, cases.fullest(site))
        path = tmp_path / f"{site.site}.pdf"
        path.write_bytes(pdf.render(proposal, language))
        printed = pages(path)
        assert len(printed) <= 2
        text = squeezed("".join(printed))
        assert squeezed(proposal.title.in_(language)) in text
        assert squeezed(proposal.evidence[0].in_(language)) in text


def test_the_same_proposal_prints_the_same_bytes() -> None:
    assert pdf.render(cases.a_proposal(), "ja") == pdf.render(cases.a_proposal(), "ja")


def test_the_printer_fetches_nothing(tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"x")
    page = (
        f"<p>da<img src='{secret.as_uri()}'><img src='http://127.0.0.1:9/x.png'><link rel=stylesheet href='/etc/x'></p>"
    )
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf.printed(page))
    assert "da" in pages(path)[0]
    with pytest.raises(ValueError, match="loads nothing"):
        pdf._REFUSE("file:" + "///etc/passwd")


def test_without_pango_pdf_is_refused_with_the_remedy_and_the_rest_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    assert not pdf.available()
    with pytest.raises(CarveoutError) as caught:
        pdf.render(cases.a_proposal(), "ja")
    assert "libpango-1.0-0" in caught.value.message("ja")
    assert "libpango-1.0-0" in caught.value.message("en")
    assert "Pango" in caught.value.message("en")
    assert html.render(cases.a_proposal(), "ja")


# --- a site without jobs


def bare(days: int) -> Waiting:
    site = cases.care_home()
    if days == 0:
        return waiting(replace(site, jobs=(), occurrences=(), verdicts=(), chains=(), units=(), days_of_unit={}))
    if days == 1:
        first = min(o.date for o in site.occurrences)
        seen = tuple(o for o in site.occurrences if o.date == first)
        return waiting(replace(site, jobs=(), occurrences=seen, days_of_unit=dict.fromkeys(site.units, 1)))
    return waiting(replace(site, jobs=()))


@pytest.mark.parametrize("days", [0, 1, 10])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_site_without_jobs_gets_a_sheet_that_says_why_and_what_next(days: int, language: Language) -> None:
    from tests.proposal.reading import words_of_docx

    told = bare(days)
    assert told.why
    if days == 1:
        assert "1日だけ" in told.why[0].ja
        assert told.next
    page = "".join(Page(waiting_sheet.html(told, language)).text)
    document = words_of_docx(waiting_sheet.word(told, language))
    for text in (told.title, told.employer, *told.why, *told.next):
        assert text.in_(language) in page
        assert text.in_(language) in document
    assert waiting_sheet.word(told, language) == waiting_sheet.word(told, language)
