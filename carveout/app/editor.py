"""The fields in which a week is shaped: weekdays, hours and tasks of every block. The draft is the only truth.

A field shows what the draft says; what one does to it becomes a new draft before the page is drawn again. Fields are
set only where they differ from the draft, so that nothing is taken from under the fingers of somebody still typing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from carveout import words
from carveout.app import blocks, drafting, workbench
from carveout.app.blocks import Block
from carveout.app.job_parts import figure, in_form
from carveout.app.sites import Entry
from carveout.app.wording import in_html, in_markdown, language, says, t
from carveout.charts.picture import task_name
from carveout.jobs import Draft, WorkOffer
from carveout.model import WEEKDAYS, Job, Mode, SiteResult, Slot, Suitability, Weekday

DAY_BY_DAY = "shaping.day_by_day"
_REFUSED = "shaping.refused"


@dataclass(frozen=True, slots=True)
class Bench:
    """What the fields are about: the site, the draft and the job it makes."""

    entry: Entry
    result: SiteResult
    draft: Draft
    job: Job | None


def bind(key: str, value: object) -> str:
    """Let the field under `key` show `value`; gives the key."""
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value
    return key


def week_fields(bench: Bench) -> None:
    """Every block of the week, and a button for a further one."""
    if refused := st.session_state.pop(_REFUSED, ""):
        st.warning(t(refused), icon=":material/info:")
    names = {False: t("shape.together"), True: t("shape.day_by_day")}
    day_by_day = bool(
        st.segmented_control(
            t("shape.how"), list(names), format_func=names.__getitem__, required=True,
            key=bind(DAY_BY_DAY, bool(st.session_state.get(DAY_BY_DAY))), label_visibility="collapsed",
        )
    )  # fmt: skip
    found = blocks.blocks_of(bench.draft, day_by_day=day_by_day)
    if not found:
        st.html(f'<p class="co-lead">{in_html(t("shape.no_hours"))}</p>')
    for number, block in enumerate(found):
        with st.container(border=True, key=f"block-{number}"):
            _block(bench, block, number)
    st.button(t("shape.add"), key="shape.add", icon=":material/add:", on_click=_add, args=(bench.result.units,))


def _block(bench: Bench, block: Block, number: int) -> None:
    title = f"{words.weekdays(block.weekdays, language())} {words.span(block.start, block.end)}"
    st.html(f'<h3 class="co-h">{in_html(title)} <span class="co-when">{in_html(_length(block))}</span></h3>')
    days = f"shape.days.{number}"
    names = {str(day): says(words.WEEKDAY[day]) for day in WEEKDAYS}
    st.pills(
        t("shape.weekdays"), list(names), selection_mode="multi",
        key=bind(days, [str(day) for day in block.weekdays]),
        format_func=names.__getitem__, on_change=_days, args=(block, days),
    )  # fmt: skip
    _hours(bench, block, number)
    _tasks(bench, block, number)


def _hours(bench: Bench, block: Block, number: int) -> None:
    """Start, end and unit, and buttons that move the whole stretch."""
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"hours-{number}"):
        start, end, unit = (f"shape.{name}.{number}" for name in ("start", "end", "unit"))
        st.selectbox(
            t("shape.start"), blocks.starts(block), key=bind(start, block.start), format_func=words.clock,
            on_change=_time, args=(block, start, blocks.from_start), width=130,
        )  # fmt: skip
        st.selectbox(
            t("shape.end"), blocks.ends(block), key=bind(end, block.end), format_func=words.clock,
            on_change=_time, args=(block, end, blocks.until), width=130,
        )  # fmt: skip
        units = list(dict.fromkeys((*bench.result.units, block.unit)))
        if len(units) > 1:
            st.selectbox(
                t("choose.unit"), units, key=bind(unit, block.unit), on_change=_unit, args=(block, unit), width=190
            )
    with st.container(horizontal=True, key=f"moves-{number}"):
        for minutes in (-15, 15):
            label = t("shape.earlier" if minutes < 0 else "shape.later", n=abs(minutes))
            st.button(
                label, key=f"shape.move.{number}.{minutes}", on_click=_move, args=(block, minutes),
            )  # fmt: skip
        st.button(
            t("shape.remove"), key=f"shape.remove.{number}", icon=":material/delete:", on_click=_remove, args=(block,)
        )


def _tasks(bench: Bench, block: Block, number: int) -> None:
    """What the hours hold; to open: every task as a toggle, what lies elsewhere, and what speaks against itself."""
    st.html(_inside(bench, block))
    here, elsewhere, against = _sorted_offers(bench, block)
    known = {(o.task, o.mode): o for o in (*here, *elsewhere, *against)}
    with st.expander(t("shape.tasks")):
        shown = list(dict.fromkeys([(o.task, o.mode) for o in here] + list(block.tasks)))
        if not shown:
            st.html(f'<p class="co-lead">{in_html(t("shape.nothing_here"))}</p>')
        for mode in Mode:
            own = [pair for pair in shown if pair[1] is mode]
            names = {_code(pair): _name(bench.result, pair, known.get(pair)) for pair in own}
            _toggles(block, f"shape.tasks.{number}.{mode}", says(words.MODE[mode]), names)
        more = [o for o in elsewhere if (o.task, o.mode) not in shown]
        if more:
            st.html(f'<p class="co-lead">{in_html(t("shape.elsewhere_lead"))}</p>')
            _toggles(
                block,
                f"shape.elsewhere.{number}",
                t("shape.elsewhere"),
                {_offer_code(o): _window(bench, o) for o in more},
            )
        rest = {_offer_code(o): _full_name(bench, o) for o in against if (o.task, o.mode) not in shown}
        if rest:
            key = f"shape.against.{number}"
            st.selectbox(
                t("shape.against", n=len(rest)), list(rest), index=None, key=bind(key, None),
                format_func=rest.__getitem__, placeholder=t("shape.against_hint"), on_change=_insist, args=(block, key),
            )  # fmt: skip


def _toggles(block: Block, key: str, label: str, names: dict[str, str]) -> None:
    if names:
        chosen = [code for code in names if _pair(code) in block.tasks]
        st.pills(
            label, list(names), selection_mode="multi", key=bind(key, chosen), format_func=names.__getitem__,
            on_change=_choose, args=(block, key, tuple(names)),
        )  # fmt: skip


def _sorted_offers(bench: Bench, block: Block) -> tuple[list[WorkOffer], list[WorkOffer], list[WorkOffer]]:
    """Offers of the block's unit: open and at these hours, open at others, not open."""
    here, elsewhere, against = [], [], []
    for offer in workbench.offers(bench.entry, bench.result, block.unit):
        if not offer.open:
            against.append(offer)
        elif _meets(offer, block):
            here.append(offer)
        else:
            elsewhere.append(offer)
    return here, elsewhere, against


