"""Small pieces that several parts of the page show alike: marks, figures, wordings of agreement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from carveout import words
from carveout.app.wording import in_html, language, says, t
from carveout.charts.picture import task_name
from carveout.model import SiteResult, Suitability
from carveout.training import REASON, Outcome, Question, ReasonCode

# Not ○△×, which say how suitable work is.
SIGN = {Outcome.RIGHT: "✓", Outcome.OTHER_REASON: "≒", Outcome.DIFFERENT: "≠"}
_GRADES = ((0.8, "very"), (0.6, "well"), (0.4, "fair"), (0.2, "little"))  # Landis and Koch 1977


def mark(suitability: Suitability) -> str:
    """A mark with its words, as HTML."""
    said = in_html(says(words.SUITABILITY[suitability]))
    return f'<span class="co-{suitability} co-mark">{words.MARK[suitability]}</span> <b>{said}</b>'


def plain_mark(suitability: Suitability) -> str:
    """A mark with its words, as text."""
    return f"{words.MARK[suitability]} {says(words.SUITABILITY[suitability])}"


def reasons(codes: Iterable[ReasonCode]) -> str:
    """Reason codes in words."""
    return t("training.or").join(says(REASON[one]) for one in codes)


def window(question: Question) -> str:
    """A question's hours, with its weekdays."""
    days = words.weekdays(question.weekdays or None, language()) or t("training.every_day")
    return f"{days} {words.span(question.start, question.end)}"


def headline(question: Question, result: SiteResult) -> str:
    """A question in one line: task, unit, hours, form."""
    return t(
        "training.headline", task=task_name(result, question.task, language()), unit=question.unit,
        window=window(question), mode=says(words.MODE[question.mode]),
    )  # fmt: skip


def outcome(one: Outcome) -> str:
    """An outcome in words, with its sign."""
    return f"{SIGN[one]} {t(f'training.outcome_{one}')}"


def figure(label: str, value: str, below: str = "") -> str:
    """One figure with what it counts."""
    return (
        f'<div class="co-figure"><p>{in_html(label)}</p><p class="co-value">{in_html(value)}</p>'
        f"<small>{in_html(below)}</small></div>"
    )


def figures(own: Iterable[str]) -> str:
    """Figures side by side."""
    return f'<div class="co-figures co-fit">{"".join(own)}</div>'


def share(value: float | None) -> str:
    """A share in per cent, or that it is undefined."""
    return t("training.undefined") if value is None else f"{value:.0%}"


def coefficient(value: float | None) -> tuple[str, str]:
    """A coefficient of agreement as a number and in words."""
    if value is None:
        return t("training.undefined"), t("training.undefined_why")
    grade = next((name for low, name in _GRADES if value >= low), "hardly")
    return f"{value:.2f}", t(f"training.agree_{grade}")


def listed(lines: Iterable[str]) -> str:
    """Lines (text) as a list."""
    return '<ul class="co-list">' + "".join(f"<li>{in_html(line)}</li>" for line in lines) + "</ul>"


def table(heads: Sequence[str], lines: Iterable[Sequence[str]], *, first_is_head: bool = True) -> str:
    """A table of HTML cells; heads are text."""
    head = "".join(f'<th scope="col">{in_html(one)}</th>' for one in heads)
    body = ""
    for cells in lines:
        first = f'<th scope="row">{cells[0]}</th>' if first_is_head else f"<td>{cells[0]}</td>"
        body += f"<tr>{first}{''.join(f'<td>{cell}</td>' for cell in cells[1:])}</tr>"
    return (
        f'<div class="co-wide" tabindex="0"><table class="co-table"><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def when(at: datetime, now: datetime) -> str:
    """When something comes back, as a day and in how many days."""
    days = (at.date() - now.date()).days
    if days <= 0:
        return t("training.today")
    if days == 1:
        return t("training.tomorrow", day=at.date().isoformat())
    return t("training.in_days", n=days, day=at.date().isoformat())
