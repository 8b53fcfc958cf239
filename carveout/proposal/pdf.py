"""The proposal as PDF, printed from the web page; nothing is fetched, neither from the network nor from the disk."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, NoReturn

from carveout.errors import CarveoutError
from carveout.language import Language, Text
from carveout.proposal import html
from carveout.proposal.content import Proposal

if TYPE_CHECKING:
    from weasyprint import Document

_MISSING = Text(
    "PDF を作る部品（Pango）がこの機械にありません。Debian・Ubuntu では"
    "「sudo apt install libpango-1.0-0 libpangoft2-1.0-0」で入れられます。"
    "Word と HTML は、このままでも作れます（HTML はブラウザの「印刷」から PDF にできます）。",
    "Pango, which draws PDF, is missing on this machine. On Debian and Ubuntu: sudo apt install libpango-1.0-0 "
    "libpangoft2-1.0-0. Word and HTML can be made without it (and a browser prints the HTML as PDF).",
)


class PdfError(CarveoutError):
    """PDF cannot be made here."""

    def message(self, language: Language) -> str:
        """The reason and the remedy."""
        return _MISSING.in_(language)


def available() -> bool:
    """Whether PDF can be made on this machine."""
    try:
        import weasyprint  # noqa: F401 - it looks for Pango when it is imported
    except (OSError, ImportError):
        return False
    return True


# A sheet that runs over two pages is set smaller, down to what can still be read; then it takes a third page.
_PAGES = 2
_SIZES = (html.PRINTED, 8.8, 8.4, 8.0, 7.6)


def render(proposal: Proposal, language: Language) -> bytes:
    """The sheet as PDF, on two pages wherever its type can be set small enough. Raises PdfError without Pango."""
    for points in _SIZES:
        document = _document(html.render(proposal, language, points))
        if len(document.pages) <= _PAGES:
            break
    else:
        document = _document(html.render(proposal, language))
    made: bytes = document.write_pdf()
    return made


def printed(page: str) -> bytes:
    """A page of this room as PDF. Raises PdfError where Pango is missing."""
    made: bytes = _document(page).write_pdf()
    return made


def _document(page: str) -> Document:
    try:
        import weasyprint  # half a second, and Pango need not be there
    except (OSError, ImportError) as error:
        raise PdfError(str(error)) from error
    for name in ("weasyprint", "fontTools"):  # notes on style rules meant for screens only
        logging.getLogger(name).setLevel(logging.ERROR)
    return weasyprint.HTML(string=page, url_fetcher=_REFUSE).render(pdf_tags=True, pdf_variant="pdf/ua-1")


class _Refusing:
    """Fetches nothing, whatever a page asks for."""

    _fail_on_errors = False  # WeasyPrint asks its fetcher whether to stop: a picture that is refused is left out

    def __call__(self, url: str, *_: object, **__: object) -> NoReturn:
        raise ValueError(f"a proposal loads nothing: {url}")


_REFUSE = _Refusing()
