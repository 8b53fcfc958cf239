"""A store made again from an export: the same lines in the same tables, or nothing at all.

An export may have been through many hands. Only files of known names are read, from a zip without unpacking it onto the
disk, each up to a bound; checksums must agree, and every line is checked as if it had been typed.
"""

from __future__ import annotations

import hashlib
import io
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, func, insert, select, text, update
from sqlalchemy.exc import DataError, IntegrityError

from carveout.language import Text
from carveout.store import checking, tables
from carveout.store.codec import loaded
from carveout.store.errors import StoreError
from carveout.store.exporting import FORMAT, MANIFEST
from carveout.store.lines import TABLES, line_of
from carveout.store.versions import VERSIONS

# Bytes of everything that is read, unpacked: some millions of rows with their whole history.
TOTAL_BYTES = 1 << 30
_MANIFEST_BYTES = 1 << 20
_BATCH = 500


class Source(Protocol):
    """Where an export is read from."""

    def read(self, name: str, limit: int) -> bytes:
        """The content of a file, at most one byte more than the limit. Raises KeyError, OSError or an error of zip."""


class _Zip:
    def __init__(self, data: bytes):
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        names = self._archive.namelist()
        if len(set(names)) < len(names):
            raise zipfile.BadZipFile("a name stands twice")

    def read(self, name: str, limit: int) -> bytes:
        with self._archive.open(name) as stream:
            return stream.read(limit + 1)


class _Folder:
    def __init__(self, folder: Path):
        self._folder = folder

    def read(self, name: str, limit: int) -> bytes:
        path = self._folder / name
        # A link or a device could lead anywhere.
        if not stat.S_ISREG(path.lstat().st_mode) or path.parent.is_symlink():
            raise KeyError(name)
        with path.open("rb") as stream:
            return stream.read(limit + 1)


def source(given: bytes | Path) -> Source:
    """An export given as a zip's bytes, a zip file or a folder. Raises StoreError."""
    try:
        if isinstance(given, Path):
            if given.is_dir():
                return _Folder(given)
            if given.stat().st_size > TOTAL_BYTES:
                raise _too_large()
            given = given.read_bytes()
        return _Zip(given)
    except OSError as error:
        raise StoreError("not_an_export", reason=error.strerror or type(error).__name__) from error
    except (zipfile.BadZipFile, ValueError) as error:
        raise StoreError("not_an_export", reason=error) from error


def contents(given: Source) -> tuple[str, Mapping[str, bytes]]:
    """The store's name and its tables' files, checksums compared. Raises StoreError."""
    manifest = _manifest(given)
    found: dict[str, bytes] = {}
    left = TOTAL_BYTES
    for table in TABLES:
        name = f"data/{table.name}.jsonl"
        if table is tables.paper and manifest.schema < "0003":
            found[table.name] = b""  # an export from before there were papers
            continue
        content = _read(given, name, left)
        left -= len(content)
        listed = manifest.files.get(name)
        if listed != hashlib.sha256(content).hexdigest():
            raise StoreError("not_an_export", reason=Text(f"{name} が書き換わっています", f"{name} was changed"))
        found[table.name] = content
    return manifest.store, found


def fill(connection: Connection, store: str, found: Mapping[str, bytes]) -> None:
    """Put the lines of an export into an empty store. Raises StoreError."""
    _refuse_full(connection)
    try:
        for table in TABLES:
            batch = []
            for line in _lines(table.name, found[table.name]):
                batch.append(line)
                if len(batch) == _BATCH:
                    connection.execute(insert(table), batch)
                    batch = []
            if batch:
                connection.execute(insert(table), batch)
    except (IntegrityError, DataError, OverflowError, UnicodeError) as error:
        raise StoreError("not_an_export", reason=table.name) from error
    connection.execute(update(tables.meta).where(tables.meta.c.name == "id").values(value=store))
    if connection.dialect.name == "postgresql":
        connection.execute(
            text("SELECT setval(pg_get_serial_sequence('change', 'seq'), (SELECT coalesce(max(seq), 1) FROM change))")
        )


def _refuse_full(connection: Connection) -> None:
    for table in TABLES:
        if connection.execute(select(func.count()).select_from(table)).scalar():
            raise StoreError("not_empty")


def _lines(name: str, content: bytes) -> Iterator[dict[str, object]]:
    table = next(table for table in TABLES if table.name == name)
    for number, line in enumerate(content.split(b"\n")[:-1], 1):
        try:
            yield line_of(table, line.decode())
        except StoreError as error:
            place = Text(f"{name} {number}行目: {error.cause.ja}", f"{name} line {number}: {error.cause.en}")
            raise StoreError("not_an_export", reason=place) from error
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            place = Text(f"{name} {number}行目", f"{name} line {number}")
            raise StoreError("not_an_export", reason=place) from error


@dataclass(frozen=True, slots=True)
class _Manifest:
    store: str
    schema: str
    files: Mapping[str, str]


def _manifest(given: Source) -> _Manifest:
    try:
        found = loaded(_read(given, MANIFEST, _MANIFEST_BYTES).decode())
        if found["format"] != FORMAT:
            raise StoreError("not_an_export", reason=f"format: {found['format']}")
        version, store, files = found["schema"], found["store"], found["files"]
        if version not in VERSIONS:
            raise StoreError("newer", found=version)
        if not isinstance(store, str) or not isinstance(files, dict):
            raise TypeError(MANIFEST)
        checking.line(store, checking.KEY)
        return _Manifest(store, version, {name: str(entry["sha256"]) for name, entry in files.items()})
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise StoreError("not_an_export", reason=MANIFEST) from error


def _read(given: Source, name: str, limit: int) -> bytes:
    try:
        content = given.read(name, limit)
    except (KeyError, FileNotFoundError) as error:
        missing = Text(f"{name} がありません", f"{name} is missing")
        raise StoreError("not_an_export", reason=missing) from error
    except OSError as error:
        raise StoreError("not_an_export", reason=error.strerror or type(error).__name__) from error
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise StoreError("not_an_export", reason=error) from error
    if len(content) > limit:
        raise _too_large()
    return content


def _too_large() -> StoreError:
    size = f"{TOTAL_BYTES >> 20} MB"
    return StoreError("not_an_export", reason=Text(f"大きすぎます。上限 {size}", f"too large, limit {size}"))
