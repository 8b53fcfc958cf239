"""What a typed line is read against, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from carveout.errors import Severity
from carveout.language import Text
from carveout.model import Trigger
from carveout.workday.record import Row, new_id
from carveout.workday.times import Span


@dataclass(frozen=True, slots=True)
class LineContext:
    """What is known while a line is typed.

    last_end: where the row before ended, now: the clock's minute (live only), both in minutes of the day. staff, units:
    known ids. tasks: label -> code (`vocabulary` makes the best one). last_staff, last_task: of the row before; people
    are carried on where a line names none. unit: the day's own.
    """

    last_end: int | None = None
    now: int | None = None
    units: tuple[str, ...] = ()
    staff: tuple[str, ...] = ()
    tasks: Mapping[str, str] = field(default_factory=dict)
    last_staff: tuple[str, ...] = ()
    last_task: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Fix:
    """Another wording of the whole line one may accept, and how the offer is said."""

    text: str
    said: Text


@dataclass(frozen=True, slots=True)
class LineProblem:
    """One thing about a line: an error keeps it from becoming a row, a warning asks.

    span: where in the line, from and to (the whole line where no place can be named).
    """

    code: str
    severity: Severity
    cause: Text
    remedy: Text
    span: Span
    fixes: tuple[Fix, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A typed line as it was understood; `text` is what was typed, always.

    task: code, or free text as typed; "" = none. known: the task has a code. carried: staff is that of the row before.
    switch_back: minutes before now at which somebody turned to this task ("10分前に交代"; 0: just now), None: not said.
    switch: the row of these people before ends where this one starts.
    """

    text: str
    start: int | None = None
    end: int | None = None
    task: str = ""
    known: bool = False
    staff: tuple[str, ...] = ()
    carried: bool = False
    unit: str = ""
    trigger: Trigger | None = None
    note: str = ""
    switch: bool = False
    switch_back: int | None = None
    problems: tuple[LineProblem, ...] = ()

    @property
    def ready(self) -> bool:
        """Whether the line can become a row: it has a start and a task, and nothing about it is an error."""
        return self.start is not None and bool(self.task) and not self.errors

    @property
    def errors(self) -> tuple[LineProblem, ...]:
        """What keeps the line from becoming a row."""
        return tuple(problem for problem in self.problems if problem.severity == "error")

    @property
    def fixes(self) -> tuple[Fix, ...]:
        """Every other wording on offer."""
        return tuple(dict.fromkeys(fix for problem in self.problems for fix in problem.fixes))

    def row(self, id_: str | None = None) -> Row:
        """The row the line stands for, under a new id or the one it has; ValueError unless the line is ready."""
        if not self.ready or self.start is None:
            raise ValueError("the line is not a row yet")
        return Row(id_ or new_id(), self.start, self.end, self.task, self.staff, self.trigger, self.note)
