"""Opening a mark or a verdict: why, how sure, what would make it surer, and the very rows it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from carveout import words
from carveout.app.wording import in_html, language, says, t
from carveout.charts import style
from carveout.charts.picture import person_name, task_name
from carveout.charts.slots import untimed
from carveout.model import Chain, Mode, Occurrence, Overridden, Pattern, SiteResult, Verdict
from carveout.rules import Rulebook, rulebook
from carveout.rules.explain import Kind, Record, explain
from carveout.rules.override_notes import signed
from carveout.words import MARK, MODE, OVERRIDE, PATTERN, SUITABILITY

_ROW_PX = 44
_MAX_ROWS = 8  # rows of a table seen at once; the rest scrolls


def show(result: SiteResult, ref: str) -> None:
    """Explain what a `ref` of the picture stands for (`carveout.charts.picture` lists the kinds)."""
    kind, _, rest = ref.partition(":")
    if kind == "row":
        show_row(result, int(rest))
    elif kind == "chain":
        show_chain(result, rest)
    elif kind == "verdicts":
        show_verdicts(result, [int(i) for i in rest.split(",")])
    elif kind == "thin":
        show_thin(result, int(rest))


def show_verdicts(result: SiteResult, positions: Sequence[int]) -> None:
    """Verdicts one under another, those of one task and context under one heading, each with its rows once."""
    shown: set[tuple[str, int]] = set()
    for position in positions:
        verdict = result.verdicts[position]
        if (verdict.task, verdict.context) in shown:
            continue
        shown.add((verdict.task, verdict.context))
        together = [
            v for v in result.verdicts if (v.task, v.context, v.unit) == (verdict.task, verdict.context, verdict.unit)
        ]
        wanted = {result.verdicts[p].mode for p in positions if result.verdicts[p].task == verdict.task}
        show_context(result, sorted(together, key=lambda v: (v.mode not in wanted, list(Mode).index(v.mode))))


def show_context(result: SiteResult, verdicts: Sequence[Verdict]) -> None:
    """One task in one context: what was seen and how sure that is, each mode with mark and reason, and the rows."""
    first = verdicts[0]
    st.html(_context_head(result, first))
    for verdict in verdicts:
        st.html(_verdict(verdict))
    _rows_table(result, first.rows)


def show_chain(result: SiteResult, chain_id: str) -> None:
    """A flow: how often it runs, its links, and why none of them should be cut out."""
    chain = next((c for c in result.chains if c.id == chain_id), None)
    if chain is None:
        return
    names = [task_name(result, task, language()) for task in chain.tasks]
    why = t("explain.flow_why", n=len(names), days=chain.days, of_days=chain.of_days)
    if chain.of_days == 1:
        why = f"{t('explain.one_day_chain')} {why}"
    st.html(
        f'<h3 class="co-h">{words.span(chain.start, chain.end)} {in_html(says(words.PATTERN[_CHAIN]))}</h3>'
        f'<p class="co-reason">{in_html(why)}</p><p class="co-reason">{in_html(" → ".join(names))}</p>'
    )
    st.markdown(f"**{t('explain.flow_links')}**")
    _table(
        {
            t("column.from"): [task_name(result, link.source, language()) for link in chain.links],
            t("column.to"): [task_name(result, link.target, language()) for link in chain.links],
            t("column.days"): [f"{link.days}/{link.of_days}" for link in chain.links],
            t("column.gap"): [f"{link.median_gap_min:.0f}" for link in chain.links],
        }
    )
    _rows_table(result, [o.index for o in result.occurrences if o.chain == chain_id and o.pattern is _CHAIN])
    _verdicts_of_chain(result, chain)


def show_row(result: SiteResult, index: int) -> None:
    """One observed row: what it showed, and the verdicts that rest on it."""
    row = next((o for o in result.occurrences if o.index == index), None)
    if row is None:
        return
    st.html(f'<p class="co-reason">{in_html(_row_sentence(result, row))}</p>')
    resting = [i for i, v in enumerate(result.verdicts) if index in v.rows]
    if resting:
        show_verdicts(result, resting)
    else:
        st.write(t("explain.no_verdict"))
        _rows_table(result, [index])


def show_thin(result: SiteResult, position: int) -> None:
    """A thin window: work against hands."""
    w = result.windows[position]
    span = f"{words.span(w.start, w.end)} {words.weekdays([w.weekday], language()) if w.weekday else ''}".rstrip()
    why = t("explain.thin_why", span=span, demand=f"{w.demand:.1f}", staff=f"{w.staff:.1f}")
    st.html(f'<p class="co-reason">{in_html(why)}</p>')
    helps = [
        i for i, v in enumerate(result.verdicts)
        if v.unit == w.unit and v.thin and v.start < w.end and w.start < v.end and v.mode is Mode.ASSIST
    ]  # fmt: skip
    if helps:
        show_verdicts(result, helps)


def window_text(verdict: Verdict) -> str:
    """The window of a verdict in words, or that no hours were told."""
    days = words.weekdays(verdict.weekdays, language())
    hours = t("verdicts.any_time") if untimed(verdict) else words.span(verdict.start, verdict.end)
    return f"{days} {hours}".strip()


def _context_head(result: SiteResult, verdict: Verdict) -> str:
    """Task, window and pattern, and what holds whatever the mode: what was seen, what was measured, how sure."""
    look = style.PATTERN_LOOKS[verdict.pattern]
    name = task_name(result, verdict.task, language())
    pattern = f"{look.symbol} {says(PATTERN[verdict.pattern])}".strip()
    records = explain(verdict, _rules()).records
    facts = [_pair(record) for record in records if record.kind in (Kind.SEEN, Kind.MEASURED, Kind.SURE)]
    return (
        f'<h3 class="co-h">{in_html(name)} <span class="co-when">{in_html(window_text(verdict))}</span> '
        f'<span class="co-chip" style="color:{look.line}">{in_html(pattern)}</span></h3>{_facts(facts)}'
    )


def _verdict(verdict: Verdict) -> str:
    """One mode: mark, reason, the rule with its source, rules that spoke too, and what to observe next."""
    explanation = explain(verdict, _rules())
    mark = f'<span class="co-mark co-{verdict.suitability}">{MARK[verdict.suitability]}</span>'
    head = f"{mark} <b>{in_html(says(MODE[verdict.mode]))}</b>{_GAP}{in_html(says(SUITABILITY[verdict.suitability]))}"
    if verdict.override is not None:
        head += f'{_GAP}<span class="co-chip">{in_html(says(OVERRIDE))}</span>'
    pairs = []
    for record in explanation.records:
        if record.kind is Kind.OVERRIDDEN and verdict.override is not None:
            pairs.append((t("overriding.rules"), _rules_said(verdict.override)))
            if verdict.override.warning is not None:
                pairs.append((t("overriding.held"), says(verdict.override.warning)))
        elif record.kind is Kind.DECIDED:
            pairs += [(t("explain.rule"), _rule(record)), (t("explain.source"), str(record.values["source"]))]
        elif record.kind is Kind.NEXT:
            pairs.append(_pair(record))
    also = [in_html(says(record.text)) for record in explanation.records if record.kind is Kind.ALSO]
    trace = f"<dt>{in_html(t('explain.trace'))}</dt><dd>{'<br>'.join(also)}</dd>" if also else ""
    reason = says(verdict.reason) if verdict.override is None else _word_of(verdict, verdict.override)
    return (
        f'<div class="co-verdict"><p class="co-reason">{head}</p>'
        f'<p class="co-reason">{in_html(reason)}</p>{_facts(pairs, trace)}</div>'
    )


def _word_of(verdict: Verdict, override: Overridden) -> str:
    """Why the coordinator said so, whose word it is and since when; what was said, where the law holds it back."""
    by = override.by
    if by.suitability is verdict.suitability:
        return t("overriding.said", reason=by.reason, who=signed(by))
    answer = f"{MARK[by.suitability]} {says(SUITABILITY[by.suitability])}"
    return t("overriding.said_else", answer=answer, reason=by.reason, who=signed(by))


def _rules_said(override: Overridden) -> str:
    """The rules' own answer and reason, which stay to be read."""
    return f"{MARK[override.was]} {says(SUITABILITY[override.was])}{_GAP}{says(override.reason)}"


