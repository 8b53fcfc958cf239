"""What one more pair of hands does in a stretch of a weekday, as a rule anybody can check.

In a quarter hour one person does at most fifteen minutes of the work at hand: what is taken over first, then what is
supported, then what is advised on, each shared out in proportion where there is more than one can do. Preparing is not
bound to the clock and fills what is left. All this counts only what recurs: work seen in the stretch on half of the
days. What is seen there now and then fills what is left after that and is promised to nobody. Figures are expected
minutes: means over the observed days of the weekday, days without the work included.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from carveout.constraints import Policy
from carveout.jobs.work import BIN, BINS, Fragment, UnitWork, once
from carveout.model import Mode

PRIORITY = (Mode.TAKE_OVER, Mode.ASSIST, Mode.ADVISE)

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Filling:
    """Stretches (rows) by fragments (columns): minutes expected, seen and in thin hours; days of days; promised."""

    minutes: Floats
    observed: Floats
    thin: Floats
    days: Ints
    of_days: Ints
    promised: Bools


def fill(
    work: UnitWork,
    weekday: int,
    fragments: Sequence[Fragment],
    start: Ints,
    end: Ints,
    policy: Policy,
    *,
    whole: bool = True,
) -> Filling:
    """Fill stretches of a weekday with fragments of a unit's work.

    start, end: minutes, whole quarter hours; beyond the columns of a day there is no work. whole: work taken over
    counts only where nearly all of it lies inside, for half of a task is not handed over.
    """
    first, last = np.minimum(start // BIN, BINS), np.minimum(end // BIN, BINS)
    own = work.days[weekday]
    fragments = once(fragments)
    shape = (len(start), len(fragments))
    until = np.stack([f.until for f in fragments]) if fragments else np.zeros((0, work.observed, BINS + 1), np.int32)
    inside = until[:, :, last] - until[:, :, first]  # fragment, day, stretch
    days, of_days = _recurrence(fragments, inside, own, work.observed)
    share = np.divide(days, of_days, out=np.zeros(shape), where=of_days > 0) + 1e-9
    handed = np.ones(shape, bool)
    if whole:
        total = until[:, own, -1].sum(axis=1)
        taken = np.array([f.mode is Mode.TAKE_OVER for f in fragments], bool)
        nearly = inside[:, own].sum(axis=1) >= policy.number("whole_share") * total[:, None] - 1e-9
        handed = ~taken | nearly.T
    seen = handed & (share >= policy.number("recurring_share"))
    told, told_at = _told(fragments, weekday, start, end)
    told &= ~seen
    at_hand = np.diff(until[:, own], axis=2).mean(axis=1) if len(own) else np.zeros((len(fragments), BINS))
    floor = np.array([f.mode is not Mode.PREPARE for f in fragments], bool)
    turns = [np.flatnonzero([f.mode is mode for f in fragments]) for mode in PRIORITY]

    room = _Room(shape, (first, last), (at_hand, told_at), work.needy[weekday], policy.number("shortest_task"))
    for turn in turns:
        room.share_out(turn, seen, told)
    room.beside(np.flatnonzero(~floor), _whole_day(fragments, until, own, work.observed, policy))
    promised = room.minutes > 0
    rare = handed & (share >= policy.number("occasional_share")) & ~seen & ~told & floor
    for turn in turns:
        room.share_out(turn, rare, np.zeros_like(told))
    return Filling(room.minutes, room.observed, room.thin, days, of_days, promised)


class _Room:
    """Quarter hours of stretches as they fill up."""

    def __init__(
        self,
        shape: tuple[int, int],
        bounds: tuple[Ints, Ints],
        at: tuple[Floats, Floats],
        needy: Floats,
        least: float,
    ):
        self.minutes, self.observed, self.thin = np.zeros(shape), np.zeros(shape), np.zeros(shape)
        first, last = bounds
        used = slice(int(first.min(initial=BINS)), int(last.max(initial=0)))
        bins = np.arange(used.start, max(used.stop, used.start))
        inside = (bins >= first[:, None]) & (bins < last[:, None])
        self._at_hand, self._told_at, self._needy = at[0][:, used], at[1][:, used], needy[used]
        self._inside, self._room, self._least = inside, inside * float(BIN), least

    def share_out(self, which: Ints, seen: Bools, told: Bools) -> None:
        """Give the fragments of one turn what is at hand, in proportion where that is more than one person can do.

        Sums over quarter hours are products of matrices: stretches by fragments, fragments by quarter hours.
        """
        from_seen, from_told = seen[:, which], told[:, which]
        spoken_of = bool(from_told.any())  # hardly ever, and adding nothing takes as long as adding something
        if not (spoken_of or from_seen.any()):
            return
        from_seen, at_hand, told_at = from_seen.astype(float), self._at_hand[which], self._told_at[which]
        total = from_seen @ at_hand
        if spoken_of:
            total += from_told @ told_at
        total *= self._inside
        part = np.divide(np.minimum(total, self._room), total, out=np.zeros_like(total), where=total > 0)
        minutes = observed = from_seen * (part @ at_hand.T)
        if spoken_of:
            minutes = observed + from_told * (part @ told_at.T)
        kept = minutes >= self._least - 1e-9
        self.minutes[:, which] += minutes * kept
        self.observed[:, which] += observed * kept
        needy = part * self._needy
        thin, used = from_seen * (needy @ at_hand.T), (from_seen * kept) @ at_hand
        if spoken_of:
            thin += from_told * (needy @ told_at.T)
            used += (from_told * kept) @ told_at
        self.thin[:, which] += thin * kept
        self._room -= part * used

    def beside(self, which: Ints, prepared: Floats) -> None:
        """Give what can be prepared at any time the minutes that are left."""
        left = self._room.sum(axis=1)
        for k in which.tolist():
            got = np.minimum(prepared[k], left)
            got = np.where(got >= self._least, got, 0.0)
            self.minutes[:, k] = self.observed[:, k] = got
            self._room *= np.divide(left - got, left, out=np.zeros_like(left), where=left > 0)[:, None]
            left = left - got


def _recurrence(
    fragments: Sequence[Fragment], inside: NDArray[np.int32], own: Ints, observed: int
) -> tuple[Ints, Ints]:
    """On how many days of how many the work arose: of the weekday's for a peak and for preparing, else of all days.

    Two Mondays say little of Mondays: what came on three days of ten came twice on one weekday by chance often enough.
    What is prepared may as well be done on another day, so that a promise for one of them binds nobody.
    """
    arose = inside > 0
    free = [f.mode is Mode.PREPARE and len(own) > 1 for f in fragments]
    of_weekday = np.array([f.peak and len(own) > 0 for f in fragments], bool) | np.array(free, bool)
    on_weekday = arose[:, own].sum(axis=1)
    days = np.where(of_weekday[:, None], on_weekday, arose.sum(axis=1) * (on_weekday > 0)).T.astype(np.int64)
    of_days = np.where(of_weekday, len(own), observed if len(own) else 0).astype(np.int64)
    return days, np.broadcast_to(of_days, days.shape)


def _told(fragments: Sequence[Fragment], weekday: int, start: Ints, end: Ints) -> tuple[Bools, Floats]:
    """Which told work lies whole inside each stretch, and its minutes per quarter hour."""
    holds = np.zeros((len(start), len(fragments)), bool)
    minutes = np.zeros((len(fragments), BINS))
    for k, fragment in enumerate(fragments):
        if weekday in fragment.told:
            first, last = fragment.told[weekday]
            holds[:, k] = (start <= first) & (last <= end)
            edges = np.clip(np.arange(BINS + 1) * BIN, first, last)
            minutes[k] = np.diff(edges)
    return holds, minutes


def _whole_day(
    fragments: Sequence[Fragment], until: NDArray[np.int32], own: Ints, observed: int, policy: Policy
) -> Floats:
    """Minutes of what can be prepared on the weekday, whenever it was done; 0 where it does not recur."""
    if not len(own) or not fragments:
        return np.zeros(len(fragments))
    days, of_days = _recurrence(fragments, until[:, :, -1:], own, observed)
    recurs = days[0] >= policy.number("recurring_share") * of_days[0] - 1e-9
    minutes: Floats = np.where(recurs, until[:, own, -1].mean(axis=1), 0.0)
    return minutes
