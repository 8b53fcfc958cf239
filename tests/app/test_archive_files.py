"""Files into the store and out of it: what is unknown is asked and remembered, what would be lost is said."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
import streamlit as st

from carveout.exchange import Mapping, formats, read_file
from carveout.exchange.people_words import hidden
from carveout.model import Kind
from carveout.store import Store, open_store
from carveout.workday import SiteHead, Workday
from tests.app.opened import JC, at_site, day, filled, labels, opened, said, store_of, word

LOG = (
    "日付,開始,終了,業務内容,担当,メモ\n"
    "2026-06-01,9:00,9:30,配膳,s1,東\n"
    "2026-06-01,9:30,9:45,だんごむし探し,s1,東\n"
    "2026-06-01,9:45,10:15,なぞの体操,s2,東\n"
).encode()
NAMED = LOG.replace(b"s1", "山田花子".encode()).replace(b"s2", "鈴木一郎".encode())
DOCUMENT = b"""format: carveout-observation/1
site: {id: from-file, kind: nursery, name: from a file}
days:
  - date: 2026-06-01
    unit: class-1
    observer: jc-09
    timeline:
      - {start: "09:00", end: "09:30", staff: t1, task: nap}
"""


@dataclass
class Handed:
    """A file in the browser's hands."""

    name: str
    data: bytes
    claimed: int | None = None

    @property
    def size(self) -> int:
        return len(self.data) if self.claimed is None else self.claimed

    def getvalue(self) -> bytes:
        return self.data


@pytest.fixture
def store(store_of_its_own: str) -> Iterator[Store]:
    with_it = store_of(store_of_its_own)
    with_it.put_site(SiteHead("a", Kind.NURSERY, "施設 a"), JC)
    yield with_it
    with_it.close()


