"""Answering a verdict as the coordinator: a form beside its explanation, and what was said before, to be withdrawn.

The page gives a `Source`: what stands for the site and how to put or withdraw. Sites that nobody keeps (the bundled
ones, one's own files) have none, and then nothing is shown; their judgements go into a file (`carveout analyze
--overrides`). What is said names roles or ids, never people; an entry that looks like a name is asked about.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import streamlit as st

from carveout import words
from carveout.app import archive_here, explaining
from carveout.app.sites import Entry
from carveout.app.wording import in_html, in_markdown, language, says, t
from carveout.charts.picture import task_name
from carveout.errors import CarveoutError
from carveout.model import Mode, SiteResult, Suitability, Verdict, VerdictOverride
from carveout.rules.override_file import REASON_LEAST, REASON_MOST
from carveout.rules.override_notes import signed
from carveout.store import StoreError
from carveout.workday import new_id
from carveout.workday.names import name_in, name_like

_WHO_MOST = 60
_ROUND = "overriding.round"  # another number is another, empty form
_SAID = "overriding.said"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a site's overrides are kept. who: begins the field of whose judgement it is. Callbacks raise CarveoutError.

    withdraw takes the override's id and why.
    """

    site: str
    who: str
    overrides: tuple[VerdictOverride, ...]
    put: Callable[[VerdictOverride], None]
    withdraw: Callable[[str, str], None]


def source_of(entry: Entry) -> Source | None:
    """Where a site's overrides are kept; None for a site of no store, or where one may not shape the site."""
    site = entry.site
    if not entry.stored or not archive_here.allowed("manage", site):
        return None
    try:
        store, member = archive_here.store(), archive_here.me()
        standing = store.overrides(site)
    except StoreError as error:
        archive_here.broken(error)
        return None

    def put(override: VerdictOverride) -> None:
        store.put_override(override, archive_here.by())

    def withdraw(override: str, why: str) -> None:
        store.withdraw_override(override, archive_here.by(), why)

    return Source(site, member.label, standing, put, withdraw)


def show(result: SiteResult, verdicts: Sequence[Verdict], source: Source) -> None:
    """What coordinators said of one task in one context, and a form to say something else.

    verdicts: those of one task and context, in every mode.
    """
    key = f"overriding:{source.site}:{verdicts[0].unit}:{verdicts[0].task}:{verdicts[0].context}"
    if told := st.session_state.pop(_SAID, ""):
        st.success(told, icon=":material/check:")
    standing = [one for one in source.overrides if (one.unit, one.task) == (verdicts[0].unit, verdicts[0].task)]
    with st.expander(t("overriding.title", n=len(standing)), icon=":material/person_edit:"):
        st.html(f'<p class="co-lead">{in_html(t("overriding.lead"))}</p>')
        for one in standing:
            _standing(one, source, f"{key}:{one.id}")
        _form(result, verdicts, source, f"{key}:{st.session_state.get(_ROUND, 0)}")


def unreached(result: SiteResult, source: Source) -> None:
    """What coordinators said that answers no verdict (any more), so that nothing is dropped in silence."""
    reached = {verdict.override.by.id for verdict in result.verdicts if verdict.override is not None}
    lost = [one for one in source.overrides if one.id not in reached]
    if not lost:
        return
    with st.expander(t("overriding.unreached", n=len(lost)), icon=":material/unknown_document:"):
        st.html(f'<p class="co-lead">{in_html(t("overriding.unreached_lead"))}</p>')
        for one in lost:
            st.markdown(f"**{in_markdown(f'{one.unit} {task_name(result, one.task, language())}'.strip())}**")
            _standing(one, source, f"overriding:lost:{source.site}:{one.id}")


def scope(one: VerdictOverride) -> str:
    """The weekdays and hours that an override speaks of, in words."""
    days = words.weekdays(one.weekdays, language())
    if one.start is None and one.end is None:
        return days or t("overriding.always")
    hours = words.span(one.start or 0, 24 * 60 if one.end is None else one.end)
    return f"{days} {hours}".strip()


def _standing(one: VerdictOverride, source: Source, key: str) -> None:
    """One override with its reason, and how to take it back."""
    mark = f'<span class="co-mark co-{one.suitability}">{words.MARK[one.suitability]}</span>'
    head = f"{says(words.MODE[one.mode])} {scope(one)} {says(words.SUITABILITY[one.suitability])}"
    st.html(
        f'<div class="co-verdict"><p class="co-reason">{mark} {in_html(head)}</p>'
        f'<p class="co-reason">{in_html(one.reason)} <small>{in_html(signed(one))}</small></p></div>'
    )
    columns = st.columns([5, 2], vertical_alignment="bottom")
    with columns[0]:
        why = st.text_input(t("overriding.why_withdraw"), key=f"{key}.why", max_chars=REASON_MOST).strip()
    with columns[1]:
        pressed = st.button(t("overriding.withdraw"), key=f"{key}.withdraw", icon=":material/undo:")
    sure = _no_names(key, why, "")
    if pressed and _fits(why) and sure:
        _done(lambda: source.withdraw(one.id, why), t("overriding.withdrawn"))


