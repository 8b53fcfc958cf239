"""What looks like a name is asked about; what does not is left alone."""

from __future__ import annotations

import pytest

from carveout.catalogue import catalogue
from carveout.workday.names import name_in, name_like, next_id
from carveout.workday.readings import readings, romaji_key


@pytest.mark.parametrize(
    "word",
    ["田中さん", "佐藤", "山田太郎", "鈴木 花子", "佐々木様", "花子ちゃん", "太郎くん", "金子さん", "ﾀﾅｶさん",
     "たなかさん", "Tanaka",
     "SUZUKI ichiro", "小林先生", "森さん", "長谷川", "五十嵐氏"],
)  # fmt: skip
def test_names_are_recognised(word):
    assert name_like(word)


@pytest.mark.parametrize(
    "word",
    ["s1", "S-01", "A", "Aさん", "s1さん", "職員A", "看護師さん", "ご家族様", "利用者さん", "お母さん",
     "園長先生", "ボランティアさん", "実習生さん",
     "業者さん", "夜勤者", "厨房さん", "皆さん", "赤ちゃん", "1", "12", "unit-1", "森", "", "さん", "nurse", "clean"],
)  # fmt: skip
def test_ids_roles_and_things_are_not(word):
    assert not name_like(word)


def test_no_task_of_the_catalogue_looks_like_a_name():
    spellings = [word for task in catalogue().tasks.values() for word in task.spellings()]
    assert [word for word in spellings if name_like(word) or name_in(word)] == []


@pytest.mark.parametrize(
    ("note", "name"),
    [
        ("田中様が転倒", "田中様"),
        ("朝に山田さんと", "山田さん"),
        ("花子さんとお話", "花子さん"),
        ("入居者様二名", None),
        ("お母さんから電話", None),
        ("看護師さんに報告", None),
        ("皆さん楽しそう", None),
        ("s1さんが交代", None),
        ("", None),
    ],
)
def test_names_in_notes(note, name):
    assert name_in(note) == name


@pytest.mark.parametrize(
    ("known", "free"),
    [
        ([], "s1"),
        (["s1"], "s2"),
        (["s1", "s3"], "s2"),
        (["ns01", "ns02"], "ns03"),
        (["佐藤"], "s1"),
        (["jc-1"], "jc-2"),
    ],
)
def test_the_next_free_id_goes_on_as_the_others_do(known, free):
    assert next_id(known) == free


def test_every_task_has_a_reading_and_every_reading_a_task():
    assert set(readings()) == set(catalogue().tasks)


def test_no_two_tasks_share_a_reading():
    owners: dict[str, set[str]] = {}
    for code, spoken in readings().items():
        for reading in spoken:
            owners.setdefault(romaji_key(reading) or "", set()).add(code)
    assert {key: codes for key, codes in owners.items() if not key or len(codes) > 1} == {}


@pytest.mark.parametrize(
    ("kana", "typed"),
    [("しょくじ", "syokuzi"), ("しょくじ", "shokuji"), ("つうしん", "tsuushin"), ("ふろ", "huro"),
     ("ふろ", "furo"), ("ちゅう", "chuu"),
     ("ちゅう", "tyuu"), ("じむ", "jimu"), ("ゴミすて", "gomisute"), ("シーツ", "shi-tsu"),
     ("こんな", "konnna"), ("づくり", "dukuri"),
     ("きっと", "kitto")],
)  # fmt: skip
def test_every_habit_of_typing_sounds_the_same(kana, typed):
    assert romaji_key(kana) == romaji_key(typed)
