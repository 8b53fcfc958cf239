"""An exercise opened: its document analysed, its questions held against it, and what was seen, said neutrally."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from statistics import median

from carveout.analysis import analyze
from carveout.errors import InputError, Problem
from carveout.language import Text
from carveout.model import WEEKDAYS, Occurrence, SiteResult
from carveout.observations import read_bytes
from carveout.training.exercise import ChainQuestion, Exercise, Question
from carveout.training.making import USUAL_QUESTIONS, make_exercise

_DOCUMENT = "document.yaml"


@dataclass(frozen=True, slots=True)
class Seen:
    """What the record shows of a task in a question's window, without saying what follows from it.

    days of of_days: on how many observed days (of the question's weekdays, where it names some). times: rows.
    minutes: the median length of one. people: the most who did it on one day. elsewhere: rows at other times or days.
    """

    days: int
    of_days: int
    times: int
    minutes: float
    people: int
    elsewhere: int


def analysed(document: str) -> SiteResult:
    """The one site of an exercise's document. Raises InputError, also where it holds no site or several."""
    analysis = analyze(read_bytes(_DOCUMENT, document.encode()).timeline)
    if len(analysis.sites) != 1:
        cause = Text("中の観察記録が一つの施設のものではありません", "the record inside is not of one site")
        raise InputError([_problem("document", cause)])
    return analysis.site(0)


def open_exercise(exercise: Exercise) -> SiteResult:
    """The site an exercise asks about. Raises InputError with every question that the record inside cannot answer."""
    result = analysed(exercise.document)
    problems = [_problem(q.id, _no_unit(q.unit)) for q in exercise.questions if q.unit not in result.units]
    for chain in exercise.chains:
        rows = {row.index for row in rows_of(result, chain)}
        if not rows:
            cause = Text(f"{chain.date}・{chain.unit}の記録がありません", f"no record of {chain.unit} on {chain.date}")
            problems.append(_problem(chain.id, cause))
        elif not rows.issuperset(chain.rows):
            cause = Text("その日にない行を指しています", "it points to rows which that day does not have")
            problems.append(_problem(chain.id, cause))
    if problems:
        raise InputError(problems)
    return result


def exercise_from(
    document: str, *, name: str = "", author: str = "", questions: int = USUAL_QUESTIONS, unit: str = ""
) -> Exercise:
    """An exercise on the one site of a document, or with `unit` on one of its units only. Raises InputError.

    Rows are numbered as the document counts them, so that whoever opens the file sees the same rows marked.
    """
    return make_exercise(analysed(document), document, name=name, author=author, questions=questions, unit=unit)


def rows_of(result: SiteResult, question: ChainQuestion) -> tuple[Occurrence, ...]:
    """All rows of the day a chain question asks about, by time."""
    own = (o for o in result.occurrences if (o.unit, o.date) == (question.unit, question.date))
    return tuple(sorted(own, key=lambda o: (o.start, o.end, o.index)))


def seen(result: SiteResult, question: Question) -> Seen:
    """What was seen of a question's task in its window."""
    own = [o for o in result.occurrences if (o.unit, o.task) == (question.unit, question.task)]
    inside = [o for o in own if in_window(o, question)]
    dates = {o.date for o in result.occurrences if o.unit == question.unit}
    of_days = {day for day in dates if not question.weekdays or _weekday(day) in question.weekdays}
    people = [{p for o in inside if o.date == day for p in o.staff} for day in {o.date for o in inside}]
    return Seen(
        len({o.date for o in inside}), len(of_days), len(inside),
        float(median(o.end - o.start for o in inside)) if inside else 0.0,
        max(map(len, people), default=0), len(own) - len(inside),
    )  # fmt: skip


def in_window(row: Occurrence, question: Question) -> bool:
    """Whether a row is of a question's task, unit, hours and weekdays; one without length counts at its start."""
    if (row.unit, row.task) != (question.unit, question.task):
        return False
    if question.weekdays and _weekday(row.date) not in question.weekdays:
        return False
    return row.start < question.end and max(row.end, row.start + 1) > question.start


def telling_days(result: SiteResult, question: Question) -> tuple[str, ...]:
    """The observed days of the unit on which the task was seen in the window, then the others; each by date."""
    dates = sorted({o.date for o in result.occurrences if o.unit == question.unit})
    shown = {o.date for o in result.occurrences if in_window(o, question)}
    return tuple(sorted(dates, key=lambda day: (day not in shown, day)))


def _weekday(day: str) -> str:
    return WEEKDAYS[date.fromisoformat(day).weekday()]


def _no_unit(unit: str) -> Text:
    return Text(f"ユニット {unit} が中の記録にありません", f"the record inside has no unit {unit}")


def _problem(place: str, cause: Text) -> Problem:
    remedy = Text("教材をつくり直すか、中の記録を直してください", "Make the exercise anew, or mend the record inside")
    return Problem("error", "exercise", _DOCUMENT, None, place, "", cause, remedy)
