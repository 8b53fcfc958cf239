"""What became of proposals: openings with their story, whom to contact next, and the counts a center reports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import streamlit as st

from carveout import words
from carveout.app import archive_here, openings
from carveout.app.archive import asking
from carveout.app.drop_zone import own_words_for_the_drop_zone
from carveout.app.follow import counting, one_opening
from carveout.app.openings import Kept
from carveout.app.problem_table import problem_table
from carveout.app.wording import in_html, in_markdown, says, t
from carveout.errors import InputError
from carveout.followup import Opening, Origin, contacts_due, read_followup, write_followup
from carveout.followup.records import ORIGIN
from carveout.model import Channel
from carveout.store import Store
from carveout.workday import new_id

STYLE = Path(openings.__file__).parent / "learning.css"
_PARTS = ("list", "due", "counts", "files")
_ELSEWHERE = ""


def render() -> None:
    """The page; it needs the store."""
    st.html(STYLE)
    st.html(f'<p class="co-lead">{in_html(t("followup.lead"))}</p>')
    archive_here.page(_draw)


def _draw(store: Store) -> None:
    kept = openings.kept(store)
    due = contacts_due([one.opening for one in kept], datetime.now(UTC).date())
    names = {one: t(f"followup.part_{one}") for one in _PARTS}
    names["due"] = t("followup.part_due_n", n=len(due)) if due else names["due"]
    part = st.segmented_control(
        t("followup.parts"), _PARTS, key="followup.part", format_func=names.__getitem__, default="list",
        required=True, label_visibility="collapsed",
    )  # fmt: skip
    if part == "due":
        _due(kept)
    elif part == "counts":
        counting.draw([one.opening for one in kept])
    elif part == "files":
        _files(store, kept)
    else:
        _list(store, kept)


def _list(store: Store, kept: Sequence[Kept]) -> None:
    if not kept:
        st.html(f'<p class="co-body">{in_html(t("followup.empty"))}</p>')
    if archive_here.allowed("manage") or any(archive_here.allowed("manage", i.id) for i in archive_here.sites_seen()):
        with st.expander(t("followup.new"), icon=":material/add:", expanded=not kept):
            _new(store)
    for one in sorted(kept, key=lambda k: (k.opening.site, k.opening.work, k.opening.id)):
        with st.expander(in_markdown(one_opening.headline(one.opening)), key=f"followup.one.{one.opening.id}"):
            one_opening.draw(store, one)


def _new(store: Store) -> None:
    """A new opening: employer, work, how it was found, in which form."""
    turn = st.session_state.get("followup.turn", 0)
    own = [i for i in archive_here.sites_seen() if archive_here.allowed("manage", i.id)]
    names = {info.id: f"{info.name or info.id}" for info in own} | {_ELSEWHERE: t("followup.elsewhere")}
    origins = {one: says(ORIGIN[one]) for one in Origin}
    channels = {one: says(words.CHANNEL[one]) for one in Channel}
    fields = {True: t("followup.known_field"), False: t("followup.new_field")}
    with st.form(f"followup.new.{turn}", border=False):
        left, right = st.columns(2)
        with left:
            site = st.selectbox(t("followup.site"), list(names), format_func=names.__getitem__)
            other = st.text_input(t("followup.other_site"), max_chars=80, placeholder=t("followup.other_site_hint"))
            work = st.text_input(t("followup.work"), max_chars=120, placeholder=t("followup.work_hint"))
            places = st.number_input(t("followup.places"), 1, 99, 1)
        with right:
            origin = st.selectbox(t("followup.origin"), list(origins), format_func=origins.__getitem__)
            channel = st.selectbox(t("followup.channel"), list(channels), format_func=channels.__getitem__)
            known = st.selectbox(t("followup.field"), list(fields), format_func=fields.__getitem__)
            note = st.text_input(t("followup.note"), max_chars=300)
        st.caption(t("followup.no_names"))
        if not st.form_submit_button(t("followup.add"), type="primary"):
            return
    where = site or other.strip()
    if not where or not work.strip():
        asking.refused(t("followup.missing"), t("followup.missing_remedy"))
        return
    new = Opening(new_id(), where, work.strip(), origin, channel, known, int(places), note=note.strip())
    if one_opening.save(store, new, 0):
        st.session_state["followup.turn"] = turn + 1
        st.rerun()


def _due(kept: Sequence[Kept]) -> None:
    """Whom to contact, the longest due first."""
    today = datetime.now(UTC).date()
    by_id = {one.opening.id: one.opening for one in kept}
    due = contacts_due(by_id.values(), today)
    if not due:
        st.html(f'<p class="co-body">{in_html(t("followup.nobody_due"))}</p>')
        return
    lines = []
    for contact in due:
        opening, late = by_id[contact.opening], contact.late(today)
        when = t("followup.late", n=late) if late else t("followup.due_on", day=contact.on.isoformat())
        why = t("followup.arranged" if contact.arranged else "followup.silent")
        lines.append(
            f"<li><b>{in_html(when)}</b> {in_html(one_opening.headline(opening))} <small>{in_html(why)}</small></li>"
        )
    st.html(f'<ul class="co-list">{"".join(lines)}</ul>')


def _files(store: Store, kept: Sequence[Kept]) -> None:
    """Openings out to a file, and in from one."""
    st.download_button(
        t("followup.take"), write_followup(one.opening for one in kept), file_name="followup.yaml",
        mime="application/yaml", key="followup.take", icon=":material/download:", on_click="ignore",
    )  # fmt: skip
    if not archive_here.allowed("manage"):
        return
    turn = st.session_state.get("followup.file_turn", 0)
    file = st.file_uploader(t("followup.bring"), type=["yaml", "yml"], key=f"followup.bring.{turn}")
    own_words_for_the_drop_zone()
    if file is None:
        return
    try:
        found = read_followup(file.getvalue(), file.name)
    except InputError as error:
        st.error(t("followup.unreadable"), icon=":material/error:")
        st.html(problem_table(error.problems))
        return
    known = {one.opening.id: one for one in kept}
    new = [one for one in found if one.id not in known]
    other = [one for one in found if one.id in known and known[one.id].opening != one]
    st.html(f'<p class="co-body">{in_html(t("followup.brought", new=len(new), other=len(other)))}</p>')
    pressed = st.button(t("followup.bring_in", n=len(new)), key="followup.bring_in", type="primary", disabled=not new)
    if pressed and all(one_opening.save(store, one, 0) for one in new):
        st.session_state["followup.file_turn"] = turn + 1
        st.rerun()


if __name__ == "__main__":
    render()
