"""`carveout propose`: which jobs, checked against what was asked, then all files or none."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from carveout.cli.areas import demand_area
from carveout.cli.manual import FORMATS
from carveout.cli.output import CannotWriteError, UsageError, demand_new, demand_writable, note, say_problems
from carveout.cli.overriding import overrides_of
from carveout.cli.progress import Progress
from carveout.cli.reading import named_or_bundled, rows_of
from carveout.language import Language, Text
from carveout.words import plain
from carveout.writing import write_whole

if TYPE_CHECKING:
    from carveout.jobs import Draft
    from carveout.model import Job, SiteResult
    from carveout.proposal import Format, Proposal, Waiting

_NO_OUT = Text(
    "書き出すフォルダを --out 提案書/ のように指定してください。", "name the folder to write to, as in --out proposals/"
)
_UNKNOWN = Text(
    "「{job}」という仕事はありません。選べる番号: {known}", "there is no job {job}. Jobs to choose from: {known}"
)
_NO_JOBS = Text(
    "「{job}」という仕事はありません。この記録からは、まだ仕事の案ができていません。",
    "there is no job {job}: no job can be made from these days yet.",
)
_NO_JOBS_THEN = Text(
    "「{job}」という仕事はありません。{day} に有効な規則では、仕事の案ができません。--date を見直してください。",
    "there is no job {job}: under the rules in force on {day} no job can be made from these days. Check --date.",
)
_NO_HOURS = Text(
    "{name} の仕事には、まだ曜日と時間がありません。画面の「仕事を整える」で時間を加えてください。",
    "the job in {name} has no hours yet. Add some on the page Shape a job.",
)
_NO_SITE = Text(
    "{name} の仕事は施設「{site}」のものですが、その観察記録が指定されていません。",
    "{name} shapes a job of the site {site}, whose observed days were not given.",
)
_NONE_YET = Text(
    "{site}：提案できる仕事は、まだありません。わけと次に観察することを書いた紙は --out フォルダ で作れます。",
    "{site}: no job can be offered yet. With --out DIR, a sheet says why and what to observe next.",
)
_NONE_WRITTEN = Text("{site}：提案できる仕事は、まだありません。", "{site}: no job can be offered yet.")
_CHOOSE = Text(
    "提案書を作るには: carveout propose … --job {job} --out 提案書/",
    "To write one: carveout propose ... --job {job} --out proposals/",
)
_NO_PDF = Text(
    "PDF は、この機械に Pango がないので作りません（Word と HTML は作ります）。",
    "no PDF: Pango is missing on this machine (Word and HTML are made).",
)
_WROTE = Text("{name} を作りました。", "Made {name}.")
_BROKEN = Text(
    "{job}：守れていない限度が{n}件あります。提案書にも書いてあります。",
    "{job}: limits not kept: {n}. The proposal says so too.",
)
_TEMPLATE_MADE = Text(
    "{name} を作りました。Word で書き直し、「carveout propose … --template {name}」で使えます。",
    "Made {name}. Edit it in Word, then use it with: carveout propose ... --template {name}",
)
_TEMPLATE_NAME = Text("ひな形の名前は .docx で終わるようにしてください。", "the name of a template must end in .docx")


def run(options: argparse.Namespace, language: Language) -> int:
    """Write what was asked for and give the exit code; what cannot be done is raised before anything is written."""
    if options.new_template is not None:
        return _new_template(options.new_template, language)
    template, formats = _checked(options, language)
    results = _read(options, language)
    sheets: list[Proposal | Waiting] = list(_sheets(options, results, language))
    if not sheets:
        return 0
    from carveout.proposal import write_all

    with Progress(sys.stderr, language):
        written = write_all(sheets, language, options.out, formats, template)
    for path in written:
        name = {"name": str(path)}
        note(_WROTE.format(name, name).in_(language))
    return 0


def _new_template(out: Path, language: Language) -> int:
    from carveout.proposal import word

    if out.suffix.lower() != ".docx":
        raise UsageError(_TEMPLATE_NAME)
    demand_new(out)
    demand_writable(out)
    write_whole(out, [word.template(language)])
    name = {"name": str(out)}
    note(_TEMPLATE_MADE.format(name, name).in_(language))
    return 0


def _checked(options: argparse.Namespace, language: Language) -> tuple[bytes | None, tuple[Format, ...]]:
    """Whatever can be wrong before the days are read: folder, template, kinds of files."""
    from carveout.proposal import Format

    if (options.job or options.draft) and options.out is None:
        raise UsageError(_NO_OUT)
    demand_area(options.area)
    if options.out is not None:
        _demand_folder(options.out)
    formats = tuple(Format(kind) for kind in options.formats or FORMATS)
    if options.out is not None and Format.PDF in formats:
        from carveout.proposal import pdf

        if not pdf.available():
            if options.formats:
                raise pdf.PdfError
            note(_NO_PDF.in_(language))
            formats = tuple(kind for kind in formats if kind is not Format.PDF)
    template = None
    if options.template is not None:
        from carveout.proposal import word_template

        data = _bytes(options.template, word_template.MAX_BYTES + 1)
        template = word_template.checked(data, str(options.template))
    return template, formats


def _demand_folder(folder: Path) -> None:
    """Complain where no folder can be. Raises CannotWriteError."""
    name = {"name": str(folder)}
    if folder.exists() and not folder.is_dir():
        wording = Text(
            "{name} はファイルです。書き出すフォルダを指定してください。",
            "{name} is a file; name a folder to write to.",
        )
        raise CannotWriteError(wording.format(name, name))
    there = next(above for above in (folder, *folder.absolute().parents) if above.is_dir())
    if not os.access(there, os.W_OK):
        wording = Text("{name} に書き込めません。", "{name} cannot be written to.")
        raise CannotWriteError(wording.format(name, name))


def _bytes(path: Path, most: int) -> bytes:
    with path.open("rb") as stream:
        return stream.read(most)


def _read(options: argparse.Namespace, language: Language) -> list[SiteResult]:
    from carveout.analysis import analyze

    overrides = overrides_of(options.overrides)
    paths = named_or_bundled(options.paths, language)
    with Progress(sys.stderr, language) as progress:
        timeline = rows_of(paths, progress, language)
        analysis = analyze(timeline, overrides, on=options.date, area=options.area or "", progress=progress)
        if analysis.notes:
            progress.pause()
            say_problems(analysis.notes, language)
        return [analysis.site(index) for index in range(len(analysis.sites))]


def _sheets(
    options: argparse.Namespace, results: Sequence[SiteResult], language: Language
) -> Iterator[Proposal | Waiting]:
    from carveout.proposal import propose, waiting

    if options.draft is None and not options.job:
        _list(results, language, out=options.out)
        if options.out is not None:
            yield from (waiting(result, on=options.date) for result in results if not result.jobs)
        return
    for result, job, draft in _jobs(options, results):
        if job.broken:
            told = {"job": job.id, "n": len(job.broken)}
            note(_BROKEN.format(told, told).in_(language))
        yield propose(result, job, draft, on=options.date)


def _jobs(options: argparse.Namespace, results: Sequence[SiteResult]) -> Iterator[tuple[SiteResult, Job, Draft | None]]:
    """The jobs asked for, each once."""
    known = {job.id: (result, job) for result in results for job in result.jobs}
    for wanted in dict.fromkeys(options.job):
        if wanted not in known:
            ja, en = ({"job": wanted, "known": sep.join(known), "day": options.date} for sep in ("、", ", "))
            none = _NO_JOBS_THEN if options.date else _NO_JOBS
            raise UsageError((_UNKNOWN if known else none).format(ja, en))
        yield (*known[wanted], None)
    if options.draft is not None:
        yield _shaped(options, results)


def _shaped(options: argparse.Namespace, results: Sequence[SiteResult]) -> tuple[SiteResult, Job, Draft]:
    from carveout.jobs import read_draft, shape
    from carveout.jobs.draft_file import MAX_BYTES

    draft = read_draft(_bytes(options.draft, MAX_BYTES + 1), str(options.draft))
    draft = replace(draft, area=options.area or draft.area, on=options.date.isoformat() if options.date else draft.on)
    result = next((one for one in results if one.site == draft.site), None)
    told = {"name": str(options.draft), "site": draft.site}
    if result is None:
        raise UsageError(_NO_SITE.format(told, told))
    if not draft.slots:
        raise UsageError(_NO_HOURS.format(told, told))
    return result, shape(result, draft), draft


def _list(results: Sequence[SiteResult], language: Language, *, out: Path | None) -> None:
    """The jobs to choose from, on standard output."""
    first = ""
    for result in results:
        for job in result.jobs:
            first = first or job.id
            print(f"{plain(job.id)}  {plain(job.title.in_(language))}")
        if not result.jobs:
            told = {"site": plain(result.name or result.site)}
            print((_NONE_YET if out is None else _NONE_WRITTEN).format(told, told).in_(language))
    if first:
        note(_CHOOSE.format({"job": first}, {"job": first}).in_(language))
