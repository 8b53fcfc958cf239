"""The app's words: every key in both languages, every key used exists, every key that exists is used."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest
import yaml

import carveout.app
from carveout.app.wording import catalogue, in_html, in_markdown

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
    raw = yaml.safe_load((HERE / "messages.yaml").read_text(encoding="utf-8"))
    lacking = [
        f"{room}.{name}"
        for room, entries in raw.items()
        for name, wording in entries.items()
        if set(wording) != {"ja", "en"} or not all(str(text).strip() for text in wording.values())
    ]
    assert lacking == []


def test_no_key_stands_twice():
    lines = (HERE / "messages.yaml").read_text(encoding="utf-8").splitlines()
    room, seen, twice = "", set(), []
    for line in lines:
        if top := re.match(r"(\w+):$", line):
            room = top[1]
        elif entry := re.match(r"  (\w+):$", line):
            key = f"{room}.{entry[1]}"
            twice += [key] if key in seen else []
            seen.add(key)
    assert twice == []


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
