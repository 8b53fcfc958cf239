"""What a site calls its tasks: every label one may type, and the code it stands for.

A text means what the reader of files makes of it (`carveout.observations`): a code or label the site declares, then
what the catalogue resolves; beyond that a kana or romaji reading of a label (はいぜん, haizen) counts where one task
alone has it. The beginning of a label is never taken for the label: what stands in the record must not depend on which
other tasks happen to be known. Beginnings are for completion.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from carveout.catalogue import catalogue
from carveout.language import Text
from carveout.model import Kind
from carveout.observations.text import folded
from carveout.workday.readings import readings, romaji_key
from carveout.workday.record import SiteHead

_LONGEST = 200  # signs of a task's text, as files may hold them
_SHARED, _HALF, _COMPARED = 0.3, 0.5, 40


class Vocabulary(Mapping[str, str]):
    """Labels to codes, and the way from a typed text to a code. Make one per site and keep it.

    >>> own = Vocabulary({"10時のお茶": "ten_o_clock_tea"})
    >>> own.resolve("１０時のお茶"), own.resolve("ﾊｲｾﾞﾝ"), own.resolve("haizen"), own.resolve("きっと何か")
    ('ten_o_clock_tea', 'serving', 'serving', None)
    """

    __slots__ = ("_folded", "_labels", "_names", "_numbered", "_phrases", "elsewhere")

    def __init__(
        self,
        labels: Mapping[str, str],
        names: Mapping[str, Text] | None = None,
        elsewhere: frozenset[str] = frozenset(),
    ):
        self.elsewhere = elsewhere  # codes of sites of another kind
        self._labels = dict(labels)
        self._names = dict(names or {})
        self._folded: dict[str, str] = {}
        for label, code in self._labels.items():
            for key in (code, label):
                self._folded.setdefault(folded(key), code)
        self._phrases = _spellings() | self._folded
        spelled = {label for label in self._labels if label[:1].isdigit()}
        self._numbered = tuple(sorted(spelled, key=len, reverse=True))

    def __getitem__(self, label: str) -> str:
        return self._labels[label]

    def __iter__(self) -> Iterator[str]:
        return iter(self._labels)

    def __len__(self) -> int:
        return len(self._labels)

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        """One vocabulary is itself alone, so that what is worked out of it can be kept."""
        return id(self)

    def resolve(self, text: str) -> str | None:
        """The code a text stands for, None where no task or several answer to it."""
        text = text.strip()
        if not text:
            return None
        own = self._labels.get(text) or self._folded.get(folded(text))
        return own or _general(text)

    @property
    def phrases(self) -> Mapping[str, str]:
        """Folded codes and labels of this vocabulary and the catalogue, for finding labels of several words."""
        return self._phrases

    def numbered(self) -> tuple[str, ...]:
        """Labels that begin with a digit, longest first: no time may be read out of them."""
        return self._numbered

    def label(self, code: str) -> Text:
        """How a code is called; the code itself where nobody named it."""
        if (named := self._names.get(code)) is not None:
            return named
        task = catalogue().tasks.get(code)
        return Text(code, code) if task is None else task.label

    def typed(self, code: str) -> str:
        """The label to type for a code: its Japanese one where that means it, else what does; the code in the end.

        >>> Vocabulary({}).typed("serving"), Vocabulary({}).typed("何か")
        ('配膳', '何か')
        """
        label = self.label(code)
        return next((one for one in (label.ja, code, label.en) if self.resolve(one) == code), code)

    def near(self, text: str, n: int = 3) -> tuple[Text, ...]:
        """Labels one may have meant: those the text begins, then the closest of the catalogue."""
        wanted = folded(text)
        begun = {c: self.label(c) for spelling, c in self._folded.items() if wanted and spelling.startswith(wanted)}
        found = [*begun.values(), *(self.label(code) for code in self._close(wanted[:80], n))]
        return tuple({label.ja: label for label in found}.values())[:n]

    def _close(self, wanted: str, n: int) -> list[str]:
        """Codes whose spellings have at least half in common with a text, closest first.

        Comparing in order is slow, so only those that share the most signs are compared.
        """
        signs = set(wanted)
        shared = ((2 * len(signs & _signs(one)) / (len(signs) + len(_signs(one)) or 1), one) for one in self._phrases)
        likely = sorted((pair for pair in shared if pair[0] >= _SHARED), key=lambda pair: -pair[0])[:_COMPARED]
        matcher = difflib.SequenceMatcher(None, "", wanted)
        closeness: dict[str, float] = {}
        for _, spelling in likely:
            matcher.set_seq1(spelling)
            # A label that holds the other whole (配膳・与薬 holds 与薬) is close however long the rest is.
            held = min(len(spelling), len(wanted)) > 1 and (spelling in wanted or wanted in spelling)
            ratio = 0.5 + matcher.ratio() / 2 if held else matcher.ratio()
            code = self._phrases[spelling]
            closeness[code] = max(closeness.get(code, 0.0), ratio)
        near = [code for code, ratio in closeness.items() if ratio >= _HALF]
        return sorted(near, key=lambda code: (-closeness[code], code))[:n]


def vocabulary(head: SiteHead) -> Vocabulary:
    """The vocabulary of a site: its own tasks first, then the catalogue's for its kind and for other kinds.

    Sites that declare the same have the same one, made once.

    >>> from carveout.model import Kind
    >>> vocabulary(SiteHead("a", Kind.CARE_HOME, tasks={"tea": {"ja": "お茶の時間だよ"}}))["お茶の時間だよ"]
    'tea'
    """
    told = tuple((code, head.tasks[code].get("ja", ""), head.tasks[code].get("en", "")) for code in sorted(head.tasks))
    return _of(head.kind, told)


@lru_cache(maxsize=256)
def _of(kind: Kind, declared: tuple[tuple[str, str, str], ...]) -> Vocabulary:
    """The vocabulary of a kind of site and the codes and labels it declares."""
    labels: dict[str, str] = {}
    names: dict[str, Text] = {}
    for code, own_ja, own_en in declared:
        known = catalogue().tasks.get(code)
        ja = own_ja or (known.label.ja if known else code)
        names[code] = Text(ja, own_en or (known.label.en if known else ja))
        for spelling in (code, names[code].ja, names[code].en):
            labels.setdefault(spelling, code)
    shipped = {spelling: code for spelling, code in _shipped(kind).items() if spelling not in labels}
    others = (code for code, task in catalogue().tasks.items() if kind not in task.sites and code not in names)
    return Vocabulary(labels | shipped, names, frozenset() if kind == Kind.OTHER else frozenset(others))


@cache
def _shipped(kind: Kind) -> dict[str, str]:
    """Labels and synonyms of the catalogue that mean one task, those of the site's kind first."""
    known = catalogue()
    tasks = sorted(known.tasks.values(), key=lambda task: kind not in task.sites)
    found: dict[str, str] = {}
    for task in tasks:
        for spelling in task.spellings():
            if known.resolve(spelling) == task.code:
                found.setdefault(spelling, task.code)
    return found


@lru_cache(maxsize=8192)
def _signs(spelling: str) -> frozenset[str]:
    return frozenset(spelling)


@cache
def _spellings() -> dict[str, str]:
    """Every spelling of the catalogue, folded."""
    return {folded(spelling): task.code for task in catalogue().tasks.values() for spelling in task.spellings()}


@lru_cache(maxsize=4096)  # what is typed has no end
def _general(text: str) -> str | None:
    if len(text) > _LONGEST:
        return None
    code = catalogue().resolve(text)
    return code if code is not None else _by_reading().get(romaji_key(text) or "")


@cache
def _by_reading() -> dict[str, str]:
    """Readings that one task alone has, as keys of `romaji_key`."""
    owners: dict[str, set[str]] = {}
    for code, spoken in readings().items():
        for reading in spoken:
            owners.setdefault(romaji_key(reading) or "", set()).add(code)
    return {key: next(iter(codes)) for key, codes in owners.items() if key and len(codes) == 1}
