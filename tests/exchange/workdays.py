"""Workdays to write and read again: one made by hand, and any that a file may hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import strategies as st

from carveout.catalogue import catalogue
from carveout.model import Kind, Trigger
from carveout.observations.text import tidy
from carveout.workday import Person, Row, SiteHead, Workday, new_id

HEAD = SiteHead("care-home-a", Kind.CARE_HOME, "介護老人ホームA")
CODES = ("serving", "toileting", "bathing", "cleaning", "break_time", "medication")
WORDS = ("独自の業務", "=1+1", "'quoted", "<b>x</b>", "a, b", "+15", "見回り；巡回", '"', "@cmd", "-", "NA")
IDS = tuple(f"s{n}" for n in range(1, 6))
ROLES = {"s1": "care_worker", "s2": "看護師", "s3": "", "s4": "=role", "s5": "cleaner"}
UNITS = ("unit-1", "ユニット 2", "=A1", "さくら組")
DATES = ("2026-06-01", "2026-06-02", "2026-02-28", "2024-02-29", "2026-12-31")

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"]), max_size=20).map(tidy)
NOTE = TEXT | st.sampled_from(["", "=2+2", "two\nlines", "  ", "'", "a;b,c\td", "{}", "</string>", "&amp;"]).map(tidy)
TASK = st.sampled_from(CODES) | st.sampled_from(WORDS)
DAY = 1440


def row(start: int, end: int | None, task: str, *staff: str, trigger: Trigger | None = None, note: str = "") -> Row:
    return Row(new_id(), start, end, task, staff, trigger, note)


ONE_DAY = Workday(
    HEAD.id,
    "2026-06-01",
    "unit-1",
    "jc-01",
    (Person("s1", "care_worker", ((420, 960),)), Person("s2", "nurse", ((540, 720), (765, 1080)))),
    (
        row(420, 450, "wake_up_care", "s1"),
        row(450, 450, "serving", "s1", "s2", trigger=Trigger.ON_DEMAND, note="=1+1"),
        row(1430, 1450, "独自の業務", "s2"),
        row(430, None, "toileting", "s1"),
        row(400, 440, "cleaning"),
    ),
    True,
)


@st.composite
def rows(draw: st.DrawFn) -> Row:
    start = draw(st.integers(0, DAY - 1))
    # Short ones, long ones, none at all, and work over midnight.
    end = draw(st.none() | st.integers(start, start + 90) | st.integers(start, start + DAY - 1))
    staff = draw(st.lists(st.sampled_from(IDS), max_size=3, unique=True))
    trigger = draw(st.none() | st.sampled_from(list(Trigger)))
    return Row(new_id(), start, end, draw(TASK), tuple(staff), trigger, draw(NOTE))


@st.composite
def workdays(draw: st.DrawFn, night: bool = True) -> list[Workday]:
    """A few days of one site, each unit and date once; a person has one role."""
    places = draw(
        st.lists(st.tuples(st.sampled_from(DATES), st.sampled_from(UNITS)), min_size=1, max_size=3, unique=True)
    )
    found = []
    for date, unit in sorted(places):
        written = draw(st.lists(rows(), max_size=8))
        if not night:
            written = [replace(one, end=None if one.end is None else min(one.end, DAY)) for one in written]
        on_duty = draw(st.lists(st.sampled_from(IDS), max_size=4, unique=True))
        people = tuple(Person(who, ROLES[who], draw(stretches())) for who in sorted(on_duty))
        observer = draw(st.sampled_from(["", "jc-01", "o2"]))
        found.append(Workday(HEAD.id, date, unit, observer, people, tuple(written), draw(st.booleans())))
    return found


@st.composite
def stretches(draw: st.DrawFn) -> tuple[tuple[int, int], ...]:
    edges = sorted(draw(st.lists(st.integers(0, DAY), min_size=2, max_size=4, unique=True)))
    return tuple(zip(edges[::2], edges[1::2], strict=False))


def meant(task: str) -> str:
    """The task a file's reader takes a text for."""
    return catalogue().resolve(task) or task


def nameless(days: Sequence[Workday]) -> list[Workday]:
    """Days whose rows have lost their ids, which are new after every reading."""
    return [replace(day, rows=tuple(replace(one, id="") for one in day.rows)) for day in days]


def resolved(days: Sequence[Workday]) -> list[Workday]:
    """Days as files that keep task names only give them back."""
    return [replace(day, rows=tuple(replace(one, task=meant(one.task)) for one in day.rows)) for day in days]


def finished(days: Sequence[Workday]) -> list[Workday]:
    """Days without rows still going on."""
    return [replace(day, rows=tuple(one for one in day.rows if one.end is not None)) for day in days]


def one_by_one(days: Sequence[Workday]) -> list[tuple[object, ...]]:
    """Every row of every person by itself, sorted: what files hold that know one person a row."""
    return sorted(
        (day.date, day.unit, day.observer, one.start, -1 if one.end is None else one.end, one.task, who,
         one.trigger or "", one.note)
        for day in days for one in day.rows for who in one.staff or ("",)
    )  # fmt: skip
