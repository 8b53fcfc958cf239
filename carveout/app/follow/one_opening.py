"""One opening: its story, and what one writes down next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import streamlit as st

from carveout import words
from carveout.app import archive_here, openings
from carveout.app.archive import asking
from carveout.app.openings import Kept
from carveout.app.wording import in_html, says, t
from carveout.followup import FLOW, Interview, Match, NoMatch, Opening, Partner, Status, Step, status_of, step_problems
from carveout.followup.records import NO_MATCH, ORIGIN, QUESTIONS, STATUS
from carveout.manual import case_of
from carveout.store import Store, StoreError

_ANSWER, _NOTE = 1_000, 300
SIGN = {
    Status.OFFERED: "→", Status.ACCEPTED: "○", Status.DECLINED: "×", Status.STARTED: "●", Status.WIDENED: "＋",
    Status.ENDED: "■",
}  # fmt: skip


def headline(opening: Opening) -> str:
    """Site, work and where it stands."""
    return t("followup.headline", site=opening.site, work=opening.work, status=standing(opening))


def standing(opening: Opening) -> str:
    """Where an opening stands, with a sign."""
    status = status_of(opening)
    return t("followup.nothing_yet") if status is None else f"{SIGN[status]} {says(STATUS[status])}"


def draw(store: Store, kept: Kept) -> None:
    """The story, and for whoever may write, the forms."""
    opening = kept.opening
    st.session_state.setdefault(_seen(opening), kept.version)
    facts = t(
        "followup.facts", origin=says(ORIGIN[opening.origin]), channel=says(words.CHANNEL[opening.channel]),
        places=opening.places, field=t("followup.known_field" if opening.known_field else "followup.new_field"),
    )  # fmt: skip
    st.html(f'<p class="co-small">{in_html(facts)}</p>')
    if opening.note:
        st.html(f'<p class="co-body">{in_html(opening.note)}</p>')
    told = "".join(f"<li>{in_html(says(line))}</li>" for line in case_of(opening).lines[1:])
    st.html(f'<ul class="co-list">{told or "<li>" + in_html(t("followup.no_story")) + "</li>"}</ul>')
    if not archive_here.allowed("manage", opening.site):
        return
    ways: dict[str, Callable[[Store, Kept], None]] = {
        "step": _step, "match": _match, "interview": _interview, "contact": _contact, "remove": _remove,
    }  # fmt: skip
    names = {one: t(f"followup.do_{one}") for one in ways}
    way = st.segmented_control(
        t("followup.write"), list(ways), key=_key(kept, "way"), format_func=names.__getitem__,
        label_visibility="collapsed",
    )  # fmt: skip
    if way:
        ways[way](store, kept)


def save(store: Store, opening: Opening, version: int) -> bool:
    """Write an opening; what keeps it from being written is said."""
    try:
        openings.keep(store, opening, version)
    except StoreError as error:
        archive_here.broken(error)
        return False
    st.session_state[_turn(opening)] = st.session_state.get(_turn(opening), 0) + 1
    st.session_state[_seen(opening)] = version + 1
    st.toast(t("followup.kept"), icon=":material/check:")
    return True


def _step(store: Store, kept: Kept) -> None:
    opening = kept.opening
    options = [one for one in Status if one in FLOW[status_of(opening)]]
    names = {one: says(STATUS[one]) for one in options}
    with st.form(_key(kept, "step"), border=False):
        left, right = st.columns(2)
        with left:
            status = st.selectbox(t("followup.status"), options, format_func=names.__getitem__)
        with right:
            on = st.date_input(t("followup.on"), "today", format="YYYY-MM-DD")
        reason = st.text_input(t("followup.reason"), max_chars=_NOTE, placeholder=t("followup.reason_hint"))
        if not st.form_submit_button(t("followup.keep"), type="primary"):
            return
    if _changed_meanwhile(kept):
        return
    new = replace(opening, steps=(*opening.steps, Step(status, _iso(on), reason.strip())))
    problems = list(step_problems(new))
    if problems:
        asking.refused(" / ".join(says(one) for one in problems), t("followup.mend"))
    elif save(store, new, kept.version):
        st.rerun()


def _match(store: Store, kept: Kept) -> None:
    outcomes: list[NoMatch | None] = [None, *NoMatch]
    names = {one: says(NO_MATCH[one]) if one else t("followup.matched") for one in outcomes}
    with st.form(_key(kept, "match"), border=False):
        left, right = st.columns(2)
        with left:
            member = st.text_input(t("followup.member"), max_chars=40, placeholder=t("followup.member_hint"))
            failed = st.selectbox(t("followup.outcome"), outcomes, format_func=names.__getitem__)
        with right:
            on = st.date_input(t("followup.on"), "today", format="YYYY-MM-DD")
            note = st.text_input(t("followup.note"), max_chars=_NOTE)
        sent = st.form_submit_button(t("followup.keep"), type="primary")
    doubts = asking.doubtful([member])
    if doubts and not asking.confirmed(_key(kept, "match_name"), doubts):
        return
    if not sent and not (doubts and st.button(t("followup.keep_anyway"), key=_key(kept, "match_sure"))):
        return
    if not member.strip():
        asking.refused(t("followup.member_missing"), t("followup.member_remedy"))
        return
    if _changed_meanwhile(kept):
        return
    new = Match(member.strip(), _iso(on), failed, note.strip())
    if save(store, replace(kept.opening, matches=(*kept.opening.matches, new)), kept.version):
        st.rerun()


def _interview(store: Store, kept: Kept) -> None:
    partners = {one: t(f"followup.partner_{one}") for one in Partner}
    with st.form(_key(kept, "interview"), border=False):
        left, right = st.columns(2)
        with left:
            partner = st.selectbox(t("followup.partner"), list(partners), format_func=partners.__getitem__)
        with right:
            on = st.date_input(t("followup.on"), "today", format="YYYY-MM-DD")
        said = {
            name: st.text_area(t(f"followup.ask_{name}"), max_chars=_ANSWER, height=80)
            for name in QUESTIONS[Partner.WORKER]
        }
        if not st.form_submit_button(t("followup.keep"), type="primary"):
            return
    answers = {name: answer.strip() for name, answer in said.items() if answer.strip()}
    if not answers:
        asking.refused(t("followup.interview_empty"), t("followup.interview_remedy"))
        return
    if _changed_meanwhile(kept):
        return
    new = Interview(partner, _iso(on), answers)
    if save(store, replace(kept.opening, interviews=(*kept.opening.interviews, new)), kept.version):
        st.rerun()


def _contact(store: Store, kept: Kept) -> None:
    present, key = kept.opening.next_contact, _key(kept, "contact_on")
    # Given once: a default that changes under the field would throw away what was chosen.
    st.session_state.setdefault(key, date.fromisoformat(present) if present else None)
    with st.form(_key(kept, "contact"), border=False):
        on = st.date_input(t("followup.next_contact"), key=key, format="YYYY-MM-DD")
        st.caption(t("followup.next_contact_help"))
        if not st.form_submit_button(t("followup.keep"), type="primary"):
            return
    if _changed_meanwhile(kept):
        return
    if save(store, replace(kept.opening, next_contact=_iso(on) if on else ""), kept.version):
        st.rerun()


def _remove(store: Store, kept: Kept) -> None:
    st.html(f'<p class="co-body">{in_html(t("followup.remove_told"))}</p>')
    if st.button(t("followup.remove_sure"), key=_key(kept, "removing")):
        try:
            openings.remove(store, kept)
        except StoreError as error:
            archive_here.broken(error)
        else:
            st.rerun()


def _key(kept: Kept, name: str) -> str:
    """Fields begin anew once what they held was written by this session, and only then."""
    return f"followup.{name}.{kept.opening.id}.{st.session_state.get(_turn(kept.opening), 0)}"


def _turn(opening: Opening) -> str:
    return f"followup.turn.{opening.id}"


def _seen(opening: Opening) -> str:
    return f"followup.seen.{opening.id}"


def _changed_meanwhile(kept: Kept) -> bool:
    """Whether somebody else wrote since this session last showed the opening; said once, what was typed stays."""
    if st.session_state.get(_seen(kept.opening), kept.version) == kept.version:
        return False
    st.session_state[_seen(kept.opening)] = kept.version
    asking.refused(t("followup.changed_meanwhile"), t("followup.changed_remedy"))
    return True


def _iso(day: date) -> str:
    return day.isoformat()
