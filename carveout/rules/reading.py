"""Reading rulebooks: YAML to `Rulebook`, strictly, with every mistake of every file reported at once.

Unknown keys, facts, values and placeholders are errors. A placeholder in a reason may only stand where the rule's
conditions make sure that there is something to put there.
"""

from __future__ import annotations

import string
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from carveout.errors import InputError, Problem
from carveout.language import Text
from carveout.model import Mode, Suitability
from carveout.rules.conditions import FACT_NAMES, Condition, ConditionError, condition
from carveout.rules.rulebook import CERTAINTIES, EFFECTS, LAYERS, Rule, Rulebook, Scheme

BUNDLED = Path(__file__).parent / "rulebook"

# What a reason may name, and the condition that must stand in the rule for it to be fillable.
PLACEHOLDERS: Mapping[str, Mapping[str, object]] = {
    "task": {},
    "window": {},
    "seen": {},
    "qualification": {"qualification": True},
    "chain": {"pattern": "rhythmic_chain"},
    "weekday": {"pattern": "weekday_peak"},
    "share": {"pattern": "weekday_peak", "reported": False},
    "p": {"pattern": "weekday_peak", "reported": False},
    "thin_window": {"thin": True},
    "demand": {"thin": True},
    "staff": {"thin": True},
}

# Key -> whether it must be there.
_SCHEME_KEYS = {"id": True, "label": True, "layer": True, "default": True, "switchable": False, "source": True}
_RULE_KEYS = {
    "id": True,
    "rank": True,
    "since": True,
    "until": False,
    "verified": True,
    "mode": True,
    "effect": False,
    "when": True,
    "suitability": True,
    "certainty": False,
    "reason": True,
    "source": True,
}


@lru_cache(maxsize=1)
def rulebook() -> Rulebook:
    """The rules that come with the package.

    >>> rulebook().rule("rhythmic-chain").suitability.value
    'unsuitable'
    >>> rulebook().switched({"mie-abc": True}).scheme("mie-abc").on
    True
    """
    return read_rulebook(sorted(BUNDLED.glob("*.yaml")))


def read_rulebook(paths: Iterable[Path]) -> Rulebook:
    """Read schemes, one per file, and put their rules in order of rank.

    Raises InputError listing every problem of every file.
    """
    problems: list[Problem] = []
    schemes: list[Scheme] = []
    rules: list[Rule] = []
    for path in paths:
        _SchemeFile(path.name, problems).read(path, schemes, rules)
    _check_together(schemes, rules, problems)
    if problems:
        raise InputError(problems)
    return Rulebook(tuple(schemes), tuple(sorted(rules, key=lambda rule: rule.rank)))


def _check_together(schemes: Sequence[Scheme], rules: Sequence[Rule], problems: list[Problem]) -> None:
    """Ids are unique over all files, and so are ranks: which rule decides never depends on the order of files."""
    for key, values in (
        ("scheme.id", [scheme.id for scheme in schemes]),
        ("id", [rule.id for rule in rules]),
        ("rank", [str(rule.rank) for rule in rules]),
    ):
        for value in sorted({value for value in values if values.count(value) > 1}):
            cause = Text(f"「{value}」が重複しています", f"{value} occurs more than once")
            remedy = Text("一つずつ異なる値にしてください", "give each a value of its own")
            problems.append(Problem("error", "rulebook-twice", "rulebook", None, "", key, cause, remedy))


