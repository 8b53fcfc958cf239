"""Whether something looks like a person's name: names never belong in a record, ids do.

A guess from honorifics and the commonest family names, so that it can ask; it never decides. What is asked about may
stay: a ward called 森 is no Mr Mori.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

_HONORIFIC = re.compile(r"(?P<stem>.{1,8}?)(?:さん|サン|様|さま|サマ|氏|君|くん|クン|ちゃん|チャン|殿|先生|mr|ms)")
_ID = re.compile(r"[a-z]{0,4}[-_.]?\d{0,4}[a-z]?|.*\d")
_GIVEN = re.compile(r"[\u3041-\u30ff\u3400-\u9fff々]{1,3}")
_LATIN = re.compile(r"([a-z]{2,})(?:[\s.-]*(?:san|sama|[a-z]+))?")
_SHORT = 4  # signs of a name with its honorific, where no known family name tells where it begins
ASIDE = "○○"
_MOST_NAMES = 50
_IN_TEXT = re.compile(r"[\u3041-\u30ff\u3400-\u9fff々]{1,6}(?:さん|様|さま|氏|ちゃん|くん)")

_LATIN_IN_TEXT = re.compile(r"\b(?:Mrs?|Ms|Miss|Dr)\.?\s+[A-Z][a-z]+|\b[A-Z][a-z]+-(?:san|sama|kun|chan)\b")


@dataclass(frozen=True, slots=True)
class _Words:
    """What `family_names.yaml` lists."""

    families: frozenset[str]
    latin: frozenset[str]
    callings: tuple[str, ...]
    longest: int


@cache
def _words() -> _Words:
    text = files("carveout.workday").joinpath("family_names.yaml").read_bytes()
    data = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 (both are safe loaders)
    families = frozenset(data["families"].split())
    callings = tuple(data["callings"].split())
    return _Words(families, frozenset(data["latin"].split()), callings, max(map(len, families)))


def name_like(text: str) -> bool:
    """Whether a word looks like somebody's name.

    >>> [word for word in ("田中さん", "山田太郎", "s1", "Aさん", "看護師さん", "夜勤者", "Tanaka") if name_like(word)]
    ['田中さん', '山田太郎', 'Tanaka']
    """
    plain = unicodedata.normalize("NFKC", text).strip().casefold().replace(" ", "")
    if (called := _HONORIFIC.fullmatch(plain)) is not None:
        stem = called["stem"]
        return stem in _words().families or not (_ID.fullmatch(stem) or stem.endswith(_words().callings))
    if (family := _family(plain)) is not None:
        return plain == family or bool(_GIVEN.fullmatch(plain[len(family) :]))
    latin = _LATIN.fullmatch(unicodedata.normalize("NFKC", text).strip().casefold())
    return latin is not None and latin[1] in _words().latin


def _family(plain: str) -> str | None:
    """The family name a word begins with, longest first."""
    for length in range(min(_words().longest, len(plain)), 1, -1):
        if plain[:length] in _words().families:
            return plain[:length]
    return None


def name_in(text: str) -> str | None:
    """The first thing in a note that looks like somebody's name with an honorific, None if there is none.

    >>> name_in("田中様が転倒しかけた"), name_in("入居者様二名"), name_in("お母さんから電話"), name_in("with Mrs. Sato")
    ('田中様', None, None, 'Mrs. Sato')
    """
    for found in _IN_TEXT.finditer(unicodedata.normalize("NFKC", text)):
        word = found[0]
        for begin in range(len(word) - 1):  # the words before the name are part of the match: 朝に田中さん
            if (_family(word[begin:]) and name_like(word[begin:])) or (
                begin == 0 and name_like(word) and len(word) <= 4
            ):
                return word[begin:]
    latin = _LATIN_IN_TEXT.search(text)
    return latin[0] if latin else None


def masked(text: str) -> str:
    """A note with ○○ in place of everything in it that looks like somebody's name.

    >>> masked("田中様が転倒、佐藤さんへ報告")
    '○○が転倒、○○へ報告'
    """
    for _ in range(_MOST_NAMES):
        name = name_in(text)
        if name is None:
            break
        plain = text if name in text else unicodedata.normalize("NFKC", text)
        text = plain.replace(name, ASIDE)
    return text


def next_id(known: Iterable[str], prefix: str = "s") -> str:
    """An id nobody has yet, in the manner of those known: s4 after s1, s2, s3.

    >>> next_id(["s1", "s2"]), next_id([]), next_id(["ns01", "ns02"])
    ('s3', 's1', 'ns03')
    """
    taken = set(known)
    numbered = [match for name in sorted(taken) if (match := re.fullmatch(r"([A-Za-z]+[-_]?)(\d+)", name))]
    head, width = (numbered[-1][1], len(numbered[-1][2])) if numbered else (prefix, 1)
    number = 1
    while f"{head}{number:0{width}d}" in taken:
        number += 1
    return f"{head}{number:0{width}d}"
