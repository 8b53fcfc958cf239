"""What can be wrong with what a person gives us: place, cause and remedy, all problems at once.

A reader never raises on the first problem. It collects `Problem`s, and raises one `InputError` that holds them all when
something makes the input unusable; warnings travel beside the result.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from carveout.language import Language, Text

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend in an input.

    file: name as the user gave it. place: line, cell or row in words ("12", "B7", "days[0].timeline[3]"), "" if it is
    the whole file. field: key or column, "" if none. cause: what is wrong. remedy: what to do.
    """

    severity: Severity
    code: str
    file: str
    line: int | None
    place: str
    field: str
    cause: Text
    remedy: Text

    def message(self, language: Language) -> str:
        """The problem on one line: where, what, and how to mend it."""
        where = self.file
        if self.line is not None:
            where += f":{self.line}"
        if self.place:
            where += f" {self.place}"
        if self.field:
            where += f" [{self.field}]"
        return f"{where}: {self.cause.in_(language)} → {self.remedy.in_(language)}"


class CarveoutError(Exception):
    """Base of every error this package raises on purpose."""

    def message(self, language: Language) -> str:
        """The error as a person should read it."""
        return str(self)


class InputError(CarveoutError):
    """An input cannot be used; `problems` lists every reason found, warnings included."""

    def __init__(self, problems: Sequence[Problem]):
        self.problems = tuple(problems)
        super().__init__("\n".join(p.message("en") for p in self.problems))

    def message(self, language: Language) -> str:
        """Every problem on a line of its own."""
        return "\n".join(p.message(language) for p in self.problems)
