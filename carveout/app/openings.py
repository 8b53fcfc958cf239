"""Openings kept in the store: which ones the person in front of the screen may see, and how one is written."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from carveout.app import archive_here
from carveout.filing import read_records, write_records
from carveout.followup import Opening
from carveout.store import Paper, Store, StoreError

KIND = "opening"
_FORMAT = "carveout-opening/1"


@dataclass(frozen=True, slots=True)
class Kept:
    """An opening with the version that was seen, which whoever changes it has to name."""

    opening: Opening
    version: int


def kept(store: Store) -> tuple[Kept, ...]:
    """The openings one may see, by id. Raises StoreError.

    An opening belongs to a site of the store, or to an employer not observed yet, which everybody may see who may see
    the store as a whole.
    """
    own = {info.id for info in archive_here.sites_seen()}
    whole = archive_here.allowed("see")
    found = [paper for paper in store.papers(KIND) if paper.site in own or whole]
    return tuple(Kept(_read(paper.text), paper.version) for paper in found)


def seen() -> tuple[Opening, ...]:
    """The openings one may see; none where there is no store, no right, or no answer."""
    try:
        return tuple(one.opening for one in kept(archive_here.store()))
    except (StoreError, archive_here.NotLetInError):
        return ()


def keep(store: Store, opening: Opening, version: int) -> None:
    """Write an opening whose last version was seen (0: a new one). Raises StoreError."""
    store.put_paper(Paper(KIND, opening.id, opening.site, _written(opening), version), archive_here.by())


def remove(store: Store, one: Kept) -> None:
    """Take an opening away; the record keeps it. Raises StoreError."""
    store.remove_paper(KIND, one.opening.id, one.version, archive_here.by())


def _written(opening: Opening) -> str:
    return write_records(opening, _FORMAT).decode()


@st.cache_resource(show_spinner=False, max_entries=5_000)
def _read(text: str) -> Opening:
    return read_records(Opening, text.encode(), _FORMAT, KIND)
