"""Small facts made by hand: a site with the contexts a test speaks of, each given by what differs from a plain one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np

from carveout.detectors.bounds import lower_bound
from carveout.detectors.facts import ChainTable, ContextTable, Facts, LoadTable, WindowTable
from carveout.model import PATTERNS, WEEKDAYS, Pattern
from carveout.rules import Rulebook, VerdictTable, judge, rulebook
from carveout.timeline import Duty, Reported, Sites, Tasks, Timeline, Units

TODAY = date(2026, 11, 23)
PLAIN_TASK = {
    "nature": "care",
    "supplier": "in_house",
    "care_class": "direct_care",
    "load": "moderate",
    "contact": "residents",
    "medical_act": "no",
    "qualification": "",
    "known": True,
}
PLAIN_CONTEXT = {
    "pattern": "other",
    "weekday": None,
    "start": 600,
    "end": 660,
    "days": 9,
    "of_days": 10,
    "unit_days": 10,
    "occurrences": 9,
    "minutes": 180.0,
    "overlap_minutes": 0.0,
    "peak_share": 0.0,
    "peak_p": 1.0,
    "on_demand": 0,
    "thin": None,  # {start, end, minutes, days} shared with the unit's thin window
    "told_by": None,  # only reported, by whom
}
THIN_WINDOW = {"start": 705, "end": 765, "demand": 3.4, "staff": 2.0, "days": 9, "weekday": None}

Spec = Mapping[str, Any]


def ints(values: Sequence[int]) -> np.ndarray:
    return np.array(values, np.int32)


def facts_of(contexts: Sequence[Spec], kind: str = "care_home", window: Spec = THIN_WINDOW) -> tuple[Timeline, Facts]:
    """One site, one unit, one thin window, one task per context; a chain context gets a chain of its own.

    A context's keys are those of PLAIN_TASK and PLAIN_CONTEXT, and `task` (its code; several contexts may share one).
    """
    full = [{**PLAIN_TASK, **PLAIN_CONTEXT, "task": f"t{at}", **spec} for at, spec in enumerate(contexts)]
    codes = list(dict.fromkeys(spec["task"] for spec in full))
    task = {code: at for at, code in enumerate(codes)}
    of_task = [next(spec for spec in full if spec["task"] == code) for code in codes]
    # Two tasks that only serve as a chain's neighbours, "before" and "after".
    declared = [*of_task, dict(PLAIN_TASK), dict(PLAIN_TASK)]
    codes += ["before", "after"]
    timeline = _timeline(codes, declared, full, task, kind)
    return timeline, _facts(full, task, len(codes), window)


def _timeline(
    codes: list[str], declared: list[dict[str, Any]], full: list[dict[str, Any]], task: dict[str, int], kind: str
) -> Timeline:
    told = [spec for spec in full if spec["told_by"]]
    rows = [(at, day) for at, spec in enumerate(full) if not spec["told_by"] for day in range(spec["days"])]
    text = {key: tuple(str(spec[key]) for spec in declared) for key in PLAIN_TASK if key != "known"}
    start = ints([full[at]["start"] for at, _ in rows])
    end = ints([full[at]["end"] for at, _ in rows])
    n = len(rows)
    none = ints([])
    return Timeline(
        sites=Sites(("site",), (kind,), ("施設",), (True,)),
        units=Units(ints([0]), ("unit-1",)),
        tasks=Tasks(
            site=ints([0] * len(codes)),
            code=tuple(codes),
            ja=tuple(f"〈{code}〉" for code in codes),
            en=tuple(f"<{code}>" for code in codes),
            known=np.array([spec["known"] for spec in declared]),
            **text,
        ),
        staff=("s1",),
        staff_role=("",),
        unit=ints([0] * n),
        day=ints([20605 + day for _, day in rows]),  # 2026-06-01, a Monday
        entry=ints([day for _, day in rows]),
        row=ints(range(n)),
        start=start,
        end=end,
        task=ints([task[full[at]["task"]] for at, _ in rows]),
        trigger=np.zeros(n, np.int8),
        note=ints([-1] * n),
        staff_offsets=np.arange(n + 1, dtype=np.int64),
        staff_ids=ints([0] * n),
        duty=Duty(none, none, none, none, none),
        reported=Reported(
            site=ints([0] * len(told)),
            unit=ints([0] * len(told)),
            task=ints([task[spec["task"]] for spec in told]),
            weekday=ints([_weekday(spec) for spec in told]),
            start=ints([spec["start"] for spec in told]),
            end=ints([spec["end"] for spec in told]),
            told_by=tuple(spec["told_by"] for spec in told),
        ),
    )


def _weekday(spec: Spec) -> int:
    return -1 if spec["weekday"] is None else [str(day) for day in WEEKDAYS].index(spec["weekday"])


def _facts(full: list[dict[str, Any]], task: dict[str, int], n_tasks: int, window: Spec) -> Facts:
    linked = [at for at, spec in enumerate(full) if spec["pattern"] == "rhythmic_chain"]
    before, after = n_tasks - 2, n_tasks - 1
    chain_of = {at: number for number, at in enumerate(linked)}
    three = [[before, task[full[at]["task"]], after] for at in linked]
    days, of_days = [full[at]["days"] for at in linked], [full[at]["of_days"] for at in linked]
    twice = [value for value in days for _ in range(2)]
    twice_of = [value for value in of_days for _ in range(2)]
    chains = ChainTable(
        unit=ints([0] * len(linked)),
        number=ints(range(1, len(linked) + 1)),
        start=ints([full[at]["start"] - 30 for at in linked]),
        end=ints([full[at]["end"] + 30 for at in linked]),
        days=ints(days),
        of_days=ints(of_days),
        low=lower_bound(ints(days), ints(of_days)),
        task_offsets=ints(range(0, 3 * len(linked) + 1, 3)),
        task_ids=ints([link for links in three for link in links]),
        link_chain=ints([number for number in range(len(linked)) for _ in range(2)]),
        link_source=ints([link for links in three for link in links[:2]]),
        link_target=ints([link for links in three for link in links[1:]]),
        link_days=ints(twice),
        link_of_days=ints(twice_of),
        link_gap=np.ones(len(twice)),
        link_low=lower_bound(ints(twice), ints(twice_of)),
    )
    seen = [spec for spec in full if not spec["told_by"]]
    context = ints([at for at, spec in enumerate(full) if not spec["told_by"] for _ in range(spec["days"])])
    unit_days = max((spec["unit_days"] for spec in full), default=0)
    return Facts(
        pattern=np.array([_pattern(spec) for spec in seen for _ in range(spec["days"])], np.int8),
        chain=ints([chain_of.get(int(at), -1) for at in context]),
        context=context,
        unit_days=ints([unit_days]),
        chains=chains,
        windows=WindowTable(
            unit=ints([0]),
            weekday=ints([_weekday(window)]),
            start=ints([window["start"]]),
            end=ints([window["end"]]),
            demand=np.array([window["demand"]]),
            staff=np.array([window["staff"]]),
            days=ints([window["days"]]),
            of_days=ints([unit_days]),
        ),
        load=LoadTable(ints([]), ints([]), np.zeros(0), np.zeros(0)),
        contexts=_contexts(full, task, chain_of),
    )


def _pattern(spec: Spec) -> int:
    return PATTERNS.index(Pattern(spec["pattern"]))


def _contexts(full: list[dict[str, Any]], task: dict[str, int], chain_of: dict[int, int]) -> ContextTable:
    def column(name: str) -> np.ndarray:
        return ints([spec[name] for spec in full])

    def real(name: str) -> np.ndarray:
        return np.array([float(spec[name]) for spec in full])

    def thin(name: str, absent: float = 0) -> list[Any]:
        return [spec["thin"][name] if spec["thin"] else absent for spec in full]

    told = [at for at, spec in enumerate(full) if spec["told_by"]]
    days = ints([0 if spec["told_by"] else spec["days"] for spec in full])
    of_days = ints([0 if spec["told_by"] else spec["of_days"] for spec in full])
    return ContextTable(
        unit=ints([0] * len(full)),
        task=ints([task[spec["task"]] for spec in full]),
        pattern=ints([_pattern(spec) for spec in full]),
        chain=ints([chain_of.get(at, -1) for at in range(len(full))]),
        weekday=ints([_weekday(spec) for spec in full]),
        start=column("start"),
        end=column("end"),
        days=days,
        of_days=of_days,
        unit_days=column("unit_days"),
        low=lower_bound(days, of_days),
        occurrences=column("occurrences"),
        minutes=real("minutes"),
        overlap_minutes=real("overlap_minutes"),
        peak_share=real("peak_share"),
        peak_p=real("peak_p"),
        window=ints([0 if spec["thin"] else -1 for spec in full]),
        thin_minutes=np.array(thin("minutes"), float),
        thin_days=ints(thin("days")),
        thin_start=ints(thin("start", -1)),
        thin_end=ints(thin("end", -1)),
        on_demand=column("on_demand"),
        reported=ints([told.index(at) if at in told else -1 for at in range(len(full))]),
    )


def judged(contexts: Sequence[Spec], **options: Any) -> tuple[Timeline, Facts, VerdictTable, Rulebook]:
    """Facts and the verdicts on them. options: kind, window, schemes (id -> on), day."""
    timeline, facts = facts_of(contexts, options.get("kind", "care_home"), options.get("window", THIN_WINDOW))
    book = rulebook().switched(options.get("schemes", {}))
    return timeline, facts, judge(timeline, facts, book, on=options.get("day", TODAY)), book
