"""Files to a timeline: the way in for the command line, the app, and everyone's own programs.

All files are read before anything is said, so that one reading shows every problem there is. Files are taken in the
order of their names, whatever order they were given in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from carveout.errors import InputError, Problem
from carveout.observations.assemble import assemble
from carveout.observations.csv_table import csv_table
from carveout.observations.excel_table import excel_tables
from carveout.observations.limits import DEFAULT_LIMITS, Limits
from carveout.observations.parquet_table import parquet_table
from carveout.observations.parts import Part
from carveout.observations.problems import FileProblems, ProblemLog
from carveout.observations.sources import Source, source_of_bytes, sources_of
from carveout.observations.table import Table
from carveout.observations.table_parts import table_part
from carveout.observations.yaml_document import yaml_parts
from carveout.timeline import Timeline

Progress = Callable[[int, int, str], None]
_BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(frozen=True, slots=True)
class Reading:
    """What the files hold, and the warnings met on the way (errors raise `InputError`)."""

    timeline: Timeline
    problems: tuple[Problem, ...]


def read(paths: Sequence[str | Path], *, progress: Progress | None = None, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """Read observation files and folders of them (YAML, CSV, Excel, Parquet) into one timeline.

    paths: files, or folders that are walked through. progress: called with bytes done, bytes in all, name of the file.
    Raises `InputError` with every problem of every file, warnings included, if any file cannot be used.
    """
    log = ProblemLog(limits)
    return _read(sources_of(paths, limits, log), log, limits, progress)


def read_bytes(name: str, data: bytes, *, progress: Progress | None = None, limits: Limits = DEFAULT_LIMITS) -> Reading:
    r"""Read one uploaded file; its name's ending says what it is. Otherwise as `read`.

    >>> csv = "site,date,unit,staff,start,end,task\na,2026-06-01,u,s1,09:00,09:30,清掃\n"
    >>> read_bytes("day.csv", csv.encode()).timeline.tasks.code
    ('cleaning',)
    """
    return read_uploads({name: data}, progress=progress, limits=limits)


def read_uploads(
    files: Mapping[str, bytes], *, progress: Progress | None = None, limits: Limits = DEFAULT_LIMITS
) -> Reading:
    """Read several uploaded files as one input (a table of rows and one of staff, say). Otherwise as `read`."""
    log = ProblemLog(limits)
    if not files:
        log.file("-").add("no_paths")
    found = [source_of_bytes(name, files[name], limits, log) for name in sorted(files)]
    return _read([source for source in found if source is not None], log, limits, progress)


def _read(sources: Sequence[Source], log: ProblemLog, limits: Limits, progress: Progress | None) -> Reading:
    total = sum(source.size for source in sources)
    done = 0
    parts: list[Part] = []
    for source in sources:
        advance = _advance(progress, done, source, total)
        parts.extend(_parts(source, log, limits, advance))
        done += source.size
        advance(1.0)
    if sources and not log.has_errors and not any(part.rows.n for part in parts):
        log.file(sources[0].name).add("no_rows")
    timeline = assemble(parts, log)  # even beside errors: its warnings belong to the list
    problems = log.listed()
    if log.has_errors:
        raise InputError(problems)
    return Reading(timeline, problems)


def _advance(progress: Progress | None, done: int, source: Source, total: int) -> Callable[[float], None]:
    def advance(share: float) -> None:
        if progress is not None:
            progress(done + int(source.size * min(1.0, share)), total, source.name)

    return advance


def _parts(source: Source, log: ProblemLog, limits: Limits, advance: Callable[[float], None]) -> list[Part]:
    """The parts of one file."""
    problems = log.file(source.name)
    tables: list[Table]
    if source.suffix == ".parquet":
        parquet = parquet_table(source.path if source.path is not None else source.load(), problems, limits, advance)
        tables = [] if parquet is None else [parquet]
    else:
        data = source.load()
        if not data:
            return []
        if source.suffix == ".xlsx":
            tables = excel_tables(data, problems, limits, advance)
        else:
            text = _decoded(data, problems, usual=source.suffix == ".csv")
            if text is None:
                return []
            if source.suffix != ".csv":
                return yaml_parts(text, problems, limits, advance)
            table = csv_table(text, problems, advance)
            tables = [] if table is None else [table]
    parts = [table_part(table, problems, limits) for table in tables]
    return [part for part in parts if part is not None]


def _decoded(data: bytes, problems: FileProblems, usual: bool) -> str | None:
    """Text of a file: by its byte order mark, as UTF-8, else as the Shift_JIS Excel writes under Japanese Windows.

    usual: Shift_JIS is what one expects of such a file and needs no warning.
    """
    encoding = next((name for mark, name in _BYTE_ORDER_MARKS if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        pass
    try:
        text = data.decode("cp932")
    except UnicodeDecodeError:
        problems.add("not_text")
        return None
    if not usual:
        problems.add("read_as_shift_jis")
    return text
