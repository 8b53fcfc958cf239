"""Workdays with planted truth: chains, calls, peaks, roles and filler whose pattern is known row by row.

A `Plan` says what is planted and how the record is spoilt. Everything is drawn from one seed: the number and length of
chains, tasks shared between chains, who works when. `generate` gives rows with their true pattern. The truth of work
that merely coincides with a chain (filler of colleagues, a call that slips) follows the contract: not a link, and
sharing time with a run of a chain in the unit means `overlapping`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from carveout.timeline import Timeline
from tests.planted.build import Row, day_number, timeline_of

FIRST_DAY = day_number(dt.date(2026, 6, 1))  # a Monday


@dataclass(frozen=True, slots=True)
class Plan:
    """What is planted and how it is spoilt. Times in minutes, shares from 0 to 1."""

    seed: int
    days: int = 10
    staff: int = 5
    chains: tuple[int, int] = (2, 4)
    length: tuple[int, int] = (3, 8)
    gap: tuple[int, int] = (0, 3)
    jitter: float = 4.0
    rotate: bool = True
    hand_over: float = 0.0
    rounds: int = 0
    shared_tasks: float = 0.25
    calls: float = 2.5
    calls_reuse_links: float = 0.4
    interruptions: float = 0.0
    peaks: int = 1
    others: int = 4
    routines: int = 1
    declared: bool = True
    cleaner: bool = True
    filler: bool = False
    filler_codes: int = 8
    filler_length: tuple[float, float] = (2, 9)
    rhythm: bool = True
    lost: float = 0.0
    swapped: float = 0.0
    block_scatter: float = 0.0
    row_scatter: float = 0.0
    clock: int = 1


@dataclass(frozen=True, slots=True)
class Planted:
    """Rows in the order of the record with their true pattern."""

    rows: tuple[Row, ...]
    truth: tuple[str, ...]
    natures: dict[str, str]
    contracted: tuple[str, ...]

    def timeline(self) -> Timeline:
        """The rows as the analysis takes them."""
        return timeline_of(self.rows, natures=self.natures, contracted=self.contracted)


@dataclass(slots=True)
class _Item:
    day: int
    start: float
    end: float
    task: str
    staff: tuple[str, ...]
    truth: str
    block: int = -1


@dataclass(frozen=True, slots=True)
class _Chain:
    tasks: tuple[str, ...]
    start: float
    durations: tuple[float, ...]
    rounds: int


def _working_days(n: int) -> list[int]:
    days, day = [], FIRST_DAY
    while len(days) < n:
        if (day + 3) % 7 < 5:
            days.append(day)
        day += 1
    return days


def _chains(plan: Plan, rng: np.random.Generator) -> list[_Chain]:
    """Chains spread over the day without touching one another; some tasks return in a later chain."""
    count = int(rng.integers(plan.chains[0], plan.chains[1] + 1))
    slots = np.linspace(7 * 60, 17.5 * 60, count + 1)[:-1]
    chains: list[_Chain] = []
    pool: list[str] = []
    made = 0
    for c in range(count):
        length = int(rng.integers(plan.length[0], plan.length[1] + 1))
        tasks: list[str] = []
        for _ in range(length):
            free = [t for t in pool if t not in tasks]
            if free and rng.random() < plan.shared_tasks:
                tasks.append(str(rng.choice(free)))
            else:
                made += 1
                tasks.append(f"link{made}")
        pool += [t for t in tasks if t not in pool]
        room = (630 / count - 40) / length
        durations = tuple(float(x) for x in rng.uniform(4, max(6, min(22, room - 3)), length))
        chains.append(_Chain(tuple(tasks), float(slots[c] + rng.uniform(0, 15)), durations, 1))
    if plan.rounds:
        tasks = tuple(f"round{i}" for i in range(int(rng.integers(3, 5))))
        chains[-1] = _Chain(
            tasks, chains[-1].start, tuple(float(x) for x in rng.uniform(3, 7, len(tasks))), plan.rounds
        )
    return chains


def _run(plan: Plan, chain: _Chain, day: int, team: list[str], block: int, rng: np.random.Generator) -> list[_Item]:
    """One day's runs of a chain: a person, perhaps a colleague who takes over, tasks one after the other."""
    items: list[_Item] = []
    scatter = rng.uniform(-plan.block_scatter, plan.block_scatter) if plan.block_scatter else 0.0
    clock = chain.start + rng.normal(0, plan.jitter) + scatter
    who = 0
    for turn in range(chain.rounds):
        order = list(range(len(chain.tasks)))
        if not plan.rhythm:
            rng.shuffle(order)
        if plan.swapped and rng.random() < plan.swapped:
            at = int(rng.integers(0, len(order) - 1))
            order[at], order[at + 1] = order[at + 1], order[at]
        turn_at = int(rng.integers(1, len(order))) if rng.random() < plan.hand_over else -1
        for position, k in enumerate(order):
            if position == turn_at:
                who = 1 - who
            length = max(2.0, chain.durations[k] * rng.uniform(0.8, 1.25))
            items.append(_Item(day, clock, clock + length, chain.tasks[k], (team[who],), "rhythmic_chain", block))
            clock += length + rng.integers(plan.gap[0], plan.gap[1] + 1)
            if rng.random() < plan.interruptions:
                pause = rng.uniform(2, 5)
                call = f"call{rng.integers(0, 4)}"
                items.append(_Item(day, clock, clock + pause, call, (team[who],), "call", -1))
                clock += pause + rng.integers(0, 2)
        clock += rng.uniform(8, 25) if turn + 1 < chain.rounds else 0
    return items


