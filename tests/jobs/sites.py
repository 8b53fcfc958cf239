"""Random sites, drawn from a seed and analysed as any site is: rows -> facts -> verdicts -> jobs.

What varies: one to four units, one to twelve days, with or without weekends; chains clean or spoilt, calls beside
them, a lunch for which hands are missing, work of one weekday, plans, advice, recreation, a contractor, a cleaner, a
day filled minute by minute; driving and small repairs between; rare work; nights past midnight; a five-minute clock;
work only told of; staff lists or none; names of the catalogue or names of the site's own; a unit nobody entered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path

import numpy as np

from carveout.analysis import Analysis, analyze
from carveout.model import Mode, Pattern, SiteResult, Suitability, Verdict
from carveout.observations import read
from carveout.observations.tasks_of_sites import attributes
from carveout.rules import verdicts_of_site
from carveout.timeline import Reported, Sites, Tasks, Timeline, Units
from tests.planted.build import Row, timeline_of
from tests.planted.test_scores import NO_RHYTHM, SCENARIOS
from tests.planted.workdays import Plan, generate

SEEDS = range(200)
LUNCH = (720, 780)
STAFF_HOURS = ((420, 930), (480, 990), (540, 1050), (600, 1110), (420, 1110))

# Names of the catalogue for what the generator calls link1, call0, ...
CATALOGUE: Mapping[str, tuple[str, ...]] = {
    "link": (
        "wake_up_care", "breakfast_prep", "serving", "breakfast_assist", "clearing", "oral_care", "excretion_care",
        "toileting", "diaper_change", "cleaning", "bath_prep", "mobility_assist", "bathing", "dressing", "hair_drying",
        "hydration", "lunch_prep", "lunch_assist", "medication", "snack_prep", "snack_assist", "dinner_prep",
        "dinner_assist", "bedtime_care",
    ),
    "call": ("call_response", "listening", "watching_over", "transfer"),
    "lunch": ("lunch_assist", "sewing", "kanji_practice", "toileting", "feeding", "spill_cleaning"),
    "other": ("laundry_folding", "record_keeping", "gardening", "supply_restocking"),
    "routine": ("vital_check", "waste_disposal"),
    "peak": ("linen_change", "bed_setting", "meeting"),
    "plan": ("recreation_planning",),
    "party": ("recreation",),
    "advice": ("near_miss_review",),
    "role": ("cleaning",),
    "drive": ("transport",),
    "mend": ("minor_repairs",),
    "rare": ("walk",),
    "night": ("night_round",),
    "fill": ("office_work", "room_upkeep", "phone_reception", "talking"),
}  # fmt: skip
# Attributes of the site's own names: each holds the values one is drawn from.
OWN: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "link": {"contact": ("none", "residents", "children", "bodily_care"), "load": ("light", "moderate", "heavy")},
    "call": {
        "nature": ("care", "companionship", "housekeeping", "clerical"),
        "contact": ("residents", "children", "bodily_care"),
        "medical_act": ("no", "no", "no", "yes"),
        "load": ("light", "moderate", "very_heavy"),
    },
    "lunch": {"nature": ("care", "companionship", "housekeeping"), "contact": ("residents", "bodily_care")},
    "other": {
        "nature": ("care", "housekeeping", "clerical"),
        "care_class": ("indirect_work", "other"),
        "contact": ("none", "residents"),
    },
    "routine": {"nature": ("care", "housekeeping"), "contact": ("none", "residents")},
    "peak": {
        "nature": ("housekeeping", "clerical", "care"),
        "care_class": ("indirect_work",),
        "contact": ("none", "none", "residents"),
        "qualification": ("", "", "cook"),
    },
    "plan": {"nature": ("planning",), "contact": ("none",)},
    "party": {"nature": ("interaction",)},
    "advice": {"nature": ("advisory",), "contact": ("none",)},
    "canteen": {"supplier": ("contracted",), "nature": ("housekeeping",), "contact": ("none",)},
    "role": {"nature": ("housekeeping",), "care_class": ("indirect_work",), "contact": ("none",)},
    "drive": {"nature": ("transport",), "care_class": ("other",)},
    "mend": {"nature": ("housekeeping",), "care_class": ("other",), "contact": ("none",)},
    "rare": {"nature": ("companionship",)},
    "night": {"contact": ("bodily_care",)},
    "fill": {"nature": ("care", "clerical", "housekeeping")},
}
PLAIN = attributes("no such task")

DutyRow = tuple[str, int, str, int, int]


@dataclass(frozen=True, slots=True)
class Mix:
    """What a random site is made of; shares from 0 to 1, amounts per unit."""

    units: int
    days: int
    plan: Mapping[str, object]
    kind: str = "care_home"
    first_day: int = 0
    weekend: bool = False
    lists_staff: bool = True
    catalogue: bool = True
    lunch: int = 3
    driving: bool = False
    repairs: bool = False
    rare: bool = True
    night: bool = False
    told: int = 0
    empty_unit: bool = False


def draw(seed: int) -> Mix:
    """The mix of a seed."""
    rng = np.random.default_rng([seed, 1])

    def sometimes(share: float) -> bool:
        return bool(rng.random() < share)

    units = int(rng.choice([1, 2, 3, 4], p=[0.55, 0.3, 0.09, 0.06]))
    few = sometimes(0.3)
    days = int(rng.integers(1, 4)) if few else int(rng.integers(5, 13))
    plan: dict[str, object] = {
        "staff": int(rng.integers(3, 7)),
        "chains": (1, int(rng.integers(1, 5))),
        "rotate": sometimes(0.7),
        "hand_over": 0.5 * sometimes(0.3),
        "rounds": 4 * sometimes(0.15),
        "calls": float(rng.choice([0.0, 2.0, 4.0, 7.0])),
        "interruptions": 0.15 * sometimes(0.2),
        "peaks": int(rng.integers(0, 3)),
        "others": int(rng.integers(0, 5)),
        "routines": int(rng.integers(0, 3)),
        "declared": sometimes(0.7),
        "cleaner": sometimes(0.3),
        "rhythm": sometimes(0.9),
        "lost": 0.1 * sometimes(0.2),
        "swapped": 0.2 * sometimes(0.2),
        "clock": 5 if sometimes(0.3) else 1,
    }
    if units == 1 and sometimes(0.15):  # minute by minute: many rows
        plan |= {"filler": True, "staff": 3, "filler_codes": 4, "filler_length": (8, 25)}
    return Mix(
        units=units,
        days=days,
        plan=plan,
        kind=str(rng.choice(["care_home", "nursery", "other"])),
        first_day=int(rng.integers(0, 400)) // 7 * 7,
        weekend=sometimes(0.2),
        lists_staff=sometimes(0.8),
        catalogue=sometimes(0.6),
        lunch=int(rng.choice([0, 2, 4, 6])),
        driving=sometimes(0.3),
        repairs=sometimes(0.3),
        rare=sometimes(0.6),
        night=sometimes(0.25),
        told=int(rng.choice([0, 0, 1, 3])),
        empty_unit=sometimes(0.1),
    )


def timeline(seed: int, mix: Mix) -> Timeline:
    """The rows of a mix, with what is declared, told and listed."""
    rng = np.random.default_rng([seed, 2])
    rows: list[Row] = []
    for number in range(mix.units):
        rows += _unit_rows(rng, mix, f"unit-{number + 1}")
    duty = list(_duty(mix, rows)) if mix.lists_staff else []
    name = _names(mix.catalogue, sorted({row.task for row in rows}))
    rows = [replace(row, task=name[row.task]) for row in rows]
    plain = timeline_of(rows, duty=duty, site=f"site-{seed}")
    declared = {code: _declared(rng, task) for task, code in sorted(name.items())}
    if mix.catalogue:
        known = {code for codes in CATALOGUE.values() for code in codes}
        declared |= {code: attributes(code) for code in declared if code in known}
    units = plain.units
    if mix.empty_unit:
        units = Units(np.zeros(len(units.name) + 1, np.int32), (*units.name, "unit-empty"))
    return replace(
        plain,
        sites=Sites((f"site-{seed}",), (mix.kind,), (f"施設{seed}",), (True,)),
        units=units,
        tasks=_tasks(plain.tasks, declared),
        reported=_told(rng, mix, plain),
    )


def _unit_rows(rng: np.random.Generator, mix: Mix, unit: str) -> Iterator[Row]:
    plan = replace(Plan(seed=int(rng.integers(0, 1 << 30)), days=mix.days), **mix.plan)  # type: ignore[arg-type]
    planted = generate(plan).rows
    number = {day: n for n, day in enumerate(sorted({row.day for row in planted}))}
    days = {day: mix.first_day + (min(number) + n if mix.weekend else day) for day, n in number.items()}
    clock = plan.clock

    def row(day: int, start: float, length: float, task: str, person: str) -> Row:
        begin = round(start / clock) * clock
        return Row(unit, days[day], begin, max(begin, round((start + length) / clock) * clock), task, (person,))

    for planted_row in planted:
        yield replace(planted_row, unit=unit, day=days[planted_row.day])
    for day in sorted(days):
        for k in range(mix.lunch):
            if rng.random() < 0.9:
                start = rng.uniform(LUNCH[0] - 5, LUNCH[1] - 25)
                yield row(day, start, rng.uniform(15, 40), f"lunch{k}", f"s{k % plan.staff}")
        if mix.driving:
            for usual in (480, 930):
                start = rng.normal(usual, 5)
                yield row(day, start, rng.normal(120, 6), "drive0", f"{unit}-driver{rng.integers(0, 4)}")
        if mix.repairs and rng.random() < 0.4:
            yield row(day, rng.uniform(610, 850), rng.uniform(20, 70), "mend0", f"s{rng.integers(0, plan.staff)}")
        if mix.night:
            yield row(day, rng.normal(1380, 10), rng.uniform(70, 110), "night0", "night")
    if mix.rare:
        some = sorted(rng.choice(sorted(days), max(1, round(0.3 * len(days))), replace=False).tolist())
        for day in some:
            yield row(day, rng.uniform(725, 735), rng.uniform(20, 30), "rare0", "s0")


def _duty(mix: Mix, rows: list[Row]) -> Iterator[DutyRow]:
    """Hours of everybody seen that day; whoever is of the floor takes a break at noon if others stay."""
    on: dict[tuple[str, int], list[str]] = {}
    for row in rows:
        on.setdefault((row.unit, row.day), []).extend(row.staff)
    for (unit, day), people in sorted(on.items()):
        for k, person in enumerate(sorted(set(people))):
            if "-driver" in person:
                stretches = [(465, 615), (915, 1065)]
            elif person == "night":
                stretches = [(1350, 1500)]
            else:
                start, end = STAFF_HOURS[k % len(STAFF_HOURS)]
                stretches = [(start, LUNCH[0]), (LUNCH[1], end)] if k % 3 and mix.lunch else [(start, end)]
            for start, end in stretches:
                yield unit, day, person, start, end


def _split(task: str) -> tuple[str, int]:
    stem = task.rstrip("0123456789")
    return stem, int(task[len(stem) :] or 0)


def _names(catalogue: bool, tasks: list[str]) -> dict[str, str]:
    """Task as generated -> task as recorded."""
    named = {}
    for task in tasks:
        stem, number = _split(task)
        known = CATALOGUE.get(stem, ())
        named[task] = known[number % len(known)] if catalogue and known else task
    return named


def _declared(rng: np.random.Generator, task: str) -> dict[str, str]:
    stem, _ = _split(task)
    drawn = {name: str(rng.choice(values)) for name, values in OWN.get(stem, {}).items()}
    return {**PLAIN, "ja": f"〈{task}〉", "en": task.title(), **drawn}


def _tasks(plain: Tasks, declared: Mapping[str, Mapping[str, str]]) -> Tasks:
    names = ("ja", "en", "nature", "supplier", "care_class", "load", "contact", "medical_act", "qualification")
    columns = {name: tuple(declared[code][name] for code in plain.code) for name in names}
    return replace(plain, **columns)  # type: ignore[arg-type]


def _told(rng: np.random.Generator, mix: Mix, t: Timeline) -> Reported:
    """Work that staff told of: with or without weekday, hours and unit; some of it was seen, some was not."""
    n, i32 = mix.told, np.int32
    timed = rng.random(n) < 0.7
    start = np.where(timed, rng.integers(32, 60, n) * 15, -1)
    return Reported(
        site=np.zeros(n, i32),
        unit=np.where(rng.random(n) < 0.5, rng.integers(0, mix.units, n), -1).astype(i32),
        task=rng.integers(0, len(t.tasks.code), n).astype(i32),
        weekday=np.where(rng.random(n) < 0.7, rng.integers(0, 5, n), -1).astype(i32),
        start=start.astype(i32),
        end=np.where(timed, start + rng.integers(2, 7, n) * 15, -1).astype(i32),
        told_by=("head",) * n,
    )


def random_analysis(seed: int) -> Analysis:
    """The analysis of a random site."""
    return analyze(timeline(seed, draw(seed)))


@lru_cache(maxsize=len(SEEDS))
def random_site(seed: int) -> SiteResult:
    """A random site with its jobs; the same seed gives the same site."""
    return random_analysis(seed).site(0)


@cache
def planted_site(name: str) -> SiteResult:
    """A scenario of `tests/planted` with its jobs, by its sentence."""
    changes = SCENARIOS[name][0] if name in SCENARIOS else {**NO_RHYTHM[name], "rhythm": False}
    plan = replace(Plan(seed=1000), **changes)  # type: ignore[arg-type]
    return analyze(generate(plan).timeline()).site(0)


@cache
def written_site(path: Path) -> SiteResult:
    """A site that stands in a file, with its jobs."""
    return analyze(read([path]).timeline).site(0)


def big_analysis(units: int = 20, slots: int = 400) -> Analysis:
    """A ten-day site of many units that offers at least `slots` distinct (unit, task, mode); windows are more.

    The day grows richer until it does. Raises ValueError if the richest day does not.
    """
    for richness in range(1, 40):
        plan = {"staff": 5, "chains": (2, 3), "calls": min(8.0, 1.0 + richness), "peaks": 1, "cleaner": False}
        mix = Mix(units, 10, plan, catalogue=False, lunch=richness, driving=True, repairs=True, told=3)
        made = analyze(timeline(0, mix))
        found = offerable(verdicts_of_site(made.timeline, made.facts, made.verdicts, made.rules, 0))
        if len({(unit, task, mode) for unit, task, mode, _, _ in found}) >= slots:
            return made
    raise ValueError(f"{units} units do not offer {slots} pieces of work")


def big_site(units: int = 20, slots: int = 400) -> SiteResult:
    """That site with its jobs."""
    return big_analysis(units, slots).site(0)


Offer = tuple[str, str, Mode, int, int]


def offerable(verdicts: Sequence[Verdict]) -> set[Offer]:
    """Distinct (unit, task, mode, start, end) that a site's verdicts offer for a job: no link is taken over."""
    links = {(v.unit, v.task) for v in verdicts if v.pattern is Pattern.RHYTHMIC_CHAIN}
    return {
        (v.unit, v.task, v.mode, v.start, v.end)
        for v in verdicts
        if v.suitability in (Suitability.SUITABLE, Suitability.CONDITIONAL)
        and not v.untimed
        and not (v.mode is Mode.TAKE_OVER and (v.unit, v.task) in links)
    }
