"""What the day sheet's entries mean: a typed line, an operation on rows. Each becomes an edit of the day as it stands.

An operation comes with the rows as its writer saw them (`seen`). It is worked out on these, so that whatever somebody
else has changed since is a clash, which the store keeps with both versions, and never silently overwritten.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from carveout.app.daybook import saving
from carveout.app.daybook.saving import Entry, Held, Said, with_changes
from carveout.app.wording import t
from carveout.store import Edit
from carveout.workday import Change, Row, Workday, edits
from carveout.workday.names import name_in, name_like
from carveout.workday.vocabulary import Vocabulary

Operation = Callable[[Workday, tuple[str, ...], Entry], edits.Changes]


def put(day: Workday, entry: Entry) -> Edit:
    """The maker of rows written in place, where a name is questioned before it is kept anywhere."""
    edit = saving.put(day, entry)
    listed = {person.id for person in day.staff}
    names: dict[str, None] = {}
    for change in edit.changes:
        if change.after is None:
            continue
        before = change.before or Row("", 0, None, "")
        names |= {one: None for one in change.after.staff if one not in {*listed, *before.staff} and name_like(one)}
        if change.after.note != before.note and (found := name_in(change.after.note)) is not None:
            names[found] = None
    if names and not entry.flag("sure"):
        raise Held(*(Said(t("typed.name", name=one), t("typed.name_remedy")) for one in names), sure=True)
    return edit


def do(vocabulary: Vocabulary) -> Callable[[Workday, Entry], Edit]:
    """The maker of operations: split, merge, fill, boundary, shift, remove."""

    def make(day: Workday, entry: Entry) -> Edit:
        seen = entry.rows("seen")
        name = entry.text("op", 20)
        operation = _OPERATIONS.get(name)
        if operation is None or not seen:
            raise Held(Said(t("saving.unreadable"), t("saving.unreadable_remedy")))
        as_seen = with_changes(day, tuple(Change(row, row) for row in seen))
        try:
            changes = operation(as_seen, tuple(row.id for row in seen), entry)
        except edits.EditError as error:
            raise Held.of(error.cause, error.remedy) from error
        return Edit(entry.id, name, tuple(_resolved(change, vocabulary) for change in changes))

    return make


def _resolved(change: Change, vocabulary: Vocabulary) -> Change:
    """A new row's task as its code, where the typed text has one."""
    if change.before is not None or change.after is None:
        return change
    return Change(None, replace(change.after, task=vocabulary.resolve(change.after.task) or change.after.task))


def _split(day: Workday, rows: tuple[str, ...], entry: Entry) -> edits.Changes:
    return edits.split(day, rows[0], _minute(entry, "at"), id_=_fresh(entry))


def _merge(day: Workday, rows: tuple[str, ...], entry: Entry) -> edits.Changes:  # noqa: ARG001 - the interface
    return edits.merge(day, rows)


def _fill(day: Workday, rows: tuple[str, ...], entry: Entry) -> edits.Changes:  # noqa: ARG001 - the interface
    gap = entry.fields.get("gap")
    whole = Entry(entry.id, "gap", gap if isinstance(gap, Mapping) else {})
    stretch = edits.Gap(whole.text("staff", 200), _minute(whole, "start"), _minute(whole, "end"))
    return edits.fill(day, stretch, entry.text("task"), id_=_fresh(entry))


def _boundary(day: Workday, rows: tuple[str, ...], entry: Entry) -> edits.Changes:
    edge: edits.Edge = "start" if entry.text("edge", 10) == "start" else "end"
    return edits.move_boundary(day, rows[0], edge, _minute(entry, "to"), follow=entry.flag("follow"))


def _shift(day: Workday, rows: tuple[str, ...], entry: Entry) -> edits.Changes:
    minutes = entry.fields.get("minutes")
    if isinstance(minutes, bool) or not isinstance(minutes, int):
        raise Held(Said(t("saving.unreadable"), t("saving.unreadable_remedy")))
    return edits.shift(day, rows, minutes)


def _remove(day: Workday, rows: tuple[str, ...], entry: Entry) -> edits.Changes:  # noqa: ARG001 - the interface
    return edits.remove(day, *rows)


_OPERATIONS: Mapping[str, Operation] = {
    "split": _split,
    "merge": _merge,
    "fill": _fill,
    "boundary": _boundary,
    "shift": _shift,
    "remove": _remove,
}


def _minute(entry: Entry, name: str) -> int:
    minute = entry.minute(name)
    if minute is None:
        raise Held(Said(t("saving.unreadable"), t("saving.unreadable_remedy")))
    return minute


def _fresh(entry: Entry) -> str:
    """The id the browser has given to a row that comes into being; from the entry's own where it gave none."""
    return Row(entry.text("fresh", 64) or f"{entry.id}.new"[:64], 0, None, "").id
