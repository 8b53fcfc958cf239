"""Reading the YAML of limits: strictly, with every mistake of a file reported at once.

Unknown keys, missing wordings, figures outside their range and versions that overlap or leave a hole are errors.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from carveout.errors import InputError, Problem
from carveout.language import Text

# libyaml reads ten times as fast; PyYAML may be built without it.
_BaseLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_BaseLoader):  # type: ignore[misc]  # its base is chosen at import
    """Safe loading that also rejects a key written twice in one mapping."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> Any:
        keys = [key.value for key, _ in node.value]
        if len(set(keys)) != len(keys):
            raise yaml.constructor.ConstructorError(None, None, "a key occurs twice", node.start_mark)
        return super().construct_mapping(node, deep)


SEE_EXAMPLE = Text("同梱のファイルを手本にしてください", "follow the bundled files")
_ADD = Text("書き足してください", "add it")
_BOTH = Text("{ja: ..., en: ...} と書いてください", "write {ja: ..., en: ...}")


class LimitFile:
    """One file being read; `problems` collects what is wrong with it."""

    def __init__(self, path: Path):
        self.name = path.name
        self.problems: list[Problem] = []
        self.document = self._load(path)

    def _load(self, path: Path) -> Any:
        try:
            return yaml.load(path.read_bytes(), Loader=_Loader)  # noqa: S506  # a subclass of the safe loader
        except (OSError, yaml.YAMLError) as error:
            self.wrong("", "", Text("YAMLとして読めません", f"not readable as YAML: {error}"), SEE_EXAMPLE)
            return None

    def wrong(self, place: str, key: str, cause: Text, remedy: Text) -> None:
        """Note a mistake."""
        self.problems.append(Problem("error", "limits", self.name, None, place, key, cause, remedy))

    def done(self) -> None:
        """Raise InputError if anything was wrong."""
        if self.problems:
            raise InputError(self.problems)

    def keys(self, place: str, raw: object, keys: Mapping[str, bool]) -> bool:
        """Whether a mapping has all keys it needs; unknown ones are noted. keys: name -> whether it must be there."""
        if not isinstance(raw, dict):
            self.wrong(place, "", Text("項目の並びではありません", "it is not a mapping"), SEE_EXAMPLE)
            return False
        allowed = ", ".join(keys)
        unknown = [key for key in raw if key not in keys]
        for key in unknown:
            cause = Text(f"知らない項目です: {key}", f"unknown key {key}")
            self.wrong(place, str(key), cause, Text(f"使える項目: {allowed}", f"allowed: {allowed}"))
        missing = [key for key, needed in keys.items() if needed and key not in raw]
        for key in missing:
            self.wrong(place, key, Text("項目がありません", "the key is missing"), _ADD)
        return not missing and not unknown

    def value(self, place: str, key: str, value: Any, fits: Callable[[Any], bool], allowed: str) -> Any:
        """The value itself; noted as wrong if it does not fit."""
        if not fits(value):
            cause = Text(f"使えない値です: {value!r}", f"{value!r} cannot stand here")
            self.wrong(place, key, cause, Text(f"使える値: {allowed}", f"allowed: {allowed}"))
        return value

    def text(self, place: str, key: str, raw: object, may_be_empty: bool = False) -> Text:
        """A wording in both languages."""
        if (
            not isinstance(raw, dict)
            or set(raw) != {"ja", "en"}
            or not all(isinstance(value, str) and (may_be_empty or value.strip()) for value in raw.values())
        ):
            cause = Text("日本語と英語の文が要ります", "it needs a wording in both languages")
            self.wrong(place, key, cause, _BOTH)
            return Text("", "")
        return Text(raw["ja"], raw["en"])

    def flag(self, place: str, key: str, raw: object) -> bool:
        """True or false."""
        return bool(self.value(place, key, raw, lambda value: isinstance(value, bool), "true / false"))

    def number(self, place: str, key: str, raw: object) -> float:
        """A finite number; 0 where it is none."""
        self.value(place, key, raw, _is_number, "a number")
        return float(raw) if _is_number(raw) else 0.0  # type: ignore[arg-type]  # checked on this very line

    def span(self, place: str, raw: object) -> tuple[float, float]:
        """A closed range of numbers."""
        if not isinstance(raw, list) or len(raw) != 2 or not all(map(_is_number, raw)) or raw[0] > raw[1]:
            cause = Text("範囲は [下限, 上限] と書きます", "a range is written [least, most]")
            self.wrong(place, "range", cause, SEE_EXAMPLE)
            return 0.0, 0.0
        return float(raw[0]), float(raw[1])

    def period(self, place: str, raw: Mapping[str, Any]) -> tuple[date, date | None]:
        """`since` and `until`; noted as wrong if they are no days or stand in the wrong order."""
        since, until = raw.get("since"), raw.get("until")
        self.value(place, "since", since, lambda value: type(value) is date, "YYYY-MM-DD")
        self.value(place, "until", until, lambda value: value is None or type(value) is date, "YYYY-MM-DD")
        if type(since) is not date:
            return date.min, None
        if type(until) is date and until < since:
            cause = Text("終わりが始まりより前です", "it ends before it begins")
            self.wrong(place, "until", cause, Text("日付を確かめてください", "check the days"))
        return since, until if type(until) is date else None

    def together(self, place: str, periods: Sequence[tuple[date, date | None]]) -> None:
        """Versions of one thing follow each other, oldest first, and neither overlap nor leave a hole."""
        for (_, before), (since, _) in pairwise(periods):
            if before is None or since != before + timedelta(days=1):
                cause = Text("版の期間が重なるか、間が空いています", "versions overlap or leave a hole")
                remedy = Text(
                    "古い順に、until の翌日を次の since にしてください",
                    "put the oldest first; each begins the day after the one before it ends",
                )
                self.wrong(place, "since", cause, remedy)


def _is_number(value: object) -> bool:
    return not isinstance(value, bool) and isinstance(value, int | float) and math.isfinite(value)


def is_name(value: object) -> bool:
    """Whether a value is a text that says something."""
    return isinstance(value, str) and bool(value.strip())
