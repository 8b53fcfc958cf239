"""What a job leaves alone, grouped by why: what the law keeps for others, flows not to be cut, contact, whole roles."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from carveout import words
from carveout.language import LANGUAGES, Text
from carveout.model import Chain, Job, Mode, NotIncluded, Pattern, SiteResult, Suitability, Verdict
from carveout.proposal.phrases import both, inside, label_of, same, some
from carveout.rules import Rule, rulebook

_TASK = "{task}"
_PLACES = re.compile(r"\{\w+\}")
MOST_GROUPS, MOST_TASKS, MOST_FLOWS = 6, 6, 3
_LONGEST_FLOW = 5
_FLOW = Text("{tasks}（{span}）", "{tasks} ({span})")
_MORE_FLOWS = Text("ほか{n}本の流れ", "further flows: {n}")
_MORE_GROUPS = Text("このほかに{n}件も、お願いしません。", "Further tasks left alone: {n}.")
_THESE = Text("これらの仕事", "each of these")
_CHAIN = Text(
    "次の流れは、ひと続きの仕事です。一つだけ抜き出すと流れが途切れるので、切り離しません。",
    "These flows are one unbroken piece of work. Taking out a link would break them, so they stay whole.",
)
_BY_PATTERN = {
    (Pattern.INTERACTION_CORE, Mode.TAKE_OVER): Text(
        "職員と向き合い、ことばを交わすことが要の仕事です。代わることはせず、そばで手を添えるか、準備だけをします。",
        "Their point is contact with staff. Not to be taken over; a hand is lent beside staff, or things are prepared.",
    ),
    (Pattern.DEDICATED_ROLE, Mode.TAKE_OVER): Text(
        "一人が通して受け持ち、うまくいっている仕事です。一部だけを切り取らず、そのままにします。",
        "One person does this all day and it works well. It is left whole, not sliced.",
    ),
    (Pattern.CONTRACTED, Mode.TAKE_OVER): Text(
        "外部の業者が請け負っています。施設だけでは決められないので、今回は入れていません。",
        "An outside contractor does this. The facility alone cannot decide on it, so it is not part of this offer.",
    ),
    (Pattern.OVERLAPPING, Mode.TAKE_OVER): Text(
        "流れと重なって急に起こる仕事です。職員に代わるのではなく、そばで手を添える形に限ります。",
        "These arise while a flow runs. They are not taken over; at most a hand is lent beside staff.",
    ),
}
_UNDECIDED = Text(
    "任せてよいかの手がかりがまだ足りません。推測では決めず、今回は入れていません。",
    "There is not enough to tell yet whether these could be handed over. Nothing is guessed, so they are left out.",
)


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """Tasks left alone for one reason: flows a line each, other tasks in one line; bounded, with how many more."""

    mark: Text
    reason: Text
    lines: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class _Why:
    """Why one task is left alone: rank (smaller stands first), what groups it, and how that is said."""

    rank: int
    key: str
    reason: Text
    mark: Suitability


def left_alone(result: SiteResult, job: Job) -> tuple[tuple[LeftAlone, ...], Text]:
    """The groups, most important first, and a sentence about what did not fit on the sheet ("" if all did)."""
    minutes = _minutes(result, job)
    held = {task.task for slot in job.slots for task in slot.tasks}
    grouped: dict[_Why, list[NotIncluded]] = defaultdict(list)
    for one in job.not_included:
        grouped[_why(result, job, one)].append(one)
    order = sorted(grouped, key=lambda why: (why.rank, -sum(minutes[o.task] for o in grouped[why]), why.key))
    groups = [_group(result, job, why, _names(result, grouped[why], minutes, held)) for why in order]
    dropped = sum(len({one.task for one in grouped[why]}) for why in order[MOST_GROUPS:])
    return tuple(groups[:MOST_GROUPS]), both(_MORE_GROUPS, n=dropped) if dropped else Text("", "")


def _names(result: SiteResult, own: Sequence[NotIncluded], minutes: dict[str, int], held: set[str]) -> list[Text]:
    """Tasks of a group, most minutes first; one the job holds in another form names the form it leaves alone."""
    order = sorted({(-minutes[one.task], one.task, one.mode) for one in own})
    named: dict[str, Text] = {}
    for _, task, mode in order:
        label = label_of(result, task)
        form = both(Text("{task}を{mode}こと", "{mode}: {task}"), task=inside(label), mode=words.MODE[mode])
        named.setdefault(task, form if task in held else label)
    return list(named.values())


def _group(result: SiteResult, job: Job, why: _Why, names: Sequence[Text]) -> LeftAlone:
    mark = same(words.MARK[why.mark])
    if why.key == "chain":
        flows = flows_of(result, job)
        if flows:
            more = len(flows) - MOST_FLOWS
            lines = [*flows[:MOST_FLOWS], *([both(_MORE_FLOWS, n=more)] if more > 0 else [])]
            return LeftAlone(mark, why.reason, tuple(lines))
    if _TASK not in why.reason.ja:
        return LeftAlone(mark, why.reason, (some(names, MOST_TASKS),))
    # A rule's own words name one task; of several they are said once, with the tasks below.
    one, several = names[0], len(names) > 1
    subject = _THESE if several else Text(one.ja, one.en if why.reason.en.startswith(_TASK) else inside(one).en)
    ja, en = (why.reason.in_(lang).replace(_TASK, subject.in_(lang)) for lang in LANGUAGES)
    return LeftAlone(mark, Text(ja, en[:1].upper() + en[1:]), (some(names, MOST_TASKS),) if several else ())


def flows_of(result: SiteResult, job: Job) -> list[Text]:
    """The chains of the job's units, those that take most of the day first: their tasks and usual hours."""
    units = {slot.unit for slot in job.slots}
    chains = [chain for chain in result.chains if chain.unit in units]
    chains.sort(key=lambda c: (-len(c.tasks), c.start, c.id))
    return [_flow(result, chain) for chain in chains]


