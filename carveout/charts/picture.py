"""A unit's day laid out without drawing it: lanes, ribbons, bars, open slots, thin hours and the two curves.

The map and its text equivalent both read a `Picture`, so that they can never tell different stories. Every piece has a
`ref` that names what it stands for: ``row:12`` (an occurrence's index), ``chain:unit-1/1``, ``verdicts:3,7`` (positions
in the result's verdicts), ``thin:0`` (a window's position).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from statistics import median

from carveout import words
from carveout.charts import style
from carveout.charts.slots import OpenSlot, open_slots, stack, untimed, usual
from carveout.language import Language
from carveout.model import WEEKDAYS, Chain, LoadPoint, Occurrence, Pattern, SiteResult, Verdict, Weekday, Window

# A pause longer than this between two links of one person ends the drawn run: the flow was taken up again, not kept up.
RUN_PAUSE_MIN = 45


@dataclass(frozen=True, slots=True)
class Lane:
    """One row of the picture: a person on a day, or a kind of work on the usual day. `duty`: stretches on duty."""

    label: str
    person: str = ""
    duty: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Ribbon:
    """One run of a chain in one lane: how many different tasks from first to last, and on how many days it is seen."""

    ref: str
    lane: int
    start: int
    end: int
    first: str
    last: str
    tasks: int
    days: int
    of_days: int


@dataclass(frozen=True, slots=True)
class Bar:
    """One row (or, on the usual day, one task in its context); `weekday` is set for a weekday's peak."""

    ref: str
    lane: int
    kind: Pattern
    start: int
    end: int
    label: str
    weekday: Weekday | None = None


@dataclass(frozen=True, slots=True)
class Shade:
    """A thin window that holds on this day."""

    ref: str
    start: int
    end: int
    demand: float
    staff: float
    weekday: Weekday | None


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything one sees of a unit's day. `day` None: the usual day over all observed days."""

    unit: str
    day: str | None
    weekday: Weekday | None
    of_days: int
    first: int
    last: int
    lanes: tuple[Lane, ...]
    ribbons: tuple[Ribbon, ...]
    bars: tuple[Bar, ...]
    slots: tuple[OpenSlot, ...]
    shades: tuple[Shade, ...]
    load: tuple[LoadPoint, ...]


def weekday_of(day: str) -> Weekday:
    """The weekday of an ISO date.

    >>> weekday_of("2026-06-02").value
    'tue'
    """
    return WEEKDAYS[date.fromisoformat(day).weekday()]


def days_of(result: SiteResult, unit: str) -> tuple[str, ...]:
    """The unit's observed days in order."""
    return tuple(sorted({o.date for o in result.occurrences if o.unit == unit}))


def telling_day(result: SiteResult, unit: str) -> str | None:
    """The first of the days that show the most different patterns: the one to begin with."""
    shown: dict[str, set[Pattern]] = defaultdict(set)
    for row in result.occurrences:
        if row.unit == unit:
            shown[row.date].add(row.pattern)
    return min(shown, key=lambda day: (-len(shown[day]), day), default=None)


def task_name(result: SiteResult, task: str, language: Language) -> str:
    """The task's label, or its code where the result has none."""
    label = result.task_labels.get(task)
    return label.in_(language) if label else task


def person_name(result: SiteResult, person: str, language: Language) -> str:
    """A lane's label: role and id, never a name."""
    code = result.staff_roles.get(person, "")
    return f"{style.role(code, language)} {person}".strip()


