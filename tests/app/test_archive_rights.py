"""Who sees and does what: one person on a laptop, members of a center, strangers, and a center not set up yet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from carveout.app import archive_here
from carveout.model import Kind
from carveout.store import Member, Role, Store
from carveout.workday import SiteHead
from tests.app.opened import JC, at_site, filled, labels, opened, said, sign_in, store_of, word


@pytest.fixture
def store(store_of_its_own: str) -> Iterator[Store]:
    """Two sites, and a member of each role who is named for the first only."""
    with_it = store_of(store_of_its_own)
    filled(with_it, "mine", "theirs")
    for role in Role:
        with_it.put_member(Member(f"{role}@example.org", f"{role}-1", role, ("mine",)), JC)
    yield with_it
    with_it.close()


def parts(app: object) -> list[str]:
    group = next(one for one in app.segmented_control if (one.key or "").startswith("archive.part."))  # type: ignore[attr-defined]
    return list(group.options)


def test_nobody_signed_in_is_asked_to_sign_in_and_still_has_the_bundled_sites(
    store: Store, monkeypatch: pytest.MonkeyPatch
):
    sign_in(monkeypatch)
    monkeypatch.setattr(archive_here, "find_spec", lambda name: name)  # as on a machine that has all of it
    for page in ("archive", "record", "live"):
        app = opened(page)
        assert word("archive.sign_in") in labels(app)
        assert "施設 mine" not in said(app)
    app = opened("map", site="store.mine")
    assert app.selectbox(key="map.site").value == "care-home-a"
    assert not [option for option in app.selectbox(key="map.site").options if "mine" in option]


def test_a_machine_that_cannot_sign_anybody_in_says_what_it_lacks(store: Store, monkeypatch: pytest.MonkeyPatch):
    sign_in(monkeypatch)
    monkeypatch.setattr(archive_here, "find_spec", lambda name: None if name.startswith("httpx") else name)
    app = opened("archive")
    assert "httpx" in app.error[0].value
    assert word("archive.sign_in") not in labels(app)


def test_a_stranger_learns_whom_to_ask(store: Store, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CARVEOUT_ADMIN", "chief@example.org")
    sign_in(monkeypatch, "new@example.org")
    app = opened("archive")
    assert "new@example.org" in said(app) and "chief@example.org" in said(app)
    assert word("archive.sign_out") in labels(app)
    assert "施設 mine" not in said(app)
    assert opened("map", site="store.mine").selectbox(key="map.site").value == "care-home-a"


def test_a_center_without_sign_in_stays_closed(store: Store, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CARVEOUT_ADMIN", "chief@example.org")
    app = opened("archive")
    assert word("archive.unset_title") in said(app)
    assert "施設 mine" not in said(app)
    assert opened("map", site="store.mine").selectbox(key="map.site").value == "care-home-a"


@pytest.mark.parametrize("role", list(Role))
def test_a_member_sees_the_sites_it_is_named_for_and_no_other(
    role: Role, store: Store, monkeypatch: pytest.MonkeyPatch
):
    sign_in(monkeypatch, f"{role}@example.org")
    text = said(opened("archive"))
    assert "施設 mine" in text and "施設 theirs" not in text
    assert "施設 theirs" not in said(at_site("theirs"))
    assert word("archive.site_gone").partition("「")[0] in said(at_site("theirs"))
    shown = opened("map", site="store.theirs").selectbox(key="map.site")
    assert shown.value == "care-home-a"
    assert [option for option in shown.options if "theirs" in option] == []
    assert [option for option in shown.options if "mine" in option] != []


@pytest.mark.parametrize(
    ("role", "writes", "manages"),
    [
        (Role.TRAINER, False, False),
        (Role.OBSERVER, True, False),
        (Role.COORDINATOR, True, True),
        (Role.ADMIN, True, True),
    ],
)
def test_a_role_offers_what_it_may_do(
    role: Role, writes: bool, manages: bool, store: Store, monkeypatch: pytest.MonkeyPatch
):
    sign_in(monkeypatch, f"{role}@example.org")
    app = at_site("mine")
    buttons = labels(app)
    assert (word("archive.new_day") in buttons) is writes
    assert (word("archive.write") in buttons) is writes
    assert (word("archive.remove") in buttons) is manages
    shown = parts(app)
    assert (word("archive.part_import") in shown) is manages
    assert (word("archive.part_export") in shown) is manages
    tasks = at_site("mine", "tasks")
    assert bool([box for box in tasks.selectbox if (box.key or "").startswith("archive.rename")]) is manages


@pytest.mark.parametrize("part", ["import", "export"])
def test_an_address_opens_no_part_one_may_not_use(part: str, store: Store, monkeypatch: pytest.MonkeyPatch):
    sign_in(monkeypatch, "observer@example.org")
    app = at_site("mine", part)
    assert "2026-06-02" in said(app)
    assert not app.get("file_uploader") and not app.get("download_button")


def test_who_writes_is_the_account(store: Store, monkeypatch: pytest.MonkeyPatch):
    sign_in(monkeypatch, "observer@example.org")
    app = at_site("mine")
    app.button(key="archive.new_day.begin").click().run()
    app.date_input[0].set_value("2026-06-20").run()
    app.button(key="archive.day.write").click().run()
    new = next(info for info in store.days("mine") if info.date == "2026-06-20")
    assert store.history(new.key)[-1].who == "observer@example.org"


def test_the_first_administrator_lets_others_in(store_of_its_own: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CARVEOUT_ADMIN", "Chief@Example.org")
    store = store_of(store_of_its_own)
    store.put_site(SiteHead("a", Kind.CARE_HOME, "a"), JC)
    sign_in(monkeypatch, "chief@example.org")
    app = opened("archive")
    app.pills(key="archive.way.1").select("people").run()
    assert word("archive.no_member") in said(app)
    app.text_input(key="archive.member.account").input("New@example.org").run()
    base = "archive.member.new@example.org"
    app.text_input(key=f"{base}.label").input("jc-05").run()
    app.selectbox(key=f"{base}.role").select(Role.COORDINATOR).run()
    app.multiselect(key=f"{base}.sites").select("a").run()
    app.button(key=f"{base}.keep").click().run()
    assert store.members() == (Member("new@example.org", "jc-05", Role.COORDINATOR, ("a",)),)
    sign_in(monkeypatch, "new@example.org")
    assert word("archive.way_people") not in str(opened("archive").pills)
    store.close()


def test_an_administrator_does_not_lock_itself_out(store: Store, monkeypatch: pytest.MonkeyPatch):
    store.put_member(Member("boss@example.org", "b", Role.ADMIN, None), JC)
    sign_in(monkeypatch, "boss@example.org")
    app = opened("archive")
    app.pills(key="archive.way.2").select("people").run()
    app.selectbox(key="archive.member").select("boss@example.org").run()
    app.selectbox(key="archive.member.boss@example.org.role").select(Role.TRAINER).run()
    app.button(key="archive.member.boss@example.org.keep").click().run()
    assert word("archive.not_oneself")[:10] in app.error[0].value
    assert store.member("boss@example.org") == Member("boss@example.org", "b", Role.ADMIN, None)


@pytest.mark.parametrize("about", [{"email_verified": False}, {"email_verified": None}])
def test_an_address_nobody_vouches_for_opens_nothing(
    about: dict[str, object], store: Store, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("CARVEOUT_ADMIN", "admin@example.org")
    sign_in(monkeypatch, "admin@example.org", **about)
    assert archive_here.account() == "sub-of-admin@example.org"
    app = opened("archive")
    assert "施設 mine" not in said(app)
    assert "sub-of-admin@example.org" in said(app)


def test_rights_taken_away_hold_at_the_next_drawing(store: Store, monkeypatch: pytest.MonkeyPatch):
    sign_in(monkeypatch, "observer@example.org")
    app = at_site("mine")
    store.put_member(Member("observer@example.org", "o", Role.OBSERVER, ("theirs",)), JC)
    app.run()
    assert "2026-06-02" not in said(app)


def test_one_sessions_own_files_never_stand_among_anothers_sites(store: Store, monkeypatch: pytest.MonkeyPatch):
    sign_in(monkeypatch, "admin@example.org")
    app = opened("map")
    app.session_state["own_files"] = (
        [("x.csv", "site,kind,date,unit,staff,start,end,task\nq,other,2026-06-01,u,s1,09:00,09:30,清掃".encode())],
    )
    app.run()
    assert [option for option in app.selectbox(key="map.site").options if option.startswith("q")] != []
    assert [option for option in opened("map").selectbox(key="map.site").options if option.startswith("q")] == []


def test_on_a_laptop_without_sign_in_one_may_do_everything(store: Store):
    app = at_site("mine")
    assert word("archive.new_day") in labels(app)
    assert archive_here.standing() == "alone"
    assert archive_here.allowed("admin")


def test_a_store_never_shows_its_password(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CARVEOUT_STORE", "postgresql://jc:geheim@127.0.0.1:1/none")
    app = opened("archive")
    assert word("archive.retry") in labels(app)
    assert "geheim" not in said(app)
