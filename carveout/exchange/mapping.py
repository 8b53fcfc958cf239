"""What a person decided about files of one kind: which column is what, which names mean which tasks and persons.

A mapping is guessed from a file, corrected by a person, and kept as JSON text so that the next file of the site needs
no questions. What it leaves open is guessed anew for each file.
"""

from __future__ import annotations

import json
from collections import abc
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from carveout.errors import InputError
from carveout.exchange.messages import problems_of
from carveout.exchange.people_words import hidden, is_hidden, is_id
from carveout.observations.problems import FileProblems

FORMAT = "carveout-mapping/1"
MAX_CHARS = 1 << 20
# What a column may be, in the order in which an app offers it.
FIELDS = (
    "date", "start", "end", "duration", "task", "staff", "role", "unit", "observer", "trigger", "note", "site", "kind",
)  # fmt: skip
LEAVE_OUT = ""
_CHOICES = {
    "times": ("", "clock", "seconds", "minutes"),
    "ends": ("", "given", "next", "point"),
    "date_order": ("", "ymd", "dmy", "mdy"),
    "kind": ("", "care_home", "nursery", "other"),
}


class MappingError(InputError, ValueError):
    """A text is no mapping; `problems` lists every reason."""


@dataclass(frozen=True, slots=True)
class Mapping:
    """How a file of another program becomes workdays. "" everywhere: as the file says, or guessed.

    format: id of a `Format`. columns: field (`FIELDS`) -> heading. into_note: headings whose values are kept in the
    note. tasks: name in the file -> code (`LEAVE_OUT` leaves its rows out). staff: name -> id (`LEAVE_OUT`: nobody).
    site, kind, unit, observer: for what the file does not say. date (ISO) and origin ("09:00"): override day and clock
    time of second 0. starts: observation id -> "2026-06-01 09:00", the same for one observation. times: whether times
    are clock times or counted from the origin. ends: an end is given, is where the next row starts, or there is none.
    offset: "+09:00" shows the times of a log that tell an offset as clocks under that one; "": as written.
    secret: of the store, hides the names in `staff`; lent to a mapping for as long as a file is read, never kept in it.
    """

    format: str = ""
    columns: abc.Mapping[str, str] = field(default_factory=dict)
    into_note: tuple[str, ...] = ()
    tasks: abc.Mapping[str, str] = field(default_factory=dict)
    staff: abc.Mapping[str, str] = field(default_factory=dict)
    site: str = ""
    kind: str = ""
    unit: str = ""
    observer: str = ""
    date: str = ""
    origin: str = ""
    starts: abc.Mapping[str, str] = field(default_factory=dict)
    times: str = ""
    ends: str = ""
    date_order: str = ""
    offset: str = ""
    secret: str = ""

    def to_json(self) -> str:
        """The mapping as JSON text, the same for equal mappings.

        >>> Mapping.from_json(Mapping(tasks={"meal": "serving"}).to_json()).tasks
        {'meal': 'serving'}
        """
        values = {name: value for name, value in asdict(self).items() if value}
        return json.dumps({"mapping": FORMAT, **values}, ensure_ascii=False, indent=1, sort_keys=True)

    @classmethod
    def from_json(cls, text: str, name: str = "mapping") -> Mapping:
        """A mapping from its JSON text. Raises `MappingError` (name: the file it came from)."""
        problems = problems_of(name)
        values = _values(text, problems)
        if problems.has_errors:
            raise MappingError(problems.listed())
        return cls(**values)

    def remembered(self) -> Mapping:
        """What holds for the next file too, fit to be kept: without the day of this one, names of people unreadable.

        A name that was hidden without a secret before, and is met again, is hidden with it from then on.
        """
        named = [name for name in self.staff if not is_hidden(name) and not is_id(name)]
        bare = {hidden(name) for name in named} if self.secret else set()
        staff = {name: one for name, one in self.staff.items() if name not in bare and name not in named}
        staff |= {hidden(name, self.secret): self.staff[name] for name in named}
        return replace(self, date="", origin="", starts={}, staff=staff, secret="")


def _values(text: str, problems: FileProblems) -> dict[str, Any]:
    try:
        document = json.loads(text) if len(text) <= MAX_CHARS else None
    except (ValueError, RecursionError) as error:
        problems.add("mapping_broken", reason=str(error))
        return {}
    if not isinstance(document, dict) or document.pop("mapping", None) != FORMAT:
        problems.add("mapping_broken", reason=f"{FORMAT}?")
        return {}
    values: dict[str, Any] = {}
    known = {one.name: one for one in fields(Mapping)}
    for key, value in document.items():
        if key not in known:
            problems.add("mapping_key", field=key, known=", ".join(known))
        elif not _fits(key, value):
            problems.add("mapping_value", field=key, value=json.dumps(value, ensure_ascii=False))
        else:
            values[key] = tuple(value) if isinstance(value, list) else value
    return values


def _fits(key: str, value: object) -> bool:
    if key in ("columns", "tasks", "staff", "starts"):
        whole = isinstance(value, dict) and all(isinstance(one, str) for one in value.values())
        return whole and (key != "columns" or not isinstance(value, dict) or set(value) <= set(FIELDS))
    if key == "into_note":
        return isinstance(value, list) and all(isinstance(one, str) for one in value)
    return isinstance(value, str) and value in _CHOICES.get(key, (value,))