def _meets(offer: WorkOffer, block: Block) -> bool:
    """Whether an offer arises in a block's hours; what is prepared is not bound to the clock."""
    if offer.weekdays is not None and not set(offer.weekdays) & set(block.weekdays):
        return False
    return offer.mode is Mode.PREPARE or (offer.start < block.end and block.start < offer.end)


def _inside(bench: Bench, block: Block) -> str:
    """What the block holds, with what is to be expected on such a day; what speaks against it is said there."""
    reasons = {
        (o.task, o.mode): o.reason for o in workbench.offers(bench.entry, bench.result, block.unit) if not o.open
    }
    slot = _evaluated(bench.job, block)
    if slot is None or not slot.tasks:
        return f'<p class="co-lead">{in_html(t("shape.no_tasks"))}</p>'
    lines = []
    for one in slot.tasks:
        name = in_form(task_name(bench.result, one.task, language()), one.mode)
        mark = f'<span class="co-mark co-{one.suitability}">{words.MARK[one.suitability]}</span>'
        if one.promised:
            minutes = t("shape.minutes", n=round(one.minutes))
        else:
            here = t("shape.too_little") if one.days else t("shape.not_here")
            minutes = t("shape.now_and_then") if one.minutes else here
        seen = t("shape.seen", days=one.days, of_days=one.of_days) if one.of_days else t("shape.unseen")
        against = reasons.get((one.task, one.mode))
        why = f"<br><small>{in_html(says(against))}</small>" if against else ""
        cells = "".join(f"<td>{in_html(text)}</td>" for text in (minutes, seen))
        lines.append(f"<tr><td>{mark}{in_html(name)}{why}</td>{cells}</tr>")
    return f"<table class='co-table co-inside' aria-label='{in_html(t('shape.inside'))}'>{''.join(lines)}</table>"


