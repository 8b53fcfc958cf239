"""The whole analysis in order: rows -> facts -> verdicts -> the jobs of the site somebody looks at.

Everything up to the verdicts is columns over all sites at once. A `SiteResult` with its objects is made when it is
asked for; the last few are kept.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from carveout.catalogue import catalogue
from carveout.detectors import Facts, detect
from carveout.errors import Problem
from carveout.jobs import bundle
from carveout.language import Text
from carveout.model import (
    PATTERNS,
    WEEKDAYS,
    Chain,
    Kind,
    Link,
    LoadPoint,
    Nature,
    Occurrence,
    OnDuty,
    Overridden,
    SiteResult,
    Supplier,
    TaskTraits,
    Trigger,
    VerdictOverride,
    Window,
)
from carveout.rules import Rulebook, VerdictTable, judge, overrule, rulebook, verdicts_of_site
from carveout.thresholds import Thresholds
from carveout.timeline import TRIGGER_ON_DEMAND, TRIGGER_PLANNED, Timeline

Progress = Callable[[int, int, str], None]
EPOCH = dt.date(1970, 1, 1)
KEPT_SITES = 8
TRIGGERS = {TRIGGER_PLANNED: Trigger.PLANNED, TRIGGER_ON_DEMAND: Trigger.ON_DEMAND}


@dataclass(frozen=True, slots=True)
class Analysis:
    """All sites analysed, as columns; `site(i)` gives one of them as people read it.

    verdicts: the answers that stand; rulings: by position in them, what a coordinator overrode. notes: what an override
    could not do (warnings). area: the prefecture or municipality whose designations the jobs may use.
    """

    timeline: Timeline
    facts: Facts
    rules: Rulebook
    verdicts: VerdictTable
    on: dt.date = EPOCH
    rulings: Mapping[int, Overridden] = field(default_factory=dict, repr=False)
    notes: tuple[Problem, ...] = ()
    area: str = ""
    _made: dict[int, SiteResult] = field(default_factory=dict, repr=False)
    _seen: dict[int, SiteResult] = field(default_factory=dict, repr=False)

    @property
    def sites(self) -> tuple[str, ...]:
        """Ids of the sites, in the order of `site`."""
        return self.timeline.sites.id

    def site(self, index: int) -> SiteResult:
        """One site with its objects. Raises IndexError for a site that is not there."""
        if index not in self._made:
            seen = self.seen(index)
            _make_room(self._made)
            self._made[index] = replace(seen, jobs=bundle(seen))
        return self._made[index]

    def seen(self, index: int) -> SiteResult:
        """One site as `site` gives it, only without jobs, whose choice takes most of the time. Raises IndexError."""
        if not 0 <= index < len(self.sites):
            raise IndexError(index)
        if index not in self._seen:
            _make_room(self._seen)
            self._seen[index] = _site_result(self, index)
        return self._seen[index]


def _make_room(kept: dict[int, SiteResult]) -> None:
    """Let the oldest go, so that writing a nation's sites needs little memory."""
    while len(kept) >= KEPT_SITES:
        del kept[next(iter(kept))]


def analyze(
    timeline: Timeline,
    overrides: Sequence[VerdictOverride] = (),
    *,
    schemes: Mapping[str, bool] | None = None,
    on: dt.date | None = None,
    area: str = "",
    limits: Thresholds | None = None,
    progress: Progress | None = None,
) -> Analysis:
    """Analyse every site of a timeline.

    overrides: verdicts that a coordinator answers, of any of the sites; `carveout.rules.overrides` states which ones
    each covers, and that neither law nor a flow gives way. Jobs follow the answers that stand. schemes: rule schemes
    switched on or off by id. on: the day whose rules hold; the last observed day if None, so that the same input always
    gives the same result. area: a prefecture or municipality of `carveout.constraints.areas`, whose governor's
    designations widen the week of its jobs from their day on; "" or one without entry: none. Raises KeyError for an
    unknown scheme, ValueError for one that is fixed.
    """
    say = progress or _silent
    say(0, 2, "detect")
    facts = detect(timeline, limits)
    say(1, 2, "judge")
    rules = rulebook().switched(schemes) if schemes else rulebook()
    if on is None:
        on = EPOCH + dt.timedelta(days=int(timeline.day.max())) if timeline.n_rows else EPOCH
    judged = judge(timeline, facts, rules, limits, on=on)
    said = overrule(timeline, facts, rules, judged, overrides)
    say(2, 2, "")
    return Analysis(timeline, facts, rules, said.table, on, said.rulings, said.notes, area)


