"""How what the live screen sends becomes edits of the day: taps, taps taken back, and people added."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import get_args

from carveout.app.capture.taps import Kind, Tap, meaning
from carveout.app.daybook import saving
from carveout.app.daybook.saving import Entry, Held, Maker, Said, Step
from carveout.app.wording import t
from carveout.model import Trigger
from carveout.store import By, DayHead, Edit, HeadChange, Store
from carveout.workday import Person, Workday

_KINDS: tuple[Kind, ...] = get_args(Kind)
_RECENT = 40  # entries of the record among which a tap to be taken back is looked for
_ROW = 64


def makers(store: Store, key: str, by: By) -> Mapping[str, Maker]:
    """Maker of every kind of entry that the live screen sends (see `saving.take`)."""
    return {kind: partial(_tapped, store, key) for kind in _KINDS} | {
        "undo": partial(_taken_back, store, key, by),
        "person": partial(_joined, store, key),
    }


def tap_of(entry: Entry) -> Tap:
    """A tap as it came from the browser. Raises Held where it is none."""
    kind = next((one for one in _KINDS if one == entry.kind), None)
    at, to = entry.minute("at"), entry.minute("to")
    staff = entry.fields.get("staff") or []
    trigger = next((one for one in Trigger if one == entry.fields.get("trigger")), None)
    if kind is None or at is None or not isinstance(staff, list) or len(staff) > saving.MAX_STAFF:
        raise _unreadable()
    tap = Tap(
        entry.id, kind, at,
        tuple(dict.fromkeys(name for one in staff if (name := saving.text_of(one, 200)))),
        entry.text("task", 200), entry.text("row", _ROW), entry.flag("parallel"), trigger, entry.text("note"),
        entry.text("late", 200), to or 0, "end" if entry.fields.get("edge") == "end" else "start",
    )  # fmt: skip
    if kind == "start" and not (tap.staff and tap.task.strip() and tap.row):
        raise _unreadable()
    if kind == "move" and to is None:
        raise _unreadable()
    return tap


def _tapped(store: Store, key: str, _day: Workday, entry: Entry) -> Edit:
    """A tap on the day as it stands now. One that can do nothing is an edit of nothing, except a note: it is held."""
    tap = tap_of(entry)
    # Read afresh: of an entry sent twice the first answer stands, which a guess from its changes would not show.
    meant = meaning(store.day(key).workday.rows, tap)
    if meant.refused and tap.kind == "note":
        raise Held(Said(t("live.note_lost", note=tap.note), t("live.note_lost_remedy")))
    return Edit(entry.id, t(f"live.did_{tap.kind}"), meant.changes)


def _taken_back(store: Store, key: str, by: By, day: Workday, entry: Entry) -> Edit | Step:
    """A tap taken back: the store's own undo where it is this person's latest step, else the reverse changes."""
    edit = saving.put(day, entry)
    mine = (one for one in store.history(key, _RECENT) if one.who == by.who and one.kind == "edit" and not one.undone)
    latest = next(mine, None)
    if latest is not None and {change.inverse for change in latest.changes} == set(edit.changes):
        return Step("undo")
    return replace(edit, what=t("live.did_undo"))


def _joined(store: Store, key: str, _day: Workday, entry: Entry) -> Edit:
    """One more person on the day; who is there already stays as they are."""
    told = entry.fields.get("person")
    whole = Entry(entry.id, "person", told if isinstance(told, Mapping) else {})
    person = Person(whole.text("id", 100).strip(), whole.text("role", 100).strip())
    if not person.id:
        raise _unreadable()
    head = DayHead.of(store.day(key).workday)
    known = any(one.id == person.id for one in head.staff)
    after = head if known else replace(head, staff=(*head.staff, person))
    return Edit(entry.id, t("live.did_person"), (), HeadChange(head, after))


def _unreadable() -> Held:
    return Held(Said(t("saving.unreadable"), t("saving.unreadable_remedy")))