def _facts(pairs: Iterable[tuple[str, str]], more: str = "") -> str:
    rows = "".join(f"<dt>{in_html(head)}</dt><dd>{in_html(rest)}</dd>" for head, rest in pairs)
    return f'<dl class="co-facts">{rows}{more}</dl>'


def _pair(record: Record) -> tuple[str, str]:
    """The head of a record's sentence, and the rest of it."""
    head, _, rest = says(record.text).partition("：" if language() == "ja" else ": ")
    return head, rest


def _rule(record: Record) -> str:
    label = says(_rules().scheme(str(record.values["scheme"])).label)
    since = t("explain.since", day=record.values["since"])
    doubts = "" if record.values["verified"] else t("explain.unverified")
    return t("explain.rule_named", label=label, rule=record.values["rule"], since=since, doubts=doubts).rstrip()


@st.cache_resource(max_entries=1, show_spinner=False)
def _rules() -> Rulebook:
    return rulebook()


def _row_sentence(result: SiteResult, row: Occurrence) -> str:
    who = t("map.join").join(person_name(result, person, language()) for person in row.staff)
    what = t("explain.row_why", task=task_name(result, row.task, language()), pattern=says(PATTERN[row.pattern]))
    return f"{row.date} {words.span(row.start, row.end)} {who} {_GAP} {what}"


def _verdicts_of_chain(result: SiteResult, chain: Chain) -> None:
    """The links' verdicts, folded: there may be many."""
    own = [i for i, v in enumerate(result.verdicts) if v.chain == chain.id]
    if own:
        with st.expander(t("explain.chain_verdicts")):
            show_verdicts(result, own)


def _rows_table(result: SiteResult, indices: Sequence[int]) -> None:
    """The rows as they were written, earliest first."""
    if not indices:
        st.write(t("explain.no_rows"))
        return
    wanted = set(indices)
    rows = sorted((o for o in result.occurrences if o.index in wanted), key=lambda o: (o.date, o.start, o.index))
    st.markdown(f"**{t('explain.rows', n=len(rows))}**")
    _table(
        {
            t("column.date"): [o.date for o in rows],
            t("column.time"): [words.span(o.start, o.end) for o in rows],
            t("column.task"): [words.plain(task_name(result, o.task, language())) for o in rows],
            t("column.staff"): [
                words.plain(t("map.join").join(person_name(result, p, language()) for p in o.staff)) for o in rows
            ],
            t("column.trigger"): [t(f"trigger.{o.trigger}") if o.trigger else "" for o in rows],
            t("column.note"): [words.plain(o.note) for o in rows],
        }
    )


def _table(columns: dict[str, list[str]]) -> None:
    """A quiet table: what is empty throughout is left out."""
    kept = {name: cells for name, cells in columns.items() if any(cells)}
    length = max((len(cells) for cells in kept.values()), default=0)
    st.dataframe(kept, hide_index=True, row_height=_ROW_PX, height=_ROW_PX * (min(length, _MAX_ROWS) + 1) + 3)


_CHAIN = Pattern.RHYTHMIC_CHAIN
_GAP = "\u2003"
