"""What the checks find in a day of the store: one look for every page, so that all of them count the same."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from carveout.app import archive_here
from carveout.store import DayInfo, Store
from carveout.workday import SiteHead, Vocabulary, Workday
from carveout.workday.checks import Finding, check

_USUAL_DAYS = 8  # days of the unit to tell an unusual one by, the latest complete ones
_ASIDE = "record.aside"


def usual(key: str, unit: str, days: Sequence[DayInfo]) -> tuple[DayInfo, ...]:
    """The days of a unit that tell what is usual for one of its days."""
    return tuple([one for one in days if one.unit == unit and one.complete and one.key != key][-_USUAL_DAYS:])


def findings(
    store: Store, key: str, revision: int, day: Workday, head: SiteHead, days: Sequence[DayInfo], words: Vocabulary
) -> tuple[Finding, ...]:
    """The findings of a day that this session has not put aside; none for a day without a row.

    days: of the site; head, words: of the site. Looked up once per revision of the day and of what is usual.
    """
    infos = usual(key, day.unit, days)
    beside = tuple((one.key, one.revision) for one in infos)
    found = _findings(store.id, key, revision, repr(head), beside, day, infos, words) if day.rows else ()
    aside = st.session_state.get(_ASIDE, {}).get(key, set())
    return tuple(one for one in found if one.key not in aside)


def counted(found: Sequence[Finding]) -> int:
    """How many of the findings ask for something: all but notes."""
    return sum(one.severity != "note" for one in found)


def put_aside(day: str, finding: str) -> None:
    """Leave a finding as it is, for this session."""
    aside: dict[str, set[str]] = st.session_state.setdefault(_ASIDE, {})
    aside.setdefault(day, set()).add(finding)


@st.cache_resource(show_spinner=False, max_entries=5_000)
def _findings(
    store_id: str, key: str, revision: int, head: str, beside: tuple[tuple[str, int], ...],  # noqa: ARG001
    _day: Workday, _usual: Sequence[DayInfo], _words: Vocabulary,
) -> tuple[Finding, ...]:  # fmt: skip
    return check(_day, [archive_here.workday(one) for one in _usual], _words)
