"""The sheet for a site without jobs, as a web page and as a Word document."""

from __future__ import annotations

import io

from carveout.language import Language, Text
from carveout.proposal.fields import worded
from carveout.proposal.html import page, style
from carveout.proposal.sheets import GREEN, Sheet
from carveout.proposal.waiting import Waiting
from carveout.proposal.zipped import rezipped

WHY, NEXT = Text("わけ", "Why"), Text("次に観察すること", "What to observe next")


def html(waiting: Waiting, language: Language) -> str:
    """The sheet as one HTML document."""
    return page("waiting.html").render(
        p=worded(waiting, language),
        why=WHY.in_(language),
        next=NEXT.in_(language),
        language=language,
        css=style(),
    )


def word(waiting: Waiting, language: Language) -> bytes:
    """The sheet as a Word document."""
    from docx import Document  # docx takes a fifth of a second

    told = worded(waiting, language)
    document = Document()
    sheet = Sheet(document, language)
    sheet.page("")
    sheet.paragraph().add(told["employer"], bold=True, size=11)
    sheet.title(told["title"])
    if told["notice"]:
        sheet.framed().add(told["notice"])
    sheet.heading(WHY.in_(language))
    for line in told["why"]:
        sheet.bullet().add(line)
    if told["found"]:
        sheet.paragraph(before=2).add(told["found"])
    if told["next"]:
        sheet.heading(NEXT.in_(language), color=GREEN)
        for line in told["next"]:
            sheet.bullet().add(line)
    sheet.finish()
    about = document.core_properties
    about.title, about.author, about.comments = told["title"], "", ""
    stream = io.BytesIO()
    document.save(stream)
    return rezipped(stream.getvalue(), waiting.dated)
