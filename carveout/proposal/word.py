"""The proposal as a Word document, from a template that a center edits in Word itself."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from carveout.language import Language
from carveout.proposal.blank_word import shipped
from carveout.proposal.content import Proposal
from carveout.proposal.fields import worded
from carveout.proposal.word_template import NAME, checked, environment, unusable
from carveout.proposal.zipped import rezipped

if TYPE_CHECKING:
    from docxtpl import DocxTemplate

_PROPERTY_CHARS = 255  # as many as python-docx writes


def template(language: Language) -> bytes:
    """The shipped template of a language, to edit in Word."""
    return shipped(language).read_bytes()


def render(proposal: Proposal, language: Language, template: bytes | None = None, name: str = NAME) -> bytes:
    """The sheet as a Word document.

    template: a center's own; the shipped one without it. name: what messages call it. Raises InputError with every
    unknown field or broken tag of the template, its place and the remedy.
    """
    safe = shipped(language).read_bytes() if template is None else checked(template, name)
    return filled(safe, proposal, language, name)


def filled(safe: bytes, proposal: Proposal, language: Language, name: str = NAME) -> bytes:
    """A template that was checked, filled in."""
    from docxtpl import DocxTemplate  # with python-docx a fifth of a second
    from jinja2 import TemplateError

    document = DocxTemplate(io.BytesIO(safe))
    try:
        document.render(worded(proposal, language), environment(), autoescape=True)
        _describe(document, proposal, language)
        out = io.BytesIO()
        document.save(out)
    except (TemplateError, SyntaxError, ValueError, KeyError, AttributeError, TypeError, IndexError) as error:
        raise unusable(name, error) from error
    return rezipped(out.getvalue(), proposal.dated or proposal.seen_until)


def _describe(document: DocxTemplate, proposal: Proposal, language: Language) -> None:
    """The properties that a file browser shows."""
    about = document.docx.core_properties
    about.title = worded(proposal.title, language)[:_PROPERTY_CHARS]
    about.subject = worded(proposal.employer, language)[:_PROPERTY_CHARS]
    about.author = about.last_modified_by = about.comments = about.keywords = ""
    about.language = "ja-JP" if language == "ja" else "en-US"
    about.revision = 1
