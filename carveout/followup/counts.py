"""The counts a center reports: openings by channel and field, people matched, and why matches failed.

The three tables have the shape of tables 2 to 4 of the Kashiwa report of fiscal 2014: an opening counts once whether or
not somebody was found, a match counts each person, and both are split into fields new to the center and known ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from carveout.followup.records import NoMatch, Opening, Origin
from carveout.model import Channel

# The order of the report's rows.
CHANNELS = (Channel.PLACEMENT, Channel.DISPATCH, Channel.CONTRACT, Channel.INFORMATION)


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """One row of a table: how many in new fields and in known ones, and which work they were, the commonest first.

    channel None: the sum.
    """

    channel: Channel | None
    new: int
    known: int
    new_work: tuple[str, ...] = ()
    known_work: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """New and known together."""
        return self.new + self.known


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """Work for which nobody was matched, and why."""

    opening: str
    work: str
    reason: NoMatch
    note: str


def openings_by_channel(openings: Iterable[Opening]) -> tuple[ChannelRow, ...]:
    """Openings by channel, the sum last (table 2)."""
    return _table([(one, 1) for one in openings])


def placements_by_channel(openings: Iterable[Opening]) -> tuple[ChannelRow, ...]:
    """People matched by channel, the sum last (table 3)."""
    return _table([(one, n) for one in openings if (n := sum(match.failed is None for match in one.matches))])


def unmatched_reasons(openings: Iterable[Opening]) -> tuple[ReasonRow, ...]:
    """Every match that failed, with its reason (table 4), by opening and in the order in which they were noted."""
    return tuple(
        ReasonRow(one.id, one.work, match.failed, match.note)
        for one in sorted(openings, key=lambda one: one.id)
        for match in one.matches
        if match.failed is not None
    )


def by_origin(openings: Iterable[Opening]) -> dict[Origin, int]:
    """Openings by the way they were found, every way named."""
    found = Counter(one.origin for one in openings)
    return {origin: found[origin] for origin in Origin}


def _table(counted: Sequence[tuple[Opening, int]]) -> tuple[ChannelRow, ...]:
    rows = []
    for channel in CHANNELS:
        own = {
            field: [(o, n) for o, n in counted if o.channel is channel and o.known_field is field]
            for field in (False, True)
        }
        rows.append(
            ChannelRow(
                channel, sum(n for _, n in own[False]), sum(n for _, n in own[True]),
                _work(own[False]), _work(own[True]),
            )
        )  # fmt: skip
    return (*rows, ChannelRow(None, sum(row.new for row in rows), sum(row.known for row in rows)))


def _work(counted: Sequence[tuple[Opening, int]]) -> tuple[str, ...]:
    total: Counter[str] = Counter()
    for opening, n in counted:
        total[opening.work] += n
    return tuple(sorted(total, key=lambda work: (-total[work], work)))