@pytest.fixture
def hand_over(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let the next drawings find these files in the drop zone, until something was taken in."""

    def hand(*files: Handed) -> None:
        def uploader(label: str, **more: Any) -> Any:
            if more.get("accept_multiple_files"):
                fresh = str(more["key"]).endswith(".0")
                return list(files) if fresh else []
            return files[0] if files else None

        monkeypatch.setattr(st, "file_uploader", uploader)

    return hand


@pytest.fixture
def downloads(monkeypatch: pytest.MonkeyPatch) -> dict[str, tuple[str, Callable[[], bytes]]]:
    """What the page offers to download, by key: the file's name and its bytes when asked for."""
    offered: dict[str, tuple[str, Callable[[], bytes]]] = {}

    def button(label: str, data: Callable[[], bytes], *, file_name: str, key: str, **more: Any) -> bool:
        offered[key] = (file_name, data)
        return False

    monkeypatch.setattr(st, "download_button", button)
    return offered


def rows(store: Store, site: str) -> list[tuple[str, str, int, int | None, str, tuple[str, ...]]]:
    return [
        (info.date, info.unit, row.start, row.end, row.task, row.staff)
        for info in store.days(site)
        for row in store.day(info.key).workday.rows
    ]


def press(app: Any, key: str) -> Any:
    app.button(key=key).click().run()
    assert not app.exception
    return app


def test_a_document_makes_its_site_and_opens_it(store: Store, hand_over: Callable[..., None]):
    hand_over(Handed("day.yaml", DOCUMENT))
    app = opened("archive")
    app.pills(key="archive.way.1").select("file").run()
    assert word("archive.becomes_new") in said(app)
    press(app, "archive.import.None")
    assert rows(store, "from-file") == [("2026-06-01", "class-1", 540, 570, "nap", ("t1",))]
    assert store.site("from-file").kind is Kind.NURSERY
    assert "from a file" in said(app)


def test_a_document_into_a_chosen_site_stays_there(store: Store, hand_over: Callable[..., None]):
    hand_over(Handed("day.yaml", DOCUMENT))
    app = at_site("a", "import")
    press(app, "archive.import.a")
    assert word("archive.import_done").format(n=1) in said(app)
    assert [info.id for info in store.sites()] == ["a"]
    assert len(rows(store, "a")) == 1
    assert store.site("a").name == "施設 a"


def test_unknown_tasks_are_asked_and_the_answer_is_remembered(store: Store, hand_over: Callable[..., None]):
    hand_over(Handed("log.csv", LOG))
    app = at_site("a", "import")
    asked = {
        box.label.partition("（")[0].replace("\\", ""): box for box in app.selectbox if ".task." in (box.key or "")
    }
    assert set(asked) == {"だんごむし探し", "なぞの体操"}
    asked["なぞの体操"].select("floor_exercise").run()
    press(app, "archive.import.a")
    assert [row[4] for row in rows(store, "a")] == ["serving", "だんごむし探し", "floor_exercise"]
    again = LOG.replace(b"2026-06-01", b"2026-06-02")
    hand_over(Handed("log2.csv", again))
    app = at_site("a", "import")
    assert not [box for box in app.selectbox if ".task." in (box.key or "")], "asked once, answered for ever"
    press(app, "archive.import.a")
    assert [row[4] for row in rows(store, "a")][3:] == ["serving", "だんごむし探し", "floor_exercise"]


def test_rows_of_a_task_may_be_left_out(store: Store, hand_over: Callable[..., None]):
    hand_over(Handed("log.csv", LOG))
    app = at_site("a", "import")
    box = next(one for one in app.selectbox if (one.key or "").endswith(".task.なぞの体操"))
    box.select("\x00left").run()
    press(app, "archive.import.a")
    assert [row[4] for row in rows(store, "a")] == ["serving", "だんごむし探し"]


def test_a_column_nobody_recognised_is_given_a_meaning(store: Store, hand_over: Callable[..., None]):
    strange = LOG.replace("業務内容".encode(), b"X1")
    hand_over(Handed("log.csv", strange))
    app = at_site("a", "import")
    assert word("archive.import_do") not in labels(app)
    assert word("archive.field_task") in said(app)
    next(one for one in app.selectbox if (one.key or "").endswith(".task")).select("X1").run()
    press(app, "archive.import.a")
    assert len(rows(store, "a")) == 3
    kept = store.mapping("a", "table")
    assert Mapping.from_json(kept).columns["task"] == "X1"


def test_a_file_without_a_date_is_asked_for_one(store: Store, hand_over: Callable[..., None]):
    undated = "\n".join(line.partition(",")[2] for line in LOG.decode().splitlines()).encode()
    hand_over(Handed("log.csv", undated))
    app = at_site("a", "import")
    assert word("archive.import_do") not in labels(app)
    app.date_input[0].set_value("2026-06-05").run()
    press(app, "archive.import.a")
    assert {row[0] for row in rows(store, "a")} == {"2026-06-05"}
    assert "2026-06-05" not in store.mapping("a", "table"), "the next file is of another day"


def test_the_name_of_a_person_is_asked_for_once_and_kept_under_the_store_s_secret(
    store: Store, hand_over: Callable[..., None]
):
    named = LOG.replace(b"s1", "山田花子".encode())
    hand_over(Handed("log.csv", named))
    app = at_site("a", "import")
    next(box for box in app.text_input if (box.key or "").endswith(".person.山田花子")).set_value("s9").run()
    press(app, "archive.import.a")
    kept = Mapping.from_json(store.mapping("a", "table")).staff
    assert "s9" in kept.values() and "山田花子" not in kept
    assert hidden("山田花子", store.secret()) in kept and hidden("山田花子") not in kept
    assert store.secret() not in store.mapping("a", "table")
    hand_over(Handed("next.csv", named.replace(b"2026-06-01", b"2026-06-13")))
    app = at_site("a", "import")
    assert not [box for box in app.text_input if (box.key or "").endswith(".person.山田花子")]


def test_names_in_our_own_kinds_of_files_are_asked_about_first(store: Store, hand_over: Callable[..., None]):
    hand_over(Handed("day.yaml", DOCUMENT.replace(b"staff: t1", "staff: 山田花子".encode())))
    app = opened("archive")
    app.pills(key="archive.way.1").select("file").run()
    assert "山田花子" in said(app)
    press(app, "archive.import.None")
    assert [site.id for site in store.sites()] == ["a"]
    assert word("archive.answer_first") in said(app)
    app.checkbox(key="archive.import.None.sure.山田花子").check().run()
    press(app, "archive.import.None")
    assert [info.n_rows for info in store.days("from-file")] == [1]


def test_a_name_gets_an_id_that_nobody_of_the_site_has(store: Store, hand_over: Callable[..., None]):
    store.import_days(store.site("a"), [day("a", "2026-05-01")], JC)  # s1 and s2 are others
    hand_over(Handed("log.csv", NAMED))
    app = at_site("a", "import")
    press(app, "archive.import.a")
    found = {who for row in rows(store, "a") if row[0] == "2026-06-01" for who in row[5]}
    assert len(found) == 2
    assert not found & {"s1", "s2"}


def test_names_of_people_become_ids_and_never_reach_the_store(store: Store, hand_over: Callable[..., None]):
    hand_over(Handed("log.csv", NAMED))
    app = at_site("a", "import")
    fields = [one for one in app.text_input if ".person." in (one.key or "")]
    assert [one.value for one in fields] == ["s1", "s2"]
    fields[0].input("n7").run()
    press(app, "archive.import.a")
    assert {person for row in rows(store, "a") for person in row[5]} == {"n7", "s2"}
    hand_over(Handed("log2.csv", NAMED.replace(b"2026-06-01", b"2026-06-02")))
    app = at_site("a", "import")
    assert not [one for one in app.text_input if ".person." in (one.key or "")]
    press(app, "archive.import.a")
    assert {person for row in rows(store, "a") for person in row[5]} == {"n7", "s2"}, "the same person, the same id"
    archive = zipfile.ZipFile(io.BytesIO(store.export()))
    everything = "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    assert "山田花子" not in everything and "鈴木一郎" not in everything


def test_a_log_of_another_program_may_begin_a_site(store: Store, hand_over: Callable[..., None]):
    hand_over(Handed("log.csv", LOG))
    app = opened("archive")
    app.pills(key="archive.way.1").select("file").run()
    name = next(one for one in app.text_input if (one.key or "").endswith(".name"))
    name.input("新しい園").run()
    press(app, "archive.import.None")
    new = next(info for info in store.sites() if info.id != "a")
    assert (new.id, new.name) == ("care-home-1", "新しい園")
    assert len(rows(store, new.id)) == 3


@pytest.mark.parametrize(("how", "expected"), [("skip", 2), ("replace", 1), ("beside", 3)])
def test_days_that_are_there_stay_give_way_or_stand_beside(
    how: str, expected: int, store: Store, hand_over: Callable[..., None]
):
    store.import_days(store.site("a"), [replace(day("a", unit="class-1"), observer="jc-09")], JC)
    hand_over(Handed("day.yaml", DOCUMENT))
    app = at_site("a", "import")
    assert word("archive.becomes_known") in said(app)
    app.radio(key="archive.import.how.a").set_value(how).run()
    press(app, "archive.import.a")
    assert len(rows(store, "a")) == expected
    if how == "replace":
        (info,) = store.days("a")
        assert store.undo(info.key, type(JC)("local")).done
        assert len(rows(store, "a")) == 2


def test_several_files_come_in_together(store: Store, hand_over: Callable[..., None]):
    other = DOCUMENT.replace(b"2026-06-01", b"2026-06-02")
    hand_over(Handed("1.yaml", DOCUMENT), Handed("2.yaml", other), Handed("3.csv", LOG))
    app = at_site("a", "import")
    press(app, "archive.import.a")
    assert len(store.days("a")) == 3


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.yaml", b"a: &a [x,x]\nb: &b [*a,*a]\n" * 400),
        ("x.xlsx", b"PK\x03\x04 not really a workbook"),
        ("../../etc/passwd.csv", b"\x00\x01\x02" * 100),
        ("x.csv", b""),
        ("<img src=x onerror=alert(1)>.csv", b"nothing,of,use\n1,2,3\n"),
        ("x.xes", b'<?xml version="1.0"?><!DOCTYPE log [<!ENTITY a "b">]><log>&a;</log>'),
    ],
)
def test_files_that_cannot_be_used_are_told_and_nothing_is_taken(
    name: str, data: bytes, store: Store, hand_over: Callable[..., None]
):
    hand_over(Handed(name, data))
    app = at_site("a", "import")
    assert not app.exception
    assert word("archive.import_do") not in labels(app)
    assert store.days("a") == ()
    assert "<img" not in "".join(element.proto.body for element in app.get("html"))


