"""The proposal as files to take along: made when one asks for them, each by its room of `carveout.proposal`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from carveout.language import Language
from carveout.proposal import Proposal


class Paper(StrEnum):
    """Kinds of files, by the ending of their names."""

    PDF = "pdf"
    HTML = "html"


MIME = {
    Paper.PDF: "application/pdf",
    Paper.HTML: "text/html",
}


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be made: a proposal in one language, on a center's own Word template if it has one."""

    proposal: Proposal
    language: Language
    template: bytes | None = None


def made(paper: Paper, order: Order) -> bytes:
    """The file. Raises CarveoutError where it cannot be made (a broken template, no Pango for PDF)."""
    return _MAKERS[paper](order)


def maker(paper: Paper, order: Order) -> Callable[[], bytes]:
    """What makes the file when it is asked for."""
    return lambda: made(paper, order)


@cache
def pdf_available() -> bool:
    """Whether PDF can be made on this machine."""
    from carveout.proposal import pdf

    return pdf.available()


# The rooms load Word, PDF and spreadsheet libraries: only when such a file is asked for.


def _pdf(order: Order) -> bytes:
    from carveout.proposal import pdf

    return pdf.render(order.proposal, order.language)


def _html(order: Order) -> bytes:
    from carveout.proposal import html

    return html.render(order.proposal, order.language).encode()


_MAKERS: dict[Paper, Callable[[Order], bytes]] = {
    Paper.PDF: _pdf,
    Paper.HTML: _html,
}
