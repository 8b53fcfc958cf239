"""The shipped task catalogue: complete, valid, sourced, and rejected when it breaks its own format."""

from __future__ import annotations

from importlib.resources import files

import pytest
import yaml

from carveout.catalogue import CatalogueError, CatalogueTask, catalogue, read_catalogue
from carveout.catalogue.tasks import CARE_CLASSES, CONTACTS, LOADS, MEDICAL_ACTS
from carveout.model import Kind, Nature, Supplier

GLOSSARY = """
wake_up_care breakfast_prep lunch_prep dinner_prep breakfast_assist lunch_assist dinner_assist serving clearing
medication oral_care excretion_care toileting diaper_change bathing leisure snack_assist recreation
recreation_planning listening watching_over sewing kanji_practice linen_change transport minor_repairs
near_miss_review safety_management environment_management handover_in handover_out arrival departure room_move
individual_play floor_play floor_exercise dressing nap bed_setting singing_along spill_cleaning canteen_service
cleaning report_writing
"""

# The items of the two flow lists, as the figures word them, and the code each must lead to.
FLOW_ITEMS = {
    "起床時ケア": "wake_up_care",
    "朝食準備": "breakfast_prep",
    "朝食介助": "breakfast_assist",
    "配膳": "serving",
    "与薬": "medication",
    "口腔ケア": "oral_care",
    "排泄ケア": "excretion_care",
    "トイレ誘導": "toileting",
    "おむつ交換": "diaper_change",
    "入浴介助": "bathing",
    "昼食準備": "lunch_prep",
    "昼食介助": "lunch_assist",
    "排泄介助": "excretion_care",
    "余暇活動": "leisure",
    "おやつ介助": "snack_assist",
    "夕食準備": "dinner_prep",
    "夕食介助": "dinner_assist",
    "登園": "arrival",
    "迎え": "welcome",
    "控えの部屋": "waiting_room_care",
    "教室移動": "room_move",
    "個別遊戯": "individual_play",
    "フロア遊戯": "floor_play",
    "フロア体操": "floor_exercise",
    "昼食": "lunch",
    "片づけ": "clearing",
    "着替え": "dressing",
    "おしめ交換": "diaper_change",
    "昼寝": "nap",
    "退園": "departure",
}

EVERYDAY = """
記録 申し送り 洗濯 ゴミ捨て 買い物 水分補給 移乗 入浴準備 着脱 コール対応 連絡帳 検温 手洗い 寝かしつけ 午睡明け
玩具消毒 環境整備 体操 休憩
"""

TASKS = catalogue().tasks
NEUTRAL = {
    "nature": "care",
    "care_class": "direct_care",
    "load": "moderate",
    "contact": "residents",
    "medical_act": "no",
    "qualification": "",
    "training": "",
    "licence": "",
}


@pytest.mark.parametrize("code", GLOSSARY.split())
def test_every_glossary_task_is_in_the_catalogue(code: str) -> None:
    assert code in TASKS


@pytest.mark.parametrize(("label", "code"), FLOW_ITEMS.items())
def test_every_item_of_the_two_flow_lists_leads_to_its_task(label: str, code: str) -> None:
    assert catalogue().resolve(label) == code


@pytest.mark.parametrize("label", EVERYDAY.split())
def test_everyday_work_has_a_task(label: str) -> None:
    assert catalogue().resolve(label) is not None


def test_natures_say_what_no_timeline_can_show() -> None:
    expected = {
        "recreation": Nature.INTERACTION,
        "recreation_planning": Nature.PLANNING,
        "near_miss_review": Nature.ADVISORY,
        "safety_management": Nature.ADVISORY,
        "environment_management": Nature.ADVISORY,
        "emergency_response": Nature.ADVISORY,
        "listening": Nature.COMPANIONSHIP,
        "watching_over": Nature.COMPANIONSHIP,
        "singing_along": Nature.COMPANIONSHIP,
        "sewing": Nature.COMPANIONSHIP,
        "kanji_practice": Nature.COMPANIONSHIP,
        "linen_change": Nature.HOUSEKEEPING,
        "cleaning": Nature.HOUSEKEEPING,
        "bed_setting": Nature.HOUSEKEEPING,
        "spill_cleaning": Nature.HOUSEKEEPING,
        "transport": Nature.TRANSPORT,
        "report_writing": Nature.CLERICAL,
        "bathing": Nature.CARE,
        "diaper_change": Nature.CARE,
    }
    assert {code: TASKS[code].nature for code in expected} == expected


