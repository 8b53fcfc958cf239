"""The analysis as other programs read it: `carveout-analysis/1`, written site by site.

The file is JSON in UTF-8, one record a line, keys in a fixed order, so that two files compare line by line and equal
input gives equal bytes. Probabilities carry four decimals, gaps and minutes one, persons and hours two. Clock times
are HH:MM; past midnight the hours go on counting (25:10 is ten past one the next morning), so that a window never ends
before it starts. `analysis.schema.json` beside this module is the JSON Schema (draft 2020-12). Keys beyond the contract
are additions that a reader may ignore. A verdict that a coordinator answered carries `override`; without any, the file
is what the rules alone make of it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.resources import files
from typing import Any, Protocol

from carveout.model import (
    Chain,
    Confidence,
    ConstraintCheck,
    Job,
    LoadPoint,
    Need,
    Occurrence,
    Overridden,
    SiteResult,
    Slot,
    SlotTask,
    Step,
    Verdict,
    Window,
)
from carveout.words import clock

FORMAT = "carveout-analysis/1"

Record = dict[str, Any]


class Analysed(Protocol):
    """What a report needs of an analysis: how many sites, and each of them when its turn comes."""

    @property
    def sites(self) -> Sequence[object]:
        """One entry per site, in the order of the input."""

    def site(self, index: int, /) -> SiteResult:
        """The result of one site."""


def schema() -> Record:
    """The JSON Schema of the format.

    >>> schema()["properties"]["format"]["const"]
    'carveout-analysis/1'
    """
    loaded: Record = json.loads((files("carveout") / "analysis.schema.json").read_text(encoding="utf-8"))
    return loaded


def to_contract(result: SiteResult) -> Record:
    """One site as one entry of the contract's `sites`."""
    position = {occurrence.index: at for at, occurrence in enumerate(result.occurrences)}
    return {
        "site": result.site,
        "kind": str(result.kind),
        "name": result.name,
        "constructed": result.constructed,
        **({"area": result.area} if result.area else {}),
        "units": [{"unit": unit, "days": int(result.days_of_unit[unit])} for unit in result.units],
        "tasks": [{"task": code, "label": label.as_dict()} for code, label in sorted(result.task_labels.items())],
        "occurrences": [_occurrence(o) for o in result.occurrences],
        "chains": [_chain(c) for c in result.chains],
        "windows": [_window(w) for w in result.windows],
        "load": [_load(unit, point) for unit in result.units for point in result.load.get(unit, ())],
        "verdicts": [_verdict(v, position) for v in result.verdicts],
        "jobs": [_job(j) for j in result.jobs],
    }


def lines(analysis: Analysed, progress: Callable[[int, int, str], None] | None = None) -> Iterator[str]:
    """The file as text, piece by piece, a site at a time; `progress` is told sites done, of how many, and "write"."""
    yield f'{{"format": {_json(FORMAT)},\n'
    yield ' "sites": ['
    for index in range(len(analysis.sites)):
        yield "\n" if index == 0 else ",\n"
        yield from _site_lines(to_contract(analysis.site(index)))
        if progress is not None:
            progress(index + 1, len(analysis.sites), "write")
    yield "\n ]}\n"


def encode(text: str) -> bytes:
    r"""A piece of the file as bytes; half a surrogate pair, which UTF-8 cannot hold, becomes its JSON escape.

    >>> encode('"\ud83d"')
    b'"\\ud83d"'
    """
    return text.encode("utf-8", errors="backslashreplace")


def dumps(analysis: Analysed) -> bytes:
    """The whole file in memory; `lines` is the way for large ones."""
    return b"".join(encode(line) for line in lines(analysis))


def _site_lines(site: Record) -> Iterator[str]:
    yield "  {"
    for at, (key, value) in enumerate(site.items()):
        yield ",\n   " if at else ""
        yield f"{_json(key)}: "
        if isinstance(value, list) and value:
            yield "[\n    "
            for number, record in enumerate(value):
                yield (",\n    " if number else "") + _json(record)
            yield "]"
        else:
            yield _json(value)
    yield "}"


_json = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def _number(value: float, digits: int) -> float:
    """Round, and let no negative zero through (adding 0.0 turns it)."""
    return round(float(value), digits) + 0.0


def _occurrence(o: Occurrence) -> Record:
    return {
        "date": o.date,
        "unit": o.unit,
        **({} if o.entry is None else {"entry": int(o.entry)}),
        "row": int(o.row),
        "task": o.task,
        "pattern": str(o.pattern),
        "chain": o.chain,
    }


def _chain(c: Chain) -> Record:
    return {
        "id": c.id,
        "unit": c.unit,
        "tasks": list(c.tasks),
        "window": {"start": clock(c.start), "end": clock(c.end)},
        "days": int(c.days),
        "of_days": int(c.of_days),
        "links": [
            {
                "from": link.source,
                "to": link.target,
                "days": int(link.days),
                "of_days": int(link.of_days),
                "median_gap_min": _number(link.median_gap_min, 1),
                "probability_low": _number(link.probability_low, 4),
            }
            for link in c.links
        ],
    }


def _window(w: Window) -> Record:
    return {
        "unit": w.unit,
        "weekday": None if w.weekday is None else str(w.weekday),
        "start": clock(w.start),
        "end": clock(w.end),
        "demand": _number(w.demand, 2),
        "staff": _number(w.staff, 2),
        "thin": bool(w.thin),
    }


