"""The constructed nursery: a class of infants, a class of 3 to 5 with the hall, and the shared rooms, after figure 3.

Shifts of a class: E early, D day, L late, A part-time assistant. Shared rooms: C cleaner, P head teacher, O office,
K kitchen (an outside contractor's). While the infants eat, E and A are on break: that hour is thin.
"""

from __future__ import annotations

from workday import Flow, Loose, Step

SHIFTS: dict[str, dict[str, list[tuple[int, int]]]] = {
    "class-0-1": {
        "E": [(420, 675), (735, 960)],
        "D": [(510, 825), (870, 1050)],
        "L": [(600, 795), (855, 1140)],
        "A": [(540, 690), (735, 900)],
    },
    "class-3-5": {
        "E": [(420, 765), (810, 960)],
        "D": [(510, 810), (855, 1050)],
        "L": [(600, 840), (885, 1140)],
    },
    "common": {},
}
CLEANER = [(480, 720), (780, 1020)]
HEAD = [(450, 600), (660, 750), (810, 1080)]
HEAD_IN_HALL = [(600, 660)]
OFFICE = [(510, 720), (765, 1050)]
KITCHEN = [(480, 900)]

ARRIVING = (
    Step("arrival", 18, "E"),
    Step("handover_in", 14, "E"),
    Step("waiting_room_care", 26, "E"),
    Step("room_move", 6, "E"),
    Step("individual_play", 24, "D"),
)
INFANTS_NOON = (
    Step("floor_play", 20, "L"),
    Step("hand_washing", 7, "D"),
    Step("lunch_prep", 9, "D"),
    Step("lunch", 40, "DL"),
    Step("clearing", 9, "D"),
    Step("dressing", 14, "D"),
    Step("diaper_change", 14, "D"),
    Step("nap", 28, "D"),
    Step("cleaning", 13, "D"),
)
INFANTS_AFTERNOON = (
    Step("nap_wakeup", 11, "D"),
    Step("diaper_change", 14, "D"),
    Step("snack_assist", 19, "D"),
    Step("clearing", 7, "D"),
    Step("individual_play", 25, "D"),
)
CHILDREN_NOON = (
    Step("floor_play", 31, "D"),
    Step("floor_exercise", 14, "D"),
    Step("individual_play", 20, "D"),
    Step("lunch_prep", 11, "E"),
    Step("lunch", 34, "DE"),
    Step("clearing", 9, "D"),
    Step("dressing", 12, "D"),
    Step("nap", 27, "L"),
    Step("cleaning", 14, "L"),
)
CHILDREN_AFTERNOON = (
    Step("nap_wakeup", 9, "L"),
    Step("bed_clearing", 11, "L"),
    Step("snack_assist", 17, "L"),
    Step("clearing", 7, "L"),
    Step("individual_play", 24, "L"),
)

FLOWS: dict[str, tuple[Flow, ...]] = {
    "class-0-1": (
        Flow(459, ARRIVING, relief="D", relief_share=0.2),
        Flow(646, INFANTS_NOON, relief="L"),
        Flow(886, INFANTS_AFTERNOON, relief="L"),
    ),
    "class-3-5": (
        Flow(464, (*ARRIVING[:-1], Step("morning_assembly", 20, "D"))),
        Flow(603, CHILDREN_NOON, relief="E"),
        Flow(896, CHILDREN_AFTERNOON, relief="D"),
    ),
    "common": (),
}

