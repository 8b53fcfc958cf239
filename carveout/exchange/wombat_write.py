"""Writes workdays in the columns of WOMBAT: a line per task and person, with what else ran meanwhile."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from carveout.exchange.clocked import clocked, each, in_time
from carveout.exchange.labels import Labels
from carveout.language import Language
from carveout.workday.record import Row, SiteHead, Workday
from carveout.writing import guarded

_DAY = 1440
HEADINGS = (
    "observer/session/task id", "observer id", "session id", "participant id", "session date", "session start",
    "session end", "start time", "end time", "next_day", "elapsed time", "total time", "multi with",
    "total overlapping time", "What (carveout)", "Where", "Comments", "site", "kind", "unit", "trigger",
)  # fmt: skip


def write_wombat(head: SiteHead, days: Sequence[Workday], language: Language) -> bytes:
    """The days as CSV; a session is one person in one unit on one day."""
    labels = Labels(head, language)
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    session = 0
    for day in clocked(days, last=_DAY - 1):
        people: dict[str, list[Row]] = {}
        for row in in_time(day):
            for who in each(row):
                people.setdefault(who, []).append(row)
        for who, rows in people.items():
            session += 1
            for number, row in enumerate(rows, start=1):
                line = _line(head, day, who, rows, row, number, str(session), labels)
                writer.writerow([guarded(cell) for cell in line])
    return b"\xef\xbb\xbf" + stream.getvalue().encode()


def _line(
    head: SiteHead, day: Workday, who: str, rows: list[Row], row: Row, number: int, session: str, labels: Labels
) -> list[str]:
    name = f"{day.observer or '0'}_{session}_{{}}"
    end = row.start if row.end is None else row.end
    last = max(one.start if one.end is None else one.end for one in rows)
    others = [(at, one) for at, one in enumerate(rows, start=1) if one is not row and _shared(one, row) > 0]
    meanwhile = sum(_shared(one, row) for _, one in others)
    return [
        name.format(number), day.observer, session, who, day.date, _clock(rows[0].start), _clock(last),
        _clock(row.start), _clock(end), "1" if end > _DAY else "", _clock(end - row.start), _clock(end - row.start),
        ";".join(name.format(at) for at, _ in others), _clock(meanwhile), labels.of(row.task), "", row.note,
        head.id, head.kind.value, day.unit, row.trigger or "",
    ]  # fmt: skip


def _shared(one: Row, other: Row) -> int:
    """Minutes during which both ran."""
    return min(one.end or one.start, other.end or other.start) - max(one.start, other.start)


def _clock(minutes: int) -> str:
    hours, rest = divmod(minutes % _DAY if minutes > _DAY else minutes, 60)
    return f"{hours:02d}:{rest:02d}:00"
