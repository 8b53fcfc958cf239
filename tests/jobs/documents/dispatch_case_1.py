"""Writes the day service of dispatch case 1: `python -m tests.jobs.documents.dispatch_case_1 [FILE]`.

After the report's dispatch case 1 (four vehicles; part-time drivers, two hours in the morning and two in the evening;
small repairs now and then in between) with a day service's floor around it: flows of care, calls that come meanwhile, a
lunch for which hands are missing. Constructed, not observed; the same seeds give the same bytes on every machine.
"""

from __future__ import annotations

import json
import sys
from datetime import date, timedelta
from pathlib import Path

from site_observations.workday import Dice, Flow, Loose, Row, Step, Workday

FILE = Path(__file__).with_name("dispatch-case-1.yaml")
UNIT = "day-service"
MONDAY = date(2026, 6, 1)
DAYS = tuple(MONDAY + timedelta(days=n) for n in range(12) if n % 7 < 5)

HEADER = """\
# 報告書の派遣事例1にならったデイサービスの例 / A day service after the report's dispatch case 1
# この観察記録は、検証用に組み立てたものです。実在の施設の観察ではありません。
# These days are constructed for tests, not observed: no real site, staff or resident stands behind them.
format: carveout-observation/1
constructed: true
site: {id: day-service-c, kind: care_home, name: デイサービスC}
days:
"""

# E, D, L: care workers; N: the nurse; H: the head. At noon E, N and H are on break while the meal takes all hands.
SHIFTS: dict[str, list[tuple[int, int]]] = {
    "E": [(510, 720), (780, 1050)],
    "D": [(540, 780), (840, 1080)],
    "L": [(555, 795), (855, 1080)],
}
NURSE, HEAD = [(540, 720), (780, 1020)], [(540, 720), (780, 1080)]
CARE_WORKERS = ("c1", "c2", "c3", "c4", "c5")
DRIVERS = ("v1", "v2", "v3", "v4", "v5", "v6")
VEHICLES = 4
DRIVES = ((480, 600), (930, 1050))  # 8:00-10:00 and 15:30-17:30
ON_CALL = 15  # minutes before and after a drive: getting the keys, writing the log

FLOWS = (
    Flow(
        612,
        (
            Step("bath_prep", 9, "D"),
            Step("mobility_assist", 6, "D"),
            Step("bathing", 28, "D"),
            Step("dressing", 9, "D"),
            Step("hair_drying", 7, "D"),
            Step("hydration", 6, "D"),
        ),
        relief="L",
    ),
    Flow(
        704,
        (
            Step("lunch_prep", 11, "L"),
            Step("serving", 9, "D"),
            Step("lunch_assist", 34, "DL"),
            Step("clearing", 9, "D"),
            Step("oral_care", 13, "L"),
            Step("toileting", 12, "L"),
        ),
        relief="D",
    ),
    Flow(
        872,
        (
            Step("snack_prep", 7, "E"),
            Step("snack_assist", 18, "E"),
            Step("clearing", 6, "E"),
            Step("toileting", 10, "E"),
        ),
        relief="D",
    ),
    Flow(
        982,
        (
            Step("room_upkeep", 12, "D"),
            Step("cleaning", 18, "D"),
            Step("toilet_cleaning", 10, "D"),
            Step("disinfecting", 9, "D"),
        ),
        relief="L",
    ),
)
FLOOR = (
    # The lunch hour: what comes together with the meal.
    Loose("watching_over", (722, 732), (32, 46), "DL", 0.95, squeeze=True, notes=("席を立つ方あり",)),
    Loose("listening", (725, 750), (13, 22), "DL", 0.9, squeeze=True, notes=("昔の仕事の話",)),
    Loose("lunch_assist", (724, 742), (8, 15), "DL", 0.85, squeeze=True, called=0.4, notes=("食の細い方",)),
    Loose("toileting", (725, 768), (5, 9), "DL", 0.9, squeeze=True, called=0.6),
    Loose("call_response", (722, 770), (3, 7), "DL", 0.7, squeeze=True, called=0.8),
    # What comes while the other flows run.
    Loose("toileting", (616, 672), (5, 9), "EL", 0.7, squeeze=True, called=0.6),
    Loose("listening", (616, 668), (10, 18), "EL", 0.7),
    Loose("watching_over", (875, 905), (12, 20), "DL", 0.7),
    Loose("call_response", (986, 1030), (3, 7), "EL", 0.5, squeeze=True, called=0.8),
    # The rest of the day.
    Loose("vital_check", (556, 600), (12, 22), "N", 0.9),
    Loose("mobility_assist", (552, 606), (5, 10), "DE", 0.7),
    Loose("hydration", (560, 606), (8, 14), "EL", 0.5),
    Loose("recreation", (808, 814), (32, 42), "EH", 0.9, together=True, notes=("風船バレー", "歌の会")),
    Loose("dressing", (920, 950), (5, 10), "EL", 0.5),
    Loose("record_keeping", (795, 860), (10, 20), "N", 0.7),
    Loose("record_keeping", (930, 975), (10, 20), "DL", 0.6),
    Loose("laundry_folding", (930, 980), (12, 20), "EL", 0.4),
    Loose("office_work", (560, 700), (20, 40), "H", 0.7),
    Loose("recreation_planning", (940, 1020), (25, 40), "H", dates=(3, 10), notes=("来月の計画",)),
)
CUT_IN = ("call_response", "toileting")

