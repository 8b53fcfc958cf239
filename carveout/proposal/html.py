"""The proposal as a web page of its own: nothing is loaded from anywhere, every text is escaped."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from carveout.language import Language
from carveout.proposal.content import Proposal
from carveout.proposal.fields import worded
from carveout.proposal.headings import AVERAGES, HEADINGS, LABELS, MARKS, NOT_POSSIBLE, TO_CHECK, TO_CHECK_MARK

if TYPE_CHECKING:
    from jinja2 import Template


PRINTED = 9.2  # points of the type on paper


def render(proposal: Proposal, language: Language, points: float = PRINTED) -> str:
    """The sheet as one HTML document, made for the screen and for A4 paper. points: size of the type on paper."""
    return page("proposal.html").render(
        p=worded(proposal, language),
        h={name: text.in_(language) for name, text in HEADINGS.items()},
        l={name: text.in_(language) for name, text in LABELS.items()},
        picture=proposal.picture.in_(language) if proposal.before_after else "",
        language=language,
        written=proposal.dated.isoformat() if proposal.dated else "",
        marks=MARKS.in_(language),
        averages=AVERAGES.in_(language),
        to_check=TO_CHECK.in_(language),
        to_check_mark=TO_CHECK_MARK.in_(language),
        not_possible=NOT_POSSIBLE.in_(language),
        points=points,
        css=style(),
    )


@lru_cache(maxsize=1)
def style() -> str:
    """The style sheet."""
    return files("carveout.proposal").joinpath("templates/proposal.css").read_text(encoding="utf-8")


@lru_cache(maxsize=4)
def page(name: str) -> Template:
    """A shipped page: every value is escaped, a field that does not exist is an error."""
    from jinja2 import Environment, StrictUndefined  # a tenth of a second that only documents need

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(files("carveout.proposal").joinpath(f"templates/{name}").read_text(encoding="utf-8"))
