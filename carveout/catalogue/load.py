"""Reads and validates `tasks.yaml`: the shipped catalogue is checked as strictly as a user's file would be.

A `CatalogueError` names the task and the field; it means the package is broken, not the user's input.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml

from carveout.catalogue.tasks import CARE_CLASSES, CONTACTS, LOADS, MEDICAL_ACTS, Catalogue, CatalogueTask, Source
from carveout.errors import CarveoutError
from carveout.language import Text
from carveout.model import Kind, Nature, Supplier

FORMAT = "carveout-catalogue/1"
_TOP = {"format", "version", "defaults", "terms", "sources", "value_sources", "tasks"}
_ALLOWED: dict[str, tuple[str, ...]] = {
    "nature": tuple(Nature),
    "supplier": tuple(Supplier),
    "care_class": CARE_CLASSES,
    "load": LOADS,
    "contact": CONTACTS,
    "medical_act": MEDICAL_ACTS,
}
_TERMED = ("qualification", "training", "licence")
_ATTRIBUTES = (*_ALLOWED, *_TERMED)
_WORDING = ("definition", "start_cue", "end_cue")
_TASK = {"ja", "en", "synonyms", "sites", "sources", *_ATTRIBUTES, *_WORDING}


class CatalogueError(CarveoutError):
    """The catalogue file breaks its own format."""


@cache
def catalogue() -> Catalogue:
    """The built-in catalogue, read once.

    >>> catalogue().tasks["cleaning"].label.ja
    '清掃'
    """
    return read_catalogue(files("carveout.catalogue").joinpath("tasks.yaml").read_text(encoding="utf-8"))


def read_catalogue(text: str) -> Catalogue:
    """A catalogue from its YAML text; raises `CatalogueError` at the first breach of the format."""
    # libyaml's loader is some ten times faster than the pure Python one, which stands in where it is absent.
    document = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 (both are safe loaders)
    _only(document, _TOP, "catalogue")
    if document.get("format") != FORMAT:
        raise CatalogueError(f"format: expected {FORMAT}, got {document.get('format')!r}")
    sources = {name: _source(name, entry) for name, entry in document["sources"].items()}
    terms = {name: _text(entry, f"terms.{name}") for name, entry in document["terms"].items()}
    reader = _TaskReader(document["defaults"], sources, terms, document["value_sources"])
    tasks = {code: reader.task(code, entry) for code, entry in document["tasks"].items()}
    return Catalogue(str(document["version"]), MappingProxyType(tasks), MappingProxyType(terms))


class _TaskReader:
    """Turns task entries into `CatalogueTask`s under one set of defaults, terms and sources."""

    def __init__(
        self,
        defaults: Mapping[str, Any],
        sources: Mapping[str, Source],
        terms: Mapping[str, Text],
        value_sources: Mapping[str, Mapping[str, str]],
    ):
        _only(defaults, {"sites", *_ATTRIBUTES}, "defaults")
        _only(value_sources, set(_ATTRIBUTES), "value_sources")
        self._defaults, self._sources, self._terms, self._value_sources = defaults, sources, terms, value_sources

    def task(self, code: str, entry: Mapping[str, Any]) -> CatalogueTask:
        """One task; every attribute present, checked and sourced."""
        _only(entry, _TASK, code)
        values = {name: self._value(code, name, entry) for name in _ATTRIBUTES}
        sites = entry.get("sites", self._defaults["sites"])
        definition, start_cue, end_cue = (_pair(entry.get(name), f"{code}.{name}") for name in _WORDING)
        try:
            kinds = tuple(Kind(site) for site in sites)
        except ValueError as error:
            raise CatalogueError(f"{code}.sites: {error}") from error
        return CatalogueTask(
            code=code,
            label=_text(entry, code, others=True),
            synonyms=tuple(entry.get("synonyms", ())),
            sites=kinds,
            nature=Nature(values["nature"]),
            supplier=Supplier(values["supplier"]),
            care_class=values["care_class"],
            load=values["load"],
            contact=values["contact"],
            medical_act=values["medical_act"],
            qualification=values["qualification"],
            training=values["training"],
            licence=values["licence"],
            definition=definition,
            start_cue=start_cue,
            end_cue=end_cue,
            sources=self._sourced(code, entry),
        )

    def _value(self, code: str, name: str, entry: Mapping[str, Any]) -> str:
        value = entry.get(name, self._defaults[name])
        allowed = _ALLOWED.get(name) or ("", *self._terms)
        if value not in allowed:
            raise CatalogueError(f"{code}.{name}: {value!r} is none of {', '.join(allowed)}")
        return str(value)

    def _sourced(self, code: str, entry: Mapping[str, Any]) -> Mapping[str, Source]:
        own = entry.get("sources", {})
        _only(own, set(_ATTRIBUTES), f"{code}.sources")
        found: dict[str, Source] = {}
        for name in _ATTRIBUTES:
            value = entry.get(name, self._defaults[name])
            if value == self._defaults[name]:
                continue
            source = own.get(name) or self._value_sources.get(name, {}).get(value, "")
            if source not in self._sources:
                raise CatalogueError(f"{code}.{name}: {value!r} has no source")
            found[name] = self._sources[source]
        return MappingProxyType(found)


def _only(entry: object, allowed: set[str], place: str) -> None:
    if not isinstance(entry, Mapping):
        raise CatalogueError(f"{place}: expected a mapping")
    if unknown := set(entry) - allowed:
        raise CatalogueError(f"{place}: unknown keys {', '.join(sorted(map(str, unknown)))}")


def _source(name: str, entry: Mapping[str, Any]) -> Source:
    _only(entry, {"ja", "en", "since", "url", "verified"}, f"sources.{name}")
    since = entry.get("since")
    if since is not None and not isinstance(since, date):
        raise CatalogueError(f"sources.{name}.since: expected a date")
    if not isinstance(entry.get("verified"), bool):
        raise CatalogueError(f"sources.{name}.verified: expected true or false")
    return Source(name, _text(entry, f"sources.{name}", others=True), entry["verified"], since, entry.get("url", ""))


def _text(entry: Mapping[str, Any], place: str, others: bool = False) -> Text:
    if not others:
        _only(entry, {"ja", "en"}, place)
    return _pair([entry.get("ja"), entry.get("en")], place)


def _pair(value: object, place: str) -> Text:
    if not isinstance(value, list) or len(value) != 2 or not all(isinstance(v, str) and v.strip() for v in value):
        raise CatalogueError(f"{place}: expected a Japanese and an English wording")
    return Text(value[0], value[1])