# Small repairs, now and then: day of the month -> start, end, what.
REPAIRS = {
    2: (614, 688, "手すりのゆるみ"),
    4: (812, 874, "玄関まわりの除草"),
    9: (626, 698, "物置の戸、網戸"),
    10: (838, 896, "駐車場の除草"),
}


def drivers_of(n: int) -> tuple[str, ...]:
    """Who drives on the n-th day: six share the four vehicles in turn."""
    return tuple(DRIVERS[(n * VEHICLES + k) % len(DRIVERS)] for k in range(VEHICLES))


def drives(dice: Dice, people: tuple[str, ...]) -> list[Row]:
    """Everybody's two drives of the day, longer or shorter with the traffic."""
    rows = []
    for usual_start, usual_end in DRIVES:
        for person in people:
            start = usual_start + round(dice.around(4))
            rows.append(Row(start, usual_end + round(dice.around(6)), (person,), "transport"))
    return rows


def duty_of(n: int, today: date) -> dict[str, tuple[str, list[tuple[int, int]]]]:
    """Person -> role and stretches on duty."""
    people = {CARE_WORKERS[(n + k) % 5]: ("care_worker", SHIFTS[letter]) for k, letter in enumerate("EDL")}
    people |= {"n1": ("nurse", NURSE), "h1": ("head", HEAD)}
    for person in drivers_of(n):
        stretches = [(start - ON_CALL, end + ON_CALL) for start, end in DRIVES]
        if person == drivers_of(n)[0] and today.day in REPAIRS:
            start, end, _ = REPAIRS[today.day]
            stretches.insert(1, (start, end))
        people[person] = ("driver", stretches)
    return people


def construct_day(n: int, today: date) -> Workday:
    """The floor's flows and calls, the drives, and a repair on some days."""
    letters = {letter: CARE_WORKERS[(n + k) % 5] for k, letter in enumerate("EDL")} | {"N": "n1", "H": "h1"}
    duty = {person: stretches for person, (_, stretches) in duty_of(n, today).items()}
    day = Workday(Dice(9000 + n), today.weekday(), today.day, letters, duty, CUT_IN)
    for flow in FLOWS:
        day.walk(flow)
    for work in FLOOR:
        day.fit_in(work)
    day.rows += drives(Dice(9500 + n), drivers_of(n))
    if today.day in REPAIRS:
        start, end, what = REPAIRS[today.day]
        day.rows.append(Row(start, end, drivers_of(n)[:1], "minor_repairs", note=what))
    day.rows.sort(key=lambda row: (row.start, row.end, row.staff))
    return day


def clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def entry(n: int, today: date) -> list[str]:
    """The lines of one day entry."""
    lines = [f"  - date: {today.isoformat()}", f"    unit: {UNIT}", f"    observer: jc-0{1 + n // 5}", "    staff:"]
    for person, (role, stretches) in duty_of(n, today).items():
        on = ", ".join(f'"{clock(start)}-{clock(end)}"' for start, end in stretches)
        lines.append(f"      - {{id: {person}, role: {role}, on: [{on}]}}")
    lines.append("    timeline:")
    for row in construct_day(n, today).rows:
        staff = row.staff[0] if len(row.staff) == 1 else f"[{', '.join(row.staff)}]"
        line = f'{{start: "{clock(row.start)}", end: "{clock(row.end)}", staff: {staff}, task: {row.task}'
        line += ", trigger: on_demand" if row.called else ""
        line += f", note: {json.dumps(row.note, ensure_ascii=False)}" if row.note else ""
        lines.append(f"      - {line}}}")
    return lines


def document() -> str:
    """The whole document."""
    return HEADER + "".join(f"{line}\n" for n, today in enumerate(DAYS) for line in entry(n, today))


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else FILE
    target.write_text(document(), encoding="utf-8", newline="\n")
