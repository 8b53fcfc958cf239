"""How a task label is read past its spelling: width, case, kana, long vowels, okurigana, filler words.

A label has one *form* per degree of tolerance, strict to loose. Two labels mean the same at a degree if their forms
are equal. The loosest forms drop what writers drop (okurigana, の, お, 介助, 業務 ...); they are only trusted where a
single task answers to them (see `carveout.catalogue.tasks.Catalogue.resolve`).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

# One or more kanji (and 々), then the hiragana that follow them.
_OKURIGANA = re.compile(r"(?<=[\u4e00-\u9fff\u3005])[\u3041-\u3096]+")
_KANJI = re.compile(r"[\u4e00-\u9fff]")
# What carries no meaning in a label: spaces, punctuation, symbols, and the long vowel mark with all its look-alikes.
_NOISE = re.compile(r"[\W_ー]+")
# Words that writers add or leave out at the end of a label.
_TAIL = re.compile(r"(?:ノ?(?:介助|業務|作業|支援|対応|補助|手伝イ|実施|中)(?:ヲ?(?:スル|行ウ))?)$")
_KATAKANA = {code: code + 0x60 for code in range(0x3041, 0x3097)} | {
    ord("ぢ"): ord("ジ"),
    ord("づ"): ord("ズ"),
    ord("ヂ"): ord("ジ"),
    ord("ヅ"): ord("ズ"),
}

DEGREES = 4


@cache
def forms(label: str) -> tuple[str, ...]:
    """The forms of a label, strict to loose: `DEGREES` strings; "" where a degree has nothing left to compare.

    1: width, case, kana, long vowels and punctuation set aside. 2: also の and a leading お/ご. 3: also okurigana.
    4: also a closing 介助, 業務, 対応, 中 and the like.

    >>> forms("ﾄｲﾚ 誘導")[0] == forms("といれ誘導")[0]
    True
    >>> forms("片づけ")[2] == forms("片ずけ")[2]
    True
    """
    # \W would also drop combining voicing marks that NFKC could not join to anything: they carry no meaning alone.
    wide = unicodedata.normalize("NFKC", label).casefold()
    strict = _fold(wide)
    plain = _fold(_without_filler(wide))
    bare = _fold(_OKURIGANA.sub("", _without_filler(wide))) if len(_KANJI.findall(wide)) > 1 else plain
    return strict, plain, bare, _TAIL.sub("", bare)


def _fold(text: str) -> str:
    return _NOISE.sub("", text.translate(_KATAKANA))


def _without_filler(text: str) -> str:
    """Drop the particle の inside a label and the polite prefix in front of it."""
    return re.sub(r"^[おご御](?=.{2})", "", text).replace("の", "")
