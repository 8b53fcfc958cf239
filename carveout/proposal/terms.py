"""The conditions of a job: who directs, channel, needs, limits kept and broken, and what only people can fill in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from carveout import words
from carveout.language import Text
from carveout.model import Channel, ConstraintCheck, Job, Layer, Mode, Need, SiteResult
from carveout.proposal.phrases import NOTHING, both, figure, label_of, same, sentences

_BESIDE = Text(
    "職員のそばで手を添える仕事は、その場の職員の指示で行います。",
    "Work beside staff is done as the staff on site direct.",
)
_NOBODY_ON_SITE = Text(
    "請負・委任なので、施設の職員は指示をしません。用件はセンターの担当へお伝えください。",
    "As contract work it is not directed by the facility's staff; please tell the center's contact.",
)
_ROLE_DIRECTS = Text("施設の指揮命令者（役職）：{blank}", "The facility's person in charge (role): {blank}")
_EMPLOYER_DIRECTS = Text("雇用主である施設の担当（役職）：{blank}", "The facility as employer (role): {blank}")
_CENTER_DIRECTS = Text("センターの担当：{blank}", "The center's contact: {blank}")
BLANK = Text("＿＿＿＿＿＿＿＿＿＿", "____________________")
_FOR_TASKS = Text("{what}（{tasks}）", "{what} ({tasks})")
_AND_OTHERS = Text("{task}など{n}件", "{task} and others, {n} in all")
_AT_LEAST = Text("{label}：{value}{unit}（{limit}{unit}以上）", "{label}: {value} {unit} (at least {limit})")
_AT_MOST = Text("{label}：{value}{unit}（{limit}{unit}まで）", "{label}: {value} {unit} (at most {limit})")
_REST = Text(
    "このほか、働く人の負担と観察の量についての目安{n}件も満たしています。",
    "It also keeps {n} yardsticks for the person's strain and for how much was observed.",
)
_BROKEN = {
    True: Text("守れていません。このままでは提案できません。", "Not kept: the job cannot be offered like this."),
    False: Text(
        "目安から外れています。承知のうえで決めてください。", "Outside the yardstick: to be decided knowingly."
    ),
}


@dataclass(frozen=True, slots=True)
class NeedGroup:
    """What one source asks to arrange before the start. to_check: its wording was not read at the source."""

    whats: tuple[Text, ...]
    source: Text
    since: Text
    to_check: bool


@dataclass(frozen=True, slots=True)
class LimitLine:
    """A limit held against the job. said: label, the job's figure and the limit. note: what to do if it is broken."""

    mark: Text
    said: Text
    note: Text
    source: Text
    since: Text
    to_check: bool


@dataclass(frozen=True, slots=True)
class ChannelLine:
    """Another form of contract: possible, with its reason, or not (the reason of the recommended one tells why)."""

    mark: Text
    name: Text
    reason: Text


def directs(job: Job, answer: str) -> Text:
    """Who gives directions: what was answered or a blank to fill in, and what follows from form and channel."""
    beside = any(task.mode is Mode.ASSIST for slot in job.slots for task in slot.tasks)
    if job.channel == Channel.CONTRACT:
        own, notes = _CENTER_DIRECTS, [_NOBODY_ON_SITE]
    else:
        own = _EMPLOYER_DIRECTS if job.channel == Channel.PLACEMENT else _ROLE_DIRECTS
        notes = [_BESIDE] if beside else []
    who = same(answer) if answer else both(own, blank=BLANK)
    return sentences([Text(f"{who.ja}。" if notes else who.ja, f"{who.en}." if notes else who.en), *notes])


def or_blank(answer: str) -> Text:
    """What was answered, else a line to write on; nothing is ever made up."""
    return same(answer) if answer else BLANK


def need_groups(result: SiteResult, job: Job) -> tuple[NeedGroup, ...]:
    """What to arrange before the start, by source, what the law asks for first."""
    grouped: dict[tuple[Text, str, bool], list[Need]] = {}
    for need in sorted(job.needs, key=lambda need: list(Layer).index(need.layer)):
        grouped.setdefault((need.source, need.since, need.verified), []).append(need)
    return tuple(
        NeedGroup(tuple(_need(result, need) for need in own), source, same(since), not verified)
        for (source, since, verified), own in grouped.items()
    )


def _need(result: SiteResult, need: Need) -> Text:
    if not need.tasks:
        return need.what
    first = label_of(result, need.tasks[0])
    tasks = both(_AND_OTHERS, task=first, n=len(need.tasks)) if len(need.tasks) > 1 else first
    return both(_FOR_TASKS, what=need.what, tasks=tasks)


def limit_lines(checks: Iterable[ConstraintCheck]) -> tuple[LimitLine, ...]:
    """Limits by who sets them, the law first."""
    return tuple(_limit(check) for check in sorted(checks, key=_rank))


def _rank(check: ConstraintCheck) -> tuple[bool, bool, int]:
    return check.ok, not check.hard, list(Layer).index(check.layer)


def _limit(check: ConstraintCheck) -> LimitLine:
    note = NOTHING if check.ok else _BROKEN[check.hard]
    mark = "✓" if check.ok else "×" if check.hard else "！"
    said = check.said if check.said != NOTHING else _figures(check)
    return LimitLine(same(mark), said, note, check.source, same(check.since), not check.verified)


def _figures(check: ConstraintCheck) -> Text:
    wording = _AT_LEAST if check.at_least else _AT_MOST
    said = both(wording, label=check.label, value=figure(check.value), limit=figure(check.limit), unit=check.unit)
    return Text(said.ja, " ".join(said.en.split()))


def split_limits(job: Job) -> tuple[tuple[LimitLine, ...], tuple[LimitLine, ...], Text]:
    """Limits broken, those of law and scheme that are kept, and a sentence on the rest that are kept."""
    kept = [check for check in job.constraints if check.ok]
    named = [check for check in kept if check.layer in (Layer.LAW, Layer.SCHEME)]
    rest = len(kept) - len(named)
    return limit_lines(job.broken), limit_lines(named), both(_REST, n=rest) if rest else NOTHING


def channel_name(channel: str) -> Text:
    """A channel in words."""
    return words.CHANNEL.get(channel, same(channel))


def other_channels(job: Job) -> tuple[ChannelLine, ...]:
    """The channels beside the recommended one."""
    return tuple(
        ChannelLine(
            same("○" if one.possible else "×"), channel_name(one.channel), one.reason if one.possible else NOTHING
        )
        for one in sorted(job.channels, key=lambda one: (not one.possible, list(Channel).index(one.channel)))
        if one.channel != job.channel
    )


def people(job: Job) -> Text:
    """How many share the job, and what falls to each."""
    if job.people == 1:
        return Text("1人", "One person")
    shared = Text("{n}人で分け合います（1人あたり週{each}時間）", "{n} persons share it ({each} h a week each)")
    return both(shared, n=job.people, each=figure(job.hours_per_person))
