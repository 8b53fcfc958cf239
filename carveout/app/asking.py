"""Fields beside the week: who and how many, through which form of contract, under which rules, and what people know."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import TypeVar

import streamlit as st

from carveout import words
from carveout.app import drafting
from carveout.app.editor import Bench, bind
from carveout.app.job_parts import figure
from carveout.app.wording import in_html, says, t
from carveout.constraints import Fact, Limit, areas, facts, limits
from carveout.jobs import ANSWERS, Draft
from carveout.jobs.draft_file import ANSWER_CHARS, MAX_PEOPLE
from carveout.model import Channel, Job, Layer

_TYPING = "0.6s"  # after so long a pause what is typed is kept, so that a reload does not lose it
_FIRST_DAY, _LAST_DAY = date(1950, 1, 1), date(2199, 12, 31)
_OPEN_LAYERS = (Layer.PERSON, Layer.SCHEME, Layer.LAW)
RATIO = "relief_ratio"
_HOURS_OF_A_DAY = 24
_Value = TypeVar("_Value")


def terms_fields(bench: Bench) -> None:
    """Title, people, and the form of contract."""
    draft = bench.draft
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    with left:
        key = f"shape.title.{drafting.turn()}"
        st.text_input(
            t("shape.title"), key=_typed(key, draft.title), max_chars=100, live=_TYPING,
            placeholder=t("shape.title_hint"), on_change=_text, args=(key, _with_title),
        )  # fmt: skip
    with right:
        st.number_input(
            t("shape.people"), 1, MAX_PEOPLE, step=1, key=bind("shape.people", draft.people), on_change=_people
        )
    # The labels stay the same whatever the draft: a list whose words change under it loses what was chosen.
    names = {"": t("shape.channel_as_recommended")} | {str(c): says(words.CHANNEL[c]) for c in Channel}
    st.selectbox(
        t("shape.channel"), list(names), key=bind("shape.channel", str(draft.channel or "")),
        format_func=names.__getitem__, on_change=_channel,
    )  # fmt: skip
    if bench.job is not None and bench.job.channels:
        st.html(_channel_told(bench.job))


def rule_fields(bench: Bench) -> None:
    """Area, the day whose law holds, the ratio of relief, and the figures one may choose."""
    draft = bench.draft
    left, right = st.columns(2, vertical_alignment="bottom")
    with left:
        known = areas()
        options = list(dict.fromkeys(("", *known, draft.area)))
        names = {name: says(known[name].label) if name in known else name for name in options} | {
            "": t("shape.no_area")
        }
        st.selectbox(
            t("shape.area"), options, key=bind("shape.area", draft.area), format_func=names.__getitem__, on_change=_area
        )
    with right:
        st.date_input(
            t("shape.law_day"), key=bind("shape.law_day", _day(draft.on or bench.result.on)), min_value=_FIRST_DAY,
            max_value=_LAST_DAY, format="YYYY-MM-DD", on_change=_on, args=(bench.result.on,),
        )  # fmt: skip
    if draft.area in areas():
        st.html(f'<p class="co-lead">{in_html(says(areas()[draft.area].note))}</p>')
    _number(draft, limits()[RATIO])
    with st.expander(t("shape.numbers")):
        st.html(f'<p class="co-lead">{in_html(t("shape.numbers_lead"))}</p>')
        for layer in _OPEN_LAYERS:
            st.markdown(f"**{t(f'layer.{layer}')}**")
            for limit in (one for one in limits().values() if one.layer is layer):
                _number(draft, limit)
        st.markdown(f"**{t('shape.facts')}**")
        for fact in facts().values():
            _fact(draft, fact)


def answer_fields(draft: Draft) -> None:
    """What only people know, for the employer's sheet; roles, never names."""
    st.html(f'<p class="co-notice co-own" role="note">{in_html(t("shape.roles_only"))}</p>')
    with st.container(horizontal=True, key="answers"):
        for name in ANSWERS:
            if name == "start_date":
                st.date_input(
                    t("answer.start_date"), key=bind("answer.start_date", _day(draft.answers.get(name, ""))),
                    min_value=_FIRST_DAY, max_value=_LAST_DAY, format="YYYY-MM-DD", on_change=_start_date,
                )  # fmt: skip
                continue
            key = f"answer.{name}.{drafting.turn()}"
            st.text_input(
                t(f"answer.{name}"), key=_typed(key, draft.answers.get(name, "")), max_chars=ANSWER_CHARS,
                live=_TYPING, placeholder=t(f"answer.{name}_hint"), on_change=_text, args=(key, _with_answer(name)),
            )  # fmt: skip


