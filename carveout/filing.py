"""Records as open files and back: frozen dataclasses to YAML a person can read, checked whole when they return.

Every file begins with its `format`. What cannot be used is said all at once, with its place in the file; keys nobody
knows are refused, so that a slip of the pen is not silently dropped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

import yaml

from carveout.errors import InputError, Problem
from carveout.language import Text

MAX_BYTES = 20 * 1024 * 1024
MAX_DEPTH = 40
_Record = TypeVar("_Record")


class _Loader(yaml.SafeLoader):  # type: ignore[misc]  # PyYAML has no types
    """Safe YAML without aliases (a bomb needs them) whose dates and clock times stay the text they were written as."""

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        if self.check_event(yaml.events.AliasEvent):
            raise yaml.YAMLError("aliases (*name) are not used in these files")
        self._depth = getattr(self, "_depth", 0) + 1
        if self._depth > MAX_DEPTH:
            raise yaml.YAMLError("nested too deeply")
        node: yaml.Node | None = super().compose_node(parent, index)
        self._depth -= 1
        return node


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag.rpartition(":")[2] in ("null", "bool", "float", "int")]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


class _Dumper(yaml.SafeDumper):  # type: ignore[misc]
    """Safe YAML that writes no aliases and keeps lists of plain words on one line."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: Any, text: str) -> Any:
    """Text with line breaks or controls goes in double quotes: other styles let PyYAML fold some of them."""
    style = None if text.isprintable() else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def write_records(record: object, format_: str) -> bytes:
    """A frozen dataclass as a file, what holds its default left out; the same record gives the same bytes."""
    body = {"format": format_, **_plain(record)}
    text: str = yaml.dump(body, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**9)
    return text.encode()


def read_records(cls: type[_Record], data: bytes, format_: str, name: str) -> _Record:
    """The record of a file; `name` stands in the messages.

    Raises InputError with every problem when something in the file cannot be used.
    """
    if len(data) > MAX_BYTES:
        raise InputError([_problem(name, "too-large", _TOO_LARGE, _SPLIT)])
    try:
        body = yaml.load(data, Loader=_Loader)  # noqa: S506  # a safe loader
    except (yaml.YAMLError, UnicodeDecodeError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark is not None else None
        raise InputError([_problem(name, "not-yaml", _NOT_YAML, _AS_WRITTEN, line=line)]) from error
    if not isinstance(body, dict) or body.get("format") != format_:
        found = body.get("format") if isinstance(body, dict) else None
        cause = Text(
            f"format が {format_} ではありません（{found or 'なし'}）",
            f"its format is not {format_} ({found or 'none'})",
        )
        raise InputError([_problem(name, "format", cause, _AS_WRITTEN, field="format")])
    return structured(cls, {key: value for key, value in body.items() if key != "format"}, name)


def structured(cls: type[_Record], body: Mapping[str, Any], name: str) -> _Record:
    """A record from plain data. Raises InputError with every problem."""
    from cattrs import BaseValidationError

    try:
        record: _Record = _converter().structure(dict(body), cls)
    except BaseValidationError as error:
        raise InputError([_said(name, place, cause) for place, cause in _leaves(error, "")]) from error
    return record


def plain(record: object) -> dict[str, Any]:
    """A frozen dataclass as plain data (dicts, lists, texts, numbers), defaults left out."""
    return _plain(record)


def _plain(record: Any) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for one in fields(record):
        value = getattr(record, one.name)
        default = one.default_factory() if callable(one.default_factory) else one.default
        if value != default:
            out[one.name] = _value(value)
    return out


def _value(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return str(value)
    if is_dataclass(value):
        return _plain(value)
    if isinstance(value, Mapping):
        return {str(key): _value(one) for key, one in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_value(one) for one in value]
    return value


@cache
def _converter() -> Any:
    """Strict: no unknown key, and a text is a text, a number a number."""
    from cattrs import Converter
    from cattrs.gen import make_dict_structure_fn

    converter = Converter(detailed_validation=True, forbid_extra_keys=True)
    converter.register_structure_hook_factory(
        is_dataclass,
        lambda cls: make_dict_structure_fn(cls, converter, _cattrs_forbid_extra_keys=True),
    )
    for kind in (str, int, float, bool):
        converter.register_structure_hook(kind, _exactly(kind))
    converter.register_structure_hook(StrEnum, lambda value, cls: cls(value))  # else taken for the text it also is
    return converter


def _exactly(kind: type) -> Any:
    def structure(value: Any, _: type) -> Any:
        if kind is float and isinstance(value, int) and not isinstance(value, bool):
            return float(value)
        if kind is str and isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)  # an id that looks like a number
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise TypeError(f"expected {kind.__name__}")
        return value

    return structure


def _leaves(error: Any, place: str) -> list[tuple[str, Exception]]:
    """Every single mistake in a validation error, with its place as `openings[3].origin`."""
    from cattrs import AttributeValidationNote, IterableValidationNote

    found: list[tuple[str, Exception]] = []
    for inner in getattr(error, "exceptions", ()):
        at = place
        for note in getattr(inner, "__notes__", ()):
            if isinstance(note, AttributeValidationNote):
                at = f"{place}.{note.name}".lstrip(".")
            elif isinstance(note, IterableValidationNote):
                at = f"{place}[{note.index}]"
        found += _leaves(inner, at) if hasattr(inner, "exceptions") else [(at, inner)]
    return found


def _said(name: str, place: str, error: Exception) -> Problem:
    from cattrs import ForbiddenExtraKeysError

    if isinstance(error, ForbiddenExtraKeysError):
        keys = ", ".join(sorted(map(str, error.extra_fields)))[:200]
        cause = Text(f"知らない項目があります：{keys}", f"it holds keys nobody knows: {keys}")
    elif isinstance(error, KeyError):
        cause = Text(f"「{error.args[0]}」がありません", f"{error.args[0]} is missing")
    elif isinstance(error, ValueError):
        cause = Text(
            f"決まった語ではありません（{_short(error)}）", f"it is not one of the known words ({_short(error)})"
        )
    else:
        cause = Text(
            "値の種類が違います（文字・数・一覧のどれか）", "its value is of the wrong kind (text, number, list)"
        )
    return _problem(name, "record", cause, _AS_WRITTEN, place=place)


def _short(error: Exception) -> str:
    return "".join(c for c in str(error)[:80] if c.isprintable())


def _problem(
    name: str, code: str, cause: Text, remedy: Text, *, line: int | None = None, place: str = "", field: str = ""
) -> Problem:
    return Problem("error", code, name, line, place, field, cause, remedy)


_TOO_LARGE = Text("ファイルが大きすぎます（20 MB まで）", "the file is too large (20 MB at most)")
_SPLIT = Text("分けて読み込んでください", "Read it in parts")
_NOT_YAML = Text("YAML として読めません", "it cannot be read as YAML")
_AS_WRITTEN = Text(
    "この画面から書き出したファイルのとおりに直してください", "Mend it to look like a file written from here"
)
