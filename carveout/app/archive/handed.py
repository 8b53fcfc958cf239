"""A file somebody handed over, and what it holds under a mapping."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from carveout.exchange import Imported, Mapping, read_file
from carveout.workday import SiteHead


@dataclass(frozen=True, slots=True)
class File:
    """A file as it was handed over; digest names its content."""

    name: str
    data: bytes
    digest: str


@st.cache_data(show_spinner=False, max_entries=16, ttl=3600)
def read_as(digest: str, told: str, head: SiteHead | None, taken: tuple[str, ...], _file: File) -> Imported:  # noqa: ARG001 - the cache's key
    """A file read under a mapping (as JSON), once for each pair. taken: ids that people of the site have."""
    return read_file(_file.name, _file.data, Mapping.from_json(told), head=head, taken=taken)
