"""The versions a store's tables have had, the present one last; each is a step in `migrations/versions`."""

from __future__ import annotations

VERSIONS = ("0001", "0002", "0003")
PRESENT = VERSIONS[-1]
