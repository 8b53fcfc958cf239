"""Writes the two example sites: `python site_observations/construct.py [FOLDER]`.

The days are constructed for teaching, not observed. The same seeds give the same bytes on every machine; without FOLDER
the files beside this script are rewritten.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import care_home
import nursery
from workday import Dice, Flow, Loose, Row, Workday

MONDAY = date(2026, 6, 1)
WEEKDAYS = tuple(MONDAY + timedelta(days=n) for n in range(12) if n % 7 < 5)
# Somebody is missing and nobody stands in: (unit, day of the month) -> shift.
ABSENT = {("unit-1", 4): "D", ("unit-2", 11): "M", ("class-0-1", 9): "A", ("class-3-5", 3): "E"}

Shifts = Mapping[str, list[tuple[int, int]]]

HEADER = """\
# {what}
# この観察記録は、学習用に組み立てたものです。実在の施設の観察ではありません。
# These days are constructed for teaching, not observed: no real site, staff or resident stands behind them.
# site_observations/construct.py で作成。人は番号と役割だけで書きます（氏名は書きません）。
# Written by site_observations/construct.py. People are ids and roles, never names.
format: carveout-observation/1
constructed: true
"""

CARE_HOME_HEAD = """\
site: {id: care-home-a, kind: care_home, name: 介護老人ホームA}
days:
"""
CARE_HOME_TOLD = """\
reported:
  - {task: linen_change, weekday: tue, start: "09:30", end: "11:15", told_by: head}
  - {task: event_planning, told_by: head}
"""
NURSERY_HEAD = """\
site: {id: nursery-a, kind: nursery, name: 保育園A}
tasks:
  canteen_service: {ja: 食堂業務, en: Canteen service, nature: housekeeping, supplier: contracted}
  piano_accompaniment: {ja: ピアノ伴奏, en: Piano accompaniment, nature: care}
days:
"""
NURSERY_TOLD = """\
reported:
  - {task: bed_setting, weekday: mon, start: "09:00", end: "10:30", told_by: head_teacher}
  - {task: canteen_service, start: "08:00", end: "15:00", told_by: office}
"""


@dataclass(frozen=True, slots=True)
class Person:
    """Who stands behind a shift letter today: id, role, stretches on duty."""

    letter: str
    id: str
    role: str
    on: list[tuple[int, int]]


def clock(minute: int) -> str:
    """Minutes of the day as the clock shows them."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def rota(shifts: Shifts, order: str, staff: tuple[str, ...], role: str, day: int) -> list[Person]:
    """Today's people of the rotating shifts: everybody moves one shift on every day; who has no shift is off."""
    return [Person(k, staff[(day + i) % len(staff)], role, shifts[k]) for i, k in enumerate(order) if k != "-"]


def construct_day(
    dice: Dice,
    today: date,
    people: Iterable[Person],
    flows: Iterable[Flow],
    work: Iterable[Loose],
    cut_in: tuple[str, ...],
) -> Workday:
    """One unit's day: work bound to a weekday or a shared activity first, then the flows, then what fits in between."""
    people = list(people)
    ids, duty = {p.letter: p.id for p in people}, {p.id: p.on for p in people if p.on}
    day = Workday(dice, today.weekday(), today.day, ids, duty, cut_in)
    fixed = [w for w in work if w.weekdays is not None]
    for item in fixed:
        day.fit_in(item)
    for flow in flows:
        day.walk(flow)
    for item in work:
        if item not in fixed:
            day.fit_in(item)
    return day


def clean_all_day(day: Workday) -> None:
    """The cleaner's round: places in no fixed order, wherever nothing else has called her away."""
    person, places = day.people["C"], list(nursery.PLACES)
    for on, off in day.duty[person]:
        minute = on + round(day.dice.between(0, 4))
        while off - minute > 8:
            ahead = [r.start for r in day.rows if person in r.staff and minute < r.end and r.start < off]
            until = min([min(ahead, default=off), off, minute + round(day.dice.between(22, 48))])
            if until - minute >= 5:
                place = places.pop(int(day.dice.between(0, len(places)))) if places else day.dice.one_of(nursery.PLACES)
                day.rows.append(Row(minute, until, (person,), "cleaning", note=place))
                minute = until + round(day.dice.between(0, 4))
            else:
                minute = max([until, *(r.end for r in day.rows if person in r.staff and r.start <= until < r.end)]) + 1


def cook_all_day(day: Workday) -> None:
    """The contractor's two cooks: cooking until the meal is out, then clearing and washing up."""
    cooks = (day.people["K"], day.people["Q"])
    day.rows.append(Row(485, round(day.dice.between(705, 717)), cooks, "canteen_service"))
    day.rows.append(Row(745, round(day.dice.between(880, 892)), cooks, "canteen_service", note="下膳と洗浄"))


