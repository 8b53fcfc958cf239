"""From paths to files worth reading: folders walked, kinds known, sizes bounded, everything else refused in words."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from carveout.observations.limits import MEGABYTE, Limits
from carveout.observations.problems import ProblemLog

SUFFIXES = (".yaml", ".yml", ".csv", ".xlsx", ".parquet")
_OLD_EXCEL_SUFFIXES = (".xls",)


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read: its name as the user gave it, its kind (a suffix), its size in bytes, and its content."""

    name: str
    suffix: str
    size: int
    path: str | None
    load: Callable[[], bytes]


def sources_of(paths: Sequence[str | Path], limits: Limits, log: ProblemLog) -> list[Source]:
    """The files of paths and folders, each once, in the order of their names; what is no file is a problem."""
    if not paths:
        log.file("-").add("no_paths")
    files: list[str] = []
    for given in paths:
        path = os.fspath(given)
        try:
            if Path(path).is_dir():
                found = _walk(path, limits.files)
                if not found:
                    log.file(path).add("empty_folder")
                files.extend(found)
            else:
                files.append(path)
        except (OSError, ValueError) as error:
            log.file(path).add("unreadable_file", reason=_reason(error))
    if len(files) > limits.files:
        log.file(files[0]).add("too_many_files", limit=limits.files)
        return []
    once = {_identity(path): path for path in sorted(set(files), reverse=True)}
    found_sources = (source_of(path, limits, log) for path in sorted(once.values()))
    return [source for source in found_sources if source is not None]


def _walk(folder: str, limit: int) -> list[str]:
    """Usable files under a folder; hidden ones and those Excel leaves beside an open book are passed over."""
    found: list[str] = []
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        usable = (name for name in files if name.lower().endswith(SUFFIXES) and not name.startswith((".", "~$")))
        found.extend(str(Path(root, name)) for name in usable)
        if len(found) > limit:
            break
    return found


def _identity(path: str) -> str:
    try:
        return str(Path(path).resolve())
    except (OSError, ValueError, RuntimeError):
        return path


def source_of(path: str, limits: Limits, log: ProblemLog) -> Source | None:
    """One file, None if it cannot be one (the log says why)."""
    problems = log.file(path)
    try:
        status = Path(path).stat()
    except FileNotFoundError:
        problems.add("missing_file")
        return None
    except (OSError, ValueError) as error:
        problems.add("unreadable_file", reason=_reason(error))
        return None
    if not stat.S_ISREG(status.st_mode):  # a pipe would make the reader wait for ever
        problems.add("not_a_file")
        return None
    suffix = _known_suffix(path, log)
    limit = limit_of(suffix, limits)
    if suffix is None or not _fits(path, status.st_size, limit, log):
        return None
    return Source(path, suffix, status.st_size, path, lambda: _content(path, limit, log))


def source_of_bytes(name: str, data: bytes, limits: Limits, log: ProblemLog) -> Source | None:
    """An uploaded file, None if it cannot be read (the log says why)."""
    suffix = _known_suffix(name, log)
    if suffix is None or not _fits(name, len(data), limit_of(suffix, limits), log):
        return None
    return Source(name, suffix, len(data), None, lambda: data)


def limit_of(suffix: str | None, limits: Limits) -> int:
    """The most bytes a file of a kind may have."""
    return {".csv": limits.csv_bytes, ".xlsx": limits.xlsx_bytes, ".parquet": limits.parquet_bytes}.get(
        suffix or "", limits.yaml_bytes
    )


def _known_suffix(name: str, log: ProblemLog) -> str | None:
    suffix = Path(name).suffix.lower()
    if suffix in SUFFIXES:
        return suffix
    if suffix in _OLD_EXCEL_SUFFIXES:
        log.file(name).add("old_excel")
    else:
        log.file(name).add("unknown_extension", extension=suffix or "—")
    return None


def _fits(name: str, size: int, limit: int, log: ProblemLog) -> bool:
    if size == 0:
        log.file(name).add("empty_file")
    elif size > limit:
        log.file(name).add("too_large", limit=f"{limit // MEGABYTE} MB")
    else:
        return True
    return False


def _content(path: str, limit: int, log: ProblemLog) -> bytes:
    """A file's bytes; nothing (and a problem) if it cannot be read or has grown past the limit meanwhile."""
    try:
        with Path(path).open("rb") as stream:
            data = stream.read(limit + 1)
    except OSError as error:
        log.file(path).add("unreadable_file", reason=_reason(error))
        return b""
    return data if _fits(path, len(data), limit, log) else b""


def _reason(error: Exception) -> str:
    return error.strerror or type(error).__name__ if isinstance(error, OSError) else str(error)
