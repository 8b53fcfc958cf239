"""Record a day while it happens."""

from __future__ import annotations
