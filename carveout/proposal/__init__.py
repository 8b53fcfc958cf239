"""The employer's proposal: what a job offers, as records, and the same as Word, web page, PDF, timetable, calendar."""

from carveout.proposal.content import Proposal, propose

__all__ = ["Proposal", "propose"]
