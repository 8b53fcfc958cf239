"""The server's side of the outbox: entries from a browser become edits of the store, each answered by its own id.

The browser sends `{"turn": ..., "entries": [{"id", "kind", ...}, ...]}` (see `outbox.js`), as often as it likes: the id
of an entry is the id of its edit, and the store saves an id once. What it sends is not trusted: everything is checked
for its type and length before it becomes a `Row`, and an entry that cannot be used is held with its reason, never lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from carveout.app.wording import language, says, t
from carveout.language import Text
from carveout.model import Trigger
from carveout.store import By, Edit, Saved, Store, StoredDay, StoreError
from carveout.workday import Change, Row, Workday

MAX_ENTRIES = 200  # of one sending; the browser sends forty
MAX_TEXT = 20_000  # characters of a task, a note, a line: far above what anybody types, far below what hurts
MAX_STAFF = 200
LAST_MINUTE = 2 * 24 * 60  # a row may pass midnight
_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")

State = Literal["saved", "held", "behind", "later"]
Json = Mapping[str, object]


def sentence(text: Text) -> str:
    """A cause or a remedy in the reader's language as a sentence of its own: with its full stop and its capital."""
    said = capital(says(text).strip())
    if not said or said[-1] in "。．.!?！？":
        return said
    return said + ("。" if language() == "ja" else ".")


def capital(said: str) -> str:
    """A wording that stands alone begins with a capital, unless it begins with an id.

    >>> capital("end it at 12:00"), capital("s1 is unknown")
    ('End it at 12:00', 's1 is unknown')
    """
    first = said.split()[0] if said else ""
    return said[0].upper() + said[1:] if first.isascii() and first.isalpha() else said


@dataclass(frozen=True, slots=True)
class Said:
    """A problem in the reader's language: what is wrong, what to do; fixes: texts to take instead, and names."""

    cause: str
    remedy: str = ""
    fixes: tuple[tuple[str, str], ...] = ()
    span: tuple[int, int] | None = None


class Held(Exception):  # noqa: N818 - not an error of the program: the way an entry says that it has to wait
    """An entry that cannot be kept as it is; `state` says whether somebody has to mend it or it follows another."""

    def __init__(self, *problems: Said, state: State = "held", sure: bool = False) -> None:
        super().__init__(*(problem.cause for problem in problems))
        self.problems = problems
        self.state: State = state
        self.sure = sure  # its writer may say "yes, as it is": the entry comes again with `sure`

    @classmethod
    def of(cls, cause: Text, remedy: Text) -> Held:
        """Held for a reason given in two languages."""
        return cls(Said(sentence(cause), sentence(remedy)))


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the outbox: its id, its kind, and its fields as they came (unchecked)."""

    id: str
    kind: str
    fields: Json

    def text(self, name: str, limit: int = MAX_TEXT) -> str:
        """A text field; absent is empty. Raises Held where it is none or too long."""
        return text_of(self.fields.get(name), limit)

    def minute(self, name: str) -> int | None:
        """A time in minutes from the day's midnight, None where absent. Raises Held where it is none."""
        return minute_of(self.fields.get(name))

    def flag(self, name: str) -> bool:
        """Whether a field is true."""
        return self.fields.get(name) is True

    def rows(self, name: str) -> tuple[Row, ...]:
        """A list or an object of rows. Raises Held where there is something else."""
        value = self.fields.get(name) or ()
        items = value.values() if isinstance(value, Mapping) else value
        if not isinstance(items, Sequence | type({}.values())) or isinstance(items, str):
            raise _unreadable()
        return tuple(row_of(item) for item in items if item is not None)


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one entry: see `outbox.js`. touched: rows it was about; sure: one may insist on a held entry."""

    id: str
    state: State
    problems: tuple[Said, ...] = ()
    touched: tuple[str, ...] = ()
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """An edit, and what to ask about it although it is saved."""

    edit: Edit
    problems: tuple[Said, ...] = ()


def _open(day: StoredDay) -> str:  # noqa: ARG001 - the interface
    return ""


@dataclass(frozen=True, slots=True)
class Step:
    """An undo or a redo instead of an edit; it is saved once by its entry's id, as edits are."""

    kind: Literal["undo", "redo"]


Maker = Callable[[Workday, Entry], Edit | Made | Step]  # raises Held; kind -> maker is what a page brings along


