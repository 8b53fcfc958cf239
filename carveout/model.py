"""The words of the field as types: patterns, modes, verdicts, jobs. No behaviour lives here.

Enumerations carry the codes of the contract (`carveout-observation/1`, `carveout-analysis/1`). Dataclasses are what one
*site* looks like once analysed; the analysis itself works on columns (`carveout.timeline`, `carveout.detectors`).
Times are minutes of the wall clock from the day's midnight (1440 = 24:00, more = past midnight).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from carveout.language import Text


class Kind(StrEnum):
    """Kind of site."""

    CARE_HOME = "care_home"
    NURSERY = "nursery"
    OTHER = "other"


class Nature(StrEnum):
    """What a task is about, declared in the catalogue or the document."""

    CARE = "care"
    INTERACTION = "interaction"
    COMPANIONSHIP = "companionship"
    PLANNING = "planning"
    ADVISORY = "advisory"
    HOUSEKEEPING = "housekeeping"
    TRANSPORT = "transport"
    CLERICAL = "clerical"


class Supplier(StrEnum):
    """Who does a task."""

    IN_HOUSE = "in_house"
    CONTRACTED = "contracted"


class Trigger(StrEnum):
    """What set a row off, when the observer noted it."""

    PLANNED = "planned"
    ON_DEMAND = "on_demand"


class Pattern(StrEnum):
    """What the timeline (or a declaration) shows about an occurrence."""

    RHYTHMIC_CHAIN = "rhythmic_chain"
    OVERLAPPING = "overlapping"
    WEEKDAY_PEAK = "weekday_peak"
    ADVISORY = "advisory"
    PLANNING = "planning"
    INTERACTION_CORE = "interaction_core"
    DEDICATED_ROLE = "dedicated_role"
    CONTRACTED = "contracted"
    OTHER = "other"


# Which pattern stands when several hold for one occurrence: declared facts first, then structure.
PRECEDENCE: tuple[Pattern, ...] = (
    Pattern.CONTRACTED,
    Pattern.INTERACTION_CORE,
    Pattern.ADVISORY,
    Pattern.PLANNING,
    Pattern.DEDICATED_ROLE,
    Pattern.RHYTHMIC_CHAIN,
    Pattern.WEEKDAY_PEAK,
    Pattern.OVERLAPPING,
    Pattern.OTHER,
)


class Mode(StrEnum):
    """The form in which an older worker would do the work."""

    TAKE_OVER = "take_over"
    ASSIST = "assist"
    PREPARE = "prepare"
    ADVISE = "advise"


class Suitability(StrEnum):
    """A verdict's answer."""

    SUITABLE = "suitable"
    CONDITIONAL = "conditional"
    UNSUITABLE = "unsuitable"
    UNDETERMINED = "undetermined"


class Level(StrEnum):
    """How much was observed."""

    PROVISIONAL = "provisional"
    SUPPORTED = "supported"
    ESTABLISHED = "established"


