"""Rows, heads and changes as the JSON text that the record and the export hold, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TypeAlias

from carveout.model import Kind, Mode, Suitability, Trigger, VerdictOverride, Weekday
from carveout.store.records import Fact, Value
from carveout.workday.record import Change, Person, Row, SiteHead

# A value of JSON; `object` inside, for a recursive type would have to be taken apart at every step.
Json: TypeAlias = Mapping[str, object]


def dumped(value: object) -> str:
    """JSON on one line, without needless spaces, Japanese legible.

    >>> dumped({"task": "配膳"})
    '{"task":"配膳"}'
    """
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def loaded(text: str) -> Json:
    """The object a JSON text holds."""
    value = json.loads(text)
    if not isinstance(value, dict):
        raise TypeError("not an object")
    return value


def row_json(row: Row | None) -> Json | None:
    """A row; what is absent is left out."""
    if row is None:
        return None
    value: dict[str, object] = {"id": row.id, "start": row.start, "end": row.end, "task": row.task}
    if row.staff:
        value["staff"] = list(row.staff)
    if row.trigger is not None:
        value["trigger"] = str(row.trigger)
    if row.note:
        value["note"] = row.note
    return value


def row_of(value: object) -> Row | None:
    """The row a JSON value holds. Raises TypeError, KeyError or ValueError where it holds none."""
    if value is None:
        return None
    found = _mapping(value)
    end, trigger = found["end"], found.get("trigger")
    return Row(
        _text(found["id"]),
        _number(found["start"]),
        None if end is None else _number(end),
        _text(found["task"]),
        text_list(found.get("staff", ())),
        None if trigger is None else Trigger(_text(trigger)),
        _text(found.get("note", "")),
    )


def change_json(change: Change) -> Json:
    """A change: before and after."""
    return {"before": row_json(change.before), "after": row_json(change.after)}


def change_of(value: object) -> Change:
    """The change a JSON value holds."""
    found = _mapping(value)
    return Change(row_of(found["before"]), row_of(found["after"]))


def stretches_text(on: Sequence[tuple[int, int]]) -> str:
    """Stretches on duty as JSON."""
    return dumped([list(stretch) for stretch in on])


def stretches_of(text: str) -> tuple[tuple[int, int], ...]:
    """Stretches on duty from their JSON."""
    return _stretches(json.loads(text))


def person_json(person: Person) -> Json:
    """A person on duty."""
    return {"id": person.id, "role": person.role, "on": [list(stretch) for stretch in person.on]}


def person_of(value: object) -> Person:
    """The person a JSON value holds."""
    found = _mapping(value)
    return Person(_text(found["id"]), _text(found.get("role", "")), _stretches(found.get("on", ())))


def fact_json(fact: Fact) -> Json:
    """One field of a day's head before and after."""
    value: dict[str, object] = {"name": fact.name, "before": _value(fact.before), "after": _value(fact.after)}
    return value | {"person": fact.person} if fact.person else value


def fact_of(value: object) -> Fact:
    """The fact a JSON value holds."""
    found = _mapping(value)
    return Fact(
        _text(found["name"]),
        _value_of(found["before"]),
        _value_of(found["after"]),
        _text(found.get("person", "")),
    )


def texts_text(texts: Sequence[str]) -> str:
    """Several texts as JSON; "" for none, as most rows have few."""
    return dumped(list(texts)) if texts else ""


def texts_of(text: str) -> tuple[str, ...]:
    """Several texts from their JSON."""
    return text_list(json.loads(text)) if text else ()


def site_json(head: SiteHead) -> Json:
    """A site's head."""
    return {
        "id": head.id, "kind": str(head.kind), "name": head.name, "constructed": head.constructed,
        "tasks": {code: dict(attributes) for code, attributes in head.tasks.items()},
        "reported": [dict(item) for item in head.reported],
    }  # fmt: skip


def site_of(value: object) -> SiteHead:
    """The site's head a JSON value holds."""
    found = _mapping(value)
    return SiteHead(
        _text(found["id"]),
        Kind(_text(found["kind"])),
        _text(found["name"]),
        _truth(found["constructed"]),
        {code: _attributes(attributes) for code, attributes in _mapping(found["tasks"]).items()},
        tuple(_attributes(item) for item in _listing(found["reported"])),
    )


def override_json(override: VerdictOverride) -> Json:
    """A coordinator's word on a verdict."""
    value = asdict(override)
    weekdays = override.weekdays
    return value | {"weekdays": None if weekdays is None else [str(weekday) for weekday in weekdays]}


def override_of(value: object) -> VerdictOverride:
    """The override a JSON value holds."""
    found = _mapping(value)
    weekdays, start, end = found["weekdays"], found["start"], found["end"]
    return VerdictOverride(
        id=_text(found["id"]),
        site=_text(found["site"]),
        unit=_text(found["unit"]),
        task=_text(found["task"]),
        mode=Mode(_text(found["mode"])),
        weekdays=None if weekdays is None else tuple(Weekday(text) for text in text_list(weekdays)),
        start=None if start is None else _number(start),
        end=None if end is None else _number(end),
        suitability=Suitability(_text(found["suitability"])),
        reason=_text(found["reason"]),
        who=_text(found["who"]),
        at=_text(found["at"]),
    )


@dataclass(frozen=True, slots=True)
class Body:
    """What an entry of the record holds besides who, when and why."""

    changes: tuple[Change, ...] = ()
    facts: tuple[Fact, ...] = ()


def body_text(changes: Sequence[Change], facts: Sequence[Fact], more: Json | None = None) -> str:
    """The body of an entry of the record; `more` is what only its kind knows."""
    value: dict[str, object] = dict(more or {})
    if changes:
        value["changes"] = [change_json(change) for change in changes]
    if facts:
        value["facts"] = [fact_json(fact) for fact in facts]
    return dumped(value)


def body_of(text: str) -> Body:
    """Rows and facts an entry of the record wrote."""
    found = loaded(text)
    return Body(
        tuple(change_of(value) for value in _listing(found.get("changes", []))),
        tuple(fact_of(value) for value in _listing(found.get("facts", []))),
    )


def _value(value: Value) -> object:
    return person_json(value) if isinstance(value, Person) else value


def _value_of(value: object) -> Value:
    return value if value is None or isinstance(value, str | bool) else person_of(value)


def _mapping(value: object) -> Json:
    if not isinstance(value, dict):
        raise TypeError("not an object")
    return value


def _listing(value: object) -> Sequence[object]:
    if not isinstance(value, list | tuple):
        raise TypeError("not a list")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value


def text_list(value: object) -> tuple[str, ...]:
    """Several texts from a list of JSON."""
    return tuple(_text(item) for item in _listing(value))


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError("not a whole number")
    return value


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError("neither true nor false")
    return value


def _attributes(value: object) -> dict[str, str]:
    return {name: _text(text) for name, text in _mapping(value).items()}


def _stretches(value: object) -> tuple[tuple[int, int], ...]:
    found = []
    for stretch in _listing(value):
        on, off = _listing(stretch)
        found.append((_number(on), _number(off)))
    return tuple(found)
