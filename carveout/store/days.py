"""Days as they stand: read into `Workday`s, and written row by row under the number of an entry of the record."""

from __future__ import annotations

import secrets
import string
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, RowMapping, Table, func, insert, select, update

from carveout.model import Trigger
from carveout.store import tables
from carveout.store.codec import stretches_of, stretches_text, texts_of, texts_text
from carveout.store.errors import StoreError
from carveout.store.places import Places
from carveout.store.records import DayHead, DayInfo, Fact, StoredDay, Value
from carveout.workday.record import Change, Person, Row, Workday

_LETTERS = string.ascii_lowercase + string.digits
_HEAD_FIELDS = ("date", "unit", "observer", "complete")


def new_key() -> str:
    """A name nobody can guess, safe in an address.

    >>> len(new_key())
    20
    """
    return "".join(secrets.choice(_LETTERS) for _ in range(20))


def moment() -> str:
    """Now, in UTC."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def infos(connection: Connection, site: str, *, removed: bool) -> tuple[DayInfo, ...]:
    """The days of a site by date, unit and observer."""
    day, row = tables.day.c, tables.day_row.c
    counts = (
        select(row.day, func.count().label("n"))
        .join(tables.day, day.key == row.day)
        .where(day.site == site, row.removed.is_(False))
        .group_by(row.day)
        .subquery()
    )
    query = (
        select(tables.day, func.coalesce(counts.c.n, 0).label("n_rows"))
        .outerjoin(counts, counts.c.day == day.key)
        .where(day.site == site, day.removed.is_(removed))
    )
    found = [
        DayInfo(
            key=line["key"], site=line["site"], date=line["date"], unit=line["unit"], observer=line["observer"],
            complete=line["complete"], n_rows=line["n_rows"], revision=line["revision"], removed=line["removed"],
        )
        for line in connection.execute(query).mappings()
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda info: (info.date, info.unit, info.observer, info.key)))


def head_of(connection: Connection, key: str, *, lock: bool = False) -> RowMapping:
    """The line of a day; `lock` makes other writers of the day wait. Raises StoreError where there is none."""
    query = select(tables.day).where(tables.day.c.key == key)
    found = connection.execute(query.with_for_update() if lock else query).mappings().first()
    if found is None:
        raise StoreError("no_day")
    return found


def stored(connection: Connection, head: RowMapping) -> StoredDay:
    """A day with its people and rows, in the order in which they were written."""
    row, person = tables.day_row.c, tables.day_person.c
    rows = select(tables.day_row).where(row.day == head["key"], row.removed.is_(False)).order_by(row.position, row.id)
    lines = connection.execute(rows).mappings().all()
    people = connection.execute(
        select(tables.day_person).where(person.day == head["key"], person.removed.is_(False)).order_by(person.position)
    ).mappings()
    workday = Workday(
        site=head["site"],
        date=head["date"],
        unit=head["unit"],
        observer=head["observer"],
        staff=tuple(person_of_line(line) for line in people),
        rows=tuple(row_of_line(line) for line in lines),
        complete=head["complete"],
    )
    versions = {line["id"]: line["version"] for line in lines}
    return StoredDay(head["key"], workday, versions, head["head_version"], head["revision"], head["removed"])


def person_of_line(line: tables.Line) -> Person:
    """A person from the columns of their line."""
    return Person(line["id"], line["role"], stretches_of(line["on_duty"]))


def row_of_line(line: tables.Line) -> Row:
    """A row from the columns of its line."""
    trigger = None if line["trigger"] is None else Trigger(line["trigger"])
    return Row(
        line["id"], line["start"], line["end"], line["task"], texts_of(line["staff"]), trigger, line["note"]
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands of a row or a fact: its value (None: taken away or never there) and who wrote it last."""

    value: Row | Value
    seq: int = 0