def _calls(
    plan: Plan, run: list[_Item], links: list[str], team: list[str], rng: np.random.Generator
) -> Iterator[_Item]:
    """Calls that come up at any moment of a run, answered by somebody else of the unit."""
    first, last = min(i.start for i in run), max(i.end for i in run)
    for _ in range(rng.poisson(plan.calls)):
        at = rng.uniform(first + 1, last - 3)
        code = str(rng.choice(links)) if rng.random() < plan.calls_reuse_links else f"call{rng.integers(0, 4)}"
        yield _Item(run[0].day, at, at + rng.uniform(3, 9), code, (str(rng.choice(team)),), "call")


def _free(busy: list[tuple[float, float]], length: float, margin: float, rng: np.random.Generator) -> float | None:
    for _ in range(40):
        at = rng.uniform(7 * 60, 18 * 60)
        if all(at - margin >= b or at + length + margin <= a for a, b in busy):
            return float(at)
    return None


def _filler(
    items: list[_Item], team: list[str], codes: list[str], lengths: tuple[float, float], rng: np.random.Generator
) -> Iterator[_Item]:
    """Fill every free minute of everybody's day with short tasks in no order."""
    for person in team:
        mine = sorted(((i.start, i.end) for i in items if person in i.staff), key=lambda x: x[0])
        clock = 7 * 60.0
        for a, b in [*mine, (18.5 * 60, 18.5 * 60)]:
            while a - clock >= 1:
                length = min(a - clock, rng.uniform(*lengths))
                yield _Item(items[0].day, clock, clock + length, str(rng.choice(codes)), (person,), "filler")
                clock += length
            clock = max(clock, b)


