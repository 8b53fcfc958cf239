"""The fixed words of the contract and how practitioners write them: headings, kinds, triggers, weekdays, yes and no.

Documents (YAML) must use a word exactly as listed here, which is what `schema.json` lists too; tables forgive width,
case and spaces (`find`), since cells are typed by hand under a Japanese input method.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from carveout.language import Text
from carveout.observations.text import folded

KINDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "care_home": ("care_home", "介護施設", "介護老人ホーム", "老人ホーム", "特別養護老人ホーム", "特養"),
        "nursery": ("nursery", "保育所", "保育園", "こども園"),
        "other": ("other", "その他"),
    }
)
TRIGGERS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "planned": ("planned", "予定", "予定どおり", "計画"),
        "on_demand": ("on_demand", "随時", "呼び出し", "呼出", "突発"),
    }
)
WEEKDAYS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "mon": ("mon", "月", "月曜", "月曜日"),
        "tue": ("tue", "火", "火曜", "火曜日"),
        "wed": ("wed", "水", "水曜", "水曜日"),
        "thu": ("thu", "木", "木曜", "木曜日"),
        "fri": ("fri", "金", "金曜", "金曜日"),
        "sat": ("sat", "土", "土曜", "土曜日"),
        "sun": ("sun", "日", "日曜", "日曜日"),
    }
)
TRUTH: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "true": ("true", "yes", "y", "1", "○", "〇", "◯", "はい", "翌日", "翌", "✓", "レ"),
        "false": ("false", "no", "n", "0", "×", "いいえ", "当日"),
    }
)

# Columns of the two tables; the second heading is the one the Japanese template prints.
HEADINGS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "site": ("site", "施設", "施設名", "事業所"),
        "kind": ("kind", "種別", "施設種別"),
        "date": ("date", "日付", "観察日"),
        "unit": ("unit", "ユニット", "クラス", "教室"),
        "observer": ("observer", "観察者"),
        "staff": ("staff", "職員", "担当", "担当者"),
        "role": ("role", "職種"),
        "start": ("start", "開始", "開始時刻"),
        "end": ("end", "終了", "終了時刻"),
        "next_day": ("next_day", "翌日"),
        "task": ("task", "業務", "業務名"),
        "trigger": ("trigger", "きっかけ"),
        "note": ("note", "備考", "メモ"),
        "on": ("on", "勤務", "勤務時間"),
    }
)
ROW_COLUMNS = (
    "site", "kind", "date", "unit", "observer", "staff", "role", "start", "end", "next_day", "task", "trigger", "note",
)  # fmt: skip
STAFF_COLUMNS = ("site", "date", "unit", "staff", "role", "on")
REQUIRED_OF_ROWS = ("site", "date", "start", "end", "task")
REQUIRED_OF_STAFF = ("site", "date", "staff")

# Attributes a document may declare for a task, with their words (None: free text).
TASK_ATTRIBUTES: Mapping[str, tuple[str, ...] | None] = MappingProxyType(
    {
        "ja": None,
        "en": None,
        "nature": (
            "care", "interaction", "companionship", "planning", "advisory", "housekeeping", "transport", "clerical",
        ),
        "supplier": ("in_house", "contracted"),
        "care_class": ("direct_care", "indirect_work", "break", "other"),
        "load": ("light", "moderate", "heavy", "very_heavy"),
        "contact": ("none", "residents", "children", "bodily_care"),
        "medical_act": ("no", "conditional", "yes"),
        "qualification": None,
    }
)  # fmt: skip
TASK_DEFAULTS: Mapping[str, str] = MappingProxyType(
    {
        "nature": "care", "supplier": "in_house", "care_class": "direct_care", "load": "moderate",
        "contact": "residents", "medical_act": "no", "qualification": "",
    }
)  # fmt: skip


def exact(words: Mapping[str, tuple[str, ...]], text: str) -> str | None:
    """The code whose list holds the text exactly.

    >>> exact(WEEKDAYS, "月曜"), exact(WEEKDAYS, "MON")
    ('mon', None)
    """
    return next((code for code, written in words.items() if text in written), None)


def find(words: Mapping[str, tuple[str, ...]], text: str) -> str | None:
    """The code of a word typed into a cell, width, case and spaces aside.

    >>> find(KINDS, " Ｃare Home"), find(HEADINGS, "開始時刻"), find(TRIGGERS, "?")
    ('care_home', 'start', None)
    """
    return _index(tuple(words.items())).get(folded(text))


@cache
def _index(words: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[str, str]:
    return {folded(word): code for code, written in words for word in written}


def all_words(words: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Every word of a list, as the schema enumerates them.

    >>> all_words(TRIGGERS)[:2]
    ['planned', '予定']
    """
    return [word for written in words.values() for word in written]


def listed(words: Mapping[str, tuple[str, ...]]) -> Text:
    """The codes of a list, in Japanese with a wording of each.

    >>> listed(TRIGGERS).ja
    'planned（予定）, on_demand（随時）'
    """
    ja = ", ".join(f"{code}（{written[1]}）" if len(written) > 1 else code for code, written in words.items())
    return Text(ja, ", ".join(words))
