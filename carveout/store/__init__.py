"""Where observed workdays are kept: one database, every change recorded, nothing typed ever lost."""

from carveout.store.errors import StoreError
from carveout.store.records import (
    By,
    Clash,
    DayHead,
    DayInfo,
    Edit,
    Fact,
    HeadChange,
    Keep,
    Recorded,
    Saved,
    SiteInfo,
    StoredDay,
)
from carveout.store.store import Store, open_store

__all__ = [
    "By",
    "Clash",
    "DayHead",
    "DayInfo",
    "Edit",
    "Fact",
    "HeadChange",
    "Keep",
    "Recorded",
    "Saved",
    "SiteInfo",
    "Store",
    "StoreError",
    "StoredDay",
    "open_store",
]
