"""Two observers of one day: how far their records agree, and which definitions they read differently."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping
from pathlib import Path

import streamlit as st

from carveout import words
from carveout.agreement import (
    Cue,
    Dimension,
    EventAgreement,
    MinuteAgreement,
    TwoRecords,
    elementary,
    event_agreement,
    labels_of,
    minute_agreement,
    named_by,
    of_state,
    resolved,
)
from carveout.app import archive_here, sites, two_days
from carveout.app.drop_zone import own_words_for_the_drop_zone
from carveout.app.problem_table import problem_table
from carveout.app.wording import in_html, language, says, t
from carveout.catalogue import catalogue
from carveout.charts.two_records import HEADINGS, as_rows, two_records
from carveout.errors import InputError
from carveout.model import Mode, Pattern, Suitability
from carveout.store import StoreError
from carveout.training import values_of, verdicts_alike

STYLE = Path(two_days.__file__).parent / "learning.css"
_WAYS = ("files", "store", "example")
_TOLERANCES = (0, 1, 2, 3, 5, 10)
_CLASSES = {"direct_care", "indirect_work", "break", "other"}


def render() -> None:
    """The page: where the two records come from, then what they agree on."""
    st.html(STYLE)
    st.html(f'<p class="co-lead">{in_html(t("observers.lead"))}</p>')
    ways = {one: t(f"observers.way_{one}") for one in _WAYS}
    way = st.segmented_control(
        t("observers.way"), _WAYS, key="observers.way", format_func=ways.__getitem__,
        default=_WAYS[0], required=True,
    )  # fmt: skip
    sources: Mapping[str, Callable[[], list[TwoRecords] | None]] = {
        "files": _from_files, "store": _from_store, "example": _example,
    }  # fmt: skip
    pairs = sources[way or _WAYS[0]]()
    if pairs is None:
        return
    if not pairs:
        st.info(t(f"observers.none_{way}"))
        return
    names = [pair.name for pair in pairs]
    chosen = st.selectbox(
        t("observers.pair"), range(len(pairs)), key=f"observers.pair.{way}", format_func=names.__getitem__
    )
    minutes = {n: t("observers.minutes", n=n) for n in _TOLERANCES}
    dimensions = {one: t(f"observers.by_{one}") for one in Dimension}
    left, right = st.columns(2)
    with left:
        tolerance = st.select_slider(
            t("observers.tolerance"), _TOLERANCES, 2, key="observers.tolerance",
            format_func=minutes.__getitem__,
        )  # fmt: skip
    with right:
        dimension = st.selectbox(
            t("observers.dimension"), list(Dimension), key="observers.dimension",
            format_func=dimensions.__getitem__,
        )  # fmt: skip
    _compared(pairs[chosen], int(tolerance), dimension or Dimension.TASK)


def _from_files() -> list[TwoRecords] | None:
    files = st.file_uploader(
        t("observers.pick", mb=sites.MAX_FILE_MB), type=list(sites.KINDS), accept_multiple_files=True,
        key="observers.files",
    )  # fmt: skip
    own_words_for_the_drop_zone()
    if not files:
        st.html(f'<p class="co-body">{in_html(t("observers.pick_help"))}</p>')
        st.button(
            t("observers.see_example"), key="observers.see_example", icon=":material/play_arrow:", on_click=_to_example
        )
        return None
    too_big = [file.name for file in files if file.size > sites.MAX_FILE_MB * sites.MEGABYTE]
    if too_big:
        st.error(t("observers.too_big", names=", ".join(map(words.plain, too_big)), mb=sites.MAX_FILE_MB))
        return None
    try:
        return two_days.of_files({f"{number}-{file.name}": file.getvalue() for number, file in enumerate(files, 1)})
    except InputError as error:
        st.error(t("observers.unreadable"), icon=":material/error:")
        st.html(problem_table(error.problems))
        return None


def _from_store() -> list[TwoRecords] | None:
    try:
        return two_days.of_store()
    except archive_here.NotLetInError:
        st.info(t("observers.not_let_in"))
    except StoreError as error:
        archive_here.broken(error)
    return None


def _to_example() -> None:
    st.session_state["observers.way"] = "example"


def _example() -> list[TwoRecords]:
    st.html(f'<p class="co-notice" role="note">{in_html(t("observers.made_up"))}</p>')
    return [two_days.example()]


def _compared(pair: TwoRecords, tolerance: int, dimension: Dimension) -> None:
    first, second = (resolved(record) for record in (pair.first, pair.second))
    labels = {task: says(label) for task, label in labels_of(pair).items()}
    named = named_by({})
    if dimension is not Dimension.TASK:
        named = named_by(values_of((pair.first, pair.second), dimension))
    with st.spinner(t("app.loading")):
        minutes = minute_agreement(first, second, named)
        events = event_agreement(first, second, tolerance=tolerance, named=named)
    st.html(f'<div class="co-figures">{_minutes(minutes)}{_events(events)}</div>')
    with st.expander(t("observers.how")):
        st.html(f'<p class="co-body">{in_html(t("observers.how_told", n=tolerance))}</p>')
    st.subheader(t("observers.beside"), anchor=False)
    one, other = pair.observers
    shown = f"{t('observers.first', who=one)}　{t('observers.second', who=other)}"
    st.html(f'<p class="co-lead">{in_html(shown)}</p>')
    st.html(_picture(two_records(events, labels, language()), t("observers.in_words_alt")))
    with st.expander(t("observers.in_words")):
        rows = as_rows(events, labels, language())
        columns = {says(heading): [words.plain(row[at]) for row in rows] for at, heading in enumerate(HEADINGS)}
        st.dataframe(columns, hide_index=True, row_height=36)
    cut = elementary(first, second, named)
    _tasks(events, {one.task: of_state(cut, one.task) for one in events.tasks}, labels, dimension)
    _verdicts(pair, labels)


def _picture(svg: str, said: str) -> str:
    """An SVG as an image: what Streamlit lets through of HTML holds no drawing."""
    source = f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
    return f'<div class="co-wide" tabindex="0"><img src="{source}" alt="{in_html(said)}"></div>'


def _minutes(found: MinuteAgreement) -> str:
    interval = ""
    if found.kappa_interval is not None:
        low, high = found.kappa_interval.low, found.kappa_interval.high
        interval = t("observers.interval", low=f"{low:.2f}", high=f"{high:.2f}")
    return (
        _figure(t("observers.share"), _percent(found.share), t("observers.person_minutes", n=round(found.minutes)))
        + _figure(t("observers.kappa"), _number(found.kappa), interval or t("observers.no_interval"))
        + _figure(t("observers.robust"), _number(found.ac1), t("observers.robust_told"))
    )


def _events(found: EventAgreement) -> str:
    alike = sum(pair.named_alike for pair in found.pairs)
    counted = t("observers.counted", both=len(found.pairs), missed=len(found.missed), extra=len(found.extra))
    both = f"{_percent(found.within_start)} / {_percent(found.within_end)}"
    return (
        _figure(t("observers.found"), _percent(found.share_found), counted)
        + _figure(
            t("observers.naming"), _number(found.naming_kappa), t("observers.alike", n=alike, of=len(found.pairs))
        )
        + _figure(t("observers.timing", n=found.tolerance), both, t("observers.start_end"))
    )


def _figure(label: str, value: str, below: str) -> str:
    return (
        f'<div class="co-figure"><p>{in_html(label)}</p><p class="co-value">{in_html(value)}</p>'
        f"<small>{in_html(below)}</small></div>"
    )


def _number(value: float | None) -> str:
    return t("observers.undefined") if value is None else f"{value:.2f}"


def _percent(share: float | None) -> str:
    return t("observers.undefined") if share is None else f"{share:.0%}"


def _tasks(
    events: EventAgreement, kappas: Mapping[str, float | None], labels: Mapping[str, str], dimension: Dimension
) -> None:
    st.subheader(t("observers.tasks"), anchor=False)
    names = ("task", "kappa", "both", "missed", "extra", "start_off", "end_off")
    head = "".join(f'<th scope="col">{in_html(t(f"observers.column_{name}"))}</th>' for name in names)
    body = []
    # What to talk about stands first.
    for one in sorted(events.tasks, key=lambda e: (-(e.missed + e.extra + e.start_off + e.end_off), e.task)):
        cells = [
            _number(kappas[one.task]),
            str(one.both),
            str(one.missed),
            str(one.extra),
            str(one.start_off),
            str(one.end_off),
        ]
        told = "".join(f"<td>{cell}</td>" for cell in cells)
        name = _name(one.task, labels, dimension)
        cue = f"<br>{_cue(one.task, one.cue)}" if one.cue else ""
        body.append(f'<tr><th scope="row">{in_html(name)}{cue}</th>{told}</tr>')
    st.html(
        f'<div class="co-wide" tabindex="0"><table class="co-table co-numbers"><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(body)}</tbody></table></div>"
    )


def _cue(task: str, cue: Cue) -> str:
    """Which definition diverged, and how the catalogue words it."""
    said = f"<small>{in_html(t('observers.settle', what=t(f'observers.cue_{cue}')))}</small>"
    known = catalogue().tasks.get(task)
    if known is None:
        return said
    wordings = []
    if cue is not Cue.END and says(known.start_cue):
        wordings.append(t("observers.start_cue", cue=says(known.start_cue)))
    if cue is not Cue.START and says(known.end_cue):
        wordings.append(t("observers.end_cue", cue=says(known.end_cue)))
    return said + "".join(f"<br><small>{in_html(one)}</small>" for one in wordings)


def _name(value: str, labels: Mapping[str, str], dimension: Dimension) -> str:
    if dimension is Dimension.PATTERN and value in set(Pattern):
        return says(words.PATTERN[Pattern(value)])
    if dimension is Dimension.CARE_CLASS and value in _CLASSES:
        return t(f"observers.class_{value}")
    return labels.get(value, value)


def _verdicts(pair: TwoRecords, labels: Mapping[str, str]) -> None:
    found = verdicts_alike(pair)
    st.subheader(t("observers.verdicts"), anchor=False)
    figures = (
        _figure(
            t("observers.same_verdicts"), _percent(found.share), t("observers.verdicts_compared", n=found.compared)
        ),
        _figure(t("observers.kappa"), _number(found.kappa), ""),
        _figure(t("observers.robust"), _number(found.ac1), ""),
    )
    st.html(f'<div class="co-figures">{"".join(figures)}</div>')
    lines = [
        t(
            "observers.differs", task=labels.get(task, task), mode=says(words.MODE[Mode(mode)]), first=_answer(one),
            second=_answer(other),
        )
        for task, mode, one, other in found.differing
    ]  # fmt: skip
    if lines:
        st.html('<ul class="co-list">' + "".join(f"<li>{in_html(line)}</li>" for line in lines) + "</ul>")


def _answer(joined: str) -> str:
    marks = [words.MARK[Suitability(one)] for one in joined.split(" / ")]
    return "".join(marks)


if __name__ == "__main__":
    render()
