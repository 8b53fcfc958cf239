"""Whole papers in the store: kept, changed only by who saw the last version, recorded, exported."""

from __future__ import annotations

from collections.abc import Callable
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from carveout.store import By, Paper, Store, StoreError, open_store
from tests.store.build import JC

OTHER = By("jc-02")


def test_a_paper_is_kept_changed_and_taken_away(store: Store) -> None:
    first = store.put_paper(Paper("opening", "o1", "a", "one"), JC)
    assert (first.version, first.who, first.text) == (1, JC.who, "one")
    second = store.put_paper(Paper("opening", "o1", "a", "two", first.version), OTHER)
    assert (second.version, second.who) == (2, OTHER.who)
    assert store.papers("opening") == (second,)
    assert store.papers("opening", "a") == (second,)
    assert store.papers("opening", "b") == ()
    assert store.papers("exercise") == ()
    store.remove_paper("opening", "o1", second.version, JC)
    assert store.paper("opening", "o1") is None
    again = store.put_paper(Paper("opening", "o1", "a", "three"), JC)
    assert again.version == 4


def test_who_did_not_see_the_last_version_overwrites_nothing_and_learns_who_was_faster(store: Store) -> None:
    first = store.put_paper(Paper("opening", "o1", "", "one"), JC)
    store.put_paper(Paper("opening", "o1", "", "two", first.version), OTHER)
    with pytest.raises(StoreError) as caught:
        store.put_paper(Paper("opening", "o1", "", "mine", first.version), JC)
    assert caught.value.code == "changed_since"
    assert OTHER.who in caught.value.message("ja")
    with pytest.raises(StoreError):
        store.put_paper(Paper("opening", "o1", "", "new", 0), JC)
    with pytest.raises(StoreError):
        store.remove_paper("opening", "o1", first.version, JC)
    kept = store.paper("opening", "o1")
    assert kept is not None and kept.text == "two"


def test_the_same_paper_written_twice_is_one(store: Store) -> None:
    first = store.put_paper(Paper("answer", "x", "", "said"), JC)
    assert store.put_paper(Paper("answer", "x", "", "said"), JC) == first


def test_two_stores_on_one_database_do_not_lose_each_others_change(url: str, opened: Callable[[str], Store]) -> None:
    one, other = opened(url), opened(url)
    seen = one.put_paper(Paper("opening", "o1", "", "0"), JC)
    also = other.paper("opening", "o1")
    assert also == seen
    one.put_paper(Paper("opening", "o1", "", "1", seen.version), JC)
    with pytest.raises(StoreError):
        other.put_paper(Paper("opening", "o1", "", "2", seen.version), OTHER)


def test_every_change_stays_in_the_record(store: Store) -> None:
    first = store.put_paper(Paper("opening", "o1", "", "one"), JC)
    store.put_paper(Paper("opening", "o1", "", "two", first.version), JC)
    store.remove_paper("opening", "o1", 2, OTHER)
    query = text("SELECT body FROM change WHERE kind = 'paper' ORDER BY seq")
    bodies = store.database.read(lambda connection: [row[0] for row in connection.execute(query)])
    assert len(bodies) == 3
    assert '"before":"two"' in bodies[2].replace(" ", "") and '"after":null' in bodies[2].replace(" ", "")


@pytest.mark.parametrize(
    "wrong",
    [Paper("", "x", "", ""), Paper("k", "", "", ""), Paper("k", "a\x00", "", ""), Paper("k", "x", "", "y" * (1 << 21))],
)
def test_a_paper_that_cannot_be_kept_says_why(store: Store, wrong: Paper) -> None:
    with pytest.raises(StoreError) as caught:
        store.put_paper(wrong, JC)
    assert caught.value.message("ja") != caught.value.message("en")
    assert store.papers(wrong.kind) == ()


def test_papers_travel_with_the_export(store: Store, opened: Callable[[str], Store], tmp_path: object) -> None:
    first = store.put_paper(Paper("opening", "o1", "a", "一つ"), JC)
    gone = store.put_paper(Paper("opening", "o2", "a", "gone"), JC)
    store.remove_paper("opening", "o2", gone.version, JC)
    fresh = opened(f"{tmp_path}/fresh.sqlite3")
    fresh.restore(store.export())
    assert fresh.papers("opening") == (first,)
    assert fresh.export() is not None


@settings(max_examples=25)
@given(st.text(max_size=300).filter(lambda one: all(c.isprintable() or c in "\n\t" for c in one)))
def test_any_text_comes_back_as_it_was(text_: str) -> None:
    with TemporaryDirectory() as folder:
        one = open_store(f"{folder}/store.sqlite3")
        one.put_paper(Paper("k", "x", "", text_), JC)
        kept = one.paper("k", "x")
        one.close()
    assert kept is not None and kept.text == text_
