"""Laws of the whole: order, dates, choices, and what never changes an answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carveout.constraints import Offer, Policy, channels, check, limits, needs
from carveout.language import Text
from carveout.model import WEEKDAYS, Channel, Kind, Layer, Mode, Nature, Suitability, TaskTraits
from tests.constraints.build import CLEANING, LISTENING, every, offer, task

CARE = {"task": "bathing", "mode": "assist", "contact": "bodily_care"}
DRIVING = {"task": "transport", "nature": "transport", "licence": "driving", "care_class": "other"}
MEDICINE = {"task": "medication", "mode": "assist", "medical_act": "conditional"}
NAP = {"task": "nap", "mode": "assist", "contact": "children"}
EARLY, LATE = date(2015, 4, 1), date(2027, 4, 1)


def rules(of: Offer, policy: Policy) -> dict[str, bool]:
    return {one.rule: one.ok for one in check(of, policy)}


def arranged(of: Offer, day: date) -> dict[str, str]:
    """What to arrange on a day, and since when."""
    return {one.rule: one.since for one in needs(of, Policy(on=day))}


# What the same job has to arrange in 2015 and in 2027: id -> since when, where it holds.
CHANGES: Mapping[str, tuple[Offer, Mapping[str, str], Mapping[str, str]]] = {
    "a care home by dispatch": (
        offer(every("mon wed fri", "9:00-12:00"), [CARE, DRIVING], channel="dispatch"),
        {
            "light-work": "2000-10-01",
            "dispatch-contract": "1986-07-01",
            "former-staff": "2012-10-01",
            "employment-terms": "1999-04-01",
            "driving-licence": "2007-06-02",
            "safe-driving-manager": "1965-09-01",
        },
        {
            "light-work": "2016-04-01",
            "dispatch-contract": "2020-04-01",
            "former-staff": "2012-10-01",
            "employment-terms": "1999-04-01",
            "driving-licence": "2017-03-12",
            "safe-driving-manager": "2023-12-01",
            "older-workers-safety": "2026-04-01",
            "dementia-basics": "2024-04-01",
            "visible-helper": "2023-04-27",
            "whom-to-call": "2023-04-27",
            "order-of-work": "2023-04-27",
            "cover": "2023-04-27",
        },
    ),
    "a nursery by contract": (
        offer(every("mon", "9:00-12:00"), [CLEANING, NAP], kind="nursery", channel="contract"),
        {"contract-direction": "1986-07-01", "nursery-staff-count": "1948-12-29"},
        {
            "contract-direction": "1986-07-01",
            "nursery-staff-count": "1948-12-29",
            "freelance-terms": "2024-11-01",
            "member-agreement": "2025-04-01",
            "child-contact-check": "2026-12-25",
            "visible-helper": "2023-04-27",
            "whom-to-call": "2023-04-27",
            "order-of-work": "2023-04-27",
            "cover": "2023-04-27",
        },
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_2015_and_2027_ask_for_what_their_law_asks_for(name: str) -> None:
    of, before, after = CHANGES[name]
    assert arranged(of, EARLY) == before
    assert arranged(of, LATE) == after


def test_2015_knows_no_designation_and_2027_does() -> None:
    of = offer(every("mon tue wed thu fri", "8:00-14:00"), [LISTENING], channel="dispatch")
    for policy in (Policy(area="saitama"), Policy(designated=True)):
        early, late = rules(of, replace(policy, on=EARLY)), rules(of, replace(policy, on=LATE))
        assert (early["weekly-hours"], early["days-per-month"]) == (False, False)
        assert late["weekly-hours"] and "days-per-month" not in late


def test_2015_and_2027_cite_the_articles_and_notices_of_their_time() -> None:
    of = offer(tasks=[MEDICINE], channel="dispatch")

    def cited(day: date) -> dict[str, str]:
        return {one.rule: one.source.ja for one in check(of, Policy(on=day))}

    early, late = cited(EARLY), cited(LATE)
    assert {rule for rule in late if early[rule] != late[rule]} == {"weekly-hours", "medical-act-unconfirmed"}
    assert "41条" in early["weekly-hours"] and "37条" in late["weekly-hours"]
    assert "2025-12-26" in late["medical-act-unconfirmed"] and "2025" not in early["medical-act-unconfirmed"]


def test_checks_come_by_layer_law_first() -> None:
    of = offer(tasks=[CARE], channel="dispatch")
    policy = Policy({"weekly_hours": 10, "load_most": 2, "lifting_kg": 5, "body_weight_kg": 60})
    layers = [list(Layer).index(one.layer) for one in check(of, policy)]
    assert layers == sorted(layers) and set(layers) == {0, 1, 2, 3}


def test_a_stricter_choice_than_the_law_is_named_as_the_centers_own() -> None:
    of = offer(every("mon tue wed", "9:00-12:00"))
    found = {one.rule: one for one in check(of, Policy({"weekly_hours": 8}))}
    hours = found["weekly-hours"]
    assert (hours.ok, hours.limit, hours.layer, hours.hard) == (False, 8, Layer.SCHEME, True)
    assert "ふつうは20時間" in hours.source.ja and "37条" in hours.source.ja and "usually 20 hours" in hours.source.en


def test_choosing_the_published_figure_changes_no_word() -> None:
    of = offer()
    same = {name: one.value for name, one in limits().items()}
    assert check(of, Policy(same)) == check(of, Policy())


def test_every_check_says_what_it_counts_where_it_is_from_and_what_to_do() -> None:
    heavy = {**CARE, "load": "very_heavy", "medical_act": "yes", "suitability": "unsuitable", "qualification": "nurse"}
    of = offer(
        every("mon tue wed thu fri sat sun", "4:00-13:00 13:20-23:00"),
        [heavy],
        people=3,
        observed_days=1,
        covered_share=0,
    )
    policy = Policy({"load_most": 1, "no_bodily_contact": 1, "lifting_kg": 60, "body_weight_kg": 50})
    for channel in Channel:
        for one in check(replace(of, channel=channel), policy):
            assert one.label.ja and one.label.en and one.unit.ja and one.source.ja and one.source.en, one.rule
            assert one.said.ja.endswith("。") and one.said.en.endswith(".") and "{" not in one.said.ja + one.said.en
            assert one.ok or any(word in one.said.ja for word in ("ください",)), one.said.ja


def test_guidance_is_soft_where_nobody_is_employed() -> None:
    long = every("mon", "8:00-15:00")
    hard = {
        channel: next(one.hard for one in check(offer(long, channel=channel), Policy()) if one.rule == "break")
        for channel in ("contract", "dispatch", "placement")
    }
    assert hard == {"contract": False, "dispatch": True, "placement": True}


def test_what_only_warns_is_soft_and_everything_else_is_hard() -> None:
    of = offer(every("mon", "9:00-11:00 11:30-13:30"), channel="dispatch")
    soft = {one.rule for one in check(of, Policy()) if not one.hard}
    assert soft == {"split-gap", "observed-days", "covered-share"}


def test_an_offer_without_hours_is_checked_without_harm() -> None:
    of = offer({})
    assert "shift-shortest" not in rules(of, Policy()) and rules(of, Policy())["weekly-hours"]
    assert channels(of, Policy())[0].channel is Channel.CONTRACT


def test_a_site_may_call_its_tasks_what_it_likes() -> None:
    one = replace(task(**LISTENING), label=Text("おしゃべり", "Chatting"))
    of = replace(offer(channel="contract"), tasks=(one,))
    said = next(found.said for found in check(of, Policy()) if found.rule == "directed-under-contract")
    assert "「おしゃべり」" in said.ja and "Chatting" in said.en


def test_of_many_tasks_the_first_few_are_named() -> None:
    of = replace(offer(), tasks=tuple(task(task=f"t{k}", mode="assist") for k in range(9)))
    said = next(found.said for found in check(of, Policy()) if found.rule == "directed-under-contract")
    assert "「t3」など9件" in said.ja and "t3 and 5 more" in said.en and "t4" not in said.ja


TASKS = st.builds(
    lambda code, mode, suitability, nature, care, load, contact, act, qualification: task(
        task=code,
        mode=mode,
        suitability=suitability,
        nature=nature,
        care_class=care,
        load=load,
        contact=contact,
        medical_act=act,
        qualification=qualification,
    ),
    st.sampled_from(["cleaning", "listening", "x1", "x2"]),
    st.sampled_from(list(Mode)),
    st.sampled_from(list(Suitability)),
    st.sampled_from(list(Nature)),
    st.sampled_from(["direct_care", "indirect_work", "other"]),
    st.sampled_from(["light", "moderate", "heavy", "very_heavy"]),
    st.sampled_from(["none", "residents", "children", "bodily_care"]),
    st.sampled_from(["no", "conditional", "yes"]),
    st.sampled_from(["", "nurse", "cook"]),
)
STRETCH = st.tuples(st.integers(0, 22), st.integers(1, 8)).map(lambda p: (p[0] * 60, min((p[0] + p[1]) * 60, 24 * 60)))
OFFERS = st.builds(
    Offer,
    kind=st.sampled_from(list(Kind)),
    channel=st.sampled_from([channel.value for channel in Channel]),
    people=st.integers(1, 4),
    days=st.dictionaries(st.sampled_from(WEEKDAYS), st.lists(STRETCH, min_size=1, max_size=3).map(tuple), min_size=1),
    tasks=st.lists(TASKS, min_size=1, max_size=4).map(tuple),
    observed_days=st.integers(0, 5),
    covered_share=st.floats(0, 1),
)
POLICIES = st.builds(
    Policy,
    area=st.sampled_from(["", "chiba", "saitama", "kagoshima"]),
    designated=st.sampled_from([None, True, False]),
    on=st.sampled_from([None, EARLY, LATE]),
)


@given(of=OFFERS, policy=POLICIES)
def test_a_lawful_week_keeps_one_of_the_two_grounds_of_the_act(of: Offer, policy: Policy) -> None:
    natures = {one.traits.nature for one in of.tasks}
    hours = of.hours_per_person <= policy.weekly(of.channel, of.kind, natures) + 1e-9
    days = of.days_per_month <= policy.number("days_per_month_max") + 1e-9
    found = rules(of, policy)
    said = {rule: found[rule] for rule in ("weekly-hours", "days-per-month") if rule in found}
    if hours:
        assert said == {"weekly-hours": True}
    elif days:
        assert said == {"days-per-month": True}
    else:
        assert said == {"weekly-hours": False, "days-per-month": False}


@given(of=OFFERS, policy=POLICIES)
def test_a_check_is_ok_just_when_its_value_keeps_to_its_limit(of: Offer, policy: Policy) -> None:
    for one in check(of, policy):
        kept = one.value >= one.limit - 1e-9 if one.at_least else one.value <= one.limit + 1e-9
        assert one.ok == kept, one.rule


@given(of=OFFERS, policy=POLICIES)
def test_no_answer_depends_on_names_or_on_the_order_of_days_and_stretches(of: Offer, policy: Policy) -> None:
    turned = replace(of, days={day: spans[::-1] for day, spans in reversed(of.days.items())})
    assert check(turned, policy) == check(of, policy)
    renamed = replace(of, tasks=tuple(replace(one, task=f"r{k}") for k, one in enumerate(of.tasks)))
    assert rules(renamed, policy) == rules(of, policy)
    assert [one.rule for one in needs(renamed, policy)] == [one.rule for one in needs(of, policy)]
    assert [one.channel for one in channels(renamed, policy)] == [one.channel for one in channels(of, policy)]


@given(of=OFFERS, policy=POLICIES, hours=st.integers(1, 20), days=st.integers(1, 10))
def test_a_stricter_choice_never_mends_what_was_broken(of: Offer, policy: Policy, hours: int, days: int) -> None:
    stricter = replace(policy, numbers={"weekly_hours": hours, "days_per_month_max": days})
    broken = {rule for rule, ok in rules(of, policy).items() if not ok}
    assert broken <= {rule for rule, ok in rules(of, stricter).items() if not ok}


@given(of=OFFERS, policy=POLICIES)
def test_a_possible_channel_breaks_no_law_that_another_keeps(of: Offer, policy: Policy) -> None:
    options = channels(of, policy)
    assert sorted(one.channel for one in options) == sorted(Channel)
    assert options[0].possible
    paid = [Channel.CONTRACT, Channel.DISPATCH, Channel.PLACEMENT]
    law = {
        channel: {
            one.rule
            for one in check(replace(of, channel=channel), policy)
            if one.layer is Layer.LAW and one.hard and not one.ok
        }
        for channel in paid
    }
    everywhere = set.intersection(*law.values())
    possible = {one.channel for one in options if one.possible}
    usual = Channel.DISPATCH if any(one.mode is Mode.ASSIST for one in of.tasks) else Channel.CONTRACT
    own_fault = everywhere if any(found <= everywhere for found in law.values()) else everywhere | law[usual]
    assert {channel for channel in paid if law[channel] <= own_fault} == possible - {Channel.INFORMATION}


def test_a_day_too_long_for_an_employer_stays_dispatch_with_the_law_named() -> None:
    of = offer({"mon": "8:30-19:00"}, [LISTENING], channel="dispatch")
    first = channels(of, Policy())[0]
    assert (first.channel, first.possible) == (Channel.DISPATCH, True)
    assert [one.channel for one in channels(of, Policy()) if not one.possible] == [Channel.CONTRACT]
    assert rules(replace(of, channel=first.channel), Policy())["day-hours"] is False


@given(of=OFFERS, policy=POLICIES)
def test_help_beside_staff_is_never_contract_work(of: Offer, policy: Policy) -> None:
    helped = any(one.mode is Mode.ASSIST for one in of.tasks)
    contract = next(one for one in channels(of, policy) if one.channel is Channel.CONTRACT)
    assert not (helped and contract.possible)
    found = rules(replace(of, channel="contract"), policy)
    assert found["directed-under-contract"] is not helped


def test_traits_nobody_told_are_those_of_any_task() -> None:
    bare = replace(offer(channel="dispatch"), tasks=(replace(task(**LISTENING), traits=TaskTraits()),))
    assert all(rules(bare, Policy()).values())
