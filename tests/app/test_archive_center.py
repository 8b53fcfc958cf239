"""The page of records on a center's PostgreSQL: the same page, and kind words while the server is away."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from carveout.app import archive_here
from tests.app.opened import at_site, filled, labels, opened, said, store_of, word
from tests.store.server import PostgreSQL, running


@pytest.fixture(scope="module")
def postgresql() -> Iterator[PostgreSQL]:
    with running() as server:
        yield server


def test_the_same_page_on_postgresql_and_kind_words_while_it_is_away(
    postgresql: PostgreSQL, monkeypatch: pytest.MonkeyPatch
):
    url = postgresql.new_database()
    monkeypatch.setenv("CARVEOUT_STORE", url)
    store = store_of(url)
    filled(store, "a")
    info = store.days("a")[0]
    store.close()
    app = at_site("a")
    app.button(key=f"archive.remove.{info.key}").click().run()
    assert "2026-06-01" not in "".join(button.key or "" for button in app.button)
    assert not app.error
    postgresql.stop()
    try:
        app.run()
        assert word("archive.retry") in labels(app)
        assert word("archive.rest_works") in said(app)
        other = opened("map", site="store.a")
        assert other.selectbox(key="map.site").value == "care-home-a"
        assert not other.error
    finally:
        postgresql.start()
    app.button(key="archive.retry").click().run()
    assert not app.error
    assert "2026-06-02（火）" in said(app)
    assert app.button(key=f"archive.restore.{info.key}")
    assert opened("map", site="store.a").selectbox(key="map.site").value == "store.a"


def test_an_action_while_the_server_is_away_writes_nothing_loses_nothing_and_can_be_pressed_again(
    postgresql: PostgreSQL, monkeypatch: pytest.MonkeyPatch
):
    url = postgresql.new_database()
    monkeypatch.setenv("CARVEOUT_STORE", url)
    with closing(store_of(url)) as store:
        filled(store, "a")
    app = at_site("a")
    app.button(key="archive.new_day.begin").click().run()
    app.date_input[0].set_value("2026-06-20").run()
    next(one for one in app.text_input if (one.key or "").endswith(".observer")).input("jc-77").run()
    postgresql.stop()
    try:
        app.button(key="archive.day.write").click().run()
        assert word("archive.retry") in labels(app)
        app.run()
        assert not app.date_input
        app.run()
    finally:
        postgresql.start()
    app.button(key="archive.retry").click().run()
    assert [info.date for info in archive_here.store().days("a")] == ["2026-06-01", "2026-06-02"]
    assert not app.error
    assert next(one for one in app.text_input if (one.key or "").endswith(".observer")).value == "jc-77"
    assert app.date_input[0].value.isoformat() == "2026-06-20"
    app.button(key="archive.day.write").click().run()
    assert [info.date for info in archive_here.store().days("a")][-1] == "2026-06-20"
