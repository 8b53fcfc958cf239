"""Tables to columns, whatever file they come from: distinct values are read once, rows only as numbers.

CSV, Excel and Parquet readers give a `Table`: per heading the distinct raw values and each row's code. Here those few
values are parsed, wrong ones are traced back to their rows, and rows are grouped into day entries by (site, date, unit)
in the order in which these first appear; `row` counts inside an entry in the order of the input.

Several persons in one cell are separated by , ; 、 ， ； ・ or a line break, never by a space (an id such as 介護職 A
is one). Blank unit: `unit-1`, with a warning. Seconds are dropped.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time

import numpy as np
from numpy.typing import NDArray

from carveout.observations.clock import DAY, FIRST_DAY, LAST_DAY, cell_clock, cell_day, clock_text
from carveout.observations.limits import Limits
from carveout.observations.parts import Places, ints
from carveout.observations.problems import NO_GUESS, FileProblems, guess
from carveout.observations.text import CONTROL, tidy
from carveout.observations.words import HEADINGS, KINDS, TRIGGERS, TRUTH, all_words, find, listed
from carveout.timeline import Ints
from carveout.writing import unguarded

DEFAULT_UNIT = "unit-1"
_STAFF_SEPARATORS = re.compile(r"[,;、，；・\r\n]+")
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its distinct raw values: row i holds `values[codes[i]]`, -1 = an empty cell."""

    values: Sequence[object]
    codes: Ints


@dataclass(frozen=True, slots=True)
class Moments:
    """A typed column of times or dates: minutes of the day (None: dates only) and day numbers (None: times only)."""

    minutes: Ints | None
    days: Ints | None
    missing: Bools


@dataclass(frozen=True, slots=True)
class Table:
    """One table: `columns` by the contract's English heading, rows in the order of the file."""

    columns: Mapping[str, Column | Moments]
    n: int
    places: Places


@dataclass(frozen=True, slots=True)
class Words:
    """A parsed column of texts: distinct values and each row's code, -1 = none."""

    values: list[str]
    codes: Ints


