"""Which flows of a job's units stay whole: looked up in the job, not taken for granted."""

from __future__ import annotations

from dataclasses import dataclass

from carveout.model import Chain, Job, Mode, SiteResult


@dataclass(frozen=True, slots=True)
class Flows:
    """Chains of the job's units: left whole, of those the ones in which it lends a hand, and those that lose a link."""

    untouched: tuple[Chain, ...]
    assisted: tuple[Chain, ...]
    cut: tuple[Chain, ...]


def flows(result: SiteResult, job: Job) -> Flows:
    """Sort the chains of the job's units by what the job does with their links.

    A link taken over anywhere in its unit cuts its chain: the flow's people would look for it at its place. Helping
    counts where it lies in the chain's usual hours.
    """
    taken = {(slot.unit, task.task) for slot in job.slots for task in slot.tasks if task.mode is Mode.TAKE_OVER}
    units = {slot.unit for slot in job.slots}
    chains = [chain for chain in result.chains if chain.unit in units]
    cut = tuple(chain for chain in chains if any((chain.unit, task) in taken for task in chain.tasks))
    whole = tuple(chain for chain in chains if chain not in cut)
    return Flows(whole, tuple(chain for chain in whole if _assists(job, chain)), cut)


def _assists(job: Job, chain: Chain) -> bool:
    return any(
        task.mode is Mode.ASSIST and task.task in chain.tasks
        for slot in job.slots
        if slot.unit == chain.unit and slot.start < chain.end and chain.start < slot.end
        for task in slot.tasks
    )