def _load(unit: str, point: LoadPoint) -> Record:
    return {
        "unit": unit,
        "start": clock(point.start),
        "demand": _number(point.demand, 2),
        "staff": _number(point.staff, 2),
    }


def _verdict(v: Verdict, position: Mapping[int, int]) -> Record:
    record = _judged(v, position)
    return record if v.override is None else {**record, "override": _override(v.override)}


def _override(o: Overridden) -> Record:
    """A coordinator's word on a verdict, beside what the rules had said."""
    record: Record = {
        "id": o.by.id,
        "from": str(o.was),
        "suitability": str(o.by.suitability),
        "reason": o.by.reason,
        "who": o.by.who,
        "at": o.by.at,
        "rules_reason": o.reason.as_dict(),
    }
    return record if o.warning is None else {**record, "warning": o.warning.as_dict()}


def _judged(v: Verdict, position: Mapping[int, int]) -> Record:
    return {
        "unit": v.unit,
        "task": v.task,
        "mode": str(v.mode),
        "suitability": str(v.suitability),
        "pattern": str(v.pattern),
        "window": {
            "weekdays": None if v.weekdays is None else [str(day) for day in v.weekdays],
            "start": clock(v.start),
            "end": clock(v.end),
        },
        "confidence": _confidence(v.confidence),
        "rule": v.rule,
        "source": v.source,
        "reason": v.reason.as_dict(),
        "evidence": {key: _evidence(v.evidence[key]) for key in sorted(v.evidence)},
        "context": int(v.context),
        "chain": v.chain,
        "thin": bool(v.thin),
        "occurrences": [position[row] for row in v.rows],
        "trace": [
            {"rule": step.rule, "suitability": str(step.suitability), "decided": step.decided, "source": step.source}
            for step in v.trace
        ],
    }


def _confidence(c: Confidence) -> Record:
    return {"level": str(c.level), "days": int(c.days), "of_days": int(c.of_days), "low": _number(c.low, 4)}


def _evidence(value: float | int | str) -> float | int | str | None:
    """A measured value; what could not be computed (not a number, infinite) is null."""
    if isinstance(value, str):
        return str(value)
    if float(value).is_integer():
        return int(value)
    return _number(value, 4) if math.isfinite(value) else None


def _job(j: Job) -> Record:
    return {
        "id": j.id,
        "title": j.title.as_dict(),
        "stage": int(j.stage),
        "slots": [_slot(s) for s in j.slots],
        "weekly_hours": _number(j.weekly_hours, 2),
        "staff_minutes_relieved_per_week": _number(j.staff_minutes_relieved_per_week, 1),
        "channel": {
            "recommended": str(j.channel),
            "reason": j.channel_reason.as_dict(),
            "options": [
                {"channel": str(o.channel), "possible": o.possible, "reason": o.reason.as_dict()} for o in j.channels
            ],
        },
        "constraints": [_constraint(c) for c in j.constraints],
        "not_included": [{"task": n.task, "mode": str(n.mode), "reason": n.reason.as_dict()} for n in j.not_included],
        "aim": str(j.aim),
        "also": [str(aim) for aim in j.also],
        "people": int(j.people),
        "hours_per_person": _number(j.hours_per_person, 2),
        "relief": {
            name: _number(getattr(j.relief, name), 4 if name == "ratio" else 1)
            for name in ("low", "likely", "high", "covered", "ratio", "thin")
        },
        "needs": [_need(n) for n in j.needs],
        "choice": [text.as_dict() for text in j.choice],
        "step": None if j.step is None else _step(j.step),
        "optimality": None
        if j.optimality is None
        else {"proved": j.optimality.proved, "gap": _number(j.optimality.gap, 4)},
    }


def _need(n: Need) -> Record:
    return {
        "rule": n.rule,
        "what": n.what.as_dict(),
        "tasks": list(n.tasks),
        "layer": str(n.layer),
        "source": n.source.as_dict(),
        "since": n.since,
        "verified": n.verified,
    }


def _step(s: Step) -> Record:
    return {
        "after": s.after,
        "tasks": [{"task": task, "mode": str(mode)} for task, mode in s.tasks],
        "weekly_hours": _number(s.weekly_hours, 2),
        "weekdays": [str(day) for day in s.weekdays],
        "amends": [text.as_dict() for text in s.amends],
    }


def _slot(s: Slot) -> Record:
    return {
        "weekday": str(s.weekday),
        "start": clock(s.start),
        "end": clock(s.end),
        "unit": s.unit,
        "tasks": [_slot_task(t) for t in s.tasks],
    }


def _slot_task(t: SlotTask) -> Record:
    record: Record = {
        "task": t.task,
        "mode": str(t.mode),
        "suitability": str(t.suitability),
        "minutes": _number(t.minutes, 1),
        "observed": _number(t.observed, 1),
        "thin": _number(t.thin, 1),
        "days": int(t.days),
        "of_days": int(t.of_days),
        "promised": t.promised,
    }
    return {**record, "override": True} if t.overridden else record


def _constraint(c: ConstraintCheck) -> Record:
    return {
        "rule": c.rule,
        "limit": _number(c.limit, 2),
        "value": _number(c.value, 2),
        "ok": bool(c.ok),
        "source": c.source.ja,
        "label": c.label.as_dict(),
        "source_text": c.source.as_dict(),
        "layer": str(c.layer),
        "at_least": c.at_least,
        "hard": c.hard,
        "unit": c.unit.as_dict(),
        "since": c.since,
        "verified": c.verified,
        "said": c.said.as_dict(),
    }
