"""Where the pages are, and how the navigation groups them."""

from __future__ import annotations

from pathlib import Path

VIEWS = Path(__file__).parent / "views"
FIRST = "map"  # what opens when the address names no page
# Group and its pages: file, address and message key alike. A group opens as a menu, so that all fits a tablet's width;
# what stands in the group without a name is always in sight, before the others.
GROUPS = (
    ("", ("archive", "map")),
    ("write", ("record", "live", "upload")),
    ("look", ("verdicts", "graph", "about")),
    ("offer", ("jobs", "shape", "proposal", "followup")),
    ("learn", ("training", "observers", "casebook")),
)
PAGES = (FIRST, *(name for _, names in GROUPS for name in names if name != FIRST))
