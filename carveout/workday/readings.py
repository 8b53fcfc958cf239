"""How labels are read aloud, in kana and in Latin letters: so that はい and hai both lead to 配膳.

Latin letters are compared under one spelling for all habits of typing: si = shi, tu = tsu, zya = ja, nn = n.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml

_ROWS = {
    "": "あいうえお", "k": "かきくけこ", "s": "さしすせそ", "t": "たちつてと", "n": "なにぬねの", "h": "はひふへほ",
    "m": "まみむめも", "r": "らりるれろ", "g": "がぎぐげご", "z": "ざじずぜぞ", "d": "だぢづでど", "b": "ばびぶべぼ",
    "p": "ぱぴぷぺぽ",
}  # fmt: skip
_SOUNDS = {kana: row + vowel for row, word in _ROWS.items() for kana, vowel in zip(word, "aiueo", strict=True)} | {
    "や": "ya", "ゆ": "yu", "よ": "yo", "わ": "wa", "を": "wo", "ん": "n", "ゔ": "vu",
    "ぁ": "a", "ぃ": "i", "ぅ": "u", "ぇ": "e", "ぉ": "o",
}  # fmt: skip
_GLIDES = {"ゃ": "ya", "ゅ": "yu", "ょ": "yo"}
_HABITS = (
    ("sh", "sy"), ("ch", "ty"), ("j", "zy"), ("syi", "si"), ("tyi", "ti"), ("zyi", "zi"), ("tsu", "tu"), ("fu", "hu"),
    ("di", "zi"), ("du", "zu"), ("yy", "y"),
)  # fmt: skip
_KATAKANA = {code: code - 0x60 for code in range(0x30A1, 0x30F5)}
_KANA = re.compile("[ぁ-ゔ]")
_LATIN_ONLY = re.compile("[a-z-]*[a-z][a-z-]*")
_N = re.compile("n+")
_BREAKS = re.compile(r"[\s・'’]+")


def romaji_key(text: str, *, long_marks: bool = False) -> str | None:
    """Kana or Latin letters as one spelling for comparing; None for a text of anything else.

    long_marks: keep ー as `-`, which is how it is typed.

    >>> romaji_key("シーツ"), romaji_key("shi-tsu"), romaji_key("sitsu"), romaji_key("配膳")
    ('situ', 'situ', 'situ', None)
    >>> romaji_key("しょっき") == romaji_key("syokki") == romaji_key("shokki"), romaji_key("honnbun")
    (True, 'honbun')
    """
    plain = _BREAKS.sub("", unicodedata.normalize("NFKC", text).casefold()).translate(_KATAKANA)
    plain = plain.replace("ー", "-") if long_marks else plain.replace("ー", "").replace("-", "")
    if _KANA.search(plain):
        plain = _sounded(plain)
    if not _LATIN_ONLY.fullmatch(plain):
        return None
    for typed, kept in _HABITS:
        plain = plain.replace(typed, kept)
    return _N.sub("n", plain)


def _sounded(kana: str) -> str:
    """Hiragana sound by sound, letters as they are (はいz is half typed); a small つ doubles what follows."""
    sounds: list[str] = []
    doubled = False
    for sign in kana:
        if sign == "っ":
            doubled = True
            continue
        if sign in _GLIDES and sounds and sounds[-1].endswith("i"):
            sounds[-1] = sounds[-1][:-1] + _GLIDES[sign]
            continue
        sound = _SOUNDS.get(sign) or _GLIDES.get(sign, sign)
        sounds.append(sound[0] + sound if doubled and sound[0] not in "aiueo" else sound)
        doubled = False
    return "".join(sounds)


@cache
def readings() -> Mapping[str, tuple[str, ...]]:
    """Task codes of the catalogue with their readings in hiragana, the label's own first."""
    text = files("carveout.workday").joinpath("readings.yaml").read_bytes()
    data = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 (both are safe loaders)
    return {code: tuple(spoken) for code, spoken in data["readings"].items()}
