"""Names in a file become what a record may hold: task names codes, names of people ids."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import count

from carveout.catalogue import catalogue
from carveout.exchange.cleaning import clean
from carveout.exchange.imported import NewPerson, UnknownTask
from carveout.exchange.limits import Limits
from carveout.exchange.mapping import LEAVE_OUT, Mapping
from carveout.exchange.people_words import NOBODY, hidden, is_id
from carveout.language import Text
from carveout.observations.problems import FileProblems
from carveout.workday.record import SiteHead

_SUGGESTIONS = 3


class TaskNames:
    """Task names to codes: as the mapping says, by the site's own declarations, by the catalogue, else as they are."""

    def __init__(self, mapping: Mapping, head: SiteHead | None):
        self._told, self._own = mapping.tasks, dict(_own(head))
        self._known: dict[str, str | None] = {}
        self._unknown: Counter[str] = Counter()
        self._left: Counter[str] = Counter()

    def code(self, name: str) -> str | None:
        """The code (or the name itself) of a task; None leaves the row out."""
        if name not in self._known:
            self._known[name] = self._find(name)
        found = self._known[name]
        if found is None:
            self._left[name] += 1
        elif name in self._unknown:
            self._unknown[name] += 1
        return found

    def _find(self, name: str) -> str | None:
        if name in self._told:
            told = self._told[name]
            return None if told == LEAVE_OUT else clean(told)
        found = self._own.get(name) or catalogue().resolve(name)
        if found is None:
            self._unknown[name] = 0
        return found or name

    def meant(self) -> dict[str, str]:
        """Every name that stands for a code, as a mapping would say it."""
        told = {name: code or LEAVE_OUT for name, code in self._known.items() if name not in self._unknown}
        return {**self._told, **told}

    def say_left_out(self, problems: FileProblems) -> None:
        """Tell of the rows that are left out as the mapping says."""
        for name, n in self._left.items():
            problems.add("left_out", task=name, n=n)

    def unknown(self, problems: FileProblems, limits: Limits) -> tuple[UnknownTask, ...]:
        """The names to ask about, most frequent first; they are problems too."""
        asked = sorted(self._unknown, key=lambda name: -self._unknown[name])
        if len(asked) > limits.names:
            problems.add("too_many_names", field="task", limit=limits.names)
        return tuple(self._asked(name, problems) for name in asked[: limits.names])

    def _asked(self, name: str, problems: FileProblems) -> UnknownTask:
        near: tuple[str, ...] = ()
        wording = Text("", "")
        if problems.room("unknown_task"):
            labels = catalogue().nearest(name[:80], _SUGGESTIONS)
            near = tuple(code for label in labels if (code := catalogue().resolve(label.ja)))
            if labels:
                ja, en = "・".join(one.ja for one in labels), ", ".join(one.en for one in labels)
                wording = Text(f"（近いもの: {ja}）", f" (close: {en})")
        problems.add("unknown_task", task=name, n=self._unknown[name], near=wording)
        return UnknownTask(name, self._unknown[name], near)


def _own(head: SiteHead | None) -> Iterator[tuple[str, str]]:
    for code, attributes in (head.tasks if head else {}).items():
        yield from ((attributes[key], code) for key in ("ja", "en") if attributes.get(key))
        yield code, code


class PeopleNames:
    """Names of people to ids: as the mapping says; what is an id stays; any other name gets a new id.

    trusted: names come from a record of our own, where they are ids already. taken: ids that others have.
    """

    def __init__(self, mapping: Mapping, *, trusted: bool, taken: Iterable[str] = ()):
        self._ids: dict[str, str] = {}
        self._told, self._trusted, self._secret = mapping.staff, trusted, mapping.secret
        self._taken = {*mapping.staff.values(), *taken}
        self._waiting: dict[str, str] = {}

    def note(self, name: str, letter: str = "s") -> None:
        """Take notice of a name (`letter`: of the id it may get); ids are given once all names are known."""
        if name in self._ids or name in self._waiting:
            return
        # What was kept before there were secrets is hidden without one, and goes on holding.
        spellings = (name, hidden(name, self._secret), hidden(name)) if self._told else ()
        told = next((self._told[one] for one in spellings if one in self._told), None)
        if told is not None:
            self._ids[name] = clean(told)
        elif name.casefold() in NOBODY:
            self._ids[name] = ""
        elif self._trusted or is_id(name):
            self._ids[name] = name
            self._taken.add(name)
        else:
            self._waiting[name] = letter

    def settle(self) -> tuple[NewPerson, ...]:
        """Give ids to the names that need one, in the order in which they were met."""
        fresh = []
        numbers = {letter: count(1) for letter in set(self._waiting.values())}
        for name, letter in self._waiting.items():
            given = next(one for n in numbers[letter] if (one := f"{letter}{n}") not in self._taken)
            self._taken.add(given)
            self._ids[name] = given
            fresh.append(NewPerson(name, given))
        self._waiting = {}
        return tuple(fresh)

    def id(self, name: str) -> str:
        """The id of a name noted before, "" for nobody."""
        return self._ids[name]

    def meant(self) -> dict[str, str]:
        """Every name with its id, where the two differ, as a mapping would say it."""
        return {**self._told, **{name: given for name, given in self._ids.items() if name != given and name}}
