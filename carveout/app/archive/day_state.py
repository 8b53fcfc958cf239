"""How far a day is: what the checks find in it, and whether two people's entries clash. Looked at once per revision."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from carveout.app import archive_here
from carveout.app.archive.shelf import Shelf
from carveout.app.wording import in_html, t
from carveout.store import Clash, DayInfo
from carveout.workday import SiteHead, vocabulary
from carveout.workday.checks import Finding, check

_USUAL_DAYS = 8  # the site's latest days of the unit, to tell an unusual one by


@dataclass(frozen=True, slots=True)
class DayState:
    """What there is to say of a day."""

    complete: bool
    findings: tuple[Finding, ...]
    clashes: tuple[Clash, ...]


def of(shelf: Shelf, info: DayInfo) -> DayState:
    """The state of a day as it stands in the store."""
    if not info.n_rows:
        return DayState(info.complete, (), shelf.clashes(info))
    days = [one for one in shelf.days if one.unit == info.unit and one.complete and one.key != info.key]
    usual = tuple(days[-_USUAL_DAYS:])
    beside = tuple((one.key, one.revision) for one in usual)
    found = _findings(shelf.store.id, info.key, info.revision, shelf.info.version, beside, shelf.head, info, usual)
    return DayState(info.complete, found, shelf.clashes(info))


def marked(state: DayState) -> str:
    """The state as HTML: a mark and words, never colour alone."""
    if state.complete:
        said = [("suitable", "○", t("archive.complete"))]
    else:
        said = [("undetermined", "…", t("archive.open_day"))]
    if state.findings:
        said.append(("conditional", "△", t("archive.n_findings", n=len(state.findings))))
    if state.clashes:
        said.append(("unsuitable", "×", t("archive.n_clashes", n=len(state.clashes))))
    return "".join(
        f" <span class='co-task co-{look}'><span class='co-mark'>{mark}</span>{in_html(word)}</span>"
        for look, mark, word in said
    )


@st.cache_resource(show_spinner=False, max_entries=5_000)
def _findings(
    store_id: str, key: str, revision: int, version: int, beside: tuple[tuple[str, int], ...],  # noqa: ARG001
    _head: SiteHead, _info: DayInfo, _usual: tuple[DayInfo, ...],
) -> tuple[Finding, ...]:  # fmt: skip
    usual = [archive_here.workday(one) for one in _usual]
    found = check(archive_here.workday(_info), usual, vocabulary(_head))
    return tuple(one for one in found if one.severity != "note")
