"""The numbers that come with the package: limits by id in dated versions, and facts that may be stated."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from carveout.constraints.data import STRICTER, Fact, Limit, Numbers
from carveout.constraints.reading import LimitFile
from carveout.model import Layer

HERE = Path(__file__).parent
# The sections a layer's file may hold; `rules` reads those beside the numbers.
SECTIONS = {"layer": True, "limits": False, "facts": False, "forbidden": False, "needs": False}
_LIMIT = {"label": True, "unit": True, "stricter": True, "range": True, "versions": True}
_VERSION = {"value": True, "since": True, "until": False, "verified": True, "source": True}
_FACT = {"label": True, "unit": True, "range": True}


@lru_cache(maxsize=len(Layer))
def layer_file(layer: Layer) -> LimitFile:
    """The bundled file of a layer, parsed once for all who read a part of it."""
    return LimitFile(HERE / f"{layer.value}.yaml")


@lru_cache(maxsize=1)
def numbers() -> Numbers:
    """All versions of all numbers, in the order of the layers and files."""
    versions: dict[str, tuple[Limit, ...]] = {}
    facts: dict[str, Fact] = {}
    for layer in Layer:
        found = read_numbers(layer_file(layer), layer)
        versions |= found.versions
        facts |= found.facts
    return Numbers(MappingProxyType(versions), MappingProxyType(facts))


@lru_cache(maxsize=1)
def limits() -> Mapping[str, Limit]:
    """The newest version of every limit, by id.

    >>> limits()["weekly_hours"].value, limits()["weekly_hours"].layer.value
    (20.0, 'law')
    """
    return MappingProxyType({name: versions[-1] for name, versions in numbers().versions.items()})


def facts() -> Mapping[str, Fact]:
    """What a person or a site may state beside the limits, by id.

    >>> facts()["body_weight_kg"].unit.en
    'kg'
    """
    return numbers().facts


def read_numbers(file: LimitFile, layer: Layer) -> Numbers:
    """The numbers of one layer's file; raises InputError listing everything wrong with it."""
    raw = file.document
    versions: dict[str, tuple[Limit, ...]] = {}
    stated: dict[str, Fact] = {}
    if file.keys("", raw, SECTIONS):
        file.value("", "layer", raw["layer"], lambda value: value == layer.value, layer.value)
        for name, entry in _entries(file, raw, "limits"):
            versions[name] = _limit(file, layer, name, entry)
        for name, entry in _entries(file, raw, "facts"):
            if file.keys(f"facts.{name}", entry, _FACT):
                stated[name] = _fact(file, name, entry)
    file.done()
    return Numbers(versions, stated)


def _entries(file: LimitFile, raw: Mapping[str, Any], section: str) -> list[tuple[str, Any]]:
    entries = raw.get(section, {})
    file.value("", section, entries, lambda value: isinstance(value, dict), "id: {...}")
    return list(entries.items()) if isinstance(entries, dict) else []


def _limit(file: LimitFile, layer: Layer, name: str, raw: Any) -> tuple[Limit, ...]:
    place = f"limits.{name}"
    if not file.keys(place, raw, _LIMIT):
        return ()
    label, unit = file.text(place, "label", raw["label"]), file.text(place, "unit", raw["unit"])
    stricter = file.value(place, "stricter", raw["stricter"], STRICTER.__contains__, "lower / higher / ''")
    least, most = file.span(place, raw["range"])
    entries = file.value(place, "versions", raw["versions"], _is_filled_list, "[{...}]")
    found: list[Limit] = []
    for at, entry in enumerate(entries if isinstance(entries, list) else []):
        where = f"{place}.versions[{at}]"
        if not file.keys(where, entry, _VERSION):
            continue
        value = file.number(where, "value", entry["value"])
        file.value(where, "value", value, lambda number: least <= number <= most, f"{least:g}-{most:g}")
        since, until = file.period(where, entry)
        verified, source = (
            file.flag(where, "verified", entry["verified"]),
            file.text(where, "source", entry["source"]),
        )
        found.append(Limit(name, value, unit, layer, since, until, verified, source, label, stricter, least, most))
    file.together(place, [(limit.since, limit.until) for limit in found])
    return tuple(found)


def _is_filled_list(value: object) -> bool:
    return isinstance(value, list) and bool(value)


def _fact(file: LimitFile, name: str, raw: Mapping[str, Any]) -> Fact:
    place = f"facts.{name}"
    unit = file.text(place, "unit", raw["unit"], may_be_empty=True)
    return Fact(name, unit, file.text(place, "label", raw["label"]), *file.span(place, raw["range"]))
