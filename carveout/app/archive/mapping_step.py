"""What a file leaves open, asked: which column is what, what a task name means, which id stands for a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import streamlit as st

from carveout.app.archive.handed import File, read_as
from carveout.app.wording import in_html, in_markdown, says, t
from carveout.catalogue import catalogue
from carveout.exchange import LEAVE_OUT, Imported, Mapping, NewPerson, UnknownTask
from carveout.workday import SiteHead

_COLUMNS = ("date", "start", "end", "duration", "task", "staff", "role", "unit", "observer", "trigger", "note")
_NEEDED = ("date", "start", "task")
_OWN, _LEFT = "\x00own", "\x00left"  # choices that are no code
_ASKED = 60  # names asked about one by one; the rest stay as they are


def draw(file: File, begun: Mapping, head: SiteHead | None, units: Sequence[str], taken: tuple[str, ...]) -> Imported:
    """Read the file; ask what it leaves open, beginning with what was decided before; give it as read in the end.

    units: those of the site, offered where the file names none. taken: ids that people of the site have.
    """
    told = begun
    found = read_as(file.digest, told.to_json(), head, taken, file)
    key = f"archive.map.{file.digest[:12]}"
    if found.headings:
        told = _columns(key, found, told, units)
        found = read_as(file.digest, told.to_json(), head, taken, file)
    asked = read_as(file.digest, replace(told, tasks=begun.tasks, staff=begun.staff).to_json(), head, taken, file)
    if asked.unknown_tasks:
        told = replace(told, tasks={**told.tasks, **_tasks(key, asked.unknown_tasks)})
    if asked.new_people:
        told = replace(told, staff={**begun.staff, **_people(key, asked.new_people)})
    return read_as(file.digest, told.to_json(), head, taken, file)


def _columns(key: str, found: Imported, told: Mapping, units: Sequence[str]) -> Mapping:
    """Which heading is which field; open while something needed is missing or a column is left aside."""
    columns = dict(found.mapping.columns)
    missing = [name for name in found.missing if name in _COLUMNS]
    with st.expander(t("archive.map_columns"), expanded=bool(missing or found.unknown_columns)):
        st.html(f'<p class="co-lead">{in_html(t("archive.map_columns_help"))}</p>')
        for unknown in found.unknown_columns:
            samples = t("archive.listed").join(unknown.samples)
            st.html(
                f"<p class='co-body'>{in_html(t('archive.map_unknown', heading=unknown.heading, samples=samples))}</p>"
            )
        fields = st.columns(3)
        options = ["", *found.headings]
        for number, name in enumerate(_COLUMNS):
            guess = next((one.heading for one in found.unknown_columns if one.guess == name), "")
            now = columns.get(name, "") or guess
            with fields[number % 3]:
                chosen = st.selectbox(
                    t(f"archive.field_{name}"), options, index=options.index(now) if now in options else 0,
                    key=f"{key}.{name}", format_func=lambda one: one or t("archive.map_none"),
                )  # fmt: skip
            columns[name] = chosen or ""
        told = replace(told, columns={name: heading for name, heading in columns.items() if heading})
        return _besides(key, told, columns, missing, units)


def _besides(key: str, told: Mapping, columns: dict[str, str], missing: Sequence[str], units: Sequence[str]) -> Mapping:
    """What no column says: the day, the unit, the observer."""
    if not columns.get("date"):
        day = st.date_input(t("archive.map_date"), None, key=f"{key}.day", format="YYYY-MM-DD")
        told = replace(told, date=day.isoformat() if isinstance(day, date) else told.date)
    if not columns.get("unit"):
        known = list(dict.fromkeys([*([told.unit] if told.unit else []), *units]))
        unit = st.selectbox(
            t("archive.map_unit"), known, key=f"{key}.no_unit", accept_new_options=True,
            placeholder=t("archive.unit_new"),
        )  # fmt: skip
        told = replace(told, unit=(unit or "").strip())
    if not columns.get("observer"):
        told = replace(
            told, observer=st.text_input(t("archive.map_observer"), told.observer, key=f"{key}.no_observer").strip()
        )
    wanting = [t(f"archive.field_{name}") for name in _NEEDED if name in missing and not columns.get(name)]
    wanting = [name for name in wanting if not (name == t("archive.field_date") and told.date)]
    if wanting:
        st.warning(t("archive.map_wanting", fields=t("archive.listed").join(wanting)))
    return told


def _tasks(key: str, unknown: Sequence[UnknownTask]) -> dict[str, str]:
    """What each unknown name means: a task of the catalogue, a task of the site's own, or nothing."""
    known = catalogue().tasks
    with st.expander(t("archive.map_tasks", n=len(unknown)), expanded=True):
        st.html(f'<p class="co-lead">{in_html(t("archive.map_tasks_help"))}</p>')
        told: dict[str, str] = {}
        fields = st.columns(2)
        for number, one in enumerate(unknown[:_ASKED]):
            options = list(dict.fromkeys([_OWN, *one.suggestions, _LEFT, *known]))
            with fields[number % 2]:
                said = {code: _choice(code, one.suggestions) for code in options}
                chosen = st.selectbox(
                    t("archive.map_task", name=in_markdown(one.name), n=one.count), options,
                    key=f"{key}.task.{one.name}", format_func=said.__getitem__,
                )  # fmt: skip
            told[one.name] = {_OWN: one.name, _LEFT: LEAVE_OUT}.get(chosen or _OWN, chosen or one.name)
        return told


def _choice(code: str, near: Sequence[str]) -> str:
    if code in (_OWN, _LEFT):
        return t("archive.map_own" if code == _OWN else "archive.map_left")
    name = says(catalogue().tasks[code].label)
    return t("archive.map_near", name=name) if code in near else name


def _people(key: str, people: Sequence[NewPerson]) -> dict[str, str]:
    """The ids that stand for the names in the file; names never go into the store."""
    with st.expander(t("archive.map_people", n=len(people)), expanded=True):
        st.html(f'<p class="co-lead">{in_html(t("archive.map_people_help"))}</p>')
        fields = st.columns(3)
        told: dict[str, str] = {}
        for number, one in enumerate(people[:_ASKED]):
            with fields[number % 3]:
                told[one.name] = st.text_input(
                    t("archive.map_person", name=in_markdown(one.name)),
                    one.id,
                    key=f"{key}.person.{one.name}",
                    max_chars=100,
                ).strip()
        return told | {one.name: one.id for one in people[_ASKED:]}
