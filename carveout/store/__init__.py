"""Where observed workdays are kept: one database, every change recorded, nothing typed ever lost."""

from carveout.store.access import Action, Member, Role, may
from carveout.store.errors import StoreError
from carveout.store.records import (
    By,
    Clash,
    DayHead,
    DayInfo,
    Edit,
    Fact,
    HeadChange,
    How,
    ImportedDays,
    Keep,
    Paper,
    Recorded,
    Renamed,
    Saved,
    SiteInfo,
    StoredDay,
    StoredDraft,
)
from carveout.store.site_record import SiteEntry
from carveout.store.store import Store, open_store

__all__ = [
    "Action",
    "By",
    "Clash",
    "DayHead",
    "DayInfo",
    "Edit",
    "Fact",
    "HeadChange",
    "How",
    "ImportedDays",
    "Keep",
    "Member",
    "Paper",
    "Recorded",
    "Renamed",
    "Role",
    "Saved",
    "SiteEntry",
    "SiteInfo",
    "Store",
    "StoreError",
    "StoredDay",
    "StoredDraft",
    "may",
    "open_store",
]