def _silent(done: int, total: int, what: str, /) -> None:
    """Progress nobody watches."""


def _site_result(a: Analysis, site: int) -> SiteResult:
    t, f = a.timeline, a.facts
    units = np.flatnonzero(t.units.site == site)
    rows = np.flatnonzero(np.isin(t.unit, units))
    rows = rows[np.lexsort((t.row[rows], t.entry[rows], t.start[rows], t.unit[rows], t.day[rows]))]
    numbered = _entries_sharing_a_day(t, rows)
    tasks = sorted(set(t.task[rows].tolist()) | set(t.reported.task[t.reported.site == site].tolist()))
    return SiteResult(
        site=t.sites.id[site],
        kind=Kind(t.sites.kind[site]),
        name=t.sites.name[site],
        units=tuple(t.units.name[u] for u in units),
        days_of_unit={t.units.name[u]: int(f.unit_days[u]) for u in units},
        occurrences=tuple(_occurrence(t, f, i, numbered) for i in rows.tolist()),
        chains=tuple(_chain(t, f, k) for k in np.flatnonzero(np.isin(f.chains.unit, units)).tolist()),
        windows=tuple(_window(t, f, k) for k in np.flatnonzero(np.isin(f.windows.unit, units)).tolist()),
        load={t.units.name[u]: _load(f, u) for u in units.tolist()},
        verdicts=verdicts_of_site(t, f, a.verdicts, a.rules, site, rows=rows, rulings=a.rulings),
        jobs=(),
        task_labels={t.tasks.code[k]: Text(t.tasks.ja[k], t.tasks.en[k]) for k in tasks},
        constructed=t.sites.constructed[site],
        staff_roles=_roles(t, rows),
        duty=_duty(t, units),
        traits={t.tasks.code[k]: _traits(t, k) for k in tasks},
        on=a.on.isoformat(),
        area=a.area,
    )


def _traits(t: Timeline, k: int) -> TaskTraits:
    """What is declared of a task; training and licence come from the catalogue, which alone knows them."""
    known = catalogue().tasks.get(t.tasks.code[k])
    return TaskTraits(
        nature=Nature(t.tasks.nature[k]),
        supplier=Supplier(t.tasks.supplier[k]),
        care_class=t.tasks.care_class[k],
        load=t.tasks.load[k],
        contact=t.tasks.contact[k],
        medical_act=t.tasks.medical_act[k],
        qualification=t.tasks.qualification[k],
        training=known.training if known else "",
        licence=known.licence if known else "",
    )


def chain_id(t: Timeline, f: Facts, chain: int) -> str:
    """The id of a chain: its unit and its number in the order of the day."""
    return f"{t.units.name[f.chains.unit[chain]]}/{f.chains.number[chain]}"


def _entries_sharing_a_day(t: Timeline, rows: NDArray[np.int64]) -> dict[int, int]:
    """Number, from 0, of every day entry that is not the only one of its date and unit."""
    of_day: dict[tuple[int, int], list[int]] = {}
    seen = zip(t.entry[rows].tolist(), t.unit[rows].tolist(), t.day[rows].tolist(), strict=True)
    for entry, unit, day in sorted(set(seen)):
        of_day.setdefault((unit, day), []).append(entry)
    return {entry: at for entries in of_day.values() if len(entries) > 1 for at, entry in enumerate(entries)}


