"""Collects what is wrong with the files being read, so that a person sees all of it at once.

One `FileProblems` per file; `ProblemLog` keeps them in the order of the files. Problems of one kind are listed up to a
bound per file and counted beyond it: a column typed wrongly in 100,000 rows is one mistake, not 100,000 lines.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable, Mapping

from carveout.errors import Problem
from carveout.language import Text
from carveout.observations.limits import DEFAULT_LIMITS, Limits
from carveout.observations.messages import GUESS, MESSAGES, Message
from carveout.observations.text import shown

NO_GUESS = Text("", "")


class FileProblems:
    """The problems of one file, worded by `messages`."""

    def __init__(self, file: str, limits: Limits = DEFAULT_LIMITS, messages: Mapping[str, Message] = MESSAGES):
        self.file, self._messages = file, messages
        self._limit = limits.problems
        self._found: list[Problem] = []
        self._counts: Counter[str] = Counter()

    def add(self, code: str, *, line: int | None = None, place: str = "", field: str = "", **values: object) -> None:
        """Note one problem; `values` fill the placeholders of `MESSAGES[code]` (a `Text` is worded per language)."""
        self._counts[code] += 1
        if self._counts[code] > self._limit:
            return
        message, values = self._messages[code], {"field": field, **values}
        ja = {name: value.ja if isinstance(value, Text) else shown(value) for name, value in values.items()}
        en = {name: value.en if isinstance(value, Text) else shown(value) for name, value in values.items()}
        cause, remedy = message.cause.format(ja, en), message.remedy.format(ja, en)
        self._found.append(Problem(message.severity, code, self.file, line, place, shown(field), cause, remedy))

    def skip(self, code: str, n: int) -> None:
        """Count `n` further problems of a kind without listing them."""
        self._counts[code] += n

    def room(self, code: str) -> int:
        """How many more problems of a kind will be listed."""
        return max(0, self._limit - self._counts[code])

    @property
    def has_errors(self) -> bool:
        """Whether something makes the file unusable."""
        return any(self._messages[code].severity == "error" for code in self._counts)

    def listed(self) -> list[Problem]:
        """Problems in the order of lines; the unlisted ones counted at the end."""
        found = sorted(self._found, key=lambda p: p.line or 0)
        for code, count in self._counts.items():
            if count > self._limit:
                last = next(p for p in reversed(self._found) if p.code == code)
                more, n = self._messages["more_like_this"], count - self._limit
                cause = more.cause.format({"n": n, "cause": last.cause.ja}, {"n": n, "cause": last.cause.en})
                found.append(Problem(last.severity, code, self.file, None, "", last.field, cause, more.remedy))
        return found


class ProblemLog:
    """The problems of a whole reading."""

    def __init__(self, limits: Limits = DEFAULT_LIMITS):
        self._limits = limits
        self._files: dict[str, FileProblems] = {}

    def file(self, name: str) -> FileProblems:
        """The problems of one file, in the order in which files were first asked for."""
        if name not in self._files:
            self._files[name] = FileProblems(shown_path(name), self._limits)
        return self._files[name]

    @property
    def has_errors(self) -> bool:
        """Whether any file is unusable."""
        return any(file.has_errors for file in self._files.values())

    def listed(self) -> tuple[Problem, ...]:
        """Every problem, file by file."""
        return tuple(problem for file in self._files.values() for problem in file.listed())


def silent(share: float) -> None:
    """Progress that nobody wants to hear of."""


def shown_path(name: str) -> str:
    """A file's name for a message: whole, but printable."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "replace").decode("ascii") for c in name)


def guess(word: str, known: Iterable[str]) -> Text:
    """Ask "did you mean ...?" of a mistyped word; empty if nothing is close.

    >>> guess("trigge", ["trigger", "task"]).en
    'did you mean trigger? '
    """
    close = difflib.get_close_matches(word[:80], list(known), n=1, cutoff=0.6)
    return meant(close[0]) if close else NO_GUESS


def meant(*words: str | Text) -> Text:
    """Ask "did you mean ...?" with one or several words."""
    worded = [Text(word, word) if isinstance(word, str) else word for word in words]
    ja, en = [shown(word.ja) for word in worded], [shown(word.en) for word in worded]
    return GUESS.format({"word": "」「".join(ja)}, {"word": " / ".join(en)})
