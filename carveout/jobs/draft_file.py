"""A shaped job as a file (`carveout-job/1`): YAML that a person can read, mend and hand on.

The file holds what is wanted (`Draft`), never a figure that follows from the observed days. `draft.schema.json` says
the same to other programs. Times past midnight go on counting (25:30), so that no slot needs a mark for the next day.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any

from carveout.errors import InputError
from carveout.jobs.draft import ANSWERS, Draft, DraftSlot, with_slots
from carveout.jobs.draft_messages import DRAFT_MESSAGES
from carveout.model import Channel, Mode, Weekday
from carveout.observations.clock import DAY, day_text
from carveout.observations.fields import Fields, Path, spelled
from carveout.observations.limits import Limits
from carveout.observations.one_document import one_document
from carveout.observations.problems import FileProblems, shown_path
from carveout.observations.words import WEEKDAYS
from carveout.observations.write import quoted
from carveout.observations.yaml_nodes import Node, Pairs, Scalar
from carveout.words import clock

FORMAT = "carveout-job/1"
MAX_BYTES = 256 * 1024
MAX_SLOTS = 100
MAX_TASKS = 60  # of one slot
MAX_PEOPLE = 99
MAX_STAGE = 9
ANSWER_CHARS = 300
_MAX_NUMBERS = 60
_LIMITS = Limits(yaml_bytes=MAX_BYTES, yaml_nodes=40_000, yaml_depth=12, note_chars=ANSWER_CHARS, problems=50)
_TOP = (
    "format", "site", "base", "title", "stage", "people", "channel", "area", "on", "slots", "numbers", "answers",
)  # fmt: skip
_SLOT = ("weekday", "start", "end", "unit", "tasks")
_TASK = ("task", "mode")
_MODES = {str(mode): (str(mode),) for mode in Mode}
_CHANNELS = {str(channel): (str(channel),) for channel in Channel}
_DATES = ("start_date",)  # answers that are a day
_NUMBER = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_HEAD = (
    "# 仕事の案：ジョブコーディネータが整えた曜日・時間・業務です。「仕事を整える」の画面でもう一度開けます。",
    "# 手で書き直してもかまいません。人の名前は書かず、役職で書いてください。25:30は翌日の1時30分です。",
    "# A job as a coordinator shaped it; open it again on the page where jobs are shaped, or mend it by hand.",
    "# Write roles, never names of persons. 25:30 is half past one on the next day.",
)


def draft_schema() -> dict[str, Any]:
    """The JSON Schema of `carveout-job/1`.

    >>> draft_schema()["title"]
    'carveout-job/1'
    """
    text = files("carveout.jobs").joinpath("draft.schema.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def write_draft(draft: Draft) -> bytes:
    """The draft as a file, UTF-8; reading it gives the same draft again.

    >>> slot = DraftSlot(Weekday.MON, 540, 660, "unit-1", (("listening", Mode.ASSIST),))
    >>> read_draft(write_draft(Draft("care-home-a", (slot,))), "job.yaml").slots == (slot,)
    True
    """
    return ("\n".join([*_HEAD, *_lines(draft)]) + "\n").encode()


def read_draft(data: bytes, name: str) -> Draft:
    """The draft of a file; `name` stands in the messages.

    Raises InputError with every problem when something in the file cannot be used.
    """
    problems = FileProblems(shown_path(name), _LIMITS, DRAFT_MESSAGES)
    node = one_document(data, problems, _LIMITS)
    draft = None if node is None else _Reader(problems).draft(node)
    if draft is None or problems.has_errors:
        raise InputError(problems.listed())
    return draft


def _spelled_out(value: float) -> str:
    """A number every YAML reader takes for one: version 1.1 wants a point before the exponent."""
    text = repr(float(value))
    return text if "." in text else text.replace("e", ".0e")


def _lines(draft: Draft) -> Iterator[str]:
    """The file, line by line; what says nothing is left out."""
    yield f"format: {FORMAT}"
    yield f"site: {quoted(draft.site)}"
    for key, value in (("base", draft.base), ("title", draft.title)):
        if value:
            yield f"{key}: {quoted(value)}"
    yield f"stage: {draft.stage}"
    yield f"people: {draft.people}"
    if draft.channel is not None:
        yield f"channel: {draft.channel}"
    for key, value in (("area", draft.area), ("on", draft.on)):
        if value:
            yield f"{quoted(key)}: {quoted(value)}"  # an unquoted `on` is the boolean true to YAML 1.1
    yield "slots:" if draft.slots else "slots: []"
    for slot in draft.slots:
        yield f"  - weekday: {slot.weekday}"
        yield f'    start: "{clock(slot.start)}"'
        yield f'    end: "{clock(slot.end)}"'
        yield f"    unit: {quoted(slot.unit)}"
        yield "    tasks:" if slot.tasks else "    tasks: []"
        for task, mode in slot.tasks:
            yield f"      - {{task: {quoted(task)}, mode: {mode}}}"
    if draft.numbers:
        yield "numbers:"
        yield from (f"  {quoted(key)}: {_spelled_out(draft.numbers[key])}" for key in sorted(draft.numbers))
    answers = [(key, draft.answers[key]) for key in ANSWERS if draft.answers.get(key)]
    if answers:
        yield "answers:"
        yield from (f"  {key}: {quoted(value)}" for key, value in answers)


class _Reader:
    """Checks one document; every value that cannot be used is a problem where it stands."""

    def __init__(self, problems: FileProblems):
        self.problems = problems
        self.fields = Fields(problems, _LIMITS)

    def draft(self, node: Node) -> Draft | None:
        """The draft, None if there is no telling whose it is."""
        if not isinstance(node, Pairs):
            self.problems.add("not_a_document", line=node.line)
            return None
        format_node = next(
            (value for key, value in node.pairs() if isinstance(key, Scalar) and key.text == "format"), None
        )
        self._format(format_node, node.line)
        top = self.fields.mapping(node, (), _TOP, node.line) or {}
        self.fields.require(top, ("site", "slots"), (), node.line)
        site = self.fields.text(top.get("site"), (), "site")
        channel = self.fields.word(top.get("channel"), (), "channel", _CHANNELS)
        day = self.fields.day(top.get("on"), (), "on")
        draft = Draft(
            site or "",
            (),
            base=self.fields.text(top.get("base"), (), "base") or "",
            title=self.fields.text(top.get("title"), (), "title") or "",
            stage=self._whole(top.get("stage"), "stage", MAX_STAGE),
            people=self._whole(top.get("people"), "people", MAX_PEOPLE),
            channel=None if channel is None else Channel(channel),
            area=self.fields.text(top.get("area"), (), "area") or "",
            on="" if day is None else day_text(day),
            numbers=self._numbers(top.get("numbers")),
            answers=self._answers(top.get("answers")),
        )
        return with_slots(draft, self._slots(top.get("slots")))

    def _format(self, node: Node | None, line: int) -> None:
        if node is None:
            self.problems.add("missing_key", line=line, field="format", key=f"format: {FORMAT}")
        elif not isinstance(node, Scalar) or node.text != FORMAT:
            value = node.text if isinstance(node, Scalar) else "…"
            self.problems.add("wrong_format", line=node.line, field="format", value=value)

    def _slots(self, node: Node | None) -> tuple[DraftSlot, ...]:
        items = self.fields.items(node, (), "slots")
        if len(items) > MAX_SLOTS:
            self.problems.add("too_many", line=items[MAX_SLOTS].line, field="slots", limit=MAX_SLOTS)
        found = [self._slot(item, ("slots", number)) for number, item in enumerate(items[:MAX_SLOTS])]
        return tuple(slot for slot in found if slot is not None)

    def _slot(self, node: Node, path: Path) -> DraftSlot | None:
        if _absent(node):
            self.fields.wrong_type(node, "mapping", path, "")
            return None
        found = self.fields.mapping(node, path, _SLOT, node.line)
        if found is None:
            return None
        self.fields.require(found, ("weekday", "start", "end", "unit"), path, node.line)
        weekday = self.fields.word(found.get("weekday"), path, "weekday", WEEKDAYS)
        start, end = (self.fields.late_clock(found.get(edge), path, edge) for edge in ("start", "end"))
        unit = self.fields.text(found.get("unit"), path, "unit")
        tasks = self._tasks(found.get("tasks"), path)
        if start is not None and end is not None and not 0 < end - start <= DAY:
            clocks = {"start": clock(start), "end": clock(end), "next": clock(end + DAY)}
            code = "slot_without_length" if end <= start else "slot_too_long"
            self.problems.add(code, line=found["end"].line, place=spelled(path), field="end", **clocks)
            return None
        if weekday is None or start is None or end is None or unit is None:
            return None
        return DraftSlot(Weekday(weekday), start, end, unit, tasks)

    def _tasks(self, node: Node | None, slot: Path) -> tuple[tuple[str, Mode], ...]:
        items = self.fields.items(node, slot, "tasks")
        if len(items) > MAX_TASKS:
            self.problems.add(
                "too_many", line=items[MAX_TASKS].line, place=spelled(slot), field="tasks", limit=MAX_TASKS
            )
        wanted: dict[tuple[str, Mode], None] = {}
        for number, item in enumerate(items[:MAX_TASKS]):
            path = (*slot, "tasks", number)
            if _absent(item):
                self.fields.wrong_type(item, "mapping", path, "")
                continue
            found = self.fields.mapping(item, path, _TASK, item.line)
            if found is None:
                continue
            self.fields.require(found, _TASK, path, item.line)
            task, mode = self.fields.text(found.get("task"), path, "task"), self._mode(found.get("mode"), path)
            if task is None or mode is None:
                continue
            if (task, mode) in wanted:
                self.problems.add("task_twice", line=item.line, place=spelled(path), field="task", task=task, mode=mode)
            wanted[task, mode] = None
        return tuple(wanted)

    def _mode(self, node: Node | None, path: Path) -> Mode | None:
        code = self.fields.word(node, path, "mode", _MODES)
        return None if code is None else Mode(code)

    def _whole(self, node: Node | None, field: str, most: int) -> int:
        """A whole number from 1 to `most`; 1 where the file says nothing."""
        if node is None or _absent(node):
            return 1
        if isinstance(node, Scalar) and re.fullmatch("[0-9]{1,3}", node.text) and 1 <= int(node.text) <= most:
            return int(node.text)
        value = node.text if isinstance(node, Scalar) else "…"
        self.problems.add("not_a_count", line=node.line, field=field, value=value, most=most)
        return 1

    def _numbers(self, node: Node | None) -> Mapping[str, float]:
        found: dict[str, float] = {}
        pairs = self._pairs(node, "numbers", None)
        for key, value in pairs.items():
            name = self.fields.checked(key, value.line, ("numbers",), key[:40])
            figure = self._figure(value)
            if figure is None:
                self.problems.add("not_a_figure", line=value.line, place="numbers", field=key[:40])
            elif name is not None:
                found[name] = figure
        if len(found) > _MAX_NUMBERS and node is not None:
            self.problems.add("too_many", line=node.line, field="numbers", limit=_MAX_NUMBERS)
        return found

    def _figure(self, node: Node) -> float | None:
        if not isinstance(node, Scalar) or len(node.text) > 40 or not _NUMBER.fullmatch(node.text):
            return None
        value = float(node.text)
        return value if abs(value) <= 1e9 else None

    def _answers(self, node: Node | None) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for key, value in self._pairs(node, "answers", ANSWERS).items():
            if key in _DATES:
                day = self.fields.day(value, ("answers",), key)
                text = None if day is None else day_text(day)
            else:
                text = self.fields.note(value, ("answers",), key)
            if text:
                found[key] = text
        return found

    def _pairs(self, node: Node | None, field: str, allowed: tuple[str, ...] | None) -> dict[str, Node]:
        if node is None or _absent(node):
            return {}
        return self.fields.mapping(node, (field,), allowed, node.line, field) or {}


def _absent(node: Node) -> bool:
    return isinstance(node, Scalar) and node.is_null
