"""Workdays as a file of any kind that can be written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from carveout.exchange.boris_write import write_boris
from carveout.exchange.cleaning import cleaned
from carveout.exchange.contract_write import write_book, write_document, write_rows
from carveout.exchange.formats import Format
from carveout.exchange.time_study_write import write_time_study
from carveout.exchange.wombat_write import write_wombat
from carveout.exchange.xes_write import write_xes
from carveout.language import Language
from carveout.workday.record import SiteHead, Workday


def _tabular(head: SiteHead, days: Sequence[Workday], language: Language) -> bytes:
    return write_boris(head, days, language, tabular=True)


def _document(head: SiteHead, days: Sequence[Workday], _: Language) -> bytes:
    return write_document(head, days)


_WRITERS: dict[str, Callable[[SiteHead, Sequence[Workday], Language], bytes]] = {
    "yaml": _document,
    "csv": write_rows,
    "xlsx": write_book,
    "xes": write_xes,
    "boris": write_boris,
    "boris-tabular": _tabular,
    "wombat": write_wombat,
    "timestudy": write_time_study,
}


def write_file(format: Format | str, head: SiteHead, days: Sequence[Workday], language: Language = "ja") -> bytes:  # noqa: A002
    """The days of one site as a file. What a file of this kind cannot hold is told by `lost` beforehand.

    Raises ValueError for a format that cannot be written.

    >>> from carveout.model import Kind
    >>> day = Workday("a", "2026-06-01", "u", rows=())
    >>> write_file("xes", SiteHead("a", Kind.OTHER), [day]).decode().count("<trace>")
    1
    """
    kind = format if isinstance(format, str) else format.id
    if kind not in _WRITERS:
        raise ValueError(f"{kind} cannot be written")
    return _WRITERS[kind](head, [replace(cleaned(day), site=head.id) for day in days], language)
