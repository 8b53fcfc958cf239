"""The casebook as a person reads it in a terminal: what is common, specific or open, and what would tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import IO

from rich.console import Console, RenderableType
from rich.text import Text as Styled

from carveout import words
from carveout.casebook import Alike, Book, Commonness, alike, differences, plans
from carveout.language import Language, Text
from carveout.manual.content import COMMONNESS, context_said, finding_said, names_of, plan_said, tasks_said
from carveout.manual.headings import COLUMNS, LACKING, OWN, PLANS
from carveout.model import Kind
from carveout.tables import terminal
from carveout.tables.layout import bullets, fold, indented, table_of

_SITES = Text("並べた施設: {sites}", "Sites: {sites}")
_OBSERVED = Text("{name}（{kind}）", "{name} ({kind})")
_FOR = Text("{kind}：{said}", "{kind}: {said}")
_MADE_UP = Text(
    "{of}施設のうち{n}施設の記録は教材として作ったもので、実際に観察したものではありません。",
    "{n} of {of} records were made up for teaching; nobody observed them.",
)
_NOTHING = Text("ここに入る知見は、まだありません。", "No finding stands here yet.")
_OF = Text("{n}施設中{k}施設", "{k} of {n}")
_UNCOUNTED = Text("まだ数えられない", "not counted yet")
_HEADINGS = ("task", "mode", "context", "seen")


def show(book: Book, labels: Mapping[str, Text], stream: IO[str], language: Language) -> None:
    """Print the casebook: what would tell more, then common, specific and open findings, then how sites differ."""
    console = terminal(stream)
    console.print(fold(_SITES.in_(language).format(sites=_sites(book, language)), style="bold"))
    made_up = sum(one.constructed for one in book.sites)
    if made_up:
        console.print(fold("※ " + _MADE_UP.in_(language).format(n=made_up, of=len(book.sites))))
    names = names_of(book)
    kinds = sorted({one.kind for one in book.sites}, key=list(Kind).index)
    lines = [
        _FOR.in_(language).format(kind=words.KIND[plan.kind].in_(language), said=said.in_(language))
        for plan in plans(book)
        if plan.open
        for said in plan_said(plan, book, names)
    ]
    if lines:
        _section(console, PLANS.in_(language), bullets(lines))
    for commonness in Commonness:
        found = alike(book.of(commonness))
        title = f"{COMMONNESS[commonness].in_(language)} ({len(book.of(commonness))})"
        if not found:
            _section(console, title, fold(_NOTHING.in_(language)))
        for kind in kinds:
            own = [one for one in found if one.first.finding.kind is kind]
            if own:
                _section(console, f"{title}: {words.KIND[kind].in_(language)}", _table(own, labels, language))
    for site in book.sites:
        apart = differences(site, book)
        told = [
            f"{(OWN if one.has else LACKING).in_(language)}: {finding_said(one.standing, labels).in_(language)}"
            for one in apart
        ]
        if told:
            _section(console, words.plain(names[site.site]), bullets(told))
    console.print()


def _section(console: Console, title: str, body: RenderableType) -> None:
    console.print()
    console.print(Styled(title, style="bold", overflow="fold"))
    console.print(indented(body, 2))


def _sites(book: Book, language: Language) -> str:
    said = [
        _OBSERVED.in_(language).format(name=one.name or one.site, kind=words.KIND[one.kind].in_(language))
        for one in book.sites
    ]
    return ("、" if language == "ja" else ", ").join(said)


def _table(found: Sequence[Alike], labels: Mapping[str, Text], language: Language) -> RenderableType:
    table = table_of(*(COLUMNS[name].in_(language) for name in _HEADINGS))
    for one in found:
        first, finding = one.first, one.first.finding
        seen = _UNCOUNTED.in_(language)
        if first.n:
            seen = f"{_OF.in_(language).format(k=first.k, n=first.n)} ({first.low:.0%}–{first.high:.0%})"
        table.add_row(
            fold(tasks_said(one, labels).in_(language)),
            fold(f"{words.MARK[finding.suitability]} {words.MODE[finding.mode].in_(language)}"),
            fold(context_said(finding.context).in_(language)),
            fold(seen),
        )
    return table