class OpenDay:
    """One day looked at row by row in a transaction. While its line is locked, nobody else writes to it."""

    def __init__(self, connection: Connection, key: str, *, lock: bool = True):
        self.connection, self.key = connection, key
        self.head = head_of(connection, key, lock=lock)
        self.people: int = self.head["people"]
        self.revision: int = self.head["revision"]
        self._rows: dict[str, RowMapping] = {}
        self._people: dict[str, RowMapping] = {}

    def look_up(self, rows: Iterable[str], people: Iterable[str] = ()) -> None:
        """Fetch what stands of these rows and persons, tombstones included."""
        for table, wanted, known in (
            (tables.day_row, list(rows), self._rows),
            (tables.day_person, list(people), self._people),
        ):
            for start in range(0, len(wanted), 500):
                query = select(table).where(table.c.day == self.key, table.c.id.in_(wanted[start : start + 500]))
                known.update({line["id"]: line for line in self.connection.execute(query).mappings()})

    def row(self, name: str) -> Standing:
        """What stands of a row that was looked up."""
        line = self._rows.get(name)
        if line is None:
            return Standing(None)
        return Standing(None if line["removed"] else row_of_line(line), line["seq"])

    def fact(self, fact: Fact) -> Standing:
        """What stands of a field of the head, or of a person that was looked up."""
        if fact.name != "person":
            value: Value = self.head[fact.name]
            return Standing(value, self.head["head_seq"])
        line = self._people.get(fact.person)
        if line is None:
            return Standing(None)
        return Standing(None if line["removed"] else person_of_line(line), line["seq"])

    def write(self, changes: Sequence[Change], facts: Sequence[Fact], seq: int, *, in_order: bool = False) -> None:
        """Make changes and facts stand, as entry `seq` of the record says, and count the day's revision up.

        in_order: new rows keep the order in which they come, else each goes where its time belongs.
        """
        self._write_rows(changes, seq, in_order)
        head: dict[str, object] = {fact.name: fact.after for fact in facts if fact.name in _HEAD_FIELDS}
        for fact in facts:
            if fact.name == "person":
                self._write_person(fact, seq)
        if facts:
            head["head_version"] = self.head["head_version"] + 1
        if head.keys() & set(_HEAD_FIELDS):
            head["head_seq"] = seq
        self.revision += 1
        head |= {"revision": self.revision, "people": self.people}
        self.connection.execute(update(tables.day).where(tables.day.c.key == self.key).values(**head))

    def _write_rows(self, changes: Sequence[Change], seq: int, in_order: bool) -> None:
        fresh: list[dict[str, object]] = []
        places = Places(self.connection, self.key) if any(change.before is None for change in changes) else None
        for change in changes:
            line = self._rows.get(change.row)
            values: dict[str, object] = {"seq": seq, "removed": change.after is None}
            if change.after is not None:
                values |= row_values(change.after)
            if line is not None:
                self._update(tables.day_row, change.row, values | {"version": line["version"] + 1})
            else:
                fresh.append(values | {"day": self.key, "id": change.row, "version": 1})
            if places is None:
                continue
            if change.after is None:
                places.take_away(change.row)
            elif line is not None:
                places.put(change.after, back=bool(line["removed"]))
            else:
                places.add(change.after, last=in_order)
        if fresh and places is not None:
            self.connection.execute(
                insert(tables.day_row), [one | {"position": places.at(str(one["id"]))} for one in fresh]
            )

    def _write_person(self, fact: Fact, seq: int) -> None:
        values: dict[str, object] = {"seq": seq, "removed": fact.after is None}
        if isinstance(fact.after, Person):
            values |= {"role": fact.after.role, "on_duty": stretches_text(fact.after.on)}
        if fact.person in self._people:
            self._update(tables.day_person, fact.person, values)
        elif isinstance(fact.after, Person):
            values |= {"day": self.key, "id": fact.person, "position": self.people}
            self.people += 1
            self.connection.execute(insert(tables.day_person).values(**values))

    def _update(self, table: Table, name: str, values: dict[str, object]) -> None:
        here = (table.c.day == self.key, table.c.id == name)
        self.connection.execute(update(table).where(*here).values(**values))


def row_values(row: Row) -> dict[str, object]:
    """A row's fields as its table holds them, without its id."""
    return {
        "start": row.start, "end": row.end, "task": row.task, "staff": texts_text(row.staff),
        "trigger": None if row.trigger is None else str(row.trigger), "note": row.note,
    }  # fmt: skip


def twin(connection: Connection, site: str, head: DayHead) -> str | None:
    """The key of a day of the same date, unit and observer, None where there is none."""
    day = tables.day.c
    same = (day.site == site, day.date == head.date, day.unit == head.unit, day.observer == head.observer)
    key: str | None = connection.execute(
        select(day.key).where(*same, day.removed.is_(False)).order_by(day.key).limit(1)
    ).scalar()
    return key


def create(connection: Connection, site: str, head: DayHead) -> OpenDay:
    """A new day without people and rows."""
    key = new_key()
    connection.execute(
        insert(tables.day).values(
            key=key, site=site, date=head.date, unit=head.unit, observer=head.observer, complete=head.complete,
            removed=False, revision=0, head_version=0, head_seq=0, people=0,
        )
    )  # fmt: skip
    return OpenDay(connection, key)
