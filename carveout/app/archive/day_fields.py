"""The head of a day as fields: date, unit, observer, and who was on duty, person by person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import streamlit as st

from carveout import words
from carveout.app.archive.asking import confirmed, doubtful, refused
from carveout.app.wording import in_html, language, t
from carveout.charts.style import ROLE_WORDS, role
from carveout.observations.clock import clock_ranges
from carveout.store import DayHead
from carveout.workday import Person
from carveout.workday.names import next_id

_FIRST, _LAST = date(1950, 1, 1), date(2199, 12, 31)
_MAX = 200  # persons one can list here


@dataclass(frozen=True, slots=True)
class Known:
    """What the site has had so far, offered while one types. last: per unit, the last day and who was on duty then."""

    units: tuple[str, ...]
    roles: tuple[str, ...]
    last: Mapping[str, tuple[str, tuple[Person, ...]]]


@dataclass(frozen=True, slots=True)
class Filled:
    """What the fields hold. wrong: what is to be mended before it can be kept."""

    head: DayHead
    wrong: tuple[str, ...]

    def usable(self) -> DayHead | None:
        """The head, or None and every complaint said."""
        for sentence in self.wrong:
            refused(sentence)
        return None if self.wrong else self.head


def day_fields(key: str, start: DayHead, known: Known) -> Filled:
    """The fields, begun with `start`. key: names the form; another key begins another form.

    Where `start` lists nobody, the staff of the chosen unit's last day are copied.
    """
    columns = st.columns([3, 3, 3])
    with columns[0]:
        day = st.date_input(
            t("archive.date"), date.fromisoformat(start.date), key=f"{key}.date", min_value=_FIRST, max_value=_LAST,
            format="YYYY-MM-DD",
        )  # fmt: skip
    with columns[1]:
        unit = _unit(key, start.unit, known.units)
    with columns[2]:
        observer = st.text_input(t("archive.observer"), start.observer, key=f"{key}.observer", max_chars=100).strip()
    begun = start.staff
    if not begun and (copied := known.last.get(unit)):
        begun = copied[1]
        st.html(f'<p class="co-small">{in_html(t("archive.copied", day=copied[0], n=len(begun)))}</p>')
    staff, wrong = _people(key if start.staff else f"{key}.{unit}", begun, known)
    if not confirmed(key, doubtful((observer, *(person.id for person in staff)))):
        wrong = [*wrong, t("archive.answer_first")]
    if not unit:
        wrong = [*wrong, t("archive.unit_empty")]
    date_of = day.isoformat() if isinstance(day, date) else start.date
    return Filled(replace(start, date=date_of, unit=unit, observer=observer, staff=staff), tuple(wrong))


def hours(person: Person) -> str:
    """A person's hours as one types them.

    >>> hours(Person("s1", "", ((540, 720), (765, 1080))))
    '09:00-12:00, 12:45-18:00'
    """
    return ", ".join(f"{words.clock(on)}-{words.clock(off % 1440 if off > 1440 else off)}" for on, off in person.on)


def _unit(key: str, start: str, units: Sequence[str]) -> str:
    options = list(dict.fromkeys([*units, *([start] if start else [])]))
    if not options:
        return st.text_input(t("archive.unit"), key=f"{key}.unit", max_chars=100).strip()
    chosen = st.selectbox(
        t("archive.unit"), options, index=options.index(start) if start else 0, key=f"{key}.unit",
        accept_new_options=True, placeholder=t("archive.unit_new"),
    )  # fmt: skip
    return (chosen or "").strip()


def _people(key: str, start: Sequence[Person], known: Known) -> tuple[tuple[Person, ...], list[str]]:
    """One line per person, and what is wrong with them."""
    lines: list[int] = st.session_state.setdefault(f"{key}.lines", list(range(len(start))))
    st.html(f'<p class="co-h">{in_html(t("archive.on_duty"))}</p>')
    st.html(f'<p class="co-lead">{in_html(t("archive.on_duty_help"))}</p>')
    roles = _roles(known.roles, start)
    people: list[Person] = []
    wrong: list[str] = []
    for line in lines:
        begun = start[line] if line < len(start) else Person("")
        one, problem = _person(f"{key}.{line}", begun, roles, (f"{key}.lines", line), first=line == lines[0])
        wrong += [problem] if problem else []
        if one.id:
            people.append(one)
    ids = [one.id for one in people]
    wrong += [t("archive.twice", id=one) for one in dict.fromkeys(ids) if ids.count(one) > 1]
    if len(lines) < _MAX:
        st.button(
            t("archive.add_person"), key=f"{key}.add", icon=":material/person_add:", on_click=_add,
            args=(key, len(start)),
        )  # fmt: skip
    return tuple(people), wrong


def _person(
    key: str, begun: Person, roles: Sequence[str], place: tuple[str, int], *, first: bool
) -> tuple[Person, str]:
    """One person's fields and what is wrong with them; the first line carries the headings."""
    labels: Literal["visible", "collapsed"] = "visible" if first else "collapsed"
    columns = st.columns([2, 3, 5, 2], vertical_alignment="bottom")
    with columns[0]:
        name = st.text_input(t("archive.person"), begun.id, key=f"{key}.id", max_chars=100, label_visibility=labels)
        name = name.strip()
    with columns[1]:
        job = st.selectbox(
            t("archive.role"), roles, index=roles.index(begun.role), key=f"{key}.role", accept_new_options=True,
            format_func=lambda code: role(code, language()) if code else t("archive.no_role"), label_visibility=labels,
        )  # fmt: skip
    with columns[2]:
        typed = st.text_input(
            t("archive.hours"),
            hours(begun),
            key=f"{key}.on",
            placeholder="7:00-12:00, 12:45-16:00",
            max_chars=200,
            label_visibility=labels,
        )
    with columns[3]:
        st.button(
            t("archive.take_out"), key=f"{key}.out", icon=":material/close:", on_click=_take_out, args=place,
        )  # fmt: skip
    stretches = clock_ranges(typed.strip()) if typed.strip() else ()
    problem = t("archive.hours_wrong", id=name or "？", typed=typed) if stretches is None else ""
    if typed.strip() and not name:
        problem = t("archive.person_empty", typed=typed)
    return Person(name, (job or "").strip(), stretches or ()), problem


def _roles(known: Iterable[str], start: Sequence[Person]) -> list[str]:
    return list(dict.fromkeys(["", *known, *(person.role for person in start), *_usual_roles()]))


def _usual_roles() -> list[str]:
    """The roles everybody knows, each wording once; the same list in either language."""
    said: dict[str, str] = {}
    for code, word in ROLE_WORDS.items():
        said.setdefault(word.ja, code)
    return list(said.values())


def _add(key: str, begun: int) -> None:
    lines: list[int] = st.session_state[f"{key}.lines"]
    line = max([*lines, begun - 1], default=-1) + 1
    taken = [st.session_state.get(f"{key}.{one}.id", "") for one in lines]
    st.session_state[f"{key}.{line}.id"] = next_id(one for one in taken if one)
    st.session_state[f"{key}.lines"] = [*lines, line]


def _take_out(key: str, line: int) -> None:
    st.session_state[key] = [one for one in st.session_state[key] if one != line]
