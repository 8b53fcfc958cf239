"""Files written whole or not at all, and names that are safe as file names."""

from __future__ import annotations

import os
import re
import stat
import tempfile
from collections.abc import Iterable
from pathlib import Path

from carveout.errors import CarveoutError
from carveout.language import Language, Text

RECORDS = (".yaml", ".yml", ".csv", ".xlsx", ".parquet")
_LONGEST = 80


class CannotWriteError(CarveoutError):
    """The place to write to cannot take a file."""

    def __init__(self, wording: Text):
        self.wording = wording
        super().__init__(wording.en)

    def message(self, language: Language) -> str:
        """The reason and the remedy."""
        return self.wording.in_(language)


def demand_writable(target: Path) -> None:
    """Complain before a long analysis, not after it, when `target` cannot be written. Raises CannotWriteError."""
    name = {"name": str(target)}
    if target.is_dir():
        wording = Text("{name} はフォルダです。ファイル名を指定してください。", "{name} is a folder; name a file.")
        raise CannotWriteError(wording.format(name, name))
    folder = _real(target).parent
    if not folder.is_dir():
        wording = Text(
            "{name} のフォルダがありません。先に作ってください。", "the folder of {name} does not exist; make it first."
        )
        raise CannotWriteError(wording.format(name, name))
    if not (_special(target) or os.access(folder, os.W_OK)):
        wording = Text("{name} のフォルダに書き込めません。", "the folder of {name} cannot be written to.")
        raise CannotWriteError(wording.format(name, name))


def demand_no_record(target: Path, inputs: Iterable[Path]) -> None:
    """Complain when writing to `target` would destroy an observation record: an input, or any file of such a kind.

    `analyze --json record.yaml` names the record where the result goes; nobody means to lose a day's work that way.
    Raises CannotWriteError.
    """
    if not target.is_file():
        return
    if target.suffix.lower() in RECORDS or any(_real(path) == _real(target) for path in inputs):
        name = {"name": str(target)}
        wording = Text(
            "{name} は観察記録のようなので、上書きしません。結果には別の名前（result.json など）を指定してください。",
            "{name} looks like an observation record and is not overwritten; name another file, such as result.json.",
        )
        raise CannotWriteError(wording.format(name, name))


def write_whole(target: Path, pieces: Iterable[bytes]) -> None:
    """Write the pieces to `target`, which changes only once everything is on disk; an error leaves it as it was.

    A link is followed, an existing file's permissions are kept. A device or pipe is written directly. Raises OSError.
    """
    if _special(target):
        with target.open("wb") as stream:
            stream.writelines(pieces)
        return
    target = _real(target)
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:40]}.", suffix=".part", dir=target.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.writelines(pieces)
            stream.flush()
            os.fsync(stream.fileno())
        part.chmod(_permissions(target))
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def file_name(*parts: str) -> str:
    """A harmless file name for names that come from a file.

    >>> file_name("care-home-a", "../ユニット 1")
    'care-home-a-_ユニット_1'
    """
    safe = (re.sub(r"[^\w.-]+", "_", part).lstrip(".") for part in parts)
    return "-".join(part or "_" for part in safe)[:_LONGEST]


def _special(target: Path) -> bool:
    """Whether the target is a device, pipe or socket, which can be written but not replaced."""
    return target.exists() and not target.is_file() and not target.is_dir()


def _real(target: Path) -> Path:
    return Path(os.path.realpath(target))


def _permissions(target: Path) -> int:
    if target.exists():
        return stat.S_IMODE(target.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
