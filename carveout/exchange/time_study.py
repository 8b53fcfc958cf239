"""Reads time-study sheets: for each person, day and hour the minutes of each class of work.

Such a sheet knows no clock times. The minutes of an hour are placed one after another within it, and each row's note
says so; their sums are what the sheet tells.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from carveout.catalogue import catalogue
from carveout.exchange.care_classes import CODES, class_named, is_hour, is_not_recorded, item_named
from carveout.exchange.cells import Columns, columns_of
from carveout.exchange.grid import Cells, Grid
from carveout.exchange.mapping import Mapping
from carveout.exchange.moments import DAY, MINUTE, day_of, number_of, time_of
from carveout.exchange.seen import Seen
from carveout.observations.problems import FileProblems

NOTE = "時間帯の合計から（時刻は仮） / from hourly sums, clock time provisional"
_FIELDS = ("date", "staff", "role", "unit", "observer", "site", "kind", "note")
_HOUR = re.compile(r"(\d{1,2})\s*(?::\d{2}|時台?(?:\d{1,2}分)?)?\s*(?:[-~〜–—―]\s*(\d{1,2})\s*(?::\d{2}|時)?)?")
_LAST_HOUR = 47
_EVENING, _MORNING = 22, 10  # hours that follow one another only over midnight


def is_time_study(grid: Grid) -> bool:
    """Whether headings are those of minutes by class and hour."""
    classes = {name for heading in grid.headings if (name := class_named(heading) or item_named(heading))}
    return len(classes) >= 2 and any(is_hour(heading) for heading in grid.headings)


def hour_of(cell: object) -> int | None:
    """The hour a cell names.

    >>> hour_of("7時台"), hour_of("07:00-08:00"), hour_of(24), hour_of("朝")
    (7, 7, 24, None)
    """
    text = unicodedata.normalize("NFKC", str(cell)).strip() if cell is not None else ""
    found = _HOUR.fullmatch(text) if len(text) < 30 else None
    if found:
        hour = int(found[1])
    else:
        moment = time_of(cell)
        if moment is None:
            return None
        hour = moment.ms // (60 * MINUTE)
    return hour if 0 <= hour <= _LAST_HOUR else None


class TimeStudy:
    """One sheet."""

    def __init__(self, grid: Grid, mapping: Mapping, problems: FileProblems):
        self.grid, self.mapping, self.problems = grid, mapping, problems
        self.columns: Columns = columns_of(grid, mapping, problems, _FIELDS)
        self._hour = next((at for at, heading in enumerate(grid.headings) if is_hour(heading)), None)
        taken = set(self.columns.of.values())
        self.classes: set[str] = set()
        self.items: set[str] = set()
        self._latest: dict[tuple[str, ...], int] = {}
        self._late = 0
        self._minutes: list[tuple[int, str, str]] = []  # column, heading, code ("" = ask by its heading)
        for at, heading in enumerate(grid.headings):
            named = class_named(heading)
            if named and heading not in taken:
                self.classes.add(named)
                self._minutes.append((at, heading, CODES[named]))
            elif (item := item_named(heading)) and heading not in taken and heading not in mapping.tasks:
                self.items.add(item)
                self._minutes.append((at, heading, item))
            elif heading and heading not in taken and (heading in mapping.tasks or catalogue().resolve(heading)):
                self._minutes.append((at, heading, ""))
        self._date = day_of(mapping.date) if mapping.date else None

    @property
    def passed(self) -> tuple[str, ...]:
        """Headings that are understood without being a field."""
        hours = [heading for heading in self.grid.headings if is_hour(heading) or is_not_recorded(heading)]
        return (*hours, *(heading for _, heading, _ in self._minutes))

    def missing(self) -> tuple[str, ...]:
        """Fields without which nothing can be placed."""
        return () if self._date is not None or "date" in self.columns else ("date",)

    def seen(self) -> list[Seen]:
        """The rows, hour by hour."""
        found = [one for index, row in enumerate(self.grid.rows) for one in self._hour_rows(index, row)]
        if found:
            self.problems.add("hours")
        if self._late:
            self.problems.add("after_midnight", n=self._late)
        return found

    def _hour_rows(self, index: int, row: Cells) -> Iterator[Seen]:
        line, place = where = self.grid.place(index)
        hour = None if self._hour is None else hour_of(row[self._hour])
        if hour is None or self._hour is None:
            told = "" if self._hour is None else row[self._hour]
            heading = "" if self._hour is None else self.grid.headings[self._hour]
            self.problems.add("bad_hour", line=line, place=place, field=heading, value="" if told is None else told)
            return
        cell = self.columns.cell(row, "date")
        day = self._date if self._date is not None else day_of(cell, self.mapping.date_order or "dmy")
        if day is None:
            self.problems.add("bad_day", line=line, place=place, field="date", value="" if cell is None else cell)
            return
        who = self.columns.text(row, "staff")
        hour = self._running(hour, (who, str(day), self.columns.text(row, "unit")))
        counted = [(heading, code, self._count(row[at], heading, where)) for at, heading, code in self._minutes]
        total = sum(minutes for _, _, minutes in counted)
        if total > 60:
            self.problems.add("full_hour", line=line, place=place, total=total)
        at = 0
        for heading, code, minutes in counted:
            if minutes:
                start = day * DAY + (hour * 60 + min(at, 60 - minutes)) * MINUTE
                own = self.columns.note(row)
                yield Seen(
                    start, start + minutes * MINUTE, heading, (who,) if who else (), self.columns.text(row, "unit"),
                    self.columns.text(row, "observer"), None, f"{own} / {NOTE}" if own else NOTE, where, None, code,
                    site=self.columns.text(row, "site"), kind=self.columns.text(row, "kind"),
                    role=self.columns.text(row, "role"),
                )  # fmt: skip
                at = min(60, at + minutes)

    def _running(self, hour: int, whose: tuple[str, ...]) -> int:
        """The hour counted on past midnight: on the sheet of a night shift, 1 o'clock follows 23 and 24."""
        latest = self._latest.get(whose, 0)
        if latest >= _EVENING and hour <= _MORNING:
            hour += 24
            self._late += 1
        self._latest[whose] = max(latest, hour)
        return hour

    def _count(self, cell: object, heading: str, where: tuple[int | None, str]) -> int:
        """Minutes of a cell; a blank one is none, a wrong one is a problem."""
        if cell is None or (isinstance(cell, str) and not cell.strip()):
            return 0
        told = number_of(str(cell).strip().removesuffix("分"))
        if told is None or not 0 <= told <= 60:
            self.problems.add("bad_minutes", line=where[0], place=where[1], field=heading, value=cell)
            return 0
        return round(told)
