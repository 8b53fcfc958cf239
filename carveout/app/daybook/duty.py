"""Who was on duty: ids, roles and hours, one person at a time. Names are questioned: they do not belong in a record."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from carveout.app.wording import in_html, in_markdown, says, t
from carveout.charts.style import ROLE_WORDS
from carveout.observations.clock import clock_ranges
from carveout.store import By, DayHead, Edit, HeadChange, Store, StoredDay, StoreError
from carveout.words import clock
from carveout.workday import Person, new_id
from carveout.workday.names import name_like

ROLES = ("care_worker", "nurse", "leader", "nursery_teacher", "cook", "cleaner")
_TOLD = "record.duty_told"


def form(store: Store, day: StoredDay, by: By, *, closed: bool) -> None:
    """The people on duty, and a form to add or change one."""
    people = day.workday.staff
    if people:
        st.html(_listed(people))
    else:
        st.html(f'<p class="co-lead">{in_html(t("duty.nobody"))}</p>')
    if told := st.session_state.pop(_TOLD, None):
        st.warning(told, icon=":material/badge:")
    if closed:
        return
    seen = dict.fromkeys([*(person.id for person in people), *(name for row in day.workday.rows for name in row.staff)])
    name = st.selectbox(
        t("duty.id"), list(seen), index=None, key=f"duty.id.{day.key}", accept_new_options=True,
        placeholder=t("duty.id_hint"),
    )  # fmt: skip
    if not name:
        return
    known = next((person for person in people if person.id == name), Person(name))
    with st.form(f"duty.form.{day.key}.{name}", border=False):
        roles = list(dict.fromkeys([*(person.role for person in people if person.role), *ROLES]))
        role = st.selectbox(
            t("duty.role"), roles, index=roles.index(known.role) if known.role in roles else None,
            accept_new_options=True, placeholder=t("duty.role_hint"), format_func=_role, key=f"duty.role.{name}",
        )  # fmt: skip
        hours = st.text_input(t("duty.hours"), _hours(known), placeholder="7:00-16:00", key=f"duty.hours.{name}")
        sure = st.checkbox(t("duty.no_name"), key=f"duty.sure.{name}") if name_like(name) else True
        if st.form_submit_button(t("duty.save"), type="primary"):
            _save(store, day, by, replace(known, role=role or ""), hours, sure=sure)
    if known in people:
        st.button(
            t("duty.remove", who=in_markdown(name)), key=f"duty.remove.{name}", on_click=_write,
            args=(store, day, by, tuple(person for person in people if person.id != name)),
        )  # fmt: skip


def _save(store: Store, day: StoredDay, by: By, person: Person, hours: str, *, sure: bool) -> None:
    on = _ranges(hours)
    if not sure:
        st.session_state[_TOLD] = t("duty.like_a_name", who=in_markdown(person.id))
    elif on is None:
        st.session_state[_TOLD] = t("duty.hours_unread", hours=in_markdown(hours))
    else:
        others = day.workday.staff
        changed = replace(person, on=on)
        listed = tuple(changed if one.id == person.id else one for one in others)
        _write(store, day, by, listed if any(one.id == person.id for one in others) else (*others, changed))
    st.rerun(scope="fragment")


def _write(store: Store, day: StoredDay, by: By, people: tuple[Person, ...]) -> None:
    before = DayHead.of(day.workday)
    try:
        store.save(day.key, Edit(new_id(), "staff", (), HeadChange(before, replace(before, staff=people))), by)
    except StoreError as error:
        st.session_state[_TOLD] = in_markdown(says(error.text))


def _ranges(hours: str) -> tuple[tuple[int, int], ...] | None:
    """Hours as typed, one stretch or several, or none; None where they cannot be read."""
    plain = hours.replace("\u3000", " ").strip()
    return clock_ranges(plain) if plain else ()


def _listed(people: tuple[Person, ...]) -> str:
    items = "".join(
        f"<li><strong>{in_html(person.id)}</strong> {in_html(_role(person.role))} {in_html(_hours(person))}</li>"
        for person in people
    )
    return f'<ul class="co-list">{items}</ul>'


def _hours(person: Person) -> str:
    return ", ".join(f"{clock(on)}-{clock(off)}" for on, off in person.on)


def _role(code: str) -> str:
    return says(ROLE_WORDS[code]) if code in ROLE_WORDS else code
