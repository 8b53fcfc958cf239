"""A mapping is what a person decided: kept as JSON, refused in words where it is broken."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carveout.exchange import FIELDS, Mapping, MappingError, read_file

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=10)
NAMES = st.dictionaries(TEXT, TEXT, max_size=3)
MAPPINGS = st.builds(
    Mapping,
    format=TEXT,
    columns=st.dictionaries(st.sampled_from(FIELDS), TEXT, max_size=4),
    into_note=st.lists(TEXT, max_size=3).map(tuple),
    tasks=NAMES,
    staff=NAMES,
    site=TEXT,
    kind=st.sampled_from(["", "care_home", "nursery", "other"]),
    unit=TEXT,
    observer=TEXT,
    date=TEXT,
    origin=TEXT,
    starts=NAMES,
    times=st.sampled_from(["", "clock", "seconds", "minutes"]),
    ends=st.sampled_from(["", "given", "next", "point"]),
    date_order=st.sampled_from(["", "ymd", "dmy", "mdy"]),
)
TABLE = "date,start,end,task,name\n2026-06-01,9:00,9:05,配膳,山田\n".encode()


@given(MAPPINGS)
def test_a_mapping_survives_its_json(mapping: Mapping) -> None:
    assert Mapping.from_json(mapping.to_json()) == mapping


@given(MAPPINGS)
def test_whatever_a_mapping_says_reading_never_fails(mapping: Mapping) -> None:
    found = read_file("t.csv", TABLE, mapping)
    assert found.days or found.problems


def test_the_mapping_used_reads_the_file_again_without_a_question() -> None:
    first = read_file("t.csv", TABLE, Mapping(site="a", kind="care_home"))
    second = read_file("t.csv", TABLE, first.mapping)
    assert second.mapping == first.mapping
    assert (second.problems, second.new_people) == ((), ())
    assert [one.staff for one in second.days[0].rows] == [("s1",)]


def test_what_is_remembered_holds_no_day_and_no_name() -> None:
    used = read_file("t.csv", TABLE, Mapping(date="2026-06-02", origin="9:00", starts={"a": "b"})).mapping
    kept = used.remembered()
    assert (kept.date, kept.origin, kept.starts) == ("", "", {})
    assert "山田" in used.to_json() and "山田" not in kept.to_json()
    assert kept.remembered() == kept
    assert read_file("t.csv", TABLE, kept).days[0].rows[0].staff == ("s1",)


def test_a_name_is_hidden_by_the_secret_of_its_store_and_none_of_it_is_kept() -> None:
    used = read_file("t.csv", TABLE, Mapping(secret="ours")).mapping
    kept = used.remembered()
    assert "ours" not in kept.to_json()
    assert kept.staff != read_file("t.csv", TABLE).mapping.remembered().staff
    assert read_file("t.csv", TABLE, replace(kept, secret="ours")).new_people == ()
    assert len(read_file("t.csv", TABLE, replace(kept, secret="another")).new_people) == 1


def test_a_mapping_kept_before_there_were_secrets_goes_on_holding_and_takes_the_secret() -> None:
    old = replace(read_file("t.csv", TABLE).mapping, staff={"山田": "s7"}).remembered()
    found = read_file("t.csv", TABLE, replace(old, secret="ours"))
    assert (found.new_people, found.days[0].rows[0].staff) == ((), ("s7",))
    kept = found.mapping.remembered()
    assert len(kept.staff) == 1 and not set(kept.staff) & set(old.staff)
    again = read_file("t.csv", TABLE, replace(kept, secret="ours"))
    assert again.days[0].rows[0].staff == ("s7",)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "mapping_broken"),
        ("[]", "mapping_broken"),
        ("{}", "mapping_broken"),
        ('{"mapping": "carveout-mapping/9"}', "mapping_broken"),
        ("[" * 100_000, "mapping_broken"),
        ('{"mapping": "carveout-mapping/1", "colour": "red"}', "mapping_key"),
        ('{"mapping": "carveout-mapping/1", "tasks": ["a"]}', "mapping_value"),
        ('{"mapping": "carveout-mapping/1", "tasks": {"a": 1}}', "mapping_value"),
        ('{"mapping": "carveout-mapping/1", "columns": {"weight": "w"}}', "mapping_value"),
        ('{"mapping": "carveout-mapping/1", "kind": "hospital"}', "mapping_value"),
        ('{"mapping": "carveout-mapping/1", "into_note": "a"}', "mapping_value"),
    ],
)
def test_a_broken_mapping_is_refused_with_a_remedy(text: str, code: str) -> None:
    with pytest.raises(MappingError) as refused:
        Mapping.from_json(text, "my.json")
    (problem,) = refused.value.problems
    assert (problem.code, problem.file) == (code, "my.json")
    assert problem.remedy.ja and problem.remedy.en