class Weekday(StrEnum):
    """Day of the week, Monday first (index = ISO weekday - 1)."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"


WEEKDAYS: tuple[Weekday, ...] = tuple(Weekday)


@dataclass(frozen=True, slots=True)
class Link:
    """Two tasks that follow one another in a chain: `days` seen of `of_days` possible, signed gap in minutes."""

    source: str
    target: str
    days: int
    of_days: int
    median_gap_min: float
    probability_low: float


@dataclass(frozen=True, slots=True)
class Chain:
    """A rhythmic chain of one unit: tasks in their usual order, the usual window of a run, and the evidence."""

    id: str
    unit: str
    tasks: tuple[str, ...]
    start: int
    end: int
    days: int
    of_days: int
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of the day in one unit: mean persons' work at hand against mean staff on duty; weekday None = any."""

    unit: str
    weekday: Weekday | None
    start: int
    end: int
    demand: float
    staff: float
    thin: bool


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One observed row and the pattern it shows; `index` is its position in the timeline, `row` in its day entry."""

    index: int
    date: str
    unit: str
    row: int
    task: str
    pattern: Pattern
    chain: str | None
    start: int
    end: int
    staff: tuple[str, ...]
    trigger: Trigger | None
    note: str


@dataclass(frozen=True, slots=True)
class Confidence:
    """How much was observed: days seen of days possible, and the one-sided 95 % lower bound of that share."""

    level: Level
    days: int
    of_days: int
    low: float


@dataclass(frozen=True, slots=True)
class TraceStep:
    """One rule that spoke on a task in its context and mode: what it says, and whether it decided."""

    rule: str
    suitability: Suitability
    decided: bool
    source: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one rule concludes for a task in its context and mode, with all it rests on.

    `rows` are timeline positions of the occurrences seen in this context (empty when only reported).
    `weekdays` None = any day. `context` numbers the context inside the site; several modes share one context.
    """

    unit: str
    task: str
    mode: Mode
    suitability: Suitability
    pattern: Pattern
    weekdays: tuple[Weekday, ...] | None
    start: int
    end: int
    confidence: Confidence
    rule: str
    source: str
    reason: Text
    context: int
    chain: str | None
    thin: bool
    evidence: Mapping[str, float | int | str]
    rows: tuple[int, ...]
    trace: tuple[TraceStep, ...] = ()

    @property
    def untimed(self) -> bool:
        """Whether its work was only told of, without a time of day; its window is then the whole day."""
        return "told_by" in self.evidence and (self.start, self.end) == (0, 24 * 60)


@dataclass(frozen=True, slots=True)
class SlotTask:
    """A task inside a job's slot, in one mode, resting on one verdict."""

    task: str
    mode: Mode
    suitability: Suitability
    minutes: float


@dataclass(frozen=True, slots=True)
class Slot:
    """A stretch of one weekday in a job."""

    weekday: Weekday
    start: int
    end: int
    unit: str
    tasks: tuple[SlotTask, ...]


@dataclass(frozen=True, slots=True)
class ConstraintCheck:
    """One limit held against a job."""

    rule: str
    limit: float
    value: float
    ok: bool
    source: str
    label: Text


@dataclass(frozen=True, slots=True)
class NotIncluded:
    """A task the job leaves alone, and why."""

    task: str
    mode: Mode
    reason: Text


@dataclass(frozen=True, slots=True)
class Job:
    """A candidate job an employer could be offered."""

    id: str
    title: Text
    stage: int
    slots: tuple[Slot, ...]
    weekly_hours: float
    staff_minutes_relieved_per_week: float
    channel: str
    channel_reason: Text
    constraints: tuple[ConstraintCheck, ...]
    not_included: tuple[NotIncluded, ...]


@dataclass(frozen=True, slots=True)
class LoadPoint:
    """Work at hand and staff on duty in one quarter hour of one unit (mean persons over the observed days)."""

    start: int
    demand: float
    staff: float


@dataclass(frozen=True, slots=True)
class OnDuty:
    """A stretch in which a person was on duty on one day in one unit, as the document listed it (a break is a gap)."""

    date: str
    unit: str
    staff: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SiteResult:
    """One site analysed: what the app and the reports read. Lists are in a stable order."""

    site: str
    kind: Kind
    name: str
    units: tuple[str, ...]
    days_of_unit: Mapping[str, int]
    occurrences: tuple[Occurrence, ...]
    chains: tuple[Chain, ...]
    windows: tuple[Window, ...]
    load: Mapping[str, tuple[LoadPoint, ...]]
    verdicts: tuple[Verdict, ...]
    jobs: tuple[Job, ...]
    task_labels: Mapping[str, Text]
    constructed: bool = False
    staff_roles: Mapping[str, str] = field(default_factory=dict)
    duty: tuple[OnDuty, ...] = ()


# Position of each pattern in column form (int8).
PATTERNS: tuple[Pattern, ...] = tuple(Pattern)
