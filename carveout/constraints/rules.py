"""Limits that are no numbers, from the layers' files: work that is ruled out, and what to arrange before a start."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from carveout.constraints.conditions import When, read_when
from carveout.constraints.numbers import layer_file
from carveout.constraints.reading import LimitFile, is_name
from carveout.language import Text
from carveout.model import Layer


@dataclass(frozen=True, slots=True)
class Forbidden:
    """Work that must not be in a job. kept, broken: what to say; `broken` may name {tasks}."""

    id: str
    layer: Layer
    since: date
    until: date | None
    verified: bool
    source: Text
    when: When
    label: Text
    kept: Text
    broken: Text


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Something to arrange before a job starts. what: may name {terms}, what is declared of its tasks."""

    id: str
    layer: Layer
    since: date
    until: date | None
    verified: bool
    source: Text
    when: When
    what: Text


Rule = TypeVar("Rule", Forbidden, Arrangement)
_SHARED = {"id": True, "since": True, "until": False, "verified": True, "source": True, "when": True}
_FORBIDDEN = {**_SHARED, "label": True, "kept": True, "broken": True}
_NEED = {**_SHARED, "what": True}


@lru_cache(maxsize=1)
def forbidden() -> tuple[Forbidden, ...]:
    """What the package rules out, layer by layer in the order of the files.

    >>> forbidden()[0].id, forbidden()[0].layer.value
    ('directed-under-contract', 'law')
    """
    return tuple(rule for layer in Layer for rule in read_forbidden(layer_file(layer), layer))


@lru_cache(maxsize=1)
def arrangements() -> tuple[Arrangement, ...]:
    """What the package asks to arrange, layer by layer in the order of the files; versions of one follow each other."""
    return tuple(rule for layer in Layer for rule in read_arrangements(layer_file(layer), layer))


def read_forbidden(file: LimitFile, layer: Layer) -> tuple[Forbidden, ...]:
    """The section `forbidden` of a layer's file; raises InputError listing everything wrong with it."""

    def made(place: str, raw: Mapping[str, Any], shared: Mapping[str, Any]) -> Forbidden:
        label, kept, broken = (file.text(place, key, raw[key]) for key in ("label", "kept", "broken"))
        _only(file, place, "kept", kept, {})
        _only(file, place, "broken", broken, {"tasks": ""})
        return Forbidden(layer=layer, label=label, kept=kept, broken=broken, **shared)

    return _section(file, "forbidden", _FORBIDDEN, made)


def read_arrangements(file: LimitFile, layer: Layer) -> tuple[Arrangement, ...]:
    """The section `needs` of a layer's file; raises InputError listing everything wrong with it."""

    def made(place: str, raw: Mapping[str, Any], shared: Mapping[str, Any]) -> Arrangement:
        what = file.text(place, "what", raw["what"])
        _only(file, place, "what", what, {"terms": ""})
        return Arrangement(layer=layer, what=what, **shared)

    return _section(file, "needs", _NEED, made)


def _section(
    file: LimitFile, name: str, keys: Mapping[str, bool], made: Callable[[str, Any, Mapping[str, Any]], Rule]
) -> tuple[Rule, ...]:
    entries = (file.document or {}).get(name, []) if isinstance(file.document, dict) else []
    file.value("", name, entries, lambda value: isinstance(value, list), "[{id: ...}]")
    found: list[Rule] = []
    for at, raw in enumerate(entries if isinstance(entries, list) else []):
        place = f"{name}[{at}]"
        if file.keys(place, raw, keys):
            since, until = file.period(place, raw)
            shared = {
                "id": file.value(place, "id", raw["id"], is_name, "text"),
                "since": since,
                "until": until,
                "verified": file.flag(place, "verified", raw["verified"]),
                "source": file.text(place, "source", raw["source"]),
                "when": read_when(file, place, raw["when"]),
            }
            found.append(made(place, raw, shared))
    for rule_id in dict.fromkeys(rule.id for rule in found):
        file.together(rule_id, [(rule.since, rule.until) for rule in found if rule.id == rule_id])
    file.done()
    return tuple(found)


def _only(file: LimitFile, place: str, key: str, text: Text, fields: Mapping[str, str]) -> None:
    """Only known placeholders may stand in a wording."""
    try:
        text.format(fields, fields)
    except (KeyError, IndexError, ValueError, AttributeError) as error:
        allowed = ", ".join(f"{{{name}}}" for name in fields) or "-"
        cause = Text(f"差し込みが使えません: {error}", f"unknown placeholder: {error}")
        file.wrong(place, key, cause, Text(f"使えるもの: {allowed}", f"allowed: {allowed}"))
