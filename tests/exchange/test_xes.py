"""Event logs: traces as days, events paired, and what process mining tools need to read ours."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from xml.etree import ElementTree as ET

import pytest

from carveout.exchange import Imported, Mapping, read_file, write_file
from carveout.model import Kind
from carveout.workday import SiteHead
from tests.conftest import environment
from tests.exchange.workdays import HEAD, ONE_DAY, nameless

NS = "{http://www.xes-standard.org/}"


def log(*traces: str, attributes: str = "") -> bytes:
    return f'<?xml version="1.0"?><log xes.version="1.0">{attributes}{"".join(traces)}</log>'.encode()


def trace(*events: str, name: str = "1") -> str:
    return f'<trace><string key="concept:name" value="{name}"/>{"".join(events)}</trace>'


def event(task: str, when: str, transition: str = "", who: str = "", instance: str = "", more: str = "") -> str:
    values = {
        "concept:name": task,
        "lifecycle:transition": transition,
        "org:resource": who,
        "concept:instance": instance,
    }
    texts = "".join(f'<string key="{key}" value="{value}"/>' for key, value in values.items() if value)
    return f'<event>{texts}<date key="time:timestamp" value="{when}"/>{more}</event>'


def rows(found: Imported) -> list[tuple[str, int, int | None, str, tuple[str, ...]]]:
    return [(day.date, one.start, one.end, one.task, one.staff) for day in found.days for one in day.rows]


def codes(found: Imported) -> list[str]:
    return [problem.code for problem in found.problems]


def test_starts_and_completes_pair_first_in_first_out_per_name_and_resource() -> None:
    found = read_file("a.xes", log(trace(
        event("配膳", "2026-06-01T09:00:00.000+09:00", "start", "s1"),
        event("配膳", "2026-06-01T09:01:00.000+09:00", "start", "s2"),
        event("配膳", "2026-06-01T09:02:00.000+09:00", "start", "s1"),
        event("配膳", "2026-06-01T09:05:00.000+09:00", "complete", "s2"),
        event("配膳", "2026-06-01T09:06:00.000+09:00", "COMPLETE", "s1"),
        event("配膳", "2026-06-01T09:09:00.000+09:00", "complete", "s1"),
    )))  # fmt: skip
    assert [one[1:3] for one in rows(found)] == [(540, 546), (541, 545), (542, 549)]


def test_a_common_instance_pairs_whatever_came_first() -> None:
    found = read_file("a.xes", log(trace(
        event("配膳", "2026-06-01T09:00:00+09:00", "start", instance="1"),
        event("配膳", "2026-06-01T09:01:00+09:00", "start", instance="2"),
        event("配膳", "2026-06-01T09:05:00+09:00", "complete", instance="2"),
        event("配膳", "2026-06-01T09:09:00+09:00", "complete", instance="1"),
    )))  # fmt: skip
    assert [one[1:3] for one in rows(found)] == [(540, 549), (541, 545)]


def test_completions_alone_are_points_and_an_unfinished_start_stays_open() -> None:
    found = read_file("a.xes", log(trace(
        event("配膳", "2026-06-01T09:00:00", "complete"),
        event("下膳", "2026-06-01T09:10:00"),
        event("清掃", "2026-06-01T09:20:00", "start"),
        event("清掃", "2026-06-01T09:21:00", "schedule"),
    )))  # fmt: skip
    assert [one[1:3] for one in rows(found)] == [(540, 540), (550, 550), (560, None)]
    assert {"points", "no_end", "lifecycle"} <= set(codes(found))


def test_a_start_that_was_never_ended_does_not_swallow_the_end_of_another_day() -> None:
    found = read_file("a.xes", log(trace(
        event("配膳", "2026-06-01T09:00:00", "start"),
        event("配膳", "2026-06-02T10:00:00", "start"), event("配膳", "2026-06-02T10:10:00", "complete"),
    )))  # fmt: skip
    assert [one[:3] for one in rows(found)] == [("2026-06-01", 540, None), ("2026-06-02", 600, 610)]


def test_the_clock_is_read_as_written_whatever_the_offset() -> None:
    for when in ("2026-06-01T09:00:00+09:00", "2026-06-01T09:00:00Z", "2026-06-01T09:00:00.123456-05:00"):
        assert rows(read_file("a.xes", log(trace(event("配膳", when)))))[0][:2] == ("2026-06-01", 540)


def test_a_trace_over_midnight_becomes_two_days_and_a_row_over_midnight_one_row() -> None:
    found = read_file("a.xes", log(trace(
        event("巡回", "2026-06-01T23:50:00", "start"), event("巡回", "2026-06-02T00:10:00", "complete"),
        event("巡回", "2026-06-02T02:00:00", "start"), event("巡回", "2026-06-02T02:10:00", "complete"),
    )))  # fmt: skip
    assert [one[:3] for one in rows(found)] == [("2026-06-01", 1430, 1450), ("2026-06-02", 120, 130)]


def test_attributes_can_be_any_field_and_the_rest_is_asked_about() -> None:
    text = log(trace(event("t1", "2026-06-01T09:00:00", more='<string key="room" value="A"/>'), name="ward 3"))
    plain = read_file("a.xes", text)
    assert [one.heading for one in plain.unknown_columns] == ["room", "case:concept:name"]
    assert plain.unknown_columns[0].samples == ("A",)
    told = Mapping(columns={"unit": "case:concept:name"}, into_note=("room",), tasks={"t1": "serving"})
    found = read_file("a.xes", text, told)
    assert (found.days[0].unit, found.days[0].rows[0].note, found.days[0].rows[0].task) == (
        "ward 3",
        "room: A",
        "serving",
    )
    assert found.unknown_columns == ()


def test_a_compressed_log_is_read_and_a_bomb_is_not() -> None:
    good = gzip.compress(log(trace(event("配膳", "2026-06-01T09:00:00"))))
    assert len(rows(read_file("a.xes.gz", good))) == 1
    bomb = gzip.compress(b"<log>" + b" " * (500 << 20), compresslevel=1)
    assert codes(read_file("b.xes.gz", bomb)) == ["unpacks_too_large"]


@pytest.mark.parametrize(
    "text",
    [
        '<?xml version="1.0"?><!DOCTYPE log [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><log>&b;</log>',
        '<!DOCTYPE log SYSTEM "http://127.0.0.1:9/secret"><log/>',
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY x SYSTEM "http://127.0.0.1:9/secret">]><log><trace>&x;</trace></log>',
    ],
)
def test_a_document_type_is_refused(text: str) -> None:
    found = read_file("a.xes", text.encode())
    assert (codes(found), found.days) == (["doctype"], ())


@pytest.mark.parametrize(
    "text",
    ["<log>", "<log><trace></log>", "<html/>", "junk", "<log>&undefined;</log>", "<log>" + "<a>" * 100_000],
    ids=["open", "crossed", "html", "text", "entity", "deep"],
)
def test_what_is_no_log_is_refused_with_its_line(text: str) -> None:
    found = read_file("a.xes", text.encode())
    assert codes(found) == ["damaged"]
    assert found.problems[0].line == 1
    assert found.problems[0].remedy.ja


def test_an_event_without_a_time_is_a_problem_and_the_rest_is_kept() -> None:
    found = read_file("a.xes", log("\n" + trace(event("配膳", "yesterday"), event("下膳", "2026-06-01T09:00:00"))))
    assert len(rows(found)) == 1
    assert [(one.code, one.line) for one in found.problems if one.severity == "error"] == [("bad_time", 2)]


def test_a_task_may_be_left_out_and_that_is_said() -> None:
    text = log(trace(event("Start", "2026-06-01T08:00:00"), event("配膳", "2026-06-01T09:00:00")))
    found = read_file("a.xes", text, Mapping(tasks={"Start": ""}))
    assert [one[3] for one in rows(found)] == ["serving"]
    assert "left_out" in codes(found)


def test_our_log_declares_what_tools_ask_for() -> None:
    root = ET.fromstring(write_file("xes", HEAD, [ONE_DAY]))
    assert {one.get("prefix") for one in root.iter(f"{NS}extension")} == {"concept", "lifecycle", "time", "org"}
    scopes = {one.get("scope"): {child.get("key") for child in one} for one in root.iter(f"{NS}global")}
    assert scopes["trace"] == {"concept:name"}
    assert scopes["event"] >= {"concept:name", "lifecycle:transition", "time:timestamp"}
    keys = {one.get("name"): (one.get("keys") or "").split() for one in root.iter(f"{NS}classifier")}
    for event_ in root.iter(f"{NS}event"):
        told = {child.get("key") for child in event_}
        assert scopes["event"] <= told  # what a global promises stands in every event
        assert all(set(named) <= told for named in keys.values())
    dates = [one.get("value") or "" for one in root.iter(f"{NS}date")]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+09:00", one) for one in dates)
    for one in root.iter(f"{NS}trace"):
        times = [child.get("value") or "" for child in one.iter(f"{NS}date")]
        assert times == sorted(times)


def test_universal_time_is_pointed_out_and_can_be_shown_as_a_local_clock() -> None:
    text = log(trace(event("配膳", "2026-06-01T00:05:00.000+00:00")))
    found = read_file("a.xes", text)
    assert rows(found)[0][:2] == ("2026-06-01", 5)
    assert "universal_time" in codes(found)
    local = read_file("a.xes", text, Mapping(offset="+09:00"))
    assert rows(local)[0][:2] == ("2026-06-01", 545)
    assert "universal_time" not in codes(local)


def test_our_log_rewritten_under_another_offset_is_still_ours() -> None:
    data = write_file("xes", HEAD, [ONE_DAY])
    moved = re.sub(
        rb'value="([^"]*)\+09:00"',
        lambda one: (
            f'value="{(datetime.fromisoformat(one[1].decode()) - timedelta(hours=9)).isoformat()}+00:00"'.encode()
        ),
        data,
    )
    head, found_trace, rest = moved.partition(b"<trace>")
    without_log = re.sub(rb"<string [^>]*/>", b"", head) + found_trace + rest
    with_nan = without_log.replace(b"</event>", b'<float key="carveout:note" value="nan"/></event>')
    assert nameless(read_file("a.xes", moved).days) == nameless([ONE_DAY])
    found = read_file("a.xes", with_nan)
    assert found.head == SiteHead(HEAD.id, HEAD.kind)
    assert nameless(found.days) == nameless([ONE_DAY])


def test_logs_of_two_sites_put_together_stay_two_sites() -> None:
    other = replace(HEAD, id="nursery-b", kind=Kind.NURSERY, name="")
    one, two = (write_file("xes", head, [ONE_DAY]).decode() for head in (HEAD, other))
    trace_ = two[two.index("<trace>") : two.index("</log>")]
    found = read_file("a.xes", one.replace("</log>", f"{trace_}</log>").encode())
    assert [(head.id, head.kind.value, len(days[0].rows)) for head, days in found.sites] == [
        ("care-home-a", "care_home", 5), ("nursery-b", "nursery", 5),
    ]  # fmt: skip
    assert found.head == HEAD
    assert [day.staff for _, days in found.sites for day in days] == [ONE_DAY.staff, ONE_DAY.staff]


READ_WITH_PM4PY = """
import json, sys, warnings
warnings.simplefilter("ignore")
import pm4py
log = pm4py.read_xes(sys.argv[1])
names = ["case:concept:name", "concept:name", "lifecycle:transition", "org:resource"]
events = [[str(row[n]) for n in names] + [row["time:timestamp"].isoformat()] for _, row in log.iterrows()]
print("EVENTS" + json.dumps(events))
"""


def test_pm4py_reads_the_same_events(tmp_path: object) -> None:
    path = f"{tmp_path}/ours.xes"
    with open(path, "wb") as stream:  # noqa: PTH123
        stream.write(write_file("xes", HEAD, [ONE_DAY], "en"))
    done = subprocess.run(
        [sys.executable, "-c", READ_WITH_PM4PY, path], capture_output=True, timeout=300, env=environment(), check=True
    )
    line = next(one for one in done.stdout.decode().splitlines() if one.startswith("EVENTS"))
    found = sorted(
        (name, task, edge, who, datetime.fromisoformat(when)) for name, task, edge, who, when in json.loads(line[6:])
    )
    trace_ = "2026-06-01 unit-1 jc-01"
    at = datetime.fromisoformat
    expected = sorted(
        (trace_, task, edge, who, at(f"2026-06-{when}:00+09:00"))
        for task, who, *edges in (
            ("Wake-up care", "s1", ("start", "01T07:00"), ("complete", "01T07:30")),
            ("Serving", "s1, s2", ("start", "01T07:30"), ("complete", "01T07:30")),
            ("独自の業務", "s2", ("start", "01T23:50"), ("complete", "02T00:10")),
            ("Toilet guidance", "s1", ("start", "01T07:10")),
            ("Cleaning", "-", ("start", "01T06:40"), ("complete", "01T07:20")),
        )
        for edge, when in edges
    )
    assert found == expected
