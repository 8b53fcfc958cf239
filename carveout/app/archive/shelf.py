"""One site of the store as a drawing of the page has read it: looked up once, used by every part."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from carveout.store import Clash, DayInfo, SiteInfo, Store
from carveout.workday import SiteHead


@dataclass(frozen=True, slots=True)
class Shelf:
    """A site with its days by date, unit and observer."""

    store: Store
    info: SiteInfo
    head: SiteHead
    days: tuple[DayInfo, ...]

    @classmethod
    def of(cls, store: Store, info: SiteInfo) -> Shelf:
        """Look a site up. Raises StoreError."""
        return cls(store, info, store.site(info.id), store.days(info.id))

    @property
    def site(self) -> str:
        """The site's id."""
        return self.info.id

    def clashes(self, info: DayInfo) -> tuple[Clash, ...]:
        """What two people wanted of one row of a day, looked up once per revision."""
        return _clashes(self.store.id, info.key, info.revision, self.store)

    def clashing(self) -> list[DayInfo]:
        """The days on which something waits to be settled."""
        return [info for info in self.days if self.clashes(info)]


@st.cache_resource(show_spinner=False, max_entries=5_000)
def _clashes(store_id: str, key: str, revision: int, _store: Store) -> tuple[Clash, ...]:  # noqa: ARG001
    return _store.clashes(key)