class TableReader:
    """Parses the columns of one table; `good` is False for rows that a problem makes unusable."""

    def __init__(self, table: Table, problems: FileProblems, limits: Limits):
        self.table, self.problems, self.limits = table, problems, limits
        self.good: Bools = np.ones(table.n, dtype=np.bool_)
        self._dated: Bools = self.good  # rows whose date is one

    def report(self, code: str, rows: Ints | NDArray[np.intp], column: str, **values: object) -> None:
        """Note a problem at each of the rows; a value may be a function of the row."""
        room = self.problems.room(code)
        for row in rows[:room].tolist():
            line, place = self.table.places.at(row, column)
            filled = {name: value(row) if callable(value) else value for name, value in values.items()}
            self.problems.add(code, line=line, place=place, field=column, **filled)
        if len(rows) > room:
            self.problems.skip(code, len(rows) - room)

    def wrong(self, code: str, rows: NDArray[np.intp], column: str, **values: object) -> None:
        """Note an error at each of the rows and count them out."""
        if not len(rows):
            return
        self.good[rows] = False
        self.report(code, rows, column, **values)

    def texts(self, column: str, limit: int | None = None, required: bool = False) -> Words:
        """A column of texts, trimmed and composed; equal texts share a code."""
        source = self.table.columns.get(column)
        if source is None:
            return Words([], np.full(self.table.n, -1, dtype=np.int32))
        if isinstance(source, Moments):
            source = _as_column(source)
        limit = self.limits.id_chars if limit is None else limit
        vocabulary: dict[str, int] = {}
        recode = np.full(len(source.values) + 1, -1, dtype=np.int32)  # the last place serves code -1
        faults: dict[str, list[int]] = {}
        for index, value in enumerate(source.values):
            text = cell_text(value)
            if fault := _fault(text, limit):
                faults.setdefault(fault, []).append(index)
            elif text := unguarded(tidy(text)):  # an apostrophe keeps a spreadsheet from running it
                recode[index] = vocabulary.setdefault(text, len(vocabulary))
        for fault, indexes in faults.items():
            self._faulty(fault, column, source, indexes, limit)
        as_they_are = len(vocabulary) == len(source.values)
        words = Words(list(vocabulary), source.codes if as_they_are else recode[source.codes])
        if required:
            blank = words.codes < 0
            if faults:  # those have been named already
                blank &= self._clean(source, faults)
            self.wrong("blank", np.flatnonzero(blank), column)
        return words

    def _clean(self, source: Column, faults: Mapping[str, list[int]]) -> Bools:
        clean = np.ones(len(source.values) + 1, dtype=np.bool_)
        for indexes in faults.values():
            clean[indexes] = False
        return clean[source.codes]

    def _faulty(self, code: str, column: str, source: Column, indexes: Sequence[int], limit: int) -> None:
        self.wrong(
            code, self._rows_of(source, indexes), column,
            value=lambda row: cell_text(source.values[int(source.codes[row])])[:80], limit=limit,
        )  # fmt: skip

    def _rows_of(self, source: Column, indexes: Sequence[int]) -> NDArray[np.intp]:
        marked = np.zeros(len(source.values) + 1, dtype=np.bool_)
        marked[list(indexes)] = True
        return np.flatnonzero(marked[source.codes])

    def words(self, column: str, known: Mapping[str, tuple[str, ...]]) -> Words:
        """A column of the contract's words, as codes of `known`."""
        texts = self.texts(column)
        if not texts.values:
            return Words(list(known), texts.codes)
        found = [find(known, text) for text in texts.values]
        unknown = [index for index, code in enumerate(found) if code is None]
        if unknown:
            rows = self._rows_of(Column(texts.values, texts.codes), unknown)
            guesses = {index: guess(texts.values[index], all_words(known)) for index in unknown[:50]}
            self.wrong(
                "not_a_word", rows, column,
                value=lambda row: texts.values[texts.codes[row]],
                guess=lambda row: guesses.get(int(texts.codes[row]), NO_GUESS),
                allowed=listed(known),
            )  # fmt: skip
        codes = list(known)
        recode = ints([codes.index(code) if code is not None else -1 for code in found] + [-1])
        return Words(codes, recode[texts.codes])

    def kinds(self) -> Words:
        """Kinds of site."""
        return self.words("kind", KINDS)

    def triggers(self) -> NDArray[np.int8]:
        """Triggers as `timeline.TRIGGER_*` (0 = unknown, then the order of the contract)."""
        return (self.words("trigger", TRIGGERS).codes + 1).astype(np.int8)

    def next_days(self) -> Bools:
        """Rows marked as ending on the next day."""
        if "next_day" not in self.table.columns:
            return np.zeros(self.table.n, dtype=np.bool_)
        return np.asarray(self.words("next_day", TRUTH).codes == 0)

    def days(self) -> Ints:
        """Day numbers of the column `date` (0 where unusable)."""
        before, self.good = self.good, np.ones(self.table.n, dtype=np.bool_)
        days = self._day_numbers()
        self._dated, self.good = self.good, self.good & before
        return days

    def _day_numbers(self) -> Ints:
        source = self.table.columns["date"]
        if isinstance(source, Moments):
            if source.days is None:
                self.wrong("bad_date", np.flatnonzero(~source.missing), "date", value="—")
                return np.zeros(self.table.n, dtype=np.int32)
            self.wrong("blank", np.flatnonzero(source.missing), "date")
            days = np.where(source.missing, FIRST_DAY, source.days).astype(np.int32)
            far = np.flatnonzero((days < FIRST_DAY) | (days > LAST_DAY))
            self.wrong("bad_date", far, "date", value=lambda row: _day_text(int(days[row])))
            return days
        parsed = [cell_day(tidy(v) if isinstance(v, str) else v) if _short(v) else None for v in source.values]
        self._unparsed("bad_date", source, parsed, "date")
        days = ints([day or 0 for day in parsed] + [0])[source.codes]
        return days

    def _unparsed(self, code: str, source: Column, parsed: Sequence[object], column: str) -> None:
        """Errors for empty cells and for the values that could not be parsed."""
        blank = [i for i, value in enumerate(source.values) if isinstance(value, str) and not value.strip()]
        empty = np.zeros(len(source.values) + 1, dtype=np.bool_)
        empty[[*blank, -1]] = True
        self.wrong("blank", np.flatnonzero(empty[source.codes]), column)
        bad = [i for i, value in enumerate(parsed) if value is None and not empty[i]]
        if bad:
            rows = self._rows_of(source, bad)
            self.wrong(code, rows, column, value=lambda row: cell_text(source.values[int(source.codes[row])])[:80])

    def clocks(self, column: str, days: Ints) -> tuple[Ints, Bools]:
        """Minutes from the row's midnight, and whether the cell named its own date.

        A date of its own must be the row's day, for an end also the day after.
        """
        source = self.table.columns[column]
        if isinstance(source, Moments):
            minutes, own = self._typed_clocks(source, column)
        else:
            parsed = [cell_clock(tidy(v) if isinstance(v, str) else v) if _short(v) else None for v in source.values]
            self._unparsed("bad_clock", source, parsed, column)
            minutes = ints([clock[0] if clock else 0 for clock in parsed] + [0])[source.codes]
            dated = [clock[1] if clock else None for clock in parsed]
            if not any(day is not None for day in dated):
                return minutes, np.zeros(self.table.n, dtype=np.bool_)
            own = ints([-(10**6) if day is None else day for day in dated] + [-(10**6)])[source.codes]
        if own is None:
            return minutes, np.zeros(self.table.n, dtype=np.bool_)
        has_date = own > -(10**6)
        offset = np.where(has_date, own - days, 0)
        latest = 1 if column == "end" else 0
        strange = np.flatnonzero(((offset < 0) | (offset > latest)) & self.good & self._dated)
        self.wrong("date_mismatch", strange, column, value=lambda row: _day_text(int(own[row])))
        return (minutes + offset * DAY).astype(np.int32), has_date

    def _typed_clocks(self, source: Moments, column: str) -> tuple[Ints, Ints | None]:
        if source.minutes is None:
            self.wrong("bad_clock", np.flatnonzero(~source.missing), column, value="—")
            return np.zeros(self.table.n, dtype=np.int32), None
        self.wrong("blank", np.flatnonzero(source.missing), column)
        return source.minutes, source.days

    def spans(self, days: Ints) -> tuple[Ints, Ints]:
        """Start and end of every row in minutes; the end lies on the next day if the row or its own date says so.

        What is wrong with a row elsewhere does not hide what is wrong with its times.
        """
        before, self.good = self.good, np.ones(self.table.n, dtype=np.bool_)
        start, start_dated = self.clocks("start", days)
        end, dated = self.clocks("end", days)
        marked = self.next_days()
        sound = self.good & (self._dated | ~(start_dated | dated))
        early = end < start
        clocks = {
            "start": lambda row: clock_text(int(start[row]) % (DAY + 1)),
            "end": lambda row: clock_text(int(end[row]) % (DAY + 1)),
        }
        if marked.any():
            late = marked & ~early & ~dated & sound
            self.wrong("whole_day", np.flatnonzero(late), "end", **clocks)
            end = np.where(marked & early & ~dated, end + DAY, end).astype(np.int32)
            early = end < start
        self.wrong("end_before_start", np.flatnonzero(early & sound), "end", **clocks)
        if dated.any():
            too_long = (end - start >= DAY) & dated & sound & (end > DAY)
            self.wrong("date_mismatch", np.flatnonzero(too_long), "end", value=clocks["end"])
        self.good &= before
        return start, end

    def staff_sets(self, required: bool = False) -> tuple[list[tuple[str, ...]], Ints]:
        """Distinct sets of persons and each row's set; a blank cell is the empty set."""
        cells = self.texts("staff", limit=20 * self.limits.id_chars, required=required)
        sets: dict[tuple[str, ...], int] = {}
        recode = [sets.setdefault(split_staff(text), len(sets)) for text in cells.values]
        recode.append(sets.setdefault((), len(sets)))
        return list(sets), ints(recode)[cells.codes]


