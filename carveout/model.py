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
    """One observed row and the pattern it shows; `index` is its position in the timeline, `row` in its day entry.

    entry: which of several entries of one date and unit (two observers), from 0; None where there is only one.
    """

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
    entry: int | None = None


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
class VerdictOverride:
    """What a coordinator who knows better says instead of the rules: of a task in its unit and mode, with a reason.

    weekdays None: any day; start, end None: any hour (minutes from midnight). who: a role or an id, never a name.
    at: when it was put, as an ISO time.
    """

    id: str
    site: str
    unit: str
    task: str
    mode: Mode
    weekdays: tuple[Weekday, ...] | None
    start: int | None
    end: int | None
    suitability: Suitability
    reason: str
    who: str
    at: str


@dataclass(frozen=True, slots=True)
class Overridden:
    """What a coordinator's override made of a verdict, beside what the rules had said.

    was, reason: the rules' own answer and wording. warning: why the override is kept and shown, yet not followed all
    the way (None where it is).
    """

    by: VerdictOverride
    was: Suitability
    reason: Text
    warning: Text | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one rule concludes for a task in its context and mode, with all it rests on.

    `rows` are timeline positions of the occurrences seen in this context (empty when only reported).
    `weekdays` None = any day. `context` numbers the context inside the site; several modes share one context.
    `override`: a coordinator's word on it; `suitability` and `reason` are then the coordinator's, `rule` and `source`
    still those of the rule that had decided.
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
    override: Overridden | None = None

    @property
    def untimed(self) -> bool:
        """Whether its work was only told of, without a time of day; its window is then the whole day."""
        return "told_by" in self.evidence and (self.start, self.end) == (0, 24 * 60)

    @property
    def by_coordinator(self) -> bool:
        """Whether its answer is another than the rules gave, because a coordinator said so."""
        return self.override is not None and self.override.was is not self.suitability


@dataclass(frozen=True, slots=True)
class TaskTraits:
    """What is declared of a task, whatever it is called: by the document, else by the catalogue ("" = none)."""

    nature: Nature = Nature.CARE
    supplier: Supplier = Supplier.IN_HOUSE
    care_class: str = "direct_care"
    load: str = "moderate"
    contact: str = "residents"
    medical_act: str = "no"
    qualification: str = ""
    training: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class SlotTask:
    """A task inside a job's slot, in one mode.

    minutes: expected on such a day (mean over the observed days of that weekday, zeros included); observed: how many of
    them were seen rather than told; thin: how many lie where staff are few. days, of_days: on how many observed days it
    arose in this stretch. promised: it arose often enough to count on; what is not promised counts nowhere.
    overridden: a coordinator's override answered for it in this stretch, against the rules.
    """

    task: str
    mode: Mode
    suitability: Suitability
    minutes: float
    observed: float = 0.0
    thin: float = 0.0
    days: int = 0
    of_days: int = 0
    promised: bool = True
    overridden: bool = False


@dataclass(frozen=True, slots=True)
class Slot:
    """A stretch of one weekday in a job; what lies between two of one day is a break, nobody's working time."""

    weekday: Weekday
    start: int
    end: int
    unit: str
    tasks: tuple[SlotTask, ...]


class Aim(StrEnum):
    """What a bundling is best at."""

    THIN_FIRST = "thin_first"
    MOST_WORK = "most_work"
    LIGHT = "light"
    APART = "apart"


class Channel(StrEnum):
    """The form of contract between center, employer and member."""

    CONTRACT = "contract"
    DISPATCH = "dispatch"
    PLACEMENT = "placement"
    INFORMATION = "information"


class Layer(StrEnum):
    """Who sets a limit: the law, a scheme or facility, the person who works, or what was measured."""

    LAW = "law"
    SCHEME = "scheme"
    PERSON = "person"
    EVIDENCE = "evidence"


_SILENT = Text("", "")


@dataclass(frozen=True, slots=True)
class ConstraintCheck:
    """One limit held against a job.

    rule: its id. at_least: the value must not fall below the limit (else: not exceed it). unit: what both count.
    hard: a job that breaks it must not be offered; a soft one is named and left to the coordinator. said: the limit,
    the value and what to do, in words.
    """

    rule: str
    limit: float
    value: float
    ok: bool
    source: Text
    label: Text
    layer: Layer = Layer.LAW
    at_least: bool = False
    hard: bool = True
    unit: Text = _SILENT
    since: str = ""
    verified: bool = False
    said: Text = _SILENT


@dataclass(frozen=True, slots=True)
class Need:
    """Something to arrange before a job starts: training, a licence, a check, equipment, a duty of the employer.

    tasks: for which of its tasks; empty: for the job as a whole.
    """

    rule: str
    what: Text
    tasks: tuple[str, ...]
    layer: Layer
    source: Text
    since: str
    verified: bool


@dataclass(frozen=True, slots=True)
class ChannelOption:
    """Whether a job could be arranged through a channel, and why (not)."""

    channel: Channel
    possible: bool
    reason: Text


@dataclass(frozen=True, slots=True)
class NotIncluded:
    """A task the job leaves alone, and why."""

    task: str
    mode: Mode
    reason: Text


@dataclass(frozen=True, slots=True)
class Relief:
    """Staff minutes a week that a job may set free: from none (some sites), as measured on average, to all it covers.

    covered: observed minutes of work a week that lie in the job; no figure exceeds it. ratio: staff minutes relieved
    per minute of covered work. thin: covered minutes where staff are few.
    """

    low: float
    likely: float
    high: float
    covered: float
    ratio: float
    thin: float


_NO_RELIEF = Relief(0.0, 0.0, 0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Optimality:
    """Whether no better bundling exists under the stated model, or by which share of the bound one might be better."""

    proved: bool
    gap: float


@dataclass(frozen=True, slots=True)
class Step:
    """What a stage adds to the one before (`after`: its job id), and which terms of the contract that amends."""

    after: str
    tasks: tuple[tuple[str, Mode], ...]
    weekly_hours: float
    weekdays: tuple[Weekday, ...]
    amends: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Job:
    """A candidate job an employer could be offered.

    aim: what it is best at; also: other aims it is best at as well. people: how many share its week; limits hold for
    each of them. choice: why these hours and this work, a sentence each. step: None for a first stage. optimality: None
    for a job shaped by hand. staff_minutes_relieved_per_week is `relief.likely`.
    """

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
    aim: Aim = Aim.THIN_FIRST
    also: tuple[Aim, ...] = ()
    people: int = 1
    relief: Relief = _NO_RELIEF
    needs: tuple[Need, ...] = ()
    channels: tuple[ChannelOption, ...] = ()
    choice: tuple[Text, ...] = ()
    step: Step | None = None
    optimality: Optimality | None = None

    @property
    def hours_per_person(self) -> float:
        """Hours a week of each who shares the job."""
        return self.weekly_hours / self.people

    @property
    def broken(self) -> tuple[ConstraintCheck, ...]:
        """The limits it does not keep."""
        return tuple(check for check in self.constraints if not check.ok)


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
    """One site analysed: what the app and the reports read. Lists are in a stable order.

    traits: what is declared of each task. on: the day (ISO) whose rules hold. area: the prefecture or municipality
    whose designations its jobs may use, "" = none in particular.
    """

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
    traits: Mapping[str, TaskTraits] = field(default_factory=dict)
    on: str = ""
    area: str = ""


# Position of each pattern in column form (int8).
PATTERNS: tuple[Pattern, ...] = tuple(Pattern)
