"""Plain SVG: rectangles, lines and text that browsers and PDF makers show alike, without scripts, links or fonts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape

from carveout import words
from carveout.charts import style
from carveout.language import Language

FONT = "'Noto Sans CJK JP', 'Noto Sans JP', sans-serif"
TEXT_PX = 13
_HATCH = 5


@dataclass(slots=True)
class Drawing:
    """Elements in the order in which they are painted."""

    parts: list[str] = field(default_factory=list)

    def box(self, x: float, y: float, width: float, height: float, fill: str, line: str = "", dash: str = "") -> None:
        """A rectangle; line: its border's colour, "" for none."""
        border = f' stroke="{line}" stroke-width="1.5"' if line else ""
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        self.parts.append(
            f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}" fill="{fill}"{border}{dashed}/>'
        )

    def path(self, points: list[tuple[float, float]], colour: str, width: float, dash: str = "") -> None:
        """Joined straight lines."""
        way = " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        self.parts.append(f'<polyline points="{way}" fill="none" stroke="{colour}" stroke-width="{width:g}"{dashed}/>')

    def text(
        self, x: float, middle: float, said: str, colour: str = style.INK, side: str = "start", bold: bool = False
    ) -> None:
        """A line of text whose middle is at a height; side: which part of it stands at `x`."""
        weight = ' font-weight="bold"' if bold else ""
        y = middle + TEXT_PX * 0.36
        self.parts.append(
            f'<text x="{_n(x)}" y="{_n(y)}" fill="{colour}" text-anchor="{side}"{weight}>{_safe(said)}</text>'
        )

    def hatch(self, x: float, y: float, width: float, height: float) -> None:
        """The part taken off: a tinted rectangle under slanted lines that run on from one to the next."""
        self.box(x, y, width, height, style.SLOT_FILL)
        lines = " ".join(f"M{_n(x0)},{_n(y0)}L{_n(x1)},{_n(y1)}" for (x0, y0), (x1, y1) in _slants(x, y, width, height))
        if lines:
            self.parts.append(f'<path d="{lines}" stroke="{style.SLOT_INK}" stroke-width="1" fill="none"/>')

    def document(self, width: float, height: float, title: str, told: str, language: Language) -> str:
        """The whole picture. told: the text equivalent."""
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{_n(width)}" height="{_n(height)}" '
            f'viewBox="0 0 {_n(width)} {_n(height)}" role="img" lang="{language}" font-family="{FONT}" '
            f'font-size="{TEXT_PX}">'
        )
        said = f"<title>{_safe(title)}</title><desc>{_safe(told)}</desc>"
        paper = f'<rect width="100%" height="100%" fill="{style.PAPER}"/>'
        return "\n".join([head, said, paper, *self.parts, "</svg>"]) + "\n"


def _slants(
    x: float, y: float, width: float, height: float
) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """Slanted lines x + y = c inside a rectangle, for every c that is a multiple of the hatch's distance.

    >>> list(_slants(0, 0, 10, 4))
    [((1, 4), (5, 0)), ((6, 4), (10, 0))]
    """
    c = (x + y) // _HATCH * _HATCH + _HATCH
    while c < x + y + width + height:
        low, high = max(x, c - y - height), min(x + width, c - y)
        if low < high:
            yield (low, c - low), (high, c - high)
        c += _HATCH


def _n(value: float) -> str:
    """A coordinate, to a tenth of a pixel."""
    return f"{value:.1f}".removesuffix(".0")


def _safe(text: str) -> str:
    """A text for XML: marks escaped, what XML cannot hold replaced."""
    return "".join(c if ord(c) & 0xFFFE != 0xFFFE else "\ufffd" for c in escape(words.plain(text)))
