"""What each command does, once its options are read. Each gives an exit code; what goes wrong is raised."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from carveout.cli.areas import demand_area
from carveout.cli.output import UsageError, demand_new, demand_no_record, demand_writable, note, say_problems
from carveout.cli.overriding import overrides_of
from carveout.cli.progress import Progress
from carveout.cli.reading import named_or_bundled, rows_of
from carveout.language import Language, Text
from carveout.writing import file_name, write_whole

if TYPE_CHECKING:
    from carveout.analysis import Analysis

# The reading and analysing rooms, and the tables, are imported by the command that needs them: help, `new` and a wrong
# command line answer at once.

_TEMPLATES: Mapping[str, Literal["yaml", "xlsx"]] = {".yaml": "yaml", ".yml": "yaml", ".xlsx": "xlsx"}


def analyze(options: argparse.Namespace, language: Language) -> int:
    """Read, analyse, and write or show the result."""
    from carveout.analysis import analyze as analyse

    out = None if options.json in (None, "-") else Path(options.json)
    if out is not None:
        demand_writable(out)
        demand_no_record(out, options.paths)
    _demand_schemes(options.schemes)
    demand_area(options.area)
    overrides = overrides_of(options.overrides)
    paths = named_or_bundled(options.paths, language)
    with Progress(sys.stderr, language) as progress:
        timeline = rows_of(paths, progress, language)
        analysis = analyse(
            timeline,
            overrides,
            schemes=options.schemes,
            on=options.date,
            area=options.area or "",
            progress=progress,
        )
        if analysis.notes:
            progress.pause()
            say_problems(analysis.notes, language)
        if options.graphml is not None:
            _write_graphs(analysis, options.graphml)
        if options.json is not None:
            _write_json(analysis, out, progress)
    if options.json is None:
        _show(analysis, language, reasons=options.reasons)
    return 0


def check(options: argparse.Namespace, language: Language) -> int:
    """Read, and list what to mend; what cannot be read raises InputError like everywhere."""
    from carveout import observations

    with Progress(sys.stderr, language) as progress:
        reading = observations.read(options.paths, progress=progress)
    say_problems(reading.problems, language)
    sites, rows, notes = len(reading.timeline.sites.id), reading.timeline.n_rows, len(reading.problems)
    counted = {"sites": sites, "rows": rows, "notes": notes}
    if notes:
        wording = Text(
            "分析できます。{sites}施設、{rows}行。確かめるところが{notes}件あります。",
            "Can be analysed. Sites: {sites}, rows: {rows}. Points to look at: {notes}.",
        )
    else:
        wording = Text("問題ありません。{sites}施設、{rows}行。", "Nothing to mend. Sites: {sites}, rows: {rows}.")
    print(wording.format(counted, counted).in_(language))
    return 0


def new(options: argparse.Namespace, language: Language) -> int:
    """Write a template, or show it."""
    from carveout import observations

    out: Path | None = options.out
    by_name = _TEMPLATES.get(out.suffix.lower()) if out is not None else None
    kind: Literal["yaml", "xlsx"] = options.format or by_name or "yaml"
    if out is not None and by_name != kind:  # check and analyze go by the name
        name = {"name": str(out), "ends": " / ".join(end for end, of in _TEMPLATES.items() if of == kind)}
        wording = Text(
            "{name} の末尾がひな形の種類と合いません。{ends} で終わる名前を指定してください。",
            "the name {name} does not fit the kind of template; name a file that ends in {ends}.",
        )
        raise UsageError(wording.format(name, name))
    if out is None:
        if kind == "xlsx":
            raise UsageError(
                Text(
                    "Excel のひな形は、--out 観察記録.xlsx のように書き出すファイルを指定してください。",
                    "an Excel template needs a file: --out record.xlsx",
                )
            )
        sys.stdout.write(observations.template(kind, language).decode("utf-8"))
        return 0
    demand_new(out)
    demand_writable(out)
    write_whole(out, [observations.template(kind, language)])
    name = {"name": str(out)}
    done = Text(
        "{name} を作りました。書き込んだら「carveout check {name}」で確かめられます。",
        "Made {name}. Once filled in, check it with: carveout check {name}",
    )
    note(done.format(name, name).in_(language))
    return 0


def propose(options: argparse.Namespace, language: Language) -> int:
    """Write proposals, or list the jobs there are."""
    from carveout.cli.proposing import run

    return run(options, language)


def import_(options: argparse.Namespace, language: Language) -> int:
    """Turn files of other programs into observation records."""
    from carveout.cli.exchanging import run_import

    return run_import(options, language)


def export(options: argparse.Namespace, language: Language) -> int:
    """Write observed days for another program."""
    from carveout.cli.exchanging import run_export

    return run_export(options, language)


def compare(options: argparse.Namespace, language: Language) -> int:
    """Compare two observers' records of one day."""
    from carveout.cli.comparing import run

    return run(options, language)


def casebook(options: argparse.Namespace, language: Language) -> int:
    """Sort what sites have in common from what is one's own."""
    from carveout.cli.casebook import run

    return run(options, language)


def app(options: argparse.Namespace, language: Language) -> int:
    """Serve the app until it is stopped."""
    from carveout.cli.serving import serve

    return serve(options.port, language, options.store)


RUN: Mapping[str, Callable[[argparse.Namespace, Language], int]] = {
    "analyze": analyze,
    "check": check,
    "new": new,
    "propose": propose,
    "import": import_,
    "export": export,
    "compare": compare,
    "casebook": casebook,
    "app": app,
}


def _demand_schemes(schemes: Mapping[str, bool] | None) -> None:
    """Complain about a set of rules that does not exist or cannot be switched, and name those that can."""
    if not schemes:
        return
    from carveout.rules import rulebook

    book = rulebook()
    try:
        book.switched(schemes)
    except (KeyError, ValueError):
        known = {"known": ", ".join(scheme.id for scheme in book.schemes if scheme.switchable)}
        wording = Text(
            "--schemes で切り替えられるのは次のものだけです: {known}", "--schemes can switch only these: {known}"
        )
        raise UsageError(wording.format(known, known)) from None


def _write_json(analysis: Analysis, out: Path | None, progress: Progress) -> None:
    from carveout import report

    if out is not None:
        write_whole(out, map(report.encode, report.lines(analysis, progress)))
    else:
        progress.pause()
        sys.stdout.flush()
        sys.stdout.buffer.writelines(map(report.encode, report.lines(analysis)))
        sys.stdout.buffer.flush()


def _write_graphs(analysis: Analysis, folder: Path) -> None:
    from carveout import graph

    folder.mkdir(parents=True, exist_ok=True)
    taken: set[str] = set()
    for name, content in graph.graphml(analysis):
        stem = file_name(*name)
        number = 1
        while (numbered := stem if number == 1 else f"{stem}-{number}") in taken:
            number += 1
        taken.add(numbered)
        write_whole(folder / f"{numbered}.graphml", [content])


def _show(analysis: Analysis, language: Language, *, reasons: bool) -> None:
    from carveout import tables

    console = tables.terminal(sys.stdout)
    sites: Sequence[object] = analysis.sites
    for index in range(len(sites)):
        tables.show(analysis.site(index), console, language, reasons=reasons)
