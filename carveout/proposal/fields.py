"""A proposal in one language, as templates read it: the same fields by the same names, clean texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields as dataclass_fields
from dataclasses import is_dataclass
from typing import Any, get_args, get_origin, get_type_hints

from carveout.language import Language, Text
from carveout.proposal.phrases import clean

# What a template has no use for: the calendar and the timetable are made of these.
_RAW = frozenset({"picture", "shifts", "dated", "starts", "seen_until", "suitability", "minutes_a_week", "promised"})


def worded(value: object, language: Language) -> Any:
    """A record in one language: texts become clean strings, records mappings by field, lists stay lists."""
    if isinstance(value, Text):
        return clean(value.in_(language))
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, tuple):
        return [worded(one, language) for one in value]
    if is_dataclass(value):
        names = [field.name for field in dataclass_fields(value) if field.name not in _RAW]
        return {name: worded(getattr(value, name), language) for name in names}
    return value


def known(record: type) -> Mapping[str, Mapping[str, object] | None]:
    """The fields a template may name, by name; of a list those of its entries below it.

    >>> from carveout.proposal.content import Proposal
    >>> {"mark", "said", "source"} <= set(known(Proposal)["broken"])
    True
    """
    hints = get_type_hints(record)
    return {field.name: _below(hints[field.name]) for field in dataclass_fields(record) if field.name not in _RAW}


def _below(kind: Any) -> Mapping[str, object] | None:
    inner = get_args(kind)[0] if get_origin(kind) is tuple else kind
    return known(inner) if is_dataclass(inner) and inner is not Text and isinstance(inner, type) else None
