"""Files written whole or not at all, safe names for files, and cells that no spreadsheet takes for a formula."""

from __future__ import annotations

import os
import re
import stat
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

_LONGEST = 80
# With these (or their full-width forms) a spreadsheet may take a text for a formula, also after a detour by CSV.
_FORMULA = re.compile(r"'*[ \u3000]*[=+\-@\t\r\n＝＋－＠]")


def guarded(text: str) -> str:
    """A text for a cell, with an apostrophe before what might be run.

    >>> guarded("=1+1"), guarded("'=1+1"), guarded("清掃")
    ("'=1+1", "''=1+1", '清掃')
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """A cell's text as it was before `guarded`.

    >>> unguarded("'=1+1"), unguarded("'quoted'")
    ('=1+1', "'quoted'")
    """
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def write_whole(target: Path, pieces: Iterable[bytes]) -> None:
    """Write the pieces to `target`, which changes only once everything is on disk; an error leaves it as it was.

    A link is followed, an existing file's permissions are kept. A device or pipe is written directly. Raises OSError.
    """
    if special(target):
        with target.open("wb") as stream:
            stream.writelines(pieces)
        return
    part = _beside(real(target), pieces)
    try:
        part.replace(real(target))
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def write_together(contents: Mapping[Path, bytes]) -> None:
    """Write several files; none changes before all are on disk. Raises OSError."""
    parts: dict[Path, Path] = {}
    try:
        for target, content in contents.items():
            parts[real(target)] = _beside(real(target), [content])
        for target, part in parts.items():
            part.replace(target)
    except BaseException:
        for part in parts.values():
            part.unlink(missing_ok=True)
        raise


def file_name(*parts: str) -> str:
    """A harmless file name for names that come from a file.

    >>> file_name("care-home-a", "../ユニット 1")
    'care-home-a-_ユニット_1'
    """
    safe = (re.sub(r"[^\w.-]+", "_", part).lstrip(".") for part in parts)
    return "-".join(part or "_" for part in safe)[:_LONGEST]


def special(target: Path) -> bool:
    """Whether the target is a device, pipe or socket, which can be written but not replaced."""
    return target.exists() and not target.is_file() and not target.is_dir()


def real(target: Path) -> Path:
    """Where a path leads, links followed."""
    return Path(os.path.realpath(target))


def _beside(target: Path, pieces: Iterable[bytes]) -> Path:
    """The pieces on disk in a file beside the target, with the permissions the target has or would have."""
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:40]}.", suffix=".part", dir=target.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.writelines(pieces)
            stream.flush()
            os.fsync(stream.fileno())
        part.chmod(_permissions(target))
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return part


def _permissions(target: Path) -> int:
    if target.exists():
        return stat.S_IMODE(target.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
