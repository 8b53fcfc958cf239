"""The four classes of the ministry's time study: how they are worded, and which class a task belongs to."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from carveout.catalogue import catalogue
from carveout.language import Text
from carveout.observations.text import folded
from carveout.observations.words import TASK_DEFAULTS
from carveout.workday.record import SiteHead

# In the order in which one counts where several are done at once.
CLASSES: Mapping[str, Text] = {
    "direct_care": Text("直接介護", "Direct care"),
    "indirect_work": Text("間接業務", "Indirect work"),
    "other": Text("その他", "Other"),
    "break": Text("休憩", "Break"),
}
NOT_RECORDED = Text("未記入", "Not recorded")
HOUR = Text("時間帯", "Hour")
_ALSO: Mapping[str, tuple[str, ...]] = {
    "direct_care": ("直接ケア", "直接業務", "direct_care", "direct"),
    "indirect_work": ("間接介護", "間接ケア", "indirect_work", "indirect", "indirect care"),
    "other": ("その他業務", "other work"),
    "break": ("休憩時間", "休憩・待機", "breaks"),
}
# The items into which the ministry's forms divide the classes, and their class.
ITEMS: Mapping[str, str] = {
    "移動・移乗・体位変換": "direct_care",
    "排泄介助・支援": "direct_care",
    "生活自立支援": "direct_care",
    "行動上の問題への対応": "direct_care",
    "機能訓練・リハビリテーション・医療的措置": "direct_care",
    "機能訓練・リハビリテーション・医療的処置": "direct_care",
    "その他の直接介護": "direct_care",
    "巡回・移動": "indirect_work",
    "記録・文書作成・連絡調整等": "indirect_work",
    "見守り機器の使用・確認": "indirect_work",
    "その他の間接業務": "indirect_work",
    "余裕時間": "other",
    "待機": "other",
    "仮眠": "break",
}
_NUMBERED = re.compile(r"^[\d①-⑳]+[.．)）:：、\s]*|\(?※.*$")
_HOUR_WORDS = ("時間帯", "時間", "時", "hour", "hours", "time band", "time slot")
# What a row of each class is called where only the class is known: a code, and how the site declares it.
CODES: Mapping[str, str] = {
    "direct_care": "direct_care", "indirect_work": "indirect_work", "other": "other_work", "break": "break_time",
}  # fmt: skip


def class_named(heading: str) -> str | None:
    """The class a heading names, None if none.

    >>> class_named("直接介護（分）"), class_named("Break"), class_named("入浴")
    ('direct_care', 'break', None)
    """
    word = folded(heading).removesuffix("(分)").removesuffix("(min)").removesuffix("(minutes)")
    for name, label in CLASSES.items():
        if word in {folded(one) for one in (label.ja, label.en, *_ALSO[name])}:
            return name
    return None


def item_named(heading: str) -> str | None:
    """The item of the ministry's forms that a heading names, None if none.

    >>> item_named("3 生活自立支援(※1)"), item_named("巡回･移動（分）"), item_named("入浴")
    ('生活自立支援', '巡回・移動', None)
    """
    plain = _NUMBERED.sub("", unicodedata.normalize("NFKC", heading).strip())
    word = folded(plain).removesuffix("(分)")
    return next((item for item in ITEMS if folded(item) == word), None)


def is_hour(heading: str) -> bool:
    """Whether a heading names the column of hours."""
    return folded(heading) in {folded(one) for one in _HOUR_WORDS}


def is_not_recorded(heading: str) -> bool:
    """Whether a heading names time on duty without a record."""
    return folded(heading) in {folded(NOT_RECORDED.ja), folded(NOT_RECORDED.en)}


def class_of(task: str, head: SiteHead) -> str:
    """The class of a task: as the site declares it, else as the catalogue does."""
    own = head.tasks.get(task, {}).get("care_class")
    if own is not None and own in CLASSES:
        return own
    declared = catalogue().tasks.get(task)
    return declared.care_class if declared else TASK_DEFAULTS["care_class"]


def declarations(classes: set[str], items: set[str]) -> dict[str, dict[str, str]]:
    """The declarations a site needs for rows of which only the class (or the form's item) is known."""
    nature = {"direct_care": "care", "indirect_work": "clerical", "other": "clerical"}
    own = {item: {"ja": item, "care_class": ITEMS[item]} for item in items}
    return own | {
        CODES[name]: {"ja": CLASSES[name].ja, "en": CLASSES[name].en, "nature": nature[name], "care_class": name}
        for name in CLASSES
        if name in classes and name in nature
    }
