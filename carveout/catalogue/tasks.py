"""The catalogue of tasks: what a task is, and which task a label means."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from carveout.catalogue.spelling import DEGREES, forms
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
class Catalogue:
    """All tasks by code, and the way from a label to a task.

    terms: wording of the qualification, training and licence codes.
    """

    version: str
    tasks: Mapping[str, CatalogueTask]
    terms: Mapping[str, Text]
    _index: tuple[dict[str, str | None], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_index", _index_of(self.tasks))

    def resolve(self, text: str) -> str | None:
        """The code of the task a label means, None where no task or more than one answers to it.

        Tries the strictest reading first; a reading that fits several tasks ends the search, it is never guessed.

        >>> from carveout.catalogue import catalogue
        >>> catalogue().resolve("ｵﾑﾂ交換"), catalogue().resolve("引き渡し")
        ('diaper_change', None)
        """
        for degree, form in enumerate(forms(text)):
            if form and form in self._index[degree]:
                return self._index[degree][form]
        return None

    def suggest(self, text: str, n: int = 3) -> list[str]:
        """Up to `n` Japanese labels closest to a text, best first; for the remedy of an unknown label.

        >>> from carveout.catalogue import catalogue
        >>> "おむつ交換" in catalogue().suggest("おむつ交換と着替え")
        True
        """
        wanted = forms(text)[0]
        closeness: dict[str, float] = {}
        for code, task in self.tasks.items():
            closeness[code] = max(_closeness(wanted, forms(spelling)[0]) for spelling in task.spellings())
        # With less than half in common, two labels share a syllable by chance.
        near = [code for code in closeness if closeness[code] >= 0.5]
        near.sort(key=lambda code: (-closeness[code], code))
        return [self.tasks[code].label.ja for code in near[:n]]


def _closeness(wanted: str, offered: str) -> float:
    if not wanted or not offered:
        return 0.0
    ratio = difflib.SequenceMatcher(None, wanted, offered).ratio()
    # A label that holds the other whole (配膳・与薬 holds 与薬) is close however long the rest is.
    held = len(offered) > 1 and (offered in wanted or wanted in offered)
    return max(ratio, 0.5 + ratio / 2) if held else ratio


def _index_of(tasks: Mapping[str, CatalogueTask]) -> tuple[dict[str, str | None], ...]:
    """Per degree of tolerance: form -> code, None where several tasks share the form."""
    index: tuple[dict[str, str | None], ...] = tuple({} for _ in range(DEGREES))
    for code, task in tasks.items():
        for spelling in task.spellings():
            for degree, form in enumerate(forms(spelling)):
                if form and index[degree].setdefault(form, code) != code:
                    index[degree][form] = None
    return index
