"""The contract's own files: read by the observations room, seen as workdays."""

from __future__ import annotations

from carveout.errors import InputError, Problem
from carveout.exchange.cellguard import restored
from carveout.observations import read_uploads
from carveout.workday import SiteHead, Workday, workdays_of


def read_contract(
    name: str, data: bytes
) -> tuple[tuple[tuple[SiteHead, tuple[Workday, ...]], ...], tuple[Problem, ...]]:
    """The sites of an observation document or table, and every problem; no sites if it cannot be used."""
    try:
        reading = read_uploads({name: data})
    except InputError as error:
        return (), error.problems
    sites = workdays_of(reading.timeline)
    return tuple((head, tuple(restored(day) for day in days)) for head, days in sites), reading.problems