def entry(today: date, unit: str, observer: str, day: Workday, people: Iterable[Person]) -> list[str]:
    """The lines of one day entry."""
    lines = [f"  - date: {today.isoformat()}", f"    unit: {unit}", f"    observer: {observer}", "    staff:"]
    for person in people:
        if person.on:
            spans = [f'"{clock(on)}-{clock(off)}"' for on, off in person.on]
            on = spans[0] if len(spans) == 1 else f"[{', '.join(spans)}]"
            lines.append(f"      - {{id: {person.id}, role: {person.role}, on: {on}}}")
    lines.append("    timeline:")
    for row in day.rows:
        staff = row.staff[0] if len(row.staff) == 1 else f"[{', '.join(row.staff)}]"
        line = f'{{start: "{clock(row.start)}", end: "{clock(row.end)}", staff: {staff}, task: {row.task}'
        line += ", trigger: on_demand" if row.called else ""
        line += f", note: {json.dumps(row.note, ensure_ascii=False)}" if row.note else ""
        lines.append(f"      - {line}}}")
    return lines


def care_home_days() -> Iterable[str]:
    """All day entries of the care home."""
    for n, today in enumerate(WEEKDAYS):
        for u, unit in enumerate(("unit-1", "unit-2")):
            staff = tuple(f"s{6 * u + k + 1:02d}" for k in range(6))
            # Who begins the night today ends it tomorrow morning: M is the shift before N.
            people = rota(care_home.SHIFTS, "NM-LED", staff, "care_worker", n)
            people = [p for p in people if p.letter != ABSENT.get((unit, today.day))]
            if unit == "unit-1":
                people += [Person("H", "h01", "head", care_home.HEAD), Person("X", "s09", "care_worker", [])]
            work = (*care_home.ONLY_IN[unit], *care_home.NOON, *care_home.CALLS, *care_home.IN_BETWEEN)
            day = construct_day(Dice(1000 + 10 * n + u), today, people, care_home.FLOWS[unit], work, care_home.CUT_IN)
            day.relabel(care_home.VARIANTS)
            yield from entry(today, unit, f"jc-0{1 + (u + n // 5) % 2}", day, people)


def nursery_days() -> Iterable[str]:
    """All day entries of the nursery."""
    for n, today in enumerate(WEEKDAYS):
        for u, unit in enumerate(("class-0-1", "class-3-5", "common")):
            people = nursery_people(unit, n)
            people = [p for p in people if p.letter != ABSENT.get((unit, today.day))]
            work = {
                "class-0-1": (*nursery.INFANTS_LUNCH, *nursery.INFANTS),
                "class-3-5": nursery.CHILDREN,
                "common": nursery.SHARED,
            }[unit]
            day = construct_day(Dice(5000 + 10 * n + u), today, people, nursery.FLOWS[unit], work, nursery.CUT_IN)
            if unit == "common":
                clean_all_day(day)
                cook_all_day(day)
            day.relabel(nursery.VARIANTS)
            yield from entry(today, unit, f"jc-0{1 + (u + n // 5) % 3}", day, people)


def nursery_people(unit: str, n: int) -> list[Person]:
    """Who is in a class or in the shared rooms on the n-th observed day."""
    if unit == "common":
        return [
            Person("P", "p01", "head_teacher", nursery.HEAD),
            Person("O", "o01", "office", nursery.OFFICE),
            Person("C", "c01", "cleaner", nursery.CLEANER),
            Person("K", "k01", "contractor", nursery.KITCHEN),
            Person("Q", "k02", "contractor", nursery.KITCHEN),
        ]
    shifts = nursery.SHIFTS[unit]
    if unit == "class-0-1":
        people = rota(shifts, "E-LD", ("t01", "t02", "t03", "t04"), "nursery_teacher", n)
        return [*people, Person("A", "t05", "assistant", shifts["A"])]
    people = rota(shifts, "LE-D", ("t06", "t07", "t08", "t09"), "nursery_teacher", n)
    return [*people, Person("P", "p01", "head_teacher", nursery.HEAD_IN_HALL)]


def documents() -> dict[str, str]:
    """File name -> text of both sites."""
    home = HEADER.format(what="介護施設の例 / Example: a care home") + CARE_HOME_HEAD
    kindergarten = HEADER.format(what="保育園の例 / Example: a nursery") + NURSERY_HEAD
    return {
        "care-home-a.yaml": home + "".join(f"{line}\n" for line in care_home_days()) + CARE_HOME_TOLD,
        "nursery-a.yaml": kindergarten + "".join(f"{line}\n" for line in nursery_days()) + NURSERY_TOLD,
    }


def main() -> None:
    """Write both files."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    for name, text in documents().items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
