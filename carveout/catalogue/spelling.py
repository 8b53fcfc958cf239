"""How a task label is read past its spelling: width, case, kana, long vowels, okurigana, filler words.

A label is *read* in several ways, strict to loose; two labels mean the same if they share a reading. Loose readings
drop what writers drop (okurigana, の, お, 中, 業務 ...). They are trusted only where a single task answers to them,
which `carveout.catalogue.tasks.Catalogue.resolve` decides.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

# One or two hiragana after a kanji (or 々) are an ending; more are a word of their own (食事づくり is not 食事).
_OKURIGANA = re.compile(r"(?<=[\u4e00-\u9fff\u3005])[\u3041-\u3096]{1,2}(?![\u3041-\u3096])")
_KANJI = re.compile(r"[\u4e00-\u9fff]")
# What carries no meaning in a label: spaces, punctuation, symbols, and the long vowel mark with all its look-alikes.
_NOISE = re.compile(r"[\W_ー]+")
# Words that writers leave out or add at the end of a label.
_LEFT_OUT = re.compile(r"(?:介助|補助|業務)$")
_ADDED = re.compile(r"(?:業務|作業|実施)?中?$")
_VERB = re.compile(r"を?(?:する|行う|行なう)$")
# Nouns half in kana, whose kana are no ending.
_MIXED = {"車いす": "車椅子", "排せつ": "排泄", "褥そう": "褥瘡", "配ぜん": "配膳"}
_KATAKANA = {code: code + 0x60 for code in range(0x3041, 0x3097)} | {
    ord("ぢ"): ord("ジ"),
    ord("づ"): ord("ズ"),
    ord("ヂ"): ord("ジ"),
    ord("ヅ"): ord("ズ"),
}
_MIXED |= {kana.translate(_KATAKANA): kanji for kana, kanji in _MIXED.items()}


class Readings(NamedTuple):
    """One label, strict to loose; "" where nothing is left to compare.

    strict: width, case, kana, long vowels and punctuation set aside. plain: also の, を行う and a leading お/ご. bare:
    also okurigana. whole: bare without what writers add at the end (清掃中). core: whole without what they leave out
    (入浴介助).
    """

    strict: str
    plain: str
    bare: str
    whole: str
    core: str


@lru_cache(maxsize=1 << 16)  # what people type never ends
def read(label: str) -> Readings:
    """The readings of a label.

    >>> read("ﾄｲﾚ 誘導").strict == read("といれ誘導").strict
    True
    >>> read("申し送り").bare == read("申送").bare
    True
    """
    # Spaces go first: one between a half-width kana and its voicing mark would keep NFKC from joining the two.
    wide = unicodedata.normalize("NFKC", "".join(label.split())).casefold()
    for kana, kanji in _MIXED.items():
        wide = wide.replace(kana, kanji)
    unfilled = re.sub(r"^[おご御](?=.{2})", "", _VERB.sub("", wide)).replace("の", "")
    strict, plain = _fold(wide), _fold(unfilled)
    # A single kanji without its ending says too little: 迎え and 迎 may be many things.
    bare = _fold(_OKURIGANA.sub("", unfilled)) if len(_KANJI.findall(wide)) > 1 else plain
    whole = _ADDED.sub("", bare)
    return Readings(strict, plain, bare, whole, _LEFT_OUT.sub("", whole))


def _fold(text: str) -> str:
    return _NOISE.sub("", text.translate(_KATAKANA))
