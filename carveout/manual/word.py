"""The manual as a Word document, to be written on by people: every section leaves room for what practice has taught."""

from __future__ import annotations

import io
from collections.abc import Sequence

from carveout.casebook import Commonness
from carveout.language import Language, Text
from carveout.manual import headings
from carveout.manual.content import Manual, ManualCase, ManualSection
from carveout.proposal.sheets import GREY, Sheet
from carveout.proposal.zipped import rezipped

_WIDTHS = (68.0, 17.0, 25.0, 30.0, 22.0, 20.0)  # tasks that stand alike stand together
_OPEN_WIDTHS = (58.0, 15.0, 25.0, 27.0, 22.0, 35.0)


def word(manual: Manual, language: Language) -> bytes:
    """The manual as a .docx file; the same manual gives the same bytes."""
    from docx import Document  # a fifth of a second

    document = Document()
    sheet = Sheet(document, language)
    sheet.page("")
    sheet.title(manual.title.in_(language))
    sheet.paragraph().add(manual.dated.isoformat(), color=GREY)
    for line in manual.lead:
        sheet.bullet().add(line.in_(language))
    for commonness in Commonness:
        sheet.heading(headings.SECTION[commonness].in_(language))
        own = [section for section in manual.sections if section.commonness is commonness]
        for section in own:
            _section(sheet, section, language)
        if not own:
            sheet.paragraph().add(headings.NOTHING.in_(language))
        sheet.paragraph(before=3).add(headings.WRITE_HERE.in_(language), color=GREY)
    _plans(sheet, manual, language)
    _sites(sheet, manual, language)
    _cases(sheet, headings.CASES, manual.cases, language)
    _cases(sheet, headings.TOLD, manual.told, language)
    sheet.finish()
    about = document.core_properties
    about.title, about.author, about.comments = manual.title.in_(language), "", ""
    stream = io.BytesIO()
    document.save(stream)
    return rezipped(stream.getvalue(), manual.dated)


def _section(sheet: Sheet, section: ManualSection, language: Language) -> None:
    sheet.paragraph(before=4).add(section.kind.in_(language), bold=True)
    open_ = section.commonness is Commonness.UNKNOWN
    names = ("task", "mode", "answer", "context", "seen", "gap" if open_ else "interval")
    table = sheet.table(_OPEN_WIDTHS if open_ else _WIDTHS, [headings.COLUMNS[name].in_(language) for name in names])
    for row in section.rows:
        last = row.gap.in_(language) if open_ and row.gap else row.interval
        seen = row.seen.in_(language) + (f" ({row.interval})" if open_ and row.interval else "")
        table.row(
            [
                row.task.in_(language), row.mode.in_(language), f"{row.mark} {row.answer.in_(language)}",
                row.context.in_(language), seen, last,
            ]
        )  # fmt: skip


def _sites(sheet: Sheet, manual: Manual, language: Language) -> None:
    sheet.heading(headings.SITES.in_(language))
    for site in manual.sites:
        made_up = f" [{headings.MADE_UP.in_(language)}]" if site.constructed else ""
        sheet.paragraph(before=4).add(f"{site.name} ({site.kind.in_(language)}){made_up}", bold=True)
        for heading, lines in ((headings.LACKING, site.lacking), (headings.OWN, site.own)):
            if lines:
                sheet.paragraph().add(heading.in_(language), color=GREY)
            for line in lines:
                sheet.bullet().add(line.in_(language))
        if not site.lacking and not site.own:
            sheet.paragraph().add(headings.ALIKE.in_(language), color=GREY)


def _plans(sheet: Sheet, manual: Manual, language: Language) -> None:
    if manual.plans:
        sheet.heading(headings.PLANS.in_(language))
    for plan in manual.plans:
        sheet.paragraph(before=4).add(plan.kind.in_(language), bold=True)
        for line in plan.lines:
            sheet.bullet().add(line.in_(language))


def _cases(sheet: Sheet, heading: Text, cases: Sequence[ManualCase], language: Language) -> None:
    sheet.heading(heading.in_(language))
    for case in cases:
        sheet.paragraph(before=4).add(case.title.in_(language), bold=True)
        for line in case.lines:
            sheet.bullet().add(line.in_(language))
    if not cases:
        sheet.paragraph().add(headings.NOTHING.in_(language))
