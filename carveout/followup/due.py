"""Whom to contact next: what was arranged, and what has been silent for too long."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from carveout.followup.records import Opening, Status, status_of

# One job of the report came a year and a half after the first visit: a no is asked again, not forgotten.
SILENT_DAYS = {
    Status.OFFERED: 14,
    Status.ACCEPTED: 14,
    Status.DECLINED: 180,
    Status.STARTED: 30,
    Status.WIDENED: 90,
    Status.ENDED: 180,
}


@dataclass(frozen=True, slots=True)
class Contact:
    """An opening to get in touch about. arranged: the date was set by a person; else it follows from the silence."""

    opening: str
    on: date
    arranged: bool

    def late(self, today: date) -> int:
        """Days since it was due; 0 if it is still to come."""
        return max(0, (today - self.on).days)


def contacts_due(openings: Iterable[Opening], today: date, *, ahead: int = 14) -> tuple[Contact, ...]:
    """Contacts due by today or within the days ahead, the longest due first."""
    found = []
    for opening in openings:
        status = status_of(opening)
        if opening.next_contact:
            contact = Contact(opening.id, date.fromisoformat(opening.next_contact), True)
        elif status is not None:
            last = max(
                [opening.steps[-1].on, *(one.on for one in opening.interviews), *(one.on for one in opening.matches)]
            )
            contact = Contact(opening.id, date.fromisoformat(last) + timedelta(SILENT_DAYS[status]), False)
        else:
            continue
        if contact.on <= today + timedelta(ahead):
            found.append(contact)
    return tuple(sorted(found, key=lambda one: (one.on, one.opening)))
