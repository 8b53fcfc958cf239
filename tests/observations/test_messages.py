"""Every wording exists in both languages, speaks of the same things, and is used."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from carveout.observations import messages
from carveout.observations.messages import MESSAGES, TYPES

SOURCES = Path(messages.__file__).parent


def names(wording: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(wording) if name}


@pytest.mark.parametrize("code", MESSAGES)
def test_a_message_says_the_same_in_both_languages(code: str) -> None:
    message = MESSAGES[code]
    for wording in (message.cause, message.remedy):
        assert names(wording.ja) == names(wording.en)
        assert re.search("[ぁ-んァ-ヶ一-龠]", wording.ja) and not re.search("[ぁ-んァ-ヶ一-龠]", wording.en)


def test_every_message_is_used_and_every_code_has_one() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in SOURCES.glob("*.py") if path.name != "messages.py")
    assert [code for code in MESSAGES if f'"{code}"' not in text] == []
    added = set(re.findall(r'(?:\.add|\.wrong|\.report|_unparsed)\(\s*"([a-z_]+)"', text))
    assert added <= set(MESSAGES)


def test_types_are_named_in_both_languages() -> None:
    assert all(wording.ja and wording.en for wording in TYPES.values())
