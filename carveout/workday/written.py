"""A row as the line one would type for it, and what is known while the next line is typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product

from carveout.model import Trigger
from carveout.workday.completion import quoted
from carveout.workday.line import parse
from carveout.workday.line_parts import Line, LineContext
from carveout.workday.placing import HALF_DAY, typed_clock
from carveout.workday.record import Row, Workday
from carveout.workday.vocabulary import Vocabulary

_TRIGGERS = {None: "", Trigger.PLANNED: "予定", Trigger.ON_DEMAND: "急"}


def written(row: Row, *, context: LineContext | None = None, unit: str = "") -> str:
    """The line of a row: reading it in the same context gives the row again (times, task, people, trigger, note).

    As short as that allows; what could be taken for something else stands in quotes or behind `担当:`. A note must be
    one line without spaces at its ends, or reads back as one.

    >>> written(Row("r1", 550, 565, "serving", ("s1", "s2"), Trigger.ON_DEMAND, "こぼした"))
    '9:10-9:25 配膳 s1 s2 急 #こぼした'
    """
    context = LineContext() if context is None else context
    tasks = context.tasks if isinstance(context.tasks, Vocabulary) else Vocabulary(context.tasks)
    known = replace(context, tasks=tasks)
    times = typed_clock(row.start) + "-" + ("" if row.end is None else typed_clock(row.end))
    note = " ".join(row.note.split())
    ends = (f"@{quoted(unit)}" if unit else "", _TRIGGERS[row.trigger], f"#{note}" if note else "")
    label = tasks.typed(row.task)
    plain, literal = " ".join(row.staff), "担当:" + (",".join(map(_literal, row.staff)) or "なし")
    # Behind a row of the evening 0:05 is the next day's, unless it is said to be this morning's.
    whens = (times, f"午前{times}") if row.start < HALF_DAY else (times,)
    for when, task, people in product(whens, (label, _literal(row.task)), (plain, literal)):
        line = " ".join(part for part in (when, task, people, *ends) if part)
        if (people or not known.last_staff) and _says(parse(line, context=known), row, note):
            return line
    return line


def _literal(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _says(line: Line, row: Row, note: str) -> bool:
    return (line.start, line.end, line.task, line.staff, line.trigger, line.note) == (
        row.start, row.end, row.task, row.staff, row.trigger, note,
    )  # fmt: skip


def context_of(
    day: Workday,
    tasks: Mapping[str, str],
    *,
    now: int | None = None,
    units: Sequence[str] = (),
    after: str | None = None,
) -> LineContext:
    """What is known while the next line of a day is typed: where the row before ended, who did it, who is listed.

    after: the id of the row the line follows; the latest one (of those that end, by their end) where none is named.

    >>> day = Workday("a", "2026-06-01", "u", rows=(Row("r1", 550, 565, "serving", ("s1",)),))
    >>> context_of(day, {}).last_end, context_of(day, {}).last_staff
    (565, ('s1',))
    """
    rows = [row for row in day.rows if row.id == after] or list(day.rows)
    last = max(rows, key=lambda row: (row.start if row.end is None else row.end, row.start), default=None)
    people = [person.id for person in day.staff] + [name for row in day.rows for name in row.staff]
    return LineContext(
        last_end=None if last is None else last.end,
        now=now,
        units=tuple(dict.fromkeys((day.unit, *units))) if day.unit else tuple(units),
        staff=tuple(dict.fromkeys(people)),
        tasks=tasks,
        last_staff=() if last is None else last.staff,
        last_task="" if last is None else last.task,
        unit=day.unit,
    )
