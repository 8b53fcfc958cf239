"""Sites and what is kept beside their days: versions, imports, renames, judgements, mappings, drafts, members."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest

from carveout import bundled
from carveout.analysis import analyze
from carveout.model import Kind, Mode, Suitability, VerdictOverride, Weekday
from carveout.observations import read
from carveout.store import Member, Role, Store, StoreError, may
from carveout.workday.columns import timeline_of
from carveout.workday.days_of_timeline import workdays_of
from carveout.workday.record import SiteHead
from tests.store.build import JC, OTHER, A, add, put, replayed, row, rows, workday

OVERRIDE = VerdictOverride(
    "", A.id, "u1", "配膳", Mode.ASSIST, (Weekday.MON,), 660, 780, Suitability.SUITABLE, "職員と相談した", "", ""
)


def test_a_site_has_versions_and_nobody_overwrites_unseen(store: Store) -> None:
    assert [(info.id, info.version) for info in store.sites()] == [(A.id, 1)]
    assert store.put_site(A, OTHER) == 1, "nothing changed"
    assert store.put_site(replace(A, name="B"), JC, version=1) == 2
    with pytest.raises(StoreError) as refused:
        store.put_site(replace(A, name="C"), OTHER, version=1)
    assert refused.value.code == "changed_since"
    assert "jc-01" in refused.value.message("ja")
    assert store.site(A.id).name == "B"
    assert store.put_site(replace(A, name="B"), OTHER, version=1) == 2, "what one wants stands already"


def test_a_head_comes_back_as_it_was_put(store: Store) -> None:
    told = ({"task": "bed_setting", "weekday": "mon", "start": "09:00", "told_by": "head"},)
    head = SiteHead("n", Kind.NURSERY, "園", True, {"b": {"ja": "び"}, "a": {}}, told)
    store.put_site(head, JC)
    assert store.site("n") == head
    assert list(store.site("n").tasks) == ["b", "a"]


def test_days_are_taken_in_together_and_not_twice(store: Store) -> None:
    days = [workday("2026-06-01", "u1", row("r1")), workday("2026-06-02"), workday("2026-06-02", observer="jc-02")]
    first = store.import_days(A, days, JC)
    assert [store.day(key).workday for key in first.added] == days
    again = store.import_days(A, days, JC)
    assert (again.added, again.skipped) == ((), first.added)
    assert len(store.days(A.id)) == 3
    beside = store.import_days(A, days[:1], JC, how="beside")
    assert len(beside.added) == 1
    assert len(store.days(A.id)) == 4


def test_two_entries_of_one_day_in_one_file_are_two_days(store: Store) -> None:
    days = [workday("2026-06-01", "u1", row("r1")), workday("2026-06-01", "u1", row("r2", 600))]
    first = store.import_days(A, days, JC)
    assert len(first.added) == 2
    assert len(store.import_days(A, days, JC).skipped) == 2


def test_replacing_a_day_keeps_equal_rows_and_can_be_undone(store: Store) -> None:
    (key,) = store.import_days(A, [workday("2026-06-01", "u1", row("r1"), row("r2", 600))], JC).added
    given = replace(workday("2026-06-01", "u1", row("x", 600), row("r1", 700)), complete=True)
    (replaced,) = store.import_days(A, [given], OTHER, how="replace").replaced
    assert replaced == key
    stands = store.day(key).workday
    assert [one.start for one in stands.rows] == [600, 700]
    assert stands.rows[0].id == "r2", "the row that says the same stays the row it is"
    assert stands.complete
    assert store.undo(key, OTHER).done
    assert store.day(key).workday == workday("2026-06-01", "u1", row("r1"), row("r2", 600))
    replayed(store, key)


def test_an_import_adds_what_a_site_does_not_say_yet(store: Store) -> None:
    told = {"task": "tray", "told_by": "head"}
    head = replace(A, name="別の名", tasks={"tray": {"ja": "別"}, "new": {"ja": "新"}}, reported=(told,))
    for _ in range(2):
        store.import_days(head, [workday()], JC)
    assert store.site(A.id) == replace(A, tasks={**A.tasks, "new": {"ja": "新"}}, reported=(told,))


def test_an_import_with_one_bad_row_takes_in_nothing(store: Store) -> None:
    with pytest.raises(StoreError):
        store.import_days(A, [workday(), workday("2026-06-02", "u1", row("r1", 600, end=500))], JC)
    assert store.days(A.id) == ()


def test_a_removed_day_comes_back_as_it_was(store: Store) -> None:
    key = store.open_day(workday("2026-06-01", "u1", row("r1")), JC)
    store.remove_day(key, OTHER, "練習だった")
    store.remove_day(key, JC)
    assert store.days(A.id) == ()
    assert [(day.key, day.removed) for day in store.days(A.id, removed=True)] == [(key, True)]
    assert store.day(key).removed
    for write in (
        lambda: add(store, key, row("r2")),
        lambda: store.undo(key, JC),
    ):
        with pytest.raises(StoreError) as refused:
            write()
        assert refused.value.code == "day_removed"
        assert "jc-02" in refused.value.message("en")
    assert store.open_day(workday(), JC) != key
    store.restore_day(key, JC)
    assert rows(store, key) == (row("r1"),)
    assert [(entry.kind, entry.why) for entry in store.history(key)] == [
        ("restore", ""),
        ("remove", "練習だった"),
        ("open", ""),
    ]


def test_a_rename_takes_every_spelling_along(store: Store) -> None:
    head = replace(A, reported=({"task": "お盆", "told_by": "head"},))
    store.put_site(head, JC)
    key = store.open_day(workday("2026-06-01", "u1", row("r1", task="tray"), row("r2", 600, task="お 盆")), JC)
    add(store, key, row("r3", 700, task="清掃"))
    gone = store.open_day(workday("2026-06-02", "u1", row("r1", task="お盆")), JC)
    store.remove_day(gone, JC)
    store.put_override(replace(OVERRIDE, task="tray"), JC)
    renamed = store.rename_task(A.id, "tray", "配膳車", OTHER)
    assert (renamed.days, renamed.rows) == (2, 3)
    assert [one.task for one in rows(store, key)] == ["配膳車", "配膳車", "清掃"]
    stands = store.site(A.id)
    assert stands.tasks == {"配膳車": {"nature": "housekeeping"}}
    assert stands.reported[0]["task"] == "配膳車"
    assert store.overrides(A.id)[0].task == "配膳車"
    store.restore_day(gone, JC)
    assert rows(store, gone)[0].task == "配膳車"
    assert store.rename_task(A.id, "配膳車", "配膳車", OTHER).rows == 0
    replayed(store, key)


def test_a_rename_into_a_known_task_joins_it(store: Store) -> None:
    key = store.open_day(workday("2026-06-01", "u1", row("r1", task="tray"), row("r2", 600, task="清掃")), JC)
    store.rename_task(A.id, "tray", "清掃", JC)
    assert [one.task for one in rows(store, key)] == ["清掃", "清掃"]
    assert store.site(A.id).tasks == {}


def test_another_spelling_of_the_same_task_leaves_what_is_declared(store: Store) -> None:
    key = store.open_day(workday("2026-06-01", "u1", row("r1", task="tray")), JC)
    store.rename_task(A.id, "tray", "お盆", JC)
    assert rows(store, key)[0].task == "お盆"
    assert store.site(A.id) == A


@pytest.mark.parametrize("old", ["lunch_assist", "トイレ誘導", "面会者の駐車案内"])
def test_renaming_renames_the_result_and_changes_nothing_else(store: Store, old: str) -> None:
    reading = read([next(path for path in bundled.paths() if "care" in path.name)])
    ((head, days),) = workdays_of(reading.timeline)
    store.import_days(head, days, JC)
    new = "ここだけの業務"
    before = analyze(timeline_of(head, days).timeline).site(0)
    store.rename_task(head.id, old, new, JC)
    stored = [store.day(day.key).workday for day in store.days(head.id)]
    after = analyze(timeline_of(store.site(head.id), stored).timeline).site(0)
    assert any(verdict.task == new for verdict in after.verdicts)
    code = {verdict.task for verdict in before.verdicts} - {verdict.task for verdict in after.verdicts}
    assert len(code) == 1
    name = code.pop()
    told = [
        sorted(
            (new if one.task == name else one.task, one.unit, one.mode, one.suitability, one.rule) for one in verdicts
        )
        for verdicts in (before.verdicts, after.verdicts)
    ]
    assert told[0] == told[1]


def test_judgements_are_put_changed_and_withdrawn(store: Store) -> None:
    put_one = store.put_override(OVERRIDE, JC)
    assert (put_one.who, bool(put_one.id), bool(put_one.at)) == ("jc-01", True, True)
    assert store.overrides(A.id) == (put_one,)
    assert store.put_override(put_one, JC) == put_one
    changed = store.put_override(replace(put_one, suitability=Suitability.CONDITIONAL, who=""), OTHER)
    assert changed.who == "jc-02"
    changed = store.put_override(replace(changed, who="主任"), OTHER)
    assert changed.who == "主任"  # whose judgement it is, whoever writes it down
    assert store.overrides(A.id) == (changed,)
    before = store.revision(A.id)
    store.withdraw_override(put_one.id, OTHER, "条件が変わった")
    store.withdraw_override(put_one.id, JC)
    assert store.overrides(A.id) == ()
    assert store.revision(A.id) == before + 1
    assert store.put_override(put_one, JC).id == put_one.id
    for bad in (replace(OVERRIDE, reason=" "), replace(OVERRIDE, start=700, end=600), replace(OVERRIDE, task="")):
        with pytest.raises(StoreError):
            store.put_override(bad, JC)
    with pytest.raises(StoreError) as refused:
        store.withdraw_override("nothing", JC)
    assert refused.value.code == "no_override"


def test_a_store_has_a_secret_of_its_own_that_stays_and_leaves_by_no_export(
    store: Store, url: str, opened: Callable[[str], Store]
) -> None:
    secret = store.secret()
    assert len(secret) > 40 and store.secret() == opened(url).secret() == secret
    with zipfile.ZipFile(io.BytesIO(store.export())) as archive:
        assert all(secret.encode() not in archive.read(name) for name in archive.namelist())


def test_mappings_and_drafts_are_kept_by_name(store: Store) -> None:
    assert store.mapping(A.id, "boris") == ""
    store.put_mapping(A.id, "boris", '{"Behavior": "task"}\n', JC)
    store.put_mapping(A.id, "boris", "{}", OTHER)
    store.put_mapping("not yet there", "boris", "[]", JC)
    assert (store.mapping(A.id, "boris"), store.mapping("not yet there", "boris")) == ("{}", "[]")
    store.put_draft(A.id, "午前の仕事", b"\x00\xffone", JC)
    store.put_draft(A.id, "午前の仕事", b"two", OTHER)
    store.put_draft(A.id, "a", b"", JC)
    assert [(draft.name, draft.data, draft.who) for draft in store.drafts(A.id)] == [
        ("a", b"", "jc-01"),
        ("午前の仕事", b"two", "jc-02"),
    ]
    store.remove_draft(A.id, "a", JC)
    assert len(store.drafts(A.id)) == 1
    with pytest.raises(StoreError):
        store.remove_draft(A.id, "a", JC)
    with pytest.raises(StoreError):
        store.put_draft(A.id, "big", bytes(1 << 20), JC)


def test_members_have_a_role_at_their_sites(store: Store) -> None:
    observer = Member("o@example.org", "jc-01", Role.OBSERVER, (A.id,))
    everywhere = Member("c@example.org", "", Role.COORDINATOR, None)
    for member in (observer, everywhere):
        store.put_member(member, JC)
    store.put_member(replace(observer, label="jc-02"), JC)
    assert store.members() == (everywhere, replace(observer, label="jc-02"))
    assert store.member("o@example.org") == replace(observer, label="jc-02")
    assert store.member("x@example.org") is None
    store.remove_member("o@example.org", JC)
    assert store.members() == (everywhere,)


@pytest.mark.parametrize(
    ("role", "actions"),
    [
        (Role.TRAINER, "see"),
        (Role.OBSERVER, "see write"),
        (Role.COORDINATOR, "see write manage"),
        (Role.ADMIN, "see write manage admin"),
    ],
)
def test_a_role_may_what_it_says_where_it_says(role: Role, actions: str) -> None:
    here, everywhere = Member("a", "", role, ("home",)), Member("b", "", role, None)
    for action in ("see", "write", "manage", "admin"):
        allowed = action in actions.split()
        assert may(here, action, "home") == allowed  # type: ignore[arg-type]
        assert may(everywhere, action, "home") == may(everywhere, action) == allowed  # type: ignore[arg-type]
        assert not may(here, action, "elsewhere")  # type: ignore[arg-type]
        assert not may(here, action)  # type: ignore[arg-type]
        assert not may(None, action, "home")  # type: ignore[arg-type]


def test_put_changes_of_a_row_count_its_versions(store: Store) -> None:
    key = store.open_day(workday("2026-06-01", "u1", row("r1")), JC)
    put(store, key, row("r1"), row("r1", task="清掃"))
    assert store.day(key).versions == {"r1": 2}


def test_a_judgement_may_be_on_work_told_of_without_a_unit(store: Store) -> None:
    said = VerdictOverride(
        "o9",
        A.id,
        "",
        "safety_management",
        Mode.ADVISE,
        None,
        None,
        None,
        Suitability.CONDITIONAL,
        "一人は要る",
        "jc-01",
        "",
    )
    store.put_override(said, JC)
    assert [one.unit for one in store.overrides(A.id)] == [""]