# The infants' lunch: everything at once while two are on break.
INFANTS_LUNCH = (
    Loose("spill_cleaning", (693, 704), (6, 11), "DL", 0.95, squeeze=True, notes=("テーブルの下まで",)),
    Loose("spill_cleaning", (708, 731), (6, 11), "DLE", 0.9, squeeze=True, called=0.3),
    Loose("feeding", (688, 700), (14, 22), "LA", 0.95, squeeze=True, notes=("食べる速さがまちまち",)),
    Loose("feeding", (702, 718), (11, 19), "DE", 0.85, squeeze=True, notes=("眠くなった子",)),
    Loose("diaper_change", (692, 722), (6, 9), "LE", 0.85, squeeze=True, called=0.5),
    Loose("dressing", (695, 726), (5, 8), "DA", 0.75, squeeze=True, called=0.4, notes=("汁物をこぼして",)),
    Loose("toileting", (692, 724), (4, 7), "DL", 0.75, squeeze=True, called=0.5),
    Loose("talking", (690, 720), (6, 12), "DLE", 0.85, squeeze=True, notes=("泣いている子に",)),
    Loose("report_writing", (690, 708), (14, 24), "E", 0.6, squeeze=True, notes=("休憩時間に",)),
)
INFANTS = (
    Loose("bed_setting", (542, 548), (38, 44), "AD", weekdays=(0,), together=True, notes=("持参のバスタオルをかける",)),
    Loose("bed_setting", (590, 594), (32, 38), "AD", weekdays=(0,), together=True),
    Loose("temperature_check", (525, 640), (8, 15), "DA", 0.7),
    Loose("milk_feeding", (560, 640), (10, 18), "AE", 0.6),
    Loose("diaper_change", (550, 640), (6, 12), "EA", 0.8, called=0.3),
    Loose("walk", (555, 600), (25, 38), "E", 0.5, notes=("近くの公園",)),
    Loose("toy_disinfection", (770, 880), (12, 22), "A", 0.6),
    Loose("nap_check", (790, 870), (4, 8), "ELD", 0.9, times=2),
    Loose("contact_book", (790, 840), (15, 25), "EL", 0.8),
    Loose("record_keeping", (760, 875), (10, 18), "EA", 0.5),
    Loose("toileting", (895, 955), (4, 8), "EL", 0.6, squeeze=True, called=0.5),
    Loose("dressing", (890, 955), (5, 8), "EL", 0.5, squeeze=True, called=0.4),
    Loose("handover_out", (985, 1090), (4, 8), "DL", 0.8, times=3),
    Loose("departure", (990, 1110), (6, 12), "L", 0.5),
    Loose("outdoor_play", (985, 1030), (15, 25), "D", 0.3),
    Loose("reading_aloud", (985, 1080), (8, 15), "DL", 0.5),
    Loose("report_writing", (1055, 1110), (15, 25), "L", 0.5, notes=("お迎えの合間に",)),
    Loose("first_aid", (560, 640), (4, 8), "D", 0.12, called=1.0),
)
CHILDREN = (
    Loose("bed_setting", (555, 560), (34, 39), "DE", weekdays=(0,), together=True, notes=("20台分",)),
    Loose("piano_accompaniment", (604, 622), (15, 36), "P", 0.9),
    Loose("singing_along", (612, 620), (9, 14), "LE", 0.9, squeeze=True, notes=("昔の童謡になると声がそろう",)),
    Loose("singing_along", (628, 634), (5, 9), "LE", 0.4, squeeze=True),
    Loose("toileting", (608, 660), (4, 8), "LE", 0.8, squeeze=True, called=0.5),
    Loose("dressing", (690, 720), (4, 7), "L", 0.5, squeeze=True, called=0.4),
    Loose("spill_cleaning", (684, 712), (4, 8), "L", 0.7, squeeze=True, called=0.3),
    Loose("talking", (684, 716), (5, 10), "L", 0.5),
    Loose("contact_book", (800, 880), (15, 28), "EL", 0.7),
    Loose("childcare_planning", (815, 885), (20, 30), "ED", 0.4),
    Loose("craft_prep", (812, 885), (15, 25), "ED", 0.5),
    Loose("nap_check", (790, 880), (3, 6), "EDL", 0.8),
    Loose("toileting", (900, 960), (4, 8), "ED", 0.6, squeeze=True, called=0.5),
    Loose("outdoor_play", (985, 1035), (20, 30), "D", 0.5),
    Loose("craft_activity", (545, 575), (15, 22), "D", 0.4, weekdays=(1, 2, 3, 4)),
    Loose("handover_out", (980, 1090), (3, 7), "DL", 0.8, times=3),
    Loose("departure", (985, 1110), (6, 12), "L", 0.6),
    Loose("toy_tidying", (1040, 1110), (8, 14), "L", 0.5),
    Loose("report_writing", (1055, 1115), (15, 25), "L", 0.3),
    Loose("だんごむし探し", (985, 1040), (10, 15), "LD", dates=(3, 11)),
)
# The cleaner goes round the house in no fixed order, with an eye for what else is needed.
PLACES = ("玄関・廊下", "ホール", "トイレ", "0～1歳児室", "3～5歳児室", "階段と手すり", "園庭まわり", "窓")
SHARED = (
    Loose("pickup_support", (945, 975), (18, 26), "C", 0.9, notes=("傘の置き場を整えて",)),
    Loose("minor_repairs", (800, 930), (12, 20), "C", 0.5, notes=("棚の扉", "玩具の車輪")),
    Loose("welcome", (455, 480), (25, 40), "P", 0.9),
    Loose("safety_management", (830, 930), (20, 30), "P", dates=(3, 12), notes=("遊具の点検",)),
    Loose("near_miss_review", (840, 930), (25, 35), "P", dates=(5,)),
    Loose("meeting", (815, 850), (20, 30), "P", dates=(4, 9)),
    Loose("phone_reception", (520, 700), (3, 8), "O", 0.9, times=2, called=0.4),
    Loose("phone_reception", (800, 1030), (3, 8), "O", 0.9, times=2, called=0.4),
    Loose("office_work", (530, 660), (30, 60), "O", 0.9),
    Loose("office_work", (780, 980), (30, 60), "O", 0.9),
    Loose("family_contact", (960, 1060), (6, 14), "P", 0.6),
)

CUT_IN = ("talking",)

VARIANTS = {
    "diaper_change": ("オムツ交換", "おしめ交換"),
    "nap": ("午睡", "昼寝"),
    "clearing": ("片付け",),
    "dressing": ("着替え",),
    "spill_cleaning": ("食べこぼし清掃",),
    "contact_book": ("連絡帳",),
    "cleaning": ("掃除",),
}
