"""The app's words: every key in both languages, every key used exists, every key that exists is used."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest
import yaml

import carveout.app
from carveout.app import wording
from carveout.app.wording import catalogue, in_html, in_markdown, message_files

HERE = Path(carveout.app.__file__).parent
SOURCES = sorted(HERE.rglob("*.py"))
CODE = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
USED = set(re.findall(r'["\']([a-z]+\.[a-z_]+)["\']', CODE)) & set(catalogue()) | set(
    re.findall(r'\bt\(\s*["\']([a-z_.]+)["\']', CODE)
)
# Keys put together at run time, such as t(f"nav.{name}") and _section("notice_title", "notice").
MADE = set(re.findall(r'f["\']([a-z]+\.[a-z_]*)\{', CODE)) | {"about.", "glossary."}
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uff08\uff09]")


def test_every_key_has_both_languages_and_neither_is_empty():
    lacking = [
        f"{file.name}: {room}.{name}"
        for file in message_files()
        for room, entries in yaml.safe_load(file.read_text(encoding="utf-8")).items()
        for name, wording in entries.items()
        if set(wording) != {"ja", "en"} or not all(str(text).strip() for text in wording.values())
    ]
    assert lacking == []


@pytest.mark.parametrize(
    "files",
    [
        {"one.yaml": "room:\n  key: {ja: あ, en: a}\n  key: {ja: い, en: b}\n"},
        {"one.yaml": "room: {key: {ja: あ, en: a}}\nroom: {other: {ja: い, en: b}}\n"},
        {"one.yaml": "room: {key: {ja: あ, en: a}}\n", "two.yaml": "room: {key: {ja: い, en: b}}\n"},
    ],
    ids=["in a room", "a room", "in two files"],
)
def test_a_key_that_stands_twice_is_refused(files: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(wording, "message_files", lambda: sorted(tmp_path.iterdir()))
    with pytest.raises(ValueError, match="stands twice"):
        catalogue.__wrapped__()


def test_both_languages_fill_the_same_placeholders():
    def fields(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    assert [key for key, text in catalogue().items() if fields(text.ja) != fields(text.en)] == []


def test_every_key_the_code_uses_exists():
    assert sorted(USED - set(catalogue())) == []


def test_every_key_that_exists_is_used():
    unused = [key for key in catalogue() if key not in USED and not any(key.startswith(start) for start in MADE)]
    assert unused == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: p.relative_to(HERE).as_posix())
def test_no_page_writes_japanese_of_its_own(path: Path):
    text = path.read_text(encoding="utf-8")
    if path.name == "wording.py":  # the switch names each language in itself
        text = text.replace('"日本語"', "")
    wrong = [line for line in text.splitlines() if JAPANESE.search(line) and ">>>" not in line]
    assert wrong == []


def test_the_english_wording_holds_no_japanese():
    assert [key for key, text in catalogue().items() if JAPANESE.search(text.en)] == []


@pytest.mark.parametrize(
    "hostile", ["<b>x</b>", "[x](javascript:alert(1))", "$x$", ":material/home:", "# x", "`x`", "**x**"]
)
def test_a_name_from_a_file_is_only_letters(hostile: str):
    assert "<" not in in_html(hostile)
    escaped = in_markdown(hostile)
    assert re.sub(r"\\(.)", "", escaped).replace(" ", "").isalnum()
