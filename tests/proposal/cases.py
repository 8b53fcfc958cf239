"""Jobs to write proposals of: those of the bundled sites, and the same made long, broken, shared or bare."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from carveout import bundled
from carveout.analysis import analyze
from carveout.language import Text
from carveout.model import Channel, ConstraintCheck, Job, Layer, Mode, SiteResult, Slot, Suitability
from carveout.observations import read
from carveout.proposal import Proposal, propose

LONG = "南棟二階認知症対応型共同生活介護ひまわりユニット（夜間帯の見守りを含む）第三班北"
BROKEN = ConstraintCheck(
    rule="weekly-hours",
    limit=20.0,
    value=24.0,
    ok=False,
    source=Text("高年齢者雇用安定法37条", "Act on older persons, art. 37"),
    label=Text("一人あたりの週の就業時間", "Hours a week per person"),
    layer=Layer.LAW,
    unit=Text("時間", "hours"),
    since="2016-04-01",
    verified=False,
    said=Text(
        "一人あたり週24時間で、上限の週20時間を超えます。", "24 hours a week per person, more than the 20 allowed."
    ),
)


@cache
def sites() -> tuple[SiteResult, ...]:
    analysis = analyze(read(list(bundled.paths())).timeline)
    return tuple(analysis.site(index) for index in range(len(analysis.sites)))


def care_home() -> SiteResult:
    return next(site for site in sites() if site.kind == "care_home")


def nursery() -> SiteResult:
    return next(site for site in sites() if site.kind == "nursery")


def jobs() -> list[tuple[SiteResult, Job]]:
    return [(site, job) for site in sites() for job in site.jobs]


def fullest(site: SiteResult) -> Job:
    """The job with the most to say."""
    return max(site.jobs, key=lambda job: (len({(t.task, t.mode) for s in job.slots for t in s.tasks}), job.id))


@cache
def a_proposal() -> Proposal:
    return propose(care_home(), fullest(care_home()))


def with_long_names(site: SiteResult, job: Job) -> tuple[SiteResult, Job]:
    """Site, units and tasks with names of forty characters."""
    assert len(LONG) == 40
    units = {unit: f"{LONG[:-1]}{at}" for at, unit in enumerate(site.units)}
    slots = tuple(replace(slot, unit=units[slot.unit]) for slot in job.slots)
    title = Text(f"{LONG}：{LONG[:20]}など", f"{LONG}: {LONG[:20]} and more")
    job = replace(job, slots=slots, title=title)
    site = replace(
        site,
        name=LONG,
        units=tuple(units.values()),
        days_of_unit={units[unit]: days for unit, days in site.days_of_unit.items()},
        occurrences=tuple(replace(o, unit=units[o.unit]) for o in site.occurrences),
        chains=tuple(replace(c, unit=units[c.unit]) for c in site.chains),
        windows=tuple(replace(w, unit=units[w.unit]) for w in site.windows),
        duty=tuple(replace(d, unit=units[d.unit]) for d in site.duty),
        verdicts=tuple(replace(v, unit=units.get(v.unit, v.unit)) for v in site.verdicts),
        task_labels={
            code: Text(f"{label.ja}{LONG}"[:40], f"{label.en} {LONG}"[:40]) for code, label in site.task_labels.items()
        },
        jobs=tuple(job if one.id == job.id else one for one in site.jobs),
    )
    return site, job


def without_assist(job: Job) -> Job:
    """The same job with nothing beside staff, as contract work."""
    slots = tuple(
        Slot(s.weekday, s.start, s.end, s.unit, tuple(replace(t, mode=Mode.TAKE_OVER) for t in s.tasks))
        for s in job.slots
    )
    return replace(job, slots=slots, channel=Channel.CONTRACT)


def with_tasks(job: Job, **changes: object) -> Job:
    """The job with every task changed."""
    slots = tuple(replace(s, tasks=tuple(replace(t, **changes) for t in s.tasks)) for s in job.slots)  # type: ignore[arg-type]
    return replace(job, slots=slots)


def unsuitable(job: Job) -> Job:
    return with_tasks(job, suitability=Suitability.UNSUITABLE)
