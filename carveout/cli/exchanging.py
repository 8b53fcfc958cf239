"""`carveout import` and `carveout export`: files of other programs to observation records, and back."""

from __future__ import annotations

import argparse
import gzip
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from carveout.cli.output import CannotWriteError, UsageError, demand_new, demand_writable, note, say_problems
from carveout.cli.progress import Progress
from carveout.errors import InputError
from carveout.language import Language, Text
from carveout.words import plain
from carveout.writing import file_name, write_together, write_whole

if TYPE_CHECKING:
    from carveout.exchange import Imported, Mapping
    from carveout.workday import SiteHead, Workday

_READ = Text(
    "{name}：{format}として読みました。{site}、{days}日、{rows}行。",
    "{name}: read as {format}. Site {site}, days: {days}, rows: {rows}.",
)
_ASK = Text(
    "分からない業務が{tasks}種類、使っていない列が{columns}あります。"
    "--new-mapping 対応表.json で対応表を作って直せます。",
    "Unknown tasks: {tasks}, columns not used: {columns}. Make a mapping to correct with --new-mapping mapping.json.",
)
_WROTE = Text("{name} を作りました。", "Made {name}.")
_LOST = Text("書き出したファイルに入らないもの: {what}", "not in the file written: {what}")
_SITES = Text(
    "記録は{n}施設あります。--site で一つ選んでください: {sites}",
    "there are {n} sites; choose one with --site: {sites}",
)
_NO_SITE = Text("施設「{site}」の記録はありません。あるもの: {sites}", "there is no site {site}. Sites: {sites}")
_ENDING = Text("{name} の末尾が形式と合いません。{ends} で終わる名前を指定してください。",
               "the name {name} does not fit the format; name a file that ends in {ends}.")  # fmt: skip
_IS_FILE = Text("{name} はファイルです。書き出すフォルダを指定してください。", "{name} is a file; name a folder.")


def run_import(options: argparse.Namespace, language: Language) -> int:
    """Read every file, say what is unknown, and write a record for each site of each; all of them or none."""
    mapping = _mapping(options)
    if options.out.exists() and not options.out.is_dir():
        told = {"name": str(options.out)}
        raise CannotWriteError(_IS_FILE.format(told, told))
    if options.new_mapping is not None:
        demand_new(options.new_mapping)
        demand_writable(options.new_mapping)
    found, mapping = _read_all(options.files, mapping, language)
    failed = [one for _, one in found if not any(day.rows for day in one.days)]
    if failed:
        raise InputError([problem for _, one in found for problem in one.problems])
    contents = _records(found, options.out)
    options.out.mkdir(parents=True, exist_ok=True)
    write_together(contents)
    for name, one in found:
        _say(name, one, language)
    for target in contents:
        _wrote(target, language)
    _ask(found, options.new_mapping, mapping, language)
    return 0


def _mapping(options: argparse.Namespace) -> Mapping:
    """What the options decide, over what a mapping file does."""
    from carveout.exchange import Mapping

    told = Mapping()
    if options.mapping is not None:
        told = Mapping.from_json(_text(options.mapping), str(options.mapping))
    given = {
        "format": options.source,
        "site": options.site,
        "kind": options.kind,
        "date": options.date.isoformat() if options.date else None,
        "origin": options.start,
    }
    return replace(told, **{name: value for name, value in given.items() if value})


def _text(path: Path) -> str:
    from carveout.exchange.mapping import MAX_CHARS

    with path.open(encoding="utf-8", errors="replace") as stream:
        return stream.read(MAX_CHARS + 1)


def _read_all(
    files: Sequence[Path], mapping: Mapping, language: Language
) -> tuple[list[tuple[str, Imported]], Mapping]:
    """Every file read, names and ids decided for one holding for the next; and the mapping as used in the end."""
    from carveout.exchange import DEFAULT_LIMITS, read_file

    found = []
    used, taken = mapping, set[str]()
    with Progress(sys.stderr, language) as progress:
        for number, path in enumerate(files):
            with path.open("rb") as stream:
                data = stream.read(DEFAULT_LIMITS.file_bytes + 1)
            one = read_file(str(path), data, replace(mapping, tasks=used.tasks, staff=used.staff), taken=taken)
            used = one.mapping
            taken |= one.people
            found.append((str(path), one))
            progress(number + 1, len(files), path.name)
    say_problems([problem for _, one in found if one.days for problem in one.problems], language)
    return found, used


