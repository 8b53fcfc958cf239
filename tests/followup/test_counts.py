"""The counts a center reports, reproduced from entered records."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carveout.errors import InputError
from carveout.followup import (
    FLOW,
    Interview,
    Match,
    NoMatch,
    Opening,
    Origin,
    Partner,
    Status,
    Step,
    by_origin,
    contacts_due,
    openings_by_channel,
    placements_by_channel,
    read_followup,
    status_of,
    step_problems,
    unmatched_reasons,
    write_followup,
)
from carveout.model import Channel

P, D, C, I = Channel.PLACEMENT, Channel.DISPATCH, Channel.CONTRACT, Channel.INFORMATION  # noqa: E741
# Kashiwa, fiscal 2014: (channel, known field) -> openings (table 2) and people matched (table 3).
OPENINGS = {
    (P, False): 5,
    (D, False): 1,
    (C, False): 7,
    (I, False): 7,
    (P, True): 6,
    (D, True): 9,
    (C, True): 3,
    (I, True): 2,
}
MATCHED = {
    (P, False): 0,
    (D, False): 1,
    (C, False): 2,
    (I, False): 4,
    (P, True): 1,
    (D, True): 7,
    (C, True): 2,
    (I, True): 1,
}
ORIGINS = {Origin.DIRECT: 13, Origin.REQUEST: 15, Origin.CANVASSER: 8, Origin.PLATFORM: 4}
HEAD = "format: carveout-followup/1\nopenings:\n"
FAILED = (
    ("night watch at a nursing home", NoMatch.STAMINA, "73, unsure about pushing a wheelchair"),
    ("dressing guests at weddings", NoMatch.SKILL, ""),
    ("carrying cabinets", NoMatch.EQUIPMENT, "no vehicle"),
    ("clerk at an estate agent", NoMatch.FILLED_ELSEWHERE, "through the employment office"),
)


def kashiwa() -> list[Opening]:
    """The year's 40 openings as a coordinator would have entered them, one by one."""
    origins = [origin for origin, n in ORIGINS.items() for _ in range(n)]
    openings: list[Opening] = []
    for (channel, known), n in OPENINGS.items():
        people = MATCHED[channel, known]
        for k in range(n):
            here = people // n + (k < people % n)
            matches = tuple(Match(f"m{len(openings)}-{p}", "2014-10-01") for p in range(here))
            steps = (Step(Status.OFFERED, "2014-06-01"), Step(Status.ACCEPTED, "2014-07-01")) if here else ()
            openings.append(
                Opening(
                    f"o{len(openings):02d}", f"site-{len(openings)}", f"{channel} {known}", origins[len(openings)],
                    channel, known, steps=steps, matches=matches,
                )
            )  # fmt: skip
    return openings


def test_table_2_forty_openings_twenty_in_new_fields_and_twenty_in_known_ones() -> None:
    rows = openings_by_channel(kashiwa())
    assert [(row.channel, row.new, row.known) for row in rows] == [
        (P, 5, 6), (D, 1, 9), (C, 7, 3), (I, 7, 2), (None, 20, 20),
    ]  # fmt: skip
    assert rows[-1].total == 40


def test_table_3_eighteen_people_matched() -> None:
    rows = placements_by_channel(kashiwa())
    assert [(row.channel, row.new, row.known) for row in rows] == [
        (P, 0, 1), (D, 1, 7), (C, 2, 2), (I, 4, 1), (None, 7, 11),
    ]  # fmt: skip
    assert rows[-1].total == 18


def test_forty_openings_by_the_four_ways_they_were_found() -> None:
    assert by_origin(kashiwa()) == ORIGINS
    assert sum(by_origin(kashiwa()).values()) == 13 + 15 + 8 + 4 == 40


def test_table_4_every_match_that_failed_with_its_reason() -> None:
    openings = [
        Opening(f"o{k}", "s", work, Origin.REQUEST, D, True, matches=(Match(f"m{k}", "2014-11-01", reason, note),))
        for k, (work, reason, note) in enumerate(FAILED)
    ]
    assert [(row.work, row.reason, row.note) for row in unmatched_reasons(openings)] == list(FAILED)
    assert placements_by_channel(openings)[-1].total == 0


def test_the_whole_year_survives_its_file() -> None:
    openings = kashiwa()
    data = write_followup(openings)
    assert read_followup(data, "2014.yaml") == tuple(openings)
    assert write_followup(openings[::-1]) == data


