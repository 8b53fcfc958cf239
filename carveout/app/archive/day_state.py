"""How far a day is: what the checks find in it, and whether two people's entries clash. Looked at once per revision."""

from __future__ import annotations

from dataclasses import dataclass

from carveout.app import archive_here, checked
from carveout.app.archive.shelf import Shelf
from carveout.app.wording import in_html, t
from carveout.store import Clash, DayInfo
from carveout.workday import Finding, vocabulary


@dataclass(frozen=True, slots=True)
class DayState:
    """What there is to say of a day."""

    complete: bool
    findings: tuple[Finding, ...]
    clashes: tuple[Clash, ...]


def of(shelf: Shelf, info: DayInfo) -> DayState:
    """The state of a day as it stands in the store."""
    work = archive_here.workday(info)
    found = checked.findings(shelf.store, info.key, info.revision, work, shelf.head, shelf.days, vocabulary(shelf.head))
    found = tuple(one for one in found if one.severity != "note")
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
