"""What an analysis says of a site, read in both public ways: its objects, and the file other programs read.

Either way gives the same plain records, so that one case is held against both and neither can drift from the other.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

from carveout import bundled, report
from carveout.analysis import Analysis, analyze
from carveout.model import SiteResult
from carveout.observations import read

Way = Literal["objects", "file"]
WAYS: tuple[Way, ...] = ("objects", "file")
PATHS: Mapping[str, Path] = {path.stem: path for path in bundled.paths()}
SITES = tuple(PATHS)
LEVELS = ("provisional", "supported", "established")


@dataclass(frozen=True, slots=True)
class Said:
    """One verdict. start, end: minutes; rows: the (date, unit, row) it rests on; spoke: every rule that spoke on it."""

    unit: str
    task: str
    mode: str
    suitability: str
    pattern: str
    weekdays: tuple[str, ...] | None
    start: int
    end: int
    level: str
    days: int
    of_days: int
    rule: str
    source: str
    ja: str
    en: str
    context: int
    chain: str | None
    thin: bool
    certainty: str
    told_by: str | None
    rows: tuple[tuple[str, str, int], ...]
    spoke: tuple[str, ...]

    def meets(self, start: int, end: int) -> bool:
        """Whether its window shares time with start-end; windows that only touch do not."""
        return self.start < end and start < self.end


@dataclass(frozen=True, slots=True)
class Seen:
    """One row as the analysis gives it back."""

    date: str
    unit: str
    row: int
    task: str
    pattern: str
    chain: str | None


@dataclass(frozen=True, slots=True)
class Offered:
    """One task of one slot of a job."""

    job: str
    unit: str
    weekday: str
    start: int
    end: int
    task: str
    mode: str
    suitability: str
    beside: int  # other tasks of the same job


@dataclass(frozen=True, slots=True)
class Flow:
    """One rhythmic chain: its tasks in their usual order, and on how many days it ran."""

    id: str
    unit: str
    tasks: tuple[str, ...]
    start: int
    end: int
    days: int
    of_days: int


@dataclass(frozen=True, slots=True)
class Site:
    """All that is held against the cases."""

    verdicts: tuple[Said, ...]
    occurrences: tuple[Seen, ...]
    offers: tuple[Offered, ...]
    flows: tuple[Flow, ...]
    thin_windows: tuple[tuple[str, int, int], ...]  # those of every observed weekday: unit, start, end


def minutes(clock: str) -> int:
    """Minutes of a clock time; hours may go on counting past 24.

    >>> minutes("25:10")
    1510
    """
    hours, rest = clock.split(":")
    return int(hours) * 60 + int(rest)


@cache
def document(site: str) -> dict[str, Any]:
    """The bundled document as YAML reads it, untouched by the product's own reader."""
    loaded: dict[str, Any] = yaml.load(PATHS[site].read_bytes(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return loaded


@cache
def analysis(site: str) -> Analysis:
    """The analysis of one bundled site."""
    return analyze(read([PATHS[site]]).timeline)


@cache
def said(site: str, way: Way) -> Site:
    """What is said of one bundled site."""
    return said_of(analysis(site), way)


def said_of(result: Analysis, way: Way) -> Site:
    """What is said of the one site of an analysis."""
    if way == "objects":
        return _of_objects(result.site(0))
    (site,) = json.loads(report.dumps(result))["sites"]
    return _of_file(site)


def _of_objects(site: SiteResult) -> Site:
    place = {o.index: (o.date, o.unit, o.row) for o in site.occurrences}
    verdicts = tuple(
        Said(
            unit=v.unit,
            task=v.task,
            mode=str(v.mode),
            suitability=str(v.suitability),
            pattern=str(v.pattern),
            weekdays=None if v.weekdays is None else tuple(map(str, v.weekdays)),
            start=v.start,
            end=v.end,
            level=str(v.confidence.level),
            days=v.confidence.days,
            of_days=v.confidence.of_days,
            rule=v.rule,
            source=v.source,
            ja=v.reason.ja,
            en=v.reason.en,
            context=v.context,
            chain=v.chain,
            thin=v.thin,
            certainty=str(v.evidence["certainty"]),
            told_by=str(v.evidence["told_by"]) if "told_by" in v.evidence else None,
            rows=tuple(place[row] for row in v.rows),
            spoke=tuple(step.rule for step in v.trace),
        )
        for v in site.verdicts
    )
    offers = tuple(
        Offered(job.id, s.unit, str(s.weekday), s.start, s.end, t.task, str(t.mode), str(t.suitability), others)
        for job in site.jobs
        for others in [len({t.task for s in job.slots for t in s.tasks}) - 1]
        for s in job.slots
        for t in s.tasks
    )
    return Site(
        verdicts,
        tuple(Seen(o.date, o.unit, o.row, o.task, str(o.pattern), o.chain) for o in site.occurrences),
        offers,
        tuple(Flow(c.id, c.unit, c.tasks, c.start, c.end, c.days, c.of_days) for c in site.chains),
        tuple((w.unit, w.start, w.end) for w in site.windows if w.thin and w.weekday is None),
    )


def _of_file(site: dict[str, Any]) -> Site:
    place = [(o["date"], o["unit"], o["row"]) for o in site["occurrences"]]
    verdicts = tuple(
        Said(
            unit=v["unit"],
            task=v["task"],
            mode=v["mode"],
            suitability=v["suitability"],
            pattern=v["pattern"],
            weekdays=None if v["window"]["weekdays"] is None else tuple(v["window"]["weekdays"]),
            start=minutes(v["window"]["start"]),
            end=minutes(v["window"]["end"]),
            level=v["confidence"]["level"],
            days=v["confidence"]["days"],
            of_days=v["confidence"]["of_days"],
            rule=v["rule"],
            source=v["source"],
            ja=v["reason"]["ja"],
            en=v["reason"]["en"],
            context=v["context"],
            chain=v["chain"],
            thin=v["thin"],
            certainty=v["evidence"]["certainty"],
            told_by=v["evidence"].get("told_by"),
            rows=tuple(place[at] for at in v["occurrences"]),
            spoke=tuple(step["rule"] for step in v["trace"]),
        )
        for v in site["verdicts"]
    )
    offers = tuple(
        Offered(
            job=job["id"],
            unit=s["unit"],
            weekday=s["weekday"],
            start=minutes(s["start"]),
            end=minutes(s["end"]),
            task=t["task"],
            mode=t["mode"],
            suitability=t["suitability"],
            beside=others,
        )
        for job in site["jobs"]
        for others in [len({t["task"] for s in job["slots"] for t in s["tasks"]}) - 1]
        for s in job["slots"]
        for t in s["tasks"]
    )
    flows = tuple(
        Flow(
            id=c["id"],
            unit=c["unit"],
            tasks=tuple(c["tasks"]),
            start=minutes(c["window"]["start"]),
            end=minutes(c["window"]["end"]),
            days=c["days"],
            of_days=c["of_days"],
        )
        for c in site["chains"]
    )
    seen = tuple(Seen(**{key: o[key] for key in Seen.__dataclass_fields__}) for o in site["occurrences"])
    thin = tuple(
        (w["unit"], minutes(w["start"]), minutes(w["end"]))
        for w in site["windows"]
        if w["thin"] and w["weekday"] is None
    )
    return Site(verdicts, seen, offers, flows, thin)
