"""The manual as one web page: every text escaped, nothing loaded from anywhere."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from carveout.casebook import Commonness
from carveout.language import Language
from carveout.manual import headings
from carveout.manual.content import Manual
from carveout.proposal.html import style

if TYPE_CHECKING:
    from jinja2 import Template


def html(manual: Manual, language: Language) -> str:
    """The manual as an HTML document for screen and paper."""
    return _page().render(
        m=manual, lang=language, css=style(), commonness=list(Commonness), section=headings.SECTION,
        columns=headings.COLUMNS, unknown=Commonness.UNKNOWN, sites=headings.SITES, cases=headings.CASES,
        plans=headings.PLANS, told=headings.TOLD,
        lacking=headings.LACKING, own=headings.OWN, alike=headings.ALIKE, nothing=headings.NOTHING,
        write_here=headings.WRITE_HERE, made_up=headings.MADE_UP,
    )  # fmt: skip


@cache
def _page() -> Template:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(files("carveout.manual").joinpath("manual.html").read_text(encoding="utf-8"))
