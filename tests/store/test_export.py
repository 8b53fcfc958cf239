"""Everything out in open files, and the same store made again from them, however the files are handed over."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from carveout import bundled
from carveout.observations import read, read_bytes
from carveout.store import Member, Role, Store, StoreError, open_store, restoring
from carveout.workday.days_of_timeline import workdays_of
from carveout.workday.record import SiteHead
from tests.store.build import JC, OTHER, A, add, put, put_head, replayed, row, rows, workday
from tests.store.server import PostgreSQL
from tests.store.test_sites import OVERRIDE

Files = dict[str, bytes]


def live(store: Store) -> str:
    """Let everything happen that can happen to a store; gives the key of its liveliest day."""
    key = store.open_day(workday("2026-06-01", "u1", row("r1", note="備考 \"'\n,;")), JC)
    add(store, key, row("r2", 600), replace(row("open", 700), end=None))
    put(store, key, row("r1", note="備考 \"'\n,;"), row("r1", task="清掃"), OTHER)
    put(store, key, row("r1", note="備考 \"'\n,;"), row("r1", task="入浴介助"))
    put_head(store, key, store.day(key).workday, OTHER, complete=True, observer="jc-09")
    put_head(store, key, workday(), JC, observer="jc-03", staff=())
    store.undo(key, OTHER)
    put(store, key, row("r2", 600), None)
    gone = store.open_day(workday("2026-06-02", "=1+1", row("r1")), JC)
    store.remove_day(gone, JC, "why")
    store.put_site(SiteHead("../../etc/passwd", A.kind), JC)
    store.rename_task(A.id, "tray", "膳", JC)
    store.put_override(OVERRIDE, JC)
    store.withdraw_override(store.put_override(OVERRIDE, JC).id, JC)
    store.put_mapping(A.id, "boris", "{}", JC)
    store.put_draft(A.id, "案", bytes(range(256)), JC)
    store.put_member(Member("o@example.org", "jc-01", Role.OBSERVER, (A.id,)), JC)
    store.put_member(Member("c@example.org", "", Role.ADMIN, None), JC)
    return key


@pytest.fixture
def lived_in(store: Store) -> tuple[Store, str]:
    return store, live(store)


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Files:
    store = open_store(str(tmp_path_factory.mktemp("lived-in") / "store.sqlite3"))
    store.put_site(A, JC)
    live(store)
    files = unpacked(store.export())
    store.close()
    return files


def unpacked(data: bytes) -> Files:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(files: Files) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def signed(files: Files) -> Files:
    """The files with a manifest that fits them: what somebody would make who means harm."""
    manifest = json.loads(files["manifest.json"])
    for name in manifest["files"]:
        manifest["files"][name]["sha256"] = hashlib.sha256(files[name]).hexdigest()
    return files | {"manifest.json": json.dumps(manifest).encode()}


def told(files: Files) -> Files:
    """What an export says, but for the moment it was made."""
    return {name: content for name, content in files.items() if name != "manifest.json"}


def test_restoring_gives_the_same_store(
    lived_in: tuple[Store, str], tmp_path: Path, opened: Callable[[str], Store], postgresql: PostgreSQL
) -> None:
    store, key = lived_in
    data = store.export()
    (tmp_path / "export.zip").write_bytes(data)
    store.export_to(tmp_path / "folder")
    given = (data, tmp_path / "export.zip", tmp_path / "folder")
    urls = [str(tmp_path / "1.sqlite3"), str(tmp_path / "2.sqlite3"), postgresql.new_database()]
    for export, url in zip(given, urls, strict=True):
        again = opened(url)
        again.restore(export)
        assert again.id == store.id
        assert told(unpacked(again.export())) == told(unpacked(data))
        assert again.sites() == store.sites()
        assert again.day(key) == store.day(key)
        assert again.clashes(key) == store.clashes(key)
        assert len(again.clashes(key)) == 2
        assert again.history(key) == store.history(key)
        assert again.drafts(A.id)[0].data == bytes(range(256))
        # Life goes on: numbers of the record, undo and clashes go on from where they were.
        assert add(again, key, row("new", 800)).done
        assert again.undo(key, JC).done
        assert again.undo(key, JC).done
        assert "r2" in {one.id for one in rows(again, key)}
        again.resolve(again.clashes(key)[0], "both", JC)
        replayed(again, key)


def test_a_store_with_content_is_not_restored_into(lived_in: tuple[Store, str]) -> None:
    store, key = lived_in
    before = store.day(key)
    with pytest.raises(StoreError) as refused:
        store.restore(store.export())
    assert refused.value.code == "not_empty"
    assert store.day(key) == before


def test_documents_of_an_export_are_read_as_what_was_observed(store: Store) -> None:
    for path in bundled.paths():
        for head, days in workdays_of(read([path]).timeline):
            store.import_days(head, days, JC)
    files = unpacked(store.export())
    names = [name for name in files if name.startswith("sites/")]
    assert len(names) == len(bundled.paths())
    for name, path in zip(sorted(names), sorted(bundled.paths()), strict=True):
        again, first = read_bytes(name, files[name]).timeline, read([path]).timeline
        assert again.sites.id == first.sites.id
        assert again.start.tolist() == first.start.tolist()
        assert again.tasks.code == first.tasks.code
        assert again.task.tolist() == first.task.tolist()


def test_names_of_files_are_harmless(lived_in: tuple[Store, str], tmp_path: Path) -> None:
    store, _ = lived_in
    hostile = replace(workday("2026-06-01", "u1", row("r1")), site="../../etc/passwd")
    store.open_day(hostile, JC)
    folder = tmp_path / "deep" / "folder"
    store.export_to(folder)
    written = {path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()}
    assert all(path.is_relative_to("deep/folder") or path.name.startswith("store.sqlite3") for path in written)
    assert len([path for path in written if path.parent.name == "sites"]) == 2
    with pytest.raises(StoreError) as refused:
        store.export_to(folder)
    assert refused.value.code == "export_place"


def test_an_empty_store_goes_out_and_in(tmp_path: Path, opened: Callable[[str], Store]) -> None:
    one, two = opened(str(tmp_path / "1.sqlite3")), opened(str(tmp_path / "2.sqlite3"))
    two.restore(one.export())
    assert two.id == one.id
    assert two.sites() == ()


def changed_line(table: str, number: int = 0, **values: object) -> Callable[[Files], Files]:
    def change(files: Files) -> Files:
        name = f"data/{table}.jsonl"
        lines = files[name].decode().splitlines()
        lines[number] = json.dumps(json.loads(lines[number]) | values)
        return signed(files | {name: ("\n".join(lines) + "\n").encode()})

    return change


def replaced(name: str, content: bytes) -> Callable[[Files], Files]:
    return lambda files: signed(files | {name: content})


HOSTILE: dict[str, Callable[[Files], Files]] = {
    "a file was changed": lambda files: files | {"data/day_row.jsonl": files["data/day_row.jsonl"] + b"\n"},
    "a file is missing": lambda files: {name: files[name] for name in files if name != "data/change.jsonl"},
    "no manifest": lambda files: {name: files[name] for name in files if name != "manifest.json"},
    "another format": lambda files: files | {"manifest.json": b'{"format": "carveout-job/1"}'},
    "no manifest of files": lambda files: files | {"manifest.json": b"[]"},
    "deep nesting": lambda files: files | {"manifest.json": b"[" * 100_000},
    "not text": replaced("data/day_row.jsonl", b"\xff\xfe\n"),
    "not JSON": replaced("data/day_row.jsonl", b"{\n"),
    "deep nesting in a line": replaced("data/day_row.jsonl", b"[" * 100_000 + b"\n"),
    "a list": replaced("data/day_row.jsonl", b"[]\n"),
    "a huge number": changed_line("day_row", version=10**30),
    "a number as text": changed_line("day_row", start="540"),
    "not a number": changed_line("day_row", position=float("nan")),
    "ends before it starts": changed_line("day_row", start=600, end=500),
    "control character": changed_line("day_row", note="\x00"),
    "half a character": changed_line("day_row", note="\ud800"),
    "half a character in the record": changed_line("change", body={"x": "\ud800"}),
    "a row of no day": changed_line("day_row", day="nothing"),
    "another trigger": changed_line("day_row", trigger="x"),
    "another column": changed_line("day_row", more=1),
    "a row twice": lambda files: signed(files | {"data/day_row.jsonl": files["data/day_row.jsonl"] * 2}),
    "a date that is none": changed_line("day", date="2026-02-30"),
    "another kind of change": changed_line("change", kind="drop"),
    "a change of nothing": changed_line("change", body={"changes": [{"before": None, "after": None}]}),
    "a fact of another field": changed_line("change", body={"facts": [{"name": "key", "before": "", "after": ""}]}),
    "a fact of another type": changed_line("change", body={"facts": [{"name": "date", "before": "", "after": True}]}),
    "a clash of nothing": changed_line("clash", body={}),
    "a role that is none": changed_line("member", role="god"),
    "not base64": changed_line("draft", data="%%%"),
    "an override of another site": changed_line("verdict_override", site="../../etc/passwd"),
    "nothing where something belongs": changed_line("site", kind=None),
}


@pytest.mark.parametrize("harm", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_damaged_or_hostile_export_changes_nothing(
    exported: Files, tmp_path: Path, opened: Callable[[str], Store], harm: Callable[[Files], Files]
) -> None:
    data = packed(harm(exported))
    empty = opened(str(tmp_path / "empty.sqlite3"))
    name = empty.id
    with pytest.raises(StoreError) as refused:
        empty.restore(data)
    assert refused.value.code == "not_an_export"
    assert refused.value.cause.ja
    assert empty.sites() == ()
    assert empty.id == name
    empty.restore(packed(exported))


def test_an_export_of_a_newer_program_is_refused_kindly(
    lived_in: tuple[Store, str], tmp_path: Path, opened: Callable[[str], Store]
) -> None:
    files = unpacked(lived_in[0].export())
    manifest = json.loads(files["manifest.json"]) | {"schema": "9999"}
    with pytest.raises(StoreError) as refused:
        opened(str(tmp_path / "empty.sqlite3")).restore(
            packed(files | {"manifest.json": json.dumps(manifest).encode()})
        )
    assert refused.value.code == "newer"


def test_a_bomb_stays_small(
    exported: Files, tmp_path: Path, opened: Callable[[str], Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(restoring, "TOTAL_BYTES", 1 << 20)
    bomb = packed(signed(exported | {"data/day_row.jsonl": b" " * (64 << 20)}))
    assert len(bomb) < 1 << 20
    with pytest.raises(StoreError) as refused:
        opened(str(tmp_path / "empty.sqlite3")).restore(bomb)
    assert refused.value.code == "not_an_export"
    assert "1 MB" in refused.value.message("en")


def test_what_is_no_archive_is_said_so(tmp_path: Path, opened: Callable[[str], Store]) -> None:
    empty = opened(str(tmp_path / "empty.sqlite3"))
    (tmp_path / "text.zip").write_text("hello")
    (tmp_path / "nothing").mkdir()
    whole = empty.export()
    for bad in (b"", b"hello", whole[:-30], tmp_path / "text.zip", tmp_path / "nothing", tmp_path / "not there"):
        with pytest.raises(StoreError) as refused:
            empty.restore(bad)
        assert refused.value.code == "not_an_export"
    damaged = bytearray(whole)
    for place in range(200, len(damaged) // 2, 7):
        damaged[place] ^= 0xFF
    with pytest.raises(StoreError):
        empty.restore(bytes(damaged))


def test_a_folder_with_links_is_not_followed(tmp_path: Path, opened: Callable[[str], Store]) -> None:
    one, two = opened(str(tmp_path / "1.sqlite3")), opened(str(tmp_path / "2.sqlite3"))
    one.export_to(tmp_path / "out")
    secret = tmp_path / "secret"
    secret.write_bytes((tmp_path / "out" / "data" / "site.jsonl").read_bytes())
    (tmp_path / "out" / "data" / "site.jsonl").unlink()
    (tmp_path / "out" / "data" / "site.jsonl").symlink_to(secret)
    with pytest.raises(StoreError) as refused:
        two.restore(tmp_path / "out")
    assert refused.value.code == "not_an_export"


def test_a_name_that_stands_twice_is_refused(tmp_path: Path, opened: Callable[[str], Store]) -> None:
    empty = opened(str(tmp_path / "empty.sqlite3"))
    out = io.BytesIO(empty.export())
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(out, "a") as archive:
        archive.writestr("data/site.jsonl", b"")
    with pytest.raises(StoreError) as refused:
        empty.restore(out.getvalue())
    assert refused.value.code == "not_an_export"


def test_a_row_reads_as_json(exported: Files) -> None:
    lines = [json.loads(line) for line in exported["data/day_row.jsonl"].splitlines()]
    assert {"id", "start", "end", "task", "staff"} <= lines[0].keys()
    assert all(isinstance(line["staff"], list) for line in lines if line["staff"])