def _occurrence(t: Timeline, f: Facts, i: int, numbered: Mapping[int, int]) -> Occurrence:
    chain, note = int(f.chain[i]), int(t.note[i])
    return Occurrence(
        index=i,
        date=(EPOCH + dt.timedelta(days=int(t.day[i]))).isoformat(),
        unit=t.units.name[t.unit[i]],
        row=int(t.row[i]),
        task=t.tasks.code[t.task[i]],
        pattern=PATTERNS[f.pattern[i]],
        chain=chain_id(t, f, chain) if chain >= 0 else None,
        start=int(t.start[i]),
        end=int(t.end[i]),
        staff=tuple(t.staff[s] for s in t.staff_ids[t.staff_offsets[i] : t.staff_offsets[i + 1]].tolist()),
        trigger=TRIGGERS.get(int(t.trigger[i])),
        note=t.notes[note] if note >= 0 else "",
        entry=numbered.get(int(t.entry[i])),
    )


def _chain(t: Timeline, f: Facts, k: int) -> Chain:
    table = f.chains
    links = np.flatnonzero(table.link_chain == k)
    code = t.tasks.code
    return Chain(
        id=chain_id(t, f, k),
        unit=t.units.name[table.unit[k]],
        tasks=tuple(code[x] for x in table.task_ids[table.task_offsets[k] : table.task_offsets[k + 1]].tolist()),
        start=int(table.start[k]),
        end=int(table.end[k]),
        days=int(table.days[k]),
        of_days=int(table.of_days[k]),
        links=tuple(
            Link(
                code[table.link_source[m]],
                code[table.link_target[m]],
                int(table.link_days[m]),
                int(table.link_of_days[m]),
                float(np.nan_to_num(table.link_gap[m])),
                float(table.link_low[m]),
            )
            for m in links.tolist()
        ),
    )


def _window(t: Timeline, f: Facts, k: int) -> Window:
    w = f.windows
    return Window(
        unit=t.units.name[w.unit[k]],
        weekday=WEEKDAYS[w.weekday[k]] if w.weekday[k] >= 0 else None,
        start=int(w.start[k]),
        end=int(w.end[k]),
        demand=float(w.demand[k]),
        staff=float(w.staff[k]),
        thin=True,
    )


def _load(f: Facts, unit: int) -> tuple[LoadPoint, ...]:
    first, last = np.searchsorted(f.load.unit, [unit, unit + 1])
    return tuple(
        LoadPoint(int(f.load.quarter[k]) * 15, float(f.load.demand[k]), float(f.load.staff[k]))
        for k in range(int(first), int(last))
    )


def _roles(t: Timeline, rows: NDArray[np.int64]) -> dict[str, str]:
    """Roles of the staff named in a site's rows."""
    named = sorted(
        {s for i in rows.tolist() for s in t.staff_ids[t.staff_offsets[i] : t.staff_offsets[i + 1]].tolist()}
    )
    return {t.staff[s]: t.staff_role[s] for s in named if t.staff_role[s]}


def _duty(t: Timeline, units: NDArray[np.int64]) -> tuple[OnDuty, ...]:
    """Stretches on duty in a site's units, by day, unit, person and start."""
    own = np.flatnonzero(np.isin(t.duty.unit, units))
    own = own[np.lexsort((t.duty.on[own], t.duty.staff[own], t.duty.unit[own], t.duty.day[own]))]
    return tuple(
        OnDuty(
            date=(EPOCH + dt.timedelta(days=int(t.duty.day[k]))).isoformat(),
            unit=t.units.name[t.duty.unit[k]],
            staff=t.staff[t.duty.staff[k]],
            start=int(t.duty.on[k]),
            end=int(t.duty.off[k]),
        )
        for k in own.tolist()
    )
