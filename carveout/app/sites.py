"""The sites one can choose: the bundled ones, shared by everybody, and one's own files, which only this session knows.

Reading and analysing happen once per content: results are cached under the hash of the bytes they came from, so that a
page run again after a filter touches neither. The cache of own files is shared by all sessions, but finding an entry
takes the whole content; what a session may list is in its own state alone, and goes with its window.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from carveout import bundled
from carveout.analysis import Analysis, analyze
from carveout.errors import Problem
from carveout.model import SiteResult
from carveout.observations import read, read_uploads

MEGABYTE = 1024 * 1024
MAX_FILE_MB = 20  # as server.maxUploadSize in .streamlit/config.toml; checked again here
KINDS = ("yaml", "yml", "csv", "xlsx", "parquet")
_OWN = "own_files"


Files = tuple[tuple[str, bytes], ...]  # names and contents of what was loaded together


@dataclass(frozen=True, slots=True)
class Entry:
    """One choosable site: `key` stands in the address, `digest` and `index` find its result, `files` are one's own."""

    key: str
    digest: str
    index: int
    name: str
    constructed: bool
    files: Files = ()


def entries() -> list[Entry]:
    """Every site this session may choose: bundled first, then its own in the order of loading."""
    found: list[Entry] = []
    if paths := _bundled_paths():
        digest = digest_of(tuple((path.name, path.read_bytes()) for path in paths))
        found += _entries(digest, _bundled(digest, paths), ())
    for files in own_files():
        digest = digest_of(files)
        found += _entries(digest, _own(digest, files)[0], files)
    return found


def result_of(entry: Entry) -> SiteResult:
    """The analysed site behind an entry."""
    analysis = _own(entry.digest, entry.files)[0] if entry.files else _bundled(entry.digest, _bundled_paths())
    return _site(entry.digest, entry.index, analysis)


def own_files() -> list[Files]:
    """What this session has loaded: an entry per loading."""
    loaded: list[Files] = st.session_state.get(_OWN, [])
    return loaded


def load_own(files: Files) -> tuple[list[Entry], tuple[Problem, ...]]:
    """Read and analyse files as one input and keep them for this session; warnings come along.

    Raises InputError with every problem when they cannot be used; then nothing is kept.
    """
    digest = digest_of(files)
    analysis, problems = _own(digest, files)
    names = {name for name, _ in files}
    others = [old for old in own_files() if names.isdisjoint(name for name, _ in old)]
    st.session_state[_OWN] = [*others, files]
    return _entries(digest, analysis, files), problems


def forget_own() -> None:
    """Drop everything this session has loaded."""
    st.session_state[_OWN] = []


def digest_of(files: Files) -> str:
    """One hash over names and contents.

    >>> digest_of((("a", b"b"),)) == digest_of((("ab", b""),))
    False
    """
    total = hashlib.sha256()
    for name, data in files:
        total.update(f"{len(name.encode())}:{name}:{len(data)}:".encode() + data)
    return total.hexdigest()


def _entries(digest: str, analysis: Analysis, files: Files) -> list[Entry]:
    found = []
    for index in range(len(analysis.sites)):
        result = _site(digest, index, analysis)
        key = f"own-{digest[:12]}-{index}" if files else result.site
        found.append(Entry(key, digest, index, result.name or result.site, result.constructed, files))
    return found


def _bundled_paths() -> tuple[Path, ...]:
    try:
        return bundled.paths()
    except FileNotFoundError:
        return ()


@st.cache_resource(max_entries=2, show_spinner=False)
def _bundled(digest: str, _paths: tuple[Path, ...]) -> Analysis:  # noqa: ARG001 - the cache's key
    return analyze(read(_paths).timeline)


@st.cache_resource(max_entries=8, show_spinner=False)
def _own(digest: str, _files: Files) -> tuple[Analysis, tuple[Problem, ...]]:  # noqa: ARG001 - the cache's key
    reading = read_uploads(dict(_files))
    return analyze(reading.timeline), reading.problems


@st.cache_resource(max_entries=64, show_spinner=False)
def _site(digest: str, index: int, _analysis: Analysis) -> SiteResult:  # noqa: ARG001 - the cache's key
    return _analysis.site(index)
