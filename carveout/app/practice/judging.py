"""One question at a time: the work, a mark, a reason; then the experts' answer beside one's own."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from carveout import words
from carveout.app.practice import kept, parts, walk
from carveout.app.practice.blind_sheet import Asked, as_image, blind_sheet, in_words, rows_of_day
from carveout.app.practice.walk import Given, Round
from carveout.app.wording import in_html, language, says, t
from carveout.charts.picture import task_name, weekday_of
from carveout.model import SiteResult, Suitability
from carveout.training import (
    REASON,
    Answer,
    Exercise,
    Judged,
    Key,
    Question,
    ReasonCode,
    in_window,
    judge,
    seen,
    telling_days,
)

_AROUND = 75  # minutes shown before and after a question's hours
_LONGEST = 300  # a longer stretch is shown as the whole day


def draw(here: Round, exercise: Exercise, question: Question, result: SiteResult, given: Given) -> None:
    """The question; answered already in this round, its solution."""
    answer = given.get((exercise.id, question.id))
    st.html(_asked(question, result))
    if answer is None:
        _answering(exercise, question)
    else:
        _solution(here, exercise, judge(question, answer), result, given)
    _around(exercise, question, result)


def _asked(question: Question, result: SiteResult) -> str:
    """What is asked, with what was seen said neutrally."""
    found = seen(result, question)
    mode = t(
        "training.mode_told", mode=says(words.MODE[question.mode]), meaning=says(words.MODE_MEANING[question.mode])
    )
    shown = t(
        "training.seen", days=found.days, of_days=found.of_days, times=found.times, minutes=f"{found.minutes:.0f}",
        people=found.people,
    )  # fmt: skip
    if not found.times:
        shown = t("training.not_seen", of_days=found.of_days)
    if found.elsewhere:
        shown += t("training.seen_elsewhere", n=found.elsewhere)
    facts = (
        (t("training.when"), f"{parts.window(question)}　{question.unit}"),
        (t("training.form"), mode),
        (t("training.observed"), shown),
    )
    rows = "".join(f"<dt>{in_html(head)}</dt><dd>{in_html(rest)}</dd>" for head, rest in facts)
    return (
        f'<div class="co-ask"><h2>{in_html(task_name(result, question.task, language()))}</h2>'
        f'<dl class="co-facts">{rows}</dl><p class="co-body">{in_html(t("training.ask"))}</p></div>'
    )


def _answering(exercise: Exercise, question: Question) -> None:
    """Four marks, then the reasons; the reason keeps the answer at once."""
    chosen = f"training.mark.{exercise.id}.{question.id}"
    mark = st.session_state.get(chosen)
    with st.container(key="training-marks"):
        for column, one in zip(st.columns(4), Suitability, strict=True):
            with column:
                st.button(
                    parts.plain_mark(one), key=f"training.answer.{one}", width="stretch", wrap=True,
                    type="primary" if mark == one else "secondary", on_click=_choose, args=(chosen, one),
                )  # fmt: skip
    names = {one: says(REASON[one]) for one in ReasonCode}
    st.pills(
        t("training.why" if mark else "training.why_later"), list(ReasonCode),
        key=f"training.reason.{exercise.id}.{question.id}", format_func=names.__getitem__, disabled=mark is None,
        on_change=_answer, args=(exercise, question, chosen),
    )  # fmt: skip


def _choose(chosen: str, mark: Suitability) -> None:
    st.session_state[chosen] = mark


def _answer(exercise: Exercise, question: Question, chosen: str) -> None:
    """Keep the answer; only then the page shows what experts say."""
    reason = st.session_state.get(f"training.reason.{exercise.id}.{question.id}")
    mark = st.session_state.pop(chosen, None)
    if reason is not None and mark is not None:
        at = kept.now().isoformat(timespec="milliseconds")
        kept.save(Answer(exercise.id, question.id, kept.trainee(), at, Suitability(mark), ReasonCode(reason)))


def _solution(here: Round, exercise: Exercise, judged: Judged, result: SiteResult, given: Given) -> None:
    st.html(_beside(judged))
    twin = _twin(exercise, judged.question)
    if twin is not None and (other := given.get((exercise.id, twin.id))) is not None:
        st.html(_pair((judged, judge(twin, other)), result))
        twin = None
    _onward(here, exercise, twin)


def _beside(judged: Judged) -> str:
    """One's own answer beside the expert's, why, on what it rests, and who else says otherwise."""
    answer, key = judged.answer, judged.key
    own = parts.mark(answer.suitability or Suitability.UNDETERMINED)
    why = in_html(says(REASON[answer.reason])) if answer.reason else ""
    expert = "; ".join([parts.reasons(key.reasons)])
    evidence = f'<p class="co-reason">{in_html(says(key.evidence))}</p>' if says(key.evidence) else ""
    source = f"<p><small>{in_html(t('training.source', who=_by(key), source=key.source))}</small></p>"
    few = ""
    if any(ReasonCode.NOT_ENOUGH_SEEN in one.reasons for one in (key, *judged.others)):
        few = f'<p class="co-notice" role="note">{in_html(t("training.few_told"))}</p>'
    others = "".join(_other(one) for one in judged.others)
    if others:
        others = f"<h4>{in_html(t('training.others'))}</h4><ul class='co-list'>{others}</ul>"
    return (
        f'<div class="co-card co-solution" role="status"><p class="co-outcome co-out-{judged.outcome}">'
        f"{in_html(parts.outcome(judged.outcome))}</p>"
        f'<div class="co-two"><div><h4>{in_html(t("training.yours"))}</h4><p>{own}</p><p>{why}</p></div>'
        f"<div><h4>{in_html(t('training.experts'))}</h4><p>{parts.mark(key.suitability)}</p>"
        f"<p>{in_html(expert)}</p></div></div>{evidence}{source}{few}{others}</div>"
    )


def _other(key: Key) -> str:
    evidence = says(key.evidence)
    return (
        f"<li>{parts.mark(key.suitability)} {in_html(parts.reasons(key.reasons))}"
        f"{'<br>' + in_html(evidence) if evidence else ''}"
        f"<br><small>{in_html(t('training.source', who=_by(key), source=key.source))}</small></li>"
    )


def _by(key: Key) -> str:
    return t("training.by_rules") if key.by == "carveout" else key.by


def _twin(exercise: Exercise, question: Question) -> Question | None:
    """The same task in another context: the one it names, or the one that names it."""
    named = (q for q in exercise.questions if q.id == question.twin or (q.twin == question.id and q.id != question.id))
    return next(named, None)


def _pair(both: Sequence[Judged], result: SiteResult) -> str:
    """The same task in two contexts, with what experts say of each."""
    heads = [t(f"training.column_{name}") for name in ("when", "form", "experts", "yours")]
    lines = [
        (
            in_html(parts.window(one.question)), in_html(says(words.MODE[one.question.mode])),
            f"{parts.mark(one.key.suitability)}<br><small>{in_html(parts.reasons(one.key.reasons))}</small>",
            parts.mark(one.answer.suitability or Suitability.UNDETERMINED),
        )
        for one in sorted(both, key=lambda one: (one.question.start, one.question.id))
    ]  # fmt: skip
    task = task_name(result, both[0].question.task, language())
    return (
        f'<div class="co-card co-pair"><h4>{in_html(t("training.pair", task=task))}</h4>'
        f'{parts.table(heads, lines)}<p class="co-body">{in_html(t("training.pair_told"))}</p></div>'
    )


def _onward(here: Round, exercise: Exercise, twin: Question | None) -> None:
    """On to the twin, if it is still open, else to the next step."""
    place = next((k for k, step in enumerate(here.steps) if twin is not None and step.question is twin), None)
    with st.container(horizontal=True):
        if twin is not None and place is not None:
            st.button(
                t("training.to_twin"), key="training.twin", type="primary", icon=":material/compare_arrows:",
                on_click=walk.go_to, args=(place,),
            )  # fmt: skip
        last = here.at + 1 >= len(here.steps)
        if place != here.at + 1:
            st.button(
                t("training.to_end" if last else "training.next"), key="training.next",
                type="secondary" if place is not None else "primary", icon=":material/arrow_forward:",
                on_click=walk.go_to, args=(here.at + 1,),
            )  # fmt: skip
    if twin is not None and place is None:
        st.html(f'<p class="co-small">{in_html(t("training.twin_elsewhere", exercise=says(exercise.title)))}</p>')


def _around(exercise: Exercise, question: Question, result: SiteResult) -> None:
    """The hours around the question on one observed day, without verdicts; the day can be changed."""
    days = telling_days(result, question)
    if not days:
        return
    names = {day: f"{day} {words.weekdays([weekday_of(day)], language())}" for day in days}
    day = st.selectbox(
        t("training.day"), days, key=f"training.day.{exercise.id}.{question.id}", format_func=names.__getitem__
    )
    rows = frozenset(o.index for o in result.occurrences if o.date == day and in_window(o, question))
    between = None
    if question.end - question.start <= _LONGEST:
        between = ((question.start - _AROUND) // 30 * 30, -(-(question.end + _AROUND) // 30) * 30)
    svg = blind_sheet(result, question.unit, day, asked=Asked(question.start, question.end, rows), between=between)
    st.html(as_image(svg, t("training.sheet_alt")))
    st.html(f'<p class="co-small co-under">{in_html(t("training.sheet_legend"))}</p>')
    with st.expander(t("training.in_words")):
        own = [o for o in rows_of_day(result, question.unit, day) if between is None or _near(o.start, o.end, between)]
        st.dataframe(in_words(result, own), hide_index=True, row_height=36)


def _near(start: int, end: int, between: tuple[int, int]) -> bool:
    return start < between[1] and max(end, start + 1) > between[0]
