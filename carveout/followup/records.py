"""Openings and what happened to them: the words of a center's continuing support, as records without names of people.

An opening is work an employer was offered or asked for, counted once per employer and work, also while nobody has been
matched. Members and employers' people appear by ids and roles only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from carveout.language import Text
from carveout.model import Channel


class Origin(StrEnum):
    """How an opening was found."""

    DIRECT = "direct"
    REQUEST = "request"
    CANVASSER = "canvasser"
    PLATFORM = "platform"


class Status(StrEnum):
    """Where an opening stands."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    STARTED = "started"
    WIDENED = "widened"
    ENDED = "ended"


class NoMatch(StrEnum):
    """Why nobody could be matched, or why a match failed."""

    STAMINA = "stamina"
    SKILL = "skill"
    EQUIPMENT = "equipment"
    FILLED_ELSEWHERE = "filled_elsewhere"
    HOURS = "hours"
    DISTANCE = "distance"
    WISHES = "wishes"
    OTHER = "other"


class Partner(StrEnum):
    """Who was asked in an interview."""

    WORKER = "worker"
    EMPLOYER = "employer"


# What may follow what; None is the beginning. An employer may come back after a no, and work may start again.
FLOW: Mapping[Status | None, frozenset[Status]] = {
    None: frozenset((Status.OFFERED,)),
    Status.OFFERED: frozenset((Status.ACCEPTED, Status.DECLINED)),
    Status.ACCEPTED: frozenset((Status.STARTED, Status.DECLINED)),
    Status.DECLINED: frozenset((Status.OFFERED, Status.ACCEPTED)),
    Status.STARTED: frozenset((Status.WIDENED, Status.ENDED)),
    Status.WIDENED: frozenset((Status.WIDENED, Status.ENDED)),
    Status.ENDED: frozenset((Status.OFFERED, Status.STARTED)),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One change of status. on: ISO date. reason: why it was declined or ended. job: the proposal it was about."""

    status: Status
    on: str
    reason: str = ""
    job: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """One member asked for an opening. member: an id. failed None: it was made; else why it was not."""

    member: str
    on: str
    failed: NoMatch | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Interview:
    """A short talk after the start. said: question -> answer (impression, changes, wishes, other_work)."""

    partner: Partner
    on: str
    said: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Opening:
    """Work that a center found at an employer.

    site: the employer's site id. known_field: work of a kind the center had developed before. places: how many people
    are wanted. next_contact: ISO date, "" = none arranged.
    """

    id: str
    site: str
    work: str
    origin: Origin
    channel: Channel
    known_field: bool
    places: int = 1
    steps: tuple[Step, ...] = ()
    matches: tuple[Match, ...] = ()
    interviews: tuple[Interview, ...] = ()
    next_contact: str = ""
    note: str = ""


QUESTIONS: Mapping[Partner, tuple[str, ...]] = {
    Partner.WORKER: ("impression", "changes", "wishes", "other_work"),
    Partner.EMPLOYER: ("impression", "changes", "wishes", "other_work"),
}


def status_of(opening: Opening) -> Status | None:
    """Where an opening stands; None if nothing was offered yet."""
    return opening.steps[-1].status if opening.steps else None


def step_problems(opening: Opening) -> Iterator[Text]:
    """What does not fit in an opening's steps: an impossible order, a date before the last, a no without a reason."""
    before: Step | None = None
    for step in opening.steps:
        if step.status not in FLOW[before.status if before else None]:
            yield Text(
                f"「{STATUS[step.status].ja}」は「{STATUS[before.status].ja if before else 'はじめ'}」に続けられません",
                f"{STATUS[step.status].en} cannot follow {STATUS[before.status].en if before else 'the beginning'}",
            )
        if before and date.fromisoformat(step.on) < date.fromisoformat(before.on):
            yield Text(f"{step.on} は前の {before.on} より早い日付です", f"{step.on} lies before {before.on}")
        if step.status is Status.DECLINED and not step.reason.strip():
            yield Text("見送られた理由を書いてください", "Say why it was declined")
        before = step


STATUS: Mapping[Status, Text] = {
    Status.OFFERED: Text("提案した", "Offered"),
    Status.ACCEPTED: Text("受け入れられた", "Accepted"),
    Status.DECLINED: Text("見送られた", "Declined"),
    Status.STARTED: Text("就業が始まった", "Started"),
    Status.WIDENED: Text("仕事を広げた", "Widened"),
    Status.ENDED: Text("終わった", "Ended"),
}
ORIGIN: Mapping[Origin, Text] = {
    Origin.DIRECT: Text("直接の開拓", "Found by the coordinator"),
    Origin.REQUEST: Text("事業者からの求め", "Asked for by the employer"),
    Origin.CANVASSER: Text("就労開拓員", "Found by a canvasser"),
    Origin.PLATFORM: Text("プラットフォーム", "Through the platform"),
}
NO_MATCH: Mapping[NoMatch, Text] = {
    NoMatch.STAMINA: Text("体力", "Stamina"),
    NoMatch.SKILL: Text("技術", "Skill"),
    NoMatch.EQUIPMENT: Text("備品・車両", "Equipment"),
    NoMatch.FILLED_ELSEWHERE: Text("ほかで決まった", "Filled elsewhere"),
    NoMatch.HOURS: Text("時間が合わない", "Hours"),
    NoMatch.DISTANCE: Text("遠い", "Distance"),
    NoMatch.WISHES: Text("本人の希望", "The member's wishes"),
    NoMatch.OTHER: Text("その他", "Other"),
}
