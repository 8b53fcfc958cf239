"""Pieces every table is made of: plain text that folds, labels, tables without a frame."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rich.box import SIMPLE_HEAD
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.segment import Segment
from rich.table import Table
from rich.text import Text as Styled

from carveout.language import Language
from carveout.model import SiteResult, Suitability
from carveout.words import plain

COLOUR = {
    Suitability.SUITABLE: "bold green",
    Suitability.CONDITIONAL: "bold yellow",
    Suitability.UNSUITABLE: "bold red",
    Suitability.UNDETERMINED: "bold",
}


def fold(text: str, style: str = "") -> Styled:
    """A text from anywhere, harmless, broken where the line ends."""
    return Styled(plain(text), style=style, overflow="fold")


def label_of(result: SiteResult, code: str, language: Language) -> str:
    """A task as people call it."""
    label = result.task_labels.get(code)
    return plain(label.in_(language) if label else code)


def table_of(*headings: str) -> Table:
    """An empty table with a line under its headings and nothing else."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


@dataclass(frozen=True, slots=True)
class Indented:
    """A body set in from the left, drawn once: rich's padding would first measure every cell again at every level."""

    body: RenderableType
    cells: int

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        inner = options.update(width=max(options.max_width - self.cells, 1))
        for line in console.render_lines(self.body, inner, pad=False):
            yield Segment(" " * self.cells)
            yield from line
            yield Segment.line()


def indented(body: RenderableType, cells: int) -> Indented:
    """The body set in from the left."""
    return Indented(body, cells)


def bullets(lines: Iterable[str]) -> Table:
    """Lines that each begin with a dash. It stands apart: folding would leave it alone before a long Japanese word."""
    table = Table.grid(padding=(0, 1))
    for line in lines:
        table.add_row("-", fold(line))
    return table
