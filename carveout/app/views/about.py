"""What the tool is, how it judges, and what the marks and words mean."""

from __future__ import annotations

import streamlit as st

from carveout.app.wording import catalogue, in_html, says, t
from carveout.charts import style
from carveout.model import Level, Mode, Pattern, Suitability
from carveout.words import LEVEL, MARK, MODE, MODE_MEANING, PATTERN, SUITABILITY


def render() -> None:
    """The page: one column of short sections."""
    st.html(f'<p class="co-lead">{in_html(t("about.lead"))}</p>')
    _section("notice_title", "notice")
    _section("method_title", "method")
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader(t("about.marks_title"), anchor=False)
        st.html(_marks())
        st.subheader(t("about.modes_title"), anchor=False)
        st.html(_pairs([(says(MODE[mode]), says(MODE_MEANING[mode])) for mode in Mode]))
        st.subheader(t("about.levels_title"), anchor=False)
        st.html(_pairs([(says(LEVEL[level]), t(f"about.level_{level}")) for level in Level]))
    with right:
        st.subheader(t("about.patterns_title"), anchor=False)
        st.html(_patterns())
    st.subheader(t("about.glossary_title"), anchor=False)
    entries = [key for key in catalogue() if key.startswith("glossary.")]
    st.html("<ul class='co-list'>" + "".join(f"<li>{in_html(t(key))}</li>" for key in entries) + "</ul>")
    _section("sources_title", "sources")
    _section("limits_title", "limits")


def _section(title: str, body: str) -> None:
    st.subheader(t(f"about.{title}"), anchor=False)
    st.html(f'<p class="co-body">{in_html(t(f"about.{body}"))}</p>')


def _marks() -> str:
    return _pairs([(MARK[one], says(SUITABILITY[one])) for one in Suitability])


def _pairs(pairs: list[tuple[str, str]]) -> str:
    return (
        "<dl class='co-facts'>"
        + "".join(f"<dt><b>{in_html(a)}</b></dt><dd>{in_html(b)}</dd>" for a, b in pairs)
        + "</dl>"
    )


def _patterns() -> str:
    """Each pattern with its fill, border and symbol, as the picture draws it."""
    items = ""
    for pattern in Pattern:
        look = style.PATTERN_LOOKS[pattern]
        ink = style.PAPER if pattern is Pattern.OVERLAPPING else look.line
        box = f"background:{_HATCH.get(look.hatch, '')}{look.fill};border:2px solid {look.line};color:{ink}"
        swatch = f"<span class='co-swatch' style='{box}'>{look.symbol}</span>"
        items += f"<dt>{swatch}</dt><dd>{in_html(says(PATTERN[pattern]))}</dd>"
    return f"<dl class='co-facts'>{items}</dl>"


def _stripes(angle: int) -> str:
    return f"repeating-linear-gradient({angle}deg,rgba(31,41,55,.28) 0 1px,transparent 1px 6px),"


_HATCH = {
    "/": _stripes(135),
    "\\": _stripes(45),
    "|": _stripes(90),
    "-": _stripes(0),
    "x": _stripes(45) + _stripes(135),
    "+": _stripes(0) + _stripes(90),
    ".": "radial-gradient(rgba(31,41,55,.35) 1px,transparent 1.5px) 0 0/6px 6px,",
}


if __name__ == "__main__":
    render()
