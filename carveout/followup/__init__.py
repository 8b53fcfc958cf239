"""What became of a proposal: openings, matches, interviews, and the counts a center reports."""

from carveout.followup.counts import (
    ChannelRow,
    ReasonRow,
    by_origin,
    openings_by_channel,
    placements_by_channel,
    unmatched_reasons,
)
from carveout.followup.due import Contact, contacts_due
from carveout.followup.files import FORMAT, read_followup, write_followup
from carveout.followup.records import (
    FLOW,
    Interview,
    Match,
    NoMatch,
    Opening,
    Origin,
    Partner,
    Status,
    Step,
    status_of,
    step_problems,
)

__all__ = [
    "FLOW",
    "FORMAT",
    "ChannelRow",
    "Contact",
    "Interview",
    "Match",
    "NoMatch",
    "Opening",
    "Origin",
    "Partner",
    "ReasonRow",
    "Status",
    "Step",
    "by_origin",
    "contacts_due",
    "openings_by_channel",
    "placements_by_channel",
    "read_followup",
    "status_of",
    "step_problems",
    "unmatched_reasons",
    "write_followup",
]
