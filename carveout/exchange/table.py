"""Any table with headings as rows: start with end or duration, times on the clock or counted from a start.

Also records image by image or at intervals: where nothing tells an end, a record lasts until the next one of the same
person, and a task that goes on from record to record is one row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby, pairwise

from carveout.exchange.cells import Columns, columns_of
from carveout.exchange.grid import Cells, Grid
from carveout.exchange.mapping import Mapping
from carveout.exchange.moments import DAY, MINUTE, SECOND, Time, day_of, number_of, slashed, time_of
from carveout.exchange.seen import Seen
from carveout.observations.problems import FileProblems
from carveout.observations.table import split_staff
from carveout.observations.text import folded
from carveout.observations.words import TRUTH, find

_LOOKED_AT = 200
_CLOCK_MARKS = (":", "時", "/", "T")
_HOUR = 60 * MINUTE
_SEPARATED = re.compile(r"[,;|、；\n]")


class Table:
    """One table of any program."""

    def __init__(self, grid: Grid, mapping: Mapping, problems: FileProblems, columns: Columns | None = None):
        self.grid, self.mapping, self.problems = grid, mapping, problems
        self.columns = columns or columns_of(grid, mapping, problems)
        self.order = mapping.date_order or self._order()
        self.times = mapping.times or self._times()
        self.ends = mapping.ends or ("given" if {"end", "duration"} & set(self.columns.of) else "next")
        self._unit = self._duration_unit()
        self._next_day = next((grid.at(one) for one in grid.headings if folded(one) in ("nextday", "翌日")), None)
        self._past_midnight = self._carried = 0
        self._above: int | None = None
        self._date = day_of(mapping.date) if mapping.date else None
        self._origin = time_of(mapping.origin) if mapping.origin else None

    @property
    def passed(self) -> tuple[str, ...]:
        """Headings that are understood without being a field."""
        return tuple(one for one in self.grid.headings if folded(one) in ("nextday", "翌日"))

    def missing(self) -> tuple[str, ...]:
        """Fields without which no row can be placed."""
        found = [name for name in ("start", "task") if name not in self.columns]
        if "start" in self.columns and not self._has_days():
            found.append("date")
        return tuple(found)

    def seen(self) -> list[Seen]:
        """The rows, in the order of the file; ends found by what follows where no column tells them."""
        rows = list(self._rows())
        if self.times != "clock" and self._origin is None and rows:
            self.problems.add("no_origin", field="origin")
        if self._carried:
            self.problems.add("date_above", n=self._carried, field=self.columns.of.get("date", "date"))
        if self._past_midnight:
            self.problems.add("past_midnight", n=self._past_midnight, field="end")
        if self.ends == "next":
            if rows and not self.mapping.ends:
                self.problems.add("until_next", field="end")
            return _until_next(rows, self.problems)
        return [row._replace(end=row.start) for row in rows] if self.ends == "point" else rows

    def _rows(self) -> Iterator[Seen]:
        columns = self.columns
        for index, row in enumerate(self.grid.rows):
            place = self.grid.place(index)
            start = self._start(row, place)
            if start is None:
                continue
            end: int | None = None
            if self.ends == "given":
                cell = columns.cell(row, "end")
                if cell is not None or "duration" not in columns:
                    end = self._end(row, start, cell)
                    if end is None and cell is not None:
                        self._bad(place, "end", cell)
                        continue
                elif (told := columns.cell(row, "duration")) is not None:
                    length = self._length(told)
                    if length is None:
                        self._bad(place, "duration", told)
                        continue
                    end = start + length
                if end is None:
                    task = self._task(row)
                    self.problems.add("no_end", line=place[0], place=place[1], field="end", task=task)
            who = columns.text(row, "staff")
            yield Seen(
                start, end, self._task(row), split_staff(who) if who else (), columns.text(row, "unit"),
                columns.text(row, "observer"), columns.trigger(row), self._said(row), place,
                site=columns.text(row, "site"), kind=columns.text(row, "kind"), role=columns.text(row, "role"),
            )  # fmt: skip

    def _task(self, row: Cells) -> str:
        return self.columns.text(row, "task")

    def _said(self, row: Cells) -> str:
        """What the note of a row says."""
        return self.columns.note(row)

    def _start(self, row: Cells, place: tuple[int | None, str]) -> int | None:
        cell = self.columns.cell(row, "start")
        if self.times != "clock":
            count = number_of(cell)
            day = self._day(row, None, place)
            if count is None or abs(count) > 40 * 86_400:
                self._bad(place, "start", cell)
                return None
            origin = self._origin.ms if self._origin else 0
            return None if day is None else day * DAY + origin + round(count * self._scale)
        moment = time_of(cell, self.order)
        if moment is None:
            self._bad(place, "start", cell)
            return None
        day = self._day(row, moment, place)
        return None if day is None else day * DAY + moment.ms

    def _day(self, row: Cells, moment: Time | None, place: tuple[int | None, str]) -> int | None:
        """The day of a row: the mapping's, the time's own, or that of the date column."""
        if self._date is not None:
            return self._date
        if moment is not None and moment.day is not None:
            return moment.day
        cell = self.columns.cell(row, "date")
        if cell is None and self._above is not None:  # merged cells, and dates written once for all rows below
            self._carried += 1
            return self._above
        day = self._above = day_of(cell, self.order)
        if day is None:
            heading = self.columns.of.get("date", "date")
            self.problems.add(
                "bad_day", line=place[0], place=place[1], field=heading, value="" if cell is None else cell
            )
        return day

    def _end(self, row: Cells, start: int, cell: object) -> int | None:
        if self.times != "clock":
            count = number_of(cell)
            began = number_of(self.columns.cell(row, "start"))
            return None if count is None or began is None else start + round((count - began) * self._scale)
        moment = time_of(cell, self.order)
        if moment is None:
            return None
        if moment.day is not None and self._date is None:
            return moment.day * DAY + moment.ms
        if moment.day is not None and (began_at := time_of(self.columns.cell(row, "start"), self.order)) is not None:
            shift = moment.day - (moment.day if began_at.day is None else began_at.day)
            return start // DAY * DAY + shift * DAY + moment.ms
        end = start // DAY * DAY + moment.ms
        if end < start:
            marked = self._next_day is not None and find(TRUTH, str(row[self._next_day] or "")) == "true"
            # A shift over midnight ends in the small hours; an end shortly before its start is a slip.
            if marked or (start - end > 12 * _HOUR):
                self._past_midnight += not marked
                end += DAY
        return end

    def _length(self, cell: object) -> int | None:
        """Milliseconds of a duration."""
        if (count := number_of(cell)) is not None and not isinstance(cell, str | int | float):
            return None
        if count is None or (self._unit == "clock" and not isinstance(cell, str)):
            told = time_of(cell)
            return None if told is None else told.ms
        scale = {"seconds": SECOND, "minutes": MINUTE, "hours": _HOUR}.get(self._unit, MINUTE)
        return round(count * scale) if 0 <= count * scale < 40 * DAY else None

    def _bad(self, place: tuple[int | None, str], field: str, value: object) -> None:
        told = "" if value is None else value
        self.problems.add(
            "bad_time", line=place[0], place=place[1], field=self.columns.of.get(field, field), value=told
        )

    @property
    def _scale(self) -> int:
        return MINUTE if self.times == "minutes" else SECOND

    def _sample(self, field: str) -> list[object]:
        cells = (self.columns.cell(row, field) for row in self.grid.rows[:_LOOKED_AT])
        return [cell for cell in cells if cell is not None]

    def _times(self) -> str:
        """Whether starts are clock times, or numbers counted from the start of the observation."""
        cells = self._sample("start")
        texts = [cell for cell in cells if isinstance(cell, str)]
        if any(mark in text for text in texts for mark in _CLOCK_MARKS):
            return "clock"
        numbers = [number for cell in cells if (number := number_of(cell)) is not None]
        if not numbers or len(numbers) < len(cells) / 2:
            return "clock"
        if not texts and all(0 <= number <= 1 or 20_000 <= number < 110_000 for number in numbers):
            return "clock"  # a spreadsheet's times without their format
        heading = folded(self.columns.of.get("start", ""))
        return "minutes" if "min" in heading or "分" in heading else "seconds"

    def _duration_unit(self) -> str:
        heading = folded(self.columns.of.get("duration", ""))
        cells = self._sample("duration")
        if not cells:
            return ""
        if any(number_of(cell) is None for cell in cells):
            return "clock"
        for unit, words in (("seconds", ("(s)", "sec", "秒")), ("minutes", ("min", "分")), ("hours", ("hour", "(h)"))):
            if any(word in heading for word in words):
                return unit
        if not any(isinstance(cell, str) for cell in cells) and all(0 <= (number_of(cell) or 0) < 1 for cell in cells):
            return "clock"
        if "end" not in self.columns:
            self.problems.add("unit_guess", field=self.columns.of["duration"])
        return "minutes"

    def _order(self) -> str:
        """Which of day and month comes first where the year comes last, as the table's own dates show it."""
        cells = [*self._all("date"), *self._all("start")]
        pairs = {pair for cell in cells if (pair := slashed(cell)) is not None}
        if not pairs:
            return "dmy"
        if any(second > 12 for _, second in pairs):
            return "mdy"
        if all(first <= 12 for first, _ in pairs):
            self.problems.add("date_order", field=self.columns.of.get("date", "date"), order="day/month/year")
        return "dmy"

    def _all(self, field: str) -> Iterator[object]:
        if field in self.columns:
            yield from (self.columns.cell(row, field) for row in self.grid.rows)

    def _has_days(self) -> bool:
        if self._date is not None or "date" in self.columns:
            return True
        return any((told := time_of(cell, self.order)) and told.day is not None for cell in self._sample("start"))