def test_a_file_beyond_the_limit_is_refused_unread(store: Store, hand_over: Callable[..., None]):
    hand_over(Handed("big.csv", LOG, claimed=30 * 1024 * 1024))
    app = at_site("a", "import")
    assert "30" in app.error[0].value
    assert word("archive.import_do") not in labels(app)


@pytest.mark.parametrize("kind", [one.id for one in formats() if one.writes])
def test_every_kind_is_written_with_what_is_lost_said_and_can_be_read_again(
    kind: str, store: Store, downloads: dict[str, tuple[str, Callable[[], bytes]]]
):
    filled(store, "b")
    app = at_site("b", "export")
    app.selectbox(key="archive.export.b.kind").select(kind).run()
    name, data = downloads["archive.export.b.file"]
    assert name.startswith("b-2026-06-01-2026-06-02")
    found = read_file(name, data(), Mapping(date="2026-06-01", unit="unit-1"))
    assert found.format is not None and found.format.id == kind
    assert found.days and all(one.rows for one in found.days)
    told = said(app)
    assert (word("archive.export_lost") in told) is not (word("archive.export_whole") in told)


def test_some_days_are_written_alone(store: Store, downloads: dict[str, tuple[str, Callable[[], bytes]]]):
    filled(store, "b", dates=("2026-06-01", "2026-06-02", "2026-06-03"))
    app = at_site("b", "export")
    app.multiselect(key="archive.export.days.b").select(store.days("b")[1].key).run()
    name, data = downloads["archive.export.b.file"]
    assert "2026-06-02" in name
    assert [one.date for one in read_file(name, data()).days] == ["2026-06-02"]


