"""The constructed care home: two units of ten residents, after the daily flow listed in figure 2 of the report.

Shifts: N night (ends 09:30), E early, D day, L late, M night (begins 16:30), H head, X somebody of the other unit. At
noon E is on break while the meal takes all hands: the lunch hour is thin.
"""

from __future__ import annotations

from workday import Flow, Loose, Step

SHIFTS: dict[str, list[tuple[int, int]]] = {
    "N": [(390, 570)],
    "E": [(420, 720), (780, 960)],
    "D": [(540, 780), (840, 1080)],
    "L": [(660, 900), (960, 1200)],
    "M": [(990, 1200)],
}
HEAD = [(540, 720), (780, 1080)]

MORNING = (
    Step("wake_up_care", 30, "E"),
    Step("breakfast_prep", 11, "E"),
    Step("serving", 8, "E"),
    Step("breakfast_assist", 26, "E"),
    Step("medication", 7, "E"),
    Step("oral_care", 13, "E"),
    Step("excretion_care", 12, "E"),
    Step("toileting", 11, "E"),
    Step("diaper_change", 12, "E"),
    Step("cleaning", 14, "E"),
)
BATH = (
    Step("bath_prep", 9, "E"),
    Step("mobility_assist", 6, "E"),
    Step("bathing", 30, "E"),
    Step("dressing", 9, "E"),
    Step("hair_drying", 7, "E"),
    Step("hydration", 6, "E"),
)
LUNCH = (
    Step("lunch_prep", 11, "L"),
    Step("exercise", 8, "L"),
    Step("serving", 9, "D"),
    Step("lunch_assist", 34, "DL"),
    Step("medication", 6, "D"),
    Step("clearing", 9, "D"),
    Step("oral_care", 13, "L"),
    Step("toileting", 12, "L"),
    Step("diaper_change", 10, "L"),
    Step("cleaning", 13, "L"),
)
SNACK = (
    Step("snack_prep", 7, "D"),
    Step("snack_assist", 19, "D"),
    Step("clearing", 6, "D"),
    Step("toileting", 11, "D"),
)
DINNER = (
    Step("dinner_prep", 11, "L"),
    Step("serving", 8, "L"),
    Step("dinner_assist", 30, "L"),
    Step("medication", 6, "L"),
    Step("clearing", 8, "L"),
    Step("oral_care", 12, "L"),
    Step("toileting", 12, "L"),
    Step("diaper_change", 11, "L"),
    Step("bedtime_care", 24, "L"),
)

FLOWS: dict[str, tuple[Flow, ...]] = {
    "unit-1": (
        Flow(420, MORNING, relief="N"),
        Flow(597, BATH, relief="D"),
        Flow(691, LUNCH, relief="E"),
        Flow(911, SNACK, relief="E"),
        Flow(1032, DINNER, relief="M"),
    ),
    # The second unit bathes after lunch and has its recreation in the morning; no exercises before the meal.
    "unit-2": (
        Flow(426, MORNING, relief="N"),
        Flow(698, tuple(step for step in LUNCH if step.task != "exercise"), relief="E"),
        Flow(851, tuple(Step(s.task, s.minutes, "D") for s in BATH), relief="E"),
        Flow(945, tuple(Step(s.task, s.minutes * 0.9, "D") for s in SNACK), relief="E", relief_share=0.1),
        Flow(1037, DINNER, relief="M"),
    ),
}

