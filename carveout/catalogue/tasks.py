"""The catalogue of tasks: what a task is, and which task a label means."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from carveout.catalogue.spelling import read
from carveout.language import Text
from carveout.model import Kind, Nature, Supplier

CARE_CLASSES = ("direct_care", "indirect_work", "break", "other")
LOADS = ("light", "moderate", "heavy", "very_heavy")
CONTACTS = ("none", "residents", "children", "bodily_care")
MEDICAL_ACTS = ("no", "conditional", "yes")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a constraint comes from. `verified`: the wording of the original was read."""

    id: str
    label: Text
    verified: bool
    since: date | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class CatalogueTask:
    """One task as the catalogue declares it.

    qualification, training, licence: codes of `Catalogue.terms`, "" = none. sources: attribute -> source, for every
    attribute that differs from the default.
    """

    code: str
    label: Text
    synonyms: tuple[str, ...]
    sites: tuple[Kind, ...]
    nature: Nature
    supplier: Supplier
    care_class: str
    load: str
    contact: str
    medical_act: str
    qualification: str
    training: str
    licence: str
    definition: Text
    start_cue: Text
    end_cue: Text
    sources: Mapping[str, Source]

    def spellings(self) -> Iterator[str]:
        """Every label the task is declared to answer to."""
        yield from (self.code, self.label.ja, self.label.en)
        yield from self.synonyms


@dataclass(frozen=True, slots=True)
class _Index:
    """Per way of reading: reading -> code, None where several tasks share the reading."""

    strict: dict[str, str | None] = field(default_factory=dict)
    plain: dict[str, str | None] = field(default_factory=dict)
    bare: dict[str, str | None] = field(default_factory=dict)
    core: dict[str, str | None] = field(default_factory=dict)

    @classmethod
    def of(cls, tasks: Mapping[str, CatalogueTask]) -> _Index:
        """The index of all declared spellings."""
        index = cls()
        for code, task in tasks.items():
            for spelling in task.spellings():
                known = read(spelling)
                index._enter(index.strict, known.strict, code)
                index._enter(index.plain, known.plain, code)
                index._enter(index.bare, known.bare, code)
                index._enter(index.core, known.core, code)
        return index

    @staticmethod
    def _enter(readings: dict[str, str | None], reading: str, code: str) -> None:
        if reading and readings.setdefault(reading, code) != code:
            readings[reading] = None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All tasks by code, and the way from a label to a task.

    terms: wording of the qualification, training and licence codes.
    """

    version: str
    tasks: Mapping[str, CatalogueTask]
    terms: Mapping[str, Text]
    _index: _Index = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_index", _Index.of(self.tasks))

    def resolve(self, text: str) -> str | None:
        """The code of the task a label means, None where no task or more than one answers to it.

        Tries the strictest reading first; a reading that fits several tasks ends the search, it is never guessed.

        >>> from carveout.catalogue import catalogue
        >>> catalogue().resolve("ｵﾑﾂ交換"), catalogue().resolve("引き渡し")
        ('diaper_change', None)
        """
        asked, index = read(text), self._index
        for reading, known in (
            (asked.strict, index.strict),
            (asked.plain, index.plain),
            (asked.bare, index.bare),
            (asked.whole, index.bare),
            (asked.core, index.core),
        ):
            if reading and reading in known:
                return known[reading]
        return None

    def suggest(self, text: str, n: int = 3) -> list[str]:
        """Up to `n` Japanese labels closest to a text, best first; for the remedy of an unknown label.

        >>> from carveout.catalogue import catalogue
        >>> "おむつ交換" in catalogue().suggest("おむつ交換と着替え")
        True
        """
        return [label.ja for label in self.nearest(text, n)]

    def nearest(self, text: str, n: int = 3) -> list[Text]:
        """Up to `n` labels closest to a text, best first."""
        wanted = read(text).strict
        matcher = difflib.SequenceMatcher(None, "", wanted)
        closeness: dict[str, float] = {}
        for code, task in self.tasks.items():
            closeness[code] = max(_closeness(matcher, wanted, read(spelling).strict) for spelling in task.spellings())
        # With less than half in common, two labels share a syllable by chance.
        near = [code for code in closeness if closeness[code] >= 0.5]
        near.sort(key=lambda code: (-closeness[code], code))
        return [self.tasks[code].label for code in near[:n]]


def _closeness(matcher: difflib.SequenceMatcher[str], wanted: str, offered: str) -> float:
    """Share of characters in common, in order; 0 where it is below a half. The matcher holds `wanted` already."""
    if not wanted or not offered:
        return 0.0
    matcher.set_seq1(offered)
    # A label that holds the other whole (配膳・与薬 holds 与薬) is close however long the rest is.
    held = min(len(offered), len(wanted)) > 1 and (offered in wanted or wanted in offered)
    if held:
        return 0.5 + matcher.ratio() / 2
    # The bounds are cheap, and most labels fail them.
    return matcher.ratio() if matcher.real_quick_ratio() >= 0.5 and matcher.quick_ratio() >= 0.5 else 0.0
