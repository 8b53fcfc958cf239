"""Workdays made at random, of the kind people write: any rows, sorted or not, some still going on."""

from __future__ import annotations

from hypothesis import strategies as st

from carveout.model import Kind, Trigger
from carveout.workday import Person, Row, SiteHead, Workday

TASKS = ("serving", "clearing", "bathing", "cleaning", "wake_up_care", "ぬりえの見本", "2階 巡視")
PEOPLE = ("s1", "s2", "s3", "n-01")
DATES = ("2026-06-01", "2026-06-02", "2026-06-03")
NOTES = ("", "こぼした", "two residents", "#3 再確認")

texts = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\u2028\u2029"), max_size=30)


@st.composite
def rows(draw, number: int, open_rows: bool = True) -> Row:
    start = draw(st.integers(0, 1500))
    length = draw(st.integers(0, 300))
    still = open_rows and draw(st.integers(0, 9)) == 0
    return Row(
        f"r{number}",
        start,
        None if still else start + length,
        draw(st.sampled_from(TASKS)),
        tuple(draw(st.lists(st.sampled_from(PEOPLE), max_size=3, unique=True))),
        draw(st.sampled_from((None, *Trigger))),
        draw(st.sampled_from(NOTES)),
    )


@st.composite
def people(draw) -> tuple[Person, ...]:
    found = []
    for name in draw(st.lists(st.sampled_from(PEOPLE), unique=True, max_size=4)):
        cuts = sorted(draw(st.sets(st.integers(0, 1800), min_size=2, max_size=4)))
        stretches = tuple(zip(cuts[::2], cuts[1::2], strict=False))
        found.append(Person(name, "", stretches))
    return tuple(sorted(found, key=lambda person: person.id))


@st.composite
def workdays(draw, open_rows: bool = True, least: int = 0, ordered: bool = False) -> Workday:
    n = draw(st.integers(least, 8))
    made = tuple(draw(rows(number, open_rows)) for number in range(n))
    if ordered:
        made = tuple(sorted(made, key=lambda row: (row.start, 9999 if row.end is None else row.end, row.id)))
    return Workday(
        "home",
        draw(st.sampled_from(DATES)),
        draw(st.sampled_from(("unit-1", "unit-2"))),
        draw(st.sampled_from(("", "jc-01"))),
        draw(people()),
        made,
    )


HEAD = SiteHead(
    "home", Kind.CARE_HOME, "ホーム", tasks={"2階 巡視": {"en": "Second floor round", "nature": "housekeeping"}}
)