def split_staff(text: str, unique: bool = True) -> tuple[str, ...]:
    """The persons (or roles) of one cell; the same one twice counts once unless told otherwise.

    >>> split_staff("s1、s2; 介護職 A・s1")
    ('s1', 's2', '介護職 A')
    """
    if not _STAFF_SEPARATORS.search(text):
        return (text,)
    names = [name for part in _STAFF_SEPARATORS.split(text) if (name := part.strip())]
    return tuple(dict.fromkeys(names)) if unique else tuple(names)


def cell_text(value: object) -> str:
    """A cell as text: whole numbers without a fraction, dates and times as the contract writes them.

    >>> cell_text(1.0), cell_text(datetime(2026, 6, 1)), cell_text(True)
    ('1', '2026-06-01', 'TRUE')
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return str(value)


def recognised(heading: object) -> str | None:
    """The column a heading names, None if none.

    >>> recognised("開始 時刻"), recognised("Next Day"), recognised("重さ")
    ('start', 'next_day', None)
    """
    return find(HEADINGS, cell_text(heading)[:80])


def _as_column(moments: Moments) -> Column:
    """Typed dates or times read as texts (a unit that is a date, say)."""
    days = moments.days if moments.days is not None else np.zeros(len(moments.missing), np.int32)
    minutes = moments.minutes if moments.minutes is not None else np.zeros(len(moments.missing), np.int32)
    distinct, codes = np.unique(days.astype(np.int64) * DAY + minutes, return_inverse=True)
    texts = []
    for value in distinct.tolist():
        parts = [_day_text(value // DAY)] if moments.days is not None else []
        texts.append(" ".join([*parts, clock_text(value % DAY)] if moments.minutes is not None else parts))
    return Column(texts, np.where(moments.missing, -1, codes).astype(np.int32))


def _day_text(day: int) -> str:
    return str(np.datetime64(day, "D"))


def _fault(text: str, limit: int) -> str | None:
    if len(text) > limit:
        return "too_long"
    return "control_character" if CONTROL.search(text) else None


def _short(value: object) -> bool:
    return not isinstance(value, str) or len(value) <= 80
