"""The sites one can choose: those of the store that one may see, the bundled ones, and one's own files.

Reading and analysing happen once per content: results are cached under the hash of the bytes they came from, or under
the store's name for the site and its revision, so that a page run again after a filter touches neither, and a row
written at one site has that site alone analysed anew. The caches are shared by all sessions; which sites of the store
a session may list follows from its member's rights, and own files are in its own state alone and go with its window.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

import streamlit as st

from carveout import bundled
from carveout.analysis import Analysis, analyze
from carveout.app import archive_here, area_here
from carveout.errors import Problem
from carveout.jobs import bundle
from carveout.model import SiteResult
from carveout.observations import read, read_uploads
from carveout.store import Store, StoreError
from carveout.workday import timeline_of

MEGABYTE = 1024 * 1024
MAX_FILE_MB = 20  # as server.maxUploadSize in .streamlit/config.toml; checked again here
KINDS = ("yaml", "yml", "csv", "xlsx", "parquet")
_OWN = "own_files"


Files = tuple[tuple[str, bytes], ...]  # names and contents of what was loaded together


@dataclass(frozen=True, slots=True)
class Entry:
    """One choosable site: `key` stands in the address, `digest` and `index` find its result.

    files: one's own, loaded by this session. site: the site's own id. stored: it is a site of the store.
    """

    key: str
    digest: str
    index: int
    name: str
    constructed: bool
    files: Files = ()
    site: str = ""
    stored: bool = False


class NothingSeenError(LookupError):
    """A site of the store without a single finished row: there is nothing to analyse yet."""


def stored_key(site: str) -> str:
    """How the address names a site of the store.

    >>> stored_key("care-home-1")
    'store.care-home-1'
    """
    return f"store.{site}"


def entries() -> list[Entry]:
    """Every site this session may choose: the bundled ones, those of the store it may see, its own files.

    A store that does not answer is left out; the page of records says why.
    """
    found: list[Entry] = []
    if paths := _bundled_paths():
        digest = digest_of(tuple((path.name, path.read_bytes()) for path in paths))
        found += _entries(digest, _bundled(digest, paths), ())
    found += _of_store()
    for files in own_files():
        digest = digest_of(files)
        found += _entries(digest, _own(digest, files)[0], files)
    return found


def result_of(entry: Entry, *, jobs: bool = False) -> SiteResult:
    """The analysed site behind an entry; its jobs only where asked for, since choosing them takes most of the time.

    The jobs are those of the area that this session has chosen.
    Raises NothingSeenError for a site of the store without a finished row, and StoreError where the store does not
    answer.
    """
    if entry.stored:
        analysis = _stored(entry.digest, archive_here.store(), entry.site)
        if not analysis.sites:
            raise NothingSeenError(entry.site)
    else:
        analysis = _own(entry.digest, entry.files)[0] if entry.files else _bundled(entry.digest, _bundled_paths())
    if jobs:
        return _with_jobs(entry.digest, entry.index, area_here.area(), analysis)
    return _site(entry.digest, entry.index, analysis)


def still_going_on(entry: Entry) -> int:
    """Rows of a site of the store that have no end yet: they are left out of its analysis."""
    return _still_going_on(entry.digest, archive_here.store(), entry.site) if entry.stored else 0


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
        found.append(Entry(key, digest, index, result.name or result.site, result.constructed, files, result.site))
    return found


def _of_store() -> list[Entry]:
    """The sites of the store that have days and that the person in front of the screen may see."""
    try:
        if archive_here.standing() not in ("alone", "member"):
            return []
        seen, name = archive_here.sites_seen(), archive_here.store().id
    except StoreError as error:
        archive_here.note(error)
        return []
    return [
        Entry(
            stored_key(info.id), f"{name}:{info.id}:{info.revision}", 0, info.name or info.id, info.constructed,
            site=info.id, stored=True,
        )
        for info in seen
        if info.days
    ]  # fmt: skip


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


@st.cache_resource(max_entries=32, show_spinner=False)
def _stored(digest: str, _store: Store, _site_id: str) -> Analysis:  # noqa: ARG001 - the cache's key
    days = [archive_here.workday(info) for info in _store.days(_site_id)]
    reading = timeline_of(_store.site(_site_id), days)
    return analyze(reading.timeline, overrides=_store.overrides(_site_id))


@st.cache_data(max_entries=64, show_spinner=False)
def _still_going_on(digest: str, _store: Store, _site_id: str) -> int:  # noqa: ARG001 - the cache's key
    days = (archive_here.workday(info) for info in _store.days(_site_id))
    return sum(row.end is None for day in days for row in day.rows)


@st.cache_resource(max_entries=64, show_spinner=False)
def _site(digest: str, index: int, _analysis: Analysis) -> SiteResult:  # noqa: ARG001 - the cache's key
    return _analysis.seen(index)


@st.cache_resource(max_entries=32, show_spinner=False)
def _with_jobs(digest: str, index: int, area: str, _analysis: Analysis) -> SiteResult:  # noqa: ARG001 - the cache's key
    seen = replace(_analysis.seen(index), area=area)
    return replace(seen, jobs=bundle(seen))
