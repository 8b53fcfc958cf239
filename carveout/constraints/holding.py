"""Making a check of a number: the limit in force or chosen, the value, where it comes from, and what to say."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from carveout.constraints.data import Limit
from carveout.constraints.policy import Policy
from carveout.constraints.wording import WORDS, number
from carveout.language import Text
from carveout.model import ConstraintCheck, Layer

_EXACT = 1e-9


def held(
    policy: Policy,
    rule: str,
    name: str,
    value: float,
    *,
    limit: float | None = None,
    hard: bool = True,
    shown: Callable[[float], str] = number,
    words: str = "",
    unit: Text | None = None,
    fields: Mapping[str, Text] | None = None,
) -> ConstraintCheck:
    """A value held against the number `name`.

    limit: what the number comes to here, if not the number itself; unit: what both count, if not its unit. shown: how
    value and limit are worded. words: which wording, if not the rule's own. fields: what else its wording names.
    """
    about = policy.limit(name)
    most = policy.number(name) if limit is None else limit
    at_least = about.stricter == "higher"
    ok = value >= most - _EXACT if at_least else value <= most + _EXACT
    said = WORDS[words or rule]
    text = said.kept if ok else said.broken
    named = {"value": Text(shown(value), shown(value)), "limit": Text(shown(most), shown(most)), **(fields or {})}
    return ConstraintCheck(
        rule=rule,
        limit=most,
        value=value,
        ok=ok,
        source=_source(policy, about),
        label=about.label,
        layer=_layer(policy, about),
        at_least=at_least,
        hard=hard,
        unit=unit or about.unit,
        since=about.since.isoformat(),
        verified=about.verified,
        said=text.format({key: one.ja for key, one in named.items()}, {key: one.en for key, one in named.items()}),
    )


def _layer(policy: Policy, about: Limit) -> Layer:
    """A stricter figure than the law's is a center's own choice."""
    chosen = about.name in policy.numbers and policy.number(about.name) != policy.usual(about.name)
    return Layer.SCHEME if chosen and about.layer is Layer.LAW else about.layer


def _source(policy: Policy, about: Limit) -> Text:
    if about.name not in policy.numbers or policy.number(about.name) == policy.usual(about.name):
        return about.source
    usual = f"{policy.usual(about.name):g}"
    return Text(
        f"この案で選んだ数（ふつうは{usual}{about.unit.ja}、{about.source.ja}）",
        f"chosen here (usually {usual} {about.unit.en}: {about.source.en})",
    )
