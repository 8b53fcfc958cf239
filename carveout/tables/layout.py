"""Pieces every table is made of: plain text that folds, labels, tables without a frame."""

from __future__ import annotations

from rich.box import SIMPLE_HEAD
from rich.console import RenderableType
from rich.padding import Padding
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


def indented(body: RenderableType, cells: int) -> Padding:
    """The body set in from the left."""
    return Padding(body, (0, 0, 0, cells), expand=False)