def _flow(result: SiteResult, chain: Chain) -> Text:
    labels = [label_of(result, task) for task in chain.tasks]
    if len(labels) > _LONGEST_FLOW:
        labels = [*labels[:3], same("…"), labels[-1]]
    ja, en = ((" → ").join(label.in_(language) for label in labels) for language in LANGUAGES)
    return both(_FLOW, tasks=Text(ja, en), span=words.span(chain.start, chain.end))


def _why(result: SiteResult, job: Job, one: NotIncluded) -> _Why:
    verdict = _verdict(result, job, one)
    if verdict is None:
        return _Why(6, f"told:{one.reason.ja}", one.reason, Suitability.UNSUITABLE)
    if verdict.override is not None and one.reason == verdict.reason:
        return _Why(3, f"override:{verdict.override.by.id}", one.reason, verdict.suitability)
    if _is_law(verdict.rule):
        return _by_rule(0, verdict, one)
    if verdict.suitability is Suitability.UNDETERMINED:
        known = _BY_PATTERN.get((verdict.pattern, verdict.mode)) if verdict.pattern is Pattern.CONTRACTED else None
        if known is not None:
            return _Why(4, verdict.pattern, known, verdict.suitability)
        return _Why(5, "undecided", _UNDECIDED, verdict.suitability)
    if verdict.suitability is Suitability.UNSUITABLE:
        if verdict.pattern is Pattern.RHYTHMIC_CHAIN:
            return _Why(1, "chain", _CHAIN, verdict.suitability)
        known = _BY_PATTERN.get((verdict.pattern, verdict.mode))
        if known is not None:
            return _Why(2, verdict.pattern, known, verdict.suitability)
    return _by_rule(3, verdict, one)


def _by_rule(rank: int, verdict: Verdict, one: NotIncluded) -> _Why:
    """In the rule's own words, which hold of all its tasks unless they name more than the task."""
    rule = _rule(verdict.rule)
    if rule is None or one.reason != verdict.reason or set(_PLACES.findall(rule.reason.ja + rule.reason.en)) != {_TASK}:
        reason = _without_evidence(one.reason)
        return _Why(rank, f"{verdict.rule}:{reason.ja}", reason, verdict.suitability)
    return _Why(rank, verdict.rule, rule.reason, verdict.suitability)


def _verdict(result: SiteResult, job: Job, one: NotIncluded) -> Verdict | None:
    """The verdict behind it: that whose reason is given, else the one that speaks of this task and form here."""
    units = {slot.unit for slot in job.slots} | {""}
    about = [v for v in result.verdicts if v.task == one.task and v.mode is one.mode and v.unit in units]
    return next((v for v in about if v.reason == one.reason), about[0] if len(about) == 1 else None)


def _rule(rule_id: str) -> Rule | None:
    try:
        return rulebook().rule(rule_id)
    except KeyError:
        return None


def _is_law(rule_id: str) -> bool:
    rule = _rule(rule_id)
    return rule is not None and rulebook().scheme(rule.scheme).layer == "law"


def _without_evidence(reason: Text) -> Text:
    """A verdict's reason without what was measured, which stands at its end in brackets."""
    return Text(reason.ja.partition("（根拠：")[0], reason.en.partition(" (Evidence:")[0])


def _minutes(result: SiteResult, job: Job) -> dict[str, int]:
    """Observed minutes of every task in the job's units."""
    units = {slot.unit for slot in job.slots}
    found: dict[str, int] = defaultdict(int)
    for row in result.occurrences:
        if row.unit in units:
            found[row.task] += row.end - row.start
    return found