def take(
    store: Store,
    key: str,
    sent: object,
    by: By,
    makers: Mapping[str, Maker],
    closed: Callable[[StoredDay], str] = _open,
) -> dict[str, object]:
    """Save what a browser has sent, entry by entry in its order, and give the answer to put into `data["answer"]`.

    sent: the trigger's value as it came. makers: how each kind of entry becomes an edit of the day as it stands then;
    "put" (plain changes of rows), "undo" and "redo" need none. closed: why nothing may be written to the day, "" where
    one may. Never raises for anything sent or refused by the store.
    """
    entries = _entries(sent)
    answers: list[Answer] = []
    standing: dict[str, Row] = {}
    try:
        stored = store.day(key)
        if why := closed(stored):
            return refuse(sent, Said(why))
        day = stored.workday
        loose: set[object] = set()  # rows that were to come of entries not kept: who follows one of them is told so
        for entry in entries:
            after, name = entry.fields.get("after"), entry.fields.get("row")
            if isinstance(after, str) and after in loose:
                entry = replace(entry, fields={**entry.fields, "loose": True})
            answer, day = _saved(store, key, entry, day, by, {**_OWN, **makers})
            answers.append(answer)
            if answer.state != "saved" and isinstance(name, str):
                loose.add(name)
        standing = {row.id: row for row in day.rows}
    except StoreError as error:  # of a kind that passes, or the whole day cannot be reached: all that is left waits
        answers += [Answer(entry.id, _kind(error), (_of(error),)) for entry in entries[len(answers) :]]
    return _answer(sent, answers, standing)


def refuse(sent: object, why: Said | StoreError) -> dict[str, object]:
    """The answer to what may not be written just now: it is held, or waits where the store does not answer."""
    state, said = (_kind(why), _of(why)) if isinstance(why, StoreError) else ("held", why)
    return _answer(sent, [Answer(entry.id, state, (said,)) for entry in _entries(sent)], {})


def _entries(sent: object) -> list[Entry]:
    listed = sent.get("entries") if isinstance(sent, Mapping) else None
    return [entry for one in (listed if isinstance(listed, list) else [])[:MAX_ENTRIES] if (entry := _entry(one))]


def _answer(sent: object, answers: Sequence[Answer], standing: Mapping[str, Row]) -> dict[str, object]:
    turn = sent.get("turn") if isinstance(sent, Mapping) else None
    return {
        "turn": turn if isinstance(turn, str) else "",
        "states": {answer.id: _json(answer, standing) for answer in answers},
    }


def _kind(error: StoreError) -> State:
    return "later" if error.retry else "held"


def put(day: Workday, entry: Entry) -> Edit:  # noqa: ARG001 - the interface of makers
    """Plain changes of rows, as the browser saw and wants them. Raises Held where they are none."""
    listed = entry.fields.get("changes")
    if not isinstance(listed, list) or not listed:
        raise _unreadable()
    changes = []
    for one in listed:
        if not isinstance(one, Mapping):
            raise _unreadable()
        before, after = (None if one.get(side) is None else row_of(one.get(side)) for side in ("before", "after"))
        if (before or after) is None or (before and after and before.id != after.id):
            raise _unreadable()
        changes.append(Change(before, after))
    return Edit(entry.id, entry.text("what", 200) or "put", tuple(changes), None, entry.text("why"))


def row_json(row: Row) -> dict[str, object]:
    """A row as the browser holds it."""
    return {
        "id": row.id,
        "start": row.start,
        "end": row.end,
        "task": row.task,
        "staff": list(row.staff),
        "trigger": None if row.trigger is None else row.trigger.value,
        "note": row.note,
    }


def row_of(value: object) -> Row:
    """A row as it came from the browser. Raises Held where it is none."""
    if not isinstance(value, Mapping):
        raise _unreadable()
    staff, trigger = value.get("staff") or [], value.get("trigger")
    start = minute_of(value.get("start"))
    name = value.get("id")
    if start is None or not isinstance(staff, list) or not isinstance(name, str) or not _ID.fullmatch(name):
        raise _unreadable()
    if len(staff) > MAX_STAFF or (trigger is not None and trigger not in {one.value for one in Trigger}):
        raise _unreadable()
    people = tuple(dict.fromkeys(text for one in staff if (text := text_of(one, 200).strip())))
    return Row(
        name, start, minute_of(value.get("end")), text_of(value.get("task")), people,
        None if trigger is None else Trigger(trigger), text_of(value.get("note")),
    )  # fmt: skip