def _typed(key: str, value: str) -> str:
    """A field one types in follows the draft only where they say different things, blanks aside."""
    if str(st.session_state.get(key, "")).strip() != value or key not in st.session_state:
        st.session_state[key] = value
    return key


def _channel_told(job: Job) -> str:
    """What is recommended, and which forms of contract could (not) be."""
    first = t("shape.channel_recommended", name=says(words.CHANNEL[job.channels[0].channel]))
    others = [f"{'✓' if o.possible else '×'} {says(words.CHANNEL[o.channel])}" for o in job.channels]
    return f'<p class="co-small">{in_html(first)} {"".join(f"<span>{in_html(one)}</span>" for one in others)}</p>'


def _number(draft: Draft, limit: Limit) -> None:
    """A figure one may choose instead of the usual one; a law's only stricter."""
    least, most = limit.least, limit.most
    if limit.layer is Layer.LAW:
        least, most = (least, limit.value) if limit.stricter == "lower" else (limit.value, most)
    key = f"number.{limit.name}"
    value = min(max(float(draft.numbers.get(limit.name, limit.value)), least), most)
    step = 0.05 if most <= 1 else 0.25 if most <= _HOURS_OF_A_DAY else 1.0
    st.number_input(
        _with_unit(limit), float(least), float(most), step=step, key=bind(key, value), format="%.4g",
        on_change=_set_number, args=(limit.name, key, limit.value), width=420,
    )  # fmt: skip
    usual = t("shape.usual", value=figure(limit.value), source=says(limit.source))
    st.html(f'<p class="co-small">{in_html(usual)}</p>')


def _fact(draft: Draft, fact: Fact) -> None:
    """Something known of the person: left open unless stated."""
    key, stated = f"number.{fact.name}", draft.numbers.get(fact.name)
    if (fact.least, fact.most) == (0, 1) and not says(fact.unit):
        names = {None: t("shape.not_stated"), 1.0: t("shape.is_so"), 0.0: t("shape.is_not")}
        st.selectbox(
            says(fact.label), list(names), format_func=names.__getitem__, key=bind(key, stated),
            on_change=_set_number, args=(fact.name, key, None), width=420,
        )  # fmt: skip
        return
    st.number_input(
        _with_unit(fact), float(fact.least), float(fact.most), None, step=1.0, format="%.4g", key=bind(key, stated),
        placeholder=t("shape.not_stated"), on_change=_set_number, args=(fact.name, key, None), width=420,
    )  # fmt: skip


def _with_unit(figure_of: Limit | Fact) -> str:
    """The label with the unit, unless it names it already."""
    label, unit = says(figure_of.label), says(figure_of.unit)
    return label if not unit or unit in label else label + t("jobs.bracketed", text=unit)


def _day(iso: str) -> date | None:
    return date.fromisoformat(iso) if iso else None


# What one does to a field, before the page is drawn again.


def _change(edit: Callable[[Draft], Draft]) -> None:
    draft = drafting.current()
    if draft is not None:
        drafting.change(edit(draft))


def _text(key: str, edit: Callable[[Draft, str], Draft]) -> None:
    typed = str(st.session_state.get(key) or "").strip()
    _change(lambda draft: edit(draft, typed))


def _with_title(draft: Draft, title: str) -> Draft:
    return replace(draft, title=title)


def _with_answer(name: str) -> Callable[[Draft, str], Draft]:
    def edit(draft: Draft, text: str) -> Draft:
        return replace(draft, answers=_with(draft.answers, name, text or None))

    return edit


def _start_date() -> None:
    day: date | None = st.session_state["answer.start_date"]
    iso = day.isoformat() if day else None
    _change(lambda draft: replace(draft, answers=_with(draft.answers, "start_date", iso)))


def _people() -> None:
    _change(lambda draft: replace(draft, people=int(st.session_state["shape.people"])))


def _channel() -> None:
    code: str = st.session_state["shape.channel"]
    _change(lambda draft: replace(draft, channel=Channel(code) if code else None))


def _area() -> None:
    _change(lambda draft: replace(draft, area=str(st.session_state["shape.area"])))


def _on(usual: str) -> None:
    day: date | None = st.session_state["shape.law_day"]
    iso = day.isoformat() if day else ""
    _change(lambda draft: replace(draft, on="" if iso == usual else iso))


def _set_number(name: str, key: str, usual: float | None) -> None:
    value: float | None = st.session_state[key]
    _change(lambda draft: replace(draft, numbers=_with(draft.numbers, name, None if value == usual else value)))


def _with(known: Mapping[str, _Value], name: str, value: _Value | None) -> dict[str, _Value]:
    """The same answers with one changed; None takes it out."""
    rest = {key: old for key, old in known.items() if key != name}
    return rest if value is None else rest | {name: value}
