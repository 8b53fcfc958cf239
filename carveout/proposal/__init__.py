"""The employer's proposal: what a job offers, as records, and the same as Word, web page, PDF, timetable, calendar."""

from carveout.proposal.content import Proposal, propose
from carveout.proposal.papers import Format, made, write_all
from carveout.proposal.waiting import Waiting, waiting

__all__ = ["Format", "Proposal", "Waiting", "made", "propose", "waiting", "write_all"]
