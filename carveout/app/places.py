"""Where the pages are."""

from __future__ import annotations

from pathlib import Path

VIEWS = Path(__file__).parent / "views"
PAGES = (
    "map",
    "verdicts",
    "graph",
    "jobs",
    "shape",
    "proposal",
    "upload",
    "about",
)  # file, address and message key alike