def test_a_no_needs_a_reason_and_steps_an_order() -> None:
    opening = Opening("o1", "s", "w", Origin.DIRECT, P, False, steps=(
        Step(Status.OFFERED, "2026-05-02"), Step(Status.DECLINED, "2026-05-01"), Step(Status.WIDENED, "2026-06-01"),
    ))  # fmt: skip
    said = [text.en for text in step_problems(opening)]
    assert said == [
        "2026-05-01 lies before 2026-05-02",
        "Say why it was declined",
        "Widened cannot follow Declined",
    ]
    with pytest.raises(InputError) as caught:
        read_followup(write_followup([opening]), "f.yaml")
    assert len(caught.value.problems) == 3
    assert all(p.place == "openings[0]" and p.cause.ja != p.cause.en for p in caught.value.problems)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", "format"),
        ("format: carveout-job/1\n", "carveout-job/1"),
        ("format: carveout-followup/1\nopenings: [{id: a}]\n", "site is missing"),
        ("format: carveout-followup/1\nopenings: {a: b}\n", "wrong kind"),
        ("format: carveout-followup/1\nopening: []\n", "nobody knows: opening"),
        ("format: carveout-followup/1\nopenings: [&a [*a]]\n", "cannot be read as YAML"),
        ("format: carveout-followup/1\nopenings: " + "[" * 500, "cannot be read as YAML"),
        (
            HEAD + "- {id: a, site: s, work: w, origin: luck, channel: dispatch, known_field: 3}\n",
            "known words",
        ),
        (
            HEAD
            + "- {id: a, site: s, work: w, origin: direct, channel: dispatch, known_field: true, "
            + "next_contact: soon}\n",
            "not a date",
        ),
    ],
)
def test_what_cannot_be_used_is_said_with_its_place(text: str, wanted: str) -> None:
    with pytest.raises(InputError) as caught:
        read_followup(text.encode(), "f.yaml")
    assert wanted in str(caught.value)
    assert all(problem.file == "f.yaml" for problem in caught.value.problems)


def test_all_mistakes_are_said_at_once() -> None:
    text = (
        "format: carveout-followup/1\nopenings:\n"
        "- {id: a, site: s, work: w, origin: luck, channel: dispatch, known_field: 3}\n- {id: b, colour: red}\n"
    )
    with pytest.raises(InputError) as caught:
        read_followup(text.encode(), "f.yaml")
    places = {problem.place for problem in caught.value.problems}
    assert {"openings[0].origin", "openings[0].known_field", "openings[1]"} <= places


def test_silence_makes_a_contact_due_and_a_no_is_asked_again_half_a_year_later() -> None:
    today = date(2026, 12, 1)
    openings = [
        Opening("a", "s", "w", Origin.DIRECT, P, True, steps=(Step(Status.OFFERED, "2026-11-10"),)),
        Opening("b", "s", "w", Origin.DIRECT, P, True, steps=(
            Step(Status.OFFERED, "2026-05-01"), Step(Status.DECLINED, "2026-05-20", "no budget"),
        )),
        Opening("c", "s", "w", Origin.DIRECT, P, True, steps=(
            Step(Status.OFFERED, "2026-10-01"), Step(Status.ACCEPTED, "2026-10-02"), Step(Status.STARTED, "2026-10-03"),
        ), interviews=(Interview(Partner.WORKER, "2026-11-28"),)),
        Opening("d", "s", "w", Origin.DIRECT, P, True, next_contact="2026-12-05"),
        Opening("e", "s", "w", Origin.DIRECT, P, True),
    ]  # fmt: skip
    due = contacts_due(openings, today)
    assert [(one.opening, one.arranged) for one in due] == [("b", False), ("a", False), ("d", True)]
    assert due[0].on == date(2026, 5, 20) + timedelta(180)
    assert [one.late(today) for one in due] == [15, 7, 0]


statuses = st.lists(st.sampled_from(list(Status)), max_size=8)


@given(statuses)
def test_steps_are_accepted_exactly_when_each_may_follow_the_one_before(walk: list[Status]) -> None:
    steps = tuple(Step(s, (date(2026, 1, 1) + timedelta(k)).isoformat(), "because") for k, s in enumerate(walk))
    opening = Opening("o", "s", "w", Origin.DIRECT, P, True, steps=steps)
    allowed = all(b in FLOW[a] for a, b in zip([None, *walk], walk, strict=False))
    assert (not list(step_problems(opening))) == allowed
    assert status_of(opening) == (walk[-1] if walk else None)


@given(
    st.lists(
        st.builds(
            Opening, st.text(min_size=1, max_size=9), st.text(max_size=5), st.text(max_size=30),
            st.sampled_from(Origin), st.sampled_from(Channel), st.booleans(), st.integers(0, 9), st.just(()),
            st.lists(st.builds(Match, st.text(max_size=4), st.just("2026-01-01"), st.none() | st.sampled_from(NoMatch)),
                     max_size=3).map(tuple),
            st.lists(st.builds(Interview, st.sampled_from(Partner), st.just("2026-01-01"),
                               st.dictionaries(st.text(max_size=4), st.text(max_size=9), max_size=2)),
                     max_size=2).map(tuple),
        ),
        max_size=5, unique_by=lambda one: one.id,
    )
)  # fmt: skip
def test_any_openings_survive_their_file(openings: list[Opening]) -> None:
    assert read_followup(write_followup(openings), "f") == tuple(sorted(openings, key=lambda one: one.id))
