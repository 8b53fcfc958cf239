"""A small site by hand: three days of one care unit, every pattern once, so that pictures have something to show."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from carveout.language import Text
from carveout.model import (
    WEEKDAYS,
    Chain,
    Confidence,
    ConstraintCheck,
    Job,
    Kind,
    Level,
    Link,
    LoadPoint,
    Mode,
    NotIncluded,
    Occurrence,
    Pattern,
    SiteResult,
    Slot,
    SlotTask,
    Suitability,
    TraceStep,
    Trigger,
    Verdict,
    Weekday,
    Window,
)

DAYS = ("2026-06-01", "2026-06-02", "2026-06-03")
UNIT = "unit-1"
MORNING = ("wake_up_care", "breakfast_prep", "breakfast_assist", "oral_care", "excretion_care")
NOON = ("toileting", "lunch_prep", "lunch_assist", "clearing")
RULES = {  # of the rulebook, so that explanations find them
    (Pattern.RHYTHMIC_CHAIN, Mode.TAKE_OVER): "rhythmic-chain",
    (Pattern.RHYTHMIC_CHAIN, Mode.ASSIST): "thin-staffing",
    (Pattern.OVERLAPPING, Mode.TAKE_OVER): "overlapping-alone",
    (Pattern.OVERLAPPING, Mode.ASSIST): "overlapping",
    (Pattern.INTERACTION_CORE, Mode.TAKE_OVER): "interaction-core",
    (Pattern.INTERACTION_CORE, Mode.ASSIST): "interaction-core-backup",
    (Pattern.INTERACTION_CORE, Mode.PREPARE): "interaction-core-preparation",
    (Pattern.WEEKDAY_PEAK, Mode.TAKE_OVER): "weekday-peak",
    (Pattern.PLANNING, Mode.PREPARE): "planning",
    (Pattern.ADVISORY, Mode.ADVISE): "advisory",
    (Pattern.DEDICATED_ROLE, Mode.TAKE_OVER): "dedicated-role",
    (Pattern.CONTRACTED, Mode.TAKE_OVER): "contracted",
}
LABELS = {
    "wake_up_care": Text("起床時ケア", "Wake-up care"),
    "breakfast_prep": Text("朝食準備", "Breakfast preparation"),
    "breakfast_assist": Text("朝食介助", "Breakfast assistance"),
    "oral_care": Text("口腔ケア", "Oral care"),
    "excretion_care": Text("排泄ケア", "Excretion care"),
    "toileting": Text("トイレ誘導", "Toilet guidance"),
    "lunch_prep": Text("昼食準備", "Lunch preparation"),
    "lunch_assist": Text("昼食介助", "Lunch assistance"),
    "clearing": Text("片づけ", "Clearing"),
    "listening": Text("傾聴", "Listening"),
    "linen_change": Text("リネン交換", "Linen change"),
    "recreation": Text("レク活動", "Recreation"),
    "recreation_planning": Text("レク企画", "Recreation planning"),
    "near_miss_review": Text("ヒヤリハット分析", "Near-miss review"),
    "cleaning": Text("清掃", "Cleaning"),
    "canteen_service": Text("食堂業務", "Canteen service"),
}


def site_result(labels: dict[str, Text] | None = None) -> SiteResult:
    """The site; `labels` replaces task labels (for hostile or very long names)."""
    rows = _rows()
    chains = (_chain(1, MORNING, 420, 550), _chain(2, NOON, 690, 800))
    return SiteResult(
        site="sample-home",
        kind=Kind.CARE_HOME,
        name="見本の家",
        units=(UNIT,),
        days_of_unit={UNIT: len(DAYS)},
        occurrences=rows,
        chains=chains,
        windows=(
            Window(UNIT, None, 720, 765, 3.4, 2.0, True),
            Window(UNIT, Weekday.TUE, 1050, 1095, 2.4, 1.0, True),
            Window(UNIT, None, 840, 900, 1.0, 3.0, False),
        ),
        load={UNIT: tuple(_load())},
        verdicts=_verdicts(rows),
        jobs=(_job(),),
        task_labels={**LABELS, **(labels or {})},
        constructed=True,
        staff_roles={"s1": "care_worker", "s2": "care_worker", "s3": "nurse"},
    )


def huge_result(people: int = 40, days: int = 90) -> SiteResult:
    """The same site with forty people, ninety days and names of forty characters."""
    base = site_result({"linen_change": Text("とても長い名前の業務" * 4, "A task with an exceedingly long name!!!!")})
    rows = []
    for d in range(days):
        date = f"2026-{4 + d // 30:02d}-{d % 30 + 1:02d}"
        for p in range(people):
            for o in base.occurrences[:6]:
                index = len(rows)
                rows.append(
                    replace(
                        o, index=index, date=date, staff=(f"staff-member-{p:02d}",), start=o.start + p, end=o.end + p
                    )
                )
    roles = {f"staff-member-{p:02d}": "senior_care_worker_of_the_night_shift" for p in range(people)}
    return replace(base, occurrences=tuple(rows), staff_roles=roles, days_of_unit={UNIT: days})


def _rows() -> tuple[Occurrence, ...]:
    rows: list[Occurrence] = []

    def add(date: str, task: str, start: int, end: int, who: str, pattern: Pattern, chain: str | None = None) -> None:
        number = sum(o.date == date for o in rows)
        trigger = Trigger.ON_DEMAND if pattern is Pattern.OVERLAPPING else None
        rows.append(
            Occurrence(len(rows), date, UNIT, number, task, pattern, chain, start, end, tuple(who.split()), trigger, "")
        )

    for n, date in enumerate(DAYS):
        early, late = ("s1", "s2") if n % 2 == 0 else ("s2", "s1")
        for i, task in enumerate(MORNING):
            add(date, task, 420 + 26 * i + n, 444 + 26 * i + n, early, Pattern.RHYTHMIC_CHAIN, f"{UNIT}/1")
        for i, task in enumerate(NOON):
            add(date, task, 690 + 27 * i + n, 716 + 27 * i + n, late, Pattern.RHYTHMIC_CHAIN, f"{UNIT}/2")
        add(date, "toileting", 730 + n, 738 + n, "s1 s3", Pattern.OVERLAPPING)
        add(date, "listening", 733 + n, 745 + n, "s3", Pattern.OVERLAPPING)
        add(date, "recreation", 870, 930, early, Pattern.INTERACTION_CORE)
        add(date, "canteen_service", 660, 780, "c1", Pattern.CONTRACTED)
        add(date, "cleaning", 540, 960, "c2", Pattern.DEDICATED_ROLE)
        if n == 1:
            add(date, "linen_change", 820, 900, "s3", Pattern.WEEKDAY_PEAK)
            add(date, "recreation_planning", 970, 1010, "s3", Pattern.PLANNING)
            add(date, "near_miss_review", 600, 650, "s3", Pattern.ADVISORY)
    return tuple(rows)


def _chain(number: int, tasks: tuple[str, ...], start: int, end: int) -> Chain:
    links = tuple(Link(a, b, 3, 3, 1.0, 0.37) for a, b in pairwise(tasks))
    return Chain(f"{UNIT}/{number}", UNIT, tasks, start, end, 3, 3, links)


def _load() -> list[LoadPoint]:
    return [
        LoadPoint(m, 3.4 if 720 <= m < 765 else 1.3, 1.0 if m < 540 else 2.0 if 720 <= m < 765 else 3.0)
        for m in range(420, 1110, 15)
    ]


def _verdicts(rows: tuple[Occurrence, ...]) -> tuple[Verdict, ...]:
    found: list[Verdict] = []
    unsuitable, conditional, suitable = Suitability.UNSUITABLE, Suitability.CONDITIONAL, Suitability.SUITABLE

    def add(
        context: int, task: str, pattern: Pattern, start: int, end: int, modes: dict[Mode, Suitability],
        chain: str | None = None, days: tuple[Weekday, ...] | None = None, thin: bool = False,
    ) -> None:  # fmt: skip
        own = tuple(o.index for o in rows if o.task == task and o.pattern is pattern and o.chain == chain)
        for mode, mark in modes.items():
            rule = RULES[pattern, mode]
            reason = Text(
                f"{LABELS[task].ja}は{len(DAYS)}日中3日に見られました。", f"{LABELS[task].en} was seen on 3 of 3 days."
            )
            found.append(
                Verdict(
                    UNIT, task, mode, mark, pattern, days, start, end, Confidence(Level.SUPPORTED, 3, 3, 0.37), rule,
                    "seed fig. 2, L270-278", reason, context, chain, thin,
                    {"days": 3, "of_days": 3, "median_gap_min": 1.0}, own,
                    (TraceStep(rule, mark, True, "seed fig. 2"),),
                )
            )  # fmt: skip

    context = 0
    for chain, tasks, at in (("1", MORNING, 420), ("2", NOON, 690)):
        for i, task in enumerate(tasks):
            thin = task == "lunch_assist"
            modes = {Mode.TAKE_OVER: unsuitable, Mode.ASSIST: suitable if thin else Suitability.UNDETERMINED}
            add(
                context,
                task,
                Pattern.RHYTHMIC_CHAIN,
                at + 26 * i,
                at + 26 * i + 25,
                modes,
                f"{UNIT}/{chain}",
                None,
                thin,
            )
            context += 1
    add(20, "toileting", Pattern.OVERLAPPING, 730, 740, {Mode.TAKE_OVER: unsuitable, Mode.ASSIST: conditional})
    add(21, "listening", Pattern.OVERLAPPING, 733, 747, {Mode.ASSIST: suitable})
    add(22, "recreation", Pattern.INTERACTION_CORE, 870, 930,
        {Mode.TAKE_OVER: unsuitable, Mode.ASSIST: suitable, Mode.PREPARE: suitable})  # fmt: skip
    add(23, "linen_change", Pattern.WEEKDAY_PEAK, 820, 900, {Mode.TAKE_OVER: suitable}, None, (Weekday.TUE,))
    add(24, "recreation_planning", Pattern.PLANNING, 970, 1010, {Mode.PREPARE: suitable})
    add(25, "near_miss_review", Pattern.ADVISORY, 600, 650, {Mode.ADVISE: suitable})
    add(26, "cleaning", Pattern.DEDICATED_ROLE, 540, 960, {Mode.TAKE_OVER: unsuitable})
    add(27, "canteen_service", Pattern.CONTRACTED, 660, 780, {Mode.TAKE_OVER: Suitability.UNDETERMINED})
    return tuple(found)


def _job() -> Job:
    slots = tuple(
        Slot(day, 690, 810, UNIT, (SlotTask("lunch_assist", Mode.ASSIST, Suitability.SUITABLE, 25.0),
                                   SlotTask("listening", Mode.ASSIST, Suitability.SUITABLE, 12.0)))
        for day in WEEKDAYS[:5]
    )  # fmt: skip
    return Job(
        "sample-home/1", Text("昼どきの添え手", "Helping hand at lunch"), 1, slots, 10.0, 123.0, "dispatch",
        Text("職員の指示を受けながら働くためです。", "Staff direct this work."),
        (ConstraintCheck("weekly-hours", 20.0, 10.0, True, Text("法37条", "art. 37"),
                         Text("週20時間まで", "At most 20 h a week")),),
        (NotIncluded("breakfast_prep", Mode.TAKE_OVER, Text("流れの一部です。", "Part of the flow.")),),
    )  # fmt: skip