def test_the_contractor_of_a_task_is_the_sites_to_declare() -> None:
    assert {task.supplier for task in TASKS.values()} == {Supplier.IN_HOUSE}


def test_work_an_unqualified_person_must_not_do_is_marked() -> None:
    assert TASKS["medication"].medical_act == "conditional"
    assert {code for code, task in TASKS.items() if task.medical_act == "yes"} == {
        "suction",
        "tube_feeding",
        "wound_care",
    }
    assert {code for code, task in TASKS.items() if task.load == "very_heavy"} == {"transfer"}
    assert TASKS["transport"].licence == "driving"


@pytest.mark.parametrize("task", TASKS.values(), ids=TASKS.keys())
def test_fields_are_valid_and_worded_in_both_languages(task: CatalogueTask) -> None:
    assert task.sites and all(isinstance(site, Kind) for site in task.sites)
    assert task.care_class in CARE_CLASSES
    assert task.load in LOADS
    assert task.contact in CONTACTS
    assert task.medical_act in MEDICAL_ACTS
    for name in ("qualification", "training", "licence"):
        assert getattr(task, name) in ("", *catalogue().terms)
    for text in (task.label, task.definition, task.start_cue, task.end_cue):
        assert text.ja and text.en and text.ja != text.en
        assert text.en.isascii()


@pytest.mark.parametrize("task", TASKS.values(), ids=TASKS.keys())
def test_every_constraint_has_a_source(task: CatalogueTask) -> None:
    constrained = {name for name, value in NEUTRAL.items() if getattr(task, name) != value}
    assert set(task.sources) == constrained
    assert all(source.label.ja and source.label.en for source in task.sources.values())


def test_legal_sources_tell_from_when_they_hold() -> None:
    medication = TASKS["medication"].sources
    assert str(medication["medical_act"].since) == "2005-07-26"
    assert str(medication["training"].since) == "2024-04-01"
    assert str(TASKS["transport"].sources["licence"].since) == "2023-12-01"
    assert str(TASKS["transfer"].sources["load"].since) == "2013-06-18"


def _document() -> dict[str, object]:
    text = files("carveout.catalogue").joinpath("tasks.yaml").read_text(encoding="utf-8")
    document = yaml.safe_load(text)
    document["tasks"] = {"cleaning": document["tasks"]["cleaning"]}
    return document  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"colour": "red"}, "unknown keys colour"),
        ({"nature": "cosy"}, "cleaning.nature"),
        ({"load": "crushing"}, "cleaning.load"),
        ({"licence": "pilot"}, "cleaning.licence"),
        ({"sites": ["school"]}, "cleaning.sites"),
        ({"definition": ["床を掃除する"]}, "cleaning.definition"),
        ({"en": ""}, "cleaning"),
        ({"supplier": "contracted"}, None),
        ({"load": "heavy", "sources": {"load": "hearsay"}}, "cleaning.load"),
    ],
)
def test_a_broken_entry_is_rejected_with_its_place(change: dict[str, object], complaint: str | None) -> None:
    document = _document()
    document["tasks"]["cleaning"] |= change  # type: ignore[index]
    with pytest.raises(CatalogueError) as raised:
        read_catalogue(yaml.safe_dump(document, allow_unicode=True))
    # A contractor in the catalogue has no source: only a site can know it.
    assert (complaint or "has no source") in str(raised.value)


def test_an_unknown_format_is_rejected() -> None:
    with pytest.raises(CatalogueError, match="carveout-catalogue/1"):
        read_catalogue(yaml.safe_dump(_document() | {"format": "carveout-catalogue/2"}, allow_unicode=True))
