"""`carveout casebook`: sites beside one another, and the skeleton of a coordinators' manual."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from carveout.cli.output import CannotWriteError, demand_new, note
from carveout.cli.progress import Progress
from carveout.cli.reading import named_or_bundled, rows_of
from carveout.language import Language, Text
from carveout.writing import write_together

if TYPE_CHECKING:
    from carveout.casebook import Book
    from carveout.followup import Opening

_IS_FILE = Text("{name} はファイルです。書き出すフォルダを指定してください。", "{name} is a file; name a folder.")
_WROTE = Text("{name} を作りました。", "Made {name}.")
_TAKE = Text(
    "手引きの骨組みは --out フォルダ で、Word と HTML に書き出せます。",
    "With --out DIR the manual's skeleton is written as Word and HTML.",
)


def run(options: argparse.Namespace, language: Language) -> int:
    """Show what sites have in common, and write the manual's skeleton if a folder is named."""
    dated = options.date or datetime.now(UTC).date()
    targets = {kind: options.out / f"manual-{dated}.{language}.{kind}" for kind in ("docx", "html") if options.out}
    _demand_room(options.out, list(targets.values()))
    openings = _openings(options.followup)
    book, labels = _read(options.paths, language)
    from carveout.cli.casebook_tables import show

    show(book, labels, sys.stdout, language)
    if not targets:
        note(_TAKE.in_(language))
        return 0
    from carveout.manual import html, manual, word

    told = manual(book, labels, dated=dated, openings=openings)
    contents = {targets["docx"]: word(told, language), targets["html"]: html(told, language).encode()}
    options.out.mkdir(parents=True, exist_ok=True)
    write_together(contents)
    for target in contents:
        note(_WROTE.format(*2 * ({"name": str(target)},)).in_(language))
    return 0


def _demand_room(folder: Path | None, targets: Sequence[Path]) -> None:
    """Complain before the days are read where nothing can be written. Raises CannotWriteError, UsageError."""
    if folder is not None and folder.exists() and not folder.is_dir():
        raise CannotWriteError(_IS_FILE.format(*2 * ({"name": str(folder)},)))
    for target in targets:
        demand_new(target)


def _openings(path: Path | None) -> tuple[Opening, ...]:
    if path is None:
        return ()
    from carveout.filing import MAX_BYTES
    from carveout.followup import read_followup

    with path.open("rb") as stream:
        return read_followup(stream.read(MAX_BYTES + 1), str(path))


def _read(paths: Sequence[Path], language: Language) -> tuple[Book, dict[str, Text]]:
    from carveout.analysis import analyze
    from carveout.casebook import casebook, findings_of

    paths = named_or_bundled(paths, language)
    with Progress(sys.stderr, language) as progress:
        timeline = rows_of(paths, progress, language)
        analysis = analyze(timeline, progress=progress)
        labels: dict[str, Text] = {}
        found = []
        for index in range(len(analysis.sites)):
            result = analysis.seen(index)
            labels |= result.task_labels
            found.append(findings_of(result))
    return casebook(found), labels