def _records(found: Sequence[tuple[str, Imported]], folder: Path) -> dict[Path, bytes]:
    """The documents to write, named after their site and file."""
    from carveout.exchange import write_file

    contents: dict[Path, bytes] = {}
    for name, one in found:
        for head, days in one.sites:
            stem = file_name(head.id, Path(name).name.split(".")[0])
            number = 1
            while (target := folder / f"{stem if number == 1 else f'{stem}-{number}'}.yaml") in contents:
                number += 1
            demand_new(target)
            contents[target] = write_file("yaml", head, days)
    return contents


def _say(name: str, one: Imported, language: Language) -> None:
    """What came of a file, on standard output; what does not fit into the record, beside it."""
    from carveout.exchange import lost

    for head, days in one.sites:
        label = one.format.label if one.format else Text("", "")
        rows = sum(len(day.rows) for day in days)
        told = {"name": name, "site": head.id, "days": len(days), "rows": rows}
        print(plain(_READ.format({**told, "format": label.ja}, {**told, "format": label.en}).in_(language)))
        _say_lost(lost("yaml", head, days), language)


def _say_lost(losses: Sequence[Text], language: Language) -> None:
    if losses:
        said = {"what": "、".join(one.ja for one in losses)}, {"what": "; ".join(one.en for one in losses)}
        note(_LOST.format(*said).in_(language))


def _ask(found: Sequence[tuple[str, Imported]], target: Path | None, used: Mapping, language: Language) -> None:
    """Write the mapping if asked for, unknown names in it under their own; else say how to get one."""
    unknown = {task.name: task.name for _, one in found for task in one.unknown_tasks}
    columns = {column.heading for _, one in found for column in one.unknown_columns}
    if target is not None:
        write_whole(target, [replace(used, tasks={**used.tasks, **unknown}).to_json().encode()])
        _wrote(target, language)
    elif unknown or columns:
        told = {"tasks": len(unknown), "columns": len(columns)}
        note(_ASK.format(told, told).in_(language))


def _wrote(target: Path, language: Language) -> None:
    told = {"name": str(target)}
    note(_WROTE.format(told, told).in_(language))


def run_export(options: argparse.Namespace, language: Language) -> int:
    """Write the days of one site in a format of another program."""
    from carveout import observations
    from carveout.exchange import format_of, lost, write_file
    from carveout.workday import workdays_of

    kind, out = format_of(options.format), options.out
    if not out.name.lower().endswith(kind.suffixes):
        told = {"name": str(out), "ends": " / ".join(kind.suffixes)}
        raise UsageError(_ENDING.format(told, told))
    demand_new(out)
    demand_writable(out)
    with Progress(sys.stderr, language) as progress:
        reading = observations.read(options.paths, progress=progress)
        progress.pause()
        say_problems(reading.problems, language)
        head, days = _chosen(workdays_of(reading.timeline), options.site)
        data = write_file(kind, head, days, language)
    write_whole(out, [gzip.compress(data, mtime=0) if out.name.lower().endswith(".gz") else data])
    _say_lost(lost(kind, head, days), language)
    _wrote(out, language)
    return 0


def _chosen(
    sites: Sequence[tuple[SiteHead, tuple[Workday, ...]]], wanted: str | None
) -> tuple[SiteHead, tuple[Workday, ...]]:
    """The site to write. Raises UsageError where that is not one."""
    known = ", ".join(head.id for head, _ in sites)
    if wanted is None:
        if len(sites) > 1:
            told = {"n": len(sites), "sites": known}
            raise UsageError(_SITES.format(told, told))
        return sites[0]
    for head, days in sites:
        if head.id == wanted:
            return head, days
    told = {"site": wanted, "sites": known}
    raise UsageError(_NO_SITE.format(told, told))
