"""Openings as an open file, `carveout-followup/1`, and back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from carveout.errors import InputError, Problem
from carveout.filing import read_records, write_records
from carveout.followup.records import Opening, step_problems
from carveout.language import Text

FORMAT = "carveout-followup/1"
_MEND = Text("直してから読み込んでください", "Mend it and read the file again")


@dataclass(frozen=True, slots=True)
class _File:
    openings: tuple[Opening, ...] = ()


def write_followup(openings: Iterable[Opening]) -> bytes:
    """All openings as a file, in the order of their ids."""
    return write_records(_File(tuple(sorted(openings, key=lambda one: one.id))), FORMAT)


def read_followup(data: bytes, name: str) -> tuple[Opening, ...]:
    """The openings of a file; `name` stands in the messages.

    Raises InputError with every problem: what cannot be read, dates that are none, steps in an order that cannot be.
    """
    found = read_records(_File, data, FORMAT, name).openings
    problems: list[Problem] = []
    seen: set[str] = set()
    for place, opening in enumerate(found):
        at = f"openings[{place}]"
        if opening.id in seen:
            problems.append(
                _wrong(name, at, Text(f"番号 {opening.id} が二度あります", f"the id {opening.id} stands twice"))
            )
        seen.add(opening.id)
        wrong = [day for day in _dates(opening) if not _is_date(day)]
        problems += [
            _wrong(name, at, Text(f"日付ではありません：{day}", f"not a date (YYYY-MM-DD): {day}")) for day in wrong
        ]
        if not wrong:
            problems += [_wrong(name, at, said) for said in step_problems(opening)]
    if problems:
        raise InputError(problems)
    return found


def _dates(opening: Opening) -> Sequence[str]:
    own = [one.on for group in (opening.steps, opening.matches, opening.interviews) for one in group]
    return [*own, opening.next_contact] if opening.next_contact else own


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _wrong(name: str, place: str, cause: Text) -> Problem:
    return Problem("error", "followup", name, None, place, "", cause, _MEND)
