"""What a draft makes of a site, computed once per site and draft: the site is laid out once, an edit only evaluates."""

from __future__ import annotations

import streamlit as st

from carveout import jobs
from carveout.app.sites import Entry
from carveout.jobs import Bench, Draft, WorkOffer, write_draft
from carveout.model import Job, SiteResult


def shaped(entry: Entry, result: SiteResult, draft: Draft) -> Job:
    """The job that a draft asks for.

    Raises InputError (`carveout.constraints.PolicyError`) for a figure that cannot be chosen.
    """
    return _shaped(entry.digest, entry.index, write_draft(draft), draft, result)


def offers(entry: Entry, result: SiteResult, unit: str) -> tuple[WorkOffer, ...]:
    """Every task in every form that has a verdict in a unit."""
    return _offers(entry.digest, entry.index, unit, result)


@st.cache_resource(max_entries=8, show_spinner=False)
def _bench(digest: str, index: int, _result: SiteResult) -> Bench:  # noqa: ARG001 - the cache's key
    return jobs.bench(_result)


@st.cache_resource(max_entries=256, show_spinner=False)
def _shaped(digest: str, index: int, written: bytes, _draft: Draft, _result: SiteResult) -> Job:  # noqa: ARG001
    return jobs.shape(_result, _draft, on=_bench(digest, index, _result))


@st.cache_resource(max_entries=64, show_spinner=False)
def _offers(digest: str, index: int, unit: str, _result: SiteResult) -> tuple[WorkOffer, ...]:  # noqa: ARG001
    return jobs.offers(_result, unit)
