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
    form_key = f"{day.key}.{name}"
    with st.form(f"duty.form.{form_key}", border=False):
        roles = list(dict.fromkeys([*(person.role for person in people if person.role), *ROLES]))
        st.selectbox(
            t("duty.role"), roles, index=roles.index(known.role) if known.role in roles else None,
            accept_new_options=True, placeholder=t("duty.role_hint"), format_func=_role, key=f"duty.role.{form_key}",
        )  # fmt: skip
        st.text_input(t("duty.hours"), _hours(known), placeholder="7:00-16:00", key=f"duty.hours.{form_key}")
        if name_like(name):
            st.checkbox(t("duty.no_name"), key=f"duty.sure.{form_key}")
        st.form_submit_button(
            t("duty.save"), type="primary", on_click=_save, args=(store, day, by, known), key=f"duty.save.{form_key}"
        )
    if known in people:
        st.button(
            t("duty.remove", who=in_markdown(name)), key=f"duty.remove.{name}", on_click=_write,
            args=(store, day, by, tuple(person for person in people if person.id != name)),
        )  # fmt: skip


def _save(store: Store, day: StoredDay, by: By, person: Person) -> None:
    """What the form says of a person; a name is not taken before somebody has said that it is none."""
    role, hours, sure = (
        st.session_state.get(f"duty.{name}.{day.key}.{person.id}") for name in ("role", "hours", "sure")
    )
    on = _ranges(hours or "")
    if name_like(person.id) and not sure:
        st.session_state[_TOLD] = t("duty.like_a_name", who=in_markdown(person.id))
    elif on is None:
        st.session_state[_TOLD] = t("duty.hours_unread", hours=in_markdown(hours or ""))
    else:
        others, changed = day.workday.staff, replace(person, role=role or "", on=on)
        listed = tuple(changed if one.id == person.id else one for one in others)
        _write(store, day, by, listed if any(one.id == person.id for one in others) else (*others, changed))


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
