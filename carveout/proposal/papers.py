"""A proposal as files: every kind from the same records, all of them written or none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path

from carveout.language import Language
from carveout.proposal.content import Proposal
from carveout.proposal.waiting import Waiting
from carveout.writing import file_name, write_together


class Format(StrEnum):
    """Kinds of files, by the ending of their names."""

    WORD = "docx"
    HTML = "html"
    PDF = "pdf"
    EXCEL = "xlsx"
    CALENDAR = "ics"


# What a sheet that offers no job can be: there is no week to put into a timetable or a calendar.
OF_WAITING = (Format.WORD, Format.HTML, Format.PDF)


def render(proposal: Proposal, language: Language, kind: Format, template: bytes | None = None) -> bytes:
    """One file. template: a center's own for Word. Raises CarveoutError where it cannot be made."""
    return _MAKERS[kind](proposal, language, template)


def made(
    proposals: Iterable[Proposal | Waiting],
    language: Language,
    formats: Sequence[Format],
    template: bytes | None = None,
) -> dict[str, bytes]:
    """All files by name, `proposal-<job>.<kind>`; names that fall together are numbered."""
    found: dict[str, bytes] = {}
    taken: set[str] = set()
    for one in proposals:
        waiting = isinstance(one, Waiting)
        stem = _free(file_name("proposal", one.site if isinstance(one, Waiting) else one.job.replace("/", "-")), taken)
        for kind in formats:
            if isinstance(one, Proposal):
                found[f"{stem}.{kind}"] = render(one, language, kind, template)
            elif waiting and kind in OF_WAITING:
                found[f"{stem}.{kind}"] = _waiting(one, language, kind)
    return found


def write_all(
    proposals: Iterable[Proposal | Waiting],
    language: Language,
    folder: Path,
    formats: Sequence[Format],
    template: bytes | None = None,
) -> tuple[Path, ...]:
    """Make all files, then write them into the folder (made if missing); an error leaves everything as it was."""
    contents = made(proposals, language, formats, template)
    folder.mkdir(parents=True, exist_ok=True)
    files = {folder / name: content for name, content in contents.items()}
    write_together(files)
    return tuple(files)


def _free(stem: str, taken: set[str]) -> str:
    number = 1
    while (name := stem if number == 1 else f"{stem}-{number}").casefold() in taken:
        number += 1
    taken.add(name.casefold())
    return name


def _word(proposal: Proposal, language: Language, template: bytes | None) -> bytes:
    from carveout.proposal import word

    return word.render(proposal, language, template)


def _html(proposal: Proposal, language: Language, _: bytes | None) -> bytes:
    from carveout.proposal import html

    return html.render(proposal, language).encode()


def _pdf(proposal: Proposal, language: Language, _: bytes | None) -> bytes:
    from carveout.proposal import pdf

    return pdf.render(proposal, language)


def _excel(proposal: Proposal, language: Language, _: bytes | None) -> bytes:
    from carveout.proposal import excel

    return excel.render(proposal, language)


def _calendar(proposal: Proposal, language: Language, _: bytes | None) -> bytes:
    from carveout.proposal import calendar

    return calendar.render(proposal, language)


def _waiting(waiting: Waiting, language: Language, kind: Format) -> bytes:
    from carveout.proposal import pdf, waiting_sheet

    if kind is Format.WORD:
        return waiting_sheet.word(waiting, language)
    page = waiting_sheet.html(waiting, language)
    return pdf.printed(page) if kind is Format.PDF else page.encode()


_MAKERS: Mapping[Format, Callable[[Proposal, Language, bytes | None], bytes]] = {
    Format.WORD: _word,
    Format.HTML: _html,
    Format.PDF: _pdf,
    Format.EXCEL: _excel,
    Format.CALENDAR: _calendar,
}