def text_of(value: object, limit: int = MAX_TEXT) -> str:
    """A text from the browser without signs that no file can hold. Raises Held where it is none or too long."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _unreadable()
    if len(value) > limit:
        raise Held(Said(t("saving.too_long", n=len(value), limit=limit), t("saving.too_long_remedy")))
    whole = value.encode("utf-8", "replace").decode()  # half a surrogate pair fits no database
    return "".join(sign for sign in whole if sign >= " " or sign in "\t\n").replace("\x7f", "")


def minute_of(value: object) -> int | None:
    """Minutes from the day's midnight. Raises Held where it is no such number."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LAST_MINUTE:
        raise _unreadable()
    return value


def with_changes(day: Workday, changes: Sequence[Change]) -> Workday:
    """The day with every change's row as it shall be, whatever stood there: a guess for reading what comes next."""
    rows = {row.id: row for row in day.rows}
    for change in changes:
        if change.after is None:
            rows.pop(change.row, None)
        else:
            rows[change.row] = change.after
    return replace(day, rows=tuple(rows.values()))


def _saved(
    store: Store, key: str, entry: Entry, day: Workday, by: By, makers: Mapping[str, Maker]
) -> tuple[Answer, Workday]:
    """One entry's answer and the day after it. Raises StoreError where trying again may help."""
    maker = makers.get(entry.kind)
    try:
        if maker is None:
            raise _unreadable()
        made = maker(day, entry)
        if isinstance(made, Step):
            return _stepped(store, key, entry, made, by)
        edit, asked = (made.edit, made.problems) if isinstance(made, Made) else (made, ())
        saved: Saved = store.save(key, edit, by)
    except Held as held:
        return Answer(entry.id, held.state, held.problems, sure=held.sure), day
    except StoreError as error:
        if error.retry:
            raise
        return Answer(entry.id, "held", (_of(error),)), day
    other = saved.clashes or saved.repeated  # then something else stands than what this edit says
    after = store.day(key).workday if other else with_changes(day, edit.changes)
    return Answer(entry.id, "saved", asked, tuple(change.row for change in edit.changes)), after


def _stepped(store: Store, key: str, entry: Entry, step: Step, by: By) -> tuple[Answer, Workday]:
    """An undo or redo: every row may be another afterwards; what could not be taken back is told."""
    before = {row.id: row for row in store.day(key).workday.rows}
    saved = (store.undo if step.kind == "undo" else store.redo)(key, by, entry.id)
    day = store.day(key).workday
    after = {row.id: row for row in day.rows}
    touched = tuple(name for name in before | after if before.get(name) != after.get(name))
    told = (Said(t("saving.step_refused"), t("saving.step_refused_remedy")),) if saved.clashes else ()
    return Answer(entry.id, "saved", told, touched), day


def _entry(value: object) -> Entry | None:
    """An entry as it came; None where it has no id one could answer to."""
    if not isinstance(value, Mapping):
        return None
    name, kind = value.get("id"), value.get("kind")
    if not isinstance(name, str) or not _ID.fullmatch(name):
        return None
    return Entry(name, kind if isinstance(kind, str) else "", value)


def _json(answer: Answer, standing: Mapping[str, Row]) -> dict[str, object]:
    return {
        "state": answer.state,
        "problems": [
            {
                "cause": one.cause,
                "remedy": one.remedy,
                "fixes": [{"text": text, "said": said} for text, said in one.fixes],
                "span": one.span,
            }
            for one in answer.problems
        ],
        "sure": answer.sure,
        "rows": {name: row_json(standing[name]) if name in standing else None for name in answer.touched},
    }


def _of(error: StoreError) -> Said:
    return Said(sentence(error.cause), sentence(error.remedy))


def _unreadable() -> Held:
    return Held(Said(t("saving.unreadable"), t("saving.unreadable_remedy")))


_OWN: Mapping[str, Maker] = {
    "put": put,
    "undo": lambda _day, _entry: Step("undo"),
    "redo": lambda _day, _entry: Step("redo"),
}
