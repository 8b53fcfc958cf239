"""One's own files: problems named, nothing kept of what failed, nothing seen by anybody else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import streamlit as st

from carveout.app import sites
from carveout.errors import InputError

GOOD = b"""format: carveout-observation/1
site: {id: my-home, kind: care_home, name: my home}
days:
  - date: 2026-06-01
    unit: u
    staff: [{id: s1, role: care_worker, on: "07:00-16:00"}]
    timeline:
      - {start: "09:00", end: "09:30", staff: s1, task: serving}
      - {start: "09:30", end: "10:00", staff: s1, task: cleaning}
"""
BAD = GOOD.replace(b'end: "09:30"', b'end: "08:30"').replace(b"task: cleaning", b"tusk: cleaning")


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """A session of our own in place of Streamlit's."""
    st.cache_resource.clear()
    state: dict[str, Any] = {}
    monkeypatch.setattr(st, "session_state", state)
    yield state
    st.cache_resource.clear()


def own_keys() -> list[str]:
    return [entry.key for entry in sites.entries() if entry.files]


def test_a_good_file_becomes_a_site_of_this_session(session):
    loaded, problems = sites.load_own((("day.yaml", GOOD),))
    assert [entry.name for entry in loaded] == ["my home"]
    assert problems == ()
    assert own_keys() == [loaded[0].key]
    assert sites.result_of(loaded[0]).site == "my-home"


def test_a_broken_file_names_every_problem_and_leaves_nothing_behind(session):
    with pytest.raises(InputError) as caught:
        sites.load_own((("day.yaml", BAD),))
    assert len([p for p in caught.value.problems if p.severity == "error"]) >= 2
    assert own_keys() == []


def test_loading_a_file_again_replaces_it(session):
    sites.load_own((("day.yaml", GOOD),))
    sites.load_own((("day.yaml", GOOD.replace(b"my home", b"my other home")),))
    assert [entry.name for entry in sites.entries() if entry.files] == ["my other home"]


def test_another_session_sees_nothing_of_it_though_the_cache_is_shared(session, monkeypatch):
    sites.load_own((("day.yaml", GOOD),))
    monkeypatch.setattr(st, "session_state", {})
    assert own_keys() == []


def test_forgetting_drops_it(session):
    sites.load_own((("day.yaml", GOOD),))
    sites.forget_own()
    assert own_keys() == []


def test_the_same_bytes_are_analysed_once(session, monkeypatch):
    sites.load_own((("day.yaml", GOOD),))
    assert own_keys()
    monkeypatch.setattr(sites, "analyze", lambda timeline: pytest.fail("analysed anew"))
    monkeypatch.setattr(sites, "read_uploads", lambda files: pytest.fail("read anew"))
    assert own_keys() and sites.load_own((("day.yaml", GOOD),))