# The lunch hour: what comes together with the meal.
NOON = (
    Loose("watching_over", (722, 732), (34, 48), "DL", 0.95, squeeze=True, notes=("席を立つ方あり", "フロア全体")),
    Loose("listening", (725, 750), (13, 22), "EDL", 0.9, squeeze=True, notes=("昔の仕事の話", "不安な方の隣で")),
    Loose("lunch_assist", (726, 744), (8, 15), "E", 0.85, squeeze=True, called=0.4, notes=("食の細い方", "休憩中")),
    Loose("食事介助", (730, 748), (6, 12), "DE", 0.25, squeeze=True),
    Loose("sewing", (731, 766), (12, 24), "DEL", 0.75, squeeze=True, notes=("雑巾を一緒に", "ボタンつけ")),
    Loose("kanji_practice", (738, 765), (12, 22), "LDE", 0.75, squeeze=True, notes=("食べ終えた方から",)),
    Loose("toileting", (725, 772), (5, 9), "EDL", 0.9, squeeze=True, called=0.6, notes=("お二人続けて",)),
    Loose("diaper_change", (728, 765), (6, 9), "EL", 0.5, squeeze=True, called=0.5),
    Loose("dressing", (728, 768), (5, 8), "ED", 0.55, squeeze=True, called=0.5, notes=("お茶をこぼされて",)),
    Loose("call_response", (722, 775), (3, 7), "EDL", 0.7, squeeze=True, called=0.8),
)
CALLS = (
    Loose("call_response", (440, 550), (3, 6), "N", 0.8, squeeze=True, called=0.8),
    Loose("toileting", (455, 540), (5, 9), "N", 0.7, squeeze=True, called=0.6),
    Loose("dressing", (430, 520), (5, 9), "N", 0.5, squeeze=True, called=0.4),
    Loose("listening", (600, 690), (10, 20), "D", 0.4),
    Loose("toileting", (605, 690), (5, 9), "D", 0.5, squeeze=True, called=0.6),
    Loose("call_response", (860, 1010), (3, 7), "EDL", 0.7, called=0.7),
    Loose("watching_over", (1060, 1120), (15, 30), "M", 0.6),
    Loose("toileting", (1050, 1140), (5, 9), "M", 0.7, squeeze=True, called=0.6),
    Loose("diaper_change", (1070, 1160), (6, 10), "M", 0.4, squeeze=True, called=0.5),
    Loose("transfer", (1080, 1170), (4, 7), "M", 0.5, called=0.3),
)
IN_BETWEEN = (
    Loose("record_keeping", (590, 690), (8, 20), "D", 0.5),
    Loose("record_keeping", (800, 900), (10, 22), "ELD", 0.8),
    Loose("record_keeping", (965, 1025), (10, 20), "DL", 0.6),
    Loose("shift_handover", (985, 1020), (9, 15), "DLM", 0.7),
    Loose("laundry", (575, 680), (10, 18), "D", 0.6),
    Loose("laundry_folding", (785, 950), (12, 25), "ED", 0.7),
    Loose("hydration", (965, 1020), (8, 14), "DL", 0.5),
    Loose("room_upkeep", (570, 680), (8, 15), "D", 0.4),
    Loose("waste_disposal", (560, 1000), (5, 10), "ED", 0.5),
    Loose("supply_restocking", (570, 1010), (8, 15), "ED", 0.35),
    Loose("vital_check", (572, 640), (12, 20), "D", 0.55),
    Loose("family_contact", (800, 1000), (8, 20), "EDL", 0.3, called=0.6),
    Loose("walk", (785, 890), (20, 30), "E", 0.25),
    Loose("wheelchair_cleaning", (790, 1000), (10, 20), "ED", 0.2),
    Loose("gardening", (970, 1010), (10, 18), "D", dates=(3, 8)),
    Loose("recreation_planning", (840, 1010), (25, 40), "D", dates=(3, 5, 11), notes=("来月の計画", "七夕の出し物")),
    Loose("prop_making", (845, 1005), (20, 30), "D", dates=(4, 10), notes=("ゲームの的",)),
)
ONLY_IN: dict[str, tuple[Loose, ...]] = {
    "unit-1": (
        Loose("recreation", (852, 858), (32, 42), "EL", 0.9, together=True, notes=("風船バレー", "歌の会")),
        Loose("linen_change", (572, 582), (45, 60), "D", weekdays=(1,), notes=("全室",)),
        Loose("linen_change", (634, 640), (35, 45), "D", weekdays=(1,)),
        Loose("near_miss_review", (620, 680), (35, 50), "H", dates=(4, 10)),
        Loose("safety_management", (800, 900), (25, 40), "H", dates=(1, 12)),
        Loose("environment_management", (930, 1000), (20, 35), "H", dates=(2, 11)),
        Loose("emergency_response", (800, 880), (30, 45), "H", dates=(5, 9), notes=("手順書の見直し",)),
        Loose("office_work", (545, 700), (20, 40), "H", 0.7),
        # A colleague of the other unit, whom the observer did not list.
        Loose("lunch_assist", (727, 735), (12, 18), "X", dates=(4, 10), squeeze=True, notes=("隣のユニットから応援",)),
        Loose("meeting", (930, 1010), (25, 35), "H", dates=(3, 11)),
        Loose("leisure", (790, 900), (20, 32), "EL", 0.4),
        Loose("面会者の駐車案内", (800, 900), (5, 8), "H", dates=(5, 9)),
    ),
    "unit-2": (
        Loose("recreation", (622, 630), (32, 40), "ED", 0.9, together=True, notes=("輪投げ", "合唱")),
        Loose("linen_change", (578, 584), (32, 36), "E", weekdays=(1,), notes=("全室",)),
        Loose("linen_change", (800, 808), (32, 38), "E", weekdays=(1,)),
        Loose("leisure", (925, 1020), (20, 32), "EDL", 0.5),
        Loose("minor_repairs", (970, 1010), (10, 20), "D", dates=(8,), notes=("手すりのねじ",)),
    ),
}

CUT_IN = ("call_response", "toileting")

VARIANTS = {
    "diaper_change": ("オムツ交換", "おむつ交換"),
    "lunch_assist": ("昼食（介助）", "昼食介助"),
    "toileting": ("トイレ誘導", "トイレ介助"),
    "watching_over": ("見守り",),
    "listening": ("話し相手",),
    "clearing": ("下膳",),
    "record_keeping": ("記録",),
}
