"""A trainee's practice record as one web page to print: who, when, which topics are known, how far one agrees."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from carveout.app.wording import catalogue
from carveout.language import Language
from carveout.proposal.html import style
from carveout.training import Progress, topic_name

if TYPE_CHECKING:
    from jinja2 import Template


def practice_record(found: Progress, shown: str, on: date, language: Language) -> str:
    """The record in one language. shown: the trainee's id, never a name. Every text is escaped, nothing is loaded."""

    def word(key: str, **values: object) -> str:
        return catalogue()[key].in_(language).format(**values)

    def number(value: float | None) -> str:
        return word("training.undefined") if value is None else f"{value:.2f}"

    known = [topic_name(one.topic).in_(language) for one in found.topics if one.known]
    learning = [one for one in found.topics if not one.known]
    agreement = [
        (
            word(f"training.agreement_{name}"), word("training.n_questions", n=own.n),
            word("training.undefined") if own.share is None else f"{own.share:.0%}", number(own.kappa), number(own.ac1),
        )
        for name, own in (("first", found.first_tries), ("latest", found.latest))
    ]  # fmt: skip
    n = sum(one.answers for one in found.days)
    return _page().render(
        lang=language, css=style(), title=word("training.paper"), no_qualification=word("training.no_qualification"),
        facts=[
            (word("training.paper_who"), shown),
            (word("training.paper_from"), f"{found.days[0].on} – {found.days[-1].on}" if found.days else ""),
            (word("training.paper_days"), word("training.paper_counts", days=len(found.days), answers=n)),
            (word("training.paper_written"), on.isoformat()),
        ],
        known_title=word("training.paper_known"), known=known, nothing=word("training.paper_nothing"),
        learning_title=word("training.paper_learning"),
        learning=[
            (topic_name(one.topic).in_(language), word("training.right_of", n=one.right, of=one.answers))
            for one in learning
        ],
        agreement_title=word("training.paper_agreement"),
        heads=[
            *(word(f"training.column_{name}") for name in ("answer", "questions", "share")),
            word("training.kappa"), word("training.ac"),
        ],
        agreement=agreement, how=word("training.how_told"),
    )  # fmt: skip


@cache
def _page() -> Template:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    page = files("carveout.app").joinpath("practice/practice_record.html").read_text(encoding="utf-8")
    return environment.from_string(page)