def _form(result: SiteResult, verdicts: Sequence[Verdict], source: Source, key: str) -> None:
    name = task_name(result, verdicts[0].task, language())
    st.markdown(f"**{t('overriding.new', task=in_markdown(name))}**")
    shown = {at: _said_now(verdict) for at, verdict in enumerate(verdicts)}
    at = st.pills(t("overriding.which"), list(shown), format_func=shown.__getitem__, default=0, key=f"{key}.which")
    if at is None:
        return
    verdict = verdicts[at]
    answers = {str(one): f"{words.MARK[one]} {says(words.SUITABILITY[one])}" for one in Suitability}
    answer = st.pills(t("overriding.answer"), list(answers), format_func=answers.__getitem__, key=f"{key}.answer")
    where = {"here": explaining.window_text(verdict), "always": t("overriding.always")}
    here = st.pills(
        t("overriding.scope"), list(where), format_func=where.__getitem__, default="here", key=f"{key}.scope"
    )
    reason = st.text_area(
        t("overriding.reason", least=REASON_LEAST), key=f"{key}.reason", max_chars=REASON_MOST,
        placeholder=t("overriding.reason_example"),
    ).strip()  # fmt: skip
    who = st.text_input(t("overriding.who"), source.who, key=f"{key}.who", max_chars=_WHO_MOST).strip()
    if answer and _of_flow(result, verdict) and Suitability(answer) in (Suitability.SUITABLE, Suitability.CONDITIONAL):
        st.warning(t("overriding.link"), icon=":material/link:")
    sure = _no_names(key, reason, who)
    if not st.button(t("overriding.put"), key=f"{key}.put", type="primary", icon=":material/gavel:"):
        return
    if not answer:
        st.error(t("overriding.no_answer"), icon=":material/error:")
    if not here:
        st.error(t("overriding.no_scope"), icon=":material/error:")
    if not who:
        st.error(t("overriding.no_who"), icon=":material/error:")
    if _fits(reason) and sure and answer and here and who:
        override = _made(verdict, source, Suitability(answer), reason, who, here=here == "here")
        _done(lambda: source.put(override), t("overriding.kept"))


def _made(
    verdict: Verdict, source: Source, answer: Suitability, reason: str, who: str, *, here: bool
) -> VerdictOverride:
    timed = here and not verdict.untimed
    return VerdictOverride(
        id=new_id(),
        site=source.site,
        unit=verdict.unit,
        task=verdict.task,
        mode=verdict.mode,
        weekdays=verdict.weekdays if here else None,
        start=verdict.start if timed else None,
        end=verdict.end if timed else None,
        suitability=answer,
        reason=" ".join(reason.split()),
        who=who,
        at=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def _said_now(verdict: Verdict) -> str:
    """A verdict as one chooses it: form, window, the answer that stands."""
    few = t("overriding.few_staff") if verdict.thin else ""
    now = f"{words.MARK[verdict.suitability]} {says(words.SUITABILITY[verdict.suitability])}"
    return f"{says(words.MODE[verdict.mode])} {explaining.window_text(verdict)}{few}: {now}"


def _of_flow(result: SiteResult, verdict: Verdict) -> bool:
    """Whether it is about taking over a link of the unit's flows, which no job ever does."""
    links = {task for chain in result.chains if verdict.unit in (chain.unit, "") for task in chain.tasks}
    return verdict.mode is Mode.TAKE_OVER and (verdict.chain is not None or verdict.task in links)


def _fits(reason: str) -> bool:
    """Whether a reason is long enough to be one; says so where it is not."""
    if len(reason) >= REASON_LEAST:
        return True
    st.error(t("overriding.short", n=len(reason), least=REASON_LEAST), icon=":material/error:")
    return False


def _no_names(key: str, reason: str, who: str) -> bool:
    """Whether nothing in it looks like a person's name, or the coordinator says that it is none."""
    doubts = [one for one in (name_in(reason), who if who and name_like(who) else None) if one]
    if not doubts:
        return True
    st.warning(t("overriding.name_like", names=in_markdown(" / ".join(doubts))), icon=":material/person_alert:")
    return st.checkbox(t("overriding.no_name"), key=f"{key}.sure.{'|'.join(doubts)}")


def _done(act: Callable[[], None], told: str) -> None:
    """Do it and begin an empty form; where it cannot be done, say why and keep what was typed."""
    try:
        act()
    except CarveoutError as error:
        st.error(in_markdown(error.message(language())), icon=":material/error:")
        return
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    st.session_state[_SAID] = told
    st.rerun()
