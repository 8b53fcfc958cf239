"""Labels as practitioners write them lead to one task, or to none: never to a guess."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carveout.catalogue import catalogue
from carveout.catalogue.spelling import read

TASKS = catalogue().tasks
SPELLINGS = [(spelling, code) for code, task in TASKS.items() for spelling in task.spellings()]
HALF_WIDTH = {
    unicodedata.normalize("NFKC", chr(code)): chr(code)
    for code in range(0xFF66, 0xFF9E)
    if len(unicodedata.normalize("NFKC", chr(code))) == 1
}


def to_half_width(text: str) -> str:
    """Full-width katakana as old office machines write them; a voicing mark becomes a character of its own."""
    split = unicodedata.normalize("NFD", text).replace("\u3099", "ﾞ").replace("\u309a", "ﾟ")
    return "".join(HALF_WIDTH.get(character, character) for character in split)


def to_full_width(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if 0x21 <= ord(c) <= 0x7E else c for c in text)


def to_katakana(text: str) -> str:
    return "".join(chr(ord(c) + 0x60) if 0x3041 <= ord(c) <= 0x3096 else c for c in text)


def to_hiragana(text: str) -> str:
    return "".join(chr(ord(c) - 0x60) if 0x30A1 <= ord(c) <= 0x30F6 else c for c in text)


def spaced(text: str) -> str:
    return f"　{text[:2]} {text[2:]}  "


def without_long_vowels(text: str) -> str:
    return text.replace("ー", "")


def shouted(text: str) -> str:
    return text.upper()


def test_no_spelling_belongs_to_two_tasks() -> None:
    owners: dict[str, set[str]] = {}
    for spelling, code in SPELLINGS:
        owners.setdefault(read(spelling).strict, set()).add(code)
    assert {form: codes for form, codes in owners.items() if len(codes) > 1} == {}


def test_every_declared_spelling_leads_to_its_task() -> None:
    assert [(s, code) for s, code in SPELLINGS if catalogue().resolve(s) != code] == []


@pytest.mark.parametrize(
    "rewrite",
    [to_half_width, to_full_width, to_katakana, to_hiragana, spaced, without_long_vowels, shouted],
    ids=lambda rewrite: rewrite.__name__,
)
def test_width_kana_case_spaces_and_long_vowels_make_no_difference(rewrite) -> None:  # type: ignore[no-untyped-def]
    assert [(s, rewrite(s)) for s, code in SPELLINGS if catalogue().resolve(rewrite(s)) != code] == []


@given(st.sampled_from(SPELLINGS), st.lists(st.sampled_from([to_half_width, to_katakana, spaced, shouted]), max_size=4))
def test_variants_add_up(spelling: tuple[str, str], rewrites: list) -> None:  # type: ignore[type-arg]
    text, code = spelling
    for rewrite in rewrites:
        text = rewrite(text)
    assert catalogue().resolve(text) == code


@given(st.text(max_size=30))
def test_any_text_resolves_to_a_task_or_to_nothing(text: str) -> None:
    assert catalogue().resolve(text) in (None, *TASKS)
    assert len(catalogue().suggest(text, 3)) <= 3


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("オムツ交換", "diaper_change"),
        ("ｵﾑﾂ交換", "diaper_change"),
        ("昼食（介助）", "lunch_assist"),
        ("昼食の介助", "lunch_assist"),
        ("片付", "clearing"),
        ("片付け", "clearing"),
        ("着替", "dressing"),
        ("着替え中", "dressing"),
        ("見守り中", "watching_over"),
        ("清掃業務", "cleaning"),
        ("お掃除", "cleaning"),
        ("清掃を行う", "cleaning"),
        ("清掃作業中", "cleaning"),
        ("申送り", "shift_handover"),
        ("フロアー遊戯", "floor_play"),
        ("レクリェーション", None),  # a small ェ is another spelling; nothing declares it
        ("連絡帳の記入", "contact_book"),
        ("簡易ベッドのセット中", "bed_setting"),
        ("昼食介助中", "lunch_assist"),
        ("車イス介助", "mobility_assist"),
        ("排せつの介助", "excretion_care"),
        ("車の清掃", None),  # a wheelchair is no car
        ("家族", None),
        ("引き渡し", None),  # of arrival or of departure: not told
        ("食事", None),
        ("介助", None),
        ("中", None),
        ("配膳・与薬", None),  # two tasks in one label
        ("", None),
        ("　", None),
        ("ーー", None),
        ("入学式", None),
    ],
)
def test_free_text(written: str, code: str | None) -> None:
    assert catalogue().resolve(written) == code


@pytest.mark.parametrize(
    ("written", "offered"),
    [
        ("引き渡し", {"引き渡し（登園時）", "引き渡し（降園時）"}),
        ("配膳・与薬", {"配膳", "与薬"}),
        ("おむつ交換と着替え", {"おむつ交換"}),
        ("レクリェーション", {"レク活動"}),
    ],
)
def test_suggestions_hold_what_was_probably_meant(written: str, offered: set[str]) -> None:
    assert offered <= set(catalogue().suggest(written, 4))


def test_nothing_is_suggested_for_a_text_like_no_task() -> None:
    assert catalogue().suggest("xyzzy", 3) == []
    assert catalogue().suggest("", 3) == []
    assert catalogue().suggest("x", 3) == []  # a letter is in many words