def test_what_is_written_comes_back_the_same(
    store: Store, hand_over: Callable[..., None], downloads: dict[str, tuple[str, Callable[[], bytes]]]
):
    filled(store, "b")
    at_site("b", "export")
    name, data = downloads["archive.export.b.file"]
    hand_over(Handed(name, data()))
    press(at_site("a", "import"), "archive.import.a")
    said_of = [[row[:4] + row[5:] for row in rows(store, site)] for site in ("a", "b")]
    assert said_of[0] == said_of[1] != []


def test_everything_goes_into_a_zip_and_comes_back_into_an_empty_store(
    store: Store, hand_over: Callable[..., None], downloads: dict[str, tuple[str, Callable[[], bytes]]],
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch,
):  # fmt: skip
    filled(store, "b")
    app = opened("archive")
    app.pills(key="archive.way.2").select("all").run()
    _, data = downloads["archive.all.out"]
    hand_over(Handed("copy.zip", data()))
    app.run()
    press(app, "archive.all.in.do")
    assert word("archive.all_in_full")[:10] in app.error[0].value, "never over what stands"
    fresh = f"sqlite:///{tmp_path / 'fresh.sqlite'}"
    monkeypatch.setenv("CARVEOUT_STORE", fresh)
    app = opened("archive")
    app.pills(key="archive.way.0").select("all").run()
    press(app, "archive.all.in.do")
    again = open_store(fresh)
    assert rows(again, "b") == rows(store, "b") != []
    again.close()


def test_a_zip_that_is_none_is_told(
    store: Store, hand_over: Callable[..., None], monkeypatch: pytest.MonkeyPatch, tmp_path: Any
):
    monkeypatch.setenv("CARVEOUT_STORE", f"sqlite:///{tmp_path / 'fresh.sqlite'}")
    hand_over(Handed("copy.zip", b"PK no zip"))
    app = opened("archive")
    app.pills(key="archive.way.0").select("all").run()
    press(app, "archive.all.in.do")
    assert len(app.error) == 1 and word("app.broken") not in app.error[0].value


def test_a_new_day_shows_in_the_preview_of_an_empty_site(store: Store, hand_over: Callable[..., None]):
    store.open_day(Workday("a", "2026-06-01", "class-1", "jc-09"), JC)
    hand_over(Handed("day.yaml", DOCUMENT))
    assert word("archive.becomes_known") in said(at_site("a", "import"))


WITH_NAMES = """date,unit,observer,start,end,task,staff,note,site,kind
2026-06-01,u,jc-01,9:00,9:15,配膳,田中,佐藤様が転倒しかけた,a,care_home
2026-06-01,u,jc-01,9:15,9:30,下膳,s1,おかわり,a,care_home
"""


def test_names_in_notes_and_in_place_of_ids_are_taken_out_by_a_press(store: Store, hand_over: Callable[..., None]):
    store.put_site(SiteHead("a", Kind.CARE_HOME), JC)
    hand_over(Handed("day.csv", WITH_NAMES.encode()))
    app = opened("archive")
    app.pills(key="archive.way.1").select("file").run()
    shown = said(app)
    assert "佐藤様" in shown
    ids = next(one for one in app.checkbox if ".ids." in str(one.key))
    assert "田中 → s2" in ids.label
    ids.check().run()
    press(app, "archive.import.None")
    found = [row for info in store.days("a") for row in store.day(info.key).workday.rows]
    assert [(row.staff, row.note) for row in found] == [(("s2",), "○○が転倒しかけた"), (("s1",), "おかわり")]
