"""Where a row stands among a day's rows: behind all that start no later, as `carveout.workday.edits.changed` has it."""

from __future__ import annotations

from sqlalchemy import Connection, select, update

from carveout.store import tables
from carveout.workday.record import Row

_Order = tuple[int, int, str]
_STILL_GOING = 1 << 20


class Places:
    """The places of a day's rows as numbers with room in between; new ones are given as changes are gone through.

    A row that is changed keeps its place, and one that is taken away keeps it too, so that it can come back to it.
    """

    def __init__(self, connection: Connection, day: str):
        self._connection, self._day = connection, day
        row = tables.day_row.c
        query = select(row.id, row.position, row.start, row.end, row.removed).where(row.day == day)
        self._at: dict[str, float] = {}
        self._order: dict[str, _Order] = {}
        self._standing: list[str] = []  # rows that stand, in their order
        for name, position, start, end, removed in connection.execute(query.order_by(row.position, row.id)):
            self._at[name] = position
            self._order[name] = (start, _STILL_GOING if end is None else end, name)
            if not removed:
                self._standing.append(name)
        self._latest = max(self._at.values(), default=0.0)

    def add(self, row: Row, *, last: bool = False) -> None:
        """Give a new row its place: where its time belongs, or behind all there are."""
        self._order[row.id] = _order(row)
        index = len(self._standing) if last else self._index(self._order[row.id])
        self._at[row.id] = self._between(index)
        self._standing.insert(index, row.id)

    def put(self, row: Row, *, back: bool = False) -> None:
        """Note a row's new time; `back`: it had been taken away and stands again."""
        self._order[row.id] = _order(row)
        if back:
            place = (self._at[row.id], row.id)
            index = sum((self._at[name], name) < place for name in self._standing)
            self._standing.insert(index, row.id)

    def take_away(self, row: str) -> None:
        """Note that a row stands no longer."""
        self._standing.remove(row)

    def at(self, row: str) -> float:
        """The place of a row."""
        return self._at[row]

    def _index(self, mine: _Order) -> int:
        for index in range(len(self._standing), 0, -1):
            if self._order[self._standing[index - 1]] <= mine:
                return index
        return 0

    def _between(self, index: int) -> float:
        """A number between those of two neighbours."""
        if index == len(self._standing):
            self._latest = float(int(self._latest) + 1)
            return self._latest
        high = self._at[self._standing[index]]
        low = self._at[self._standing[index - 1]] if index else high - 2.0
        place = (low + high) / 2
        if low < place < high:
            return place
        self._renumber()
        return self._between(index)

    def _renumber(self) -> None:
        """Make room between all places again."""
        row = tables.day_row.c
        for number, name in enumerate(sorted(self._at, key=lambda name: (self._at[name], name)), 1):
            self._at[name] = float(number)
            query = update(tables.day_row).where(row.day == self._day, row.id == name)
            self._connection.execute(query.values(position=float(number)))
        self._latest = float(len(self._at))


def _order(row: Row) -> _Order:
    return row.start, _STILL_GOING if row.end is None else row.end, row.id
