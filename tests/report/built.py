"""A site's result built by hand, so that what is written and shown can be tested without an analysis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from carveout.language import Text
from carveout.model import (
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
    Verdict,
    Weekday,
    Window,
)


@dataclass(frozen=True)
class Built:
    """An analysis of results that are already there."""

    results: tuple[SiteResult, ...]

    @property
    def sites(self) -> Sequence[str]:
        return [result.site for result in self.results]

    def site(self, index: int) -> SiteResult:
        return self.results[index]


def verdict(**changes: Any) -> Verdict:
    usual: dict[str, Any] = {
        "unit": "unit-1",
        "task": "wake_up_care",
        "mode": Mode.TAKE_OVER,
        "suitability": Suitability.UNSUITABLE,
        "pattern": Pattern.RHYTHMIC_CHAIN,
        "weekdays": None,
        "start": 410,
        "end": 560,
        "confidence": Confidence(Level.ESTABLISHED, 10, 10, 0.7411),
        "rule": "rhythmic-chain",
        "source": "seed fig. 2",
        "reason": Text("毎日同じ順に続く流れの一部です。", "A link of a flow that recurs every day."),
        "context": 0,
        "chain": "unit-1/1",
        "thin": False,
        "evidence": {"median_gap": 1.25, "days": 10},
        "rows": (100, 101),
        "trace": (TraceStep("rhythmic-chain", Suitability.UNSUITABLE, True, "seed fig. 2"),),
    }
    return Verdict(**(usual | changes))


def occurrence(index: int, **changes: Any) -> Occurrence:
    usual: dict[str, Any] = {
        "index": index,
        "date": "2026-06-01",
        "unit": "unit-1",
        "row": index - 100,
        "task": "wake_up_care",
        "pattern": Pattern.RHYTHMIC_CHAIN,
        "chain": "unit-1/1",
        "start": 410,
        "end": 430,
        "staff": ("s1",),
        "trigger": None,
        "note": "",
    }
    return Occurrence(**(usual | changes))


def job(**changes: Any) -> Job:
    usual: dict[str, Any] = {
        "id": "care-home-a/1",
        "title": Text("昼の支え手", "Midday support"),
        "stage": 1,
        "slots": (
            Slot(
                Weekday.MON,
                690,
                810,
                "unit-1",
                (SlotTask("lunch_assist", Mode.ASSIST, Suitability.CONDITIONAL, 90.0),),
            ),
        ),
        "weekly_hours": 10.0,
        "staff_minutes_relieved_per_week": 400.04,
        "channel": "dispatch",
        "channel_reason": Text("職員の指示で働くため。", "Staff direct the work."),
        "constraints": (
            ConstraintCheck(
                "weekly-hours", 20.0, 10.0, True, Text("37条", "art. 37"), Text("週の時間", "hours a week")
            ),
            ConstraintCheck("load", 1.0, 2.5, False, Text("指針", "guideline"), Text("荷の重さ", "weight")),
        ),
        "not_included": (NotIncluded("bathing", Mode.TAKE_OVER, Text("流れの一部", "part of a flow")),),
    }
    return Job(**(usual | changes))


def site(**changes: Any) -> SiteResult:
    usual: dict[str, Any] = {
        "site": "care-home-a",
        "kind": Kind.CARE_HOME,
        "name": "介護老人ホームA",
        "units": ("unit-1",),
        "days_of_unit": {"unit-1": 10},
        "occurrences": (
            occurrence(100),
            occurrence(
                101, task="listening", pattern=Pattern.OVERLAPPING, chain=None, start=725, end=1510, date="2026-06-02"
            ),
        ),
        "chains": (
            Chain(
                "unit-1/1",
                "unit-1",
                ("wake_up_care", "breakfast_prep"),
                410,
                560,
                10,
                10,
                (Link("wake_up_care", "breakfast_prep", 10, 10, -0.04, 0.74113),),
            ),
        ),
        "windows": (
            Window("unit-1", None, 720, 765, 3.4049, 2.0, True),
            Window("unit-1", Weekday.TUE, 1430, 1510, 1.0, 2.0, False),
        ),
        "load": {"unit-1": (LoadPoint(720, 3.4, 2.0),)},
        "verdicts": (
            verdict(),
            verdict(
                task="listening",
                mode=Mode.ASSIST,
                suitability=Suitability.SUITABLE,
                pattern=Pattern.OVERLAPPING,
                weekdays=(Weekday.MON, Weekday.TUE),
                start=725,
                end=1510,
                chain=None,
                thin=True,
                context=1,
                rows=(101,),
            ),
        ),
        "jobs": (job(),),
        "task_labels": {
            "wake_up_care": Text("起床時ケア", "Wake-up care"),
            "breakfast_prep": Text("朝食準備", "Breakfast preparation"),
            "listening": Text("傾聴", "Listening"),
            "lunch_assist": Text("昼食介助", "Lunch assistance"),
        },
    }
    return SiteResult(**(usual | changes))
