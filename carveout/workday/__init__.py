"""An observed workday as people write it down and mend it: rows, typed lines, edits, checks, and its columns."""

from carveout.workday.record import Change, Person, Row, SiteHead, Workday

__all__ = ["Change", "Person", "Row", "SiteHead", "Workday"]
