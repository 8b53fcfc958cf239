"""Holding an offer against every limit: what is kept, what is broken, with its source and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from carveout.constraints.holding import held
from carveout.constraints.hours import basis_of, by_law, by_person, by_scheme
from carveout.constraints.offer import Offer, OfferedTask
from carveout.constraints.policy import Policy
from carveout.constraints.rules import Forbidden, forbidden
from carveout.constraints.wording import WORDS, both_named, share
from carveout.language import Text
from carveout.model import ConstraintCheck, Layer, Suitability
from carveout.rules.conditions import CHOICES

_TASKS = Text("件", "tasks")
_RULED_OUT = (Suitability.UNSUITABLE, Suitability.UNDETERMINED)
_LOADS = CHOICES["load"]
# The rules of this package judge a task; the verdict is evidence, whatever the rule's own layer.
_VERDICT_SOURCE = Text("観察した記録と規則による判断", "the verdict on the observed days")
_STATED = Text("本人の希望", "as the person wants it")


def check(offer: Offer, policy: Policy) -> tuple[ConstraintCheck, ...]:
    """Every limit that concerns the offer, held against it; law first, then scheme, person, evidence.

    A broken one is named with its source and a remedy, never dropped. Hard ones rule the job out, soft ones are left to
    the coordinator. Figures are per person where people share the week.
    """
    found = [
        *by_law(offer, policy),
        *(one for rule in forbidden() for one in _forbidden(rule, offer, policy)),
        *_lifting(policy),
        *by_scheme(offer, policy),
        *by_person(offer, policy),
        *_profile(offer, policy),
        *_evidence(offer, policy),
    ]
    order = list(Layer)
    return tuple(sorted(found, key=lambda one: order.index(one.layer)))


def _forbidden(rule: Forbidden, offer: Offer, policy: Policy) -> Iterator[ConstraintCheck]:
    if not policy.in_force(rule.since, rule.until) or not rule.when.fits(offer, basis_of(offer, policy)):
        return
    tasks = rule.when.tasks(offer.tasks)
    names = both_named(tasks)
    yield ConstraintCheck(
        rule=rule.id,
        limit=0.0,
        value=float(len(tasks)),
        ok=not tasks,
        source=rule.source,
        label=rule.label,
        layer=rule.layer,
        unit=_TASKS,
        since=rule.since.isoformat(),
        verified=rule.verified,
        said=rule.broken.format({"tasks": names.ja}, {"tasks": names.en}) if tasks else rule.kept,
    )


def _lifting(policy: Policy) -> Iterator[ConstraintCheck]:
    """What is lifted against body weight, once both were stated."""
    lifted, weight = policy.stated("lifting_kg"), policy.stated("body_weight_kg")
    name = "lifting_share_woman" if policy.stated("woman") else "lifting_share"
    if lifted is not None and weight is not None and policy.binds(name):
        yield held(policy, "lifting", name, lifted, limit=policy.number(name) * weight, unit=Text("kg", "kg"))


def _profile(offer: Offer, policy: Policy) -> Iterator[ConstraintCheck]:
    """What the person in question can take, where that was stated."""
    most = policy.stated("load_most")
    if most is not None:
        heavier = [task for task in offer.tasks if _LOADS.index(task.traits.load) + 1 > most]
        yield _of_tasks("load", heavier, Layer.PERSON, _STATED, Text("負荷", "Load"))
    if policy.stated("no_bodily_contact"):
        touching = [task for task in offer.tasks if task.traits.contact == "bodily_care"]
        yield _of_tasks("bodily-contact", touching, Layer.PERSON, _STATED, Text("身体に触れる仕事", "Bodily contact"))


def _evidence(offer: Offer, policy: Policy) -> Iterator[ConstraintCheck]:
    """The verdicts, how many days were observed, and how full the shifts are."""
    against = [task for task in offer.tasks if task.suitability in _RULED_OUT]
    yield _of_tasks("verdict", against, Layer.EVIDENCE, _VERDICT_SOURCE, Text("判断", "Verdict"))
    yield held(policy, "observed-days", "observed_days", float(offer.observed_days), hard=False)
    yield held(policy, "covered-share", "covered_share", offer.covered_share, hard=False, shown=share)


def _of_tasks(rule: str, tasks: Sequence[OfferedTask], layer: Layer, source: Text, label: Text) -> ConstraintCheck:
    """A check that no task may be found by."""
    said, names = WORDS[rule], both_named(tasks)
    return ConstraintCheck(
        rule=rule,
        limit=0.0,
        value=float(len(tasks)),
        ok=not tasks,
        source=source,
        label=label,
        layer=layer,
        unit=_TASKS,
        verified=True,
        said=said.broken.format({"tasks": names.ja}, {"tasks": names.en}) if tasks else said.kept,
    )