def _day(
    plan: Plan,
    day: int,
    chains: list[_Chain],
    peaks: dict[str, tuple[int, float]],
    routines: list[tuple[str, float]],
    rng: np.random.Generator,
) -> list[_Item]:
    everybody = [f"s{i}" for i in range(plan.staff)]
    items: list[_Item] = []
    links = sorted({t for c in chains for t in c.tasks})
    for number, chain in enumerate(chains):
        team = list(rng.permutation(everybody)) if plan.rotate else everybody[number % plan.staff :] + everybody
        run = _run(plan, chain, day, [str(t) for t in team[:2]], day * 100 + number, rng)
        items += run
        items += _calls(plan, [i for i in run if i.truth == "rhythmic_chain"], links, [str(t) for t in team[2:]], rng)
    busy = [(i.start, i.end) for i in items]
    extra: list[tuple[str, float, str]] = []
    if plan.others:
        extra += [(f"other{k}", rng.uniform(8, 30), "other") for k in range(plan.others) if rng.random() < 0.7]
    if plan.declared:
        extra += [("plan", 30, "planning")] * (rng.random() < 0.4) + [("party", 45, "interaction_core")]
        extra += [("advice", 20, "advisory")] * (rng.random() < 0.3) + [("canteen", 40, "contracted")]
    for task, length, truth in extra:
        at = _free(busy, length, 12, rng)
        if at is not None:
            items.append(_Item(day, at, at + length, task, (str(rng.choice(everybody)),), truth))
            busy.append((at, at + length))
    for task, when in routines:
        at = when + rng.normal(0, plan.jitter)
        if all(at - 10 >= b or at + 30 <= a for a, b in busy):
            items.append(_Item(day, at, at + 15, task, (str(rng.choice(everybody)),), "other"))
            busy.append((at, at + 15))
    for task, (weekday, length) in peaks.items():
        if (day + 3) % 7 == weekday:
            at = _free(busy, length, 8, rng)
            if at is not None:
                items.append(_Item(day, at, at + length, task, (str(rng.choice(everybody)),), "weekday_peak"))
    if plan.filler:
        codes = [f"fill{k}" for k in range(plan.filler_codes)]
        items += list(_filler(items, everybody, codes, plan.filler_length, rng))
    if plan.cleaner:
        clock = 8 * 60 + rng.uniform(0, 10)
        while clock < 16 * 60:
            length = rng.uniform(25, 70)
            items.append(_Item(day, clock, clock + length, "role", ("cleaner",), "dedicated_role"))
            clock += length + rng.uniform(0, 8) + (45 if 12 * 60 - 30 < clock < 12 * 60 else 0)
    return items


def generate(plan: Plan) -> Planted:
    """Draw the workdays of a plan."""
    rng = np.random.default_rng(plan.seed)
    chains = _chains(plan, rng)
    peaks = {f"peak{k}": (int(rng.integers(0, 5)), float(rng.uniform(40, 80))) for k in range(plan.peaks)}
    routines = [(f"routine{k}", float(rng.uniform(8 * 60, 17 * 60))) for k in range(plan.routines)]
    items: list[_Item] = []
    for day in _working_days(plan.days):
        items += _day(plan, day, chains, peaks, routines, rng)
    kept = [i for i in items if rng.random() >= plan.lost]
    rows, truth = [], []
    for i in kept:
        shift = rng.uniform(-plan.row_scatter, plan.row_scatter) if plan.row_scatter else 0.0
        start = round((i.start + shift) / plan.clock) * plan.clock
        end = max(start, round((i.end + shift) / plan.clock) * plan.clock)
        rows.append(Row("u", i.day, start, end, i.task, i.staff))
    truth = _truth(kept, rows, rhythm=plan.rhythm)
    order = sorted(range(len(rows)), key=lambda k: (rows[k].day, rows[k].start, rows[k].staff))
    natures = {"plan": "planning", "party": "interaction", "advice": "advisory"}
    return Planted(tuple(rows[k] for k in order), tuple(truth[k] for k in order), natures, ("canteen",))


def _truth(items: list[_Item], rows: list[Row], *, rhythm: bool) -> list[str]:
    """The pattern of every row: planted, and `overlapping` for what shares time with a run without being a link."""
    spans: dict[int, list[tuple[int, int]]] = {}
    runs: dict[int, list[int]] = {}
    for k, i in enumerate(items):
        if i.block >= 0:
            runs.setdefault(i.block, []).append(k)
    for members in runs.values():
        span: tuple[int, int] | None = None
        for k in sorted(members, key=lambda m: rows[m].start):
            if span and rows[k].start - span[1] <= 7.5:
                span = (span[0], max(span[1], rows[k].end))
            else:
                if span:
                    spans.setdefault(rows[k].day, []).append(span)
                span = (rows[k].start, rows[k].end)
        if span:
            spans.setdefault(rows[members[0]].day, []).append(span)
    truth = []
    for i, r in zip(items, rows, strict=True):
        if i.truth not in ("call", "filler", "other", "rhythmic_chain"):
            truth.append(i.truth)
        elif i.truth == "rhythmic_chain":
            truth.append("rhythmic_chain" if rhythm else "other")
        elif i.truth == "call":
            truth.append("overlapping" if rhythm else "other")
        else:
            inside = rhythm and any(max(r.start, a) < min(r.end, b) for a, b in spans.get(r.day, []))
            truth.append("overlapping" if inside else "other")
    return truth