def picture(result: SiteResult, unit: str, day: str | None, language: Language) -> Picture:
    """Lay out one day of one unit, or with `day` None its usual day."""
    weekday = weekday_of(day) if day else None
    rows = [o for o in result.occurrences if o.unit == unit and (day is None or o.date == day)]
    chains = {c.id: c for c in result.chains if c.unit == unit}
    if day:
        lanes, ribbons, bars = _of_a_day(result, unit, rows, chains, day, language)
    else:
        lanes, ribbons, bars = _usual(result, unit, rows, chains, language)
    slots = open_slots(result, unit, weekday)
    shades = _shades(result.windows, unit, weekday)
    load = result.load.get(unit, ())
    on_duty = [stretch for lane in lanes for stretch in lane.duty]
    around = [*on_duty, *((s.start, s.end) for s in slots if not s.untimed), *((s.start, s.end) for s in shades)]
    first, last = _extent([*((o.start, o.end) for o in rows), *around])
    slots = tuple(replace(s, start=first, end=last) if s.untimed else s for s in slots)
    return Picture(
        unit, day, weekday, result.days_of_unit.get(unit, 0), first, last, lanes, ribbons, bars, slots, shades,
        tuple(p for p in load if first <= p.start < last),
    )  # fmt: skip


def _extent(pairs: list[tuple[int, int]]) -> tuple[int, int]:
    """Whole hours around everything drawn; a working day where there is nothing."""
    if not pairs:
        return 420, 1140
    first = min(start for start, _ in pairs) // 60 * 60
    last = -(-max(end for _, end in pairs) // 60) * 60
    return first, max(last, first + 120)


def _of_a_day(
    result: SiteResult, unit: str, rows: list[Occurrence], chains: dict[str, Chain], day: str, language: Language
) -> tuple[tuple[Lane, ...], tuple[Ribbon, ...], tuple[Bar, ...]]:
    """A lane per person on duty or at work, in the order in which they begin."""
    duty: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for stretch in result.duty:
        if (stretch.unit, stretch.date) == (unit, day):
            duty[stretch.staff].append((stretch.start, stretch.end))
    of_person: dict[str, list[Occurrence]] = defaultdict(list)
    for row in sorted(rows, key=lambda o: (o.start, o.end, o.index)):
        for person in row.staff or ("",):
            of_person[person].append(row)
    lanes, ribbons, bars = [], [], []
    begins = {person: min(r.start for r in own) for person, own in of_person.items()}
    for person, stretches in duty.items():
        begins[person] = min(begins.get(person, stretches[0][0]), stretches[0][0])
    for number, person in enumerate(sorted(begins, key=lambda one: (begins[one], one))):
        own = of_person.get(person, [])
        lanes.append(Lane(person_name(result, person, language) or "—", person, tuple(duty.get(person, ()))))
        ribbons += _runs(result, number, own, chains, language)
        bars += [_bar(result, number, row, day, language) for row in own]
    return tuple(lanes), tuple(ribbons), tuple(bars)


def _bar(result: SiteResult, lane: int, row: Occurrence, day: str, language: Language) -> Bar:
    weekday = weekday_of(day) if row.pattern is Pattern.WEEKDAY_PEAK else None
    name = task_name(result, row.task, language)
    if weekday:
        name = f"{name} {words.weekdays([weekday], language)}"
    return Bar(f"row:{row.index}", lane, row.pattern, row.start, row.end, name, weekday)


def _runs(
    result: SiteResult, lane: int, rows: list[Occurrence], chains: dict[str, Chain], language: Language
) -> list[Ribbon]:
    """The runs of chains in one person's rows, which come by start."""
    runs: list[list[Occurrence]] = []
    last_of: dict[str, list[Occurrence]] = {}
    for row in rows:
        if row.chain is None or row.chain not in chains or row.pattern is not Pattern.RHYTHMIC_CHAIN:
            continue
        run = last_of.get(row.chain)
        if run is None or row.start - max(o.end for o in run) > RUN_PAUSE_MIN:
            run = last_of[row.chain] = []
            runs.append(run)
        run.append(row)
    return [_ribbon(result, lane, run, chains[run[0].chain or ""], language) for run in runs]


def _ribbon(result: SiteResult, lane: int, run: list[Occurrence], chain: Chain, language: Language) -> Ribbon:
    return Ribbon(
        f"chain:{chain.id}",
        lane,
        run[0].start,
        max(o.end for o in run),
        task_name(result, run[0].task, language),
        task_name(result, run[-1].task, language),
        len({o.task for o in run}),
        chain.days,
        chain.of_days,
    )


def _usual(
    result: SiteResult, unit: str, rows: list[Occurrence], chains: dict[str, Chain], language: Language
) -> tuple[tuple[Lane, ...], tuple[Ribbon, ...], tuple[Bar, ...]]:
    """Flows with their links at the usual times in the first lanes, then a lane for each kind of other work.

    What shows no pattern, comes up now and then or was told without hours has no usual place: the verdicts list it.
    """
    ordered = sorted(chains.values(), key=lambda c: (c.start, c.id))
    tracks = stack([(c.start, c.end) for c in ordered])
    lanes = [Lane(words.PATTERN[Pattern.RHYTHMIC_CHAIN].in_(language))] * (max(tracks, default=-1) + 1)
    ribbons, bars = [], []
    for chain, lane in zip(ordered, tracks, strict=True):
        first, last = (task_name(result, chain.tasks[i], language) for i in (0, -1))
        ribbons.append(
            Ribbon(
                f"chain:{chain.id}",
                lane,
                chain.start,
                chain.end,
                first,
                last,
                len(chain.tasks),
                chain.days,
                chain.of_days,
            )
        )
        bars += _links(result, chain, lane, rows, language)
    contexts = _contexts(result, unit)
    for kind in (k for k in Pattern if k not in (Pattern.RHYTHMIC_CHAIN, Pattern.OTHER)):
        own = [(task, found) for (task, _), found in contexts.items() if result.verdicts[found[0]].pattern is kind]
        if own:
            bars += [_context_bar(result, len(lanes), task, found, language) for task, found in own]
            lanes.append(Lane(words.PATTERN[kind].in_(language)))
    return tuple(lanes), tuple(ribbons), tuple(bars)


def _links(result: SiteResult, chain: Chain, lane: int, rows: list[Occurrence], language: Language) -> list[Bar]:
    """A chain's links at their usual times."""
    found: dict[str, list[Occurrence]] = defaultdict(list)
    for row in rows:
        if row.chain == chain.id and row.pattern is Pattern.RHYTHMIC_CHAIN:
            found[row.task].append(row)
    return [
        Bar(
            f"row:{own[0].index}", lane, Pattern.RHYTHMIC_CHAIN, round(median(o.start for o in own)),
            round(median(o.end for o in own)), task_name(result, task, language),
        )
        for task, own in found.items()
    ]  # fmt: skip


def _context_bar(result: SiteResult, lane: int, task: str, found: list[int], language: Language) -> Bar:
    verdict = result.verdicts[found[0]]
    weekday = verdict.weekdays[0] if verdict.weekdays and verdict.pattern is Pattern.WEEKDAY_PEAK else None
    name = f"{task_name(result, task, language)} {words.weekdays([weekday], language) if weekday else ''}".rstrip()
    ref = "verdicts:" + ",".join(str(v) for v in found)
    return Bar(ref, lane, verdict.pattern, verdict.start, verdict.end, name, weekday)


def _contexts(result: SiteResult, unit: str) -> dict[tuple[str, int], list[int]]:
    """Positions of the verdicts of each context outside the chains, contexts by start."""
    chosen: list[tuple[int, Verdict]] = [
        (i, v)
        for i, v in enumerate(result.verdicts)
        if v.unit == unit and v.pattern is not Pattern.RHYTHMIC_CHAIN and usual(v) and not untimed(v)
    ]
    found: dict[tuple[str, int], list[int]] = defaultdict(list)
    for i, v in sorted(chosen, key=lambda item: (item[1].start, item[1].end, item[0])):
        found[v.task, v.context].append(i)
    return dict(found)


def _shades(windows: tuple[Window, ...], unit: str, weekday: Weekday | None) -> tuple[Shade, ...]:
    """Thin windows of every day, and on a weekday that weekday's own."""
    return tuple(
        Shade(f"thin:{i}", w.start, w.end, w.demand, w.staff, w.weekday)
        for i, w in enumerate(windows)
        if w.thin and w.unit == unit and w.weekday in (None, weekday)
    )
