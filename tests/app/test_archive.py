"""The page of records without a browser: every state of the store, sites and days, and what one may do with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from carveout.app import archive_here, drafting, sites
from carveout.app.sites import stored_key
from carveout.app.wording import catalogue
from carveout.jobs import Draft, read_draft
from carveout.language import LANGUAGES, Language
from carveout.model import Kind
from carveout.store import By, DayHead, Edit, HeadChange, Store, StoreError, open_store
from carveout.workday import Change, Row, SiteHead, Workday, new_id
from tests.app.opened import JC, at_site, day, drawn, filled, in_markdown, labels, opened, said, store_of, word

HOSTILE = "<img src=x onerror=alert(1)>[x](javascript:alert(1)) $x$ **x**"


@pytest.fixture
def store(store_of_its_own: str) -> Iterator[Store]:
    with_it = store_of(store_of_its_own)
    yield with_it
    with_it.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_store_says_how_to_begin(language: Language):
    app = opened("archive", language)
    assert word("archive.empty", language) in said(app)
    assert app.text_input(key="archive.new.id.care_home").value == "care-home-1"
    assert not app.error


def test_a_new_site_gets_a_free_id_of_its_kind_and_opens(store: Store):
    store.put_site(SiteHead("nursery-1", Kind.NURSERY, "x"), JC)
    app = opened("archive")
    app.pills(key=f"archive.way.{len(store.sites())}").select("new").run()
    app.segmented_control(key="archive.new.kind").select("nursery").run()
    assert app.text_input(key="archive.new.id.nursery").value == "nursery-2"
    app.text_input(key="archive.new.name").input("ひまわり保育園").run()
    app.button(key="archive.new.create").click().run()
    head = store.site("nursery-2")
    assert (head.kind, head.name) == (Kind.NURSERY, "ひまわり保育園")
    assert "ひまわり保育園" in said(app)
    assert app.query_params["site"] in ("store.nursery-2", ["store.nursery-2"])


def test_an_id_that_is_taken_or_empty_is_refused_once_asked_for(store: Store):
    store.put_site(SiteHead("care-home-1", Kind.CARE_HOME), JC)
    app = opened("archive")
    app.pills(key=f"archive.way.{len(store.sites())}").select("new").run()
    app.text_input(key="archive.new.id.care_home").input("care-home-1").run()
    assert not app.error
    app.button(key="archive.new.create").click().run()
    assert "care-home-1" in said(app)
    assert len(app.error) == 1
    app.text_input(key="archive.new.id.care_home").input(" ").run()
    app.button(key="archive.new.create").click().run()
    assert app.error[0].value.startswith(word("archive.id_empty")[:6])
    assert len(store.sites()) == 1


def test_a_name_is_questioned_and_may_stay(store: Store):
    app = opened("archive")
    app.text_input(key="archive.new.id.care_home").input("tanaka").run()
    assert "tanaka" in app.warning[0].value
    app.button(key="archive.new.create").click().run()
    assert store.sites() == ()
    app.checkbox[0].check().run()
    app.button(key="archive.new.create").click().run()
    assert [info.id for info in store.sites()] == ["tanaka"]


def test_a_bundled_site_is_copied_under_a_free_id(store: Store):
    for _ in range(2):
        app = opened("archive")
        app.pills(key=f"archive.way.{len(store.sites())}").select("bundled").run()
        app.button(key="archive.bundled.care-home-a").click().run()
        assert not app.error
    infos = {info.id: info for info in store.sites()}
    assert set(infos) == {"care-home-a", "care-home-a-1"}
    assert infos["care-home-a"].days == infos["care-home-a-1"].days == 20
    assert infos["care-home-a-1"].constructed
    assert {one.site for one in store.days("care-home-a-1")} == {"care-home-a-1"}


def test_a_store_that_cannot_be_opened_is_said_kindly_and_the_rest_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    broken = tmp_path / "broken.sqlite"
    broken.write_bytes(b"this is no database, however long one looks at it" * 50)
    monkeypatch.setenv("CARVEOUT_STORE", f"sqlite:///{broken}")
    app = opened("archive")
    assert word("archive.retry") in labels(app)
    assert word("archive.rest_works") in said(app)
    assert "Traceback" not in said(app)
    for page in ("map", "jobs"):
        other = opened(page)
        assert other.selectbox(key=f"{page}.site").value == "care-home-a"
        assert not other.error
    broken.unlink()
    app.button(key="archive.retry").click().run()
    assert not app.error
    assert word("archive.empty") in said(app)


def test_a_store_that_fails_is_not_asked_again_by_every_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    broken = tmp_path / "broken.sqlite"
    broken.write_bytes(b"no database" * 100)
    monkeypatch.setenv("CARVEOUT_STORE", f"sqlite:///{broken}")
    calls = []
    real = archive_here.open_store
    monkeypatch.setattr(archive_here, "open_store", lambda url: calls.append(url) or real(url))
    app = opened("map")
    app.selectbox(key="map.site").select("nursery-a").run()
    opened("jobs")
    assert len(calls) == 1


def test_a_site_lists_its_days_by_weekday_with_rows_and_state(store: Store):
    filled(store, "a", dates=("2026-06-01", "2026-06-08", "2026-06-09"))
    app = at_site("a")
    text = said(app)
    assert "2026-06-09（火）" in text
    assert "観察者 jc-01・2行" in text
    seen = next(body for body in drawn(app) if "co-seen" in body)
    assert seen.index("2回") < seen.index("1回") < seen.index("0回")
    assert word("archive.open_day") in text


def test_several_months_show_one_at_a_time(store: Store):
    filled(store, "a", dates=("2026-05-31", "2026-06-01"))
    app = at_site("a")
    assert "2026-06-01" in said(app) and "2026-05-31" not in said(app)
    app.selectbox(key="archive.month.a").select("2026-05").run()
    assert "2026-05-31" in said(app)


def test_a_new_day_begins_with_the_staff_of_the_units_last_day(store: Store):
    filled(store, "a")
    other = Workday("a", "2026-06-03", "unit-2", "jc-02", (day("a").staff[0],))
    store.open_day(other, JC)
    app = at_site("a")
    app.button(key="archive.new_day.begin").click().run()
    assert "2026-06-03の職員1人" in said(app)
    unit = next(box for box in app.selectbox if box.label == word("archive.unit"))
    unit.select("unit-1").run()
    assert "2026-06-02の職員2人" in said(app)
    fields = {field.key.rpartition(".")[2]: field for field in app.text_input if ".unit-1.1." in (field.key or "")}
    assert (fields["id"].value, fields["on"].value) == ("s2", "09:00-12:00, 12:45-18:00")
    fields["id"].input("s9").run()
    field = next(one for one in app.text_input if (one.key or "").endswith(".unit-1.1.on"))
    field.input("13:00-17:00").run()
    app.date_input[0].set_value("2026-06-10").run()
    app.button(key="archive.day.write").click().run()
    new = next(info for info in store.days("a") if info.date == "2026-06-10")
    people = store.day(new.key).workday.staff
    assert [(one.id, one.role, one.on) for one in people] == [
        ("s1", "care_worker", ((420, 960),)),
        ("s9", "nurse", ((780, 1020),)),
    ]


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("on", "朝から", "読み取れません"),
        ("id", "s1", "二度"),
        ("id", "", "職員が空です"),
        ("id", "田中さん", "上の問いに答えて"),
    ],
)
def test_a_day_that_cannot_be_begun_says_why_and_keeps_what_was_typed(field: str, typed: str, told: str, store: Store):
    filled(store, "a")
    app = at_site("a")
    app.button(key="archive.new_day.begin").click().run()
    box = next(one for one in app.text_input if (one.key or "").endswith(f".unit-1.1.{field}"))
    box.input(typed).run()
    app.button(key="archive.day.write").click().run()
    assert any(told in error.value for error in app.error)
    assert next(one for one in app.text_input if one.key == box.key).value == typed
    assert len(store.days("a")) == 2


@pytest.mark.parametrize("code", ["disk_full", "read_only", "locked"])
def test_a_writing_that_fails_says_why_and_keeps_what_was_typed(
    code: str, store: Store, monkeypatch: pytest.MonkeyPatch
):
    filled(store, "a")
    app = at_site("a")
    app.button(key="archive.new_day.begin").click().run()
    app.date_input[0].set_value("2026-06-20").run()

    def refused(*_: object) -> str:
        raise StoreError(code)

    with monkeypatch.context() as patch:
        patch.setattr(Store, "open_day", refused)
        app.button(key="archive.day.write").click().run()
        assert StoreError(code).cause.ja in said(app)
        assert word("app.broken") not in said(app)
        assert opened("map", site="store.a").selectbox(key="map.site").value == "store.a", "it can still be read"
    assert app.date_input[0].value.isoformat() == "2026-06-20"
    app.button(key="archive.day.write").click().run()
    assert store.days("a")[-1].date == "2026-06-20"


def test_a_day_that_is_there_is_not_begun_twice(store: Store):
    filled(store, "a")
    app = at_site("a")
    app.button(key="archive.new_day.begin").click().run()
    app.date_input[0].set_value("2026-06-02").run()
    app.button(key="archive.day.write").click().run()
    assert word("archive.day_there")[:10] in app.error[0].value
    assert len(store.days("a")) == 2


def test_the_head_of_a_day_is_mended_and_recorded(store: Store):
    filled(store, "a", dates=("2026-06-01",))
    (info,) = store.days("a")
    app = at_site("a")
    app.button(key=f"archive.more.head.{info.key}").click().run()
    next(one for one in app.text_input if (one.key or "").endswith(".observer")).input("jc-07").run()
    app.button(key="archive.head.keep").click().run()
    assert store.day(info.key).workday.observer == "jc-07"
    assert store.day(info.key).workday.staff == day("a").staff
    assert store.history(info.key)[0].what == "head"
    assert "jc-07" in said(app)


def test_a_day_taken_away_comes_back_with_its_rows(store: Store):
    filled(store, "a", dates=("2026-06-01",))
    (info,) = store.days("a")
    app = at_site("a")
    app.button(key=f"archive.remove.{info.key}").click().run()
    assert store.days("a") == ()
    app.button(key=f"archive.restore.{info.key}").click().run()
    assert [one.n_rows for one in store.days("a")] == [2]


def test_history_tells_who_wrote_what_and_why_and_a_step_is_taken_back(store: Store):
    filled(store, "a", dates=("2026-06-01",))
    (info,) = store.days("a")
    first = store.day(info.key).workday.rows[0]
    app = at_site("a", "history")
    assert word("archive.kind_import") in said(app)
    mine = archive_here.By("local")
    later = Row(first.id, first.start, first.end + 5, "与薬", first.staff)
    store.save(info.key, Edit(new_id(), "put", (Change(first, later),), None, "紙を読み違えた"), mine)
    app.run()
    text = said(app)
    assert "09:00-09:30 配膳 s1 → 09:00-09:35 与薬 s1" in text
    assert "紙を読み違えた" in text and word("archive.this_machine") in text
    app.button(key=f"archive.undo.{info.key}").click().run()
    assert store.day(info.key).workday.rows[0] == first
    app.button(key=f"archive.redo.{info.key}").click().run()
    assert store.day(info.key).workday.rows[0] == later


def test_history_begins_with_the_latest_day_and_what_one_may_take_back(store: Store):
    filled(store, "a")
    app = at_site("a", "history")
    app.query_params.pop("day", None)
    fresh = at_site("a", "days")
    fresh.query_params.pop("day", None)
    fresh.segmented_control(key="archive.part.a").select("history").run()
    last = store.days("a")[-1]
    for one in (app.run(), fresh):
        assert one.selectbox(key="archive.history.a").value == last.key
        assert word("archive.undo") in labels(one)


def test_what_was_written_last_on_any_day_stands_together(store: Store):
    filled(store, "a")
    first, last = store.days("a")
    for info, end in ((last, 571), (first, 572)):
        row = store.day(info.key).workday.rows[0]
        store.save(info.key, Edit(new_id(), "put", (Change(row, replace(row, end=end)),)), JC)
    app = at_site("a", "history")
    app.selectbox(key="archive.history.a").select("").run()
    text = next(body for body in drawn(app) if "co-history" in body and "<table" in body)
    assert text.index("09:00-09:32") < text.index("09:00-09:31")
    assert "2026-06-01" in text and "2026-06-02" in text


def test_history_says_who_came_and_went_and_what_was_kept_back(store: Store):
    filled(store, "a", dates=("2026-06-01",))
    (info,) = store.days("a")
    head = DayHead.of(store.day(info.key).workday)
    fewer = replace(head, staff=head.staff[:1], complete=True)
    store.save(info.key, Edit(new_id(), "head", (), HeadChange(head, fewer)), JC)
    late = replace(head, staff=(replace(head.staff[0], role="chief"), *head.staff[1:]), observer="jc-05")
    store.save(info.key, Edit(new_id(), "head", (), HeadChange(replace(head, observer="jc-04"), late)), JC)
    text = said(at_site("a", "history"))
    assert "− 職員 s2 看護師 09:00-12:00 12:45-18:00" in text
    assert f"状態: {word('archive.open_day')} → {word('archive.complete')}" in text
    assert "職員: s1 介護職 07:00-16:00 → s1 主任 07:00-16:00" in text
    assert word("archive.clash") in text


def test_a_clash_waits_on_every_part_and_is_settled_by_a_press(store: Store):
    filled(store, "a", dates=("2026-06-01",))
    (info,) = store.days("a")
    first = store.day(info.key).workday.rows[0]
    theirs = Row(first.id, first.start, 575, first.task, first.staff)
    mine = Row(first.id, first.start, 580, first.task, first.staff)
    store.save(info.key, Edit(new_id(), "put", (Change(first, theirs),)), JC)
    assert not store.save(info.key, Edit(new_id(), "put", (Change(first, mine),)), archive_here.By("jc-02")).done
    app = at_site("a")
    assert "1日" in app.warning[0].value
    app.button(key="archive.to_clashes").click().run()
    text = said(app)
    assert "09:00-09:40" in text and "09:00-09:35" in text
    (clash,) = store.clashes(info.key)
    app.button(key=f"archive.keep.mine.{clash.id}").click().run()
    assert store.day(info.key).workday.rows[0].end == 580
    assert not app.warning


def test_a_task_is_declared_for_the_site_alone(store: Store):
    store.import_days(SiteHead("a", Kind.CARE_HOME, "a"), [day("a", task="だんごむし探し")], JC)
    app = at_site("a", "tasks")
    app.selectbox(key="archive.declare.a").select("だんごむし探し").run()
    base = "archive.declare.a.だんごむし探し"
    app.selectbox(key=f"{base}.nature").select("interaction").run()
    app.text_input(key=f"{base}.en").input("Woodlouse hunt").run()
    app.button(key=f"{base}.keep").click().run()
    told = store.site("a").tasks["だんごむし探し"]
    assert (told["nature"], told["en"]) == ("interaction", "Woodlouse hunt")
    assert word("archive.nature_interaction") in said(app)
    assert "supplier" not in told


def test_a_task_is_renamed_in_every_row(store: Store):
    store.import_days(
        SiteHead("a", Kind.CARE_HOME, "a"), [day("a", date, task="お茶") for date in ("2026-06-01", "2026-06-02")], JC
    )
    app = at_site("a", "tasks")
    app.selectbox(key="archive.rename.old.a").select("お茶").run()
    app.selectbox(key="archive.rename.new.a").select("snack_assist").run()
    assert "2行" in said(app)
    app.button(key="archive.rename.do.a").click().run()
    tasks = {row.task for info in store.days("a") for row in store.day(info.key).workday.rows}
    assert "お茶" not in tasks and "snack_assist" in tasks


def test_a_shaped_job_is_kept_with_its_site_and_opened_again(store: Store):
    filled(store, "a")
    draft = Draft("a", (), title="昼の応援")
    app = opened("archive", site=sites.stored_key("a"), job=drafting.pack(draft))
    app.text_input(key="archive.draft.name").input("案その一").run()
    app.button(key="archive.draft.keep").click().run()
    (kept,) = store.drafts("a")
    assert (kept.name, read_draft(kept.data, "x").title) == ("案その一", "昼の応援")
    app = at_site("a")
    assert "案その一" in said(app)
    app.button(key="archive.draft.案その一").click().run()
    assert not app.exception
    assert f'<h1 class="co-title">{word("nav.shape")}</h1>' in said(app)
    assert app.session_state["shaping.now"] is not None


def test_a_kept_job_that_cannot_be_read_is_told(store: Store):
    filled(store, "a")
    store.put_draft("a", "kaputt", b"format: carveout-job/1\nsite: [", JC)
    app = at_site("a")
    app.button(key="archive.draft.kaputt").click().run()
    assert word("archive.draft_broken")[:8] in app.error[0].value


@pytest.mark.parametrize("part", ["days", "tasks", "history", "import", "export"])
def test_names_with_markup_are_shown_as_written(part: str, store: Store):
    head = SiteHead("h<b>", Kind.OTHER, HOSTILE, tasks={HOSTILE: {"ja": HOSTILE}})
    store.import_days(head, [day("h<b>", unit=HOSTILE, task=HOSTILE)], JC)
    for app in (at_site("h<b>", part), opened("archive")):
        assert not app.error
        assert "<img" not in "".join(drawn(app))
        assert "](javascript" not in "".join(in_markdown(app))
        assert HOSTILE in said(app)


def test_map_and_verdicts_show_a_site_of_the_store(store: Store):
    filled(store, "a", dates=("2026-06-01", "2026-06-02", "2026-06-03"))
    for page in ("map", "verdicts", "jobs", "graph"):
        app = opened(page, site=sites.stored_key("a"))
        assert app.selectbox(key=f"{page}.site").value == "store.a"
        assert word("archive.stored_note") in said(app)


def test_a_site_without_a_finished_row_says_where_to_write(store: Store):
    store.put_site(SiteHead("a", Kind.CARE_HOME, "a"), JC)
    store.open_day(Workday("a", "2026-06-01", "u"), JC)
    app = opened("map", site="store.a")
    assert word("archive.nothing_seen") in said(app)
    app.button(key="choose.to_archive").click().run()
    assert not app.exception
    assert "2026-06-01" in said(app)


def test_a_row_saved_has_its_site_alone_analysed_anew(store: Store, monkeypatch: pytest.MonkeyPatch):
    filled(store, "a", "b")
    looked: list[tuple[str, ...]] = []
    real = sites.analyze

    def analyze(timeline, **more):
        looked.append(timeline.sites.id)
        return real(timeline, **more)

    monkeypatch.setattr(sites, "analyze", analyze)
    for site in ("a", "b", "a"):
        opened("map", site=f"store.{site}")
    assert sorted(one for one in looked if len(one) == 1) == [("a",), ("b",)]
    before = len(looked)
    info = store.days("a")[0]
    row = Row(new_id(), 800, 830, "清掃", ("s1",))
    store.save(info.key, Edit(new_id(), "add", (Change(None, row),)), JC)
    for site in ("b", "a", "b"):
        opened("map", site=f"store.{site}")
    assert looked[before:] == [("a",)]


def test_only_the_changed_day_is_read_anew(store: Store, monkeypatch: pytest.MonkeyPatch):
    filled(store, "a", dates=tuple(f"2026-06-{n:02d}" for n in range(1, 11)))
    opened("map", site="store.a")
    read: list[str] = []
    real = Store.day
    monkeypatch.setattr(Store, "day", lambda self, key: read.append(key) or real(self, key))
    info = store.days("a")[3]
    store.save(info.key, Edit(new_id(), "add", (Change(None, Row(new_id(), 800, 830, "清掃", ("s1",))),)), JC)
    opened("map", site="store.a")
    assert read == [info.key]


def test_a_site_nobody_knows_and_rows_without_an_end_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path / 'said.sqlite'}"
    monkeypatch.setenv("CARVEOUT_STORE", url)
    store = open_store(url)
    head = SiteHead("home", Kind.CARE_HOME, "ホーム")
    rows = (Row("a", 540, 560, "cleaning", ("s1",)), Row("b", 560, None, "serving", ("s1",)))
    store.import_days(head, (Workday("home", "2026-06-01", "u", "jc-01", (), rows),), By("jc-01"))
    store.close()
    app = opened("map", site="store.nope")
    assert catalogue()["app.site_unknown"].ja in [one.value for one in app.info]
    app = opened("map", site=stored_key("home"))
    assert any(catalogue()["app.still_going_on"].ja.format(n=1) in one.proto.body for one in app.get("html"))
    app = opened("map")
    assert catalogue()["app.site_unknown"].ja not in [one.value for one in app.info]


def test_history_of_the_site_tells_of_head_tasks_and_judgements(store: Store):
    filled(store, "a")
    store.put_site(replace(store.site("a"), name="さくら苑", tasks={"own": {"ja": "花壇の世話"}}), JC)
    app = at_site("a", "history")
    app.selectbox(key="archive.history.a").select("\x00site").run()
    assert not app.exception
    text = next(body for body in drawn(app) if "co-history" in body and "<table" in body)
    assert "さくら苑" in text and "花壇の世話" in text and JC.who in text


def test_what_is_to_be_looked_at_counts_the_same_on_both_pages(store: Store):
    filled(store, "a")
    info = store.days("a")[-1]
    rows = tuple(Row(f"r{n:09d}", 540 + n * 60, 560 + n * 60, "配膳", ("s1",)) for n in range(4))
    open_row = Row("r999999999", 900, None, "清掃")
    store.save(info.key, Edit(new_id(), "put", tuple(Change(None, row) for row in (*rows, open_row))), JC)
    key = store.days("a")[-1].key
    listed = said(at_site("a"))
    page = opened("record", day=key)
    n = int(re.findall(r"確かめること (\d+)件", " ".join(one.value for one in page.subheader))[0])
    assert n >= 1
    assert word("archive.n_findings").replace("{n}", str(n)) in listed
