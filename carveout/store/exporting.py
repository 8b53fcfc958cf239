"""Everything a store holds, in open files: YAML documents to read, JSON lines from which the same store can be made.

README.txt           what is what, in Japanese and English
manifest.json        format, version, and the checksum of every file
sites/NAME.yaml      each site's finished rows as an observation document
data/TABLE.jsonl     every line of every table, the record of all changes among them
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from sqlalchemy import Connection, select

import carveout
from carveout.observations import write_yaml
from carveout.store import days, sites, tables
from carveout.store.errors import StoreError
from carveout.store.lines import TABLES, line_text
from carveout.store.versions import PRESENT
from carveout.workday.columns import timeline_of
from carveout.writing import file_name

FORMAT = "carveout-store/1"
MANIFEST = "manifest.json"
_README = """\
観察記録の保存先をすべて書き出したものです。
  sites/   施設ごとの観察記録（YAML）。読むため、ほかで使うためのものです
  data/    すべての表を1行ずつ書いたもの（JSON Lines）。復元はここから行います。直さないでください
復元するには、空の保存先を開いて「復元」を選び、このファイルを指定します。

This is everything a store of observation records held.
  sites/   each site's records (YAML), to read and to use elsewhere
  data/    every line of every table (JSON Lines); a restore reads these, so leave them as they are
To restore, open an empty store, choose "Restore" and give this file.
"""


def files(connection: Connection) -> Iterator[tuple[str, bytes]]:
    """Names and contents of an export, the manifest last."""
    listed: dict[str, dict[str, object]] = {}
    for name, content in _contents(connection):
        listed[name] = {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
        yield name, content
    store: str = connection.execute(select(tables.meta.c.value).where(tables.meta.c.name == "id")).scalar_one()
    manifest = {
        "format": FORMAT, "schema": PRESENT, "store": store, "made": days.moment(),
        "program": carveout.__version__, "files": listed,
    }  # fmt: skip
    yield MANIFEST, (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode()


def zipped(contents: Iterable[tuple[str, bytes]]) -> bytes:
    """The files as one zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents:
            archive.writestr(name, content)
    return out.getvalue()


def into_folder(contents: Iterable[tuple[str, bytes]], folder: Path) -> None:
    """The files in a folder, which is made, or is empty. Raises StoreError."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise StoreError("export_place", reason=f"{folder.name}: not empty")
        for name, content in contents:
            target = folder / name
            target.parent.mkdir(mode=0o700, exist_ok=True)
            target.touch(mode=0o600)
            target.write_bytes(content)
    except OSError as error:
        raise StoreError("export_place", reason=error.strerror or type(error).__name__) from error


def _contents(connection: Connection) -> Iterator[tuple[str, bytes]]:
    yield "README.txt", _README.encode()
    yield from _documents(connection)
    for table in TABLES:
        lines = connection.execute(select(table).order_by(*table.primary_key.columns)).mappings()
        yield f"data/{table.name}.jsonl", "".join(line_text(table, line) + "\n" for line in lines).encode()


def _documents(connection: Connection) -> Iterator[tuple[str, bytes]]:
    """Each site with a finished row as an observation document, numbered since names may look alike as files."""
    for number, info in enumerate(sites.infos(connection), 1):
        head = sites.head_of(sites.line_of(connection, info.id))
        keys = [day.key for day in days.infos(connection, info.id, removed=False)]
        observed = [days.stored(connection, days.head_of(connection, key)).workday for key in keys]
        timeline = timeline_of(head, observed).timeline
        if timeline.sites.id:
            yield f"sites/{file_name(f'{number:03d}', info.id)}.yaml", write_yaml(timeline, 0).encode()
