"""One visual language: readable colours, and a second sign beside every colour."""

from __future__ import annotations

import itertools

import pytest

from carveout.charts import style
from carveout.model import Pattern, Suitability


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("ink", ["INK", "MUTED", "WORK_LINE", "STAFF_LINE", "THIN_INK", "SLOT_INK"])
def test_every_ink_reads_on_paper_and_on_the_shade_of_thin_hours(ink):
    colour = getattr(style, ink)
    assert contrast(colour, style.PAPER) >= 4.5
    assert contrast(colour, style.THIN_FILL) >= 4.5


def test_slot_text_reads_on_its_own_fill():
    assert contrast(style.SLOT_INK, style.SLOT_FILL) >= 4.5


@pytest.mark.parametrize("mark", Suitability)
def test_every_mark_reads_on_paper(mark):
    assert contrast(style.MARK_INKS[mark], style.PAPER) >= 4.5


@pytest.mark.parametrize("pattern", Pattern)
def test_names_read_on_tinted_bars_and_borders_show_against_paper(pattern):
    look = style.PATTERN_LOOKS[pattern]
    if pattern is not Pattern.OVERLAPPING:  # drawn without text on it
        assert contrast(style.INK, look.fill) >= 4.5
    assert contrast(look.line, style.PAPER) >= 4.5


def test_no_two_patterns_share_hatch_and_symbol():
    looks = [style.PATTERN_LOOKS[p] for p in Pattern]
    for a, b in itertools.combinations(looks, 2):
        assert (a.hatch, a.symbol) != (b.hatch, b.symbol)
    symbols = [look.symbol for look in looks if look.symbol]
    assert len(symbols) == len(set(symbols))


def test_long_names_wrap_at_words_and_end_in_an_ellipsis():
    assert style.wrap("Places for an older worker", 8, 3) == ["Places for an", "older worker"]
    assert style.wrap("とても長い名前の業務" * 3, 6, 2) == ["とても長い名", "前の業務と…"]
    assert style.wrap("", 6, 2) == []