# libyaml reads the rulebook ten times as fast; PyYAML may be built without it.
_BaseLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_BaseLoader):  # type: ignore[misc]  # its base is chosen at import
    """Safe loading that also rejects a key written twice in one mapping."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> Any:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for at, key in enumerate(keys):
            if key in keys[:at]:
                raise yaml.constructor.ConstructorError(None, None, f"key {key!r} occurs twice", node.start_mark)
        return super().construct_mapping(node, deep)


class _SchemeFile:
    """One file being read; `problems` collects what is wrong with it."""

    def __init__(self, name: str, problems: list[Problem]):
        self.name = name
        self.problems = problems

    def read(self, path: Path, schemes: list[Scheme], rules: list[Rule]) -> None:
        """Append the file's scheme and those of its rules that can be read."""
        try:
            document = yaml.load(path.read_bytes(), Loader=_Loader)  # noqa: S506  # a subclass of the safe loader
        except (OSError, yaml.YAMLError) as error:
            self._wrong("", "", Text("YAMLとして読めません", f"not readable as YAML: {error}"), _SEE_EXAMPLE)
            return
        if not isinstance(document, dict) or set(document) != {"scheme", "rules"}:
            cause = Text("scheme と rules の二つの項目が要ります", "it must hold scheme and rules, nothing else")
            self._wrong("", "", cause, _SEE_EXAMPLE)
            return
        scheme = self._scheme(document["scheme"])
        if scheme is None:
            return
        schemes.append(scheme)
        for at, raw in enumerate(document["rules"] or []):
            rule = self._rule(f"rules[{at}]", scheme.id, raw)
            if rule is not None:
                rules.append(rule)

    def _wrong(self, place: str, key: str, cause: Text, remedy: Text) -> None:
        self.problems.append(Problem("error", "rulebook", self.name, None, place, key, cause, remedy))

    def _keys(self, place: str, raw: object, keys: Mapping[str, bool]) -> bool:
        if not isinstance(raw, dict):
            self._wrong(place, "", Text("項目の並びではありません", "it is not a mapping"), _SEE_EXAMPLE)
            return False
        allowed = ", ".join(keys)
        for key in raw:
            if key not in keys:
                cause = Text(f"知らない項目です: {key}", f"unknown key {key}")
                self._wrong(place, str(key), cause, Text(f"使える項目: {allowed}", f"allowed: {allowed}"))
        missing = [key for key, needed in keys.items() if needed and key not in raw]
        for key in missing:
            self._wrong(place, key, Text("項目がありません", "the key is missing"), _ADD)
        return not missing

    def _value(self, place: str, key: str, value: object, fits: Callable[[Any], bool], allowed: str) -> Any:
        if not fits(value):
            cause = Text(f"使えない値です: {value!r}", f"{value!r} cannot stand here")
            self._wrong(place, key, cause, Text(f"使える値: {allowed}", f"allowed: {allowed}"))
        return value

    def _text(self, place: str, key: str, value: object) -> Text:
        if (
            not isinstance(value, dict)
            or set(value) != {"ja", "en"}
            or not all(isinstance(v, str) and v.strip() for v in value.values())
        ):
            cause = Text("日本語と英語の文が要ります", "it needs a wording in both languages")
            self._wrong(place, key, cause, Text("{ja: ..., en: ...} と書いてください", "write {ja: ..., en: ...}"))
            return Text("", "")
        return Text(value["ja"], value["en"])

    def _scheme(self, raw: Any) -> Scheme | None:
        if not self._keys("scheme", raw, _SCHEME_KEYS):
            return None
        before = len(self.problems)
        scheme = Scheme(
            id=self._value("scheme", "id", raw["id"], _is_text, "text"),
            label=self._text("scheme", "label", raw["label"]),
            layer=self._value("scheme", "layer", raw["layer"], lambda v: v in LAYERS, ", ".join(LAYERS)),
            on=self._value("scheme", "default", raw["default"], _is_flag, "on / off"),
            switchable=self._value("scheme", "switchable", raw.get("switchable", True), _is_flag, "true / false"),
            source=self._value("scheme", "source", raw["source"], _is_text, "text"),
        )
        return scheme if len(self.problems) == before else None

    def _rule(self, place: str, scheme: str, raw: Any) -> Rule | None:
        if not self._keys(place, raw, _RULE_KEYS):
            return None
        before = len(self.problems)
        modes = raw["mode"] if isinstance(raw["mode"], list) else [raw["mode"]]
        suitability = raw["suitability"]
        self._value(place, "mode", modes, lambda v: v and all(m in tuple(Mode) for m in v), ", ".join(Mode))
        self._value(place, "suitability", suitability, lambda v: v in tuple(Suitability), ", ".join(Suitability))
        checked = {
            "id": self._value(place, "id", raw["id"], _is_text, "text"),
            "rank": self._value(place, "rank", raw["rank"], lambda v: type(v) is int, "an integer"),
            "since": self._value(place, "since", raw["since"], lambda v: type(v) is date, "YYYY-MM-DD"),
            "until": self._value(place, "until", raw.get("until"), _is_date_or_none, "YYYY-MM-DD"),
            "verified": self._value(place, "verified", raw["verified"], _is_flag, "true / false"),
            "effect": self._value(place, "effect", raw.get("effect", "verdict"), EFFECTS.__contains__, str(EFFECTS)),
            "certainty": self._value(
                place, "certainty", raw.get("certainty", "stated"), CERTAINTIES.__contains__, str(CERTAINTIES)
            ),
            "source": self._value(place, "source", raw["source"], _is_text, "text"),
            "reason": self._text(place, "reason", raw["reason"]),
            "when": self._conditions(place, raw["when"]),
        }
        if len(self.problems) == before:
            self._placeholders(place, checked["reason"], checked["when"], checked["effect"])
        if len(self.problems) > before:
            return None
        return Rule(scheme=scheme, modes=tuple(map(Mode, modes)), suitability=Suitability(suitability), **checked)

    def _conditions(self, place: str, raw: object) -> tuple[Condition, ...]:
        if not isinstance(raw, dict):
            cause = Text("条件は「事実: 値」で書きます", "conditions are written fact: value")
            self._wrong(place, "when", cause, Text("使える事実: " + "、".join(FACT_NAMES), ", ".join(FACT_NAMES)))
            return ()
        read: list[Condition] = []
        for fact, asked in raw.items():
            try:
                read.append(condition(str(fact), asked))
            except ConditionError as error:
                self._wrong(f"{place}.when", str(fact), error.cause, error.remedy)
        return tuple(read)

    def _placeholders(self, place: str, reason: Text, when: Sequence[Condition], effect: str) -> None:
        for name in sorted(_fields(reason.ja) | _fields(reason.en)):
            if name not in PLACEHOLDERS:
                allowed = ", ".join(PLACEHOLDERS)
                cause = Text(f"知らない差し込み {{{name}}} です", f"unknown placeholder {{{name}}}")
                self._wrong(place, "reason", cause, Text(f"使えるもの: {allowed}", f"allowed: {allowed}"))
            elif effect == "note":
                cause = Text("note の理由には差し込みを使えません", "a note's reason cannot hold placeholders")
                self._wrong(place, "reason", cause, Text("文だけで書いてください", "write it as it is to be read"))
            elif not all(_secured(fact, value, when) for fact, value in PLACEHOLDERS[name].items()):
                needs = ", ".join(f"{fact}: {value}" for fact, value in PLACEHOLDERS[name].items())
                cause = Text(f"{{{name}}} に入れる値があるとは限りません", f"nothing may be there to fill {{{name}}}")
                self._wrong(place, "reason", cause, Text(f"when に {needs} を加えてください", f"add to when: {needs}"))


_ADD = Text("書き足してください", "add it")
_SEE_EXAMPLE = Text("同梱の rulebook/*.yaml を手本にしてください", "follow the bundled rulebook/*.yaml")


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_flag(value: object) -> bool:
    return isinstance(value, bool)


def _is_date_or_none(value: object) -> bool:
    return value is None or type(value) is date


def _secured(fact: str, value: object, when: Sequence[Condition]) -> bool:
    """Whether the conditions make sure that a fact has a value."""
    return any(c.fact == fact and (c.flag is value or c.choices == frozenset({value})) for c in when)


def _fields(template: str) -> set[str]:
    """The placeholders of a wording. An odd one ("{a.b}", "{0}", "{x!r}") keeps its oddity and so is unknown."""
    found: set[str] = set()
    try:
        for _, name, spec, conversion in string.Formatter().parse(template):
            if name is not None:
                found.add(name + (f"!{conversion}" if conversion else "") + (f":{spec}" if spec else ""))
    except ValueError as error:
        found.add(str(error))
    return found
