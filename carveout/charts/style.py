"""One visual language for every screen and paper: colours, hatching and symbols (`carveout.words` has the words).

Colours are dark enough for text on white (WCAG AA, at least 4.5:1) and keep apart for the common colour vision
deficiencies; each meaning also has its own hatching and symbol, so that no reader depends on colour.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from carveout.language import Language, Text
from carveout.model import Pattern, Suitability
from carveout.words import plain

FONT = (
    "'Noto Sans JP', 'Noto Sans CJK JP', 'Hiragino Kaku Gothic ProN', 'Hiragino Sans', 'Yu Gothic', Meiryo, sans-serif"
)
TEXT_PX = 14  # the smallest text in a figure

INK = "#1f2937"
MUTED = "#4b5563"
GRID = "#d8dee8"
PAPER = "#ffffff"
LANE_BAND = "#f7f8fa"
ON_DUTY = "rgba(84,112,150,0.13)"
WORK_LINE = "#b04a0a"
STAFF_LINE = "#36506b"
THIN_FILL = "#fdf0c4"
THIN_INK = "#6b4e00"
SLOT_FILL = "#eaf7f0"
SLOT_INK = "#0b5d43"


@dataclass(frozen=True, slots=True)
class Look:
    """How one pattern is drawn: tinted fill, border and hatch in one dark colour, Plotly hatch shape, symbol."""

    fill: str
    line: str
    hatch: str
    symbol: str


PATTERN_LOOKS: dict[Pattern, Look] = {
    Pattern.RHYTHMIC_CHAIN: Look("#e6eaf2", "#3f4d63", "/", "▨"),
    Pattern.OVERLAPPING: Look("#0b6e55", "#063f31", "", "◆"),
    Pattern.WEEKDAY_PEAK: Look("#dbe9fb", "#1b4f91", "|", "★"),
    Pattern.ADVISORY: Look("#efe4f7", "#63308c", "x", "※"),
    Pattern.PLANNING: Look("#f8e6f0", "#8c2a66", ".", "■"),
    Pattern.INTERACTION_CORE: Look("#fbe5e0", "#9a3020", "\\", "♪"),
    Pattern.DEDICATED_ROLE: Look("#e9ecd8", "#535c12", "-", "●"),
    Pattern.CONTRACTED: Look("#e4e4e4", "#4a4a4a", "+", "□"),
    Pattern.OTHER: Look("#ffffff", "#6b7280", "", ""),
}

MARK_INKS: dict[Suitability, str] = {
    Suitability.SUITABLE: "#0b5d43",
    Suitability.CONDITIONAL: "#7a4a00",
    Suitability.UNSUITABLE: "#a01c1c",
    Suitability.UNDETERMINED: "#4b5563",
}
ROLE_WORDS: dict[str, Text] = {
    "care_worker": Text("介護職", "Care worker"),
    "nurse": Text("看護師", "Nurse"),
    "chief": Text("主任", "Chief"),
    "leader": Text("主任", "Leader"),
    "manager": Text("施設長", "Manager"),
    "head": Text("施設長", "Head"),
    "head_teacher": Text("主任保育士", "Head teacher"),
    "principal": Text("園長", "Principal"),
    "director": Text("園長", "Director"),
    "nursery_teacher": Text("保育士", "Nursery teacher"),
    "teacher": Text("保育士", "Teacher"),
    "assistant": Text("補助", "Assistant"),
    "cleaner": Text("清掃", "Cleaner"),
    "cook": Text("調理", "Cook"),
    "driver": Text("運転", "Driver"),
    "clerk": Text("事務", "Clerk"),
}


def role(code: str, language: Language) -> str:
    """A role as a person calls it; what the list does not know is shown as the observer wrote it."""
    word = ROLE_WORDS.get(code)
    return word.in_(language) if word else code.replace("_", " ")


def width_em(text: str) -> float:
    """Estimated width of a line in em: a full-width character is one, a Latin letter a little over half.

    >>> width_em("清掃")
    2.0
    """
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.56 for c in text)


def elide(text: str, em: float) -> str:
    """The text, shortened with an ellipsis where it is wider than `em`.

    >>> elide("起床時ケアと排泄ケア", 5)
    '起床時ケ…'
    """
    if width_em(text) <= em:
        return text
    kept = ""
    for character in text:
        if width_em(kept + character) > em - 1:
            break
        kept += character
    return kept.rstrip() + "…"


def wrap(text: str, em: float, lines: int) -> list[str]:
    """The text in at most `lines` lines of `em` each: broken at spaces where there are any, else between characters."""
    out: list[str] = []
    rest = text.strip()
    while rest and len(out) < lines - 1 and width_em(rest) > em:
        cut = 1
        while cut < len(rest) and width_em(rest[: cut + 1]) <= em:
            cut += 1
        space = rest.rfind(" ", 1, cut + 1)
        cut = space if space > 0 else cut
        out.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*out, elide(rest, em)] if rest else out


def safe(text: str) -> str:
    """A user's text for a Plotly label: its few HTML tags and links must stay letters.

    >>> safe("<b>x</b>")
    '&lt;b&gt;x&lt;/b&gt;'
    """
    return plain(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
