"""Texts from files may be anything: every kind of file is made, can be opened, and holds them as letters."""

from __future__ import annotations

import io
from dataclasses import replace

import docx
import openpyxl
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from carveout.jobs import draft_of
from carveout.language import Text
from carveout.model import Job, SiteResult
from carveout.proposal import calendar, excel, html, pdf, propose, waiting, waiting_sheet, word
from carveout.proposal.phrases import clean
from tests.proposal import cases
from tests.proposal.reading import Page, squeezed, words_of_docx

NASTY = [
    "", " ", "<b>&amp;</b>", "{{ title }}", "{% endfor %}", "{_{ x }_}", "=1+1", "\x00\x1b[2J\x7f", "\ufffe\uffff",
    "\ud800", "\u202egnp", "a\nb\tc\a\f", "]]>", "'\"", "\U0001fffe", "＝SUM(A1)", "\\N;,:", "x" * 500, "𠮷野家👵🏽",
    "BEGIN:VEVENT\r\nEND:VCALENDAR", "＿＿＿", "../../etc/passwd", "%s%n{0}",
]  # fmt: skip
ANYTHING = st.one_of(st.sampled_from(NASTY), st.text(max_size=60), st.text(st.characters(), max_size=12))


def hostile(text: str) -> tuple[SiteResult, Job]:
    """A site and job whose every name is this text."""
    site = cases.nursery()
    unit = text or "u"
    label = Text(text, text)
    job = site.jobs[0]
    units = {u: f"{unit}{at}" for at, u in enumerate(site.units)}
    job = replace(job, title=label, slots=tuple(replace(s, unit=units[s.unit]) for s in job.slots), choice=(label,))
    site = replace(
        site,
        name=text,
        units=tuple(units.values()),
        days_of_unit={units[u]: d for u, d in site.days_of_unit.items()},
        occurrences=tuple(replace(o, unit=units[o.unit]) for o in site.occurrences[:40]),
        chains=tuple(replace(c, unit=units[c.unit]) for c in site.chains),
        windows=(),
        duty=(),
        task_labels=dict.fromkeys(site.task_labels, label),
    )
    return site, job


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ANYTHING)
@example("<script>{{ title }}\ufffe\x00=1")
def test_any_name_reaches_every_file_as_letters(text: str) -> None:
    site, job = hostile(text)
    draft = replace(draft_of(site, job), answers={"asks": text, "remarks": text, "directs": text, "start_date": text})
    proposal = propose(site, job, draft)
    page = Page(html.render(proposal, "ja"))
    assert squeezed(clean(text)) in squeezed("".join(page.text))
    assert "script" not in {tag for tag, _ in page.tags}
    document = words_of_docx(word.render(proposal, "en"))
    unbroken = clean(text).replace("{_{", "{{").replace("}_}", "}}").replace("{_%", "{%").replace("%_}", "%}")
    assert squeezed(unbroken) in squeezed(document)
    book = openpyxl.load_workbook(io.BytesIO(excel.render(proposal, "ja")))
    values = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert not any(str(value).startswith(("=", "+", "-", "@", "\t", "\r")) for value in values)
    events = [part for part in Calendar.from_ical(calendar.render(proposal, "ja")).walk() if part.name == "VEVENT"]
    assert len(events) == len(job.slots)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ANYTHING)
@example("<img src='http://127.0.0.1:9/x'>\ufffe\x00")
def test_any_name_is_printed(text: str) -> None:
    site, job = hostile(text)
    assert pdf.render(propose(site, job), "ja").startswith(b"%PDF-")


@settings(max_examples=15, deadline=None)
@given(ANYTHING)
def test_any_name_reaches_the_sheet_of_a_site_without_jobs(text: str) -> None:
    site, _ = hostile(text)
    told = waiting(replace(site, jobs=()))
    assert squeezed(clean(text)) in squeezed("".join(Page(waiting_sheet.html(told, "ja")).text))
    assert docx.Document(io.BytesIO(waiting_sheet.word(told, "ja"))).paragraphs
