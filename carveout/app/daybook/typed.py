"""What a typed line of the day sheet becomes: a row, a question beside it, or a message with the line kept as it is.

A line follows the row that the same hand wrote before (`after`), so that two people who write one day do not continue
each other's rows. A line that needs that row's end while the row itself waits to be mended waits with it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from carveout.app.daybook.saving import Entry, Held, Made, Said, capital, sentence
from carveout.app.wording import says, t
from carveout.store import Edit
from carveout.workday import Change, Row, Workday
from carveout.workday.line import parse
from carveout.workday.line_parts import Line, LineContext, LineProblem
from carveout.workday.vocabulary import Vocabulary

_NAMES = ("name_like", "name_in_note")  # a name must not even pass through a record that forgets nothing
_UNSAID = ("open_end",)  # seen in the table itself


def line(vocabulary: Vocabulary, units: tuple[str, ...]) -> Callable[[Workday, Entry], Made]:
    """The maker of typed lines. units: the site's, so that another one is understood."""

    def make(day: Workday, entry: Entry) -> Made:
        text = entry.text("text")
        standing = {row.id: row for row in day.rows}
        context = _context(day, _before(day, entry, standing), entry.minute("now"), vocabulary, units)
        read = parse(text, context=context)
        if entry.flag("loose") and _follows(text, context):
            raise Held(Said(t("typed.behind"), t("typed.behind_remedy")), state="behind")
        if not read.ready:
            raise Held(*map(_said, read.errors or read.problems))
        if read.unit and read.unit != day.unit:
            raise Held(Said(t("typed.other_unit", unit=read.unit, here=day.unit), t("typed.other_unit_remedy")))
        if not entry.flag("sure") and (names := [one for one in read.problems if one.code in _NAMES]):
            raise Held(*map(_said, names), sure=True)
        name = entry.text("row", 64) or entry.id
        row = read.row(name)
        edit = Edit(entry.id, "line", (Change(standing.get(name), row), *_switched(day, read, row)))
        return Made(edit, tuple(_said(one) for one in read.problems if one.code not in (*_UNSAID, *_NAMES)))

    return make


def _before(day: Workday, entry: Entry, standing: dict[str, Row]) -> Row | None:
    """The row this hand wrote before; without one, the row that ends last."""
    own = standing.get(entry.text("after", 64))
    others = [row for row in day.rows if row.id != entry.text("row", 64)]
    return own or max(others, key=lambda row: (row.start if row.end is None else row.end, row.start), default=None)


def _context(
    day: Workday, before: Row | None, now: int | None, vocabulary: Vocabulary, units: tuple[str, ...]
) -> LineContext:
    people = dict.fromkeys([*(person.id for person in day.staff), *(name for row in day.rows for name in row.staff)])
    return LineContext(
        last_end=None if before is None else before.end,
        now=now,
        units=tuple(dict.fromkeys((day.unit, *units))),
        staff=tuple(people) if day.staff else (),
        tasks=vocabulary,
        last_staff=() if before is None else before.staff,
        last_task="" if before is None else before.task,
        unit=day.unit,
    )


def _follows(text: str, context: LineContext) -> bool:
    """Whether a line says nothing by itself of when it starts."""
    alone = parse(text, context=replace(context, last_end=None))
    return any(one.code in ("no_row_before", "no_time") for one in alone.problems)


def _switched(day: Workday, read: Line, row: Row) -> tuple[Change, ...]:
    """The rows that end where this one starts, because its people turned away from them."""
    if not read.switch:
        return ()
    people = set(row.staff)
    left = [
        one for one in day.rows
        if one.id != row.id and people & set(one.staff) and one.start < row.start
        and (one.end is None or one.end > row.start)
    ]  # fmt: skip
    return tuple(Change(one, replace(one, end=row.start)) for one in left)


def _said(problem: LineProblem) -> Said:
    fixes = tuple((fix.text, capital(says(fix.said))) for fix in problem.fixes)
    return Said(sentence(problem.cause), sentence(problem.remedy), fixes, problem.span)