def _until_next(rows: list[Seen], problems: FileProblems) -> list[Seen]:
    """Each record lasts until the next one of the same person on the same day; a task that goes on is one row.

    Several labels in one record (``eating, indoors``) are tasks done at once. After a pause (see `_pause`) nobody
    recorded: a row does not last beyond its last record.
    """
    found: list[Seen] = []
    longest, pauses = _pause(rows), 0
    people: dict[tuple[object, ...], list[Seen]] = {}
    for row in rows:
        people.setdefault((row.start // DAY, row.unit, row.observer, row.staff), []).append(row)
    for records in people.values():
        records.sort(key=lambda one: one.start)
        going: dict[tuple[str, str], int] = {}
        before = records[0].start
        for moment, group in groupby(records, key=lambda one: one.start):
            if moment - before > longest:
                pauses += 1
                going = {}
            before = moment
            for at in going.values():
                found[at] = found[at]._replace(end=moment)
            now = {(task, one.note): one for one in group for task in _labels(one.task)}
            going = {key: at for key, at in going.items() if key in now}
            for key, one in now.items():
                if key not in going:
                    going[key] = len(found)
                    found.append(one._replace(task=key[0], end=moment))
    if len(found) < len(rows):
        problems.add("joined", n=len(rows), rows=len(found))
    if pauses:
        problems.add("pauses", n=pauses, minutes=longest // MINUTE)
    return found


def _labels(task: str) -> list[str]:
    """The labels of one record, at least one (which may be blank)."""
    return [part for one in _SEPARATED.split(task) if (part := one.strip())] or [task]


def _pause(rows: list[Seen]) -> int:
    """How long a gap between two records may be: ten times the usual one, at least a quarter of an hour."""
    gaps = sorted(
        later.start - one.start
        for one, later in pairwise(sorted(rows, key=lambda one: one.start))
        if later.start - one.start < DAY / 2
    )
    return max(10 * gaps[len(gaps) // 2] if gaps else 0, 15 * MINUTE)
