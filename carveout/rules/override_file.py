"""Overrides as a file (`carveout-overrides/1`): YAML or JSON that a coordinator writes and `carveout analyze` reads.

`overrides.schema.json` says the same to other programs. Times past midnight go on counting (25:30). What the file says
is kept as it stands; which verdicts it reaches is found when it is laid over an analysis (`carveout.rules.overrides`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from importlib.resources import files
from typing import Any

from carveout.errors import InputError
from carveout.model import Mode, Suitability, VerdictOverride, Weekday
from carveout.observations.clock import DAY
from carveout.observations.fields import Fields, Path, spelled
from carveout.observations.limits import Limits
from carveout.observations.one_document import one_document
from carveout.observations.problems import FileProblems, shown_path
from carveout.observations.words import WEEKDAYS
from carveout.observations.write import quoted
from carveout.observations.yaml_nodes import Listing, Node, Pairs, Scalar
from carveout.rules.override_messages import OVERRIDE_MESSAGES
from carveout.words import MARK, MODE, SUITABILITY, clock

FORMAT = "carveout-overrides/1"
MAX_BYTES = 1024 * 1024
MAX_OVERRIDES = 2000
REASON_LEAST, REASON_MOST = 10, 500  # characters
_LIMITS = Limits(yaml_bytes=MAX_BYTES, yaml_nodes=80_000, yaml_depth=12, note_chars=REASON_MOST, problems=50)
_TOP = ("format", "overrides")
_ONE = ("id", "site", "unit", "task", "mode", "weekdays", "start", "end", "suitability", "reason", "who", "at")
_NEEDED = ("site", "task", "mode", "suitability", "reason", "who", "at")
_MODES = {str(mode): (str(mode), MODE[mode].ja) for mode in Mode}
_ANSWERS = {str(one): (str(one), SUITABILITY[one].ja, MARK[one]) for one in Suitability}
_HEAD = (
    "# 担当者の判断：規則の答えを、理由を添えて改めたものです。人の名前は書かず、役職か番号で書いてください。",
    "# 曜日・時間を書かなければ、その業務の判断すべてに効きます。25:30は翌日の1時30分です。",
    "# Coordinator's judgements: the rules' answers changed, each with a reason. Write roles or ids, never names.",
    "# Without weekdays and hours an entry holds for every verdict on its task. 25:30 is half past one the next day.",
)


def overrides_schema() -> dict[str, Any]:
    """The JSON Schema of `carveout-overrides/1`.

    >>> overrides_schema()["title"]
    'carveout-overrides/1'
    """
    text = files("carveout.rules").joinpath("overrides.schema.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def read_overrides(data: bytes, name: str) -> tuple[VerdictOverride, ...]:
    """The overrides of a file, in its order; `name` stands in the messages and in the ids of entries without one.

    Raises InputError with every problem when something in the file cannot be used.
    """
    problems = FileProblems(shown_path(name), _LIMITS, OVERRIDE_MESSAGES)
    node = one_document(data, problems, _LIMITS)
    found = () if node is None else _Reader(problems).overrides(node)
    if problems.has_errors:
        raise InputError(problems.listed())
    return found


def write_overrides(overrides: Sequence[VerdictOverride]) -> bytes:
    """Overrides as a file, UTF-8; reading it gives the same again.

    >>> one = VerdictOverride("o1", "a", "u", "nap", Mode.ASSIST, None, 720, None, Suitability.CONDITIONAL,
    ...                       "the children know her well", "coordinator", "2026-06-10")
    >>> read_overrides(write_overrides([one]), "overrides.yaml") == (one,)
    True
    """
    return ("\n".join([*_HEAD, *_lines(overrides)]) + "\n").encode()


def _lines(overrides: Sequence[VerdictOverride]) -> Iterator[str]:
    yield f"format: {FORMAT}"
    yield "overrides:" if overrides else "overrides: []"
    for one in overrides:
        yield f"  - id: {quoted(one.id)}"
        yield f"    site: {quoted(one.site)}"
        if one.unit:
            yield f"    unit: {quoted(one.unit)}"
        yield f"    task: {quoted(one.task)}"
        yield f"    mode: {one.mode}"
        if one.weekdays is not None:
            yield f"    weekdays: [{', '.join(one.weekdays)}]"
        for key, minutes in (("start", one.start), ("end", one.end)):
            if minutes is not None:
                yield f'    {key}: "{clock(minutes)}"'
        yield f"    suitability: {one.suitability}"
        yield from (f"    {key}: {quoted(text)}" for key, text in (("reason", one.reason), ("who", one.who)))
        yield f"    at: {quoted(one.at)}"


class _Reader:
    """Checks one document; every value that cannot be used is a problem where it stands."""

    def __init__(self, problems: FileProblems):
        self.problems = problems
        self.fields = Fields(problems, _LIMITS)
        self._ids: set[str] = set()

    def overrides(self, node: Node) -> tuple[VerdictOverride, ...]:
        """Every entry that can be used."""
        if not isinstance(node, Pairs):
            self.problems.add("not_a_document", line=node.line)
            return ()
        top = self.fields.mapping(node, (), _TOP, node.line) or {}
        if self.fields.require(top, ("format",), (), node.line):
            value = top["format"]
            if not isinstance(value, Scalar) or value.text != FORMAT:
                said = value.text if isinstance(value, Scalar) else "…"
                self.problems.add("wrong_format", line=value.line, field="format", value=said)
        items = self.fields.items(top.get("overrides"), (), "overrides")
        if len(items) > MAX_OVERRIDES:
            self.problems.add("too_many", line=items[MAX_OVERRIDES].line, field="overrides", limit=MAX_OVERRIDES)
        found = [self._one(item, ("overrides", at)) for at, item in enumerate(items[:MAX_OVERRIDES])]
        return tuple(one for one in found if one is not None)

    def _one(self, node: Node, path: Path) -> VerdictOverride | None:
        if isinstance(node, Scalar):
            self.fields.wrong_type(node, "mapping", path, "")
            return None
        found = self.fields.mapping(node, path, _ONE, node.line)
        if found is None:
            return None
        whole = self.fields.require(found, _NEEDED, path, node.line)
        texts = {key: self.fields.text(found.get(key), path, key) for key in ("id", "site", "unit", "task", "who")}
        mode = self.fields.word(found.get("mode"), path, "mode", _MODES)
        answer = self.fields.word(found.get("suitability"), path, "suitability", _ANSWERS)
        reason = self._reason(found.get("reason"), path)
        at = self._moment(found.get("at"), path)
        start, end = self._hours(found, path)
        weekdays = self._weekdays(found.get("weekdays"), path)
        site, task, who = texts["site"], texts["task"], texts["who"]
        if not whole or None in (site, task, who, mode, answer, reason, at):
            return None
        return VerdictOverride(
            self._id(texts["id"], node.line, path), site or "", texts["unit"] or "", task or "", Mode(mode or ""),
            weekdays, start, end, Suitability(answer or ""), reason or "", who or "", at or "",
        )  # fmt: skip

    def _id(self, given: str | None, line: int, path: Path) -> str:
        """The entry's own id, or its place in the file."""
        name = given if given is not None else f"{self.problems.file}:{line}"
        if name in self._ids:
            self.problems.add("same_id", line=line, place=spelled(path), field="id", value=name)
        self._ids.add(name)
        return name

    def _reason(self, node: Node | None, path: Path) -> str | None:
        reason = self.fields.text(node, path, "reason", REASON_MOST)
        if reason is not None and node is not None and len(reason) < REASON_LEAST:
            self.problems.add(
                "short_reason", line=node.line, place=spelled(path), field="reason",
                length=len(reason), least=REASON_LEAST,
            )  # fmt: skip
        return reason

    def _moment(self, node: Node | None, path: Path) -> str | None:
        at = self.fields.text(node, path, "at")
        if at is None or node is None:
            return None
        try:
            datetime.fromisoformat(at)
        except ValueError:
            self.problems.add("no_moment", line=node.line, place=spelled(path), field="at", value=at)
            return None
        return at

    def _weekdays(self, node: Node | None, path: Path) -> tuple[Weekday, ...] | None:
        """The weekdays in the order of the week; None where the file says nothing."""
        if node is None or (isinstance(node, Scalar) and node.is_null):
            return None
        items = node.items if isinstance(node, Listing) else [node]
        codes = {self.fields.word(item, path, "weekdays", WEEKDAYS) for item in items[:14]} - {None}
        return tuple(day for day in Weekday if str(day) in codes) or None

    def _hours(self, found: dict[str, Node], path: Path) -> tuple[int | None, int | None]:
        start, end = (self.fields.late_clock(found.get(key), path, key) for key in ("start", "end"))
        if start is not None and end is not None and not 0 < end - start <= DAY:
            times = {"start": clock(start), "end": clock(end), "next": clock(end % DAY + DAY)}
            self.problems.add("no_length", line=found["end"].line, place=spelled(path), field="end", **times)
        return start, end
