"""The best week: which stretches to work, chosen by mixed-integer programming (HiGHS), with proof or stated gap.

One yes-or-no variable a stretch. A person is in one place at a time, comes once a day (twice only where both visits
hold work taken over, at least an hour apart), works no more days, hours and span of a day than allowed, shared by as
many people as allowed. What an earlier stage promised stays. A further day, hours unlike other days', a second visit
and a second person cost a little. Where minutes of few staff come first, they outweigh everything else together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from carveout.jobs.aims import Aims
from carveout.jobs.stretches import GRID, Floats, Ints, Stretches
from carveout.model import Optimality

# A tenth of a minute where staff are few outweighs a week of anything else.
LEXICAL = 10_000.0
NODES = 20_000  # of the search tree: a bound on the work that does not depend on the machine's speed
# The jump only looks for a first guess, which rounding finds as well: it took more than half of the time. Cuts that do
# not bind go at once.
_OPTIONS: Mapping[str, bool | int | float] = {
    "output_flag": False,
    "threads": 1,
    "random_seed": 1,
    "mip_rel_gap": 0.0,
    "mip_max_nodes": NODES,
    "mip_heuristic_run_feasibility_jump": False,
    "mip_pool_age_limit": 1,
}


@dataclass(frozen=True, slots=True)
class Terms:
    """What a week may be: days, people, and minutes a week of each, a day and between first and last of a day.

    gap: minutes between two visits of a day. together: visits of a day follow one another from unit to unit, at least
    `least` minutes in all and `most` at most; else each stands alone.
    """

    days: int
    people: int
    week: float
    day: float
    span: float
    gap: int
    lexical: bool
    together: bool = False
    least: float = 0.0
    most: float = 0.0


class Solved(NamedTuple):
    """A week: positions of the chosen stretches, the people who share them, whether it is the optimum, its worth."""

    chosen: Ints
    people: int
    optimality: Optimality
    value: float


def best_week(found: Stretches, terms: Terms, kept: Sequence[Ints], aims: Aims) -> Solved | None:
    """The best week that the candidates make.

    kept: for everything an earlier stage promised, the candidates that would keep it (one of them is chosen). None if
    nothing is worth working, or what must be kept cannot be.
    """
    value = found.worth + (LEXICAL * found.thin if terms.lexical else 0.0) - _tie(found)
    if not len(found) or any(not len(which) for which in kept):
        return None
    useful = _undominated(found, value, kept, terms, aims.hours_cost)
    model = _Model(found.take(useful), value[useful], terms, aims)
    place = np.full(len(found), -1)
    place[useful] = np.arange(len(useful))
    for which in kept:
        model.one_of(place[which][place[which] >= 0])
    solved = model.solve()
    if solved is None:
        return None
    return solved._replace(chosen=useful[solved.chosen])


def _undominated(found: Stretches, value: Floats, kept: Sequence[Ints], terms: Terms, margin: float) -> Ints:
    """The candidates that a best week might need.

    Another within the same hours of the same day and unit, worth more even if its hours cost extra, replaces a
    candidate in any week: it takes no more time or place. Where visits follow one another, it must have the very same
    hours, and may be in any unit. What keeps an earlier promise is never dropped.
    """
    needed = np.zeros(len(found), bool)
    for which in kept:
        needed[which] = True
    alive = (value > 0) | needed
    key = found.weekday if terms.together else found.weekday * (found.unit.max() + 1) + found.unit
    for one in np.unique(key[alive]):
        at = np.flatnonzero(alive & (key == one))
        start, end, worth = found.start[at], found.end[at], value[at]
        same = (start == start[:, None]) & (end == end[:, None])
        better = same & ((worth > worth[:, None]) | ((worth == worth[:, None]) & (at < at[:, None])))
        if not terms.together:
            better |= (start >= start[:, None]) & (end <= end[:, None]) & (worth >= worth[:, None] + margin) & ~same
            better &= found.own[at] | ~found.own[at, None]
        better &= ~found.prepares[at] | found.prepares[at, None]
        alive[at[better.any(axis=1) & ~needed[at]]] = False
    return np.flatnonzero(alive)


def _tie(found: Stretches) -> Floats:
    """A trifle that tells equals apart, so that every solver finds the same week: the earlier day and hour first."""
    golden = np.modf(np.arange(1, len(found) + 1) * 0.6180339887498949)[0]
    trifle: Floats = 1e-3 * (found.weekday + found.start / 1440) + 1e-4 * golden
    return trifle


class _Model:
    """Rows and columns of the programme as they are written down."""

    def __init__(self, found: Stretches, value: Floats, terms: Terms, aims: Aims):
        self._found, self._n = found, len(found)
        self._cost: list[float] = value.tolist()
        self._upper: list[float] = [1.0] * self._n
        self._rows: list[tuple[float, float, list[int], list[float]]] = []
        self._people = self._column(-aims.person_cost, terms.people)
        self._days(terms, aims)
        if not terms.together:
            self._same_hours(aims)
        length = (found.end - found.start).tolist()
        self._row(-np.inf, 0.0, [*range(self._n), self._people], [*length, -terms.week])
        self._row(1.0, terms.people, [self._people], [1.0])

    def one_of(self, which: Ints) -> None:
        """Exactly one of some candidates is chosen."""
        self._row(1.0, 1.0, which.tolist(), [1.0] * len(which))

    def solve(self) -> Solved | None:
        """The chosen candidates, people, and how sure that nothing better exists."""
        import highspy

        inf = highspy.kHighsInf
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(self._cost), len(self._rows)
        lp.sense_ = highspy.ObjSense.kMaximize
        lp.col_cost_ = np.array(self._cost)
        lp.col_lower_, lp.col_upper_ = np.zeros(len(self._cost)), np.array(self._upper)
        lp.row_lower_ = np.array([max(row[0], -inf) for row in self._rows])
        lp.row_upper_ = np.array([min(row[1], inf) for row in self._rows])
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.cumsum([0, *(len(row[2]) for row in self._rows)])
        lp.a_matrix_.index_ = np.array([k for row in self._rows for k in row[2]])
        lp.a_matrix_.value_ = np.array([v for row in self._rows for v in row[3]], float)
        lp.integrality_ = [highspy.HighsVarType.kInteger] * len(self._cost)
        solver = highspy.Highs()  # type: ignore[no-untyped-call]
        for name, choice in _OPTIONS.items():
            solver.setOptionValue(name, choice)
        solver.passModel(lp)
        solver.run()
        info = solver.getInfo()
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return None
        values = np.array(solver.getSolution().col_value)
        chosen = np.flatnonzero(values[: self._n] > 0.5)
        if not len(chosen):
            return None
        proved = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        optimality = Optimality(proved, 0.0 if proved else float(info.mip_gap))
        return Solved(chosen, round(values[self._people]), optimality, float(info.objective_function_value))

    def _column(self, cost: float, upper: float = 1.0) -> int:
        self._cost.append(cost)
        self._upper.append(float(upper))
        return len(self._cost) - 1

    def _row(self, lower: float, upper: float, index: list[int], value: list[float]) -> None:
        self._rows.append((lower, upper, index, value))

    def _days(self, terms: Terms, aims: Aims) -> None:
        worked = []
        for weekday in np.unique(self._found.weekday).tolist():
            at = np.flatnonzero(self._found.weekday == weekday)
            day = self._column(-aims.day_cost)
            worked.append(day)
            if terms.together:
                self._walk(at, day, terms)
            else:
                self._visits(at, day, terms, aims)
        self._row(-np.inf, terms.days, worked, [1.0] * len(worked))

    def _visits(self, at: Ints, day: int, terms: Terms, aims: Aims) -> None:
        """One visit a day; two where both hold work taken over, far enough apart but not too far."""
        f, ones = self._found, [1.0] * len(at)
        own = f.own[at]
        if not own.any() or terms.day <= 2 * GRID:
            self._row(-np.inf, 0.0, [*at.tolist(), day], [*ones, -1.0])
            return
        second = self._column(-aims.stretch_cost)
        self._row(-np.inf, 0.0, [*at.tolist(), day, second], [*ones, -1.0, -1.0])
        self._row(-np.inf, 0.0, [second, day], [1.0, -1.0])
        self._row(-np.inf, 2.0, at.tolist(), np.where(own, 1.0, 2.0).tolist())
        length = (f.end[at] - f.start[at]).tolist()
        self._row(-np.inf, terms.day, at.tolist(), length)
        for moment in range(int(f.start[at].min()), int(f.end[at].max()) + terms.gap, GRID):
            covering = at[(f.start[at] <= moment) & (moment < f.end[at] + terms.gap)]
            if len(covering):
                self._row(-np.inf, 0.0, [*covering.tolist(), day], [*[1.0] * len(covering), -1.0])
        for first in np.unique(f.start[at]).tolist():  # from the first start to the last end no longer than the span
            early, late = at[f.start[at] == first], at[f.end[at] > first + terms.span]
            if len(late):
                index = [*late.tolist(), *early.tolist()]
                self._row(-np.inf, 2.0, index, [*[1.0] * len(late), *[2.0] * len(early)])
        self._once(at)

    def _once(self, at: Ints) -> None:
        """What can be prepared at any time is done once a day."""
        prepares = at[self._found.prepares[at]]
        if len(prepares):
            self._row(-np.inf, 1.0, prepares.tolist(), [1.0] * len(prepares))

    def _walk(self, at: Ints, day: int, terms: Terms) -> None:
        """Visits of a day follow one another from unit to unit without a pause: a path through the half hours."""
        f = self._found
        begins, ends = [], []
        for moment in np.union1d(f.start[at], f.end[at]).tolist():
            starting, ending = at[f.start[at] == moment].tolist(), at[f.end[at] == moment].tolist()
            begins.append(self._column(0.0))
            ends.append(self._column(0.0))
            signs = [*[1.0] * len(starting), *[-1.0] * len(ending), -1.0, 1.0]
            self._row(0.0, 0.0, [*starting, *ending, begins[-1], ends[-1]], signs)
        for edge in (begins, ends):
            self._row(0.0, 0.0, [*edge, day], [*[1.0] * len(edge), -1.0])
        length = (f.end[at] - f.start[at]).astype(float).tolist()
        self._row(-np.inf, 0.0, [*at.tolist(), day], [*length, -terms.most])
        self._row(0.0, np.inf, [*at.tolist(), day], [*length, -terms.least])
        self._once(at)

    def _same_hours(self, aims: Aims) -> None:
        """Hours unlike those of the other days cost; so equal hours are chosen where little is lost by it."""
        f = self._found
        hours = f.start * 10_000 + f.end
        for one in np.unique(hours).tolist():
            at = np.flatnonzero(hours == one)
            column = self._column(-aims.hours_cost)
            for weekday in np.unique(f.weekday[at]).tolist():
                own = at[f.weekday[at] == weekday]
                self._row(-np.inf, 0.0, [*own.tolist(), column], [*[1.0] * len(own), -1.0])