def _evaluated(job: Job | None, block: Block) -> Slot | None:
    """The job's slot on the block's first weekday."""
    where = (block.weekdays[0], block.start, block.end, block.unit)
    return next((s for s in job.slots if (s.weekday, s.start, s.end, s.unit) == where), None) if job else None


def _length(block: Block) -> str:
    hours, days = figure(block.minutes / 60), len(block.weekdays)
    return t("shape.length", hours=hours, days=days) if days > 1 else t("shape.length_once", hours=hours)


def _name(result: SiteResult, pair: tuple[str, Mode], offer: WorkOffer | None) -> str:
    """A toggle under its form: mark and task."""
    mark = words.MARK[offer.suitability if offer else Suitability.UNDETERMINED]
    return f"{mark} {in_markdown(task_name(result, pair[0], language()))}"


def _window(bench: Bench, offer: WorkOffer) -> str:
    """A toggle of work seen at other hours: mark, task, form, and when."""
    days = words.weekdays(offer.weekdays, language())
    when = f"{days} {words.span(offer.start, offer.end)}".strip()
    return f"{in_form(_name(bench.result, (offer.task, offer.mode), offer), offer.mode)} {when}"


def _full_name(bench: Bench, offer: WorkOffer) -> str:
    """A line of a list: mark, task and form, as plain text."""
    name = words.plain(task_name(bench.result, offer.task, language()))
    return f"{words.MARK[offer.suitability]} {in_form(name, offer.mode)}"


def _offer_code(offer: WorkOffer) -> str:
    return _code((offer.task, offer.mode))


def _code(pair: tuple[str, Mode]) -> str:
    return f"{pair[1]}:{pair[0]}"


def _pair(code: str) -> tuple[str, Mode]:
    mode, _, task = code.partition(":")
    return task, Mode(mode)


# What one does to a field, before the page is drawn again.


def _edit(old: Block | None, new: Block | None, *, alone: bool = False) -> None:
    draft = drafting.current()
    if draft is not None:
        drafting.change(blocks.put(draft, old, new, alone=alone))


def _add(units: Sequence[str]) -> None:
    draft = drafting.current()
    if draft is not None:
        _edit(None, blocks.next_block(draft, units[0] if units else ""))


def _remove(block: Block) -> None:
    _edit(block, None)


def _move(block: Block, minutes: int) -> None:
    _edit(block, blocks.moved(block, minutes))


def _days(block: Block, key: str) -> None:
    chosen = [Weekday(code) for code in st.session_state[key]]
    if chosen:
        _edit(block, blocks.on_days(block, chosen), alone=True)
    else:
        st.session_state[_REFUSED] = "shape.last_day"


def _time(block: Block, key: str, edit: Callable[[Block, int], Block]) -> None:
    _edit(block, edit(block, int(st.session_state[key])))


def _unit(block: Block, key: str) -> None:
    unit: str = st.session_state[key]
    _edit(block, blocks.in_unit(block, unit))


def _choose(block: Block, key: str, codes: tuple[str, ...]) -> None:
    chosen: list[str] = st.session_state[key]
    kept = [pair for pair in block.tasks if _code(pair) not in codes]
    _edit(block, blocks.with_tasks(block, [*kept, *(_pair(code) for code in chosen)]))


def _insist(block: Block, key: str) -> None:
    """Put in what is advised against; the limit it breaks is then named."""
    code: str | None = st.session_state[key]
    if code:
        _edit(block, blocks.with_tasks(block, [*block.tasks, _pair(code)]))
