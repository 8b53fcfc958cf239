"""What to arrange before a job starts: training, licences, checks, contracts, safety, and what assistants taught."""

from __future__ import annotations

from collections.abc import Iterable

from carveout.catalogue import catalogue
from carveout.constraints.hours import basis_of
from carveout.constraints.offer import Offer, OfferedTask
from carveout.constraints.policy import Policy
from carveout.constraints.rules import Arrangement, arrangements
from carveout.language import Text
from carveout.model import Need

_DECLARED = ("qualification", "training", "licence")


def needs(offer: Offer, policy: Policy) -> tuple[Need, ...]:
    """What the offer asks to arrange on the policy's day, by layer and in the order of the rules.

    A need about tasks names them; one about the job as a whole names none.
    """
    basis = basis_of(offer, policy)
    found = []
    for rule in arrangements():
        if policy.in_force(rule.since, rule.until) and rule.when.fits(offer, basis):
            tasks = rule.when.tasks(offer.tasks)
            if tasks or not rule.when.of_task:
                found.append(_need(rule, tasks))
    return tuple(found)


def _need(rule: Arrangement, tasks: tuple[OfferedTask, ...]) -> Need:
    asked = {asked.fact for asked in rule.when.of_task}
    terms = _terms(getattr(task.traits, name) for task in tasks for name in _DECLARED if name in asked)
    return Need(
        rule=rule.id,
        what=rule.what.format({"terms": terms.ja}, {"terms": terms.en}),
        tasks=tuple(dict.fromkeys(task.task for task in tasks)),
        layer=rule.layer,
        source=rule.source,
        since=rule.since.isoformat(),
        verified=rule.verified,
    )


def _terms(codes: Iterable[str]) -> Text:
    """Declared terms as the catalogue words them; a document's own as they are."""
    known = catalogue().terms
    said = [known.get(code, Text(code, code)) for code in dict.fromkeys(codes) if code]
    return Text("、".join(term.ja for term in said), ", ".join(term.en for term in said))
